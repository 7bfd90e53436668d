"""The people to choose from: the search index kept in step with the replica, and whom a number key means."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from reception.directory.numbers import NumberPlan
from reception.directory.search import SearchIndex
from reception.model.calls import Target
from reception.model.people import NumberKind, Person

LIMIT: Final = 200
"""Found people shown at once; the count says how many there are."""

SLICE: Final = 100
"""People put into the index in one go: a third of a frame, so that typing never waits."""
_LOOKED_AT: Final = 2000
"""People compared in one go."""

_LIKE_A_NUMBER = re.compile(r"[+(]?[0-9*#][0-9*#\s().\-/]+")


class Found(NamedTuple):
    """What the list shows for a search."""

    ids: list[str]
    total: int


class Finder:
    """Search over the replica's people. With nothing typed it finds everybody, by name.

    A new snapshot is taken in by slices: `begin`, then `step` until it says that all are in. Meanwhile
    searches find whoever is in already.
    """

    def __init__(self, language: str = "") -> None:
        self.plan = NumberPlan()
        self._language = language
        self._index = SearchIndex(self.plan, language)
        self._known: dict[str, Person] = {}
        self._to_look_at: deque[str] = deque()

    def __len__(self) -> int:
        return len(self._known)

    @property
    def is_building(self) -> bool:
        """True while people of the last snapshot are still to be taken in."""
        return bool(self._to_look_at)

    def begin(self, people: Mapping[str, Person], plan: NumberPlan) -> None:
        """Begin to compare everybody with a new snapshot; another number plan starts afresh."""
        if plan != self.plan:
            self.plan = plan
            self._index = SearchIndex(plan, self._language)
            self._known.clear()
        gone = self._known.keys() - people.keys()
        self._to_look_at = deque((*gone, *people))

    def step(self, people: Mapping[str, Person]) -> bool:
        """Take in the next slice; False when that was the last one."""
        put = looked_at = 0
        while self._to_look_at and put < SLICE and looked_at < _LOOKED_AT:
            put += self._take_in(people, self._to_look_at.popleft())
            looked_at += 1
        self._index.settle()
        return self.is_building

    def sync(self, people: Mapping[str, Person], changed: Iterable[str]) -> None:
        """Bring the index in step with these people."""
        for person_id in changed:
            self._take_in(people, person_id)

    def typed_number(self, text: str) -> str | None:
        """Return the number that was typed, as an extension or E.164, or None when it is no number."""
        return self.plan.normalise(text) if _LIKE_A_NUMBER.fullmatch(text.strip()) else None

    def find(self, query: str) -> Found:
        """Return who is found, best first."""
        limit = LIMIT if query.strip() else len(self._known)
        result = self._index.search(query, limit)
        return Found(list(result.ids), result.total)

    def _take_in(self, people: Mapping[str, Person], person_id: str) -> bool:
        """Compare one person; True when that changed the index."""
        person = people.get(person_id)
        if self._known.get(person_id) == person:
            return False
        if person is None:
            del self._known[person_id]
            self._index.remove(person_id)
        else:
            self._known[person_id] = person
            self._index.put(person)
        return True


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
