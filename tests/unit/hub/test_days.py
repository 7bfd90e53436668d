"""Midnight is the organisation's own, and days of 23 and 25 hours are days."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest

from reception.hub.days import Days

HOUR = 3600.0


def utc(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("now", "start", "hours"),
    [
        ("2026-11-21T12:42", "2026-11-20T23:00", 24),
        ("2026-11-20T23:00", "2026-11-20T23:00", 24),  # the end of a day is not in it
        ("2026-11-20T22:59:59", "2026-11-19T23:00", 24),
        ("2026-07-01T12:00", "2026-06-30T22:00", 24),
        ("2026-03-29T12:00", "2026-03-28T23:00", 23),
        ("2026-10-25T00:30", "2026-10-24T22:00", 25),
        ("2026-10-25T22:59", "2026-10-24T22:00", 25),
    ],
)
def test_a_danish_day(now: str, start: str, hours: int) -> None:
    day = Days("Europe/Copenhagen").day_of(utc(now))
    assert (day.start, (day.end - day.start) / HOUR) == (utc(start), hours)


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process cannot be set here")
@pytest.mark.parametrize("now", ["2026-11-21T12:42", "2026-03-29T12:00", "2026-10-25T22:59"])
def test_without_a_zone_it_is_the_computers_own(now: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Copenhagen")
    time.tzset()
    try:
        assert Days().day_of(utc(now)) == Days("Europe/Copenhagen").day_of(utc(now))
    finally:
        monkeypatch.undo()
        time.tzset()
