"""Names that are confused when heard have a key in common; names that nobody confuses do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.directory.folding import typed_forms, words
from reception.directory.sound import sounds_of


def keys_of(name: str) -> set[str]:
    return {key for word in words(name) for form in typed_forms(word) for key in sounds_of(form)}


@pytest.mark.parametrize(
    "names",
    [
        "Kristensen Christensen Cristensen",
        "Meier Maier Mayer Meyer Meir",
        "Schmidt Schmitt Smidt Smith Smyth",
        "Petersen Pedersen Peddersen",
        "Thomsen Tomsen Thompson Thomson",
        "Karlsen Carlsen",
        "Philip Filip Phillip",
        "Wagner Vagner",
        "Stephen Steven Stefan Stephan",
        "Clark Clarke Klark",
        "Catherine Katherine Kathryn Katrine",
        "Nielsen Nilsen Nielson",
        "Møller Moller Møler Möller Müller",
        "McDonald MacDonald",
        "Knudsen Knutsen Nudsen",
        "Schulz Schultz Schulze",
        "Poulsen Paulsen Povlsen",
        "Kjær Kær Kjer",
        "Kjeld Kjell Keld",
        "Hjorth Hjort Jort",
        "Lund Lunn",
        "Schou Skov Skou",
        "Brown Braun Browne",
        "Wright Right",
        "Geoffrey Jeffrey",
        "Charlotte Sharlotte",
        "Lewis Louis",
        "Shepherd Shepard",
        "Krogh Krog",
        "Siobhan Shivaun",
        "Jens Yens",
        "Joseph Josef Yusuf",
    ],
)
def test_these_sound_alike(names: str) -> None:
    first, *others = names.split()
    assert [other for other in others if not keys_of(first) & keys_of(other)] == []


@pytest.mark.parametrize(
    "pair",
    ["Hansen Jansen", "Holm Holst", "Lund Lang", "Møller Mørch", "Anna Hanna", "Petersen Jespersen", "Bo Ib"],
)
def test_these_do_not(pair: str) -> None:
    one, other = pair.split()
    assert not keys_of(one) & keys_of(other)


def test_the_key_of_a_beginning_begins_the_key() -> None:
    assert sounds_of("kristensen")[0].startswith(sounds_of("kriste")[0])


@given(st.text("abcdeghijkmnopsvwxyz", max_size=14))
def test_a_word_has_few_short_keys(word: str) -> None:
    keys = sounds_of(word)
    assert len(keys) <= 4
    assert len(set(keys)) == len(keys)
    assert all(keys)
    assert all(len(key) <= len(word) + word.count("x") for key in keys)
