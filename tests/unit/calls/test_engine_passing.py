"""Hold, blind transfer, consultation, dialling out, hanging up."""

from __future__ import annotations

import pytest

from reception.calls.effects import Effects
from reception.calls.floor import Absence
from reception.model import intents as ask
from reception.model.attendants import DeskState, Readiness
from reception.model.calls import Direction, EndReason, Focus, LegProgress, Place, Target, WhyBack
from reception.model.lines import LineState
from reception.ports import (
    CommandFailed,
    GoneCause,
    HangUpLeg,
    Join,
    LegHeldByPhone,
    LegResumedByPhone,
    Originate,
    SendDigits,
    SwitchError,
    TransferAsked,
)
from tests.unit.calls.world import ALICE, BOB, World

# ------------------------------------------------------------------ hold


def test_a_held_caller_hears_music_and_the_phone_stays_on_the_line():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Hold(call=call.id))
    assert w.place(call) is Place.HELD
    assert w.hears(call.leg) == {"music"}
    assert w.engine.attendants["KLJ"].desk is DeskState.UP


def test_resuming_is_at_once_while_the_phone_is_on_the_line():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Hold(call=call.id))
    w.do("KLJ", ask.Resume(call=call.id))
    assert w.place(call) is Place.TALKING
    assert w.hears(call.leg) == {w.desk_leg()}


def test_resuming_one_caller_puts_the_other_on_hold():
    w = World()
    first = w.talking()
    second = w.arrive()
    w.do("KLJ", ask.Answer(call=second.id))
    w.do("KLJ", ask.Resume(call=first.id))
    assert (w.place(first), w.place(second)) == (Place.TALKING, Place.HELD)
    assert w.hears(second.leg) == {"music"}


def test_resuming_after_the_handset_was_put_down_fetches_the_phone_again():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Hold(call=call.id))
    w.drop(w.desk_leg())
    assert w.place(call) is Place.HELD
    w.do("KLJ", ask.Resume(call=call.id))
    assert w.refused("KLJ", ask.Resume(call=call.id)).message.key == "still_connecting"
    w.pick_up(w.desk_leg())
    assert w.place(call) is Place.TALKING


def test_a_phone_that_does_not_come_leaves_the_caller_on_hold():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Hold(call=call.id))
    w.drop(w.desk_leg())
    w.do("KLJ", ask.Resume(call=call.id))
    w.drop(w.desk_leg(), GoneCause.UNREACHABLE)
    assert w.place(call) is Place.HELD
    assert w.call(call).pending is None
    assert w.last_notice() == "desk_phone_no_answer"


def test_a_held_caller_is_not_forgotten():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Hold(call=call.id))
    w.wait(60)
    assert w.last_notice() == "held_long"
    assert w.notices[-1].to == ("KLJ",)
    assert w.place(call) is Place.HELD


def test_a_held_caller_whose_receptionist_is_gone_goes_back_to_the_group():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Hold(call=call.id))
    w.drop(w.desk_leg())
    w.take(w.engine.on_console("KLJ", False, w.now))
    w.wait(60)
    assert w.place(call) is Place.QUEUED
    assert w.last_notice() == "returned_to_group"


def test_a_held_caller_hangs_up_and_the_phone_is_let_go():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Hold(call=call.id))
    w.drop(call.leg)
    assert w.ended[call.id] is EndReason.CALLER_HUNG_UP
    assert w.engine.attendants["KLJ"].desk is DeskState.DOWN


def test_hold_of_somebody_elses_call_is_refused_with_the_name():
    w = World()
    call = w.talking("MSP")
    refusal = w.refused("KLJ", ask.Hold(call=call.id))
    assert (refusal.message.key, refusal.message.params) == ("not_yours", {"owner": "Mads Spang"})


def test_the_phones_own_hold_key_is_shown():
    w = World()
    call = w.talking()
    w.event(LegHeldByPhone(leg=w.desk_leg() or ""))
    assert w.call(call).is_held_by_phone
    w.event(LegResumedByPhone(leg=w.desk_leg() or ""))
    assert not w.call(call).is_held_by_phone


# ------------------------------------------------------------------ blind transfer


def transferring(w: World, to: Target = ALICE):
    call = w.talking()
    w.do("KLJ", ask.Transfer(call=call.id, to=to))
    return w.call(call)


