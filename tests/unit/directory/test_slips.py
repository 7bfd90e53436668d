"""A slip of the keys: found by trying, by looking, and as a distance of one; the three agree."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reception.directory.slips import distance, slipped, slips

WORDS = st.text("abcd", min_size=1, max_size=7)


@pytest.mark.parametrize(
    ("typed", "word", "is_whole"),
    [
        ("hamsen", "hansen", True),
        ("hanen", "hansen", True),
        ("hannsen", "hansen", True),
        ("hasnen", "hansen", True),
        ("jorgne", "jorgensen", False),
        ("krsten", "kristensen", False),
    ],
)
def test_one_slip_is_seen(typed: str, word: str, is_whole: bool) -> None:
    assert list(slipped(typed, [word], 0)) == [(word, is_whole)]


@pytest.mark.parametrize(("typed", "word"), [("hansen", "hansen"), ("hans", "hansen"), ("hnsn", "hansen")])
def test_none_and_two_slips_are_not(typed: str, word: str) -> None:
    assert list(slipped(typed, [word], 0)) == []


@given(WORDS, WORDS)
def test_looking_finds_what_a_distance_of_one_says(typed: str, word: str) -> None:
    assume(not word.startswith(typed))
    begins = any(distance(typed, word[:size]) == 1 for size in range(len(word) + 1))
    assert list(slipped(typed, [word], 0)) == ([(word, distance(typed, word) == 1)] if begins else [])


@given(WORDS)
def test_trying_gives_words_at_a_distance_of_one(typed: str) -> None:
    tried = set(slips(typed, len(typed)))
    assert all(distance(typed, one) <= 1 for one in tried)
    assert {typed[:i] + typed[i + 1 :] for i in range(len(typed))} <= tried
    assert {typed[:i] + "z" + typed[i:] for i in range(len(typed))} <= tried


@given(WORDS, WORDS, WORDS)
def test_distance_is_symmetric_and_zero_for_equals_only(one: str, other: str, more: str) -> None:
    assert distance(one, other) == distance(other, one)
    assert (distance(one, other) == 0) == (one == other)
    assert distance(more + one, more + other) == distance(one, other)


def test_two_letters_swapped_are_one_slip() -> None:
    assert distance("jorgen", "jogren") == 1
    assert distance("kristensen", "christensen") == 2
