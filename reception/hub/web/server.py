"""The page's own listener, with the streams and sessions that end with it."""

from __future__ import annotations

import ssl
from typing import Final

from starlette.types import ASGIApp

from reception.hub.web.live import Changes
from reception.hub.web.sessions import Sessions
from reception.listener import Listener

_MOST_CONNECTIONS: Final = 2_000


class WebServer(Listener):
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
        super().__init__(app, host=host, port=port, tls=tls, most=_MOST_CONNECTIONS, name="web page")
        self._changes = changes
        self._sessions = sessions

    async def stop(self) -> None:
        """End all streams and requests, and close the door. Harmless when stopped."""
        if self._task is not None:
            self._changes.close()
            await super().stop()
            self._sessions.save()
