"""The connections to an Exchange server: whom we trust, how long we wait, and what is tried again.

exchangelib keeps all of that in classes, for the whole process. Each server here has a class and a place in
exchangelib's cache of its own, so that an examination with other settings changes nothing for whoever reads.
"""

from __future__ import annotations

import ssl
import threading
from contextlib import suppress
from typing import Any, ClassVar, Final
from weakref import WeakSet

from exchangelib import BASIC, DIGEST, NTLM, Account, Build, Configuration, Credentials, Version
from exchangelib.errors import SessionPoolMinSizeReached, UnauthorizedError
from exchangelib.protocol import FailFast, FaultTolerance, Protocol
from exchangelib.services import GetStreamingEvents
from exchangelib.transport import NOAUTH
from requests.adapters import HTTPAdapter
from requests.exceptions import ContentDecodingError

from services.exchange.settings import ExchangeSettings, trusted
from services.exchange.tokens import Bearer, Tokens

MOST_STREAMING: Final = 8
"""The server allows ten connections for streaming to an account (contract 8.3)."""
_KINDS: Final = {"ntlm": NTLM, "basic": BASIC, "digest": DIGEST, "oauth": NOAUTH}
_OLDEST: Final = Version(build=Build(15, 1, 0, 0))
"""Exchange 2016: what we ask is the same for all since. The server's own number comes with each answer."""


class Lines:
    """All connections to one server. exchangelib's `protocol` hands them out, each to one at a time.

    Streaming has connections besides those of the settings: one of them lasts as long as its stream.
    """

    def __init__(self, settings: ExchangeSettings, *, is_patient: bool) -> None:
        streaming = MOST_STREAMING if settings.streaming else 0
        self.config = Configuration(
            service_endpoint=settings.url,
            credentials=_Ours(settings.user, settings.password),
            auth_type=_KINDS[settings.auth],
            version=_OLDEST,
            retry_policy=_Patience(max_wait=round(settings.patience_s)) if is_patient else FailFast(),
            max_connections=settings.connections + streaming,
        )
        own = type("OwnProtocol", (_Pool,), _class_facts(settings))
        self.protocol: Any = own(config=self.config)
        self._timeout_s = settings.timeout_s
        self._lock = threading.Lock()
        self._streams: WeakSet[Line] = WeakSet()
        self._is_closed = False

    def new_line(self, account: Account) -> Line:
        """Return a connection for streaming, which ends with the others."""
        with self._lock:
            line = Line(account, self._timeout_s)
            if self._is_closed:
                line.hang_up()
            else:
                self._streams.add(line)
        return line

    def close(self) -> None:
        """Let go of all that is not under way, and hang up what streams. Harmless when closed."""
        with self._lock:
            self._is_closed = True
            streams = list(self._streams)
        for line in streams:
            line.hang_up()
        self.protocol.close()
        with suppress(KeyError):  # it was let go of already
            del Protocol[self.config]


class Line(GetStreamingEvents):  # type: ignore[misc]  # exchangelib has no types
    """A connection for streaming that can be hung up from another thread."""

    timeout: Any

    def __init__(self, account: Account, connect_s: float) -> None:
        super().__init__(account=account)
        self._connect_s = connect_s
        self._lock = threading.Lock()
        self._raw: Any = None
        self.is_over = False

    def hang_up(self) -> None:
        """End it: who listens is told that the connection is lost."""
        with self._lock:
            self.is_over = True
            self._cut()

    def _cut(self) -> None:
        if self._raw is not None:
            with suppress(OSError, ValueError, RuntimeError):  # it has ended by itself
                self._raw.shutdown()

    def _get_response(self, payload: Any, api_version: Any) -> Any:
        if isinstance(self.timeout, int):  # exchangelib's for the whole would be one for connecting too
            self.timeout = (self._connect_s, self.timeout)
        reply = super()._get_response(payload, api_version)
        with self._lock:
            self._raw = reply.raw
            if self.is_over:
                self._cut()
        return reply

    def stop_streaming(self) -> None:
        """Let go of the connection (exchangelib calls it at the end)."""
        with self._lock:
            self._raw = None
        super().stop_streaming()


class _Pool(Protocol):  # type: ignore[misc]  # exchangelib has no types
    """Connections, as many as were said: exchangelib 5.6.0 stands still for ever when it takes one away.

    It holds the lock that is needed to have one in its hand.
    """

    BEARER: ClassVar[Bearer | None] = None

    def create_session(self) -> Any:
        """Return one that signs in."""
        session = super().create_session()
        if self.BEARER is not None:
            session.auth = self.BEARER
        return session

    def decrease_poolsize(self) -> None:
        """Stay as large as it is."""
        raise SessionPoolMinSizeReached("the pool stays as large as it is")


class _Ours(Credentials):  # type: ignore[misc]  # exchangelib has no types
    """Credentials that are only like themselves: exchangelib shares connections of those that are alike."""

    __eq__ = object.__eq__
    __hash__ = object.__hash__


class _Patience(FaultTolerance):  # type: ignore[misc]  # exchangelib has no types
    """Waits as the server asks; a refused password is none of that: each try may count (contract 8.3)."""

    def raise_response_errors(self, response: Any) -> None:
        if response.status_code == 401:
            raise UnauthorizedError(f"Invalid credentials for {response.url}")
        super().raise_response_errors(response)


def _class_facts(settings: ExchangeSettings) -> dict[str, Any]:
    trusting = _trusting(trusted(settings))
    facts: dict[str, Any] = {"HTTP_ADAPTER_CLS": _whole(trusting), "TIMEOUT": settings.timeout_s}
    if settings.auth == "oauth":
        facts["BEARER"] = Bearer(Tokens(settings, trusting))
    return facts


def _trusting(tls: ssl.SSLContext) -> type[HTTPAdapter]:
    class Trusting(HTTPAdapter):
        """Trusts whom the settings trust."""

        def init_poolmanager(self, *args: Any, **more: Any) -> None:
            super().init_poolmanager(*args, **{**more, "ssl_context": tls})

    return Trusting


def _whole(trusting: type[HTTPAdapter]) -> type[HTTPAdapter]:
    class Whole(trusting):  # type: ignore[misc, valid-type]  # one class for each server
        """Takes whole answers alone."""

        def send(self, request: Any, *args: Any, **more: Any) -> Any:
            """Refuse an answer that breaks off: exchangelib takes what there is of it for the whole."""
            reply = super().send(request, *args, **more)
            is_stream = more.get("stream") or (args and args[0])
            if (
                not is_stream
                and reply.status_code == 200
                and not reply.content.rstrip().endswith(b"Envelope>")
            ):
                raise ContentDecodingError("the answer breaks off", response=reply)
            return reply

    return Whole
