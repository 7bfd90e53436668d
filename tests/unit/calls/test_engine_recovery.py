"""The switch away, the hub away, and what is true afterwards."""

from __future__ import annotations

import msgspec
import pytest

from reception.model import intents as ask
from reception.model.attendants import DeskState
from reception.model.calls import CallerId, EndReason, Place
from reception.model.changes import Message, SourceState
from reception.model.groups import AttendantGroup
from reception.model.lines import LineState
from reception.ports import GiveBack, LegInfo, Originate, Role, SwitchConnected, SwitchLost
from tests.unit.calls.world import ALICE, BOB, Leg, World

LOST = SwitchLost(state=SourceState.DOWN, message=Message(key="unreachable", params={"address": "pbx"}))


def test_ten_callers_still_wait_in_order_after_the_hub_was_killed():
    w = World()
    waiting = []
    for n in range(10):
        waiting.append(w.arrive(number=f"+45301002{n:02}"))
        w.wait(1)
    w.restart_hub()
    for call in waiting:
        w.do("KLJ", ask.AnswerNext())
        if w.engine.attendants["KLJ"].desk is DeskState.RINGING:
            w.pick_up(w.desk_leg())
        assert w.place(call) is Place.TALKING
        w.do("KLJ", ask.HangUp(call=call.id))


def test_callers_of_a_hub_that_stored_nothing_are_taken_in_by_their_arrival():
    w = World()
    first, second = w.arrive(), w.arrive(number="+4530100201")
    w.stored_calls.clear()
    w.restart_hub()
    assert [c.leg for c in w.engine.calls.values()] == [first.leg, second.leg]
    assert all(c.place is Place.QUEUED for c in w.engine.calls.values())


def test_a_talk_goes_on_over_a_restart_of_the_hub():
    w = World()
    call = w.talking()
    desk = w.desk_leg()
    w.restart_hub()
    assert w.place(call) is Place.TALKING
    assert w.call(call).owner == "KLJ"
    assert w.hears(call.leg) == {desk}
    w.do("KLJ", ask.Hold(call=call.id))
    assert w.place(call) is Place.HELD


@pytest.mark.parametrize("swapped", [False, True])
def test_a_consultation_goes_on_over_a_restart(swapped):
    w = World()
    call = w.consulting()
    if swapped:
        w.do("KLJ", ask.Swap(call=call.id))
    before = {leg: w.hears(leg) for leg in w.legs}
    w.restart_hub()
    assert {leg: w.hears(leg) for leg in w.legs} == before
    w.do("KLJ", ask.Complete(call=call.id))
    assert w.hears(call.leg) == {call.target_leg}


def test_a_conference_and_a_ringing_consultation_go_on_over_a_restart():
    w = World()
    call = w.consulting()
    w.do("KLJ", ask.Conference(call=call.id))
    other = w.arrive()
    w.do("MSP", ask.Answer(call=other.id))
    w.pick_up(w.desk_leg("MSP"))
    w.do("MSP", ask.Consult(call=other.id, to=BOB))
    w.restart_hub()
    assert w.hears(call.leg) == {call.target_leg, w.desk_leg()}
    assert w.hears(other.leg) == {"music"}


def test_a_colleague_who_answered_while_the_hub_was_away_has_the_caller():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Transfer(call=call.id, to=ALICE))
    target = w.call(call).target_leg
    assert target is not None
    w.legs[target].is_answered = True
    w.restart_hub()
    assert w.place(call) is Place.HANDED_ON
    assert w.hears(call.leg) == {target}


def test_a_colleague_who_gave_up_ringing_while_the_hub_was_away_sends_the_caller_back():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Transfer(call=call.id, to=ALICE))
    del w.legs[w.call(call).target_leg or ""]
    w.restart_hub()
    assert w.place(call) is Place.HELD


def test_callers_who_hung_up_while_the_hub_was_away_are_gone_and_callbacks_stay():
    w = World()
    gone, stays = w.arrive(), w.arrive(number="+4530100201")
    w.press(stays.leg)
    w.drop(stays.leg)
    del w.legs[gone.leg or ""]
    w.restart_hub()
    assert w.ended[gone.id] is EndReason.CALLER_HUNG_UP
    assert w.call(stays).is_callback_entry


def test_the_receptionists_phone_was_lost_while_the_hub_was_away():
    w = World()
    call = w.talking()
    del w.legs[w.desk_leg() or ""]
    w.restart_hub()
    assert w.place(call) is Place.HELD
    assert w.last_notice() == "desk_phone_lost"


def test_a_callers_line_that_broke_with_the_switch_is_told():
    w = World()
    call = w.talking()
    w.event(LOST)
    w.legs.clear()
    w.reconnect(restarted=True)
    assert call.id in w.ended
    assert w.last_notice() == "caller_lost"
    assert w.engine.attendants["KLJ"].desk is DeskState.DOWN


