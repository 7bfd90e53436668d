"""The tables, on both databases. Each row is a struct as JSON beside what it is found by.

A change here needs a migration (`migrations/versions`); a test compares what they make with this.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import CheckConstraint, Column, Float, Index, Integer, LargeBinary, MetaData, Table, Text

APPLICATION: Final = 0x52434550
"""Written into a SQLite file ("RCEP"), so that another program's database is not taken for ours."""
VERSION: Final = 4
"""Number of the newest migration. A SQLite file says it as its user_version too: a Reception that is older
than these migrations reads that, and refuses the file."""
VERSION_TABLE: Final = "reception_version"

metadata: Final = MetaData()


def _keyed(name: str, key: str, *more: Column[float]) -> Table:
    return Table(
        name,
        metadata,
        Column(key, Text, primary_key=True),
        *more,
        Column("row", LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def _only(name: str, content: Column[bytes] | Column[int]) -> Table:
    """A table of one row."""
    return Table(
        name,
        metadata,
        Column("only", Integer, primary_key=True, autoincrement=False),
        content,
        CheckConstraint('"only" = 1'),
    )


calls: Final = _keyed("calls", "id")
attendants: Final = _keyed("attendants", "id")
spoken: Final = _keyed("spoken", "number", Column("at", Float(53), nullable=False))
entries: Final = _keyed("entries", "id")
accounts: Final = _keyed("accounts", "person")
sessions: Final = _keyed("sessions", "person")
day: Final = _only("day", Column("row", LargeBinary, nullable=False))

outcomes: Final = Table(
    "outcomes",
    metadata,
    Column("intent", Text, primary_key=True),
    Column("outcome", LargeBinary, nullable=False),
    Column("at", Float(53), nullable=False),
    Index("outcomes_at", "at"),
    sqlite_with_rowid=False,
)

people: Final = Table(
    "people",
    metadata,
    Column("generation", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("row", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
"""The directory that holds is the generation that `directory` names. A new one is written beside it bit by
bit, so that changes of calls do not wait for it, and holds from one small transaction on."""
directory: Final = _only("directory", Column("generation", Integer, nullable=False))
