"""The administrator's door to a running hub: a small protocol of its own on the same port.

Opened by the admin token in the runtime file, so by the hub's own user on the same computer. The hub stays
the only one who writes its store. All frames are JSON; a directory comes in parts below the frame limit.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, TypeAlias

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection
from websockets.exceptions import WebSocketException

from reception.errors import BadInput, ServiceError, Unavailable
from reception.hub.core import Hub
from reception.hub.people import Difference
from reception.hub.presence_desk import Actor
from reception.model.people import Person, colleagues_of, contacts_of
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
    """A part of the colleagues, or of the contacts.

    Of new ones the last part lets them take the old ones' place.
    """

    people: tuple[Person, ...]
    is_last: bool
    are_contacts: bool = False


class PeopleAsked(_Frame, frozen=True, kw_only=True):
    """Who is in the directory? The answer comes in parts."""

    are_contacts: bool


class ReloadAsked(_Frame, frozen=True, kw_only=True):
    """The office file is different: read it again."""


class Reloaded(_Frame, frozen=True, kw_only=True):
    """What the office file says holds; `is_different` from before."""

    is_different: bool


class AccountAsked(_Frame, frozen=True, kw_only=True):
    """Something to do to an account: an `AccountTask` of `reception.hub.web.account_tasks`, as JSON."""

    task: bytes


class AccountDone(_Frame, frozen=True, kw_only=True):
    """It is done; `path` is that of an invitation, if it is one."""

    path: str


class Imported(_Frame, frozen=True, kw_only=True):
    """The new directory holds."""

    added: int
    changed: int
    removed: int


class NotDone(_Frame, frozen=True, kw_only=True):
    """Nothing has changed, and why. `is_input`: what was asked for is wrong, not the hub."""

    why: str
    is_input: bool = False


_Question: TypeAlias = AdminHello | PeoplePart | PeopleAsked | AccountAsked | ReloadAsked
_Answer: TypeAlias = Imported | PeoplePart | AccountDone | Reloaded | NotDone

_decode_question = msgspec.json.Decoder(_Question).decode
_decode_answer = msgspec.json.Decoder(_Answer).decode
_encode = msgspec.json.Encoder().encode


class AdminDesk:
    """The hub's side."""

    def __init__(self, hub: Hub, token: str, data_dir: Path, reload: Callable[[], Awaitable[bool]]) -> None:
        """`reload` reads the office file again; it tells whether it is different, and raises BadInput."""
        self._hub = hub
        self._reload = reload
        self._token = token
        self._data_dir = data_dir

    async def serve(self, connection: ServerConnection) -> None:
        """Serve one administrator. Raises ConnectionClosed when they go."""
        try:
            answers = await self._converse(connection)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, TimeoutError) as error:
            answers = [_encode(NotDone(why=str(error) or "nothing was said in time"))]
        for answer in answers:
            await connection.send(answer, text=True)

    async def _converse(self, connection: ServerConnection) -> Iterable[bytes]:
        async with asyncio.timeout(_HELLO_S):
            hello = _decode_question(await connection.recv(decode=False))
        if not isinstance(hello, AdminHello) or not _is_same(hello.token, self._token):
            _log.warning("somebody without the token was at the administrator's door")
            return [_encode(NotDone(why="wrong token"))]
        async with asyncio.timeout(_PATIENCE_S):
            asked = _decode_question(await connection.recv(decode=False))
            match asked:
                case PeopleAsked(are_contacts=are_contacts):
                    chosen = contacts_of if are_contacts else colleagues_of
                    return _parts(chosen(self._hub.directory.everybody.values()), are_contacts)
                case PeoplePart():
                    return [_encode(await self._new_people(connection, asked))]
                case AccountAsked(task=task):
                    return [_encode(await self._account(task))]
                case ReloadAsked():
                    return [_encode(await self._read_office())]
        return [_encode(NotDone(why="that was said already"))]

    async def _new_people(self, connection: ServerConnection, part: PeoplePart) -> _Answer:
        people = [*part.people]
        while not part.is_last:
            more = _decode_question(await connection.recv(decode=False))
            if not isinstance(more, PeoplePart):
                return NotDone(why="people were expected")
            part = more
            people += part.people
        return await self._replace(people, part.are_contacts)

    async def _read_office(self) -> _Answer:
        try:
            return Reloaded(is_different=await self._reload())
        except BadInput as fault:
            return NotDone(why=fault.text, is_input=True)

    async def _account(self, task: bytes) -> _Answer:
        from reception.hub.web.account_tasks import AccountTask, carry_out  # loads what hashes passwords

        try:
            asked = msgspec.json.decode(task, type=AccountTask)
            people = self._hub.desk.people_for(Actor()).values()
            path = await carry_out(asked, self._hub.accounts, people, self._data_dir)
        except BadInput as fault:
            return NotDone(why=fault.text, is_input=True)
        except ServiceError as error:
            return NotDone(why=str(error.message.params.get("error", error.message.key)))
        _log.info("an account of the web page: %s", asked.deed)
        return AccountDone(path=path)

    async def _replace(self, people: Sequence[Person], are_contacts: bool) -> _Answer:
        directory = self._hub.directory
        replace = directory.replace_contacts if are_contacts else directory.replace_colleagues
        try:
            difference = await replace(people)
        except ServiceError as error:
            return NotDone(why=str(error.message.params.get("error", error.message.key)))
        _log.info("new %s: %s", "contacts" if are_contacts else "colleagues", difference)
        return Imported(added=difference.added, changed=difference.changed, removed=difference.removed)


