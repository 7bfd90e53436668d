"""Reading Exchange by tokens that an application gets, from its secret to what the hub is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reception.errors import PasswordRefused
from reception.model.changes import SourceState
from services.emulators.exchange.faults import Trouble
from services.emulators.exchange.oauth import SCOPE, OAuth
from services.emulators.exchange.serving import ExchangeEmulator
from services.exchange.source import ExchangeCalendars
from tests.integration.ews_rig import ANNA, SERVICE, exchange, organisation
from tests.integration.test_ews_source import PEOPLE, Ear, certified, findings, meeting, now, reading


@pytest.fixture
def server() -> Iterator[ExchangeEmulator]:
    house = organisation(now)
    house.callers = {name: msgspec.structs.replace(caller) for name, caller in house.callers.items()}
    with exchange(house, make_sign_in=OAuth) as emulator:
        yield emulator


def oauth_of(server: ExchangeEmulator) -> OAuth:
    assert isinstance(server.service.sign_in, OAuth)
    return server.service.sign_in


def signed(server: ExchangeEmulator, **more: Any) -> dict[str, Any]:
    return {"auth": "oauth", "token_url": server.token_url, "scope": SCOPE, **more}


@asynccontextmanager
async def reading_by_token(
    server: ExchangeEmulator, **more: Any
) -> AsyncIterator[tuple[ExchangeCalendars, Ear]]:
    async with reading(server, **signed(server, **more)) as (source, ear):
        yield source, ear


def all_told(ear: Ear) -> bool:
    return all(ear.of(person.id) is not None for person in PEOPLE)


async def test_one_token_opens_calendars_times_and_notifications(server: ExchangeEmulator) -> None:
    house, oauth = server.organisation, oauth_of(server)
    house.put(ANNA, meeting())
    async with reading_by_token(server, streaming=True) as (_, ear):
        await ear.until(lambda: all_told(ear))
        assert ear.subjects("anna") == ["Statusmøde"]
        assert await asyncio.to_thread(server.service.subscriptions.wait_for_connections, 1)
        house.put(ANNA, meeting("Ny", in_hours=2))
        await ear.until(lambda: "Ny" in ear.subjects("anna"))
    assert ear.lights == [(SourceState.UP, None)]
    assert (oauth.admitted, oauth.refused, oauth.expired) == (2, 0, 0), "one to try, one to read"
    assert server.service.strangers == 0


async def test_free_and_busy_times_alone(server: ExchangeEmulator) -> None:
    server.organisation.put(ANNA, meeting())
    async with reading_by_token(server, calendars="free_busy") as (_, ear):
        await ear.until(lambda: ear.of("anna"))
    assert [a.subject for a in ear.of("anna") or ()] == [""]


async def test_an_examination_over_tls(tmp_path: Path) -> None:
    tls, ca_file = certified(tmp_path)
    with exchange(organisation(now), tls=tls, make_sign_in=OAuth) as server:
        settings = signed(server, ca_file=str(ca_file), sample=ANNA, streaming=True)
        assert all(not fault for _, fault in await findings(server, **settings))
        wrong = signed(server, ca_file=str(ca_file), password="forkert")
        assert (await findings(server, **wrong))[-1] == ("sign-in", "wrong_password")


# ------------------------------------------------------------------ tokens that run out


async def test_a_token_that_is_refused_is_fetched_anew_and_nothing_is_missed(
    server: ExchangeEmulator,
) -> None:
    house, oauth = server.organisation, oauth_of(server)
    async with reading_by_token(server) as (_, ear):
        await ear.until(lambda: all_told(ear))
        for n in range(3):
            before = oauth.admitted
            oauth.forget()
            house.put(ANNA, meeting(f"Nr. {n}", in_hours=n + 1))
            await ear.until(lambda n=n: f"Nr. {n}" in ear.subjects("anna"))  # type: ignore[misc]
            assert oauth.admitted == before + 1, "all connections share it"
    assert ear.lights == [(SourceState.UP, None)]
    assert oauth.expired >= 3


async def test_a_token_is_fetched_anew_before_it_runs_out(server: ExchangeEmulator) -> None:
    house, oauth = server.organisation, oauth_of(server)
    oauth.told_s = 1
    async with reading_by_token(server) as (_, ear):
        await ear.until(lambda: all_told(ear))
        async with asyncio.timeout(20):
            n = 0
            while oauth.admitted < 4:
                n += 1
                house.put(ANNA, meeting(f"Nr. {n}", id="always the same"))
                await ear.until(lambda n=n: ear.subjects("anna") == [f"Nr. {n}"])  # type: ignore[misc]
    assert ear.lights == [(SourceState.UP, None)]
    assert oauth.expired == 0


async def test_tokens_that_are_never_taken_are_not_fetched_for_ever(server: ExchangeEmulator) -> None:
    oauth = oauth_of(server)
    oauth.life_s, oauth.told_s = 0, 3600
    async with reading_by_token(server, streaming=True) as (source, ear):
        await ear.until(lambda: ear.lights)
        assert ear.lights[-1][0] is SourceState.NEEDS_SIGN_IN
        assert ear.key() == "wrong_password"
        with pytest.raises(PasswordRefused):
            await source.read_now("anna")
        assert (oauth.admitted, oauth.expired) == (2, 2)


# ------------------------------------------------------------------ no token


async def test_a_wrong_secret_is_said_and_nothing_hurries_the_next_try(server: ExchangeEmulator) -> None:
    oauth = oauth_of(server)
    async with reading_by_token(server, password="forkert", streaming=True) as (source, ear):
        await ear.until(lambda: ear.lights)
        state, message = ear.lights[-1]
        assert state is SourceState.NEEDS_SIGN_IN
        assert message is not None
        assert (message.key, message.params["address"]) == ("wrong_password", server.token_url)
        for _ in range(5):
            with pytest.raises(PasswordRefused):
                await source.read_now("anna")
            source.follow(PEOPLE)
        await findings(server, **signed(server, sample=ANNA))  # long enough for another try
        assert oauth.refused == 1
    assert len(ear.lights) == 1


async def test_a_secret_that_is_changed_is_found_out_with_few_tries_and_mended(
    server: ExchangeEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    oauth, caller = oauth_of(server), server.organisation.callers[SERVICE.name.lower()]
    server.organisation.put(ANNA, meeting())
    async with reading_by_token(server, streaming=True) as (_, ear):
        await ear.until(lambda: all_told(ear))
        assert await asyncio.to_thread(server.service.subscriptions.wait_for_connections, 1)
        caller.password = "en anden"
        oauth.forget()
        server.service.subscriptions.forget()
        await ear.until(lambda: ear.key() == "wrong_password")
        assert ear.subjects("anna") == ["Statusmøde"], "what was known stays"
        assert oauth.refused <= 2
    monkeypatch.setattr("reception.light.MENDED_BY_HAND_S", 0.1)
    async with reading_by_token(server) as (_, ear):
        await ear.until(lambda: ear.key() == "wrong_password")
        caller.password = SERVICE.password
        await ear.until(lambda: all_told(ear))
    assert ear.lights[-1] == (SourceState.UP, None)


@pytest.mark.parametrize(
    ("trouble", "state", "key"),
    [
        (Trouble(operation="token", status=503, retry_after_s=1), SourceState.DOWN, "exchange_busy"),
        (Trouble(operation="token", status=500), SourceState.DOWN, "unreachable"),
        (Trouble(operation="token", status=404), SourceState.DOWN, "exchange_malformed"),
        (Trouble(operation="token", is_malformed=True), SourceState.DOWN, "exchange_malformed"),
    ],
)
async def test_what_fails_where_tokens_are_given_is_said_and_gets_well(
    server: ExchangeEmulator,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Trouble,
    state: SourceState,
    key: str,
) -> None:
    monkeypatch.setattr("reception.light.FIRST_RETRY_S", 0.1)
    async with reading_by_token(server) as (_, ear):
        await ear.until(lambda: all_told(ear))
        server.service.troubles.add(trouble)
        oauth_of(server).forget()
        await ear.until(lambda: ear.lights[-1][0] is state)
        message = ear.lights[-1][1]
        assert message is not None
        assert message.key == key
        server.service.troubles.clear()
        server.organisation.put(ANNA, meeting())
        await ear.until(lambda: ear.subjects("anna") == ["Statusmøde"])
        assert ear.lights[-1] == (SourceState.UP, None)


async def test_a_scope_that_is_none_and_nobody_at_the_address_are_named(server: ExchangeEmulator) -> None:
    for more, state, key in (
        ({"scope": "everything"}, SourceState.NEEDS_SETTINGS, "misconfigured"),
        ({"token_url": "http://127.0.0.1:9/token"}, SourceState.DOWN, "unreachable"),
    ):
        async with reading_by_token(server, **more) as (_, ear):
            await ear.until(lambda ear=ear: ear.lights)  # type: ignore[misc]
            (told, message), *_ = ear.lights
            assert message is not None
            assert (told, message.key) == (state, key)
            assert message.params.get("setting", "scope") == "scope"
            assert message.params.get("address", "http://127.0.0.1:9/token") == "http://127.0.0.1:9/token"
