"""Everybody's entries, put together from what each source says, and when somebody must be looked at again.

A person is looked at again when an entry begins or ends, and at midnight, when ended entries are dropped and
"today" is another day. A heap knows who is next, so that nobody else is looked at.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from reception.model.presence import Entry, Timeline
from reception.presence.outlook import Day, next_change, since

_SPARE: Final = 1_000
"""Outdated places that the heap may hold beside the valid ones."""


class Timelines:
    """The timelines by person; only of those who have entries. `day_of` tells where midnight is."""

    def __init__(self, day_of: Callable[[float], Day], *, now: float) -> None:
        self._day_of = day_of
        self._day = day_of(now)
        self._told: dict[str, dict[str, tuple[Entry, ...]]] = {}
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
        return self._again(person, now=now)

    def forget(self, person: str) -> None:
        """Forget everything about a person who has left."""
        for told in self._told.values():
            told.pop(person, None)
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
            due.append((person, self._again(person, now=now)))
        return due

    def _again(self, person: str, *, now: float) -> Timeline | None:
        """Put a person's timeline together anew; returns it if it is different."""
        day = self.day_at(now)
        entries = since((e for told in self._told.values() for e in told.get(person, ())), day.start)
        before = self.entries_of(person)
        self._look_again(person, entries, day, now)
        if entries == before:
            return None
        timeline = Timeline(person=person, entries=entries)
        if entries:
            self._timelines[person] = timeline
        else:
            self._timelines.pop(person, None)
        return timeline

    def _look_again(self, person: str, entries: Sequence[Entry], day: Day, now: float) -> None:
        if not entries:
            self._look_at.pop(person, None)
            return
        at = min(day.end, next_change(entries, now) or day.end)
        if self._look_at.get(person) != at:
            self._look_at[person] = at
            heapq.heappush(self._heap, (at, person))
            if len(self._heap) > 2 * len(self._look_at) + _SPARE:
                self._heap = [(when, who) for who, when in self._look_at.items()]
                heapq.heapify(self._heap)
