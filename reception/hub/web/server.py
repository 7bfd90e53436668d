"""The page's own listener, in the loop of the hub."""

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

from reception.hub.web.live import Changes
from reception.hub.web.sessions import Sessions

_log = logging.getLogger(__name__)

_MOST_CONNECTIONS: Final = 2_000
_LET_FINISH_S: Final = 2


class _Server(uvicorn.Server):
    """uvicorn in somebody else's process: signals are the hub's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


class WebServer:
    """Serves an application. `tls` is the context to listen with; without it only loopback may be given."""

    def __init__(
        self,
        app: ASGIApp,
        changes: Changes,
        sessions: Sessions,
        *,
        host: str,
        port: int,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._address = host, port
        self._changes = changes
        self._sessions = sessions
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
            limit_concurrency=_MOST_CONNECTIONS,
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
        self._socket = socket.create_server((host, port), family=family, backlog=200)
        self._task = asyncio.create_task(self._server.serve([self._socket]), name="web page")

    async def stop(self) -> None:
        """End all streams and requests, and close the door. Harmless when stopped."""
        task, self._task = self._task, None
        if task is not None:
            self._changes.close()
            self._server.should_exit = True
            await task
            self._sessions.save()
