"""The fingerprint: the same people give the same one, in whatever order and by whatever way."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.directory.fingerprint import Fingerprint, fingerprint_of
from reception.model.people import Number, NumberKind, Person

ALICE = Person(id="a", name="Alice", fields={"Room": "1"})
BOB = Person(id="b", name="Bob", numbers=(Number(kind=NumberKind.DESK, number="201"),))


def test_the_order_does_not_matter() -> None:
    assert fingerprint_of([ALICE, BOB]) == fingerprint_of([BOB, ALICE])


@pytest.mark.parametrize(
    "other",
    [
        msgspec.structs.replace(BOB, name="Bib"),
        msgspec.structs.replace(BOB, numbers=(Number(kind=NumberKind.MOBILE, number="201"),)),
        msgspec.structs.replace(BOB, notes={"Only us": "late"}),
        msgspec.structs.replace(BOB, alternates=("a",)),
    ],
)
def test_one_different_word_makes_another_one(other: Person) -> None:
    assert fingerprint_of([ALICE, BOB]) != fingerprint_of([ALICE, other])


def test_twice_the_same_person_is_not_once_nor_never() -> None:
    assert len({fingerprint_of([BOB] * n) for n in range(4)}) == 4


def test_it_survives_the_wire() -> None:
    sent = msgspec.json.decode(msgspec.json.encode([ALICE, BOB]), type=list[Person])
    assert fingerprint_of(sent) == fingerprint_of([ALICE, BOB])


def test_a_field_at_its_default_changes_nothing() -> None:
    class Older(msgspec.Struct):
        id: str
        name: str

    assert msgspec.msgpack.encode(Person(id="a", name="A")) == msgspec.msgpack.encode(Older("a", "A"))


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("abcdefgh"), st.text(max_size=3))))
def test_following_every_change_gives_what_counting_anew_gives(steps: list[tuple[bool, str, str]]) -> None:
    people: dict[str, Person] = {}
    followed = Fingerprint()
    for is_put, person_id, name in steps:
        if (before := people.pop(person_id, None)) is not None:
            followed.remove(before)
        if is_put:
            people[person_id] = Person(id=person_id, name=name)
            followed.add(people[person_id])
        followed = Fingerprint(str(followed))  # as it is read back from a file
    assert str(followed) == fingerprint_of(people.values())


def test_nobody_has_one_too() -> None:
    assert fingerprint_of([]) == str(Fingerprint()) == "0" * 32
