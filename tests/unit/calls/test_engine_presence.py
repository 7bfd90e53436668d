"""Receptionists whose presence keeps a group from offering them calls."""

from __future__ import annotations

import pytest

from reception.calls.effects import Effects
from reception.model import intents as ask
from reception.model.calls import Place
from reception.model.groups import AttendantGroup
from tests.unit.calls.world import World


def world(at_once: int = 1) -> World:
    return World(
        AttendantGroup(id="main", name="Main", number="7000", offers_calls=True, ring_at_once=at_once),
        AttendantGroup(id="sales", name="Sales", number="7001", offers_calls=True, ring_at_once=at_once),
    )


def told(w: World, **kept_out: tuple[str, ...]) -> Effects:
    w.kept_out = kept_out
    return w.take(w.engine.on_presence(w.now))


@pytest.mark.requirement("002-333", "002-255")
def test_who_is_kept_out_is_not_offered_the_groups_calls_and_the_next_one_is() -> None:
    w = world(at_once=2)
    told(w, KLJ=("main",))
    call = w.arrive()
    assert w.call(call).offered_to == ("MSP",)
    w.wait(60)
    assert "KLJ" not in w.call(call).offered_to, "nor later, when all others were rung in vain"


@pytest.mark.requirement("002-397", "002-398")
def test_other_groups_offer_their_calls_all_the_same() -> None:
    w = world()
    told(w, KLJ=("main",))
    assert w.call(w.arrive(dialled="7001")).offered_to == ("KLJ",)


@pytest.mark.requirement("002-333")
def test_who_waits_is_offered_as_soon_as_somebody_is_back() -> None:
    w = world()
    told(w, KLJ=("main",), MSP=("main",))
    call = w.arrive()
    assert w.place(call) is Place.QUEUED
    told(w, MSP=("main",))
    assert w.call(call).offered_to == ("KLJ",)


def test_who_is_kept_out_may_take_a_waiting_call_all_the_same() -> None:
    w = world()
    told(w, KLJ=("main",), MSP=("main",))
    call = w.arrive()
    w.do("KLJ", ask.AnswerNext())
    assert w.call(call).owner == "KLJ"


def test_a_phone_that_rings_already_goes_on_ringing() -> None:
    w = world()
    call = w.arrive()
    told(w, KLJ=("main",))
    assert w.call(call).offered_to == ("KLJ",)


def test_everybody_is_told_and_only_of_what_is_different() -> None:
    w = world()
    told(w, KLJ=("main",))
    assert w.stored_attendants["KLJ"].kept_out == ("main",)
    assert told(w, KLJ=("main",)) == Effects()
    told(w)
    assert w.stored_attendants["KLJ"].kept_out == ()


def test_after_a_restart_it_is_as_it_is_then_not_as_it_was_stored() -> None:
    w = world()
    told(w, KLJ=("main",))
    w.kept_out = {"MSP": ("main",)}
    w.restart_hub()
    for name in ("KLJ", "MSP"):
        w.take(w.engine.on_console(name, True, w.now))
    assert w.call(w.arrive()).offered_to == ("KLJ",)
    assert w.stored_attendants["MSP"].kept_out == ("main",)
