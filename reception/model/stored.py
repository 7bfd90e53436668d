"""What outlives the hub."""

from __future__ import annotations

import msgspec

from reception.model.attendants import Attendant
from reception.model.calls import Call, Spoken
from reception.model.people import Person


class DayRecord(msgspec.Struct, frozen=True, kw_only=True):
    """The day's counts as they are kept: `waited_s` is the sum of the waits of who was answered.

    `start` is the day's midnight (UTC seconds); `taken` are the live calls that were answered already.
    """

    start: float
    answered: int = 0
    lost: int = 0
    waited_s: float = 0.0
    taken: tuple[str, ...] = ()


class StoredState(msgspec.Struct, frozen=True, kw_only=True):
    """Live calls with callbacks, who was logged in, the directory, the day's counts, and whom callers were
    put through to the last time, by number and oldest first."""

    calls: tuple[Call, ...] = ()
    attendants: tuple[Attendant, ...] = ()
    people: tuple[Person, ...] = ()
    day: DayRecord | None = None
    spoken: tuple[tuple[str, Spoken], ...] = ()
