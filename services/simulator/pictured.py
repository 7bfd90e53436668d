"""The colleagues in the pictures of the documentation: whoever begins the demo finds them as they are there.

Their entries lie around the moment of the beginning, at quarters of an hour: at 13.42 exactly as in the
pictures. What they have on later days lies on the next days there are.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from reception.model.presence import CALENDAR, WEB, CallHandling, Entry
from services.simulator.diary import Diary

PEOPLE: Final = ("alh", "hob", "meh", "joh", "peh", "cad", "bkr")

_QUARTER_S: Final = 900.0
_MINUTE_S: Final = 60.0


def pictured_entries(diary: Diary, began: float) -> dict[str, tuple[Entry, ...]]:
    """Return the entries of those in the pictures for a beginning at this moment (UTC seconds)."""
    today = diary.date_of(began)
    quarter = began - began % _QUARTER_S
    entry = _maker(quarter)
    monday = today + timedelta(days=7 - today.weekday())
    return dict.fromkeys(PEOPLE, ()) | {
        "alh": (
            entry("alh 1", "Statusmøde", -285.0, -195.0),
            entry("alh 2", "Leverandørmøde", -30.0, 60.0, place="Mødelokale 2"),
            entry("alh 3", "Status", 105.0, 180.0, origin=WEB, handling=CallHandling.OPEN),
            _on(diary, "alh 4", "Tandlæge", today + timedelta(days=1), 8.0, 12.0, place="Privat"),
            _on(
                diary,
                "alh 5",
                "Ferie",
                monday,
                0.0,
                4 * 24 + 16.0,
                origin=CALENDAR,
                handling=CallHandling.DIVERTED,
                divert_to=diary.numbers.get("cad", ""),
            ),
        ),
        "hob": (entry("hob 1", "Kundemøde", 90.0, 150.0, place="Hos kunden"),),
        "meh": (
            entry("meh 1", "Frokost", 0.0, 30.0, origin=WEB),
            entry("meh 2", "Rådgivningsmøde", 150.0, 240.0, place="Mødelokale 4"),
        ),
        "peh": (
            _on(diary, "peh 1", "Ferie", today - timedelta(days=2), 0.0, _days_to_friday(today) * 24 + 16.0),
        ),
    }


def _days_to_friday(today: date) -> int:
    """Return the days from two days ago to the next Friday that is no earlier than the day after tomorrow."""
    friday = today + timedelta(days=2)
    while friday.weekday() != 4:
        friday += timedelta(days=1)
    return (friday - today).days + 2


def _maker(quarter: float) -> Callable[..., Entry]:
    def make(id_: str, reason: str, begin_min: float, end_min: float, **more: Any) -> Entry:
        start, end = quarter + begin_min * _MINUTE_S, quarter + end_min * _MINUTE_S
        return Entry(id=id_, reason=reason, start=start, end=end, **({"origin": CALENDAR} | more))

    return make


def _on(diary: Diary, id_: str, reason: str, day: date, begin: float, end: float, **more: Any) -> Entry:
    start, end = diary.moment(day, begin), diary.moment(day, end)
    return Entry(id=id_, reason=reason, start=start, end=end, **({"origin": "KLJ"} | more))
