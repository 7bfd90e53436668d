"""One console for each user and folder: a second start speaks with the one that runs.

A console holds a lock on its folder for its life, so whoever gets the lock is alone, however the one before
ended. It leaves word (`Word`) of where it listens and what opens the door, in a file of its user's own. The
door is a port of the loopback address with a token: one way for all systems, and the same as to a hub of
this computer (`reception.runtime`). A folder is the console's own cache: consoles of other receptionists or
hubs, of the demonstration and of other data folders are others.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final, Literal, TypeAlias

import msgspec

from reception.errors import BadInput
from reception.locking import FileLock
from reception.runtime import write_private

MEET_S: Final = 15.0
"""Seconds for the other console to hear us: it may be starting or ending just now."""
_LOOK_S: Final = 0.05

Deed: TypeAlias = Literal["show", "quit"]


class Word(msgspec.Struct, frozen=True, kw_only=True):
    """A running console: its process, its port on the loopback address, and what opens it.

    `arguments` are those it was started with, so that it can be started again.
    """

    pid: int
    port: int
    token: str
    arguments: tuple[str, ...] = ()


class Ask(msgspec.Struct, frozen=True, kw_only=True):
    """What a running console is asked: to come to the front, with a number to dial if there is one; or to
    end.

    A number is put where it can be dialled; nothing here dials.
    """

    token: str
    deed: Deed = "show"
    number: str = ""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """Whether it was heard; what follows is not waited for."""

    is_heard: bool


class Instance:
    """The place of one console."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = FileLock(folder / "instance.lock")
        self._file = folder / "instance.json"

    def take(self) -> bool:
        """Become the console of this folder; False when there is one. Raises OSError when there is no
        place.
        """
        if not self._lock.acquire():
            return False
        self._file.unlink(missing_ok=True)  # of one that crashed: its port may be a stranger's by now
        return True

    def release(self) -> None:
        """Leave the place to others."""
        try:
            self._file.unlink(missing_ok=True)
        except OSError:  # somebody reads it just now, on Windows: the next one takes it away
            pass
        finally:
            self._lock.release()

    @property
    def is_taken(self) -> bool:
        """Whether a console of another process is there."""
        if not self._lock.acquire():
            return True
        self._lock.release()
        return False

    def leave_word(self, word: Word) -> None:
        """Tell others where we listen. Raises OSError."""
        write_private(self._file, msgspec.json.encode(word))

    def word(self) -> Word | None:
        """Return what the running console left, if it has come that far."""
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=Word)
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None


def instances(data_dir: Path) -> list[Instance]:
    """Return the running consoles of a data folder."""
    files = sorted((data_dir / "console").glob("*/instance.lock"))
    return [one for one in (Instance(file.parent) for file in files) if one.is_taken]


def meet(
    own: Instance,
    data_dir: Path,
    *,
    link: str = "",
    within_s: float = MEET_S,
    pause: Callable[[float], None] = time.sleep,
) -> bool:
    """Become this console, or have the one that runs come to the front with the number of a link.

    A link goes to any console of the data folder: whoever clicked it does not know of folders. Returns
    whether we are the console. Raises BadInput when the other does not hear us in time.
    """
    deadline = time.monotonic() + within_s
    while not _takes(own):
        if _asks([own], link):
            return False
        if time.monotonic() > deadline:
            raise BadInput("misconfigured", "Reception is running already, but does not answer.")
        pause(_LOOK_S)
    others = [one for one in instances(data_dir) if one.folder != own.folder] if link else []
    if others and _asks(others, link):
        own.release()
        return False
    return True


def _asks(running: Iterable[Instance], link: str) -> bool:
    """Ask them one after the other, until one has heard."""
    from reception.console.asking import ask, let_come_to_front
    from reception.console.dial_link import number_of

    for one in running:
        if (word := one.word()) is not None:
            let_come_to_front(word.pid)
            if ask(word, number=number_of(link)):
                return True
    return False


def _takes(instance: Instance) -> bool:
    try:
        return instance.take()
    except OSError:  # without a place for the lock there is no word of another one either
        return True
