"""Signing in with a token (`auth` ``oauth``): an application gets it with its secret, for itself.

exchangelib 5.6.0 has this too, but wants a token renewed as if somebody had signed in, which an application's
is not; and what goes wrong there are errors of another library. So requests carry tokens of ours.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import msgspec
import requests
from requests.adapters import HTTPAdapter
from requests.auth import AuthBase

from reception.errors import PasswordRefused, ProtocolError, ServiceError, Unavailable
from services.exchange.settings import ExchangeSettings, wrong
from services.exchange.trouble import BUSY_S, Busy, trouble_of

_AHEAD_S: Final = 60.0
"""A token is fetched anew before it runs out, as the clocks of two servers are not one."""
_SECRET_REFUSED: Final = ("invalid_client", "unauthorized_client", "invalid_grant")


class Tokens:
    """The token of one server's connections, fetched when it is needed. From any thread.

    `adapter` makes what trusts whom the settings trust. A secret that was refused once is not shown again:
    whoever wants another try makes another of these.
    """

    def __init__(self, settings: ExchangeSettings, adapter: Callable[[], HTTPAdapter]) -> None:
        self._settings = settings
        self._adapter = adapter
        self._lock = threading.Lock()
        self._token = ""
        self._until = 0.0
        self._refusal: PasswordRefused | None = None

    def current(self) -> str:
        """Return a token that holds for a while yet. Raises ServiceError."""
        with self._lock:
            if not self._token or time.monotonic() >= self._until:
                self._fetch()
            return self._token

    def instead_of(self, refused: str) -> str:
        """Return another token than one that the server did not take. Raises ServiceError."""
        with self._lock:
            if self._token == refused:
                self._fetch()
            return self._token

    def _fetch(self) -> None:
        if self._refusal is not None:
            raise self._refusal
        self._token = ""
        try:
            reply = self._asked()
        except (requests.RequestException, OSError) as error:
            raise trouble_of(error, msgspec.structs.replace(self._settings, url=self._address)) from error
        answer = _answer_in(reply)
        if reply.status_code != 200:
            raise self._trouble(reply, str(answer.get("error", "")))
        try:
            token, life_s = str(answer["access_token"]), float(answer.get("expires_in", 0.0))
        except (KeyError, ValueError, TypeError) as error:
            raise ProtocolError("exchange_malformed", address=self._address) from error
        self._token, self._until = token, float("inf")
        if life_s > 0.0:
            self._until = time.monotonic() + life_s - min(_AHEAD_S, life_s / 2)

    def _asked(self) -> requests.Response:
        settings = self._settings
        form = {
            "grant_type": "client_credentials",
            "client_id": settings.user,
            "client_secret": settings.password,
            "scope": settings.asked_scope,
        }
        with requests.Session() as session:
            session.mount(self._address, self._adapter())
            session.auth = _nobody
            return session.post(self._address, form, timeout=settings.timeout_s, allow_redirects=False)

    def _trouble(self, reply: requests.Response, error: str) -> ServiceError:
        status = reply.status_code
        if status == 401 or error in _SECRET_REFUSED:
            self._refusal = PasswordRefused("wrong_password", address=self._address, user=self._settings.user)
            return self._refusal
        if status in (429, 503):
            asked = reply.headers.get("Retry-After", "")
            return Busy(float(asked) if asked.isdecimal() else BUSY_S)
        if status >= 500:
            return Unavailable("unreachable", address=self._address)
        if error:
            return wrong("scope" if error == "invalid_scope" else "token_url", error)
        return ProtocolError("exchange_malformed", address=self._address)

    @property
    def _address(self) -> str:
        return self._settings.token_url


class Bearer(AuthBase):
    """Shows a token with each request; one that is refused is asked for anew, once."""

    def __init__(self, tokens: Tokens) -> None:
        self._tokens = tokens

    def __call__(self, request: Any) -> Any:
        """Sign a request. Raises ServiceError."""
        token = self._tokens.current()
        request.headers["Authorization"] = f"Bearer {token}"
        request.register_hook("response", partial(self._again, token))
        return request

    def _again(self, token: str, reply: Any, **more: Any) -> Any:
        if reply.status_code != 401:
            return reply
        _ = reply.content  # all of it, so that the connection can be used again
        reply.close()
        request = reply.request.copy()
        request.headers["Authorization"] = f"Bearer {self._tokens.instead_of(token)}"
        again = reply.connection.send(request, **more)
        again.history.append(reply)
        return again


def _nobody(request: Any) -> Any:
    """Sign a request not at all: `requests` would look for a password in files of the account."""
    return request


def _answer_in(reply: requests.Response) -> dict[str, Any]:
    try:
        answer = json.loads(reply.content)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
