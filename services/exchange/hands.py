"""Threads for what waits. They end with the program, whatever they wait for: nothing can interrupt them."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, TypeVar

T = TypeVar("T")
_Job = tuple[asyncio.AbstractEventLoop, "asyncio.Future[Any]", Callable[[], Any]]


class Hands:
    """At most `count` threads, begun when there is something to do. For one event loop."""

    def __init__(self, count: int, name: str) -> None:
        self._count = count
        self._name = name
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._threads: list[threading.Thread] = []
        self._idle = 0
        self._lock = threading.Lock()

    async def do(self, work: Callable[[], T]) -> T:
        """Return what a function returns, or raise what it raises; who is cancelled waits no longer."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._jobs.put((loop, future, work))
        with self._lock:
            if self._jobs.qsize() > self._idle and len(self._threads) < self._count:
                thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                self._threads.append(thread)
                thread.start()
        return await future

    def close(self) -> None:
        """Begin nothing any more; what is under way ends by itself."""
        with suppress(queue.Empty):
            while True:
                self._jobs.get_nowait()
        for _ in self._threads:
            self._jobs.put(None)

    def _run(self) -> None:
        while True:
            with self._lock:
                self._idle += 1
            job = self._jobs.get()
            with self._lock:
                self._idle -= 1
            if job is None:
                return
            loop, future, work = job
            if future.cancelled():
                continue
            try:
                done = _Done(future, result=work())
            except Exception as error:  # noqa: BLE001 - it is raised where it was asked for
                done = _Done(future, error=error)
            with suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(done)


class _Done:
    """How a job ended, told in its loop."""

    def __init__(
        self, future: asyncio.Future[Any], *, result: Any = None, error: Exception | None = None
    ) -> None:
        self._future = future
        self._result = result
        self._error = error

    def __call__(self) -> None:
        if self._future.done():
            return
        if self._error is not None:
            self._future.set_exception(self._error)
        else:
            self._future.set_result(self._result)
