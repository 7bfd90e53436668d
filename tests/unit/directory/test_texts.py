"""What somebody is found by, and what not."""

from __future__ import annotations

import pytest

from reception.directory.numbers import NumberPlan
from reception.directory.texts import texts_of
from reception.model.people import Number, NumberKind, Person


def test_names_initials_texts_and_numbers_are_apart() -> None:
    texts = texts_of(
        Person(
            id="1",
            name="Anne-Marie Søgård",
            initials="AMS",
            title="Chef",
            email="ams.soe@firma.example",
            numbers=(Number(kind=NumberKind.DESK, number="2014"),),
            fields={"Sprog": "tysk"},
        ),
        NumberPlan(),
    )
    assert {"anne", "marie", "annemarie", "soegaard", "sogard"} <= set(texts.names)
    assert "ams" not in texts.names
    assert "ams" in texts.name
    assert {"chef", "ams", "soe", "tysk"} <= set(texts.other)
    assert "firma" not in texts.everything
    assert texts.numbers == ("2014",)
    assert "#2014" in texts.everything


@pytest.mark.requirement("002-203")
@pytest.mark.requirement("002-232")
def test_notes_are_not_searched() -> None:
    texts = texts_of(Person(id="1", name="Bo", notes={"Bil": "Ferrari"}), NumberPlan())
    assert texts.everything == ("bo",)


def test_a_number_that_begins_with_a_letter_cannot_be_typed() -> None:
    numbers = (Number(kind=NumberKind.OTHER, number="skype"), Number(kind=NumberKind.OTHER, number="*34"))
    assert texts_of(Person(id="1", name="Bo", numbers=numbers), NumberPlan()).numbers == ("*34",)
