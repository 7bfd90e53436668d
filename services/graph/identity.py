"""Sign-in of people with Microsoft: OpenID Connect, authorization code and PKCE, for one tenant (contract 7).

Not by MSAL: it does not look at signatures and keeps the tokens it gets (contract 7.6). Here a token is
looked at once and forgotten; no access to anything of the person's is asked for, unless they shall write in
Teams in their own name (`services.graph.chats`).
"""

from __future__ import annotations

import base64
import hashlib
import logging
import time
import uuid
from collections.abc import AsyncIterator, Callable, Collection
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import httpx
import jwt
import msgspec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

from reception.errors import ProtocolError, ServiceError, SignInRefused, Unavailable
from reception.identity import BrokerApp, Identity
from reception.model.findings import Finding
from services.graph.chats import GraphChats, forget_grants
from services.graph.claims import SKEW_S, Expected, Untrusted, key_id_of, read_token
from services.graph.published import Metadata, PublishedKeys, endpoint
from services.graph.settings import IdentitySettings, tls_of
from services.graph.tokens import TIMEOUT, certificate_of, fault_in
from services.graph.trouble import network_trouble

_log = logging.getLogger(__name__)

SCOPES: Final = "openid profile email"
_ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ASSERTION_LIFE_S: Final = 600
_FRESH_S: Final = 600.0
"""Microsoft dates its tokens five minutes back, for clocks that differ."""
_ASKED_FOR_KEYS_S: Final = 60.0
_OURS: Final = frozenset({"invalid_client", "unauthorized_client", "invalid_request", "invalid_scope"})
"""Errors that say that the app, not the person, is not let in."""


