"""Words for what does not fit into the shape of a file of settings."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

_WORDS: Final = {
    "`str`": "text",
    "`int`": "a whole number",
    "`float`": "a number",
    "`bool`": "true or false",
    "`array`": "a list",
    "`object`": "a table",
}

_PLACE: Final = re.compile(r"(?:unknown table |write )?\[{0,2}(\w+)\]{0,2}(?:\[(\d+)\])?(?: (\w[\w.]*))?")
_UNKNOWN: Final = re.compile(r"unknown setting (\w+)")


def place_of(complaint: str) -> tuple[str | int, ...]:
    """Return where in the file a complaint is about, as it begins: ``groups[1] number: …``."""
    found = _PLACE.match(complaint)
    if found is None:
        return ()
    table, number, key = found.groups()
    place: tuple[str | int, ...] = (table,) if number is None else (table, int(number) - 1)
    unknown = _UNKNOWN.search(complaint)
    return (*place, *(key.split(".") if key else ()), *((unknown[1],) if unknown is not None else ()))


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
