"""Who of an office is where: calendars, absences and Teams' words, as a discrete-event core.

As the exchange beside it, it never waits, reads no clock and does no I/O: whoever runs it says what time it
is. The same seed, people and moments give the same events.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from operator import attrgetter
from random import Random
from typing import Final, NamedTuple

from reception.model.calendar import Appointment
from reception.model.changes import SourceState
from reception.model.lines import WorkingHours
from reception.model.people import Person
from reception.model.presence import CALENDAR, WEB, Entry
from reception.presence.outlook import innermost, next_change
from reception.presence.port import (
    BY_HAND,
    EXCHANGE,
    TEAMS,
    CalendarSet,
    HoursSet,
    PresenceEvent,
    SourceSet,
    TeamsSet,
    TimelineSet,
)
from services.simulator import reasons
from services.simulator.appointments import appointment_of, edit_of, reminders_of
from services.simulator.diary import Diary
from services.simulator.hours import hours_of
from services.simulator.pictured import pictured_entries
from services.simulator.timeline import Timeline, Timer

_AT_A_TIME: Final = 40
"""People told of in one go, and the pause between: so that an office of thousands does not stop the hub."""
_PAUSE_S: Final = 0.01
_MINUTE_S: Final = 60.0
_AD_HOC_MEAN_S: Final = 25.0
"""Somebody in the office sets an absence, or ends one early, this often in the mean."""
_TEAMS_LAG_S: Final = 20.0
_HAS_TEAMS: Final = 0.85


class _Word(NamedTuple):
    """Teams' word: Graph's availability, and its activity where that says more."""

    availability: str
    activity: str = ""


_HAS_NOTE: Final = 0.15
_NO_WORD: Final = _Word("")
_DND: Final = _Word("DoNotDisturb")
_IN_A_CALL: Final = _Word("Busy", "InACall")


def _at_desk(mood: float) -> _Word:
    """Return Teams' word for somebody without an absence; a few are in calls that only Teams knows of."""
    steps = (
        (0.80, _Word("Available")),
        (0.82, _IN_A_CALL),
        (0.84, _Word("Busy", "InAMeeting")),
        (0.85, _DND),
        (0.94, _Word("Away")),
    )
    return next((word for limit, word in steps if mood < limit), _Word("Offline"))


