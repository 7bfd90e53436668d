"""A colleague's status as the page shows it: a shape, one of three words, and a sentence.

Three words for everybody: available, busy, absent (requirement 001-02, 001-03); shapes as in the console, so
that no colour stands alone.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from reception.hub.web.clock import Clock
from reception.hub.web.words import Words
from reception.model.lines import Cause, PersonStatus, StatusKind
from reception.model.people import Person

_SHAPES: Final = {
    StatusKind.FREE: "free",
    StatusKind.BUSY: "busy",
    StatusKind.RINGING: "ringing",
    StatusKind.AWAY: "away",
    StatusKind.OFF: "off",
    StatusKind.UNKNOWN: "unknown",
}

_SAID: Final = {
    (Cause.DO_NOT_DISTURB, "busy"): "sentence_dnd",
    (Cause.TEAMS, "busy"): "sentence_teams_busy",
    (Cause.TEAMS, "away"): "sentence_teams_away",
}


class StatusView(NamedTuple):
    """`shape` names the sign and its colour, `word` is available, busy or absent, `sentence` says more.

    `tone` colours the sentence. `more` is what comes next or when they are back; `origin` who entered it.
    """

    shape: str
    word: str
    sentence: str
    tone: str
    more: str = ""
    origin: str = ""
    is_open: bool = False
    is_stale: bool = False


def view_of(
    status: PersonStatus | None, words: Words, clock: Clock, now: float, *, with_next: bool = False
) -> StatusView:
    """Return a status in words; None is somebody of whom nothing is known.

    What comes next is told with `with_next` only: a list of those found shows what is now (001-33).
    """
    if status is None:
        return StatusView("unknown", words["status_unknown"], words["status_unknown"], "quiet")
    shape = _SHAPES.get(status.kind, "busy" if status.is_entered else "unknown")
    is_open = bool(status.reason or status.origin) and not status.is_entered
    return StatusView(
        shape=shape,
        word=words[f"status_{shape}"],
        sentence=_sentence(status, shape, words, clock, now),
        tone={"free": "free", "busy": "busy", "away": "busy", "ringing": "ringing"}.get(shape, "quiet"),
        more=_more(status, words, clock, now, with_next=with_next),
        origin=status.origin,
        is_open=is_open,
        is_stale=status.is_stale,
    )


def initials_of(person: Person) -> str:
    """Return two letters that stand for somebody."""
    names = [part for part in person.name.split() if part[0].isalpha()]
    if not names:
        return person.initials[:2].upper() or "?"
    return (names[0][0] + (names[-1][0] if len(names) > 1 else "")).upper()


def _sentence(status: PersonStatus, shape: str, words: Words, clock: Clock, now: float) -> str:
    """Return what stands behind the word: a call before all, then the entry, then Teams' word."""
    said = words[_SAID.get((status.cause, shape), f"sentence_{shape}")]
    if not status.is_entered:
        return said
    entry = _entry(status, words, clock, now)
    return entry if status.cause is Cause.ENTRY else f"{said} · {entry}"


def _entry(status: PersonStatus, words: Words, clock: Clock, now: float) -> str:
    reason = status.reason or words["busy_reason"]
    if status.until is None:
        return reason
    return f"{reason} {clock.until_words(status.until, now)}"


def _more(status: PersonStatus, words: Words, clock: Clock, now: float, *, with_next: bool) -> str:
    if status.is_entered:
        if status.back_at is not None and status.back_at != status.until:
            return words.text("back_at", time=clock.at(status.back_at, now))
        return ""
    if status.reason:
        return _entry(status, words, clock, now)
    if with_next and status.next_at is not None:
        reason = status.next_reason or words["busy_reason"]
        return words.text("next_entry", reason=reason, time=clock.at(status.next_at, now))
    return ""
