"""Camp-on, parking, voicemail, callback."""

from __future__ import annotations

import pytest

from reception.model import intents as ask
from reception.model.attendants import Readiness
from reception.model.calls import EndReason, LegProgress, Place, Target, WhyBack
from reception.model.groups import AttendantGroup, CallbackRules, CampOnRules
from reception.model.lines import LineState
from reception.ports import (
    CommandFailed,
    GoneCause,
    HangUpLeg,
    HoldLeg,
    Originate,
    PlayPrompt,
    Prompt,
    SendToVoicemail,
    SwitchError,
)
from tests.unit.calls.world import ALICE, BOB, World


def group(**fields) -> AttendantGroup:
    return AttendantGroup(id="main", name="Hovednummer", number="7000", **fields)


# ------------------------------------------------------------------ camp-on


def camped(w: World, who: str = "KLJ", to: Target = BOB):
    w.line(to.number, LineState.TALKING)
    call = w.talking(who)
    w.do(who, ask.CampOn(call=call.id, to=to))
    return w.call(call)


@pytest.mark.requirement("002-377")
@pytest.mark.requirement("002-379")
def test_a_camped_caller_waits_and_is_put_through_when_the_colleague_gets_free():
    w = World()
    call = camped(w)
    assert call.place is Place.CAMPED
    assert w.hears(call.leg) == {"music"}
    assert w.desk_leg() is None
    w.line("202", LineState.IDLE)
    leg = w.call(call).target_leg
    assert leg is not None
    assert w.legs[leg].number == "202"
    w.pick_up(leg)
    assert w.place(call) is Place.HANDED_ON
    assert w.hears(call.leg) == {leg}


def test_who_does_not_want_to_be_disturbed_is_not_rung_by_whoever_waits():
    w = World()
    call = camped(w)
    w.line("202", LineState.DO_NOT_DISTURB)
    assert w.place(call) is Place.CAMPED
    assert w.call(call).target_leg is None
    w.line("202", LineState.IDLE)
    assert w.call(call).target_leg is not None


def test_a_person_is_free_when_all_their_lines_are():
    w = World()
    w.line("+4540112233", LineState.TALKING)
    call = camped(w, to=ALICE)
    w.line("201", LineState.IDLE)
    assert w.call(call).target_leg is None
    w.line("+4540112233", LineState.IDLE)
    assert w.call(call).target_leg is not None


@pytest.mark.requirement("000-33")
def test_a_call_in_teams_blocks_a_camped_caller_until_it_ends():
    w = World()
    call = camped(w)
    w.elsewhere.add("202")
    w.line("202", LineState.IDLE)
    assert w.call(call).target_leg is None
    w.take(w.engine.on_presence(w.now))
    assert w.call(call).target_leg is None
    w.elsewhere.clear()
    w.take(w.engine.on_presence(w.now))
    assert w.legs[w.call(call).target_leg].number == "202"


@pytest.mark.requirement("000-05", "000-13")
def test_somebody_in_a_call_in_teams_is_busy_though_the_telephone_is_not():
    w = World()
    w.elsewhere.add("202")
    call = w.talking()
    assert w.refused("KLJ", ask.Transfer(call=call.id, to=BOB)).message.key == "target_busy"
    w.do("KLJ", ask.CampOn(call=call.id, to=BOB))
    assert w.place(call) is Place.CAMPED


@pytest.mark.requirement("002-063")
def test_camped_callers_are_put_through_one_by_one_in_their_order():
    w = World()
    first = camped(w)
    w.wait(1)
    second = camped(w, "MSP")
    w.line("202", LineState.IDLE)
    w.line("202", LineState.RINGING)
    assert w.call(second).target_leg is None
    w.pick_up(w.call(first).target_leg)
    w.line("202", LineState.TALKING)
    assert w.call(second).target_leg is None
    w.line("202", LineState.IDLE)
    assert w.call(second).target_leg is not None


@pytest.mark.parametrize(
    ("state", "key"),
    [
        (LineState.IDLE, "target_is_free"),
        (LineState.UNREACHABLE, "target_unreachable"),
        (LineState.UNKNOWN, "line_unknown"),
    ],
)
def test_camp_on_is_for_busy_colleagues_only(state, key):
    w = World()
    call = w.talking()
    w.line("202", state)
    refusal = w.refused("KLJ", ask.CampOn(call=call.id, to=BOB))
    assert (refusal.message.key, refusal.message.params) == (key, {"target": "Bob Krogh"})
    assert w.hears(call.leg) == {w.desk_leg()}


