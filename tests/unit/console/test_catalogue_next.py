"""What is likely to be typed next; and that an answer which is kept is the answer that is due."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.console.catalogue import Catalogue, CatalogueBroken
from reception.directory.numbers import NumberPlan
from reception.model.people import Person

PLAN = NumberPlan()


def named(*names: str, path: Path | None = None) -> Catalogue:
    catalogue = Catalogue.open(path, plan=PLAN, language="da")
    catalogue.put([Person(id=name, name=name) for name in names])
    return catalogue


@pytest.mark.parametrize(
    ("typed", "likely"),
    [
        ("", ["h", "k", "m"]),
        ("h", ["ha", "ho", "he"]),
        ("hanne", ["hanne ", "hannes"]),
        ("hanne ", ["hanne h", "hanne k", "hanne m"]),
        ("hanne hol", ["hanne holm"]),
        ("HANNE H", ["HANNE Ha", "HANNE Ho", "HANNE He"]),
        ("mø", ["møl"]),
        ("x", []),
        ("2", ["20", "21", "22"]),
        ("hanne 2", ["hanne 20", "hanne 21", "hanne 22"]),
        ("/", []),
    ],
)
def test_names_go_on_as_most_names_do(typed: str, likely: list[str]) -> None:
    people = named("Hanne Holm", "Hanne Kro", "Hannes Kro", "Helle Holm", "Hans Krogh", "Møller Mik")
    assert people.likely_next(typed, 3) == likely


def test_a_damaged_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "people.sqlite"
    named("Hanne Holm", path=path).close()
    with sqlite3.connect(path) as db:
        db.execute("DROP TABLE name_words")
    with pytest.raises(CatalogueBroken):
        Catalogue.open(path, plan=PLAN, language="da").likely_next("h", 3)


def test_an_answer_that_is_there_is_not_looked_up_again() -> None:
    people = named("Hanne Holm", "Hans Krogh")
    asked: list[str] = []
    people._db.set_trace_callback(asked.append)
    first = people.search("han", 5)
    assert asked
    asked.clear()
    assert people.search("han", 5) == people.search("Han ", 5) == first
    assert not asked
    assert people.search("han", 1).ids == ("Hanne Holm",)
    assert people.search("han", 5, ["Hans Krogh"]).ids == ("Hans Krogh", "Hanne Holm")


NAMES = st.sampled_from(["Hanne", "Hans", "Helle", "Holger", "Ib"])


@given(st.lists(st.tuples(NAMES, NAMES, st.booleans()), max_size=12), st.lists(NAMES, max_size=3))
def test_answers_are_those_of_the_people_there_are_now(
    changes: list[tuple[str, str, bool]], typed: list[str]
) -> None:
    """Whatever is asked in between, and however people come, go and take other names."""
    kept, there = named(), dict[str, str]()
    for who, name, stays in changes:
        for text in (*typed, "h"):
            kept.search(text, 3)
        if stays:
            there[who] = name
            kept.put([Person(id=who, name=name)])
        else:
            there.pop(who, None)
            kept.remove([who])
    fresh = named()
    fresh.put([Person(id=who, name=name) for who, name in there.items()])
    for text in (*typed, "h", ""):
        assert kept.search(text, 3).total == fresh.search(text, 3).total
        assert set(kept.search(text, 9).ids) == set(fresh.search(text, 9).ids)
    kept.close()
    fresh.close()
