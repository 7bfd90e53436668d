"""One VEVENT as values of our own: times with their zones, and what it shows of its owner.

Only the properties that count are given to icalendar; so a description with faults hides no appointment, and
nothing else of it is ever in memory. What is private loses its subject, place and categories here.
"""

from __future__ import annotations

import re
from collections.abc import Set
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Final, NamedTuple

import icalendar
import msgspec
from icalendar.prop import vRecur

from services.ics.lines import Block, Line
from services.ics.showing import PROPERTIES, Showing, showing_of
from services.ics.zones import Zones, local_of, seconds_of

_TIMES: Final = ("DTSTART", "DTEND", "RECURRENCE-ID", "RDATE", "EXDATE")
_NAMES: Final = frozenset({"BEGIN", "END", "UID", "SEQUENCE", "RRULE", *_TIMES, *PROPERTIES})
_ALL_DAY: Final = ("X-MICROSOFT-CDO-ALLDAYEVENT", "X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT")
_ZONE_IN: Final = re.compile(r';TZID=("[^"]*"|.*?)(?=;[A-Z-]+=|$)', re.IGNORECASE)
_DURATION: Final = re.compile(
    r"\+?P(?:(?P<weeks>\d{1,4})W)?(?:(?P<days>\d{1,5})D)?"
    r"(?:T(?:(?P<hours>\d{1,6})H)?(?:(?P<minutes>\d{1,7})M)?(?:(?P<seconds>\d{1,9})S)?)?"
)
_OUTSIDE_FAULTS: Final = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError)
"""What icalendar raises for text without sense. Its words quote the text, so they are never passed on."""

_DAY: Final = timedelta(days=1)
_NOTHING: Final = timedelta()


class BadEvent(Exception):
    """An appointment that cannot be read. Its text says which property, nothing of what stands in it."""

    def __init__(self, line: int, fault: str) -> None:
        super().__init__(fault)
        self.line = line
        self.fault = fault


