"""The catalogue's file: tables, settings, and how a file is opened that may be anything.

It is a cache of what the hub knows. So nothing is done for power failures, and a file that cannot be used
(broken, of another version, number plan or language, or in use by another console) is not an error: an empty
one takes its place, and the hub fills it.
"""

from __future__ import annotations

import logging
import sqlite3
from pathlib import Path
from typing import Final

import msgspec

from reception.directory.numbers import NumberPlan

log = logging.getLogger(__name__)

CONTACTS: Final = "\U0010ffff"
"""Begins what contacts are sorted by: behind all letters, so behind all colleagues."""
VERSION: Final = 8
"""To be raised with every change of the tables, the folding or the sound keys."""

_SCHEMA: Final = """
CREATE TABLE facts(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
-- place: by the alphabet, with gaps, so that somebody new gets a place between two neighbours.
CREATE TABLE people(place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, sort TEXT NOT NULL);
CREATE UNIQUE INDEX people_by_name ON people(sort, id);
CREATE TABLE records(place INTEGER PRIMARY KEY, record BLOB NOT NULL);
-- What is searched: names with initials, and everything. Texts are folded before they come here, so the
-- simplest tokenizer will do. Two tables: picking names out of everything by column takes five times as long.
CREATE VIRTUAL TABLE in_name USING fts5(
  text, prefix='1 2 3 4 5 6 7', detail=none, tokenize="ascii tokenchars '+*#'"
);
CREATE VIRTUAL TABLE anywhere USING fts5(
  text, prefix='1 2 3 4 5 6 7', detail=none, tokenize="ascii tokenchars '+*#'"
);
-- SQLite would tidy these up by itself, now and then 50 ms long; `Writer` does it a little at each change.
INSERT INTO in_name(in_name, rank) VALUES('automerge', 0);
INSERT INTO anywhere(anywhere, rank) VALUES('automerge', 0);
-- How many people have a word that begins with these one or two letters: counting them takes too long.
CREATE TABLE begins(word TEXT PRIMARY KEY, people INTEGER NOT NULL) WITHOUT ROWID;
-- Which words there are and how many people have them: all, those of names and initials, those of names.
CREATE TABLE words(word TEXT PRIMARY KEY, people INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE name_words(word TEXT PRIMARY KEY, people INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE spoken(word TEXT PRIMARY KEY, people INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE sounds(sound TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY(sound, word)) WITHOUT ROWID;
-- Stretches of the alphabet, and how many people each has: the n-th one is found without counting up to it.
CREATE TABLE stretches(first INTEGER PRIMARY KEY, people INTEGER NOT NULL);
"""

_SETTINGS: Final = """
PRAGMA locking_mode=EXCLUSIVE;
PRAGMA journal_mode={journal};
PRAGMA synchronous=OFF;
PRAGMA temp_store=MEMORY;
PRAGMA cache_size=-4096;
"""


def create(path: Path | None, plan: NumberPlan, language: str) -> sqlite3.Connection:
    """Open a new, empty catalogue; None: in memory. Raises sqlite3.Error when the path cannot be written."""
    db = _connect(path)
    db.executescript(
        _SETTINGS.format(journal="TRUNCATE" if path else "MEMORY") + "BEGIN EXCLUSIVE;" + _SCHEMA
    )
    db.execute("INSERT INTO facts VALUES ('made for', ?)", (_made_for(plan, language),))
    db.execute(f"PRAGMA user_version={VERSION}")
    db.execute("COMMIT")
    return db


def open_or_create(path: Path | None, plan: NumberPlan, language: str) -> sqlite3.Connection:
    """Open a catalogue; a file that is not one for this plan and language gives way to an empty one."""
    if path is None:
        return create(None, plan, language)
    try:
        if (db := _open(path, plan, language)) is not None:
            return db
        remove(path)
        return create(path, plan, language)
    except (sqlite3.Error, OSError) as error:
        log.info("%s cannot be used, searching in memory: %s", path.name, error)
        return create(None, plan, language)


def remove(path: Path) -> None:
    """Delete a catalogue's file with all that SQLite laid beside it. Harmless when there is none."""
    for file in (path, *(path.with_name(path.name + end) for end in ("-journal", "-wal", "-shm"))):
        file.unlink(missing_ok=True)


def _open(path: Path, plan: NumberPlan, language: str) -> sqlite3.Connection | None:
    """Return the catalogue in the file; None when there is none or not the right one.

    Raises sqlite3.OperationalError when another process has it.
    """
    if not path.exists():
        return None
    db = _connect(path)
    try:
        db.executescript(_SETTINGS.format(journal="TRUNCATE"))
        db.execute("BEGIN EXCLUSIVE")  # and so it stays, in locking_mode=EXCLUSIVE: no locks for each search
        db.execute("COMMIT")
        if db.execute("PRAGMA user_version").fetchone() == (VERSION,):
            made_for = db.execute("SELECT value FROM facts WHERE key='made for'").fetchone()
            if made_for == (_made_for(plan, language),):
                return db
        db.close()
    except sqlite3.DatabaseError as error:
        db.close()
        if _is_in_use(error):
            raise
        log.info("%s is no catalogue, beginning anew: %s", path.name, error)
    return None


def _is_in_use(error: sqlite3.DatabaseError) -> bool:
    return isinstance(error, sqlite3.OperationalError) and error.sqlite_errorcode in (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
    )


def _connect(path: Path | None) -> sqlite3.Connection:
    return sqlite3.connect(path or ":memory:", isolation_level=None, timeout=0.2)


def _made_for(plan: NumberPlan, language: str) -> str:
    return msgspec.json.encode((plan, language)).decode()
