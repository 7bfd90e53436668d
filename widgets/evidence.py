"""Each source's own word about a colleague, with its age: so that a difference is seen as one. No Qt.

What telephony says and what Teams says stand side by side (requirement 000-04); the rule of the unified
status decides, this line only tells what it had to decide between.
"""

from __future__ import annotations

from typing import Final

from reception.model.lines import Evidence, PersonStatus
from reception.presence.port import BY_HAND, TEAMS
from widgets import day_words, presence_words
from widgets.texts import QT_TRANSLATE_NOOP, translate

_ENTRIES: Final = {
    "busy": QT_TRANSLATE_NOOP("Evidence", "absent"),
    "open": QT_TRANSLATE_NOOP("Evidence", "the phone is kept open"),
    "free": QT_TRANSLATE_NOOP("Evidence", "free"),
}


def words(status: PersonStatus, now: float) -> str:
    """Return ``Telefon: taler siden 13.39 · Teams: Optaget siden 13.02 · Kalender: fraværende``.

    What somebody has written for their status in Teams stands on a line of its own.
    """
    parts = [_said(translate("Evidence", "Phone"), *line, now) for line in _line(status)]
    parts += [_said(_source(item), _word(item), item.since, now) for item in status.evidence]
    note = translate("Evidence", "In Teams: “{note}”").format(note=status.teams_note)
    lines = (" · ".join(parts), note if status.teams_note else "", status.info)
    return "\n".join(line for line in lines if line)


def _line(status: PersonStatus) -> list[tuple[str, float]]:
    """Return the word and age of the line that matters most, if there is one."""
    if not status.lines:
        return []
    line = min(status.lines, key=lambda line: presence_words.MATTERS.index(line.state))
    return [(presence_words.line_words(line.state, is_stale=status.is_stale), line.since)]


def _source(item: Evidence) -> str:
    if item.source == TEAMS:
        return "Teams"
    return translate("Evidence", "Entered") if item.source == BY_HAND else translate("Evidence", "Calendar")


def _word(item: Evidence) -> str:
    if item.source == TEAMS:
        return presence_words.teams_word(item.word.partition("/")[0])
    known = _ENTRIES.get(item.word)
    return translate("Evidence", known) if known else item.word


def _said(source: str, word: str, since: float, now: float) -> str:
    if not since:
        return f"{source}: {word}"
    said = translate("Evidence", "{source}: {word} since {time}")
    return said.format(source=source, word=word, time=day_words.moment(since, now))
