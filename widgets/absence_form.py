"""What stands in the absence panel, read and worded. No Qt.

`read` makes a draft of the fields, or a sentence that says what is missing; what it makes is shown before it
is saved (``i dag kl. 13.42–14.30 · ses som Møde``).
"""

from __future__ import annotations

from math import ceil
from typing import Final, NamedTuple

from reception.console.api import ReplicaView
from reception.directory.numbers import display
from reception.model.office import Activity, Office, Profile, Shortcut, label
from reception.model.people import Person
from reception.model.presence import CallHandling, Entry, EntryDraft
from reception.presence.plain_times import Period, parse, text_of
from widgets import day_words, entry_words, finder, texts, zone
from widgets.texts import QT_TRANSLATE_NOOP, translate

_MINUTE: Final = 60
_DIGITS: Final = "123456789"

HANDLINGS: Final[dict[CallHandling, str]] = {
    CallHandling.VOICEMAIL: QT_TRANSLATE_NOOP("Absence", "To voicemail"),
    CallHandling.OPEN: QT_TRANSLATE_NOOP("Absence", "Keep the phone open"),
    CallHandling.UNCHANGED: QT_TRANSLATE_NOOP("Absence", "Leave as it is"),
    CallHandling.DIVERTED: QT_TRANSLATE_NOOP("Absence", "Divert to …"),
}


class Fields(NamedTuple):
    """What stands in the panel; `activity` and `profile` are ids, `divert_to` a number or a name as typed.

    A profile says all but the times and the note.
    """

    when: str = ""
    activity: str = ""
    handling: CallHandling = CallHandling.VOICEMAIL
    divert_to: str = ""
    subject: str = ""
    note: str = ""
    profile: str = ""


class Problem(NamedTuple):
    """Why this cannot be saved, as a sentence."""

    words: str


def fields_of(entry: Entry | None, now: float) -> Fields:
    """Return the fields for an entry that is to be changed; empty ones for a new absence."""
    if entry is None:
        return Fields()
    period = Period(entry.start, entry.end)
    when = text_of(period, now=now, zone=zone.current(), language=texts.current())
    return Fields(when, entry.activity, entry.handling, display(entry.divert_to), entry.reason, entry.note)


def read(fields: Fields, entry: Entry | None, replica: ReplicaView, now: float) -> EntryDraft | Problem:
    """Return what would be saved; a field that was not touched keeps what it was made from."""
    period = _period(fields, entry, now)
    if period is None:
        return Problem(translate("Absence", "When? For example: {example}").format(example=_example()))
    if (profile := _profile(replica.office, fields.profile)) is not None:
        return _profile_draft(profile, period, fields.note)
    number = ""
    if fields.handling is CallHandling.DIVERTED:
        number = number_of(fields.divert_to, replica) or ""
        if not number:
            return Problem(translate("Absence", "Divert to whom? A number, or the name of a colleague."))
    activity = _activity(replica.office, fields.activity)
    is_busy = activity.is_busy if activity is not None else (entry.is_busy if entry is not None else True)
    return EntryDraft(
        reason=fields.subject.strip(),
        start=period.start,
        end=period.end,
        is_busy=is_busy,
        handling=fields.handling,
        divert_to=number,
        place=entry.place if entry is not None else "",
        note=fields.note.strip(),
        activity=fields.activity,
        role=entry.role if entry is not None else "",
    )


def _profile_draft(profile: Profile, period: Period, note: str) -> EntryDraft:
    return EntryDraft(
        start=period.start,
        end=period.end,
        is_busy=profile.is_busy,
        handling=profile.handling,
        divert_to=profile.divert_to,
        activity=profile.activity,
        role=profile.role,
        note=note.strip(),
        profile=profile.id,
    )


def _period(fields: Fields, entry: Entry | None, now: float) -> Period | None:
    """Return the period typed. Nothing typed for a new one: from now on, without an end."""
    if entry is not None and fields.when == fields_of(entry, now).when:
        return Period(entry.start, entry.end)
    if entry is None and not fields.when.strip():
        return Period(now, None)
    return parse(fields.when, now=now, zone=zone.current())


