"""What an ID token says, believed only when all of it is right (OpenID Connect Core, 3.1.3.7). Pure."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any, Final

import jwt
import msgspec

from reception.identity import Identity
from services.graph.people import PREFIX

ALGORITHMS: Final = ("RS256",)
SKEW_S: Final = 300.0
"""Seconds that Microsoft's clock and ours may differ."""
_REQUIRED: Final = ("iss", "aud", "exp", "nbf", "sub", "tid", "oid")


class Expected(msgspec.Struct, frozen=True, kw_only=True):
    """Whose token it must be: by this issuer and tenant, for this app (`audience`) and this one sign-in.

    `or_fresh_s`: instead of for this sign-in it may have been made so many seconds ago at most; then whoever
    takes it must not take it twice. 0: it must be for this sign-in.
    """

    issuer: str
    tenant: str
    audience: str
    nonce: str
    or_fresh_s: float = 0.0


class Untrusted(Exception):
    """The token is not what it must be; the text says why and holds nothing of it."""


def key_id_of(token: str) -> str:
    """Return by which key a token says it is signed. Raises Untrusted."""
    try:
        header = jwt.get_unverified_header(token)
    except jwt.PyJWTError as error:
        raise Untrusted("is no token") from error
    if header.get("alg") not in ALGORITHMS:
        raise Untrusted("is not signed by RS256")
    return str(header.get("kid") or "")


def read_token(token: str, key: jwt.PyJWK, expected: Expected, now: float) -> Identity:
    """Return whom a token proves; `now` is in UTC seconds. Raises Untrusted."""
    try:
        claims = jwt.decode(
            token,
            key,
            algorithms=list(ALGORITHMS),
            audience=expected.audience,
            issuer=expected.issuer,
            options={
                "require": list(_REQUIRED),
                "strict_aud": True,
                # looked at below: by the clock we are given
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
            },
        )
    except jwt.PyJWTError as error:
        raise Untrusted(type(error).__name__) from error
    _check_times(claims, now)
    if str(claims["tid"]).casefold() != expected.tenant.casefold():
        raise Untrusted("is from another tenant")
    if not expected.nonce or not _is_same(claims.get("nonce"), expected.nonce):
        _check_fresh(claims, expected.or_fresh_s, now)
    if not isinstance(claims["oid"], str) or not claims["oid"].strip():
        raise Untrusted("names nobody")
    return Identity(
        subject=claims["oid"].casefold(),
        tenant=expected.tenant,
        address=_address(claims),
        name=_text(claims, "name"),
        directory=PREFIX,
    )


def _check_times(claims: Mapping[str, Any], now: float) -> None:
    begin, end = claims["nbf"], claims["exp"]
    if not all(isinstance(t, (int, float)) and not isinstance(t, bool) for t in (begin, end)):
        raise Untrusted("has no times")
    if not end > now - SKEW_S:
        raise Untrusted("has expired")
    if not begin <= now + SKEW_S:
        raise Untrusted("is not valid yet")


def _check_fresh(claims: Mapping[str, Any], most_s: float, now: float) -> None:
    made = claims.get("iat")
    if not most_s or isinstance(made, bool) or not isinstance(made, (int, float)) or not made > now - most_s:
        raise Untrusted("answers another sign-in")


def _is_same(given: object, wanted: str) -> bool:
    return isinstance(given, str) and hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def _address(claims: Mapping[str, Any]) -> str:
    """Return an address that nobody else in the tenant can give themselves, or nothing.

    A UPN ends in a domain that the tenant has proved. The claim `email` is whatever stands in a field, unless
    its domain's owner was verified (`xms_edov`). A guest's names are those of another tenant, where others
    decide who has them; guests are known by their object id alone.
    """
    if claims.get("acct") in (1, "1") or claims.get("idp", claims["iss"]) != claims["iss"]:
        return ""
    if claims.get("xms_edov") in (True, 1, "1", "true") and (email := _text(claims, "email")):
        return email
    return _text(claims, "preferred_username")


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value.strip() if isinstance(value, str) else ""
