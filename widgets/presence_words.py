"""How a colleague's status and lines read. What is not known, or not known any more, says so."""

from __future__ import annotations

from typing import Final

from reception.model.lines import Line, LineState, PersonStatus, StatusKind
from reception.model.people import NumberKind
from widgets.texts import QT_TRANSLATE_NOOP, translate

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
    LineState.DO_NOT_DISTURB: QT_TRANSLATE_NOOP("Line", "do not disturb"),
    LineState.UNREACHABLE: QT_TRANSLATE_NOOP("Line", "not connected"),
}

LINE_TONES: Final[dict[LineState, str]] = {
    LineState.UNKNOWN: "unknown",
    LineState.IDLE: "free",
    LineState.RINGING: "ringing",
    LineState.TALKING: "busy",
    LineState.HELD: "busy",
    LineState.DO_NOT_DISTURB: "busy",
    LineState.UNREACHABLE: "off",
}

MATTERS: Final = (
    LineState.TALKING,
    LineState.HELD,
    LineState.RINGING,
    LineState.DO_NOT_DISTURB,
    LineState.IDLE,
    LineState.UNREACHABLE,
    LineState.UNKNOWN,
)
"""Of several lines of somebody the first of these is told."""

NUMBER_KINDS: Final[dict[NumberKind, str]] = {
    NumberKind.DESK: QT_TRANSLATE_NOOP("Number", "Desk phone"),
    NumberKind.MOBILE: QT_TRANSLATE_NOOP("Number", "Mobile"),
    NumberKind.SOFTPHONE: QT_TRANSLATE_NOOP("Number", "Softphone"),
    NumberKind.OTHER: QT_TRANSLATE_NOOP("Number", "Other number"),
}

TEAMS: Final[dict[str, str]] = {
    "Available": QT_TRANSLATE_NOOP("Teams", "Available"),
    "AvailableIdle": QT_TRANSLATE_NOOP("Teams", "Available"),
    "Away": QT_TRANSLATE_NOOP("Teams", "Away"),
    "BeRightBack": QT_TRANSLATE_NOOP("Teams", "Be right back"),
    "Busy": QT_TRANSLATE_NOOP("Teams", "Busy"),
    "BusyIdle": QT_TRANSLATE_NOOP("Teams", "Busy"),
    "DoNotDisturb": QT_TRANSLATE_NOOP("Teams", "Do not disturb"),
    "Offline": QT_TRANSLATE_NOOP("Teams", "Offline"),
    "PresenceUnknown": QT_TRANSLATE_NOOP("Teams", "unknown"),
}
"""Teams' own words (Microsoft Graph, presence resource, `availability`)."""

ON_CALL: Final = QT_TRANSLATE_NOOP("Status", "On the phone")
DO_NOT_DISTURB: Final = QT_TRANSLATE_NOOP("Status", "Do not disturb")


def unknown(person: str) -> PersonStatus:
    """Return the status of somebody nobody has told us about."""
    return PersonStatus(person=person, kind=StatusKind.UNKNOWN, since=0.0)


def line_of(status: PersonStatus, number: str | None) -> LineState:
    """Return what is known of a number's line; UNKNOWN when nothing is."""
    found = find_line(status, number)
    return found.state if found else LineState.UNKNOWN


def find_line(status: PersonStatus, number: str | None) -> Line | None:
    """Return the line of a number, or None."""
    for line in status.lines:
        if line.number == number:
            return line
    return None


def line_words(state: LineState, *, is_stale: bool) -> str:
    """Return a line's state in a word."""
    word = translate("Line", LINES[state])
    return f"{word}?" if is_stale and state is not LineState.UNKNOWN else word


def number_kind_words(kind: NumberKind) -> str:
    """Return what kind of telephone it is."""
    return translate("Number", NUMBER_KINDS[kind])


def teams_word(availability: str) -> str:
    """Return Teams' word (Graph `availability`) in our language; one we do not know as it is."""
    words = TEAMS.get(availability)
    return translate("Teams", words) if words else availability
