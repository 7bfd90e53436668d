"""What must outlive the hub, in SQLite or PostgreSQL."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from reception.errors import ConfigError
from services.store.settings import PostgresSettings, SqliteSettings

if TYPE_CHECKING:
    from services.store.postgresql import PostgresStore
    from services.store.sqlite import SqliteStore

S = TypeVar("S", bound=msgspec.Struct)


async def create_sqlite(settings: Mapping[str, Any]) -> SqliteStore:
    """Open the store in a file.

    Raises:
        ConfigError: the settings or the file cannot be used; says which and what to do.
        Unavailable: another hub has the file open.
    """
    from services.store.sqlite import SqliteStore

    store = SqliteStore(_checked(settings, SqliteSettings).path)
    await store.open()
    return store


async def create_postgresql(settings: Mapping[str, Any]) -> PostgresStore:
    """Open the store on a PostgreSQL server.

    Raises:
        ConfigError: the settings cannot be used, or not with what is there; says which and what to do.
        AuthNeeded: the server does not accept the password.
        Unavailable: the server cannot be reached, or another hub has the store.
    """
    from services.store.postgresql import PostgresStore

    store = PostgresStore(_checked(settings, PostgresSettings).target())
    await store.open()
    return store


def _checked(settings: Mapping[str, Any], kind: type[S]) -> S:
    try:
        return msgspec.convert(dict(settings), kind)
    except msgspec.ValidationError as error:
        raise ConfigError("misconfigured", setting="store", error=str(error)) from error