async def send_people(info: RuntimeInfo, people: Sequence[Person], *, are_contacts: bool) -> Difference:
    """Give a running hub new colleagues or contacts; raises Unavailable when it is not there or cannot."""
    answer = await _ask(info, _parts(people, are_contacts))
    if not isinstance(answer, Imported):
        raise _unexpected(answer)
    return Difference(added=answer.added, changed=answer.changed, removed=answer.removed)


async def ask_people(info: RuntimeInfo, *, are_contacts: bool) -> Sequence[Person]:
    """Return a running hub's colleagues or contacts; raises Unavailable when it is not there."""
    people: list[Person] = []
    async with _conversation(info, [_encode(PeopleAsked(are_contacts=are_contacts))]) as answers:
        async for answer in answers:
            if not isinstance(answer, PeoplePart):
                raise _unexpected(answer)
            people += answer.people
            if answer.is_last:
                break
    return people


async def ask_reload(info: RuntimeInfo) -> bool:
    """Have a running hub read its office file again; returns whether it is different.

    Raises BadInput with the file's faults, Unavailable when the hub is not there.
    """
    answer = await _ask(info, [_encode(ReloadAsked())])
    if not isinstance(answer, Reloaded):
        raise _unexpected(answer)
    return answer.is_different


async def send_account_task(info: RuntimeInfo, task: object) -> str:
    """Have a running hub do something to an account; returns the path of an invitation, or nothing.

    Raises BadInput when it cannot be done as asked for, Unavailable when the hub is not there.
    """
    answer = await _ask(info, [_encode(AccountAsked(task=_encode(task)))])
    if not isinstance(answer, AccountDone):
        raise _unexpected(answer)
    return answer.path


async def _ask(info: RuntimeInfo, frames: Iterable[bytes]) -> _Answer:
    async with _conversation(info, frames) as answers:
        return await anext(answers)


@asynccontextmanager
async def _conversation(info: RuntimeInfo, frames: Iterable[bytes]) -> AsyncIterator[AsyncIterator[_Answer]]:
    """Ask, and give what is answered. Raises Unavailable."""
    try:
        async with (
            asyncio.timeout(_PATIENCE_S),
            connect(info.url + ADMIN_PATH, ssl=_pinned(info), compression=None, proxy=None) as connection,
        ):
            await connection.send(_encode(AdminHello(token=info.admin_token)), text=True)
            for frame in frames:
                await connection.send(frame, text=True)
            yield _answers(connection)
    except (OSError, WebSocketException, TimeoutError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise Unavailable("unreachable", address=info.url) from error


async def _answers(connection: ClientConnection) -> AsyncIterator[_Answer]:
    while True:
        yield _decode_answer(await connection.recv(decode=False))


def _unexpected(answer: _Answer) -> BadInput | Unavailable:
    why = answer.why if isinstance(answer, NotDone) else "it gave another answer"
    if isinstance(answer, NotDone) and answer.is_input:
        return BadInput("misconfigured", why)
    return Unavailable("misconfigured", setting="hub", error=why)


def _parts(people: Sequence[Person], are_contacts: bool) -> Iterator[bytes]:
    """Yield frames that each stay well below the limit."""
    part: list[Person] = []
    size = 0
    for person in people:
        more = len(_encode(person))
        if part and size + more > MAX_FRAME_TO_HUB // 2:
            yield _encode(PeoplePart(people=tuple(part), is_last=False, are_contacts=are_contacts))
            part, size = [], 0
        part.append(person)
        size += more
    yield _encode(PeoplePart(people=tuple(part), is_last=True, are_contacts=are_contacts))


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
