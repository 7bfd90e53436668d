"""Calendars and absences of an office: the same for the same seed, person and date, whenever it is asked.

Nothing is drawn from one stream of chance: each week and day of each person has its own, so that an entry
that was seen days ahead is still there on its day, and a directory that grows changes nobody's plans. On a
day itself all is known; of the days ahead the less, the farther they are.

In the middle of the day about a third of the people are absent by an entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from random import Random
from typing import Any, Final, NamedTuple, TypeVar

from reception.model.people import Person
from reception.model.presence import CALENDAR, WEB, CallHandling, Entry
from services.simulator import reasons

DAYS_AHEAD: Final = 14
_FIRST_HOUR: Final = 8.0
_LAST_HOUR: Final = 16.5
_MIDDAY: Final = 11
"""The hour of the office's day that it is when somebody looks outside working hours."""
_SUBJECTS: Final = {
    department: own * 2 + reasons.MEETINGS[0][1] if department else own
    for department, own in reasons.MEETINGS
}
T = TypeVar("T")


class _DayOf(NamedTuple):
    """A person's day, so many days ahead, with its hours moved by so many."""

    person: Person
    date: date
    ahead: int
    shift: int


class Diary:
    """Everybody's plans.

    `zone` is the office's, None the computer's own; `numbers` are those of people by their ids.
    """

    def __init__(self, seed: int, zone: tzinfo | None = None) -> None:
        self._seed = seed
        self._zone = zone
        self._moments: dict[tuple[date, float], float] = {}
        self.numbers: dict[str, str] = {}

    def date_of(self, now: float) -> date:
        """Return the date of a moment (UTC seconds) in the office."""
        return self._local(now).date()

    def moment(self, day: date, hour: float = 0.0) -> float:
        """Return the moment (UTC seconds) at which the office's clock shows an hour, such as 14.5."""
        known = self._moments.get((day, hour))
        if known is None:
            known = (datetime.combine(day, time(), self._zone) + timedelta(hours=hour)).timestamp()
            self._moments[day, hour] = known
        return known

    def next_midnight(self, now: float) -> float:
        """Return when the office's next day begins (UTC seconds)."""
        return self.moment(self.date_of(now) + timedelta(days=1))

    def shift_of(self, now: float) -> int:
        """Return by how many hours the office's day is moved, so that it is at work when somebody looks."""
        hour = self._local(now).hour
        return 0 if _FIRST_HOUR <= hour < _LAST_HOUR else hour - _MIDDAY

    def entries_of(
        self, person: Person, today: date, *, shift: int = 0, is_at_work: bool = False
    ) -> Iterator[Entry]:
        """Yield what stands on a timeline on a morning: this day and the days ahead.

        `shift` moves this day's hours; with `is_at_work` it is a working day, whatever the weekday.
        """
        habits = self._chance(person)
        if habits.random() < 0.008:
            yield self._entry(person, today.replace(month=1, day=1), reasons.LEAVE, 0.0, None)
        has_calendar = habits.random() < 0.75
        yield from self._sickness(person, today)
        monday = today - timedelta(days=today.weekday())
        for week in range(DAYS_AHEAD // 7 + 1):
            first = monday + timedelta(weeks=week)
            rng = self._chance(person, first)
            yield from self._week(person, first, rng)
            for weekday in range(7):
                ahead = (first - today).days + weekday
                is_working_day = weekday < 5 or (ahead == 0 and is_at_work)
                if is_working_day and ahead <= DAYS_AHEAD:
                    day = _DayOf(person, first + timedelta(days=weekday), ahead, shift if ahead == 0 else 0)
                    yield from self._day(day, rng, has_calendar)

    # -------------------------------------------------------------- whole days

    def _week(self, person: Person, first: date, rng: Random) -> Iterator[Entry]:
        draw = rng.random()
        if draw < 0.06:
            saturday = first - timedelta(days=2)
            origin = CALENDAR if rng.random() < 0.7 else rng.choice(reasons.RECEPTIONISTS)
            yield self._entry(person, saturday, reasons.HOLIDAY, 0.0, 6 * 24 + 16.0, origin=origin)
        elif draw < 0.10:
            day = first + timedelta(days=rng.randrange(4))
            end = rng.choice((16.0, 40.0))
            reason = rng.choice(reasons.COURSE)
            yield self._entry(person, day, reason, 9.0, end, handling=CallHandling.DIVERTED)

    def _sickness(self, person: Person, today: date) -> Iterator[Entry]:
        rng = self._chance(person, today, "sick")
        if rng.random() < 0.03:
            end = 24.0 if rng.random() < 0.7 else None
            reason, origin = rng.choice(reasons.SICK), rng.choice(reasons.RECEPTIONISTS)
            yield self._entry(person, today, reason, 0.0, end, origin=origin)

    # -------------------------------------------------------------- one day

    def _day(self, day: _DayOf, rng: Random, has_calendar: bool) -> Iterator[Entry]:
        is_at_home, takes_lunch, lunch = rng.random() < 0.05, rng.random() < 0.3, rng.random()
        if is_at_home and day.ahead >= 0:
            yield self._entry(
                day.person, day.date, reasons.AT_HOME, 0.0, 24.0, is_busy=False, handling=CallHandling.OPEN
            )
        if has_calendar:
            yield from self._meetings(day, rng)
        if takes_lunch and day.ahead == 0:
            begin = 11.25 + 0.25 * int(6 * lunch) + day.shift
            reason = reasons.LUNCH if day.shift == 0 else reasons.BREAK
            yield self._entry(day.person, day.date, reason, begin, begin + 0.5, origin=WEB)

    def _meetings(self, day: _DayOf, rng: Random) -> Iterator[Entry]:
        """Go through the day; the draws are the same from however far it is seen."""
        hour = _FIRST_HOUR + _one_of((0.0, 0.5, 1.0, 2.0, 3.0), rng.random())
        while hour < _LAST_HOUR:
            length = 0.0
            if rng.random() < 0.45:
                length = _one_of((0.5, 0.75, 1.0, 1.0, 1.5, 2.0), rng.random())
                known_ahead = _one_of((0, 0, 1, 1, 4, 4, 4, DAYS_AHEAD), rng.random())
                dice = rng.getrandbits(32)
                if 0 <= day.ahead <= known_ahead:
                    yield self._meeting(day, hour + day.shift, length, dice)
            hour += length + 0.5 * int(5 * rng.random())

    def _meeting(self, day: _DayOf, hour: float, length: float, dice: int) -> Entry:
        """Say what a meeting is about; `dice` is one draw for all of it."""
        person = day.person
        dice, kind = divmod(dice, 100)
        if kind < 8:
            return self._entry(person, day.date, "", hour, hour + length, is_private=True)
        subjects = _subjects(person.department)
        dice, subject = divmod(dice, len(subjects))
        dice, room = divmod(dice, len(reasons.ROOMS))
        return self._entry(
            person,
            day.date,
            subjects[subject],
            hour,
            hour + length,
            place=reasons.ROOMS[room],
            handling=CallHandling.OPEN if kind < 20 else CallHandling.VOICEMAIL,
            note=reasons.NOTES[dice % len(reasons.NOTES)] if kind >= 95 else "",
        )

    # -------------------------------------------------------------- how

    def _entry(
        self,
        person: Person,
        day: date,
        reason: str,
        begin: float,
        end: float | None,
        *,
        origin: str = CALENDAR,
        handling: CallHandling = CallHandling.VOICEMAIL,
        **more: Any,
    ) -> Entry:
        stand_in = next((self.numbers[a] for a in person.alternates if a in self.numbers), "")
        if handling is CallHandling.DIVERTED and not stand_in:
            handling = CallHandling.VOICEMAIL
        start = self.moment(day, begin)
        return Entry(
            id=f"{person.id} {origin} {day} {begin:g} {reason}",
            reason=reason,
            start=start,
            end=None if end is None else self.moment(day, end),
            origin=origin,
            handling=handling,
            divert_to=stand_in if handling is CallHandling.DIVERTED else "",
            **more,
        )

    def _chance(self, person: Person, *what: object) -> Random:
        return Random(f"{self._seed} {person.id} {what}")

    def _local(self, now: float) -> datetime:
        return datetime.fromtimestamp(now, UTC).astimezone(self._zone)


def _one_of(choices: Sequence[T], draw: float) -> T:
    return choices[int(len(choices) * draw)]


def _subjects(department: str) -> tuple[str, ...]:
    return _SUBJECTS.get(department, _SUBJECTS[""])
