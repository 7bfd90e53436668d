"""What everybody does and has entered, as the hub said it last, on this computer's disk.

At the next start it is there at once, before the hub has answered, and is shown as old. Nothing here is
needed for anything else: when the file cannot be used, a new one is begun, or memory does.

The owner calls `work` while it `is_behind`, and `save` now and then; each call takes a millisecond or two.
"""

from __future__ import annotations

import logging
import sqlite3
import time
import weakref
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from reception.console.facts_file import open_file, put_aside
from reception.console.shelf import MOST_DUE, Shelf
from reception.model.lines import PersonStatus
from reception.model.presence import Timeline

_log = logging.getLogger(__name__)

ROWS: Final = 60
"""Rows written in one go at most: half a millisecond, where nothing else is going on."""
FEWEST_ROWS: Final = 10
SLICE_S: Final = 0.0015
"""Seconds that one go should take; on a computer that is slower or busy, fewer rows are written in it."""
_SWEPT: Final = 100
MOST_HANDLED: Final = 200
"""Colleagues handled last who are remembered."""


class Facts:
    """Statuses and timelines by person, and who was handled last."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._db = open_file(path)
        self._at_end = weakref.finalize(self, self._db.close)
        self.statuses: Shelf[PersonStatus] = Shelf(self._db, "status", PersonStatus, self._on_broken)
        self.timelines: Shelf[Timeline] = Shelf(self._db, "timeline", Timeline, self._on_broken)
        self._handled: OrderedDict[str, int] = OrderedDict()
        self._handled_due: dict[str, int] = {}
        self._to_save = 0
        self._rows = ROWS
        self._to_sweep: list[tuple[Shelf[PersonStatus] | Shelf[Timeline], str]] = []
        self._load()

    @property
    def _shelves(self) -> tuple[Shelf[PersonStatus] | Shelf[Timeline], ...]:
        return self.statuses, self.timelines

    # -------------------------------------------------------------- changing

    def note(self, statuses: Iterable[PersonStatus] = (), timelines: Iterable[Timeline] = ()) -> None:
        """Take in what the hub said."""
        for status in statuses:
            self.statuses.put(status.person, status)
        for timeline in timelines:
            self.timelines.put(timeline.person, timeline if timeline.entries or timeline.is_locked else None)

    def forget(self, person: str) -> None:
        """Forget a person who has left."""
        for shelf in self._shelves:
            shelf.put(person, None)

    def begin(self) -> None:
        """A whole new state comes in; the old one holds until `finish`."""
        for shelf in self._shelves:
            shelf.life += 1
        self._keep_life()

    def finish(self) -> None:
        """The whole new state is in: whoever was not mentioned since `begin` has nothing any more."""
        for shelf in self._shelves:
            shelf.oldest = shelf.life
        self._keep_life()
        self._to_sweep = [(shelf, "") for shelf in self._shelves]

    # -------------------------------------------------------------- who was handled last

    def note_handled(self, person: str) -> None:
        """Note that a call was handed to a person just now."""
        latest = next(reversed(self._handled.values()), 0)
        self._handled.pop(person, None)
        self._handled[person] = self._handled_due[person] = latest + 1
        while len(self._handled) > MOST_HANDLED:
            self._handled.popitem(last=False)

    @property
    def handled(self) -> Sequence[str]:
        """Those to whom calls were handed last, the latest first."""
        return tuple(reversed(self._handled))

    # -------------------------------------------------------------- writing

    @property
    def is_behind(self) -> bool:
        """True while so much waits to be written that `work` should be called soon."""
        return bool(self._to_sweep) or any(shelf.due > MOST_DUE for shelf in self._shelves)

    @property
    def is_overloaded(self) -> bool:
        """True when no more should be taken in before `work` has been called."""
        return any(shelf.due > 2 * MOST_DUE for shelf in self._shelves)

    def work(self) -> None:
        """Do a small piece of what is to be done."""
        for shelf in self._shelves:
            if shelf.due > MOST_DUE:
                self._write(shelf)
                return
        if self._to_sweep:
            shelf, after = self._to_sweep.pop(0)
            if (last := shelf.sweep(after, _SWEPT)) is not None:
                self._to_sweep.insert(0, (shelf, last))

    def save(self) -> bool:
        """Write a small piece of what is not on disk yet; False when it was the last one.

        What comes while it is being written is for the next time, or a storm would be written whole.
        """
        if self._handled_due:
            self._write_handled()
        if self._to_save <= 0:
            self._to_save = sum(shelf.due for shelf in self._shelves)
        for shelf in self._shelves:
            if shelf.due:
                self._to_save -= self._write(shelf)
                break
        return self._to_save > 0

    def _write(self, shelf: Shelf[PersonStatus] | Shelf[Timeline]) -> int:
        """Write a few rows of what is due, and see how long it takes; returns how many."""
        rows, began = min(shelf.due, self._rows), time.perf_counter()
        shelf.write(self._rows)
        if time.perf_counter() - began > SLICE_S:
            self._rows = max(FEWEST_ROWS, self._rows // 2)
        else:
            self._rows = min(ROWS, self._rows + 5)
        return rows

    def close(self) -> None:
        """Write everything and let go of the file; what is in memory can be read on."""
        while any(shelf.due for shelf in self._shelves) or self._handled_due:
            self.save()
        self._path = None
        self._use(None)

    # -------------------------------------------------------------- the file

    def _load(self) -> None:
        try:
            oldest, latest = self._db.execute("SELECT oldest, latest FROM life").fetchone()
            handled = self._db.execute("SELECT person, at FROM handled ORDER BY at").fetchall()
        except (sqlite3.Error, TypeError, ValueError) as error:
            self._on_broken(error)
            return
        self._handled = OrderedDict(handled[-MOST_HANDLED:])
        for shelf in self._shelves:
            shelf.oldest, shelf.life = oldest, latest

    def _keep_life(self) -> None:
        try:
            life = self.statuses.oldest, self.statuses.life
            self._db.execute("UPDATE life SET oldest=?, latest=?", life)
        except sqlite3.Error as error:
            self._on_broken(error)

    def _write_handled(self) -> None:
        due, self._handled_due = self._handled_due, {}
        try:
            self._db.execute("BEGIN")
            self._db.executemany("INSERT OR REPLACE INTO handled VALUES (?, ?)", due.items())
            self._db.execute(
                "DELETE FROM handled WHERE at NOT IN (SELECT at FROM handled ORDER BY at DESC LIMIT ?)",
                (MOST_HANDLED,),
            )
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._on_broken(error)

    def _on_broken(self, error: Exception) -> None:
        """Begin a new file, or go on in memory; what is in memory is kept."""
        _log.warning("the last known state on disk cannot be used, beginning anew: %s", error)
        self._at_end()
        path, self._path = self._path, None  # a second time, memory will do
        try:
            if path is not None and path.exists():
                put_aside(path)
        except OSError as fault:
            _log.warning("%s cannot be put aside: %s", path, fault)
            path = None
        self._use(path)
        self._handled_due = dict(self._handled)
        self._keep_life()

    def _use(self, path: Path | None) -> None:
        """Have another, empty file, which is closed at the latest when nobody has us any more."""
        self._at_end()
        self._db = open_file(path)
        self._at_end = weakref.finalize(self, self._db.close)
        for shelf in self._shelves:
            shelf.move(self._db)
