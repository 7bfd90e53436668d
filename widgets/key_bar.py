"""The bar at the bottom: the keys that work now, and what went on today."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from widgets import keys, paint
from widgets.intents_for import Action
from widgets.keys import View
from widgets.theme import Theme

SHOWN: Final[tuple[Action | View, ...]] = (
    Action.ANSWER_NEXT,
    View.SEARCH,
    Action.HOLD,
    Action.SWAP,
    Action.CAMP_ON,
    Action.VOICEMAIL,
    Action.HANG_UP,
    Action.PARK,
    Action.CONFERENCE,
    Action.READY,
    View.GROUPS,
    View.CARD,
    View.HELP,
)


class KeyHint(QWidget):
    """A key cap with what it does.

    Signals:
        clicked: (Action or View) it was clicked.
    """

    clicked = Signal(object)

    def __init__(self, theme: Theme, meaning: Action | View, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._meaning = meaning
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{keys.cap(meaning)}: {keys.label(meaning)}")
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        cap, words = keys.cap(self._meaning), keys.label(self._meaning)
        return QSize(round(paint.key_cap_width(cap) + 6 + paint.metrics(13).horizontalAdvance(words)) + 2, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = self._theme.tokens
        painter = QPainter(self)
        middle = self.height() / 2
        width = paint.key_cap_width(keys.cap(self._meaning))
        paint.draw_key_cap(painter, QPointF(width, middle), keys.cap(self._meaning), t)
        where = QRectF(width + 6, 0, self.width() - width - 6, self.height())
        paint.draw_text(painter, where, keys.label(self._meaning), t.muted)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit(self._meaning)


class KeyBar(QFrame):
    """The keys, as many as fit; F1 at the end shows all.

    Signals:
        wanted: (Action or View) a hint was clicked.
    """

    wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bottom")
        self.setFixedHeight(36)
        self._is_drawer = False
        self.hints = [KeyHint(theme, meaning, self) for meaning in SHOWN]
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        for hint in self.hints[:-2]:
            row.addWidget(hint)
        row.addStretch(1)
        for hint in self.hints[-2:]:
            row.addWidget(hint)
        for hint in self.hints:
            hint.clicked.connect(self.wanted)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 36)

    def set_drawer(self, is_drawer: bool) -> None:
        """Show the key of the card where the card is a drawer."""
        self._is_drawer = is_drawer
        self._fit()

    def _fit(self) -> None:
        """Leave out what does not fit, from the end, never the card's key and the help."""
        *others, card, help_ = self.hints
        card.setVisible(self._is_drawer)
        kept = [help_, card] if self._is_drawer else [help_]
        room = self.width() - 32 - sum(h.sizeHint().width() + 16 for h in kept)
        for hint in others:
            room -= hint.sizeHint().width() + 16
            hint.setVisible(room >= 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
