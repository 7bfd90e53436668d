"""The administrator's door to a running hub: a small protocol of its own on the same port.

Opened by the admin token in the runtime file, so by the hub's own user on the same computer. The hub stays
the only one who writes its store. All frames are JSON; a directory comes in parts below the frame limit.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import ssl
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

import msgspec
from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import WebSocketException

from reception.errors import ServiceError, Unavailable
from reception.hub.core import Hub
from reception.hub.people import Difference
from reception.model.people import Person
from reception.runtime import RuntimeInfo
from reception.wire import MAX_FRAME_TO_HUB

_log = logging.getLogger(__name__)

ADMIN_PATH: Final = "/admin"
_PATIENCE_S: Final = 60.0
_HELLO_S: Final = 5.0


class _Frame(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Base of the administrator's frames."""


class AdminHello(_Frame, frozen=True, kw_only=True):
    """The first frame."""

    token: str


class PeoplePart(_Frame, frozen=True, kw_only=True):
    """A part of a new directory; with `is_last` it takes the old one's place."""

    people: tuple[Person, ...]
    is_last: bool


class Imported(_Frame, frozen=True, kw_only=True):
    """The new directory holds."""

    added: int
    changed: int
    removed: int


class NotDone(_Frame, frozen=True, kw_only=True):
    """Nothing has changed, and why."""

    why: str


_Question: TypeAlias = AdminHello | PeoplePart
_Answer: TypeAlias = Imported | NotDone

_decode_question = msgspec.json.Decoder(_Question).decode
_decode_answer = msgspec.json.Decoder(_Answer).decode
_encode = msgspec.json.Encoder().encode


class AdminDesk:
    """The hub's side."""

    def __init__(self, hub: Hub, token: str) -> None:
        self._hub = hub
        self._token = token

    async def serve(self, connection: ServerConnection) -> None:
        """Serve one administrator. Raises ConnectionClosed when they go."""
        try:
            answer = await self._converse(connection)
        except (msgspec.DecodeError, RecursionError, TimeoutError) as error:
            answer = NotDone(why=str(error) or "nothing was said in time")
        await connection.send(_encode(answer), text=True)

    async def _converse(self, connection: ServerConnection) -> _Answer:
        async with asyncio.timeout(_HELLO_S):
            hello = _decode_question(await connection.recv(decode=False))
        if not isinstance(hello, AdminHello) or not _is_same(hello.token, self._token):
            _log.warning("somebody without the token was at the administrator's door")
            return NotDone(why="wrong token")
        people: list[Person] = []
        is_last = False
        async with asyncio.timeout(_PATIENCE_S):
            while not is_last:
                part = _decode_question(await connection.recv(decode=False))
                if not isinstance(part, PeoplePart):
                    return NotDone(why="people were expected")
                people += part.people
                is_last = part.is_last
        return self._replace(people)

    def _replace(self, people: Sequence[Person]) -> _Answer:
        try:
            difference = self._hub.replace_people(people)
        except ServiceError as error:
            return NotDone(why=str(error.message.params.get("error", error.message.key)))
        _log.info("a new directory: %s", difference)
        return Imported(added=difference.added, changed=difference.changed, removed=difference.removed)


async def send_people(info: RuntimeInfo, people: Sequence[Person]) -> Difference:
    """Give a running hub a new directory; raises Unavailable when it is not there or could not do it."""
    try:
        async with (
            asyncio.timeout(_PATIENCE_S),
            connect(info.url + ADMIN_PATH, ssl=_pinned(info), compression=None, proxy=None) as connection,
        ):
            await connection.send(_encode(AdminHello(token=info.admin_token)), text=True)
            for part in _parts(people):
                await connection.send(part, text=True)
            answer: _Answer = _decode_answer(await connection.recv(decode=False))
    except (OSError, WebSocketException, TimeoutError, msgspec.DecodeError) as error:
        raise Unavailable("unreachable", address=info.url) from error
    if isinstance(answer, NotDone):
        raise Unavailable("misconfigured", setting="hub", error=answer.why)
    return Difference(added=answer.added, changed=answer.changed, removed=answer.removed)


def _parts(people: Sequence[Person]) -> Iterator[bytes]:
    """Yield frames that each stay well below the limit."""
    part: list[Person] = []
    size = 0
    for person in people:
        more = len(_encode(person))
        if part and size + more > MAX_FRAME_TO_HUB // 2:
            yield _encode(PeoplePart(people=tuple(part), is_last=False))
            part, size = [], 0
        part.append(person)
        size += more
    yield _encode(PeoplePart(people=tuple(part), is_last=True))


def _pinned(info: RuntimeInfo) -> ssl.SSLContext | None:
    """Trust exactly the hub's own certificate, whatever name stands in it: we come by loopback."""
    if not info.certificate:
        return None
    context = ssl.create_default_context(cafile=info.certificate)
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def _is_same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), token.encode())