def test_camp_on_at_oneself():
    w = World()
    call = w.talking()
    assert w.refused("KLJ", ask.CampOn(call=call.id, to=Target(number="101"))).message.key == "target_is_self"


@pytest.mark.requirement("002-064")
def test_a_full_personal_queue_takes_no_more():
    w = World(group(camp_on=CampOnRules(queue_size=1)))
    camped(w)
    call = w.talking("MSP")
    refusal = w.refused("MSP", ask.CampOn(call=call.id, to=BOB))
    assert (refusal.message.key, refusal.message.params) == (
        "camp_on_full",
        {"target": "Bob Krogh", "size": 1},
    )


def test_a_group_without_camp_on():
    w = World(group(camp_on=CampOnRules(enabled=False)))
    w.line("202", LineState.TALKING)
    call = w.talking()
    assert w.refused("KLJ", ask.CampOn(call=call.id, to=BOB)).message.key == "camp_on_disabled"


@pytest.mark.requirement("002-380")
@pytest.mark.requirement("002-381")
def test_first_the_receptionist_then_the_group_is_told_of_a_long_wait():
    w = World()
    call = camped(w)
    w.wait(29)
    assert not w.notices
    w.wait(1)
    assert (w.last_notice(), w.notices[-1].to) == ("camped_long", ("KLJ",))
    assert w.notices[-1].call == call.id
    assert w.notices[-1].message.params == {"caller": "Nordsø", "target": "Bob Krogh", "seconds": 30}
    w.wait(30)
    assert w.notices[-1].to == ("KLJ", "MSP")
    w.wait(600)
    assert len(w.notices) == 2
    assert w.place(call) is Place.CAMPED


def test_a_notice_time_of_nothing_means_no_notice():
    w = World(group(camp_on=CampOnRules(notify_owner_s=0)))
    camped(w)
    w.wait(600)
    assert not w.notices


@pytest.mark.parametrize("who", ["KLJ", "MSP"])
def test_any_receptionist_takes_a_camped_caller_back_at_any_time(who):
    w = World()
    call = camped(w)
    w.line("202", LineState.IDLE)
    ringing = w.call(call).target_leg
    w.do(who, ask.TakeBack(call=call.id))
    w.pick_up(w.desk_leg(who))
    assert w.place(call) is Place.TALKING
    assert w.call(call).owner == who
    assert ringing not in w.legs


def test_a_camped_caller_whose_colleague_does_not_answer_comes_back():
    w = World()
    call = camped(w)
    w.line("202", LineState.IDLE)
    w.drop(w.call(call).target_leg, GoneCause.NO_ANSWER)
    back = w.call(call)
    assert back.place is Place.HELD
    assert back.returned is not None
    assert back.returned.why is WhyBack.NO_ANSWER


def test_somebody_was_faster_and_the_camped_caller_waits_on():
    w = World()
    call = camped(w)
    w.line("202", LineState.IDLE)
    leg = w.call(call).target_leg
    w.line("202", LineState.TALKING)
    w.drop(leg, GoneCause.BUSY)
    assert w.place(call) is Place.CAMPED
    assert w.call(call).progress is LegProgress.NONE
    w.line("202", LineState.IDLE)
    assert w.call(call).target_leg not in (None, leg)


def test_a_colleague_who_talks_on_and_lets_it_ring_sends_the_camped_caller_back():
    w = World()
    call = camped(w)
    w.line("202", LineState.IDLE)
    leg = w.call(call).target_leg
    w.line("202", LineState.TALKING)
    w.drop(leg, GoneCause.NO_ANSWER)
    assert w.place(call) is Place.HELD


def test_a_phone_that_rejects_a_camped_call_is_not_rung_for_ever():
    w = World()
    call = camped(w)
    w.line("202", LineState.IDLE)
    w.drop(w.call(call).target_leg, GoneCause.REJECTED)
    assert w.place(call) is Place.HELD


