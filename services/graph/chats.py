"""Teams messages in the name of those who have signed in with Microsoft, as long as they let us.

Whoever signs in agrees to it once (delegated Chat.Create and ChatMessage.Send; no app may do it by itself,
contract 4). What renews their tokens is kept like a password: in one file, encrypted where the system has a
way to, else readable by the hub's user only. The tokens themselves are never written down.
"""

from __future__ import annotations

import asyncio
import errno
import logging
import time
from collections.abc import Awaitable, Callable, Collection, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import msgspec

from reception.errors import AuthNeeded, ProtocolError, SignInRefused
from reception.identity import Identity
from reception.model.microsoft import MicrosoftAccount
from reception.model.people import Person
from services.graph.client import GraphClient
from services.graph.people import PREFIX
from services.graph.sending import CHAT_PERMISSION, MESSAGE_PERMISSION, Chat
from services.graph.user_tokens import persistence_of

_log = logging.getLogger(__name__)

Ask = Callable[[dict[str, str]], Awaitable[dict[str, Any]]]
"""Asks for tokens: the form without what proves who we are; SignInRefused or ServiceError."""

_EARLY_S: Final = 120.0
"""A token is renewed so long before it ends, for clocks that differ."""
_FILE: Final = "microsoft-chats.bin"


def scopes_of(account: MicrosoftAccount) -> str:
    """Return what is asked for besides the sign-in itself."""
    root = urlsplit(account.graph)
    own = " ".join(f"{root.scheme}://{root.netloc}/{name}" for name in (CHAT_PERMISSION, MESSAGE_PERMISSION))
    return f"{own} offline_access"


class Grant(msgspec.Struct, frozen=True):
    """What somebody has agreed to: their object id, and what renews their token."""

    me: str
    refresh: str


class Grants:
    """What everybody has agreed to, by colleague, in a file of a folder."""

    def __init__(self, folder: Path) -> None:
        self._file = persistence_of(folder / _FILE)
        self._grants = self._read()

    def of(self, person: str) -> Grant | None:
        """Return what a colleague has agreed to."""
        return self._grants.get(person)

    def keep(self, person: str, grant: Grant) -> None:
        """Keep it in place of the one before."""
        self._grants[person] = grant
        self._write()

    def forget(self, people: Collection[str]) -> None:
        """Forget what these colleagues agreed to. What cannot be read stays as it is."""
        known = [person for person in people if person in self._grants]
        for person in known:
            del self._grants[person]
        if known:
            self._write()

    def _read(self) -> dict[str, Grant]:
        try:
            return msgspec.json.decode(self._file.load(), type=dict[str, Grant])
        except (OSError, ValueError) as error:
            if isinstance(error, OSError) and error.errno == errno.ENOENT:
                return {}  # nobody has signed in yet
            _log.warning("who may write in Teams cannot be read; they sign in again: %s", error)
            return {}

    def _write(self) -> None:
        try:
            self._file.save(msgspec.json.encode(self._grants).decode())
        except OSError as error:
            _log.warning("who may write in Teams could not be kept; they sign in again later: %s", error)


def forget_grants(folder: Path, people: Collection[str]) -> None:
    """Forget what these colleagues agreed to, where nobody writes in Teams any more."""
    if (folder / _FILE).exists():
        Grants(folder).forget(people)


class UserToken:
    """The tokens of one person; implements `Tokens`. `renewed` hears of what renews them the next time."""

    def __init__(
        self,
        grant: Grant,
        ask: Ask,
        scopes: str,
        renewed: Callable[[str], object],
        clock: Callable[[], float],
    ) -> None:
        self._refresh = grant.refresh
        self._ask, self._scopes, self._renewed, self._clock = ask, scopes, renewed, clock
        self._token, self._until, self._claims = "", 0.0, ""
        self._one_flight = asyncio.Lock()

    def take(self, given: Mapping[str, Any]) -> None:
        """Take a token as it was given. Raises ProtocolError."""
        token, lasts_s = given.get("access_token"), given.get("expires_in")
        if not isinstance(token, str) or not isinstance(lasts_s, int | float):
            raise ProtocolError("graph_malformed", what="token")
        self._token, self._until, self._claims = token, self._clock() + lasts_s - _EARLY_S, ""
        refresh = given.get("refresh_token")
        if isinstance(refresh, str) and refresh and refresh != self._refresh:
            self._refresh = refresh
            self._renewed(refresh)

    async def token(self) -> str:
        """Return a token. Raises AuthNeeded when the person must sign in again, or ServiceError."""
        async with self._one_flight:
            if not self._token or self._clock() >= self._until:
                form = {"grant_type": "refresh_token", "refresh_token": self._refresh, "scope": self._scopes}
                if self._claims:
                    form["claims"] = self._claims
                try:
                    self.take(await self._ask(form))
                except SignInRefused as refused:
                    raise AuthNeeded("chat_sign_in") from refused
            return self._token

    def refused(self, token: str, claims: str = "") -> None:
        """Do not give this one again."""
        if token == self._token:
            self._token, self._claims = "", claims


