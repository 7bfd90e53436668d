"""When somebody works, by their own clock, in everybody's time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.model.hours import DAY_MINUTES, is_zone_known, spans
from reception.model.lines import Shift, WorkingHours

WEEK = (0, 1, 2, 3, 4)
COPENHAGEN = "Europe/Copenhagen"


def utc(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


def hours(zone: str, *shifts: Shift) -> WorkingHours:
    return WorkingHours(zone, shifts)


def on_day(found: WorkingHours, day: str, home: str = COPENHAGEN) -> list[tuple[str, str]]:
    """Return the spans of a day of the house, in UTC as days of the month and times."""
    begin = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(home))
    end = begin + timedelta(days=1)
    told = spans(found, begin.timestamp(), end.timestamp(), ZoneInfo(home))
    return [tuple(f"{datetime.fromtimestamp(at, UTC):%d %H:%M}" for at in span) for span in told]  # type: ignore[misc]


EIGHT_TO_FOUR = Shift(WEEK, 480, 960)
NIGHTS = Shift(WEEK, 22 * 60, 6 * 60)


@pytest.mark.parametrize(
    ("zone", "shift", "day", "told"),
    [
        (COPENHAGEN, EIGHT_TO_FOUR, "2026-11-27", [("27 07:00", "27 15:00")]),
        (COPENHAGEN, EIGHT_TO_FOUR, "2026-07-03", [("03 06:00", "03 14:00")]),
        (COPENHAGEN, EIGHT_TO_FOUR, "2026-11-28", []),
        ("", EIGHT_TO_FOUR, "2026-11-27", [("27 07:00", "27 15:00")]),
        ("America/New_York", EIGHT_TO_FOUR, "2026-11-27", [("27 13:00", "27 21:00")]),
        ("Asia/Tokyo", EIGHT_TO_FOUR, "2026-11-27", [("26 23:00", "27 07:00")]),
        # Sydney's Friday began on Thursday evening here, its Saturday is free, its Monday begins on Sunday
        ("Australia/Sydney", EIGHT_TO_FOUR, "2026-11-27", [("26 21:00", "27 05:00")]),
        ("Australia/Sydney", EIGHT_TO_FOUR, "2026-11-28", []),
        ("Australia/Sydney", EIGHT_TO_FOUR, "2026-11-22", [("22 21:00", "23 05:00")]),
        (COPENHAGEN, NIGHTS, "2026-11-27", [("26 21:00", "27 05:00"), ("27 21:00", "28 05:00")]),
        (COPENHAGEN, NIGHTS, "2026-11-28", [("27 21:00", "28 05:00")]),
        (COPENHAGEN, NIGHTS, "2026-11-29", []),
        # the night in which the clocks go back has an hour more, the other one an hour less
        (COPENHAGEN, Shift((5,), 22 * 60, 6 * 60), "2026-10-25", [("24 20:00", "25 05:00")]),
        (COPENHAGEN, Shift((5,), 22 * 60, 6 * 60), "2026-03-29", [("28 21:00", "29 04:00")]),
        (COPENHAGEN, Shift((6,), 150, 180), "2026-03-29", []),
        (COPENHAGEN, Shift(WEEK, 16 * 60, DAY_MINUTES), "2026-11-27", [("27 15:00", "27 23:00")]),
        ("Mars/Olympus", EIGHT_TO_FOUR, "2026-11-27", []),
        ("../etc/passwd", EIGHT_TO_FOUR, "2026-11-27", []),
    ],
)
def test_the_hours_of_a_day(zone: str, shift: Shift, day: str, told: list[tuple[str, str]]) -> None:
    assert on_day(hours(zone, shift), day) == told


def test_shifts_that_follow_at_once_are_one_and_others_are_not() -> None:
    split = hours(COPENHAGEN, Shift((4,), 8 * 60, 12 * 60), Shift((4,), 13 * 60, 17 * 60))
    assert on_day(split, "2026-11-27") == [("27 07:00", "27 11:00"), ("27 12:00", "27 16:00")]
    whole = hours(COPENHAGEN, Shift((4,), 13 * 60, 17 * 60), Shift((4,), 8 * 60, 13 * 60))
    assert on_day(whole, "2026-11-27") == [("27 07:00", "27 16:00")]


def test_somebody_may_work_round_the_clock() -> None:
    always = hours(COPENHAGEN, Shift(tuple(range(7)), 0, 0))
    ((begin, end),) = spans(always, utc("2026-11-27T12:00"), utc("2026-11-27T13:00"))
    assert begin <= utc("2026-11-26T23:00")
    assert end >= utc("2026-11-27T23:00")


def test_an_unknown_zone_is_said() -> None:
    assert not is_zone_known(hours("Mars/Olympus", EIGHT_TO_FOUR))
    assert is_zone_known(hours("", EIGHT_TO_FOUR))


@given(
    zone=st.sampled_from(("", COPENHAGEN, "Pacific/Auckland", "America/Los_Angeles", "Pacific/Apia")),
    shifts=st.lists(
        st.builds(
            Shift,
            st.sets(st.integers(0, 6)).map(lambda days: tuple(sorted(days))),
            st.integers(0, DAY_MINUTES - 1),
            st.integers(0, DAY_MINUTES),
        ),
        max_size=3,
    ),
    begin=st.floats(utc("2026-01-01"), utc("2027-01-01")),
    length=st.floats(1.0, 10 * 86_400.0),
)
def test_whatever_the_hours_spans_are_in_order_and_a_moment_agrees_with_the_day(
    zone: str, shifts: list[Shift], begin: float, length: float
) -> None:
    found, end = hours(zone, *shifts), begin + length
    told = spans(found, begin, end, ZoneInfo(COPENHAGEN))
    assert all(one[0] < one[1] for one in told)
    assert all(one[1] < other[0] for one, other in pairwise(told))
    assert all(one[0] < end and one[1] > begin for one in told)
    middle = begin + length / 2
    is_on = any(one[0] <= middle < one[1] for one in told)
    at_once = spans(found, middle, middle + 1e-3, ZoneInfo(COPENHAGEN))
    assert is_on == any(one[0] <= middle < one[1] for one in at_once)
