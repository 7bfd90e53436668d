"""The port for whoever vouches for people: somebody signs in there, and we are told who it was.

OpenID Connect's authorization code with PKCE (RFC 7636): the browser is sent to `begin`'s address and comes
back with a code, which `finish` changes for an identity that was checked. State, nonce and verifier are the
hub's; keys, secrets and claims are the provider's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

if TYPE_CHECKING:
    from reception.chat import ChatWriter


class Identity(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who has signed in, as the provider has proved it.

    `subject` is their id there, which never changes. `address` is a name nobody else can take there (UPN, or
    an e-mail address that was verified), empty when none is sure. `directory` stands before the subject in
    the ids of people whom a directory of the same service has.
    """

    subject: str
    tenant: str
    address: str = ""
    name: str = ""
    directory: str = ""


class BrokerApp(msgspec.Struct, frozen=True, kw_only=True):
    """The app in whose name a computer's own sign-in is asked, and the address of who vouches."""

    app: str
    authority: str


class IdentityProvider(Protocol):
    """Vouches for people. Nobody is believed by another tenant, app, key or nonce than ours."""

    match: str
    """The column of our directory with a colleague's subject or address; empty for the e-mail address."""
    chats: ChatWriter | None
    """Writes in the name of those who have signed in; None where that is not wanted."""
    broker: BrokerApp | None
    """How a computer itself may vouch for its user; None where that is not wanted."""

    async def begin(self, *, redirect: str, state: str, nonce: str, challenge: str) -> str:
        """Return where the browser is to go. Raises ServiceError when the provider is away."""

    async def finish(self, code: str, *, redirect: str, verifier: str, nonce: str) -> Identity:
        """Change the code for an identity. Raises SignInRefused, or ServiceError."""

    async def vouched(self, token: str, *, nonce: str) -> Identity:
        """Return whom an ID token proves that a computer itself was given.

        It is good once: by its nonce, else because it is fresh and has not come before. Raises SignInRefused,
        or ServiceError.
        """

    def forget(self, people: Collection[str]) -> None:
        """Forget for good what is kept for these colleagues (ids), if anything is."""

    async def close(self) -> None:
        """Let go of the network."""


class IdentityFactory(Protocol):
    """What the entry point ``identity.NAME`` names."""

    def __call__(self, settings: Mapping[str, Any]) -> IdentityProvider:
        """Build the provider from its section of the configuration; raises ConfigError."""
