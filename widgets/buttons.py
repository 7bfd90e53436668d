"""Buttons that print their key beside what they do."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from widgets import paint
from widgets.theme import Theme
from widgets.tokens import BUTTON_RADIUS

_MEDIUM = QFont.Weight.Medium


class KeyButton(QAbstractButton):
    """A flat button: words at the left, the key cap at the right. A click never takes the caret.

    `tone` is ``plain``, ``primary`` (what Enter does), ``danger``, ``own`` (I am ready) or ``paused``.
    """

    def __init__(
        self, theme: Theme, text: str, cap: str, *, tone: str = "plain", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._cap = cap
        self._tone = tone
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._describe()
        theme.changed.connect(self.update)

    def set_words(self, text: str, cap: str | None = None, tone: str | None = None) -> None:
        """Say something else."""
        new_cap = self._cap if cap is None else cap
        new_tone = self._tone if tone is None else tone
        if (text, new_cap, new_tone) != (self.text(), self._cap, self._tone):
            self._cap, self._tone = new_cap, new_tone
            self.setText(text)
            self._describe()
            self.updateGeometry()
            self.update()

    def _describe(self) -> None:
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(self._cap)

    def _colours(self) -> tuple[str, str, str]:
        """Return fill, line and text."""
        t = self._theme.tokens
        if not self.isEnabled():
            return t.panel, t.line, t.muted
        if self._tone == "primary":
            return t.accent, t.accent, t.on_accent
        if self._tone == "own":
            return t.accent_background, t.accent_background, t.accent
        if self._tone == "paused":
            return t.ringing_background, t.ringing, t.ringing
        fill = t.key_cap if self.isDown() or self.underMouse() else t.raised
        return fill, t.line, t.now_text if self._tone == "danger" else t.text

    # ------------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        cap = paint.key_cap_width(self._cap) + 8 if self._cap else 0.0
        words = paint.metrics(13, _MEDIUM).horizontalAdvance(self.text())
        return QSize(round(words + cap + 24), 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = self._theme.tokens
        fill, line, text = self._colours()
        painter = QPainter(self)
        box = QRectF(self.rect())
        paint.rounded(painter, box, BUTTON_RADIUS, fill, line)
        used = 0.0
        if self._cap:
            right = QPointF(box.right() - 8, box.center().y())
            is_primary = self._tone == "primary" and self.isEnabled()
            used = paint.draw_key_cap(painter, right, self._cap, t, on_accent=is_primary) + 6
        words = box.adjusted(10, 0, -10 - used, 0)
        paint.draw_text(painter, words, self.text(), text, weight=_MEDIUM)
        if self.hasFocus():
            painter.setPen(QPen(QColor(t.accent if self._tone != "primary" else t.on_accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), BUTTON_RADIUS - 2, BUTTON_RADIUS - 2)
        painter.end()
