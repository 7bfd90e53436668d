"""Brings a database up to date, and refuses one that is not ours or newer than we are."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sqlalchemy import Connection, inspect, text

from reception.errors import ConfigError
from services.store.tables import APPLICATION, VERSION, VERSION_TABLE, metadata

MIGRATIONS: Final = Path(__file__).parent / "migrations"
_BEFORE_ALEMBIC: Final = (1, 2)
"""Versions of SQLite files that say theirs by user_version alone."""


def prepare(connection: Connection, where: str, setting: str) -> None:
    """Migrate to the newest version, in the transaction that is open; `where` is for messages.

    Raises:
        ConfigError: it is another program's or of a newer Reception; nothing was changed.
    """
    version = _version(connection, where, setting)
    if version == VERSION:
        return
    if version > VERSION:
        error = (
            f"{where} was written by a newer Reception (version {version}, this program knows {VERSION}). "
            "Start the newer program, or name another."
        )
        raise ConfigError("misconfigured", setting=setting, error=error)
    _migrate(connection, version)
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        connection.exec_driver_sql(f"PRAGMA user_version = {VERSION}")


def _version(connection: Connection, where: str, setting: str) -> int:
    """Return the version of what is there, 0 for nothing."""
    tables = set(inspect(connection).get_table_names())
    if connection.dialect.name == "sqlite":
        application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
        if application == APPLICATION:
            return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        is_anothers = bool(tables)
    else:
        if VERSION_TABLE in tables:
            return int(connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar_one())
        is_anothers = not tables.isdisjoint(metadata.tables)
    if is_anothers:
        error = f"{where} is a database of another program. Name another."
        raise ConfigError("misconfigured", setting=setting, error=error)
    return 0


def _migrate(connection: Connection, version: int) -> None:
    # Only here, as it takes a quarter of a second to import, and a hub mostly finds all in order.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    if version in _BEFORE_ALEMBIC:
        command.stamp(config, str(version))
    command.upgrade(config, "head")
