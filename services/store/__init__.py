"""What must outlive the hub, in SQLite."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from reception.errors import ConfigError
from services.store.sqlite import SqliteStore


class StoreSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The store's section of the configuration: the file's `path`."""

    path: str


def create(settings: Mapping[str, Any]) -> SqliteStore:
    """Open the store.

    Raises:
        ConfigError: the settings or the file cannot be used; says which and what to do.
        Unavailable: another hub has the file open.
    """
    try:
        parsed = msgspec.convert(dict(settings), StoreSettings)
    except msgspec.ValidationError as error:
        raise ConfigError("misconfigured", setting="store", error=str(error)) from error
    return SqliteStore(parsed.path)
