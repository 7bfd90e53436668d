"""Finds colleagues as one types, by words folded as in the console: *jorgensen* finds Jørgensen."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final, NamedTuple

from reception.directory.folding import sort_key
from reception.directory.numbers import NumberPlan
from reception.directory.query import Part, parts_of
from reception.directory.texts import NUMBER, texts_of
from reception.model.people import Person

MOST: Final = 60
"""People shown at a time."""
_AT_ONCE: Final = 500
"""People looked at before calls have a turn: less than a millisecond, or a few when they are new."""


class Found(NamedTuple):
    """Those found, the best first and at most `MOST`, and how many there are."""

    people: list[Person]
    total: int


class _Entry(NamedTuple):
    person: Person
    name: str
    everything: str


class Finder:
    """A plain walk over the folded words of all people a viewer may see. Words are folded once."""

    def __init__(self, plan: NumberPlan) -> None:
        self._plan = plan
        self._known: dict[str, _Entry] = {}

    async def find(self, typed: str, people: Mapping[str, Person], language: str) -> Found:
        """Return who fits all that was typed; those whose names fit stand first. Nothing typed finds all."""
        parts = parts_of(typed, self._plan)
        ranked: list[tuple[bool, str, Person]] = []
        for n, person in enumerate(people.values()):
            if n % _AT_ONCE == _AT_ONCE - 1:
                await asyncio.sleep(0)
            entry = self._entry(person)
            if all(_fits(part, entry.everything) for part in parts):
                in_name = all(_fits(part, entry.name) for part in parts)
                ranked.append((not in_name, entry.person.name, person))
        ranked.sort(key=lambda r: (r[0], sort_key(r[1], language)))
        return Found([person for _, _, person in ranked[:MOST]], len(ranked))

    def _entry(self, person: Person) -> _Entry:
        known = self._known.get(person.id)
        if known is None or (known.person is not person and known.person != person):
            texts = texts_of(person, self._plan)
            known = _Entry(person, _joined(texts.name), _joined(texts.everything))
            self._known[person.id] = known
        return known


def _joined(words: tuple[str, ...]) -> str:
    return "\n" + "\n".join(words)


def _fits(part: Part, text: str) -> bool:
    """Return whether a word or number of `text`, which stands behind a line's end, begins with this."""
    if part.number and f"\n{NUMBER}{part.number}" in text:
        return True
    return bool(part.words) and all(any(f"\n{form}" in text for form in forms) for forms in part.words)
