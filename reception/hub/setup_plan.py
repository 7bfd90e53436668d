"""From the fields of a description to the settings in the files, and back. Nothing is written here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, NamedTuple

from reception.errors import CommandRefused
from reception.hub.toml_edit import Edit
from reception.hub.toml_lines import Path
from reception.model.setup import OFF, ON, Description, Field, FieldKind, Place

_WAYS: Final = ("_file", "_env")
"""How a secret may stand in the file otherwise than by itself (`reception.hub.secrets`)."""
_NOTHING: Final[Mapping[str, Any]] = {}
_CHOICES: Final = {
    Place.DIRECTORY_CHOICE: "directory",
    Place.MAIL_CHOICE: "mail",
    Place.IDENTITY_CHOICE: "identity",
}
"""Tables of which one service is chosen, by what chooses it."""
_OF_CHOSEN: Final = {
    Place.DIRECTORY: "directory",
    Place.MAIL: "mail",
    Place.IDENTITY: "identity",
    Place.IDENTITY_RULES: "identity",
}
"""Settings that stand in these tables: there is none of a service that is not chosen."""


class Files(NamedTuple):
    """What the configuration and the office file say."""

    config: Mapping[str, Any]
    office: Mapping[str, Any]


class Plan(NamedTuple):
    """What to change in each of them. `drops`: tables of the configuration that are not wanted any more."""

    config: tuple[Edit, ...]
    office: tuple[Edit, ...]
    drops: tuple[Path, ...]


# ------------------------------------------------------------------ reading


def is_used(description: Description, files: Files) -> bool:
    """Return whether the configuration names the service."""
    is_chosen = any(_is_chosen(table, description, files) for table in _CHOICES.values())
    return is_chosen or _element(description, files) is not None


def values_in(description: Description, files: Files) -> dict[str, str]:
    """Return what holds for each field that is filled in, without what is kept back."""
    return {
        f.name: _value(f, description, files)
        for f in description.fields
        if not f.is_kept_back and f.kind is not FieldKind.TOLD
    }


def kept_in(description: Description, files: Files) -> tuple[str, ...]:
    """Return the names of the secrets and files that there are."""
    held = []
    for field in description.fields:
        table = _table(field, description, files)
        if field.is_kept_back and any(table.get(key) for key in _spellings(field)):
            held.append(field.name)
    return tuple(held)


def _value(field: Field, description: Description, files: Files) -> str:
    if (table := _CHOICES.get(field.place)) is not None:
        return ON if _is_chosen(table, description, files) else OFF
    if _is_absent(field, description, files) and is_used(description, files):
        return description.idle.get(field.name, field.default)
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
        case Place.DIRECTORY | Place.MAIL | Place.IDENTITY:
            found = files.config.get(_OF_CHOSEN[field.place], _NOTHING).get(description.service)
        case Place.IDENTITY_RULES:
            found = files.config.get("identity")
        case Place.WEB:
            found = files.config.get("web")
        case Place.OFFICE:
            found = files.office
        case _:
            found = None
    return found if isinstance(found, Mapping) else _NOTHING


def _element(description: Description, files: Files) -> int | None:
    """Return which of [[presence]] the service is."""
    several = files.config.get("presence", ())
    return next((n for n, one in enumerate(several) if one.get("backend") == description.service), None)


def _is_chosen(table: str, description: Description, files: Files) -> bool:
    """Return whether the service is the one of a table that has one, such as [directory]."""
    return bool(files.config.get(table, _NOTHING).get("backend") == description.service)


def _is_absent(field: Field, description: Description, files: Files) -> bool:
    """Return whether a setting belongs to a source of presence that there is not."""
    return field.place is Place.PRESENCE and _element(description, files) is None


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
        if field.is_needed and _is_wanted(field, given) and not (value or field.is_kept_back):
            raise CommandRefused("setup_lacks", title=field.label)
        if not _is_possible(field, value):
            raise CommandRefused("setup_faulty", error=f"{field.label}: {value!r}")
    _check_secrets(description, files, given, secrets)
    return given


def _is_wanted(field: Field, values: Mapping[str, str]) -> bool:
    """Return whether the switch is on that a field belongs to."""
    return not field.within or values.get(field.within) == ON


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
    wanted = {_CHOICES[f.place] for f in description.fields if f.place in _CHOICES and values[f.name] == ON}
    reads = not wanted or not description.idle.items() <= values.items()
    config = [*_presence(description, files)] if reads else []
    office: list[Edit] = []
    for field in description.fields:
        if not _is_to_be_written(field, values, wanted, reads=reads):
            continue
        edits = _edits(field, description, files, values, given)
        (office if field.place is Place.OFFICE else config).extend(edits)
    return Plan(tuple(config), tuple(office), tuple(_drops(description, files, wanted, reads=reads)))


def _is_to_be_written(
    field: Field, values: Mapping[str, str], wanted: Collection[str], *, reads: bool
) -> bool:
    """Return whether a field has a place in the files; `reads`: there is to be a source of presence."""
    if field.kind is FieldKind.TOLD or not _is_wanted(field, values):
        return False
    table = _CHOICES.get(field.place) or _OF_CHOSEN.get(field.place)
    return table in wanted if table is not None else reads or field.place is not Place.PRESENCE


def _drops(description: Description, files: Files, wanted: Collection[str], *, reads: bool) -> Iterator[Path]:
    for field in description.fields:
        table = _CHOICES.get(field.place)
        if table is not None and table not in wanted and _is_chosen(table, description, files):
            yield (table,)
    number = _element(description, files)
    if number is not None and not reads:
        yield ("presence", number)


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
    is_absent = _is_absent(field, description, files)
    if value == (field.default if is_absent else _value(field, description, files)):
        return
    if field.place in _CHOICES:
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
        case Place.DIRECTORY | Place.MAIL | Place.IDENTITY:
            return (_OF_CHOSEN[field.place], description.service)
        case Place.IDENTITY_RULES:
            return ("identity",)
        case Place.WEB:
            return ("web",)
        case Place.OFFICE:
            return ()
        case _:
            return (_CHOICES[field.place],)
