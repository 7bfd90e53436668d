"""How the sources of facts read, in the lights above and in sentences that are not sure. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reception.console.api import LinkState
from reception.model.changes import Source, SourceState
from widgets import formats
from widgets.microsoft_words import MICROSOFT_SENTENCES
from widgets.texts import QT_TRANSLATE_NOOP, translate

SOURCES: Final[dict[str, str]] = {
    "telephony": QT_TRANSLATE_NOOP("Source", "Telephony"),
    "switch": QT_TRANSLATE_NOOP("Source", "Telephony"),
    "teams": QT_TRANSLATE_NOOP("Source", "Teams"),
    "exchange": QT_TRANSLATE_NOOP("Source", "Exchange"),
    "calendar": QT_TRANSLATE_NOOP("Source", "Calendar"),
    "sync": QT_TRANSLATE_NOOP("Source", "Teams and phones"),
    "store": QT_TRANSLATE_NOOP("Source", "Storage"),
    "directory": QT_TRANSLATE_NOOP("Source", "Directory"),
    "office": QT_TRANSLATE_NOOP("Source", "Office file"),
}

SOURCE_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "unreachable": ("", QT_TRANSLATE_NOOP("Message", "No answer from {address}.")),
    "wrong_password": ("", QT_TRANSLATE_NOOP("Message", "{address} does not accept the password of {user}.")),
    "wrong_address": ("", QT_TRANSLATE_NOOP("Message", "There is no telephone system at {address}.")),
    "missing_modules": (
        "",
        QT_TRANSLATE_NOOP("Message", "The telephone system lacks the modules {modules}."),
    ),
    "switch_stuck": (
        "",
        QT_TRANSLATE_NOOP("Message", "The telephone system at {address} is stuck and must be restarted."),
    ),
    "replaced_by_another": (
        "",
        QT_TRANSLATE_NOOP("Message", "A second program uses the application name {app}."),
    ),
    "tls_failed": ("", QT_TRANSLATE_NOOP("Message", "No secure connection to {address}: {error}.")),
    "misconfigured": ("", QT_TRANSLATE_NOOP("Message", "The setting {setting} is wrong: {error}.")),
    "sync_incomplete": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "For {count} colleagues Teams and the phone do not show the same: {people}. "
            "The hub's log says why for each.",
        ),
    ),
    "no_teams": ("", QT_TRANSLATE_NOOP("Message", "{person} has no Teams, so nothing is shown there.")),
    "line_not_marked": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "The line {number} of {person} cannot show calls in Teams: its hint in the telephone system "
            "needs a device for them.",
        ),
    ),
    "store_slow": (
        "",
        QT_TRANSLATE_NOOP("Message", "Storing takes longer than {seconds} s; calls go on meanwhile."),
    ),
    "office_file_faulty": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "Faults in {file}: {count}. The first: {error} What it said before holds."
        ),
    ),
    **MICROSOFT_SENTENCES,
    "directory_conflicts": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "The file of people and the directory differ in {count} places. The first: {person}, {field}: "
            "{kept} counts, not {other}.",
        ),
    ),
    "calendar_broken": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "The calendar {file} cannot be read, line {line}: {error}. What it said before holds."
        ),
    ),
    "calendar_gone": (
        "",
        QT_TRANSLATE_NOOP("Message", "The calendar {file} is gone. What it said before holds."),
    ),
    "calendar_unreadable": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "The calendar {file} cannot be opened: {error}. What it said before holds."
        ),
    ),
    "calendar_too_large": (
        "",
        QT_TRANSLATE_NOOP("Message", "The calendar {file} is too large. What it said before holds."),
    ),
    "calendar_refused": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "{address} gives no calendar: HTTP {status}. What it said before holds."
        ),
    ),
    "appointments_skipped": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "Appointments that cannot be read: {count}. The first: {file}, line {line}: {error}."
        ),
    ),
    # what is done about it
    "tries_again": ("", QT_TRANSLATE_NOOP("Message", "It is tried again at {at}.")),
    "waits_as_asked": ("", QT_TRANSLATE_NOOP("Message", "Reception waits until {at}, as it was asked to.")),
    "waits_for_somebody": (
        "",
        QT_TRANSLATE_NOOP("Message", "Somebody must mend it; it is looked at again at {at}."),
    ),
    # setting sources up
    "not_administrator": (
        "",
        QT_TRANSLATE_NOOP("Message", "Only receptionists with the right administers change settings."),
    ),
    "setup_faulty": ("", QT_TRANSLATE_NOOP("Message", "This cannot be saved: {error}")),
    "setup_not_writable": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "The hub may not write {file} ({error}). Give its user the right to, then save again."
        ),
    ),
    "setup_no_file": (
        "",
        QT_TRANSLATE_NOOP("Message", "This hub has no file of settings, so nothing can be saved."),
    ),
    "setup_secret_again": (
        "",
        QT_TRANSLATE_NOOP(
            "Message", "The address is another one. Type “{title}” again, so that it goes nowhere unasked."
        ),
    ),
    "setup_lacks": ("", QT_TRANSLATE_NOOP("Message", "“{title}” is missing.")),
    "setup_unknown": ("", QT_TRANSLATE_NOOP("Message", "The hub does not know the service {service}.")),
    "page_without_name": (
        "",
        QT_TRANSLATE_NOOP(
            "Message",
            "The web page listens on all addresses of the computer and has no name. Fill in the address of "
            "the web page, as browsers open it.",
        ),
    ),
}
"""Why a source is not well; the first half is empty, since its light says that it is not."""

_NOT_OF_STATUS: Final = ("sync", "store", "directory", "office")
"""The sources that no colleague's status is made of; calendars may have any name."""
_TELEPHONY: Final = ("telephony", "switch")


