"""The dialogue of the sign-in: offered where the hub will not have the console, and its end in words."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot

from reception.console.api import LinkState
from reception.console.sign_in import Offer
from reception.console.tokens import SignIn, TokenFiles
from reception.errors import SignInRefused, Unavailable
from reception.model.changes import Message
from tests.gui.desk import Desk
from widgets import texts
from widgets.microsoft_sign_in import BrowserDialog, SigningIn
from widgets.sign_in import AsksForToken

OFFER = Offer(address="https://presence.example/console/secret", code="BCDF-GHJK")
NEEDED = Message(key="sign_in_needed")


class Way:
    """A sign-in that ends as the test says."""

    def __init__(self) -> None:
        self.asked: list[bool] = []
        self.windows: list[int] = []
        self.was_cancelled = False
        self.show: Callable[[Offer], object]
        self.first = OFFER
        self.has_begun = asyncio.Event()
        self.end: asyncio.Future[None]

    async def sign_in(self, show: Callable[[Offer], object], *, stays: bool, window: int = 0) -> None:
        self.asked.append(stays)
        self.windows.append(window)
        self.end = asyncio.get_running_loop().create_future()
        self.show = show
        show(self.first)
        self.has_begun.set()
        try:
            await self.end
        except asyncio.CancelledError:
            self.was_cancelled = True
            raise


class Place:
    """A console without a token."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.way = Way()
        self.opened: list[str] = []
        self._is_open = asyncio.Event()
        self.has_browser = True
        self.signing = SigningIn(desk.window, desk.controller, self.way, self._open)
        desk.session.set_link(LinkState.REFUSED, Message(key="wrong_token"))
        desk.controller.flush()
        self.signing.open()

    def _open(self, address: QUrl) -> bool:
        self.opened.append(address.toString())
        self._is_open.set()
        return self.has_browser

    @property
    def dialog(self) -> BrowserDialog:
        assert self.signing.dialog is not None
        return self.signing.dialog

    async def under_way(self) -> None:
        """Press the button, and wait until the browser is open."""
        self._is_open.clear()
        self.dialog.begin.click()
        async with asyncio.timeout(10):
            await self._is_open.wait()

    async def ended(self, error: Exception | None = None) -> None:
        """Have it end, and wait for that."""
        task = self.signing._task
        assert task is not None
        if error is None:
            self.way.end.set_result(None)
        else:
            self.way.end.set_exception(error)
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def place(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Place:
    monkeypatch.setattr(QDesktopServices, "openUrl", _no_browser_in_tests)
    return Place(desk)


def _no_browser_in_tests(address: QUrl) -> bool:
    raise AssertionError(address)


async def test_it_is_offered_at_once_and_ends_in_the_browser(place: Place) -> None:
    dialog = place.dialog
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert "not signed in" in dialog.said.text()
    dialog.stays.click()
    await place.under_way()
    assert place.way.asked == [True]
    assert place.opened == [OFFER.address]
    assert (dialog.code.text(), dialog.code.isVisible()) == (OFFER.code, True)
    assert dialog.code.accessibleName() == "Code B C D F - G H J K"
    assert not dialog.begin.isVisible()
    dialog.again.click()
    assert place.opened == [OFFER.address] * 2
    await place.ended()
    assert place.signing.dialog is None


async def test_where_windows_asks_the_browser_stays_shut_until_it_is_needed(place: Place) -> None:
    dialog, way = place.dialog, place.way
    way.first = Offer(address="", code="")
    dialog.begin.click()
    async with asyncio.timeout(10):
        await way.has_begun.wait()
    assert way.windows == [int(dialog.winId())]
    assert place.opened == []
    assert dialog.said.text() == "Sign in in the window that Windows opens."
    assert not dialog.again.isVisible()
    assert dialog.cancel.isVisible()
    way.show(OFFER)  # there was no way to
    assert place.opened == [OFFER.address]
    assert (dialog.code.text(), dialog.again.isVisible()) == (OFFER.code, True)
    await place.ended()
    assert place.signing.dialog is None


async def test_why_it_did_not_work_stands_there_and_one_can_begin_again(place: Place) -> None:
    await place.under_way()
    await place.ended(SignInRefused("sign_in_no_receptionist", name="Bob Krogh"))
    assert "Bob Krogh is not set up as a receptionist." in place.dialog.said.text()
    assert not place.dialog.code.isVisible()
    place.opened.clear()
    await place.under_way()
    await place.ended(Unavailable("unreachable", address="wss://hub"))
    assert "wss://hub" in place.dialog.said.text()


async def test_cancel_ends_it(place: Place, qtbot: QtBot) -> None:
    await place.under_way()
    task = place.signing._task
    assert task is not None
    with qtbot.waitSignal(place.signing.given_up):
        place.dialog.cancel.click()
    await asyncio.gather(task, return_exceptions=True)
    assert place.way.was_cancelled
    assert place.signing.dialog is None


async def test_without_a_browser_the_address_stands_there(place: Place) -> None:
    place.has_browser = False
    await place.under_way()
    assert OFFER.address in place.dialog.said.text()
    assert place.dialog.code.text() == OFFER.code
    await place.ended()


async def test_leaving_gives_up_what_is_under_way(place: Place) -> None:
    await place.under_way()
    await place.signing.stop()
    assert place.way.was_cancelled


def test_it_closes_when_the_hub_has_the_console(place: Place) -> None:
    assert place.dialog.isVisible()
    place.desk.session.set_link(LinkState.UP)
    place.desk.controller.flush()
    assert place.signing.dialog is None


def test_it_is_offered_beside_the_token_and_leads_back_there(desk: Desk, tmp_path: Path) -> None:
    kept = SignIn("wss://hub.example", TokenFiles(tmp_path))
    kept.way = Way()
    asks = AsksForToken(desk.window, desk.controller, kept)
    desk.session.set_link(LinkState.REFUSED, Message(key="wrong_token"))
    desk.controller.flush()
    first = asks.dialog
    assert first is not None
    assert first.microsoft.isVisible()
    first.microsoft.click()
    assert not first.isVisible()
    assert asks.signing is not None
    assert asks.signing.dialog is not None
    assert asks.signing.dialog.isVisible()
    asks.signing.dialog.cancel.click()
    assert asks.dialog is not first
    assert asks.dialog.isVisible()


def test_where_there_is_no_such_way_it_is_not_offered(desk: Desk, tmp_path: Path) -> None:
    asks = AsksForToken(desk.window, desk.controller, SignIn("wss://hub.example", TokenFiles(tmp_path)))
    desk.session.set_link(LinkState.REFUSED, Message(key="wrong_token"))
    desk.controller.flush()
    assert asks.dialog is not None
    assert not asks.dialog.microsoft.isVisible()


def test_a_token_of_now_counts_before_the_kept_one_until_another_is_kept(tmp_path: Path) -> None:
    kept = SignIn("wss://hub.example", TokenFiles(tmp_path))
    assert kept.save("old")
    kept.use("now")
    assert kept.token() == "now"
    assert SignIn("wss://hub.example", TokenFiles(tmp_path)).token() == "old"
    assert kept.save("new")
    assert kept.token() == "new"


@pytest.mark.parametrize(
    ("language", "button", "said"),
    [
        ("da", "Log på med Microsoft", "Du er ikke logget på."),
        ("de", "Mit Microsoft anmelden", "Sie sind nicht angemeldet."),
        ("en", "Sign in with Microsoft", "You are not signed in."),
    ],
)
def test_in_each_language(qtbot: QtBot, desk: Desk, language: str, button: str, said: str) -> None:
    app = QCoreApplication.instance()
    assert app is not None
    texts.install(app, language)
    try:
        dialog = BrowserDialog(desk.window)
        qtbot.addWidget(dialog)
        dialog.offer(NEEDED)
        assert dialog.begin.text() == button
        assert said in dialog.said.text()
    finally:
        texts.install(app, "en")
