"""How much may be asked (contract 6.1): presence by app, a mailbox by app."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from services.emulators.graph.asked import Asked, Caller, Refused
from services.emulators.graph.tenant import Tenant

_MAILBOX: Final = frozenset(
    {"calendarView", "calendar", "events", "mailboxSettings", "photo", "photos", "sendMail"}
)


class Throttle:
    """Counts; `presence` requests in `presence_s`, `mailbox` requests in `mailbox_s` for each mailbox.

    `at_once` is how many requests of an app may be under way in a mailbox.
    """

    def __init__(self, tenant: Tenant) -> None:
        self._tenant = tenant
        self._clock = tenant.clock
        self.presence, self.presence_s = 1_500, 30.0
        self.mailbox, self.mailbox_s = 10_000, 600.0
        self.at_once = 4
        self._seen: dict[str, deque[float]] = {}
        self._under_way: Counter[str] = Counter()

    @contextmanager
    def turn(self, asked: Asked, caller: Caller) -> Iterator[None]:
        """Count a request, which is under way until the end of the block.

        Raises `Refused` with 429 when it is one too many; that one counts too.
        """
        mailbox = self._mailbox(asked, caller)
        if asked.parts[:1] == ["communications"] or "presence" in asked.parts[1:3]:
            self._count(f"presence {caller.app}", self.presence, self.presence_s)
        if not mailbox:
            yield
            return
        self._count(mailbox, self.mailbox, self.mailbox_s)
        if self._under_way[mailbox] >= self.at_once:
            message = "Application is over its MailboxConcurrency limit."
            raise Refused(429, "ApplicationThrottled", message, Retry_After="1")
        self._under_way[mailbox] += 1
        try:
            yield
        finally:
            self._under_way[mailbox] -= 1

    def _mailbox(self, asked: Asked, caller: Caller) -> str:
        """Return whose mailbox it is, for which app; empty for none."""
        match asked.parts:
            case ["users", key, part, *_] if part in _MAILBOX:
                found = self._tenant.find(key)  # by its id or its name: it is the same mailbox
                return f"{found.id if found else key} {caller.app}"
            case ["me", part, *_] if part in _MAILBOX:
                return f"{caller.user} {caller.app}"
        return ""

    def _count(self, whose: str, most: int, within_s: float) -> None:
        now = self._clock()
        seen = self._seen.setdefault(whose, deque())
        while seen and seen[0] <= now - within_s:
            seen.popleft()
        seen.append(now)
        if len(seen) > most:
            wait = max(1, round(seen[0] + within_s - now))
            raise Refused(429, "TooManyRequests", "Too many requests.", Retry_After=str(wait))
