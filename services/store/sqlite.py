"""The `Store` port on SQLite: one file, readable by its user only.

Each row is a struct as JSON. What `save_*` has returned for outlives the end of the process (WAL,
synchronous NORMAL: only a power failure may take the last moments, never the whole file). A file that cannot
be read is never replaced or repaired in silence: `ConfigError` names it and says what to do.
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from reception.errors import ConfigError, Unavailable
from reception.model.attendants import Attendant
from reception.model.calls import Call, Spoken
from reception.model.people import Person
from reception.model.stored import DayRecord
from reception.ports import StoredState
from services.store.schema import prepare

OUTCOMES_KEPT_S: Final = 24 * 3600.0
"""Intents are repeated within seconds; a day is plenty."""
WAIT_FOR_LOCK_S: Final = 3.0
_CORRUPT: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

T = TypeVar("T")
_encode: Final = msgspec.json.Encoder().encode


class SqliteStore:
    """The hub's memory in a file. One process at a time: the file is locked. Any thread may call."""

    def __init__(self, path: str) -> None:
        """Open or make the file.

        Raises:
            ConfigError: the file is damaged, another program's, newer than we are, or cannot be written.
            Unavailable: another hub has it open.
        """
        self._path = path
        self._lock = threading.RLock()
        with self._translated():
            _make_private(path)
            self._db = sqlite3.connect(
                path, timeout=WAIT_FOR_LOCK_S, isolation_level=None, check_same_thread=False
            )
            try:
                self._open()
            except BaseException:
                self._db.close()
                raise

    def _open(self) -> None:
        for pragma in ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL"):
            self._db.execute(f"PRAGMA {pragma}")
        prepare(self._db, self._path)
        found = self._db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise self._damaged(str(found))

    # -------------------------------------------------------------- the port

    def load(self) -> StoredState:
        """Read everything. Raises ConfigError when a row cannot be understood."""
        with self._translated():
            return StoredState(
                calls=self._rows("SELECT row FROM calls ORDER BY id", Call),
                attendants=self._rows("SELECT row FROM attendants ORDER BY id", Attendant),
                people=self._rows("SELECT row FROM people ORDER BY position", Person),
                day=next(iter(self._rows("SELECT row FROM day", DayRecord)), None),
                spoken=self._spoken(),
            )

    def save_calls(self, changed: Iterable[Call], ended: Iterable[str]) -> None:
        """Keep these calls and forget those ids."""
        with self._transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO calls VALUES (?, ?)", [(c.id, _encode(c)) for c in changed]
            )
            self._db.executemany("DELETE FROM calls WHERE id = ?", [(call,) for call in ended])

    def save_attendants(self, changed: Iterable[Attendant]) -> None:
        """Keep these receptionists' log-ins."""
        with self._transaction():
            self._db.executemany(
                "INSERT OR REPLACE INTO attendants VALUES (?, ?)", [(a.id, _encode(a)) for a in changed]
            )

    def replace_people(self, people: Sequence[Person]) -> None:
        """Make this the directory: all or nothing."""
        with self._transaction():
            self._db.execute("DELETE FROM people")
            self._db.executemany(
                "INSERT INTO people VALUES (?, ?)", ((i, _encode(p)) for i, p in enumerate(people))
            )

    def save_day(self, day: DayRecord) -> None:
        """Keep the day's counts, in place of those kept before."""
        with self._transaction():
            self._db.execute("INSERT OR REPLACE INTO day VALUES (1, ?)", (_encode(day),))

    def save_spoken(self, latest: Mapping[str, Spoken], forgotten: Iterable[str]) -> None:
        """Keep whom these numbers were put through to and forget those."""
        with self._transaction():
            rows = [(number, spoken.at, _encode(spoken)) for number, spoken in latest.items()]
            self._db.executemany("INSERT OR REPLACE INTO spoken VALUES (?, ?, ?)", rows)
            self._db.executemany("DELETE FROM spoken WHERE number = ?", [(n,) for n in forgotten])

    def outcome_of(self, intent: str) -> bytes | None:
        """Return the stored outcome of an intent that was carried out before, or None."""
        with self._translated():
            row = self._db.execute("SELECT outcome FROM outcomes WHERE intent = ?", (intent,)).fetchone()
        return None if row is None else bytes(row[0])

    def save_outcome(self, intent: str, outcome: bytes, at: float) -> None:
        """Remember an intent's outcome; the first one stays. Forgets those older than a day."""
        with self._transaction():
            self._db.execute("INSERT OR IGNORE INTO outcomes VALUES (?, ?, ?)", (intent, outcome, at))
            self._db.execute("DELETE FROM outcomes WHERE at < ?", (at - OUTCOMES_KEPT_S,))

    def close(self) -> None:
        """Write out and let go. Harmless when closed."""
        self._db.close()

    # -------------------------------------------------------------- how

    def _rows(self, query: str, kind: type[T]) -> tuple[T, ...]:
        decode: Callable[[bytes], T] = msgspec.json.Decoder(kind).decode
        try:
            return tuple(decode(row) for (row,) in self._db.execute(query))
        except msgspec.DecodeError as error:
            raise self._damaged(f"a stored {kind.__name__.lower()} is unreadable: {error}") from error

    def _spoken(self) -> tuple[tuple[str, Spoken], ...]:
        numbers = [number for (number,) in self._db.execute("SELECT number FROM spoken ORDER BY at, number")]
        rows = self._rows("SELECT row FROM spoken ORDER BY at, number", Spoken)
        return tuple(zip(numbers, rows, strict=True))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._translated():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Say SQLite's and the system's errors in our words."""
        with self._lock:
            try:
                yield
            except sqlite3.Error as error:
                raise self._in_our_words(error) from error
            except OSError as error:
                raise self._unusable(str(error)) from error

    def _in_our_words(self, error: sqlite3.Error) -> ConfigError | Unavailable:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in _CORRUPT:
            return self._damaged(str(error))
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return Unavailable("unreachable", address=f"{self._path} (another hub has it open)")
        if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
            return self._unusable(str(error))
        return Unavailable("unreachable", address=f"{self._path} ({error})")

    def _damaged(self, detail: str) -> ConfigError:
        return ConfigError(
            "misconfigured",
            setting="store.path",
            error=f"{self._path} is damaged ({detail}). Nothing was changed in it. Move the file away "
            "to start with an empty one (then import the people again), or put a backup in its place.",
        )

    def _unusable(self, detail: str) -> ConfigError:
        return ConfigError(
            "misconfigured",
            setting="store.path",
            error=f"{self._path} cannot be written ({detail}). Give the hub's user the right, or name "
            "another file.",
        )


def _make_private(path: str) -> None:
    """Make the file (and its folder) for its user only, before anything is written."""
    Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    os.chmod(path, 0o600)
