"""Who has which number."""

from __future__ import annotations

import msgspec
import pytest

from reception.directory.book import PhoneBook
from reception.model.people import Number, NumberKind, Person
from reception.ports import Book

ALICE = Person(
    id="alice",
    name="Alice Holm",
    mailbox="201",
    numbers=(
        Number(kind=NumberKind.DESK, number="2014"),
        Number(kind=NumberKind.MOBILE, number="+4540112233"),
        Number(kind=NumberKind.OTHER, number="2099"),
        Number(kind=NumberKind.SOFTPHONE, number="2014"),
    ),
)
BOB = Person(id="bob", name="Bob Krogh", numbers=(Number(kind=NumberKind.OTHER, number="2099"),))


@pytest.fixture
def book() -> PhoneBook:
    return PhoneBook([ALICE, BOB])


def test_it_is_the_engines_book(book: PhoneBook) -> None:
    port: Book = book
    assert port.name_of("2014") == "Alice Holm"


def test_a_person_is_reached_and_watched_on_all_own_devices(book: PhoneBook) -> None:
    assert book.numbers_of("alice") == ("2014", "+4540112233")
    assert book.numbers_of("bob") == ()
    assert book.numbers_of("nobody") == ()


@pytest.mark.parametrize("number", ["+4540112233", "40 11 22 33", "0045 4011 2233"])
def test_a_name_is_found_by_the_number_in_any_notation(book: PhoneBook, number: str) -> None:
    assert book.name_of(number) == "Alice Holm"


def test_a_number_nobody_has_has_no_name(book: PhoneBook) -> None:
    assert book.name_of("2098") == ""
    assert book.name_of("anonymous") == ""
    assert book.owner_of("2098") is None


@pytest.mark.parametrize(
    ("number", "person", "mailbox"),
    [
        ("2014", "alice", "201"),
        ("2014", None, "201"),
        ("+4540112233", None, "201"),
        ("2014", "bob", None),
        ("2098", None, None),
        ("2014", "nobody", None),
    ],
)
def test_the_mailbox_is_the_persons_or_the_numbers(
    book: PhoneBook, number: str, person: str | None, mailbox: str | None
) -> None:
    assert book.mailbox_of(number, person) == mailbox


def test_a_shared_number_is_the_first_ones_until_they_leave(book: PhoneBook) -> None:
    assert book.name_of("2099") == "Alice Holm"
    book.remove("alice")
    assert book.name_of("2099") == "Bob Krogh"
    assert book.name_of("2014") == ""
    book.remove("bob")
    book.remove("bob")
    assert book.name_of("2099") == ""
    assert not book.people


def test_a_changed_person_has_the_new_numbers_only(book: PhoneBook) -> None:
    book.put(msgspec.structs.replace(ALICE, numbers=(Number(kind=NumberKind.DESK, number="2020"),)))
    assert book.name_of("2020") == "Alice Holm"
    assert book.name_of("2014") == ""
    assert book.name_of("2099") == "Bob Krogh"
    assert set(book.people) == {"alice", "bob"}
