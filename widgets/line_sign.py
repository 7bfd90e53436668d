"""The sign of one telephone line: a small picture by shape and colour, drawn once and then copied."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap

from reception.model.lines import LineState
from widgets import paint
from widgets.paint import SEMI
from widgets.tokens import DARK, LIGHT, Tokens

WIDTH: Final = 26
HEIGHT: Final = 22


@lru_cache(maxsize=512)
def line_sign(
    name: str, state: LineState | None, is_dark: bool, is_stale: bool, is_outside: bool, ratio: float
) -> QPixmap:
    """Return a line's sign: a dash when there is no such number (no state), dashed for unknown.

    A question mark says that somebody should know; of a line outside the house nobody is expected to tell.
    """
    picture = QPixmap(round(WIDTH * ratio), round(HEIGHT * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    box = QRectF(0, 0, WIDTH, HEIGHT)
    t = DARK if is_dark else LIGHT
    _paint(painter, box, name, state, t, is_stale=is_stale, is_outside=is_outside)
    painter.end()
    return picture


def _paint(
    painter: QPainter,
    box: QRectF,
    name: str,
    state: LineState | None,
    t: Tokens,
    *,
    is_stale: bool,
    is_outside: bool,
) -> None:
    middle = box.center()
    if state is None:
        paint.rounded(painter, box, 6, t.key_cap)
        painter.setPen(QPen(QColor(t.faint), 1.5))
        painter.drawLine(middle - QPointF(3, 0), middle + QPointF(3, 0))
        return
    if state is LineState.UNKNOWN or is_stale:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(t.faint), 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        if is_outside and state is LineState.UNKNOWN:
            paint.draw_icon(painter, name, t.faint, middle, 14)
            return
        paint.draw_icon(painter, name, t.faint, middle - QPointF(4, 0), 13)
        where = QRectF(box.right() - 11, box.top(), 9, box.height())
        paint.draw_text(painter, where, "?", t.muted, pixels=11, weight=SEMI)
        return
    if state in (LineState.TALKING, LineState.HELD):
        paint.rounded(painter, box, 6, t.now_background, t.now)
        paint.draw_icon(painter, "hold" if state is LineState.HELD else name, t.now_text, middle, 14)
    elif state is LineState.DO_NOT_DISTURB:
        paint.rounded(painter, box, 6, t.now_background, t.now)
        painter.setPen(QPen(QColor(t.now_text), 3))
        painter.drawLine(middle - QPointF(5, 0), middle + QPointF(5, 0))
    elif state is LineState.RINGING:
        paint.rounded(painter, box, 6, t.ringing_background, t.ringing)
        paint.draw_icon(painter, name, t.ringing, middle, 14)
    elif state is LineState.UNREACHABLE:
        paint.rounded(painter, box, 6, t.key_cap)
        paint.draw_icon(painter, name, t.faint, middle, 14)
        painter.setPen(QPen(QColor(t.muted), 1.5))
        painter.drawLine(middle + QPointF(-7, 7), middle + QPointF(7, -7))
    else:
        paint.rounded(painter, box, 6, t.key_cap)
        paint.draw_icon(painter, name, t.muted, middle, 14)
