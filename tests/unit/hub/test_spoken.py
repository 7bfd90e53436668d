"""Whom callers were put through to is remembered by number, the newest, and not for ever."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from reception.directory.numbers import NumberPlan
from reception.hub.spoken import SpokenMemory
from reception.model import intents as ask
from reception.model.calls import Call, CallerId, Direction, Place, Spoken, Target
from reception.model.changes import CallChanged, Change
from reception.model.lines import LineState
from reception.model.people import Number, NumberKind, Person
from tests.unit.calls.world import ALICE, BOB, World

NUMBER = "+4530100200"
CAROL = Person(id="carol", name="Carol Dam", numbers=(Number(kind=NumberKind.DESK, number="203"),))


def memory(**more: Any) -> SpokenMemory:
    plan = NumberPlan()
    return SpokenMemory(
        normalise=lambda number: plan.normalise(number) or number,
        owner_of={"203": CAROL}.get,
        **more,
    )


def put_through(number: str | None, to: Target | None, *, at: float = 9.0, **more: Any) -> Change:
    party = more.pop("party", CallerId(number=number))
    fields = {"place": Place.HANDED_ON, "leg": "l", "arrived_at": 1.0} | more
    return CallChanged(
        call=Call(id="c", direction=Direction.IN, party=party, since=at, target=to, **fields)  # type: ignore[arg-type]
    )


class Remembering(World):
    """A house whose changes a memory watches."""

    def __init__(self) -> None:
        self.memory = memory()
        super().__init__()

    def take(self, effects: Any) -> Any:
        self.memory.observe(effects.changes)
        return super().take(effects)


def test_a_transfer_that_was_answered_is_remembered_and_one_that_rings_is_not() -> None:
    w = Remembering()
    call = w.talking(number=NUMBER)
    w.do("KLJ", ask.Transfer(call=call.id, to=ALICE))
    assert w.memory.last_of(NUMBER) is None
    w.now += 5
    w.pick_up(w.call(call).target_leg)
    assert w.memory.last_of(NUMBER) == Spoken(person="alice", name="Alice Holm", at=w.now)


def test_a_completed_consultation_is_remembered_and_the_talk_before_it_is_not() -> None:
    w = Remembering()
    call = w.consulting(to=BOB)
    assert w.memory.last_of(NUMBER) is None
    w.do("KLJ", ask.Complete(call=call.id))
    spoken = w.memory.last_of(NUMBER)
    assert spoken is not None
    assert spoken.person == "bob"


def test_a_camped_caller_who_got_through_is_remembered() -> None:
    w = Remembering()
    call = w.talking(number=NUMBER)
    w.line("202", LineState.TALKING)
    w.do("KLJ", ask.CampOn(call=call.id, to=BOB))
    w.line("202", LineState.IDLE)
    w.pick_up(w.call(call).target_leg)
    spoken = w.memory.last_of(NUMBER)
    assert spoken is not None
    assert spoken.person == "bob"


def test_the_newest_counts_and_is_found_in_any_notation() -> None:
    known = memory()
    known.observe([put_through("+4530100200", ALICE, at=1.0)])
    latest, forgotten = known.observe([put_through("30100200", BOB, at=2.0)])
    assert latest == {"+4530100200": Spoken(person="bob", name="Bob Krogh", at=2.0)}
    assert forgotten == []
    assert known.last_of("004530100200") == Spoken(person="bob", name="Bob Krogh", at=2.0)


def test_a_repeat_of_the_same_change_is_no_news() -> None:
    known = memory()
    known.observe([put_through(NUMBER, ALICE)])
    assert known.observe([put_through(NUMBER, ALICE)]) == ({}, [])


@pytest.mark.parametrize(
    "change",
    [
        put_through(None, ALICE, party=CallerId(is_withheld=True)),
        put_through(NUMBER, ALICE, party=CallerId(number=NUMBER, is_withheld=True)),
        put_through(NUMBER, ALICE, place=Place.TRANSFERRING),
        put_through(NUMBER, Target(number="+4511223344", name="a mobile of nobody")),
        put_through(NUMBER, None),
    ],
)
def test_nobody_is_remembered_for_what_is_withheld_or_was_not_with_a_colleague(change: Change) -> None:
    known = memory()
    assert known.observe([change]) == ({}, [])
    assert known.last_of(NUMBER) is None


def test_a_number_that_was_typed_is_its_owners() -> None:
    known = memory()
    known.observe([put_through(NUMBER, Target(number="203"))])
    assert known.last_of(NUMBER) == Spoken(person="carol", name="Carol Dam", at=9.0)


def test_those_who_called_longest_ago_are_forgotten() -> None:
    old = tuple((f"+45300000{n:02}", Spoken(person="p", name="P", at=float(n))) for n in range(3))
    known = memory(stored=old, kept=3)
    known.observe([put_through("+4530000000", ALICE, at=50.0)])
    latest, forgotten = known.observe([put_through("+4539999999", BOB, at=60.0)])
    assert list(latest) == ["+4539999999"]
    assert forgotten == ["+4530000001"]
    assert known.last_of("+4530000001") is None
    assert known.last_of("+4530000000") == msgspec.structs.replace(
        old[0][1], person="alice", name="Alice Holm", at=50.0
    )
