"""Which files and addresses are a colleague's calendars."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import quote, urlsplit

from reception.model.people import Person
from services.ics.settings import Settings, as_http, is_address, places_in

_IN_NAMES: Final = frozenset('/\\:*?"<>|\0')
"""What may not stand in a part of a file's name, on any system."""


class Place(NamedTuple):
    """A calendar's place. `name` is what people call it: an address has secrets in it, its server has none.

    `is_expected`: somebody named it, so it must be there; else a person may have none.
    """

    where: str
    name: str
    is_address: bool
    is_expected: bool


def places_of(person: Person, settings: Settings) -> tuple[Place, ...]:
    """Return where a person's calendars are, or would be."""
    given = _given(person, settings)
    if given:
        return tuple(_named(place, person, settings) for place in given)
    places = []
    if settings.folder:
        for pattern in settings.files:
            name = _filled_file(pattern, person)
            for spelt in dict.fromkeys(
                (name, name.lower())
            ):  # programs and directories differ about capitals
                if spelt:
                    places.append(Place(str(Path(settings.folder) / spelt), spelt, False, False))
    if settings.url and (url := _filled_url(settings.url, person)):
        places.append(Place(url, _server(url, person), True, False))
    return tuple(places)


def owner_emails(person: Person) -> frozenset[str]:
    """Return the addresses by which a calendar knows its owner."""
    return frozenset({person.email.strip().casefold()} - {""})


def _given(person: Person, settings: Settings) -> tuple[str, ...]:
    for key, given in settings.calendars.items():
        if key == person.id or (person.email and key.casefold() == person.email.casefold()):
            return places_in(given)
    return ()


def _named(place: str, person: Person, settings: Settings) -> Place:
    if is_address(place):
        url = as_http(place)
        return Place(url, _server(url, person), True, True)
    return Place(str(Path(settings.folder) / place), place, False, True)


def _holes(person: Person) -> Mapping[str, str]:
    email = person.email.strip()
    return {
        "email": email,
        "user": email.partition("@")[0],
        "id": person.id,
        "initials": person.initials,
    }


def _filled_file(pattern: str, person: Person) -> str:
    """Return a pattern filled in; empty when the person has no such thing, or none a file may have."""
    holes = {name: value for name, value in _holes(person).items() if "{" + name + "}" in pattern}
    for value in holes.values():
        if not value or value.startswith(".") or not _IN_NAMES.isdisjoint(value):
            return ""
    return pattern.format(**holes)


def _filled_url(pattern: str, person: Person) -> str:
    holes = {name: value for name, value in _holes(person).items() if "{" + name + "}" in pattern}
    if not all(holes.values()) or not {".", ".."}.isdisjoint(holes.values()):
        return ""
    return as_http(pattern.format(**{name: quote(value, safe="@") for name, value in holes.items()}))


def _server(url: str, person: Person) -> str:
    return f"{urlsplit(url).hostname} ({person.id})"


Mark = tuple[int, int, int]
"""What tells that a file is the same: when it was written (ns), its size, its number on the disk."""


def mark_of(path: str) -> Mark | None:
    """Return a file's mark, None when there is none. Other faults are the caller's (OSError)."""
    try:
        found = os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino
