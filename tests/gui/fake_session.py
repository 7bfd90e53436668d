"""A console session without a hub: the window's double in tests and pictures.

Implements `reception.console.options.RunningSession`. What the hub would say is said by `tell`; what the
window asks is kept in `asked` until `settle` gives the outcome.
"""

from __future__ import annotations

import itertools
import weakref
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from reception.console.api import Delta, LinkState
from reception.console.catalogue import Catalogue
from reception.directory.numbers import NumberPlan
from reception.directory.search import SearchResult
from reception.model import changes as say
from reception.model.attendants import Attendant
from reception.model.calls import Call, EndReason
from reception.model.changes import Change, DayCounts, Message, Notice, Source
from reception.model.groups import AttendantGroup
from reception.model.intents import Intent
from reception.model.lines import PersonStatus
from reception.model.office import Office
from reception.model.people import Person
from reception.model.presence import Timeline
from reception.model.setup import SetupAnswer, SetupTask
from reception.wire import Outcome, Result


class FakeReplica:
    """Plain dictionaries behind `ReplicaView`, and the real search."""

    def __init__(self, me: str) -> None:
        self.me = me
        self.link = LinkState.UP
        self.link_message: Message | None = None
        self.clock_offset_s = 0.0
        self.plan = NumberPlan()
        self.calls: dict[str, Call] = {}
        self.attendants: dict[str, Attendant] = {}
        self.groups: dict[str, AttendantGroup] = {}
        self.people: dict[str, Person] = {}
        self.statuses: dict[str, PersonStatus] = {}
        self.timelines: dict[str, Timeline] = {}
        self.day = DayCounts()
        self.office = Office()
        self.zone = ""
        self.sources: dict[str, Source] = {}
        self.is_filling = False
        self.handled: list[str] = []
        self.pending: dict[str, Intent] = {}
        self.administers = False
        self.lacks_presence = False
        self.mails = False
        self.chats = False
        self.photos = False
        self._known: dict[str, Person] = {}
        self._found_in = Catalogue.open(None, plan=self.plan, language="")
        weakref.finalize(self, self._found_in.close)

    def find(self, typed: str, limit: int) -> SearchResult:
        """Find people as the console does."""
        if not typed.strip():
            return SearchResult(ids=(), total=0)
        return self._catalogue().search(typed, limit, self.handled[::-1])

    def likely_next(self, typed: str, count: int) -> Sequence[str]:
        """Guess the next key."""
        return self._catalogue().likely_next(typed, count)

    def page(self, start: int, count: int) -> Sequence[str]:
        """Return ids by the alphabet."""
        return self._catalogue().page(start, count)

    def place_of(self, person: str) -> int | None:
        """Return the place in the alphabet."""
        return self._catalogue().place_of(person)

    def read_ahead(self, people: Sequence[str]) -> None:
        """All of it is in memory."""

    def note_handled(self, person: str) -> None:
        """Note that a call went there."""
        self.handled.append(person)

    def _catalogue(self) -> Catalogue:
        """Return the real thing, brought in step with whatever a test put into `people`."""
        gone = [p for p in self._known if p not in self.people]
        different = [p for p in self.people.values() if self._known.get(p.id) is not p]
        if gone:
            self._found_in.remove(gone)
        if different:
            self._found_in.put(different)
        if gone or different:
            self._known = dict(self.people)
        return self._found_in


