"""The window as a program: it opens, connects after the first paint, survives errors, ends in order."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import textwrap
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from tests.gui.desk import Desk
from widgets.controller import Controller
from widgets.funnel import ErrorFunnel
from widgets.tokens import KEY_BAR, TOP_BAR
from widgets.window import Window

_PROGRAM = """
import asyncio, sys, time
from pathlib import Path
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication
from reception.console.options import ConsoleOptions
from tests.gui.office import office
from widgets import app, loop

session = office(40)
said = []

class Source(QObject):
    said = Signal()

def window():
    return next(w for w in QApplication.topLevelWidgets() if w.objectName() == "window")

async def make(replica):
    said.append(("painted", window()._was_painted))
    loop.spawn(act(), "act")
    return session

async def act():
    await asyncio.sleep(0.05)
    {act}
    window().close()
    window().close()

async def fail():
    raise ValueError("task")

def slot():
    raise ValueError("slot")

folder = Path(sys.argv[1])
options = ConsoleOptions(
    data_dir=folder, preferences_file=folder / "p.json", language="da", theme="dark", stops_hub=True
)
code = app.main(make, options=options)
print(said, session.closed_with, (folder / "p.json").exists(), code)
"""


def run(folder: Path, act: str = "pass") -> subprocess.CompletedProcess[str]:
    """Run the program with something to do in it."""
    program = textwrap.dedent(_PROGRAM).replace("{act}", act)
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program, str(folder)],
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
        check=False,
    )


def test_it_connects_after_the_first_paint_and_ends_in_order(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split("\n")[0] == "[('painted', True)] [True] True 0"


def test_errors_are_reported_and_the_window_goes_on(tmp_path: Path) -> None:
    act = (
        "source = Source(); source.said.connect(slot); source.said.emit(); "
        "loop.spawn(fail(), 'fail'); asyncio.get_running_loop().call_soon(slot); await asyncio.sleep(0.05)"
    )
    done = run(tmp_path, act)
    assert done.returncode == 0
    assert done.stdout.startswith("[('painted', True)] [True]")
    assert done.stderr.count("ValueError: slot") == 2
    assert done.stderr.count("ValueError: task") == 1


def test_an_error_is_told_once_and_counted(caplog: pytest.LogCaptureFixture, qapp: object) -> None:
    funnel = ErrorFunnel()
    seen: list[str] = []
    funnel.first_seen.connect(seen.append)
    for _ in range(12):
        try:
            raise ZeroDivisionError("same place")
        except ZeroDivisionError as error:
            funnel.report(error, "a cell")
    funnel.report(None, "no exception")
    assert sorted(funnel.counts.values()) == [1, 12]
    assert len(seen) == len(caplog.records) == 2


def test_an_error_of_the_window_is_said_in_the_window(desk: Desk) -> None:
    desk.talk()
    desk.controller.on_error("ValueError · 1a2b3c4d")
    assert desk.notice.startswith("The window made an error. Calls are not touched by it.")
    assert "1a2b3c4d" in desk.notice
    assert desk.has_caret


class Teller(QObject):
    said = Signal()


def test_errors_in_slots_are_seen_by_tests(qapp: object) -> None:
    def slot() -> None:
        raise ValueError("slot")

    teller = Teller()
    teller.said.connect(slot)
    with capture_exceptions() as caught:
        teller.said.emit()
    assert [kind for kind, *_ in caught] == [ValueError]


def test_a_closed_window_leaves_nothing_behind(qtbot: QtBot) -> None:
    left: list[weakref.ref[object]] = []
    for _ in range(5):
        desk = Desk()
        desk.talk()
        desk.type("ali")
        desk.close()
        desk.window.deleteLater()
        left += [weakref.ref(desk.window), weakref.ref(desk.controller)]
        del desk
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    assert [r() for r in left if r() is not None] == []


def test_closing_is_asked_for_not_done(desk: Desk) -> None:
    asked = []
    desk.window.close_requested.connect(lambda: asked.append(1))
    desk.window.close()
    assert desk.window.isVisible()
    assert asked == [1]


def test_before_there_is_a_session_keys_say_so(qtbot: QtBot, desk: Desk) -> None:
    empty = Controller()
    window = Window(empty, desk.theme)
    window.complete()
    window.search.field.setText("4711")
    assert window.middle.empty.text() == "Connecting to Reception …"
    window.qt_actions[next(iter(window.qt_actions))].trigger()
    assert empty.pile.top is not None
    assert "still starting" in empty.pile.top.text
    window.let_close()
    window.deleteLater()


def test_a_key_that_comes_before_all_is_built_is_heard(qtbot: QtBot, desk: Desk) -> None:
    window = Window(Controller(), desk.theme)
    with qtbot.waitExposed(window):
        window.show()
    QTest.keyClick(window.search.field, Qt.Key.Key_F1)
    assert window.help.isVisible()
    window.let_close()
    window.deleteLater()


def test_what_is_built_after_the_first_picture_moves_nothing(qtbot: QtBot, desk: Desk) -> None:
    for width in (1440, 1100):
        window = Window(Controller(), desk.theme)
        window.resize(width, 900)
        with qtbot.waitExposed(window):
            window.show()
        parts = (window.middle, window.left, window.right, window.search, window.middle.list_frame)
        before = [part.geometry() for part in parts]
        with qtbot.waitSignal(window.painted):
            window.complete()
        assert [part.geometry() for part in parts] == before
        assert window.top.geometry().getRect() == (0, 0, width, TOP_BAR)
        assert window.bottom.geometry().getRect() == (0, 900 - KEY_BAR, width, KEY_BAR)
        window.let_close()
        window.deleteLater()


def test_the_place_of_the_window_is_kept(desk: Desk) -> None:
    desk.window.resize(1300, 800)
    kept = desk.window.geometry_text()
    desk.window.resize(1000, 700)
    desk.window.restore_geometry(kept)
    assert desk.window.width() == 1300
    desk.window.restore_geometry("nonsense")
    desk.window.restore_geometry("")
    assert desk.window.width() == 1300


def test_pictures_are_made(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.shots.make", str(tmp_path), "notice-dark"]
    subprocess.run(command, check=True, timeout=60)
    picture = QPixmap(str(tmp_path / "notice-dark.png")).toImage()
    assert (picture.width(), picture.height()) == (1440, 900)
    colours = {picture.pixelColor(x, y).rgb() for x in range(0, 1440, 8) for y in range(0, 900, 8)}
    assert len(colours) > 40
