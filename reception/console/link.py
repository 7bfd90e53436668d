"""The line to the hub: connects, says hello, hands frames over, and comes back when it breaks.

It knows nothing of what the frames mean beyond the first two. `Locate` is asked anew before every try, so
a hub that moved (a child process with a new port) is found, or started, on the way.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable, Iterator
from typing import Final, Protocol, TypeAlias

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, WebSocketException

from reception.console.api import LinkState
from reception.errors import ProtocolError, ServiceError, Unavailable
from reception.model.changes import Message
from reception.wire import (
    MAX_FRAME_TO_CONSOLE,
    PROTOCOL,
    Goodbye,
    Hello,
    Refused,
    SignOut,
    ToConsole,
    Welcome,
    decode_to_console,
    encode,
)

_log = logging.getLogger(__name__)

_TOO_LARGE: Final = 1009
"""RFC 6455, 7.4.1: the message was too big for the other side."""


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """Where a hub listens and what opens it."""

    url: str
    token: str
    tls: ssl.SSLContext | None = None

    @property
    def address(self) -> str:
        """The address as shown to people, without the token."""
        return self.url


Locate: TypeAlias = Callable[[], Awaitable[Endpoint]]
"""Finds the hub; raises Unavailable (try again) or another ServiceError (somebody must mend it)."""


class LinkListener(Protocol):
    """Whom the link tells."""

    def position(self) -> tuple[str, int]:
        """Return the epoch and the change number the console has."""

    def people(self) -> str:
        """Return the fingerprint of the people the console has; empty for none."""

    def on_frame(self, frame: ToConsole) -> None:
        """Take the next frame of the hub."""

    async def room(self) -> None:
        """Wait until the next frame can be taken."""

    def on_link(self, state: LinkState, message: Message | None) -> None:
        """Hear that the line is LOST or REFUSED. UP follows from the frames."""

    def on_nonsense(self) -> None:
        """Hear that the hub said something unreadable: a snapshot is needed."""


class Pace(msgspec.Struct, frozen=True, kw_only=True):
    """How patiently the link works, in seconds. `refused_s` is between tries at a hub that said no."""

    first_s: float = 0.2
    factor: float = 2.0
    longest_s: float = 8.0
    refused_s: float = 15.0
    welcome_s: float = 10.0
    heartbeat_s: float = 5.0

    def delays(self) -> Iterator[float]:
        """Yield the pauses between tries, growing."""
        delay = self.first_s
        while True:
            yield delay
            delay = min(delay * self.factor, self.longest_s)


class RefusedByHub(ServiceError):
    """The hub answered and will not have us."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.key, **message.params)


