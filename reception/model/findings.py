"""What an examination of a service finds, for whoever administers the hub."""

from __future__ import annotations

import msgspec

from reception.model.changes import Message


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at, in words; `fault` says what is wrong with it, None when it is well.

    `copy`: an address that somebody enters elsewhere, which nobody can look at from here.
    """

    what: str
    fault: Message | None = None
    copy: str = ""
