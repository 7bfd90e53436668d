"""A house in a few lines: the engine with a switch that does at once what it is told.

`World` applies each step's commands to a small truth (`legs`, `bridges`) so that a test can ask both sides:
what the engine believes and who really hears whom.
"""

from __future__ import annotations

import itertools
from typing import Any

import msgspec
import pytest

from reception.calls.effects import Effects
from reception.calls.engine import CallEngine
from reception.calls.floor import Absence
from reception.errors import CommandRefused
from reception.model import intents as ask
from reception.model.attendants import Attendant, DeskState, Readiness
from reception.model.calls import Call, CallerId, EndReason, Place, Spoken, Target
from reception.model.changes import AttendantChanged, CallChanged, CallEnded, Notice
from reception.model.groups import AttendantGroup
from reception.model.lines import LineState
from reception.model.people import Person
from reception.ports import (
    AnswerLeg,
    CloseBridge,
    DigitPressed,
    GoneCause,
    HangUpLeg,
    HoldLeg,
    Join,
    LegAnswered,
    LegArrived,
    LegGone,
    LegInfo,
    LegLeft,
    LegRinging,
    LineChanged,
    Originate,
    Role,
    StoredState,
    SwitchConnected,
    SwitchEvent,
)

ALICE = Target(number="201", person="alice", name="Alice Holm")
BOB = Target(number="202", person="bob", name="Bob Krogh")
WAITING_ROOM = "waiting room"


class Book:
    """A directory of two colleagues: alice with desk and mobile, bob with a desk phone."""

    def numbers_of(self, person: str) -> tuple[str, ...]:
        return {"alice": ("201", "+4540112233"), "bob": ("202",)}.get(person, ())

    def __init__(self) -> None:
        self.contacts: dict[str, Person] = {}

    def contact_of(self, number: str) -> Person | None:
        return self.contacts.get(number)

    def mailbox_of(self, target_number: str, person: str | None) -> str | None:
        return target_number if target_number in ("201", "202") else None

    def name_of(self, number: str) -> str:
        return {"201": "Alice Holm", "202": "Bob Krogh"}.get(number, "")


class Leg(msgspec.Struct, kw_only=True):
    """The truth about one leg."""

    number: str
    originate: Originate | None = None
    is_answered: bool = False
    bridge: str | None = None