def test_a_caller_who_reached_the_mailbox_unseen_has_left():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.ToVoicemail(call=call.id, to=ALICE))
    del w.legs[call.leg or ""]
    w.restart_hub()
    assert w.ended[call.id] is EndReason.VOICEMAIL


def test_while_the_switch_is_away_nothing_is_asked_of_it_and_nothing_lost():
    w = World()
    call = w.talking()
    w.event(LOST)
    assert w.refused("KLJ", ask.Hold(call=call.id)).message.key == "telephony_down"
    assert w.engine.next_deadline() is None
    count = len(w.commands)
    w.take(w.engine.on_time(w.now + 1000))
    assert len(w.commands) == count
    w.reconnect()
    assert w.place(call) is Place.TALKING


def test_a_camped_caller_whose_colleague_got_free_unseen_is_put_through():
    w = World()
    w.line("202", LineState.TALKING)
    call = w.talking()
    w.do("KLJ", ask.CampOn(call=call.id, to=BOB))
    w.event(LOST)
    infos = tuple(LegInfo(leg=n, is_answered=True, caller=leg_caller(leg)) for n, leg in w.legs.items())
    w.event(SwitchConnected(legs=infos, lines=(("202", LineState.IDLE),)))
    assert w.call(call).target_leg is not None


def leg_caller(leg: Leg):
    from reception.model.calls import CallerId

    return CallerId(number=leg.number)


def test_a_talking_pair_nobody_knows_is_left_talking_and_ended_together():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Transfer(call=call.id, to=ALICE))
    w.pick_up(w.call(call).target_leg)
    target = w.call(call).target_leg
    w.stored_calls.clear()
    w.restart_hub()
    (pair,) = w.engine.calls.values()
    assert (pair.place, pair.leg, pair.target_leg) == (Place.HANDED_ON, call.leg, target)
    assert w.hears(call.leg) == {target}
    w.drop(call.leg)
    assert not w.legs


def test_a_lonely_leg_of_ours_that_nobody_knows_is_hung_up():
    w = World()
    made = Originate(
        leg="orphan",
        to="201",
        timeout_s=20,
        caller=leg_caller(Leg(number="")),
        call="gone",
        role=Role.TARGET,
    )
    w.legs["orphan"] = Leg(number="201", originate=made)
    w.restart_hub()
    assert "orphan" not in w.legs


def test_lines_the_switch_no_longer_tells_are_unknown_not_free():
    w = World()
    w.event(SwitchConnected(lines=(("202", LineState.IDLE),)))
    assert w.engine.lines["201"] is LineState.UNKNOWN


def test_log_ins_survive_a_restart_of_the_hub():
    w = World()
    w.do("MSP", ask.SetGroups(groups=()))
    w.restart_hub()
    assert w.engine.attendants["MSP"].groups == ()
    assert w.engine.attendants["KLJ"].groups == ("main",)


def test_a_consoles_crash_does_not_touch_its_calls():
    w = World()
    call = w.talking()
    w.take(w.engine.on_console("KLJ", False, w.now))
    assert w.place(call) is Place.TALKING
    w.take(w.engine.on_console("KLJ", True, w.now))
    assert w.call(call).owner == "KLJ"


# ------------------------------------------------------------------ nobody will come


def test_waiting_callers_are_given_back_and_everything_else_stays():
    w = World(
        AttendantGroup(id="main", name="Hovednummer", number="7000"),
        AttendantGroup(id="sales", name="Salg", number="7001", offers_calls=True),
    )
    talking, transferring, entry = w.talking(), w.talking("MSP"), w.arrive(number="+4530100209")
    w.do("MSP", ask.Transfer(call=transferring.id, to=ALICE))
    target = w.call(transferring).target_leg
    w.press(entry.leg)
    w.drop(entry.leg)
    queued, offered = w.arrive(), w.arrive(dialled="7001")
    assert w.place(offered) is Place.OFFERED
    w.take(w.engine.give_back_waiting(w.now))
    given = {c.leg for c in w.commands if isinstance(c, GiveBack)}
    assert given == {queued.leg, offered.leg, transferring.leg}
    assert {w.ended[c.id] for c in (queued, offered, transferring)} == {EndReason.GIVEN_BACK}
    assert target not in w.legs
    assert w.desk_leg("MSP") is None
    assert (w.place(talking), w.call(entry).is_callback_entry) == (Place.TALKING, True)


def test_a_caller_who_is_being_connected_is_not_given_back():
    w = World()
    call = w.arrive()
    w.do("KLJ", ask.Answer(call=call.id))
    w.take(w.engine.give_back_waiting(w.now))
    assert w.place(call) is Place.OFFERED


