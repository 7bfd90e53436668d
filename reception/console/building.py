"""Writing a new catalogue beside the one in use: by a process of its own, or here, a little at a time.

A process because filling an index of 100,000 people takes seconds, and in this process, in a thread too, the
window would stand still meanwhile. It is our own program with a hidden command, so it exists wherever we do.
When it fails, the same is done here in small pieces: slower, and keys are still heard.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

import msgspec

from reception.console.catalogue import Catalogue, build
from reception.console.command import own_command
from reception.console.spool import Entry, Spool, people_in
from reception.directory.numbers import NumberPlan

_log = logging.getLogger(__name__)

COMMAND: Final = "write-catalogue"
_POLL_S: Final = 0.02
SLICE_S: Final = 0.002
"""Seconds that one go at a catalogue takes in the window's process, and one person more."""
_NICE: Final = 10

if TYPE_CHECKING:
    import subprocess


class BuildFailed(Exception):
    """No catalogue came of it."""


class Purpose(msgspec.Struct, frozen=True, kw_only=True):
    """For whom a catalogue is written: how the house dials, and by which alphabet it sorts."""

    plan: NumberPlan = NumberPlan()
    language: str = ""


class Build(Protocol):
    """A catalogue that is being written."""

    pause_s: float

    def work(self) -> Catalogue | None:
        """Go on a little; returns the catalogue when it is there. Raises BuildFailed."""

    def stop(self) -> None:
        """Give up, and leave nothing behind but the file."""


class ProcessBuild:
    """A catalogue written by a process."""

    pause_s = _POLL_S

    def __init__(self, spools: Sequence[Spool], target: Path, purpose: Purpose) -> None:
        """Start the process. Raises OSError."""
        self._target = target
        self._purpose = purpose
        for spool in spools:
            spool.flush()
        made_for = msgspec.json.encode(purpose).decode()
        files = [str(spool.path) for spool in spools]
        self._process = _started(own_command(COMMAND, made_for, str(target), *files))

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def work(self) -> Catalogue | None:
        """Look whether it has ended."""
        code = self._process.poll()
        if code is None:
            return None
        if code != 0:
            raise BuildFailed(f"the process ended with {code}")
        return Catalogue.open(self._target, plan=self._purpose.plan, language=self._purpose.language)

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.wait()


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start a process that says nothing and lets others go first."""
    import subprocess  # only now: the start of the window needs none

    flags = 0
    if sys.platform == "win32":
        flags = subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS
    return subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        creationflags=flags,
    )


class SliceBuild:
    """A catalogue written here, a few people at a time."""

    pause_s = 0.0

    def __init__(self, spools: Sequence[Spool], target: Path, purpose: Purpose) -> None:
        for spool in spools:
            spool.flush()
        self._entries = chain.from_iterable(spool.entries() for spool in spools)
        self._catalogue = Catalogue.open(target, plan=purpose.plan, language=purpose.language)

    def work(self) -> Catalogue | None:
        """Put in the next few."""
        return None if apply_some(self._catalogue, self._entries) else self._catalogue

    def stop(self) -> None:
        """Give up."""
        self._catalogue.close()


def apply_some(catalogue: Catalogue, entries: Iterator[Entry], seconds: float = SLICE_S) -> bool:
    """Take entries into a catalogue for so long; False when there are none left."""
    end = time.perf_counter() + seconds
    for entry in entries:
        if isinstance(entry, str):
            catalogue.remove((entry,))
        else:
            catalogue.put((entry,))
        if time.perf_counter() >= end:
            return True
    return False


def write_catalogue(made_for: str, target: str, files: Sequence[str]) -> None:
    """Be the process: write a catalogue of everybody in the spools. Whoever calls us has checked them."""
    with suppress(AttributeError):  # Windows has another way, see above
        os.nice(_NICE)
    purpose = msgspec.json.decode(made_for, type=Purpose)
    people = people_in(Path(file) for file in files)
    build(Path(target), people, plan=purpose.plan, language=purpose.language)
