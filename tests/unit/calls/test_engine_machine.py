"""Random receptionists, callers, phones, losses and delays: no caller is ever lost.

The switch is a small truth with queues in both directions: commands are carried out late, events are heard
late, the line between the two breaks, the hub is killed. Whatever happens, once things are quiet the engine's
picture and who really hears whom agree, and no caller was hung up but by somebody who meant it.
"""

from __future__ import annotations

from collections import deque
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from reception.calls.effects import Effects
from reception.errors import CommandRefused
from reception.model import intents as ask
from reception.model.attendants import DeskState, Readiness
from reception.model.calls import CallerId, EndReason, Focus, LegProgress, Place
from reception.model.changes import CallEnded, Message, SourceState
from reception.model.groups import AttendantGroup, CallbackRules
from reception.model.lines import LineState
from reception.ports import (
    AnswerLeg,
    CommandFailed,
    DigitPressed,
    GoneCause,
    HangUpLeg,
    HoldLeg,
    Join,
    LegAnswered,
    LegArrived,
    LegGone,
    LegLeft,
    LegRinging,
    LineChanged,
    SendToVoicemail,
    SwitchError,
    SwitchEvent,
    SwitchLost,
)
from tests.unit.calls.world import ALICE, BOB, Leg, World

MEANT = {EndReason.ATTENDANT_HUNG_UP, EndReason.COLLEAGUE_HUNG_UP}


class SlowWorld(World):
    """A world whose switch obeys late and is heard late."""

    def __init__(self, *groups: AttendantGroup) -> None:
        self.to_do: deque[Any] = deque()
        self.to_hear: deque[SwitchEvent] = deque()
        self.is_cut = False
        super().__init__(*groups)

    def take(self, effects: Effects) -> Effects:
        self._check_hang_ups(effects)
        return super().take(effects)

    def _check_hang_ups(self, effects: Effects) -> None:
        """A caller's leg is hung up only together with the end of its call, and for a reason."""
        reasons = {c.call: c.reason for c in effects.changes if isinstance(c, CallEnded)}
        party = {c.leg: c.id for c in self.stored_calls.values() if c.leg}
        for command in effects.commands:
            if isinstance(command, HangUpLeg) and command.leg in party:
                call = self.stored_calls[party[command.leg]]
                is_outgoing = call.place is Place.DIALLING
                assert is_outgoing or reasons.get(call.id) in MEANT, f"{call} was hung up by no one"

    def _obey(self, command: Any) -> None:
        if self.is_cut:
            self._fail(command)
        else:
            self.to_do.append(command)

    def _fail(self, command: Any) -> None:
        pass  # unseen: what could not be asked shows in the next snapshot

    def work(self) -> None:
        """The switch carries out its oldest command."""
        command = self.to_do.popleft()
        named = [command.leg] if hasattr(command, "leg") else list(getattr(command, "legs", ()))
        if isinstance(command, (AnswerLeg, HoldLeg, Join, SendToVoicemail)):
            missing = [leg for leg in named if leg not in self.legs]
            if missing:
                self.to_hear.append(CommandFailed(command=command, error=SwitchError.GONE))
                return
        if isinstance(command, HangUpLeg) and command.leg in self.legs:
            self.to_hear.append(LegGone(leg=command.leg, cause=GoneCause.NORMAL))
        if isinstance(command, SendToVoicemail):
            self.legs.pop(command.leg)
            self.to_hear.append(LegLeft(leg=command.leg))
            return
        super()._obey(command)

    def hear(self) -> None:
        """The hub hears the oldest event."""
        self.event(self.to_hear.popleft())

    def say(self, event: SwitchEvent) -> None:
        if not self.is_cut:
            self.to_hear.append(event)

    def settle(self) -> None:
        """Let everything under way arrive."""
        for _ in range(10_000):
            if self.to_do:
                self.work()
            elif self.to_hear:
                self.hear()
            else:
                return
        raise AssertionError("the house never gets quiet")

    def cut(self) -> None:
        self.is_cut = True
        self.to_do.clear()
        self.to_hear.clear()
        message = Message(key="unreachable", params={"address": "pbx"})
        self.event(SwitchLost(state=SourceState.DOWN, message=message))

    def mend(self) -> None:
        self.is_cut = False
        self.reconnect()


