"""The SQLite store's file: private, of one version, and never lost in silence."""

from __future__ import annotations

import shutil
import sqlite3
import stat
import sys
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from reception.errors import ConfigError, ServiceError
from reception.model.people import Person
from reception.model.stored import Batch, DayRecord, StoredOutcome
from reception.ports import StoredState
from services.store import create_sqlite
from services.store.schema import MIGRATIONS
from services.store.sqlite import SqliteStore
from services.store.tables import APPLICATION, VERSION, VERSION_TABLE, metadata

FIRST_VERSION = (
    "CREATE TABLE calls (id TEXT PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE attendants (id TEXT PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE people (position INTEGER PRIMARY KEY, row BLOB NOT NULL)",
    "CREATE TABLE outcomes (intent TEXT PRIMARY KEY, outcome BLOB NOT NULL, at REAL NOT NULL) WITHOUT ROWID",
    "CREATE INDEX outcomes_at ON outcomes (at)",
    f"PRAGMA application_id = {APPLICATION}",
    "PRAGMA user_version = 1",
)
SECOND_VERSION = (
    *FIRST_VERSION,
    "CREATE TABLE day (only INTEGER PRIMARY KEY CHECK (only = 1), row BLOB NOT NULL)",
    "CREATE TABLE spoken (number TEXT PRIMARY KEY, at REAL NOT NULL, row BLOB NOT NULL) WITHOUT ROWID",
    "PRAGMA user_version = 2",
)
ALICE = Person(id="alice", name="Alice")
BOB = Person(id="bob", name="Bob")


async def opened(path: Path) -> SqliteStore:
    return await create_sqlite({"path": str(path)})


async def stored(path: Path) -> StoredState:
    store = await opened(path)
    state = await store.load()
    await store.close()
    return state


async def error_of(path: Path) -> str:
    with pytest.raises(ConfigError) as caught:
        await stored(path)
    assert caught.value.message.key == "misconfigured"
    return str(caught.value.message.params["error"])


