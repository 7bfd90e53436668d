"""The app's own tokens, by MSAL, which waits for the network: so it does that in a thread of its own.

MSAL may be used by several threads but fetches a token for each of them (contract 7.6), so all wait here for
one. It also repeats an answer that refused it for a minute without asking (7.4); a fresh application asks.
"""

from __future__ import annotations

import asyncio
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, NamedTuple, Protocol
from urllib.parse import urlsplit

import httpx
import jwt
import msal  # type: ignore[import-untyped]  # it ships no types
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    pkcs12,
)
from cryptography.x509 import Certificate, load_pem_x509_certificates

from reception.errors import AuthNeeded, ConfigError, ServiceError, Unavailable
from reception.model.microsoft import AUTHORITY, MicrosoftAccount
from services.graph.settings import tls_of, wrong
from services.graph.trouble import network_trouble

# It notes faults at each try, with the answer; we tell them once, in words.
logging.getLogger("msal").setLevel(logging.CRITICAL)

TIMEOUT: Final = httpx.Timeout(20.0, connect=10.0)
_PFX: Final = frozenset({".pfx", ".p12"})
_SECRET_CODES: Final = frozenset({7000215, 7000222})
_CERTIFICATE_CODES: Final = frozenset({700027})
_APP_CODES: Final = frozenset({700016})
_TENANT_CODES: Final = frozenset({90002, 900023})
"""Microsoft's numbers (AADSTS). They are hints for the message only: they may change (contract 7.5)."""


class Tokens(Protocol):
    """Whatever gives tokens for Graph."""

    async def token(self) -> str:
        """Return a token. Raises ServiceError."""

    def refused(self, token: str, claims: str = "") -> None:
        """This token was refused; the next one must be new, and answer these claims."""


class Refusal(NamedTuple):
    """A token that was refused, and the claims that the next one must answer; of none where it is empty."""

    token: str = ""
    claims: str = ""


class MsalHttp(httpx.Client):
    """The HTTP of MSAL, which knows *requests*: there a form may hold bytes, and its assertion is some."""

    def post(self, url: Any, *, data: Any = None, **more: Any) -> httpx.Response:
        """Send a form."""
        if isinstance(data, dict):
            data = {k: v.decode() if isinstance(v, bytes) else v for k, v in data.items()}
        return super().post(url, data=data, **more)


class AppTokens:
    """Tokens with the app's own permissions. Close it with `close`."""

    def __init__(self, account: MicrosoftAccount, transport: httpx.BaseTransport | None = None) -> None:
        self._account = account
        root = urlsplit(account.graph)
        self._scopes = [f"{root.scheme}://{root.netloc}/.default"]
        self._address = urlsplit(account.authority).netloc
        tls = tls_of(account) if transport is None else True
        self._http = MsalHttp(timeout=TIMEOUT, verify=tls, follow_redirects=True, transport=transport)
        self._executor = ThreadPoolExecutor(1, thread_name_prefix="microsoft sign-in")
        self._one_flight = asyncio.Lock()
        self._app: msal.ConfidentialClientApplication | None = None
        self._latest = ""
        self._refusal = Refusal()

    async def token(self) -> str:
        """Return a token that is good for some minutes. Raises AuthNeeded, ConfigError or Unavailable."""
        async with self._one_flight:
            loop, refusal = asyncio.get_running_loop(), self._refusal
            self._latest = await loop.run_in_executor(self._executor, self._acquire, refusal)
            if self._refusal is refusal:  # else this may be the very one that was refused meanwhile
                self._refusal = Refusal()
            return self._latest

    def refused(self, token: str, claims: str = "") -> None:
        """Do not give this one again; one that came after it is none of its faults."""
        refusal = Refusal(token, claims)
        if token == self._latest and refusal != self._refusal:
            self._refusal = refusal

    async def close(self) -> None:
        """Let go of the network."""
        await asyncio.get_running_loop().run_in_executor(self._executor, self._http.close)
        self._executor.shutdown(wait=False)

    # ------------------------------------------------------------- in the thread

    def _acquire(self, refusal: Refusal) -> str:
        try:
            app = self._app or self._new_app()
            if refusal.token and not refusal.claims:
                app.remove_tokens_for_client()
            result = app.acquire_token_for_client(self._scopes, claims_challenge=refusal.claims or None)
        except httpx.TransportError as error:
            self._app = None
            raise network_trouble(error, self._address) from error
        except (ValueError, msal.exceptions.MsalError) as error:
            self._app = None
            raise msal_trouble(error, self._account) from error
        token = result.get("access_token")
        if isinstance(token, str) and token:
            self._app = app
            return token
        self._app = None
        raise fault_in(result, self._account)

    def _new_app(self) -> msal.ConfidentialClientApplication:
        account = self._account
        is_microsofts = account.authority.rstrip("/") == AUTHORITY
        return msal.ConfidentialClientApplication(
            account.client_id,
            client_credential=_credential(account),
            authority=f"{account.authority.rstrip('/')}/{account.tenant}",
            instance_discovery=None if is_microsofts else False,
            validate_authority=is_microsofts,
            http_client=self._http,
            client_capabilities=["CP1"],  # we answer claims challenges
        )


