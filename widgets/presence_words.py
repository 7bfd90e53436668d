"""How a colleague's status and lines read. What is not known, or not known any more, says so."""

from __future__ import annotations

from typing import Final, NamedTuple

from reception.model.lines import Line, LineState, PersonStatus, StatusKind
from reception.model.people import NumberKind, Person
from widgets import formats, texts
from widgets.texts import QT_TRANSLATE_NOOP, translate


class StatusWords(NamedTuple):
    """A status in words: the word itself in its colour, and what explains it."""

    word: str
    detail: str
    tone: str

    @property
    def text(self) -> str:
        """Both, for those who listen."""
        return f"{self.word} · {self.detail}" if self.detail else self.word


KINDS: Final[dict[StatusKind, str]] = {
    StatusKind.UNKNOWN: QT_TRANSLATE_NOOP("Status", "Unknown"),
    StatusKind.FREE: QT_TRANSLATE_NOOP("Status", "Free"),
    StatusKind.RINGING: QT_TRANSLATE_NOOP("Status", "Ringing"),
    StatusKind.BUSY: QT_TRANSLATE_NOOP("Status", "Busy"),
    StatusKind.AWAY: QT_TRANSLATE_NOOP("Status", "Away"),
    StatusKind.OFF: QT_TRANSLATE_NOOP("Status", "Phone not connected"),
}

LINES: Final[dict[LineState, str]] = {
    LineState.UNKNOWN: QT_TRANSLATE_NOOP("Line", "unknown"),
    LineState.IDLE: QT_TRANSLATE_NOOP("Line", "free"),
    LineState.RINGING: QT_TRANSLATE_NOOP("Line", "ringing"),
    LineState.TALKING: QT_TRANSLATE_NOOP("Line", "talking"),
    LineState.HELD: QT_TRANSLATE_NOOP("Line", "on hold"),
    LineState.UNREACHABLE: QT_TRANSLATE_NOOP("Line", "not connected"),
}

LINE_TONES: Final[dict[LineState, str]] = {
    LineState.UNKNOWN: "unknown",
    LineState.IDLE: "free",
    LineState.RINGING: "ringing",
    LineState.TALKING: "busy",
    LineState.HELD: "busy",
    LineState.UNREACHABLE: "off",
}

NUMBER_KINDS: Final[dict[NumberKind, str]] = {
    NumberKind.DESK: QT_TRANSLATE_NOOP("Number", "Desk phone"),
    NumberKind.MOBILE: QT_TRANSLATE_NOOP("Number", "Mobile"),
    NumberKind.SOFTPHONE: QT_TRANSLATE_NOOP("Number", "Softphone"),
    NumberKind.OTHER: QT_TRANSLATE_NOOP("Number", "Other number"),
}

_ON_CALL: Final = QT_TRANSLATE_NOOP("Status", "On the phone")


def unknown(person: str) -> PersonStatus:
    """Return the status of somebody nobody has told us about."""
    return PersonStatus(person=person, kind=StatusKind.UNKNOWN, since=0.0)


def status_words(status: PersonStatus, *, is_stale: bool) -> StatusWords:
    """Return a status in words. Stale: the word with a question mark, and how old it is."""
    is_talking = any(line.state is LineState.TALKING for line in status.lines)
    source = _ON_CALL if status.kind is StatusKind.BUSY and is_talking else KINDS[status.kind]
    word = translate("Status", source)
    if status.kind is StatusKind.UNKNOWN:
        return StatusWords(word, translate("Status", "no word from the phone"), "unknown")
    if is_stale or status.is_stale:
        seen = formats.time_of_day(status.since, texts.current())
        return StatusWords(
            f"{word}?", translate("Status", "last known since {time}").format(time=seen), "unknown"
        )
    return StatusWords(word, _detail(status), status.kind.value)


def _detail(status: PersonStatus) -> str:
    if status.kind in (StatusKind.BUSY, StatusKind.AWAY, StatusKind.OFF) and status.since:
        seen = formats.time_of_day(status.since, texts.current())
        return translate("Status", "since {time}").format(time=seen)
    return ""


def line_of(status: PersonStatus, number: str | None) -> LineState:
    """Return what is known of a number's line; UNKNOWN when nothing is."""
    found = find_line(status, number)
    return found.state if found else LineState.UNKNOWN


def find_line(status: PersonStatus, number: str | None) -> Line | None:
    """Return the line of a number, or None."""
    return next((line for line in status.lines if line.number == number), None)


def line_words(state: LineState, *, is_stale: bool) -> str:
    """Return a line's state in a word."""
    word = translate("Line", LINES[state])
    return f"{word}?" if is_stale and state is not LineState.UNKNOWN else word


def number_kind_words(kind: NumberKind) -> str:
    """Return what kind of telephone it is."""
    return translate("Number", NUMBER_KINDS[kind])


def person_words(person: Person, words: StatusWords) -> str:
    """Return a row of the list as a sentence for those who listen."""
    role = " · ".join(part for part in (person.title, person.department) if part)
    return ", ".join(part for part in (person.name, role, words.text) if part)
