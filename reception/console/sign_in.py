"""Signing in to a hub in the browser of this computer, for a console without a token.

The browser goes to the hub's page and comes back to a port that only this computer reaches (RFC 8252, 7.3);
the ticket it brings is worth something only on the line to the hub that waits for it. The console sees no
password, and no code or token of the provider's (`reception.hub.pairings` has the reasons).

Where the hub wants it and this computer can, the computer itself is asked first who sits here, and its word,
an ID token that is good for the hub's app alone, goes along the same line (`reception.console.broker`).
"""

from __future__ import annotations

import asyncio
import ipaddress
import ssl
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, TypeAlias
from urllib.parse import parse_qs, urlsplit

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, WebSocketException

from reception.errors import ProtocolError, SignInRefused, Unavailable
from reception.wire import (
    PROTOCOL,
    Broker,
    Redeem,
    Refused,
    SignedIn,
    SignIn,
    SignInAt,
    Vouch,
    decode_to_console,
    encode,
)

_PATH: Final = "/signed-in"
_DONE: Final = "/console/done"
_LONGEST_LINE: Final = 2_048
_PATIENCE_S: Final = 5.0
_HUB_S: Final = 10.0
_VOUCH_S: Final = 30.0
"""The hub may have to ask Microsoft for the keys of now."""
_MOST_TICKETS: Final = 20


Ask: TypeAlias = Callable[[Broker], Awaitable[str]]
"""Asks this computer for an ID token, empty when it has none; raises SignInRefused when somebody declines."""


class Offer(msgspec.Struct, frozen=True, kw_only=True):
    """Where to sign in, and the code that is shown there too; both empty while this computer itself asks."""

    address: str
    code: str


class _NotBelieved(SignInRefused):
    """The hub does not take this computer's word."""


async def sign_in(
    url: str,
    tls: ssl.SSLContext | None,
    show: Callable[[Offer], object],
    *,
    name: str = "",
    ask: Ask | None = None,
) -> SignedIn:
    """Wait until the receptionist has signed in at the address that `show` hears; cancel it to give up.

    `ask` asks this computer first, if the hub wants that; where it has no word that the hub takes, the
    browser is the way, as without it. Raises SignInRefused with the hub's reason, Unavailable, or
    ProtocolError.
    """
    try:
        return await _sign_in(url, tls, show, name, ask)
    except _NotBelieved:
        return await _sign_in(url, tls, show, name, None)


async def _sign_in(
    url: str, tls: ssl.SSLContext | None, show: Callable[[Offer], object], name: str, ask: Ask | None
) -> SignedIn:
    door = _Door()
    try:
        await door.open()
        async with connect(url, ssl=tls, compression=None, proxy=None, close_timeout=1.0) as connection:
            asked = SignIn(protocol=PROTOCOL, port=door.port, console=name)
            await connection.send(encode(asked), text=True)
            async with asyncio.timeout(_HUB_S):
                offer = await _hear(connection)
            if not isinstance(offer, SignInAt) or not _is_safe(offer.address):
                raise ProtocolError("malformed", error="no address to sign in at")
            if ask is not None and offer.broker is not None:
                show(Offer(address="", code=""))
                if token := await ask(offer.broker):
                    return await _vouch(connection, token)
            door.page = _origin(offer.address)
            show(Offer(address=offer.address, code=offer.code))
            return await _finish(connection, door)
    except ssl.SSLError as error:
        raise Unavailable("tls_failed", address=url, error=error.reason or str(error)) from error
    except (OSError, TimeoutError, InvalidHandshake, WebSocketException) as error:
        raise Unavailable("unreachable", address=url) from error
    finally:
        await door.close()


async def _vouch(connection: ClientConnection, token: str) -> SignedIn:
    """Bring the hub this computer's word; the hub says how this ends."""
    with suppress(ConnectionClosed):  # what the hub said before it closed is heard below
        await connection.send(encode(Vouch(token=token)), text=True)
    try:
        async with asyncio.timeout(_VOUCH_S):
            said = await _hear(connection)
    except SignInRefused as refused:
        if refused.message.key == "sign_in_untrusted":
            raise _NotBelieved(refused.message.key) from refused
        raise
    if not isinstance(said, SignedIn):
        raise ProtocolError("malformed", error=f"{type(said).__name__} is not expected here")
    return said


async def _finish(connection: ClientConnection, door: _Door) -> SignedIn:
    """Bring the hub what the browser brings, until it says how this ends."""
    bringing = asyncio.create_task(_bring(connection, door), name="ticket for the hub")
    try:
        said = await _hear(connection)
    finally:
        bringing.cancel()
        await asyncio.gather(bringing, return_exceptions=True)
    if not isinstance(said, SignedIn):
        raise ProtocolError("malformed", error=f"{type(said).__name__} is not expected here")
    return said


async def _bring(connection: ClientConnection, door: _Door) -> None:
    try:
        while True:
            await connection.send(encode(Redeem(ticket=await door.tickets.get())), text=True)
    except ConnectionClosed:
        return  # whoever listens notices too, and tells


async def _hear(connection: ClientConnection) -> object:
    try:
        frame = decode_to_console(await connection.recv(decode=False))
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ProtocolError("malformed", error=str(error)) from error
    if isinstance(frame, Refused):
        raise SignInRefused(frame.message.key, **frame.message.params)
    return frame


class _Door:
    """Listens for the browser on this computer alone. `page` is where the browser is sent on to."""

    def __init__(self) -> None:
        self.page = ""
        self.tickets: asyncio.Queue[str] = asyncio.Queue(_MOST_TICKETS)
        self._server: asyncio.Server | None = None
        self._visits: set[asyncio.Task[None]] = set()

    @property
    def port(self) -> int:
        """Where the door is."""
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def open(self) -> None:
        """Begin to listen. Raises OSError."""
        self._server = await asyncio.start_server(self._on_visit, "127.0.0.1", 0, limit=_LONGEST_LINE)

    async def close(self) -> None:
        """Listen no more; whoever is being answered is answered first."""
        if self._server is not None:
            self._server.close()
        await asyncio.gather(*self._visits, return_exceptions=True)

    async def _on_visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._visits.add(task)
        try:
            async with asyncio.timeout(_PATIENCE_S):
                ticket = ticket_in(await reader.readline())
                writer.write(_reply(f"{self.page}{_DONE}" if ticket and self.page else ""))
                await writer.drain()
                writer.close()
                await writer.wait_closed()
            if ticket and not self.tickets.full():
                self.tickets.put_nowait(ticket)
        except (OSError, ValueError, TimeoutError):
            writer.transport.abort()  # a stranger, or a browser that was closed
        finally:
            self._visits.discard(task)


def ticket_in(line: bytes) -> str:
    """Return the ticket in the first line of a browser's request, or nothing."""
    method, _, rest = line.decode("ascii", "replace").partition(" ")
    target, _, version = rest.strip().rpartition(" ")
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    if method != "GET" or not version.startswith("HTTP/1.") or parts.path != _PATH:
        return ""
    return next(iter(parse_qs(parts.query).get("ticket", ())), "")


def _reply(to: str) -> bytes:
    first = f"HTTP/1.1 303 See Other\r\nLocation: {to}" if to else "HTTP/1.1 404 Not Found"
    always = (
        "Content-Length: 0\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nConnection: close"
    )
    return f"{first}\r\n{always}\r\n\r\n".encode()


def _is_safe(address: str) -> bool:
    """Return whether a browser may be opened there: https, or http on this computer."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if not address.isascii() or not address.isprintable() or '"' in address or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_here(parts.hostname))


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
