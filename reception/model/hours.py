"""When somebody works (`WorkingHours`), by the clock on their wall, in everybody's time. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import Final

from reception.model.lines import Shift, WorkingHours

DAY_MINUTES: Final = 24 * 60
_DAY: Final = timedelta(days=1)

Span = tuple[float, float]
"""From when to when, UTC seconds."""


def spans(hours: WorkingHours, begin: float, end: float, home: tzinfo | None = None) -> list[Span]:
    """Return when somebody works within some time: whole shifts, those that follow at once joined into one.

    `home` is the zone of the house, None for the computer's own. Where a clock change leaves a time out, it
    counts with the offset before it (RFC 5545, 3.3.5). Nothing where this computer does not know the zone.
    """
    if not is_zone_known(hours):
        return []
    zone = zone_of(hours, home)
    day = datetime.fromtimestamp(begin, zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    day, last = day.replace(tzinfo=None) - _DAY, datetime.fromtimestamp(end, zone).replace(tzinfo=None)
    found: list[Span] = []
    while day <= last:
        found += [_span(day, shift, zone) for shift in hours.shifts if day.weekday() in shift.days]
        day += _DAY
    return [span for span in _joined(found) if span[0] < end and span[1] > begin]


def is_zone_known(hours: WorkingHours) -> bool:
    """Return whether this computer knows the zone; nothing can be said of when they work otherwise."""
    return not hours.zone or _named(hours.zone) is not None


def zone_of(hours: WorkingHours, home: tzinfo | None) -> tzinfo | None:
    """Return the zone of somebody's clock; `home` is that of the house, None for the computer's own."""
    return _named(hours.zone) if hours.zone else home


@lru_cache(maxsize=256)
def _named(name: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # not needed before somebody is shown

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _span(day: datetime, shift: Shift, zone: tzinfo | None) -> Span:
    minutes = shift.end if shift.end > shift.start else shift.end + DAY_MINUTES
    return _instant(day, shift.start, zone), _instant(day, minutes, zone)


def _instant(day: datetime, minutes: int, zone: tzinfo | None) -> float:
    return (day + timedelta(minutes=minutes)).replace(tzinfo=zone).timestamp()


def _joined(spans: list[Span]) -> list[Span]:
    """Return spans in their order; what a clock change leaves nothing of is none."""
    found: list[Span] = []
    for begin, end in sorted(span for span in spans if span[0] < span[1]):
        if found and begin <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((begin, end))
    return found
