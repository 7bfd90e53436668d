"""Arrival, queues, offering and answering."""

from __future__ import annotations

import pytest

from reception.model import intents as ask
from reception.model.attendants import DeskState, Readiness
from reception.model.calls import EndReason, Pending, Place
from reception.model.groups import AttendantGroup
from reception.model.lines import LineState
from reception.ports import AnswerLeg, GoneCause, HangUpLeg, Originate
from tests.unit.calls.world import World


def offering(at_once: int = 1) -> AttendantGroup:
    return AttendantGroup(
        id="main", name="Hovednummer", number="7000", offers_calls=True, ring_at_once=at_once, ring_s=20
    )


def test_a_caller_is_answered_by_the_queue_and_hears_music():
    w = World()
    call = w.arrive()
    assert w.place(call) is Place.QUEUED
    assert AnswerLeg(leg=call.leg) in w.commands
    assert w.hears(call.leg) == {"music"}


def test_answering_is_shown_as_pending_until_the_phone_is_there():
    w = World()
    call = w.arrive()
    w.do("KLJ", ask.Answer(call=call.id))
    assert w.call(call).pending is Pending.ANSWERING
    assert w.hears(call.leg) == {"music"}
    w.pick_up(w.desk_leg())
    assert w.call(call).pending is None
    assert w.place(call) is Place.TALKING
    assert w.hears(call.leg) == {w.desk_leg()}


def test_the_receptionists_phone_is_asked_to_answer_by_itself():
    w = World()
    call = w.arrive()
    w.do("KLJ", ask.Answer(call=call.id))
    ring = w.commands[-1]
    assert isinstance(ring, Originate)
    assert (ring.to, ring.auto_answer, ring.caller.number) == ("101", True, "+4530100200")


def test_answer_next_takes_who_waited_longest_over_all_groups_of_the_receptionist():
    w = World(
        AttendantGroup(id="main", name="Hovednummer", number="7000"),
        AttendantGroup(id="sales", name="Salg", number="7001"),
    )
    first = w.arrive(dialled="7001")
    w.wait(1)
    w.arrive(dialled="7000")
    w.do("KLJ", ask.AnswerNext())
    assert w.call(first).owner == "KLJ"


def test_answer_next_passes_over_groups_one_is_not_logged_in_to():
    w = World(
        AttendantGroup(id="main", name="Hovednummer", number="7000"),
        AttendantGroup(id="sales", name="Salg", number="7001"),
    )
    w.arrive(dialled="7001")
    w.wait(1)
    second = w.arrive(dialled="7000")
    w.do("KLJ", ask.SetGroups(groups=("main",)))
    w.do("KLJ", ask.AnswerNext())
    assert w.call(second).owner == "KLJ"


def test_nobody_waits():
    assert World().refused("KLJ", ask.AnswerNext()).message.key == "no_call_waiting"


def test_a_number_that_is_no_groups_goes_to_the_first_group():
    w = World()
    assert w.arrive(dialled="9999").group == "main"


def test_two_receptionists_answer_one_call_and_the_second_is_told_who_was_faster():
    w = World()
    call = w.arrive()
    w.do("KLJ", ask.Answer(call=call.id))
    refusal = w.refused("MSP", ask.Answer(call=call.id))
    assert refusal.message.key == "already_answered"
    assert refusal.message.params == {"by": "Karin Lund"}
    assert w.desk_leg("MSP") is None
    w.pick_up(w.desk_leg("KLJ"))
    assert w.refused("MSP", ask.Answer(call=call.id)).message.key == "not_possible_now"


def test_pressing_answer_twice_is_told_that_the_phone_is_on_its_way():
    w = World()
    call = w.arrive()
    w.do("KLJ", ask.Answer(call=call.id))
    assert w.refused("KLJ", ask.Answer(call=call.id)).message.key == "still_connecting"


@pytest.mark.parametrize("cause", [GoneCause.UNREACHABLE, GoneCause.NO_ANSWER, GoneCause.BUSY])
def test_a_phone_that_does_not_answer_puts_the_caller_back_at_the_same_place(cause):
    w = World()
    first, second = w.arrive(), w.arrive()
    w.do("KLJ", ask.Answer(call=first.id))
    w.drop(w.desk_leg(), cause)
    assert w.place(first) is Place.QUEUED
    assert w.call(first).owner is None
    assert w.last_notice() == "desk_phone_no_answer"
    w.do("MSP", ask.AnswerNext())
    assert w.call(first).owner == "MSP"
    assert w.place(second) is Place.QUEUED


def test_the_caller_hangs_up_while_the_phone_is_being_fetched():
    w = World()
    call = w.arrive()
    w.do("KLJ", ask.Answer(call=call.id))
    leg = w.desk_leg()
    w.drop(call.leg)
    assert w.ended[call.id] is EndReason.CALLER_HUNG_UP
    assert HangUpLeg(leg=leg) in w.commands
    assert w.engine.attendants["KLJ"].desk is DeskState.DOWN


def test_a_late_answer_of_a_phone_that_was_given_up_leaves_no_phantom_call():
    w = World()
    call = w.arrive()
    w.do("KLJ", ask.Answer(call=call.id))
    leg = w.desk_leg()
    w.drop(call.leg)
    before = dict(w.engine.calls)
    w.pick_up(leg)
    assert dict(w.engine.calls) == before
    assert w.commands[-1] == HangUpLeg(leg=leg)
    assert w.engine.attendants["KLJ"].desk is DeskState.DOWN


