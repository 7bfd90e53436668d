"""The whole state for a console, cut into slices that each stay well below the frame limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

from msgspec.structs import replace

from reception.hub.rights import View
from reception.model.lines import PersonStatus, StatusKind
from reception.model.people import Person
from reception.model.presence import Timeline
from reception.wire import SLICE_PEOPLE, Slice

T = TypeVar("T")

_MAX_ENTRIES: Final = 8 * SLICE_PEOPLE
"""Entries in one slice: with long subjects and notes about a megabyte."""


def slices_of(
    head: Slice,
    *,
    view: View,
    mails: bool,
    people: Iterable[Person] | None,
    statuses: Iterable[PersonStatus],
    timelines: Iterable[Timeline],
) -> Iterator[Slice]:
    """Yield `head`, with `mails`, then the people, statuses and timelines that a view lets through.

    `people` is None for a console that keeps the same ones already. What says nothing is not sent: a person
    who is not mentioned has no status and no entries, and entries may be set for them.
    """
    told_people = _in_parts(p for x in people or () if (p := view.person(x)) is not None)
    told_statuses = _in_parts(s for x in statuses if _says_something(x) and (s := view.status(x)) is not None)
    told_timelines = _by_weight(
        t for x in timelines if (t := view.timeline(x)) is not None and (t.entries or t.is_locked)
    )
    body = Slice(upto=head.upto, is_first=False, is_last=False)
    last = replace(head, people_kept=people is None, mails=mails)
    for some_people in told_people:
        yield last
        last = replace(body, people=some_people)
    for some_statuses in told_statuses:
        yield last
        last = replace(body, statuses=some_statuses)
    for some_timelines in told_timelines:
        yield last
        last = replace(body, timelines=some_timelines)
    yield replace(last, is_last=True)


def _says_something(status: PersonStatus) -> bool:
    nothing = PersonStatus(
        person=status.person, kind=StatusKind.UNKNOWN, since=status.since, is_stale=status.is_stale
    )
    return status != nothing


def _by_weight(timelines: Iterable[Timeline]) -> Iterator[tuple[Timeline, ...]]:
    """Cut by the number of entries: a calendar that is full for weeks weighs as much as many people."""
    part: list[Timeline] = []
    weight = 0
    for timeline in timelines:
        weight += 1 + len(timeline.entries)
        if part and weight > _MAX_ENTRIES:
            yield tuple(part)
            part, weight = [], 1 + len(timeline.entries)
        part.append(timeline)
    if part:
        yield tuple(part)


def _in_parts(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    remaining = iter(items)
    while part := tuple(islice(remaining, SLICE_PEOPLE)):
        yield part