def run(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as db:
        for statement in statements:
            db.execute(statement)
    db.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no file modes there")
async def test_only_its_user_can_read_the_file_and_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "new" / "hub.db"
    store = await opened(path)
    await store.replace_people([ALICE])
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    await store.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no file modes there")
async def test_a_file_that_was_open_to_others_is_closed_to_them(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    path.touch(mode=0o644)
    await stored(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


# ------------------------------------------------------------------ versions


async def test_a_file_of_a_newer_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    await stored(path)
    run(path, f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    text = await error_of(path)
    assert "newer" in text
    assert str(path) in text
    assert path.read_bytes() == before


def fill(path: Path, statements: tuple[str, ...]) -> None:
    run(path, *statements)
    with sqlite3.connect(path) as db:
        people = [(0, b'{"id": "alice", "name": "Alice"}'), (1, b'{"id":"bob","name":"Bob"}')]
        db.executemany("INSERT INTO people VALUES (?, ?)", people)
        db.execute("INSERT INTO outcomes VALUES ('KLJ/1', ?, 5.5)", (b'{"id":"1"}',))
    db.close()


async def test_a_file_of_the_first_version_is_taken_over_with_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    fill(path, FIRST_VERSION)
    outcomes = (StoredOutcome(key="KLJ/1", outcome=b'{"id":"1"}', at=5.5),)
    store = await opened(path)
    assert await store.load() == StoredState(people=(ALICE, BOB), outcomes=outcomes)
    await store.save(Batch(day=DayRecord(start=1.0)))
    await store.replace_people([BOB])
    await store.close()
    assert await stored(path) == StoredState(people=(BOB,), outcomes=outcomes, day=DayRecord(start=1.0))


async def test_a_file_of_the_second_version_is_taken_over_with_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    fill(path, SECOND_VERSION)
    with sqlite3.connect(path) as db:
        db.execute("INSERT INTO day VALUES (1, ?)", (b'{"start": 1.0, "answered": 7}',))
    db.close()
    state = await stored(path)
    assert state.people == (ALICE, BOB)
    assert state.day == DayRecord(start=1.0, answered=7)
    assert await stored(path) == state


async def test_a_program_before_the_migrations_refuses_the_file_by_its_version(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    fill(path, SECOND_VERSION)
    await stored(path)
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert db.execute(f"SELECT version_num FROM {VERSION_TABLE}").fetchall() == [(str(VERSION),)]
    db.close()


async def test_a_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    fill(path, SECOND_VERSION)
    run(path, "CREATE TABLE people_before (stands_in_the_way)")
    with pytest.raises(ServiceError):
        await stored(path)
    with sqlite3.connect(path) as db:
        assert db.execute("PRAGMA user_version").fetchone() == (2,)
        assert db.execute("SELECT count(*) FROM people").fetchone() == (2,)
        assert db.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'entries'").fetchone() == (0,)
    db.close()
    run(path, "DROP TABLE people_before")
    assert (await stored(path)).people == (ALICE, BOB)


async def test_the_migrations_make_the_tables_that_the_program_works_with(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    await stored(path)
    engine = create_engine(f"sqlite:///{path}")
    found = inspect(engine)
    assert set(found.get_table_names()) == set(metadata.tables) | {VERSION_TABLE}
    for name, table in metadata.tables.items():
        columns = [(c["name"], bool(c["nullable"])) for c in found.get_columns(name)]
        assert columns == [(c.name, c.nullable) for c in table.columns], name
        assert found.get_pk_constraint(name)["constrained_columns"] == [c.name for c in table.primary_key]
    engine.dispose()
    assert len(list((MIGRATIONS / "versions").glob("v*.py"))) == VERSION


async def test_a_copy_that_was_made_while_nobody_had_it_open_is_a_backup(tmp_path: Path) -> None:
    store = await opened(tmp_path / "hub.db")
    await store.replace_people([ALICE])
    await store.close()
    assert [file.name for file in tmp_path.iterdir()] == ["hub.db"], "nothing stays beside it"
    shutil.copy(tmp_path / "hub.db", tmp_path / "copy.db")
    assert (await stored(tmp_path / "copy.db")).people == (ALICE,)


# ------------------------------------------------------------------ what cannot be used


async def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    run(path, "CREATE TABLE photos (name)")
    text = await error_of(path)
    assert str(path) in text
    assert "another program" in text


async def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("These are my notes. " * 400)
    text = await error_of(path)
    assert str(path) in text
    assert "Move the file away" in text
    assert path.read_text() == "These are my notes. " * 400


async def test_a_damaged_file_says_so_with_its_path_and_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    store = await opened(path)
    await store.replace_people([Person(id=str(i), name="Long name " * 20) for i in range(500)])
    await store.close()
    content = bytearray(path.read_bytes())
    content[4096 * 6 : 4096 * 40] = b"\xff" * 4096 * 34
    path.write_bytes(content)
    text = await error_of(path)
    assert str(path) in text
    assert "damaged" in text
    assert path.read_bytes() == bytes(content)


async def test_a_row_nobody_understands_is_never_dropped_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "hub.db"
    store = await opened(path)
    await store.replace_people([ALICE])
    await store.close()
    run(path, "UPDATE people SET row = '{\"name\": 7}'")
    assert "person is unreadable" in await error_of(path)


async def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    text = await error_of(tmp_path / "file" / "hub.db")
    assert "cannot be written" in text


async def test_a_directory_in_place_of_the_file_says_so(tmp_path: Path) -> None:
    assert str(tmp_path) in await error_of(tmp_path)


async def test_an_operation_on_a_closed_store_is_a_service_error(tmp_path: Path) -> None:
    store = await opened(tmp_path / "hub.db")
    await store.close()
    with pytest.raises(ServiceError):
        await store.load()


async def test_the_file_says_whose_it_is(tmp_path: Path) -> None:
    await stored(tmp_path / "hub.db")
    assert int.from_bytes((tmp_path / "hub.db").read_bytes()[68:72], "big") == APPLICATION
