"""Labels for text from outside: always plain, always on one line, elided and never clipped."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from widgets.paint import plain
from widgets.theme import body_font, heading_font


def set_shown(widget: QWidget, is_shown: bool) -> None:
    """Show or hide a widget; when it is so already, nothing is laid out again."""
    if widget.isHidden() is is_shown:
        widget.setVisible(is_shown)


class PlainLabel(QLabel):
    """A label that shows markup as the letters it is made of."""

    def __init__(
        self, text: str = "", *, tone: str = "", is_wrapped: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(is_wrapped)
        if tone:
            self.setProperty("tone", tone)
        if tone == "heading":
            self.setFont(heading_font())
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """Show a text; nothing is painted when it is the same."""
        shown = text if self.wordWrap() else plain(text)
        if shown != self.text():
            self.setText(shown)

    def set_tone(self, tone: str) -> None:
        """Change what the text means."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)


class ElidedLabel(PlainLabel):
    """One line that ends in … where the room ends; the whole text is its tool tip and accessible name."""

    def __init__(self, text: str = "", *, tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, tone=tone, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        if shown == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()


class ClockLabel(PlainLabel):
    """A running time in figures of one width: setting it paints nothing but itself."""

    def __init__(self, *, tone: str = "strong", parent: QWidget | None = None) -> None:
        super().__init__(tone=tone, parent=parent)
        self.setFont(body_font(is_tabular=True))
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
