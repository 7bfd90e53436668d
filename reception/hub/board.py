"""The board of statuses: who shows what, worked out anew only for those a change concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from reception.hub.days import Days
from reception.hub.timelines import Timelines
from reception.model.lines import Line, LineState, PersonStatus
from reception.model.people import Person
from reception.model.presence import Entry, Timeline
from reception.presence.outlook import Day
from reception.presence.port import TEAMS, TELEPHONY
from reception.presence.status import status_of

_NOBODY: Final[frozenset[str]] = frozenset()


class Differences(NamedTuple):
    """What is different after a change."""

    timelines: Sequence[Timeline] = ()
    statuses: Sequence[PersonStatus] = ()


class Board:
    """People, their lines, entries and Teams' words, and the statuses that follow.

    Each method tells what is different, and costs as much as there are people it concerns.
    """

    def __init__(
        self, people: Iterable[Person], *, now: float, day_of: Callable[[float], Day] | None = None
    ) -> None:
        self._people: dict[str, Person] = {}
        self._by_number: dict[str, list[str]] = {}
        self._lines: dict[str, Line] = {}
        self._teams: dict[str, str] = {}
        self._timelines = Timelines(day_of or Days().day_of, now=now)
        self._statuses: dict[str, PersonStatus] = {}
        self._silent: frozenset[str] = _NOBODY
        self.replace_people(people, now=now)

    @property
    def people(self) -> Mapping[str, Person]:
        """Everybody in the directory, by id."""
        return MappingProxyType(self._people)

    @property
    def statuses(self) -> Mapping[str, PersonStatus]:
        """Everybody's status, by person."""
        return MappingProxyType(self._statuses)

    @property
    def timelines(self) -> Mapping[str, Timeline]:
        """The timelines of those who have entries, by person."""
        return self._timelines.by_person

    # -------------------------------------------------------------- lines

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
        self._lines, self._silent = fresh, self._silent - {TELEPHONY}
        return self._again(self._people, now=now)

    def on_lost(self, *, now: float) -> Sequence[PersonStatus]:
        """Mark what is shown as the last known: the source of the lines is silent."""
        self._silent |= {TELEPHONY}
        return self._again(self._people, now=now)

    # -------------------------------------------------------------- entries and Teams

    def on_entries(self, source: str, person: str, entries: Sequence[Entry], *, now: float) -> Differences:
        """Take all entries that a source has of a person. Who is not in the directory is passed over."""
        if person not in self._people:
            return Differences()
        timeline = self._timelines.put(source, person, entries, now=now)
        return Differences((timeline,) if timeline is not None else (), self._again((person,), now=now))

    def on_teams(self, person: str, availability: str, *, now: float) -> Sequence[PersonStatus]:
        """Take Teams' own word for a person. Who is not in the directory is passed over."""
        if person not in self._people:
            return ()
        self._teams[person] = availability
        return self._again((person,), now=now)

    def on_source(self, source: str, *, is_silent: bool, now: float) -> Sequence[PersonStatus]:
        """Note that a source of entries, or Teams, is not heard now, or is again."""
        if is_silent is (source in self._silent):
            return ()
        self._silent = self._silent | {source} if is_silent else self._silent - {source}
        told = self._teams if source == TEAMS else self._timelines.told_by(source)
        return self._again(tuple(told), now=now)

    # -------------------------------------------------------------- time

    def next_deadline(self) -> float | None:
        """Return when `on_time` has something to do (UTC seconds), or None."""
        return self._timelines.next_deadline()

    def on_time(self, *, now: float, limit: int) -> Differences:
        """Look again at those for whom an entry has begun or ended, or a new day.

        At most at `limit` people: at midnight it is everybody, and calls must not wait for that. Then
        `next_deadline` has not moved on.
        """
        due = self._timelines.pop_due(now, limit=limit)
        statuses = self._again([person for person, _ in due], now=now)
        return Differences([timeline for _, timeline in due if timeline is not None], statuses)

    # -------------------------------------------------------------- people

    def replace_people(self, people: Iterable[Person], *, now: float) -> Sequence[PersonStatus]:
        """Make these the directory."""
        before, self._people = self._people, {p.id: p for p in people}
        by_number: defaultdict[str, list[str]] = defaultdict(list)
        for person in self._people.values():
            for number in person.numbers:
                by_number[number.number].append(person.id)
        self._by_number = dict(by_number)
        for gone in before.keys() - self._people.keys():
            self._statuses.pop(gone, None)
            self._teams.pop(gone, None)
            self._timelines.forget(gone)
        return self._again(self._people, now=now)

    def _again(self, persons: Iterable[str], *, now: float) -> Sequence[PersonStatus]:
        day_end = self._timelines.day_at(now).end
        different = []
        for person in persons:
            before = self._statuses.get(person)
            status = status_of(
                self._people[person],
                self._lines,
                before,
                now=now,
                entries=self._timelines.entries_of(person),
                teams=self._teams.get(person, ""),
                day_end=day_end,
                silent=self._silent_for(person) if self._silent else _NOBODY,
            )
            if status is not before:
                self._statuses[person] = status
                different.append(status)
        return different

    def _silent_for(self, person: str) -> frozenset[str]:
        """Return the silent sources that speak of a person."""
        speaking = {TELEPHONY, *self._timelines.sources_of(person)}
        if self._teams.get(person):
            speaking.add(TEAMS)
        return self._silent & speaking
