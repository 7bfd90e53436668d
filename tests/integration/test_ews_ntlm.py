"""Signing in to Exchange by NTLM: a real handshake, from exchangelib's requests to what the hub is told."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import trustme

from reception.errors import PasswordRefused
from reception.model.changes import SourceState
from services.emulators.exchange.mailboxes import Caller
from services.emulators.exchange.ntlm import Ntlm
from services.emulators.exchange.serving import ExchangeEmulator
from services.emulators.exchange.sign_in import Turned
from tests.integration.ews_rig import ANNA, SERVICE, exchange, organisation
from tests.integration.test_ews_source import PEOPLE, Ear, findings, meeting, now, reading

RARE = dict.fromkeys(("calendar_s", "details_s", "mailbox_s"), 3_600.0)
BY_ADDRESS = Caller(name="reception@firma.example", password="også til prøve", may_impersonate=True)
MOST_AT_ONCE = 6
"""Connections: one to try the password, four to read, one for notifications."""


@pytest.fixture
def server() -> Iterator[ExchangeEmulator]:
    house = organisation(now)
    house.callers = {c.name.lower(): Caller(**vars_of(c)) for c in (*house.callers.values(), BY_ADDRESS)}
    with exchange(house, make_sign_in=Ntlm) as emulator:
        yield emulator


def vars_of(caller: Caller) -> dict[str, Any]:
    return {name: getattr(caller, name) for name in caller.__struct_fields__}


def ntlm_of(server: ExchangeEmulator) -> Ntlm:
    assert isinstance(server.service.sign_in, Ntlm)
    return server.service.sign_in


def all_told(ear: Ear) -> bool:
    return all(ear.of(person.id) is not None for person in PEOPLE)


def change_password(server: ExchangeEmulator) -> None:
    server.organisation.callers[SERVICE.name.lower()].password = "en anden"


def change_back(server: ExchangeEmulator) -> None:
    server.organisation.callers[SERVICE.name.lower()].password = SERVICE.password


@pytest.mark.parametrize("caller", [SERVICE, BY_ADDRESS], ids=["domain", "address"])
async def test_calendars_are_read_and_each_connection_signs_in_once(
    server: ExchangeEmulator, caller: Caller
) -> None:
    house, sign_in = server.organisation, ntlm_of(server)
    house.put(ANNA, meeting())
    signed = {"auth": "ntlm", "user": caller.name, "password": caller.password}
    async with reading(server, streaming=True, **signed) as (_, ear):
        await ear.until(lambda: all_told(ear))
        assert ear.subjects("anna") == ["Statusmøde"]
        assert await asyncio.to_thread(server.service.subscriptions.wait_for_connections, 1)
        for n in range(5):
            house.put(ANNA, meeting(f"Nr. {n}", in_hours=n + 2))
            await ear.until(lambda n=n: f"Nr. {n}" in ear.subjects("anna"))  # type: ignore[misc]
    assert ear.lights == [(SourceState.UP, None)]
    assert sign_in.refused == 0
    assert sign_in.admitted == sign_in.challenges <= MOST_AT_ONCE < len(server.service.asked)


async def test_free_and_busy_times_alone(server: ExchangeEmulator) -> None:
    server.organisation.put(ANNA, meeting())
    async with reading(server, auth="ntlm", calendars="free_busy") as (_, ear):
        await ear.until(lambda: ear.of("anna"))
    assert [a.subject for a in ear.of("anna") or ()] == [""]
    assert server.service.count("FindItem") == 0


async def test_an_examination(server: ExchangeEmulator) -> None:
    assert all(not fault for _, fault in await findings(server, auth="ntlm", sample=ANNA, streaming=True))
    assert (await findings(server, auth="ntlm", password="forkert"))[-1] == ("sign-in", "wrong_password")
    assert ntlm_of(server).refused == 1


async def test_who_stands_between_us_and_the_server_gets_no_answer_that_is_of_use(tmp_path: Path) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    ours, another = (authority.issue_cert("localhost") for _ in range(2))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ours.configure_cert(tls)
    for shown, key in ((ours, ""), (another, "wrong_password")):
        protected = partial(Ntlm, certificate=shown.cert_chain_pems[0].bytes().decode())
        with exchange(organisation(now), tls=tls, make_sign_in=protected) as server:
            found = dict(await findings(server, auth="ntlm", ca_file=str(tmp_path / "ca.pem")))
            assert found["sign-in"] == key


# ------------------------------------------------------------------ passwords that are refused


async def test_a_wrong_password_is_said_and_nothing_hurries_the_next_try(server: ExchangeEmulator) -> None:
    sign_in = ntlm_of(server)
    async with reading(server, auth="ntlm", password="forkert", streaming=True) as (source, ear):
        await ear.until(lambda: ear.lights)
        assert ear.lights[-1][0] is SourceState.NEEDS_SIGN_IN
        assert ear.key() == "wrong_password"
        for _ in range(5):
            with pytest.raises(PasswordRefused):
                await source.read_now("anna")
            source.follow(PEOPLE)
        await findings(server, auth="ntlm", sample=ANNA)  # long enough for another try
        assert sign_in.refused == 1, "each try counts towards locking the account"
    assert len(ear.lights) == 1


async def test_a_password_that_is_changed_is_found_out_with_few_tries_and_mended(
    server: ExchangeEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    house, sign_in = server.organisation, ntlm_of(server)
    house.put(ANNA, meeting())
    async with reading(server, auth="ntlm", streaming=True) as (_, ear):
        await ear.until(lambda: all_told(ear))
        assert await asyncio.to_thread(server.service.subscriptions.wait_for_connections, 1)
        change_password(server)
        server.service.subscriptions.forget()
        sign_in.forget()
        await ear.until(lambda: ear.key() == "wrong_password")
        assert ear.lights[-1][0] is SourceState.NEEDS_SIGN_IN
        assert ear.subjects("anna") == ["Statusmøde"], "what was known stays"
        await findings(server, auth="ntlm", password="en anden", sample=ANNA)  # long enough for others
        assert sign_in.refused <= MOST_AT_ONCE, "accounts are locked after ten or so"
    monkeypatch.setattr("reception.light.MENDED_BY_HAND_S", 0.1)
    async with reading(server, auth="ntlm") as (_, ear):
        await ear.until(lambda: ear.key() == "wrong_password")
        change_back(server)
        await ear.until(lambda: all_told(ear))
    assert ear.lights[-1] == (SourceState.UP, None)


async def test_a_refusal_for_notifications_alone_ends_the_reading_too(
    server: ExchangeEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.exchange.streams.FIRST_S", 0.05)
    sign_in, streams = ntlm_of(server), server.service.subscriptions
    async with reading(server, auth="ntlm", **{**RARE, "streaming": True}) as (_, ear):
        await ear.until(lambda: all_told(ear))
        assert await asyncio.to_thread(streams.wait_for_connections, 1)
        change_password(server)
        streams.drop()  # the next connection is a new one; those for reading are still good
        await ear.until(lambda: ear.key() == "wrong_password")
        assert ear.lights[-1][0] is SourceState.NEEDS_SIGN_IN
        assert sign_in.refused <= 3


async def test_a_refusal_for_automatic_replies_alone_ends_the_reading_too(server: ExchangeEmulator) -> None:
    sign_in = ntlm_of(server)
    async with reading(server, auth="ntlm", **{**RARE, "mailbox_s": 0.1}) as (_, ear):
        await ear.until(lambda: all_told(ear))
        change_password(server)
        sign_in.forget()
        await ear.until(lambda: ear.key() == "wrong_password")
        assert ear.lights[-1][0] is SourceState.NEEDS_SIGN_IN
        assert sign_in.refused <= 3


# ------------------------------------------------------------------ handshakes that go wrong


@pytest.mark.parametrize(
    ("instead", "key"),
    [
        (Turned(offers=("NTLM AAAA",)), "exchange_malformed"),
        (Turned(offers=("NTLM TlRMTVNTUAACAAAA",)), "exchange_malformed"),
        (Turned(offers=("NTLM",)), "exchange_malformed"),
        (Turned(offers=("Negotiate", "NTLM")), "exchange_malformed"),
        (Turned(status=503, retry_after_s=1), "exchange_busy"),
    ],
)
async def test_a_handshake_that_breaks_off_is_said_and_gets_well(
    server: ExchangeEmulator, monkeypatch: pytest.MonkeyPatch, instead: Turned, key: str
) -> None:
    monkeypatch.setattr("reception.light.FIRST_RETRY_S", 0.1)
    monkeypatch.setattr("services.exchange.trouble.BUSY_S", 0.1)
    sign_in = ntlm_of(server)
    async with reading(server, auth="ntlm") as (_, ear):
        await ear.until(lambda: all_told(ear))
        sign_in.instead = instead
        sign_in.forget()
        await ear.until(lambda: ear.lights[-1][0] is SourceState.DOWN)
        assert ear.key() == key
        sign_in.instead = None
        server.organisation.put(ANNA, meeting())
        await ear.until(lambda: ear.subjects("anna") == ["Statusmøde"])
        assert ear.lights[-1] == (SourceState.UP, None)
    assert sign_in.refused == 0
