"""Microsoft's sign-in: as much of OAuth 2 and OpenID Connect as its own library speaks (contract 7).

Nobody types a password here: whoever runs the emulator says who sits at the browser (`user`), and whether
they go through with it; or those at the browser say so themselves on a page (`has_page`).
"""

from __future__ import annotations

import base64
import hashlib
import json
import uuid
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import parse_qsl, quote

import jwt
import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from services.emulators.graph.asked import Caller, Reply, told
from services.emulators.graph.keys import LIFE_S, Keys
from services.emulators.graph.sign_in_pages import CHOICE, form_page, is_programs, sign_in_page
from services.emulators.graph.tenant import App, Tenant, User

_CODE_LIFE_S: Final = 600.0
_OWN_SCOPES: Final = frozenset({"openid", "profile", "offline_access", "email"})


class Fault(Exception):
    """No token: the error of OAuth, and Microsoft's number for it."""

    def __init__(self, error: str, number: int, text: str, **more: str) -> None:
        super().__init__(text)
        self.status = 401 if error == "invalid_client" else 400
        self.body = {
            "error": error,
            "error_description": f"AADSTS{number}: {text}",
            "error_codes": [number],
            "correlation_id": str(uuid.uuid4()),
            "trace_id": str(uuid.uuid4()),
            "timestamp": "2026-11-27 10:00:00Z",
            **more,
        }


class _Grant(msgspec.Struct, kw_only=True):
    """What somebody has agreed to: a code that was given for it, or a refresh token."""

    app: str
    user: str
    scopes: frozenset[str]
    until: float
    redirect: str = ""
    challenge: str = ""
    nonce: str = ""


