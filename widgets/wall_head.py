"""What stands over the wall: back to the list, day or week, which one, and the scale."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from widgets import keys, paint, wall_paint, wall_view
from widgets.buttons import KeyButton
from widgets.intents_for import View
from widgets.texts import translate
from widgets.theme import Theme
from widgets.wall_view import Period

_ARROW: Final = 36
"""How wide the buttons are that go to other days."""


class Scale(QWidget):
    """The words of the scale, over the bars."""

    def __init__(self, theme: Theme, bars: QWidget, parent: QWidget | None = None) -> None:
        """`bars` is what the rows are painted on: a scroll bar may stand beside it."""
        super().__init__(parent)
        self._theme = theme
        self._bars = bars
        self._period: Period | None = None
        self.setFixedHeight(wall_paint.HEAD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_period(self, period: Period, words: str) -> None:
        """Show the scale of a period."""
        self._period = period
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, wall_paint.HEAD)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._period is None:
            return
        painter = QPainter(self)
        heading = translate("Wall", "Colleague")
        wall_paint.paint_head(painter, self._period, self._bars.width(), heading, self._theme.tokens)
        painter.end()


class Title(QWidget):
    """Which day or week it is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = ""
        self.setFixedHeight(32)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_words(self, words: str) -> None:
        """Show a title."""
        self._words = words
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(max(190, round(paint.text_width(self._words, 13, paint.SEMI)) + 16), 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        centre = Qt.AlignmentFlag.AlignHCenter
        colour = self._theme.tokens.text
        paint.draw_text(painter, QRectF(self.rect()), self._words, colour, weight=paint.SEMI, align=centre)
        painter.end()


class WallHead(QWidget):
    """Buttons with their keys, and the scale.

    Signals:
        wanted: (View) one was clicked.
    """

    wanted = Signal(object)

    def __init__(self, theme: Theme, bars: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Title(theme)
        self.scale = Scale(theme, bars)
        self._buttons: dict[View, KeyButton] = {}
        row = QHBoxLayout()
        row.setContentsMargins(12, 10, 12, 2)
        row.setSpacing(8)
        row.addWidget(self._button(theme, View.WALL, translate("Wall", "List")))
        row.addWidget(self._button(theme, View.ONLY_FREE, translate("Wall", "Only free")))
        row.addStretch(1)
        row.addWidget(self._button(theme, View.WEEK, ""))
        row.addWidget(self._arrow(theme, View.EARLIER, "‹"))
        row.addWidget(self.title)
        row.addWidget(self._arrow(theme, View.LATER, "›"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.scale)

    def _arrow(self, theme: Theme, view: View, words: str) -> KeyButton:
        """Return a button as small as its sign; there is no room for its key but in the tip and the help."""
        arrow = self._button(theme, view, words, cap="")
        arrow.setFixedWidth(_ARROW)
        arrow.setAccessibleDescription(keys.cap(view))
        arrow.setToolTip(f"{keys.label(view)} · {keys.cap(view)}")
        return arrow

    def _button(self, theme: Theme, view: View, words: str, *, cap: str | None = None) -> KeyButton:
        button = KeyButton(theme, words, keys.cap(view) if cap is None else cap)
        button.setProperty("view", view.value)
        button.clicked.connect(self._on_clicked)
        self._buttons[view] = button
        return button

    def show_only_free(self, is_on: bool) -> None:
        """Show whether only those who are free are listed."""
        button = self._buttons[View.ONLY_FREE]
        button.set_words(button.text(), tone="own" if is_on else "plain")
        state = translate("Wall", "on") if is_on else translate("Wall", "off")
        button.setAccessibleDescription(f"{state}, {keys.cap(View.ONLY_FREE)}")

    def show_period(self, period: Period, now: float) -> None:
        """Show which day or week the wall shows."""
        words = wall_view.title(period, now)
        other = translate("Wall", "Week") if period.days == 1 else translate("Wall", "Day")
        self._buttons[View.WEEK].set_words(other)
        for view in (View.EARLIER, View.LATER):
            self._buttons[view].setAccessibleName(keys.label(view))
        self.title.show_words(words)
        self.scale.show_period(period, words)

    @Slot()
    def _on_clicked(self) -> None:
        self.wanted.emit(View(str(self.sender().property("view"))))
