"""The window before the hub has answered: filled and searchable from this computer's disk."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reception.console.api import LinkState
from reception.console.disk import open_replica
from reception.directory.numbers import NumberPlan
from reception.model.intents import Transfer
from reception.wire import PROTOCOL, Slice, Welcome
from tests.gui import office
from tests.gui.desk import Desk, Key
from widgets.controller import Controller
from widgets.theme import Theme
from widgets.window import Window


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a console kept that was connected to the office once."""
    replica = open_replica(tmp_path, "da")
    there = office.office(60).replica
    replica.on_welcome(
        Welcome(
            protocol=PROTOCOL,
            epoch="e",
            attendant="KLJ",
            hub_version="0",
            now=0.0,
            resumed=False,
            numbers=NumberPlan(),
        ),
        now=0.0,
    )
    people, statuses = tuple(there.people.values()), tuple(there.statuses.values())
    replica.on_slice(Slice(upto=1, is_first=True, is_last=True, people=people, statuses=statuses))
    replica.close()
    return tmp_path


def test_without_a_session_people_are_there_and_found(qtbot: QtBot, folder: Path) -> None:
    replica = open_replica(folder, "da")
    controller = Controller(replica=replica, clock=lambda: office.NOW)
    window = Window(controller, Theme("light"))
    with qtbot.waitExposed(window):
        window.show()
    assert replica.link is LinkState.STARTING
    assert window.people.people.rowCount() == 60
    assert replica.statuses["ali"] == office.office(60).replica.statuses["ali"]
    QTest.keyClicks(window.search.field, "holger")
    assert controller.selected == "hol"
    assert controller.person is not None
    assert controller.person.name == "Holger Brandt"
    window.let_close()
    window.deleteLater()
    replica.close()


def test_whom_a_call_was_handed_to_comes_first_among_their_equals(desk: Desk) -> None:
    desk.type("hol")
    before = desk.controller.found.ids
    later = before[2]
    desk.press(Key.Key_Escape)
    desk.talk()
    desk.type(desk.session.replica.people[later].name)
    desk.press(Key.Key_Return)
    assert [type(intent) for intent in desk.asked()] == [Transfer]
    assert desk.session.replica.handled == [later]
    desk.press(Key.Key_Escape)
    desk.type("hol")
    assert desk.controller.found.ids.index(later) < before.index(later)
