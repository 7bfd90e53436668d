"""Between two keys what the next one is likely to show is made ready; it is the same that would be shown."""

from __future__ import annotations

from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from reception.model.changes import CallChanged, StatusChanged
from reception.model.lines import LineState
from tests.gui import office
from tests.gui.desk import Desk, Key
from widgets.row_paint import SELECTED


def picture(desk: Desk) -> QImage:
    return desk.window.people.viewport().grab().toImage()


def wait_until_ready(desk: Desk, qtbot: QtBot) -> None:
    desk.window.people.viewport().repaint()
    desk.catch_up()
    qtbot.waitUntil(lambda: not desk.window.foresight.is_busy)


def ahead(desk: Desk) -> list[str]:
    return list(desk.window.people.pictures._ahead)


def test_the_likely_next_rows_are_there_when_the_key_comes(desk: Desk, qtbot: QtBot) -> None:
    desk.type("ho")
    wait_until_ready(desk, qtbot)
    assert "hol" in ahead(desk)
    prepared = dict(desk.window.people.pictures._ahead["hol"])
    assert [state for _, state in prepared].count(SELECTED) == 1
    desk.type("l")
    desk.window.people.viewport().repaint()
    shown = desk.window.people.pictures._rows
    assert all(shown[key] is row for key, row in prepared.items())


def test_what_was_made_ready_looks_as_if_it_were_painted_now(desk: Desk, qtbot: QtBot) -> None:
    desk.type("ho")
    wait_until_ready(desk, qtbot)
    desk.type("l")
    made_ready = picture(desk)
    desk.window.people.pictures.clear()
    assert picture(desk) == made_ready


def test_who_changes_meanwhile_is_shown_as_they_are(desk: Desk, qtbot: QtBot) -> None:
    desk.type("ho")
    wait_until_ready(desk, qtbot)
    before = desk.window.people.view_of("hol")
    desk.tell(StatusChanged(status=office.status(desk.session.replica.people["hol"], LineState.RINGING)))
    desk.type("l")
    people = desk.window.people
    people.viewport().repaint()
    assert people.pictures.view("hol") == people.view_of("hol") != before
    made_ready = picture(desk)
    people.pictures.clear()
    assert picture(desk) == made_ready


def test_a_row_goes_with_who_has_changed_though_what_it_says_was_forgotten(desk: Desk, qtbot: QtBot) -> None:
    desk.type("ho")
    wait_until_ready(desk, qtbot)
    pictures = desk.window.people.pictures
    pictures._views.clear()
    desk.tell(StatusChanged(status=office.status(desk.session.replica.people["hol"], LineState.RINGING)))
    assert not any(who == "hol" for rows in pictures._ahead.values() for who, _ in rows)


def test_another_key_comes_first(desk: Desk) -> None:
    desk.type("h")
    desk.window.people.viewport().repaint()
    desk.catch_up()
    assert desk.window.foresight.is_busy
    desk.window.search.field.insert("o")
    assert not desk.window.foresight.is_busy


def test_in_another_minute_it_is_made_ready_anew(desk: Desk, qtbot: QtBot) -> None:
    desk.type("ho")
    wait_until_ready(desk, qtbot)
    assert "hol" in ahead(desk)
    desk.catch_up()
    assert not desk.window.foresight.is_busy
    desk.clock.now += 60
    desk.window.people.tick()
    desk.window.people.viewport().repaint()
    assert not ahead(desk)
    desk.session.tell(CallChanged(call=office.call("later")))
    desk.controller.flush()
    desk.catch_up()
    assert desk.window.foresight.is_busy


def test_the_first_letters_are_made_ready_when_somebody_calls(desk: Desk, qtbot: QtBot) -> None:
    wait_until_ready(desk, qtbot)
    assert not ahead(desk)
    desk.tell(CallChanged(call=office.call("later")))
    wait_until_ready(desk, qtbot)
    assert "h" in ahead(desk)


def test_where_names_do_not_decide_who_is_seen_nothing_is_guessed(desk: Desk, qtbot: QtBot) -> None:
    wait_until_ready(desk, qtbot)
    desk.window.middle.toggle_free()
    desk.type("h")
    desk.catch_up()
    assert not desk.window.foresight.is_busy
    desk.press(Key.Key_Escape)