def test_a_fault_in_the_middle_of_a_step_changes_nothing(monkeypatch):
    w = World()
    call = w.talking()
    before = (dict(w.engine.calls), dict(w.engine.attendants))

    def fault(*_args, **_more):
        raise ZeroDivisionError

    monkeypatch.setattr("reception.calls.passing.desk.ring_target", fault)
    with pytest.raises(ZeroDivisionError):
        w.engine.on_intent("KLJ", ask.Transfer(call=call.id, to=ALICE), w.now)
    assert (dict(w.engine.calls), dict(w.engine.attendants)) == before
    w.do("KLJ", ask.Hold(call=call.id))
    assert w.place(call) is Place.HELD


@pytest.mark.parametrize("swapped", [False, True])
def test_no_bridge_stays_behind_when_a_call_of_an_earlier_hub_ends(swapped):
    w = World()
    call = w.consulting()
    if swapped:
        w.do("KLJ", ask.Swap(call=call.id))
    w.do("KLJ", ask.GiveUp(call=call.id))
    w.do("KLJ", ask.Hold(call=call.id))
    assert len(w.bridges) == 2
    w.restart_hub()
    w.drop(call.leg)
    assert w.ended[call.id] is EndReason.CALLER_HUNG_UP
    assert not w.bridges


def test_the_empty_bridge_of_a_live_call_is_not_closed_while_it_may_be_needed_again():
    w = World()
    call = w.consulting()
    w.restart_hub()
    assert w.bridges == {f"call-{call.id}", f"consult-{call.id}"}
    w.do("KLJ", ask.Complete(call=call.id))
    assert w.hears(call.leg) == {call.target_leg}


def test_the_empty_bridge_of_a_call_that_nobody_has_any_more_is_closed():
    w = World()
    w.bridges.add("call-forgotten")
    w.bridges.add("another program's")
    w.reconnect()
    assert w.bridges == {"another program's"}


def test_a_phone_that_dialled_a_slot_while_no_hub_looked_gets_the_parked_caller():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Park(call=call.id))
    slot = w.call(call).slot or ""
    phone = LegInfo(
        leg="phone", is_answered=True, caller=CallerId(number="202"), dialled=slot, is_inside=True
    )
    w.legs["phone"] = Leg(number="202", is_answered=True)
    caller = LegInfo(leg=call.leg or "", is_answered=True, caller=call.party, dialled="7000")
    w.event(SwitchConnected(legs=(caller, phone)))
    assert w.place(call) is Place.HANDED_ON
    assert w.hears(call.leg) == {"phone"}
    assert len(w.engine.calls) == 1


def test_a_talk_whose_end_was_stored_but_not_told_to_the_switch_goes_on_in_one_bridge():
    w = World()
    call = w.talking()
    desk = w.desk_leg()
    w.stored_calls.clear()  # she hung up, and the hub died before the switch heard of it
    w.stored_attendants["KLJ"] = msgspec.structs.replace(
        w.stored_attendants["KLJ"], desk=DeskState.DOWN, desk_leg=None, active=None
    )
    w.restart_hub()
    assert [c.place for c in w.engine.calls.values()] == [Place.HANDED_ON]
    assert w.hears(call.leg) == {desk}
    assert w.bridges == {w.legs[call.leg or ""].bridge}


def test_a_caller_whose_number_could_not_be_asked_for_is_shown_when_the_switch_is_back():
    w = World()
    call = w.arrive(number=None)
    w.legs[call.leg or ""].number = "+4530100277"
    w.event(LOST)
    w.reconnect()
    assert w.call(call).party == CallerId(number="+4530100277")
    assert w.place(call) is Place.QUEUED


def test_a_withheld_number_stays_withheld_over_a_loss():
    w = World()
    call = w.arrive(number=None, name="")
    info = LegInfo(leg=call.leg or "", is_answered=True, caller=CallerId(is_withheld=True), dialled="7000")
    w.event(LOST)
    w.event(SwitchConnected(legs=(info,)))
    assert w.call(call).party == CallerId(is_withheld=True)


def test_a_caller_who_was_answered_only_on_paper_is_answered_before_anything_else():
    w = World()
    first, second = w.talking(), w.arrive(number="+4530100201")
    w.do("KLJ", ask.Answer(call=second.id))
    w.legs[second.leg or ""].is_answered = False  # the switch never heard of it
    w.legs[second.leg or ""].bridge = None
    del w.legs[w.desk_leg() or ""]
    w.restart_hub()
    assert (w.place(first), w.place(second)) == (Place.HELD, Place.HELD)
    assert w.hears(second.leg) == {"music"}
