"""Microsoft's own library signs in at the emulated service: apps, people in a browser, people with a code."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx
import jwt
import msal
import pytest
import trustme

from reception.errors import AuthNeeded
from services.emulators.graph.tenant import APP_ID, SECRET, TENANT_ID
from services.graph.tokens import AppTokens, MsalHttp
from tests.integration.graph_rig import Office, office

REDIRECT = "https://hub.example/microsoft/signed-in"
SCOPES = ["User.Read", "Presence.Read.All"]
ALICE = "alice@firma.example"


@pytest.fixture
def line(run: Office) -> Iterator[MsalHttp]:
    """Return what MSAL asks through, as the product lets it."""
    with MsalHttp(verify=ssl.create_default_context(cafile=str(run.ca_file)), follow_redirects=True) as line:
        yield line


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as running:
        running.tenant.app.scopes |= set(SCOPES)
        running.tenant.app.redirects.add(REDIRECT)
        yield running


async def app(run: Office, line: MsalHttp, **more: Any) -> Any:
    """Return MSAL's application for a hub."""
    values: dict[str, Any] = {"client_credential": SECRET} | more

    def make() -> Any:
        return msal.ConfidentialClientApplication(
            APP_ID,
            authority=f"{run.emulator.base}/{TENANT_ID}",
            instance_discovery=False,
            validate_authority=False,
            http_client=line,
            **values,
        )

    return await asyncio.to_thread(make)


async def at_the_browser(run: Office, address: str) -> dict[str, str]:
    """Open the page of the sign-in and return what its form would post to us."""
    trust = ssl.create_default_context(cafile=str(run.ca_file))
    async with httpx.AsyncClient(verify=trust) as client:
        page = (await client.get(address)).text
    assert REDIRECT in page
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))


async def signed_in(run: Office, one: Any) -> dict[str, Any]:
    flow = await asyncio.to_thread(
        one.initiate_auth_code_flow, SCOPES, redirect_uri=REDIRECT, response_mode="form_post"
    )
    posted = await at_the_browser(run, flow["auth_uri"])
    found: dict[str, Any] = await asyncio.to_thread(one.acquire_token_by_auth_code_flow, flow, posted)
    return found


async def test_an_app_signs_in_with_its_secret_and_gets_its_roles(run: Office, line: MsalHttp) -> None:
    one = await app(run, line)
    found = await asyncio.to_thread(one.acquire_token_for_client, [f"{run.emulator.base}/.default"])
    claims = jwt.decode(found["access_token"], options={"verify_signature": False})
    assert claims["appid"] == APP_ID
    assert set(claims["roles"]) == run.tenant.app.roles
    again = await asyncio.to_thread(one.acquire_token_for_client, [f"{run.emulator.base}/.default"])
    assert (again["token_source"], run.emulator.sign_in.tokens_given) == ("cache", 1)


async def test_a_wrong_secret_has_its_number(run: Office, line: MsalHttp) -> None:
    one = await app(run, line, client_credential="guessed")
    found = await asyncio.to_thread(one.acquire_token_for_client, [f"{run.emulator.base}/.default"])
    assert (found["error"], found["error_codes"]) == ("invalid_client", [7000215])


def certificate(**more: Any) -> trustme.LeafCert:
    return trustme.CA().issue_cert("hub.example", key_type=trustme.KeyType.RSA, **more)


@pytest.fixture
def hub_file(run: Office, tmp_path: Path) -> Path:
    """Register a certificate for the app, in place of its secret; returns the file that the hub is given."""
    made = certificate()
    file = tmp_path / "hub.pem"
    made.private_key_and_cert_chain_pem.write_to_path(file)
    run.tenant.app.certificate, run.tenant.app.secret = made.cert_chain_pems[0].bytes().decode(), ""
    return file


async def token_by(run: Office, file: Path) -> str:
    tokens = AppTokens(run.account(secret="", certificate=str(file)))
    try:
        return await tokens.token()
    finally:
        await tokens.close()


