"""The hub's door: WebSocket connections of consoles, from their hello to their goodbye.

Whoever does not keep to the protocol hears a `Refused` with the reason and is let go; nothing that arrives
here can stop the hub. Nobody is believed before the token was seen, and browsers are not served at all.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

import msgspec
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

import reception
from reception.directory.numbers import NumberPlan
from reception.errors import SignInRefused
from reception.hub.admin import ADMIN_PATH
from reception.hub.broadcast import Subscriber
from reception.hub.console_door import ConsoleDoor
from reception.hub.core import Hub
from reception.hub.photo_desk import PhotoDesk
from reception.hub.photo_tasks import PhotoTasks
from reception.hub.secrets import owner_of
from reception.hub.setup_tasks import SetupDoor, SetupTasks
from reception.model.changes import Message
from reception.model.setup import SetupAsked
from reception.wire import (
    MAX_FRAME_TO_HUB,
    PROTOCOL,
    Goodbye,
    Hello,
    PhotosAsked,
    Refused,
    Request,
    SignIn,
    SignOut,
    ToHub,
    Welcome,
    decode_to_hub,
    encode,
)

_log = logging.getLogger(__name__)


def _is_ours(record: logging.LogRecord) -> bool:
    """Drop what the library logs, with a traceback, about each knock at the door that is no WebSocket."""
    return record.msg != "opening handshake failed"


_library_log = logging.getLogger(f"{__name__}.websockets")
_library_log.addFilter(_is_ours)
_library_log.setLevel(logging.INFO)  # below, it writes down frames, and some hold secrets

_READ_LIMIT: Final = 4 * MAX_FRAME_TO_HUB
"""Up to here a frame is read, to be refused in our words; above, the websocket closes with 1009."""
_MAX_ID: Final = 64


class ServerSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Where to listen and how patiently. Consoles are told `zone` for times, `numbers` for what is typed.

    `mails`: whether e-mails to colleagues can be sent. `may_chat`: whether a receptionist can write in Teams
    in their own name; `forget_chat` takes that from one who signs out.
    """

    host: str = "127.0.0.1"
    port: int = 0
    zone: str = ""
    numbers: NumberPlan = NumberPlan()
    mails: Callable[[], bool] = lambda: False
    may_chat: Callable[[str], bool] = lambda _: False
    forget_chat: Callable[[str], None] = lambda _: None
    hello_timeout_s: float = 5.0
    heartbeat_s: float = 10.0


class _Refusal(Exception):
    """Leads out of a conversation to a `Refused`."""

    def __init__(self, key: str, **params: str | float) -> None:
        super().__init__(key)
        self.message = Message(key=key, params=params)


class _SignedOut(_Refusal):
    """The console's receptionist has signed out."""

    def __init__(self) -> None:
        super().__init__("signed_out")