def test_a_transfer_frees_the_receptionist_at_once_and_rings_the_colleague():
    w = World()
    call = transferring(w)
    assert call.place is Place.TRANSFERRING
    assert call.progress is LegProgress.REQUESTED
    assert w.desk_leg() is None
    assert w.hears(call.leg) == {"music"}
    w.ring(call.target_leg)
    assert w.call(call).progress is LegProgress.RINGING
    w.pick_up(call.target_leg)
    assert w.place(call) is Place.HANDED_ON
    assert w.call(call).progress is LegProgress.TALKING
    assert w.hears(call.leg) == {call.target_leg}


def test_the_colleague_sees_the_callers_number():
    w = World()
    call = transferring(w)
    ring = next(c for c in w.commands if isinstance(c, Originate) and c.leg == call.target_leg)
    assert ring.caller.number == "+4530100200"
    assert ring.to == "201"


@pytest.mark.requirement("002-101")
@pytest.mark.parametrize(
    ("cause", "why"),
    [
        (GoneCause.NO_ANSWER, WhyBack.NO_ANSWER),
        (GoneCause.BUSY, WhyBack.BUSY),
        (GoneCause.REJECTED, WhyBack.REJECTED),
        (GoneCause.UNREACHABLE, WhyBack.UNREACHABLE),
        (GoneCause.FAILED, WhyBack.FAILED),
    ],
)
def test_a_transfer_that_fails_comes_back_on_hold_with_the_reason(cause, why):
    w = World()
    call = transferring(w)
    w.drop(call.target_leg, cause)
    back = w.call(call)
    assert back.place is Place.HELD
    assert back.returned is not None
    assert (back.returned.why, back.returned.target) == (why, ALICE)
    assert w.hears(call.leg) == {"music"}
    assert w.notices[-1].message.params == {
        "caller": "Nordsø",
        "target": "Alice Holm",
        "why": why.value,
    }


def test_a_returned_caller_nobody_fetches_goes_to_the_group():
    w = World()
    call = transferring(w)
    w.drop(call.target_leg, GoneCause.NO_ANSWER)
    w.wait(60)
    assert w.place(call) is Place.QUEUED
    assert w.call(call).returned is not None
    w.do("MSP", ask.AnswerNext())
    w.pick_up(w.desk_leg("MSP"))
    assert w.place(call) is Place.TALKING


def test_the_phone_is_let_go_when_the_last_caller_goes_back_to_the_group():
    w = World()
    call = transferring(w)
    other = w.arrive()
    w.do("KLJ", ask.Answer(call=other.id))
    w.pick_up(w.desk_leg())
    w.drop(call.target_leg, GoneCause.NO_ANSWER)
    w.do("KLJ", ask.HangUp(call=other.id))
    assert w.engine.attendants["KLJ"].desk is DeskState.UP, "kept for the caller on hold"
    w.wait(60)
    assert w.place(call) is Place.QUEUED
    assert w.engine.attendants["KLJ"].desk is DeskState.DOWN


def test_a_returned_caller_whose_receptionist_has_gone_home_goes_to_the_group():
    w = World()
    call = transferring(w)
    w.do("KLJ", ask.SetReadiness(readiness=Readiness.LOGGED_OUT))
    w.drop(call.target_leg, GoneCause.BUSY)
    back = w.call(call)
    assert back.place is Place.QUEUED
    assert back.returned is not None
    assert back.returned.why is WhyBack.BUSY
    assert w.notices[-1].message.params == {"caller": "Nordsø", "target": "Alice Holm", "why": "busy"}


def test_a_switch_that_never_tells_the_end_is_not_waited_for():
    w = World()
    call = transferring(w)
    w.wait(23)
    assert w.place(call) is Place.HELD
    assert call.target_leg not in w.legs


@pytest.mark.requirement("000-05")
@pytest.mark.parametrize("state", [LineState.TALKING, LineState.HELD, LineState.RINGING])
def test_a_busy_phone_is_not_rung_and_the_call_is_where_it_was(state):
    w = World()
    call = w.talking()
    w.line("201", state)
    refusal = w.refused("KLJ", ask.Transfer(call=call.id, to=ALICE))
    assert (refusal.message.key, refusal.message.params) == ("target_busy", {"target": "Alice Holm"})
    assert w.hears(call.leg) == {w.desk_leg()}