class SignIn:
    """The token service of a tenant. `base` is the address below which it lies."""

    def __init__(self, tenant: Tenant, keys: Keys, base: str) -> None:
        self.tenant = tenant
        self.user = ""
        self.has_page = False
        self.claims: dict[str, Any] = {}
        self.declines = False
        self.refuses: Fault | None = None
        self.is_closed = False
        self.tokens_given = 0
        self._keys = keys
        self._base = base
        self._codes: dict[str, _Grant] = {}
        self._devices: dict[str, _Grant] = {}
        self._refresh: dict[str, _Grant] = {}

    @property
    def issuer(self) -> str:
        """Who the tokens are from."""
        return f"{self._base}/{self.tenant.id}/v2.0"

    def answer(self, method: str, path: str, query: str, content: bytes) -> Reply:
        """Answer a request below the authority."""
        if self.is_closed:
            return Reply(status=503, headers={"Retry-After": "1"})
        where, _, rest = path.strip("/").partition("/")
        if where not in (self.tenant.id, "common", "organizations"):
            number = {"error_codes": [90002]}
            return told({"error": "invalid_tenant", "error_description": "AADSTS90002", **number}, 400)
        fields = dict(parse_qsl(content.decode("utf-8", "replace") if method == "POST" else query))
        match method, rest:
            case "GET", "v2.0/.well-known/openid-configuration" | ".well-known/openid-configuration":
                return told(self._metadata())
            case "GET", "discovery/v2.0/keys":
                return told(self._keys.published())
            case "GET", "oauth2/v2.0/authorize":
                return self._authorize(fields)
            case "POST", "oauth2/v2.0/devicecode":
                return self._device(fields)
            case "POST", "oauth2/v2.0/token":
                try:
                    return told(self._token(fields))
                except Fault as fault:
                    return told(fault.body, fault.status)
        return Reply(status=404)

    def vouch(self, user: User, nonce: str = "") -> str:
        """Return an ID token for our app, as the account manager of Windows has it without a browser."""
        app, now = self.tenant.app, self.tenant.clock()
        grant = _Grant(app=app.id, user=user.id, scopes=_OWN_SCOPES, until=now, nonce=nonce)
        return self._keys.sign({**self._identity(app, grant, user), "uti": uuid.uuid4().hex}, now)

    def withdraw(self, *permissions: str) -> None:
        """An administrator takes consent away: tokens that come from now on do not have it."""
        for app in self.tenant.apps.values():
            app.roles.difference_update(permissions)
            app.scopes.difference_update(permissions)

    def forget_everybody(self) -> None:
        """Whoever has signed in must do so again, as after a change of password."""
        self._refresh.clear()

    # ------------------------------------------------------------- parts

    def _metadata(self) -> dict[str, Any]:
        root = f"{self._base}/{self.tenant.id}"
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{root}/oauth2/v2.0/authorize",
            "token_endpoint": f"{root}/oauth2/v2.0/token",
            "device_authorization_endpoint": f"{root}/oauth2/v2.0/devicecode",
            "jwks_uri": f"{root}/discovery/v2.0/keys",
            "response_modes_supported": ["query", "fragment", "form_post"],
            "response_types_supported": ["code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_post", "private_key_jwt"],
        }

    def _authorize(self, asked: Mapping[str, str]) -> Reply:
        """Let who sits there agree, and send their browser back with a form (contract 0.10)."""
        redirect, state = asked.get("redirect_uri", ""), asked.get("state", "")
        if fault := self._fault_in(asked):
            return Reply(status=400, content=fault.encode())
        if self.has_page and CHOICE not in asked:
            return sign_in_page(self.tenant.users.values(), asked)
        found = self.tenant.find(asked.get(CHOICE, self.user) if self.has_page else self.user)
        if found is not None and not found.is_enabled:
            return Reply(status=400, content=b"AADSTS50057: The user account is disabled.")
        if found is None or self.declines:
            fields = {"error": "access_denied", "error_description": "AADSTS65004: declined"}
        else:
            code = uuid.uuid4().hex
            self._codes[code] = _Grant(
                app=asked["client_id"],
                user=found.id,
                scopes=frozenset(asked.get("scope", "").split()),
                until=self.tenant.clock() + _CODE_LIFE_S,
                redirect=redirect,
                challenge=asked.get("code_challenge", ""),
                nonce=asked.get("nonce", ""),
            )
            fields = {"code": code}
        fields["state"] = state
        if asked.get("response_mode") != "form_post":
            words = "&".join(f"{name}={quote(value, safe='')}" for name, value in fields.items())
            return Reply(status=302, headers={"Location": f"{redirect}?{words}"})
        return form_page(redirect, fields)

    def _fault_in(self, asked: Mapping[str, str]) -> str:
        """Return what is told on Microsoft's own page: an address that is not known gets nothing."""
        app = self.tenant.apps.get(asked.get("client_id", ""))
        if app is None:
            return "AADSTS700016: The application was not found in the directory."
        redirect = asked.get("redirect_uri", "")
        if redirect not in app.redirects and not is_programs(redirect):
            return "AADSTS50011: The redirect URI does not match those configured for the application."
        if asked.get("response_type") != "code":
            return "AADSTS700054: response_type is not enabled for the application."
        if "openid" not in asked.get("scope", "").split():
            return "AADSTS900144: The scope must contain openid."
        if asked.get("code_challenge") and asked.get("code_challenge_method") != "S256":
            return "AADSTS9002325: The code_challenge_method is not supported."
        return ""

    def _device(self, asked: Mapping[str, str]) -> Reply:
        code = uuid.uuid4().hex
        self._devices[code] = _Grant(
            app=asked.get("client_id", ""),
            user="",
            scopes=frozenset(asked.get("scope", "").split()),
            until=self.tenant.clock() + _CODE_LIFE_S,
        )
        where = f"{self._base}/device"
        words = f"Open {where} and enter the code A1B2C3."
        times = {"expires_in": int(_CODE_LIFE_S), "interval": 1}
        return told(
            {"user_code": "A1B2C3", "device_code": code, "verification_uri": where, "message": words, **times}
        )

    def _token(self, asked: Mapping[str, str]) -> dict[str, Any]:
        if self.refuses is not None:
            raise self.refuses
        app = self.tenant.apps.get(asked.get("client_id", ""))
        if app is None:
            raise Fault("unauthorized_client", 700016, "The application was not found in the directory.")
        grant = asked.get("grant_type", "")
        if grant == "client_credentials":
            self._prove_app(app, asked)
            return self._app_token(app, asked)
        found = self._granted(grant, app, asked)
        return self._user_token(app, found, asked)

    def _prove_app(self, app: App, asked: Mapping[str, str]) -> None:
        if (assertion := asked.get("client_assertion")) is not None:
            if not app.certificate:
                raise Fault("invalid_client", 700027, "The certificate is not registered.")
            try:
                self._check_thumbprint(app, jwt.get_unverified_header(assertion))
                jwt.decode(
                    assertion,
                    _public_key(app.certificate),
                    algorithms=["PS256", "RS256"],
                    audience=f"{self._base}/{self.tenant.id}/oauth2/v2.0/token",
                    issuer=app.id,
                )
            except jwt.PyJWTError as error:
                raise Fault("invalid_client", 700027, f"The assertion is not valid: {error}") from error
        elif "client_secret" not in asked:
            text = "The request body must contain client_assertion or client_secret."
            raise Fault("invalid_client", 7000218, text)
        elif not app.secret or asked.get("client_secret") != app.secret:
            raise Fault("invalid_client", 7000215, "Invalid client secret provided.")

    def _check_thumbprint(self, app: App, header: Mapping[str, Any]) -> None:
        """Raise `Fault` unless it names the registered certificate, and that is valid (contract 7.3)."""
        if "BEGIN CERTIFICATE" not in app.certificate:
            return
        certificate = x509.load_pem_x509_certificate(app.certificate.encode())
        own = base64.urlsafe_b64encode(certificate.fingerprint(SHA256())).decode()
        if str(header.get("x5t#S256")).rstrip("=") != own.rstrip("="):  # MSAL pads it
            raise Fault("invalid_client", 700027, "The certificate is not registered.")
        if certificate.not_valid_after_utc.timestamp() <= self.tenant.clock():
            raise Fault("invalid_client", 700027, "The certificate is expired.")

    def _app_token(self, app: App, asked: Mapping[str, str]) -> dict[str, Any]:
        self.tokens_given += 1
        caller = Caller(app=app.id, rights=frozenset(app.roles))
        now = self.tenant.clock()
        life = {"expires_in": int(LIFE_S), "ext_expires_in": int(LIFE_S)}
        token = self._keys.access(caller, now)
        return {"token_type": "Bearer", **life, "access_token": token, "scope": asked.get("scope", "")}

    def _granted(self, grant: str, app: App, asked: Mapping[str, str]) -> _Grant:
        now = self.tenant.clock()
        if grant == "authorization_code":
            found = self._codes.pop(asked.get("code", ""), None)
            if found is None or found.until <= now or found.app != app.id:
                raise Fault("invalid_grant", 70008, "The authorization code has expired.")
            if found.redirect != asked.get("redirect_uri"):
                raise Fault("invalid_grant", 500112, "The reply address does not match.")
            if found.redirect in app.redirects:
                self._prove_app(app, asked)
            if found.challenge and found.challenge != _challenge(asked.get("code_verifier", "")):
                raise Fault("invalid_grant", 501481, "The code_verifier does not match the code_challenge.")
            return found
        if grant == "refresh_token":
            found = self._refresh.get(asked.get("refresh_token", ""))
            if found is None or found.app != app.id or found.user not in self.tenant.users:
                raise Fault("invalid_grant", 700082, "The refresh token has expired.")
            return found
        if grant in ("device_code", "urn:ietf:params:oauth:grant-type:device_code"):
            code = asked.get("device_code", "")
            found = self._devices.get(code)
            if found is None or found.until <= now or found.app != app.id:
                raise Fault("expired_token", 70020, "The device code has expired.")
            if self.declines:
                raise Fault("authorization_declined", 70018, "Declined.")
            if (who := self.tenant.find(self.user)) is None:
                raise Fault("authorization_pending", 70016, "Nobody has signed in yet.")
            found.user = who.id
            del self._devices[code]
            return found
        raise Fault("unsupported_grant_type", 70003, f"The grant {grant} is not known.")

    def _user_token(self, app: App, grant: _Grant, asked: Mapping[str, str]) -> dict[str, Any]:
        wanted = frozenset(asked.get("scope", "").split()) or grant.scopes
        names = frozenset(scope.rpartition("/")[2] for scope in wanted - _OWN_SCOPES)
        if not names <= app.scopes:
            missing = ", ".join(sorted(names - app.scopes))
            raise Fault(
                "invalid_grant", 65001, f"Nobody has consented to {missing}.", suberror="consent_required"
            )
        self.tokens_given += 1
        now, user = self.tenant.clock(), self.tenant.users[grant.user]
        told: dict[str, Any] = {
            "token_type": "Bearer",
            "expires_in": int(LIFE_S),
            "ext_expires_in": int(LIFE_S),
            "access_token": self._keys.access(Caller(app=app.id, rights=names, user=user.id), now),
            "scope": " ".join(sorted(wanted)),
            "client_info": _b64({"uid": user.id, "utid": self.tenant.id}),
        }
        if "offline_access" in wanted:
            told["refresh_token"] = refresh = uuid.uuid4().hex
            self._refresh[refresh] = grant
        if "openid" in wanted:
            told["id_token"] = self._keys.sign(self._identity(app, grant, user), now)
        return told

    def _identity(self, app: App, grant: _Grant, user: User) -> dict[str, Any]:
        return {
            "aud": app.id,
            "sub": hashlib.sha256(f"{app.id} {user.id}".encode()).hexdigest()[:32],
            "oid": user.id,
            "tid": self.tenant.id,
            "name": user.name,
            "preferred_username": user.mail,
            "ver": "2.0",
            **({"nonce": grant.nonce} if grant.nonce else {}),
            **self.claims,
        }


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def _b64(value: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def _public_key(pem: str) -> Any:
    if "BEGIN CERTIFICATE" in pem:
        return x509.load_pem_x509_certificate(pem.encode()).public_key()
    return load_pem_public_key(pem.encode())
