"""Graph's dates with their zones, and ours on their way there."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

_UTC_NAMES: Final = frozenset({"utc", "gmt", "etc/utc", "etc/gmt", "tzone://microsoft/utc"})
_FRACTION: Final = re.compile(r"\.\d+")
_HALF_A_DAY: Final = timedelta(hours=12)


def known_zone(name: str) -> tzinfo | None:
    """Return the zone that the IANA or Windows calls so, or None."""
    if name.casefold() in _UTC_NAMES:
        return UTC
    for key in (name, WINDOWS_TO_OLSON.get(name, "")):
        try:
            if key:
                return ZoneInfo(key)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return None


def zone_name(name: str) -> str:
    """Return the IANA name of the zone that the IANA or Windows calls so; empty for an unknown one."""
    zone = known_zone(name)
    return zone.key if isinstance(zone, ZoneInfo) else "UTC" if zone is not None else ""


def moment_of(given: Mapping[str, Any]) -> float:
    """Return a `dateTimeTimeZone` as UTC seconds. Raises ValueError for one without sense.

    A local time that a clock change leaves out counts with the offset before it (RFC 5545, 3.3.5).
    """
    local, zone = _parts(given)
    return local.timestamp() if local.tzinfo is not None else local.replace(tzinfo=zone, fold=0).timestamp()


def midnight_of(given: Mapping[str, Any], home: tzinfo) -> float:
    """Return the day of an all-day bound as its midnight in the organisation's zone, UTC seconds.

    Asked for in another zone than it was made in, a midnight comes hours off; the nearest one is meant.
    Raises ValueError.
    """
    local, _ = _parts(given)
    day = (local.replace(tzinfo=None) + _HALF_A_DAY).date()
    return datetime(day.year, day.month, day.day, tzinfo=home).timestamp()


def utc_text(seconds: float) -> str:
    """Return UTC seconds as Graph takes them where an offset is honoured."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def utc_date_time(seconds: float) -> dict[str, str]:
    """Return UTC seconds as a `dateTimeTimeZone`."""
    return {"dateTime": utc_text(seconds).removesuffix("Z"), "timeZone": "UTC"}


def instant_of(text: str) -> float:
    """Return a `DateTimeOffset` as UTC seconds. Raises ValueError."""
    found = datetime.fromisoformat(_FRACTION.sub("", text))
    if found.tzinfo is None:
        raise ValueError(f"{text}: has no offset")
    return found.timestamp()


def midnight_before(now: float, home: tzinfo, days_later: int = 0) -> float:
    """Return the midnight that began this day in a zone, or the one some days later (UTC seconds)."""
    day = datetime.fromtimestamp(now, home).date() + timedelta(days=days_later)
    return datetime(day.year, day.month, day.day, tzinfo=home).timestamp()


def _parts(given: Mapping[str, Any]) -> tuple[datetime, tzinfo]:
    name, text = given.get("timeZone") or "UTC", given.get("dateTime")
    zone = known_zone(str(name))
    if zone is None:
        raise ValueError(f"{name}: no known time zone")
    return datetime.fromisoformat(_FRACTION.sub("", str(text))), zone
