"""What was decided, on its way out: into the store, then to the switch, then to everybody.

Decisions are made at once, one after the other; the store takes a while. So what follows from a decision
waits here in one line. One task takes all that waits, lets it be stored in one transaction, then sends the
commands of all of it, then publishes all of it: what is told or done was stored before, and all in the order
in which it was decided.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, TypeAlias

from reception.hub.keeper import Keeper
from reception.ports import SwitchCommand

Guard: TypeAlias = Callable[[Callable[[], None]], None]


class _Step(NamedTuple):
    commands: Sequence[SwitchCommand]
    publish: Callable[[], None]


class Steps:
    """The line.

    Args:
        keeper: knows already what is to be stored for whatever is added.
        send: gives commands to the switch.
        guard: does something, and lets none of its faults through.
    """

    def __init__(
        self, keeper: Keeper, *, send: Callable[[Sequence[SwitchCommand]], None], guard: Guard
    ) -> None:
        self._keeper = keeper
        self._send = send
        self._guard = guard
        self._waiting: list[_Step] = []
        self._task: asyncio.Task[None] | None = None

    def add(self, *, commands: Sequence[SwitchCommand] = (), publish: Callable[[], None]) -> None:
        """Send these commands and then publish, when what the keeper has noted is stored."""
        step = _Step(commands, publish)
        if self._task is None and not self._keeper.is_behind:
            self._let_out((step,))
            return
        self._waiting.append(step)
        if self._task is None:
            self._task = asyncio.create_task(self._work(), name="steps of the hub")

    async def done(self) -> None:
        """Wait until all that was added up to now is stored, sent and published."""
        reached: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.add(publish=partial(_reach, reached))
        await reached

    async def _work(self) -> None:
        try:
            while self._waiting:
                steps, self._waiting = self._waiting, []
                await self._keeper.write()
                self._let_out(steps)
        finally:
            self._task = None

    def _let_out(self, steps: Sequence[_Step]) -> None:
        for step in steps:
            if step.commands:
                self._guard(partial(self._send, step.commands))
        for step in steps:
            self._guard(step.publish)


def _reach(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)
