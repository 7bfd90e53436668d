"""Colleagues sign in with Microsoft: the page, the emulated sign-in with TLS, and a browser between."""

from __future__ import annotations

import base64
import hashlib
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from msgspec.structs import replace

from reception.hub.identity_desk import BACK, BEGIN
from reception.hub.web.signing import ADDRESS_FAILURES
from reception.model.stored import Account
from services.emulators.graph.tenant import TENANT_ID
from services.graph.identity import GraphIdentity
from services.graph.settings import IdentitySettings
from tests.integration.graph_rig import NAMES, Office, office
from tests.integration.web_rig import FakeDesk, MemoryBook, WebRig, accounts_of, person, running, token_in

ALICE = "alice@firma.example"
PEOPLE = [person(name.partition(" ")[0].lower(), name, str(201 + n)) for n, name in enumerate(NAMES)]


class Browser:
    """Somebody's browser: cookies, and one step at a time."""

    def __init__(self, run: Office) -> None:
        trust = ssl.create_default_context(cafile=str(run.ca_file))
        self.client = httpx.AsyncClient(verify=trust, trust_env=False, timeout=10)

    async def get(self, address: str) -> httpx.Response:
        return await self.client.get(address)

    async def sign_in(self, rig: WebRig, begin: str = BEGIN) -> httpx.Response:
        """Go to Microsoft and back; returns what the page answers then."""
        return await self.sign_in_at(rig.url + begin)

    async def sign_in_at(self, address: str) -> httpx.Response:
        """Do the same from an address that leads to Microsoft."""
        asked = await self.get(address)
        assert asked.status_code == 303, asked.text
        return await self.back(asked.headers["location"])

    async def back(self, microsoft: str) -> httpx.Response:
        answered = await self.get(microsoft)
        assert answered.status_code == 302, answered.text
        return await self.get(answered.headers["location"])


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as running_office:
        running_office.emulator.sign_in.user = ALICE
        yield running_office


@asynccontextmanager
async def page(run: Office, account: dict[str, str] | None = None, **more: Any) -> AsyncIterator[WebRig]:
    settings = IdentitySettings(microsoft=run.account(**(account or {})))
    options: dict[str, Any] = {"desk": FakeDesk(PEOPLE), "book": MemoryBook()} | more
    async with running(provider=GraphIdentity(settings), language="en", **options) as rig:
        run.tenant.app.redirects.add(rig.url + BACK)
        yield rig


@asynccontextmanager
async def browser(run: Office) -> AsyncIterator[Browser]:
    one = Browser(run)
    async with one.client:
        yield one


async def refused(run: Office, rig: WebRig, words: str) -> None:
    """Sign in, and see that it says so and that nobody is in."""
    async with browser(run) as one:
        answer = await one.sign_in(rig)
        assert (answer.status_code, words in answer.text) == (401, True), answer.text
        assert (await one.get(rig.url)).headers["location"] == "/sign-in"


# ------------------------------------------------------------------ the way in


async def test_a_colleague_signs_in_and_has_a_session_like_any_other(run: Office) -> None:
    async with page(run) as rig, browser(run) as one:
        assert BEGIN in (await one.get(f"{rig.url}/sign-in")).text
        answer = await one.sign_in(rig, f"{BEGIN}?to=/plan")
        assert (answer.status_code, answer.headers["location"]) == (303, "/plan")
        home = await one.get(rig.url)
        assert "Alice Holm" in home.text
        made = rig.book.of("alice")
        assert (made.user, made.password) == (ALICE, "")
        # the same rules as after a password: a form without the session's token does nothing
        assert (await one.client.post(f"{rig.url}/sign-out", data={"csrf": "x"})).status_code == 403
        out = await one.client.post(f"{rig.url}/sign-out", data={"csrf": token_in(home.text)})
        assert out.headers["location"] == "/sign-in"
        assert (await one.get(rig.url)).headers["location"] == "/sign-in"


async def test_what_microsoft_is_asked(run: Office) -> None:
    async with page(run) as rig, browser(run) as one:
        first, second = [await one.get(rig.url + BEGIN) for _ in range(2)]
        asked, other = (dict(parse_qsl(urlsplit(a.headers["location"]).query)) for a in (first, second))
        assert asked["redirect_uri"] == rig.url + BACK
        assert (asked["response_type"], asked["response_mode"]) == ("code", "query")
        assert (asked["scope"], asked["code_challenge_method"]) == ("openid profile email", "S256")
        assert len(asked["code_challenge"]) == 43
        for name in ("state", "nonce", "code_challenge"):
            assert asked[name] != other[name]
        cookie = first.headers["set-cookie"].lower()
        assert "httponly" in cookie
        assert "samesite=lax" in cookie
        for secret in ("state", "nonce", "code_challenge"):
            assert asked[secret].lower() not in cookie


