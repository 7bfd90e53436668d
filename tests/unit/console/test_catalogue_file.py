"""The catalogue's file: whatever lies there, there is a catalogue; what is put in stays in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from reception.console.catalogue import Catalogue, CatalogueBroken, build
from reception.directory.fingerprint import fingerprint_of
from reception.directory.numbers import NumberPlan
from reception.model.people import Person

PLAN = NumberPlan()
PEOPLE = tuple(Person(id=f"p{i}", name=f"Anna {chr(97 + i % 26)}holm{i}") for i in range(60))


def opened(path: Path, plan: NumberPlan = PLAN, language: str = "da") -> Catalogue:
    return Catalogue.open(path, plan=plan, language=language)


def test_what_was_put_in_is_there_after_the_next_start(tmp_path: Path) -> None:
    catalogue = opened(tmp_path / "c.db")
    catalogue.put(PEOPLE)
    catalogue.remove(["p3"])
    catalogue.put([Person(id="p4", name="Berta Skov")])
    catalogue.close()
    again = opened(tmp_path / "c.db")
    now = [p for p in PEOPLE if p.id not in ("p3", "p4")] + [Person(id="p4", name="Berta Skov")]
    assert len(again) == len(now) == 59
    assert again.fingerprint == fingerprint_of(now)
    assert again.search("skov", 5).ids == ("p4",)
    assert again.person("p3") is None
    assert again.person("p4") == Person(id="p4", name="Berta Skov")
    again.close()


def test_a_built_file_is_the_same_as_one_filled_by_and_by(tmp_path: Path) -> None:
    build(tmp_path / "built.db", iter(PEOPLE), plan=PLAN, language="da")
    built, filled = opened(tmp_path / "built.db"), Catalogue.open(None, plan=PLAN, language="da")
    for person in PEOPLE:
        filled.put([person])
    assert built.page(0, 100) == filled.page(0, 100)
    assert built.fingerprint == filled.fingerprint
    for typed in ("a", "anna", "ah", "anna bh"):
        assert built.search(typed, 20) == filled.search(typed, 20)
    built.close()


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"x" * 5000])
def test_a_broken_file_gives_way_to_an_empty_catalogue(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "c.db"
    file.write_bytes(content)
    catalogue = opened(file)
    assert len(catalogue) == 0
    catalogue.put(PEOPLE)
    catalogue.close()
    again = opened(file)
    assert len(again) == len(PEOPLE)
    again.close()


def test_a_file_for_another_plan_language_or_version_is_emptied(tmp_path: Path) -> None:
    file = tmp_path / "c.db"
    for plan, language in ((NumberPlan(country="49"), "da"), (PLAN, "de"), (PLAN, "da")):
        catalogue = opened(file, plan, language)
        assert len(catalogue) == 0
        catalogue.put(PEOPLE)
        catalogue.close()
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA user_version=1")
    db.close()
    catalogue = opened(file)
    assert len(catalogue) == 0
    catalogue.close()


def test_a_file_without_its_tables_is_emptied(tmp_path: Path) -> None:
    file = tmp_path / "c.db"
    opened(file).close()
    with sqlite3.connect(file) as db:
        db.execute("DROP TABLE stretches")
    db.close()
    catalogue = opened(file)
    assert len(catalogue) == 0
    catalogue.close()


def test_a_second_console_searches_in_memory_and_leaves_the_file_alone(tmp_path: Path) -> None:
    file = tmp_path / "c.db"
    first = opened(file)
    first.put(PEOPLE)
    second = opened(file)
    assert len(second) == 0
    second.put(PEOPLE[:2])
    second.close()
    first.close()
    again = opened(file)
    assert len(again) == len(PEOPLE)
    again.close()


def test_where_no_file_can_be_there_is_a_catalogue_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    catalogue = opened(tmp_path / "file" / "c.db")
    catalogue.put(PEOPLE)
    assert len(catalogue) == len(PEOPLE)
    catalogue.close()


def test_damage_found_later_is_told_as_such_and_changes_nothing(tmp_path: Path) -> None:
    catalogue = opened(tmp_path / "c.db")
    catalogue.put(PEOPLE)
    before = catalogue.fingerprint
    catalogue._db.execute("DROP TABLE spoken")
    with pytest.raises(CatalogueBroken):
        catalogue.put([Person(id="new", name="Berta Skov")])
    assert len(catalogue) == len(PEOPLE)
    assert catalogue.fingerprint == before
    assert catalogue.page(0, 99) == sorted((p.id for p in PEOPLE), key=lambda id_: PEOPLE[int(id_[1:])].name)
    catalogue.close()
    catalogue.close()
