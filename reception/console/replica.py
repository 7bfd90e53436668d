"""The console's copy of the hub's state: frames go in, what is different comes out.

Pure: no clock, no network. A new snapshot is gathered aside and takes the old one's place whole, so that a
line that breaks in mid-snapshot leaves the last known state on the screen, and nothing ever shows half.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from reception.console.api import Delta, LinkState
from reception.directory.numbers import NumberPlan
from reception.directory.search import SearchIndex, SearchResult
from reception.model.attendants import Attendant
from reception.model.calls import Call, EndReason
from reception.model.changes import (
    AttendantChanged,
    CallChanged,
    CallEnded,
    Change,
    DayChanged,
    DayCounts,
    GroupChanged,
    GroupRemoved,
    Message,
    Notice,
    PersonChanged,
    PersonRemoved,
    Source,
    SourceChanged,
    StatusChanged,
    TimelineChanged,
)
from reception.model.groups import AttendantGroup
from reception.model.intents import Intent
from reception.model.lines import PersonStatus
from reception.model.people import Person
from reception.model.presence import Timeline
from reception.wire import Changes, Slice, Welcome


class _State:
    """All values by id. One for what is shown, another while a snapshot comes in."""

    def __init__(self) -> None:
        self.calls: dict[str, Call] = {}
        self.attendants: dict[str, Attendant] = {}
        self.groups: dict[str, AttendantGroup] = {}
        self.people: dict[str, Person] = {}
        self.statuses: dict[str, PersonStatus] = {}
        self.timelines: dict[str, Timeline] = {}
        self.day = DayCounts()
        self.sources: dict[str, Source] = {}

    def add(self, part: Slice) -> None:
        """Take in one slice of a snapshot."""
        self.calls.update((c.id, c) for c in part.calls)
        self.attendants.update((a.id, a) for a in part.attendants)
        self.groups.update((g.id, g) for g in part.groups)
        self.people.update((p.id, p) for p in part.people)
        self.statuses.update((s.person, s) for s in part.statuses)
        self.timelines.update((t.person, t) for t in part.timelines)
        self.day = part.day or self.day
        self.sources.update((s.id, s) for s in part.sources)


class _Touched:
    """The ids that one frame of changes touched, on their way to a `Delta`."""

    def __init__(self) -> None:
        self.calls: set[str] = set()
        self.ended: dict[str, EndReason] = {}
        self.attendants: set[str] = set()
        self.groups: set[str] = set()
        self.people: set[str] = set()
        self.statuses: set[str] = set()
        self.timelines: set[str] = set()
        self.day = False
        self.sources: set[str] = set()
        self.notices: list[Notice] = []

    def delta(self) -> Delta:
        """Return what was touched. A call is either in `calls` or in `ended`."""
        return Delta(
            calls=frozenset(self.calls),
            ended=self.ended,
            attendants=frozenset(self.attendants),
            groups=frozenset(self.groups),
            people=frozenset(self.people),
            statuses=frozenset(self.statuses),
            timelines=frozenset(self.timelines),
            day=self.day,
            sources=frozenset(self.sources),
            notices=tuple(self.notices),
        )


class Replica:
    """What this console knows; implements `reception.console.api.ReplicaView`."""

    def __init__(self) -> None:
        self._shown = _State()
        self._incoming: _State | None = None
        self._pending: dict[str, Intent] = {}
        self._me = ""
        self._link = LinkState.STARTING
        self._link_message: Message | None = None
        self._clock_offset_s = 0.0
        self._plan = NumberPlan()
        self._index = SearchIndex()
        self._epoch = ""
        self._next_epoch = ""
        self._have = 0

    # -------------------------------------------------------------- reading

    @property
    def me(self) -> str:
        """The id of the receptionist this console belongs to; empty until the hub has said it."""
        return self._me

    @property
    def link(self) -> LinkState:
        """How the connection is. Anything but UP means: what is shown is the last known."""
        return self._link

    @property
    def link_message(self) -> Message | None:
        """Why the hub will not have us, or None."""
        return self._link_message

    @property
    def clock_offset_s(self) -> float:
        """Seconds to add to this computer's clock to get the hub's."""
        return self._clock_offset_s

    @property
    def plan(self) -> NumberPlan:
        """How numbers are dialled in the house."""
        return self._plan

    @property
    def calls(self) -> Mapping[str, Call]:
        """Live calls by id."""
        return MappingProxyType(self._shown.calls)

    @property
    def attendants(self) -> Mapping[str, Attendant]:
        """Receptionists by id."""
        return MappingProxyType(self._shown.attendants)

    @property
    def groups(self) -> Mapping[str, AttendantGroup]:
        """Attendant groups by id."""
        return MappingProxyType(self._shown.groups)

    @property
    def people(self) -> Mapping[str, Person]:
        """Colleagues by id."""
        return MappingProxyType(self._shown.people)

    @property
    def statuses(self) -> Mapping[str, PersonStatus]:
        """Statuses by person; a person without one is unknown."""
        return MappingProxyType(self._shown.statuses)

    @property
    def timelines(self) -> Mapping[str, Timeline]:
        """Entries by person; a person without any has none."""
        return MappingProxyType(self._shown.timelines)

    @property
    def day(self) -> DayCounts:
        """What the switchboard did today."""
        return self._shown.day

    @property
    def is_filling(self) -> bool:
        """True while colleagues are being taken in who cannot be found yet."""
        return False

    def find(self, typed: str, limit: int) -> SearchResult:
        """Find colleagues for what is typed, best first."""
        return self._index.search(typed, limit) if typed.strip() else SearchResult(ids=(), total=0)

    def page(self, start: int, count: int) -> Sequence[str]:
        """Return the ids of `count` colleagues from the `start`-th on, by the alphabet."""
        return self._index.search("", start + count).ids[start:]

    def place_of(self, person: str) -> int | None:
        """Return the place of a colleague in the alphabet, or None."""
        ids = self._index.search("", len(self._index)).ids
        return ids.index(person) if person in ids else None

    def note_handled(self, person: str) -> None:
        """A call was handed to this colleague."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """Sources of facts by id."""
        return MappingProxyType(self._shown.sources)

    @property
    def pending(self) -> Mapping[str, Intent]:
        """Intents without an outcome yet, by request id."""
        return MappingProxyType(self._pending)

    @property
    def epoch(self) -> str:
        """The life of the hub that `have` belongs to; empty before the first whole snapshot."""
        return self._epoch

    @property
    def have(self) -> int:
        """The last change number applied."""
        return self._have

    # -------------------------------------------------------------- frames

    def on_welcome(self, frame: Welcome, *, now: float) -> Delta | None:
        """Note who we are. The link is up at once when resumed, else with the snapshot's last slice."""
        self._me = frame.attendant
        self._clock_offset_s = frame.now - now
        self._plan = frame.numbers
        self._incoming = None
        self._next_epoch = frame.epoch
        if frame.resumed:
            return self.set_link(LinkState.UP, None)
        self.forget_position()
        return None

    def forget_position(self) -> None:
        """Ask for a snapshot next time; what is shown stays until it is there."""
        self._epoch, self._have = "", 0

    def on_slice(self, frame: Slice) -> Delta | None:
        """Take in a slice; the last one makes the whole snapshot the state shown, with a delta."""
        if frame.is_first:
            self._incoming = _State()
            if frame.people_kept:
                self._incoming.people = dict(self._shown.people)
        if self._incoming is None:  # the rest of a snapshot whose beginning was given up
            return None
        self._incoming.add(frame)
        if not frame.is_last:
            return None
        self._shown, self._incoming = self._incoming, None
        self._epoch, self._have = self._next_epoch, frame.upto
        self._index = SearchIndex(self._plan)
        for person in self._shown.people.values():
            self._index.put(person)
        is_news = self._link is not LinkState.UP
        self.set_link(LinkState.UP, None)
        return Delta(is_reset=True, link=is_news)

    def on_changes(self, frame: Changes) -> Delta:
        """Apply numbered changes in order."""
        touched = _Touched()
        for change in frame.items:
            self._apply(change, touched)
        self._have = max(self._have, frame.upto)
        return touched.delta()

    def _apply(self, change: Change, touched: _Touched) -> None:
        shown = self._shown
        match change:
            case CallChanged(call=call):
                shown.calls[call.id] = call
                touched.calls.add(call.id)
                touched.ended.pop(call.id, None)
            case CallEnded(call=call_id, reason=reason):
                shown.calls.pop(call_id, None)
                touched.calls.discard(call_id)
                touched.ended[call_id] = reason
            case AttendantChanged(attendant=attendant):
                shown.attendants[attendant.id] = attendant
                touched.attendants.add(attendant.id)
            case StatusChanged(status=status):
                shown.statuses[status.person] = status
                touched.statuses.add(status.person)
            case Notice():
                touched.notices.append(change)
            case SourceChanged(source=source):
                shown.sources[source.id] = source
                touched.sources.add(source.id)
            case TimelineChanged(timeline=timeline):
                shown.timelines[timeline.person] = timeline
                touched.timelines.add(timeline.person)
            case DayChanged(day=day):
                shown.day, touched.day = day, True
            case _:
                self._apply_settings(change, touched)

    def _apply_settings(
        self,
        change: GroupChanged | GroupRemoved | PersonChanged | PersonRemoved,
        touched: _Touched,
    ) -> None:
        shown = self._shown
        match change:
            case GroupChanged(group=group):
                shown.groups[group.id] = group
                touched.groups.add(group.id)
            case GroupRemoved(group=group_id):
                shown.groups.pop(group_id, None)
                touched.groups.add(group_id)
            case PersonChanged(person=person):
                shown.people[person.id] = person
                self._index.put(person)
                touched.people.add(person.id)
            case PersonRemoved(person=person_id):
                shown.people.pop(person_id, None)
                self._index.remove(person_id)
                shown.timelines.pop(person_id, None)
                shown.statuses.pop(person_id, None)
                touched.people.add(person_id)

    # -------------------------------------------------------------- link and requests

    def set_link(self, state: LinkState, message: Message | None) -> Delta:
        """Note how the connection is."""
        self._link, self._link_message = state, message
        return Delta(link=True)

    def add_pending(self, request: str, intent: Intent) -> None:
        """Note a request that waits for its outcome."""
        self._pending[request] = intent

    def settle(self, request: str) -> Intent | None:
        """Release a request and return its intent; None if it was settled before."""
        return self._pending.pop(request, None)

    def pending_ids(self) -> Iterable[str]:
        """Return the requests that wait, oldest first."""
        return tuple(self._pending)
