"""A new directory against the old one: what is told to the consoles, and counted for whoever imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from reception.directory.book import PhoneBook
from reception.model.changes import Change, PersonChanged, PersonRemoved
from reception.model.people import Person, full_name


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """What an import changed."""

    added: int
    changed: int
    removed: int
    changes: tuple[Change, ...] = ()

    def __str__(self) -> str:
        return f"{self.added} added, {self.changed} changed, {self.removed} removed"


def people_changes(before: Mapping[str, Person], after: Sequence[Person]) -> Difference:
    """Compare two directories by the ids of their people."""
    kept = {p.id for p in after}
    removed = [PersonRemoved(person=p) for p in before if p not in kept]
    added = [p for p in after if p.id not in before]
    changed = [p for p in after if p.id in before and before[p.id] != p]
    changes: list[Change] = [*removed, *(PersonChanged(person=p) for p in (*added, *changed))]
    return Difference(added=len(added), changed=len(changed), removed=len(removed), changes=tuple(changes))


class LiveBook:
    """The engine's look-ups in whichever directory holds now; implements `Book`."""

    def __init__(self, book: PhoneBook) -> None:
        self.book = book

    def owner_of(self, number: str) -> Person | None:
        """Return who has this number, or None; nobody who is unlisted, since consoles are told of it."""
        owner = self.book.owner_of(number)
        return None if owner is None or owner.is_unlisted else owner

    def numbers_of(self, person: str) -> tuple[str, ...]:
        """Return all numbers of a person whose lines make them busy."""
        return self.book.numbers_of(person)

    def mailbox_of(self, target_number: str, person: str | None) -> str | None:
        """Return the mailbox for a number or person, or None."""
        return self.book.mailbox_of(target_number, person)

    def name_of(self, number: str) -> str:
        """Return the name of whoever has this number, or an empty text; also for who is unlisted."""
        owner = self.owner_of(number)
        return full_name(owner) if owner is not None else ""

    def contact_of(self, number: str) -> Person | None:
        """Return the contact of the whole organisation who has this number, or None."""
        return self.book.contact_of(number)

    def colleague_of(self, number: str) -> Person | None:
        """Return which colleague has this number, or None; also one who is unlisted."""
        owner = self.book.owner_of(number)
        return owner if owner is not None and owner.contact is None else None