class Moment(NamedTuple):
    """A time in a calendar: local time, and where. A date is its midnight, wherever."""

    local: datetime
    zone: tzinfo
    is_date: bool

    @property
    def seconds(self) -> float:
        """UTC seconds."""
        return seconds_of(self.local, self.zone)

    def local_in(self, zone: tzinfo) -> datetime:
        """Return the local time elsewhere; a date stays that date."""
        if self.is_date or zone is self.zone:
            return self.local
        return local_of(self.local.replace(tzinfo=self.zone), zone)


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A VEVENT. It ends at `end`, or (None) after `wall` of the clock on the wall and then `exact` time.

    `original`: the occurrence of a series it stands for (RECURRENCE-ID), with `is_range` for that and all
    that follow. `rules` are RRULEs as icalendar reads them, `extra` RDATEs with the end of a period.
    """

    line: int
    uid: str
    sequence: int = -1
    start: Moment
    end: Moment | None = None
    wall: timedelta = _NOTHING
    exact: timedelta = _NOTHING
    is_all_day: bool = False
    original: Moment | None = None
    is_range: bool = False
    rules: tuple[vRecur, ...] = ()
    extra: tuple[tuple[Moment, Moment | timedelta | None], ...] = ()
    left_out: tuple[Moment, ...] = ()
    showing: Showing
    has_guessed_zone: bool = False

    @property
    def is_recurring(self) -> bool:
        """True for the head of a series."""
        return self.original is None and bool(self.rules or self.extra)

    @property
    def length(self) -> timedelta:
        """How long it lasts by the clock on the wall of its start."""
        if self.end is not None:
            return self.end.local_in(self.start.zone) - self.start.local
        return self.wall + self.exact


def event_of(block: Block, zones: Zones, home: tzinfo, own: Set[str]) -> Event:
    """Read an appointment; `home` is the zone of times without one, `own` its owner's e-mails (lower).

    Raises BadEvent.
    """
    return _Reader(block, zones, home).event(own)


class _Reader:
    """Reads one block."""

    def __init__(self, block: Block, zones: Zones, home: tzinfo) -> None:
        self._line = block.line
        self._zones = zones
        self._home = home
        self._names: list[str] = []
        self._has_guessed = False
        self._duration = next((line.text for line in block.lines if line.name == "DURATION"), "")
        kept = [self._clean(line) for line in block.lines if line.name in _NAMES]
        try:
            found = icalendar.Event.from_ical("\r\n".join(kept) + "\r\n")
        except _OUTSIDE_FAULTS as error:
            raise BadEvent(block.line, "cannot be read") from error
        if not isinstance(found, icalendar.Event):
            raise BadEvent(block.line, "cannot be read")
        self._event: Any = found
        for name, _ in found.errors:
            if name in (*_TIMES, "RRULE"):
                raise BadEvent(self._line_of(block, name), f"{name} cannot be read")

    def event(self, own: Set[str]) -> Event:
        starts = self._moments("DTSTART")
        if not starts:
            raise BadEvent(self._line, "DTSTART is missing")
        start = starts[0]
        end = next(iter(self._moments("DTEND")), None)
        is_all_day = start.is_date or self._is_marked_all_day(start, end)
        if is_all_day:
            start = Moment(start.local, self._home, True)
        wall, exact = self._lasting(start, end, is_all_day)
        originals = self._moments("RECURRENCE-ID")
        found = Event(
            line=self._line,
            uid=self._uid(start),
            sequence=self._sequence(),
            start=start,
            end=None if is_all_day else end,
            wall=wall,
            exact=exact,
            is_all_day=is_all_day,
            original=originals[0] if originals else None,
            is_range=bool(originals) and self._is_range(),
            rules=() if originals else tuple(r for r in self._all("RRULE") if isinstance(r, vRecur)),
            extra=() if originals else tuple(self._extra()),
            left_out=() if originals else self._moments("EXDATE"),
            showing=showing_of(self._event, own),
            has_guessed_zone=self._has_guessed,
        )
        if found.length < _NOTHING or (found.end is not None and found.end.seconds < found.start.seconds):
            raise BadEvent(self._line, "it ends before it starts")
        return found

    # -------------------------------------------------------------- the text

    def _clean(self, line: Line) -> str:
        """Take the name of the zone out of a time: icalendar would look for it among those of all files."""
        if line.name not in _TIMES:
            return line.text
        head, _, value = line.text.rpartition(":")  # a zone's name may hold a colon, a time never does
        found = _ZONE_IN.search(head)
        if found is None:
            return line.text
        self._names.append(found[1].strip('"'))
        head = head[: found.start()] + head[found.end() :]
        return f"{head};X-ZONE={len(self._names) - 1}:{value}"

    @staticmethod
    def _line_of(block: Block, name: str) -> int:
        return next((line.number for line in block.lines if line.name == name), block.line)

    def _all(self, name: str) -> list[Any]:
        found = self._event.get(name, [])
        return found if isinstance(found, list) else [found]

    def _uid(self, start: Moment) -> str:
        uid = str(next(iter(self._all("UID")), "")).strip()
        return uid or f"without:{start.local.isoformat()}"

    def _sequence(self) -> int:
        try:
            return int(next(iter(self._all("SEQUENCE")), -1))
        except (ValueError, TypeError):
            return -1

    # -------------------------------------------------------------- times

    def _moments(self, name: str) -> tuple[Moment, ...]:
        return tuple(self._moment(v, p) for v, p in self._values(name) if isinstance(v, date))

    def _values(self, name: str) -> list[tuple[Any, Any]]:
        try:
            return [
                (value.dt, prop.params)
                for prop in self._all(name)
                for value in (prop.dts if hasattr(prop, "dts") else (prop,))
            ]
        except _OUTSIDE_FAULTS as error:
            raise BadEvent(self._line, f"{name} cannot be read") from error

    def _moment(self, value: date, params: Any) -> Moment:
        if not isinstance(value, datetime):
            return Moment(datetime(value.year, value.month, value.day), self._home, True)  # noqa: DTZ001
        if value.tzinfo is not None:
            return Moment(local_of(value, UTC), UTC, False)
        return Moment(value, self._zone(params), False)

    def _zone(self, params: Any) -> tzinfo:
        index = params.get("X-ZONE")
        if index is None:
            return self._home
        if zone := self._zones.find(self._names[int(index)]):
            return zone
        self._has_guessed = True
        return self._home

    def _extra(self) -> list[tuple[Moment, Moment | timedelta | None]]:
        found: list[tuple[Moment, Moment | timedelta | None]] = []
        for value, params in self._values("RDATE"):
            if isinstance(value, tuple):
                start, end = value
                ends = end if isinstance(end, timedelta) else self._moment(end, params)
                found.append((self._moment(start, params), ends))
            else:
                found.append((self._moment(value, params), None))
        return found

    def _is_range(self) -> bool:
        given = str(self._all("RECURRENCE-ID")[0].params.get("RANGE", ""))
        return given.upper() == "THISANDFUTURE"

    def _is_marked_all_day(self, start: Moment, end: Moment | None) -> bool:
        """Outlook writes all-day ones as midnight to midnight, with a mark."""
        is_marked = any(str(v).upper() == "TRUE" for name in _ALL_DAY for v in self._all(name))
        ends = end.local if end is not None else start.local
        is_midnight = start.local.time() == ends.time() == datetime.min.time()
        return is_marked and is_midnight

    def _lasting(self, start: Moment, end: Moment | None, is_all_day: bool) -> tuple[timedelta, timedelta]:
        if is_all_day:
            ends = end.local if end is not None else start.local + self._given()[0]
            days = (ends - start.local) // _DAY
            return max(days, 1) * _DAY if days >= 0 else days * _DAY, _NOTHING
        return (_NOTHING, _NOTHING) if end is not None else self._given()

    def _given(self) -> tuple[timedelta, timedelta]:
        """Return DURATION: its days by the clock on the wall, its hours exactly (RFC 5545, 3.3.6)."""
        if not self._duration:
            return _NOTHING, _NOTHING
        found = _DURATION.fullmatch(self._duration.rpartition(":")[2].strip().upper())
        if found is None:
            raise BadEvent(self._line, "DURATION cannot be read")
        amounts = {name: int(amount or 0) for name, amount in found.groupdict().items()}
        exact = {name: amounts.pop(name) for name in ("hours", "minutes", "seconds")}
        return timedelta(**amounts), timedelta(**exact)