async def test_over_tls_the_cookie_is_secure_and_of_this_host_alone(run: Office, tmp_path: Path) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(tls)
    async with page(run, tls=tls) as rig, httpx.AsyncClient(verify=False) as client:
        cookie = (await client.get(rig.url + BEGIN)).headers["set-cookie"]
        assert cookie.startswith("__Host-signing=")
        assert "; secure" in cookie.lower()


async def test_an_account_that_is_there_keeps_its_password(run: Office) -> None:
    book = MemoryBook(*accounts_of(PEOPLE))
    async with page(run, book=book) as rig, browser(run) as one:
        before = rig.book.of("alice")
        assert (await one.sign_in(rig)).headers["location"] == "/"
        assert rig.book.of("alice") == before


async def test_the_app_proves_itself_by_a_certificate(run: Office, tmp_path: Path) -> None:
    file = tmp_path / "app.pem"
    run.tenant.app.certificate, private = certified()
    file.write_text(run.tenant.app.certificate + private)
    async with page(run, {"secret": "", "certificate": str(file)}) as rig, browser(run) as one:
        assert (await one.sign_in(rig)).headers["location"] == "/"


async def test_new_keys_at_microsoft_are_looked_for_once(run: Office) -> None:
    async with page(run) as rig, browser(run) as one:
        assert (await one.sign_in(rig)).headers["location"] == "/"
        run.emulator.keys.roll_over()
        assert (await one.sign_in(rig)).headers["location"] == "/"


# ------------------------------------------------------------------ nobody else's way


async def test_a_code_is_good_once_and_in_one_browser_only(run: Office) -> None:
    async with page(run) as rig, browser(run) as mine, browser(run) as others:
        asked = await mine.get(rig.url + BEGIN)
        back = (await mine.get(asked.headers["location"])).headers["location"]
        assert (await others.get(back)).status_code == 401  # no cookie: somebody was sent here
        assert (await mine.get(back)).status_code == 401  # used up by the one before
        assert (await mine.sign_in(rig)).status_code == 303
        assert (await mine.get(back)).headers["location"] == "/"  # signed in: from the history
        assert rig.book.accounts.keys() == {"alice"}


async def test_a_sign_in_that_took_too_long_begins_again(run: Office) -> None:
    async with page(run) as rig, browser(run) as one:
        asked = await one.get(rig.url + BEGIN)
        back = (await one.get(asked.headers["location"])).headers["location"]
        rig.shift = 601.0
        answer = await one.get(back)
        assert (answer.status_code, "took too long" in answer.text) == (401, True)


async def test_states_that_nobody_gave_hold_their_address_up(run: Office) -> None:
    async with page(run) as rig, browser(run) as one:
        for n in range(ADDRESS_FAILURES):
            assert (await one.get(f"{rig.url}{BACK}?state=guess{n}&code=x")).status_code == 401
        assert (await one.get(f"{rig.url}{BACK}?state=guess&code=x")).status_code == 429
        assert (await one.get(rig.url + BEGIN)).status_code == 429


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "/%0d%0aX: y"])
async def test_the_way_on_is_a_page_of_ours(run: Office, to: str) -> None:
    async with page(run) as rig, browser(run) as one:
        answer = await one.sign_in(rig, str(httpx.URL(BEGIN, params={"to": to})))
        on = answer.headers["location"]
        assert urlsplit(on).netloc == ""
        assert on.startswith("/")
        assert "\n" not in on


