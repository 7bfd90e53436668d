"""What this app says of somebody in Teams: its own session, and what they chose for themselves.

One app has one session for each person, named by its client id; setting it again takes its place and begins
its time anew (contract 1.4). Sessions are told to end by themselves, so whoever sets one renews it at half
time. A session *available* decays within minutes: who is done clears it instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import quote

from services.graph.answers import Request
from services.graph.budgets import Kind, Scope
from services.graph.client import GraphClient

PERMISSION: Final = "Presence.ReadWrite.All"
SHORTEST_S: Final = 300.0
LONGEST_S: Final = 14_400.0
"""Other durations of a session are refused."""
SESSION_PAIRS: Final = frozenset(
    {
        "Available/Available",
        "Busy/InACall",
        "Busy/InAConferenceCall",
        "Away/Away",
        "DoNotDisturb/Presenting",
    }
)
PREFERRED_PAIRS: Final = frozenset(
    {
        "Available/Available",
        "Busy/Busy",
        "DoNotDisturb/DoNotDisturb",
        "BeRightBack/BeRightBack",
        "Away/Away",
        "Offline/OffWork",
    }
)
"""Availability and activity that Graph takes, and no others."""
PATIENCE_S: Final = 90.0
"""What is written waits longer than what is read: the next read comes anyway, this does not."""


class Sessions:
    """Writes presence. Whom it may not write for, and whom Teams does not know, is told by its errors."""

    def __init__(self, client: GraphClient) -> None:
        self._client = client

    async def set(self, user: str, pair: str, *, lasts_s: float) -> None:
        """Show a pair of `SESSION_PAIRS` of somebody for so long, in place of what was shown before.

        Raises ServiceError; ValueError for a pair that Graph does not take.
        """
        availability, activity = _checked(pair, SESSION_PAIRS)
        body = {
            "sessionId": self._client.account.client_id,
            "availability": availability,
            "activity": activity,
            "expirationDuration": duration(min(max(lasts_s, SHORTEST_S), LONGEST_S)),
        }
        await self._post(user, "setPresence", body)

    async def clear(self, user: str) -> None:
        """Take back what this app shows of somebody; nothing is fine as well. Raises ServiceError."""
        body = {"sessionId": self._client.account.client_id}
        await self._post(user, "clearPresence", body, expected=frozenset({404}))

    async def prefer(self, user: str, pair: str, *, lasts_s: float | None = None) -> None:
        """Choose a pair of `PREFERRED_PAIRS` in somebody's name; it goes before all sessions.

        Without `lasts_s` it lasts as long as Teams likes: a day, or a week. Raises ServiceError; ValueError
        for a pair that Graph does not take.
        """
        availability, activity = _checked(pair, PREFERRED_PAIRS)
        body = {"availability": availability, "activity": activity}
        if lasts_s is not None:
            body["expirationDuration"] = duration(lasts_s)
        await self._post(user, "setUserPreferredPresence", body)

    async def prefer_nothing(self, user: str) -> None:
        """Take back what was chosen in somebody's name. Raises ServiceError."""
        await self._post(user, "clearUserPreferredPresence", None)

    async def _post(
        self,
        user: str,
        action: str,
        body: Mapping[str, Any] | None,
        expected: frozenset[int] = frozenset(),
    ) -> None:
        # Nothing is repeated that may have been done: whoever asked knows whether it still holds by then.
        request = Request(
            "POST",
            f"/users/{quote(user)}/presence/{action}",
            Scope(Kind.PRESENCE),
            PERMISSION,
            body=body,
            is_repeatable=False,
            expected=expected,
        )
        await self._client.ask(request, patience_s=PATIENCE_S)


def duration(seconds: float) -> str:
    """Return seconds as ISO 8601 writes them."""
    minutes, rest = divmod(round(seconds), 60)
    return f"PT{minutes}M{rest}S" if rest else f"PT{minutes}M"


def _checked(pair: str, allowed: frozenset[str]) -> list[str]:
    if pair not in allowed:
        raise ValueError(f"{pair} cannot be set; possible are {', '.join(sorted(allowed))}")
    return pair.split("/")
