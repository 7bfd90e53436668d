"""People and contacts as CSV texts that the readers read back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from reception.model.people import NumberKind, Person
from services.directory.contacts import PREFIX

_CONTACT: Final = (
    "id",
    "name",
    "company",
    "department",
    "title",
    "short name",
    "email",
    "type",
    *NumberKind,
    "preferred",
    "groups",
)


def to_csv(people: Sequence[Person]) -> str:
    """Return people as text: semicolons, a heading line, one line each, free fields behind.

    Who is hidden in some way stands in columns of their own, if there is anybody.
    """
    free = tuple(dict.fromkeys(field for person in people for field in person.fields))
    marks = {
        "unlisted": [p.is_unlisted for p in people],
        "hide mobile": [any(n.is_hidden for n in p.numbers) for p in people],
    }
    marked = {heading: column for heading, column in marks.items() if any(column)}
    known = ("id", "name", "initials", "title", "department", "email", *NumberKind, "mailbox", "alternates")
    rows: list[Sequence[str]] = [(*known, *marked, *free)]
    for row, person in enumerate(people):
        texts = (person.id, person.name, person.initials, person.title, person.department, person.email)
        free_texts = (person.fields.get(field, "") for field in free)
        mark_texts = ("yes" if column[row] else "" for column in marked.values())
        alternates = "|".join(person.alternates)
        rows.append((*texts, *_numbers(person), person.mailbox, alternates, *mark_texts, *free_texts))
    return _written(rows)


def contacts_to_csv(contacts: Sequence[Person]) -> str:
    """Return contacts as text, in the same way."""
    free = tuple(dict.fromkeys(field for contact in contacts for field in contact.fields))
    rows: list[Sequence[str]] = [(*_CONTACT, *free)]
    for one in contacts:
        texts = (one.id.removeprefix(PREFIX), one.name, one.company, one.department, one.title, one.initials)
        kind = one.contact.value if one.contact is not None else ""
        preferred = one.numbers[0].number if one.numbers else ""
        free_texts = (one.fields.get(field, "") for field in free)
        rows.append((*texts, one.email, kind, *_numbers(one), preferred, "|".join(one.areas), *free_texts))
    return _written(rows)


def _numbers(person: Person) -> list[str]:
    return ["|".join(n.number for n in person.numbers if n.kind is kind) for kind in NumberKind]


def _written(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", lineterminator="\n").writerows(rows)
    return out.getvalue()
