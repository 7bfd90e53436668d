"""Times as the web page shows and takes them."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.hub.web.clock import Clock, typed_date, typed_time
from reception.hub.web.words import LANGUAGES, words_in

ZONE = ZoneInfo("Europe/Copenhagen")
DANISH = Clock("Europe/Copenhagen", words_in("da"))
GERMAN = Clock("Europe/Copenhagen", words_in("de"))
ENGLISH = Clock("Europe/Copenhagen", words_in("en"))


def at(day: int, hour: int = 0, minute: int = 0, month: int = 11) -> float:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE).timestamp()


NOW = at(18, 13, 42)  # a Wednesday


def test_danish_times_have_a_dot_others_a_colon() -> None:
    assert [c.time(NOW) for c in (DANISH, GERMAN, ENGLISH)] == ["13.42", "13:42", "13:42"]


@pytest.mark.parametrize(
    ("start", "end", "danish"),
    [
        (at(18, 15, 15), at(18, 16, 30), "15.15–16.30"),
        (at(19, 8), at(19, 12), "i morgen 08–12"),
        (at(23), at(28), "23.–27. nov."),
        (at(30), at(33 - 30, month=12), "30. nov. – 2. dec."),
        (at(18, 13, 42), None, "fra 13.42"),
        (at(18), at(19), "hele dagen"),
        (at(20), at(21), "fre. 20. nov., hele dagen"),
        (at(18, 14), at(19, 9, 30), "14.00 – i morgen 09.30"),
        (at(30, 8), at(30, 9), "30. nov. 08–09"),
    ],
)
def test_spans(start: float, end: float | None, danish: str) -> None:
    assert DANISH.span(start, end, NOW) == danish


@pytest.mark.parametrize(
    ("end", "danish", "english"),
    [
        (at(18, 14), "til 14.00", "until 14:00"),
        (at(19), "i dag", "today"),
        (at(28), "til 27. nov.", "until 27 Nov"),
        (at(21), "til fre. 20. nov.", "until Fri 20 Nov"),
        (at(19, 9), "til i morgen 09.00", "until tomorrow 09:00"),
    ],
)
def test_ends_are_exclusive_so_what_ends_at_midnight_is_told_by_its_last_day(
    end: float, danish: str, english: str
) -> None:
    assert DANISH.until_words(end, NOW) == danish
    assert ENGLISH.until_words(end, NOW) == english


def test_the_night_of_the_change_of_clocks_has_its_own_length() -> None:
    spring = datetime(2026, 3, 29, 12, tzinfo=ZONE).timestamp()
    assert DANISH.midnight(spring, 1) - DANISH.midnight(spring) == 23 * 3600


def test_the_computers_own_zone_serves_where_none_is_given() -> None:
    clock = Clock("", words_in("en"))
    moment = clock.instant(date(2026, 11, 18), time(13, 42))
    assert clock.time(moment) == "13:42"


@pytest.mark.parametrize("typed", ["13.42", "13:42", "1342", " 13.42 ", "13h42", "13,42"])
def test_typed_times(typed: str) -> None:
    assert typed_time(typed) == time(13, 42)


@pytest.mark.parametrize("typed", ["", "24.00", "12.60", "kl. 12", "1", "-1"])
def test_what_is_no_time(typed: str) -> None:
    assert typed_time(typed) == (time(1) if typed == "1" else None)


def test_what_is_no_date() -> None:
    assert typed_date("2026-02-30") is None
    assert typed_date("2026-11-18") == date(2026, 11, 18)


@settings(deadline=None)
@given(
    seconds=st.integers(1_577_836_800, 2_208_988_800),
    language=st.sampled_from(sorted(LANGUAGES)),
)
def test_a_shown_time_is_understood_when_it_is_typed(seconds: int, language: str) -> None:
    """Also in the nights of the change of the clocks; the hour that comes twice is its first."""
    clock = Clock("Europe/Copenhagen", words_in(language))
    moment = float(seconds // 60 * 60)
    local, read = clock.local(moment), typed_time(clock.time(moment))
    assert read is not None
    assert abs(clock.instant(local.date(), read) - moment) in (0, 3600)


@settings(deadline=None)
@given(st.integers(0, 60), st.integers(0, 96), st.integers(1, 2000))
def test_every_span_can_be_shown(day: int, quarter: int, length: int) -> None:
    start = at(1) + day * 86_400 + quarter * 900
    for clock in (DANISH, GERMAN, ENGLISH):
        assert clock.span(start, start + length * 900, NOW)
        assert clock.until_words(start + length * 900, NOW)
