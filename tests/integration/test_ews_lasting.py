"""An Exchange source that runs for long: what it leaves open, how often it asks, what a fault costs."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from reception.errors import ConfigError
from reception.model.changes import SourceState
from services.emulators.exchange.faults import Trouble
from services.emulators.exchange.mailboxes import Item
from services.emulators.exchange.serving import ExchangeEmulator
from services.exchange.server import Server
from services.exchange.settings import parse_settings
from tests.integration.ews_rig import ANNA, BO, SERVICE, exchange, organisation
from tests.integration.test_ews_source import (
    PEOPLE,
    Ear,
    certified,
    meeting,
    now,
    reading,
    settings_for,
)

RARE = dict.fromkeys(("calendar_s", "details_s"), 3_600.0)


@pytest.fixture
def server() -> Iterator[ExchangeEmulator]:
    with exchange(organisation(now)) as emulator:
        yield emulator


def all_told(ear: Ear) -> bool:
    return all(ear.of(person.id) is not None for person in PEOPLE)


@asynccontextmanager
async def rounds(server: ExchangeEmulator) -> AsyncIterator[Callable[[int], Any]]:
    """Give what waits until so many more questions for times have come."""
    more, loop = asyncio.Event(), asyncio.get_running_loop()
    told = server.service.told

    def hear(operation: str, content: bytes) -> None:
        told(operation, content)
        loop.call_soon_threadsafe(more.set)

    async def until(count: int) -> None:
        wanted = server.service.count("GetUserAvailability") + count
        async with asyncio.timeout(20):
            while server.service.count("GetUserAvailability") < wanted:
                more.clear()
                await more.wait()

    server.service.told = hear
    yield until
    server.service.told = told


# ------------------------------------------------------------------ streams


async def test_a_stream_takes_no_connection_from_the_reading(server: ExchangeEmulator) -> None:
    async with reading(server, streaming=True, connections=1, **RARE) as (_, ear):
        await ear.until(lambda: all_told(ear))
        assert await asyncio.to_thread(server.service.subscriptions.wait_for_connections, 1)
        server.organisation.put(ANNA, meeting())
        await ear.until(lambda: ear.subjects("anna") == ["Statusmøde"])


@pytest.mark.parametrize("is_secure", [False, True])
async def test_a_stop_hangs_up_what_streams_and_is_quick(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, is_secure: bool
) -> None:
    monkeypatch.setattr("services.emulators.exchange.subscriptions._BEAT_S", 0.1)
    tls, file = certified(tmp_path) if is_secure else (None, "")
    with exchange(organisation(now), tls=tls) as server:
        streams = server.service.subscriptions
        async with reading(server, streaming=True, ca_file=str(file), **RARE) as (source, ear):
            await ear.until(lambda: all_told(ear))
            assert await asyncio.to_thread(streams.wait_for_connections, 1)
            began = time.monotonic()
            await source.stop()
            assert time.monotonic() - began < 1.0
        assert await asyncio.to_thread(none_open, server)


def none_open(server: ExchangeEmulator) -> bool:
    streams = server.service.subscriptions
    with streams._changed:
        return streams._changed.wait_for(lambda: streams.open_connections == 0, 5.0)


async def test_who_is_new_costs_no_connection_more(
    server: ExchangeEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.emulators.exchange.subscriptions._BEAT_S", 0.1)
    streams = server.service.subscriptions
    async with reading(server, streaming=True, **RARE) as (source, ear):
        await ear.until(lambda: all_told(ear))
        assert await asyncio.to_thread(streams.wait_for_connections, 1)
        source.follow(PEOPLE[:2])
        assert await asyncio.to_thread(none_open, server) or streams.open_connections == 1
        assert await asyncio.to_thread(streams.wait_for_connections, 1)
        server.organisation.put(BO, meeting("Bos"))
        await ear.until(lambda: ear.subjects("bo") == ["Bos"])
        assert streams.open_connections == 1


async def test_a_cut_stream_goes_on_with_its_subscriptions(
    server: ExchangeEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.exchange.streams.FIRST_S", 0.05)
    streams = server.service.subscriptions
    async with reading(server, streaming=True, **RARE) as (_, ear):
        await ear.until(lambda: all_told(ear))
        assert await asyncio.to_thread(streams.wait_for_connections, 1)
        listeners, server.organisation.listeners = server.organisation.listeners, []
        server.organisation.put(ANNA, meeting())  # nobody tells of it
        server.organisation.listeners = listeners
        streams.drop()
        await ear.until(lambda: ear.subjects("anna") == ["Statusmøde"])


async def test_streams_that_are_refused_are_not_asked_for_without_a_pause(server: ExchangeEmulator) -> None:
    server.service.troubles.add(Trouble(operation="GetStreamingEvents", code="ErrorAccessDenied"))
    async with reading(server, streaming=True) as (_, ear), rounds(server) as until:
        await ear.until(lambda: all_told(ear))
        await until(8)
        assert server.service.count("GetStreamingEvents") <= 2
        assert server.service.count("Subscribe") <= 2 * len(PEOPLE)


# ------------------------------------------------------------------ passwords and other settings


async def test_a_password_that_is_refused_all_at_once_is_hardly_tried(server: ExchangeEmulator) -> None:
    async with reading(server, streaming=True, patience_s=20.0) as (_, ear):
        await ear.until(lambda: all_told(ear))
        assert await asyncio.to_thread(server.service.subscriptions.wait_for_connections, 1)
        caller = server.organisation.callers[SERVICE.name.lower()]
        caller.password, before = "en anden", caller.password
        server.service.subscriptions.forget()
        try:
            await ear.until(lambda: ear.lights[-1][0] is SourceState.NEEDS_SIGN_IN)
            assert ear.key() == "wrong_password"
            assert server.service.sign_in.refused <= 6, "accounts are locked after ten or so"
        finally:
            caller.password = before


def test_each_server_has_its_own_trust_and_patience(tmp_path: Path) -> None:
    tls, ca_file = certified(tmp_path)
    with exchange(organisation(now), tls=tls) as server:
        trusting = Server(parse_settings(settings_for(server, ca_file=str(ca_file))))
        wary = Server(parse_settings(settings_for(server)), is_patient=False)
        try:
            trusting.sign_in()
            with pytest.raises(ConfigError):
                wary.sign_in()
            trusting.replies(ANNA)  # by an account, which exchangelib gives a connection from its cache
            assert not trusting._account(ANNA).protocol.retry_policy.fail_fast
            assert wary._account(ANNA).protocol.retry_policy.fail_fast
        finally:
            trusting.close()
            wary.close()


# ------------------------------------------------------------------ what fails


async def test_a_calendar_that_fails_keeps_its_words_and_is_named_once(server: ExchangeEmulator) -> None:
    house = server.organisation
    house.put(BO, meeting("Bos"))
    async with reading(server) as (_, ear), rounds(server) as until:
        await ear.until(lambda: all_told(ear))
        house.mailboxes[BO].error = "ErrorMailboxStoreUnavailable"
        await ear.until(lambda: ear.key() == "mailboxes_failed")
        await ear.until(lambda: ear.is_old("bo"))
        said = len(ear.lights)
        await until(6)
        assert len(ear.lights) == said, "it is told once"
        assert ear.subjects("bo") == ["Bos"], "what was known stays"
        house.mailboxes[BO].error = ""
        await ear.until(lambda: ear.lights[-1] == (SourceState.UP, None))
        assert not ear.is_old("bo")


async def test_what_was_old_holds_again_as_soon_as_times_come_and_are_as_before(
    server: ExchangeEmulator,
) -> None:
    house = server.organisation
    house.put(BO, meeting("Bos"))
    async with reading(server, details_s=3_600.0) as (_, ear):
        await ear.until(lambda: all_told(ear))
        house.mailboxes[BO].free_busy_error = "ErrorProxyRequestProcessingFailed"
        await ear.until(lambda: ear.is_old("bo"))
        house.mailboxes[BO].free_busy_error = ""
        await ear.until(lambda: not ear.is_old("bo"))
        await ear.until(lambda: ear.lights[-1] == (SourceState.UP, None))
        assert ear.subjects("bo") == ["Bos"]


async def test_whose_times_are_closed_is_told_by_details(server: ExchangeEmulator) -> None:
    house = server.organisation
    house.put(BO, meeting("Bos"))
    house.mailboxes[BO].free_busy_error = "ErrorNoFreeBusyAccess"
    async with reading(server, details_s=3_600.0) as (_, ear):
        await ear.until(lambda: ear.subjects("bo") == ["Bos"])
        house.put(BO, meeting("Ny", in_hours=2))
        await ear.until(lambda: ear.subjects("bo") == ["Bos", "Ny"])
        await ear.until(lambda: ear.lights[-1] == (SourceState.UP, None))


async def test_a_mailbox_that_is_gone_has_no_appointments_left(server: ExchangeEmulator) -> None:
    house = server.organisation
    house.put(BO, meeting("Bos"))
    async with reading(server) as (_, ear):
        await ear.until(lambda: ear.subjects("bo") == ["Bos"] and all_told(ear))
        box = house.mailboxes.pop(BO)
        await ear.until(lambda: ear.of("bo") == () and not ear.is_old("bo"))
        assert ear.lights[-1][0] is SourceState.UP
        house.mailboxes[BO] = box
        await ear.until(lambda: ear.subjects("bo") == ["Bos"])


async def test_a_server_that_is_away_is_said_to_be_away_and_what_is_done() -> None:
    with exchange(organisation(now)) as server:
        pass  # its port is closed again
    async with reading(server) as (_, ear):
        await ear.until(lambda: ear.lights)
        assert (ear.lights[-1][0], ear.key()) == (SourceState.DOWN, "unreachable")
        said: Any = ear.heard[-1]
        assert said.doing.key == "tries_again"


async def test_a_server_that_does_not_answer_any_more_is_said_to_be_away(server: ExchangeEmulator) -> None:
    async with reading(server, timeout_s=0.5) as (_, ear):
        await ear.until(lambda: all_told(ear))
        server.service.troubles.add(Trouble(gate=threading.Event()))
        await ear.until(lambda: ear.lights[-1][0] is SourceState.DOWN)
        assert ear.key() == "unreachable"
        said: Any = [one for one in ear.heard if hasattr(one, "doing")][-1]
        assert said.good_at is not None
        server.service.troubles.clear()


async def test_who_is_followed_no_more_is_answered(server: ExchangeEmulator) -> None:
    async with reading(server, **RARE) as (source, ear):
        await ear.until(lambda: all_told(ear))
        server.service.troubles.add(Trouble(gate=threading.Event()))
        waiting = asyncio.create_task(source.read_now("anna"))
        await asyncio.sleep(0)
        source.follow(PEOPLE[1:])
        async with asyncio.timeout(5):
            assert await waiting is None
        server.service.troubles.clear()


async def test_what_lasts_over_the_most_that_is_answered_for_is_told_once(server: ExchangeEmulator) -> None:
    start = now().replace(minute=0, second=0, microsecond=0)
    server.organisation.put(ANNA, Item(subject="Barsel", start=start, end=start + timedelta(days=90)))
    async with reading(server, calendars="free_busy", days_ahead=100) as (_, ear):
        await ear.until(lambda: ear.of("anna"))
    assert len(ear.of("anna") or ()) == 1


async def test_a_pause_that_is_asked_for_is_kept(server: ExchangeEmulator) -> None:
    async with reading(server, patience_s=1.0) as (_, ear):
        await ear.until(lambda: all_told(ear))
        busy = server.service.troubles.add(Trouble(code="ErrorServerBusy", back_off_ms=60_000))
        await ear.until(lambda: ear.key() == "exchange_busy")
        asked, said = busy.seen, ear.lights[-1]
        assert said[0] is SourceState.DOWN
        before: Any = [one for one in ear.heard if hasattr(one, "doing")][-1]
        assert before.doing.key == "waits_as_asked"
        assert before.doing.params["at"] > time.time() + 30
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await ear.until(lambda: busy.seen > asked)
