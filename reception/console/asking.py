"""Speaks with a console that runs (`reception.console.instance`), from a process without a window."""

from __future__ import annotations

import socket
import sys
import time
from typing import Final

import msgspec

from reception.console.instance import Answer, Ask, Deed, Word

LOOPBACK: Final = "127.0.0.1"
LONGEST: Final = 4096
"""Bytes of a question or an answer, which are a line of JSON each."""
_TIMEOUT_S: Final = 3.0
_LOOK_S: Final = 0.05


def ask(word: Word, deed: Deed = "show", *, number: str = "") -> bool:
    """Ask it; returns whether it has heard."""
    question = msgspec.json.encode(Ask(token=word.token, deed=deed, number=number)) + b"\n"
    try:
        with socket.create_connection((LOOPBACK, word.port), timeout=_TIMEOUT_S) as line:
            line.sendall(question)
            return msgspec.json.decode(read_line(line), type=Answer).is_heard
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return False


def read_line(line: socket.socket) -> bytes:
    """Return what comes until the end of the line, at most `LONGEST`. Raises OSError."""
    received = b""
    while not received.endswith(b"\n") and len(received) < LONGEST:
        part = line.recv(LONGEST - len(received))
        if not part:
            break
        received += part
    return received


def wait_gone(pid: int, timeout_s: float) -> bool:
    """Wait until a process has ended; returns whether it has."""
    deadline = time.monotonic() + timeout_s
    while is_alive(pid):
        if time.monotonic() > deadline:
            return False
        time.sleep(_LOOK_S)
    return True


if sys.platform == "win32":
    from reception.console.process_windows import is_alive, let_come_to_front

else:
    import os

    def is_alive(pid: int) -> bool:
        """Return whether a process of this user runs."""
        try:
            os.kill(pid, 0)
        except (ProcessLookupError, PermissionError):  # none, or by now somebody else's
            return False
        return True

    def let_come_to_front(pid: int) -> None:
        """Nothing is needed here: a window may come to the front by itself."""
