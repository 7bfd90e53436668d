"""The graphic view: entries as bars on a strip of hours or days.

Places are per cent of the strip, for attributes of SVG: the page's rules (CSP) allow no style in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from reception.hub.web.clock import Clock
from reception.hub.web.entries import EntryView
from reception.hub.web.words import Words

FIRST_HOUR: Final = 8
LAST_HOUR: Final = 18
DAYS: Final = 7
_HOUR_S: Final = 3600.0
_NARROWEST: Final = 0.6
"""Per cent: what is shorter would not be seen."""


class Bar(NamedTuple):
    """One entry on a strip; `row` of `rows`, as entries at the same time lie beneath each other."""

    x: float
    width: float
    tone: str
    title: str
    origin: str
    is_open: bool
    words: str
    row: int
    rows: int


class Mark(NamedTuple):
    """A mark of the scale, at a place of the strip."""

    x: float
    text: str


class Scale(NamedTuple):
    """From when to when a strip goes (UTC seconds), with its marks. `now` is the place of now, if on it."""

    start: float
    end: float
    marks: Sequence[Mark]
    now: float | None
    title: str

    def place(self, instant: float) -> float:
        """Return where a moment lies, in per cent."""
        return round(100 * (instant - self.start) / (self.end - self.start), 3)


def day_scale(clock: Clock, words: Words, day_at: float, now: float) -> Scale:
    """Return the scale of the day of a moment: working hours, and the hour it is when that is another."""
    midnight = clock.midnight(day_at)
    day = clock.local(midnight).date()
    first, last = FIRST_HOUR, LAST_HOUR
    if clock.local(now).date() == day:
        hour = clock.local(now).hour
        first, last = min(first, hour), max(last, hour + 1)
    start, end = midnight + first * _HOUR_S, midnight + last * _HOUR_S
    span = last - first
    every = 1 if span <= 12 else 2
    marks = [Mark(round(100 * n / span, 3), f"{first + n:02}") for n in range(0, span + 1, every)]
    place = now if start <= now < end else None
    return _scale(start, end, marks, place, clock.day(day, clock.local(now).date()))


def days_scale(clock: Clock, words: Words, day_at: float, now: float) -> Scale:
    """Return the scale of a week from the day of a moment on."""
    start, end = clock.midnight(day_at), clock.midnight(day_at, DAYS)
    first = clock.local(start).date()
    marks = []
    for n in range(DAYS):
        day = first + timedelta(days=n)
        name = f"{words.names('weekdays')[day.weekday()]} {words.text('day_of_month', day=day.day)}"
        marks.append(Mark(round(100 * (clock.midnight(day_at, n) - start) / (end - start), 3), name))
    last = first + timedelta(days=DAYS - 1)
    title = f"{clock.short_date(first)} – {clock.short_date(last)}"
    return _scale(start, end, marks, now if start <= now < end else None, title)


def bars(entries: Iterable[EntryView], scale: Scale) -> list[Bar]:
    """Return the bars of entries, those that overlap in rows of their own."""
    shown = [e for e in entries if e.start < scale.end and (e.end is None or e.end > scale.start)]
    rows: list[float] = []
    placed = []
    for entry in shown:
        end = scale.end if entry.end is None else min(entry.end, scale.end)
        row = next((n for n, taken in enumerate(rows) if taken <= entry.start), len(rows))
        rows[row : row + 1] = [end]
        placed.append((entry, end, row))
    return [_bar(entry, end, row, len(rows), scale) for entry, end, row in placed]


def _bar(entry: EntryView, end: float, row: int, rows: int, scale: Scale) -> Bar:
    x = max(0.0, scale.place(entry.start))
    width = max(_NARROWEST, scale.place(end) - x)
    return Bar(
        x=min(x, 100 - width),
        width=round(width, 3),
        tone=entry.tone,
        title=entry.title,
        origin=entry.origin,
        is_open=entry.is_open,
        words=f"{entry.title}, {entry.when} ({entry.origin})",
        row=row,
        rows=rows,
    )


def _scale(start: float, end: float, marks: Sequence[Mark], now: float | None, title: str) -> Scale:
    place = None if now is None else round(100 * (now - start) / (end - start), 3)
    return Scale(start, end, marks, place, title)
