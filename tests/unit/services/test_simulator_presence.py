"""Where the people of the simulated office are: believable, the same every time, and as in the pictures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reception.errors import ConfigError
from reception.hub.board import Board
from reception.hub.calendars import Calendars
from reception.hub.days import Days
from reception.hub.office_file import load_office
from reception.model.calendar import Appointment
from reception.model.lines import Cause, LineState, StatusKind
from reception.model.office import CalendarPolicy, Office
from reception.model.people import Person
from reception.model.presence import CALENDAR, WEB, CallHandling, Entry
from reception.presence.calendar_rules import Calendar
from reception.presence.outlook import innermost, outlook
from reception.presence.port import BY_HAND, EXCHANGE, CalendarSet, PresenceEvent, TeamsSet, TimelineSet
from resources.demo.generate import FILE
from services.directory import create as read_people
from services.simulator import create_presence
from services.simulator.diary import DAYS_AHEAD, Diary
from services.simulator.pictured import PEOPLE as PICTURED
from services.simulator.whereabouts import Whereabouts

CALENDARS = Calendar(CalendarPolicy(), Office())
ZONE = ZoneInfo("Europe/Copenhagen")
SATURDAY = date(2026, 11, 21)
"""The day of the pictures."""


def at(clock: str, day: date = SATURDAY) -> float:
    hours, minutes = clock.split(".")
    return datetime(day.year, day.month, day.day, int(hours), int(minutes), tzinfo=ZONE).timestamp()


@pytest.fixture(scope="module")
def office() -> Sequence[Person]:
    return read_people(str(FILE))


class Heard:
    """The office run for a while, and what was told of it."""

    def __init__(self, people: Sequence[Person], now: float, **more: Any) -> None:
        self.core = Whereabouts(Diary(1, ZONE), seed=1, now=now, **more)
        self.core.follow(people, has_begun=False)
        self.events: list[PresenceEvent] = []
        self._told: dict[tuple[str, str], tuple[Entry, ...]] = {}
        self.appointments: dict[str, tuple[Appointment, ...]] = {}
        self.words: dict[str, str] = {}
        self.core.begin()
        self.run(now + 2.0)

    def run(self, until: float) -> None:
        new = self.core.advance(until)
        self.events += new
        for event in new:
            match event:
                case TimelineSet(source=source, person=person, entries=entries):
                    self._told[person, source] = entries
                case CalendarSet(source=source, person=person, appointments=appointments):
                    self._told[person, source] = CALENDARS.entries_of(person, appointments)
                    self.appointments[person] = appointments
                case TeamsSet(person=person, availability=word):
                    self.words[person] = word

    def entries(self, person: str) -> tuple[Entry, ...]:
        told = (*self._told.get((person, EXCHANGE), ()), *self._told.get((person, BY_HAND), ()))
        return tuple({entry.id: entry for entry in told}.values())

    def share_of_busy(self, people: Sequence[Person], now: float) -> float:
        return sum(outlook(self.entries(p.id), now, day_end=now).is_busy for p in people) / len(people)


# ------------------------------------------------------------------ the diary


def person(n: int, **more: Any) -> Person:
    return Person(id=f"p{n}", name=f"P {n}", department="Salg", **more)


def test_the_same_seed_person_and_date_give_the_same_entries_in_whatever_order() -> None:
    one, two = Diary(1, ZONE), Diary(1, ZONE)
    people = [person(n) for n in range(40)]
    first = {p.id: list(one.entries_of(p, SATURDAY)) for p in people}
    assert first == {p.id: list(two.entries_of(p, SATURDAY)) for p in reversed(people)}
    assert first != {p.id: list(Diary(2, ZONE).entries_of(p, SATURDAY)) for p in people}


def test_what_stands_in_a_diary_days_ahead_is_there_on_its_day() -> None:
    diary = Diary(1, ZONE)
    monday = date(2026, 11, 16)
    seen = 0
    for p in (person(n) for n in range(60)):
        for days in range(DAYS_AHEAD + 1):
            day = monday + timedelta(days=days)
            begin = diary.moment(day)
            ahead = {e for e in diary.entries_of(p, monday) if e.start >= begin and e.origin == CALENDAR}
            today = set(diary.entries_of(p, day))
            gone = {e for e in ahead - today if e.start < diary.moment(day, 24.0)}
            assert not gone, (p.id, day)
            seen += len(ahead & today)
    assert seen > 500


def test_days_ahead_are_known_the_less_the_farther_they_are(office: Sequence[Person]) -> None:
    diary = Diary(1, ZONE)
    monday = date(2026, 11, 16)
    counts = dict.fromkeys(range(DAYS_AHEAD + 1), 0)
    for p in office[:400]:
        for entry in diary.entries_of(p, monday):
            if entry.origin == CALENDAR and entry.place:
                counts[(diary.date_of(entry.start) - monday).days] += 1
    working = [counts[n] for n in (0, 1, 3, 9)]
    assert working == sorted(working, reverse=True)
    assert counts[9] > 0
    assert counts[5] == counts[6] == 0, "Saturday and Sunday"


def test_calls_are_diverted_to_the_number_of_who_stands_in() -> None:
    diary = Diary(1, ZONE)
    diary.numbers = {"x": "2999"}
    entries = [e for n in range(300) for e in diary.entries_of(person(n, alternates=("x",)), SATURDAY)]
    assert {e.divert_to for e in entries if e.handling is CallHandling.DIVERTED} == {"2999"}
    nobody = [e for n in range(300) for e in diary.entries_of(person(n), SATURDAY)]
    assert not [e for e in nobody if e.handling is CallHandling.DIVERTED]


def test_hours_are_those_of_the_wall_clock_when_the_clocks_change() -> None:
    diary = Diary(1, ZONE)
    assert diary.moment(date(2026, 3, 29), 9.5) == at("9.30", date(2026, 3, 29))
    assert diary.next_midnight(at("12.00", date(2026, 3, 29))) == at("0.00", date(2026, 3, 30))


# ------------------------------------------------------------------ the office


@pytest.mark.parametrize("clock", ["2.00", "9.45", "10.30", "12.15", "13.42", "15.30", "18.20", "22.40"])
@pytest.mark.parametrize("day", [date(2026, 11, 18), SATURDAY])
def test_about_a_third_are_busy_with_something_whenever_the_demo_begins(
    office: Sequence[Person], day: date, clock: str
) -> None:
    now, some = at(clock, day), office[::4]
    assert 0.2 < Heard(some, now).share_of_busy(some, now) < 0.42


def test_there_is_something_of_every_kind(office: Sequence[Person]) -> None:
    heard = Heard(office, at("13.42"))
    entries = [e for p in office for e in heard.entries(p.id)]
    assert {e.origin for e in entries} == {CALENDAR, WEB, "KLJ", "MSP", "BHT"}
    assert {e.handling for e in entries} == set(CallHandling)
    assert {"Frokost", "Ferie", "Sygdom", "Kursus", "Barsel", "Leverandørmøde"} <= {e.reason for e in entries}
    assert any(e.is_private for e in entries)
    assert any(e.note for e in entries)
    assert any(not e.is_busy for e in entries)
    assert any(e.end is None for e in entries)


def test_people_come_and_go_while_it_runs_the_more_the_faster(office: Sequence[Person]) -> None:
    now = at("13.42")
    set_by_hand = []
    for speed in (1.0, 10.0):
        heard = Heard(office, now, speed=speed)
        heard.events.clear()
        heard.run(now + 1200.0)
        set_by_hand.append(sum(isinstance(e, TimelineSet) and e.source == BY_HAND for e in heard.events))
    assert 20 < set_by_hand[0] < 100
    assert 250 < set_by_hand[1] < 900


def test_ad_hoc_absences_end_and_are_forgotten(office: Sequence[Person]) -> None:
    now = at("13.42")
    heard = Heard(office[:300], now, speed=60.0)
    heard.run(now + 3600.0)
    assert len(heard.core._ad_hoc) < 300
    ended = [
        e for kept in heard.core._ad_hoc.values() for e in kept if e.end is not None and e.end < now + 3000.0
    ]
    assert len(ended) < 60


def test_on_a_new_day_calendars_are_told_from_that_day_on(office: Sequence[Person]) -> None:
    some = office[:100]
    heard = Heard(some, at("22.40"))
    heard.events.clear()
    heard.run(at("0.00", SATURDAY + timedelta(days=1)) + 5.0)
    told = {e.person for e in heard.events if isinstance(e, CalendarSet)}
    assert len(told) > 50, "all whose calendar is different"
    midnight = at("0.00", SATURDAY + timedelta(days=1))
    assert all(a.end > midnight for found in heard.appointments.values() for a in found)


def test_teams_words_follow_the_entries(office: Sequence[Person]) -> None:
    now = at("9.50")
    heard = Heard(office, now)
    for clock in ("10.00", "11.30", "15.00"):
        moment = at(clock) + 60.0
        heard.run(moment)
        busy = [p.id for p in office if (e := innermost(heard.entries(p.id), moment)) and e.makes_busy]
        words = [heard.words[p] for p in busy if heard.words.get(p)]
        assert len(words) > 300
        assert not words.count("Available")
    without = [p.id for p in office if not heard.words.get(p.id)]
    assert 0.08 < len(without) / len(office) < 0.25, "some have no Teams"


# ------------------------------------------------------------------ the pictures


def seen(heard: Heard, person: str, now: float) -> tuple[Any, ...]:
    view = outlook(heard.entries(person), now, day_end=at("23.59") + 60.0)
    entry = view.entry
    return (
        entry and (entry.reason, entry.origin, entry.end),
        view.back_at,
        view.next and (view.next.reason, view.next.start),
    )


def test_at_1342_it_is_as_in_the_pictures(office: Sequence[Person]) -> None:
    now = at("13.42")
    heard = Heard(office, now)
    assert seen(heard, "alh", now) == (
        ("Leverandørmøde", CALENDAR, at("14.30")),
        at("14.30"),
        ("Status", at("15.15")),
    )
    assert seen(heard, "hob", now) == (None, None, ("Kundemøde", at("15.00")))
    assert seen(heard, "meh", now)[0] == ("Frokost", WEB, at("14.00"))
    assert seen(heard, "joh", now) == (None, None, None)
    assert seen(heard, "peh", now)[0] == ("Ferie", "KLJ", at("16.00", date(2026, 11, 27)))
    assert [heard.words[p] for p in ("alh", "hob", "meh", "peh")] == ["Busy", "Available", "Away", "Offline"]
    ahead = [(e.reason, e.handling, e.divert_to) for e in heard.entries("alh")]
    assert ("Ferie", CallHandling.DIVERTED, "2006") in ahead
    assert ("Status", CallHandling.OPEN, "") in ahead


@pytest.mark.parametrize("clock", ["0.05", "8.00", "16.59", "23.50"])
def test_at_any_other_time_those_of_the_pictures_are_in_the_same_state(
    office: Sequence[Person], clock: str
) -> None:
    now = at(clock)
    heard = Heard(office[: len(PICTURED)], now)
    states = [outlook(heard.entries(p), now, day_end=now + 86_400.0) for p in PICTURED]
    assert [s.is_busy for s in states] == [True, False, True, False, True, False, False]
    assert states[0].next is not None
    assert states[0].next.reason == "Status"


def test_on_whatever_day_the_demonstration_begins_those_of_the_pictures_have_only_what_is_seen_there(
    office: Sequence[Person],
) -> None:
    for n in range(60):
        heard = Heard(office[: len(PICTURED)], at("8.00", SATURDAY + timedelta(days=n)))
        subjects = [a.subject for a in heard.appointments["hob"]]
        assert subjects == ["Kundemøde"], n


# ------------------------------------------------------------------ settings


@pytest.mark.parametrize("wrong", [{"speed": 0}, {"zone": "Atlantis/City"}, {"sped": 1}])
def test_wrong_settings_are_named(wrong: dict[str, object]) -> None:
    with pytest.raises(ConfigError) as caught:
        create_presence(wrong)
    assert caught.value.message.params["setting"] == "presence.simulator"


# ------------------------------------------------------------------ the demonstration, as the hub shows it


def test_in_the_demonstration_every_kind_of_entry_and_status_can_be_seen(office: Sequence[Person]) -> None:
    now = at("13.42")
    settings = load_office(FILE.with_name("office.toml"))
    board = Board(office, now=now, day_of=Days(ZONE.key).day_of, rules=Calendars(settings))
    lines = {n.number: LineState.IDLE for p in office for n in p.numbers if not n.number.startswith("+")}
    first, second, third = list(lines)[:3]
    lines |= {first: LineState.TALKING, second: LineState.RINGING, third: LineState.UNREACHABLE}
    board.on_connected(list(lines.items()), now=now)
    for event in Heard(office, now).events:
        match event:
            case TimelineSet(source=source, person=who, entries=told):
                board.on_entries(source, who, told, now=now)
            case CalendarSet(source=source, person=who, appointments=appointments):
                board.on_calendar(source, who, appointments, now=now)
            case TeamsSet():
                board.on_teams(event, now=now)
    statuses = board.statuses.values()
    assert {s.kind for s in statuses} >= set(StatusKind) - {StatusKind.UNKNOWN, StatusKind.OFF}
    assert {s.cause for s in statuses} == set(Cause)
    entries = [e for t in board.timelines.values() for e in t.entries]
    assert {e.origin for e in entries} == {CALENDAR, WEB, "KLJ", "MSP", "BHT"}
    assert {e.handling for e in entries} == set(CallHandling)
    assert {"meeting", "holiday", "customer", "focus", "elsewhere", ""} <= {e.activity for e in entries}
    assert any(e.is_private for e in entries)
    assert any(e.is_linked for e in entries)
    assert any(e.end is None for e in entries)
    assert any(not e.is_busy for e in entries)
    assert not any("Husk" in e.reason for e in entries), "reminders show as free"
    tentative = [e.id for e in entries if "maybe" in e.id]
    sales = {p.id for p in office if p.department == "Salg"}
    assert tentative
    assert all(any(e.startswith(f"{p} ") for p in sales) for e in tentative)
