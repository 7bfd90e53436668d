"""Microsoft over real TLS on loopback, with the real MSAL: sign-in, a wrong certificate, a cloud away."""

from __future__ import annotations

import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Self
from urllib.parse import parse_qs

import pytest
import trustme
from msgspec.structs import asdict, replace
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from reception import light
from reception.model.microsoft import MicrosoftAccount
from reception.model.people import Person
from reception.presence.port import TEAMS
from services.graph import create
from services.graph.door import DoorServer
from tests.unit.services.graph_double import ACCOUNT
from tests.unit.services.test_graph_source import Ear

ANNA = Person(id="anna", name="Anna", email="anna@firma.example")


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FIRST_RETRY_S", "LONGEST_RETRY_S", "MENDED_BY_HAND_S"):
        monkeypatch.setattr(light, name, 0.05)


class Cloud:
    """A sign-in and a Graph that know Anna, behind TLS."""

    def __init__(self, authority: trustme.CA) -> None:
        self.signed_in = 0
        self.good = "token 1"
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
        self._server = DoorServer(Starlette(routes=self.routes()), "127.0.0.1", 0, context)

    def routes(self) -> list[Route]:
        """Return what it answers to."""
        tenant = ACCOUNT.tenant
        return [
            Route(f"/{tenant}/v2.0/.well-known/openid-configuration", self._metadata),
            Route("/token", self._token, methods=["POST"]),
            Route("/v1.0/users", self._users),
            Route("/v1.0/communications/getPresencesByUserId", self._presences, methods=["POST"]),
        ]

    async def __aenter__(self) -> Self:
        await self._server.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._server.stop()

    @property
    def root(self) -> str:
        return f"https://localhost:{self._server.port}"

    def account(self, ca_file: Path | str) -> MicrosoftAccount:
        return replace(ACCOUNT, authority=self.root, graph=f"{self.root}/v1.0", ca_file=str(ca_file))

    async def _metadata(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": f"{self.root}/{ACCOUNT.tenant}/v2.0",
                "authorization_endpoint": f"{self.root}/authorize",
                "token_endpoint": f"{self.root}/token",
            }
        )

    async def _token(self, request: Request) -> Response:
        form = parse_qs((await content_of(request)).decode())
        if form.get("client_secret") != [ACCOUNT.secret]:
            return JSONResponse({"error": "invalid_client", "error_codes": [7000215]}, 401)
        self.signed_in += 1
        token = f"token {self.signed_in}"
        return JSONResponse({"token_type": "Bearer", "expires_in": 3600, "access_token": token})

    async def _users(self, _: Request) -> Response:
        return JSONResponse({"value": [{"id": "A", "mail": ANNA.email, "userPrincipalName": ANNA.email}]})

    async def _presences(self, request: Request) -> Response:
        if request.headers["Authorization"] != f"Bearer {self.good}":
            return JSONResponse({"error": {"code": "InvalidAuthenticationToken"}}, 401)
        ids: list[Any] = json.loads(await content_of(request)).get("ids", [])
        words = {"availability": "Busy", "activity": "InACall" if self.signed_in == 1 else "InAMeeting"}
        return JSONResponse({"value": [{"id": key, **words} for key in ids]})


async def content_of(request: Request) -> bytes:
    """Return a body; none of somebody who has left in the middle."""
    try:
        return await request.body()
    except ClientDisconnect:
        return b"{}"


@asynccontextmanager
async def listening(account: MicrosoftAccount) -> AsyncIterator[Ear]:
    source = create({"microsoft": asdict(account), "calendars": "off", "watched_s": 0.05, "rest_s": 0.05})
    source.follow([ANNA])
    ear = Ear()
    await source.start(ear)
    try:
        yield ear
    finally:
        await source.stop()


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> Path:
    file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    return file


async def test_it_signs_in_reads_and_renews_a_token_that_is_refused(
    authority: trustme.CA, ca_file: Path
) -> None:
    async with Cloud(authority) as cloud, listening(cloud.account(ca_file)) as ear:
        await ear.until(lambda: ear.words("anna") == [("Busy", "InACall")])
        assert cloud.signed_in == 1
        cloud.good = "token 2"  # as after a change of password
        await ear.until(lambda: ear.words("anna")[-1] == ("Busy", "InAMeeting"))
        assert cloud.signed_in == 2
        assert ear.lights(TEAMS) == [("up", "")]


async def test_a_certificate_nobody_vouches_for_is_told_and_nothing_is_sent(authority: trustme.CA) -> None:
    async with Cloud(authority) as cloud, listening(cloud.account("")) as ear:
        await ear.until(lambda: ear.light(TEAMS) == ("needs_settings", "tls_failed"))
    assert cloud.signed_in == 0


async def test_a_wrong_secret_is_told(authority: trustme.CA, ca_file: Path) -> None:
    cloud = Cloud(authority)
    async with cloud, listening(replace(cloud.account(ca_file), secret="wrong")) as ear:
        await ear.until(lambda: ear.light(TEAMS) == ("needs_sign_in", "microsoft_secret_refused"))


async def test_a_cloud_that_goes_away_is_told(authority: trustme.CA, ca_file: Path) -> None:
    cloud = Cloud(authority)
    async with cloud:
        account = cloud.account(ca_file)
    async with listening(account) as ear:
        await ear.until(lambda: ear.light(TEAMS) == ("down", "unreachable"))
