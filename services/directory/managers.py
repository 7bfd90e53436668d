"""Who is whose manager in a file: a free field of that name tells it, in whatever way it calls them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from reception.model.people import MANAGER_HEADINGS, Person


def with_managers(people: Sequence[Person]) -> list[Person]:
    """Return people with their managers' ids, as far as the file says surely who is meant.

    A manager is called by id, initials, e-mail address or name. Somebody who is not in the file, or may be
    several people, stays a text: it was never more, and is no fault.
    """
    known: dict[str, set[str]] = {}
    for person in people:
        for mark in (person.id, person.initials, person.email, person.name):
            if mark:
                known.setdefault(_folded(mark), set()).add(person.id)
    return [_with_manager(person, known) for person in people]


def _with_manager(person: Person, known: dict[str, set[str]]) -> Person:
    for text in _texts(person):
        found = known.get(_folded(text), set())
        if len(found) == 1 and found != {person.id}:
            return replace(person, manager=next(iter(found)))
    return person


def _texts(person: Person) -> Iterator[str]:
    return (text for heading, text in person.fields.items() if _folded(heading) in MANAGER_HEADINGS)


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