def test_a_colleague_on_the_mobile_is_busy_at_the_desk_too():
    w = World()
    call = w.talking()
    w.line("+4540112233", LineState.TALKING)
    assert w.refused("KLJ", ask.Transfer(call=call.id, to=ALICE)).message.key == "target_busy"


def test_a_busy_phone_is_rung_when_the_receptionist_insists():
    w = World()
    call = w.talking()
    w.line("201", LineState.TALKING)
    w.do("KLJ", ask.Transfer(call=call.id, to=ALICE, even_if_busy=True))
    assert w.place(call) is Place.TRANSFERRING


@pytest.mark.parametrize(
    ("to", "key"),
    [
        (Target(number=""), "invalid_number"),
        (Target(number="hello"), "invalid_number"),
        (Target(number="101"), "target_is_self"),
        (Target(number="202"), "target_unreachable"),
    ],
)
def test_targets_that_cannot_take_a_call(to, key):
    w = World()
    call = w.talking()
    w.line("202", LineState.UNREACHABLE)
    assert w.refused("KLJ", ask.Transfer(call=call.id, to=to)).message.key == key


@pytest.mark.requirement("002-141", "002-038")
def test_past_a_diversion_goes_only_who_has_the_right():
    w = World()
    call = w.talking()
    w.barred.add(("KLJ", ALICE.number))
    for intent in (
        ask.Transfer(call=call.id, to=ALICE, even_if_busy=True),
        ask.Transfer(call=call.id, to=ALICE),
        ask.Consult(call=call.id, to=ALICE, even_if_busy=True),
        ask.Dial(to=ALICE),
    ):
        assert w.refused("KLJ", intent).message.key == "target_diverted"
    assert w.place(call) is Place.TALKING
    w.barred = {("MSP", ALICE.number)}
    w.do("KLJ", ask.Transfer(call=call.id, to=ALICE))
    assert w.place(call) is Place.TRANSFERRING


def test_who_is_absent_and_diverted_is_told_of_as_absent_first():
    w = World()
    call = w.talking()
    w.absences[ALICE.number] = Absence(back_at=9.0)
    w.barred.add(("KLJ", ALICE.number))
    assert w.refused("KLJ", ask.Transfer(call=call.id, to=ALICE)).message.key == "target_away"


def test_transfer_to_a_mobile_or_any_number_goes_over_the_trunk():
    w = World()
    call = transferring(w, Target(number="+4540112299"))
    w.pick_up(call.target_leg)
    assert w.place(call) is Place.HANDED_ON


def test_grab_back_of_a_transfer_while_it_rings():
    w = World()
    call = transferring(w)
    w.do("KLJ", ask.TakeBack(call=call.id))
    assert call.target_leg not in w.legs
    w.pick_up(w.desk_leg())
    assert w.place(call) is Place.TALKING
    assert w.hears(call.leg) == {w.desk_leg()}


def test_the_colleague_answers_in_the_moment_of_the_grab_back():
    w = World()
    call = transferring(w)
    w.do("KLJ", ask.TakeBack(call=call.id))
    w.pick_up(call.target_leg)
    w.pick_up(w.desk_leg())
    assert w.place(call) is Place.TALKING
    assert w.hears(call.leg) == {w.desk_leg()}


def test_a_ringing_transfer_of_somebody_else_is_not_grabbed():
    w = World()
    call = transferring(w)
    assert w.refused("MSP", ask.TakeBack(call=call.id)).message.key == "not_yours"


def test_the_caller_hangs_up_while_the_colleague_rings():
    w = World()
    call = transferring(w)
    w.drop(call.leg)
    assert w.ended[call.id] is EndReason.CALLER_HUNG_UP
    assert call.target_leg not in w.legs


def test_when_the_colleague_hangs_up_the_caller_is_not_left_in_silence():
    w = World()
    call = transferring(w)
    w.pick_up(call.target_leg)
    w.wait(30)
    w.drop(call.target_leg)
    assert w.ended[call.id] is EndReason.COLLEAGUE_HUNG_UP
    assert call.leg in w.hung_up_by_us


def test_a_colleague_who_is_gone_at_once_has_not_taken_the_call():
    w = World()
    call = transferring(w)
    w.pick_up(call.target_leg)
    w.wait(0.5)
    w.drop(call.target_leg)
    assert w.place(call) is Place.HELD
    assert call.leg in w.legs