def test_a_colleague_whose_phone_disappears_sends_the_camped_caller_back():
    w = World()
    call = camped(w)
    w.line("202", LineState.UNREACHABLE)
    assert w.place(call) is Place.HELD
    assert w.last_notice() == "returned"


def test_a_camped_caller_hangs_up():
    w = World()
    call = camped(w)
    w.line("202", LineState.IDLE)
    w.drop(call.leg)
    assert w.ended[call.id] is EndReason.CALLER_HUNG_UP
    assert not w.legs
    w.line("202", LineState.IDLE)
    assert not w.legs


# ------------------------------------------------------------------ parking


def test_a_parked_caller_has_a_slot_that_anyone_can_fetch():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Park(call=call.id))
    assert (w.place(call), w.call(call).slot) == (Place.PARKED, "701")
    assert w.desk_leg() is None
    w.do("MSP", ask.TakeBack(call=call.id))
    w.pick_up(w.desk_leg("MSP"))
    assert w.place(call) is Place.TALKING
    assert w.call(call).slot is None


def test_each_parked_caller_has_a_slot_of_their_own():
    w = World()
    slots = []
    for _ in range(3):
        call = w.talking()
        w.do("KLJ", ask.Park(call=call.id))
        slots.append(w.call(call).slot)
    assert slots == ["701", "702", "703"]


def test_no_slot_is_left():
    w = World()
    for _ in range(20):
        call = w.talking()
        w.do("KLJ", ask.Park(call=call.id))
    call = w.talking()
    assert w.refused("KLJ", ask.Park(call=call.id)).message.key == "parking_full"
    assert w.place(call) is Place.TALKING


def test_a_colleague_dials_the_slot_and_has_the_caller():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Park(call=call.id))
    fetched = w.arrive_inside("202", "701")
    assert w.place(call) is Place.HANDED_ON
    assert w.hears(call.leg) == {fetched}
    assert w.call(call).target == Target(number="202", name="Bob Krogh")


def test_a_receptionist_dials_the_slot_and_the_call_is_theirs():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Park(call=call.id))
    fetched = w.arrive_inside("102", "701")
    assert w.place(call) is Place.TALKING
    assert w.call(call).owner == "MSP"
    assert w.hears(call.leg) == {fetched}
    w.do("MSP", ask.HangUp(call=call.id))
    assert not w.legs


def test_an_empty_slot_gives_the_busy_tone():
    w = World()
    leg = w.arrive_inside("202", "705")
    assert w.commands[-1] == HangUpLeg(leg=leg, cause=GoneCause.BUSY)
    assert not w.engine.calls


def test_a_parked_caller_nobody_fetches_comes_back_then_goes_to_the_group():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Park(call=call.id))
    w.wait(120)
    back = w.call(call)
    assert back.place is Place.HELD
    assert back.returned is not None
    assert back.returned.why is WhyBack.PARKED_TOO_LONG
    w.wait(60)
    assert w.place(call) is Place.QUEUED


# ------------------------------------------------------------------ voicemail


@pytest.mark.requirement("002-055")
def test_to_a_colleagues_mailbox():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.ToVoicemail(call=call.id, to=ALICE))
    assert SendToVoicemail(leg=call.leg or "", mailbox="201") in w.commands
    assert w.desk_leg() is None
    w.leave(call.leg)
    assert w.ended[call.id] is EndReason.VOICEMAIL
    assert call.leg not in w.hung_up_by_us


def test_a_busy_colleagues_mailbox_says_so():
    w = World()
    call = w.talking()
    w.line("201", LineState.TALKING)
    w.do("KLJ", ask.ToVoicemail(call=call.id, to=ALICE))
    assert w.commands[-2] == SendToVoicemail(leg=call.leg or "", mailbox="201", is_busy=True)


def test_who_has_no_mailbox():
    w = World()
    call = w.talking()
    refusal = w.refused("KLJ", ask.ToVoicemail(call=call.id, to=Target(number="+4599")))
    assert refusal.message.key == "no_mailbox"
    assert w.hears(call.leg) == {w.desk_leg()}


def test_a_mailbox_that_does_not_take_the_caller_gives_them_back():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.ToVoicemail(call=call.id, to=ALICE))
    command = next(c for c in w.commands if isinstance(c, SendToVoicemail))
    w.event(CommandFailed(command=command, error=SwitchError.REFUSED))
    assert w.place(call) is Place.HELD
    assert w.last_notice() == "voicemail_failed"
    assert w.hears(call.leg) == {"music"}