class FakeSession:
    """A session under the test's hand."""

    def __init__(self, me: str = "KLJ") -> None:
        self.replica = FakeReplica(me)
        self.asked: list[Intent] = []
        self.set_ups: list[tuple[SetupTask, Callable[[SetupAnswer], None]]] = []
        self.wanted_photos: list[tuple[str, int]] = []
        self.on_photo: Any = None
        self.closed_with: list[bool] = []
        self._listeners: list[Callable[[Delta], None]] = []
        self._ids = itertools.count(1)

    # ------------------------------------------------------------------ Session

    def subscribe(self, listener: Callable[[Delta], None]) -> Callable[[], None]:
        """Call `listener` with each delta."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def request(self, intent: Intent) -> str:
        """Keep the intent; it is pending until `settle`."""
        intent_id = f"r{next(self._ids)}"
        self.asked.append(intent)
        self.replica.pending[intent_id] = intent
        return intent_id

    def set_up(self, task: SetupTask, on_said: Callable[[SetupAnswer], None]) -> None:
        """Keep the task; `answer` says what the hub would."""
        self.set_ups.append((task, on_said))

    def want_photos(self, size: int, people: Sequence[str], on_photo: Any) -> None:
        """Note who is wanted; `on_photo` is what hears of photos."""
        self.wanted_photos += [(person, size) for person in people]
        self.on_photo = on_photo

    def answer(self, *said: SetupAnswer) -> SetupTask:
        """Answer the oldest task about settings; returns it."""
        task, on_said = self.set_ups.pop(0)
        for one in said:
            on_said(one)
        return task

    async def start(self) -> None:
        """Be connected."""
        self.publish(Delta(is_reset=True, link=True))

    async def close(self, stop_hub: bool) -> None:
        """Note the goodbye."""
        self.closed_with.append(stop_hub)

    # ------------------------------------------------------------------ the test's side

    def publish(self, delta: Delta) -> None:
        """Tell everyone who listens."""
        for listener in tuple(self._listeners):
            listener(delta)

    def tell(self, *news: Change) -> None:
        """Say what the hub would say, in one frame."""
        delta = Delta()
        for change in news:
            delta = self._apply(change, delta)
        self.publish(delta)

    def settle(
        self, result: Result = Result.DONE, message: Message | None = None, *, news: tuple[Change, ...] = ()
    ) -> None:
        """End the oldest pending intent, after the changes it caused."""
        intent_id = next(iter(self.replica.pending))
        intent = self.replica.pending.pop(intent_id)
        delta = Delta()
        for change in news:
            delta = self._apply(change, delta)
        call = getattr(intent, "call", None)
        outcome = Outcome(id=intent_id, result=result, message=message, call=call)
        self.publish(msgspec.structs.replace(delta, settled=((intent, outcome),)))

    def set_link(self, link: LinkState, message: Message | None = None) -> None:
        """Lose the hub, or find it again."""
        self.replica.link, self.replica.link_message = link, message
        self.publish(Delta(link=True))

    def _apply(self, change: Change, delta: Delta) -> Delta:
        replica, replace = self.replica, msgspec.structs.replace
        match change:
            case say.CallChanged(call=call):
                replica.calls[call.id] = call
                return replace(delta, calls=delta.calls | {call.id})
            case say.CallEnded(call=call_id, reason=reason):
                replica.calls.pop(call_id, None)
                return replace(delta, ended={**delta.ended, call_id: EndReason(reason)})
            case say.AttendantChanged(attendant=attendant):
                replica.attendants[attendant.id] = attendant
                return replace(delta, attendants=delta.attendants | {attendant.id})
            case say.GroupChanged(group=group):
                replica.groups[group.id] = group
                return replace(delta, groups=delta.groups | {group.id})
            case say.GroupRemoved(group=group_id):
                replica.groups.pop(group_id, None)
                return replace(delta, groups=delta.groups | {group_id})
            case say.PersonChanged(person=person):
                replica.people[person.id] = person
                return replace(delta, people=delta.people | {person.id})
            case say.PersonRemoved(person=person_id):
                replica.people.pop(person_id, None)
                return replace(delta, people=delta.people | {person_id})
            case say.StatusChanged(status=status):
                replica.statuses[status.person] = status
                return replace(delta, statuses=delta.statuses | {status.person})
            case say.TimelineChanged(timeline=timeline):
                replica.timelines[timeline.person] = timeline
                return replace(delta, timelines=delta.timelines | {timeline.person})
            case say.DayChanged(day=day):
                replica.day = day
                return replace(delta, day=True)
            case say.OfficeChanged(office=office):
                replica.office = office
                return replace(delta, office=True)
            case say.SourceChanged(source=source):
                replica.sources[source.id] = source
                return replace(delta, sources=delta.sources | {source.id})
            case Notice():
                return replace(delta, notices=(*delta.notices, change))
