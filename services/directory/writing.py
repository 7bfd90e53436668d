"""People as a CSV text that the reader reads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from reception.model.people import NumberKind, Person


def to_csv(people: Sequence[Person]) -> str:
    """Return people as text: semicolons, a heading line, one line each, free fields behind."""
    free = tuple(dict.fromkeys(field for person in people for field in person.fields))
    kinds = tuple(NumberKind)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(
        ("id", "name", "initials", "title", "department", "email", *kinds, "mailbox", "alternates", *free)
    )
    for person in people:
        numbers = ["|".join(n.number for n in person.numbers if n.kind is kind) for kind in kinds]
        texts = (person.id, person.name, person.initials, person.title, person.department, person.email)
        free_texts = (person.fields.get(field, "") for field in free)
        writer.writerow((*texts, *numbers, person.mailbox, "|".join(person.alternates), *free_texts))
    return out.getvalue()
