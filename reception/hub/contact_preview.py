"""A file of contacts as an administrator looks at it before it is stored (requirement 002-087)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from reception.directory.port import ContactFile
from reception.model.people import ContactKind, Person

_SHOWN: Final = 10
"""Contacts shown whole; of a long file the first ones tell whether its columns were understood."""


def preview(file: ContactFile) -> Iterator[str]:
    """Yield the lines: each field with its position in the file, the first contacts, how many there are."""
    yield "Fields, by their position in the file:"
    for column in file.columns:
        meaning = column.field or "a field of your own"
        yield f"  {column.position}. {column.heading}: {meaning}"
    yield ""
    yield "Contacts:"
    for line, contact in file.contacts[:_SHOWN]:
        yield f"  line {line}: {_words(contact)}"
    if (more := len(file.contacts) - _SHOWN) > 0:
        yield f"  … and {more} more"
    kinds = Counter(contact.contact for _, contact in file.contacts)
    counts = ", ".join(f"{kinds[kind]} {kind.value}" for kind in ContactKind if kinds[kind])
    yield f"{len(file.contacts)} in all: {counts}"


def _words(contact: Person) -> str:
    parts = [contact.name, contact.company if contact.company != contact.name else "", contact.department]
    parts += [number.number for number in contact.numbers]
    parts += [contact.email, contact.contact.value if contact.contact is not None else "", *contact.areas]
    return " · ".join(part for part in parts if part)
