"""Fixtures of the window's tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.desk import Desk
from widgets.window import Window


@pytest.fixture(autouse=True)
def nothing_left() -> Iterator[None]:
    """Have windows gone before the next test: left to the collector they may go while another one is made.

    That ends the process (PySide 6.11.3: in the constructor of the new one).
    """
    yield
    if isinstance(QApplication.instance(), QApplication):
        for widget in QApplication.topLevelWidgets():
            if isinstance(widget, Window):
                widget.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def desk(qtbot: QtBot) -> Iterator[Desk]:
    """A receptionist at work: nobody calls, 60 colleagues."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setStyle("Fusion")
    place = Desk()
    with qtbot.waitExposed(place.window):
        pass
    yield place
    place.close()
    place.window.deleteLater()