class House(RuleBasedStateMachine):
    """Two receptionists, two colleagues, and callers without end."""

    def __init__(self) -> None:
        super().__init__()
        self.w = SlowWorld(
            AttendantGroup(id="main", name="Hovednummer", number="7000"),
            AttendantGroup(
                id="sales",
                name="Salg",
                number="7001",
                offers_calls=True,
                ring_at_once=2,
                callback=CallbackRules(max_tries=2, valid_min=30),
            ),
        )
        self.callers: set[str] = set()

    # ------------------------------------------------------------------ choosing

    def originated(self, data: st.DataObject, *, answered: bool) -> str | None:
        legs = [n for n, leg in self.w.legs.items() if leg.originate and leg.is_answered is answered]
        return data.draw(st.sampled_from(sorted(legs))) if legs else None

    def some_call(self, data: st.DataObject) -> str | None:
        calls = sorted(self.w.engine.calls)
        return data.draw(st.sampled_from(calls)) if calls else None

    # ------------------------------------------------------------------ outside

    @rule(n=st.integers(0, 30), dialled=st.sampled_from(["7000", "7001"]), withheld=st.booleans())
    def a_caller_arrives(self, n: int, dialled: str, withheld: bool) -> None:
        if len(self.w.legs) > 12 or self.w.is_cut:
            return
        leg = self.w.new_id()
        self.w.legs[leg] = Leg(number=f"+4530{n:06}")
        self.callers.add(leg)
        number = None if withheld else f"+4530{n:06}"
        caller = CallerId(number=number, is_withheld=withheld)
        self.w.say(LegArrived(leg=leg, dialled=dialled, caller=caller))

    @rule(data=st.data())
    def a_caller_hangs_up(self, data: st.DataObject) -> None:
        here = sorted(self.callers & set(self.w.legs))
        if here:
            leg = data.draw(st.sampled_from(here))
            del self.w.legs[leg]
            self.w.say(LegGone(leg=leg, cause=GoneCause.NORMAL))

    @rule(data=st.data(), digit=st.sampled_from("5519"))
    def a_caller_presses_a_key(self, data: st.DataObject, digit: str) -> None:
        here = sorted(self.callers & set(self.w.legs))
        if here:
            self.w.say(DigitPressed(leg=data.draw(st.sampled_from(here)), digit=digit))

    @rule(data=st.data(), rings_first=st.booleans())
    def a_phone_is_answered(self, data: st.DataObject, rings_first: bool) -> None:
        leg = self.originated(data, answered=False)
        if leg:
            if rings_first:
                self.w.say(LegRinging(leg=leg))
            self.w.legs[leg].is_answered = True
            self.w.say(LegAnswered(leg=leg))

    @rule(data=st.data(), answered=st.booleans(), cause=st.sampled_from(GoneCause))
    def a_phone_goes(self, data: st.DataObject, answered: bool, cause: GoneCause) -> None:
        leg = self.originated(data, answered=answered)
        if leg:
            del self.w.legs[leg]
            self.w.say(LegGone(leg=leg, cause=cause))

    @rule(number=st.sampled_from(["201", "202", "101", "+4540112233"]), state=st.sampled_from(LineState))
    def a_line_changes(self, number: str, state: LineState) -> None:
        self.w.say(LineChanged(number=number, state=state))

    # ------------------------------------------------------------------ receptionists

    @rule(
        data=st.data(),
        who=st.sampled_from(["KLJ", "MSP"]),
        kind=st.sampled_from(
            [
                ask.Answer,
                ask.Hold,
                ask.Resume,
                ask.Swap,
                ask.Complete,
                ask.Conference,
                ask.GiveUp,
                ask.Park,
                ask.TakeBack,
                ask.HangUp,
                ask.RemoveCallback,
            ]
        ),
    )
    def a_key_is_pressed(self, data: st.DataObject, who: str, kind: type) -> None:
        call = self.some_call(data)
        if call:
            self._try(who, kind(call=call))

    @rule(
        data=st.data(),
        who=st.sampled_from(["KLJ", "MSP"]),
        kind=st.sampled_from([ask.Transfer, ask.Consult, ask.CampOn, ask.ToVoicemail]),
        to=st.sampled_from([ALICE, BOB]),
    )
    def a_call_is_passed_on(self, data: st.DataObject, who: str, kind: type, to: Any) -> None:
        call = self.some_call(data)
        if call:
            self._try(who, kind(call=call, to=to))

    @precondition(lambda self: not self.w.is_cut)
    @rule(who=st.sampled_from(["KLJ", "MSP"]), to=st.sampled_from([None, ALICE, BOB]))
    def a_talk_begins(self, who: str, to: Any) -> None:
        """A short cut to where it gets interesting: a talk, or a consultation in it."""
        w = self.w
        self.a_caller_arrives(n=77, dialled="7000", withheld=False)
        w.settle()
        self._try(who, ask.AnswerNext())
        w.settle()
        self._pick_up(w.desk_leg(who))
        call = w.engine.calls.get(w.engine.attendants[who].active or "")
        if to is not None and call is not None:
            self._try(who, ask.Consult(call=call.id, to=to))
            w.settle()
            self._pick_up(w.engine.calls[call.id].target_leg)

    def _pick_up(self, leg: str | None) -> None:
        if leg in self.w.legs and not self.w.legs[leg].is_answered:
            self.w.legs[leg].is_answered = True
            self.w.say(LegAnswered(leg=leg))
            self.w.settle()

    @rule(who=st.sampled_from(["KLJ", "MSP"]))
    def next_please(self, who: str) -> None:
        self._try(who, ask.AnswerNext())

    @rule(who=st.sampled_from(["KLJ", "MSP"]), to=st.sampled_from([ALICE, BOB]))
    def a_number_is_dialled(self, who: str, to: Any) -> None:
        self._try(who, ask.Dial(to=to))

    @rule(who=st.sampled_from(["KLJ", "MSP"]), readiness=st.sampled_from(Readiness))
    def readiness_changes(self, who: str, readiness: Readiness) -> None:
        self._try(who, ask.SetReadiness(readiness=readiness))

    @rule(who=st.sampled_from(["KLJ", "MSP"]), here=st.booleans())
    def a_console_comes_or_goes(self, who: str, here: bool) -> None:
        self.w.take(self.w.engine.on_console(who, here, self.w.now))

    def _try(self, who: str, intent: Any) -> None:
        before = (dict(self.w.engine.calls), dict(self.w.engine.attendants))
        try:
            self.w.do(who, intent)
        except CommandRefused:
            after = (dict(self.w.engine.calls), dict(self.w.engine.attendants))
            assert after == before, "a refused intent changes nothing"

    # ------------------------------------------------------------------ time and trouble

    @rule(seconds=st.sampled_from([0.1, 1, 5, 21, 61, 300]))
    def time_passes(self, seconds: float) -> None:
        self.w.wait(seconds)

    @precondition(lambda self: self.w.to_do)
    @rule()
    def the_switch_works(self) -> None:
        self.w.work()

    @precondition(lambda self: self.w.to_hear)
    @rule()
    def the_hub_hears(self) -> None:
        self.w.hear()

    @rule()
    def everything_arrives(self) -> None:
        self.w.settle()

    @precondition(lambda self: not self.w.is_cut)
    @rule()
    def the_line_breaks(self) -> None:
        self.w.cut()

    @precondition(lambda self: self.w.is_cut)
    @rule()
    def the_line_is_mended(self) -> None:
        self.w.mend()

    @rule()
    def the_hub_is_killed(self) -> None:
        self.w.to_do.clear()
        self.w.to_hear.clear()
        self.w.is_cut = False
        self.w.restart_hub()

    # ------------------------------------------------------------------ what always holds

    @invariant()
    def every_leg_is_one_things(self) -> None:
        used = [leg for c in self.w.engine.calls.values() for leg in (c.leg, c.target_leg) if leg]
        used += [a.desk_leg for a in self.w.engine.attendants.values() if a.desk_leg]
        assert len(used) == len(set(used))

    @invariant()
    def a_receptionists_phone_serves_a_call_of_theirs(self) -> None:
        for a in self.w.engine.attendants.values():
            assert (a.desk is DeskState.DOWN) == (a.desk_leg is None)
            if a.active is not None:
                call = self.w.engine.calls[a.active]
                assert call.owner == a.id, (a, call)
                assert a.desk is not DeskState.DOWN, (a, call)
                assert call.place in (
                    Place.OFFERED,
                    Place.TALKING,
                    Place.HELD,
                    Place.CONSULTING,
                    Place.DIALLING,
                )

    @invariant()
    def who_talks_or_consults_has_a_receptionist(self) -> None:
        for call in self.w.engine.calls.values():
            if call.place in (Place.TALKING, Place.CONSULTING, Place.DIALLING):
                assert call.owner is not None
                assert self.w.engine.attendants[call.owner].active == call.id

    @invariant()
    def when_it_is_quiet_engine_and_switch_agree(self) -> None:
        w = self.w
        if w.to_do or w.to_hear or w.is_cut:
            return
        known = {leg for c in w.engine.calls.values() for leg in (c.leg, c.target_leg) if leg}
        known |= {a.desk_leg for a in w.engine.attendants.values() if a.desk_leg}
        assert set(w.legs) == known, "no caller is lost, no leg left over"
        for call in w.engine.calls.values():
            self._check_hearing(call)

    def _check_hearing(self, call: Any) -> None:
        w = self.w
        desk = w.desk_leg(call.owner) if call.owner in w.engine.attendants else None
        if call.leg is None or not w.legs[call.leg].is_answered:
            assert call.callback is not None or call.place is Place.DIALLING
        elif call.place is Place.TALKING:
            assert w.hears(call.leg) == {desk}
        elif call.place is Place.HANDED_ON:
            assert w.hears(call.leg) == {call.target_leg}
        elif call.place is Place.CONSULTING and call.progress is LegProgress.TALKING:
            expected = {
                Focus.COLLEAGUE: {"music"},
                Focus.CALLER: {desk},
                Focus.CONFERENCE: {desk, call.target_leg},
            }
            assert w.hears(call.leg) == expected[call.focus]
        else:
            assert w.hears(call.leg) == {"music"}, call

    def teardown(self) -> None:
        """In the end all callers hang up, and nothing is left."""
        w = self.w
        if w.is_cut:
            w.mend()
        w.settle()
        for leg in sorted(self.callers & set(w.legs)):
            w.legs.pop(leg, None)
            w.say(LegGone(leg=leg, cause=GoneCause.NORMAL))
        w.settle()
        left = [c for c in w.engine.calls.values() if c.leg in self.callers]
        assert not left


House.TestCase.settings = settings(
    max_examples=120,
    stateful_step_count=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
test_no_caller_is_ever_lost = House.TestCase
