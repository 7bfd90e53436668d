"""Entries and Teams' words on the board: who is looked at, when, and what silence makes of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.hub import board as board_module
from reception.hub.board import Board
from reception.hub.timelines import Timelines
from reception.model.calendar import Appointment
from reception.model.lines import Cause, LineState, Shift, StatusKind, WorkingHours
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import CALENDAR, WEB, Entry
from reception.presence.outlook import Day
from reception.presence.port import BY_HAND, EXCHANGE, TEAMS, HoursSet, TeamsSet
from reception.presence.status import status_of

HOUR = 3600.0
MIDNIGHT = 24 * HOUR


def day_of(now: float) -> Day:
    start = now // MIDNIGHT * MIDNIGHT
    return Day(start, start + MIDNIGHT)


def person(person_id: str, number: str) -> Person:
    return Person(id=person_id, name=person_id, numbers=(Number(kind=NumberKind.DESK, number=number),))


PEOPLE = [person("a", "201"), person("b", "202"), person("c", "203")]


def entry(start: float, end: float | None, reason: str = "Møde", **more: Any) -> Entry:
    more = {"origin": CALENDAR} | more
    end = None if end is None else end * HOUR
    return Entry(id=f"{reason} {start}", reason=reason, start=start * HOUR, end=end, **more)


def board(now: float = 8 * HOUR) -> Board:
    board = Board(PEOPLE, now=now, day_of=day_of)
    board.on_connected([(p.numbers[0].number, LineState.IDLE) for p in PEOPLE], now=now)
    return board


class Looks:
    """Whose status was worked out."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.at: list[str] = []
        monkeypatch.setattr(board_module, "status_of", self._look)

    def _look(self, person: Person, *args: Any, **more: Any) -> Any:
        self.at.append(person.id)
        return status_of(person, *args, **more)


def test_an_entry_concerns_one_person_and_nobody_else_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    b = board()
    looks = Looks(monkeypatch)
    different = b.on_entries(EXCHANGE, "a", [entry(10, 11), entry(8, 9)], now=8 * HOUR)
    (timeline,) = different.timelines
    assert (timeline.person, [e.start for e in timeline.entries]) == ("a", [8 * HOUR, 10 * HOUR])
    (status,) = different.statuses
    assert (status.kind, status.until, status.next_at) == (StatusKind.AWAY, 9 * HOUR, 10 * HOUR)
    assert looks.at == ["a"]
    assert b.timelines["a"] == timeline


def test_the_same_again_is_no_news_and_strangers_are_passed_over() -> None:
    b = board()
    b.on_entries(EXCHANGE, "a", [entry(10, 11)], now=8 * HOUR)
    assert b.on_entries(EXCHANGE, "a", [entry(10, 11)], now=8 * HOUR) == ((), [])
    assert b.on_entries(EXCHANGE, "nobody", [entry(10, 11)], now=8 * HOUR) == ((), ())
    assert b.on_teams(TeamsSet(person="nobody", availability="Busy"), now=8 * HOUR) == ()
    assert set(b.timelines) == {"a"}


