"""Lanes: work that names the same leg or bridge is done in order, everything else at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable


class Lanes:
    """Runs jobs. A job starts when all earlier jobs that share a key with it are done.

    A job must deal with its own errors; one that does not is a bug and reaches the loop's handler.
    """

    def __init__(self) -> None:
        self._tails: dict[str, asyncio.Task[None]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def submit(self, keys: Iterable[str], job: Callable[[], Awaitable[None]]) -> None:
        """Take a job; returns at once."""
        keys = set(keys)
        before = {tail for key in keys if (tail := self._tails.get(key))}
        task = asyncio.create_task(self._run(before, job), name=f"asterisk-lane-{min(keys, default='')}")
        self._tasks.add(task)
        self._tails.update(dict.fromkeys(keys, task))
        task.add_done_callback(lambda done: self._finished(done, keys))

    async def drain(self, timeout_s: float) -> None:
        """Wait until all jobs are done; after the time-out the rest is given up."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=timeout_s)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    @staticmethod
    async def _run(before: set[asyncio.Task[None]], job: Callable[[], Awaitable[None]]) -> None:
        if before:
            await asyncio.wait(before)
        await job()

    def _finished(self, task: asyncio.Task[None], keys: set[str]) -> None:
        self._tasks.discard(task)
        for key in keys:
            if self._tails.get(key) is task:
                del self._tails[key]
        if not task.cancelled() and (error := task.exception()):
            asyncio.get_running_loop().call_exception_handler(
                {"message": f"a job of {task.get_name()} failed", "exception": error, "task": task}
            )
