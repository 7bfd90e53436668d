"""Working hours of an Exchange server: a zone without a name becomes one that has the same clock."""

from __future__ import annotations

from datetime import UTC, datetime, time
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from exchangelib.properties import DaylightTime, FreeBusyView, StandardTime, TimeZone, WorkingPeriod

from reception.model.lines import Shift, WorkingHours
from services.exchange.hours import hours_of

COPENHAGEN = "Europe/Copenhagen"
EIGHT_TO_FOUR = WorkingPeriod(weekdays=[1, 2, 3, 4, 5], start=time(8), end=time(16))
WEEK = Shift((0, 1, 2, 3, 4), 480, 960)


def change(kind: Any, bias: int, month: int, week: int, weekday: int = 7) -> Any:
    return kind(bias=bias, time=time(2), occurrence=week, iso_month=month, weekday=weekday)


def zone(bias: int, standard: Any = None, daylight: Any = None) -> TimeZone:
    return TimeZone(bias=bias, standard_time=standard, daylight_time=daylight)


def summer(bias: int, to_standard: tuple[int, int], to_daylight: tuple[int, int]) -> TimeZone:
    """Return a zone with an hour of summer time, by the months and their weeks in which clocks change."""
    standard = change(StandardTime, 0, *to_standard)
    return zone(bias, standard, change(DaylightTime, -60, *to_daylight))


def read(rules: TimeZone | None, *periods: WorkingPeriod, home: str = COPENHAGEN) -> WorkingHours | None:
    view = FreeBusyView(
        view_type="Detailed", working_hours=list(periods or (EIGHT_TO_FOUR,)), working_hours_timezone=rules
    )
    return hours_of(view, ZoneInfo(home), home, 2026)


EUROPE = ((10, 5), (3, 5))


@pytest.mark.parametrize(
    ("rules", "found"),
    [
        (summer(-60, *EUROPE), COPENHAGEN),
        (summer(0, *EUROPE), "Europe/London"),
        (summer(300, (11, 1), (3, 2)), "America/New_York"),
        (summer(-600, (4, 1), (10, 1)), "Australia/Sydney"),
        (summer(-570, (4, 1), (10, 1)), "Australia/Adelaide"),
        (zone(-540), "Asia/Tokyo"),
        (zone(-330, change(StandardTime, 0, 0, 0), change(DaylightTime, 0, 0, 0)), "Asia/Calcutta"),
    ],
)
def test_a_zone_has_the_clock_that_its_rules_tell_of(rules: TimeZone, found: str) -> None:
    hours = read(rules)
    assert hours is not None
    assert hours.shifts == (WEEK,)
    ours, named = ZoneInfo(hours.zone), ZoneInfo(found)
    for month in range(1, 13):
        noon = datetime(2026, month, 20, 12, tzinfo=UTC)
        assert noon.astimezone(ours).utcoffset() == noon.astimezone(named).utcoffset()


@pytest.mark.parametrize("home", [COPENHAGEN, "Europe/Berlin", "Europe/Madrid"])
def test_that_of_the_house_goes_before_others_with_the_same_rules(home: str) -> None:
    hours = read(summer(-60, *EUROPE), home=home)
    assert hours == WorkingHours(home, (WEEK,))


def test_where_no_zone_has_such_rules_nothing_is_known() -> None:
    assert read(summer(-61, *EUROPE)) is None
    assert read(summer(-60, (6, 5), (1, 5))) is None


def test_each_day_may_have_hours_of_its_own_and_a_night_ends_the_day_after() -> None:
    periods = (
        WorkingPeriod(weekdays=[1, 3], start=time(7, 30), end=time(15)),
        WorkingPeriod(weekdays=[5], start=time(22), end=time(6)),
    )
    hours = read(zone(0), *periods, home="UTC")
    assert hours == WorkingHours("UTC", (Shift((0, 2), 450, 900), Shift((4,), 1320, 360)))


@pytest.mark.parametrize(
    "view",
    [
        SimpleNamespace(working_hours=None, working_hours_timezone=zone(0)),
        SimpleNamespace(working_hours=[], working_hours_timezone=zone(0)),
        SimpleNamespace(working_hours=[EIGHT_TO_FOUR], working_hours_timezone=None),
    ],
)
def test_what_is_not_told_is_not_known(view: Any) -> None:
    assert hours_of(view, ZoneInfo("UTC"), "UTC", 2026) is None
