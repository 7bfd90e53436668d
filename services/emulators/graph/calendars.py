"""Appointments as Graph has them: stored in UTC, told in whichever zone is asked for, series taken apart."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from dateutil import rrule  # type: ignore[import-untyped]  # its types are a package of their own
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

Occurrence = tuple[int | None, datetime, datetime]
"""Number in its series, if it is of one, start and end."""
_FIRST_YEAR, _LAST_YEAR = 1600, 4500
"""Outlook has no others."""
_STEPS: Final = {"daily": rrule.DAILY, "weekly": rrule.WEEKLY}


class Event(msgspec.Struct, kw_only=True):
    """An appointment, or a series of them: `repeats` is ``daily`` or ``weekly``, `times` how often.

    `zone` is where a series is planned: its hours stay when the clocks change. `moved` are occurrences of a
    series at another time, by their number from 0; `cancelled` those that do not take place. What else there
    is to tell (`more`) stands as Graph has it.
    """

    subject: str
    start: datetime
    end: datetime
    id: str = msgspec.field(default_factory=lambda: f"AAMk{uuid.uuid4().hex}")
    show_as: str = "busy"
    sensitivity: str = "normal"
    is_all_day: bool = False
    is_cancelled: bool = False
    location: str = ""
    categories: tuple[str, ...] = ()
    response: str = "accepted"
    zone: str = "UTC"
    repeats: str = ""
    times: int = 1
    moved: dict[int, tuple[datetime, datetime]] = {}
    cancelled: frozenset[int] = frozenset()
    more: dict[str, Any] = {}

    def occurrences(self, begin: datetime, end: datetime) -> Iterator[Occurrence]:
        """Yield what overlaps a time."""
        if not self.repeats:
            if self.start < end and self.end > begin:
                yield None, self.start, self.end
            return
        zone = zone_of(self.zone) or UTC
        length = self.end - self.start
        first = self.start.astimezone(zone).replace(tzinfo=None)
        for number, local in enumerate(rrule.rrule(_STEPS[self.repeats], dtstart=first, count=self.times)):
            if number in self.cancelled:
                continue
            start = local.replace(tzinfo=zone).astimezone(UTC)
            starts, ends = self.moved.get(number, (start, start + length))
            if starts < end and ends > begin:
                yield number, starts, ends

    def planned(self, zone: str) -> dict[str, Any]:
        """Return it as Graph tells it as it was planned: a series as its master."""
        kind = {"type": "seriesMaster"} if self.repeats else {}
        return self.told(None, self.start, self.end, zone) | kind

    def told(self, number: int | None, start: datetime, end: datetime, zone: str) -> dict[str, Any]:
        """Return an occurrence as Graph tells it, times in a zone."""
        kind = "singleInstance" if number is None else "exception" if number in self.moved else "occurrence"
        return {
            "id": self.id if number is None else f"{self.id}.{number}",
            "iCalUId": f"040000008200E0{self.id}",
            "changeKey": uuid.uuid5(uuid.NAMESPACE_OID, repr((self, number))).hex,
            "type": kind,
            "seriesMasterId": None if number is None else self.id,
            "subject": self.subject,
            "start": moment(start, zone),
            "end": moment(end, zone),
            "isAllDay": self.is_all_day,
            "isCancelled": self.is_cancelled,
            "showAs": self.show_as,
            "sensitivity": self.sensitivity,
            "location": {"displayName": self.location},
            "categories": list(self.categories),
            "responseStatus": {"response": self.response, "time": "0001-01-01T00:00:00Z"},
            **self.more,
        }


def zone_of(name: str) -> tzinfo | None:
    """Return a zone by its IANA or Windows name, None for others."""
    try:
        return ZoneInfo(WINDOWS_TO_OLSON.get(name, name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def moment(at: datetime, zone: str) -> dict[str, str]:
    """Return a moment as Graph writes it: without an offset, seven decimals, the zone beside it."""
    local = at.astimezone(zone_of(zone) or UTC)
    return {"dateTime": f"{local:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": zone}


def parse_moment(text: str) -> datetime:
    """Read a bound of a view: without an offset it is UTC. Raises ValueError."""
    found = datetime.fromisoformat(text)
    return _in_utc(found.replace(tzinfo=UTC) if found.tzinfo is None else found)


def read_moment(value: Any) -> datetime:
    """Read a moment with its zone. Raises ValueError."""
    if not isinstance(value, dict) or not isinstance(value.get("dateTime"), str):
        raise ValueError("a dateTime with its timeZone is needed")
    zone = zone_of(str(value.get("timeZone") or "UTC"))
    if zone is None:
        raise ValueError(f"{value.get('timeZone')} is not a time zone")
    return _in_utc(datetime.fromisoformat(value["dateTime"][:19]).replace(tzinfo=zone))


def _in_utc(at: datetime) -> datetime:
    """Raises ValueError for what no calendar has: zones are applied to it later."""
    if not _FIRST_YEAR < at.year < _LAST_YEAR:
        raise ValueError(f"{at.isoformat()} is out of range")
    return at.astimezone(UTC)


def all_day(day: date, days: int = 1, zone: str = "UTC") -> tuple[datetime, datetime]:
    """Return beginning and exclusive end of whole days in a zone."""
    where = zone_of(zone) or UTC
    return tuple(  # type: ignore[return-value]  # two of them
        datetime(at.year, at.month, at.day, tzinfo=where).astimezone(UTC)
        for at in (day, day + timedelta(days=days))
    )