def test_a_late_failure_for_a_call_that_has_moved_on_changes_nothing():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Hold(call=call.id))
    before = dict(w.engine.calls)
    w.event(
        CommandFailed(command=SendToVoicemail(leg=call.leg or "", mailbox="201"), error=SwitchError.REFUSED)
    )
    assert dict(w.engine.calls) == before


def test_a_leg_that_the_switch_no_longer_has_ends_its_call():
    w = World()
    call = w.arrive()
    w.event(CommandFailed(command=HoldLeg(leg=call.leg or ""), error=SwitchError.GONE))
    assert w.ended[call.id] is EndReason.CALLER_HUNG_UP


# ------------------------------------------------------------------ callback


def entry(w: World, **arrival):
    call = w.arrive(**arrival)
    w.press(call.leg)
    w.drop(call.leg)
    return w.call(call)


@pytest.mark.requirement("002-359")
def test_a_caller_presses_5_hangs_up_and_keeps_the_place():
    w = World()
    first = w.arrive()
    w.wait(1)
    second = w.arrive(number="+4530100201")
    w.press(first.leg)
    assert PlayPrompt(leg=first.leg or "", prompt=Prompt.CALLBACK_ACCEPTED) in w.commands
    w.drop(first.leg)
    assert w.call(first).is_callback_entry
    assert w.place(first) is Place.QUEUED
    w.do("KLJ", ask.AnswerNext())
    assert w.call(first).owner == "KLJ"
    assert w.place(second) is Place.QUEUED


@pytest.mark.requirement("002-360")
@pytest.mark.requirement("002-361")
def test_taking_the_entry_rings_the_number_the_caller_called_from():
    w = World()
    call = entry(w)
    w.do("KLJ", ask.Answer(call=call.id))
    w.pick_up(w.desk_leg())
    ring = next(c for c in reversed(w.commands) if isinstance(c, Originate))
    assert (ring.to, ring.caller.number, ring.timeout_s) == ("+4530100200", "7000", 25.0)
    w.pick_up(w.call(call).leg)
    assert w.place(call) is Place.TALKING
    assert w.call(call).callback is None
    assert w.hears(w.call(call).leg) == {w.desk_leg()}


@pytest.mark.requirement("002-362")
def test_a_withheld_number_is_not_offered_a_callback():
    w = World()
    call = w.arrive(number=None)
    w.press(call.leg)
    assert w.call(call).callback is None
    w.drop(call.leg)
    assert w.ended[call.id] is EndReason.CALLER_HUNG_UP


def test_another_key_asks_for_nothing():
    w = World()
    call = w.arrive()
    w.press(call.leg, "1")
    assert w.call(call).callback is None


def test_a_group_without_callback():
    w = World(group(callback=CallbackRules(enabled=False)))
    call = w.arrive()
    w.press(call.leg)
    assert w.call(call).callback is None


def test_who_pressed_5_and_stays_on_the_line_is_answered_as_any_other():
    w = World()
    call = w.arrive()
    w.press(call.leg)
    w.do("KLJ", ask.AnswerNext())
    w.pick_up(w.desk_leg())
    assert w.place(call) is Place.TALKING
    w.drop(call.leg)
    assert w.ended[call.id] is EndReason.CALLER_HUNG_UP


def test_who_pressed_5_hangs_up_while_the_phone_is_being_fetched_and_is_rung_back():
    w = World()
    call = w.arrive()
    w.press(call.leg)
    w.do("KLJ", ask.AnswerNext())
    w.drop(call.leg)
    w.pick_up(w.desk_leg())
    assert w.place(call) is Place.DIALLING


@pytest.mark.requirement("002-364")
def test_a_callback_that_is_not_answered_goes_back_to_its_place_for_a_while():
    w = World()
    call = entry(w)
    w.do("KLJ", ask.AnswerNext())
    w.pick_up(w.desk_leg())
    w.drop(w.call(call).leg, GoneCause.NO_ANSWER)
    assert w.place(call) is Place.QUEUED
    assert w.call(call).arrived_at == call.arrived_at
    assert w.last_notice() == "callback_not_reached"
    assert w.desk_leg() is None
    assert w.refused("KLJ", ask.AnswerNext()).message.key == "no_call_waiting"
    w.wait(120)
    w.do("KLJ", ask.AnswerNext())
    assert w.call(call).owner == "KLJ"


