"""What waits to go out to one console, kept small.

A console that does not read fast enough loses its waiting changes and gets a fresh snapshot instead, made at
the moment the line takes it, slice by slice: so a slow console costs the hub a fixed amount of memory, and
the console nothing but time. Outcomes are never dropped; how many there can be is bounded by the reader,
who takes no further request while the box is full.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from enum import Enum
from typing import TypeAlias

import msgspec


class Budget(msgspec.Struct, frozen=True, kw_only=True):
    """How much may wait for one console, and how often it may fall behind before we let it go."""

    max_bytes: int = 2 * 1024 * 1024
    max_frames: int = 1_000
    max_outcomes: int = 100
    max_falls: int = 5


class _Kind(Enum):
    OUTCOME = "outcome"
    CHANGES = "changes"
    PEOPLE = "people"  # changes, some of them of people


SnapshotMaker: TypeAlias = Callable[[bool], Iterator[bytes]]
"""Yields the encoded slices of the state as it is then, with people or without."""


class Outbox:
    """The outgoing queue of one console.

    People are the bulk of a snapshot, and most consoles have them already: a snapshot holds them only when
    the console `lacks_people` at first, or when a change of people was lost with what waited.
    """

    def __init__(
        self, make_snapshot: SnapshotMaker, *, budget: Budget | None = None, lacks_people: bool = True
    ) -> None:
        self._make_snapshot = make_snapshot
        self._lacks_people = lacks_people
        self._budget = budget or Budget()
        self._queue: deque[tuple[_Kind, bytes]] = deque()
        self._bytes = 0
        self._outcomes = 0
        self._slices: Iterator[bytes] | None = None
        self._needs_snapshot = False
        self._falls = 0
        self._filled = asyncio.Event()
        self._has_room = asyncio.Event()
        self._has_room.set()

    @property
    def waiting_bytes(self) -> int:
        """Bytes that wait."""
        return self._bytes

    @property
    def falls(self) -> int:
        """How often the console fell behind since it had last caught up."""
        return self._falls

    @property
    def is_hopeless(self) -> bool:
        """True when the console fell behind so often that the line should be given up."""
        return self._falls > self._budget.max_falls

    def ask_snapshot(self, *, has_other_people: bool = False) -> None:
        """Send a whole snapshot next, not the changes that wait; with people, if they are others now."""
        self._lacks_people |= has_other_people or any(kind is _Kind.PEOPLE for kind, _ in self._queue)
        kept = [entry for entry in self._queue if entry[0] is _Kind.OUTCOME]
        self._queue = deque(kept)
        self._bytes = sum(len(frame) for _, frame in kept)
        self._slices = None
        self._needs_snapshot = True
        self._filled.set()

    def put_changes(self, frame: bytes, *, has_people: bool = False) -> None:
        """Queue a frame of changes, or fall back to a snapshot when too much waits already."""
        if self._needs_snapshot:  # it will hold these too
            self._lacks_people |= has_people
            return
        budget = self._budget
        is_full = len(self._queue) >= budget.max_frames or self._bytes + len(frame) > budget.max_bytes
        if is_full and self._queue:
            self._falls += 1
            self._lacks_people |= has_people
            self.ask_snapshot()
            return
        self._put(_Kind.PEOPLE if has_people else _Kind.CHANGES, frame)

    def put_outcome(self, frame: bytes) -> None:
        """Queue an outcome behind the changes it caused."""
        self._outcomes += 1
        if self._outcomes >= self._budget.max_outcomes:
            self._has_room.clear()
        self._put(_Kind.OUTCOME, frame)

    async def wait_for_room(self) -> None:
        """Wait until the console has read its outcomes; call before taking another request."""
        await self._has_room.wait()

    async def next(self) -> bytes:
        """Return the next frame to send, when there is one."""
        while True:
            if (frame := self._next_of_snapshot()) is not None:
                return frame
            if self._queue:
                return self._pop()
            self._falls = 0
            self._filled.clear()
            await self._filled.wait()

    def _next_of_snapshot(self) -> bytes | None:
        if self._needs_snapshot:
            self._needs_snapshot = False
            self._slices = self._make_snapshot(self._lacks_people)
        if self._slices is None:
            return None
        frame = next(self._slices, None)
        if frame is None:
            self._slices = None
            self._lacks_people = False  # whatever changed meanwhile waits behind
        return frame

    def _put(self, kind: _Kind, frame: bytes) -> None:
        self._queue.append((kind, frame))
        self._bytes += len(frame)
        self._filled.set()

    def _pop(self) -> bytes:
        kind, frame = self._queue.popleft()
        self._bytes -= len(frame)
        if kind is _Kind.OUTCOME:
            self._outcomes -= 1
            self._has_room.set()
        return frame
