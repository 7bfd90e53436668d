"""The list first: what follows from a selection is shown when the list is painted; keys are not late."""

from __future__ import annotations

import time

from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from reception.model import intents as ask
from tests.gui.desk import Desk, Key
from widgets.afterwards import Afterwards


def test_the_picture_comes_first_and_what_follows_comes_once(qtbot: QtBot) -> None:
    afterwards = Afterwards()
    seen = QSignalSpy(afterwards.due)
    for _ in range(3):
        afterwards.ask()
        QCoreApplication.sendPostedEvents()  # what is to be painted is
        assert seen.count() == 0
    qtbot.waitUntil(lambda: seen.count() > 0)
    assert seen.count() == 1


def test_what_is_asked_for_without_end_is_not_put_off_for_good(qapp: object) -> None:
    afterwards = Afterwards()
    seen, until = QSignalSpy(afterwards.due), time.monotonic() + 5
    while seen.count() < 2:
        afterwards.ask()
        QCoreApplication.processEvents()
        assert time.monotonic() < until


def test_enter_means_who_is_selected_though_the_card_shows_another_one_still(desk: Desk) -> None:
    desk.talk()
    desk.type("ali")
    before = desk.window.card.name.text()
    desk.window.search.field.clear()
    QTest.keyClicks(desk.window.search.field, "bob")
    assert desk.window.card.name.text() == before
    QTest.keyClick(desk.window.search.field, Key.Key_Return)
    (asked,) = desk.asked()
    assert isinstance(asked, ask.Transfer)
    assert asked.to.person == "bob"
