"""What the window says of entries that were set, changed or deleted here. No Qt."""

from __future__ import annotations

from typing import Final

from reception.console.api import ReplicaView
from reception.model import intents as ask
from reception.model.office import label
from reception.model.presence import EntryDraft
from widgets import day_words, notices, texts
from widgets.intents_for import Action
from widgets.texts import translate

SHOWN_S: Final = 20.0
"""Seconds that it is said; it can be undone for longer."""


def done(
    intent: ask.SetEntry | ask.DeleteEntry, replica: ReplicaView, request: str, now: float
) -> notices.Card:
    """Return what was done, with the key that takes it back."""
    person = replica.people.get(intent.person)
    name = person.name if person is not None else ""
    if isinstance(intent, ask.DeleteEntry):
        rest = translate("Absence", "The entry is deleted; the calendar is unchanged.")
    else:
        rest = _set_words(intent.draft, replica, now)
    return notices.Card(
        id=f"entry:{request}",
        tone=notices.Tone.HINT,
        lead=f"{name}:",
        rest=rest,
        at=now,
        actions=(Action.UNDO,),
        lasts_s=SHOWN_S,
    )


def _set_words(draft: EntryDraft, replica: ReplicaView, now: float) -> str:
    words = reason_words(draft, replica)
    if draft.end is None:
        return words if draft.start <= now else f"{words} {day_words.moment(draft.start, now)}"
    if draft.start <= now:
        return f"{words} {day_words.until(draft.end, now)}"
    return f"{words} {day_words.moment(draft.start, now)}"


def reason_words(draft: EntryDraft, replica: ReplicaView) -> str:
    """Return the word that is seen: the profile's, the shortcut's, the activity's, or the subject."""
    office, language = replica.office, texts.current()
    for profile in office.profiles:
        if draft.profile and profile.id == draft.profile:
            return label(profile.labels, language, profile.id)
    for shortcut in office.shortcuts:
        if draft.shortcut and shortcut.id == draft.shortcut:
            return label(shortcut.labels, language, shortcut.id)
    for activity in office.activities:
        if draft.activity and activity.id == draft.activity:
            return label(activity.labels, language, activity.id)
    return draft.reason or translate("Absence", "Absent")