class World:
    """The engine, a clock, and the truth of the switch."""

    def __init__(self, group: AttendantGroup | None = None, *more: AttendantGroup) -> None:
        self.now = 1_000.0
        self._ids = itertools.count(1)
        self.group_list = [group or AttendantGroup(id="main", name="Hovednummer", number="7000"), *more]
        self.legs: dict[str, Leg] = {}
        self.bridges: set[str] = set()
        self.commands: list[Any] = []
        self.notices: list[Notice] = []
        self.ended: dict[str, EndReason] = {}
        self.hung_up_by_us: set[str] = set()
        self.spoken: dict[str, Spoken] = {}
        self.absences: dict[str, Absence] = {}
        self.barred: set[tuple[str, str]] = set()
        self.elsewhere: set[str] = set()
        self.kept_out: dict[str, tuple[str, ...]] = {}
        self.stored_calls: dict[str, Call] = {}
        self.stored_attendants: dict[str, Attendant] = {}
        self.book = Book()
        self.engine = self._engine(None)
        self.event(SwitchConnected(lines=(("201", LineState.IDLE), ("202", LineState.IDLE))))
        for name in ("KLJ", "MSP"):
            self.take(self.engine.on_console(name, True, self.now))
            self.do(name, ask.SetReadiness(readiness=Readiness.READY))

    def new_id(self) -> str:
        return f"id{next(self._ids)}"

    def _engine(self, stored: StoredState | None) -> CallEngine:
        groups = tuple(g.id for g in self.group_list)
        return CallEngine(
            groups=self.group_list,
            attendants=[
                Attendant(id="KLJ", name="Karin Lund", number="101", groups=groups),
                Attendant(id="MSP", name="Mads Spang", number="102", groups=groups),
            ],
            book=self.book,
            new_id=self.new_id,
            stored=stored,
            last_spoken=self.spoken.get,
            absence_of=lambda target: self.absences.get(target.number),
            may_ring=lambda attendant, target: (attendant, target.number) not in self.barred,
            is_on_call_elsewhere=lambda target: target.number in self.elsewhere,
            kept_out=lambda attendant: self.kept_out.get(attendant, ()),
        )

    # ------------------------------------------------------------------ steps

    def take(self, effects: Effects) -> Effects:
        for change in effects.changes:
            match change:
                case CallChanged():
                    self.stored_calls[change.call.id] = change.call
                case CallEnded():
                    assert change.call not in self.ended, "a call ends once"
                    self.ended[change.call] = change.reason
                    self.stored_calls.pop(change.call, None)
                case AttendantChanged():
                    self.stored_attendants[change.attendant.id] = change.attendant
                case Notice():
                    self.notices.append(change)
        for command in effects.commands:
            self.commands.append(command)
            self._obey(command)
        return effects

    def _obey(self, command: Any) -> None:
        match command:
            case AnswerLeg(leg=leg) if leg in self.legs:
                self.legs[leg].is_answered = True
            case Originate():
                assert command.leg not in self.legs, "a leg id is used once"
                self.legs[command.leg] = Leg(number=command.to, originate=command)
            case HangUpLeg(leg=leg):
                if self.legs.pop(leg, None) is not None:
                    self.hung_up_by_us.add(leg)
            case HoldLeg(leg=leg) if leg in self.legs:
                assert self.legs[leg].is_answered, "only an answered leg can wait with music"
                self.legs[leg].bridge = WAITING_ROOM
            case Join():
                self.bridges.add(command.bridge)
                for leg in self.legs.values():
                    if leg.bridge == command.bridge:
                        leg.bridge = None
                for name in command.legs:
                    if name in self.legs:
                        assert self.legs[name].is_answered, "only answered legs can talk"
                        self.legs[name].bridge = command.bridge
            case CloseBridge():
                self.bridges.discard(command.bridge)
                for leg in self.legs.values():
                    if leg.bridge == command.bridge:
                        leg.bridge = None

    def event(self, event: SwitchEvent) -> Effects:
        return self.take(self.engine.on_switch(event, self.now))

    def do(self, who: str, intent: ask.Intent) -> Effects:
        return self.take(self.engine.on_intent(who, intent, self.now))

    def refused(self, who: str, intent: ask.Intent) -> CommandRefused:
        before = (dict(self.engine.calls), dict(self.engine.attendants))
        with pytest.raises(CommandRefused) as caught:
            self.engine.on_intent(who, intent, self.now)
        assert (dict(self.engine.calls), dict(self.engine.attendants)) == before, "nothing has changed"
        return caught.value

    def wait(self, seconds: float) -> None:
        """Let time pass, waking the engine at each of its deadlines."""
        until = self.now + seconds
        while (at := self.engine.next_deadline()) is not None and at <= until:
            self.now = max(self.now, at)
            self.take(self.engine.on_time(self.now))
        self.now = until

    # ------------------------------------------------------------------ what happens outside

    def arrive(
        self, number: str | None = "+4530100200", dialled: str = "7000", name: str = "Nordsø", **more: Any
    ) -> Call:
        leg = self.new_id()
        self.legs[leg] = Leg(number=number or "")
        caller = CallerId(number=number, name=name, is_withheld=number is None)
        before = set(self.engine.calls)
        self.event(LegArrived(leg=leg, dialled=dialled, caller=caller, **more))
        new = set(self.engine.calls) - before
        return self.engine.calls[new.pop()]

    def arrive_inside(self, number: str, dialled: str) -> str:
        """A phone of the house dials one of our numbers; returns its leg."""
        leg = self.new_id()
        self.legs[leg] = Leg(number=number)
        caller = CallerId(number=number)
        self.event(LegArrived(leg=leg, dialled=dialled, caller=caller, is_inside=True))
        return leg

    def ring(self, leg: str | None) -> None:
        self.event(LegRinging(leg=leg or ""))

    def pick_up(self, leg: str | None) -> None:
        assert leg is not None
        if leg in self.legs:
            self.legs[leg].is_answered = True
        self.event(LegAnswered(leg=leg))

    def drop(self, leg: str | None, cause: GoneCause = GoneCause.NORMAL) -> None:
        assert leg is not None
        self.legs.pop(leg, None)
        self.event(LegGone(leg=leg, cause=cause))

    def leave(self, leg: str | None) -> None:
        self.legs.pop(leg or "", None)
        self.event(LegLeft(leg=leg or ""))

    def press(self, leg: str | None, digit: str = "5") -> None:
        self.event(DigitPressed(leg=leg or "", digit=digit))

    def line(self, number: str, state: LineState) -> None:
        self.event(LineChanged(number=number, state=state))

    # ------------------------------------------------------------------ reading

    def call(self, call: Call) -> Call:
        return self.engine.calls[call.id]

    def desk_leg(self, who: str = "KLJ") -> str | None:
        return self.engine.attendants[who].desk_leg

    def hears(self, leg: str | None) -> set[str]:
        """Who else is in this leg's bridge; {'music'} in the waiting room."""
        bridge = self.legs[leg or ""].bridge
        if bridge == WAITING_ROOM:
            return {"music"}
        return {n for n, other in self.legs.items() if other.bridge == bridge and bridge and n != leg}

    def place(self, call: Call) -> Place | None:
        found = self.engine.calls.get(call.id)
        return found.place if found else None

    def last_notice(self) -> str:
        return self.notices[-1].message.key

    # ------------------------------------------------------------------ common beginnings

    def talking(self, who: str = "KLJ", **arrival: Any) -> Call:
        """A caller from outside, answered, talking with a receptionist."""
        call = self.arrive(**arrival)
        self.do(who, ask.Answer(call=call.id))
        if self.engine.attendants[who].desk is DeskState.RINGING:
            self.pick_up(self.desk_leg(who))
        assert self.place(call) is Place.TALKING
        return self.call(call)

    def consulting(self, who: str = "KLJ", to: Target = ALICE) -> Call:
        """As `talking`, then in consultation with a colleague who has answered."""
        call = self.talking(who)
        self.do(who, ask.Consult(call=call.id, to=to))
        self.pick_up(self.call(call).target_leg)
        return self.call(call)

    def restart_hub(self) -> None:
        """kill -9 of the hub: a new engine with what was stored, and the switch as it is."""
        self.engine = self._engine(
            StoredState(
                calls=tuple(self.stored_calls.values()), attendants=tuple(self.stored_attendants.values())
            )
        )
        self.reconnect()

    def reconnect(self, *, restarted: bool = False) -> None:
        """The switch is in sight again, with the legs it has."""
        infos = []
        for name, leg in self.legs.items():
            made = leg.originate
            infos.append(
                LegInfo(
                    leg=name,
                    is_answered=leg.is_answered,
                    caller=CallerId(number=leg.number),
                    dialled="" if made else "7000",
                    call=made.call if made else None,
                    role=made.role if made else None,
                    bridge=leg.bridge,
                    created_at=self.now - 60,
                )
            )
        lines = tuple(self.engine.lines.items()) or (("201", LineState.IDLE), ("202", LineState.IDLE))
        bridges = tuple(self.bridges)
        self.event(SwitchConnected(legs=tuple(infos), bridges=bridges, lines=lines, restarted=restarted))


__all__ = ["ALICE", "BOB", "Role", "World"]
