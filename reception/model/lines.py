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


# gc=False below: values without cycles, and many; the collector's walk over them would stop the window.


class Line(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One number with its state and since when it holds (UTC seconds)."""

    number: str
    state: LineState
    since: float


class PersonStatus(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What everyone sees of a colleague; all times are UTC seconds. The view makes the sentence.

    `is_stale`: the source behind it has gone silent. `is_entered`: an entry of the timeline makes busy now;
    `reason`, `origin` and `until` are that entry's (an open-ended one has no `until`, a private one no
    `reason`). Without `is_entered` they are those of an entry with the phone kept open, if one lasts.
    `back_at` is the end of the chain of busy entries that follow each other without a gap.
    `next_at` and `next_reason` tell the entry that comes next today. `teams` is Teams' own word
    (Graph `availability`), empty when Teams is not asked.
    """

    person: str
    kind: StatusKind
    since: float
    lines: tuple[Line, ...] = ()
    is_stale: bool = False
    is_entered: bool = False
    reason: str = ""
    origin: str = ""
    until: float | None = None
    back_at: float | None = None
    next_at: float | None = None
    next_reason: str = ""
    teams: str = ""
