"""What the engine wants done and told after one step."""

from __future__ import annotations

import msgspec

from reception.model.changes import Change
from reception.ports import SwitchCommand


class Effects(msgspec.Struct, frozen=True, kw_only=True):
    """The result of one step. Save `changes` first, then send `commands`, then publish.

    `call` is the call an intent was about, or made.
    """

    commands: tuple[SwitchCommand, ...] = ()
    changes: tuple[Change, ...] = ()
    call: str | None = None
