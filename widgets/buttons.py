"""Buttons that print their key beside what they do."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from widgets import paint
from widgets.theme import Theme
from widgets.tokens import BUTTON_RADIUS, DARK, LIGHT, Tokens

_MEDIUM = QFont.Weight.Medium


class _Look(NamedTuple):
    """All that a button's picture depends on."""

    text: str
    cap: str
    tone: str
    width: int
    height: int
    ratio: float
    is_dark: bool
    is_lit: bool


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

    def _look(self) -> _Look:
        is_lit = self._tone in ("plain", "danger") and (self.isDown() or self.underMouse())
        return _Look(
            self.text(),
            self._cap,
            self._tone if self.isEnabled() else "disabled",
            self.width(),
            self.height(),
            self.devicePixelRatioF(),
            self._theme.tokens.is_dark,
            is_lit and self.isEnabled(),
        )

    # ------------------------------------------------------------------ Qt

    def sizeHint(self) -> QSize:
        cap = paint.key_cap_width(self._cap) + 8 if self._cap else 0.0
        words = paint.metrics(13, _MEDIUM).horizontalAdvance(self.text())
        return QSize(round(words + cap + 24), 32)

    def minimumSizeHint(self) -> QSize:
        return QSize(64, 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = self._theme.tokens
        painter = QPainter(self)
        painter.drawPixmap(0, 0, _picture(self._look()))
        if self.hasFocus():
            box = QRectF(self.rect())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(t.accent if self._tone != "primary" else t.on_accent), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2.5, 2.5, -2.5, -2.5), BUTTON_RADIUS - 2, BUTTON_RADIUS - 2)
        painter.end()


@lru_cache(maxsize=128)
def _picture(look: _Look) -> QPixmap:
    """Return a button's picture: painted once, as the few there are come and go with each call."""
    t = DARK if look.is_dark else LIGHT
    fill, line, text = _colours(look, t)
    picture = QPixmap(round(look.width * look.ratio), round(look.height * look.ratio))
    picture.setDevicePixelRatio(look.ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    box = QRectF(0, 0, look.width, look.height)
    paint.rounded(painter, box, BUTTON_RADIUS, fill, line)
    used = 0.0
    if look.cap:
        right = QPointF(box.right() - 8, box.center().y())
        used = paint.draw_key_cap(painter, right, look.cap, t, on_accent=look.tone == "primary") + 6
    words = box.adjusted(10, 0, -10 - used, 0)
    paint.draw_text(painter, words, look.text, text, weight=_MEDIUM)
    painter.end()
    return picture


def _colours(look: _Look, t: Tokens) -> tuple[str, str, str]:
    """Return fill, line and text."""
    if look.tone == "disabled":
        return t.panel, t.line, t.muted
    if look.tone == "primary":
        return t.accent, t.accent, t.on_accent
    if look.tone == "own":
        return t.accent_background, t.accent_background, t.accent
    if look.tone == "paused":
        return t.ringing_background, t.ringing, t.ringing
    return t.key_cap if look.is_lit else t.raised, t.line, t.now_text if look.tone == "danger" else t.text