def test_a_colleagues_broken_line_brings_the_caller_back():
    w = World()
    call = transferring(w)
    w.pick_up(call.target_leg)
    w.wait(300)
    w.drop(call.target_leg, GoneCause.FAILED)
    assert w.place(call) is Place.HELD
    assert w.hears(call.leg) == {"music"}


def test_legs_that_cannot_be_joined_bring_the_caller_back_and_say_so():
    w = World()
    call = transferring(w)
    w.pick_up(call.target_leg)
    join = next(c for c in reversed(w.commands) if isinstance(c, Join))
    w.event(CommandFailed(command=join, error=SwitchError.REFUSED))
    assert w.place(call) is Place.HELD
    assert [n.message.key for n in w.notices[-2:]] == ["not_connected", "returned"]


def test_a_receptionist_whose_phone_cannot_be_joined_has_the_caller_on_hold():
    w = World()
    call = w.talking()
    join = next(c for c in reversed(w.commands) if isinstance(c, Join))
    w.event(CommandFailed(command=join, error=SwitchError.REFUSED))
    assert w.place(call) is Place.HELD
    assert w.last_notice() == "not_connected"


def test_transfer_with_another_call_on_hold_keeps_the_phone():
    w = World()
    first = w.talking()
    second = w.arrive()
    w.do("KLJ", ask.Answer(call=second.id))
    w.do("KLJ", ask.Transfer(call=second.id, to=ALICE))
    assert w.engine.attendants["KLJ"].desk is DeskState.UP
    w.do("KLJ", ask.Resume(call=first.id))
    assert w.place(first) is Place.TALKING


def test_the_phones_own_transfer_key_passes_the_caller_on_and_they_can_come_back():
    w = World()
    call = w.talking()
    w.event(TransferAsked(leg=w.desk_leg() or "", to="201"))
    assert w.place(call) is Place.TRANSFERRING
    w.drop(w.call(call).target_leg, GoneCause.NO_ANSWER)
    assert w.place(call) is Place.HELD


def test_a_colleague_passes_the_caller_on_with_the_phone():
    w = World()
    call = transferring(w)
    w.pick_up(call.target_leg)
    w.event(TransferAsked(leg=call.target_leg or "", to="202"))
    on = w.call(call)
    assert on.place is Place.TRANSFERRING
    assert on.target == Target(number="202", name="Bob Krogh")
    w.pick_up(on.target_leg)
    assert w.hears(call.leg) == {on.target_leg}


# ------------------------------------------------------------------ consultation


def test_in_consultation_the_caller_hears_music_and_not_the_colleague():
    w = World()
    call = w.consulting()
    assert call.place is Place.CONSULTING
    assert call.focus is Focus.COLLEAGUE
    assert w.hears(call.leg) == {"music"}
    assert w.hears(call.target_leg) == {w.desk_leg()}


def test_swap_goes_back_and_forth():
    w = World()
    call = w.consulting()
    w.do("KLJ", ask.Swap(call=call.id))
    assert w.hears(call.leg) == {w.desk_leg()}
    assert w.hears(call.target_leg) == {"music"}
    assert w.call(call).focus is Focus.CALLER
    w.do("KLJ", ask.Swap(call=call.id))
    assert w.call(call).focus is Focus.COLLEAGUE
    assert w.hears(call.leg) == {"music"}
    assert w.hears(call.target_leg) == {w.desk_leg()}
    w.do("KLJ", ask.Swap(call=call.id))
    assert w.hears(call.leg) == {w.desk_leg()}


def test_complete_joins_caller_and_colleague_and_nobody_else():
    w = World()
    call = w.consulting()
    desk = w.desk_leg()
    w.do("KLJ", ask.Complete(call=call.id))
    assert w.place(call) is Place.HANDED_ON
    assert w.hears(call.leg) == {call.target_leg}
    assert desk not in w.legs
    assert len(w.engine.calls) == 1, "no phantom call"


def test_complete_while_the_colleague_still_rings_becomes_a_transfer_that_can_come_back():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Consult(call=call.id, to=ALICE))
    w.do("KLJ", ask.Complete(call=call.id))
    ringing = w.call(call).target_leg
    on = w.call(call)
    assert (on.place, on.target, on.progress) == (Place.TRANSFERRING, ALICE, LegProgress.REQUESTED)
    assert w.desk_leg() is None
    assert ringing in w.legs
    w.wait(20)
    assert w.place(call) is Place.HELD
    assert ringing not in w.legs
    assert w.notices[-1].message.params["target"] == "Alice Holm"


