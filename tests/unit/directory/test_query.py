"""What is typed, taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.directory.numbers import NumberPlan
from reception.directory.query import Part, beginnings_of, parts_of

PLAN = NumberPlan()


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("", ()),
        (" - . ( ", ()),
        ("anna", (Part(words=(("anna",),)),)),
        ("Åse", (Part(words=(("aase", "ase"),)),)),
        ("anna anna", (Part(words=(("anna",),)),)),
        ("a.holm@firma.example", (Part(words=(("a",),)), Part(words=(("holm",),)))),
        ("+45 97 12", (Part(words=(("45",), ("97",), ("12",)), number="+459712"),)),
        ("0045 97", (Part(words=(("0045",), ("97",)), number="+4597"),)),
        ("97 12", (Part(words=(("97",), ("12",)), number="9712"),)),
        (
            "20 anna 14",
            (
                Part(words=(("20",),), number="20"),
                Part(words=(("anna",),)),
                Part(words=(("14",),), number="14"),
            ),
        ),
    ],
)
def test_it_is_words_and_numbers(typed: str, parts: tuple[Part, ...]) -> None:
    assert parts_of(typed, PLAN) == parts


def test_what_finds_the_others_too_is_enough() -> None:
    assert beginnings_of(("soe", "so")) == ("so",)
    assert beginnings_of(("aab", "ab")) == ("aab", "ab")


@given(st.text(max_size=40))
def test_anything_can_be_typed(typed: str) -> None:
    for part in parts_of(typed, PLAN):
        assert part.number or part.words
        assert all(form.isalnum() for forms in part.words for form in forms)
