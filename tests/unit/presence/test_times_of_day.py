"""Nights on which the clocks change, midnight, whole days, exclusive ends: on timelines and for calls."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.directory.numbers import NumberPlan
from reception.hub.board import Board
from reception.hub.days import Days
from reception.hub.drafts import Drafts
from reception.hub.office_file import default_office
from reception.model.calendar import Appointment
from reception.model.lines import StatusKind
from reception.model.people import Person
from reception.model.presence import EntryDraft
from reception.presence.diversion import DiversionKind, diversion_of
from reception.presence.plain_times import parse
from reception.presence.port import EXCHANGE

ZONES = ("Europe/Copenhagen", "Europe/Berlin", "Europe/London", "America/New_York", "Australia/Lord_Howe")
SPRING, AUTUMN = date(2027, 3, 28), date(2026, 10, 25)
WHO = Person(id="a", name="Alice")
_zones = st.sampled_from(ZONES)
_days = st.one_of(
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    st.sampled_from([SPRING, AUTUMN, SPRING - timedelta(days=1), AUTUMN - timedelta(days=1)]),
)


def midnight(day: date, zone: str) -> float:
    return datetime.combine(day, time(), ZoneInfo(zone)).timestamp()


def whole_days(first: date, count: int, zone: str) -> Appointment:
    begin, end = midnight(first, zone), midnight(first + timedelta(days=count), zone)
    return Appointment(id="1", start=begin, end=end, subject="Ferie", is_all_day=True)


@given(_zones, _days, st.integers(1, 5))
def test_a_whole_day_lasts_from_its_first_second_to_its_last_and_not_a_second_more(
    zone: str, first: date, count: int
) -> None:
    appointment = whole_days(first, count, zone)
    board = Board([WHO], now=appointment.start - 1, day_of=Days(zone).day_of)
    board.on_calendar(EXCHANGE, "a", [appointment], now=appointment.start - 1)
    seen = {}
    for at in (appointment.start - 1, appointment.start, appointment.end - 1, appointment.end):
        while (due := board.next_deadline()) is not None and due <= at:
            board.on_time(now=due, limit=5)
        board.on_time(now=at, limit=5)
        entries = board.timelines["a"].entries if "a" in board.timelines else ()
        seen[at] = (board.statuses["a"].kind, diversion_of(entries, at).kind)
    gone = (StatusKind.FREE, DiversionKind.NONE)
    away = (StatusKind.AWAY, DiversionKind.VOICEMAIL)
    assert list(seen.values()) == [gone, away, away, gone]
    assert board.timelines == {}, "at midnight it has left the timeline"


@pytest.mark.parametrize(("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 11, 25), 24)])
def test_a_day_on_which_the_clocks_change_is_a_whole_day(day: date, hours: int) -> None:
    zone = "Europe/Copenhagen"
    appointment = whole_days(day, 1, zone)
    assert (appointment.end - appointment.start) / 3600 == hours
    drafts = Drafts(default_office().office, NumberPlan(), Days(zone).day_of)
    noon = appointment.start + 12 * 3600
    entry = drafts.entry(EntryDraft(start=noon, shortcut="done"), (), now=noon)
    assert entry.end == appointment.end


@given(_zones, st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)), st.integers(1, 26 * 60))  # noqa: DTZ001
def test_an_entry_over_a_night_is_as_long_as_it_was_set_whatever_the_clocks_do(
    zone: str, began: datetime, minutes: int
) -> None:
    start = began.replace(tzinfo=UTC, microsecond=0).timestamp()
    end = start + minutes * 60
    board = Board([WHO], now=start, day_of=Days(zone).day_of)
    board.on_calendar(EXCHANGE, "a", [Appointment(id="1", start=start, end=end)], now=start)
    deadlines = []
    while (at := board.next_deadline()) is not None:
        board.on_time(now=at, limit=5)
        deadlines.append(at)
        kind = board.statuses["a"].kind
        assert kind is (StatusKind.AWAY if at < end else StatusKind.FREE)
    assert end in deadlines
    days = Days(zone)
    assert all(at == end or days.day_of(at).start == at for at in deadlines)
    assert deadlines[-1] == days.day_of(end - 0.5).end or deadlines[-1] == days.day_of(end).end


@given(_zones, _days)
def test_tomorrow_in_plain_words_is_the_day_the_timeline_takes_it_for(zone: str, today: date) -> None:
    noon = datetime.combine(today, time(12), ZoneInfo(zone)).timestamp()
    for words in ("i morgen", "morgen", "tomorrow"):
        period = parse(words, now=noon, zone=ZoneInfo(zone))
        assert period is not None
        day = Days(zone).day_of(period.start)
        assert (period.start, period.end) == (day.start, day.end)
