"""Signing out in the settings: offered to whoever is signed in, and the way back in comes by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from reception.console.api import LinkState
from reception.console.options import ConsoleOptions
from reception.console.tokens import SignIn, TokenFiles
from reception.model.changes import Message
from tests.gui.desk import CTRL, Desk, Key
from tests.house.strict import ExpectLogs
from widgets import living, texts
from widgets.labels import PlainLabel
from widgets.sign_in import AsksForToken

HUB = "wss://hub.example:8443"


class Place:
    """A console that is signed in at the team's hub."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.store = TokenFiles(folder / "tokens")
        self.store.write(HUB, "t0k3n")
        self.sign_in = SignIn(HUB, self.store)
        self.told: list[str] = []
        self.sign_in.on_signed_out = lambda: self.told.append("out")
        options = ConsoleOptions(
            data_dir=folder, preferences_file=folder / "console.json", sign_in=self.sign_in
        )
        self.living = living.Desk(desk.window, desk.controller, options)
        self.asks = AsksForToken(desk.window, desk.controller, self.sign_in)
        self.living.opened.connect(self.asks.add_to_settings)

    def settings(self) -> QPushButton:
        """Open the settings, and return the button of the sign-in."""
        self.desk.press(Key.Key_Comma, CTRL)
        assert self.asks.button is not None
        assert self.asks.button.isVisible()
        return self.asks.button

    def refuse(self, key: str) -> None:
        self.desk.session.set_link(LinkState.REFUSED, Message(key=key))
        self.desk.controller.flush()


@pytest.fixture
def place(desk: Desk, tmp_path: Path) -> Place:
    return Place(desk, tmp_path)


def test_who_signs_out_is_asked_to_sign_in_again_and_keeps_the_call(place: Place) -> None:
    place.desk.talk()
    button = place.settings()
    me = place.desk.session.replica.attendants["KLJ"].name
    assert button.text() == "Sign out"
    assert button.accessibleDescription().startswith(f"Signed in as {me}")
    place.desk.session.asked.clear()
    button.click()
    assert place.living.dialog is None
    assert (place.told, place.store.read(HUB), place.sign_in.token()) == (["out"], "", "")
    assert place.desk.session.asked == [], "nothing is asked of the hub about the call"
    assert place.asks.dialog is None
    place.refuse("signed_out")
    first = place.asks.dialog
    assert first is not None
    assert first.isVisible()
    assert first.accessibleDescription() == "You are signed out. Sign in to take calls here."
    first.reject()
    button = place.settings()
    assert button.text() == "Sign in …"
    button.click()
    assert place.asks.dialog is not first
    assert place.asks.dialog.isVisible()
    place.asks.dialog.given.emit("another")
    assert place.sign_in.token() == "another"


def test_a_token_that_the_hub_does_not_know_is_no_sign_in(place: Place) -> None:
    place.refuse("wrong_token")
    assert place.settings().text() == "Sign in …"


def test_where_the_hub_is_away_it_is_said(place: Place) -> None:
    place.desk.session.set_link(LinkState.LOST, Message(key="unreachable", params={"address": HUB}))
    place.desk.controller.flush()
    place.settings().click()
    assert place.told == ["out"]
    place.refuse("signed_out")
    assert place.asks.dialog is not None
    assert "The hub could not be told" in place.asks.dialog.accessibleDescription()


def test_what_cannot_be_deleted_is_said(
    place: Place, monkeypatch: pytest.MonkeyPatch, expected_logs: ExpectLogs
) -> None:
    expected_logs("cannot be forgotten")

    def forget(hub: str) -> None:
        raise OSError(hub)

    monkeypatch.setattr(place.store, "forget", forget)
    place.settings().click()
    assert place.sign_in.token() == ""
    place.refuse("signed_out")
    assert place.asks.dialog is not None
    said = [label.text() for label in place.asks.dialog.findChildren(PlainLabel)]
    assert any("could not be deleted" in text for text in said)


@pytest.mark.parametrize(("language", "words"), [("da", "Log af"), ("de", "Abmelden"), ("en", "Sign out")])
def test_in_each_language(place: Place, qtbot: QtBot, language: str, words: str) -> None:
    app = QCoreApplication.instance()
    assert app is not None
    texts.install(app, language)
    try:
        assert place.settings().text() == words
        assert place.living.dialog is not None
        said = [label.text() for label in place.living.dialog.findChildren(PlainLabel)]
        assert any(place.desk.session.replica.attendants["KLJ"].name in text for text in said)
    finally:
        texts.install(app, "en")


@pytest.mark.parametrize("language", ["da", "de", "en"])
def test_no_name_in_the_settings_is_cut_off(place: Place, qtbot: QtBot, language: str) -> None:
    app = QCoreApplication.instance()
    assert app is not None
    texts.install(app, language)
    try:
        place.settings()
        dialog = place.living.dialog
        assert dialog is not None
        with qtbot.waitExposed(dialog):
            dialog.show()
        for name in dialog.findChildren(PlainLabel):
            assert name.height() >= name.heightForWidth(name.width()), name.text()
    finally:
        texts.install(app, "en")
