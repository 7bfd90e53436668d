"""What is offered for a caller whose colleague is busy or absent, and in which order."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reception.model.lines import Line, LineState, PersonStatus, StatusKind
from reception.model.people import Number, NumberKind, Person
from reception.presence.ways_on import Offer, WayOn, ways_on

DESK = Number(kind=NumberKind.DESK, number="201")
MOBILE = Number(kind=NumberKind.MOBILE, number="+4540112233")
ALICE = Person(
    id="a", name="Alice", numbers=(DESK, MOBILE), mailbox="201", email="a@firm.example", alternates=("b", "c")
)
FREE = PersonStatus(person="b", kind=StatusKind.FREE, since=0.0)
TALKING = PersonStatus(
    person="a",
    kind=StatusKind.BUSY,
    since=0.0,
    lines=(Line(number="201", state=LineState.TALKING, since=0.0),),
)
AWAY = PersonStatus(person="a", kind=StatusKind.AWAY, since=0.0, is_entered=True)
CAMP_ON, VOICEMAIL, MOBILE_PHONE, MESSAGE = (
    Offer(way) for way in (WayOn.CAMP_ON, WayOn.VOICEMAIL, WayOn.MOBILE, WayOn.MESSAGE)
)


def stand_in(number: int) -> Offer:
    return Offer(WayOn.STAND_IN, number)


@pytest.mark.requirement("001-06")
def test_all_there_is_the_best_first():
    assert ways_on(ALICE, TALKING, [FREE, FREE]) == (CAMP_ON, VOICEMAIL, MOBILE_PHONE, stand_in(1), MESSAGE)


def test_nobody_waits_at_somebody_absent():
    assert ways_on(ALICE, AWAY, []) == (VOICEMAIL, MOBILE_PHONE, MESSAGE)
    assert CAMP_ON not in ways_on(ALICE, replace(TALKING, is_entered=True), [])


@pytest.mark.parametrize(
    "other", [None, AWAY, TALKING, replace(FREE, is_stale=True), replace(FREE, kind=StatusKind.UNKNOWN)]
)
def test_a_stand_in_is_offered_who_is_surely_free(other):
    assert stand_in(2) in ways_on(ALICE, AWAY, [other, FREE])
    assert not any(offer.way is WayOn.STAND_IN for offer in ways_on(ALICE, AWAY, [other]))


def test_a_mobile_that_is_in_a_call_is_not_offered():
    lines = (Line(number=MOBILE.number, state=LineState.TALKING, since=0.0),)
    assert MOBILE_PHONE not in ways_on(ALICE, replace(TALKING, lines=lines), [])


def test_only_what_there_is():
    bare = Person(id="x", name="X", numbers=(DESK,))
    assert ways_on(bare, None, []) == ()
