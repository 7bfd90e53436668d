"""Where Microsoft's notifications come in: one address, answered at once, looked at afterwards.

A delivery that is not answered within three seconds counts as slow, and who is slow is told later or not at
all (contract 1.11). So the answer is given before anything is done with it.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from typing import Final

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from reception.listener import Listener
from services.graph.notices import LARGEST

_MOST_CONNECTIONS: Final = 200


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


class DoorServer(Listener):
    """Listens. `tls` is the context to listen with; None behind a proxy of the house that has it."""

    def __init__(self, app: Starlette, host: str, port: int, tls: ssl.SSLContext | None) -> None:
        super().__init__(
            app, host=host, port=port, tls=tls, most=_MOST_CONNECTIONS, name="door for Microsoft"
        )
