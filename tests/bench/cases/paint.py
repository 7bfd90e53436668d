"""Goal 11: painting 40 rows anew, with an ordinary day in each and with five days' worth of entries."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from reception.console.replica import Replica
from tests.bench.crowd import people
from tests.bench.figures import Figure, side_by_side
from tests.bench.replicas import day_of, snapshot, take
from widgets import texts
from widgets.app import make_app
from widgets.controller import Controller
from widgets.people_list import PeopleList
from widgets.theme import Theme
from widgets.tokens import ROW

ROWS: Final = 40
WIDTH: Final = 1000
DAY, FIVE_DAYS = 8, 40
"""Entries in a row."""


class NamesOnly(QWidget):
    """The floor: a widget that paints 40 names where the list of people has them, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self._names = [person.name for person in people(ROWS)]

    def viewport(self) -> QWidget:
        """Return what is painted on."""
        return self

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all of them."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        for row, name in enumerate(self._names):
            where = QRectF(60, row * ROW, WIDTH - 60, ROW)
            painter.drawText(where, int(Qt.AlignmentFlag.AlignVCenter), name)
        painter.end()


def run(*, is_short: bool) -> Iterator[Figure]:
    """Paint the three lists by turns."""
    app = make_app()
    texts.install(app, "da")
    lists: list[NamesOnly | PeopleList] = [NamesOnly(), colleagues(DAY), colleagues(FIVE_DAYS)]
    took: list[list[float]] = [[], [], []]
    for view in lists:
        view.resize(WIDTH, ROWS * ROW)
        view.show()
        assert QTest.qWaitForWindowExposed(view)
        repaint(view, 20)
    for _ in range(5 if is_short else 15):
        for view, times in zip(lists, took, strict=True):
            times.append(repaint(view, 20 if is_short else 60))
    names, day, five_days = took
    yield side_by_side("11", day, names)
    yield side_by_side("11b", five_days, names)


def colleagues(entries: int) -> PeopleList:
    """Return the list of people, with so many entries in each row."""
    everybody = people(ROWS)
    replica = Replica()
    for frame in snapshot(everybody, lambda person: day_of(person, entries)):
        take(replica, frame)
    view = PeopleList(Controller(replica=replica), Theme("light"))
    view.show_found(is_new_search=True)
    assert view.model().rowCount() == ROWS
    return view


def repaint(view: NamesOnly | PeopleList, count: int) -> float:
    """Paint a list anew so many times; returns the median in milliseconds."""
    took = []
    for _ in range(count):
        began = time.perf_counter()
        view.viewport().repaint()
        took.append((time.perf_counter() - began) * 1000)
    return statistics.median(took)
