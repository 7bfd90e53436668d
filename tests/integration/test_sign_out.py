"""Signing out at the console: the token, the hub's session and what was agreed to go, calls go on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from reception.console.api import LinkState
from reception.console.link import Endpoint, Pace
from reception.console.remote import SignedInHub
from reception.console.tokens import SignIn, TokenFiles
from reception.hub.server import ServerSettings
from reception.model.attendants import Readiness
from reception.model.intents import Answer, SetReadiness
from reception.wire import Result
from tests.house.strict import ExpectLogs
from tests.integration.graph_rig import Office, office
from tests.integration.hub_rig import TOKENS, Console, running
from tests.integration.test_console_sign_in import House, signed_in, welcomed
from tests.integration.test_hub_chats import CHAT, SCOPES, kept

PATIENT = Pace(first_s=0.01, longest_s=0.05, refused_s=3600.0)


@pytest.fixture
async def microsoft(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as made:
        made.tenant.app.scopes |= SCOPES
        yield made


async def test_who_signs_out_is_forgotten_by_console_and_hub_and_signs_in_again(
    microsoft: Office, tmp_path: Path
) -> None:
    house = House(microsoft, tmp_path)
    config = house.data / "reception.toml"
    config.write_text(config.read_text() + CHAT, encoding="utf-8")
    async with house.running():
        sign_in = house.kept()
        hub = SignedInHub(sign_in)
        await signed_in(house, hub, stays=True)
        token = sign_in.token()
        one = Console(hub.locate, pace=PATIENT)
        sign_in.on_saved, sign_in.on_signed_out = one.session.come_anew, one.session.sign_out
        await one.session.start()
        try:
            await one.up()
            assert one.session.replica.chats
            assert sign_in.sign_out()
            await one.until(lambda: one.session.replica.link is LinkState.REFUSED)
            message = one.session.replica.link_message
            assert message is not None
            assert message.key == "signed_out"
            assert list((house.folder / "kept").iterdir()) == []
            assert await welcomed(house, token) == "wrong_token"
            assert kept(house) == set()
            await signed_in(house, hub, stays=True)
            await one.up()
            assert one.session.replica.chats
            assert kept(house) == {"alice"}
        finally:
            await one.session.close(stop_hub=False)


async def test_a_call_goes_on_and_what_was_asked_for_is_not_asked_again(tmp_path: Path) -> None:
    forgotten: list[str] = []
    async with running(settings=ServerSettings(forget_chat=forgotten.append)) as rig:
        sign_in = SignIn(rig.url, TokenFiles(tmp_path))
        sign_in.save(TOKENS["KLJ"])
        one = Console(SignedInHub(sign_in).locate, pace=PATIENT)
        sign_in.on_saved, sign_in.on_signed_out = one.session.come_anew, one.session.sign_out
        await one.session.start()
        await one.up()
        rig.switch.caller()
        await one.until(lambda: one.session.replica.calls)
        [call] = one.session.replica.calls
        assert (await one.outcome(one.session.request(Answer(call=call)))).result is Result.DONE
        told = list(rig.switch.sent)
        rig.store.may_go_on.clear()  # the next one stays under way
        request = one.session.request(SetReadiness(readiness=Readiness.PAUSED))
        assert sign_in.sign_out()
        assert (await one.outcome(request)).result is Result.FAILED
        rig.store.may_go_on.set()
        await one.until(lambda: one.session.replica.link is LinkState.REFUSED)
        assert one.session.replica.pending_ids() == ()
        assert forgotten == ["KLJ"]
        await rig.settled()
        assert rig.switch.sent == told
        assert call in rig.engine.calls
        assert sign_in.token() == ""
        sign_in.use(TOKENS["MBH"])
        await one.up()
        assert one.session.replica.me == "MBH"
        await one.session.close(False)


async def test_without_a_hub_too_and_its_door_is_shut_at_once(
    tmp_path: Path, expected_logs: ExpectLogs
) -> None:
    expected_logs("the hub is away")
    sign_in = SignIn("ws://127.0.0.1:1", TokenFiles(tmp_path))
    sign_in.save("kept")
    one = Console(SignedInHub(sign_in).locate, pace=PATIENT)
    sign_in.on_signed_out = one.session.sign_out
    await one.session.start()
    await one.until(lambda: one.session.replica.link is LinkState.LOST)
    assert sign_in.sign_out()
    await one.until(lambda: one.session.replica.link is LinkState.REFUSED)
    assert one.session.replica.link_message is not None
    assert one.session.replica.link_message.key == "signed_out"
    await one.session.close(False)
    assert SignIn("ws://127.0.0.1:1", TokenFiles(tmp_path)).token() == ""


async def test_who_signs_out_while_the_hub_lets_them_in_is_out_as_well(tmp_path: Path) -> None:
    forgotten: list[str] = []
    async with running(settings=ServerSettings(forget_chat=forgotten.append)) as rig:
        sign_in = SignIn(rig.url, TokenFiles(tmp_path))
        sign_in.save(TOKENS["KLJ"])
        hub = SignedInHub(sign_in)
        asked, may_go = asyncio.Event(), asyncio.Event()

        async def slow() -> Endpoint:
            found = await hub.locate()
            asked.set()
            await may_go.wait()
            return found

        one = Console(slow, pace=PATIENT)
        sign_in.on_signed_out = one.session.sign_out
        await one.session.start()
        await asked.wait()
        assert sign_in.sign_out()
        may_go.set()
        await one.until(lambda: one.session.replica.link is LinkState.REFUSED)
        assert forgotten == ["KLJ"]
        await one.session.close(False)
