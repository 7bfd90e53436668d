"""Who of an office is where: calendars, absences and Teams' words, as a discrete-event core.

As the exchange beside it, it never waits, reads no clock and does no I/O: whoever runs it says what time it
is. The same seed, people and moments give the same events.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from random import Random
from typing import Final

from reception.model.changes import SourceState
from reception.model.people import Person
from reception.model.presence import CALENDAR, WEB, Entry
from reception.presence.outlook import innermost, next_change
from reception.presence.port import (
    BY_HAND,
    EXCHANGE,
    TEAMS,
    PresenceEvent,
    SourceSet,
    TeamsSet,
    TimelineSet,
)
from services.simulator import reasons
from services.simulator.diary import Diary
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
        self._ad_hoc: dict[str, tuple[Entry, ...]] = {}
        self._by_hand: dict[str, tuple[Entry, ...]] = {}
        self._words: dict[str, str] = {}
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
            self._tell(person)

    def _as_pictured(self, person: str, drawn: Sequence[Entry], is_first_day: bool) -> tuple[Entry, ...]:
        """Those in the pictures have on the first day what is seen there, and later whatever comes."""
        own = self._pictured[person]
        return own if is_first_day else (*own, *drawn)

    def _tell(self, person: str) -> None:
        """Tell a person's entries by their sources, and look at Teams when one begins or ends."""
        now = self.timeline.now
        current = tuple(e for e in self._ad_hoc.get(person, ()) if e.end is None or e.end > now)
        if current:
            self._ad_hoc[person] = current
        else:
            self._ad_hoc.pop(person, None)
        entries = (*self._planned.get(person, ()), *current)
        imported = tuple(e for e in entries if e.origin == CALENDAR)
        by_hand = tuple(e for e in entries if e.origin != CALENDAR)
        self._out.append(TimelineSet(source=EXCHANGE, person=person, entries=imported))
        if by_hand or self._by_hand.get(person):
            self._by_hand[person] = by_hand
            self._out.append(TimelineSet(source=BY_HAND, person=person, entries=by_hand))
        self._look_at_teams(person)

    def _forget(self, person: str) -> None:
        for kept in (self._planned, self._ad_hoc, self._by_hand, self._words):
            kept.pop(person, None)
        if (alarm := self._alarms.pop(person, None)) is not None:
            alarm.cancel()

    # -------------------------------------------------------------- Teams

    def _look_at_teams(self, person: str) -> None:
        """Tell Teams' word if it is different, and look again soon after the next entry begins or ends."""
        now = self.timeline.now
        entries = (*self._planned.get(person, ()), *self._ad_hoc.get(person, ()))
        word = self._word(person, innermost(entries, now))
        if word != self._words.get(person, ""):
            self._words[person] = word
            self._out.append(TeamsSet(person=person, availability=word))
        if (alarm := self._alarms.pop(person, None)) is not None:
            alarm.cancel()
        if (change := next_change(entries, now)) is not None:
            due = change + self._rng.uniform(0.5, _TEAMS_LAG_S)
            self._alarms[person] = self.timeline.at(due, partial(self._look_at_teams, person))

    def _word(self, person: str, entry: Entry | None) -> str:
        chance = Random(f"{self._seed} {person} teams").random()
        if person not in self._pictured and chance >= _HAS_TEAMS:
            return ""
        mood = Random(
            f"{self._seed} {person} {entry.id if entry else self._diary.date_of(self._began)}"
        ).random()
        if entry is None or not entry.makes_busy:
            at_desk = "Available" if mood < 0.85 else "Away" if mood < 0.94 else "Offline"
            return "Available" if person in self._pictured else at_desk
        if entry.origin == WEB or entry.reason in (reasons.LUNCH, reasons.BREAK):
            return "Away" if mood < 0.7 else "BeRightBack"
        if entry.end is None or entry.end - entry.start > 12 * 3600.0:
            return "Offline"
        return "Busy" if mood < 0.9 or person in self._pictured else "DoNotDisturb"

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
