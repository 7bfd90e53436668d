"""The people to choose from: who is found for what is typed, and whom a number key means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import msgspec

from reception.console.api import LinkState, ReplicaView
from reception.directory.numbers import NumberPlan
from reception.model.calls import Target
from reception.model.lines import PersonStatus, StatusKind
from reception.model.people import NumberKind, Person

LIMIT: Final = 200
"""Found people shown at once; the count says how many there are."""

_PAGE: Final = 100
_LOOKED_AT: Final = 1_000
"""People looked at for who is free while nothing is typed: the list is read from its top, not to its end."""

_LIKE_A_NUMBER = re.compile(r"[+(]?[0-9*#][0-9*#\s().\-/]+")


class Found(msgspec.Struct, frozen=True):
    """What the list shows for a search. `alike` are those who only sound or look alike.

    `total` counts the others; with `is_more` there are more than that, and nobody counted them.
    `is_everybody`: nothing is searched for, so the list shows all by the alphabet.
    """

    ids: list[str]
    total: int
    alike: frozenset[str] = frozenset()
    is_more: bool = False
    is_everybody: bool = False


def find(replica: ReplicaView, query: str, *, only_free: bool = False, kept: str | None = None) -> Found:
    """Return who is found, best first; nobody for nothing, since the list shows everybody then.

    With `only_free` only those who are surely free now, and `kept`, who is selected: nobody goes from under
    the hand that is about to press Enter.
    """
    if only_free and typed_number(replica.plan, query) is None:  # a number is somebody's, free or not
        return _free(replica, query, kept)
    if not query.strip():
        return Found([], len(replica.people), is_everybody=True)
    result = replica.find(query, LIMIT)
    return Found(list(result.ids), result.total, result.alike, result.is_more)


def _free(replica: ReplicaView, query: str, kept: str | None) -> Found:
    if query.strip():
        result = replica.find(query, LIMIT)
        ids = _free_of(replica, result.ids, kept)
        alike = result.alike.intersection(ids)
        return Found(ids, len(ids) - len(alike), alike, result.is_more or result.total > LIMIT)
    ids, start, everybody = [], 0, len(replica.people)
    while start < min(everybody, _LOOKED_AT) and len(ids) < LIMIT:
        ids += _free_of(replica, replica.page(start, _PAGE), kept)
        start += _PAGE
    return Found(ids[:LIMIT], min(len(ids), LIMIT), is_more=start < everybody)


def _free_of(replica: ReplicaView, ids: Sequence[str], kept: str | None) -> list[str]:
    if replica.link is not LinkState.UP:
        return [p for p in ids if p == kept]  # what is old never counts as free
    replica.read_ahead(ids)
    statuses = replica.statuses
    return [p for p in ids if p == kept or _is_free(statuses.get(p))]


def _is_free(status: PersonStatus | None) -> bool:
    return status is not None and status.kind is StatusKind.FREE and not status.is_stale


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
