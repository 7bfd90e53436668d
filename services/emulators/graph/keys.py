"""The keys that sign the tokens, and the tokens."""

from __future__ import annotations

import json
import uuid
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from services.emulators.graph.asked import Caller, Refused

LIFE_S: Final = 3_600.0
PUBLISHER: Final = "0bf30f3b-4a52-48df-9a82-234910c4a086"
"""The app by which Microsoft sends notifications."""


class Keys:
    """Signs and checks. `issuer` and `audience` as they stand in tokens."""

    def __init__(self, issuer: str, audience: str, tenant: str) -> None:
        self.issuer = issuer
        self._audience = audience
        self._tenant = tenant
        self._revoked_before: dict[str, float] = {}
        self.roll_over()

    def roll_over(self) -> None:
        """Sign with a new key from now on; the old one is published no more."""
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self._id = uuid.uuid4().hex

    def published(self) -> dict[str, Any]:
        """Return the keys as they are published (JWKS)."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        return {"keys": [{**public, "kid": self._id, "use": "sig", "alg": "RS256"}]}

    def sign(self, claims: dict[str, Any], now: float, life_s: float = LIFE_S) -> str:
        """Sign claims that are good for a while."""
        whole = {"iss": self.issuer, "iat": int(now), "nbf": int(now), "exp": int(now + life_s), **claims}
        return jwt.encode(whole, self._key, algorithm="RS256", headers={"kid": self._id})

    def access(self, caller: Caller, now: float, life_s: float = LIFE_S) -> str:
        """Return a token for Graph."""
        rights: dict[str, Any] = (
            {"roles": sorted(caller.rights), "idtyp": "app"}
            if caller.is_app_only
            else {"scp": " ".join(sorted(caller.rights)), "oid": caller.user}
        )
        claims = {"aud": self._audience, "appid": caller.app, "tid": self._tenant, "at": now, **rights}
        return self.sign(claims, now, life_s)

    def revoke(self, app: str, now: float) -> None:
        """Let nothing be good any more that an app was given until now."""
        self._revoked_before[app] = now

    def caller(self, header: str, now: float, claims_url: str) -> Caller:
        """Return whose token this is. Raises `Refused` with 401."""
        scheme, _, token = header.partition(" ")
        try:
            found = jwt.decode(
                token if scheme.lower() == "bearer" else "",
                self._key.public_key(),
                algorithms=["RS256"],
                audience=self._audience,
                issuer=self.issuer,
                options={"verify_exp": False, "verify_nbf": False, "verify_iat": False},
            )
        except jwt.PyJWTError as error:
            raise _not_let_in("InvalidAuthenticationToken", str(error)) from error
        if found["exp"] <= now:
            raise _not_let_in(
                "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."
            )
        if found["at"] <= self._revoked_before.get(found["appid"], float("-inf")):
            where = f'Bearer realm="", authorization_uri="{claims_url}"'
            challenge = f'{where}, error="insufficient_claims", claims="{_CLAIMS}"'
            raise _not_let_in("InvalidAuthenticationToken", "Continuous access evaluation.", challenge)
        rights = found.get("roles") or str(found.get("scp") or "").split()
        return Caller(app=found["appid"], rights=frozenset(rights), user=str(found.get("oid") or ""))


_CLAIMS: Final = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZX19fQ=="


def _not_let_in(code: str, message: str, challenge: str = 'Bearer realm=""') -> Refused:
    return Refused(401, code, message, WWW_Authenticate=challenge)
