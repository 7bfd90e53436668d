"""Who has which number."""

from __future__ import annotations

import msgspec
import pytest

from reception.directory.book import PhoneBook
from reception.directory.port import Book
from reception.model.people import ContactKind, Number, NumberKind, Person

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


def contact(kind: ContactKind, id_: str, *areas: str, number: str = "+4597123456") -> Person:
    numbers = (Number(kind=NumberKind.DESK, number=number),)
    return Person(id=id_, name=id_, company="Nordsø", numbers=numbers, contact=kind, areas=areas)


def test_a_contact_is_known_by_number_the_weightiest_first() -> None:
    book = PhoneBook([ALICE, contact(ContactKind.CONTACT, "one"), contact(ContactKind.VIP, "vip")])
    found = book.contact_of("97 12 34 56")
    assert found is not None
    assert found.id == "vip"
    assert book.name_of("+4597123456") == "one (Nordsø)"
    book.put(contact(ContactKind.BLOCKED, "blocked"))
    found = book.contact_of("+4597123456")
    assert found is not None
    assert found.id == "blocked"


def test_a_contact_of_a_group_or_with_the_number_of_a_colleague_names_no_caller() -> None:
    book = PhoneBook(
        [ALICE, contact(ContactKind.VIP, "a", "salg"), contact(ContactKind.VIP, "b", number="2014")]
    )
    assert book.contact_of("+4597123456") is None
    assert book.contact_of("2014") is None
    assert book.contact_of("+4511111111") is None
