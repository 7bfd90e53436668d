"""What the window may rely on: the console's session with its hub, without any Qt.

The window reads `Session.replica` and calls `Session.request`; what changed comes as one `Delta` per frame
from the hub, to everyone who subscribed. No widget waits for an answer: a request is pending until its
`Outcome` arrives in a delta, which it always does (the session itself ends it as TIMED_OUT or FAILED).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

import msgspec

from reception.directory.numbers import NumberPlan
from reception.directory.search import SearchResult
from reception.model.attendants import Attendant
from reception.model.calls import Call, EndReason
from reception.model.changes import DayCounts, Message, Notice, Source
from reception.model.groups import AttendantGroup
from reception.model.intents import Intent
from reception.model.lines import PersonStatus
from reception.model.office import Office
from reception.model.people import Person
from reception.model.presence import Timeline
from reception.wire import Outcome

if TYPE_CHECKING:
    from reception.console.photos import OnPhoto
    from reception.model.setup import SetupAnswer, SetupTask


class LinkState(StrEnum):
    """How the console's connection to its hub is."""

    STARTING = "starting"  # never connected yet
    UP = "up"
    LOST = "lost"  # trying again; what is shown is the last known
    REFUSED = "refused"  # the hub will not have us; `link_message` says why


class Delta(msgspec.Struct, frozen=True, kw_only=True):
    """What is different since the last delta: ids only, the replica has the values.

    `is_reset`: anything may have changed (a new snapshot); compare by id. `settled` pairs each intent
    that ended with its outcome. `link`: the state of the connection changed.
    """

    is_reset: bool = False
    link: bool = False
    calls: frozenset[str] = frozenset()
    ended: Mapping[str, EndReason] = {}
    attendants: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    statuses: frozenset[str] = frozenset()
    timelines: frozenset[str] = frozenset()
    day: bool = False
    office: bool = False
    sources: frozenset[str] = frozenset()
    notices: tuple[Notice, ...] = ()
    settled: tuple[tuple[Intent, Outcome], ...] = ()


class ReplicaView(Protocol):
    """The console's copy of the hub's state. Read only for widgets."""

    @property
    def me(self) -> str: ...
    @property
    def link(self) -> LinkState: ...
    @property
    def link_message(self) -> Message | None: ...
    @property
    def clock_offset_s(self) -> float: ...
    @property
    def zone(self) -> str: ...
    @property
    def plan(self) -> NumberPlan: ...
    @property
    def calls(self) -> Mapping[str, Call]: ...
    @property
    def attendants(self) -> Mapping[str, Attendant]: ...
    @property
    def groups(self) -> Mapping[str, AttendantGroup]: ...
    @property
    def people(self) -> Mapping[str, Person]: ...
    @property
    def statuses(self) -> Mapping[str, PersonStatus]: ...
    @property
    def timelines(self) -> Mapping[str, Timeline]: ...
    @property
    def day(self) -> DayCounts: ...
    @property
    def office(self) -> Office: ...
    @property
    def sources(self) -> Mapping[str, Source]: ...
    @property
    def is_filling(self) -> bool:
        """True while colleagues are being taken in who cannot be found yet."""

    def find(self, typed: str, limit: int) -> SearchResult:
        """Find colleagues for what is typed, best first; with nothing in it nobody."""

    def likely_next(self, typed: str, count: int) -> Sequence[str]:
        """Return what is likely to stand in the search field after the next key, the likeliest first."""

    def page(self, start: int, count: int) -> Sequence[str]:
        """Return the ids of `count` colleagues from the `start`-th on, by the alphabet."""

    def place_of(self, person: str) -> int | None:
        """Return the place of a colleague in the alphabet, counted from 0; None for an unknown one."""

    def read_ahead(self, people: Sequence[str]) -> None:
        """Read all that is known of these colleagues at once: they are asked for one by one next."""

    def note_handled(self, person: str) -> None:
        """A call was handed to this colleague: among equals they come first from now on."""

    @property
    def pending(self) -> Mapping[str, Intent]: ...
    @property
    def administers(self) -> bool:
        """True when this receptionist may change the hub's settings."""

    @property
    def lacks_presence(self) -> bool:
        """True while the hub has no source of presence, as it said when it welcomed us."""

    @property
    def mails(self) -> bool:
        """True when the hub can send e-mails to colleagues."""

    @property
    def chats(self) -> bool:
        """True when the hub can write in Teams in this receptionist's name."""

    @property
    def photos(self) -> bool:
        """True when the hub may have photos of colleagues."""


class Session(Protocol):
    """A console at work."""

    @property
    def replica(self) -> ReplicaView: ...

    def subscribe(self, listener: Callable[[Delta], None]) -> Callable[[], None]:
        """Call `listener` with each delta, on the loop's thread; returns its own undo."""

    def request(self, intent: Intent) -> str:
        """Send an intent; returns its id at once. The outcome comes in a delta, exactly one."""

    def want_photos(self, size: int, people: Sequence[str], on_photo: OnPhoto) -> None:
        """Look for photos of these colleagues, `size` pixels wide (48 or 120).

        `on_photo` hears of them, and later of others in their place, on the loop's thread.
        """

    def set_up(self, task: SetupTask, on_said: Callable[[SetupAnswer], None]) -> None:
        """Ask for something about the hub's settings; `on_said` hears each answer, on the loop's thread.

        The last one ends it, and always comes: the session itself refuses for a line that is down or breaks.
        """