class Link:
    """One console's connection, kept for as long as the console runs."""

    def __init__(
        self, locate: Locate, listener: LinkListener, *, name: str = "", pace: Pace | None = None
    ) -> None:
        self._locate = locate
        self._listener = listener
        self._name = name
        self._pace = pace or Pace()
        self._outgoing: asyncio.Queue[bytes] | None = None
        self._connection: ClientConnection | None = None
        self._task: asyncio.Task[None] | None = None
        self._is_down_logged = False
        self._now = asyncio.Event()
        self._signs_out = False

    def start(self) -> None:
        """Begin connecting, for as long as it takes."""
        self._task = asyncio.create_task(self._keep_connected(), name="link to the hub")
        self._task.add_done_callback(_report_bug)

    def send(self, frame: bytes) -> bool:
        """Queue a frame; returns False when there is no line to put it on."""
        if self._outgoing is None:
            return False
        self._outgoing.put_nowait(frame)
        return True

    def begin_again(self) -> None:
        """Break the line, and come back on a new one."""
        if self._connection is not None:
            self._connection.transport.abort()

    def sign_out(self) -> None:
        """Have the hub forget us, and find it anew; also if it is just letting us in."""
        self._signs_out = True
        self.send(encode(SignOut()))
        self._now.set()

    def try_now(self) -> None:
        """Do not wait until the pause between two tries is over."""
        self._now.set()

    async def _pause(self, delay_s: float) -> None:
        self._now.clear()
        try:
            async with asyncio.timeout(delay_s):
                await self._now.wait()
        except TimeoutError:
            return

    async def close(self, *, stop_hub: bool) -> None:
        """Say goodbye if there is a line, and end. Never takes longer than two seconds."""
        connection = self._connection
        try:
            if connection is not None:
                async with asyncio.timeout(2.0):
                    await connection.send(encode(Goodbye(stop_hub=stop_hub)), text=True)
                    await connection.wait_closed()
        except (ConnectionClosed, TimeoutError):
            _log.debug("the line was gone before the goodbye")
        finally:
            await self._end_task()

    async def _end_task(self) -> None:
        task, self._task = self._task, None
        if task is None:
            return
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    # -------------------------------------------------------------- the life of the line

    async def _keep_connected(self) -> None:
        delays = self._pace.delays()
        while True:
            try:
                if await self._converse_once():
                    delays = self._pace.delays()
                delay = next(delays)
            except RefusedByHub as refusal:
                delay = self._on_refused(refusal, next(delays))
            except (Unavailable, ProtocolError) as error:
                self._on_lost(error.message)
                delay = next(delays)
            except ServiceError as error:
                self._say_once("the hub cannot be used: %s", error.message)
                self._listener.on_link(LinkState.REFUSED, error.message)
                delay = self._pace.refused_s
            await self._pause(delay)

    async def _converse_once(self) -> bool:
        """Find the hub and talk until the line ends. Returns whether the hub had let us in."""
        self._signs_out = False
        endpoint = await self._locate()
        was_welcome = False
        try:
            async with connect(
                endpoint.url,
                ssl=endpoint.tls,
                compression=None,
                proxy=None,
                max_size=MAX_FRAME_TO_CONSOLE,
                ping_interval=self._pace.heartbeat_s,
                ping_timeout=self._pace.heartbeat_s,
                close_timeout=1.0,
            ) as connection:
                self._connection = connection
                await self._greet(connection, endpoint)
                was_welcome = True
                await self._talk(connection)
        except ConnectionClosed as error:
            _raise_if_too_large(error)
            self._on_lost(Message(key="unreachable", params={"address": endpoint.address}))
        except ssl.SSLError as error:
            params = {"address": endpoint.address, "error": error.reason or str(error)}
            raise Unavailable("tls_failed", **params) from error
        except (OSError, InvalidHandshake, WebSocketException) as error:
            raise Unavailable("unreachable", address=endpoint.address) from error
        finally:
            self._connection = self._outgoing = None
        return was_welcome

    async def _greet(self, connection: ClientConnection, endpoint: Endpoint) -> None:
        epoch, have = self._listener.position()
        hello = Hello(
            protocol=PROTOCOL,
            token=endpoint.token,
            console=self._name,
            epoch=epoch,
            have=have,
            people=self._listener.people(),
        )
        await connection.send(encode(hello), text=True)
        try:
            async with asyncio.timeout(self._pace.welcome_s):
                frame = self._decoded(await connection.recv(decode=False))
        except TimeoutError as error:
            raise Unavailable("unreachable", address=endpoint.address) from error
        if not isinstance(frame, Welcome):
            raise ProtocolError("malformed", error="no welcome")
        if self._is_down_logged:
            _log.info("the hub is back")
            self._is_down_logged = False
        self._outgoing = asyncio.Queue()
        if self._signs_out:  # in the meantime
            self.send(encode(SignOut()))
        self._listener.on_frame(frame)

    async def _talk(self, connection: ClientConnection) -> None:
        assert self._outgoing is not None
        sender = asyncio.create_task(_send_all(connection, self._outgoing), name="sender to the hub")
        try:
            while True:
                self._listener.on_frame(self._decoded(await connection.recv(decode=False)))
                await self._listener.room()
        finally:
            sender.cancel()
            await asyncio.gather(sender, return_exceptions=True)

    def _decoded(self, data: bytes) -> ToConsole:
        try:
            frame: ToConsole = decode_to_console(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            self._listener.on_nonsense()
            raise ProtocolError("malformed", error=str(error)) from error
        if isinstance(frame, Refused):
            raise RefusedByHub(frame.message)
        return frame

    # -------------------------------------------------------------- telling

    def _on_refused(self, refusal: RefusedByHub, delay: float) -> float:
        if refusal.message.key == "too_slow":  # a matter of the moment: come again
            self._on_lost(refusal.message)
            return delay
        if refusal.message.key == "signed_out":
            _log.info("signed out")
            self._is_down_logged = True
        self._say_once("the hub refused us: %s", refusal.message)
        self._listener.on_link(LinkState.REFUSED, refusal.message)
        return self._pace.refused_s

    def _on_lost(self, message: Message) -> None:
        self._say_once("the hub is away: %s", message.key)
        self._listener.on_link(LinkState.LOST, message)

    def _say_once(self, text: str, what: object) -> None:
        if not self._is_down_logged:
            _log.warning(text, what)
            self._is_down_logged = True


def _report_bug(task: asyncio.Task[None]) -> None:
    """Tell the loop at once when the link itself failed: nobody awaits its task (pitfall 6)."""
    if not task.cancelled() and (bug := task.exception()) is not None:
        task.get_loop().call_exception_handler({"message": "the link failed", "exception": bug, "task": task})


async def _send_all(connection: ClientConnection, frames: asyncio.Queue[bytes]) -> None:
    try:
        while True:
            await connection.send(await frames.get(), text=True)
    except ConnectionClosed:
        return  # the reader notices too, and tells


def _raise_if_too_large(error: ConnectionClosed) -> None:
    """Turn the websocket's own refusal of a huge frame into ours; it comes without a `Refused`."""
    if error.rcvd is not None and error.rcvd.code == _TOO_LARGE:
        raise RefusedByHub(Message(key="too_large")) from error
