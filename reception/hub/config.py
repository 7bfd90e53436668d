"""The hub's settings: ``reception.toml``, read whole and checked before anything starts.

Every fault is a `BadInput` whose text names the file, the setting and what is allowed there. The types below
are the format; the rules that types cannot tell are in `reception.hub.config_rules`.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

from reception.directory.numbers import NumberPlan
from reception.errors import BadInput
from reception.hub.config_rules import check_rules
from reception.hub.config_shape import (
    AttendantSettings,
    Config,
    HubSettings,
    ParkingSettings,
    PeopleSettings,
    first_unknown,
    words_for,
)
from reception.hub.secrets import with_secrets
from reception.model.groups import AttendantGroup

T = TypeVar("T")

_TABLES: Final = (
    "hub",
    "store",
    "switch",
    "people",
    "groups",
    "attendants",
    "parking",
    "numbers",
    "presence",
)


def load_config(path: Path) -> Config:
    """Read and check a configuration. Relative paths in it are relative to the file. Raises BadInput."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        hint = f"{path}: no such file. `reception hub init` writes an example to start from."
        raise BadInput("misconfigured", hint) from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("misconfigured", f"{path}: cannot be read: {error}") from error
    return parse_config(text, path)


def parse_config(text: str, path: Path) -> Config:
    """Check the text of a configuration; `path` is for messages and relative paths. Raises BadInput."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput("misconfigured", f"{path}: is not valid TOML: {error}") from error
    reader = _Reader(path, tables)
    config = reader.read()
    for fault in check_rules(config):
        raise reader.fault(fault)
    return config


class _Reader:
    """Turns the tables of one file into a `Config`."""

    def __init__(self, path: Path, tables: dict[str, Any]) -> None:
        self._path = path
        self._tables = tables

    def fault(self, text: str) -> BadInput:
        return BadInput("misconfigured", f"{self._path}: {text}")

    def read(self) -> Config:
        for table in self._tables:
            if table not in _TABLES:
                raise self.fault(f"unknown table [{table}]. Allowed: {', '.join(_TABLES)}.")
        switch_backend, switch = self._backend("switch", default="")
        if not switch_backend:
            raise self.fault('[switch] needs backend = "NAME", for example "asterisk" or "simulator".')
        store_backend, store = self._backend("store", default="sqlite")
        config = Config(
            path=self._path,
            hub=self._typed("hub", HubSettings, self._tables.get("hub", {})),
            groups=self._list("groups", AttendantGroup),
            attendants=self._list("attendants", AttendantSettings),
            parking=self._typed("parking", ParkingSettings, self._tables.get("parking", {})),
            people=self._typed("people", PeopleSettings, self._tables.get("people", {})),
            numbers=self._typed("numbers", NumberPlan, self._tables.get("numbers", {})),
            switch_backend=switch_backend,
            switch=switch,
            store_backend=store_backend,
            store=store,
            presence=self._presence(),
        )
        return self._with_absolute_paths(config)

    def _list(self, table: str, kind: type[T]) -> tuple[T, ...]:
        items = self._tables.get(table, [])
        if not isinstance(items, list):
            raise self.fault(f"write [[{table}]] with two brackets, once for each.")
        return tuple(self._typed(f"{table}[{n}]", kind, item) for n, item in enumerate(items, start=1))

    def _typed(self, where: str, kind: type[T], value: object) -> T:
        if unknown := first_unknown(kind, value, where):
            raise self.fault(unknown)
        try:
            return msgspec.convert(value, kind)
        except msgspec.ValidationError as error:
            raise self.fault(words_for(error, where)) from error

    def _presence(self) -> tuple[tuple[str, dict[str, Any]], ...]:
        items = self._tables.get("presence", [])
        if not isinstance(items, list):
            raise self.fault("write [[presence]] with two brackets, once for each.")
        return tuple(self._chosen("presence", item, default=None) for item in items)

    def _backend(self, table: str, *, default: str) -> tuple[str, dict[str, Any]]:
        """Return a backend's name and its own table, for example [switch] and [switch.asterisk]."""
        return self._chosen(table, self._tables.get(table, {}), default=default)

    def _chosen(self, table: str, chosen: Any, *, default: str | None) -> tuple[str, dict[str, Any]]:
        name = chosen.get("backend", default) if isinstance(chosen, dict) else None
        if not isinstance(name, str):
            raise self.fault(f'[{table}] needs backend = "NAME".')
        for key, value in chosen.items():
            if key != "backend" and not isinstance(value, dict):
                raise self.fault(f"[{table}] {key}: write settings of a backend in [{table}.{name}].")
        settings = dict(chosen.get(name, {}))
        return name, with_secrets(settings, self._path, f"[{table}.{name}]")

    def _with_absolute_paths(self, config: Config) -> Config:
        base = self._path.absolute().parent
        hub = config.hub
        files = {k: str(base / v) for k in ("data", "tls_cert", "tls_key") if (v := getattr(hub, k))}
        first = config.people.first_import
        people = config.people
        if first:
            people = msgspec.structs.replace(people, first_import=str(base / first))
        attendants = tuple(
            msgspec.structs.replace(a, token_file=str(base / a.token_file)) if a.token_file else a
            for a in config.attendants
        )
        hub = msgspec.structs.replace(hub, **files)
        return msgspec.structs.replace(config, hub=hub, people=people, attendants=attendants)
