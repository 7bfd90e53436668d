"""The table of what is possible where, both halves; and events that come too late."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from reception.calls.rules import ALLOWED
from reception.model import intents as ask
from reception.model.attendants import Attendant, DeskState
from reception.model.calls import Call, CallerId, EndReason, Place, Target
from reception.model.groups import AttendantGroup
from reception.model.lines import LineState
from reception.ports import (
    AnswerLeg,
    CommandFailed,
    DigitPressed,
    GoneCause,
    HoldLeg,
    Join,
    LegAnswered,
    LegArrived,
    LegGone,
    LegHeldByPhone,
    LegInfo,
    LegLeft,
    LegRinging,
    Originate,
    Role,
    SendDigits,
    StoredState,
    SwitchConnected,
    SwitchError,
    TransferAsked,
)
from tests.unit.calls.world import ALICE, BOB, Leg, World


def queued(w: World) -> Call:
    return w.arrive()


def offered(w: World) -> Call:
    call = w.arrive()
    w.do("KLJ", ask.Answer(call=call.id))
    return w.call(call)


def held(w: World) -> Call:
    call = w.talking()
    w.do("KLJ", ask.Hold(call=call.id))
    return w.call(call)


def camped(w: World) -> Call:
    w.line("202", LineState.TALKING)
    call = w.talking()
    w.do("KLJ", ask.CampOn(call=call.id, to=BOB))
    return w.call(call)


def parked(w: World) -> Call:
    call = w.talking()
    w.do("KLJ", ask.Park(call=call.id))
    return w.call(call)


def transferring(w: World) -> Call:
    call = w.talking()
    w.do("KLJ", ask.Transfer(call=call.id, to=ALICE))
    return w.call(call)


def handed_on(w: World) -> Call:
    call = transferring(w)
    w.pick_up(call.target_leg)
    return w.call(call)


def dialling(w: World) -> Call:
    made = w.do("KLJ", ask.Dial(to=BOB)).call
    w.pick_up(w.desk_leg())
    return w.engine.calls[made or ""]


def voicemail(w: World) -> Call:
    call = w.talking()
    w.do("KLJ", ask.ToVoicemail(call=call.id, to=ALICE))
    return w.call(call)


MAKE: dict[Place, Callable[[World], Call]] = {
    Place.QUEUED: queued,
    Place.OFFERED: offered,
    Place.TALKING: World.talking,
    Place.HELD: held,
    Place.CONSULTING: World.consulting,
    Place.CAMPED: camped,
    Place.PARKED: parked,
    Place.TRANSFERRING: transferring,
    Place.DIALLING: dialling,
    Place.VOICEMAIL: voicemail,
    Place.HANDED_ON: handed_on,
}


# Allowed in this place, but not as things are here: the phone is on its way, the line is free.
NOT_JUST_NOW = {
    (ask.Answer, Place.OFFERED): "still_connecting",
    (ask.CampOn, Place.TALKING): "target_is_free",
    (ask.CampOn, Place.HELD): "target_is_free",
    (ask.RemoveCallback, Place.QUEUED): "not_possible_now",
}


def make(kind: type[msgspec.Struct], call: str) -> msgspec.Struct:
    if kind is ask.CampOn:
        return kind(call=call, to=BOB)
    fields = {"to": ALICE} if "to" in kind.__struct_fields__ else {}
    return kind(call=call, **fields, **({"digits": "1"} if kind is ask.SendDigits else {}))


@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize("kind", ALLOWED, ids=lambda k: k.__name__)
def test_the_table_both_halves(kind, place):
    w = World()
    call = MAKE[place](w)
    assert call.place is place
    intent = make(kind, call.id)
    if place not in ALLOWED[kind][1]:
        refusal = w.refused("KLJ", intent)
        assert (refusal.message.key, refusal.message.params) == ("not_possible_now", {"place": place.value})
        return
    if why := NOT_JUST_NOW.get((kind, place)):
        assert w.refused("KLJ", intent).message.key == why
        return
    effects = w.do("KLJ", intent)
    assert effects.call == call.id
    assert effects.changes or effects.commands


@pytest.mark.parametrize("place", Place)
def test_late_events_about_other_legs_change_nothing(place):
    w = World()
    MAKE[place](w)
    before = (dict(w.engine.calls), dict(w.engine.attendants))
    for event in (
        LegRinging(leg="x"),
        LegAnswered(leg="x"),
        LegGone(leg="x", cause=GoneCause.NORMAL),
        LegLeft(leg="x"),
        LegHeldByPhone(leg="x"),
        DigitPressed(leg="x", digit="5"),
        TransferAsked(leg="x", to="202"),
        CommandFailed(command=HoldLeg(leg="x"), error=SwitchError.GONE),
        CommandFailed(command=HoldLeg(leg="x"), error=SwitchError.REFUSED),
        CommandFailed(command=SendDigits(leg="x", digits="1"), error=SwitchError.GONE),
        CommandFailed(command=Join(bridge="call-x", legs=("x", "y")), error=SwitchError.REFUSED),
        CommandFailed(command=Join(bridge="call-x", legs=("x", "y")), error=SwitchError.UNAVAILABLE),
    ):
        w.event(event)
    assert (dict(w.engine.calls), dict(w.engine.attendants)) == before


@pytest.mark.parametrize("place", [p for p in Place if p not in (Place.OFFERED, Place.DIALLING)])
def test_repeated_events_about_a_calls_own_legs_change_nothing(place):
    w = World()
    call = MAKE[place](w)
    known = [leg for leg in (call.leg, call.target_leg, w.desk_leg()) if leg]
    before = dict(w.engine.calls)
    for leg in known:
        w.event(LegArrived(leg=leg, dialled="7000", caller=call.party))
        if w.legs[leg].is_answered:
            w.event(LegAnswered(leg=leg))
            w.event(LegRinging(leg=leg))
    assert dict(w.engine.calls) == before


@pytest.mark.parametrize("place", [p for p in Place if p is not Place.QUEUED])
def test_the_callers_end_ends_every_call_and_frees_every_leg(place):
    w = World()
    call = MAKE[place](w)
    if call.target_leg and place is Place.CONSULTING:
        w.do("KLJ", ask.Swap(call=call.id))
    w.drop(call.leg)
    assert call.id in w.ended
    assert not w.legs
    assert w.engine.attendants["KLJ"].desk is DeskState.DOWN


def test_a_consultation_whose_legs_cannot_be_joined_goes_back_to_the_caller():
    w = World()
    call = w.consulting()
    join = next(c for c in reversed(w.commands) if isinstance(c, Join))
    w.event(CommandFailed(command=join, error=SwitchError.REFUSED))
    assert w.place(call) is Place.TALKING
    assert w.hears(call.leg) == {w.desk_leg()}


def test_a_join_that_failed_because_a_leg_is_gone_is_settled_by_its_end():
    w = World()
    call = handed_on(w)
    join = next(c for c in reversed(w.commands) if isinstance(c, Join))
    w.wait(30)
    w.drop(call.target_leg)
    before = dict(w.engine.calls)
    w.event(CommandFailed(command=join, error=SwitchError.GONE))
    assert dict(w.engine.calls) == before


def test_a_join_that_failed_before_the_end_of_its_leg_is_told_holds_the_caller():
    w = World()
    call = w.talking()
    join = next(c for c in reversed(w.commands) if isinstance(c, Join))
    w.event(CommandFailed(command=join, error=SwitchError.GONE))
    assert w.place(call) is Place.HELD
    leg = w.desk_leg()
    w.event(
        CommandFailed(command=Join(bridge=join.bridge, legs=(call.leg or "", "gone")), error=SwitchError.GONE)
    )
    assert (w.place(call), w.desk_leg()) == (Place.HELD, leg)
    w.event(CommandFailed(command=join, error=SwitchError.REFUSED))
    assert w.place(call) is Place.HELD


def test_a_mailbox_that_never_takes_the_caller_gives_them_back():
    w = World()
    call = voicemail(w)
    w.wait(15)
    assert w.place(call) is Place.HELD
    assert w.last_notice() == "voicemail_failed"


def test_voicemail_of_a_receptionist_who_is_no_longer_configured_falls_to_the_group():
    w = World()
    call = voicemail(w)
    stored = msgspec.structs.replace(w.call(call), owner="GONE")
    w.stored_calls[call.id] = stored
    w.restart_hub()
    w.wait(15)
    assert w.place(call) is Place.QUEUED


def test_a_call_whose_group_is_no_longer_configured_waits_in_the_first_one():
    w = World()
    call = w.arrive()
    w.stored_calls[call.id] = msgspec.structs.replace(call, group="old")
    w.restart_hub()
    assert w.call(call).group == "main"
    w.do("KLJ", ask.AnswerNext())
    assert w.call(call).owner == "KLJ"


def test_a_talk_whose_receptionist_is_no_longer_configured_stays_joined():
    w = World()
    call = w.talking()
    desk = w.desk_leg()
    w.stored_calls[call.id] = msgspec.structs.replace(w.call(call), owner="GONE")
    w.restart_hub()
    assert call.leg in w.legs
    w.drop(call.leg)
    assert call.id in w.ended
    assert desk not in w.legs or w.desk_leg() == desk


def test_a_talk_whose_phone_was_not_remembered_is_held():
    w = World()
    call = w.talking()
    del w.stored_attendants["KLJ"]
    w.restart_hub()
    assert w.place(call) is Place.HELD


def test_a_phone_that_answers_for_nothing_is_let_go():
    w = World()
    lost = Attendant(id="KLJ", name="Karin", number="101", desk=DeskState.RINGING, desk_leg="d")
    w.stored_attendants["KLJ"] = lost
    w.legs["d"] = Leg(
        number="101",
        is_answered=True,
        originate=Originate(
            leg="d",
            to="101",
            timeout_s=1,
            caller=w.arrive().party,
            call="x",
            role=Role.DESK,
        ),
    )
    w.restart_hub()
    assert "d" not in w.legs
    assert w.engine.attendants["KLJ"].desk is DeskState.DOWN


def test_an_answered_party_of_a_forgotten_callback_is_taken_in_and_a_ringing_one_let_go():
    w = World()
    party = w.arrive().party
    w.stored_calls.clear()
    w.legs.clear()
    infos = tuple(
        LegInfo(leg=leg, is_answered=answered, caller=party, call="x", role=Role.PARTY)
        for leg, answered in (("talks", True), ("rings", False))
    )
    w.engine = World().engine
    w.legs = {"talks": Leg(number="1", is_answered=True), "rings": Leg(number="2")}
    w.event(SwitchConnected(legs=infos))
    assert [c.leg for c in w.engine.calls.values()] == ["talks"]
    assert "rings" not in w.legs


def test_groups_are_shown_as_configured():
    assert World().engine.groups["main"].name == "Hovednummer"


def test_stored_state_may_be_empty():
    w = World()
    w.engine = w._engine(StoredState())
    assert not w.engine.calls


def test_an_internal_caller_without_a_group_follows_its_receptionists_groups():
    w = World(
        AttendantGroup(id="main", name="Hovednummer", number="7000", transfer_s=5),
        AttendantGroup(id="sales", name="Salg", number="7001", transfer_s=9),
    )
    w.do("KLJ", ask.SetGroups(groups=("sales",)))
    made = w.do("KLJ", ask.Dial(to=Target(number="+4511223344"))).call or ""
    w.pick_up(w.desk_leg())
    w.pick_up(w.engine.calls[made].leg)
    w.do("KLJ", ask.Transfer(call=made, to=ALICE))
    ring = next(c for c in reversed(w.commands) if isinstance(c, Originate))
    assert ring.timeout_s == 9


def test_offered_receptionist_turns_to_something_else_and_the_others_ring_on():
    w = World(AttendantGroup(id="main", name="Hovednummer", number="7000", offers_calls=True, ring_at_once=2))
    call = w.arrive()
    w.do("KLJ", ask.Dial(to=BOB))
    assert w.call(call).offered_to == ("MSP",)
    w.wait(20)
    assert w.desk_leg("KLJ") is not None, "the phone that is fetched for dialling rings on"


def test_a_fetched_call_that_is_still_connecting_is_not_fetched_twice():
    w = World()
    call = parked(w)
    w.do("KLJ", ask.TakeBack(call=call.id))
    assert w.refused("KLJ", ask.TakeBack(call=call.id)).message.key == "still_connecting"


def test_keys_that_mean_nothing_just_now_leave_the_phone_alone():
    w = World()
    call = w.talking()
    w.do("KLJ", ask.Hold(call=call.id))
    before = dict(w.engine.calls)
    w.event(TransferAsked(leg=w.desk_leg() or "", to="202"))
    w.event(LegHeldByPhone(leg=call.leg or ""))
    assert dict(w.engine.calls) == before


def test_giving_up_before_the_own_phone_is_there_leaves_the_caller_on_hold():
    w = World()
    call = held(w)
    w.drop(w.desk_leg())
    w.do("KLJ", ask.Consult(call=call.id, to=ALICE))
    w.do("KLJ", ask.GiveUp(call=call.id))
    assert w.place(call) is Place.HELD
    assert w.desk_leg() is None
    w.wait(60)
    assert w.last_notice() == "held_long", "nobody on hold is forgotten"


def test_giving_up_a_dialled_call_before_the_own_phone_is_there():
    w = World()
    made = w.do("KLJ", ask.Dial(to=BOB)).call or ""
    w.do("KLJ", ask.HangUp(call=made))
    assert not w.legs
    assert made in w.ended


def test_an_outgoing_call_of_a_receptionist_without_groups_follows_the_first_group():
    w = World()
    w.do("KLJ", ask.SetGroups(groups=()))
    made = w.do("KLJ", ask.Dial(to=Target(number="+4511223344"))).call or ""
    w.pick_up(w.desk_leg())
    w.pick_up(w.engine.calls[made].leg)
    w.do("KLJ", ask.Transfer(call=made, to=ALICE))
    w.drop(w.engine.calls[made].target_leg, GoneCause.BUSY)
    w.wait(60)
    assert w.engine.calls[made].place is Place.QUEUED
    assert w.engine.calls[made].group == "main"


def test_an_answered_slot_call_is_not_answered_again():
    w = World()
    call = parked(w)
    leg = w.new_id()
    w.legs[leg] = Leg(number="202", is_answered=True)
    count = len(w.commands)
    w.event(
        LegArrived(
            leg=leg,
            dialled="701",
            caller=CallerId(number="202"),
            is_inside=True,
            is_answered=True,
        )
    )
    assert not any(isinstance(c, AnswerLeg) for c in w.commands[count:])
    assert w.hears(call.leg) == {leg}


def test_a_step_that_is_taken_back_leaves_no_trace():
    w = World()
    call = w.talking()
    floor = w.engine._floor
    before = (dict(floor.calls), dict(floor.attendants), dict(floor.legs), list(floor.queues["main"]))
    floor.begin(w.now)
    floor.end(floor.move(call, Place.QUEUED, leg=None, owner=None), EndReason.GIVEN_BACK)
    floor.change_attendant("KLJ", desk_leg="new", active=None)
    floor.tell("held_long", [None], None)
    floor.join(call, "a", "b")
    floor.rollback()
    after = (dict(floor.calls), dict(floor.attendants), dict(floor.legs), list(floor.queues["main"]))
    assert after == before
    assert floor.commit().changes == ()
