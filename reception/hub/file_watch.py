"""Hears from the system when a file was written: Linux's inotify. Nothing is asked again and again.

The folder is watched, not the file: editors put a new file in the place of the old one. Where the system
tells nothing (other systems, folders on a network) nobody is told.
"""

from __future__ import annotations

import asyncio
import ctypes
import logging
import os
import struct
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

_log = logging.getLogger(__name__)

_CLOSE_WRITE: Final = 0x0000_0008
_MOVED_TO: Final = 0x0000_0080
_HEAD: Final = struct.Struct("iIII")
"""An event as inotify(7) has it: watch, mask, cookie, length of the name that follows."""
_MOST_BYTES: Final = 64 * 1024


class FileWatch:
    """Calls `on_file` when the file was written, or another one put in its place."""

    def __init__(self, file: Path, on_file: Callable[[], None]) -> None:
        self._name = os.fsencode(file.name)
        self._folder = file.parent
        self._on_file = on_file
        self._watch = -1

    def start(self) -> bool:
        """Begin; returns whether the system tells of files."""
        if sys.platform != "linux":
            return False
        library = ctypes.CDLL(None, use_errno=True)
        watch = library.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if watch < 0:
            return self._cannot()
        if library.inotify_add_watch(watch, os.fsencode(self._folder), _CLOSE_WRITE | _MOVED_TO) < 0:
            os.close(watch)
            return self._cannot()
        self._watch = watch
        asyncio.get_running_loop().add_reader(watch, self._on_events)
        return True

    def stop(self) -> None:
        """End. Harmless when it has not begun."""
        if self._watch >= 0:
            asyncio.get_running_loop().remove_reader(self._watch)
            os.close(self._watch)
            self._watch = -1

    def _cannot(self) -> bool:
        _log.info("%s is not watched: %s", self._folder, os.strerror(ctypes.get_errno()))
        return False

    def _on_events(self) -> None:
        try:
            told = os.read(self._watch, _MOST_BYTES)
        except BlockingIOError:
            return
        place = 0
        while place < len(told):
            *_, length = _HEAD.unpack_from(told, place)
            place += _HEAD.size
            if told[place : place + length].rstrip(b"\0") == self._name:
                self._on_file()
            place += length
