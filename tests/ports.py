"""Ports for servers that tests start."""

from __future__ import annotations

import random
import socket
from typing import Final

_FIRST, _LAST = 21_000, 31_999
"""Below those that systems give to connections by themselves: none takes one before our server does."""
_TRIES: Final = 50


def unused_port() -> int:
    """Return a port of this computer at which nothing listens. Raises OSError when there seems to be none."""
    for _ in range(_TRIES):
        port = random.randint(_FIRST, _LAST)
        try:
            with socket.create_server(("127.0.0.1", port)):
                return port
        except OSError:
            continue
    raise OSError(f"no port from {_FIRST} to {_LAST} is free")
