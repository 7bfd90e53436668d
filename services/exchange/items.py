"""Appointments as exchangelib has them, and as they are here. Pure.

What is private loses its words here, in the first function that sees it: an account with impersonation reads
everything, so nobody else masks it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, tzinfo
from itertools import groupby
from typing import Any, Final, NamedTuple

import msgspec

from reception.model.calendar import Appointment, ShowAs
from reception.model.lines import WorkingHours

FIELDS: Final = (
    "subject",
    "start",
    "end",
    "legacy_free_busy_status",
    "sensitivity",
    "is_all_day",
    "is_cancelled",
    "my_response_type",
    "location",
    "categories",
)
"""What is asked of each appointment."""

_INVITED: Final = ("Accept", "Tentative", "NoResponseReceived")

_PRIVATE: Final = ("Private", "Confidential")
_DIGITS: Final = {"1": "Tentative", "2": "Busy", "3": "OOF", "4": "WorkingElsewhere"}
"""Of merged free and busy times; 0 is free, and 5 that nothing is known (contract 8.2: exchangelib's own list
is one of before 2013)."""
MERGED_MINUTES: Final = 30
_LONGEST: Final = 500
"""Letters of a subject or place; more is no subject."""
_SHOWS: Final = {
    "Free": ShowAs.FREE,
    "Tentative": ShowAs.TENTATIVE,
    "Busy": ShowAs.BUSY,
    "OOF": ShowAs.OOF,
    "WorkingElsewhere": ShowAs.WORKING_ELSEWHERE,
}


class Window(NamedTuple):
    """From when to when appointments are wanted (UTC seconds)."""

    start: float
    end: float


class Replies(msgspec.Struct, frozen=True, kw_only=True):
    """Automatic replies that are on from `start` to `end` (UTC seconds)."""

    start: float
    end: float

    def appointment(self, mailbox: str) -> Appointment:
        """Return the absence they are."""
        return Appointment(
            id=appointment_id(mailbox, "automatic replies"),
            start=self.start,
            end=self.end,
            show_as=ShowAs.OOF,
        )


class Times(NamedTuple):
    """The free and busy times of a mailbox, and its working hours. `mark` is different whenever they are."""

    appointments: tuple[Appointment, ...]
    mark: str
    hours: WorkingHours | None = None


def appointment_of(item: Any, mailbox: str, home: tzinfo) -> Appointment | None:
    """Return what a calendar item is, None for one that is cancelled or declined.

    All-day ones last from midnight to midnight of `home`. Raises ValueError for one without sense.
    """
    if item.is_cancelled or item.my_response_type == "Decline":
        return None
    start, end = seconds_of(item.start, home), seconds_of(item.end, home, is_end=True)
    if end < start:
        raise ValueError("ends before it starts")
    is_private = item.sensitivity in _PRIVATE
    return Appointment(
        id=appointment_id(mailbox, str(item.id)),
        start=start,
        end=end,
        subject="" if is_private else _line(item.subject),
        location="" if is_private else _line(item.location),
        show_as=_show_as(item.legacy_free_busy_status),
        is_private=is_private,
        is_all_day=bool(item.is_all_day),
        is_invitation=item.my_response_type in _INVITED,
        categories=() if is_private else _categories(item.categories),
    )


class Span(NamedTuple):
    """A stretch of merged times; as far as is needed here like exchangelib's `CalendarEvent`."""

    start: datetime
    end: datetime
    busy_type: str
    details: None = None


def events_of(view: Any, window: Window, *, is_first: bool) -> list[Any] | None:
    """Return the events of a `FreeBusyView`; None when it does not know anything.

    Those that began before the window belong to the one before it, unless this is the first. Who may see no
    more is told merged times alone.
    """
    if view.view_type == "MergedOnly":
        return merged_spans(view.merged or "", window)
    if view.view_type in (None, "None"):
        return None
    events = view.calendar_events or ()
    return [e for e in events if is_first or seconds_of(e.start, UTC) >= window.start]


