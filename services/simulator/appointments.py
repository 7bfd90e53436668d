"""The office's plans as its calendar has them, and what people made of them on the timeline.

A calendar knows subject, place, times and how an appointment shows its owner. What else a plan has (a phone
that is kept open, a stand-in's number, a note) somebody has made of it here, so it is told as an edited
entry in the appointment's place, with their mark. Beside what keeps people busy a calendar has what does
not: reminders that show as free, tentative appointments, and meetings that come again every week.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Final

from msgspec.structs import replace

from reception.model.calendar import Appointment, ShowAs
from reception.model.people import Person
from reception.model.presence import CALENDAR, WEB, CallHandling, Entry
from services.simulator import reasons
from services.simulator.diary import Diary

_DAY_S: Final = 86_400.0
_AWAY: Final = frozenset((reasons.HOLIDAY, reasons.LEAVE, *reasons.COURSE))
_WEEKS: Final = 3


def appointment_of(entry: Entry) -> Appointment:
    """Return a planned entry as the calendar has it."""
    length = _DAY_S if entry.end is None else entry.end - entry.start
    return Appointment(
        id=entry.id,
        start=entry.start,
        end=entry.end if entry.end is not None else entry.start + 365 * _DAY_S,
        subject=entry.reason,
        location=entry.place,
        show_as=_show_as(entry),
        is_private=entry.is_private,
        is_all_day=length >= _DAY_S,
    )


def edit_of(person: str, entry: Entry) -> Entry | None:
    """Return what somebody has made of an imported entry, or None where it is as the calendar has it.

    It has the id that the hub gives what it makes of the appointment: the person's in front.
    """
    is_edited = entry.note or (entry.handling is not CallHandling.VOICEMAIL and entry.is_busy)
    if not is_edited:
        return None
    if entry.note == reasons.ON_MOBILE:
        entry = replace(entry, handling=CallHandling.UNCHANGED)
    by_web = entry.handling is CallHandling.OPEN and not entry.note
    origin = WEB if by_web else reasons.RECEPTIONISTS[len(entry.id) % len(reasons.RECEPTIONISTS)]
    return replace(entry, id=f"{person} {entry.id}", origin=origin, is_linked=True)


def reminders_of(
    diary: Diary, person: Person, today: date, planned: Sequence[Entry], chance: Random
) -> Iterator[Appointment]:
    """Yield what stands in a calendar and keeps nobody busy, and the weekly meeting of a department."""
    if not any(e.origin == CALENDAR for e in planned):
        return
    subject, hour = chance.choice(reasons.REMINDERS), 9.0 + chance.randrange(6)
    if chance.random() < 0.3:
        yield _at(
            diary, f"{person.id} reminder {today}", today, hour, 0.25, subject=subject, show_as=ShowAs.FREE
        )
    if chance.random() < 0.2:
        maybe = chance.choice(reasons.TENTATIVE)
        yield _at(
            diary, f"{person.id} maybe {today}", today, hour, 1.0, subject=maybe, show_as=ShowAs.TENTATIVE
        )
    if chance.random() < 0.05:
        focus = _at(
            diary, f"{person.id} focus {today}", today, hour, 1.5, subject=reasons.FOCUS, show_as=ShowAs.FREE
        )
        yield replace(focus, categories=("@Forstyr ikke",))
    if chance.random() < 0.15:
        monday = today - timedelta(days=today.weekday())
        for week in range(1, _WEEKS):
            day = monday + timedelta(weeks=week)
            yield _at(diary, f"{person.id} series board {day}", day, 8.5, 0.25, subject=reasons.WEEKLY)


def _at(
    diary: Diary,
    id_: str,
    day: date,
    hour: float,
    hours: float,
    *,
    subject: str,
    show_as: ShowAs = ShowAs.BUSY,
) -> Appointment:
    start, end = diary.moment(day, hour), diary.moment(day, hour + hours)
    return Appointment(id=id_, start=start, end=end, subject=subject, show_as=show_as)


def _show_as(entry: Entry) -> ShowAs:
    if not entry.is_busy:
        return ShowAs.WORKING_ELSEWHERE
    return ShowAs.OOF if entry.reason in _AWAY else ShowAs.BUSY
