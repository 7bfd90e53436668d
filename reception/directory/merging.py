"""The people of a file and those of a directory that is online, as one directory. Pure.

Who is the same is known by e-mail, or by a column of the file that the organisation chooses. A person of the
file keeps their id, since calls and entries know them by it; what one side leaves out, the other says; where
both say something else, one side wins and the difference is told. A person's own number is theirs alone:
where the other side gives it to somebody else too, it is kept as one that may be shared.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal

import msgspec
from msgspec.structs import replace

from reception.model.people import Number, NumberKind, Person

_TEXTS: Final = ("name", "title", "department", "email", "initials", "mailbox")


class MergeRules(msgspec.Struct, frozen=True, kw_only=True):
    """How two directories become one.

    `match`: the column of the file that holds what the other side knows people by (`Person.email`, or one of
    `keys` in `Arrival`); empty for the e-mail. `wins`: whose word counts where both say something.
    """

    match: str = ""
    wins: Literal["file", "online"] = "file"


class Arrival(msgspec.Struct, frozen=True, kw_only=True):
    """A person of the directory online. `keys` are all that a file may know them by, such as a UPN."""

    person: Person
    keys: tuple[str, ...] = ()


class Conflict(msgspec.Struct, frozen=True, kw_only=True):
    """Both sides say something else of a person (by name). `kept` is what counts."""

    person: str
    field: str
    kept: str
    other: str


class Merged(msgspec.Struct, frozen=True, kw_only=True):
    """One directory of two, those of the file first, and what did not fit.

    `online_ids` are the ids that people of the file have on the other side.
    """

    people: tuple[Person, ...]
    online_ids: dict[str, str] = {}
    conflicts: tuple[Conflict, ...] = ()


def merged(file: Sequence[Person], online: Sequence[Arrival], rules: MergeRules) -> Merged:
    """Make one directory of two."""
    return _Merging(rules).run(file, online)


class _Merging:
    def __init__(self, rules: MergeRules) -> None:
        self._rules = rules
        self._conflicts: list[Conflict] = []
        self._owner_of: dict[str, str] = {}
        self._ids: dict[str, str] = {}

    def run(self, file: Sequence[Person], online: Sequence[Arrival]) -> Merged:
        by_key = self._keys(online)
        for person in file:
            for number in _own(person):
                self._owner_of.setdefault(number.number, person.id)
        pairs: list[tuple[Person, Person | None]] = []
        taken: set[str] = set()
        for ours in file:
            mate = by_key.get(self._key_of(ours))
            theirs = mate.person if mate is not None and mate.person.id not in taken else None
            if theirs is not None:
                taken.add(theirs.id)
                self._ids[theirs.id] = ours.id
            pairs.append((ours, theirs))
        people = [self._one(ours, theirs) if theirs is not None else ours for ours, theirs in pairs]
        known = {person.id for person in people}
        for arrival in online:
            if arrival.person.id not in taken | known:
                people.append(self._with_own_numbers(arrival.person))
        return Merged(
            people=tuple(map(self._with_known_others, people)),
            online_ids={ours: theirs for theirs, ours in self._ids.items()},
            conflicts=tuple(self._conflicts),
        )

    def _keys(self, online: Iterable[Arrival]) -> dict[str, Arrival]:
        found: dict[str, Arrival] = {}
        for arrival in online:
            for key in (arrival.person.email, *arrival.keys):
                if key:
                    found.setdefault(key.casefold(), arrival)
        return found

    def _key_of(self, person: Person) -> str:
        column = self._rules.match
        key = person.fields.get(column, "") or person.notes.get(column, "") if column else person.email
        return key.strip().casefold()

    def _one(self, ours: Person, theirs: Person) -> Person:
        texts = {field: self._text(ours, theirs, field) for field in _TEXTS}
        return replace(
            ours,
            **texts,
            numbers=self._numbers(ours, theirs),
            fields={**theirs.fields, **ours.fields},
            alternates=ours.alternates or theirs.alternates,
            manager=ours.manager or theirs.manager,
            is_unlisted=ours.is_unlisted or theirs.is_unlisted,
        )

    def _text(self, ours: Person, theirs: Person, field: str) -> str:
        mine, other = getattr(ours, field), getattr(theirs, field)
        if not mine or not other:
            return str(mine or other)
        kept, lost = (mine, other) if self._rules.wins == "file" else (other, mine)
        if mine.casefold() != other.casefold():
            self._conflict(ours, field, kept, lost)
        return str(kept)

    def _numbers(self, ours: Person, theirs: Person) -> tuple[Number, ...]:
        """Return the numbers of both: of each kind those of one side, the other's where it has none."""
        numbers = list(ours.numbers)
        coming = self._with_own_numbers(theirs, owner=ours.id).numbers
        for kind in NumberKind:
            mine = [n for n in ours.numbers if n.kind is kind]
            other = [n for n in coming if n.kind is kind]
            unknown = [n for n in other if n.number not in {m.number for m in ours.numbers}]
            if not unknown:
                continue
            if mine and kind is not NumberKind.OTHER:
                told = [", ".join(n.number for n in side) for side in (mine, other)]
                kept, lost = told if self._rules.wins == "file" else reversed(told)
                self._conflict(ours, kind.value, kept, lost)
                if self._rules.wins == "file":
                    continue
                numbers = [n for n in numbers if n.kind is not kind]
            numbers += unknown
        return tuple(numbers)

    def _with_own_numbers(self, person: Person, *, owner: str = "") -> Person:
        """Return an arrival whose own numbers are nobody else's; those that are become shared ones."""
        owner = owner or person.id
        numbers = []
        for number in person.numbers:
            first = self._owner_of.setdefault(number.number, owner)
            if number.kind is not NumberKind.OTHER and first != owner:
                self._conflict(person, "number", number.number, first)
                number = replace(number, kind=NumberKind.OTHER)
            numbers.append(number)
        return replace(person, numbers=tuple(numbers))

    def _with_known_others(self, person: Person) -> Person:
        """Return a person whose stand-ins and manager are called by the ids that they have in the end."""
        alternates = tuple(self._ids.get(a, a) for a in person.alternates)
        manager = self._ids.get(person.manager, person.manager)
        if (alternates, manager) == (person.alternates, person.manager):
            return person
        return replace(person, alternates=alternates, manager=manager)

    def _conflict(self, person: Person, field: str, kept: str, other: str) -> None:
        self._conflicts.append(Conflict(person=person.name, field=field, kept=kept, other=other))


def _own(person: Person) -> Iterator[Number]:
    return (number for number in person.numbers if number.kind is not NumberKind.OTHER)
