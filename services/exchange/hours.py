"""Working hours as they come beside free and busy times (`FreeBusyView`).

The server describes the time zone of a mailbox by its rules alone, without a name. A zone with the same rules
this year is looked for, that of the house first; where there is none, nothing is known of the hours.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cache, lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from exchangelib.winzone import MS_TIMEZONE_TO_IANA_MAP

from reception.model.lines import Shift, WorkingHours

_NOON: Final = time(12)
_NEAR: Final = timedelta(days=3)
"""Rules that differ by the hour of the day on which clocks change are the same to those who work."""
_LAST: Final = 5
"""Of the weeks of a month: the last one (TimeZoneTransition, `DayOrder`)."""

Offset = tuple[date, int]
"""A day, and by how many minutes clocks are ahead of UTC at its noon."""


def hours_of(view: Any, home: tzinfo, home_name: str, year: int) -> WorkingHours | None:
    """Return when the owner of a mailbox works; None when the server does not say, or not where that is.

    `home_name` is what the zone of the house is called, empty for the computer's own. Raises ValueError for
    what has no sense.
    """
    shifts = tuple(shift for period in view.working_hours or () if (shift := _shift(period)).days)
    if not shifts or view.working_hours_timezone is None:
        return None
    offsets = _offsets(view.working_hours_timezone, year)
    if _fits(home, offsets):
        return WorkingHours(zone=home_name, shifts=shifts)
    zone = _zone_with(offsets)
    return WorkingHours(zone=zone, shifts=shifts) if zone else None


def _shift(period: Any) -> Shift:
    days = tuple(sorted({day - 1 for day in period.weekdays or () if 1 <= day <= 7}))
    return Shift(days=days, start=_minutes(period.start), end=_minutes(period.end))


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def _offsets(rules: Any, year: int) -> tuple[Offset, ...]:
    """Return by how much clocks are ahead in a year: before and after each change of them."""
    changes = [change for change in (rules.standard_time, rules.daylight_time) if change is not None]
    ahead = [-(rules.bias + change.bias) for change in changes]
    if len(changes) < 2 or ahead[0] == ahead[1]:
        fixed = ahead[0] if ahead else -rules.bias
        return (date(year, 1, 15), fixed), (date(year, 7, 15), fixed)
    found = []
    for change, after, before in zip(changes, ahead, reversed(ahead), strict=True):
        day = _day_of(change, year)
        found += [(day - _NEAR, before), (day + _NEAR, after)]
    return tuple(found)


def _day_of(change: Any, year: int) -> date:
    """Return the n-th weekday of a month. Raises ValueError."""
    first = date(year, change.iso_month, 1)
    day = 1 + (change.weekday - 1 - first.weekday()) % 7 + 7 * (change.occurrence - 1)
    last = monthrange(year, change.iso_month)[1]
    while day > last and change.occurrence == _LAST:
        day -= 7
    return date(year, change.iso_month, day)


@lru_cache(maxsize=256)
def _zone_with(offsets: Sequence[Offset]) -> str:
    """Return a zone whose clocks are ahead by so much on these days, empty when there is none."""
    return next((name for name, zone in _zones() if _fits(zone, offsets)), "")


@cache
def _zones() -> tuple[tuple[str, ZoneInfo], ...]:
    """Return the zones that Windows knows, by their IANA names."""
    found = []
    for name in sorted(set(MS_TIMEZONE_TO_IANA_MAP.values())):
        try:
            found.append((name, ZoneInfo(name)))
        except ZoneInfoNotFoundError:
            continue
    return tuple(found)


def _fits(zone: tzinfo, offsets: Sequence[Offset]) -> bool:
    return all(_ahead(zone, day) == minutes for day, minutes in offsets)


def _ahead(zone: tzinfo, day: date) -> int:
    offset = datetime.combine(day, _NOON, UTC).astimezone(zone).utcoffset()
    return int(offset.total_seconds() // 60) if offset is not None else 0
