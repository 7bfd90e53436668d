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
from reception.hub.config_rules import check_office_names, check_rules
from reception.hub.config_shape import (
    AttendantSettings,
    Config,
    HubSettings,
    IdentityRules,
    OfficeRef,
    ParkingSettings,
    PeopleSettings,
    SoundSettings,
    WebPageSettings,
)
from reception.hub.config_words import first_unknown, place_of, words_for
from reception.hub.office_file import FILE as OFFICE_FILE
from reception.hub.office_file import load_office
from reception.hub.office_shape import OfficeSettings
from reception.hub.secrets import with_secrets
from reception.hub.toml_lines import line_of, lines_of
from reception.model.groups import AttendantGroup
from reception.model.microsoft import MicrosoftAccount

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
    "office",
    "web",
    "sounds",
    "speech",
    "mail",
    "microsoft",
    "directory",
    "identity",
)

_PATHS: Final = ("folder", "ca_file", "certificate", "notify_cert", "notify_key")
"""Settings of backends that are paths. Those of secrets are read before a backend sees them."""
_SHARING: Final = {"graph": "microsoft"}
"""Backends that share a table, by their names."""


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
    reader = _Reader(path, tables, text)
    config = reader.read()
    for fault in check_rules(config):
        raise reader.fault(fault)
    config = msgspec.structs.replace(config, office=reader.office(config), office_file=reader.office_file)
    for fault in check_office_names(config):
        raise reader.fault(fault)
    return config


class _Reader:
    """Turns the tables of one file into a `Config`."""

    def __init__(self, path: Path, tables: dict[str, Any], text: str) -> None:
        self._path = path
        self._tables = tables
        self._text = text

    def fault(self, text: str) -> BadInput:
        lines, place = lines_of(self._text), place_of(text)
        line = f":{line_of(lines, place)}" if place[:1] in lines else ""  # a table that is missing has none
        return BadInput("misconfigured", f"{self._path}{line}: {text}")

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
            microsoft=self._microsoft(),
            directory=self._backend("directory", default=None) if "directory" in self._tables else None,
            identity=self._identity(),
            identity_rules=self._typed("identity", IdentityRules, self._split_identity()[0]),
            mail=self._backend("mail", default=None) if "mail" in self._tables else None,
            web=self._typed("web", WebPageSettings, self._tables.get("web", {})),
            sounds=self._typed("sounds", SoundSettings, self._tables.get("sounds", {})),
            speech=self._several("speech"),
        )
        return self._with_absolute_paths(config)

    @property
    def office_file(self) -> Path:
        """Where the office file is, or would be."""
        named = self._typed("office", OfficeRef, self._tables.get("office", {})).file
        return self._path.absolute().parent / (named or OFFICE_FILE)

    def office(self, config: Config) -> OfficeSettings | None:
        """Return what the office file says; None where there is none. Raises BadInput."""
        path = self.office_file
        if not self._tables.get("office", {}).get("file") and not path.exists():
            return None
        return load_office(path, numbers=config.numbers, zone=config.hub.zone)

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

    def _several(self, table: str) -> tuple[tuple[str, dict[str, Any]], ...]:
        """Return the backends of a kind that there may be several of."""
        items = self._tables.get(table, [])
        if not isinstance(items, list):
            raise self.fault(f"write [[{table}]] with two brackets, once for each.")
        return tuple(self._chosen(table, item, default=None) for item in items)

    def _identity(self) -> tuple[str, dict[str, Any]] | None:
        if "identity" not in self._tables:
            return None
        return self._chosen("identity", self._split_identity()[1], default=None)

    def _split_identity(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what of [identity] is ours, and what says which backend there is."""
        given = self._tables.get("identity", {})
        if not isinstance(given, dict):
            raise self.fault("write [identity] with one bracket: there is one.")
        ours = {key: value for key, value in given.items() if key in IdentityRules.__struct_fields__}
        return ours, {key: value for key, value in given.items() if key not in ours}

    def _presence(self) -> tuple[tuple[str, dict[str, Any]], ...]:
        chosen = self._several("presence")
        zone = self._tables.get("hub", {}).get("zone", "")
        return tuple((name, {"zone": zone, **own} if zone else own) for name, own in chosen)

    def _backend(self, table: str, *, default: str | None) -> tuple[str, dict[str, Any]]:
        """Return a backend's name and its own table, for example [switch] and [switch.asterisk]."""
        return self._chosen(table, self._tables.get(table, {}), default=default)

    def _chosen(self, table: str, chosen: Any, *, default: str | None) -> tuple[str, dict[str, Any]]:
        name = chosen.get("backend", default) if isinstance(chosen, dict) else None
        if not isinstance(name, str):
            raise self.fault(f'[{table}] needs backend = "NAME".')
        for key, value in chosen.items():
            if key != "backend" and not isinstance(value, dict):
                raise self.fault(f"[{table}] {key}: write settings of a backend in [{table}.{name}].")
        settings = self._settings(chosen.get(name, {}), f"[{table}.{name}]")
        shared = _SHARING.get(name, "")
        if shared in self._tables:
            settings[shared] = self._shared(shared)
        return name, settings

    def _microsoft(self) -> MicrosoftAccount | None:
        if "microsoft" not in self._tables:
            return None
        return self._typed("microsoft", MicrosoftAccount, self._shared("microsoft"))

    def _shared(self, table: str) -> dict[str, Any]:
        given = self._tables[table]
        if not isinstance(given, dict):
            raise self.fault(f"write [{table}] with one bracket: there is one.")
        return self._settings(given, f"[{table}]")

    def _settings(self, given: dict[str, Any], where: str) -> dict[str, Any]:
        """Return settings with absolute paths and with their secrets read."""
        settings = dict(given)
        for key in _PATHS:
            if isinstance(value := settings.get(key), str) and value:
                settings[key] = str(self._path.absolute().parent / value)
        return with_secrets(settings, self._path, where)

    def _with_absolute_paths(self, config: Config) -> Config:
        base = self._path.absolute().parent
        hub = config.hub
        files = {k: str(base / v) for k in ("data", "tls_cert", "tls_key") if (v := getattr(hub, k))}
        people = config.people
        first = {k: str(base / v) for k in ("first_import", "first_contacts") if (v := getattr(people, k))}
        people = msgspec.structs.replace(people, **first)
        attendants = tuple(
            msgspec.structs.replace(a, token_file=str(base / a.token_file)) if a.token_file else a
            for a in config.attendants
        )
        hub = msgspec.structs.replace(hub, **files)
        web = config.web
        web_files = {k: str(base / v) for k in ("tls_cert", "tls_key") if (v := getattr(web, k))}
        web = msgspec.structs.replace(web, **web_files)
        sounds = config.sounds
        if sounds.folder:
            sounds = msgspec.structs.replace(sounds, folder=str(base / sounds.folder))
        return msgspec.structs.replace(
            config, hub=hub, people=people, attendants=attendants, web=web, sounds=sounds
        )
