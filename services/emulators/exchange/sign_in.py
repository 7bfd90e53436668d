"""How somebody signs in. What the server demands is a `SignIn`; each connection has a `Visit` of its own."""

from __future__ import annotations

import base64
import hmac
from collections.abc import Callable
from typing import Final, Protocol

import msgspec

from services.emulators.exchange.mailboxes import Caller, Organisation


class Turned(msgspec.Struct, frozen=True, kw_only=True):
    """Not let in (yet): `offers` are the values of ``WWW-Authenticate``. Another `status` is a trouble."""

    offers: tuple[str, ...] = ()
    status: int = 401
    retry_after_s: int | None = None


class Visit(Protocol):
    """One connection, from its first request to its last."""

    def admit(self, authorization: str) -> Caller | Turned:
        """Return whose request it is, by its header ``Authorization``; never raises for what is in it."""
        ...


class SignIn(Protocol):
    """A way of signing in.

    `admitted` is how often somebody has proved who they are, `refused` how often a proof was none: that is
    what counts towards locking an account. From any thread.
    """

    offers: tuple[str, ...]
    admitted: int
    refused: int

    def visit(self) -> Visit:
        """Begin a connection."""
        ...


class Basic:
    """A name and a password with each request."""

    offers: tuple[str, ...] = ('Basic realm="Exchange"',)

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self.admitted = 0
        self.refused = 0

    def visit(self) -> Visit:
        """Begin a connection: it is no different from any other."""
        return self

    def admit(self, authorization: str) -> Caller | Turned:
        """Return who has this name and this password."""
        kind, encoded = parted(authorization)
        if kind != "basic" or (given := decoded(encoded)) is None:
            return Turned(offers=self.offers)
        name, _, password = given.decode("latin-1").partition(":")  # as browsers and `requests` write it
        caller = self._organisation.callers.get(name.lower())
        if caller is None or not hmac.compare_digest(caller.password.encode(), password.encode()):
            self.refused += 1
            return Turned(offers=self.offers)
        self.admitted += 1
        return caller


def parted(authorization: str) -> tuple[str, str]:
    """Return the kind of a header ``Authorization``, in small letters, and the rest of it."""
    kind, _, rest = authorization.partition(" ")
    return kind.lower(), rest.strip()


def decoded(text: str) -> bytes | None:
    """Return what was written in base64, None where it was not."""
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return None


MakeSignIn = Callable[[Organisation], SignIn]
"""What an organisation demands of whoever comes."""
BY_DEFAULT: Final[MakeSignIn] = Basic
