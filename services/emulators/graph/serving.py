"""Puts Graph and the sign-in on a port, in the loop of whoever runs it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import ssl
from collections.abc import Iterator
from types import TracebackType
from typing import Final

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from services.emulators.graph.asked import Reply, asked_of
from services.emulators.graph.keys import Keys
from services.emulators.graph.service import GraphService
from services.emulators.graph.sign_in import SignIn
from services.emulators.graph.tenant import Tenant

VERSION: Final = "/v1.0"
_METHODS: Final = ["GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS"]


class _Server(uvicorn.Server):
    """uvicorn in somebody else's process: signals are not its own."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


class GraphEmulator:
    """A server for one tenant; `async with` it.

    `tls` is what it listens with, for `localhost`: Microsoft's library wants https. `trust` is whom it
    trusts when it posts notifications.
    """

    def __init__(
        self,
        tenant: Tenant,
        *,
        tls: ssl.SSLContext,
        trust: ssl.SSLContext | None = None,
        port: int = 0,
    ) -> None:
        self.tenant = tenant
        self._socket = socket.create_server(("127.0.0.1", port), backlog=200)
        self.port = int(self._socket.getsockname()[1])
        self.base = f"https://localhost:{self.port}"
        keys = Keys(f"{self.base}/{tenant.id}/v2.0", f"{self.base}/", tenant.id)
        self.sign_in = SignIn(tenant, keys, self.base)
        where = f"{self.base}/{tenant.id}/oauth2/v2.0/authorize"
        self.graph = GraphService(tenant, keys, self._post, claims_url=where)
        self.keys = keys
        self._http = httpx.AsyncClient(verify=trust or True, timeout=10.0, trust_env=False)
        app = Starlette(routes=[Route("/{path:path}", self._answer, methods=_METHODS)])
        config = uvicorn.Config(
            app,
            loop="none",
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            log_level=logging.CRITICAL,  # connections that are kept open are cut at the end
            access_log=False,
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=1,
            ssl_context_factory=lambda *_: tls,
        )
        self._server = _Server(config)
        self._task: asyncio.Task[None] | None = None

    @property
    def root(self) -> str:
        """The address of Graph."""
        return self.base + VERSION

    async def __aenter__(self) -> GraphEmulator:
        self._task = asyncio.create_task(self._server.serve([self._socket]), name="Graph")
        while not self._server.started:
            if self._task.done():
                await self._task
            await asyncio.sleep(0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.graph.quiet()
        self._server.should_exit = True
        if self._task is not None:
            await self._task
        await self._http.aclose()

    def cut(self) -> None:
        """Cut all connections, as a network does; whoever is there has to connect again."""
        for connection in tuple(self._server.server_state.connections):
            if (transport := getattr(connection, "transport", None)) is not None:
                transport.abort()

    async def _answer(self, request: Request) -> Response:
        path, query = request.url.path, request.url.query
        try:
            content = await request.body()
        except ClientDisconnect:
            return Response(status_code=400)  # nobody is there to read it
        if path.startswith(f"{VERSION}/"):
            target = path[len(VERSION) :] + (f"?{query}" if query else "")
            headers = {name.lower(): value for name, value in request.headers.items()}
            reply = await self.graph.answer(asked_of(request.method, target, headers, content, self.root))
        else:
            reply = self.sign_in.answer(request.method, path, query, content)
        return _response(reply, request.method)

    async def _post(self, address: str, kind: str, body: bytes) -> tuple[int, str]:
        try:
            reply = await self._http.post(address, content=body, headers={"Content-Type": kind})
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise OSError(str(error)) from error
        return reply.status_code, reply.text


def _response(reply: Reply, method: str) -> Response:
    content = b"" if method == "HEAD" else reply.content
    return Response(content, status_code=reply.status, headers=dict(reply.headers))