@pytest.mark.requirement("002-365")
def test_after_the_last_try_the_entry_is_removed_and_the_receptionist_told():
    w = World(group(callback=CallbackRules(max_tries=2, retry_after_s=0)))
    call = entry(w)
    for _ in range(2):
        w.do("KLJ", ask.Answer(call=call.id))
        w.pick_up(w.desk_leg())
        w.drop(w.call(call).leg, GoneCause.BUSY)
    assert w.ended[call.id] is EndReason.CALLBACK_TRIES_USED
    assert w.last_notice() == "callback_given_up"


@pytest.mark.requirement("002-366")
@pytest.mark.parametrize(("valid_min", "lives"), [(10.0, False), (0.0, True)])
def test_a_callback_is_valid_for_so_many_minutes_or_for_ever(valid_min, lives):
    w = World(group(callback=CallbackRules(valid_min=valid_min)))
    call = entry(w)
    w.wait(599)
    assert w.place(call) is Place.QUEUED
    w.wait(2)
    assert (call.id in w.engine.calls) is lives
    if not lives:
        assert w.ended[call.id] is EndReason.CALLBACK_EXPIRED


def test_giving_up_a_callback_while_it_rings_keeps_the_entry():
    w = World()
    call = entry(w)
    w.do("KLJ", ask.Answer(call=call.id))
    w.pick_up(w.desk_leg())
    w.do("KLJ", ask.HangUp(call=call.id))
    assert w.call(call).is_callback_entry
    assert not w.legs


def test_a_second_wish_of_the_same_number_takes_over_the_older_place():
    w = World()
    old = entry(w)
    w.wait(60)
    again = entry(w)
    assert w.ended[old.id] is EndReason.CALLBACK_REPLACED
    assert again.arrived_at == old.arrived_at


def test_an_entry_is_removed_by_hand():
    w = World()
    call = entry(w)
    w.do("KLJ", ask.RemoveCallback(call=call.id))
    assert w.ended[call.id] is EndReason.CALLBACK_REMOVED


def test_a_caller_on_the_line_is_not_removed_like_an_entry():
    w = World()
    call = w.arrive()
    assert w.refused("KLJ", ask.RemoveCallback(call=call.id)).message.key == "not_possible_now"


def test_the_phone_does_not_come_for_a_callback_and_no_try_is_lost():
    w = World()
    call = entry(w)
    w.do("KLJ", ask.Answer(call=call.id))
    w.drop(w.desk_leg(), GoneCause.UNREACHABLE)
    back = w.call(call)
    assert back.place is Place.QUEUED
    assert back.callback is not None
    assert back.callback.tries == 0


def test_a_callback_entry_is_offered_to_phones_too_and_still_expires():
    rules = CallbackRules(valid_min=1)
    w = World(group(offers_calls=True, ring_s=20, callback=rules))
    for name in ("KLJ", "MSP"):
        w.do(name, ask.SetReadiness(readiness=Readiness.PAUSED))
    call = entry(w)
    w.do("KLJ", ask.SetReadiness(readiness=Readiness.READY))
    assert w.call(call).offered_to == ("KLJ",)
    w.wait(20)
    assert w.place(call) is Place.QUEUED, "a pause until the next round"
    w.wait(5)
    assert w.place(call) is Place.OFFERED
    w.wait(60)
    assert w.ended[call.id] is EndReason.CALLBACK_EXPIRED
    assert not w.legs


def test_a_callback_entry_that_is_offered_is_rung_back_when_the_handset_is_lifted():
    w = World(group(offers_calls=True))
    for name in ("KLJ", "MSP"):
        w.do(name, ask.SetReadiness(readiness=Readiness.PAUSED))
    call = entry(w)
    w.do("KLJ", ask.SetReadiness(readiness=Readiness.READY))
    w.pick_up(w.desk_leg())
    assert w.place(call) is Place.DIALLING
    w.drop(w.call(call).leg, GoneCause.NO_ANSWER)
    assert w.place(call) is Place.QUEUED, "not offered again before its next try"
    w.wait(120)
    assert w.place(call) is Place.OFFERED
