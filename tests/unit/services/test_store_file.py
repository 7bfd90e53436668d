"""The SQLite store's file: private, of one version, and never lost in silence."""

from __future__ import annotations

import sqlite3
import stat
import sys
from pathlib import Path

import pytest

from reception.errors import ConfigError, ServiceError
from reception.model.people import Person
from reception.model.stored import DayRecord
from reception.ports import StoredState
from services.store import create
from services.store.schema import APPLICATION, VERSION

FIRST_VERSION = (
    "CREATE TABLE calls (id TEXT PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE attendants (id TEXT PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE people (position INTEGER PRIMARY KEY, row BLOB NOT NULL)",
    "CREATE TABLE outcomes (intent TEXT PRIMARY KEY, outcome BLOB NOT NULL, at REAL NOT NULL) WITHOUT ROWID",
    "CREATE INDEX outcomes_at ON outcomes (at)",
    f"PRAGMA application_id = {APPLICATION}",
    "PRAGMA user_version = 1",
)
ALICE = Person(id="alice", name="Alice")


def error_of(path: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        create({"path": str(path)}).load()
    assert caught.value.message.key == "misconfigured"
    return str(caught.value.message.params["error"])


@pytest.mark.skipif(sys.platform == "win32", reason="no file modes there")
def test_only_its_user_can_read_the_file_and_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "hub.db"
    store = create({"path": str(path)})
    store.replace_people([ALICE])
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no file modes there")
def test_a_file_that_was_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    path.touch(mode=0o644)
    create({"path": str(path)}).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    create({"path": str(path)}).close()
    with sqlite3.connect(path) as db:
        db.execute(f"PRAGMA user_version = {VERSION + 1}")
    db.close()
    before = path.read_bytes()
    assert "newer" in error_of(path)
    assert path.read_bytes() == before


def test_a_file_of_the_first_version_is_taken_over_with_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    with sqlite3.connect(path) as db:
        for statement in FIRST_VERSION:
            db.execute(statement)
        db.execute("INSERT INTO people VALUES (0, ?)", (b'{"id": "alice", "name": "Alice"}',))
    db.close()
    store = create({"path": str(path)})
    assert store.load() == StoredState(people=(ALICE,))
    store.save_day(DayRecord(start=1.0))
    store.close()
    again = create({"path": str(path)})
    assert again.load() == StoredState(people=(ALICE,), day=DayRecord(start=1.0))
    again.close()


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE photos (name)")
    db.close()
    text = error_of(path)
    assert str(path) in text
    assert "another program" in text


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are my notes. " * 400)
    text = error_of(path)
    assert str(path) in text
    assert "Move the file away" in text
    assert path.read_text() == "These are my notes. " * 400


def test_a_damaged_file_says_so_with_its_path_and_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    store = create({"path": str(path)})
    store.replace_people([Person(id=str(i), name="Long name " * 20) for i in range(500)])
    store.close()
    content = bytearray(path.read_bytes())
    content[4096 * 6 : 4096 * 12] = b"\xff" * 4096 * 6
    path.write_bytes(content)
    text = error_of(path)
    assert str(path) in text
    assert "damaged" in text
    assert path.read_bytes() == bytes(content)


def test_a_row_nobody_understands_is_never_dropped_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    store = create({"path": str(path)})
    store.replace_people([ALICE])
    store.close()
    with sqlite3.connect(path) as db:
        db.execute("UPDATE people SET row = '{\"name\": 7}'")
    db.close()
    assert "person is unreadable" in error_of(path)


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    text = error_of(tmp_path / "file" / "hub.db")
    assert "cannot be written" in text


def test_a_directory_in_place_of_the_file_says_so(tmp_path: Path) -> None:
    assert str(tmp_path) in error_of(tmp_path)


@pytest.mark.parametrize("settings", [{}, {"path": 7}, {"path": "x", "pathh": "y"}])
def test_wrong_settings_are_named(settings: dict[str, object]) -> None:
    with pytest.raises(ConfigError) as caught:
        create(settings)
    assert caught.value.message.params["setting"] == "store"


def test_an_operation_on_a_closed_store_is_a_service_error(tmp_path: Path) -> None:
    store = create({"path": str(tmp_path / "hub.db")})
    store.close()
    with pytest.raises(ServiceError):
        store.load()


def test_the_file_says_whose_it_is(tmp_path: Path) -> None:
    create({"path": str(tmp_path / "hub.db")}).close()
    assert int.from_bytes((tmp_path / "hub.db").read_bytes()[68:72], "big") == APPLICATION
