"""A new catalogue in the place of the old one, while the old one is used and changes go on.

Everybody goes into a spool: from the hub, or out of the old catalogue page by page (`is_copying`; nobody may
change it then). A process writes the new catalogue. What changed meanwhile stands in a second spool and is
taken in at the end; if that became much, the process writes once more.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import Final

from reception.console.building import Build, BuildFailed, ProcessBuild, Purpose, SliceBuild, apply_some
from reception.console.catalogue import Catalogue
from reception.console.people_files import PeopleFiles, remove
from reception.console.spool import Entry, Spool

_log = logging.getLogger(__name__)

MANY: Final = 1_000
"""Changes; for more than these it is quicker to write a whole catalogue."""
_COPIED: Final = 25
"""People copied in one go: about a millisecond."""


class Renewal:
    """One new catalogue. `everybody` is the hub's directory; None: those of the old catalogue."""

    def __init__(
        self, files: PeopleFiles, purpose: Purpose, old: Catalogue, everybody: Spool | None = None
    ) -> None:
        """Begin. Raises OSError when there is no place."""
        self._files = files
        self.purpose = purpose
        self.target = files.new()
        self._old = old
        self._copied = 0
        self.is_copying = everybody is None
        self._everybody = everybody or Spool(files.new(".spool"))
        self._later = Spool(files.new(".spool"))
        self._included = 0
        self._build: Build | None = None
        self._fresh: Catalogue | None = None
        self._rest: Iterator[Entry] = iter(())

    @property
    def pause_s(self) -> float:
        """Seconds until `work` has something to do."""
        return self._build.pause_s if self._build is not None else 0.0

    def note(self, entries: Iterable[Entry]) -> None:
        """Take note of what changed. Raises OSError."""
        self._later.add(entries)
        self._later.flush()

    def work(self) -> Catalogue | None:
        """Go on a little; returns the new catalogue when it is there.

        Raises OSError or CatalogueBroken when it cannot be written.
        """
        if self.is_copying:
            self._copy()
        elif self._fresh is not None:
            if not apply_some(self._fresh, self._rest):
                fresh, self._fresh = self._fresh, None
                return fresh
        elif self._build is None:
            self._start()
        else:
            self._look(self._build)
        return None

    def stop(self) -> None:
        """End, and leave nothing behind but the catalogue if it was handed out."""
        if self._build is not None:
            self._build.stop()
        if self._fresh is not None:
            self._fresh.close()
            remove(self.target)
        for spool in (self._everybody, self._later):
            try:
                spool.remove()
            except OSError as error:
                _log.info("%s is removed at another start: %s", spool.path.name, error)

    # -------------------------------------------------------------- how

    def _copy(self) -> None:
        ids = self._old.page(self._copied, _COPIED)
        people = (self._old.person(id_) for id_ in ids)
        self._everybody.add(person for person in people if person is not None)
        self._copied += len(ids)
        self.is_copying = len(ids) == _COPIED

    def _start(self) -> None:
        self._included = self._later.count
        spools = (self._everybody, self._later)
        try:
            self._build = ProcessBuild(spools, self.target, self.purpose)
        except OSError as error:
            self._write_here(error)

    def _look(self, build: Build) -> None:
        try:
            fresh = build.work()
        except BuildFailed as failure:
            self._write_here(failure)
            return
        if fresh is None:
            return
        self._build = None
        if self._later.count - self._included > MANY:
            fresh.close()
            remove(self.target)
            self.target = self._files.new()
        else:
            self._fresh, self._rest = fresh, self._later.entries(self._included)

    def _write_here(self, why: Exception) -> None:
        _log.warning("people are taken into the search here, which takes longer: %s", why)
        remove(self.target)
        self.target = self._files.new()
        self._build = SliceBuild((self._everybody, self._later), self.target, self.purpose)
