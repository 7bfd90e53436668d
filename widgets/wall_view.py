"""What the wall shows: many colleagues' time side by side, on a day or a week, as values. No painting.

The wall is the graphic picture of the search view (requirements 001-34, 001-43): the same people in the same
order, each with their entries as bars on one scale.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final, NamedTuple

from reception.model.lines import PersonStatus, StatusKind
from reception.model.people import Person
from reception.model.presence import CallHandling, Entry, Timeline
from widgets import day_words, person_view, presence_words
from widgets.day_words import Scale
from widgets.person_view import Moment
from widgets.texts import translate

WEEK: Final = 7


class Period(NamedTuple):
    """What the wall's scale covers: `days` days from `first` on; one day shows its working hours."""

    first: date
    days: int = 1

    @property
    def scale(self) -> Scale:
        """The instants at the scale's ends (UTC seconds)."""
        if self.days == 1:
            return day_words.scale(self.first)
        after = self.first + timedelta(days=self.days)
        return Scale(day_words.midnight(self.first), day_words.midnight(after))

    def moved(self, steps: int) -> Period:
        """Return the period so many periods later."""
        return Period(self.first + timedelta(days=steps * self.days), self.days)

    def row(
        self, person: Person, status: PersonStatus | None, timeline: Timeline | None, at: Moment
    ) -> WallRow:
        """Return what the wall shows of a person in this period."""
        return row(person, status, timeline, self, at)

    def ticks(self) -> list[tuple[float, str]]:
        """Return where words stand on the scale (0 to 1), and which: hours of a day, days of a week."""
        scale = self.scale
        if self.days == 1:
            hours = range(day_words.OPENS, day_words.CLOSES + 1)
            span = day_words.CLOSES - day_words.OPENS
            return [((hour - day_words.OPENS) / span, f"{hour:02}") for hour in hours]
        days = [self.first + timedelta(days=n) for n in range(self.days)]
        return [(scale.place(day_words.midnight(day)), day_words.weekday(day)) for day in days]


class Bar(NamedTuple):
    """One entry on the scale, 0 to 1; `tone` is ``ended``, ``now`` or ``future``."""

    begin: float
    end: float
    tone: str
    is_busy: bool
    is_phone_open: bool
    words: str
    origin: str


class WallRow(NamedTuple):
    """One colleague on the wall. `now` is where the now-mark stands, if the period holds it."""

    id: str
    name: str
    initials: str
    department: str
    kind: StatusKind | None
    is_stale: bool
    bars: tuple[Bar, ...]
    now: float | None
    spoken: str


def today(at: Moment) -> Period:
    """Return the day of a moment."""
    return Period(day_words.local(at.now).date())


def week_of(day: date) -> Period:
    """Return the week of a day, from its Monday (ISO 8601)."""
    return Period(day - timedelta(days=day.weekday()), WEEK)


def title(period: Period, now: float) -> str:
    """Return what the wall's date says: ``i dag · lørdag 21. november``, or the week's number."""
    present = day_words.local(now).date()
    if period.days == 1:
        return day_words.full_day(period.first, present)
    last = period.first + timedelta(days=period.days - 1)
    words = translate("Wall", "Week {number} · {days}")
    days = day_words.days(period.first, last, present)
    return words.format(number=period.first.isocalendar().week, days=days)


def row(
    person: Person, status: PersonStatus | None, timeline: Timeline | None, period: Period, at: Moment
) -> WallRow:
    """Return what the wall shows of a person."""
    if person.contact is not None:
        return _contact_row(person)
    status = status or presence_words.unknown(person.id)
    bars = _bars(timeline, period.scale, at.now) if timeline is not None else ()
    name = person_view.name_of(person)
    sentence = person_view.sentence(status, at).text
    entries = person_view.spoken_entries(timeline, period.scale, at.now) if timeline is not None else ()
    return WallRow(
        id=person.id,
        name=name,
        initials=person_view.initials_of(person),
        department=person.department or person.title,
        kind=status.kind,
        is_stale=at.is_lost or status.is_stale,
        bars=bars,
        now=_now(period.scale, at.now),
        spoken=", ".join(part for part in (name, person.department, sentence, *entries) if part),
    )


def _contact_row(person: Person) -> WallRow:
    """Return the row of somebody outside, of whose time nothing is known."""
    from widgets import contact_words

    name, role = person_view.name_of(person), contact_words.role(person)
    kind = contact_words.sentence(person).text
    return WallRow(
        id=person.id,
        name=name,
        initials=person_view.initials_of(person),
        department=role,
        kind=None,
        is_stale=False,
        bars=(),
        now=None,
        spoken=", ".join(part for part in (name, role, kind) if part),
    )


def _bars(timeline: Timeline, scale: Scale, now: float) -> tuple[Bar, ...]:
    """Return the bars in the order in which they are painted: what begins later lies on top."""
    begin, end = scale.begin, scale.end
    return tuple(
        _bar(entry, scale, now)
        for entry in timeline.entries
        if entry.start < end and (entry.end is None or entry.end > begin)
    )


def _bar(entry: Entry, scale: Scale, now: float) -> Bar:
    last = scale.end if entry.end is None else entry.end
    private, absent = translate("Card", "Private"), translate("Card", "Absent")
    words = entry.reason or (private if entry.is_private else absent)
    is_cut = entry.end is not None and entry.end > scale.end
    if is_cut:
        words = f"{words} {day_words.until(last, now)}"
    return Bar(
        scale.place(entry.start),
        scale.place(last),
        person_view.tone_of(entry, now),
        entry.is_busy,
        entry.handling is CallHandling.OPEN,
        words,
        entry.origin,
    )


def _now(scale: Scale, now: float) -> float | None:
    return scale.place(now) if scale.begin <= now <= scale.end else None