def source_name(source_id: str) -> str:
    """Return what a source is called; one we do not know by its own id."""
    words = SOURCES.get(source_id)
    return translate("Source", words) if words else source_id


def source_words(source: Source, now: float) -> str:
    """Return a source's name and, unless it is well, what is wrong and for how long."""
    name = source_name(source.id)
    if source.state is SourceState.UP:
        incomplete = translate("Source", "incomplete")
        return name if source.message is None else f"{name} · {incomplete}"
    age = formats.minutes(now - source.since)
    if source.state is SourceState.CONNECTING and age:
        return translate("Source", "{name} · {minutes} min old").format(name=name, minutes=age)
    words = {
        SourceState.CONNECTING: translate("Source", "connecting"),
        SourceState.DOWN: translate("Source", "no answer"),
        SourceState.NEEDS_SETTINGS: translate("Source", "needs settings"),
        SourceState.NEEDS_SIGN_IN: translate("Source", "needs a sign-in"),
    }[source.state]
    if age:
        return translate("Source", "{name} · {state} for {minutes} min").format(
            name=name, state=words, minutes=age
        )
    return f"{name} · {words}"


def link_words(link: LinkState) -> str:
    """Return how the connection to the hub is."""
    return {
        LinkState.STARTING: translate("Source", "Reception · connecting"),
        LinkState.UP: translate("Source", "Reception"),
        LinkState.LOST: translate("Source", "Reception · connection lost"),
        LinkState.REFUSED: translate("Source", "Reception · refused"),
    }[link]


def doubt(sources: Mapping[str, Source], now: float) -> str:
    """Return why a status is not sure: what it is known from, and which sources are old; or an empty text.

    ``from the phone; Teams 3 min old``
    """
    mine = [s for s in sources.values() if s.id not in _NOT_OF_STATUS]
    old = [_age(s, now) for s in mine if s.state is not SourceState.UP]
    if not old:
        return ""
    is_phone_sure = any(s.id in _TELEPHONY and s.state is SourceState.UP for s in mine)
    known = [translate("Source", "the phone")] if is_phone_sure else []
    return "; ".join([*known, ", ".join(old)])


def is_phone_old(sources: Mapping[str, Source]) -> bool:
    """True while the telephone system is silent: what its lines do is the last known."""
    mine = [s for s in sources.values() if s.id in _TELEPHONY]
    return not any(s.state is SourceState.UP for s in mine)


def _age(source: Source, now: float) -> str:
    name, minutes = source_name(source.id), formats.minutes(now - source.since)
    return translate("Source", "{name} {minutes} min").format(name=name, minutes=minutes) if minutes else name
