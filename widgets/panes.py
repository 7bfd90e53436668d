"""The three panes side by side, their widths drawn with the mouse or with the arrow keys, and remembered."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QSplitter, QSplitterHandle, QWidget

from widgets.texts import translate
from widgets.tokens import LEFT_PANE, RIGHT_PANE

LEFT_BETWEEN: Final = (272, 480)
RIGHT_BETWEEN: Final = (332, 600)
MIDDLE_AT_LEAST: Final = 420
MIDDLE_WANTED: Final = 600
"""A narrower middle takes from the card first: names and sentences are what is looked for."""
_STEP: Final = 16


class PaneHandle(QSplitterHandle):
    """The line between two panes. Tab comes here, ← and → move it, Home gives it the design's place."""

    def __init__(self, orientation: Qt.Orientation, panes: Panes) -> None:
        super().__init__(orientation, panes)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._panes = panes

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -_STEP, Qt.Key.Key_Right: _STEP}
        key = Qt.Key(event.key())
        if event.modifiers() != Qt.KeyboardModifier.NoModifier:
            event.ignore()
        elif key in steps:
            self._panes.move_line(self, steps[key])
        elif key == Qt.Key.Key_Home:
            self._panes.set_widths(LEFT_PANE, RIGHT_PANE)
        else:
            event.ignore()  # all other keys belong to the window


class Panes(QSplitter):
    """Calls, colleagues, card. The middle takes what the others leave."""

    def __init__(self, left: QWidget, middle: QWidget, right: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._right = right
        self._wanted = (LEFT_PANE, RIGHT_PANE)
        left.setMinimumWidth(LEFT_BETWEEN[0])
        left.setMaximumWidth(LEFT_BETWEEN[1])
        middle.setMinimumWidth(MIDDLE_AT_LEAST)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        for pane in (left, middle, right):
            self.addWidget(pane)
        for place, share in enumerate((0, 1, 0)):
            self.setStretchFactor(place, share)
        self._limit_right()
        self.splitterMoved.connect(self._on_moved)

    def complete(self) -> None:
        """Say to those who listen what the lines are."""
        names = (translate("Panes", "Width of the calls"), translate("Panes", "Width of the card"))
        for place, name in enumerate(names, 1):
            if (line := self.handle(place)) is not None:  # the card may be a drawer
                line.setAccessibleName(name)

    @property
    def widths(self) -> tuple[int, int]:
        """Return how wide the calls and the card are wanted."""
        return self._wanted

    def set_widths(self, left: int, right: int) -> None:
        """Make the calls and the card so wide, within what they can be."""
        self._wanted = (_within(left, LEFT_BETWEEN), _within(right, RIGHT_BETWEEN))
        self._apply()

    def move_line(self, line: QSplitterHandle, step: int) -> None:
        """Move a line between two panes by pixels."""
        left, *_, right = self.sizes()
        if line is self.handle(1):
            self.set_widths(left + step, self._wanted[1])
        else:
            self.set_widths(self._wanted[0], right - step)

    def take_right(self) -> None:
        """Let the card go: it becomes a drawer."""
        self._right.setMinimumWidth(0)
        self._right.setMaximumWidth(RIGHT_BETWEEN[1])
        self._right.setParent(self.parentWidget())

    def put_right_back(self) -> None:
        """Take the card into the row again."""
        self.addWidget(self._right)
        self.setStretchFactor(2, 0)
        self._limit_right()
        self.handle(2).setAccessibleName(translate("Panes", "Width of the card"))
        self._apply()

    def _limit_right(self) -> None:
        self._right.setMinimumWidth(RIGHT_BETWEEN[0])
        self._right.setMaximumWidth(RIGHT_BETWEEN[1])

    def _apply(self) -> None:
        left, right = self._wanted
        if self.count() == 3:
            right = _within(self.width() - left - MIDDLE_WANTED - 2, (RIGHT_BETWEEN[0], right))
            self.setSizes([left, max(MIDDLE_AT_LEAST, self.width() - left - right - 2), right])
        else:
            self.setSizes([left, max(MIDDLE_AT_LEAST, self.width() - left - 1)])

    @Slot()
    def _on_moved(self) -> None:
        sizes = self.sizes()
        self._wanted = (sizes[0], sizes[2] if len(sizes) == 3 else self._wanted[1])

    # ------------------------------------------------------------------ Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._apply()

    def createHandle(self) -> QSplitterHandle:
        return PaneHandle(self.orientation(), self)


def frame(name: str, height: int | None = None) -> QFrame:
    """Return an empty frame, of one height if one is given: the place of what is built later."""
    made = QFrame()
    made.setObjectName(name)
    if height is not None:
        made.setFixedHeight(height)
    return made


def _within(width: int, limits: tuple[int, int]) -> int:
    return max(limits[0], min(limits[1], width))
