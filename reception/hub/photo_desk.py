"""Photos of colleagues for consoles: those that are about to be seen, of whom the receptionist may know."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import Final, Protocol

from reception.wire import MOST_PHOTOS, Photo, PhotosAsked, PhotosSaid, PhotoWanted, photo_mark

_MOST_BYTES: Final = 120_000
"""Of the photos in one frame, but for a single one: news of calls do not wait long behind it."""


class PhotoBook(Protocol):
    """Where the photos are (`reception.hub.online`)."""

    @property
    def has_photos(self) -> bool: ...

    def photo(self, person: str, size: int) -> bytes | None: ...


class PhotoDesk:
    """Answers consoles. `may_know`: whether a receptionist is told of a colleague."""

    def __init__(self, book: PhotoBook, may_know: Callable[[str, str], bool]) -> None:
        self._book = book
        self._may_know = may_know
        self._turn = asyncio.Lock()

    @property
    def has_photos(self) -> bool:
        """True when there may be photos."""
        return self._book.has_photos

    async def answer(self, attendant: str, asked: PhotosAsked) -> PhotosSaid:
        """Return what a receptionist's console asks for; files are read beside the hub's work, one by one."""
        known = [w for w in asked.wanted[:MOST_PHOTOS] if self._may_know(attendant, w.person)]
        hidden = {w.person for w in asked.wanted[:MOST_PHOTOS]} - {w.person for w in known}
        async with self._turn:
            found = await asyncio.to_thread(lambda: tuple(self._read(known, asked.size)))
        return PhotosSaid(size=asked.size, photos=(*found, *(Photo(person=p) for p in sorted(hidden))))

    def _read(self, wanted: list[PhotoWanted], size: int) -> Iterator[Photo]:
        sent = 0
        for one in wanted:
            content = self._book.photo(one.person, size)
            mark = photo_mark(content or b"")
            if not content or mark == one.have:
                yield Photo(person=one.person, mark=mark)
                continue
            if sent and sent + len(content) > _MOST_BYTES:
                return
            sent += len(content)
            yield Photo(person=one.person, mark=mark, content=content)
