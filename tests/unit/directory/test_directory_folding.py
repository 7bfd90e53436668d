"""Spellings: what a receptionist types without the right keys still finds the right person."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reception.directory.folding import sort_key, stored_forms, typed_forms, words


def is_found(name: str, typed: str) -> bool:
    stored = [form for word in words(name) for form in stored_forms(word)]
    return all(any(s.startswith(f) for f in typed_forms(w) for s in stored) for w in words(typed))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Jørgensen", "jorgensen"),
        ("Jørgensen", "joergensen"),
        ("Jørgensen", "jørg"),
        ("Jørgensen", "JØRG"),
        ("Jørgensen", "jörgensen"),
        ("Joergensen", "jørgensen"),
        ("Müller", "muller"),
        ("Müller", "mueller"),
        ("Müller", "müll"),
        ("Åse", "ase"),
        ("Åse", "aase"),
        ("Aase", "åse"),
        ("Nørgaard", "norgard"),
        ("Søgård", "sogaard"),
        ("Søgård", "soegard"),
        ("Weiß", "weiss"),
        ("Łukasz Wiśniewski", "lukasz wisniewski"),
        ("Yıldız Çelik", "yildiz celik"),
        ("Æbelø", "aebelo"),
        ("Ævar Þór Guðmundsson", "aevar thor gudmundsson"),
        ("O'Brien", "obrien"),
        ("Anne-Marie", "marie"),
        (unicodedata.normalize("NFD", "Åse Müller"), "aase mueller"),
        ("Åse", unicodedata.normalize("NFD", "å")),
    ],
)
def test_a_name_is_found_by(name: str, typed: str) -> None:
    assert is_found(name, typed)


@pytest.mark.parametrize(
    ("name", "typed"), [("Hansen", "jansen"), ("Joel", "jol"), ("Samuel", "samul"), ("Jonas", "joenas")]
)
def test_a_name_is_not_found_by(name: str, typed: str) -> None:
    assert not is_found(name, typed)


def test_a_word_with_many_national_letters_has_the_two_pure_spellings() -> None:
    assert stored_forms("æøåäö") == ("aeoeaaaeoe", "aoaao")
    assert len(stored_forms("æøåä")) == 16


@given(st.text(max_size=12))
def test_every_word_is_found_by_itself_and_by_each_beginning(text: str) -> None:
    for word in words(text):
        forms = stored_forms(word)
        for size in range(1, len(word) + 1):
            begin = words(word[:size])
            assert begin == [] or any(f.startswith(t) for f in forms for t in typed_forms(begin[0]))


@given(st.text(max_size=30))
def test_words_have_no_capitals_spaces_or_marks(text: str) -> None:
    for word in words(text):
        assert word
        assert not any(c.isspace() or unicodedata.category(c) in ("Mn", "Lu") for c in word)


NAMES = ["Ørum", "Åse Berg", "Asger", "Östling", "zoe", "Berg", "Ærø", "Aage", "Afra", "Müller", "Muus"]


def test_danes_look_for_their_own_letters_behind_z() -> None:
    by_alphabet = [
        "Afra",
        "Asger",
        "Berg",
        "Muus",
        "Müller",
        "zoe",
        "Ærø",
        "Ørum",
        "Östling",
        "Aage",
        "Åse Berg",
    ]
    assert sorted(NAMES, key=lambda name: sort_key(name, "da")) == by_alphabet


@pytest.mark.parametrize("language", ["de", "en", ""])
def test_elsewhere_an_accent_does_not_move_a_letter(language: str) -> None:
    by_alphabet = [
        "Aage",
        "Ærø",
        "Afra",
        "Åse Berg",
        "Asger",
        "Berg",
        "Müller",
        "Muus",
        "Ørum",
        "Östling",
        "zoe",
    ]
    assert sorted(NAMES, key=lambda name: sort_key(name, language)) == by_alphabet


def test_the_first_word_decides_before_the_second() -> None:
    for language in ("da", "de"):
        names = ["Bo Ås", "Bo", "Bodil Abel", "Bo Abel"]
        assert sorted(names, key=lambda name: sort_key(name, language)) == [
            "Bo",
            "Bo Abel",
            "Bo Ås",
            "Bodil Abel",
        ]


_DANISH = "abcdefghijklmnopqrstuvwxyzæøå"


@given(st.text(_DANISH, max_size=6), st.text(_DANISH, max_size=6))
def test_in_danish_the_alphabet_decides_letter_by_letter(one: str, other: str) -> None:
    assume("aa" not in one + " " + other)
    places = [[_DANISH.index(letter) for letter in word] for word in (one, other)]
    assert (sort_key(one, "da") < sort_key(other, "da")) == (places[0] < places[1])


@given(st.text(max_size=20), st.sampled_from(["da", "de", "en"]))
def test_case_and_composition_never_move_a_name(text: str, language: str) -> None:
    assert sort_key(unicodedata.normalize("NFD", text), language) == sort_key(text, language)
    if text.upper().lower() == text:
        assert sort_key(text.upper(), language) == sort_key(text, language)