def test_working_hours_are_told_beside_the_status_and_only_when_they_are_different(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    b, looks = board(), Looks(monkeypatch)
    early, late = (WorkingHours("", (Shift((0, 1), start, 960),)) for start in (420, 540))

    def told(source: str, hours: WorkingHours | None, person: str = "a") -> list[WorkingHours | None]:
        said = HoursSet(source=source, person=person, hours=hours)
        return [status.hours for status in b.on_hours(said, now=8 * HOUR)]

    assert told(EXCHANGE, early) == [early]
    assert told(EXCHANGE, early) == []
    assert told("nobody knows", None) == []
    assert told(EXCHANGE, early, "nobody") == []
    assert looks.at == ["a"]
    assert told("other", late) == [], "who said so first counts"
    assert told(EXCHANGE, None) == [late]
    assert told("other", None) == [None]


def test_who_leaves_and_comes_back_has_no_hours_until_they_are_told_again() -> None:
    b = board()
    everybody = list(b.people.values())
    b.on_hours(HoursSet(source=EXCHANGE, person="a", hours=WorkingHours("", ())), now=8 * HOUR)
    b.replace_people([p for p in everybody if p.id != "a"], now=8 * HOUR)
    b.replace_people(everybody, now=8 * HOUR)
    assert b.statuses["a"].hours is None


def test_what_each_source_says_stands_beside_the_others_and_is_replaced_alone() -> None:
    b = board()
    b.on_entries(EXCHANGE, "a", [entry(10, 11)], now=8 * HOUR)
    b.on_entries(BY_HAND, "a", [entry(12, 13, "Frokost", origin=WEB)], now=8 * HOUR)
    assert [e.reason for e in b.timelines["a"].entries] == ["Møde", "Frokost"]
    (timeline,) = b.on_entries(EXCHANGE, "a", [], now=8 * HOUR).timelines
    assert [e.reason for e in timeline.entries] == ["Frokost"]
    (timeline,) = b.on_entries(BY_HAND, "a", [], now=8 * HOUR).timelines
    assert timeline.entries == ()
    assert b.timelines == {}
    assert b.next_deadline() is None


def test_it_looks_again_when_an_entry_begins_and_ends_and_at_nobody_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    b = board()
    for person_id, begin in (("a", 10), ("b", 12), ("c", 14)):
        b.on_entries(EXCHANGE, person_id, [entry(begin, begin + 1)], now=8 * HOUR)
    looks = Looks(monkeypatch)
    seen = []
    while (at := b.next_deadline()) is not None and at < MIDNIGHT:
        different = b.on_time(now=at, limit=10)
        assert different.timelines == [], "an entry that has ended stays on the strip of the day"
        seen += [(at / HOUR, s.person, s.kind) for s in different.statuses]
    away, free = StatusKind.AWAY, StatusKind.FREE
    assert seen == [
        (10, "a", away),
        (11, "a", free),
        (12, "b", away),
        (13, "b", free),
        (14, "c", away),
        (15, "c", free),
    ]
    assert looks.at == ["a", "a", "b", "b", "c", "c"]


def test_at_midnight_ended_entries_go_and_today_is_another_day() -> None:
    b = board()
    b.on_entries(EXCHANGE, "a", [entry(10, 11), entry(33, 34, "I morgen")], now=12 * HOUR)
    assert b.statuses["a"].next_at is None
    assert b.next_deadline() == MIDNIGHT
    different = b.on_time(now=MIDNIGHT, limit=10)
    assert [[e.reason for e in t.entries] for t in different.timelines] == [["I morgen"]]
    assert [s.next_at for s in different.statuses] == [33 * HOUR]
    assert b.next_deadline() == 33 * HOUR


def test_what_goes_on_over_midnight_stays() -> None:
    b = board()
    b.on_entries(EXCHANGE, "a", [entry(10, None, "Barsel"), entry(20, 30, "Rejse")], now=12 * HOUR)
    assert b.on_time(now=MIDNIGHT, limit=10).timelines == []
    assert [e.reason for e in b.timelines["a"].entries] == ["Barsel", "Rejse"]


def test_when_many_are_due_at_once_they_come_in_portions() -> None:
    b = board()
    for person_id in "abc":
        b.on_entries(EXCHANGE, person_id, [entry(10, 11)], now=8 * HOUR)
    seen = [len(b.on_time(now=10 * HOUR, limit=2).statuses)]
    assert b.next_deadline() == 10 * HOUR
    seen.append(len(b.on_time(now=10 * HOUR, limit=2).statuses))
    assert seen == [2, 1]
    assert b.next_deadline() == 11 * HOUR


def test_teams_own_word_stands_beside_the_status() -> None:
    b = board()
    (status,) = b.on_teams(TeamsSet(person="a", availability="Busy"), now=9 * HOUR)
    assert (status.kind, status.cause, status.teams) == (StatusKind.BUSY, Cause.TEAMS, "Busy")
    assert b.on_teams(TeamsSet(person="a", availability="Busy"), now=9 * HOUR) == []


def test_a_silent_calendar_makes_doubtful_what_rests_on_it_and_only_that() -> None:
    b = board()
    b.on_entries(EXCHANGE, "a", [entry(8, 11)], now=9 * HOUR)
    b.on_entries(EXCHANGE, "b", [], now=9 * HOUR)  # the calendar knows b, and that nothing is in it
    b.on_entries(BY_HAND, "c", [entry(8, 11, origin=WEB)], now=9 * HOUR)
    stale = b.on_source(EXCHANGE, is_silent=True, now=9.5 * HOUR)
    assert {s.person: s.is_stale for s in stale} == {"a": True, "b": True}
    assert b.on_source(EXCHANGE, is_silent=True, now=9.5 * HOUR) == ()
    talking = b.on_line("201", LineState.TALKING, now=9.6 * HOUR)
    assert [(s.kind, s.is_stale) for s in talking] == [(StatusKind.BUSY, False)]
    fresh = b.on_source(EXCHANGE, is_silent=False, now=9.7 * HOUR)
    assert {s.person for s in fresh} == {"b"}


def test_a_calendar_that_is_old_is_doubtful_alone_until_it_is_read_again_whatever_the_rules() -> None:
    b, now = board(), 9 * HOUR
    absent = [Appointment(id="1", start=8 * HOUR, end=11 * HOUR)]
    for person in ("a", "b"):
        b.on_calendar(EXCHANGE, person, absent, now=now)
    (status,) = b.on_calendar(EXCHANGE, "a", absent, now=now, is_old=True).statuses
    assert (status.person, status.is_stale, status.until) == ("a", True, 11 * HOUR)
    assert not b.statuses["b"].is_stale
    b.read_again([(EXCHANGE, "a"), (EXCHANGE, "b")], now=now)
    assert (b.statuses["a"].is_stale, b.statuses["b"].is_stale) == (True, False)
    b.on_source(EXCHANGE, is_silent=True, now=now)
    b.on_source(EXCHANGE, is_silent=False, now=now)
    assert (b.statuses["a"].is_stale, b.statuses["b"].is_stale) == (True, False)
    (status,) = b.on_calendar(EXCHANGE, "a", absent, now=now).statuses
    assert not status.is_stale
    b.on_calendar(EXCHANGE, "a", absent, now=now, is_old=True)
    b.replace_people(PEOPLE[1:], now=now)
    b.replace_people(PEOPLE, now=now)
    b.on_entries(EXCHANGE, "a", [entry(8, 11)], now=now)
    assert not b.statuses["a"].is_stale, "nothing is left of who had gone"


def test_silent_teams_concerns_those_whom_teams_knows() -> None:
    b = board()
    b.on_teams(TeamsSet(person="a", availability="Available"), now=9 * HOUR)
    b.on_teams(TeamsSet(person="b", availability=""), now=9 * HOUR)
    stale = b.on_source(TEAMS, is_silent=True, now=9.5 * HOUR)
    assert [(s.person, s.is_stale, s.teams) for s in stale] == [("a", True, "Available")]


def test_a_source_that_was_never_heard_makes_nothing_doubtful() -> None:
    b = board()
    assert b.on_source(EXCHANGE, is_silent=True, now=9 * HOUR) == []
    assert not any(s.is_stale for s in b.statuses.values())


def test_both_silences_end_by_themselves() -> None:
    b = board()
    b.on_entries(EXCHANGE, "a", [], now=9 * HOUR)
    b.on_source(EXCHANGE, is_silent=True, now=9 * HOUR)
    b.on_lost(now=9 * HOUR)
    b.on_connected([("201", LineState.IDLE)], now=10 * HOUR)
    assert b.statuses["a"].is_stale, "the calendar is silent yet"
    b.on_source(EXCHANGE, is_silent=False, now=10 * HOUR)
    assert not b.statuses["a"].is_stale


def test_who_leaves_the_directory_leaves_nothing_behind() -> None:
    b = board()
    b.on_entries(EXCHANGE, "a", [entry(10, 11)], now=8 * HOUR)
    b.on_teams(TeamsSet(person="a", availability="Busy"), now=8 * HOUR)
    b.replace_people(PEOPLE[1:], now=9 * HOUR)
    assert (b.timelines, b.next_deadline()) == ({}, None)
    (back,) = b.replace_people(PEOPLE, now=9 * HOUR)
    assert (back.person, back.teams, back.next_at) == ("a", "", None)


# ------------------------------------------------------------------ for any entries at any time

_hours = st.integers(0, 60)
_told = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.sampled_from([EXCHANGE, BY_HAND]),
        st.lists(st.tuples(_hours, st.one_of(st.none(), st.integers(1, 30))), max_size=4),
    ),
    max_size=12,
)