def merged_spans(digits: str, window: Window) -> list[Any] | None:
    """Return what merged times say, a digit for each `MERGED_MINUTES`; None when it is nothing."""
    if not digits.strip("5"):
        return None
    step, found, at = MERGED_MINUTES * 60.0, [], window.start
    for digit, run in groupby(digits):
        until = at + len(list(run)) * step
        if (busy := _DIGITS.get(digit)) is not None:
            start, end = (datetime.fromtimestamp(one, UTC) for one in (at, min(until, window.end)))
            found.append(Span(start, end, busy))
        at = until
    return found


def times_of(events: Iterable[Any], mailbox: str, home: tzinfo, hours: WorkingHours | None = None) -> Times:
    """Return what free and busy times say (`CalendarEvent`); they have no id but their times.

    Raises ValueError for what has no sense.
    """
    found: dict[str, Appointment] = {}
    for event in events:
        start, end = seconds_of(event.start, home), seconds_of(event.end, home)
        if end < start:
            raise ValueError("ends before it starts")
        details = event.details
        is_private = bool(details is not None and details.is_private)
        is_open = details is not None and not is_private
        id_ = appointment_id(mailbox, f"{start} {end} {event.busy_type}")
        while id_ in found:  # two at the same time
            id_ = appointment_id(mailbox, id_)
        found[id_] = Appointment(
            id=id_,
            start=start,
            end=end,
            subject=_line(details.subject) if is_open else "",
            location=_line(details.location) if is_open else "",
            show_as=_show_as(event.busy_type),
            is_private=is_private,
            is_all_day=end > start and is_midnight(start, home) and is_midnight(end, home),
        )
    appointments = ordered(found.values())
    return Times(appointments, appointment_id(mailbox, repr((appointments, hours))), hours)


def ordered(appointments: Iterable[Appointment]) -> tuple[Appointment, ...]:
    """Return appointments by their start."""
    return tuple(sorted(appointments, key=lambda a: (a.start, a.end, a.id)))


def within(appointments: Iterable[Appointment], window: Window) -> tuple[Appointment, ...]:
    """Return those of a window, by their start; one that ends where it begins is not in it."""
    return ordered(a for a in appointments if a.end > max(window.start, a.start) and a.start < window.end)


def replies_of(settings: Any, home: tzinfo) -> Replies | None:
    """Return automatic replies with an end (`OofSettings`); nobody knows when those without are back."""
    if settings is None or settings.state != "Scheduled" or settings.start is None or settings.end is None:
        return None
    start, end = seconds_of(settings.start, home), seconds_of(settings.end, home)
    return Replies(start=start, end=end) if end > start else None


def window_at(now: float, home: tzinfo, days_ahead: int) -> Window:
    """Return the window from the last midnight of `home` on; `now` in UTC seconds."""
    today = datetime.fromtimestamp(now, home).date()
    return Window(_midnight(today, home), _midnight(_later(today, days_ahead + 1), home))


def seconds_of(moment: datetime | date, home: tzinfo, *, is_end: bool = False) -> float:
    """Return a moment in UTC seconds; a day is its midnight in `home`, as an end the one after it."""
    if isinstance(moment, datetime):
        known = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
        return known.timestamp()
    return _midnight(_later(moment, 1) if is_end else moment, home)


def is_midnight(at: float, home: tzinfo) -> bool:
    """Return whether a day of `home` begins at a moment (UTC seconds)."""
    return datetime.fromtimestamp(at, home).time() == time(0)


def appointment_id(mailbox: str, what: str) -> str:
    """Return an id of one appointment in one mailbox: Exchange's own are as long as a line."""
    name = f"{mailbox.casefold()}\n{what}".encode()
    return "ews-" + hashlib.blake2b(name, digest_size=12).hexdigest()


def _midnight(day: date, home: tzinfo) -> float:
    return datetime.combine(date(day.year, day.month, day.day), time(0), tzinfo=home).timestamp()


def _later(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)


def _show_as(word: object) -> ShowAs:
    return _SHOWS.get(str(word), ShowAs.UNKNOWN)


def _line(text: object) -> str:
    return "" if text is None else " ".join(str(text).split())[:_LONGEST]


def _categories(given: Sequence[str] | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip()[:_LONGEST] for one in given or () if one.strip()))
