"""The board of statuses: who shows what, worked out anew only for those a change concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from reception.model.lines import Line, LineState, PersonStatus
from reception.model.people import Person
from reception.presence.status import status_of


class Board:
    """People, their lines and their statuses. Each method returns the statuses that are different."""

    def __init__(self, people: Iterable[Person], *, now: float) -> None:
        self._people: dict[str, Person] = {}
        self._by_number: dict[str, list[str]] = {}
        self._lines: dict[str, Line] = {}
        self._statuses: dict[str, PersonStatus] = {}
        self._is_stale = False
        self.replace_people(people, now=now)

    @property
    def people(self) -> Mapping[str, Person]:
        """Everybody in the directory, by id."""
        return MappingProxyType(self._people)

    @property
    def statuses(self) -> Mapping[str, PersonStatus]:
        """Everybody's status, by person."""
        return MappingProxyType(self._statuses)

    def on_line(self, number: str, state: LineState, *, now: float) -> Sequence[PersonStatus]:
        """Note what one line does."""
        known = self._lines.get(number)
        if known is not None and known.state is state:
            return ()
        self._lines[number] = Line(number=number, state=state, since=now)
        return self._again(self._by_number.get(number, ()), now=now)

    def on_connected(self, lines: Iterable[tuple[str, LineState]], *, now: float) -> Sequence[PersonStatus]:
        """Take a fresh snapshot of all lines; those that are not in it are not known any more."""
        fresh: dict[str, Line] = {}
        for number, state in lines:
            known = self._lines.get(number)
            is_same = known is not None and known.state is state
            fresh[number] = known if known and is_same else Line(number=number, state=state, since=now)
        self._lines, self._is_stale = fresh, False
        return self._again(self._people, now=now)

    def on_lost(self, *, now: float) -> Sequence[PersonStatus]:
        """Mark what is shown as the last known: the source of the lines is silent."""
        self._is_stale = True
        return self._again(self._people, now=now)

    def replace_people(self, people: Iterable[Person], *, now: float) -> Sequence[PersonStatus]:
        """Make these the directory."""
        self._people = {p.id: p for p in people}
        by_number: defaultdict[str, list[str]] = defaultdict(list)
        for person in self._people.values():
            for number in person.numbers:
                by_number[number.number].append(person.id)
        self._by_number = dict(by_number)
        self._statuses = {p: s for p, s in self._statuses.items() if p in self._people}
        return self._again(self._people, now=now)

    def _again(self, persons: Iterable[str], *, now: float) -> Sequence[PersonStatus]:
        different = []
        for person in persons:
            before = self._statuses.get(person)
            status = status_of(self._people[person], self._lines, before, now=now, is_stale=self._is_stale)
            if status is not before:
                self._statuses[person] = status
                different.append(status)
        return different
