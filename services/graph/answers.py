"""What Graph answered, and what that means. Pure.

Branches on the HTTP status first, the error's `code` second, never on its message (contract 6.2).
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final, NamedTuple

import msgspec

from reception.errors import AskedToWait, AuthNeeded, ConfigError, ProtocolError, ServiceError, Unavailable
from reception.model.microsoft import MicrosoftAccount
from services.graph.budgets import Scope

_CLAIMS: Final = re.compile(r'claims="([^"]+)"')
LONGEST_WAIT_S: Final = 3_600.0
"""What a Retry-After may say at most; more is a fault of somebody's clock."""
PASSING: Final = frozenset({429, 500, 502, 503, 504, 509})
"""Statuses after which the same request may succeed."""


class Request(NamedTuple):
    """One request. `path` is below Graph's root, or a link that Graph gave.

    `permission` is the least one it needs, for the message when it is refused. `is_repeatable`: doing it
    twice is as doing it once; what is not is never sent again after a failure that leaves open whether it was
    done. `expected`: statuses that are no failure to whoever asks.
    """

    method: str
    path: str
    scope: Scope
    permission: str
    body: Mapping[str, Any] | None = None
    headers: Mapping[str, str] = {}
    is_repeatable: bool = True
    expected: frozenset[int] = frozenset()


class Answer(NamedTuple):
    """What came back. `headers` have names in small letters."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def is_well(self) -> bool:
        """True for every 2xx: documents and service differ about which."""
        return 200 <= self.status < 300

    def json(self, what: str) -> dict[str, Any]:
        """Return the object in it. Raises ProtocolError naming what was asked for."""
        try:
            found = msgspec.json.decode(self.content)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ProtocolError("graph_malformed", what=what) from error
        if not isinstance(found, dict):
            raise ProtocolError("graph_malformed", what=what)
        return found

    def values(self, what: str) -> list[dict[str, Any]]:
        """Return the objects of its `value`. Raises ProtocolError."""
        found = self.json(what).get("value")
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise ProtocolError("graph_malformed", what=what)
        return found

    @property
    def code(self) -> str:
        """The error's code; empty when there is none, as Teams likes it."""
        return str(self._error().get("code") or "")

    @property
    def request_id(self) -> str:
        """By what Microsoft finds the request in its logs."""
        return self.headers.get("request-id", "")

    @property
    def claims(self) -> str:
        """The claims that the next token must answer (continuous access evaluation), or empty."""
        found = _CLAIMS.search(self.headers.get("www-authenticate", ""))
        if found is None:
            return ""
        try:
            padded = found[1] + "=" * (-len(found[1]) % 4)
            return base64.b64decode(padded, altchars=b"-_" if set(padded) & set("-_") else None).decode()
        except ValueError:
            return ""

    def wait_s(self, now: float) -> float | None:
        """Return what Retry-After says, in seconds from `now` (UTC seconds); None when it says nothing."""
        given = self.headers.get("retry-after", "").strip()
        if not given:
            return None
        try:
            seconds = float(given)
        except ValueError:
            try:
                moment = parsedate_to_datetime(given)
            except ValueError:
                return None
            at = moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
            seconds = at.timestamp() - now
        if seconds != seconds:  # not a number
            return None
        return min(max(seconds, 0.0), LONGEST_WAIT_S)

    def skew_s(self, now: float) -> float | None:
        """Return how far Microsoft's clock is ahead of ours; None when it does not tell."""
        try:
            moment: datetime = parsedate_to_datetime(self.headers.get("date", ""))
        except ValueError:
            return None
        return moment.timestamp() - now

    def _error(self) -> Mapping[str, Any]:
        try:
            found = msgspec.json.decode(self.content)
        except (msgspec.DecodeError, UnicodeDecodeError):
            return {}
        error = found.get("error") if isinstance(found, dict) else None
        return error if isinstance(error, dict) else {}


class Throttled(AskedToWait):
    """Microsoft wants to be left alone for `wait_s` seconds."""

    def __init__(self, wait_s: float) -> None:
        super().__init__("graph_throttled", wait_s)


class Refused(ConfigError):
    """Graph does not permit it: a permission without consent, or a mailbox that the app may not read."""


def fault_of(answer: Answer, request: Request, account: MicrosoftAccount, *, wait_s: float) -> ServiceError:
    """Return what to raise for an answer that is not well, worded for whoever can mend it."""
    code = answer.code or str(answer.status)
    match answer.status:
        case 401:
            return AuthNeeded("graph_token_refused", app=account.client_id, error=code)
        case 403:
            link = account.consent_link
            return Refused("graph_refused", permission=request.permission, link=link, error=code)
        case 429:
            return Throttled(wait_s)
        case status if status >= 500:
            return Unavailable("graph_failed", status=status, error=code, request=answer.request_id)
        case status:
            return ProtocolError("graph_rejected", status=status, error=code, request=answer.request_id)
