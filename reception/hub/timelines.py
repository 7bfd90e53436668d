"""Everybody's entries, put together from what each source says and what was done to them here, and when
somebody must be looked at again.

A person is looked at again when an entry begins or ends, and at midnight, when ended entries are dropped and
"today" is another day. A heap knows who is next, so that nobody else is looked at.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import inf
from types import MappingProxyType
from typing import Final

from reception.model.presence import CALENDAR, Entry, Timeline
from reception.model.stored import KeptEntry
from reception.presence.kept import merged, outlived
from reception.presence.outlook import Day, next_change, since
from reception.presence.port import BY_HAND

_NOTHING_KEPT: Final[Mapping[str, KeptEntry]] = MappingProxyType({})
_SPARE: Final = 1_000
"""Outdated places that the heap may hold beside the valid ones."""


class Timelines:
    """The timelines by person; only of those who have entries.

    `day_of` tells where midnight is, `ahead_s` how far beyond today a source's entries are shown of a person.
    """

    def __init__(
        self,
        day_of: Callable[[float], Day],
        *,
        now: float,
        ahead_s: Callable[[str, str], float] = lambda _source, _person: inf,
    ) -> None:
        self._day_of = day_of
        self._ahead_s = ahead_s
        self._day = day_of(now)
        self._told: dict[str, dict[str, tuple[Entry, ...]]] = {}
        self._calendars: dict[str, str] = {}
        self._kept: dict[str, dict[str, KeptEntry]] = {}
        self._timelines: dict[str, Timeline] = {}
        self._look_at: dict[str, float] = {}
        self._heap: list[tuple[float, str]] = []

    @property
    def by_person(self) -> Mapping[str, Timeline]:
        """The timelines of all who have entries."""
        return MappingProxyType(self._timelines)

    def entries_of(self, person: str) -> Sequence[Entry]:
        """Return a person's entries, ordered by their start."""
        timeline = self._timelines.get(person)
        return () if timeline is None else timeline.entries

    def sources_of(self, person: str) -> Iterator[str]:
        """Yield the sources that have said something about a person, be it that there is nothing."""
        return (source for source, told in self._told.items() if person in told)

    def calendar_of(self, person: str) -> str:
        """Return the calendar that has said something about a person, empty for none."""
        return self._calendars.get(person, "")

    def told_by(self, source: str) -> Iterable[str]:
        """Return all of whom a source has said something."""
        return self._told.get(source, {}).keys()

    def day_at(self, now: float) -> Day:
        """Return the day of a moment; the last one asked for is remembered."""
        if not self._day.start <= now < self._day.end:
            self._day = self._day_of(now)
        return self._day

    def put(self, source: str, person: str, entries: Sequence[Entry], *, now: float) -> Timeline | None:
        """Take what a source says of a person; returns the timeline if it is different."""
        self._told.setdefault(source, {})[person] = tuple(entries)
        if source != BY_HAND:
            self._calendars.setdefault(person, source)
        return self._again(person, now=now)

    def keep(self, person: str, entry: str, kept: KeptEntry | None, *, now: float) -> Timeline | None:
        """Take what was done to an entry, None for nothing; returns the timeline if it is different."""
        ours = self._kept.setdefault(person, {})
        if kept is not None:
            ours[entry] = kept
        else:
            ours.pop(entry, None)
        return self._again(person, now=now)

    def load(self, kept: Iterable[KeptEntry]) -> None:
        """Take what was kept from before, ahead of what sources say."""
        for ours in kept:
            self._kept.setdefault(ours.person, {})[ours.key] = ours

    def forget_outlived(self, now: float) -> list[str]:
        """Forget what was done to entries that ended long ago; returns their ids."""
        gone = []
        for person, ours in tuple(self._kept.items()):
            old = [entry for entry, kept in ours.items() if outlived(kept, now)]
            for entry in old:
                del ours[entry]
            if not ours:
                del self._kept[person]
            gone += old
        return gone

    def kept_of(self, person: str) -> Mapping[str, KeptEntry]:
        """Return what was done to a person's entries, by their ids."""
        return self._kept.get(person, _NOTHING_KEPT)

    def imported_of(self, person: str, entry: str) -> Entry | None:
        """Return an entry as its source has it, or None."""
        found = (e for told in self._told.values() for e in told.get(person, ()) if e.id == entry)
        return next(found, None)

    def look_at(self, person: str, *, now: float) -> Timeline | None:
        """Put a person's timeline together; returns it if it is different."""
        return self._again(person, now=now)

    def forget(self, person: str) -> None:
        """Forget what sources said about a person who has left; what was done here waits for their return."""
        for told in self._told.values():
            told.pop(person, None)
        self._calendars.pop(person, None)
        self._timelines.pop(person, None)
        self._look_at.pop(person, None)

    def next_deadline(self) -> float | None:
        """Return when `pop_due` has somebody (UTC seconds), or None."""
        while self._heap:
            at, person = self._heap[0]
            if self._look_at.get(person) == at:
                return at
            heapq.heappop(self._heap)
        return None

    def pop_due(self, now: float, *, limit: int) -> list[tuple[str, Timeline | None]]:
        """Return up to `limit` people whose time has come, with the timeline where it is different."""
        due: list[tuple[str, Timeline | None]] = []
        while len(due) < limit and (at := self.next_deadline()) is not None and at <= now:
            _, person = heapq.heappop(self._heap)
            del self._look_at[person]
            due.append((person, self._on_time(person, at, now)))
        return due

    def _on_time(self, person: str, at: float, now: float) -> Timeline | None:
        """Look at a person whose time came at `at`; within a day the timeline stays what it is."""
        day = self.day_at(now)
        if at <= day.start:
            return self._again(person, now=now)
        self._look_again(person, self.entries_of(person), day, now, waiting=True)
        return None

    def _again(self, person: str, *, now: float) -> Timeline | None:
        """Put a person's timeline together anew; returns it if it is different."""
        day = self.day_at(now)
        entries, waiting = self._near(person, since(self._merged(person, day), day.start), day)
        before = self.entries_of(person)
        self._look_again(person, entries, day, now, waiting=waiting)
        if entries == before:
            return None
        timeline = Timeline(person=person, entries=entries)
        if entries:
            self._timelines[person] = timeline
        else:
            self._timelines.pop(person, None)
        return timeline

    def _merged(self, person: str, day: Day) -> Iterable[Entry]:
        told = (e for said in self._told.values() for e in said.get(person, ()))
        kept = self._kept.get(person)
        if not kept:
            return told
        is_heard = bool(self.calendar_of(person))
        latest = {e.id: e for e in told}  # a source may tell an edit made elsewhere, in its entry's place
        return merged(latest.values(), kept, since=day.start, is_heard=is_heard)

    def _near(self, person: str, entries: tuple[Entry, ...], day: Day) -> tuple[tuple[Entry, ...], bool]:
        """Leave out what the calendar has farther ahead than is shown; tells also whether there is such."""
        calendar = self._calendars.get(person)
        if calendar is None or not entries:
            return entries, False
        horizon = day.end + self._ahead_s(calendar, person)
        if entries[-1].start < horizon:
            return entries, False
        near = tuple(e for e in entries if e.start < horizon or e.origin != CALENDAR)
        return near, len(near) < len(entries)

    def _look_again(
        self, person: str, entries: Sequence[Entry], day: Day, now: float, *, waiting: bool = False
    ) -> None:
        """See to it that a person is looked at in time; `waiting` entries come nearer each day."""
        if not entries and not waiting:
            self._look_at.pop(person, None)
            return
        at = min(day.end, next_change(entries, now) or day.end)
        if self._look_at.get(person) != at:
            self._look_at[person] = at
            heapq.heappush(self._heap, (at, person))
            if len(self._heap) > 2 * len(self._look_at) + _SPARE:
                self._heap = [(when, who) for who, when in self._look_at.items()]
                heapq.heapify(self._heap)
