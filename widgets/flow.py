"""A layout that sets its widgets one after the other and begins a new line where the room ends."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem

from widgets.tokens import STEP

_GAP = 2 * STEP


class FlowLayout(QLayout):
    """Chips in lines, as words in a paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(QMargins())

    def clear(self) -> None:
        """Take all widgets away for good."""
        while self._items:
            widget = self._items.pop().widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.invalidate()

    def _flow(self, room: QRect, *, is_placed: bool) -> int:
        """Set the widgets into a room, or only find out; returns how high they stand."""
        left, top, line = room.x(), room.y(), 0
        for item in self._items:
            size = item.sizeHint()
            if left > room.x() and left + size.width() > room.right() + 1:
                left, top, line = room.x(), top + line + _GAP, 0
            if is_placed:
                item.setGeometry(QRect(QPoint(left, top), size))
            left += size.width() + _GAP
            line = max(line, size.height())
        return top + line - room.y()

    # ------------------------------------------------------------------ Qt

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._flow(QRect(0, 0, width, 0), is_placed=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._flow(rect, is_placed=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        widest = max((item.sizeHint().width() for item in self._items), default=0)
        return QSize(widest, self.heightForWidth(max(widest, self.geometry().width())))
