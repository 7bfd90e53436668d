"""What a list of ours is painted on."""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget


def paper() -> QWidget:
    """Return a viewport like Qt's own, but one that Python has made.

    Asking Qt for its own makes PySide set up every kind of widget there is, only to find out what it was: a
    tenth of the start.
    """
    made = QWidget()
    made.setBackgroundRole(QPalette.ColorRole.Base)
    made.setAutoFillBackground(True)
    return made
