"""Consoles that wait for their receptionist to sign in in a browser.

The console keeps its line to the hub open and listens on its own computer's loopback address (RFC 8252, 7.3).
The browser signs in with the hub's page as always; the page sends it to the loopback address with a ticket;
the console brings the ticket along the line that it has kept open. So:

- the app's secret, codes and tokens of the provider stay in the hub,
- a ticket opens nothing on any other line than the one that waits for it, and only once,
- whoever sends a colleague the address of their own console's sign-in gets nothing: the ticket goes to the
  computer where the browser is. On a computer that several use at once that is not enough; there both show
  a code to compare, and nothing happens before somebody has said yes.

A computer with a sign-in of its own (Windows) vouches for its user instead, where the hub wants that: what it
brings along the line was made for our app, in the tenant that is ours, for this one sign-in.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

import msgspec

from reception.errors import SignInRefused
from reception.hub.flows import LIFE_S
from reception.hub.secrets import new_token
from reception.model.changes import Message

if TYPE_CHECKING:
    from reception.hub.identity_desk import IdentityDesk

_MOST: Final = 200
_MOST_TRIES: Final = 5
_LETTERS: Final = "BCDFGHJKLMNPQRSTVWXZ"
"""Of the code that is compared: none that look alike, and no words come of them (RFC 8628, 6.1)."""


class Pairing(msgspec.Struct, kw_only=True, eq=False):
    """One console that waits until `until` (UTC seconds), on `port` of its own computer.

    `person` and `attendant` are who has signed in for it; `ended` hears why nothing comes of it. `nonce` is
    for a computer that vouches for its user.
    """

    id: str
    code: str
    port: int
    until: float
    ended: asyncio.Future[Message]
    nonce: str
    person: str = ""
    attendant: str = ""
    ticket: str = ""
    tries: int = 0

    @property
    def address(self) -> str:
        """Where the console listens."""
        return f"http://127.0.0.1:{self.port}"


class Pairings:
    """All that wait. `receptionist_of` returns which receptionist a colleague is (ids), None for none."""

    def __init__(self, receptionist_of: Callable[[str], str | None], clock: Callable[[], float]) -> None:
        self.page = ""
        """The address of the page to sign in at; empty while there is none."""
        self.desk: IdentityDesk | None = None
        """Who knows whom a computer vouches for."""
        self._receptionist_of = receptionist_of
        self._clock = clock
        self._waiting: dict[str, Pairing] = {}

    def offer(self, port: int) -> Pairing:
        """Take up a console. Raises SignInRefused."""
        if not self.page:
            raise SignInRefused("sign_in_off")
        if len(self._waiting) >= _MOST:
            raise SignInRefused("sign_in_busy")
        letters = "".join(secrets.choice(_LETTERS) for _ in range(8))
        pairing = Pairing(
            id=new_token(),
            code=f"{letters[:4]}-{letters[4:]}",
            port=port,
            until=self._clock() + LIFE_S,
            ended=asyncio.get_running_loop().create_future(),
            nonce=new_token(),
        )
        self._waiting[pairing.id] = pairing
        return pairing

    def find(self, key: str) -> Pairing | None:
        """Return one that waits still."""
        pairing = self._waiting.get(key)
        return pairing if pairing is not None and self._clock() < pairing.until else None

    def withdraw(self, pairing: Pairing) -> None:
        """Forget a console that has what it wants, or has gone."""
        self._waiting.pop(pairing.id, None)
        pairing.ended.cancel()

    def arrive(self, pairing: Pairing, person: str, name: str) -> None:
        """Somebody has signed in for it. Raises SignInRefused if they are no receptionist."""
        attendant = self._receptionist_of(person)
        if attendant is None:
            raise SignInRefused("sign_in_no_receptionist", name=name)
        pairing.person, pairing.attendant, pairing.ticket = person, attendant, ""

    def confirm(self, pairing: Pairing) -> str:
        """Whoever signed in says that it is their console; returns where the browser takes the ticket."""
        ticket = new_token()
        pairing.ticket = _hashed(ticket)
        return f"{pairing.address}/signed-in?ticket={ticket}"

    def refuse(self, pairing: Pairing, message: Message) -> None:
        """Nothing comes of it; its console hears why."""
        if not pairing.ended.done():
            pairing.ended.set_result(message)

    def redeem(self, pairing: Pairing, ticket: str) -> bool:
        """Return whether this is the ticket. Raises SignInRefused when too late, or after many tries."""
        pairing.tries += 1
        if self.find(pairing.id) is not pairing or pairing.tries > _MOST_TRIES:
            raise SignInRefused("sign_in_expired")
        known, pairing.ticket = pairing.ticket, ""
        if hmac.compare_digest(known, _hashed(ticket)):
            return True
        pairing.ticket = known
        return False


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