@settings(max_examples=60)
@given(_told, st.lists(st.integers(1, 20), max_size=8))
def test_woken_at_its_deadlines_the_board_is_always_what_a_new_board_would_be(
    told: list[tuple[str, str, list[tuple[int, int | None]]]], steps: list[int]
) -> None:
    now = 0.0
    old, latest = board(now), {}
    waits = [*steps, *[5] * len(told)]
    for who, source, times in told:
        entries = [
            entry(s, None if length is None else s + length, f"{source}{n}")
            for n, (s, length) in enumerate(times)
        ]
        latest[source, who] = entries
        old.on_entries(source, who, entries, now=now)
        until = now + waits.pop() * HOUR
        while (at := old.next_deadline()) is not None and at <= until:
            now = at
            old.on_time(now=now, limit=2)
        now = until
        new = board(now)
        for (told_by, person_id), said in latest.items():
            new.on_entries(told_by, person_id, said, now=now)
        assert old.timelines == new.timelines
        facts = ("kind", "is_entered", "reason", "until", "back_at", "next_at", "next_reason")
        for person_id in "abc":
            mine, fresh = old.statuses[person_id], new.statuses[person_id]
            assert [getattr(mine, f) for f in facts] == [getattr(fresh, f) for f in facts]


def test_the_heap_does_not_grow_with_changes() -> None:
    timelines = Timelines(day_of, now=0.0)
    for n in range(20_000):
        timelines.put(EXCHANGE, "a", [entry(1 + n % 7, 9 + n % 5)], now=0.0)
    assert len(timelines._heap) < 2_000
    assert timelines.next_deadline() == (1 + 19_999 % 7) * HOUR
