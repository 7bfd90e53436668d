"""What becomes of calls that are dialled straight to a number of the house."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

import msgspec

MOST_STEPS: Final = 3
"""How many diversions a call follows, one after the other."""


class Way(StrEnum):
    """What becomes of a call that is dialled straight to a number of the house."""

    USUAL = "usual"  # as if nothing had been said
    RING = "ring"  # the telephone rings
    VOICEMAIL = "voicemail"  # a mailbox takes it, without ringing (requirement 001-19)
    NUMBER = "number"  # it goes to another number, where that one's own diversion counts


class WhenBusy(StrEnum):
    """What becomes of direct calls while somebody is in a call: as usual, or to a stand-in (000-17)."""

    USUAL = "usual"
    STAND_IN = "stand_in"


class Keys(msgspec.Struct, frozen=True, kw_only=True):
    """What a caller may press at a mailbox, once, before its greeting (requirements 002-149 to 152).

    `sound` names the announcement of it; without one no key counts. 1 leads to the number `assistant`, empty
    for nowhere. `past` is what 2 does: USUAL nothing, RING the telephone rings, NUMBER the call goes to
    `past_to`; from `past_until` on (UTC seconds; None without an end) the telephone rings.
    """

    sound: str = ""
    assistant: str = ""
    past: Way = Way.USUAL
    past_to: str = ""
    past_until: float | None = None
