"""Sign-in by somebody who vouches for people: from the browser's first step to a colleague's account."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Final

from reception.errors import SignInRefused
from reception.hub.flows import Flow, Flows
from reception.hub.identifying import colleague_for
from reception.identity import BrokerApp, Identity, IdentityProvider
from reception.model.people import Person
from reception.model.stored import Account

if TYPE_CHECKING:
    from reception.hub.web.passwords import AccountBook

_log = logging.getLogger(__name__)

BEGIN: Final = "/sign-in/microsoft"
BACK: Final = "/sign-in/microsoft/back"
"""Where the browser begins and comes back to; BACK is what an administrator registers."""
_LONGEST_CODE: Final = 8_192
_LONGEST_ERROR: Final = 80


class IdentityDesk:
    """What the page needs to let somebody in. `address` is the page's as the provider knows it."""

    def __init__(
        self,
        provider: IdentityProvider,
        *,
        address: str,
        people: Callable[[], Iterable[Person]],
        accounts: AccountBook,
        clock: Callable[[], float],
    ) -> None:
        self._provider = provider
        self.chats = provider.chats
        self.address = address.rstrip("/")
        self.colleagues = people
        self._accounts = accounts
        self._clock = clock
        self._flows = Flows()

    async def begin(self, *, to: str = "", pairing: str = "") -> tuple[str, str]:
        """Begin a sign-in; returns where the browser goes, and its cookie. Raises ServiceError."""
        flow, browser = self._flows.begin(self._clock(), to=to, pairing=pairing)
        where = await self._provider.begin(
            redirect=self._redirect, state=flow.state, nonce=flow.nonce, challenge=flow.challenge
        )
        return where, browser

    def take(self, state: str, browser: str) -> Flow:
        """Return the sign-in that a browser comes back from. Raises SignInRefused."""
        return self._flows.take(state, browser, self._clock())

    async def finish(self, flow: Flow, *, code: str, error: str) -> Account:
        """Return the account of whoever has signed in. Raises SignInRefused, or ServiceError."""
        if error == "access_denied":
            raise SignInRefused("sign_in_declined")
        if error or not 0 < len(code) <= _LONGEST_CODE:
            word = error if error.isascii() and error.isprintable() else "?"
            raise SignInRefused("sign_in_failed", error=word[:_LONGEST_ERROR] or "no code")
        return await self._known(
            await self._provider.finish(
                code, redirect=self._redirect, verifier=flow.verifier, nonce=flow.nonce
            )
        )

    @property
    def broker(self) -> BrokerApp | None:
        """How a computer itself may vouch for its user, if it may."""
        return self._provider.broker

    async def vouched(self, token: str, *, nonce: str) -> Account:
        """Return the account of whom a computer vouches for. Raises SignInRefused, or ServiceError."""
        return await self._known(await self._provider.vouched(token, nonce=nonce))

    def name_of(self, account: Account) -> str:
        """Return whose account it is, in words."""
        person = next((p for p in self.colleagues() if p.id == account.person), None)
        return account.user if person is None else person.name

    async def _known(self, identity: Identity) -> Account:
        person = colleague_for(identity, self.colleagues(), self._provider.match)
        account = await self._account_of(person, identity)
        if self.chats is not None:
            self.chats.keep(person.id, identity)
        return account

    def forget(self, people: Collection[str]) -> None:
        """Forget what is kept for these colleagues: their accounts were taken away."""
        self._provider.forget(people)

    async def close(self) -> None:
        """Let go of the provider."""
        await self._provider.close()

    @property
    def _redirect(self) -> str:
        return self.address + BACK

    async def _account_of(self, person: Person, identity: Identity) -> Account:
        """Return the colleague's account; whoever had none has one from now on, without a password."""
        account = self._accounts.of(person.id)
        if account.is_disabled:
            raise SignInRefused("sign_in_disabled", address=identity.address or person.name)
        if account.user:
            return account
        names = (identity.address.casefold(), identity.subject)
        free = (name for name in names if name and self._accounts.named(name) is None)
        _log.info("a colleague has signed in for the first time")
        return await self._accounts.change(person.id, user=next(free, person.id), password="")
