"""Whom a caller was put through to the last time stands on the next call."""

from __future__ import annotations

from reception.model.calls import CallerId, Place, Spoken
from reception.ports import LegArrived, LegInfo, SwitchConnected
from tests.unit.calls.world import World

NUMBER = "+4530100200"
ALICE_THEN = Spoken(person="alice", name="Alice Holm", at=500.0)


def world() -> World:
    world = World()
    world.spoken[NUMBER] = ALICE_THEN
    return world


def test_a_known_number_comes_with_whom_it_spoke_to() -> None:
    w = world()
    assert w.arrive(NUMBER).spoken == ALICE_THEN
    assert w.arrive("+4599999999").spoken is None


def test_it_stays_with_the_call_wherever_it_goes() -> None:
    w = world()
    call = w.talking(number=NUMBER)
    assert (call.place, call.spoken) == (Place.TALKING, ALICE_THEN)


def test_of_a_withheld_number_nothing_is_known_even_where_the_switch_tells_it() -> None:
    w = world()
    assert w.arrive(None).spoken is None
    caller = CallerId(number=NUMBER, is_withheld=True)
    w.event(LegArrived(leg="hidden", dialled="7000", caller=caller))
    assert [c.spoken for c in w.engine.calls.values()] == [None, None]


def test_a_number_that_could_not_be_asked_for_at_first_is_looked_up_when_it_is_known() -> None:
    w = world()
    call = w.arrive(None)
    known = LegInfo(leg=call.leg or "", is_answered=True, caller=CallerId(number=NUMBER), dialled="7000")
    w.event(SwitchConnected(legs=(known,)))
    assert w.call(call).spoken == ALICE_THEN
