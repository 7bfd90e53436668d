"""Photos of colleagues on this computer's disk, kept in step with the hub's.

What is on disk is shown at once; the hub is asked besides, once for each photo and line, whether there is
another one by now. Whoever the hub does not tell of has no photo here either.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

from reception.runtime import write_private
from reception.wire import MOST_PHOTOS, Photo, PhotosAsked, PhotosSaid, PhotoWanted, photo_mark

_log = logging.getLogger(__name__)

MOST_BYTES: Final = 64 * 1024 * 1024
"""Of all photos on disk; those that were not seen for longest go first."""
_MOST_WAITING: Final = 400
"""Whoever was in sight longer ago is asked for when they are seen again."""
_AGAIN: Final = 3
"""So often somebody is asked for whom the hub leaves out; then with the next line."""


class Key(NamedTuple):
    """A colleague's photo in one size, in pixels."""

    person: str
    size: int


OnPhoto: TypeAlias = Callable[[Key, bytes], object]
"""Hears of each photo that is there (its bytes), or is not (none)."""


class Photos:
    """The photos of one console. `send` takes a frame to the hub, False when there is no line.

    One question at a time is under way: however fast somebody scrolls, the hub is not asked for more than it
    answers. Whoever came into sight last is asked for first.
    """

    def __init__(self, folder: Path | None, send: Callable[[PhotosAsked], bool], on_photo: OnPhoto) -> None:
        self._folder = folder
        self._send = send
        self._on_photo = on_photo
        self._waiting: dict[Key, str] = {}
        self._under_way: tuple[Key, ...] = ()
        self._answered: set[Key] = set()
        self._left_out: Counter[Key] = Counter()
        self._tasks: set[asyncio.Task[None]] = set()
        self._has_tidied = False

    def want(self, size: int, people: Sequence[str]) -> None:
        """These are about to be seen."""
        self._spawn(self._look(size, people))

    def hear(self, frame: PhotosSaid) -> None:
        """The hub has answered."""
        asked, self._under_way = self._under_way, ()
        told = {Key(photo.person, frame.size) for photo in frame.photos}
        self._answered |= told
        for key in asked:
            if key not in told:
                self._left_out[key] += 1
                if self._left_out[key] < _AGAIN:
                    self._waiting.setdefault(key, "")
        self._spawn(self._take(frame))
        self._ask()

    def begin_anew(self) -> None:
        """There is another line to the hub: what it said before may be different now."""
        self._waiting.clear()
        self._under_way = ()
        self._answered.clear()
        self._left_out.clear()

    def close(self) -> None:
        """Look no more."""
        for task in tuple(self._tasks):
            task.cancel()

    # ------------------------------------------------------------- parts

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work, name="photos")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _look(self, size: int, people: Sequence[str]) -> None:
        keys = [Key(person, size) for person in people]
        kept = await asyncio.to_thread(self._read, keys)
        for key, content in kept.items():
            self._on_photo(key, content)
        asked = self._answered.union(self._under_way) if self._folder is not None else set(self._under_way)
        for key in reversed(keys):
            if key not in asked:
                self._waiting.pop(key, None)  # to the end, where the next ones are taken from
                self._waiting[key] = photo_mark(kept.get(key, b""))
        while len(self._waiting) > _MOST_WAITING:
            del self._waiting[next(iter(self._waiting))]
        self._ask()

    def _ask(self) -> None:
        """Ask for those who wait, of one size, unless an answer is waited for."""
        if self._under_way or not self._waiting:
            return
        size = next(reversed(self._waiting)).size
        keys = tuple(key for key in reversed(self._waiting) if key.size == size)[:MOST_PHOTOS]
        wanted = tuple(PhotoWanted(person=key.person, have=self._waiting.pop(key)) for key in keys)
        if self._send(PhotosAsked(size=size, wanted=wanted)):
            self._under_way = keys
        else:
            self._waiting.clear()  # with the next line they are wanted again

    async def _take(self, frame: PhotosSaid) -> None:
        new = [photo for photo in frame.photos if photo.content or not photo.mark]
        for photo in new:
            self._on_photo(Key(photo.person, frame.size), photo.content)
        await asyncio.to_thread(self._keep, frame.size, new)

    # ------------------------------------------------------------- in the thread

    def _read(self, keys: Iterable[Key]) -> dict[Key, bytes]:
        found: dict[Key, bytes] = {}
        if self._folder is None:
            return found
        for key in keys:
            try:
                file = self._file(self._folder, key)
                found[key] = file.read_bytes()
                os.utime(file)
            except OSError:
                continue  # there is none, or it cannot be read: the hub has it
        return found

    def _keep(self, size: int, photos: Sequence[Photo]) -> None:
        if self._folder is None:
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for photo in photos:
                file = self._file(self._folder, Key(photo.person, size))
                if photo.content:
                    write_private(file, photo.content)
                else:
                    file.unlink(missing_ok=True)
            if not self._has_tidied:
                self._has_tidied = True
                _tidy(self._folder)
        except OSError as error:
            _log.info("a photo cannot be kept: %s", error)

    def _file(self, folder: Path, key: Key) -> Path:
        return folder / f"{hashlib.sha256(key.person.encode()).hexdigest()[:32]}-{key.size}"


def _tidy(folder: Path) -> None:
    """Let go of those that were not seen for longest, until the others have room."""
    files = sorted(((f.stat().st_mtime, f.stat().st_size, f) for f in folder.iterdir()), reverse=True)
    room = MOST_BYTES
    for _, size, file in files:
        room -= size
        if room < 0:
            file.unlink(missing_ok=True)
