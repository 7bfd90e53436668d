"""Sign-in with Microsoft, and a Microsoft that does not answer as it should."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx
import jwt
import msal
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from msgspec.structs import replace

from reception.errors import AuthNeeded, ConfigError, ProtocolError, ServiceError, SignInRefused, Unavailable
from reception.identity import BrokerApp
from reception.model.microsoft import MicrosoftAccount
from services.graph.identity import GraphIdentity
from services.graph.settings import IdentitySettings, parse_identity
from tests.house.strict import ExpectLogs
from tests.unit.services.test_graph_claims import GOOD, NOW, OTHERS, OURS, TENANT, token

ROOT = f"https://login.microsoftonline.com/{TENANT}"
METADATA = {
    "issuer": f"{ROOT}/v2.0",
    "authorization_endpoint": f"{ROOT}/oauth2/v2.0/authorize",
    "token_endpoint": f"{ROOT}/oauth2/v2.0/token",
    "jwks_uri": f"{ROOT}/discovery/v2.0/keys",
}
KEYS = {
    "keys": [json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(OURS.public_key())) | {"kid": "k", "use": "sig"}]
}
ACCOUNT = MicrosoftAccount(tenant=TENANT, client_id="our app", secret="s")

Answer = httpx.Response | Exception


class Microsoft:
    """Answers by path; a list is answered one after the other, its last for ever."""

    def __init__(self, **answers: Any) -> None:
        self.asked: list[httpx.Request] = []
        self._answers: dict[str, Any] = {
            "openid-configuration": METADATA,
            "keys": KEYS,
            "token": {"id_token": token(GOOD)},
        } | answers

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        found = self._answers[request.url.path.rpartition("/")[2]]
        if isinstance(found, list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if isinstance(found, Exception):
            raise found
        return found if isinstance(found, httpx.Response) else httpx.Response(200, json=found)

    def count(self, name: str) -> int:
        return sum(r.url.path.endswith(f"/{name}") for r in self.asked)

    @property
    def form(self) -> dict[str, str]:
        [posted] = (r for r in self.asked if r.method == "POST")
        return dict(parse_qsl(posted.content.decode()))


def identity(microsoft: Callable[[httpx.Request], httpx.Response], **account: Any) -> GraphIdentity:
    settings = IdentitySettings(microsoft=replace(ACCOUNT, **account))
    return GraphIdentity(settings, transport=httpx.MockTransport(microsoft), clock=lambda: NOW)


async def finish(one: GraphIdentity) -> Any:
    return await one.finish("code", redirect="https://p.example/back", verifier="v" * 43, nonce="once")


async def test_a_code_is_changed_for_an_identity_and_nothing_is_kept() -> None:
    microsoft = Microsoft()
    assert (await finish(identity(microsoft))).subject == "aaaa-1"
    assert microsoft.form == {
        "client_id": "our app",
        "client_secret": "s",
        "grant_type": "authorization_code",
        "code": "code",
        "code_verifier": "v" * 43,
        "redirect_uri": "https://p.example/back",
        "scope": "openid profile email",
    }


async def test_an_unknown_key_is_looked_for_once_each_time(caplog: pytest.LogCaptureFixture) -> None:
    stranger = {"keys": [{**KEYS["keys"][0], "kid": "another"}]}
    microsoft = Microsoft(keys=[stranger, KEYS])
    one = identity(microsoft)
    with pytest.raises(SignInRefused, match="sign_in_untrusted"):
        await finish(one)
    assert microsoft.count("keys") == 1
    assert "unknown key" in caplog.text
    for _ in range(2):
        assert (await finish(one)).subject == "aaaa-1"
    assert microsoft.count("keys") == 2


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        (
            {"openid-configuration": {**METADATA, "issuer": "https://login.microsoftonline.com/common"}},
            ProtocolError,
        ),
        (
            {"openid-configuration": {**METADATA, "token_endpoint": "http://plain.example/token"}},
            ProtocolError,
        ),
        ({"openid-configuration": {"error": "invalid_tenant", "error_codes": [90002]}}, ConfigError),
        ({"openid-configuration": httpx.Response(200, content=b"<html>")}, ProtocolError),
        ({"openid-configuration": httpx.ConnectError("away")}, Unavailable),
        ({"keys": {"keys": []}}, ServiceError),
        ({"token": httpx.Response(503)}, Unavailable),
        ({"token": httpx.Response(429)}, Unavailable),
        ({"token": httpx.Response(200, content=b"\xff")}, ProtocolError),
        ({"token": {"access_token": "x"}}, ProtocolError),
        ({"token": httpx.ReadTimeout("slow")}, Unavailable),
        (
            {"token": httpx.Response(401, json={"error": "invalid_client", "error_codes": [7000222]})},
            AuthNeeded,
        ),
    ],
)
async def test_what_is_no_answer_lets_nobody_in(answers: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        await finish(identity(Microsoft(**answers)))


@pytest.mark.parametrize("error", ["invalid_grant", "interaction_required", "x" * 500])
async def test_what_the_person_may_mend_is_told_to_them(error: str) -> None:
    microsoft = Microsoft(
        token=httpx.Response(400, json={"error": error, "error_description": "AADSTS1: no"})
    )
    with pytest.raises(SignInRefused) as refused:
        await finish(identity(microsoft))
    assert refused.value.message.params == {"error": error[:80]}


async def test_after_microsoft_was_away_it_is_asked_again() -> None:
    microsoft = Microsoft(**{"openid-configuration": [httpx.ConnectError("away"), METADATA]})
    one = identity(microsoft)
    asked = {"redirect": "r", "state": "s", "nonce": "n", "challenge": "c"}
    with pytest.raises(Unavailable):
        await one.begin(**asked)
    assert (await one.begin(**asked)).startswith(f"{METADATA['authorization_endpoint']}?")


# ------------------------------------------------------------------ a computer vouches


def for_computers(microsoft: Microsoft, clock: Callable[[], float] = lambda: NOW) -> GraphIdentity:
    settings = IdentitySettings(microsoft=ACCOUNT, broker=True)
    return GraphIdentity(settings, transport=httpx.MockTransport(microsoft), clock=clock)


async def test_a_computer_vouches_for_whom_it_knows() -> None:
    microsoft = Microsoft()
    one = for_computers(microsoft)
    assert one.broker == BrokerApp(app="our app", authority=ROOT)
    assert (await one.vouched(token(GOOD), nonce="once")).address == "alice@firma.example"
    assert microsoft.count("token") == 0


async def test_each_word_is_taken_once(expected_logs: ExpectLogs) -> None:
    expected_logs("is not believed")
    now = NOW
    one = for_computers(Microsoft(), lambda: now)
    word = token({**GOOD, "nonce": "of another time"})
    await one.vouched(word, nonce="once")
    for again in (word, f"{word}A"):  # the same word, whatever stands behind it
        with pytest.raises(SignInRefused, match="sign_in_untrusted"):
            await one.vouched(again, nonce="twice")
    now = NOW + 700
    with pytest.raises(SignInRefused, match="sign_in_untrusted"):
        await one.vouched(word, nonce="later")
    assert (await one.vouched(token({**GOOD, "nonce": "later"}), nonce="later")).subject == "aaaa-1"


@pytest.mark.parametrize(
    "word",
    ["", "nonsense", token(GOOD, OTHERS), token({**GOOD, "tid": "another"}), token({**GOOD, "aud": "x"})],
)
async def test_a_word_that_is_not_for_us_is_not_believed(word: str, expected_logs: ExpectLogs) -> None:
    expected_logs("is not believed")
    with pytest.raises(SignInRefused, match="sign_in_untrusted"):
        await for_computers(Microsoft()).vouched(word, nonce="once")


async def test_strangers_make_us_ask_for_keys_once_a_minute_at_most(expected_logs: ExpectLogs) -> None:
    expected_logs("is not believed")
    microsoft = Microsoft()
    one = for_computers(microsoft)
    for n in range(5):
        word = jwt.encode(GOOD, OTHERS, algorithm="RS256", headers={"kid": f"unknown {n}"})
        with pytest.raises(SignInRefused, match="sign_in_untrusted"):
            await one.vouched(word, nonce="once")
    assert microsoft.count("keys") == 1


async def test_where_nobody_wants_it_no_computer_is_asked_nor_believed() -> None:
    one = identity(Microsoft())
    assert one.broker is None
    with pytest.raises(SignInRefused, match="sign_in_off"):
        await one.vouched(token(GOOD), nonce="once")


def test_it_does_not_go_with_what_windows_cannot_give() -> None:
    with pytest.raises(ConfigError, match="browser"):
        parse_identity({"microsoft": ACCOUNT, "broker": True, "chat": True})


# ------------------------------------------------------------------ by certificate


def certified(folder: Path, key: Any) -> Path:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "reception")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    file = folder / "app.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(made.public_bytes(Encoding.PEM) + private)
    return file


async def test_the_certificates_proof_is_that_of_microsofts_own_library(tmp_path: Path) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    file = certified(tmp_path, key)
    microsoft = Microsoft()
    await finish(identity(microsoft, secret="", certificate=str(file)))
    form = microsoft.form
    assert form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    ours = form["client_assertion"]
    claims = jwt.decode(
        ours, key.public_key(), algorithms=["PS256"], audience=METADATA["token_endpoint"],
        options={"verify_exp": False, "verify_nbf": False, "verify_iat": False},
    )  # fmt: skip
    assert (claims["iss"], claims["sub"], claims["exp"]) == ("our app", "our app", NOW + 600)
    sent: list[dict[str, Any]] = []

    class Line:
        def get(self, url: str, **_: Any) -> httpx.Response:
            return httpx.Response(200, json=METADATA)

        def post(self, url: str, *, data: dict[str, Any], **_: Any) -> httpx.Response:
            sent.append(data)
            return httpx.Response(400, json={"error": "x"})

        def close(self) -> None:
            """Nothing is open."""

    pem = file.read_text()
    app = msal.ConfidentialClientApplication(
        "our app",
        client_credential={"private_key": pem[pem.index("-----BEGIN PRIVATE") :], "public_certificate": pem},
        authority=ROOT,
        instance_discovery=False,
        validate_authority=False,
        http_client=Line(),
    )
    app.acquire_token_for_client(["https://graph.microsoft.com/.default"])
    theirs = sent[0]["client_assertion"]
    header, own = jwt.get_unverified_header(theirs), jwt.get_unverified_header(ours)
    assert header["x5t#S256"].rstrip("=") == own["x5t#S256"]  # RFC 7515, 4.1.8 has no padding
    assert header["alg"] == own["alg"]
    assert ["".join(one.split()) for one in header["x5c"]] == own["x5c"]
    their_claims = jwt.decode(theirs, options={"verify_signature": False})
    assert their_claims.keys() - claims.keys() <= {"iat"}
    assert their_claims["aud"] == claims["aud"]


def test_another_kind_of_key_is_told_at_once(tmp_path: Path) -> None:
    file = certified(tmp_path, ec.generate_private_key(ec.SECP256R1()))
    with pytest.raises(ConfigError, match="RSA"):
        identity(Microsoft(), secret="", certificate=str(file))


# ------------------------------------------------------------------ settings


@pytest.mark.parametrize("tenant", ["common", "organizations", "firma.onmicrosoft.com", ""])
def test_the_tenant_is_one_and_by_its_id(tenant: str) -> None:
    with pytest.raises(ConfigError, match="tenant"):
        parse_identity({"microsoft": {"tenant": tenant, "client_id": "a", "secret": "s"}})


def test_a_column_may_be_named() -> None:
    raw = {"microsoft": {"tenant": TENANT, "client_id": "a", "secret": "s"}, "match": "Account"}
    assert parse_identity(raw).match == "Account"
