"""How the sources of facts read, in the lights above and in sentences that are not sure. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reception.console.api import LinkState
from reception.model.changes import Source, SourceState
from widgets import formats
from widgets.texts import QT_TRANSLATE_NOOP, translate

SOURCES: Final[dict[str, str]] = {
    "telephony": QT_TRANSLATE_NOOP("Source", "Telephony"),
    "switch": QT_TRANSLATE_NOOP("Source", "Telephony"),
    "teams": QT_TRANSLATE_NOOP("Source", "Teams"),
    "exchange": QT_TRANSLATE_NOOP("Source", "Exchange"),
    "store": QT_TRANSLATE_NOOP("Source", "Storage"),
    "directory": QT_TRANSLATE_NOOP("Source", "Directory"),
}

_OF_STATUS: Final = ("telephony", "switch", "teams", "exchange")
"""The sources that a colleague's status is made of."""
_TELEPHONY: Final = ("telephony", "switch")


def source_name(source_id: str) -> str:
    """Return what a source is called; one we do not know by its own id."""
    words = SOURCES.get(source_id)
    return translate("Source", words) if words else source_id


def source_words(source: Source, now: float) -> str:
    """Return a source's name and, unless it is well, what is wrong and for how long."""
    name = source_name(source.id)
    if source.state is SourceState.UP:
        return name
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
    mine = [s for s in sources.values() if s.id in _OF_STATUS]
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
