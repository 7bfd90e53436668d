"""The console's copy of the hub's state: frames go in, what is different comes out.

No clock, no network. Calls, receptionists and groups of a new snapshot are gathered aside and take the place
of the old ones whole, so that a line that breaks in mid-snapshot leaves the last known state on the screen,
and nothing ever shows half. People, their statuses and timelines are too many for memory: they lie on this
computer's disk (`colleagues`, `facts`), from where they are there at once at the next start. A status of
the new snapshot is shown as soon as it is in; whoever it did not mention loses theirs with its last slice.

What the disk needs is done by `work`, a millisecond or two at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from reception.console.api import Delta, LinkState
from reception.console.building import Purpose
from reception.console.colleagues import Colleagues
from reception.console.facts import Facts
from reception.console.replica_state import State, Touched
from reception.directory.numbers import NumberPlan
from reception.directory.search import SearchResult
from reception.model.attendants import Attendant
from reception.model.calls import Call
from reception.model.changes import (
    AttendantChanged,
    CallChanged,
    CallEnded,
    Change,
    DayChanged,
    DayCounts,
    GroupChanged,
    GroupRemoved,
    MailsChanged,
    Message,
    Notice,
    OfficeChanged,
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
from reception.model.office import Office
from reception.model.people import Person
from reception.model.presence import Timeline
from reception.wire import Changes, Slice, Welcome


class Replica:
    """What this console knows; implements `reception.console.api.ReplicaView`.

    Without people and facts of its own it has nothing on disk. `on_closed` is called at the end of `close`.
    """

    def __init__(
        self,
        colleagues: Colleagues | None = None,
        facts: Facts | None = None,
        on_closed: Callable[[], None] = lambda: None,
    ) -> None:
        self._colleagues = colleagues if colleagues is not None else Colleagues()
        self._facts = facts if facts is not None else Facts()
        self._on_closed = on_closed
        self._shown = State()
        self._incoming: State | None = None
        self._pending: dict[str, Intent] = {}
        self._me = self._zone = self._epoch = self._next_epoch = ""
        self._link = LinkState.STARTING
        self._link_message: Message | None = None
        self._clock_offset_s = 0.0
        self._have = 0
        self._administers = self._lacks_presence = self._chats = self._photos = self._is_facts_turn = False

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
    def zone(self) -> str:
        """The organisation's time zone (IANA); empty for the computer's own, and before a hub has said it."""
        return self._zone

    @property
    def plan(self) -> NumberPlan:
        """How numbers are dialled in the house."""
        return self._colleagues.purpose.plan

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
        return self._colleagues

    @property
    def statuses(self) -> Mapping[str, PersonStatus]:
        """Statuses by person; a person without one is unknown."""
        return self._facts.statuses

    @property
    def timelines(self) -> Mapping[str, Timeline]:
        """Entries by person; a person without any has none."""
        return self._facts.timelines

    @property
    def day(self) -> DayCounts:
        """What the switchboard did today."""
        return self._shown.day

    @property
    def office(self) -> Office:
        """What the organisation lays down about presence: activities, shortcuts, profiles."""
        return self._shown.office

    @property
    def is_filling(self) -> bool:
        """True while colleagues are being taken in who cannot be found yet."""
        return self._colleagues.is_filling

    def find(self, typed: str, limit: int) -> SearchResult:
        """Find colleagues for what is typed, best first; with nothing in it nobody."""
        if not typed.strip():
            return SearchResult(ids=(), total=0)
        return self._colleagues.search(typed, limit, self._facts.handled)

    def likely_next(self, typed: str, count: int) -> Sequence[str]:
        """Return what is likely to stand in the search field after the next key, the likeliest first."""
        return self._colleagues.likely_next(typed, count)

    def page(self, start: int, count: int) -> Sequence[str]:
        """Return the ids of `count` colleagues from the `start`-th on, by the alphabet."""
        return self._colleagues.page(start, count)

    def place_of(self, person: str) -> int | None:
        """Return the place of a colleague in the alphabet, counted from 0; None for an unknown one."""
        return self._colleagues.place_of(person)

    def read_ahead(self, people: Sequence[str]) -> None:
        """Read all that is known of these colleagues at once: they are asked for one by one next."""
        self._colleagues.read_ahead(people)
        self._facts.statuses.read_ahead(people)
        self._facts.timelines.read_ahead(people)

    def note_handled(self, person: str) -> None:
        """A call was handed to this colleague: among equals they come first from now on."""
        self._facts.note_handled(person)

    @property
    def sources(self) -> Mapping[str, Source]:
        """Sources of facts by id."""
        return MappingProxyType(self._shown.sources)

    @property
    def pending(self) -> Mapping[str, Intent]:
        """Intents without an outcome yet, by request id."""
        return MappingProxyType(self._pending)

    @property
    def administers(self) -> bool:
        """True when this receptionist may change the hub's settings."""
        return self._administers

    @property
    def lacks_presence(self) -> bool:
        """True while the hub has no source of presence, as it said when it welcomed us."""
        return self._lacks_presence

    @property
    def mails(self) -> bool:
        """True when the hub can send e-mails to colleagues."""
        return self._shown.mails

    @property
    def chats(self) -> bool:
        """True when the hub can write in Teams in this receptionist's name."""
        return self._chats

    @property
    def photos(self) -> bool:
        """True when the hub may have photos of colleagues."""
        return self._photos

    @property
    def folder(self) -> Path | None:
        """Where what the hub told is kept for the next start; None for nowhere."""
        return self._colleagues.folder

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
        self._zone = frame.clock_zone
        self._administers, self._lacks_presence = frame.administers, frame.lacks_presence
        self._shown.mails, self._chats, self._photos = frame.mails, frame.chats, frame.photos
        self._colleagues.purpose = Purpose(plan=frame.numbers, language=self._colleagues.purpose.language)
        self._incoming = None
        self._next_epoch = frame.epoch
        if frame.resumed:
            self._colleagues.adapt()
            return self.set_link(LinkState.UP, None)
        self.forget_position()
        return None

    def forget_position(self) -> None:
        """Ask for a snapshot next time; what is shown stays until it is there."""
        self._epoch, self._have = "", 0

    def on_slice(self, frame: Slice) -> Delta | None:
        """Take in a slice; the last one makes the whole snapshot the state shown, with a delta."""
        if frame.is_first:
            self._incoming = State()
            self._colleagues.begin(are_kept=frame.people_kept)
            self._facts.begin()
        if self._incoming is None:  # the rest of a snapshot whose beginning was given up
            return None
        self._incoming.add(frame)
        self._colleagues.add(frame.people)
        self._facts.note(frame.statuses, frame.timelines)
        if not frame.is_last:
            return None
        self._shown, self._incoming = self._incoming, None
        self._epoch, self._have = self._next_epoch, frame.upto
        self._colleagues.finish()
        self._facts.finish()
        is_news = self._link is not LinkState.UP
        self.set_link(LinkState.UP, None)
        return Delta(is_reset=True, link=is_news)

    def on_changes(self, frame: Changes) -> Delta:
        """Apply numbered changes in order."""
        touched = Touched()
        for change in frame.items:
            self._apply(change, touched)
        self._colleagues.settle()
        self._have = max(self._have, frame.upto)
        return touched.delta()

    def _apply(self, change: Change, touched: Touched) -> None:
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
                self._facts.note(statuses=(status,))
                touched.statuses.add(status.person)
            case Notice():
                touched.notices.append(change)
            case SourceChanged(source=source):
                shown.sources[source.id] = source
                touched.sources.add(source.id)
            case TimelineChanged(timeline=timeline):
                self._facts.note(timelines=(timeline,))
                touched.timelines.add(timeline.person)
            case DayChanged(day=day):
                shown.day, touched.day = day, True
            case OfficeChanged(office=office):
                shown.office, touched.office = office, True
            case MailsChanged(mails=mails):
                shown.mails = mails
            case _:
                self._apply_settings(change, touched)

    def _apply_settings(
        self, change: GroupChanged | GroupRemoved | PersonChanged | PersonRemoved, touched: Touched
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
                self._colleagues.put(person)
                touched.people.add(person.id)
            case PersonRemoved(person=person_id):
                self._colleagues.remove(person_id)
                self._facts.forget(person_id)
                touched.people.add(person_id)

    # -------------------------------------------------------------- the disk

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the colleagues on this computer's disk; empty when they are not all there."""
        return self._colleagues.fingerprint

    @property
    def must_send(self) -> bool:
        """True when the colleagues on disk were lost or not written: the hub must send them again."""
        return self._colleagues.must_send

    @property
    def is_overloaded(self) -> bool:
        """True when no more should be taken in before `work` was done."""
        return self._facts.is_overloaded

    @property
    def work_in_s(self) -> float | None:
        """In how many seconds `work` has something to do; None: nothing."""
        if self._facts.is_behind:
            return 0.0
        return self._colleagues.pause_s if self._colleagues.is_behind else None

    def work(self) -> Delta | None:
        """Do a small piece of what the disk needs, people and facts by turns."""
        self._is_facts_turn = not self._is_facts_turn
        if self._facts.is_behind and (self._is_facts_turn or not self._colleagues.is_behind):
            self._facts.work()
            return None
        return Delta(is_reset=True) if self._colleagues.work() else None

    def save(self) -> bool:
        """Write a small piece of what the next start is to show; False when nothing is left."""
        return self._facts.save()

    def close(self) -> None:
        """Write everything, and let go of the disk. Nothing may be taken in afterwards."""
        self._facts.close()
        self._colleagues.close()
        self._on_closed()

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