def test_conference_lets_all_three_talk():
    w = World()
    call = w.consulting()
    w.do("KLJ", ask.Conference(call=call.id))
    assert w.hears(call.leg) == {call.target_leg, w.desk_leg()}
    w.do("KLJ", ask.Complete(call=call.id))
    assert w.hears(call.leg) == {call.target_leg}


def test_giving_up_brings_the_caller_back_and_never_hangs_up():
    w = World()
    call = w.consulting()
    w.do("KLJ", ask.GiveUp(call=call.id))
    assert w.place(call) is Place.TALKING
    assert w.hears(call.leg) == {w.desk_leg()}
    assert call.target_leg not in w.legs
    assert call.leg not in w.hung_up_by_us


def test_hang_up_in_a_consultation_only_ends_the_talk_with_the_colleague():
    w = World()
    call = w.consulting()
    w.do("KLJ", ask.HangUp(call=call.id))
    assert w.place(call) is Place.TALKING
    assert call.leg in w.legs


@pytest.mark.parametrize("cause", [GoneCause.BUSY, GoneCause.NO_ANSWER, GoneCause.NORMAL])
def test_a_colleague_who_does_not_come_or_leaves_gives_the_caller_back(cause):
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Consult(call=call.id, to=ALICE))
    w.drop(w.call(call).target_leg, cause)
    assert w.place(call) is Place.TALKING
    assert w.hears(call.leg) == {w.desk_leg()}
    assert w.last_notice() == "consultation_ended"
    assert w.notices[-1].message.params["target"] == "Alice Holm"


@pytest.mark.parametrize("intent", [ask.Swap, ask.Conference])
def test_swap_and_conference_need_the_colleague(intent):
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Consult(call=call.id, to=ALICE))
    assert w.refused("KLJ", intent(call=call.id)).message.key == "colleague_not_there_yet"


def test_the_caller_hangs_up_while_receptionist_and_colleague_talk_and_they_go_on():
    w = World()
    call = w.consulting()
    w.drop(call.leg)
    assert w.ended[call.id] is EndReason.CALLER_HUNG_UP
    assert w.hears(call.target_leg) == {w.desk_leg()}
    (talk,) = w.engine.calls.values()
    assert (talk.place, talk.direction, talk.party.name) == (Place.TALKING, Direction.OUT, "Alice Holm")
    w.do("KLJ", ask.HangUp(call=talk.id))
    assert not w.legs


def test_the_caller_hangs_up_while_the_colleague_waits_and_both_are_let_go():
    w = World()
    call = w.consulting()
    w.do("KLJ", ask.Swap(call=call.id))
    w.drop(call.leg)
    assert not w.legs
    assert not w.engine.calls


def test_the_handset_goes_down_in_a_consultation_and_the_caller_is_kept():
    w = World()
    call = w.consulting()
    w.drop(w.desk_leg())
    assert w.place(call) is Place.HELD
    assert call.target_leg not in w.legs
    assert call.leg in w.legs


def test_consultation_from_hold_fetches_the_phone_first():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Hold(call=call.id))
    w.drop(w.desk_leg())
    w.do("KLJ", ask.Consult(call=call.id, to=ALICE))
    assert w.call(call).target_leg is None
    assert w.refused("KLJ", ask.Complete(call=call.id)).message.key == "still_connecting"
    w.pick_up(w.desk_leg())
    w.pick_up(w.call(call).target_leg)
    assert w.hears(w.call(call).target_leg) == {w.desk_leg()}


def test_consultation_whose_phone_does_not_come_leaves_the_caller_on_hold():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Hold(call=call.id))
    w.drop(w.desk_leg())
    w.do("KLJ", ask.Consult(call=call.id, to=ALICE))
    w.drop(w.desk_leg(), GoneCause.NO_ANSWER)
    assert w.place(call) is Place.HELD


def test_a_busy_colleague_is_not_consulted_unless_the_receptionist_insists():
    w = World()
    call = w.talking()
    w.line("201", LineState.TALKING)
    refusal = w.refused("KLJ", ask.Consult(call=call.id, to=ALICE))
    assert (refusal.message.key, refusal.message.params) == ("target_busy", {"target": "Alice Holm"})
    assert w.hears(call.leg) == {w.desk_leg()}
    w.do("KLJ", ask.Consult(call=call.id, to=ALICE, even_if_busy=True))
    assert w.place(call) is Place.CONSULTING