async def test_another_code_verifier_gets_nothing(run: Office) -> None:
    async with page(run) as rig, browser(run) as one:
        asked = (await one.get(rig.url + BEGIN)).headers["location"]
        fields = dict(parse_qsl(urlsplit(asked).query))
        digest = hashlib.sha256(b"somebody else's").digest()
        fields["code_challenge"] = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        answer = await one.back(f"{asked.partition('?')[0]}?{httpx.QueryParams(fields)}")
        assert (answer.status_code, "invalid_grant" in answer.text) == (401, True)


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"iss": f"https://login.microsoftonline.com/{TENANT_ID}/v2.0"}, "InvalidIssuerError"),
        ({"aud": "another app"}, "InvalidAudienceError"),
        ({"tid": "99999999-9999-4999-8999-999999999999"}, "is from another tenant"),
        ({"nonce": "another"}, "answers another sign-in"),
        ({"exp": int(time.time()) - 400}, "has expired"),
        ({"nbf": int(time.time()) + 4000}, "is not valid yet"),
    ],
)
async def test_a_token_that_is_not_for_us_is_not_believed(
    run: Office, claims: dict[str, Any], why: str, caplog: pytest.LogCaptureFixture
) -> None:
    run.emulator.sign_in.claims = claims
    async with page(run) as rig:
        await refused(run, rig, "is not valid here")
        assert rig.book.accounts == {}
    assert why in caplog.text


# ------------------------------------------------------------------ who is not let in, and why


async def test_who_declines_reads_that(run: Office) -> None:
    run.emulator.sign_in.declines = True
    async with page(run) as rig:
        await refused(run, rig, "was broken off")


async def test_somebody_whom_the_directory_does_not_have(run: Office) -> None:
    async with page(run, desk=FakeDesk(PEOPLE[1:])) as rig:
        await refused(run, rig, f"as {ALICE}, but no colleague")


async def test_an_address_that_two_have(run: Office) -> None:
    twin = person("alice2", "Alice Holm", "299")
    async with page(run, desk=FakeDesk([*PEOPLE, replace(twin, email=ALICE.upper())])) as rig:
        await refused(run, rig, "More than one colleague")


async def test_an_account_that_was_taken_away(run: Office) -> None:
    async with page(run, book=MemoryBook(Account(person="alice", user="", is_disabled=True))) as rig:
        await refused(run, rig, "was taken away")


async def test_who_is_disabled_at_microsoft_does_not_come_back(run: Office) -> None:
    run.tenant.users[run.tenant.id_of(ALICE)].is_enabled = False
    async with page(run) as rig, browser(run) as one:
        asked = await one.get(rig.url + BEGIN)
        assert "AADSTS50057" in (await one.get(asked.headers["location"])).text


async def test_an_address_that_is_not_registered_is_told_at_microsoft(run: Office) -> None:
    async with page(run) as rig, browser(run) as one:
        run.tenant.app.redirects.clear()
        asked = await one.get(rig.url + BEGIN)
        assert "AADSTS50011" in (await one.get(asked.headers["location"])).text


async def test_microsoft_away_or_a_wrong_secret_is_said(
    run: Office, caplog: pytest.LogCaptureFixture
) -> None:
    async with page(run, {"secret": "expired"}) as rig, browser(run) as one:
        answer = await one.sign_in(rig)
        assert (answer.status_code, "something in its settings is wrong" in answer.text) == (503, True)
    assert "microsoft_secret_refused" in caplog.text
    run.emulator.sign_in.is_closed = True
    async with page(run) as rig, browser(run) as one:
        assert (await one.get(rig.url + BEGIN)).status_code == 503


# ------------------------------------------------------------------ passwords


async def test_with_microsoft_alone_no_password_opens_the_page(run: Office) -> None:
    book = MemoryBook(*accounts_of(PEOPLE))
    async with page(run, book=book, has_passwords=False) as rig, browser(run) as one:
        form = (await one.get(f"{rig.url}/sign-in")).text
        assert 'name="password"' not in form
        visitor = await one.client.post(f"{rig.url}/sign-in", data={"user": "alice", "password": "x"})
        assert visitor.status_code == 403
        invitation = rig.passwords.invite("alice", rig.now())
        assert (await one.get(f"{rig.url}/invitation/{invitation}")).status_code == 410
        assert (await one.sign_in(rig)).headers["location"] == "/"
        account = (await one.get(f"{rig.url}/account")).text
        assert 'name="old"' not in account
        token = token_in(account)
        change = {"csrf": token, "old": "x", "password": "y" * 12, "again": "y" * 12}
        assert (await one.client.post(f"{rig.url}/account/password", data=change)).status_code == 403


async def test_without_microsoft_there_is_no_word_of_it() -> None:
    async with running() as rig, httpx.AsyncClient() as client:
        assert "Microsoft" not in (await client.get(f"{rig.url}/sign-in")).text
        assert (await client.get(rig.url + BEGIN)).status_code == 404


def certified() -> tuple[str, str]:
    """Return a certificate that signs itself, and its key (PEM)."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "reception")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return made.public_bytes(Encoding.PEM).decode(), private.decode()
