"""How much may be asked of Microsoft, and when: budgets by scope, closed while Microsoft says to wait.

Limits of the contract, 6.1. What is throttled counts too, so nothing is sent into a scope that is closed.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from enum import StrEnum
from typing import Final, NamedTuple

SPARSE_S: Final = 600.0
"""A mailbox that was not asked for so long has its whole budget again and is forgotten."""


class Kind(StrEnum):
    """What is limited together."""

    PRESENCE = "presence"
    MAILBOX = "mailbox"  # for each mailbox by itself: mail, calendar, photo
    DIRECTORY = "directory"
    CHAT = "chat"  # for each chat by itself
    SUBSCRIPTIONS = "subscriptions"
    BATCH = "batch"  # the envelope; what is in it counts for its own scopes as well


class Scope(NamedTuple):
    """What a request counts for. `key`: whose mailbox, which chat; empty where one budget is for all."""

    kind: Kind
    key: str = ""


class Limit(NamedTuple):
    """`requests` within any `window_s` seconds, `at_once` of them unanswered at a time."""

    requests: int
    window_s: float
    at_once: int


LIMITS: Final[dict[Kind, Limit]] = {
    Kind.PRESENCE: Limit(1_500, 30.0, 8),
    Kind.MAILBOX: Limit(10_000, 600.0, 4),
    Kind.DIRECTORY: Limit(1_000, 10.0, 4),  # the smallest tenants have 3,500 units; a page of users costs 2
    Kind.CHAT: Limit(1, 1.0, 1),
    Kind.SUBSCRIPTIONS: Limit(400, 20.0, 4),
    Kind.BATCH: Limit(5_000, 10.0, 4),
}


class Budget:
    """The budget of one scope. `clock` gives seconds that only go forward."""

    def __init__(self, limit: Limit, clock: Callable[[], float]) -> None:
        self._limit = limit
        self._clock = clock
        self._sent: deque[float] = deque()
        self._turns = asyncio.Semaphore(limit.at_once)
        self._closed_until = 0.0
        self._in_hand = 0

    @property
    def used(self) -> int:
        """Requests within the window that ends now."""
        self._forget()
        return len(self._sent)

    @property
    def closed_s(self) -> float:
        """Seconds until Microsoft wants to be asked again, 0 when it does not mind."""
        return max(self._closed_until - self._clock(), 0.0)

    @property
    def last_used(self) -> float:
        """When it was used or closed last (seconds of the clock)."""
        return max(self._sent[-1] if self._sent else 0.0, self._closed_until)

    @property
    def is_idle(self) -> bool:
        """True when nobody has a turn or waits for one."""
        return not self._in_hand

    def close_for(self, seconds: float) -> None:
        """Send nothing for some seconds; a longer wait that was said before holds."""
        self._closed_until = max(self._closed_until, self._clock() + seconds)

    def wait_s(self) -> float:
        """Return the seconds until the next request fits in."""
        self._forget()
        full = len(self._sent) >= self._limit.requests
        room = self._sent[0] + self._limit.window_s - self._clock() if full else 0.0
        return max(room, self.closed_s, 0.0)

    def count(self) -> None:
        """Take in a request that is sent in the envelope of a `$batch`."""
        self._sent.append(self._clock())

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn and take it."""
        self._in_hand += 1
        try:
            async with self._turns:
                await self._wait()
                self._sent.append(self._clock())
                yield
        finally:
            self._in_hand -= 1

    async def _wait(self) -> None:
        # Nobody tells when there is room: it comes with time, and whoever closes the budget makes it later.
        while wait := self.wait_s():  # noqa: ASYNC110
            await asyncio.sleep(wait)

    def _forget(self) -> None:
        horizon = self._clock() - self._limit.window_s
        while self._sent and self._sent[0] <= horizon:
            self._sent.popleft()


class Budgets:
    """All budgets of one app in one tenant."""

    def __init__(
        self, clock: Callable[[], float], *, presence_requests: int = LIMITS[Kind.PRESENCE].requests
    ) -> None:
        self._clock = clock
        presence = LIMITS[Kind.PRESENCE]._replace(requests=presence_requests)
        self._limits = {**LIMITS, Kind.PRESENCE: presence}
        self._budgets: dict[Scope, Budget] = {}
        self._tidied_at = clock()

    def of(self, scope: Scope) -> Budget:
        """Return the budget of a scope."""
        if scope not in self._budgets:
            self._tidy()
            self._budgets[scope] = Budget(self._limits[scope.kind], self._clock)
        return self._budgets[scope]

    def _tidy(self) -> None:
        now = self._clock()
        if now - self._tidied_at < SPARSE_S:
            return
        self._tidied_at = now
        kept = {s: b for s, b in self._budgets.items() if not b.is_idle or b.last_used > now - SPARSE_S}
        self._budgets = kept