def shortcut_draft(shortcut: Shortcut, when: str, now: float) -> EntryDraft | Problem:
    """Return what a shortcut sets: from now for as long as it lasts, or for the period that is typed."""
    if when.strip():
        period = parse(when, now=now, zone=zone.current())
        if period is None:
            return Problem(translate("Absence", "When? For example: {example}").format(example=_example()))
    else:
        lasts = shortcut.minutes
        period = Period(now, None if lasts is None else _whole_minute(now + lasts * _MINUTE))
    return EntryDraft(
        start=period.start,
        end=period.end,
        is_busy=shortcut.is_busy,
        handling=shortcut.handling,
        divert_to=shortcut.divert_to,
        activity=shortcut.activity,
        shortcut=shortcut.id,
    )


def _whole_minute(instant: float) -> float:
    return ceil(instant / _MINUTE) * _MINUTE


def number_of(typed: str, replica: ReplicaView) -> str | None:
    """Return the number that a text names: itself, or the main number of the only colleague it finds."""
    if not typed.strip():
        return None
    if (number := finder.typed_number(replica.plan, typed)) is not None:
        return number
    person = _only_one(typed, replica)
    return person.main_number if person is not None else None


def _only_one(typed: str, replica: ReplicaView) -> Person | None:
    """Return the colleague a name finds first, if it is theirs alone or exactly theirs."""
    found = replica.find(typed, 2)
    first = replica.people.get(found.ids[0]) if found.ids else None
    if first is None or first.id in found.alike:
        return None
    is_exact = first.name.casefold() == typed.strip().casefold()
    return first if is_exact or len(found.ids) == 1 else None


# ---------------------------------------------------------------------- words


def preview(result: EntryDraft | Problem, replica: ReplicaView, now: float) -> str:
    """Return what would be seen: when, as what, and where calls go."""
    if isinstance(result, Problem):
        return result.words
    parts = [f"→ {period_words(result.start, result.end, now)}"]
    seen = translate("Absence", "seen as {reason} ({origin})")
    parts.append(seen.format(reason=entry_words.reason_words(result, replica), origin=replica.me))
    if result.handling is CallHandling.DIVERTED:
        who = display(result.divert_to)
        parts.append(translate("Absence", "calls go to {who}").format(who=who))
    return " · ".join(parts)


def period_words(start: float, end: float | None, now: float) -> str:
    """Return ``i dag kl. 13.42–14.30``, ``i morgen 08–12``, ``23.–27. nov.``."""
    entry = Entry(id="", reason="", start=start, end=end, origin="")
    words = day_words.period(entry, now)
    is_today = day_words.local(start).date() == day_words.local(now).date()
    if end is not None and is_today and day_words.local(end).date() == day_words.local(now).date():
        return translate("Absence", "today {time}").format(time=words)
    return words


def handling_words(handling: CallHandling) -> str:
    """Return what happens to calls, for the choice."""
    return translate("Absence", HANDLINGS[handling])


def shortcut_words(shortcut: Shortcut) -> str:
    """Return ``Frokost 30 min``."""
    words = label(shortcut.labels, texts.current(), shortcut.id)
    if shortcut.minutes is None:
        return words
    return translate("Absence", "{name} {minutes} min").format(name=words, minutes=shortcut.minutes)


def shortcuts_of(office: Office) -> list[tuple[str, Shortcut]]:
    """Return the shortcuts with the key of each: its own, else the next free digit."""
    taken = {s.key.lower() for s in office.shortcuts if s.key}
    free = iter(d for d in _DIGITS if d not in taken)
    return [(s.key.lower() or next(free, ""), s) for s in office.shortcuts]


def activities_of(office: Office) -> list[tuple[str, str]]:
    """Return id and word of each activity, in the office's order."""
    language = texts.current()
    return [(a.id, label(a.labels, language, a.id)) for a in office.activities]


def profiles_of(office: Office) -> list[tuple[str, str]]:
    """Return id and word of each presence profile that is offered (requirement 003-05)."""
    language = texts.current()
    return [(p.id, label(p.labels, language, p.id)) for p in office.profiles if p.is_enabled]


def handling_of(office: Office, activity: str) -> CallHandling:
    """Return what usually happens to calls with an activity: that of the first shortcut with it."""
    for shortcut in office.shortcuts:
        if activity and shortcut.activity == activity:
            return shortcut.handling
    found = _activity(office, activity)
    return CallHandling.VOICEMAIL if found is None or found.is_busy else CallHandling.OPEN


def _activity(office: Office, activity: str) -> Activity | None:
    return next((a for a in office.activities if a.id == activity), None)


def _profile(office: Office, profile: str) -> Profile | None:
    return next((p for p in office.profiles if profile and p.id == profile), None)


def _example() -> str:
    return translate("Absence", "until 14.30, tomorrow 8-12, week 30")