class _Writer(msgspec.Struct, frozen=True):
    me: str
    tokens: UserToken
    client: GraphClient
    chat: Chat


class GraphChats:
    """Implements `reception.chat.ChatWriter`. `clock` gives UTC seconds.

    `match` is the column of the directory with a colleague's object id or UPN.
    """

    def __init__(
        self,
        account: MicrosoftAccount,
        ask: Ask,
        *,
        folder: Path,
        match: str = "",
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.scopes = scopes_of(account)
        self._account, self._ask, self._match = account, ask, match
        self._transport, self._clock = transport, clock
        self._fresh: dict[str, dict[str, Any]] = {}
        self._writers: dict[str, _Writer] = {}
        self._put_away: list[GraphClient] = []
        self._grants = Grants(folder)

    def note(self, subject: str, given: dict[str, Any]) -> None:
        """Somebody (object id) has signed in and was given this; `keep` says which colleague it was."""
        if given.get("refresh_token") and MESSAGE_PERMISSION.casefold() in str(given.get("scope")).casefold():
            self._fresh[subject] = given

    def keep(self, person: str, identity: Identity) -> None:
        """This colleague has just signed in as this: what they agreed to is theirs from now on."""
        given = self._fresh.pop(identity.subject, None)
        if given is None:
            return
        grant = Grant(me=identity.subject, refresh=str(given["refresh_token"]))
        self._grants.keep(person, grant)
        writer = self._writers.get(person)
        if writer is not None and writer.me != grant.me:  # another account of theirs
            self._put_away.append(self._writers.pop(person).client)
        self._writer_of(person, grant).tokens.take(given)

    def may(self, person: str) -> bool:
        """Return whether something can be written in this colleague's name, as far as is known."""
        return self._grants.of(person) is not None

    def forget(self, people: Collection[str]) -> None:
        """Forget what these colleagues agreed to, for good; whoever agreed to nothing is passed over."""
        for person in people:
            if person in self._writers:
                self._put_away.append(self._writers.pop(person).client)
        self._grants.forget(people)

    async def send(self, person: str, to: Person, text: str) -> None:
        """Write to a colleague, as plain text. Raises ServiceError; AuthNeeded when `person` must sign in."""
        grant = self._grants.of(person)
        if grant is None:
            raise AuthNeeded("chat_sign_in")
        try:
            await self._writer_of(person, grant).chat.send(self._user_of(to), text)
        except AuthNeeded as refused:
            if refused.message.key == "chat_sign_in":
                self.forget((person,))
            raise

    async def close(self) -> None:
        """Let go of the connections."""
        for client in (*self._put_away, *(writer.client for writer in self._writers.values())):
            await client.close()

    # ------------------------------------------------------------- parts

    def _user_of(self, person: Person) -> str:
        """Return a colleague's object id or UPN, as far as the directory tells; an address is often one."""
        if person.id.startswith(PREFIX):
            return person.id.removeprefix(PREFIX)
        given = (
            (person.fields.get(self._match, "") or person.notes.get(self._match, "")) if self._match else ""
        )
        return (given or person.email).strip()

    def _writer_of(self, person: str, grant: Grant) -> _Writer:
        writer = self._writers.get(person)
        if writer is None:
            writer = self._writers[person] = self._new_writer(person, grant)
        return writer

    def _new_writer(self, person: str, grant: Grant) -> _Writer:
        def renewed(refresh: str) -> None:
            writer = self._writers.get(person)
            if writer is not None and writer.tokens is tokens:  # else it was forgotten meanwhile
                self._grants.keep(person, Grant(me=grant.me, refresh=refresh))

        tokens = UserToken(grant, self._ask, self.scopes, renewed, self._clock)
        own = GraphClient(self._account, tokens=tokens, transport=self._transport)
        return _Writer(grant.me, tokens, own, Chat(own, grant.me))
