"""Signing in as an app, with the real MSAL: one flight for all, new tokens after a refusal, clear words."""

from __future__ import annotations

import asyncio
import datetime
import json
import sys
import threading
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import httpx
import jwt
import msal_extensions  # type: ignore[import-untyped]  # it ships no types
import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    pkcs12,
)
from msgspec.structs import replace

from reception.errors import AuthNeeded, ConfigError, ServiceError, Unavailable
from reception.model.microsoft import MicrosoftAccount
from services.graph import user_tokens
from services.graph.tokens import AppTokens
from tests.unit.services.graph_double import ACCOUNT

AUTHORITY = "https://sts.example"
ELSEWHERE = replace(ACCOUNT, authority=AUTHORITY)


class Sts:
    """A sign-in that gives numbered tokens, or what a test says."""

    def __init__(self) -> None:
        self.forms: list[dict[str, str]] = []
        self.paths: list[str] = []
        self.answer: httpx.Response | Exception | None = None
        self._lock = threading.Lock()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.paths.append(request.url.path)
        if "openid-configuration" in request.url.path:
            base = f"{AUTHORITY}/{ACCOUNT.tenant}"
            return httpx.Response(
                200,
                json={
                    "issuer": f"{base}/v2.0",
                    "authorization_endpoint": f"{base}/oauth2/v2.0/authorize",
                    "token_endpoint": f"{base}/oauth2/v2.0/token",
                },
            )
        with self._lock:
            self.forms.append({k: v[0] for k, v in parse_qs(request.content.decode()).items()})
            number = len(self.forms)
        if isinstance(self.answer, Exception):
            raise self.answer
        if self.answer is not None:
            return self.answer
        return httpx.Response(
            200, json={"token_type": "Bearer", "expires_in": 3600, "access_token": f"token{number}"}
        )

    def tokens(self, account: MicrosoftAccount = ELSEWHERE) -> AppTokens:
        return AppTokens(account, httpx.MockTransport(self))


def refusal(error: str, *numbers: int, said: str = "AADSTS: no\r\nTrace ID: x") -> httpx.Response:
    body = {"error": error, "error_description": said, "error_codes": list(numbers)}
    return httpx.Response(400 if error != "invalid_client" else 401, json=body)


async def test_all_who_wait_get_the_one_token() -> None:
    sts = Sts()
    tokens = sts.tokens()
    assert set(await asyncio.gather(*(tokens.token() for _ in range(8)))) == {"token1"}
    (form,) = sts.forms
    assert form["grant_type"] == "client_credentials"
    assert form["scope"] == "https://graph.microsoft.com/.default"
    assert (form["client_id"], form["client_secret"]) == (ACCOUNT.client_id, ACCOUNT.secret)
    assert json.loads(form["claims"])["access_token"]["xms_cc"] == {"values": ["CP1"]}
    await tokens.close()


async def test_a_refused_token_is_not_given_again() -> None:
    sts = Sts()
    tokens = sts.tokens()
    first = await tokens.token()
    tokens.refused(first)
    tokens.refused(first)
    assert await tokens.token() == await tokens.token() == "token2"
    tokens.refused(first)  # somebody was slow to say so
    assert await tokens.token() == "token2"
    await tokens.close()


@pytest.mark.parametrize("claims", ["", '{"access_token":{}}'])
async def test_a_token_that_is_refused_while_another_asks_for_it_is_not_given_again(claims: str) -> None:
    sts = Sts()
    tokens = sts.tokens()
    first = await tokens.token()
    another = asyncio.create_task(tokens.token())
    await asyncio.sleep(0)  # it looks into the cache now
    tokens.refused(first, claims)
    assert await another == first
    assert await tokens.token() == await tokens.token() == "token2"
    await tokens.close()


async def test_a_challenge_is_answered() -> None:
    sts = Sts()
    tokens = sts.tokens()
    first = await tokens.token()
    tokens.refused(first, '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}')
    assert await tokens.token() == "token2"
    assert json.loads(sts.forms[1]["claims"])["access_token"]["nbf"]["value"] == "1604106651"
    assert await tokens.token() == "token2"
    await tokens.close()