async def test_a_hub_signs_in_with_its_certificate_and_is_let_in(run: Office, hub_file: Path) -> None:
    token = await token_by(run, hub_file)
    claims = jwt.decode(token, options={"verify_signature": False})
    assert (claims["appid"], set(claims["roles"])) == (APP_ID, run.tenant.app.roles)
    trust = ssl.create_default_context(cafile=str(run.ca_file))
    async with httpx.AsyncClient(verify=trust, headers={"Authorization": f"Bearer {token}"}) as client:
        assert (await client.get(f"{run.emulator.root}/users")).status_code == 200


async def test_another_certificate_and_one_that_has_expired_are_refused_by_name(
    run: Office, hub_file: Path, tmp_path: Path
) -> None:
    other, old = tmp_path / "other.pem", tmp_path / "old.pem"
    trustme.CA().issue_cert(
        "hub.example", key_type=trustme.KeyType.RSA
    ).private_key_and_cert_chain_pem.write_to_path(other)
    with pytest.raises(AuthNeeded) as raised:
        await token_by(run, other)
    assert raised.value.message.key == "microsoft_certificate_refused"
    ended = trustme.CA().issue_cert(
        "hub.example", key_type=trustme.KeyType.RSA, not_after=datetime(2020, 1, 1, tzinfo=UTC)
    )
    ended.private_key_and_cert_chain_pem.write_to_path(old)
    run.tenant.app.certificate = ended.cert_chain_pems[0].bytes().decode()
    with pytest.raises(AuthNeeded) as raised:
        await token_by(run, old)
    assert raised.value.message.key == "microsoft_certificate_refused"
    assert run.emulator.sign_in.tokens_given == 0


async def test_somebody_signs_in_with_a_browser_and_stays_so(run: Office, line: MsalHttp) -> None:
    run.emulator.sign_in.user = ALICE
    one = await app(run, line)
    found = await signed_in(run, one)
    assert found["id_token_claims"]["preferred_username"] == ALICE
    key = jwt.PyJWKSet.from_dict(run.emulator.keys.published()).keys[0]
    claims = jwt.decode(
        found["id_token"], key, algorithms=["RS256"], audience=APP_ID, issuer=run.emulator.sign_in.issuer
    )
    assert (claims["oid"], claims["tid"]) == (run.tenant.id_of(ALICE), TENANT_ID)
    [account] = one.get_accounts()
    silent = await asyncio.to_thread(one.acquire_token_silent, SCOPES, account, force_refresh=True)
    assert silent["token_source"] == "identity_provider"


async def test_who_declines_or_forges_gets_nothing(run: Office, line: MsalHttp) -> None:
    run.emulator.sign_in.user = ALICE
    one = await app(run, line)
    run.emulator.sign_in.declines = True
    assert (await signed_in(run, one))["error"] == "access_denied"
    run.emulator.sign_in.declines = False
    flow = await asyncio.to_thread(
        one.initiate_auth_code_flow, SCOPES, redirect_uri=REDIRECT, response_mode="form_post"
    )
    asked = dict(parse_qsl(urlsplit(flow["auth_uri"]).query))
    flow["code_verifier"] = "x" * 43
    posted = await at_the_browser(run, flow["auth_uri"])
    assert asked["code_challenge_method"] == "S256"
    found = await asyncio.to_thread(one.acquire_token_by_auth_code_flow, flow, posted)
    assert found["error"] == "invalid_grant"


async def test_what_nobody_consented_to_is_said(run: Office, line: MsalHttp) -> None:
    run.emulator.sign_in.user = ALICE
    run.emulator.sign_in.withdraw("Presence.Read.All")
    found = await signed_in(run, await app(run, line))
    assert (found["error"], found["suberror"]) == ("invalid_grant", "consent_required")


async def test_somebody_signs_in_with_a_code(run: Office, line: MsalHttp) -> None:
    def make() -> Any:
        return msal.PublicClientApplication(
            APP_ID,
            authority=f"{run.emulator.base}/{TENANT_ID}",
            instance_discovery=False,
            validate_authority=False,
            http_client=line,
        )

    one = await asyncio.to_thread(make)
    flow = await asyncio.to_thread(one.initiate_device_flow, SCOPES)
    assert flow["user_code"] in flow["message"]
    run.emulator.sign_in.user = ALICE
    found = await asyncio.to_thread(one.acquire_token_by_device_flow, flow)
    assert found["id_token_claims"]["preferred_username"] == ALICE
