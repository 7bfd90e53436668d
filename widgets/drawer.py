"""The card as a drawer: in a narrow window it lies over the list, opened and closed by a key."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from widgets.panes import Panes
from widgets.tokens import KEY_BAR, TOP_BAR, WIDE_ENOUGH


class Drawer:
    """Takes the card out of the row of panes where the window is narrow, and puts it back."""

    def __init__(self, window: QWidget, panes: Panes, card: QFrame) -> None:
        self._window = window
        self._panes = panes
        self._card = card
        self.is_used = False

    @property
    def is_open(self) -> bool:
        """True while the card lies over the list."""
        return self.is_used and self._card.isVisible()

    def fit(self) -> bool:
        """Be a drawer or not, as wide as the window is; True when that is different."""
        is_used = self._window.width() < WIDE_ENOUGH
        is_different = is_used != self.is_used
        if is_different:
            self._use(is_used)
        if self.is_open:
            self._place()
        return is_different

    def _use(self, is_used: bool) -> None:
        self.is_used = is_used
        self._card.setProperty("drawer", is_used)
        self._card.style().unpolish(self._card)
        self._card.style().polish(self._card)
        if is_used:
            self._panes.take_right()
            self._card.hide()
        else:
            self._panes.put_right_back()
            self._card.show()

    def open(self, is_open: bool) -> None:
        """Open or close it; nothing where the card has a place of its own."""
        if not self.is_used:
            return
        self._card.setVisible(is_open)
        if is_open:
            self._place()
            self._card.raise_()

    def give_room(self, is_wanted: bool) -> None:
        """Let the card make room for the wall, or come back; a drawer lies over it anyway."""
        if not self.is_used:
            self._card.setVisible(not is_wanted)

    def toggle(self) -> None:
        """Open it, or close it."""
        self.open(self._card.isHidden())

    def _place(self) -> None:
        width = self._panes.widths[1]
        height = self._window.height() - TOP_BAR - KEY_BAR
        self._card.setGeometry(self._window.width() - width, TOP_BAR, width, height)
