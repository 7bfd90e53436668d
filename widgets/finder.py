"""The people to choose from: the search index kept in step with the replica, and whom a number key means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from reception.directory.numbers import NumberPlan
from reception.directory.search import SearchIndex
from reception.model.calls import Target
from reception.model.people import NumberKind, Person

LIMIT: Final = 200
"""Found people shown at once; the count says how many there are."""

_LIKE_A_NUMBER = re.compile(r"[+(]?[0-9*#][0-9*#\s().\-/]+")


class Found(NamedTuple):
    """What the list shows for a search."""

    ids: list[str]
    total: int


class Finder:
    """Search over the replica's people. With nothing typed it finds everybody, by name."""

    def __init__(self) -> None:
        self._index = SearchIndex()
        self._known: dict[str, Person] = {}

    def __len__(self) -> int:
        return len(self._known)

    def sync(self, people: Mapping[str, Person], changed: Iterable[str] | None = None) -> None:
        """Bring the index in step; without `changed`, compare everybody."""
        for person_id in set(self._known) | set(people) if changed is None else changed:
            person = people.get(person_id)
            if person is None:
                self._forget(person_id)
            elif self._known.get(person_id) != person:
                self._known[person_id] = person
                self._index.put(person)

    def find(self, query: str) -> Found:
        """Return who is found, best first."""
        limit = LIMIT if query.strip() else len(self._known)
        result = self._index.search(query, limit)
        return Found(list(result.ids), result.total)

    def _forget(self, person_id: str) -> None:
        if self._known.pop(person_id, None) is not None:
            self._index.remove(person_id)


def typed_number(text: str) -> str | None:
    """Return the number that was typed, as an extension or E.164, or None when it is no number."""
    return NumberPlan().normalise(text) if _LIKE_A_NUMBER.fullmatch(text.strip()) else None


def target_of(person: Person | None, chosen: int = 0) -> Target | None:
    """Return where Enter sends a call for this person: the main number, or the one chosen on the card.

    One without a number, for a person who has none, so that the refusal can name them.
    """
    if person is None:
        return None
    numbers = numbers_of(person)
    number = numbers[chosen % len(numbers)] if numbers else ""
    return Target(number=number, person=person.id, name=person.name)


def mobile_of(person: Person | None) -> Target | None:
    """Return the mobile of a person; one without a number when there is none."""
    if person is None:
        return None
    return Target(number=person.number_of(NumberKind.MOBILE) or "", person=person.id, name=person.name)


def numbers_of(person: Person) -> list[str]:
    """Return the numbers of a person, the one that Enter means first."""
    first = person.main_number
    rest = [n.number for n in person.numbers if n.number != first]
    return [first, *rest] if first else rest
