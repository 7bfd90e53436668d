"""Ends the consoles of a user in order, and opens them again: for installers, which replace the program's
files.

The contract with an installer (it runs both as the user whose consoles they are):

1. ``reception quit --for-restart [--timeout S]`` before files are replaced. Each running console of the
   usual data folder and of the demonstration keeps text that was typed and not sent, says goodbye to its
   hub and ends; a hub of its own ends with it, as whenever the window is closed. Exit code 0: nothing of
   them runs any more; 1: the standard error names what does. Calls go on in the telephone system; those
   of the demonstration, whose telephones end with it, stand still and go on afterwards.
2. ``reception restart`` afterwards: opens the consoles that were ended. The note of them (``restart.json``
   in the data folder) is used once; where there is none, nothing happens. A note that is older than a day
   is of an installation that failed, and opens nothing.
"""

from __future__ import annotations

import asyncio
import logging
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import msgspec

from reception.console.asking import ask, wait_gone
from reception.console.command import own_command
from reception.console.instance import Instance, Word, instances
from reception.runtime import RuntimeInfo, read_runtime, restart_file, runtime_file, write_private

_log = logging.getLogger(__name__)

_FAREWELL_S: Final = 3.0
"""Seconds a hub takes to end after its last console has."""
_A_DAY_S: Final = 86_400
_LOOK_S: Final = 0.05

if sys.platform == "win32":
    _DETACHED: Final = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.DETACHED_PROCESS
else:
    _DETACHED: Final = 0


class _Note(msgspec.Struct, frozen=True, kw_only=True):
    """The arguments of each console that was ended."""

    consoles: tuple[tuple[str, ...], ...] = ()


def quit_all(folders: Sequence[Path], *, timeout_s: float, is_for_restart: bool = False) -> list[str]:
    """End all consoles of these data folders; returns what is still there after the time, in words.

    With `is_for_restart` a note is left of them. Raises OSError when it cannot be written.
    """
    deadline = time.monotonic() + timeout_s
    going: list[tuple[str, int]] = []
    left = []
    for folder in folders:
        noted: list[tuple[str, ...]] = []
        found = instances(folder)
        if is_for_restart and found:
            _note(folder, noted)  # before any of them ends: its hub looks for it
        for one in found:
            word = _asked(one, deadline)
            if word is not None:
                noted.append(word.arguments)
                going.append((f"the console with process {word.pid}", word.pid))
            elif one.is_taken:
                left.append(f"the console of {one.folder}")
        if noted and is_for_restart:
            _note(folder, noted)
        elif found and is_for_restart:
            restart_file(folder).unlink(missing_ok=True)
    left += [name for name, pid in going if not wait_gone(pid, deadline - time.monotonic())]
    hubs = [_end_hub(folder, deadline) for folder in folders]
    return left + [hub for hub in hubs if hub]


def _note(folder: Path, consoles: Sequence[tuple[str, ...]]) -> None:
    write_private(restart_file(folder), msgspec.json.encode(_Note(consoles=tuple(consoles))))


def _end_hub(folder: Path, deadline: float) -> str:
    """Wait for the hub that consoles of a folder had for themselves; one whose console crashed is ended by
    us.

    A hub of a team is left alone: it belongs to whoever started it. Returns what is still there, in words.
    """
    hub = read_runtime(runtime_file(folder))
    if hub is None or not hub.tokens or wait_gone(hub.pid, min(_FAREWELL_S, deadline - time.monotonic())):
        return ""
    asyncio.run(_say_goodbye(hub, deadline - time.monotonic()))
    is_gone = wait_gone(hub.pid, deadline - time.monotonic())
    return "" if is_gone else f"the hub with process {hub.pid}"


async def _say_goodbye(hub: RuntimeInfo, timeout_s: float) -> None:
    """Be its last console for a moment: the goodbye of that one ends it."""
    from reception.console.api import Delta, LinkState
    from reception.console.link import Endpoint
    from reception.console.replica import Replica
    from reception.console.session import ConsoleSession

    async def locate() -> Endpoint:
        return Endpoint(url=hub.url, token=next(iter(hub.tokens.values())))

    def on_delta(_delta: Delta) -> None:
        if session.replica.link is LinkState.UP:
            is_up.set()

    is_up = asyncio.Event()
    session = ConsoleSession(locate, replica=Replica(), name="reception quit")
    session.subscribe(on_delta)
    await session.start()
    try:
        async with asyncio.timeout(max(timeout_s, 0.0)):
            await is_up.wait()
    except TimeoutError:
        _log.info("the hub with process %d does not answer", hub.pid)
    finally:
        await session.close(stop_hub=True)


def _asked(one: Instance, deadline: float) -> Word | None:
    """Ask a console to end, as soon as it has come so far that it listens; None when it did not hear."""
    while one.is_taken:
        word = one.word()
        if word is not None and ask(word, "quit"):
            return word
        if time.monotonic() > deadline:
            return None
        time.sleep(_LOOK_S)
    return None


def restart_noted(folder: Path) -> int:
    """Open the consoles again that were ended in a data folder; returns how many."""
    file = restart_file(folder)
    try:
        is_old = time.time() - file.stat().st_mtime > _A_DAY_S
        note = msgspec.json.decode(file.read_bytes(), type=_Note)
        file.unlink()
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return 0
    if is_old:
        return 0
    for arguments in note.consoles:
        _open(own_command(*arguments))
    return len(note.consoles)


def _open(command: Sequence[str]) -> None:
    """Start a console that outlives us."""
    subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=sys.platform != "win32",
        creationflags=_DETACHED,
    )
