"""Times as a reader sees them: in the organisation's zone, 24 hours, *13.42* in Danish and *13:42* else.

Ends are exclusive (reading 51), so what ends at midnight is told by its last day: *Holiday until 27 Nov*.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from reception.hub.web.words import Words

_TYPED: Final = re.compile(r"(\d{1,2})(?:[.:,h ]?(\d{2}))?\s*h?")
_A_WEEK: Final = 7


class Clock:
    """The organisation's clock in a reader's language. `zone` is an IANA name, empty for the computer's."""

    noon: Final = time(12)

    def __init__(self, zone: str, words: Words) -> None:
        self._zone = ZoneInfo(zone) if zone else None
        self._words = words
        self._colon = words["time_separator"]

    def local(self, instant: float) -> datetime:
        """Return a moment (UTC seconds) as the organisation's clocks show it."""
        return datetime.fromtimestamp(instant, UTC).astimezone(self._zone)

    def instant(self, day: date, at: time) -> float:
        """Return the moment (UTC seconds) at which the organisation's clocks show this."""
        return datetime.combine(day, at, self._zone).timestamp()

    def midnight(self, instant: float, days: int = 0) -> float:
        """Return the beginning of the day of a moment, or of a day so many later."""
        return self.instant(self.local(instant).date() + timedelta(days=days), time())

    # -------------------------------------------------------------- shown

    def time(self, instant: float) -> str:
        """Return ``13.42``."""
        return self._time(self.local(instant))

    def short_date(self, day: date) -> str:
        """Return ``27. nov.``."""
        month = self._words.names("months")[day.month - 1]
        return self._words.text("date", day=day.day, month=month)

    def weekday(self, day: date) -> str:
        """Return ``fre. 27. nov.``."""
        return f"{self._words.names('weekdays')[day.weekday()]} {self.short_date(day)}"

    def day(self, day: date, today: date) -> str:
        """Return ``i dag``, ``i morgen``, or the date; within a week with its weekday."""
        ahead = (day - today).days
        if ahead in (0, 1):
            return self._words["today" if ahead == 0 else "tomorrow"]
        return self.weekday(day) if 0 < ahead < _A_WEEK else self.short_date(day)

    def until(self, end: float, now: float) -> str:
        """Return an end: the time today, else the day with its time, or the last whole day."""
        last, today = self.local(end), self.local(now).date()
        if last.time() == time():
            day = last.date() - timedelta(days=1)
            return self.day(day, today)
        if last.date() == today:
            return self._time(last)
        return f"{self.day(last.date(), today)} {self._time(last)}"

    def until_words(self, end: float, now: float) -> str:
        """Return an end as words behind a reason: ``til 14.00``, ``til 27. nov.``, or ``i dag``."""
        if end == self.midnight(now, 1):
            return self._words["today"]
        return self._words.text("until", time=self.until(end, now))

    def at(self, instant: float, now: float) -> str:
        """Return a moment: the time today, else the day with its time."""
        local, today = self.local(instant), self.local(now).date()
        shown = self._time(local)
        return shown if local.date() == today else f"{self.day(local.date(), today)} {shown}"

    def span(self, start: float, end: float | None, now: float) -> str:
        """Return a period: ``15.15–16.30``, ``i morgen 08–12``, ``23.–27. nov.``, ``fra 13.42``."""
        first, today = self.local(start), self.local(now).date()
        if end is None:
            return self._words.text("from_time", time=self.at(start, now))
        last = self.local(end)
        if first.time() == time() == last.time():
            return self._days(first.date(), last.date() - timedelta(days=1), today)
        if first.date() == last.date():
            hours = f"{self._short(first)}–{self._short(last)}"
            if first.minute or last.minute:
                hours = f"{self._time(first)}–{self._time(last)}"
            return hours if first.date() == today else f"{self.day(first.date(), today)} {hours}"
        return f"{self.at(start, now)} – {self.until(end, now)}"

    def _days(self, first: date, last: date, today: date) -> str:
        if first == last:
            return (
                f"{self.day(first, today)}, {self._words['all_day']}"
                if first != today
                else self._words["all_day_today"]
            )
        if (first.year, first.month) == (last.year, last.month):
            begin = self._words.text("day_of_month", day=first.day)
            return f"{begin}–{self.short_date(last)}"
        return f"{self.short_date(first)} – {self.short_date(last)}"

    def _time(self, local: datetime) -> str:
        return f"{local.hour:02}{self._colon}{local.minute:02}"

    @staticmethod
    def _short(local: datetime) -> str:
        return f"{local.hour:02}"


def typed_time(text: str) -> time | None:
    """Return the time somebody typed: ``13.42``, ``13:42``, ``1342``, ``9``; None when it is none."""
    found = _TYPED.fullmatch(text.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def typed_date(text: str) -> date | None:
    """Return the date of a date field (ISO 8601), None when it is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None
