"""A list of ours: a table of Qt's that paints its rows itself, and what it paints them on."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget


def make_list(table: QTableView) -> None:
    """Let a table be a list that paints its rows itself: no grid, no heads, no editing, heights as we say."""
    table.setViewport(paper())
    table.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    table.horizontalHeader().hide()
    table.verticalHeader().hide()
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)


def paper() -> QWidget:
    """Return a viewport like Qt's own, but one that Python has made.

    Asking Qt for its own makes PySide set up every kind of widget there is, only to find out what it was: a
    tenth of the start.
    """
    made = QWidget()
    made.setBackgroundRole(QPalette.ColorRole.Base)
    made.setAutoFillBackground(True)
    return made
