"""The fingerprint: the same people give the same one, in whatever order and by whatever way."""

from __future__ import annotations

from hashlib import blake2b

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.directory.fingerprint import Fingerprint, fingerprint_of, mark_of
from reception.model.people import ContactKind, Number, NumberKind, Person

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
        msgspec.structs.replace(BOB, manager="a"),
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

    def mark(older: Older) -> int:
        return int.from_bytes(blake2b(msgspec.msgpack.encode(older), digest_size=16).digest(), "big")

    assert mark_of(Person(id="a", name="A")) == mark(Older("a", "A"))


def test_somebody_of_whom_everything_is_known_has_a_mark_too() -> None:
    whole = Person(
        id="a",
        name="A",
        initials="A",
        title="Chef",
        department="Salg",
        email="a@firma.example",
        numbers=BOB.numbers,
        mailbox="201",
        fields={"Room": "1"},
        alternates=("b",),
        manager="b",
        notes={"Only us": "late"},
        is_unlisted=True,
        contact=ContactKind.VIP,
        company="B",
        areas=("sales",),
    )
    assert len(msgspec.msgpack.decode(msgspec.msgpack.encode(whole))) == len(Person.__struct_fields__)
    assert mark_of(whole) != mark_of(msgspec.structs.replace(whole, manager=""))


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
