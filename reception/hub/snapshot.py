"""The whole state for a console, cut into slices that each stay well below the frame limit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from msgspec.structs import replace

from reception.hub.rights import View
from reception.model.lines import PersonStatus, StatusKind
from reception.model.people import Person
from reception.model.presence import Timeline
from reception.wire import SLICE_PEOPLE, Slice

T = TypeVar("T")


def slices_of(
    head: Slice,
    *,
    view: View,
    people: Iterable[Person] | None,
    statuses: Iterable[PersonStatus],
    timelines: Iterable[Timeline],
) -> Iterator[Slice]:
    """Yield `head`, then the people, statuses and timelines that a view lets through.

    `people` is None for a console that keeps the same ones already. What says nothing is not sent: a person
    who is not mentioned has no status and no entries.
    """
    told_people = _in_parts(p for x in people or () if (p := view.person(x)) is not None)
    told_statuses = _in_parts(s for x in statuses if _says_something(x) and (s := view.status(x)) is not None)
    told_timelines = _in_parts(t for x in timelines if x.entries and (t := view.timeline(x)) is not None)
    body = Slice(upto=head.upto, is_first=False, is_last=False)
    last = replace(head, people_kept=people is None)
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


def _in_parts(items: Iterable[T]) -> Iterator[tuple[T, ...]]:
    remaining = iter(items)
    while part := tuple(islice(remaining, SLICE_PEOPLE)):
        yield part
