"""Hears what other starts of the program ask of this console (`reception.console.instance`).

A thread instead of the window's loop: it is the same on every system, and a start that comes while the
window is busy is heard nevertheless. Who does not have the token learns nothing and does nothing.
"""

from __future__ import annotations

import hmac
import logging
import os
import secrets
import socket
import threading
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from reception.console.asking import LOOPBACK, read_line
from reception.console.instance import Answer, Ask, Instance, Word

_log = logging.getLogger(__name__)

_PATIENCE_S: Final = 2.0
_WAITING: Final = 8


class Doorbell:
    """Listens for an instance. `on_ask` is called in the thread that listens."""

    def __init__(self, instance: Instance, arguments: Sequence[str], on_ask: Callable[[Ask], None]) -> None:
        self._token = secrets.token_urlsafe(32)
        self._on_ask = on_ask
        self._socket = socket.create_server((LOOPBACK, 0), backlog=_WAITING)
        self._is_open = True
        port = self._socket.getsockname()[1]
        instance.leave_word(Word(pid=os.getpid(), port=port, token=self._token, arguments=tuple(arguments)))
        threading.Thread(target=self._listen, name="doorbell", daemon=True).start()

    def close(self) -> None:
        """Hear nobody any more."""
        self._is_open = False
        self._socket.close()

    def _listen(self) -> None:
        while self._is_open:
            try:
                line, _ = self._socket.accept()
            except OSError:  # closed
                return
            with line:
                self._serve(line)

    def _serve(self, line: socket.socket) -> None:
        line.settimeout(_PATIENCE_S)
        try:
            asked = msgspec.json.decode(read_line(line), type=Ask)
            is_known = hmac.compare_digest(asked.token.encode(), self._token.encode())
            line.sendall(msgspec.json.encode(Answer(is_heard=is_known)) + b"\n")
        except (OSError, msgspec.DecodeError, UnicodeError):
            return
        if is_known:
            self._on_ask(asked)


def open_doorbell(
    instance: Instance | None, arguments: Sequence[str], on_ask: Callable[[Ask], None]
) -> Doorbell | None:
    """Return it; None where there is no place or no port for it (the log says why): the console works
    without.
    """
    if instance is None:
        return None
    try:
        return Doorbell(instance, arguments, on_ask)
    except OSError as error:
        _log.warning("further starts of the program cannot reach this one: %s", error)
        return None
