"""Days and times of a timeline as people say them: ``til 14.30``, ``23.–27. nov.``. No Qt.

An entry's end is exclusive: one that ends at midnight lasts to the end of the day before.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

import msgspec

from reception.model.presence import Entry
from widgets import formats, texts, zone
from widgets.texts import translate

OPENS: Final = 8
CLOSES: Final = 18
"""Hours of the strip of a day: the working day, alike for everybody, so that rows can be compared."""

_MONTHS: Final = {
    "da": ["jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec."],
    "de": ["Jan.", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "Sep.", "Okt.", "Nov.", "Dez."],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
_DAYS: Final = {
    "da": ["man.", "tir.", "ons.", "tor.", "fre.", "lør.", "søn."],
    "de": ["Mo.", "Di.", "Mi.", "Do.", "Fr.", "Sa.", "So."],
    "en": ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
}
_FULL_MONTHS: Final = {
    "da": [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ],
    "de": [
        "Januar",
        "Februar",
        "März",
        "April",
        "Mai",
        "Juni",
        "Juli",
        "August",
        "September",
        "Oktober",
        "November",
        "Dezember",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
_FULL_DAYS: Final = {
    "da": ["mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"],
    "de": ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
_WEEK: Final = 7


class Scale(msgspec.Struct, frozen=True):
    """The instants between which a day's strip lies (UTC seconds)."""

    begin: float
    end: float

    def place(self, instant: float) -> float:
        """Return where an instant lies, 0 to 1."""
        if instant <= self.begin:
            return 0.0
        return 1.0 if instant >= self.end else (instant - self.begin) / (self.end - self.begin)


@lru_cache(maxsize=4096)
def local(instant: float) -> datetime:
    """Return an instant (UTC seconds) as local time, without a zone: for words only."""
    return zone.local(instant)


@lru_cache(maxsize=64)
def scale(day: date) -> Scale:
    """Return the strip of a local day."""
    return Scale(zone.instant_of(day, OPENS), zone.instant_of(day, CLOSES))


@lru_cache(maxsize=64)
def midnight(day: date) -> float:
    """Return when a local day begins (UTC seconds)."""
    return zone.instant_of(day)


@lru_cache(maxsize=4096)
def _clock(instant: float, language: str) -> str:
    return formats.time_of_day(instant, language)


for _cached in (local, scale, midnight, _clock):
    zone.depends_on_zone(_cached)


def clock(instant: float) -> str:
    """Return the time of day in the window's language: ``14.30``."""
    return _clock(instant, texts.current())


def date_words(day: date, today: date) -> str:
    """Return ``27. nov.``; with the year when it is another one."""
    language = texts.current()
    dot = "" if language == "en" else "."
    words = f"{day.day}{dot} {_MONTHS[language][day.month - 1]}"
    return words if day.year == today.year else f"{words} {day.year}"


def day_words(day: date, today: date) -> str:
    """Return a day as one speaks of it: today, tomorrow, a weekday of the days ahead, else the date."""
    ahead = (day - today).days
    if ahead == 0:
        return translate("Day", "today")
    if ahead == 1:
        return translate("Day", "tomorrow")
    if ahead == -1:
        return translate("Day", "yesterday")
    if 1 < ahead < _WEEK:
        return f"{_DAYS[texts.current()][day.weekday()]} {date_words(day, today)}"
    return date_words(day, today)


def full_day(day: date, today: date) -> str:
    """Return a day with its weekday in full: ``lørdag 21. november``, with today or tomorrow before it."""
    language = texts.current()
    dot = "" if language == "en" else "."
    words = f"{_FULL_DAYS[language][day.weekday()]} {day.day}{dot} {_FULL_MONTHS[language][day.month - 1]}"
    words = words if day.year == today.year else f"{words} {day.year}"
    return f"{day_words(day, today)} · {words}" if abs((day - today).days) <= 1 else words


def days(first: date, last: date, today: date) -> str:
    """Return ``23.–27. nov.``, over the end of a month ``30. nov.–4. dec.``"""
    if (first.year, first.month) != (last.year, last.month):
        return f"{date_words(first, today)}–{date_words(last, today)}"
    dot = "" if texts.current() == "en" else "."
    return f"{first.day}{dot}–{date_words(last, today)}"


def weekday(day: date) -> str:
    """Return the short name of a weekday with its day of the month: ``man. 23.``"""
    language = texts.current()
    return f"{_DAYS[language][day.weekday()]} {day.day}{'' if language == 'en' else '.'}"


def last_day(end: float) -> date:
    """Return the last day of what ends then."""
    return local(end - 1).date()


def is_midnight(instant: float) -> bool:
    """True where one day ends and the next begins."""
    return local(instant) == datetime.combine(local(instant).date(), datetime.min.time())


def until(end: float, now: float) -> str:
    """Return until when: ``til 14.30``, ``til 27. nov.`` for whole days, ``i dag`` to the end of this one."""
    today = local(now).date()
    if is_midnight(end):
        last = last_day(end)
        return translate("Day", "today") if last == today else _until(day_words(last, today))
    return _until(moment(end, now))


def _until(words: str) -> str:
    return translate("Day", "until {time}").format(time=words)


def moment(instant: float, now: float) -> str:
    """Return when something was or will be: ``10.14`` today, else ``i går 10.14``."""
    today = local(now).date()
    day = local(instant).date()
    return clock(instant) if day == today else f"{day_words(day, today)} {clock(instant)}"


def is_whole_days(entry: Entry) -> bool:
    """True for an entry that begins and ends at midnight, or never ends."""
    return is_midnight(entry.start) and (entry.end is None or is_midnight(entry.end))


def period(entry: Entry, now: float) -> str:
    """Return when an entry is: ``13.00–14.30`` today, ``i morgen 08–12``, ``23.–27. nov.``."""
    today = local(now).date()
    first = local(entry.start).date()
    if entry.end is None:
        return translate("Day", "from {time}").format(time=_begin(entry.start, now))
    last = last_day(entry.end)
    if first < today and last >= today:
        return until(entry.end, now)
    if first != last:
        return days(first, last, today)
    if is_whole_days(entry):
        return translate("Day", "all day") if first == today else day_words(first, today)
    if first == today:
        return f"{clock(entry.start)}–{clock(entry.end)}"
    return f"{_short_day(first, today)} {_hours(entry.start, entry.end)}"


def _begin(start: float, now: float) -> str:
    today = local(now).date()
    day = local(start).date()
    if is_midnight(start):
        return day_words(day, today)
    return clock(start) if day == today else f"{_short_day(day, today)} {clock(start)}"


def _short_day(day: date, today: date) -> str:
    if 1 < (day - today).days < _WEEK:
        return _DAYS[texts.current()][day.weekday()]
    return day_words(day, today)


def _hours(start: float, end: float) -> str:
    """Return ``08–12`` for whole hours, else ``08.30–12.00``."""
    one, other = local(start), local(end)
    if one.minute == other.minute == 0:
        return f"{one:%H}–{other:%H}"
    return f"{clock(start)}–{clock(end)}"


def week(now: float) -> list[date]:
    """Return today and the six days that follow."""
    today = local(now).date()
    return [today + timedelta(days=n) for n in range(_WEEK)]
