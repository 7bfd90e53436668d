"""Sign-ins that are under way elsewhere: what they began with stays here, and each ends once.

The browser gets a random state to bring back (in the address) and a number that nobody guesses (in a cookie).
Both must come back together, within ten minutes, once: who sends somebody else the end of a sign-in signs
nobody in (RFC 6749, 10.12; RFC 9700, 2.1 and 4.7).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Final

import msgspec

from reception.errors import SignInRefused
from reception.hub.secrets import new_token

LIFE_S: Final = 600.0
_MOST: Final = 10_000
"""Sign-ins under way at once; the oldest gives way, so that nobody fills the memory."""


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """One sign-in. `to` is the page to go to, `pairing` the console that waits; `until` is in UTC seconds."""

    state: str
    nonce: str
    verifier: str
    browser: str
    until: float
    to: str = ""
    pairing: str = ""

    @property
    def challenge(self) -> str:
        """What the provider is told of the verifier: S256 (RFC 7636, 4.2)."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Flows:
    """All that are under way."""

    def __init__(self) -> None:
        self._flows: dict[str, Flow] = {}

    def begin(self, now: float, *, to: str = "", pairing: str = "") -> tuple[Flow, str]:
        """Begin one; returns the number for the browser's cookie too, which is kept nowhere."""
        self._make_room(now)
        browser = new_token()
        flow = Flow(
            state=new_token(),
            nonce=new_token(),
            verifier=new_token(),
            browser=_hashed(browser),
            until=now + LIFE_S,
            to=to,
            pairing=pairing,
        )
        self._flows[flow.state] = flow
        return flow, browser

    def take(self, state: str, browser: str, now: float) -> Flow:
        """Return the one that ends here, and forget it. Raises SignInRefused."""
        flow = self._flows.pop(state, None)
        if flow is None or flow.until <= now or not hmac.compare_digest(flow.browser, _hashed(browser)):
            raise SignInRefused("sign_in_expired")
        return flow

    def _make_room(self, now: float) -> None:
        oldest = next(iter(self._flows.values()), None)
        while oldest is not None and (oldest.until <= now or len(self._flows) >= _MOST):
            del self._flows[oldest.state]
            oldest = next(iter(self._flows.values()), None)


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
