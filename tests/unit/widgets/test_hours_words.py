"""What the card says of working hours, on the clock of the house."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from reception.model.lines import Shift, WorkingHours
from widgets import day_words, hours_words, zone

HOUSE = "Europe/Copenhagen"
WEEK = (0, 1, 2, 3, 4)
DAY_SHIFT, NIGHT_SHIFT = Shift(WEEK, 8 * 60, 16 * 60), Shift(WEEK, 22 * 60, 6 * 60)


@pytest.fixture(autouse=True)
def house() -> Iterator[None]:
    zone.use(HOUSE)
    yield
    zone.use("")


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(HOUSE)).timestamp()


@pytest.mark.parametrize(
    ("hours", "now", "words"),
    [
        (None, "2026-11-27T09:00", ""),
        (WorkingHours("Mars", (DAY_SHIFT,)), "2026-11-27T09:00", ""),
        (
            WorkingHours(HOUSE, (DAY_SHIFT,)),
            "2026-11-27T07:59",
            "Working hours 08:00–16:00 · outside working hours",
        ),
        (WorkingHours(HOUSE, (DAY_SHIFT,)), "2026-11-27T08:00", "Working hours 08:00–16:00"),
        (WorkingHours("", (DAY_SHIFT,)), "2026-11-27T15:59", "Working hours 08:00–16:00"),
        (
            WorkingHours(HOUSE, (DAY_SHIFT,)),
            "2026-11-27T16:00",
            "Working hours 08:00–16:00 · outside working hours",
        ),
        (WorkingHours(HOUSE, (DAY_SHIFT,)), "2026-11-28T09:00", "No working hours today"),
        (WorkingHours(HOUSE, ()), "2026-11-27T09:00", "No working hours today"),
        (
            WorkingHours("Europe/London", (DAY_SHIFT,)),
            "2026-11-27T09:00",
            "Working hours 09:00–17:00 · it is 08:00 there",
        ),
        (
            WorkingHours("America/New_York", (DAY_SHIFT,)),
            "2026-11-27T09:12",
            "Working hours 14:00–22:00 · outside working hours · it is 03:12 there",
        ),
        # Oslo's clock is that of the house
        (WorkingHours("Europe/Oslo", (DAY_SHIFT,)), "2026-11-27T09:00", "Working hours 08:00–16:00"),
        # for two weeks in autumn New York is an hour nearer
        (
            WorkingHours("America/New_York", (DAY_SHIFT,)),
            "2026-10-27T14:00",
            "Working hours 13:00–21:00 · it is 09:00 there",
        ),
        # a night: the shift that goes on, then the next one; on Saturday the last one has ended
        (WorkingHours(HOUSE, (NIGHT_SHIFT,)), "2026-11-27T02:00", "Working hours 22:00–06:00"),
        (
            WorkingHours(HOUSE, (Shift((3,), 23 * 60, 7 * 60), Shift((4,), 22 * 60, 6 * 60))),
            "2026-11-27T06:59",
            "Working hours 23:00–07:00",
        ),
        (
            WorkingHours(HOUSE, (Shift((3,), 23 * 60, 7 * 60), Shift((4,), 22 * 60, 6 * 60))),
            "2026-11-27T07:00",
            "Working hours 22:00–06:00 · outside working hours",
        ),
        (
            WorkingHours(HOUSE, (NIGHT_SHIFT,)),
            "2026-11-28T12:00",
            "Working hours 22:00–06:00 · outside working hours",
        ),
        (WorkingHours(HOUSE, (NIGHT_SHIFT,)), "2026-11-29T12:00", "No working hours today"),
        (
            WorkingHours(HOUSE, (Shift((4,), 8 * 60, 12 * 60), Shift((4,), 13 * 60, 17 * 60))),
            "2026-11-27T12:30",
            "Working hours 08:00–12:00, 13:00–17:00 · outside working hours",
        ),
        (
            WorkingHours(HOUSE, (Shift(tuple(range(7)), 0, 0),)),
            "2026-11-28T12:00",
            "Working hours round the clock",
        ),
    ],
)
def test_the_card_says_when_somebody_works_today(hours: WorkingHours | None, now: str, words: str) -> None:
    assert hours_words.words(hours, at(now)) == words


def test_a_receptionist_elsewhere_reads_the_clock_of_their_house() -> None:
    zone.use("America/New_York")
    now = at("2026-11-27T09:00")
    words = hours_words.words(WorkingHours(HOUSE, (DAY_SHIFT,)), now)
    assert words == "Working hours 02:00–10:00 · it is 09:00 there"


@pytest.mark.parametrize(
    ("hours", "parts"),
    [
        (None, ()),
        (WorkingHours("Mars", (DAY_SHIFT,)), ()),
        (WorkingHours(HOUSE, (Shift((4,), 8 * 60, 18 * 60),)), ()),
        (WorkingHours(HOUSE, (Shift((4,), 6 * 60, 13 * 60),)), ((0.5, 1.0),)),
        (WorkingHours(HOUSE, (Shift((4,), 10 * 60, 13 * 60),)), ((0.0, 0.2), (0.5, 1.0))),
        (
            WorkingHours(HOUSE, (Shift((4,), 8 * 60, 10 * 60), Shift((4,), 13 * 60, 20 * 60))),
            ((0.2, 0.5),),
        ),
        (WorkingHours(HOUSE, (Shift((3,), 8 * 60, 16 * 60),)), ((0.0, 1.0),)),
        (WorkingHours(HOUSE, (NIGHT_SHIFT,)), ((0.0, 1.0),)),
    ],
)
def test_the_strip_tells_what_lies_outside(
    hours: WorkingHours | None, parts: tuple[tuple[float, float], ...]
) -> None:
    scale = day_words.scale(day_words.local(at("2026-11-27T12:00")).date())
    found = hours_words.off_parts(hours, scale)
    assert [end for part in found for end in part] == pytest.approx([end for part in parts for end in part])
