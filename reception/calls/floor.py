"""The floor: every call, receptionist and line, and the primitives that change them.

Values are frozen, so a step that is refused half-way is undone by putting the old values back. Indexes
(legs, queues, camp-on, deadlines) follow from the values by `put` alone: no other code keeps them.
"""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

import msgspec

from reception.calls.effects import Effects
from reception.directory.port import Book
from reception.errors import CommandRefused
from reception.model.attendants import Attendant
from reception.model.calls import Call, CallerId, EndReason, Focus, LegProgress, Place, Spoken, Target
from reception.model.changes import AttendantChanged, CallChanged, CallEnded, Change, Message, Notice
from reception.model.groups import AttendantGroup
from reception.model.lines import LineState
from reception.model.people import full_name
from reception.ports import CloseBridge, Join, SwitchCommand


class Absence(NamedTuple):
    """Somebody is not to be called now; `back_at` (UTC seconds) is None when nobody knows until when."""

    back_at: float | None = None


class Use(StrEnum):
    """What a leg is to us."""

    PARTY = "party"
    TARGET = "target"
    DESK = "desk"


# What a call loses when it moves on, unless the move says otherwise.
_TRANSIENT: dict[str, Any] = {
    "offered_to": (),
    "pending": None,
    "target": None,
    "target_leg": None,
    "progress": LegProgress.NONE,
    "focus": Focus.CALLER,
    "slot": None,
    "returned": None,
    "is_held_by_phone": False,
    "deadline": None,
    "notice_stage": 0,
    "tried": (),
    "offer_after": 0.0,
}


def is_waiting(call: Call) -> bool:
    """True for a call in its group's queue that no receptionist has claimed."""
    return call.place is Place.QUEUED or (call.place is Place.OFFERED and call.owner is None)


def _remove(queue: list[tuple[float, str]], entry: tuple[float, str]) -> None:
    """Remove an entry from an ordered queue without looking at all the others."""
    place = bisect_left(queue, entry)
    assert queue[place] == entry, "an indexed call is in its queue"
    del queue[place]


BRIDGE_NAMES: Final = ("call-", "consult-")
"""How the names of our bridges begin."""


def bridges_of(call: Call) -> tuple[str, str]:
    """Return the names of the call's bridge and of the one beside it, for consultations."""
    talk, consultation = BRIDGE_NAMES
    return f"{talk}{call.id}", f"{consultation}{call.id}"


def caller_label(party: CallerId) -> str:
    """Return what to call a party in a sentence: name, else number, else nothing (withheld)."""
    return party.name or party.number or ""


def target_label(target: Target | None) -> str:
    """Return what to call a target in a sentence."""
    return "" if target is None else target.name or target.number


