"""Line states and the status of a person that follows from them."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class LineState(StrEnum):
    """What a telephone line does. UNKNOWN is what nobody has told us; it is never shown as free."""

    UNKNOWN = "unknown"
    IDLE = "idle"
    RINGING = "ringing"
    TALKING = "talking"
    HELD = "held"
    UNREACHABLE = "unreachable"

    @property
    def is_occupied(self) -> bool:
        """A second call to this line would find somebody already in one."""
        return self in (LineState.RINGING, LineState.TALKING, LineState.HELD)


class StatusKind(StrEnum):
    """The unified status of a person in one word."""

    UNKNOWN = "unknown"
    FREE = "free"
    RINGING = "ringing"
    BUSY = "busy"
    AWAY = "away"
    OFF = "off"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One number with its state and since when it holds (UTC seconds)."""

    number: str
    state: LineState
    since: float


class PersonStatus(msgspec.Struct, frozen=True, kw_only=True):
    """What everyone sees of a colleague. `is_stale`: the source behind it has gone silent."""

    person: str
    kind: StatusKind
    since: float
    lines: tuple[Line, ...] = ()
    is_stale: bool = False