@pytest.mark.parametrize(
    ("answer", "kind", "key"),
    [
        (refusal("invalid_client", 7000215), AuthNeeded, "microsoft_secret_refused"),
        (refusal("invalid_client", 7000222), AuthNeeded, "microsoft_secret_refused"),
        (refusal("invalid_client", 700027), AuthNeeded, "microsoft_certificate_refused"),
        (refusal("unauthorized_client", 700016), ConfigError, "microsoft_unknown_app"),
        (refusal("invalid_request", 90002), ConfigError, "microsoft_unknown_tenant"),
        (refusal("invalid_grant", 53003), AuthNeeded, "microsoft_sign_in_refused"),
        (refusal("temporarily_unavailable"), Unavailable, "unreachable"),
        (httpx.ConnectError("no way there"), Unavailable, "unreachable"),
        (httpx.Response(500), Unavailable, "unreachable"),
        (httpx.Response(503, text="<html>"), Unavailable, "unreachable"),
        (httpx.Response(200, text="<html>the proxy says hello"), Unavailable, "unreachable"),
        (httpx.Response(200, json={}), AuthNeeded, "microsoft_sign_in_refused"),
    ],
)
async def test_each_refusal_says_what_to_mend_and_is_over_when_it_is_mended(
    answer: httpx.Response | Exception, kind: type[ServiceError], key: str
) -> None:
    sts = Sts()
    sts.answer = answer
    tokens = sts.tokens()
    with pytest.raises(kind) as raised:
        await tokens.token()
    assert raised.value.message.key == key
    assert ACCOUNT.secret not in repr(raised.value.message)
    sts.answer = None
    assert (await tokens.token()).startswith("token")  # at once, although MSAL would not ask for a minute
    await tokens.close()


async def test_what_microsoft_says_is_told_in_one_line() -> None:
    sts = Sts()
    sts.answer = refusal("invalid_grant", 53003, said="AADSTS53003: Blocked.\r\nTrace ID: 1")
    tokens = sts.tokens()
    with pytest.raises(AuthNeeded) as raised:
        await tokens.token()
    assert raised.value.message.params["error"] == "AADSTS53003: Blocked."
    await tokens.close()


async def test_a_tenant_nobody_knows_is_named() -> None:
    transport = httpx.MockTransport(lambda r: httpx.Response(404, json={"error": "invalid_tenant"}))
    tokens = AppTokens(ELSEWHERE, transport)
    with pytest.raises(ConfigError) as raised:
        await tokens.token()
    assert raised.value.message.key == "microsoft_unknown_tenant"
    await tokens.close()


# ------------------------------------------------------------- certificates


KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture
def certificate() -> x509.Certificate:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "hub")])
    now = datetime.datetime.now(datetime.UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(KEY.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .sign(KEY, hashes.SHA256())
    )


@pytest.mark.parametrize("kind", ["pem", "pem with password", "pfx"])
async def test_a_certificate_signs_for_the_app(
    kind: str, tmp_path: Path, certificate: x509.Certificate
) -> None:
    password = b"open" if kind != "pem" else None
    lock: Any = BestAvailableEncryption(password) if password else NoEncryption()
    file = tmp_path / ("hub.pfx" if kind == "pfx" else "hub.pem")
    if kind == "pfx":
        file.write_bytes(pkcs12.serialize_key_and_certificates(b"hub", KEY, certificate, None, lock))
    else:
        plain = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
        file.write_bytes(plain + certificate.public_bytes(Encoding.PEM))
    sts = Sts()
    account = replace(
        ELSEWHERE, secret="", certificate=str(file), certificate_password="open" if password else ""
    )
    tokens = sts.tokens(account)
    assert await tokens.token() == "token1"
    assertion = sts.forms[0]["client_assertion"]
    said = jwt.decode(
        assertion,
        KEY.public_key(),
        algorithms=["PS256"],
        audience=f"{AUTHORITY}/{ACCOUNT.tenant}/oauth2/v2.0/token",
    )
    assert said["iss"] == said["sub"] == ACCOUNT.client_id
    await tokens.close()


async def test_a_certificate_with_a_key_that_signs_nothing_here_is_named(tmp_path: Path) -> None:
    file = tmp_path / "hub.pem"
    made = trustme.CA().issue_cert("hub", key_type=trustme.KeyType.ECDSA)
    made.private_key_and_cert_chain_pem.write_to_path(file)
    tokens = Sts().tokens(replace(ELSEWHERE, secret="", certificate=str(file)))
    with pytest.raises(ConfigError) as raised:
        await tokens.token()
    assert "RSA" in str(raised.value.message.params["error"])
    await tokens.close()


@pytest.mark.parametrize(
    "content", [b"", b"nothing", b"-----BEGIN CERTIFICATE-----\nx\n-----END CERTIFICATE-----\n"]
)
@pytest.mark.parametrize("name", ["hub.pem", "hub.pfx"])
async def test_a_file_that_is_no_certificate_is_named(content: bytes, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    tokens = Sts().tokens(replace(ELSEWHERE, secret="", certificate=str(tmp_path / name)))
    with pytest.raises(ConfigError) as raised:
        await tokens.token()
    assert raised.value.message.params["setting"] == "microsoft certificate"
    await tokens.close()


@pytest.mark.parametrize("system", ["win32", "darwin"])
def test_where_the_system_can_what_is_kept_is_encrypted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    made: list[str] = []
    monkeypatch.setattr(sys, "platform", system)
    monkeypatch.setattr(msal_extensions, "build_encrypted_persistence", made.append)
    user_tokens.persistence_of(tmp_path / "folder" / "kept.bin")
    assert made == [str(tmp_path / "folder" / "kept.bin")]
