"""The dialogue for the token: when it comes, and that it takes nothing by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from reception.console.api import Delta, LinkState
from reception.console.tokens import SignIn, TokenFiles
from reception.model.changes import Message
from tests.gui.desk import Desk
from tests.house.strict import ExpectLogs
from widgets.sign_in import AsksForToken, SignInDialog

HUB = "wss://hub.example:8443"


class Place:
    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.sign_in = SignIn(HUB, TokenFiles(folder))
        self.asks = AsksForToken(desk.window, desk.controller, self.sign_in)

    def refuse(self, key: str = "wrong_token") -> None:
        replica = self.desk.session.replica
        replica.link, replica.link_message = LinkState.REFUSED, Message(key=key)
        self.desk.controller.updated.emit(Delta(link=True))

    @property
    def dialog(self) -> SignInDialog:
        assert self.asks.dialog is not None
        return self.asks.dialog


@pytest.fixture
def place(desk: Desk, tmp_path: Path) -> Place:
    return Place(desk, tmp_path / "tokens")


def test_it_comes_when_the_hub_does_not_know_us_and_keeps_what_is_typed(place: Place) -> None:
    assert place.asks.dialog is None
    place.refuse("unknown_protocol")
    assert place.asks.dialog is None
    place.refuse()
    dialog = place.dialog
    assert dialog.isVisible()
    assert not dialog.isModal()
    assert dialog.field.echoMode() is QLineEdit.EchoMode.Password
    assert dialog.field.accessibleName() == "Access token"
    saved: list[int] = []
    place.sign_in.on_saved = lambda: saved.append(1)
    QTest.keyClicks(dialog.field, " t0k3n ")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert (place.sign_in.token(), saved) == ("t0k3n", [1])
    place.refuse()
    assert place.dialog is not dialog, "it was a wrong one again"


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_Return])
def test_left_or_empty_nothing_is_kept_and_it_does_not_come_again(place: Place, key: Qt.Key) -> None:
    place.refuse()
    dialog = place.dialog
    QTest.keyClick(dialog.field, key)
    place.refuse()
    assert place.dialog is dialog
    assert not dialog.isVisible()
    assert place.sign_in.token() == ""


def test_what_cannot_be_kept_is_said(place: Place, tmp_path: Path, expected_logs: ExpectLogs) -> None:
    expected_logs("cannot be kept")
    (tmp_path / "tokens").write_text("in the way")
    place.refuse()
    place.desk.session.replica.link = LinkState.UP
    place.dialog.given.emit("token")
    assert "could not be saved" in place.desk.notice
