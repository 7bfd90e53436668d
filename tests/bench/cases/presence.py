"""Goal 18: what one person's status costs, and a whole office through a whole day.

One thread that never waits: the time of the processor is measured, which other programs do not lengthen.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from reception.hub.board import Board
from reception.model.calendar import Appointment, ShowAs
from reception.model.lines import Cause, Evidence, Line, LineState, PersonStatus, StatusKind
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import CALENDAR, WEB, Entry
from reception.presence.outlook import Day
from reception.presence.port import BY_HAND, EXCHANGE, TeamsSet
from reception.presence.status import status_of
from tests.bench.figures import Figure, side_by_side

HOUR: Final = 3600.0
DAY: Final = 24 * HOUR
LIMIT_US: Final = 50.0
LIMIT_S: Final = 10.0
OFFICE: Final = 20_000
_SUBJECTS: Final = ("Leverandørmøde", "MØT: kundemøde", "Budget 2027", "Rådgivning hos kunden", "1:1")


@dataclass
class Plain:
    """The floor: what a status is, as a plain dataclass."""

    person: str
    kind: StatusKind
    since: float
    lines: tuple[Line, ...]
    is_stale: bool
    is_entered: bool
    reason: str
    origin: str
    until: float | None
    back_at: float | None
    next_at: float | None
    next_reason: str
    teams: str
    cause: Cause
    activity: str
    role: str
    is_private: bool
    evidence: tuple[Evidence, ...]


def run(*, is_short: bool) -> Iterator[Figure]:
    """Measure one person and its floor by turns, then the day."""
    values, floors = [], []
    for _ in range(5 if is_short else 15):
        values.append(one_person(2_000))
        floors.append(plain_ones(20_000))
    yield side_by_side("18", values, floors, unit="us")
    yield Figure(goal="18b", value=statistics.median(values), floor=LIMIT_US, unit="us")
    people = OFFICE // 10 if is_short else OFFICE
    took, looks = whole_day(people)
    yield Figure(
        goal="18c",
        value=took * OFFICE / people,
        floor=LIMIT_S,
        unit="s",
        note=f"{people} people, {looks} changes, {took / looks * 1e6:.1f} us each",
    )


def one_person(rounds: int) -> float:
    """Return microseconds for working out one busy person's status anew, each time a different one."""
    person = a_person(1)
    talking = {"1001": Line(number="1001", state=LineState.TALKING, since=0.0)}
    idle = {"1001": Line(number="1001", state=LineState.IDLE, since=0.0)}
    entries = tuple(
        Entry(id=str(n), reason="Møde", start=(8 + n) * HOUR, end=(8.5 + n) * HOUR, origin=CALENDAR)
        for n in range(8)
    )
    teams = TeamsSet(person=person.id, availability="Busy", activity="InAMeeting", since=0.0)
    before: PersonStatus | None = None
    began = time.process_time()
    for n in range(rounds):
        before = status_of(
            person,
            talking if n % 2 else idle,
            before,
            now=(8 + n % 8) * HOUR,
            entries=entries,
            teams=teams,
            calendar=EXCHANGE,
            day_end=DAY,
        )
    return (time.process_time() - began) / rounds * 1e6


def plain_ones(rounds: int) -> float:
    """Return microseconds for one look-up in a dictionary and one dataclass built."""
    known = {f"p{n}": (n, f"p{n}") for n in range(1_000)}
    began = time.process_time()
    for n in range(rounds):
        since, person = known[f"p{n % 1000}"]
        Plain(
            person=person,
            kind=StatusKind.BUSY,
            since=since,
            lines=(),
            is_stale=False,
            is_entered=True,
            reason="Møde",
            origin=CALENDAR,
            until=1.0,
            back_at=2.0,
            next_at=3.0,
            next_reason="Møde",
            teams="Busy",
            cause=Cause.ENTRY,
            activity="meeting",
            role="",
            is_private=False,
            evidence=(),
        )
    return (time.process_time() - began) / rounds * 1e6


# ------------------------------------------------------------------ the day


def whole_day(count: int) -> tuple[float, int]:
    """Take an office through a day: import, calls, Teams, lunches and every beginning and end.

    Returns the seconds it took, and how many statuses were worked out.
    """
    people = [a_person(n) for n in range(count)]
    board = Board(people, now=0.0, day_of=lambda now: Day(now // DAY * DAY, now // DAY * DAY + DAY))
    looks = 0
    began = time.process_time()
    board.on_connected([(p.numbers[0].number, LineState.IDLE) for p in people], now=0.0)
    for n, person in enumerate(people):
        board.on_calendar(EXCHANGE, person.id, calendar_of(n), now=1.0)
        board.on_teams(TeamsSet(person=person.id, availability="Available", since=1.0), now=1.0)
    looks += 3 * count
    for hour in range(24):
        looks += until(board, hour * HOUR)
        looks += an_hour(board, people, hour)
    looks += until(board, DAY)
    return time.process_time() - began, looks


def until(board: Board, now: float) -> int:
    """Let entries begin and end, in the hub's portions; returns how many were looked at."""
    looks = 0
    while (at := board.next_deadline()) is not None and at <= now:
        looks += len(board.on_time(now=at, limit=500).statuses)
    return looks


def an_hour(board: Board, people: list[Person], hour: int) -> int:
    """Let every eighth of the people speak on the telephone, and some go to lunch at noon."""
    if not 8 <= hour < 16:
        return 0
    looks, now = 0, hour * HOUR + 0.5
    for n in range(hour % 8, len(people), 8):
        number = people[n].numbers[0].number
        for state in (LineState.RINGING, LineState.TALKING, LineState.IDLE):
            looks += len(board.on_line(number, state, now=now))
    if hour == 12:
        for person in people[::3]:
            lunch = Entry(id=f"{person.id} lunch", reason="Frokost", start=now, end=now + 1800, origin=WEB)
            board.on_entries(BY_HAND, person.id, [lunch], now=now)
            board.on_teams(TeamsSet(person=person.id, availability="Away", since=now), now=now)
            looks += 2
    return looks


def a_person(n: int) -> Person:
    """Return somebody with a desk phone and a mobile."""
    return Person(
        id=f"p{n}",
        name=f"Person {n}",
        numbers=(
            Number(kind=NumberKind.DESK, number=str(1000 + n)),
            Number(kind=NumberKind.MOBILE, number=f"+4540{n:06}"),
        ),
    )


def calendar_of(n: int) -> tuple[Appointment, ...]:
    """Return three appointments of today and three of tomorrow: half as many again as the demonstration's."""
    hours = (8.0 + n % 3, 11.0 + n % 5 / 4, 13.0 + n % 9 / 4, 32.0, 34.0 + n % 3, 37.5)
    return tuple(
        Appointment(
            id=f"{n} {k}",
            start=hour * HOUR,
            end=(hour + 0.5 + n % 3 / 4) * HOUR,
            subject=_SUBJECTS[(n + k) % len(_SUBJECTS)],
            show_as=ShowAs.TENTATIVE if (n + k) % 9 == 0 else ShowAs.BUSY,
            is_private=(n + k) % 13 == 0,
        )
        for k, hour in enumerate(hours)
    )
