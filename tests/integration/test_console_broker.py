"""A console whose computer vouches for its user: hub process, emulated Microsoft, the computer's word."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import httpx
import pytest

from reception.console import broker
from reception.console.remote import SignedInHub
from reception.console.sign_in import Offer
from reception.errors import SignInRefused
from reception.wire import Broker
from tests.integration.graph_rig import office
from tests.integration.test_console_sign_in import ALICE, BOB, House, welcomed

IN_WINDOWS = Offer(address="", code="")


class Windows:
    """The broker of a computer where somebody works; `word` is brought in place of what is asked for."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.user = ALICE
        self.asked: list[Broker] = []
        self.chose: list[bool] = []
        self.passes_nonce_on = True
        self.word: str | None = None
        self.refusal: Exception | None = None

    async def ask(self, wanted: Broker, window: int, *, chooses: bool) -> str:
        assert window == 7
        self.asked.append(wanted)
        self.chose.append(chooses)
        if self.refusal is not None:
            raise self.refusal
        if self.word is None:
            return self.token(wanted.nonce if self.passes_nonce_on else "")
        return self.word

    def token(self, nonce: str) -> str:
        """Return an ID token of Microsoft's for our app."""
        user = self._house.microsoft.tenant.find(self.user)
        assert user is not None
        return self._house.microsoft.emulator.sign_in.vouch(user, nonce)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with office(tmp_path) as microsoft:
        made = House(microsoft, tmp_path)
        config = made.data / "reception.toml"
        config.write_text(config.read_text() + "\n[identity.graph]\nbroker = true\n", encoding="utf-8")
        async with made.running():
            yield made


@pytest.fixture
def windows(house: House, monkeypatch: pytest.MonkeyPatch) -> Windows:
    made = Windows(house)
    monkeypatch.setattr(broker, "find_broker", lambda: made)
    return made


class Desk:
    """The console, and whoever sits there: goes to the browser when that is offered."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.kept = house.kept()
        self.hub = SignedInHub(self.kept)
        self.shown: list[Offer] = []
        self._pages: list[asyncio.Task[httpx.Response]] = []

    def _show(self, offer: Offer) -> None:
        self.shown.append(offer)
        if offer.address:
            self._pages.append(asyncio.create_task(self.house.at_the_browser(offer)))

    async def sign_in(self) -> None:
        try:
            async with asyncio.timeout(20):
                await self.hub.sign_in(self._show, stays=True, window=7)
        finally:
            await asyncio.gather(*self._pages)

    @property
    def was_in_the_browser(self) -> bool:
        return any(offer.address for offer in self.shown)


@pytest.mark.parametrize("passes_nonce_on", [True, False])
async def test_who_works_at_the_computer_is_let_in_without_a_browser(
    house: House, windows: Windows, passes_nonce_on: bool
) -> None:
    windows.passes_nonce_on = passes_nonce_on
    desk = Desk(house)
    await desk.sign_in()
    assert desk.shown == [IN_WINDOWS]
    account = house.microsoft.account()
    [asked] = windows.asked
    assert (asked.app, asked.authority) == (account.client_id, f"{account.authority}/{account.tenant}")
    assert await welcomed(house, desk.kept.token()) == "KLJ"
    desk.kept.sign_out()
    await desk.sign_in()
    assert windows.chose == [False, True], "who has signed out says who they are"
    assert windows.asked[0].nonce != windows.asked[1].nonce


async def test_where_windows_has_no_word_the_browser_is_the_way(house: House, windows: Windows) -> None:
    windows.word = ""
    desk = Desk(house)
    await desk.sign_in()
    assert desk.was_in_the_browser
    assert await welcomed(house, desk.kept.token()) == "KLJ"


def _of_another_app(windows: Windows) -> str:
    windows._house.microsoft.emulator.sign_in.claims["aud"] = "another app"
    try:
        return windows.token("")
    finally:
        del windows._house.microsoft.emulator.sign_in.claims["aud"]


@pytest.mark.parametrize(
    "word", [lambda _: "nonsense", lambda windows: windows.token("").swapcase(), _of_another_app]
)
async def test_a_word_that_the_hub_does_not_take_leaves_the_browser(
    house: House, windows: Windows, word: Callable[[Windows], str]
) -> None:
    windows.word = word(windows)
    desk = Desk(house)
    await desk.sign_in()
    assert desk.was_in_the_browser
    assert await welcomed(house, desk.kept.token()) == "KLJ"


async def test_the_same_word_opens_nothing_twice(house: House, windows: Windows) -> None:
    windows.word = windows.token("")
    first, second = Desk(house), Desk(house)
    await first.sign_in()
    await second.sign_in()
    assert (first.was_in_the_browser, second.was_in_the_browser) == (False, True)


async def test_who_is_no_receptionist_hears_it_and_may_choose_another_account(
    house: House, windows: Windows
) -> None:
    windows.user = BOB
    desk = Desk(house)
    with pytest.raises(SignInRefused, match="sign_in_no_receptionist"):
        await desk.sign_in()
    windows.user = ALICE
    await desk.sign_in()
    assert windows.chose == [False, True]
    assert not desk.was_in_the_browser


async def test_who_closes_the_window_of_windows_is_asked_nothing_more(house: House, windows: Windows) -> None:
    windows.refusal = SignInRefused("sign_in_declined")
    desk = Desk(house)
    with pytest.raises(SignInRefused, match="sign_in_declined"):
        await desk.sign_in()
    assert desk.shown == [IN_WINDOWS]


async def test_a_hub_that_does_not_want_it_is_never_given_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with office(tmp_path) as microsoft:
        house = House(microsoft, tmp_path)
        windows = Windows(house)
        monkeypatch.setattr(broker, "find_broker", lambda: windows)
        async with house.running():
            desk = Desk(house)
            await desk.sign_in()
            assert windows.asked == []
            assert desk.was_in_the_browser
