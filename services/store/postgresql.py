"""The store in PostgreSQL, by asyncpg.

One connection does everything, since with it goes the advisory lock that keeps other hubs out: whoever can
write has the lock. When the connection is lost, the next call makes a new one and takes the lock again.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, Final, TypeVar

import asyncpg  # type: ignore[import-untyped]  # it has annotations, but does not say so
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from reception.errors import AuthNeeded, ConfigError, ServiceError, Unavailable
from services.store.rows import Unreadable
from services.store.schema import prepare
from services.store.settings import Target
from services.store.store import SqlStore
from services.store.tables import APPLICATION

WAIT_FOR_LOCK_S: Final = 3.0
"""The server notices within this time that a hub has died whose lock it keeps."""
LONGEST_S: Final = 10.0
"""For connecting, and for one transaction."""
_AGAIN_S: Final = 0.1
_SETTING: Final = "store.postgresql"
_SESSION: Final = {
    "application_name": "reception",
    "tcp_keepalives_idle": "10",  # or the lock of a hub whose computer is gone stays for two hours
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
_LOCK: Final = text(f"SELECT pg_try_advisory_lock({APPLICATION}, hashtext(current_schema()))")

_WRONG_PASSWORD: Final = "28P01"
_NOT_LET_IN: Final = "28000"
_NO_DATABASE: Final = "3D000"
_NO_RIGHT: Final = "42501"

T = TypeVar("T")


class PostgresStore(SqlStore):
    """The hub's memory on a server. One hub at a time has it: it holds a lock there."""

    def __init__(self, target: Target) -> None:
        super().__init__()
        self._target = target
        self._engine = create_async_engine(
            "postgresql+asyncpg://", async_creator=self._creator, poolclass=NullPool
        )
        self._connection: AsyncConnection | None = None
        self._turn = asyncio.Lock()
        self._is_closed = False

    async def open(self) -> None:
        """Connect, and bring an older store up to date.

        Raises:
            ConfigError: the database is not there, another program's, newer than we are, or not for us.
            AuthNeeded: the password is wrong.
            Unavailable: the server cannot be reached, or another hub has the store.
        """
        where = f"the database {self._target.address}"
        try:
            await self._do(lambda connection: prepare(connection, where, _SETTING))
        except BaseException:
            await self.close()
            raise

    async def close(self) -> None:
        """Write out and let go. Harmless when closed."""
        async with self._turn:
            self._is_closed = True
            await self._drop()
            await self._engine.dispose()

    async def _do(self, work: Callable[[Connection], T]) -> T:
        async with self._turn, self._translated(), asyncio.timeout(LONGEST_S):
            if self._is_closed:
                raise Unavailable("unreachable", address=f"{self._target.address} (it is closed)")
            connection = await self._connected()
            async with connection.begin():
                return await connection.run_sync(work)

    # -------------------------------------------------------------- the connection

    async def _connected(self) -> AsyncConnection:
        if self._connection is None:
            connection = await self._engine.connect()
            try:
                await self._take_lock(connection)
            except BaseException:
                await connection.close()
                raise
            self._connection = connection
        return self._connection

    async def _take_lock(self, connection: AsyncConnection) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + WAIT_FOR_LOCK_S
        while not (await connection.execute(_LOCK)).scalar_one():
            if loop.time() > until:
                address = f"{self._target.address} (another hub has it open)"
                raise Unavailable("unreachable", address=address)
            await asyncio.sleep(_AGAIN_S)
        await connection.commit()

    async def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            if connection.in_transaction():
                await connection.invalidate()
            await connection.close()

    async def _creator(self, *_: Any, **__: Any) -> Any:
        target = self._target
        return await asyncpg.connect(
            host=target.host,
            port=target.port,
            user=target.user,
            password=target.password,
            database=target.database,
            ssl=target.tls or False,
            timeout=LONGEST_S,
            server_settings=_SESSION,
        )

    # -------------------------------------------------------------- errors

    @asynccontextmanager
    async def _translated(self) -> AsyncIterator[None]:
        """Say the server's and the system's errors in our words; after one the connection is made anew."""
        try:
            yield
        except Unreadable as error:
            raise self._misconfigured(
                f"the database {self._target.address} is damaged ({error}). Nothing was changed in it. Put a "
                "backup in its place, or name an empty one (then import the people again)."
            ) from error
        except (SQLAlchemyError, asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
            await self._drop()
            raise self._in_our_words(_root(error)) from error

    def _in_our_words(self, error: BaseException) -> ServiceError:
        address, user = self._target.address, self._target.user
        match getattr(error, "sqlstate", None):
            case str(code) if code == _WRONG_PASSWORD:
                return AuthNeeded("wrong_password", address=address, user=user)
            case str(code) if code == _NOT_LET_IN:
                return self._misconfigured(f"{address} does not let {user} in: {error}")
            case str(code) if code == _NO_DATABASE:
                return self._misconfigured(
                    f"{address}: {error}. Create it there: createdb --owner={user} {self._target.database}"
                )
            case str(code) if code == _NO_RIGHT:
                return self._misconfigured(
                    f"{user} has no right to do this in {address} ({error}). Make it the database's owner."
                )
        if isinstance(error, ssl.SSLError):
            return ConfigError("tls_failed", address=address, error=str(error))
        if isinstance(error, TimeoutError):
            return Unavailable("unreachable", address=f"{address} (no answer within {LONGEST_S:.0f} s)")
        return Unavailable("unreachable", address=f"{address} ({error})")

    def _misconfigured(self, error: str) -> ConfigError:
        return ConfigError("misconfigured", setting=_SETTING, error=error)


def _root(error: BaseException) -> BaseException:
    """Return what asyncpg or the system said, from below SQLAlchemy's wrappings."""
    while isinstance(error, DBAPIError) and error.orig is not None:
        error = error.orig
    return error.__cause__ if _is_wrapping(error) and error.__cause__ is not None else error


def _is_wrapping(error: BaseException) -> bool:
    return type(error).__module__.startswith("sqlalchemy.")
