"""Tells open pages at once that somebody's status or timeline is different (server-sent events).

A page says whom it shows, and is told only of those, and only that something is different: it asks again for
the parts that show them, with its own rights. Changes are numbered, so what happens between two connections
of a page is not missed.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable, Collection
from typing import Final

from reception.hub.presence_desk import EVERYBODY
from reception.hub.web.port import Desk

GATHER_S: Final = 0.02
"""Changes within this time are told together."""
_REMEMBERED: Final = 2_000
_MOST_TOLD: Final = 200
HEARTBEAT_S: Final = 20.0
RETRY_MS: Final = 1_000
SIGNED_OUT: Final = b"event: signed-out\ndata: {}\n\n"


class Changes:
    """The numbered changes, and those who wait for them."""

    def __init__(self, desk: Desk) -> None:
        self.version = 0
        self._log: deque[tuple[int, frozenset[str]]] = deque(maxlen=_REMEMBERED)
        self._gathered: set[str] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._news = asyncio.Event()
        self._is_closed = False
        self._leave = desk.subscribe(self._on_change)

    def close(self) -> None:
        """End all streams."""
        self._leave()
        self._is_closed = True
        if self._timer is not None:
            self._timer.cancel()
        self._news.set()

    def _on_change(self, people: frozenset[str]) -> None:
        self._gathered |= people
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(GATHER_S, self._tell)

    def _tell(self) -> None:
        self._timer = None
        self.version += 1
        self._log.append((self.version, frozenset(self._gathered)))
        self._gathered.clear()
        self._news.set()
        self._news = asyncio.Event()

    def since(self, version: int, watched: Collection[str]) -> list[str] | None:
        """Return who of those watched is different since a version; None when that is not known any more."""
        oldest = self._log[0][0] if self._log else self.version + 1
        if version > self.version or (version < self.version and version + 1 < oldest):
            return None
        wanted = frozenset(watched)
        found: set[str] = set()
        for number, people in reversed(self._log):
            if number <= version:
                break
            if people >= EVERYBODY:
                return None
            found |= people & wanted
        return sorted(found)

    async def stream(
        self, since: int, watched: Collection[str], *, is_welcome: Callable[[], bool]
    ) -> AsyncIterator[bytes]:
        """Yield events until the page goes, the hub ends, or `is_welcome` says no.

        Each has the version up to which it tells, and who is different: ``["*"]`` for everybody.
        """
        yield f"retry: {RETRY_MS}\n\n".encode()
        told = since
        while not self._is_closed:
            if not is_welcome():
                yield SIGNED_OUT
                return
            news = self._news
            upto, people = self.version, self.since(told, watched)
            if people is None or len(people) > _MOST_TOLD:
                people = ["*"]
            if people:
                yield _event(upto, people)
            told = upto
            try:
                async with asyncio.timeout(HEARTBEAT_S):
                    await news.wait()
            except TimeoutError:
                yield b": still here\n\n"


def _event(version: int, people: list[str]) -> bytes:
    data = json.dumps({"version": version, "people": people})
    return f"id: {version}\ndata: {data}\n\n".encode()
