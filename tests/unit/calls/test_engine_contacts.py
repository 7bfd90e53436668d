"""Callers who are contacts of the house: known by name, a VIP as such, a blocked one turned away."""

from __future__ import annotations

import pytest

from reception.model import intents as ask
from reception.model.calls import CallerId, Place, Target
from reception.model.people import ContactKind, Number, NumberKind, Person
from reception.ports import AnswerLeg, GoneCause, HangUpLeg, LegArrived, LegInfo, SwitchConnected
from tests.unit.calls.world import Leg, World

NUMBER = "+4597123456"


def known(kind: ContactKind) -> World:
    world = World()
    numbers = (Number(kind=NumberKind.DESK, number=NUMBER),)
    world.book.contacts[NUMBER] = Person(
        id="contact:1", name="Maja Lind", company="Lind & Co", numbers=numbers, contact=kind
    )
    return world


@pytest.mark.requirement("002-077", "002-082")
@pytest.mark.parametrize("kind", [ContactKind.VIP, ContactKind.CONTACT, ContactKind.FAVOURITE])
def test_a_caller_is_known_by_name_and_company(kind: ContactKind) -> None:
    w = known(kind)
    call = w.arrive(NUMBER, name="LIND OG CO APS")
    assert call.party == CallerId(number=NUMBER, name="Maja Lind (Lind & Co)", contact=kind)
    assert w.place(call) is Place.QUEUED


def test_of_a_hidden_number_nobody_is_known() -> None:
    w = known(ContactKind.VIP)
    assert w.arrive(None, name="").party.contact is None
    assert w.arrive("+4511111111", name="").party == CallerId(number="+4511111111")


@pytest.mark.requirement("002-083")
def test_a_blocked_contact_is_turned_away_and_rings_nowhere() -> None:
    w = known(ContactKind.BLOCKED)
    w.legs["x"] = Leg(number=NUMBER)
    effects = w.event(LegArrived(leg="x", dialled="7000", caller=CallerId(number=NUMBER)))
    assert effects.commands == (HangUpLeg(leg="x", cause=GoneCause.BUSY),)
    assert effects.changes == ()
    assert not w.engine.calls


@pytest.mark.requirement("002-083")
def test_a_blocked_contact_who_waits_at_a_new_start_is_turned_away_too() -> None:
    w = known(ContactKind.BLOCKED)
    info = LegInfo(leg="x", dialled="7000", caller=CallerId(number=NUMBER), is_answered=False)
    w.legs["x"] = Leg(number=NUMBER)
    effects = w.event(SwitchConnected(legs=(info,)))
    assert HangUpLeg(leg="x", cause=GoneCause.BUSY) in effects.commands
    assert AnswerLeg(leg="x") not in effects.commands
    assert not w.engine.calls


@pytest.mark.requirement("002-077")
def test_a_contact_who_is_called_is_known_in_the_call() -> None:
    w = known(ContactKind.VIP)
    w.do("KLJ", ask.Dial(to=Target(number=NUMBER)))
    (call,) = w.engine.calls.values()
    assert (call.party.name, call.party.contact) == ("Maja Lind (Lind & Co)", ContactKind.VIP)


@pytest.mark.requirement("002-077")
def test_a_caller_can_be_transferred_to_a_contact() -> None:
    w = known(ContactKind.CONTACT)
    call = w.arrive()
    w.do("KLJ", ask.Answer(call=call.id))
    w.pick_up(w.desk_leg())
    w.do("KLJ", ask.Transfer(call=call.id, to=Target(number=NUMBER, person="contact:1", name="Maja Lind")))
    assert w.place(call) is Place.TRANSFERRING