class HubServer:
    """Serves consoles.

    `on_goodbye` hears of orderly goodbyes; `on_presence` whether any console is connected, each time one
    comes or goes; `admin` takes connections to `ADMIN_PATH`; `setup` the tasks of those who
    may change the hub's settings; `signing` lets in who has no token of their own; `photos` has those of
    colleagues.
    """

    def __init__(
        self,
        hub: Hub,
        tokens: Mapping[str, str],
        *,
        settings: ServerSettings,
        clock: Callable[[], float],
        tls: ssl.SSLContext | None = None,
        admin: Callable[[ServerConnection], Awaitable[None]] | None = None,
        signing: ConsoleDoor | None = None,
        setup: SetupDoor | None = None,
        photos: PhotoDesk | None = None,
        on_goodbye: Callable[[Goodbye], None] = lambda _: None,
        on_presence: Callable[[bool], None] = lambda _: None,
    ) -> None:
        self._hub = hub
        self._tokens = tokens
        self._settings = settings
        self._clock = clock
        self._tls = tls
        self._admin = admin
        self._signing = signing
        self._setup = setup
        self._photos = photos
        self._on_goodbye = on_goodbye
        self._on_presence = on_presence
        self._server: Server | None = None

    @property
    def port(self) -> int:
        """The port we listen on."""
        assert self._server is not None
        return int(next(iter(self._server.sockets)).getsockname()[1])

    async def start(self) -> None:
        """Begin to listen; raises OSError when the address is taken."""
        self._server = await serve(
            self._on_connection,
            self._settings.host,
            self._settings.port,
            ssl=self._tls,
            origins=[None],  # no browser: a web page must not reach a hub on loopback
            compression=None,
            max_size=_READ_LIMIT,
            max_queue=4,
            ping_interval=self._settings.heartbeat_s,
            ping_timeout=self._settings.heartbeat_s,
            close_timeout=1.0,
            server_header=None,
            logger=_library_log,
        )

    async def stop(self) -> None:
        """Close all connections and the door."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    # -------------------------------------------------------------- one connection

    async def _on_connection(self, connection: ServerConnection) -> None:
        try:
            if connection.request is not None and connection.request.path == ADMIN_PATH:
                if self._admin is not None:
                    await self._admin(connection)
                return
            await self._serve_console(connection)
        except _Refusal as refusal:
            _log.info("a connection was refused: %s", refusal.message.key)
            await _send_refused(connection, refusal.message)
        except SignInRefused as refusal:
            await _send_refused(connection, refusal.message)
        except ConnectionClosed:
            return

    async def _serve_console(self, connection: ServerConnection) -> None:
        first = await self._first(connection)
        if isinstance(first, SignIn):
            await self._sign_in(connection, first)
            return
        hello, attendant = first, self._known(first)
        subscriber, is_resumed, keeps_people = self._hub.broadcast.subscribe(
            attendant, epoch=hello.epoch, have=hello.have, people=hello.people
        )
        try:
            welcome = Welcome(
                protocol=PROTOCOL,
                epoch=self._hub.broadcast.epoch,
                attendant=attendant,
                hub_version=reception.__version__,
                now=self._clock(),
                resumed=is_resumed,
                clock_zone=self._settings.zone,
                numbers=self._settings.numbers,
                people_kept=keeps_people,
                administers=self._setup is not None and self._setup.administers(attendant),
                lacks_presence=self._setup is not None and self._setup.lacks_presence,
                mails=self._settings.mails(),
                chats=self._settings.may_chat(attendant),
                photos=self._photos is not None and self._photos.has_photos,
            )
            self._note_console(attendant)
            await connection.send(encode(welcome), text=True)
            await self._converse(connection, subscriber)
        except _SignedOut:
            self._sign_out(hello, attendant)
            raise
        finally:
            self._hub.broadcast.unsubscribe(subscriber)
            self._note_console(attendant)

    async def _first(self, connection: ServerConnection) -> Hello | SignIn:
        try:
            async with asyncio.timeout(self._settings.hello_timeout_s):
                frame = _decoded(await connection.recv(decode=False), is_first=True)
        except TimeoutError:
            raise _Refusal("hello_expected") from None
        if not isinstance(frame, Hello | SignIn):
            raise _Refusal("hello_expected")
        if frame.protocol != PROTOCOL:
            raise _Refusal("unknown_protocol", theirs=frame.protocol, ours=PROTOCOL)
        return frame

    async def _sign_in(self, connection: ServerConnection, asked: SignIn) -> None:
        if self._signing is None:
            raise SignInRefused("sign_in_off")
        await self._signing.serve(connection, asked)

    def _sign_out(self, hello: Hello, attendant: str) -> None:
        """Forget a receptionist's sign-in. Calls are not touched, nor is a token of the configuration."""
        if self._signing is not None:
            self._signing.sign_out(hello.token)
        self._settings.forget_chat(attendant)

    def _known(self, hello: Hello) -> str:
        attendant = owner_of(hello.token, self._tokens)
        if attendant is None and self._signing is not None:
            attendant = self._signing.owner_of(hello.token)
        if attendant is None:
            raise _Refusal("wrong_token")
        return attendant

    async def _converse(self, connection: ServerConnection, subscriber: Subscriber) -> None:
        """Send what the console is to know and take what it asks, until one of both ends."""
        reading = asyncio.create_task(self._read(connection, subscriber), name="console reader")
        sending = asyncio.create_task(_send_all(connection, subscriber), name="console sender")
        tasks = (reading, sending)
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            task.result()

    async def _read(self, connection: ServerConnection, subscriber: Subscriber) -> None:
        async with (
            SetupTasks(self._setup, subscriber) as tasks,
            PhotoTasks(self._photos, subscriber) as photos,
        ):
            await self._read_frames(connection, subscriber, tasks, photos)

    async def _read_frames(
        self, connection: ServerConnection, subscriber: Subscriber, tasks: SetupTasks, photos: PhotoTasks
    ) -> None:
        while True:
            await subscriber.outbox.wait_for_room()
            match _decoded(await connection.recv(decode=False)):
                case Request() as request if len(request.id) <= _MAX_ID:
                    subscriber.put_outcome(await self._hub.on_request(subscriber.attendant, request))
                case SetupAsked() as asked if len(asked.id) <= _MAX_ID:
                    tasks.begin(asked)
                case PhotosAsked() as asked_for:
                    photos.begin(asked_for)
                case SignOut():
                    raise _SignedOut
                case Goodbye() as goodbye:
                    self._on_goodbye(goodbye)
                    return
                case frame:
                    raise _Refusal("malformed", error=f"{type(frame).__name__} is not expected here")

    def _note_console(self, attendant: str) -> None:
        """Tell whether a receptionist has a console, and whether anybody has."""
        is_connected = bool(self._hub.broadcast.subscribers_of(attendant))
        if is_connected != self._hub.is_connected(attendant):
            self._hub.on_console(attendant, is_connected)
        self._on_presence(bool(self._hub.broadcast.subscribers))


async def _send_all(connection: ServerConnection, subscriber: Subscriber) -> None:
    """Send frame by frame; a full line holds us up here, and the outbox stays small meanwhile."""
    while True:
        await connection.send(await subscriber.outbox.next(), text=True)
        if subscriber.outbox.is_hopeless:
            raise _Refusal("too_slow")


async def _send_refused(connection: ServerConnection, message: Message) -> None:
    try:
        async with asyncio.timeout(2.0):
            await connection.send(encode(Refused(message=message)), text=True)
            await connection.close(code=1008, reason=message.key)
    except (ConnectionClosed, TimeoutError):
        _log.debug("the refused connection was gone first")


class _AnyHello(msgspec.Struct):
    """What every version of the protocol has in its hello."""

    protocol: int


_decode_any_hello = msgspec.json.Decoder(_AnyHello).decode


def _decoded(data: bytes, *, is_first: bool = False) -> ToHub:
    """Turn bytes into a frame; raises _Refusal."""
    if len(data) > MAX_FRAME_TO_HUB:
        raise _Refusal("too_large", limit=MAX_FRAME_TO_HUB)
    try:
        frame: ToHub = decode_to_hub(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        if is_first:
            _refuse_other_protocol(data)
        raise _Refusal("malformed", error=str(error)) from error
    return frame


def _refuse_other_protocol(data: bytes) -> None:
    """A hello of another version may look different altogether; then that is what we say."""
    try:
        theirs = _decode_any_hello(data).protocol
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return
    if theirs != PROTOCOL:
        raise _Refusal("unknown_protocol", theirs=theirs, ours=PROTOCOL)
