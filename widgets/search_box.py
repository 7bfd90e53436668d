"""The field where the caret lives."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from widgets import paint
from widgets.texts import translate
from widgets.theme import Theme, body_font


class SearchField(QLineEdit):
    """A line of text that asks the window about each key before it takes it as text.

    Signals:
        focus_changed: (bool) the caret came or went.
    """

    focus_changed = Signal(bool)

    def __init__(self, route: Callable[[QKeyEvent], bool], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._route = route
        self.setObjectName("search")
        self.setAccessibleName(translate("Search", "Search for a colleague or type a number"))
        self.setPlaceholderText(translate("Search", "Name, department or number"))
        self.setFont(body_font(16))
        self.setMaxLength(200)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._route(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_changed.emit(False)


class SearchBox(QFrame):
    """The field with its lens, the count of the found and what Enter would do."""

    def __init__(
        self, theme: Theme, route: Callable[[QKeyEvent], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("searchbox")
        self.setFixedHeight(44)
        self.field = SearchField(route)
        self._lens = QLabel()
        self.count = QLabel()
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        self.count.setProperty("tone", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(10)
        row.addWidget(self._lens)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        self.field.focus_changed.connect(self._on_focus)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def set_count(self, text: str) -> None:
        """Say how many are found and what the keys do."""
        if self.count.text() != text:
            self.count.setText(text)

    @Slot(bool)
    def _on_focus(self, is_in: bool) -> None:
        self.setProperty("focused", is_in)
        self.style().unpolish(self)
        self.style().polish(self)

    @Slot()
    def _on_theme(self) -> None:
        self._lens.setPixmap(paint.icon("search", self._theme.tokens.muted, 17, self.devicePixelRatioF()))
