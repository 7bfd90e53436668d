"""The shape of ``reception.toml``, and words for what does not fit into it."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import msgspec

from reception.directory.numbers import NumberPlan
from reception.model.groups import AttendantGroup


class HubSettings(msgspec.Struct, frozen=True, kw_only=True):
    """[hub]. `listen` is HOST:PORT, port 0 for any free one; `data` the folder for what must last.

    `zone` is an IANA time zone; empty for the computer's own. `idle_exit_s` is how long a hub that was
    started by a console waits without one, and without a call, before it ends by itself.
    """

    name: str = "Reception"
    listen: str = "127.0.0.1:0"
    tls_cert: str = ""
    tls_key: str = ""
    data: str = ""
    zone: str = ""
    idle_exit_s: float = 60.0


class AttendantSettings(msgspec.Struct, frozen=True, kw_only=True):
    """[[attendants]]. The token comes from `token_file`, from the variable `token_env`, or is made by us.

    `sees_hidden`: is told the numbers that are hidden from others.
    """

    id: str
    name: str
    number: str
    groups: tuple[str, ...] = ()
    ready_at_start: bool = False
    token_file: str = ""
    token_env: str = ""
    sees_hidden: bool = False


class ParkingSettings(msgspec.Struct, frozen=True, kw_only=True):
    """[parking]."""

    slots: tuple[str, ...] = tuple(str(n) for n in range(701, 721))


class PeopleSettings(msgspec.Struct, frozen=True, kw_only=True):
    """[people]. `first_import`: a CSV file to read when the directory is empty.

    `notes` names the free columns that are shown on the card and never searched; `hide_mobiles` keeps
    mobiles from all receptionists but those who see what is hidden.
    """

    first_import: str = ""
    notes: tuple[str, ...] = ()
    hide_mobiles: bool = False


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """A whole configuration, checked, with absolute paths and with its secrets read.

    `presence` are the backends' names with their settings. `starts_afresh`: what was stored before is
    forgotten at start (the demonstration).
    """

    path: Path
    hub: HubSettings
    groups: tuple[AttendantGroup, ...]
    attendants: tuple[AttendantSettings, ...]
    parking: ParkingSettings
    people: PeopleSettings
    numbers: NumberPlan
    switch_backend: str
    switch: dict[str, Any]
    store_backend: str
    store: dict[str, Any]
    presence: tuple[tuple[str, dict[str, Any]], ...] = ()
    starts_afresh: bool = False


_WORDS: Final = {
    "`str`": "text",
    "`int`": "a whole number",
    "`float`": "a number",
    "`bool`": "true or false",
    "`array`": "a list",
    "`object`": "a table",
}


def first_unknown(kind: Any, value: object, where: str) -> str | None:
    """Return the complaint about the first setting that `kind` does not have, or None."""
    if not isinstance(value, Mapping):
        return f"{where}: must be a table."
    fields = {field.name: field.type for field in msgspec.structs.fields(kind)}
    for key, inner in value.items():
        if key not in fields:
            near = difflib.get_close_matches(key, fields, n=1)
            guess = f" Did you mean {near[0]}?" if near else ""
            return f"{where}: unknown setting {key}.{guess} Allowed: {', '.join(fields)}."
        inner_kind = fields[key]
        is_struct = isinstance(inner_kind, type) and issubclass(inner_kind, msgspec.Struct)
        if is_struct and (found := first_unknown(inner_kind, inner, f"{where} {key}")):
            return found
    return None


def words_for(error: msgspec.ValidationError, where: str) -> str:
    """Say a validation error as: place, then what is expected there."""
    text, _, path = str(error).partition(" - at ")
    missing = re.fullmatch(r"Object missing required field `(\w+)`", text)
    if missing:
        return f"{where}: {missing[1]} is missing."
    for code, words in _WORDS.items():
        text = text.replace(code, words)
    key = path.strip("`").removeprefix("$").removeprefix(".")
    return f"{where} {key}: {text[0].lower()}{text[1:]}." if key else f"{where}: {text}."
