"""Times in plain words: ``til 14.30``, ``i morgen 8-12``, ``uge 30``, ``bis Freitag``, ``2 hours``.

What is understood, in Danish, German and English alike:

- *until*: ``til 14.30``, ``bis Freitag``, ``until 27 nov``: from now on; a day named as an end is whole;
- a *time of day*: ``14.30`` is until then; ``13-14.30`` is today from one to the other;
- a *day*: ``i morgen``, ``fredag``, ``27.11.``, ``27 Nov 2026``: the whole of it, with ``8-12`` or
  ``formiddag`` a part of it; two of them with a dash the days from the first to the last;
- a *week*: ``uge 30``, ``KW 30-31`` (ISO 8601);
- a *duration*: ``30 min``, ``2 timer``, ``3 Tage``: from now on;
- *from*: ``fra 13``, ``ab morgen``: without an end, unless one follows.

Ends are exclusive. What lies behind is taken for the next one of its kind: the time tomorrow, the date next
year. A text that is not understood gives None, never a guess at half of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Final, NamedTuple

from reception.presence import plain_words as words

_LONGEST_S: Final = 366 * 86400.0
_TIME = re.compile(r"(\d{1,2})(?:[.:](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?(?:\s*(?:uhr|h))?")
_FOUR_DIGITS = re.compile(r"([01]\d|2[0-4])([0-5]\d)")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})(?:\.|/)\s*(\d{1,2})(?:(?:\.|/)\s*(\d{4}|\d{2})|\.|/)?")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:\.|st|nd|rd|th)?\s+([^\W\d]+)\.?(?:\s+(\d{4}))?")
_MONTH_DAY = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(\d{4}))?")
_DURATION = re.compile(r"(?:(\d+(?:[.,]\d+)?)\s*|([^\W\d]+(?: [^\W\d]+)?)\s+)([^\W\d]+)\.?")


class Period(NamedTuple):
    """From when to when (UTC seconds); `end` is exclusive, None is open-ended."""

    start: float
    end: float | None


class _Point(NamedTuple):
    """A day, a time of day, or both."""

    day: date | None
    clock: time | None
    is_next_day: bool = False  # 24.00


def parse(text: str, *, now: float, zone: tzinfo | None = None) -> Period | None:
    """Return the period that a text means at a moment (UTC seconds) in a zone (None: the computer's own)."""
    said = _tidied(text)
    if not said:
        return None
    reader = _Reader(now, zone)
    for found in (reader.week, reader.duration, reader.part_of_day, reader.until, reader.since, reader.span):
        period = found(said)
        if period is not None:
            is_whole = period.end is None or period.end - period.start > 0
            return period if is_whole and (period.end is None or period.end > now) else None
    return None


def text_of(period: Period, *, now: float, zone: tzinfo | None = None, language: str = "en") -> str:
    """Return words that `parse` takes for this period (to the minute), for a field in which it is changed."""
    reader = _Reader(now, zone)
    first = reader.local(period.start)
    if period.end is None:
        return f"{_SINCE.get(language, 'from')} {_date(first, language)} {_clock(first, language)}"
    last = reader.local(period.end)
    if first.time() == last.time() == time():
        final = last - timedelta(days=1)
        one = _date(first, language)
        return one if final.date() == first.date() else f"{one} - {_date(final, language)}"
    begin, end = _clock(first, language), _clock(last, language)
    if last.time() == time():  # the midnight that ends a day
        last, end = last - timedelta(days=1), f"24{'.' if language == 'da' else ':'}00"
    if first.date() == last.date():
        day = "" if first.date() == reader.today else f"{_date(first, language)} "
        return f"{day}{begin}-{end}"
    return f"{_date(first, language)} {begin} - {_date(last, language)} {end}"


class _Reader:
    """Understands texts at one moment in one zone."""

    def __init__(self, now: float, zone: tzinfo | None) -> None:
        self._now = now
        self._zone = zone
        self.here = self.local(now)
        self.today = self.here.date()

    def local(self, instant: float) -> datetime:
        """Return an instant as the zone's time, without a zone."""
        if self._zone is None:
            return datetime.fromtimestamp(instant)  # noqa: DTZ006  # the computer's own by intention
        return datetime.fromtimestamp(instant, self._zone).replace(tzinfo=None)

    def _instant(self, at: datetime) -> float:
        return at.replace(tzinfo=self._zone).timestamp()

    def _midnight(self, day: date, after: int = 0) -> float:
        return self._instant(datetime.combine(day + timedelta(days=after), time()))

    # ------------------------------------------------------------------ kinds of texts

    def week(self, said: str) -> Period | None:
        """``uge 30``, ``KW 30-31``."""
        names = "|".join(words.WEEK)
        found = re.fullmatch(rf"(?:{names})\s*(\d{{1,2}})(?:\s*(?:-|til|bis|to)\s*(\d{{1,2}}))?", said)
        if found is None:
            return None
        first = self._monday(int(found[1]))
        last = self._monday(int(found[2] or found[1]), not_before=first)
        if first is None or last is None:
            return None
        return Period(self._from_now(self._midnight(first)), self._midnight(last, 7))

    def _monday(self, number: int, not_before: date | None = None) -> date | None:
        """Return the Monday of the next week with a number (this one counts)."""
        earliest = not_before or self.today - timedelta(days=self.today.weekday())
        for year in (earliest.isocalendar().year, earliest.isocalendar().year + 1):
            try:
                monday = date.fromisocalendar(year, number, 1)
            except ValueError:
                continue
            if monday >= earliest:
                return monday
        return None

    def duration(self, said: str) -> Period | None:
        """``30 min``, ``halvanden time``, ``3 Tage``."""
        found = _DURATION.fullmatch(said)
        if found is None or found[3] not in words.UNITS:
            return None
        amount = float(found[1].replace(",", ".")) if found[1] else words.HALVES.get(found[2], 0)
        seconds = amount * words.UNITS[found[3]]
        return Period(self._now, self._now + seconds) if 0 < seconds <= _LONGEST_S else None

    def part_of_day(self, said: str) -> Period | None:
        """``i morgen formiddag``, ``Freitag Nachmittag``."""
        before, _, last = said.rpartition(" ")
        hours = words.PARTS.get(last)
        if hours is None:
            return None
        day = self._day(before) if before else self.today
        if day is None:
            return None
        first, until = (self._instant(datetime.combine(day, time(hour))) for hour in hours)
        return Period(self._from_now(first), until)

    def until(self, said: str) -> Period | None:
        """``til 14.30``, ``bis Freitag``."""
        for word in words.UNTIL:
            if said.startswith(f"{word} "):
                point = self._point(said.removeprefix(word).strip())
                return None if point is None else Period(self._now, self._end(point, self.here))
        return None

    def since(self, said: str) -> Period | None:
        """``fra 13``, ``von 8 bis 12``."""
        for word in words.FROM:
            if said.startswith(f"{word} "):
                rest = said.removeprefix(word).strip()
                return self._range(rest) or self._open(rest)
        return None

    def _open(self, said: str) -> Period | None:
        point = self._point(said)
        if point is None:
            return None
        day = point.day or self.today
        return Period(self._instant(datetime.combine(day, point.clock or time())), None)

    def span(self, said: str) -> Period | None:
        """``13-14.30``, ``i morgen 8-12``, ``23.-27. nov.``, ``fredag``, ``14.30``."""
        if (found := self._range(said)) is not None:
            return found
        point = self._point(said)
        if point is None:
            return None
        if point.day is None or point.clock is not None:
            return Period(self._now, self._end(point, self.here))
        return Period(self._from_now(self._midnight(point.day)), self._midnight(point.day, 1))

    # ------------------------------------------------------------------ ranges

    def _range(self, said: str) -> Period | None:
        for left, right in _halves(said):
            period = self._between(left, right)
            if period is not None:
                return period
        return None

    def _between(self, left: str, right: str) -> Period | None:
        last = self._point(right)
        if last is None:
            return None
        first = self._now_point(left) or self._day_of_same_month(left, right, last) or self._point(left)
        if first is None:
            return None
        if last.day is not None and first.day is None and last.clock is not None and first.clock is not None:
            return None  # "8-12 i morgen" would be from today on: say the day first
        day = first.day or self.today
        start = datetime.combine(day, first.clock or time())
        is_today = first.day is None and first.clock is not None and last.day is None
        end = self._end(last, start)
        if is_today and end is not None and end <= self._now and left not in words.NOW:
            start, end = start + timedelta(days=1), end + 86400
        begin = self._instant(start)
        if first.clock is None:
            begin = self._from_now(begin)
        return Period(begin, end) if end is not None and end > begin else None

    def _now_point(self, said: str) -> _Point | None:
        return _Point(self.today, self.here.time()) if said in words.NOW else None

    def _day_of_same_month(self, said: str, right: str, last: _Point) -> _Point | None:
        """``23.`` in ``23.-27. nov.``"""
        found = re.fullmatch(r"(\d{1,2})\.?", said)
        if found is None or last.day is None or last.clock is not None or not right[:1].isdecimal():
            return None
        number = int(found[1])
        return _Point(last.day.replace(day=number), None) if 0 < number <= last.day.day else None

    def _end(self, point: _Point, start: datetime) -> float | None:
        """Return the end that a point means after a start: a day whole, a time the next such time."""
        if point.clock is None:
            return None if point.day is None else self._midnight(point.day, 1)
        day = point.day or start.date()
        at = datetime.combine(day, point.clock) + timedelta(days=point.is_next_day)
        if point.day is None and at <= start:
            at += timedelta(days=1)
        return self._instant(at)

    def _from_now(self, instant: float) -> float:
        """Return a beginning that is not behind us: today begins now."""
        return max(instant, self._now)

    # ------------------------------------------------------------------ points

    def _point(self, said: str) -> _Point | None:
        """Return the day, the time, or both that a text names, and nothing else."""
        clock = _clock_of(said)
        if clock is not None:
            return _Point(None, *clock)
        day = self._day(said)
        if day is not None:
            return _Point(day, None)
        for at in (i for i, letter in enumerate(said) if letter == " "):
            day, clock = self._day(said[:at]), _clock_of(said[at + 1 :].strip(), is_alone=False)
            if day is not None and clock is not None:
                return _Point(day, *clock)
        return None

    def _day(self, said: str) -> date | None:
        said = said.strip(" ,")
        if said in words.DAYS_AHEAD:
            return self.today + timedelta(days=words.DAYS_AHEAD[said])
        first, _, rest = said.partition(" ")
        if first in words.NEXT and rest.rstrip(".") in words.WEEKDAYS:
            return self._weekday(words.WEEKDAYS[rest.rstrip(".")], self.today + timedelta(days=1))
        if said.rstrip(".") in words.WEEKDAYS:
            return self._weekday(words.WEEKDAYS[said.rstrip(".")], self.today)
        if first.rstrip(".,") in words.WEEKDAYS and rest:
            return self._day(rest)  # "fre. 27. nov."
        return self._date(said)

    def _weekday(self, weekday: int, earliest: date) -> date:
        return earliest + timedelta(days=(weekday - earliest.weekday()) % 7)

    def _date(self, said: str) -> date | None:
        if found := _ISO.fullmatch(said):
            return _valid(int(found[1]), int(found[2]), int(found[3]))
        if found := _NUMERIC.fullmatch(said):
            return self._dated(int(found[1]), int(found[2]), found[3])
        if (found := _DAY_MONTH.fullmatch(said)) and found[2] in words.MONTHS:
            return self._dated(int(found[1]), words.MONTHS[found[2]], found[3])
        if (found := _MONTH_DAY.fullmatch(said)) and found[1] in words.MONTHS:
            return self._dated(int(found[2]), words.MONTHS[found[1]], found[3])
        return None

    def _dated(self, day: int, month: int, year: str | None) -> date | None:
        """Return a date; without a year the next one of its kind."""
        if year:
            return _valid(int(year) + (2000 if len(year) == 2 else 0), month, day)
        for ahead in range(5):  # 29 February
            found = _valid(self.today.year + ahead, month, day)
            if found is not None and found >= self.today:
                return found
        return None


def _tidied(text: str) -> str:
    said = re.sub(r"[–—−]", "-", text.casefold().strip().strip("."))
    trailing = "." if text.strip().endswith(".") and re.search(r"\d\.$", text.strip()) else ""
    said = re.sub(r"\s*-\s*", " - ", said) if not _ISO.search(said) else re.sub(r"\s+-\s+", " - ", said)
    kept = [word for word in said.split() if word not in words.FILLERS or word in words.TO]
    return " ".join(kept) + trailing


def _halves(said: str) -> Iterator[tuple[str, str]]:
    """Yield each way to cut a text at a word that means *to*; a day named once counts for both ends."""
    parts = said.split(" ")
    for at, word in enumerate(parts):
        if word in words.TO and 0 < at < len(parts) - 1:
            yield " ".join(parts[:at]), " ".join(parts[at + 1 :])


def _clock_of(said: str, *, is_alone: bool = True) -> tuple[time, bool] | None:
    """Return a time of day, and whether it is the midnight that ends the day.

    Four digits are one when nothing stands before them: behind a date they are its year.
    """
    found = (_FOUR_DIGITS.fullmatch(said) if is_alone else None) or _TIME.fullmatch(said)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    half = (found[3] or "")[:1] if found.re is _TIME else ""
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    if hour == 24 and minute == 0:
        return time(), True
    return (time(hour, minute), False) if hour < 24 and minute < 60 else None


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_SINCE: Final = {"da": "fra", "de": "ab", "en": "from"}
_MONTHS_EN: Final = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


def _date(at: datetime, language: str) -> str:
    if language == "en":
        return f"{at.day} {_MONTHS_EN[at.month - 1]} {at.year}"
    return f"{at.day}.{at.month}.{at.year}"


def _clock(at: datetime, language: str) -> str:
    return f"{at.hour}{'.' if language == 'da' else ':'}{at.minute:02}"
