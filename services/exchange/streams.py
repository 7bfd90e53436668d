"""What the server tells by itself: over connections that stay open, each for up to 200 calendars.

It only wakes the reading: nothing of it is believed, and after each interruption everything is read again.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Final

from reception.errors import PasswordRefused, ServiceError
from reception.light import retry_s
from services.exchange.hands import Hands
from services.exchange.lines import MOST_STREAMING, Line
from services.exchange.server import MOST_STREAMED, Server
from services.exchange.trouble import MailboxFailed

_log = logging.getLogger(__name__)

_MINUTES: Final = 10
"""How long one connection lasts before it is made anew."""
_SHORT_S: Final = 60.0
"""A connection that ended sooner was no use: such ones are made anew with growing pauses."""
_LONGEST_S: Final = 600.0
FIRST_S: Final = 1.0


class Streams:
    """Listens for those who are followed; `on_news` is told of a mailbox, in the loop.

    `on_refused` is called when the server does not accept the password (any more).
    """

    def __init__(
        self,
        server: Server,
        hands: Hands,
        on_news: Callable[[str], None],
        on_refused: Callable[[], None],
    ) -> None:
        self._server = server
        self._hands = hands
        self._on_news = on_news
        self._on_refused = on_refused
        self._ears: list[_Ear] = []

    def follow(self, mailboxes: Sequence[str]) -> None:
        """Listen for these from now on."""
        wanted = list(dict.fromkeys(mailboxes))[: MOST_STREAMED * MOST_STREAMING]
        groups = [tuple(wanted[n : n + MOST_STREAMED]) for n in range(0, len(wanted), MOST_STREAMED)]
        kept = {ear.group: ear for ear in self._ears if ear.group in groups}
        for ear in self._ears:
            if ear.group not in kept:
                ear.stop()
        ours = (self._server, self._hands, self._on_news, self._on_refused)
        self._ears = [*kept.values(), *(_Ear(group, *ours) for group in groups if group not in kept)]

    def stop(self) -> None:
        """Listen no more."""
        for ear in self._ears:
            ear.stop()
        self._ears = []


class _Ear:
    """Listens for one group of mailboxes, with a thread of its own. Begins at once."""

    def __init__(
        self,
        group: tuple[str, ...],
        server: Server,
        hands: Hands,
        on_news: Callable[[str], None],
        on_refused: Callable[[], None],
    ) -> None:
        self.group = group
        self._server = server
        self._hands = hands
        self._on_news = on_news
        self._on_refused = on_refused
        self._own = Hands(1, "Exchange notifications")
        self._names: dict[str, str] = {}
        self._line: Line | None = None
        self._is_over = False
        self._failures = 0
        self._task = asyncio.create_task(self._run(), name="Exchange notifications")
        self._task.add_done_callback(_report)

    def stop(self) -> None:
        """Listen no more; what was open is hung up."""
        self._is_over = True
        self._task.cancel()
        if self._line is not None:
            self._line.hang_up()
        self._own.close()

    async def _run(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            error: ServiceError | None = None
            try:
                await self._listen(loop)
            except ServiceError as caught:
                error = caught
                if isinstance(error, MailboxFailed):
                    self._names = {}  # they are lost, or were never had
                if isinstance(error, PasswordRefused):
                    self._on_refused()
            self._failures = self._failures + 1 if error or loop.time() - began < _SHORT_S else 0
            if self._failures:
                pause = _pause(error, self._failures)
                _log.info("Exchange does not tell of changes; again in %d s: %s", pause, _words(error))
                await asyncio.sleep(pause)

    async def _listen(self, loop: asyncio.AbstractEventLoop) -> None:
        """Listen until the connection ends; a change between two of them is found by reading again."""
        if not self._names:
            self._names = await self._subscribed()
        if not self._names:
            raise MailboxFailed("mailbox_refused", address=self.group[0], error="no subscription")
        names = dict(self._names)
        line = self._line = self._server.line(next(iter(names.values())))
        for mailbox in names.values():
            self._on_news(mailbox)
        heard = partial(self._heard, loop, names)
        await self._own.do(partial(self._server.listen, line, list(names), _MINUTES, heard))

    async def _subscribed(self) -> dict[str, str]:
        """Return the mailbox of each subscription; those that are not open to us are left out."""
        found: dict[str, str] = {}
        for mailbox in self.group:
            try:
                found[await self._hands.do(partial(self._server.subscribe, mailbox))] = mailbox
            except MailboxFailed as error:
                _log.debug("no notifications: %s", error.message.key)
        return found

    def _heard(self, loop: asyncio.AbstractEventLoop, names: dict[str, str], subscription: str) -> None:
        with suppress(RuntimeError):  # the loop has ended
            loop.call_soon_threadsafe(self._hear, names.get(subscription, ""))

    def _hear(self, mailbox: str) -> None:
        if mailbox and not self._is_over:
            self._on_news(mailbox)


def _pause(error: ServiceError | None, failures: int) -> float:
    """Return the seconds before the n-th try after one that was no use; longer when the server asks for it.

    The first comes soon: subscriptions are lost whenever a server is begun again.
    """
    asked = retry_s(error, 1) if error is not None and not isinstance(error, MailboxFailed) else 0.0
    return max(asked, min(FIRST_S * 4.0 ** (failures - 1), _LONGEST_S))


def _words(error: ServiceError | None) -> str:
    if error is None:
        return "the server ends the connection"
    return f"{error.message.key} {error.message.params.get('error', '')}".strip()


def _report(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        _log.error("%s ended", task.get_name(), exc_info=error)
