"""Puts the server on a port, with a thread for each connection."""

from __future__ import annotations

import ssl
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Final

from services.emulators.exchange import oauth
from services.emulators.exchange.mailboxes import Organisation
from services.emulators.exchange.service import ExchangeService, Reply
from services.emulators.exchange.sign_in import BY_DEFAULT, MakeSignIn

PATH: Final = "/EWS/Exchange.asmx"
_MOST_BYTES: Final = 4_000_000
_XML: Final = "text/xml; charset=utf-8"
_JSON: Final = "application/json"


class ExchangeEmulator:
    """A server for one organisation on the loopback address; ``with`` it.

    With `tls` it speaks https (for `localhost`), otherwise plain HTTP. `make_sign_in` is what it demands:
    `Basic`, `Ntlm`, or `OAuth` with tokens from `token_url`. `service` is what answers: it counts what was
    asked (`service.count`), and has the troubles and the subscriptions.
    """

    def __init__(
        self,
        organisation: Organisation,
        *,
        tls: ssl.SSLContext | None = None,
        port: int = 0,
        make_sign_in: MakeSignIn = BY_DEFAULT,
    ) -> None:
        self.organisation = organisation
        self.service = ExchangeService(organisation, make_sign_in)
        self._server = _Server(("127.0.0.1", port), self.service, tls)
        self.port = int(self._server.server_address[1])
        host = "127.0.0.1" if tls is None else "localhost"
        address = f"http{'' if tls is None else 's'}://{host}:{self.port}"
        self.url = address + PATH
        self.token_url = address + oauth.PATH
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.05,), name="Exchange", daemon=True
        )

    @property
    def failures(self) -> list[BaseException]:
        """What went wrong in the emulator itself: nothing should."""
        return self._server.failures

    def __enter__(self) -> ExchangeEmulator:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.service.troubles.clear()
        self.service.subscriptions.close()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 200

    def __init__(
        self, address: tuple[str, int], service: ExchangeService, tls: ssl.SSLContext | None
    ) -> None:
        super().__init__(address, _Handler)
        self.service = service
        self.tls = tls
        self.failures: list[BaseException] = []

    def finish_request(self, request: Any, client_address: Any) -> None:
        """Speak TLS in the thread of the connection: who does not get through it holds up nobody."""
        if self.tls is None:
            super().finish_request(request, client_address)
            return
        try:
            with self.tls.wrap_socket(request, server_side=True) as wrapped:
                super().finish_request(wrapped, client_address)
        except OSError:
            return

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who goes away in the middle is nobody's error; anything else is one of the emulator's."""
        error = sys.exc_info()[1]
        if error is not None and not isinstance(error, OSError):
            self.failures.append(error)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def setup(self) -> None:
        """Begin a connection: nobody has signed in over it."""
        super().setup()
        self._visit = self.server.service.sign_in.visit()

    def do_POST(self) -> None:
        """Answer a request."""
        service, length = self.server.service, self.headers.get("Content-Length", "")
        is_for_token = self.path == oauth.PATH and isinstance(service.sign_in, oauth.OAuth)
        is_known = self.path == PATH or is_for_token
        if not is_known or not length.isdecimal() or int(length) > _MOST_BYTES:
            self.close_connection = True
            self._send(Reply(status=400 if is_known else 404))
            return
        content = self.rfile.read(int(length))
        authorization = self.headers.get("Authorization", "")
        if is_for_token:
            self._send(service.token(authorization, content), _JSON)
            return
        self._send(service.answer(authorization, content, self._visit))

    def do_GET(self) -> None:
        """Say that there is nothing to be seen."""
        self._send(Reply(status=405))

    def log_request(self, *_: Any) -> None:
        """Say nothing of what is asked."""

    def log_error(self, *_: Any) -> None:
        """Nor of who went away."""

    def _send(self, reply: Reply, kind: str = _XML) -> None:
        self.send_response(reply.status)
        for offer in reply.offers:
            self.send_header("WWW-Authenticate", offer)
        if reply.retry_after_s is not None:
            self.send_header("Retry-After", str(reply.retry_after_s))
        self.send_header("Content-Type", kind)
        if reply.parts is None:
            self.send_header("Content-Length", str(len(reply.content)))
            self.end_headers()
            self.wfile.write(reply.content)
            return
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self._stream(reply.parts)

    def _stream(self, parts: Iterator[bytes]) -> None:
        try:
            for part in parts:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
                self.wfile.flush()
            self.wfile.write(b"0\r\n\r\n")
        except OSError:  # cut, by them or on purpose
            self.close_connection = True
        finally:
            parts.close()  # type: ignore[attr-defined]  # it is a generator
