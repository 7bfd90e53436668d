"""Where Microsoft's notifications come in: one address, answered at once, looked at afterwards.

A delivery that is not answered within three seconds counts as slow, and who is slow is told later or not at
all (contract 1.11). So the answer is given before anything is done with it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import ssl
from collections.abc import Callable, Iterator
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from services.graph.notices import LARGEST

_MOST_CONNECTIONS: Final = 200
_LET_FINISH_S: Final = 2


def door_app(path: str, on_delivery: Callable[[bytes], None]) -> Starlette:
    """Return the application: the handshake, and deliveries for `on_delivery`."""

    async def come_in(request: Request) -> Response:
        token = request.query_params.get("validationToken")
        if token is not None:
            return PlainTextResponse(token)
        content = bytearray()
        try:
            async for part in request.stream():
                content += part
                if len(content) > LARGEST:
                    return Response(status_code=413)
        except ClientDisconnect:
            return Response(status_code=400)
        on_delivery(bytes(content))
        return Response(status_code=202)

    return Starlette(routes=[Route(path, come_in, methods=["POST"])])


class _Server(uvicorn.Server):
    """uvicorn in somebody else's process: signals are the hub's."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


class DoorServer:
    """Listens. `tls` is the context to listen with; None behind a proxy of the house that has it."""

    def __init__(self, app: Starlette, host: str, port: int, tls: ssl.SSLContext | None) -> None:
        self._address = host, port
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
        self._socket = socket.create_server((host, port), family=family, backlog=50)
        self._task = asyncio.create_task(self._server.serve([self._socket]), name="door for Microsoft")

    async def stop(self) -> None:
        """Close the door. Harmless when closed."""
        task, self._task = self._task, None
        if task is not None:
            self._server.should_exit = True
            await task