def test_answering_a_second_call_puts_the_first_on_hold():
    w = World()
    first = w.talking()
    second = w.arrive()
    w.do("KLJ", ask.Answer(call=second.id))
    assert w.place(first) is Place.HELD
    assert w.place(second) is Place.TALKING
    assert w.hears(first.leg) == {"music"}
    assert w.hears(second.leg) == {w.desk_leg()}


def test_hanging_up_before_the_phone_is_there_leaves_the_caller_in_the_queue():
    w = World()
    call = w.arrive()
    w.do("KLJ", ask.Answer(call=call.id))
    w.do("KLJ", ask.HangUp(call=call.id))
    assert w.place(call) is Place.QUEUED
    assert w.desk_leg() is None
    assert call.leg in w.legs


# ------------------------------------------------------------------ offering to phones


@pytest.mark.requirement("002-330")
def test_as_many_phones_ring_at_once_as_the_group_says():
    w = World(offering(at_once=2))
    call = w.arrive()
    assert w.place(call) is Place.OFFERED
    assert w.call(call).offered_to == ("KLJ", "MSP")
    assert [leg.number for leg in w.legs.values() if leg.originate] == ["101", "102"]


def test_who_lifts_the_handset_gets_the_call_and_the_other_phones_stop():
    w = World(offering(at_once=2))
    call = w.arrive()
    other = w.desk_leg("KLJ")
    w.pick_up(w.desk_leg("MSP"))
    assert w.call(call).owner == "MSP"
    assert w.hears(call.leg) == {w.desk_leg("MSP")}
    assert other not in w.legs


def test_both_lift_the_handset_in_the_same_moment_and_one_gets_it():
    w = World(offering(at_once=2))
    call = w.arrive()
    late = w.desk_leg("KLJ")
    w.pick_up(w.desk_leg("MSP"))
    w.pick_up(late)
    assert w.call(call).owner == "MSP"
    assert w.hears(call.leg) == {w.desk_leg("MSP")}


def test_answering_in_the_console_stops_all_ringing_phones():
    w = World(offering(at_once=2))
    call = w.arrive()
    rings = [w.desk_leg("KLJ"), w.desk_leg("MSP")]
    w.do("KLJ", ask.Answer(call=call.id))
    assert not set(rings) & set(w.legs)
    w.pick_up(w.desk_leg("KLJ"))
    assert w.place(call) is Place.TALKING
    assert w.engine.attendants["MSP"].desk is DeskState.DOWN


@pytest.mark.requirement("002-316")
@pytest.mark.requirement("002-332")
def test_after_the_ring_time_the_next_receptionist_is_rung():
    w = World(offering())
    call = w.arrive()
    assert w.call(call).offered_to == ("KLJ",)
    w.wait(20)
    assert w.call(call).offered_to == ("MSP",)


def test_an_offered_call_keeps_its_wait_and_its_place():
    w = World(offering())
    call = w.arrive()
    w.wait(20)
    assert w.call(call).since == call.arrived_at
    assert w.call(call).arrived_at == call.arrived_at


def test_after_everybody_was_rung_in_vain_the_round_begins_again_after_a_pause():
    w = World(offering())
    call = w.arrive()
    w.wait(40)
    assert w.place(call) is Place.QUEUED
    w.wait(5)
    assert w.place(call) is Place.OFFERED


def test_a_phone_that_rejects_does_not_ring_again_at_once():
    w = World(offering())
    call = w.arrive()
    w.drop(w.desk_leg("KLJ"), GoneCause.REJECTED)
    assert w.call(call).offered_to == ("MSP",)
    w.drop(w.desk_leg("MSP"), GoneCause.REJECTED)
    assert w.place(call) is Place.QUEUED


@pytest.mark.parametrize("readiness", [Readiness.PAUSED, Readiness.LOGGED_OUT])
def test_who_is_not_ready_is_not_offered_calls(readiness):
    w = World(offering())
    w.do("KLJ", ask.SetReadiness(readiness=readiness))
    assert w.call(w.arrive()).offered_to == ("MSP",)


def test_a_receptionist_on_another_call_is_not_offered_calls():
    w = World(offering())
    w.line("101", LineState.TALKING)
    assert w.call(w.arrive()).offered_to == ("MSP",)


@pytest.mark.requirement("000-16")
def test_a_receptionist_in_a_call_in_teams_is_not_offered_calls():
    w = World(offering())
    w.elsewhere.add("101")
    assert w.call(w.arrive()).offered_to == ("MSP",)


def test_who_becomes_ready_is_offered_the_waiting_call():
    w = World(offering())
    for name in ("KLJ", "MSP"):
        w.do(name, ask.SetReadiness(readiness=Readiness.PAUSED))
    call = w.arrive()
    assert w.place(call) is Place.QUEUED
    w.do("MSP", ask.SetReadiness(readiness=Readiness.READY))
    assert w.call(call).offered_to == ("MSP",)


def test_the_caller_hangs_up_while_phones_ring():
    w = World(offering(at_once=2))
    call = w.arrive()
    w.drop(call.leg)
    assert w.ended[call.id] is EndReason.CALLER_HUNG_UP
    assert not w.legs


# ------------------------------------------------------------------ being there


def test_nobody_logs_out_with_a_caller_in_hand():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Hold(call=call.id))
    refusal = w.refused("KLJ", ask.SetReadiness(readiness=Readiness.LOGGED_OUT))
    assert refusal.message.key == "calls_in_hand"
    assert refusal.message.params == {"count": 1}


def test_logging_in_to_a_group_that_does_not_exist():
    refusal = World().refused("KLJ", ask.SetGroups(groups=("nowhere",)))
    assert refusal.message.key == "unknown_group"


def test_a_call_that_is_gone():
    assert World().refused("KLJ", ask.Answer(call="gone")).message.key == "unknown_call"