def test_consulting_about_a_held_caller_puts_the_talking_one_on_hold():
    w = World()
    first = w.talking()
    second = w.arrive()
    w.do("KLJ", ask.Answer(call=second.id))
    w.do("KLJ", ask.Consult(call=first.id, to=ALICE))
    assert (w.place(first), w.place(second)) == (Place.CONSULTING, Place.HELD)
    assert w.hears(second.leg) == {"music"}
    assert w.engine.attendants["KLJ"].active == first.id
    w.pick_up(w.call(first).target_leg)
    assert w.hears(w.call(first).target_leg) == {w.desk_leg()}


def test_consulting_about_the_caller_in_hand_holds_nobody_else():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Consult(call=call.id, to=ALICE))
    assert w.engine.attendants["KLJ"].active == call.id
    assert w.hears(call.leg) == {"music"}


def test_nobody_answers_another_call_in_mid_consultation():
    w = World()
    w.consulting()
    other = w.arrive()
    refusal = w.refused("KLJ", ask.Answer(call=other.id))
    assert refusal.message.key == "finish_consultation_first"
    assert w.place(other) is Place.QUEUED


# ------------------------------------------------------------------ handset, digits, dialling


def test_the_handset_put_down_ends_a_talk_as_on_any_phone():
    w = World()
    call = w.talking()
    w.wait(2)
    w.drop(w.desk_leg())
    assert w.ended[call.id] is EndReason.ATTENDANT_HUNG_UP
    assert call.leg not in w.legs


def test_a_handset_that_is_down_again_at_once_has_not_taken_the_caller():
    w = World()
    call = w.talking()
    w.wait(1)
    w.drop(w.desk_leg())
    assert w.place(call) is Place.HELD
    assert w.hears(call.leg) == {"music"}
    assert w.last_notice() == "desk_phone_lost"


def test_a_phone_that_breaks_down_in_a_talk_keeps_the_caller():
    w = World()
    call = w.talking()
    w.drop(w.desk_leg(), GoneCause.FAILED)
    assert w.place(call) is Place.HELD
    assert call.leg in w.legs
    assert w.last_notice() == "desk_phone_lost"


def test_hanging_up_ends_the_call_and_lets_the_phone_go():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.HangUp(call=call.id))
    assert w.ended[call.id] is EndReason.ATTENDANT_HUNG_UP
    assert not w.legs


def test_digits_go_to_whom_the_receptionist_speaks_with():
    w = World()
    call = w.consulting()
    w.do("KLJ", ask.SendDigits(call=call.id, digits="12#"))
    assert w.commands[-1] == SendDigits(leg=call.target_leg or "", digits="12#")
    w.do("KLJ", ask.Swap(call=call.id))
    w.do("KLJ", ask.SendDigits(call=call.id, digits="9"))
    assert w.commands[-1] == SendDigits(leg=call.leg or "", digits="9")


def test_digits_that_could_not_be_sent_are_told():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.SendDigits(call=call.id, digits="1"))
    w.event(CommandFailed(command=w.commands[-1], error=SwitchError.REFUSED))
    assert w.last_notice() == "digits_failed"


@pytest.mark.parametrize("digits", ["", "12a", "5 5"])
def test_digits_that_no_phone_has(digits):
    w = World()
    call = w.talking()
    assert w.refused("KLJ", ask.SendDigits(call=call.id, digits=digits)).message.key == "invalid_digits"


def test_dialling_out_rings_the_own_phone_first():
    w = World()
    made = w.do("KLJ", ask.Dial(to=Target(number="+4530303030"))).call
    call = w.engine.calls[made or ""]
    assert (call.place, call.leg) == (Place.DIALLING, None)
    w.pick_up(w.desk_leg())
    leg = w.call(call).leg
    w.ring(leg)
    assert w.call(call).progress is LegProgress.RINGING
    w.pick_up(leg)
    assert w.place(call) is Place.TALKING
    assert w.hears(leg) == {w.desk_leg()}


