"""Signing in by a token: `PATH` gives one to an application with its secret, EWS takes it (RFC 6749, 6750).

Applications are the accounts of the organisation, with their name as ``client_id`` and their password as
secret; they ask for themselves (client credentials), as nobody sits there who could sign in.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import parse_qs, unquote_plus

import msgspec

from services.emulators.exchange.mailboxes import Caller, Organisation
from services.emulators.exchange.sign_in import Turned, Visit, decoded, parted

PATH: Final = "/oauth2/token"
SCOPE: Final = "https://mail.firma.example/.default"
_OFFER: Final = (
    'Bearer client_id="00000002-0000-0ff1-ce00-000000000000", token_types="service_asserted_app_v1"'
)


class Granted(msgspec.Struct, frozen=True, kw_only=True):
    """What the token endpoint answers, as JSON."""

    status: int = 200
    body: dict[str, Any]


class _Token(msgspec.Struct, frozen=True, kw_only=True):
    caller: Caller
    until: datetime


class OAuth:
    """Tokens that hold for `life_s`, by the organisation's clock.

    `admitted` is how many were given, `refused` how often a secret was none; `expired` counts requests with a
    token that is none (any more). `told_s` is how long a token is said to hold, where that is not the truth.
    """

    offers: tuple[str, ...] = (_OFFER,)

    def __init__(self, organisation: Organisation, life_s: float = 3600.0) -> None:
        self._organisation = organisation
        self.life_s = life_s
        self.told_s: float | None = None
        self.admitted = 0
        self.refused = 0
        self.expired = 0
        self._tokens: dict[str, _Token] = {}
        self._lock = threading.Lock()

    def visit(self) -> Visit:
        """Begin a connection: it is no different from any other."""
        return self

    def admit(self, authorization: str) -> Caller | Turned:
        """Return whose token it is."""
        kind, given = parted(authorization)
        if kind != "bearer":
            return Turned(offers=self.offers)
        with self._lock:
            token = self._tokens.get(given)
            if token is None or token.until <= self._organisation.clock():
                self.expired += 1
                return Turned(offers=(f'{_OFFER}, error="invalid_token"',))
        return token.caller

    def forget(self) -> None:
        """Let no token hold any more."""
        with self._lock:
            self._tokens.clear()

    def grant(self, authorization: str, content: bytes) -> Granted:
        """Answer at the token endpoint; never raises for what is in it."""
        asked = {name: values[-1] for name, values in parse_qs(content.decode("latin-1")).items()}
        caller = self._application(*_application_in(authorization, asked))
        if caller is None:
            self.refused += 1
            return _refused(401, "invalid_client")
        if asked.get("grant_type") != "client_credentials":
            return _refused(400, "unsupported_grant_type")
        if SCOPE not in asked.get("scope", "").split():
            return _refused(400, "invalid_scope")
        token = secrets.token_urlsafe(32)
        until = self._organisation.clock() + timedelta(seconds=self.life_s)
        with self._lock:
            self.admitted += 1
            self._tokens[token] = _Token(caller=caller, until=until)
        told = self.life_s if self.told_s is None else self.told_s
        return Granted(body={"access_token": token, "token_type": "Bearer", "expires_in": round(told)})

    def _application(self, name: str, secret: str) -> Caller | None:
        caller = self._organisation.callers.get(name.lower())
        if caller is None or not hmac.compare_digest(caller.password.encode(), secret.encode()):
            return None
        return caller


def _application_in(authorization: str, asked: dict[str, str]) -> tuple[str, str]:
    """Return name and secret: in the form, or in the header (RFC 6749, 2.3.1)."""
    kind, encoded = parted(authorization)
    if kind == "basic" and (given := decoded(encoded)) is not None:
        name, _, secret = given.decode("latin-1").partition(":")
        return unquote_plus(name), unquote_plus(secret)
    return asked.get("client_id", ""), asked.get("client_secret", "")


def _refused(status: int, error: str) -> Granted:
    return Granted(status=status, body={"error": error})
