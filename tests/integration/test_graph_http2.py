"""The client speaks HTTP/2 with Microsoft, and HTTP/1.1 where a proxy lets nothing else through."""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import asdict, replace

from reception import light
from reception.model.microsoft import MicrosoftAccount
from reception.presence.port import EXCHANGE, TEAMS
from services.emulators.graph.calendars import Event
from services.graph import create
from tests.integration.graph_rig import NAMES, Office, mail_of, office, people
from tests.integration.h2_line import H2Graph
from tests.unit.services.test_graph_source import Ear

ALICE = mail_of("Alice")
OFTEN = {"watched_s": 0.05, "rest_s": 0.1, "calendar_s": 0.1}


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FIRST_RETRY_S", "LONGEST_RETRY_S"):
        monkeypatch.setattr(light, name, 0.1)


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as running:
        yield running


@asynccontextmanager
async def listening(account: MicrosoftAccount) -> AsyncIterator[Ear]:
    source = create({"microsoft": asdict(account), "zone": "Europe/Copenhagen", **OFTEN})
    source.follow(people())
    ear = Ear()
    await source.start(ear)
    try:
        yield ear
    finally:
        await source.stop()


def server_tls(run: Office) -> ssl.SSLContext:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    run.authority.issue_cert("localhost", "127.0.0.1").configure_cert(tls)
    return tls


async def follows_the_day(run: Office, ear: Ear, subject: str) -> None:
    """See that what happens at Microsoft is heard of."""
    now = datetime.now(UTC)
    hour = timedelta(hours=1)
    run.tenant.takes_teams_call(ALICE)
    run.tenant.meets(ALICE, Event(subject=subject, start=now + hour, end=now + 2 * hour))
    await ear.until(lambda: ear.words("alice") and ear.words("alice")[-1] == ("Busy", "InACall"))
    await ear.until(lambda: subject in (ear.subjects("alice") or ()))
    run.tenant.leaves_teams(ALICE)
    await ear.until(lambda: ear.words("alice")[-1] == ("Offline", "Offline"))


async def test_all_goes_over_one_line_of_http_2_at_the_same_time(run: Office) -> None:
    async with H2Graph(run.emulator, server_tls(run)) as graph:
        async with listening(replace(run.account(), graph=graph.root)) as ear:
            await follows_the_day(run, ear, "Kundemøde")
        (line,) = graph.lines
        assert graph.protocols == ["h2"]
        assert line.streams > len(NAMES)
        assert line.most_at_once > 1
        assert {e.reply.status for e in run.graph.exchanges} == {200}


async def test_a_line_that_microsoft_closes_is_opened_again_and_nobody_sees_it(run: Office) -> None:
    async with H2Graph(run.emulator, server_tls(run)) as graph:
        async with listening(replace(run.account(), graph=graph.root)) as ear:
            await follows_the_day(run, ear, "Kundemøde")
            for n in range(3):
                graph.lines[-1].go_away()
                await follows_the_day(run, ear, f"Nyt møde {n}")
            assert ear.lights(TEAMS) == ear.lights(EXCHANGE) == [("up", "")]
        assert set(graph.protocols) == {"h2"}
        assert len(graph.lines) > 3


async def test_where_there_is_no_http_2_it_is_http_1_1(run: Office) -> None:
    run.tls.set_alpn_protocols(["http/1.1"])
    async with listening(run.account()) as ear:
        await follows_the_day(run, ear, "Kundemøde")
        spoken = {
            connection.transport.get_extra_info("ssl_object").selected_alpn_protocol()
            for connection in run.emulator._server.server_state.connections
        }
    assert spoken == {"http/1.1"}