class GraphIdentity:
    """Implements `reception.identity.IdentityProvider`. `clock` gives UTC seconds."""

    def __init__(
        self,
        settings: IdentitySettings,
        *,
        transport: httpx.AsyncBaseTransport | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.match = settings.match
        self._account = account = settings.microsoft
        self._clock = clock
        tls = tls_of(account) if transport is None else True
        self._http = httpx.AsyncClient(timeout=TIMEOUT, verify=tls, transport=transport)
        self._folder = Path(settings.folder) if settings.folder else None
        self.chats = (
            GraphChats(
                account,
                self._post,
                folder=self._folder,
                match=settings.match,
                transport=transport,
                clock=clock,
            )
            if settings.chat and self._folder is not None
            else None
        )
        self._scopes = f"{SCOPES} {self.chats.scopes}" if self.chats is not None else SCOPES
        self._authority = f"{account.authority.rstrip('/')}/{account.tenant}"
        self._metadata = Metadata(self._http, f"{self._authority}/v2.0/.well-known/openid-configuration")
        self._keys = PublishedKeys(self._metadata)
        self.broker = BrokerApp(app=account.client_id, authority=self._authority) if settings.broker else None
        self._keys_for_strangers = PublishedKeys(self._metadata, again_s=_ASKED_FOR_KEYS_S)
        self._vouched: dict[str, float] = {}
        self._known: dict[str, Any] = {}
        self._certificate = certificate_of(account) if account.certificate else None

    def forget(self, people: Collection[str]) -> None:
        """Forget for good what is kept for these colleagues (ids), if anything is."""
        if self.chats is not None:
            self.chats.forget(people)
        elif self._folder is not None:
            forget_grants(self._folder, people)

    async def close(self) -> None:
        """Let go of the network."""
        await self._http.aclose()
        if self.chats is not None:
            await self.chats.close()

    async def begin(self, *, redirect: str, state: str, nonce: str, challenge: str) -> str:
        """Return the address of Microsoft's page. Raises Unavailable, ConfigError or ProtocolError."""
        asked = {
            "client_id": self._account.client_id,
            "response_type": "code",
            "response_mode": "query",
            "redirect_uri": redirect,
            "scope": self._scopes,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        return f"{endpoint(await self._places(), 'authorization_endpoint')}?{urlencode(asked)}"

    async def finish(self, code: str, *, redirect: str, verifier: str, nonce: str) -> Identity:
        """Return whose code this is. Raises SignInRefused, or ServiceError."""
        given = await self._redeemed(code, redirect, verifier)
        identity = await self._believed(given["id_token"], self._keys, nonce)
        if self.chats is not None:
            self.chats.note(identity.subject, given)
        return identity

    async def vouched(self, token: str, *, nonce: str) -> Identity:
        """Return whom the ID token of a computer proves. Raises SignInRefused, or ServiceError.

        Windows may pass a nonce on or not, and may give a token that it had (contract 7.2): one without our
        nonce must be fresh. Each is taken once.
        """
        if self.broker is None:
            raise SignInRefused("sign_in_off")
        identity = await self._believed(token, self._keys_for_strangers, nonce, or_fresh_s=_FRESH_S)
        now = self._clock()
        self._vouched = {mark: until for mark, until in self._vouched.items() if until > now}
        mark = hashlib.sha256(token.rpartition(".")[0].encode()).hexdigest()
        if mark in self._vouched:
            _log.warning("a sign-in with Microsoft is not believed: its token has come before")
            raise SignInRefused("sign_in_untrusted")
        self._vouched[mark] = now + _FRESH_S + SKEW_S
        return identity

    async def examine(self) -> AsyncIterator[Finding]:
        """Try what can be tried without a person: addresses, keys, and the app's proof of who it is."""
        for what, look in (("sign-in page", self._places), ("signing keys", self._metadata.keys)):
            try:
                await look()
                yield Finding(what=what)
            except ServiceError as error:
                yield Finding(what=what, fault=error.message)
                return
        root = urlsplit(self._account.graph)
        scope = f"{root.scheme}://{root.netloc}/.default"
        try:
            await self._post({"grant_type": "client_credentials", "scope": scope})
            yield Finding(what="app")
        except (SignInRefused, ServiceError) as error:
            yield Finding(what="app", fault=error.message)

    # ------------------------------------------------------------- parts

    async def _believed(
        self, token: str, keys: PublishedKeys, nonce: str, *, or_fresh_s: float = 0.0
    ) -> Identity:
        expected = Expected(
            issuer=f"{self._authority}/v2.0",
            tenant=self._account.tenant,
            audience=self._account.client_id,
            nonce=nonce,
            or_fresh_s=or_fresh_s,
        )
        try:
            key = await keys.find(key_id_of(token))
            if key is None:
                raise Untrusted("is signed by an unknown key")
            return read_token(token, key, expected, self._clock())
        except Untrusted as error:
            _log.warning("a sign-in with Microsoft is not believed: its token %s", error)
            raise SignInRefused("sign_in_untrusted") from error

    async def _places(self) -> dict[str, Any]:
        if not self._known:
            found = await self._metadata.read()
            if "error" in found:
                raise fault_in(found, self._account)
            if found.get("issuer") != f"{self._authority}/v2.0":
                raise ProtocolError("graph_malformed", what="openid-configuration issuer")
            self._known = found
        return self._known

    async def _redeemed(self, code: str, redirect: str, verifier: str) -> dict[str, Any]:
        grant = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
        result = await self._post({**grant, "redirect_uri": redirect, "scope": self._scopes})
        if not isinstance(result.get("id_token"), str):
            raise ProtocolError("graph_malformed", what="id_token")
        return result

    async def _post(self, form: dict[str, str]) -> dict[str, Any]:
        address = endpoint(await self._places(), "token_endpoint")
        whole = {"client_id": self._account.client_id, **form, **self._proof(address)}
        host = httpx.URL(address).host
        try:
            reply = await self._http.post(address, data=whole)
        except httpx.RequestError as error:
            raise network_trouble(error, host) from error
        if reply.status_code == httpx.codes.TOO_MANY_REQUESTS or reply.is_server_error:
            raise Unavailable("unreachable", address=host)
        try:
            result = msgspec.json.decode(reply.content, type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ProtocolError("graph_malformed", what="token") from error
        if reply.is_success:
            return result
        raise self._fault(result)

    def _fault(self, result: dict[str, Any]) -> SignInRefused | ServiceError:
        error = str(result.get("error") or "?")
        said = str(result.get("error_description") or error).splitlines()[:1]
        _log.info("Microsoft refused a sign-in: %s", *said)
        if error in _OURS:
            return fault_in(result, self._account)
        return SignInRefused("sign_in_failed", error=error[:80])

    def _proof(self, audience: str) -> dict[str, str]:
        """Return what proves that it is our app that asks (contract 7.3)."""
        if self._certificate is None:
            return {"client_secret": self._account.secret}
        key, chain = self._certificate
        ours, now = self._account.client_id, int(self._clock())
        claims = {"aud": audience, "iss": ours, "sub": ours, "jti": str(uuid.uuid4())}
        times = {"iat": now, "nbf": now, "exp": now + _ASSERTION_LIFE_S}
        thumbprint = jwt.utils.base64url_encode(chain[0].fingerprint(SHA256())).decode()
        assertion = jwt.encode(
            {**claims, **times},
            key,
            algorithm="PS256",
            headers={"x5t#S256": thumbprint, "x5c": [_packed(one) for one in chain]},
        )
        return {"client_assertion_type": _ASSERTION, "client_assertion": assertion}


def _packed(certificate: Certificate) -> str:
    """Return a certificate as RFC 7515, 4.1.6 wants it."""
    return base64.b64encode(certificate.public_bytes(Encoding.DER)).decode()