class Floor:
    """All state of the engine. One step at a time: `begin`, changes, then `commit` or `rollback`."""

    def __init__(
        self,
        *,
        groups: Sequence[AttendantGroup],
        book: Book,
        new_id: Callable[[], str],
        slots: Sequence[str],
        last_spoken: Callable[[str], Spoken | None],
        absence_of: Callable[[Target], Absence | None],
        may_ring: Callable[[str, Target], bool],
        is_on_call_elsewhere: Callable[[Target], bool],
    ) -> None:
        self.groups = {g.id: g for g in groups}
        self.group_by_number = {g.number: g.id for g in groups}
        self.book = book
        self.new_id = new_id
        self.slots = tuple(slots)
        self._last_spoken = last_spoken
        self.absence_of = absence_of
        self.may_ring = may_ring
        self.is_on_call_elsewhere = is_on_call_elsewhere
        self.calls: dict[str, Call] = {}
        self.attendants: dict[str, Attendant] = {}
        self.lines: dict[str, LineState] = {}
        self.legs: dict[str, tuple[Use, str]] = {}
        self.queues: dict[str, list[tuple[float, str]]] = {g: [] for g in self.groups}
        self.camped: dict[str, list[tuple[float, str]]] = {}
        self.owned: dict[str, dict[str, None]] = {}
        self._camped_at: dict[str, tuple[str, ...]] = {}
        self.bridges: set[str] = set()
        self.is_up = False
        self.now = 0.0
        self.subject: str | None = None
        self._due: list[tuple[float, str]] = []
        self._commands: list[SwitchCommand] = []
        self._changes: dict[tuple[str, str], Change] = {}
        self._undo: list[Callable[[], None]] = []

    # ------------------------------------------------------------------ a step

    def begin(self, now: float) -> None:
        """Start a step at this instant (UTC seconds)."""
        self.now = now
        self.subject = None
        self._commands, self._changes, self._undo = [], {}, []

    def commit(self) -> Effects:
        """End the step; return what is to be done and told."""
        return Effects(
            commands=tuple(self._commands), changes=tuple(self._changes.values()), call=self.subject
        )

    def rollback(self) -> None:
        """Take the whole step back."""
        for undo in reversed(self._undo):
            undo()
        self._commands, self._changes, self._undo = [], {}, []

    # ------------------------------------------------------------------ reading

    def find(self, call_id: str) -> Call:
        """Return a live call; raises CommandRefused."""
        call = self.calls.get(call_id)
        if call is None:
            raise CommandRefused("unknown_call")
        self.subject = call_id
        return call

    def group_of(self, call: Call) -> AttendantGroup:
        """Return the group whose rules hold for a call: its own, its owner's first, or the first."""
        if call.group in self.groups:
            return self.groups[call.group]
        owner = self.attendants.get(call.owner or "")
        if owner is not None and owner.groups:
            return self.groups[owner.groups[0]]
        return next(iter(self.groups.values()))

    def members(self, group: str) -> tuple[str, ...]:
        """Return who is logged in to a group."""
        return tuple(a.id for a in self.attendants.values() if group in a.groups)

    def name_of(self, attendant: str | None) -> str:
        """Return a receptionist's name for a sentence."""
        found = self.attendants.get(attendant or "")
        return found.name if found else ""

    def watched(self, target: Target) -> tuple[str, ...]:
        """Return the numbers whose lines make a target busy: all of the person (reading 38)."""
        numbers = self.book.numbers_of(target.person) if target.person else ()
        return numbers if target.number in numbers else (*numbers, target.number)

    def introduced(self, party: CallerId) -> CallerId:
        """Return a party as the house knows them: a contact by the contact's name (requirement 002-077)."""
        contact = None if party.number is None or party.is_withheld else self.book.contact_of(party.number)
        if contact is None:
            return party
        return msgspec.structs.replace(party, name=full_name(contact), contact=contact.contact)

    def last_spoken(self, party: CallerId) -> Spoken | None:
        """Return whom a caller was put through to the last time; of a withheld number nobody knows."""
        if party.number is None or party.is_withheld:
            return None
        return self._last_spoken(party.number)

    def owned_by(self, attendant: str) -> Iterator[Call]:
        """Yield the live calls a receptionist has."""
        for call_id in tuple(self.owned.get(attendant, ())):
            yield self.calls[call_id]

    # ------------------------------------------------------------------ changing

    def put(self, call: Call) -> Call:
        """Make this the state of its call."""
        self._set(call.id, call)
        self._changes[("call", call.id)] = CallChanged(call=call)
        return call

    def recall(self, call: Call) -> None:
        """Take in a call of an earlier hub, which may have left bridges for it in the switch."""
        self.put(call)
        self.bridges.update(bridges_of(call))

    def change(self, call: Call, **fields: Any) -> Call:
        """Change fields of a call that stays in its place."""
        return self.put(msgspec.structs.replace(call, **fields))

    def move(self, call: Call, place: Place, **fields: Any) -> Call:
        """Bring a call to a place; what belonged to the old place is dropped unless given."""
        return self.put(
            msgspec.structs.replace(call, **{**_TRANSIENT, "place": place, "since": self.now, **fields})
        )

    def end(self, call: Call, reason: EndReason) -> None:
        """Let a call leave, with its reason, and tidy its bridges up."""
        self._set(call.id, None)
        for bridge in bridges_of(call):
            if bridge in self.bridges:
                self.bridges.discard(bridge)
                self._undo.append(lambda b=bridge: self.bridges.add(b))  # type: ignore[misc]
                self.do(CloseBridge(bridge=bridge))
        self._changes[("call", call.id)] = CallEnded(call=call.id, reason=reason)

    def put_attendant(self, attendant: Attendant) -> Attendant:
        """Make this the state of its receptionist."""
        old = self.attendants.get(attendant.id)
        if old == attendant:
            return attendant
        if old is None or old.desk_leg != attendant.desk_leg:
            if old is not None and old.desk_leg is not None:
                self._unuse(old.desk_leg)
            if attendant.desk_leg is not None:
                self._use(attendant.desk_leg, Use.DESK, attendant.id)
        self.attendants[attendant.id] = attendant
        if old is not None:
            self._undo.append(lambda: self.attendants.__setitem__(attendant.id, old))
        self._changes[("attendant", attendant.id)] = AttendantChanged(attendant=attendant)
        return attendant

    def change_attendant(self, attendant_id: str, **fields: Any) -> Attendant:
        """Change fields of a receptionist."""
        return self.put_attendant(msgspec.structs.replace(self.attendants[attendant_id], **fields))

    def set_line(self, number: str, state: LineState) -> None:
        """Remember the state of a line."""
        self.lines[number] = state

    def do(self, *commands: SwitchCommand) -> None:
        """Ask the switch, after what was asked before."""
        self._commands.extend(commands)

    def join(self, call: Call, *legs: str | None, consult: bool = False) -> None:
        """Let legs talk in the call's bridge, or in the one beside it where the caller cannot hear."""
        bridge = bridges_of(call)[consult]
        if bridge not in self.bridges:
            self.bridges.add(bridge)
            self._undo.append(lambda: self.bridges.discard(bridge))
        self.do(Join(bridge=bridge, legs=tuple(leg for leg in legs if leg is not None)))

    def tell(self, key: str, to: Sequence[str | None], call: Call | None, **params: str | float) -> None:
        """Raise a notice to these receptionists; to nobody when the list holds none."""
        names = tuple(dict.fromkeys(name for name in to if name))
        if not names:
            return
        notice = Notice(
            id=self.new_id(),
            to=names,
            at=self.now,
            message=Message(key=key, params=params),
            call=call.id if call else None,
        )
        self._changes[("notice", notice.id)] = notice

    # ------------------------------------------------------------------ deadlines

    def next_deadline(self) -> float | None:
        """Return when the next call must be looked at (UTC seconds), or None."""
        while self._due:
            at, call_id = self._due[0]
            call = self.calls.get(call_id)
            if call is not None and call.deadline == at:
                return at
            heapq.heappop(self._due)
        return None

    def pop_due(self) -> Call | None:
        """Return the next call whose deadline has passed, with its deadline cleared."""
        at = self.next_deadline()
        if at is None or at > self.now:
            return None
        _, call_id = heapq.heappop(self._due)
        return self.change(self.calls[call_id], deadline=None)

    # ------------------------------------------------------------------ indexes

    def _set(self, call_id: str, new: Call | None) -> None:
        old = self.calls.get(call_id)
        self._undo.append(lambda: self._index(call_id, self.calls.get(call_id), old))
        self._index(call_id, old, new)

    def _index(self, call_id: str, old: Call | None, new: Call | None) -> None:
        if old is not None:
            self._forget(old)
        if new is None:
            self.calls.pop(call_id, None)
            return
        self.calls[call_id] = new
        if new.leg is not None:
            self.legs[new.leg] = (Use.PARTY, call_id)
        if new.target_leg is not None:
            self.legs[new.target_leg] = (Use.TARGET, call_id)
        if new.owner is not None:
            self.owned.setdefault(new.owner, {})[call_id] = None
        if is_waiting(new):
            insort(self.queues[new.group or ""], (new.arrived_at, call_id))
        if new.place is Place.CAMPED and new.target is not None:
            self._camped_at[call_id] = self.watched(new.target)
            for number in self._camped_at[call_id]:
                insort(self.camped.setdefault(number, []), (new.since, call_id))
        if new.deadline is not None:
            heapq.heappush(self._due, (new.deadline, call_id))

    def _forget(self, old: Call) -> None:
        for leg, use in ((old.leg, Use.PARTY), (old.target_leg, Use.TARGET)):
            if leg is not None and self.legs.get(leg) == (use, old.id):
                del self.legs[leg]
        if old.owner is not None:
            self.owned[old.owner].pop(old.id, None)
        if is_waiting(old):
            _remove(self.queues[old.group or ""], (old.arrived_at, old.id))
        for number in self._camped_at.pop(old.id, ()):
            _remove(self.camped[number], (old.since, old.id))

    def _use(self, leg: str, use: Use, key: str) -> None:
        self.legs[leg] = (use, key)
        self._undo.append(lambda: self.legs.pop(leg, None) and None)

    def _unuse(self, leg: str) -> None:
        entry = self.legs.pop(leg)
        self._undo.append(lambda: self.legs.__setitem__(leg, entry))
