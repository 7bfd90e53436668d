"""The port of whatever knows when colleagues are away: a calendar, Teams, or both.

The hub tells it whom to follow; it says for each what it knows, whole, whenever that is different. Promises:

- after a `SourceSet` UP all that is different from what was said before is told;
- nobody is told of who is not followed;
- a private appointment comes without its subject, place and note.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from enum import StrEnum
from typing import Any, Final, Protocol, TypeAlias, runtime_checkable

import msgspec

from reception.errors import ServiceError
from reception.model.calendar import Appointment
from reception.model.changes import Message, SourceState
from reception.model.lines import WorkingHours
from reception.model.people import Person
from reception.model.presence import Entry

TELEPHONY: Final = "telephony"
TEAMS: Final = "teams"
EXCHANGE: Final = "exchange"
CALENDAR_FILES: Final = "calendar"
SYNC: Final = "sync"
BY_HAND: Final = ""
"""Names of the sources of facts, as in `Source.id`. What people enter themselves has no connection that
could be lost, and no light."""


class _Event(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Base of all that a source says."""


class TimelineSet(_Event, frozen=True, kw_only=True):
    """What a source has on a colleague's timeline, from today on: all of it, in place of what it said before.

    `source` is `EXCHANGE`, `BY_HAND` or another. Ids of entries are stable
    and unlike those of other sources.
    """

    source: str
    person: str
    entries: tuple[Entry, ...] = ()


class CalendarSet(_Event, frozen=True, kw_only=True):
    """What a calendar holds of a colleague from today on: all of it, in place of what it said before.

    The office's rules make entries of it (`reception.presence.calendar_rules`). `is_old`: this is what was
    known last, and cannot be read now, though the source is up for others.
    """

    source: str
    person: str
    appointments: tuple[Appointment, ...] = ()
    is_old: bool = False


class TeamsSet(_Event, frozen=True, kw_only=True, gc=False):
    """Teams' own word for a colleague (Graph `availability`); empty when Teams does not know them.

    `activity` is the finer word (``InACall``, ``InAMeeting``, ``Presenting``, ``OutOfOffice`` ...), `since`
    when Teams began to say so (UTC seconds), None when it does not tell. `until` is when the state ends, if
    Teams knows. `is_out_of_office`: an automatic reply is set. `note` is the message that they have set for
    their status, plain text on one line. `info` is no word of Teams: what colleagues read by the profile that
    a call there activates.
    """

    person: str
    availability: str = ""
    activity: str = ""
    since: float | None = None
    until: float | None = None
    is_out_of_office: bool = False
    note: str = ""
    info: str = ""


class HoursSet(_Event, frozen=True, kw_only=True, gc=False):
    """When a colleague works, as a source knows it; None when it does not say (any more)."""

    source: str
    person: str
    hours: WorkingHours | None = None


class SourceSet(_Event, frozen=True, kw_only=True):
    """How a source is doing. Until it is UP, what it said before is the last known.

    UP with a message: a part of it is not well, and what it said of that part before is the last known.
    `note` is what is good to know of one that is well, such as how often it asks. `good_at` is when it
    brought good data last (UTC seconds), where it knows better than that it was UP until now; `doing` is what
    is done about one that is not well (`reception.model.messages.DOINGS`).
    """

    source: str
    state: SourceState
    message: Message | None = None
    note: Message | None = None
    good_at: float | None = None
    doing: Message | None = None


PresenceEvent: TypeAlias = TimelineSet | CalendarSet | TeamsSet | HoursSet | SourceSet


class PresenceSource(Protocol):
    """Whatever knows when colleagues are away. `sources` are the ids of the sources it speaks for."""

    @property
    def sources(self) -> tuple[str, ...]: ...

    def follow(self, people: Sequence[Person]) -> None:
        """Speak of these colleagues from now on: before `start`, and whenever the directory is different.

        Those who are new are told of as soon as they are known.
        """

    def watch(self, people: Set[str]) -> None:
        """Speak of these (by id) sooner than of others, where it must ask: somebody waits for them now."""

    async def start(self, on_event: Callable[[PresenceEvent], None]) -> None:
        """Begin; events go to `on_event` on this loop. Connects in the background, for ever.

        Raises ConfigError when the settings cannot work, never for a service that is merely away.
        """

    async def stop(self) -> None:
        """Let go of the service. Harmless when stopped."""


@runtime_checkable
class CalendarReader(Protocol):
    """A `PresenceSource` that can be asked to read somebody's calendar at once (requirement 003-50)."""

    @property
    def sources(self) -> tuple[str, ...]: ...

    async def read_now(self, person: str) -> int | None:
        """Read a colleague's calendar; what is different is told before this returns.

        Returns how many appointments there are, None for who has no calendar here. Raises ServiceError when
        it cannot be read; then what it said before is the last known.
        """


@runtime_checkable
class Freshness(Protocol):
    """A `PresenceSource` that can tell how old what it says is, while it is well too."""

    def good_at(self) -> Mapping[str, float]:
        """Return when each of its sources brought good data last (UTC seconds); none for who never did."""


class PresenceFactory(Protocol):
    """What the entry point ``presence.NAME`` names."""

    def __call__(self, settings: Mapping[str, Any]) -> PresenceSource:
        """Build the backend from its section of the configuration; raises ConfigError.

        `settings` hold the hub's `zone` where they have none of their own.
        """


# ------------------------------------------------------------------ writing


class Showing(StrEnum):
    """What this application can show of a colleague in Teams (Graph `setPresence` takes these pairs only)."""

    IN_A_CALL = "Busy/InACall"


SHORTEST_SESSION_S: Final = 300.0
LONGEST_SESSION_S: Final = 14400.0
"""How long a session may last (Graph: PT5M to PT4H)."""


class PersonRefused(ServiceError):
    """This colleague cannot be written for: no licence, not known there, or kept from us. Others may be."""


@runtime_checkable
class PresenceWriter(Protocol):
    """What a `PresenceSource` offers besides, if it can also say something of a colleague in Teams.

    It writes one *session* of this application for each colleague, beside those of their own devices, never
    what they chose themselves. A session ends by itself, so a hub that died leaves nobody busy for long.
    Promises:

    - a method that returns has done it; one that raises may have done it (an answer can be lost);
    - both may be repeated: setting takes the place of the session before and begins its time anew; clearing
      what is not there (any more) is done;
    - it repeats nothing by itself, but may wait as long as the service asks (Retry-After). The hub asks one
      thing at a time for each colleague, and many colleagues at once;
    - `person` need not be followed (any more): the hub also clears for those who have left the directory;
    - what was written may come back as a `TeamsSet`, late or never. Telling it apart is the hub's task
      (`reception.presence.sync`).

    Both raise PersonRefused for what is wrong with one colleague; AuthNeeded (no permission to write at
    all), ConfigError or Unavailable for what concerns everybody.
    """

    async def set_session(self, person: Person, showing: Showing, *, lasts_s: float) -> None:
        """Show this of a colleague for `lasts_s` seconds (`SHORTEST_SESSION_S` to `LONGEST_SESSION_S`)."""

    async def clear_session(self, person: Person) -> None:
        """Take back what this application shows of a colleague."""
