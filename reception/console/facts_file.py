"""The file of statuses and timelines: a cache of what the hub said last.

SQLite with a log beside it (WAL) and without waiting for the disk: what a killed process had committed is
there at the next start, and only a power failure can damage the file. A damaged file, another program's or
another version's is put aside, and an empty one takes its place.
"""

from __future__ import annotations

import logging
import os
import sqlite3
from pathlib import Path
from typing import Final

_log = logging.getLogger(__name__)

APPLICATION: Final = 0x52434631
"""Written into the file ("RCF1"), so that another program's database is not taken for ours."""
VERSION: Final = 1

_SETTINGS: Final = """
PRAGMA locking_mode=EXCLUSIVE;
PRAGMA journal_mode=WAL;
PRAGMA synchronous=OFF;
PRAGMA wal_autocheckpoint=200;
PRAGMA cache_size=-2048;
"""
_SCHEMA: Final = f"""
BEGIN;
CREATE TABLE status (person TEXT PRIMARY KEY, life INTEGER NOT NULL, row BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE timeline (person TEXT PRIMARY KEY, life INTEGER NOT NULL, row BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE handled (person TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE life (oldest INTEGER NOT NULL, latest INTEGER NOT NULL);
INSERT INTO life VALUES (1, 1);
PRAGMA application_id={APPLICATION};
PRAGMA user_version={VERSION};
COMMIT;
"""


def open_file(path: Path | None) -> sqlite3.Connection:
    """Open the file, or an empty one in its place; None, or a place that cannot be written: in memory."""
    if path is None:
        return _created(None)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            return _created(path)
        try:
            return _opened(path)
        except sqlite3.DatabaseError as error:
            _log.warning("%s cannot be used and is put aside: %s", path, error)
            put_aside(path)
            return _created(path)
    except (OSError, sqlite3.Error) as error:
        _log.warning("%s cannot be written, nothing is kept: %s", path, error)
        return _created(None)


def put_aside(path: Path) -> None:
    """Rename a file that is of no use, with its log; raises OSError."""
    os.replace(path, path.with_name(path.name + ".unreadable"))
    for end in ("-wal", "-shm", "-journal"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _created(path: Path | None) -> sqlite3.Connection:
    db = _connected(path)
    try:
        db.executescript(_SETTINGS)
        db.executescript(_SCHEMA)
    except sqlite3.Error:
        db.close()
        raise
    return db


def _opened(path: Path) -> sqlite3.Connection:
    """Raises sqlite3.DatabaseError when the file is damaged, or not one of ours."""
    db = _connected(path)
    try:
        db.executescript(_SETTINGS)
        whose = (
            db.execute("PRAGMA application_id").fetchone()[0],
            db.execute("PRAGMA user_version").fetchone()[0],
        )
        if whose != (APPLICATION, VERSION):
            raise sqlite3.DatabaseError(f"it is of another kind or version: {whose}")
    except sqlite3.Error:
        db.close()
        raise
    return db


def _connected(path: Path | None) -> sqlite3.Connection:
    return sqlite3.connect(path or ":memory:", isolation_level=None, timeout=0.2)
