"""The photos that one console has asked for; what is under way ends with its connection."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Final, Self

from reception.hub.broadcast import Subscriber
from reception.hub.photo_desk import PhotoDesk
from reception.wire import PhotosAsked, PhotosSaid, encode

_AT_ONCE: Final = 2
"""Questions under way; a console asks one at a time."""


class PhotoTasks:
    """Those of one console."""

    def __init__(self, desk: PhotoDesk | None, subscriber: Subscriber) -> None:
        self._desk = desk
        self._subscriber = subscriber
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, asked: PhotosAsked) -> None:
        """Look for photos in the background: no call waits for a disk."""
        if self._desk is None or len(self._tasks) >= _AT_ONCE:
            self._subscriber.outbox.put_outcome(encode(PhotosSaid(size=asked.size, photos=())))
            return
        task = asyncio.create_task(self._answer(self._desk, asked), name="photos")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, desk: PhotoDesk, asked: PhotosAsked) -> None:
        said = await desk.answer(self._subscriber.attendant, asked)
        self._subscriber.outbox.put_outcome(encode(said))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """End what is under way: nobody listens any more."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