def test_a_number_that_does_not_answer_ends_the_attempt_and_says_so():
    w = World()
    made = w.do("KLJ", ask.Dial(to=Target(number="+4530303030"))).call or ""
    w.pick_up(w.desk_leg())
    w.drop(w.engine.calls[made].leg, GoneCause.BUSY)
    assert w.ended[made] is EndReason.NOT_REACHED
    assert w.last_notice() == "dialled_not_reached"
    assert w.notices[-1].message.params == {"target": "+4530303030", "why": "busy"}
    assert not w.legs


def test_giving_up_a_dialled_call_before_anyone_answers():
    w = World()
    made = w.do("KLJ", ask.Dial(to=BOB)).call or ""
    w.pick_up(w.desk_leg())
    w.do("KLJ", ask.HangUp(call=made))
    assert w.ended[made] is EndReason.ATTENDANT_HUNG_UP
    assert not w.legs


def test_the_handset_goes_down_while_dialling():
    w = World()
    made = w.do("KLJ", ask.Dial(to=BOB)).call or ""
    w.pick_up(w.desk_leg())
    w.drop(w.desk_leg())
    assert w.ended[made] is EndReason.ATTENDANT_HUNG_UP
    assert not w.legs


def test_the_own_phone_does_not_come_when_dialling():
    w = World()
    made = w.do("KLJ", ask.Dial(to=BOB)).call or ""
    w.drop(w.desk_leg(), GoneCause.UNREACHABLE)
    assert w.ended[made] is EndReason.NOT_REACHED
    assert w.last_notice() == "desk_phone_no_answer"


def test_a_dialled_call_can_be_passed_on():
    w = World()
    made = w.do("KLJ", ask.Dial(to=Target(number="+4530303030"))).call or ""
    w.pick_up(w.desk_leg())
    w.pick_up(w.engine.calls[made].leg)
    w.do("KLJ", ask.Transfer(call=made, to=ALICE))
    w.pick_up(w.engine.calls[made].target_leg)
    assert w.engine.calls[made].place is Place.HANDED_ON


def test_a_leg_of_nobody_that_is_answered_is_hung_up():
    w = World()
    w.pick_up("stranger")
    assert w.commands[-1] == HangUpLeg(leg="stranger")


# ------------------------------------------------------------------ somebody absent


@pytest.mark.requirement("001-06", "001-10")
@pytest.mark.parametrize("intent", [ask.Transfer, ask.Consult])
def test_before_somebody_absent_is_rung_the_receptionist_is_told_until_when(intent):
    w = World()
    call = w.talking()
    w.absences["201"] = Absence(back_at=2_000.0)
    refusal = w.refused("KLJ", intent(call=call.id, to=ALICE))
    assert (refusal.message.key, refusal.message.params) == (
        "target_away",
        {"target": "Alice Holm", "back": 2_000.0},
    )
    assert w.hears(call.leg) == {w.desk_leg()}
    w.do("KLJ", intent(call=call.id, to=ALICE, even_if_busy=True))
    assert w.place(call) in (Place.TRANSFERRING, Place.CONSULTING)


def test_absence_is_told_before_a_busy_line_and_nobody_knows_until_when():
    w = World()
    call = w.talking()
    w.line("201", LineState.TALKING)
    w.absences["201"] = Absence()
    message = w.refused("KLJ", ask.Transfer(call=call.id, to=ALICE)).message
    assert (message.key, message.params["back"]) == ("target_away", 0.0)


def test_nobody_begins_to_wait_at_somebody_absent():
    w = World()
    call = w.talking()
    w.line("201", LineState.TALKING)
    w.absences["201"] = Absence(back_at=2_000.0)
    assert w.refused("KLJ", ask.CampOn(call=call.id, to=ALICE)).message.key == "target_away"


@pytest.mark.requirement("002-377")
def test_who_is_camped_at_somebody_who_has_left_meanwhile_waits_until_they_are_back():
    w = World()
    call = w.talking()
    w.line("201", LineState.TALKING)
    w.do("KLJ", ask.CampOn(call=call.id, to=ALICE))
    w.absences["201"] = Absence(back_at=2_000.0)
    w.line("201", LineState.IDLE)
    assert w.place(call) is Place.CAMPED
    assert w.engine.calls[call.id].target_leg is None, "an absent colleague is not rung"
    del w.absences["201"]
    w.take(w.engine.on_presence(w.now))
    assert w.engine.calls[call.id].target_leg is not None


def test_presence_is_nothing_to_the_engine_while_nobody_waits_for_anyone():
    w = World()
    w.talking()
    assert w.engine.on_presence(w.now) == Effects()
