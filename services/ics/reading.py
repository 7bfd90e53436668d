"""A colleague's appointments from the calendars they have. Pure, and slow: for a thread of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from hashlib import blake2b
from typing import Final, NamedTuple

import msgspec

from reception.model.calendar import Appointment
from services.ics.events import BadEvent, Event, event_of
from services.ics.lines import Block, BrokenCalendar, RawCalendar, read_calendars
from services.ics.series import BadSeries, Occurrence, Window, by_uid, occurrences
from services.ics.showing import masked
from services.ics.zones import Zones, known_zone, local_at, seconds_of

_MARGIN: Final = timedelta(days=2)
"""More than any two zones are apart."""
_DAY: Final = re.compile(r"\d{4}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")


class Document(NamedTuple):
    """A calendar's content, and what people call the file."""

    name: str
    content: bytes


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """What is wrong, and where: never the text that stands there."""

    file: str
    line: int
    error: str


class Owner(msgspec.Struct, frozen=True, kw_only=True):
    """Whose calendar it is. `seed` makes ids of the same meeting different from colleague to colleague."""

    seed: str
    emails: frozenset[str] = frozenset()


class Reading(NamedTuple):
    """All appointments in the window, ordered, and what could not be read besides."""

    appointments: tuple[Appointment, ...]
    faults: tuple[Fault, ...]


class Unreadable(Exception):
    """One of the calendars is no whole calendar, so nothing can be said."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.error)
        self.fault = fault


def window_at(now: float, zone: tzinfo, days_ahead: int) -> Window:
    """Return today and so many days more: from midnight to midnight."""
    today = local_at(now, zone).replace(hour=0, minute=0, second=0, microsecond=0)
    end = today + timedelta(days=days_ahead + 1)
    return Window(seconds_of(today, zone), seconds_of(end, zone))


def read(documents: Iterable[Document], owner: Owner, home: tzinfo, window: Window) -> Reading:
    """Read everything; raises Unreadable."""
    faults: list[Fault] = []
    events: list[tuple[str, Event]] = []
    for document in documents:
        try:
            calendars = read_calendars(document.content)
        except BrokenCalendar as error:
            raise Unreadable(Fault(file=document.name, line=error.line, error=error.fault)) from error
        reader = _Reader(document.name, owner, home, window, faults)
        events += [(document.name, event) for calendar in calendars for event in reader.events_in(calendar)]
    found = _appointments(events, owner, window, faults)
    return Reading(tuple(found), tuple(sorted(faults, key=lambda fault: (fault.file, fault.line))))


class _Reader:
    """Takes the events out of the calendars of one file."""

    def __init__(self, file: str, owner: Owner, home: tzinfo, window: Window, faults: list[Fault]) -> None:
        self._file = file
        self._owner = owner
        self._home = home
        self._faults = faults
        begin, end = (datetime.fromtimestamp(at, UTC) for at in window)
        self._first, self._last = f"{begin - _MARGIN:%Y%m%d}", f"{end + _MARGIN:%Y%m%d}"

    def events_in(self, calendar: RawCalendar) -> list[Event]:
        zones = Zones(calendar.zones)
        wide = known_zone(calendar.zone)
        events = []
        for block in calendar.events:
            if self._is_elsewhen(block):
                continue
            try:
                event = event_of(block, zones, self._home, self._owner.emails)
            except BadEvent as error:
                self._faults.append(Fault(file=self._file, line=error.line, error=error.fault))
                continue
            if event.has_guessed_zone:
                error_text = "unknown time zone, read in the office's"
                self._faults.append(Fault(file=self._file, line=event.line, error=error_text))
            events.append(_adapted(event, wide, calendar.method))
        return events

    def _is_elsewhen(self, block: Block) -> bool:
        """True for what is wholly past or too far ahead; most of an old calendar, told by digits alone."""
        days: dict[str, str] = {}
        for line in block.lines:
            match line.name:
                case "RRULE" | "RDATE" | "DURATION":
                    return False
                case "RECURRENCE-ID" if "RANGE=" in line.text.upper():
                    return False
                case "DTSTART" | "DTEND" | "RECURRENCE-ID":
                    days[line.name] = line.text.rpartition(":")[2].strip()[:8]
        if "DTSTART" not in days or not all(_DAY.fullmatch(day) for day in days.values()):
            return False
        return max(days.values()) < self._first or min(days.values()) > self._last


def _adapted(event: Event, wide: tzinfo | None, method: str) -> Event:
    """Apply what is said once for the whole calendar.

    `wide`: the zone in which Google repeats what it wrote in UTC. METHOD:CANCEL takes back.
    """
    if wide is not None and event.is_recurring and event.start.zone is UTC:
        start = event.start._replace(local=event.start.local_in(wide), zone=wide)
        event = msgspec.structs.replace(event, start=start)
    if method == "CANCEL":
        showing = msgspec.structs.replace(event.showing, is_cancelled=True)
        event = msgspec.structs.replace(event, showing=showing)
    return event


def _appointments(
    events: Sequence[tuple[str, Event]], owner: Owner, window: Window, faults: list[Fault]
) -> list[Appointment]:
    files = {id(event): file for file, event in events}
    found: dict[str, Appointment] = {}
    for group in by_uid(event for _, event in events):
        is_private = any(event.showing.is_private for event in group)
        try:
            took_place = occurrences(group, window)
        except BadSeries as error:
            faults.append(Fault(file=files[id(group[0])], line=error.line, error=error.fault))
            continue
        for occurrence in took_place:
            if appointment := _appointment(occurrence, owner, is_private):
                found[appointment.id] = appointment
    return sorted(found.values(), key=lambda a: (a.start, a.end, a.id))


def _appointment(occurrence: Occurrence, owner: Owner, is_private: bool) -> Appointment | None:
    event = occurrence.event
    showing = masked(event.showing) if is_private else event.showing
    if showing.is_cancelled or showing.is_declined:
        return None
    name = "\0".join((owner.seed, event.uid, occurrence.key))
    return Appointment(
        id=f"ics-{blake2b(name.encode('utf-8', 'replace'), digest_size=12).hexdigest()}",
        start=occurrence.start,
        end=occurrence.end,
        subject=showing.subject,
        location=showing.location,
        show_as=showing.show_as,
        is_private=showing.is_private,
        is_all_day=event.is_all_day,
        is_invitation=showing.is_invitation,
        categories=showing.categories,
    )
