"""An ID token is believed only when all of it is right, whatever else may be wrong with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given
from hypothesis import strategies as st
from jwt.utils import base64url_encode
from msgspec.structs import replace

from reception.identity import Identity
from services.graph.claims import SKEW_S, Expected, Untrusted, key_id_of, read_token

NOW = 1_700_000_000.0
TENANT = "11111111-1111-4111-8111-111111111111"
EXPECTED = Expected(
    issuer=f"https://login.microsoftonline.com/{TENANT}/v2.0", tenant=TENANT, audience="our app", nonce="once"
)
OURS, OTHERS = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))
PUBLIC = jwt.PyJWK.from_dict(
    {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(OURS.public_key())), "kid": "k", "alg": "RS256"}
)
GOOD: dict[str, Any] = {
    "iss": EXPECTED.issuer,
    "aud": "our app",
    "exp": NOW + 3_600,
    "nbf": NOW - 5,
    "iat": NOW - 5,
    "sub": "pairwise",
    "oid": "AAAA-1",
    "tid": TENANT,
    "nonce": "once",
    "name": "Alice Holm",
    "preferred_username": "alice@firma.example",
}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)


def token(claims: dict[str, Any], key: Any = OURS, algorithm: str = "RS256") -> str:
    return jwt.encode(claims, key, algorithm=algorithm, headers={"kid": "k"})


def raw(header: dict[str, Any], claims: dict[str, Any], signature: bytes = b"") -> str:
    """Put a token together that no library would make."""
    parts = (json.dumps(header).encode(), json.dumps(claims).encode(), signature)
    return ".".join(base64url_encode(part).decode() for part in parts)


def read(text: str, *, now: float = NOW, expected: Expected = EXPECTED) -> Identity:
    """Do what is done with a token that has come."""
    assert key_id_of(text) == "k"
    return read_token(text, PUBLIC, expected, now)


def test_who_it_is() -> None:
    assert read(token(GOOD)) == Identity(
        subject="aaaa-1", tenant=TENANT, address="alice@firma.example", name="Alice Holm", directory="ms-"
    )


@given(
    name=st.sampled_from(["iss", "aud", "tid", "nonce"]),
    value=JSON.filter(lambda v: v not in (EXPECTED.issuer, "our app", TENANT, "once")),
)
def test_any_other_issuer_app_tenant_or_nonce_is_refused(name: str, value: Any) -> None:
    with pytest.raises(Untrusted):
        read(token_of_anything({**GOOD, name: value}))


@given(name=st.sampled_from(["iss", "aud", "exp", "nbf", "sub", "nonce", "tid", "oid"]))
def test_nothing_may_be_missing(name: str) -> None:
    with pytest.raises(Untrusted):
        read(token({k: v for k, v in GOOD.items() if k != name}))


@given(name=st.sampled_from(["exp", "nbf", "oid", "sub"]), value=JSON)
def test_nonsense_in_a_claim_is_refused_or_harmless(name: str, value: Any) -> None:
    try:
        found = read(token_of_anything({**GOOD, name: value}))
    except Untrusted:
        return
    assert found.subject
    assert (found.tenant, found.address) == (TENANT, "alice@firma.example")


FRESH = replace(EXPECTED, or_fresh_s=600.0)


@given(nonce=st.sampled_from(["once", "another", "", None]), age=st.floats(-200, 2_000))
def test_where_it_may_be_fresh_instead_the_nonce_or_the_age_must_be_right(
    nonce: str | None, age: float
) -> None:
    claims = {**GOOD, "nonce": nonce, "iat": NOW - age}
    if nonce is None:
        del claims["nonce"]
    if nonce == "once" or age < 600:
        assert read(token(claims), expected=FRESH).subject == "aaaa-1"
    else:
        with pytest.raises(Untrusted):
            read(token(claims), expected=FRESH)


@given(made=JSON.filter(lambda v: isinstance(v, bool) or not isinstance(v, (int, float))))
def test_an_age_that_is_none_is_refused(made: Any) -> None:
    with pytest.raises(Untrusted):
        read(token_of_anything({**GOOD, "nonce": "another", "iat": made}), expected=FRESH)


@given(name=st.sampled_from(["iss", "aud", "tid"]))
def test_being_fresh_makes_up_for_nothing_else(name: str) -> None:
    with pytest.raises(Untrusted):
        read(token({**GOOD, name: "another"}), expected=FRESH)


@pytest.mark.parametrize("aud", [["our app"], ["our app", "another app"], ["another app"]])
def test_a_list_of_apps_is_refused(aud: list[str]) -> None:
    with pytest.raises(Untrusted):
        read(token({**GOOD, "aud": aud}))


@given(early=st.floats(0, 10_000), late=st.floats(0, 10_000))
def test_times_with_five_minutes_of_grace(early: float, late: float) -> None:
    claims = {**GOOD, "nbf": NOW + early, "exp": NOW - late}
    if early <= SKEW_S and late < SKEW_S:
        assert read(token(claims)).subject == "aaaa-1"
    else:
        with pytest.raises(Untrusted):
            read(token(claims))


def test_another_key_is_refused() -> None:
    with pytest.raises(Untrusted):
        read(token(GOOD, OTHERS))


def test_a_changed_token_is_refused() -> None:
    head, _, rest = token(GOOD).partition(".")
    _, _, signature = rest.partition(".")
    changed = base64url_encode(json.dumps({**GOOD, "oid": "somebody else"}).encode()).decode()
    with pytest.raises(Untrusted):
        read(f"{head}.{changed}.{signature}")


@pytest.mark.parametrize("alg", ["none", "None", "nOnE", "HS256", "ES256", "RS512", "PS256", "", None, 7])
def test_no_other_way_of_signing_is_looked_at(alg: Any) -> None:
    with pytest.raises(Untrusted):
        read(raw({"typ": "JWT", "kid": "k", "alg": alg}, GOOD, b"x"))


def test_a_token_signed_by_the_public_key_as_a_password_is_refused() -> None:
    public = PUBLIC.key.public_numbers().n.to_bytes(256, "big")
    with pytest.raises(Untrusted):
        read(jwt.encode(GOOD, public, algorithm="HS256", headers={"kid": "k"}))


def test_other_rsa_signatures_by_our_own_key_are_refused_too() -> None:
    """The header may lie: the signature is looked at by RS256 alone."""
    head, _, rest = token(GOOD, algorithm="RS512").partition(".")
    lied = base64url_encode(json.dumps({"typ": "JWT", "kid": "k", "alg": "RS256"}).encode()).decode()
    for text in (f"{head}.{rest}", f"{lied}.{rest}"):
        with pytest.raises(Untrusted):
            read(text)


@given(text=st.text(max_size=60) | st.binary(max_size=60).map(lambda b: base64url_encode(b).decode()))
def test_nonsense_is_no_token(text: str) -> None:
    with pytest.raises(Untrusted):
        key_id_of(text)


def test_a_sign_in_without_a_nonce_believes_nothing() -> None:
    expected = Expected(issuer=EXPECTED.issuer, tenant=TENANT, audience="our app", nonce="")
    with pytest.raises(Untrusted):
        read(token({**GOOD, "nonce": ""}), expected=expected)


# ------------------------------------------------------------------ whose address it is


@pytest.mark.parametrize(
    ("claims", "address"),
    [
        ({"email": "boss@firma.example"}, "alice@firma.example"),  # a field that anybody may have filled in
        ({"email": "a.holm@firma.example", "xms_edov": True}, "a.holm@firma.example"),
        ({"email": "a.holm@firma.example", "xms_edov": "1"}, "a.holm@firma.example"),
        ({"email": "boss@firma.example", "xms_edov": False}, "alice@firma.example"),
        ({"preferred_username": None}, ""),
        ({"preferred_username": 7}, ""),
        ({"idp": "https://sts.windows.net/another/"}, ""),
        ({"idp": EXPECTED.issuer}, "alice@firma.example"),
        ({"acct": 1}, ""),
        ({"acct": 0}, "alice@firma.example"),
        ({"acct": 1, "email": "boss@firma.example", "xms_edov": True}, ""),
    ],
)
def test_only_an_address_that_nobody_else_can_take(claims: dict[str, Any], address: str) -> None:
    assert read(token({**GOOD, **claims})).address == address


def token_of_anything(claims: dict[str, Any]) -> str:
    """Sign claims that the library would not let through."""
    header = {"typ": "JWT", "kid": "k", "alg": "RS256"}
    head, body = (base64url_encode(json.dumps(part).encode()).decode() for part in (header, claims))
    sign: Callable[..., bytes] = jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256).sign
    signature = sign(f"{head}.{body}".encode(), OURS)
    return f"{head}.{body}.{base64url_encode(signature).decode()}"