class Whereabouts:
    """The office's people. `speed` is how much faster than life people come and go by themselves."""

    def __init__(self, diary: Diary, *, seed: int, now: float, speed: float = 1.0) -> None:
        self.timeline = Timeline(now)
        self._diary = diary
        self._seed = seed
        self._rng = Random(seed)
        self._speed = speed
        self._began = now
        self._people: dict[str, Person] = {}
        self._pictured: dict[str, tuple[Entry, ...]] = {}
        self._planned: dict[str, tuple[Entry, ...]] = {}
        self._calendars: dict[str, tuple[Appointment, ...]] = {}
        self._reminders: dict[str, tuple[Appointment, ...]] = {}
        self._ad_hoc: dict[str, tuple[Entry, ...]] = {}
        self._by_hand: dict[str, tuple[Entry, ...]] = {}
        self._words: dict[str, _Word] = {}
        self._hours: dict[str, WorkingHours] = {}
        self._sessions: dict[str, float] = {}
        self._alarms: dict[str, Timer] = {}
        self._out: list[PresenceEvent] = []

    # -------------------------------------------------------------- the core's interface

    def begin(self) -> None:
        """Set the office going."""
        self._out += [SourceSet(source=s, state=SourceState.UP) for s in (EXCHANGE, TEAMS)]
        self._pictured = pictured_entries(self._diary, self._began)
        self._every_morning()
        self._ad_hoc_again()

    def follow(self, people: Iterable[Person], *, has_begun: bool) -> None:
        """Speak of these people from now on."""
        before, self._people = self._people, {p.id: p for p in people}
        numbers = {p.id: number for p in self._people.values() if (number := p.main_number)}
        self._diary.numbers = numbers
        for gone in before.keys() - self._people.keys():
            self._forget(gone)
        if has_begun:
            self._tell_all([p for p in self._people if before.get(p) != self._people[p]])

    def advance(self, now: float) -> list[PresenceEvent]:
        """Let time pass up to a moment; returns what is to be told."""
        self.timeline.run(now)
        out, self._out = self._out, []
        return out

    def appointments_of(self, person: str) -> int | None:
        """Return how many appointments stand in a colleague's calendar, None for who is not followed."""
        return len(self._calendars.get(person, ())) if person in self._people else None

    def next_deadline(self) -> float | None:
        """Return when `advance` should be called again, or None."""
        return self.timeline.now if self._out else self.timeline.next_at()

    # -------------------------------------------------------------- telling

    def _every_morning(self) -> None:
        """Tell everything of everybody, now and as soon as there is a new day."""
        self._tell_all(self._people)
        self.timeline.at(self._diary.next_midnight(self.timeline.now), self._every_morning)

    def _tell_all(self, persons: Iterable[str]) -> None:
        """Tell everything of these people, those in the pictures first."""
        order = sorted(persons, key=lambda p: p not in self._pictured)
        for n in range(0, len(order), _AT_A_TIME):
            due = self.timeline.now + n / _AT_A_TIME * _PAUSE_S
            self.timeline.at(due, partial(self._plan, order[n : n + _AT_A_TIME]))

    def _plan(self, persons: Sequence[str]) -> None:
        today = self._diary.date_of(self.timeline.now)
        is_first_day = today == self._diary.date_of(self._began)
        shift = self._diary.shift_of(self._began) if is_first_day else 0
        for person in persons:
            if person not in self._people:
                continue
            entries = tuple(
                self._diary.entries_of(self._people[person], today, shift=shift, is_at_work=is_first_day)
            )
            if person in self._pictured:
                entries = self._as_pictured(person, entries, is_first_day)
            self._planned[person] = entries
            self._reminders[person] = self._remind(person, today, is_first_day, entries)
            self._tell_hours(person, today, shift=shift, is_at_work=is_first_day)
            self._tell(person)

    def _tell_hours(self, person: str, today: date, *, shift: int, is_at_work: bool) -> None:
        chance = Random(f"{self._seed} {person} hours")
        hours = hours_of(chance, today, shift=shift, is_at_work=is_at_work)
        if hours != self._hours.get(person):
            self._hours[person] = hours
            self._out.append(HoursSet(source=EXCHANGE, person=person, hours=hours))

    def _as_pictured(self, person: str, drawn: Sequence[Entry], is_first_day: bool) -> tuple[Entry, ...]:
        """Those in the pictures have on the first day what is seen there, and later whatever comes."""
        own = self._pictured[person]
        return own if is_first_day else (*own, *drawn)

    def _remind(
        self, person: str, today: date, is_first_day: bool, planned: Sequence[Entry]
    ) -> tuple[Appointment, ...]:
        """Draw what keeps nobody busy; on the first day those of the pictures have what is seen there."""
        if is_first_day and person in self._pictured:
            return ()
        chance = Random(f"{self._seed} {person} {today} reminders")
        return tuple(reminders_of(self._diary, self._people[person], today, planned, chance))

    def _tell(self, person: str) -> None:
        """Tell a person's entries by their sources, and look at Teams when one begins or ends."""
        now = self.timeline.now
        current = tuple(e for e in self._ad_hoc.get(person, ()) if e.end is None or e.end > now)
        if current:
            self._ad_hoc[person] = current
        else:
            self._ad_hoc.pop(person, None)
        planned = self._planned.get(person, ())
        imported = [e for e in planned if e.origin == CALENDAR]
        edits = [edit for e in imported if (edit := edit_of(person, e)) is not None]
        by_hand = (*edits, *(e for e in planned if e.origin != CALENDAR), *current)
        found = (*(appointment_of(e) for e in imported), *self._reminders.get(person, ()))
        today = self._diary.moment(self._diary.date_of(now))
        appointments = tuple(sorted((a for a in found if a.end > today), key=attrgetter("start")))
        if appointments != self._calendars.get(person):
            self._calendars[person] = appointments
            self._out.append(CalendarSet(source=EXCHANGE, person=person, appointments=appointments))
        if by_hand != self._by_hand.get(person, ()):
            self._by_hand[person] = by_hand
            self._out.append(TimelineSet(source=BY_HAND, person=person, entries=by_hand))
        self._look_at_teams(person)

    def _forget(self, person: str) -> None:
        self._planned.pop(person, None)
        self._reminders.pop(person, None)
        self._calendars.pop(person, None)
        self._ad_hoc.pop(person, None)
        self._by_hand.pop(person, None)
        self._words.pop(person, None)
        self._hours.pop(person, None)
        if (alarm := self._alarms.pop(person, None)) is not None:
            alarm.cancel()

    # -------------------------------------------------------------- Teams

    def has_teams(self, person: str) -> bool:
        """True for who is known to Teams."""
        return person in self._pictured or Random(f"{self._seed} {person} teams").random() < _HAS_TEAMS

    def set_session(self, person: str, lasts_s: float) -> None:
        """Let somebody look as in a call, for so long; the time of one that is there begins anew."""
        until = self.timeline.now + lasts_s
        self._sessions[person] = until
        self.timeline.at(until, partial(self._look_at_teams, person))
        self._look_at_teams(person)

    def clear_session(self, person: str) -> None:
        """Let somebody look as they are. Harmless without a session."""
        if self._sessions.pop(person, None) is not None:
            self._look_at_teams(person)

    def word_of(self, person: str) -> str:
        """Return what Teams says of somebody now: availability and activity."""
        word = self._words.get(person, _NO_WORD)
        return f"{word.availability}/{word.activity}"

    def _look_at_teams(self, person: str) -> None:
        """Tell Teams' word if it is different, and look again soon after the next entry begins or ends."""
        if person not in self._people:
            return
        now = self.timeline.now
        entries = (*self._planned.get(person, ()), *self._ad_hoc.get(person, ()))
        word = self._word(person, innermost(entries, now))
        if self._sessions.get(person, now) > now and word.availability != _DND.availability:
            word = _IN_A_CALL  # of all sessions, do not disturb goes before busy
        if word != self._words.get(person, _NO_WORD):
            self._words[person] = word
            self._out.append(
                TeamsSet(
                    person=person,
                    availability=word.availability,
                    activity=word.activity,
                    since=now,
                    is_out_of_office=word.activity == "OutOfOffice",
                    note=self._note(person) if word.availability else "",
                )
            )
        if (alarm := self._alarms.pop(person, None)) is not None:
            alarm.cancel()
        if (change := next_change(entries, now)) is not None:
            due = change + self._rng.uniform(0.5, _TEAMS_LAG_S)
            self._alarms[person] = self.timeline.at(due, partial(self._look_at_teams, person))

    def _note(self, person: str) -> str:
        chance = Random(f"{self._seed} {person} teams note")
        has_one = person not in self._pictured and chance.random() < _HAS_NOTE
        return chance.choice(reasons.TEAMS_NOTES) if has_one else ""

    def _word(self, person: str, entry: Entry | None) -> _Word:
        if not self.has_teams(person):
            return _NO_WORD
        mood = Random(
            f"{self._seed} {person} {entry.id if entry else self._diary.date_of(self._began)}"
        ).random()
        if entry is None or not entry.makes_busy:
            return _Word("Available") if person in self._pictured else _at_desk(mood)
        if entry.origin == WEB or entry.reason in (reasons.LUNCH, reasons.BREAK):
            return _Word("Away") if mood < 0.7 else _Word("BeRightBack")
        if entry.end is None or entry.end - entry.start > 12 * 3600.0:
            return _Word("Offline", "OutOfOffice" if mood < 0.5 else "")
        if mood < 0.9 or person in self._pictured:
            return _Word("Busy", "InAMeeting" if mood < 0.6 else "")
        return _Word("DoNotDisturb", "Presenting" if mood < 0.93 else "")

    # -------------------------------------------------------------- people come and go

    def _ad_hoc_again(self) -> None:
        delay = self._rng.expovariate(self._speed / _AD_HOC_MEAN_S)
        self.timeline.after(delay, self._somebody_comes_or_goes)

    def _somebody_comes_or_goes(self) -> None:
        self._ad_hoc_again()
        away = sorted(self._ad_hoc)
        if away and self._rng.random() < 0.3:
            self._come_back(self._rng.choice(away))
        elif (person := self._somebody_at_work()) is not None:
            self._go_away(person)

    def _come_back(self, person: str) -> None:
        del self._ad_hoc[person]
        self._tell(person)

    def _go_away(self, person: str) -> None:
        now = self.timeline.now
        reason, minutes = self._rng.choice(reasons.AD_HOC)
        end = now + minutes * _MINUTE_S / self._speed if self._rng.random() < 0.9 else None
        origin = WEB if self._rng.random() < 0.8 else self._rng.choice(reasons.RECEPTIONISTS)
        entry = Entry(id=f"{person} {now:.3f}", reason=reason, start=now, end=end, origin=origin)
        self._ad_hoc[person] = (*self._ad_hoc.get(person, ()), entry)
        self._tell(person)

    def _somebody_at_work(self) -> str | None:
        """Draw somebody without an entry now; nobody of the pictures, whose day is known."""
        everybody = tuple(self._planned)
        now = self.timeline.now
        for _ in range(20 if everybody else 0):
            person = self._rng.choice(everybody)
            entries = (*self._planned[person], *self._ad_hoc.get(person, ()))
            if person not in self._pictured and innermost(entries, now) is None:
                return person
        return None
