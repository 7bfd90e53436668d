"""When a colleague works, on the clock of the house: ``Arbejdstid 08.00–16.00``. No Qt."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from reception.model.hours import Span, is_zone_known, spans, zone_of
from reception.model.lines import WorkingHours
from widgets import day_words, zone
from widgets.day_words import Scale
from widgets.texts import translate

_DAY: Final = timedelta(days=1)

Part = tuple[float, float]
"""Where something begins and ends on a strip, 0 to 1."""


def words(hours: WorkingHours | None, now: float) -> str:
    """Return when they work today, whether that is now, and what their own clock shows if it is another one.

    A shift that began yesterday and goes on is today's; a day without any says so. Empty when nobody knows.
    """
    if hours is None or not is_zone_known(hours):
        return ""
    today = day_words.local(now).date()
    begin, end = _bounds(today)
    found = spans(hours, begin, end, zone.current())
    current = next((span for span in found if span[0] <= now < span[1]), None)
    if not found:
        said = translate("Hours", "No working hours today")
    elif current is not None and current[0] <= begin and current[1] >= end:
        said = translate("Hours", "Working hours round the clock")
    else:
        times = ", ".join(_period(span) for span in _of_today(found, current, begin))
        said = translate("Hours", "Working hours {times}").format(times=times)
    outside = translate("Hours", "outside working hours") if found and current is None else ""
    return " · ".join(part for part in (said, outside, _own_clock(hours, now)) if part)


def off_parts(hours: WorkingHours | None, scale: Scale) -> tuple[Part, ...]:
    """Return the parts of a day's strip in which they do not work; none when it is not known."""
    if hours is None or not is_zone_known(hours):
        return ()
    found, off_from = [], scale.begin
    for begin, end in spans(hours, scale.begin, scale.end, zone.current()):
        if begin > off_from:
            found.append((scale.place(off_from), scale.place(begin)))
        off_from = max(off_from, end)
    if off_from < scale.end:
        found.append((scale.place(off_from), 1.0))
    return tuple(found)


def _bounds(day: date) -> Span:
    return day_words.midnight(day), day_words.midnight(day + _DAY)


def _of_today(found: list[Span], current: Span | None, begin: float) -> list[Span]:
    if current is not None and current[0] < begin:
        return [current]
    return [span for span in found if span[0] >= begin] or found


def _period(span: Span) -> str:
    return f"{day_words.clock(span[0])}–{day_words.clock(span[1])}"


def _own_clock(hours: WorkingHours, now: float) -> str:
    """Return what the clock on their wall shows, unless it is that of the house."""
    own = zone_of(hours, zone.current())
    there = datetime.fromtimestamp(now, own).replace(tzinfo=None)
    here = day_words.local(now)
    if there == here:
        return ""
    shown = day_words.clock(now + (there - here).total_seconds())
    return translate("Hours", "it is {time} there").format(time=shown)