def msal_trouble(error: Exception, account: MicrosoftAccount) -> ServiceError:
    """Return what to raise for what MSAL raises: an authority that does not answer as one, or has a fault."""
    if isinstance(error, ValueError) and not isinstance(error, json.JSONDecodeError):
        return ConfigError("microsoft_unknown_tenant", tenant=account.tenant)
    return Unavailable("unreachable", address=urlsplit(account.authority).netloc)


def roles_in(token: str) -> frozenset[str] | None:
    """Return the permissions in a token, None when it does not tell.

    Graph's tokens are Graph's matter: this is a hint for what people are told, and nothing is let in by it.
    """
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.PyJWTError:
        return None
    roles = claims.get("roles")
    return frozenset(map(str, roles)) if isinstance(roles, list) else None


def fault_in(result: dict[str, Any], account: MicrosoftAccount) -> ServiceError:
    """Return what to raise for a sign-in that was refused."""
    numbers = set(result.get("error_codes") or ())
    error = str(result.get("error") or "?")
    if numbers & _SECRET_CODES:
        return AuthNeeded("microsoft_secret_refused", app=account.client_id)
    if numbers & _CERTIFICATE_CODES:
        return AuthNeeded("microsoft_certificate_refused", app=account.client_id)
    if numbers & _APP_CODES:
        return ConfigError("microsoft_unknown_app", app=account.client_id, tenant=account.tenant)
    if numbers & _TENANT_CODES:
        return ConfigError("microsoft_unknown_tenant", tenant=account.tenant)
    if error == "temporarily_unavailable" or error == "server_error":
        return Unavailable("unreachable", address=urlsplit(account.authority).netloc)
    said = str(result.get("error_description") or "").splitlines()
    return AuthNeeded("microsoft_sign_in_refused", app=account.client_id, error=said[0] if said else error)


def _credential(account: MicrosoftAccount) -> Any:
    """Return what proves who we are, as MSAL takes it. Raises ConfigError."""
    if account.secret:
        return account.secret
    key, chain = certificate_of(account)
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = b"".join(one.public_bytes(Encoding.PEM) for one in chain)
    return {"private_key": plain.decode(), "public_certificate": public.decode()}


def certificate_of(account: MicrosoftAccount) -> tuple[RSAPrivateKey, list[Certificate]]:
    """Return the app's private key, and its certificate with those above it. Raises ConfigError."""
    file, password = Path(account.certificate), account.certificate_password.encode() or None
    try:
        content = file.read_bytes()
        if file.suffix.lower() in _PFX:
            key, certificate, others = pkcs12.load_key_and_certificates(content, password)
        else:
            key = load_pem_private_key(content, password)
            certificate, *others = load_pem_x509_certificates(content)
    except (OSError, ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise wrong("microsoft certificate", f"{file} cannot be read: {error}") from error
    if key is None or certificate is None:
        raise wrong("microsoft certificate", f"{file} must hold the certificate and its private key")
    if not isinstance(key, RSAPrivateKey):  # MSAL signs with no other
        raise wrong("microsoft certificate", f"{file} must have an RSA key")
    return key, [certificate, *others]
