"""Which colleague an identity is: exactly one, or nobody."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.errors import SignInRefused
from reception.hub.identifying import colleague_for, receptionist_for
from reception.identity import Identity
from reception.model.attendants import Attendant
from reception.model.people import Number, NumberKind, Person

OBJECT = "aaaa-1"
ALICE = Identity(subject=OBJECT, tenant="t", address="alice@firma.example", name="Alice", directory="ms-")


def person(key: str, email: str = "", **more: Any) -> Person:
    return Person(id=key, name=key.title(), email=email, **more)


def test_by_the_address_whatever_its_case() -> None:
    people = [person("bob", "bob@firma.example"), person("alice", " Alice@Firma.EXAMPLE")]
    assert colleague_for(ALICE, people).id == "alice"


def test_the_id_at_the_provider_counts_before_the_address() -> None:
    people = [person("old", "alice@firma.example"), person("ms-aaaa-1", "new@firma.example")]
    assert colleague_for(ALICE, people).id == "ms-aaaa-1"


@pytest.mark.parametrize("value", [OBJECT, OBJECT.upper(), "ALICE@firma.example"])
@pytest.mark.parametrize("where", ["fields", "notes"])
def test_by_a_column_of_the_directory(where: str, value: str) -> None:
    people = [person("bob", "alice@firma.example", **{where: {"Account": "bob@x"}})]
    people.append(person("alice", "private@home.example", **{where: {"Account": value}}))
    assert colleague_for(ALICE, people, "Account").id == "alice"


def test_somebody_else_of_the_providers_own_directory_is_somebody_else() -> None:
    """An address that was given to the next one does not open what was the last one's."""
    with pytest.raises(SignInRefused, match="sign_in_unknown"):
        colleague_for(ALICE, [person("ms-bbbb-2", "alice@firma.example")])


def test_nobody_is_found_by_an_empty_address() -> None:
    guest = Identity(subject="g-1", tenant="t", name="Gast")
    with pytest.raises(SignInRefused) as refused:
        colleague_for(guest, [person("bob"), person("carol", " ")])
    assert refused.value.message.params == {"address": "Gast"}


@given(count=st.integers(0, 4))
def test_exactly_one_or_a_refusal(count: int) -> None:
    people = [person(f"p{n}", "alice@firma.example") for n in range(count)]
    people.append(person("bob", "bob@firma.example"))
    if count == 1:
        assert colleague_for(ALICE, people).id == "p0"
    else:
        with pytest.raises(SignInRefused, match="sign_in_double" if count else "sign_in_unknown"):
            colleague_for(ALICE, people)


def test_which_receptionist_a_colleague_is() -> None:
    attendants = [Attendant(id="KLJ", name="K", number="100"), Attendant(id="MBH", name="M", number="101")]
    desk = (Number(kind=NumberKind.DESK, number="101"),)
    people = [person("karin", initials="klj"), person("mads", numbers=desk), person("bob")]
    found = {p.id: receptionist_for(p.id, attendants, people) for p in people}
    assert found == {"karin": "KLJ", "mads": "MBH", "bob": None}
    assert receptionist_for("", attendants, []) is None
