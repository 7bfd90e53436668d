"""Line states and the status of a person that follows from them."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class LineState(StrEnum):
    """What a telephone line does. UNKNOWN is what nobody has told us; it is never shown as free.

    DO_NOT_DISTURB: nobody is in a call there, and the PBX lets nobody through.
    """

    UNKNOWN = "unknown"
    IDLE = "idle"
    RINGING = "ringing"
    TALKING = "talking"
    HELD = "held"
    DO_NOT_DISTURB = "dnd"
    UNREACHABLE = "unreachable"

    @property
    def is_occupied(self) -> bool:
        """A second call to this line would find somebody already in one."""
        return self in (LineState.RINGING, LineState.TALKING, LineState.HELD)


class LineMark(StrEnum):
    """What we let a line look like in the switch, beside what its telephone does."""

    NONE = "none"
    BUSY = "busy"
    DO_NOT_DISTURB = "dnd"


class StatusKind(StrEnum):
    """The unified status of a person in one word."""

    UNKNOWN = "unknown"
    FREE = "free"
    RINGING = "ringing"
    BUSY = "busy"
    AWAY = "away"
    OFF = "off"


class Cause(StrEnum):
    """What a status rests on, for the words beside its kind (the rules of `reception.presence.status`)."""

    LINES = ""  # nothing but what telephones do
    CALL = "call"
    DO_NOT_DISTURB = "dnd"
    ENTRY = "entry"
    TEAMS = "teams"


# gc=False below: values without cycles, and many; the collector's walk over them would stop the window.


class Line(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One number with its state and since when it holds (UTC seconds)."""

    number: str
    state: LineState
    since: float


class Evidence(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A source's own word for a person, and since when it says so (UTC seconds).

    `source` is `TEAMS`, `EXCHANGE` or `BY_HAND` of `reception.presence.port`; what telephony says stands in
    `PersonStatus.lines`. Teams' word is ``Availability`` or ``Availability/Activity``; that of entries is
    ``busy``, ``open`` (the phone is kept open) or ``free``.
    """

    source: str
    word: str
    since: float


class Shift(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The same hours on some days of the week.

    `days` are counted from 0 for Monday, `start` and `end` in minutes of the day. A shift that does not end
    after its start ends the day after: ``22.00-06.00``. So one from midnight to midnight is a whole day.
    """

    days: tuple[int, ...]
    start: int
    end: int


class WorkingHours(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What somebody has told their calendar of when they work; `reception.model.hours` says when that is.

    `zone` is their own time zone, by its IANA name; empty for that of the house.
    """

    zone: str
    shifts: tuple[Shift, ...]


class PersonStatus(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """What everyone sees of a colleague; all times are UTC seconds. The view makes the sentence.

    `is_stale`: the source behind it has gone silent. `is_entered`: an entry of the timeline makes busy now;
    `reason`, `origin` and `until` are that entry's (an open-ended one has no `until`, a private one no
    `reason`). Without `is_entered` they are those of an entry with the phone kept open, if one lasts.
    `back_at` is the end of the chain of busy entries that follow each other without a gap.
    `next_at` and `next_reason` tell the entry that comes next today. `teams` is Teams' own word
    (Graph `availability`), empty when Teams is not asked, `teams_note` the message that they have set there.
    `info` is what colleagues read by the profile that a call in Teams activates.
    `cause` is what the kind rests on; `activity` and `role` are those of the entry that `reason` is of,
    `is_private` that it says times only. `evidence` are the other sources' own words. `hours` are when they
    work, as far as they have told their calendar; nothing rests on that.
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
    teams_note: str = ""
    info: str = ""
    cause: Cause = Cause.LINES
    activity: str = ""
    role: str = ""
    is_private: bool = False
    evidence: tuple[Evidence, ...] = ()
    hours: WorkingHours | None = None
