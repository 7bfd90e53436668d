"""The board of statuses: who shows what, worked out anew only for those a change concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from math import inf
from types import MappingProxyType
from typing import Final, NamedTuple, Protocol

from reception.hub.days import Days
from reception.hub.timelines import Timelines
from reception.model.calendar import Appointment
from reception.model.lines import Line, LineState, PersonStatus, WorkingHours
from reception.model.office import CalendarPolicy, Office
from reception.model.people import Person
from reception.model.presence import Entry, Timeline
from reception.model.stored import KeptEntry
from reception.presence.calendar_rules import Calendar
from reception.presence.outlook import Day
from reception.presence.port import TEAMS, TELEPHONY, HoursSet, TeamsSet
from reception.presence.status import lines_of, status_of

_NOBODY: Final[frozenset[str]] = frozenset()
_NO_HOURS: Final[Mapping[str, WorkingHours]] = {}


class CalendarRules(Protocol):
    """What an office makes of the appointments that a source has of a person."""

    def entries_for(
        self, source: str, person: Person, appointments: Sequence[Appointment]
    ) -> Sequence[Entry]: ...

    def ahead_s_for(self, source: str, person: Person) -> float:
        """Return how far ahead they are shown, in seconds."""


class CommonRules:
    """The rules of a house that has none of its own: everything that was told, by the four states."""

    def __init__(self) -> None:
        self._calendar = Calendar(CalendarPolicy(), Office())

    def entries_for(
        self, source: str, person: Person, appointments: Sequence[Appointment]
    ) -> Sequence[Entry]:
        """Make entries of appointments."""
        return self._calendar.entries_of(person.id, appointments)

    def ahead_s_for(self, source: str, person: Person) -> float:
        """Return that there is no limit."""
        return inf


class Differences(NamedTuple):
    """What is different after a change."""

    timelines: Sequence[Timeline] = ()
    statuses: Sequence[PersonStatus] = ()


class Board:
    """People, their lines, entries and Teams' words, and the statuses that follow.

    Each method tells what is different, and costs as much as there are people it concerns. `rules`
    make entries of a person's appointments; `kept` is what was done to entries before.
    """

    def __init__(
        self,
        people: Iterable[Person],
        *,
        now: float,
        day_of: Callable[[float], Day] | None = None,
        rules: CalendarRules | None = None,
        kept: Iterable[KeptEntry] = (),
    ) -> None:
        self._people: dict[str, Person] = {}
        self._by_number: dict[str, list[str]] = {}
        self._lines: dict[str, Line] = {}
        self._teams: dict[str, TeamsSet] = {}
        self._hours: dict[str, dict[str, WorkingHours]] = {}
        self._appointments: dict[tuple[str, str], Sequence[Appointment]] = {}
        self._rules = rules or CommonRules()
        self._timelines = Timelines(day_of or Days().day_of, now=now, ahead_s=self._ahead_s)
        self._timelines.load(kept)
        self._statuses: dict[str, PersonStatus] = {}
        self._silent: frozenset[str] = _NOBODY
        self._old: set[tuple[str, str]] = set()
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

    def kept_of(self, person: str) -> Mapping[str, KeptEntry]:
        """Return what was done to a person's entries here, by their ids."""
        return self._timelines.kept_of(person)

    def forget_outlived(self, *, now: float) -> list[str]:
        """Forget what was done to entries that ended long ago; returns their ids."""
        return self._timelines.forget_outlived(now)

    def imported_of(self, person: str, entry: str) -> Entry | None:
        """Return an entry as its source has it, or None."""
        return self._timelines.imported_of(person, entry)

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

    def on_calendar(
        self,
        source: str,
        person: str,
        appointments: Sequence[Appointment],
        *,
        now: float,
        is_old: bool = False,
    ) -> Differences:
        """Take all that a calendar has of a person; the office's rules make entries of it.

        `is_old` marks stale what rests on it, as if the source were silent about this person alone.
        """
        if person not in self._people:
            return Differences()
        (self._old.add if is_old else self._old.discard)((source, person))
        self._appointments[source, person] = tuple(appointments)
        entries = self._rules.entries_for(source, self._people[person], appointments)
        return self.on_entries(source, person, entries, now=now)

    def use_rules(self, rules: CalendarRules) -> Sequence[tuple[str, str]]:
        """Let other rules hold; returns of whom which source's appointments are to be read again."""
        self._rules = rules
        return tuple(self._appointments)

    def read_again(self, whose: Iterable[tuple[str, str]], *, now: float) -> Differences:
        """Make entries anew of the appointments that sources have of people."""
        timelines: list[Timeline] = []
        statuses: list[PersonStatus] = []
        for source, person in whose:
            appointments = self._appointments.get((source, person))
            if appointments is not None:
                is_old = (source, person) in self._old
                different = self.on_calendar(source, person, appointments, now=now, is_old=is_old)
                timelines += different.timelines
                statuses += different.statuses
        return Differences(timelines, statuses)

    def keep(self, person: str, entry: str, kept: KeptEntry | None, *, now: float) -> Differences:
        """Take what was done to an entry here; None for nothing any more."""
        timeline = self._timelines.keep(person, entry, kept, now=now)
        if person not in self._people:
            return Differences()
        return Differences((timeline,) if timeline is not None else (), self._again((person,), now=now))

    def on_teams(self, word: TeamsSet, *, now: float) -> Sequence[PersonStatus]:
        """Take Teams' own word for a person. Who is not in the directory is passed over."""
        if word.person not in self._people:
            return ()
        self._teams[word.person] = word
        return self._again((word.person,), now=now)

    def on_hours(self, told: HoursSet, *, now: float) -> Sequence[PersonStatus]:
        """Take when a person works; of several sources the one that said so first counts."""
        known = self._hours.get(told.person, _NO_HOURS)
        if told.person not in self._people or known.get(told.source) == told.hours:
            return ()
        said = {**known, told.source: told.hours}
        self._hours[told.person] = {source: hours for source, hours in said.items() if hours is not None}
        return self._again((told.person,), now=now)

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

    def on_time(self, *, now: float, limit: int, tells_all: bool = False) -> Differences:
        """Look again at those for whom an entry has begun or ended, or a new day.

        With `tells_all` their timelines are told also where they are the same.

        At most at `limit` people: at midnight it is everybody, and calls must not wait for that. Then
        `next_deadline` has not moved on.
        """
        due = self._timelines.pop_due(now, limit=limit)
        statuses = self._again([person for person, _ in due], now=now)
        timelines = [timeline for _, timeline in due if timeline is not None]
        if tells_all:
            same = (self._timelines.by_person.get(p) for p, timeline in due if timeline is None)
            timelines += [timeline for timeline in same if timeline is not None]
        return Differences(timelines, statuses)

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
            self._hours.pop(gone, None)
            self._timelines.forget(gone)
        self._follow_people(before, now=now)
        return self._again(self._people, now=now)

    def _follow_people(self, before: Mapping[str, Person], *, now: float) -> None:
        """Ask the rules again for those who are different: they may be in another department now."""
        self._appointments = {key: a for key, a in self._appointments.items() if key[1] in self._people}
        self._old &= self._appointments.keys()
        for (source, person), appointments in self._appointments.items():
            if before.get(person) != (known := self._people[person]):
                entries = self._rules.entries_for(source, known, appointments)
                self._timelines.put(source, person, entries, now=now)
        for person in self._people.keys() - before.keys():
            self._timelines.look_at(person, now=now)

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
                teams=self._teams.get(person),
                calendar=self._timelines.calendar_of(person),
                day_end=day_end,
                silent=self._silent_for(person) if self._silent or self._old else _NOBODY,
                hours=next(iter(self._hours.get(person, _NO_HOURS).values()), None),
            )
            if status is not before:
                self._statuses[person] = status
                different.append(status)
        return different

    def _ahead_s(self, source: str, person: str) -> float:
        known = self._people.get(person)
        return inf if known is None else self._rules.ahead_s_for(source, known)

    def _silent_for(self, person: str) -> frozenset[str]:
        """Return the sources that speak of a person and are silent, if only about them."""
        speaking = set(self._timelines.sources_of(person))
        old = {source for source in speaking if (source, person) in self._old}
        if lines_of(self._people[person], self._lines):
            speaking.add(TELEPHONY)
        if (word := self._teams.get(person)) is not None and word.availability:
            speaking.add(TEAMS)
        return (self._silent & speaking) | old
