"""The store in SQLite: one file, readable by its user only.

What a method has returned for outlives the end of the process (WAL, synchronous NORMAL: only a power failure
may take the last moments, never the whole file). A file that cannot be read is never replaced or repaired in
silence: `ConfigError` names it and says what to do.

All work is done by one thread of ours, a transaction at a time, so that a slow disk does not hold up the
loop. SQLAlchemy's own way (aiosqlite) goes to a thread and back for each statement: on a busy computer a
batch takes 4 ms in place of 0.6, and the answer to a key waits for it.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from reception.errors import ConfigError, Unavailable
from services.store.rows import Unreadable
from services.store.schema import prepare
from services.store.store import SqlStore

WAIT_FOR_LOCK_S: Final = 3.0
_PRAGMAS: Final = ("locking_mode = EXCLUSIVE", "journal_mode = WAL", "synchronous = NORMAL")
_CORRUPT: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_SETTING: Final = "store.path"

T = TypeVar("T")


class SqliteStore(SqlStore):
    """The hub's memory in a file. One process at a time: the file is locked."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self._path = path
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self._connection: Connection | None = None

    async def open(self) -> None:
        """Open or make the file, and bring an older one up to date.

        Raises:
            ConfigError: the file is damaged, another program's, newer than we are, or cannot be written.
            Unavailable: another hub has it open.
        """
        try:
            await self._in_thread(self._open)
        except BaseException:
            self._thread.shutdown()
            raise

    async def close(self) -> None:
        """Write out and let go. Harmless when closed."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await self._in_thread(lambda: _let_go(connection))
            self._thread.shutdown()

    async def _do(self, work: Callable[[Connection], T]) -> T:
        if self._connection is None:
            raise Unavailable("unreachable", address=f"{self._path} (it is closed)")
        return await self._in_thread(self._transaction, work, self._connection)

    # -------------------------------------------------------------- in the thread

    async def _in_thread(self, work: Callable[..., T], *given: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work, *given)

    def _open(self) -> None:
        with self._translated():
            _make_private(self._path)
            connection = _engine(self._path).connect()
            try:
                with connection.begin():
                    prepare(connection, self._path, _SETTING)
                with connection.begin():
                    found = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar_one()
                if found != "ok":
                    raise self._damaged(str(found))
            except BaseException:
                _let_go(connection)
                raise
        self._connection = connection

    def _transaction(self, work: Callable[[Connection], T], connection: Connection) -> T:
        with self._translated(), connection.begin():
            return work(connection)

    # -------------------------------------------------------------- errors

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Say SQLite's and the system's errors in our words."""
        try:
            yield
        except Unreadable as error:
            raise self._damaged(str(error)) from error
        except DBAPIError as error:
            raise self._in_our_words(error.orig or error) from error
        except sqlite3.Error as error:
            raise self._in_our_words(error) from error
        except SQLAlchemyError as error:
            raise Unavailable("unreachable", address=f"{self._path} ({error})") from error
        except OSError as error:
            raise self._unusable(str(error)) from error

    def _in_our_words(self, error: BaseException) -> ConfigError | Unavailable:
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
            setting=_SETTING,
            error=f"{self._path} is damaged ({detail}). Nothing was changed in it. Move the file away "
            "to start with an empty one (then import the people again), or put a backup in its place.",
        )

    def _unusable(self, detail: str) -> ConfigError:
        return ConfigError(
            "misconfigured",
            setting=_SETTING,
            error=f"{self._path} cannot be written ({detail}). Give the hub's user the right, or name "
            "another file.",
        )


def _engine(path: str) -> Engine:
    """Return an engine for the one connection that we keep; transactions begin as we say."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(
            path, timeout=WAIT_FOR_LOCK_S, isolation_level=None, check_same_thread=False
        )
        try:
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=StaticPool)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    return engine


def _let_go(connection: Connection) -> None:
    connection.close()
    connection.engine.dispose()


def _make_private(path: str) -> None:
    """Make the file (and its folder) for its user only, before anything is written."""
    Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    os.chmod(path, 0o600)
