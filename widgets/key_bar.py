"""The bar at the bottom: the keys that work now, and what went on today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from reception.model.changes import DayCounts
from widgets import formats, keys, paint, texts
from widgets.intents_for import Action, View
from widgets.labels import PlainLabel
from widgets.texts import translate
from widgets.theme import Theme
from widgets.tokens import KEY_BAR

SHOWN: Final[tuple[Action | View, ...]] = (
    Action.ANSWER_NEXT,
    View.SEARCH,
    Action.HOLD,
    Action.SWAP,
    Action.CAMP_ON,
    Action.VOICEMAIL,
    Action.HANG_UP,
    Action.PARK,
    View.ABSENCE,
    Action.READY,
    View.WALL,
    View.GROUPS,
    View.CARD,
    View.HELP,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent  # setting it up at the start would cost more than a row


class KeyHint(QWidget):
    """A key cap with what it does.

    Signals:
        clicked: (Action or View) it was clicked.
    """

    clicked = Signal(object)

    def __init__(
        self,
        theme: Theme,
        meaning: Action | View,
        *,
        words: str = "",
        is_small: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._meaning = meaning
        self._words = words or keys.label(meaning)
        self._pixels = 12 if is_small else 13
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{keys.cap(meaning)}: {self._words}")
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        cap, words = keys.cap(self._meaning), self._words
        wide = paint.key_cap_width(cap) + 5 + paint.metrics(self._pixels).horizontalAdvance(words)
        return QSize(round(wide) + 3, 24 if self._pixels > 12 else 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = self._theme.tokens
        painter = QPainter(self)
        middle = self.height() / 2
        width = paint.key_cap_width(keys.cap(self._meaning))
        paint.draw_key_cap(painter, QPointF(width, middle), keys.cap(self._meaning), t)
        where = QRectF(width + 5, 0, self.width() - width - 5, self.height())
        paint.draw_text(painter, where, self._words, t.muted, pixels=self._pixels)
        painter.end()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.clicked.emit(self._meaning)


class KeyBar(QFrame):
    """The keys, as many as fit, F1 shows all; at the right what the day has brought.

    Signals:
        wanted: (Action or View) a hint was clicked.
    """

    wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("bottom")
        self.setFixedHeight(KEY_BAR)
        self._is_drawer = False
        self.hints = [KeyHint(theme, meaning, parent=self) for meaning in SHOWN]
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(16)
        for hint in self.hints[:-2]:
            row.addWidget(hint)
        row.addStretch(1)
        for hint in self.hints[-2:]:
            row.addWidget(hint)
        self.day = PlainLabel(tone="counts")
        row.addWidget(self.day)
        for hint in self.hints:
            hint.clicked.connect(self.wanted)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, KEY_BAR)

    def set_drawer(self, is_drawer: bool) -> None:
        """Show the key of the card where the card is a drawer."""
        self._is_drawer = is_drawer
        self._fit()

    def show_day(self, day: DayCounts, *, is_known: bool) -> None:
        """Tell the day's counts; while the hub is away nobody knows them."""
        words = ""
        if is_known:
            words = translate("Day", "Today: {answered} answered · {lost} lost · {wait} mean wait").format(
                answered=formats.count(day.answered, texts.current()),
                lost=formats.count(day.lost, texts.current()),
                wait=formats.duration(round(day.mean_wait_s)),
            )
        if words != self.day.text():
            self.day.set_text(words)
            self.day.setVisible(bool(words))
            self._fit()

    def _fit(self) -> None:
        """Leave out what does not fit, from the end, never the card's key and the help."""
        *others, card, help_ = self.hints
        card.setVisible(self._is_drawer)
        kept = [help_, card] if self._is_drawer else [help_]
        counts = self.day.sizeHint().width() + 16 if self.day.text() else 0
        self.day.setVisible(counts > 0 and counts < self.width() / 3)
        counts = counts if counts < self.width() / 3 else 0
        room = self.width() - 32 - counts - sum(h.sizeHint().width() + 16 for h in kept)
        for hint in others:
            room -= hint.sizeHint().width() + 16
            hint.setVisible(room >= 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
