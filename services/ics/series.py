"""The occurrences of appointments in a window of time.

recurring-ical-events follows the rules. It is given all times of a series by the clock on the wall of the
series' zone, without a zone: so a meeting at 9 stays at 9 when clocks change, however a zone was defined, and
its comparing of occurrences by UTC *or* local time (3.8.2, `to_recurrence_ids`) cannot take one for its
neighbour an hour away. UTC is worked out here, afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta, tzinfo
from typing import Any, Final, NamedTuple

import icalendar
import recurring_ical_events  # type: ignore[import-untyped]  # it says nothing of its types
from icalendar.prop import vDDDLists, vDDDTypes

from services.ics.events import Event, Moment
from services.ics.rules import BadRule, brought_near, plain_rule
from services.ics.zones import local_at, seconds_of

MOST: Final = 2000
"""Occurrences of one series in the window; more are no appointments."""

_INDEX: Final = "X-INDEX"
_DAY: Final = timedelta(days=1)
_FAULTS: Final = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError)
"""What the libraries raise for series without sense (their own errors are ValueErrors)."""


class Window(NamedTuple):
    """UTC seconds; the end is exclusive."""

    start: float
    end: float


class Occurrence(NamedTuple):
    """One time that an event takes place. `key` is the time it had at first in its series."""

    event: Event
    start: float
    end: float
    key: str


class BadSeries(Exception):
    """A series that cannot be followed; says at which line, and why."""

    def __init__(self, line: int, fault: str) -> None:
        super().__init__(fault)
        self.line = line
        self.fault = fault


def by_uid(events: Iterable[Event]) -> Iterator[Sequence[Event]]:
    """Yield what belongs together: the head of a series and its changed occurrences, from all calendars."""
    groups: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        groups[event.uid].append(event)
    yield from groups.values()


def occurrences(group: Sequence[Event], window: Window) -> list[Occurrence]:
    """Return what takes place in the window, of events with one UID. Raises BadSeries."""
    heads = [event for event in group if event.original is None]
    changed = [event for event in group if event.original is not None]
    head = max(heads, key=_rank, default=None)
    if head is not None and head.showing.is_cancelled:
        return []
    if head is not None and not head.is_recurring and not changed:
        found = [Occurrence(head, head.start.seconds, _end_of(head), "")]
    else:
        found = _Series(head, changed, window).occurrences()
    return [o for o in found if o.start < window.end and o.end > window.start and o.end > o.start]


def _rank(event: Event) -> tuple[int, bool]:
    return event.sequence, event.showing.is_cancelled


def _end_of(event: Event) -> float:
    """Return when an event ends that is where it is."""
    if event.end is not None:
        return event.end.seconds
    return seconds_of(event.start.local + event.wall, event.start.zone) + event.exact.total_seconds()


class _Series:
    """The head of a series, and its changed occurrences by what they stand for."""

    def __init__(self, head: Event | None, changed: Iterable[Event], window: Window) -> None:
        self._head = head
        self._window = window
        latest: dict[datetime, Event] = {}
        first = head if head is not None else next(iter(changed := tuple(changed)))
        self._zone: tzinfo = first.start.zone
        self._line = first.line
        for event in changed:
            original = self._place_of(event.original)
            if original not in latest or _rank(event) >= _rank(latest[original]):
                latest[original] = event
        self._changed = latest
        self._events = [*([head] if head is not None else []), *latest.values()]

    def occurrences(self) -> list[Occurrence]:
        calendar = icalendar.Calendar()
        try:
            for index in range(len(self._events)):
                calendar.add_component(self._component(index))
            found = recurring_ical_events.of(calendar).between(
                local_at(self._window.start, self._zone) - _DAY, local_at(self._window.end, self._zone) + _DAY
            )
        except BadRule as error:
            raise BadSeries(self._line, str(error)) from error
        except _FAULTS as error:
            raise BadSeries(self._line, "RRULE cannot be followed") from error
        if len(found) > MOST:
            raise BadSeries(self._line, "RRULE repeats too often")
        return [self._occurrence(component) for component in found]

    def _component(self, index: int) -> icalendar.Event:
        event = self._events[index]
        component = icalendar.Event()
        start = event.start.local_in(self._zone)
        if event.original is not None:
            component["RECURRENCE-ID"] = vDDDTypes(self._place_of(event.original))
            if event.is_range:
                component["RECURRENCE-ID"].params["RANGE"] = "THISANDFUTURE"
        else:
            start = self._add_rules(component, event, start)
        component["UID"] = "series"
        component[_INDEX] = index
        component["SEQUENCE"] = 0  # which of two versions holds is decided already
        component["DTSTART"] = vDDDTypes(start)
        component["DTEND"] = vDDDTypes(start + event.length)
        return component

    def _add_rules(self, component: icalendar.Event, head: Event, start: datetime) -> datetime:
        rules = [plain_rule(rule, head.start, self._zone) for rule in head.rules]
        if rules:
            component["RRULE"] = rules
        if head.extra:
            component["RDATE"] = vDDDLists([self._extra(*extra) for extra in head.extra])
        if head.left_out:
            component["EXDATE"] = vDDDLists([self._place_of(moment) for moment in head.left_out])
        near = local_at(self._window.start, self._zone) - head.length - self._longest_move()
        return brought_near(rules[0], start, near) if len(rules) == 1 else start

    def _extra(
        self, moment: Moment, ends: Moment | timedelta | None
    ) -> datetime | tuple[datetime, datetime | timedelta]:
        start = self._place_of(moment)
        if isinstance(ends, Moment):
            return start, ends.local_in(self._zone)
        return start if ends is None else (start, ends)

    def _longest_move(self) -> timedelta:
        moves = (
            abs(event.start.local_in(self._zone) - original) for original, event in self._changed.items()
        )
        lengths = (event.length for event in self._changed.values())
        return max(moves, default=timedelta()) + max(lengths, default=timedelta())

    def _place_of(self, moment: Moment | None) -> datetime:
        """Return where an occurrence stands in the series, be it named by its date or by its time."""
        assert moment is not None
        local = moment.local_in(self._zone)
        head = self._head
        if head is None:
            return local
        if head.start.is_date:
            return datetime.combine(local.date(), datetime.min.time())
        return datetime.combine(local.date(), head.start.local.time()) if moment.is_date else local

    def _occurrence(self, component: Any) -> Occurrence:
        event = self._events[int(component[_INDEX])]
        start, end = component["DTSTART"].dt, component["DTEND"].dt
        if event.original is not None and not event.is_range:
            place = self._place_of(event.original)
            return Occurrence(event, event.start.seconds, _end_of(event), self._key(place))
        move = timedelta()
        if event.original is not None:
            move = event.start.local_in(self._zone) - self._place_of(event.original)
        return Occurrence(
            event, seconds_of(start, self._zone), self._end(event, start, end), self._key(start - move)
        )

    def _end(self, event: Event, start: datetime, end: datetime) -> float:
        if end - start == event.length and event.exact:
            return seconds_of(start + event.wall, self._zone) + event.exact.total_seconds()
        return seconds_of(end, self._zone)

    def _key(self, place: datetime) -> str:
        if self._head is not None and self._head.start.is_date:
            return place.date().isoformat()
        return f"{seconds_of(place, self._zone):.0f}"
