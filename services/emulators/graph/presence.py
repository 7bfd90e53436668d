"""Presence as Teams makes it of sessions and of what people choose (contract 1.4-1.7)."""

from __future__ import annotations

import re
from typing import Final

import msgspec

MINUTE_S: Final = 60.0
SHORTEST_S, LONGEST_S = 5 * MINUTE_S, 240 * MINUTE_S
INACTIVE_S, AWAY_S = 5 * MINUTE_S, 10 * MINUTE_S
"""Ages at which a session that is available fades."""

Pair = tuple[str, str]

SETTABLE: Final[frozenset[Pair]] = frozenset(
    {
        ("Available", "Available"),
        ("Busy", "InACall"),
        ("Busy", "InAConferenceCall"),
        ("Away", "Away"),
        ("DoNotDisturb", "Presenting"),
    }
)
PREFERABLE: Final[dict[Pair, float]] = {
    ("Available", "Available"): 7 * 86_400.0,
    ("Busy", "Busy"): 86_400.0,
    ("DoNotDisturb", "DoNotDisturb"): 86_400.0,
    ("BeRightBack", "BeRightBack"): 7 * 86_400.0,
    ("Away", "Away"): 7 * 86_400.0,
    ("Offline", "OffWork"): 7 * 86_400.0,
}
"""What people may choose, and how long it lasts by itself (seconds)."""
_RANK: Final = ("DoNotDisturb", "Busy", "Available", "Away")
_OFFLINE: Final[Pair] = ("Offline", "Offline")
_MEETING: Final[Pair] = ("Busy", "InAMeeting")
_DURATION: Final = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?")


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A session or a choice: from when until when (UTC seconds)."""

    pair: Pair
    since: float
    until: float = float("inf")


class Presence(msgspec.Struct, kw_only=True):
    """Somebody's. `sessions` are by the id of the app or Teams client."""

    sessions: dict[str, Shown] = {}
    preferred: Shown | None = None
    said: tuple[Pair, str | None] | None = None
    sequence: int = 0

    def effective(self, now: float, is_meeting: bool = False, away: str | None = None) -> Pair:
        """Return what everybody sees, with what the service makes of calendar and mailbox."""
        live = [_faded(one, now) for one in self.sessions.values() if one.until > now]
        if not live:
            return _OFFLINE
        if self.preferred is not None and self.preferred.until > now:
            return self.preferred.pair
        if is_meeting:
            live.append(_MEETING)  # after the others: a call in a meeting is a call
        found = min(live, key=lambda pair: _RANK.index(pair[0]) if pair[0] in _RANK else len(_RANK))
        return ("Available", "OutOfOffice") if away is not None and found[0] == "Available" else found

    def seen(self, now: float, is_meeting: bool, away: str | None) -> tuple[Pair, str]:
        """Return the pair and the number of this version; it grows with each change.

        `away` is None, or what somebody who is out of office says.
        """
        found = (self.effective(now, is_meeting, away), away)
        if found != self.said:
            self.said = found
            self.sequence += 1
        return found[0], written(self.sequence)


def written(sequence: int) -> str:
    """Return the number of a version as text that sorts as the numbers do."""
    return f"A{sequence:012}"


def duration_s(text: object, default: float) -> float | None:
    """Return the seconds of an ISO 8601 duration, `default` where none is given, None for nonsense."""
    if text is None:
        return default
    match = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes, seconds = (float(part or 0) for part in match.groups())
    return days * 86_400 + hours * 3_600 + minutes * MINUTE_S + seconds


def _faded(one: Shown, now: float) -> Pair:
    if one.pair[0] != "Available":
        return one.pair
    age = now - one.since
    if age >= AWAY_S:
        return ("Away", "Away")
    return ("Available", "AvailableInactive") if age >= INACTIVE_S else one.pair
