"""When the people of the simulated office work: most of them from eight to four."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

from reception.model.hours import DAY_MINUTES
from reception.model.lines import Shift, WorkingHours

_WEEK: Final = (0, 1, 2, 3, 4)
_SHIFTS: Final = (
    (0.70, Shift(_WEEK, 8 * 60, 16 * 60)),
    (0.85, Shift(_WEEK, 7 * 60 + 30, 15 * 60 + 30)),
    (0.95, Shift(_WEEK, 9 * 60, 17 * 60)),
    (1.00, Shift(_WEEK[:4], 8 * 60, 13 * 60)),
)
"""Up to which share of the people who works when."""


def hours_of(chance: Random, today: date, *, shift: int = 0, is_at_work: bool = False) -> WorkingHours:
    """Draw somebody's hours, the same for the same chance.

    `shift` moves them by so many hours, as those of the diary; with `is_at_work` today is a working day,
    whatever the weekday.
    """
    draw = chance.random()
    usual = next(one for share, one in _SHIFTS if draw < share)
    days = {*usual.days, today.weekday()} if is_at_work else {*usual.days}
    later, start = divmod(usual.start + shift * 60, DAY_MINUTES)
    end = (usual.end + shift * 60) % DAY_MINUTES
    return WorkingHours("", (Shift(tuple(sorted((day + later) % 7 for day in days)), start, end),))
