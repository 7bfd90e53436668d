"""People as a CSV text that the reader reads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from reception.model.people import NumberKind, Person


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
    kinds = tuple(NumberKind)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    known = ("id", "name", "initials", "title", "department", "email", *kinds, "mailbox", "alternates")
    writer.writerow((*known, *marked, *free))
    for row, person in enumerate(people):
        numbers = ["|".join(n.number for n in person.numbers if n.kind is kind) for kind in kinds]
        texts = (person.id, person.name, person.initials, person.title, person.department, person.email)
        free_texts = (person.fields.get(field, "") for field in free)
        mark_texts = ("yes" if column[row] else "" for column in marked.values())
        alternates = "|".join(person.alternates)
        writer.writerow((*texts, *numbers, person.mailbox, alternates, *mark_texts, *free_texts))
    return out.getvalue()
