"""Times in plain words: what each means, and that what is shown in a field means the same again."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.presence.plain_times import Period, parse, text_of

HERE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 20, 13, 42, tzinfo=HERE)
"""A Friday."""


def meant(text: str, now: datetime = NOW) -> str | None:
    """Return what a text means, as text: ``20.11. 13:42 - 20.11. 14:30``."""
    period = parse(text, now=now.timestamp(), zone=HERE)
    if period is None:
        return None
    ends = (period.start, period.end)
    return " - ".join("" if e is None else f"{datetime.fromtimestamp(e, HERE):%d.%m. %H:%M}" for e in ends)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("til 14.30", "20.11. 13:42 - 20.11. 14:30"),
        ("bis 14:30 Uhr", "20.11. 13:42 - 20.11. 14:30"),
        ("until 2.30 pm", "20.11. 13:42 - 20.11. 14:30"),
        ("til kl. 15", "20.11. 13:42 - 20.11. 15:00"),
        ("14.30", "20.11. 13:42 - 20.11. 14:30"),
        ("1430", "20.11. 13:42 - 20.11. 14:30"),
        ("til 24", "20.11. 13:42 - 21.11. 00:00"),
        ("til 8", "20.11. 13:42 - 21.11. 08:00"),
        ("13-14.30", "20.11. 13:00 - 20.11. 14:30"),
        ("14 – 15", "20.11. 14:00 - 20.11. 15:00"),
        ("nu - 15", "20.11. 13:42 - 20.11. 15:00"),
        ("8-12", "21.11. 08:00 - 21.11. 12:00"),
        ("von 8 bis 12", "21.11. 08:00 - 21.11. 12:00"),
        ("22-6", "20.11. 22:00 - 21.11. 06:00"),
        ("i morgen 8-12", "21.11. 08:00 - 21.11. 12:00"),
        ("morgen 8-12", "21.11. 08:00 - 21.11. 12:00"),
        ("tomorrow", "21.11. 00:00 - 22.11. 00:00"),
        ("i morgen formiddag", "21.11. 08:00 - 21.11. 12:00"),
        ("Nachmittag", "20.11. 13:42 - 20.11. 16:00"),
        ("i dag", "20.11. 13:42 - 21.11. 00:00"),
        ("resten af dagen", "20.11. 13:42 - 21.11. 00:00"),
        ("fredag", "20.11. 13:42 - 21.11. 00:00"),
        ("next Friday", "27.11. 00:00 - 28.11. 00:00"),
        ("til fredag", "20.11. 13:42 - 21.11. 00:00"),
        ("til mandag", "20.11. 13:42 - 24.11. 00:00"),
        ("mandag-onsdag", "23.11. 00:00 - 26.11. 00:00"),
        ("fra mandag til onsdag", "23.11. 00:00 - 26.11. 00:00"),
        ("mandag 8 - onsdag 12", "23.11. 08:00 - 25.11. 12:00"),
        ("27.11.", "27.11. 00:00 - 28.11. 00:00"),
        ("27. nov.", "27.11. 00:00 - 28.11. 00:00"),
        ("Nov 27", "27.11. 00:00 - 28.11. 00:00"),
        ("2026-11-27", "27.11. 00:00 - 28.11. 00:00"),
        ("fre. 27. nov. 10-11", "27.11. 10:00 - 27.11. 11:00"),
        ("23.-27. nov.", "23.11. 00:00 - 28.11. 00:00"),
        ("1-5 dec", "01.12. 00:00 - 06.12. 00:00"),
        ("24.12 - 2.1", "24.12. 00:00 - 03.01. 00:00"),
        ("10.11.", "10.11. 00:00 - 11.11. 00:00"),
        ("uge 30", "26.07. 00:00 - 02.08. 00:00"),
        ("KW 50-51", "07.12. 00:00 - 21.12. 00:00"),
        ("uge 47", "20.11. 13:42 - 23.11. 00:00"),
        ("30 min", "20.11. 13:42 - 20.11. 14:12"),
        ("2 timer", "20.11. 13:42 - 20.11. 15:42"),
        ("halvanden time", "20.11. 13:42 - 20.11. 15:12"),
        ("to timer", "20.11. 13:42 - 20.11. 15:42"),
        ("3 Tage", "20.11. 13:42 - 23.11. 13:42"),
        ("fra 15", "20.11. 15:00 - "),
        ("ab morgen", "21.11. 00:00 - "),
    ],
)
def test_what_people_say(text: str, expected: str) -> None:
    assert meant(text) == expected
    assert meant(f"  {text.upper()} ") == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "til",
        "vrøvl",
        "25-26 o'clock",
        "til 14.75",
        "32. nov",
        "29. feb 2027",
        "uge 60",
        "8-12 i morgen",
        "0 min",
        "999 dage",
        "til til 14",
        "2020-01-01",
        "i morgen i morgen",
        "13 pm",
    ],
)
def test_what_is_not_understood_is_never_guessed(text: str) -> None:
    assert meant(text) is None


def test_a_night_that_is_longer_or_shorter_keeps_the_clocks_word() -> None:
    autumn = datetime(2026, 10, 24, 20, 0, tzinfo=HERE)
    night = parse("22-6", now=autumn.timestamp(), zone=HERE)
    assert night is not None
    assert night.end is not None
    assert night.end - night.start == 9 * 3600
    spring = datetime(2027, 3, 27, 20, 0, tzinfo=HERE)
    night = parse("22-6", now=spring.timestamp(), zone=HERE)
    assert night is not None
    assert night.end is not None
    assert night.end - night.start == 7 * 3600


_FIRST, _LAST = datetime(2026, 1, 1), datetime(2028, 1, 1)  # noqa: DTZ001 - hypothesis wants them bare
minutes = st.datetimes(_FIRST, _LAST).map(lambda at: at.replace(second=0, microsecond=0))


@given(
    now=minutes,
    ahead=st.integers(0, 60 * 24 * 40),
    lasts=st.integers(1, 60 * 24 * 20),
    language=st.sampled_from(["da", "de", "en"]),
)
def test_what_stands_in_a_field_means_the_same_again(
    now: datetime, ahead: int, lasts: int, language: str
) -> None:
    first = now + timedelta(minutes=ahead)
    last = first + timedelta(minutes=lasts)
    here, start, end = (at.replace(tzinfo=HERE).timestamp() for at in (now, first, last))
    if any(
        datetime.fromtimestamp(t, HERE).replace(tzinfo=None) != at for t, at in ((start, first), (end, last))
    ):
        return  # the hour that a change of the clocks skips
    if end <= start or end <= here:
        return
    shown = text_of(Period(start, end), now=here, zone=HERE, language=language)
    assert parse(shown, now=here, zone=HERE) == Period(start, end)


@given(st.text(max_size=30))
def test_any_text_gives_a_period_ahead_or_nothing(text: str) -> None:
    period = parse(text, now=NOW.timestamp(), zone=HERE)
    if period is not None and period.end is not None:
        assert period.start < period.end
        assert period.end > NOW.timestamp()
