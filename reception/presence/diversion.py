"""What the entries of a timeline do to a colleague's calls at a moment.

Of the entries that last, the one that holds decides (`reception.presence.outlook`); one that leaves
diversions alone is looked through, so that the diversion of the outer one goes on under it and comes back
after it (requirements 003-31, 003-46; reading 67). *Phone kept open* and *diversion off* are the same: they
end what lies beneath them (003-32).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final, NamedTuple

from reception.model.office import Profile
from reception.model.presence import CallHandling, Entry
from reception.presence.outlook import back_at, current, next_change, ranked


class DiversionKind(StrEnum):
    """Where calls go. NONE: no entry says anything; OPEN: an entry says that the phone rings."""

    NONE = "none"
    OPEN = "open"
    VOICEMAIL = "voicemail"
    NUMBER = "number"


_KINDS: Final = {
    CallHandling.OPEN: DiversionKind.OPEN,
    CallHandling.VOICEMAIL: DiversionKind.VOICEMAIL,
    CallHandling.DIVERTED: DiversionKind.NUMBER,
}


class Diversion(NamedTuple):
    """What is in force for a person's calls.

    `number` is given for NUMBER only. `until` is the first moment at which something else is in force (UTC
    seconds), None without an end. `back_at` is when the colleague is back, for the voice that says so
    (requirement 002-147), None when they are not away or nobody knows. `entry` is the one that decides.
    """

    kind: DiversionKind = DiversionKind.NONE
    number: str = ""
    until: float | None = None
    back_at: float | None = None
    entry: Entry | None = None


def diversion_of(entries: Sequence[Entry], now: float) -> Diversion:
    """Return what is in force for a person's calls at a moment (UTC seconds)."""
    return _chosen(entries, now, _deciding)


def diversion_by(profile: Profile) -> Diversion | None:
    """Return what a profile puts in force while a call in Teams lasts; None for one that leaves it alone."""
    if profile.handling is CallHandling.UNCHANGED:
        return None
    kind = _KINDS[profile.handling]
    return Diversion(kind=kind, number=profile.divert_to if kind is DiversionKind.NUMBER else "")


def next_match(entries: Sequence[Entry], now: float, *, is_above: bool = False) -> Diversion:
    """Return what is in force for a caller who goes past the voicemail at a moment (requirement 002-152).

    That is what the next entry beneath the one that decides says; those that lead to the voicemail again are
    passed. Of kind NONE where there is no other: then the telephone rings. `is_above`: what decides is no
    entry, but above all of them.
    """
    return _chosen(entries, now, _first if is_above else _beneath)


_Choose = Callable[[Sequence[Entry], float], Entry | None]


def _chosen(entries: Sequence[Entry], now: float, choose: _Choose) -> Diversion:
    entry = choose(entries, now)
    until = _until(entries, now, choose) if entries else None
    if entry is None:
        return Diversion(until=until)
    kind, number = _what(entry)
    return Diversion(kind=kind, number=number, until=until, back_at=back_at(entries, now), entry=entry)


def suspended(entries: Sequence[Entry], now: float) -> frozenset[str]:
    """Return the ids of the entries whose diversion another one turns off now (requirement 003-27)."""
    holds = _what(_deciding(entries, now))
    return frozenset(e.id for e in current(entries, now) if _diverts(e) and _what(e) != holds)


def _diverts(entry: Entry) -> bool:
    return entry.handling in (CallHandling.VOICEMAIL, CallHandling.DIVERTED)


def _deciding(entries: Sequence[Entry], now: float) -> Entry | None:
    """Return the first entry, from the innermost on, that says something about calls."""
    return next(iter(_matches(entries, now)), None)


def _beneath(entries: Sequence[Entry], now: float) -> Entry | None:
    """Return the first entry beneath the deciding one that does not lead to the voicemail."""
    return _past_mailbox(_matches(entries, now)[1:])


def _first(entries: Sequence[Entry], now: float) -> Entry | None:
    """Return the first entry that does not lead to the voicemail."""
    return _past_mailbox(_matches(entries, now))


def _past_mailbox(entries: Sequence[Entry]) -> Entry | None:
    return next((e for e in entries if e.handling is not CallHandling.VOICEMAIL), None)


def _matches(entries: Sequence[Entry], now: float) -> list[Entry]:
    return [e for e in ranked(entries, now) if e.handling is not CallHandling.UNCHANGED]


def _what(entry: Entry | None) -> tuple[DiversionKind, str]:
    if entry is None:
        return DiversionKind.NONE, ""
    kind = _KINDS[entry.handling]
    return kind, entry.divert_to if kind is DiversionKind.NUMBER else ""


def _until(entries: Sequence[Entry], now: float, choose: _Choose) -> float | None:
    what = _what(choose(entries, now))
    at = next_change(entries, now)
    while at is not None and _what(choose(entries, at)) == what:
        at = next_change(entries, at)
    return at
