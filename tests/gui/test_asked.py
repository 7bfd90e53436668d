"""What another start asks of the window, and what was typed before it had to end."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.console.instance import Ask
from reception.console.options import ConsoleOptions
from reception.console.unsaved import LASTS_S, Unsaved, keep, take
from reception.model import intents as ask
from reception.model.presence import CallHandling
from tests.gui.desk import CTRL, Desk, Key
from widgets.absence_form import Fields
from widgets.asked import Asked, fields_of


def options(folder: Path, link: str = "") -> ConsoleOptions:
    return ConsoleOptions(
        data_dir=folder, cache_dir=folder, preferences_file=folder / "console.json", link=link
    )


@pytest.fixture
def again(qtbot: QtBot) -> Desk:
    """The window of the next start."""
    desk = Desk()
    qtbot.addWidget(desk.window)
    return desk


def asked(desk: Desk, folder: Path, link: str = "") -> Asked:
    return Asked(desk.window, desk.controller, options(folder, link))


async def test_a_number_is_dialled_by_enter_and_never_before(desk: Desk, tmp_path: Path) -> None:
    place = asked(desk, tmp_path)
    desk.type("mette")
    place.hear(Ask(token="", number="+4570101010"))
    assert desk.text == "+4570101010"
    assert desk.has_caret
    assert desk.asked() == []
    desk.press(Key.Key_Return)
    (dial,) = desk.asked()
    assert isinstance(dial, ask.Dial)
    assert dial.to.number == "+4570101010"


async def test_an_open_panel_stays_with_what_was_typed_into_it(desk: Desk, tmp_path: Path) -> None:
    place = asked(desk, tmp_path)
    desk.type("mette hol")
    desk.press(Key.Key_F11)
    panel = desk.window.absences.panel
    assert panel is not None
    panel.note.setText("Ring the caterer")
    place.hear(Ask(token="", number="4711"))
    assert (panel.isVisible(), panel.note.text(), desk.has_caret) == (True, "Ring the caterer", True)


async def test_without_a_number_the_search_stays_as_it_is(desk: Desk, tmp_path: Path) -> None:
    place = asked(desk, tmp_path)
    desk.type("mette")
    desk.window.showMinimized()
    place.hear(Ask(token=""))
    assert desk.text == "mette"
    assert not desk.window.windowState() & Qt.WindowState.WindowMinimized


async def test_a_panel_comes_back_with_its_fields(
    desk: Desk, again: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    place = asked(desk, tmp_path)
    desk.type("mette hol")
    desk.press(Key.Key_F11)
    panel = desk.window.absences.panel
    assert panel is not None
    panel.when.setText("16.30")
    panel.calls.setCurrentIndex(panel.calls.findData(CallHandling.DIVERTED.value))
    panel.number.setText("4711")
    panel.subject.setText("Møde")
    with qtbot.waitSignal(desk.window.close_requested):
        place.hear(Ask(token="", deed="quit"))
    [file] = tmp_path.glob("unsaved.json")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600

    asked(again, tmp_path)
    assert again.text == "mette hol"
    new = again.window.absences.panel
    assert new is not None
    assert new.isVisible()
    assert (new.person, new.fields) == (panel.person, panel.fields)
    assert new.fields.divert_to == "4711"
    assert not file.exists(), "it comes back once"


async def test_the_change_of_an_entry_comes_back_as_a_change(desk: Desk, again: Desk, tmp_path: Path) -> None:
    place = asked(desk, tmp_path)
    desk.type("mette hol")
    desk.press(Key.Key_E, CTRL)
    panel = desk.window.absences.panel
    assert panel is not None
    assert panel.entry_id
    panel.note.setText("Later")
    place.keep_unsaved()
    asked(again, tmp_path)
    new = again.window.absences.panel
    assert new is not None
    assert (new.entry_id, new.note.text()) == (panel.entry_id, "Later")


async def test_the_end_of_the_session_keeps_it_and_closing_the_window_does_not(
    desk: Desk, tmp_path: Path, qapp: QApplication
) -> None:
    place = asked(desk, tmp_path)
    desk.type("mette")
    qapp.commitDataRequest.emit(None)
    assert (tmp_path / "unsaved.json").exists()
    place.close()
    assert not (tmp_path / "unsaved.json").exists()


def test_what_was_typed_long_ago_does_not_come_back(tmp_path: Path) -> None:
    assert keep(tmp_path, Unsaved(at=1_000.0, search="mette"))
    assert take(tmp_path, 1_000.0 + LASTS_S + 1) is None
    assert take(tmp_path, 1_000.0) is None
    assert keep(tmp_path, Unsaved(at=1_000.0, search="mette"))
    assert take(tmp_path, 1_001.0) == Unsaved(at=1_000.0, search="mette")


@pytest.mark.parametrize("content", [b"", b"{", b'{"at": "x"}', b"\xff"])
def test_nonsense_in_the_file_is_nothing(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "unsaved.json").write_bytes(content)
    assert take(tmp_path, 0.0) is None


def test_fields_of_another_version_are_left_out() -> None:
    kept = Unsaved(at=0.0, person="p", fields={"note": "n", "colour": "red", "handling": "sent_to_the_moon"})
    assert fields_of(kept) == Fields(note="n")
