"""A web server in the loop of the hub, for whatever of ours browsers and other servers come to."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import ssl
from collections.abc import Iterator
from typing import Final

import uvicorn
from starlette.types import ASGIApp

_LET_FINISH_S: Final = 2
_BACKLOG: Final = 200


class _Server(uvicorn.Server):
    """uvicorn in somebody else's process: signals are the hub's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


class Listener:
    """Serves an application. `tls` is the context to listen with; without it only loopback may be given.

    More than `most` connections at once are refused; `name` is what its task is called.
    """

    def __init__(
        self, app: ASGIApp, *, host: str, port: int, tls: ssl.SSLContext | None, most: int, name: str
    ) -> None:
        self._address, self._name = (host, port), name
        config = uvicorn.Config(
            app,
            loop="none",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level=logging.ERROR,  # what strangers send is not our log's business
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=most,
            timeout_graceful_shutdown=_LET_FINISH_S,
            ssl_context_factory=None if tls is None else lambda *_: tls,
        )
        self._server = _Server(config)
        self._socket: socket.socket | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def port(self) -> int:
        """The port we listen on."""
        assert self._socket is not None
        return int(self._socket.getsockname()[1])

    async def start(self) -> None:
        """Begin to listen; raises OSError when the address is taken."""
        host, port = self._address
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, port), family=family, backlog=_BACKLOG)
        self._task = asyncio.create_task(self._server.serve([self._socket]), name=self._name)

    async def stop(self) -> None:
        """Close the door, when what is under way has finished. Harmless when stopped."""
        task, self._task = self._task, None
        if task is not None:
            self._server.should_exit = True
            await task
