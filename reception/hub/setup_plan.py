"""From the fields of a description to the settings in the files, and back. Nothing is written here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from reception.errors import CommandRefused
from reception.hub.toml_edit import Edit
from reception.hub.toml_lines import Path
from reception.model.setup import OFF, ON, Description, Field, FieldKind, Place

_WAYS: Final = ("_file", "_env")
"""How a secret may stand in the file otherwise than by itself (`reception.hub.secrets`)."""
_NOTHING: Final[Mapping[str, Any]] = {}


class Files(NamedTuple):
    """What the configuration and the office file say."""

    config: Mapping[str, Any]
    office: Mapping[str, Any]


class Plan(NamedTuple):
    """What to change in each of them. `drops_directory`: it is not asked online any more."""

    config: tuple[Edit, ...]
    office: tuple[Edit, ...]
    drops_directory: bool


# ------------------------------------------------------------------ reading


def is_used(description: Description, files: Files) -> bool:
    """Return whether the configuration names the service."""
    return _element(description, files) is not None or _is_directory(description, files)


def values_in(description: Description, files: Files) -> dict[str, str]:
    """Return what holds for each field, without what is kept back."""
    return {f.name: _value(f, description, files) for f in description.fields if not f.is_kept_back}


def kept_in(description: Description, files: Files) -> tuple[str, ...]:
    """Return the names of the secrets and files that there are."""
    held = []
    for field in description.fields:
        table = _table(field, description, files)
        if field.is_kept_back and any(table.get(key) for key in _spellings(field)):
            held.append(field.name)
    return tuple(held)


def _value(field: Field, description: Description, files: Files) -> str:
    if field.place is Place.DIRECTORY_CHOICE:
        return ON if _is_directory(description, files) else OFF
    found: Any = _table(field, description, files)
    for part in field.key.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    if isinstance(found, bool):
        return ON if found else OFF
    return found if isinstance(found, str) else field.default


def _table(field: Field, description: Description, files: Files) -> Mapping[str, Any]:
    match field.place:
        case Place.SHARED:
            found = files.config.get(description.shared)
        case Place.PRESENCE:
            number = _element(description, files)
            found = None if number is None else files.config["presence"][number].get(description.service)
        case Place.DIRECTORY:
            found = files.config.get("directory", _NOTHING).get(description.service)
        case Place.OFFICE:
            found = files.office
        case _:
            found = None
    return found if isinstance(found, Mapping) else _NOTHING


def _element(description: Description, files: Files) -> int | None:
    """Return which of [[presence]] the service is."""
    several = files.config.get("presence", ())
    return next((n for n, one in enumerate(several) if one.get("backend") == description.service), None)


def _is_directory(description: Description, files: Files) -> bool:
    return bool(files.config.get("directory", _NOTHING).get("backend") == description.service)


def _spellings(field: Field) -> tuple[str, ...]:
    ways = _WAYS if field.kind is FieldKind.SECRET else ()
    return (field.key, *(f"{field.key}{way}" for way in ways))


# ------------------------------------------------------------------ what was given


def checked(
    description: Description, files: Files, values: Mapping[str, str], secrets: Mapping[str, str]
) -> dict[str, str]:
    """Return the values as they are meant, those that were not given as they are.

    Raises CommandRefused for what is missing, or not one of the choices, and when a secret that the hub
    has would be shown to another address than it was given for.
    """
    before = values_in(description, files)
    given = before | {name: value.strip() for name, value in values.items() if name in before}
    for field in description.fields:
        value = given.get(field.name, "")
        if field.is_needed and not (value or field.is_kept_back):
            raise CommandRefused("setup_lacks", title=field.label)
        if not _is_possible(field, value):
            raise CommandRefused("setup_faulty", error=f"{field.label}: {value!r}")
    _check_secrets(description, files, given, secrets)
    return given


def _is_possible(field: Field, value: str) -> bool:
    match field.kind:
        case FieldKind.CHOICE:
            return any(choice.value == value for choice in field.choices)
        case FieldKind.SWITCH:
            return value in (ON, OFF)
        case _:
            return value.isprintable()


def _check_secrets(
    description: Description, files: Files, given: Mapping[str, str], secrets: Mapping[str, str]
) -> None:
    kept, before = set(kept_in(description, files)), values_in(description, files)
    fields = {field.name: field for field in description.fields}
    for name in kept:
        if any(name in fields[other].excludes for other in secrets if other in fields):
            kept = kept - {name}
    needed = description.needs_one_of
    if needed and not any(name in secrets or name in kept for name in needed):
        raise CommandRefused("setup_lacks", title=fields[needed[0]].label)
    is_moved = any(
        (f.name in secrets) if f.is_kept_back else given[f.name] != before[f.name]
        for f in fields.values()
        if f.guards
    )
    for name in kept - secrets.keys():
        if (is_moved and fields[name].kind is FieldKind.SECRET) or (is_moved and name in needed):
            raise CommandRefused("setup_secret_again", title=fields[name].label)


# ------------------------------------------------------------------ what to write


def plan(description: Description, files: Files, values: Mapping[str, str], given: Mapping[str, str]) -> Plan:
    """Return the edits for checked values; `given` are the files that secrets were written into, by field."""
    wants_directory = any(
        values[f.name] == ON for f in description.fields if f.place is Place.DIRECTORY_CHOICE
    )
    config = [*_presence(description, files)]
    office: list[Edit] = []
    for field in description.fields:
        if field.place in (Place.DIRECTORY, Place.DIRECTORY_CHOICE) and not wants_directory:
            continue
        edits = _edits(field, description, files, values, given)
        (office if field.place is Place.OFFICE else config).extend(edits)
    drops = not wants_directory and _is_directory(description, files)
    return Plan(tuple(config), tuple(office), drops)


def _presence(description: Description, files: Files) -> Iterator[Edit]:
    if _element(description, files) is None:
        number = len(files.config.get("presence", ()))
        yield Edit(("presence", number, "backend"), description.service)


def _edits(
    field: Field,
    description: Description,
    files: Files,
    values: Mapping[str, str],
    given: Mapping[str, str],
) -> Iterator[Edit]:
    where = _path(field, description, files)
    if field.is_kept_back:
        excluded = any(field.name in f.excludes for f in description.fields if f.name in given)
        if field.name in given or excluded:
            held = _table(field, description, files)
            yield from (Edit((*where, key), None) for key in _spellings(field) if key in held)
        if field.name in given:
            key = field.key if field.kind is FieldKind.FILE else f"{field.key}_file"
            yield Edit((*where, key), given[field.name])
        return
    value = values[field.name]
    if value == _value(field, description, files):
        return
    if field.place is Place.DIRECTORY_CHOICE:
        yield Edit((*where, field.key), description.service)
    else:
        setting = value == ON if field.kind is FieldKind.SWITCH else value
        yield Edit((*where, *field.key.split(".")), setting)


def _path(field: Field, description: Description, files: Files) -> Path:
    match field.place:
        case Place.SHARED:
            return (description.shared,)
        case Place.PRESENCE:
            number = _element(description, files)
            last = len(files.config.get("presence", ()))
            return ("presence", last if number is None else number, description.service)
        case Place.DIRECTORY:
            return ("directory", description.service)
        case Place.DIRECTORY_CHOICE:
            return ("directory",)
        case Place.OFFICE:
            return ()
