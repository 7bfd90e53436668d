"""Who has which number: the engine's look-ups in the directory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reception.directory.numbers import NumberPlan
from reception.model.people import ContactKind, NumberKind, Person, full_name


class PhoneBook:
    """People by id and by number; implements `reception.ports.Book`.

    Where several people share a number, the one who was put in first is meant.
    """

    def __init__(self, people: Iterable[Person] = (), plan: NumberPlan | None = None) -> None:
        self.plan = plan or NumberPlan()
        self._people: dict[str, Person] = {}
        self._owners: dict[str, dict[str, None]] = {}
        for person in people:
            self.put(person)

    @property
    def people(self) -> Mapping[str, Person]:
        """Everybody, by id."""
        return self._people

    def put(self, person: Person) -> None:
        """Add a person, or replace what is known of them."""
        self.remove(person.id)
        self._people[person.id] = person
        for number in person.numbers:
            self._owners.setdefault(self._normalised(number.number), {})[person.id] = None

    def remove(self, person: str) -> None:
        """Forget a person by id. Harmless when they are not known."""
        known = self._people.pop(person, None)
        for number in known.numbers if known is not None else ():
            owners = self._owners.get(self._normalised(number.number), {})
            owners.pop(person, None)
            if not owners:
                self._owners.pop(self._normalised(number.number), None)

    def owner_of(self, number: str) -> Person | None:
        """Return who has this number, in whatever notation, or None."""
        owners = self._owners.get(self._normalised(number))
        return self._people[next(iter(owners))] if owners else None

    def contact_of(self, number: str) -> Person | None:
        """Return the contact of the whole organisation who has this number, or None.

        A number of a colleague is a colleague's, whoever else has it. Of several contacts a blocked one goes
        before a VIP, that one before the others.
        """
        owners = [self._people[p] for p in self._owners.get(self._normalised(number), ())]
        contacts = [p for p in owners if p.contact is not None and not p.areas]
        if any(p.contact is None for p in owners):
            return None
        return min(contacts, key=_standing, default=None)

    def numbers_of(self, person: str) -> tuple[str, ...]:
        """Return a person's own numbers: all but those of kind OTHER, which may be shared."""
        known = self._people.get(person)
        if known is None:
            return ()
        own = (n.number for n in known.numbers if n.kind is not NumberKind.OTHER)
        return tuple(dict.fromkeys(self._normalised(number) for number in own))

    def mailbox_of(self, target_number: str, person: str | None) -> str | None:
        """Return the mailbox of a person, or else of who has the number, or None."""
        known = self._people.get(person) if person is not None else self.owner_of(target_number)
        return known.mailbox or None if known is not None else None

    def name_of(self, number: str) -> str:
        """Return the name of whoever has this number, or an empty text."""
        owner = self.owner_of(number)
        return full_name(owner) if owner is not None else ""

    def _normalised(self, number: str) -> str:
        return self.plan.normalise(number) or number


def _standing(contact: Person) -> int:
    return {ContactKind.BLOCKED: 0, ContactKind.VIP: 1}.get(contact.contact or ContactKind.CONTACT, 2)
