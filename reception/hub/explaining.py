"""What an appointment would become on a timeline, and why: a test bench for an office's rules."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any, Final

from reception.errors import BadInput
from reception.hub.calendars import Calendars
from reception.hub.days import Days
from reception.hub.office_shape import OfficeSettings
from reception.hub.office_tables import guess
from reception.model.calendar import Appointment, ShowAs
from reception.model.lines import Cause, PersonStatus, StatusKind
from reception.model.office import CalendarRule, Match, label
from reception.model.people import Person
from reception.model.presence import CallHandling, Entry
from reception.presence.calendar_rules import Calendar, Verdict, Why
from reception.presence.sentences import Sentences

_HOUR_S: Final = 3600.0

_WHY: Final = {
    Why.EXCLUDED: "an exclusion fits: {rule}",
    Why.CATEGORY: 'a category names the profile "{profile}"',
    Why.ONLY_CATEGORIES: "only appointments whose category names a profile are taken (only_categories)",
    Why.NOT_SHOWN: "{show_as} leaves the phone open and is not shown (with_tentative, shown)",
    Why.INVITATION: "appointments that others made do not count (with_invitations)",
    Why.RULE: "{rule}",
    Why.DEFAULT_PROFILE: 'no rule fits, so the default profile "{profile}" holds (default_profile)',
    Why.SHOWN: "no rule fits, and {show_as} is shown and sends calls to the voicemail",
    Why.ELSEWHERE: "working elsewhere is shown as such, with the phone open",
}
_CALLS: Final = {
    CallHandling.OPEN: "the phone is kept open",
    CallHandling.UNCHANGED: "a diversion that there is stays",
    CallHandling.VOICEMAIL: "calls go to the voicemail",
    CallHandling.DIVERTED: "calls go to {number}",
}


def explain(settings: OfficeSettings, asked: Mapping[str, Any]) -> Iterator[str]:
    """Yield lines about one appointment, as the command line describes it. Raises BadInput."""
    now = time.time()
    today = Days(settings.office.zone).day_of(now)
    is_all_day = bool(asked["all_day"])
    is_private = bool(asked["private"])
    appointment = Appointment(
        id="1",
        start=today.start if is_all_day else now,
        end=today.end if is_all_day else now + _HOUR_S,
        subject="" if is_private else asked["subject"],
        location="" if is_private else asked["location"],
        show_as=_show_as(asked["show_as"]),
        is_private=is_private,
        is_all_day=is_all_day,
        is_invitation=bool(asked["invitation"]),
        categories=() if is_private else tuple(asked["category"]),
    )
    who = asked["person"]
    person = Person(id=who, name=who, email=who, initials=who, department=asked["department"])
    calendar = Calendars(settings).calendar_for(asked["connector"], person)
    verdict = calendar.verdict(appointment)
    if is_private:
        yield "private: subject, location and categories never leave the calendar"
    yield f"becomes: {_what(settings, verdict.entry)}"
    yield f"because: {_because(verdict, calendar, appointment)}"
    if verdict.entry is not None and verdict.entry.makes_busy:
        yield f"callers hear: {_spoken(settings, verdict.entry, now)}"


def _show_as(text: str) -> ShowAs:
    found = next((s for s in ShowAs if s.value.casefold() == text.casefold()), None)
    if found is None:
        hint = guess(text, [s.value for s in ShowAs])
        raise BadInput("misconfigured", f'--show-as: "{text}" is no availability.{hint}')
    return found


def _what(settings: OfficeSettings, entry: Entry | None) -> str:
    if entry is None:
        return "nothing: neither shown nor anything else"
    office = settings.office
    activity = next((a for a in office.activities if a.id == entry.activity), None)
    parts = [
        f'"{entry.reason}"' if entry.reason else "an entry without a subject",
        "busy" if entry.is_busy else "available",
        _CALLS[entry.handling].format(number=entry.divert_to),
    ]
    if activity is not None:
        parts.append(f"activity {activity.id} ({label(activity.labels, office.language, activity.id)})")
    if entry.role:
        parts.append(f"role {entry.role}")
    return ", ".join(parts)


def _because(verdict: Verdict, calendar: Calendar, appointment: Appointment) -> str:
    return _WHY[verdict.why].format(
        rule=_rule(verdict.rule, calendar) if verdict.rule is not None else "",
        profile=verdict.profile.id if verdict.profile is not None else "",
        show_as=appointment.show_as.value,
    )


def _rule(rule: CalendarRule, calendar: Calendar) -> str:
    own = calendar.policy.rules
    whose = f"rule {own.index(rule) + 1} of the office" if rule in own else "a common rule"
    what = "is private" if rule.match is Match.PRIVATE else f'{_verb(rule)} "{rule.text}"'
    return f"{whose}: {rule.match.value} {what}"


def _verb(rule: CalendarRule) -> str:
    if rule.match is Match.AVAILABILITY:
        return "is"
    return "has the word" if rule.is_word else "contains"


def _spoken(settings: OfficeSettings, entry: Entry, now: float) -> str:
    status = PersonStatus(
        person="",
        kind=StatusKind.AWAY,
        since=now,
        cause=Cause.ENTRY,
        activity=entry.activity,
        is_private=entry.is_private,
        until=entry.end,
        back_at=entry.end,
    )
    office = settings.office
    return Sentences(office).greeting(status, language=office.language, now=now)
