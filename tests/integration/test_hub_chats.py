"""Receptionists write in Teams in their own name: hub process, emulated Microsoft, browser, console."""

from __future__ import annotations

import json
import stat
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from reception.console.link import Endpoint
from reception.model.intents import SendChat
from reception.wire import Outcome, Result
from tests.integration.graph_rig import Office, office
from tests.integration.hub_rig import Console
from tests.integration.program import run, word_of
from tests.integration.test_console_sign_in import ALICE, BOB, House, signed_in

SCOPES = {"Chat.Create", "ChatMessage.Send"}
CHAT = "\n[identity.graph]\nchat = true\n"


@pytest.fixture
async def microsoft(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as running:
        running.tenant.app.scopes |= SCOPES
        yield running


@pytest.fixture
def house(microsoft: Office, tmp_path: Path) -> House:
    made = House(microsoft, tmp_path)
    config = made.data / "reception.toml"
    config.write_text(config.read_text() + CHAT, encoding="utf-8")
    return made


async def token_of(house: House) -> str:
    """Sign in and stay so; returns the console's token."""
    await signed_in(house, house.hub(), stays=True)
    return house.kept().token()


@asynccontextmanager
async def at_the_desk(house: House, token: str) -> AsyncIterator[Console]:
    async def locate() -> Endpoint:
        return Endpoint(url=word_of(house.data).url, token=token, tls=None)

    one = Console(locate)
    await one.session.start()
    try:
        await one.up()
        yield one
    finally:
        await one.session.close(stop_hub=False)


async def written(one: Console, person: str, text: str) -> Outcome:
    return await one.outcome(one.session.request(SendChat(person=person, text=text)))


async def test_who_signed_in_writes_in_their_own_name_also_after_the_hub_was_away(
    microsoft: Office, house: House
) -> None:
    async with house.running():
        token = await token_of(house)
        async with at_the_desk(house, token) as one:
            assert one.session.replica.chats
            outcome = await written(one, "bob", "Ring til Bo på 12")
            assert outcome.result is Result.DONE, outcome.message
    alice, bob = microsoft.tenant.find(ALICE), microsoft.tenant.find(BOB)
    assert alice is not None
    assert bob is not None
    [(chat, who, body)] = microsoft.tenant.chat_messages
    assert set(microsoft.tenant.chats[chat]) == {alice.id, bob.id}
    assert who == alice.id
    assert body["body"] == {"contentType": "text", "content": "Ring til Bo på 12"}

    file = house.data / "microsoft-chats.bin"
    if sys.platform == "linux":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    async with house.running(), at_the_desk(house, token) as one:
        assert one.session.replica.chats
        assert (await written(one, "bob", "Og igen")).result is Result.DONE
    assert len(microsoft.tenant.chat_messages) == 2
    assert len(microsoft.tenant.chats) == 1, "the same chat"


async def test_whose_sign_in_microsoft_no_longer_takes_is_told_to_sign_in_again(
    microsoft: Office, house: House
) -> None:
    async with house.running():
        token = await token_of(house)
    microsoft.emulator.sign_in.forget_everybody()
    async with house.running():
        async with at_the_desk(house, token) as one:
            assert one.session.replica.chats, "nobody knows yet"
            outcome = await written(one, "bob", "Ring til Bo")
            assert outcome.message is not None
            assert outcome.message.key == "chat_sign_in"
        async with at_the_desk(house, token) as one:
            assert not one.session.replica.chats
        token = await token_of(house)
        async with at_the_desk(house, token) as one:
            assert (await written(one, "bob", "Ring til Bo")).result is Result.DONE
    assert len(microsoft.tenant.chat_messages) == 1


async def test_a_message_to_nobody_or_of_nothing_is_refused(microsoft: Office, house: House) -> None:
    async with house.running():
        token = await token_of(house)
        async with at_the_desk(house, token) as one:
            for person, text, key in (("who", "x", "unknown_person"), ("bob", " ", "mail_empty")):
                outcome = await written(one, person, text)
                assert outcome.message is not None
                assert outcome.message.key == key
    assert microsoft.tenant.chat_messages == []


async def test_without_the_setting_nothing_is_asked_for(microsoft: Office, tmp_path: Path) -> None:
    house = House(microsoft, tmp_path)
    async with house.running():
        token = await token_of(house)
        async with at_the_desk(house, token) as one:
            assert not one.session.replica.chats
            outcome = await written(one, "bob", "Ring til Bo")
            assert outcome.message is not None
            assert outcome.message.key == "chat_not_set_up"
    assert not (house.data / "microsoft-chats.bin").exists()


# ------------------------------------------------------------------ whose account is taken away


def kept(house: House) -> set[str]:
    """Return whose sign-ins lie in the hub's file."""
    return set(json.loads((house.data / "microsoft-chats.bin").read_text(encoding="utf-8")))


async def removed(house: House) -> None:
    gone = await run(house.folder, "hub", "account", "remove", ALICE, "--data", str(house.data))
    assert gone.code == 0, gone.err


async def test_with_an_account_what_its_owner_agreed_to_goes(house: House) -> None:
    async with house.running():
        await token_of(house)
        assert kept(house) == {"alice"}
        await removed(house)
        assert kept(house) == set()


@pytest.mark.parametrize("is_on", [True, False], ids=["chats on", "chats off meanwhile"])
async def test_also_while_no_hub_is_running(house: House, is_on: bool) -> None:
    async with house.running():
        await token_of(house)
    assert kept(house) == {"alice"}
    config = house.data / "reception.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text if is_on else text.replace(CHAT, ""), encoding="utf-8")
    await removed(house)
    assert kept(house) == set()


async def test_what_could_not_be_read_then_goes_when_the_hub_starts(house: House) -> None:
    async with house.running():
        await token_of(house)
    file = house.data / "microsoft-chats.bin"
    aside = file.rename(house.data / "aside")  # as on Windows, for whoever is not the hub's own account
    await removed(house)
    aside.rename(file)
    assert kept(house) == {"alice"}
    async with house.running():
        assert kept(house) == set()
