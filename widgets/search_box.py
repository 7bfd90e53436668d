"""The field where the caret lives."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from widgets import paint
from widgets.texts import translate
from widgets.theme import Theme, body_font
from widgets.tokens import SECONDARY_PX

_EDGE: Final = 14
_GAP: Final = 10


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
        self.setPlaceholderText(translate("Search", "Name, department or number"))
        self.setFont(body_font(16))
        self.setMaxLength(200)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

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


class Count(QWidget):
    """How many are found and what the keys do, painted: it changes with every letter and every call."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self.update)

    def text(self) -> str:
        """Return what is said."""
        return self._text

    def set_text(self, text: str) -> None:
        """Say something else."""
        if text != self._text:
            self._text = text
            if self.accessibleName():
                self.setAccessibleName(text)
            self.update()

    def wanted_width(self) -> int:
        """Return how many pixels the words need."""
        return math.ceil(paint.text_width(self._text, SECONDARY_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t, box = self._theme.tokens, QRectF(self.rect())
        paint.fill(painter, box, t.panel)
        right = Qt.AlignmentFlag.AlignRight
        paint.draw_text(painter, box, self._text, t.muted, pixels=SECONDARY_PX, align=right)
        painter.end()


class SearchBox(QFrame):
    """The field with its lens, the count of the found and what Enter would do.

    The count has a share of the box, more only when its words need it: the field does not move with them.
    """

    def __init__(
        self, theme: Theme, route: Callable[[QKeyEvent], bool], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("searchbox")
        self.setFixedHeight(44)
        self._is_focused = True  # as in a window that has just opened, which thus is not styled twice
        self.setProperty("focused", True)
        self.field = SearchField(route)
        self._lens = QLabel()
        self.count = Count(theme, self)
        self._count_width = 0
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_EDGE, 0, _EDGE, 0)
        self._row.setSpacing(_GAP)
        self._row.addWidget(self._lens)
        self._row.addWidget(self.field, 1)
        self.field.focus_changed.connect(self._on_focus)
        theme.changed.connect(self._on_theme)
        self._on_theme()

    def list_favourites(self) -> None:
        """Type the word that lists the favourite contacts; what is typed next takes its place."""
        from widgets import contact_words

        self.field.setText(contact_words.favourites_word())
        self.field.selectAll()
        self.field.setFocus()

    def set_count(self, text: str) -> None:
        """Say how many are found and what the keys do."""
        self.count.set_text(text)
        self._place_count()

    def _place_count(self) -> None:
        wide = max(self.count.wanted_width(), self.width() // 3)
        if wide != self._count_width:
            self._count_width = wide
            self._row.setContentsMargins(_EDGE, 0, _EDGE + wide + _GAP, 0)
        self.count.setGeometry(self.width() - _EDGE - 2 - wide, 2, wide, self.height() - 4)

    def take_caret(self) -> None:
        """Put the caret here, what was typed marked: the next letter takes its place."""
        self.field.setFocus()
        self.field.selectAll()

    def complete(self) -> None:
        """Say what is what, and show whether the caret is here: a window may open behind another one."""
        self.field.setAccessibleName(translate("Search", "Search for a colleague or type a number"))
        self.count.setAccessibleName(self.count.text())
        self._on_focus(self.field.hasFocus())

    @Slot(bool)
    def _on_focus(self, is_in: bool) -> None:
        if is_in == self._is_focused:
            return
        self._is_focused = is_in
        self.setProperty("focused", is_in)
        self.style().unpolish(self)
        self.style().polish(self)

    @Slot()
    def _on_theme(self) -> None:
        self._lens.setPixmap(paint.icon("search", self._theme.tokens.muted, 17, self.devicePixelRatioF()))

    # ------------------------------------------------------------------ Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_count()
