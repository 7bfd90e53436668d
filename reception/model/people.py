"""Colleagues and contacts, and how to reach them."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

import msgspec

MANAGER_HEADINGS: Final = frozenset(
    {
        "manager",
        "line manager",
        "leder",
        "nærmeste leder",
        "chef",
        "vorgesetzte",
        "vorgesetzter",
        "führungskraft",
    }
)
"""What the free field with the name of somebody's manager is called, in small letters."""


class NumberKind(StrEnum):
    """What answers at a number (requirement 000-23: the device types of a person are known)."""

    DESK = "desk"
    MOBILE = "mobile"
    SOFTPHONE = "softphone"
    OTHER = "other"


class ContactKind(StrEnum):
    """What somebody outside is to the house (requirement 002-079)."""

    FAVOURITE = "favourite"
    CONTACT = "contact"
    VIP = "vip"
    BLOCKED = "blocked"


# gc=False below: values without cycles, and many; the collector's walk over them would stop the window.


class Number(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """One way to reach a person: an extension or an E.164 number.

    `is_hidden`: told to those receptionists only who have the right to see it (requirement 002-019).
    """

    kind: NumberKind
    number: str
    is_hidden: bool = False


class Person(msgspec.Struct, frozen=True, kw_only=True, gc=False, omit_defaults=True):
    """A colleague as the directory knows them, or a contact: a person or company outside.

    `id` is stable over imports. `fields` are free fields of the organisation, in the order of the
    source. `alternates` are the ids of those who stand in, best first; `manager` is that of
    their manager. `notes` are fields that are shown on the card and never searched (requirements 002-203,
    002-232). `is_unlisted`: left out of every search (requirement 002-240); no console hears of them.

    `contact` is what a contact is to the house, None for a colleague. A contact has no telephone of ours, and
    no status; the first of its `numbers` is the preferred one (requirement 002-085). `areas` are the user
    groups and receptionists who have it; empty for the whole organisation (requirement 002-011).

    What has its default is not written, so a field that is added here changes no stored person and no
    fingerprint.
    """

    id: str
    name: str
    initials: str = ""
    title: str = ""
    department: str = ""
    email: str = ""
    numbers: tuple[Number, ...] = ()
    mailbox: str = ""
    fields: dict[str, str] = {}
    alternates: tuple[str, ...] = ()
    manager: str = ""
    notes: dict[str, str] = {}
    is_unlisted: bool = False
    contact: ContactKind | None = None
    company: str = ""
    areas: tuple[str, ...] = ()

    def number_of(self, kind: NumberKind) -> str | None:
        """Return the first number of a kind, or None."""
        return next((n.number for n in self.numbers if n.kind is kind), None)

    @property
    def main_number(self) -> str | None:
        """The number a transfer goes to: desk, softphone, mobile, then any other; of a contact the first."""
        if self.contact is not None:
            return self.numbers[0].number if self.numbers else None
        for kind in (NumberKind.DESK, NumberKind.SOFTPHONE, NumberKind.MOBILE, NumberKind.OTHER):
            if found := self.number_of(kind):
                return found
        return None


def colleagues_of(people: Iterable[Person]) -> list[Person]:
    """Return those who belong to the house."""
    return [person for person in people if person.contact is None]


def contacts_of(people: Iterable[Person]) -> list[Person]:
    """Return those outside."""
    return [person for person in people if person.contact is not None]


def full_name(person: Person) -> str:
    """Return the name as it is said of a caller: a contact's with the company behind it."""
    if not person.company or person.company == person.name:
        return person.name
    return f"{person.name} ({person.company})"
