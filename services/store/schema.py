"""The tables of the SQLite store and how a file of an older or newer version is met."""

from __future__ import annotations

import sqlite3
from typing import Final

from reception.errors import ConfigError

APPLICATION: Final = 0x52434550
"""Written into the file ("RCEP"), so that another program's database is not taken for ours."""
VERSION: Final = 2

_STEPS: Final = (
    (
        "CREATE TABLE calls (id TEXT PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID",
        "CREATE TABLE attendants (id TEXT PRIMARY KEY, row BLOB NOT NULL) WITHOUT ROWID",
        "CREATE TABLE people (position INTEGER PRIMARY KEY, row BLOB NOT NULL)",
        "CREATE TABLE outcomes (intent TEXT PRIMARY KEY, outcome BLOB NOT NULL, at REAL NOT NULL)"
        " WITHOUT ROWID",
        "CREATE INDEX outcomes_at ON outcomes (at)",
    ),
    (
        "CREATE TABLE day (only INTEGER PRIMARY KEY CHECK (only = 1), row BLOB NOT NULL)",
        "CREATE TABLE spoken (number TEXT PRIMARY KEY, at REAL NOT NULL, row BLOB NOT NULL) WITHOUT ROWID",
    ),
)
"""What brings a file from each version to the next, the first from nothing."""


def prepare(connection: sqlite3.Connection, path: str) -> None:
    """Make the tables in a new file and add to an older one; refuse one that is not ours or newer than we.

    Raises:
        ConfigError: with the path and the way out.
    """
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application == APPLICATION and version == VERSION:
        return
    if application == APPLICATION and version > VERSION:
        raise ConfigError(
            "misconfigured",
            setting="store.path",
            error=f"{path} was written by a newer Reception (version {version} of the file, this program "
            f"knows {VERSION}). Start the newer program, or name another file.",
        )
    if tables and application != APPLICATION:
        raise ConfigError(
            "misconfigured",
            setting="store.path",
            error=f"{path} is a database of another program. Name another file.",
        )
    with connection:
        connection.execute("BEGIN")
        for step in _STEPS[version if application == APPLICATION else 0 :]:
            for statement in step:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
