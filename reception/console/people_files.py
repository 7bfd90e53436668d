"""Which file of a console's folder holds its people.

A new catalogue gets a new name, because a file that is open cannot be replaced everywhere (Windows); a small
file beside them names the one that counts, and it is written last. So a console that is killed at any moment
begins with the old people or the new ones.
"""

from __future__ import annotations

import logging
import os
import threading
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Final

import msgspec

from reception.console.building import Purpose

_log = logging.getLogger(__name__)

_NAME: Final = "people.json"


class Current(msgspec.Struct, frozen=True, kw_only=True):
    """The file that counts, and for whom it was written."""

    file: str
    purpose: Purpose


class PeopleFiles:
    """The files of one console. Without a folder there is one for as long as the console lives."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._is_kept = folder is not None
        self._remove_folder: Callable[[], object] | None = None
        self._removals: list[threading.Thread] = []

    @property
    def is_kept(self) -> bool:
        """True when the files are there for the next start."""
        return self._is_kept

    def current(self) -> Current | None:
        """Return which file counts, or None when there is none (readable)."""
        if self._folder is None:
            return None
        try:
            current = msgspec.json.decode((self._folder / _NAME).read_bytes(), type=Current)
        except FileNotFoundError:
            return None
        except (OSError, msgspec.MsgspecError) as error:
            _log.warning("%s cannot be read, beginning without people: %s", self._folder / _NAME, error)
            return None
        return current if Path(current.file).name == current.file else None

    def path_of(self, current: Current) -> Path:
        """Return where a file lies."""
        return self._place() / current.file

    def new(self, end: str = ".db") -> Path:
        """Return a path that nobody has used; raises OSError when there is no place."""
        return self._place() / f"people-{os.urandom(6).hex()}{end}"

    def count_from_now_on(self, path: Path, purpose: Purpose) -> None:
        """Make this the file that counts. Raises OSError."""
        if not self._is_kept:
            return
        aside = path.with_name(f".{_NAME}.{os.urandom(4).hex()}")
        aside.write_bytes(msgspec.json.encode(Current(file=path.name, purpose=purpose)))
        os.replace(aside, path.with_name(_NAME))

    def tidy(self, keep: Path | None) -> None:
        """Remove what earlier lives have left, as far as nobody has it open."""
        if self._folder is None:
            return
        for file in (*self._folder.glob("people-*"), *self._folder.glob(f".{_NAME}.*")):
            if keep is None or not file.name.startswith(keep.name):
                remove(file)

    def remove_aside(self, file: Path) -> None:
        """Remove a large file without waiting for it: that can take longer than a frame."""
        self._removals = [thread for thread in self._removals if thread.is_alive()]
        self._removals.append(threading.Thread(target=remove, args=(file,), name="removal"))
        self._removals[-1].start()

    def close(self) -> None:
        """Wait until all is removed; remove the folder too, if it was for this life only."""
        for thread in self._removals:
            thread.join()
        if self._remove_folder is not None:
            self._remove_folder()

    def _place(self) -> Path:
        if self._folder is None:
            import shutil  # both only for a console that keeps nothing
            import tempfile

            self._folder = Path(tempfile.mkdtemp(prefix="reception-"))
            self._remove_folder = weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self._folder


def remove(file: Path) -> None:
    """Remove a file with all that SQLite laid beside it, later if somebody has it open now."""
    try:
        for each in (file, *(file.with_name(file.name + end) for end in ("-journal", "-wal", "-shm"))):
            each.unlink(missing_ok=True)
    except OSError as error:
        _log.info("%s is removed at another start: %s", file.name, error)
