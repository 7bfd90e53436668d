"""How a console without a token gets one: by a sign-in in a browser (`reception.hub.pairings`)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

import msgspec
from websockets.asyncio.server import ServerConnection

from reception.errors import ServiceError, SignInRefused
from reception.hub.pairings import Pairing, Pairings
from reception.hub.web.sessions import Sessions
from reception.wire import (
    MAX_FRAME_TO_HUB,
    Broker,
    Redeem,
    SignedIn,
    SignIn,
    SignInAt,
    Vouch,
    decode_to_hub,
    encode,
)

_log = logging.getLogger(__name__)


class ConsoleDoor:
    """Lets consoles wait, and knows those that were let in.

    `is_still` says whether a colleague is (still) this receptionist and may sign in: (attendant, person).
    """

    def __init__(
        self,
        pairings: Pairings,
        sessions: Sessions,
        *,
        is_still: Callable[[str, str], bool],
        clock: Callable[[], float],
    ) -> None:
        self._pairings = pairings
        self._sessions = sessions
        self._is_still = is_still
        self._clock = clock

    def owner_of(self, token: str) -> str | None:
        """Return which receptionist's session this token opens, None for none."""
        session = self._sessions.find(token, self._clock())
        if session is None:
            return None
        if not self._is_still(session.user, session.person):
            self._sessions.end(session)
            return None
        return session.user

    def sign_out(self, token: str) -> None:
        """End the session that this token opens, if it is one."""
        session = self._sessions.peek(token, self._clock())
        if session is not None:
            self._sessions.end(session)
            _log.info("a receptionist has signed out")

    async def serve(self, connection: ServerConnection, asked: SignIn) -> None:
        """Let a console wait until its receptionist has signed in. Raises SignInRefused."""
        if not 0 < asked.port < 65_536:
            raise SignInRefused("sign_in_expired")
        pairing = self._pairings.offer(asked.port)
        try:
            where = f"{self._pairings.page}/console/{pairing.id}"
            lasts_s = pairing.until - self._clock()
            broker = self._broker(pairing)
            offer = SignInAt(address=where, code=pairing.code, lasts_s=lasts_s, broker=broker)
            await connection.send(encode(offer), text=True)
            async with asyncio.timeout(lasts_s):
                await self._proof(connection, pairing)
            await connection.send(encode(self._let_in(pairing)), text=True)
        except TimeoutError:
            raise SignInRefused("sign_in_expired") from None
        finally:
            self._pairings.withdraw(pairing)

    async def _proof(self, connection: ServerConnection, pairing: Pairing) -> None:
        """Wait for the right ticket, or for the computer's word, or until nothing can come of it any more."""
        while True:
            reading = asyncio.create_task(_brought(connection), name="console signing in")
            try:
                await asyncio.wait((reading, pairing.ended), return_when=asyncio.FIRST_COMPLETED)
            finally:
                if not reading.done():
                    reading.cancel()
                    await asyncio.gather(reading, return_exceptions=True)
            if pairing.ended.done():
                why = pairing.ended.result()
                raise SignInRefused(why.key, **why.params)
            match reading.result():
                case Vouch(token=token):
                    await self._take_word(pairing, token)
                    return
                case Redeem(ticket=ticket) if self._pairings.redeem(pairing, ticket):
                    return

    def _broker(self, pairing: Pairing) -> Broker | None:
        desk = self._pairings.desk
        if desk is None or desk.broker is None:
            return None
        return Broker(app=desk.broker.app, authority=desk.broker.authority, nonce=pairing.nonce)

    async def _take_word(self, pairing: Pairing, token: str) -> None:
        """Believe the computer who sits there, if all of it is right. Raises SignInRefused."""
        desk = self._pairings.desk
        if desk is None:
            raise SignInRefused("sign_in_off")
        try:
            account = await desk.vouched(token, nonce=pairing.nonce)
        except ServiceError as error:
            raise SignInRefused(error.message.key, **error.message.params) from error
        self._pairings.arrive(pairing, account.person, desk.name_of(account))

    def _let_in(self, pairing: Pairing) -> SignedIn:
        token, _ = self._sessions.begin(pairing.attendant, pairing.person, self._clock())
        _log.info("a receptionist has signed in")
        return SignedIn(token=token, attendant=pairing.attendant)


async def _brought(connection: ServerConnection) -> Redeem | Vouch:
    data = await connection.recv(decode=False)
    if len(data) > MAX_FRAME_TO_HUB:
        raise SignInRefused("sign_in_expired")
    try:
        frame = decode_to_hub(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise SignInRefused("sign_in_expired") from error
    if not isinstance(frame, Redeem | Vouch):
        raise SignInRefused("sign_in_expired")
    return frame
