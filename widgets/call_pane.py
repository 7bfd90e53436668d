"""The pane at the left: the call in hand, under it all others.

Placed by hand: when somebody calls the card grows and the list makes room, and nothing else in the window is
asked for its size. The list is as high as its calls are: only where one stands is painted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from widgets.tokens import SCROLL_BAR

if TYPE_CHECKING:
    from widgets.call_card import CallCard
    from widgets.call_list import CallList

_EDGE: Final = 12
_BETWEEN: Final = 10
_BELOW: Final = 4


class CallPane(QFrame):
    """Card over list; the scroll bar stands in the margin. Empty until it is filled."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("left")
        self._parts: tuple[CallCard, CallList] | None = None

    def fill(self, card: CallCard, calls: CallList) -> None:
        """Put card and list in."""
        self._parts = card, calls
        for part in self._parts:
            part.setParent(self)
            part.height_changed.connect(self._arrange)
        self._arrange()
        for part in self._parts:
            part.show()

    @Slot()
    def _arrange(self) -> None:
        if self._parts is None:
            return
        card, calls = self._parts
        width = self.width() - 2 * _EDGE + SCROLL_BAR
        card.setGeometry(_EDGE, _EDGE, width, card.wanted_height)
        top = _EDGE + card.wanted_height + _BETWEEN
        room = max(0, self.height() - top - _BELOW)
        calls.setGeometry(_EDGE, top, width, min(room, calls.wanted_height))

    # ------------------------------------------------------------------ Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
