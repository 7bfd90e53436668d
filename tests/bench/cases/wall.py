"""Goal 19: the wall, everybody's day side by side, scrolled step by step and painted anew."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from tests.bench.cases.paint import repaint
from tests.bench.crowd import sizes
from tests.bench.figures import Figure, of_frames, p99, side_by_side
from tests.bench.stage import Stage, rest

STEPS: Final = (17, 40, 53, 156)
"""Pixels: as a finger drags, as the wheel turns, by a row, by three."""


class Nothing(QWidget):
    """The floor: one colour, painted."""

    def viewport(self) -> QWidget:
        """Return what is painted on."""
        return self

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.end()


def run(*, is_short: bool) -> Iterator[Figure]:
    """Scroll down and up over everybody, then paint the same rows again and again."""
    few, _ = sizes(is_short=is_short)
    stage = Stage(few)
    stage.window.wall.toggle()
    rest(200)
    rounds, count = (2, 60) if is_short else (5, 200)
    scroll(stage, 20)
    yield of_frames("19", [scroll(stage, count) for _ in range(rounds)], p99)
    floor = Nothing()
    floor.resize(stage.window.people.viewport().size())
    floor.show()
    assert QTest.qWaitForWindowExposed(floor)
    values, floors = [], []
    for _ in range(3 if is_short else 15):
        values.append(repaint(stage.window.people, 30))
        floors.append(repaint(floor, 30))
    yield side_by_side("19b", values, floors)


def scroll(stage: Stage, count: int) -> list[float]:
    """Scroll so many steps over the first hundred rows and back; returns the milliseconds of each picture."""
    bar = stage.window.people.verticalScrollBar()
    assert stage.window.people.model().rowCount() >= 100
    took, way = [], 1
    for n in range(count):
        step = way * STEPS[n % len(STEPS)]
        if not 0 <= bar.value() + step <= min(bar.maximum(), 100 * 52):
            way = -way
            step = -step
        began = time.perf_counter()
        bar.setValue(bar.value() + step)
        took.append((stage.paint() - began) * 1000)
        rest(2)
    return took
