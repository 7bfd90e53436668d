"""The tasks about the hub's settings that one console has asked for; they end with its connection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import Final, Protocol, Self

from reception.hub.broadcast import Subscriber
from reception.model.changes import Message
from reception.model.setup import SetupAnswer, SetupAsked, SetupRefused, SetupSaid, SetupTask
from reception.wire import encode

_AT_ONCE: Final = 4
"""An examination and what is looked at meanwhile; more is nobody's honest wish."""


class SetupDoor(Protocol):
    """What carries tasks out (`reception.hub.setup_desk`)."""

    @property
    def lacks_presence(self) -> bool: ...

    def administers(self, attendant: str) -> bool: ...

    async def carry_out(
        self, attendant: str, task: SetupTask, say: Callable[[SetupAnswer], None]
    ) -> None: ...


class SetupTasks:
    """Those of one console."""

    def __init__(self, door: SetupDoor | None, subscriber: Subscriber) -> None:
        self._door = door
        self._subscriber = subscriber
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, asked: SetupAsked) -> None:
        """Carry a task out in the background; what comes of it goes to the console."""
        say = partial(self._say, asked.id)
        if self._door is None or len(self._tasks) >= _AT_ONCE:
            say(SetupRefused(message=Message(key="not_administrator")))
            return
        work = self._door.carry_out(self._subscriber.attendant, asked.task, say)
        task = asyncio.create_task(work, name="set up")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _say(self, task: str, said: SetupAnswer) -> None:
        self._subscriber.outbox.put_outcome(encode(SetupSaid(id=task, said=said)))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End what is under way: nobody listens any more. What is being written is written whole."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
