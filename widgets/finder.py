"""The people to choose from: who is found for what is typed, and whom a number key means."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from reception.console.api import ReplicaView
from reception.directory.numbers import NumberPlan
from reception.model.calls import Target
from reception.model.people import NumberKind, Person

LIMIT: Final = 200
"""Found people shown at once; the count says how many there are."""

_LIKE_A_NUMBER = re.compile(r"[+(]?[0-9*#][0-9*#\s().\-/]+")


class Found(NamedTuple):
    """What the list shows for a search. `alike` are those who only sound or look alike.

    `total` counts the others; with `is_more` there are more than that, and nobody counted them.
    """

    ids: list[str]
    total: int
    alike: frozenset[str] = frozenset()
    is_more: bool = False


def find(replica: ReplicaView, query: str) -> Found:
    """Return who is found, best first; nobody for nothing, since the list shows everybody then."""
    if not query.strip():
        return Found([], len(replica.people))
    result = replica.find(query, LIMIT)
    return Found(list(result.ids), result.total, result.alike, result.is_more)


def typed_number(plan: NumberPlan, text: str) -> str | None:
    """Return the number that was typed, as an extension or E.164, or None when it is no number."""
    return plan.normalise(text) if _LIKE_A_NUMBER.fullmatch(text.strip()) else None


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
