"""The bars of a day, as rows and the card have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter

from widgets import paint
from widgets.person_view import Span
from widgets.tokens import Tokens

if TYPE_CHECKING:
    from widgets.hours_words import Part


def paint_bars(
    painter: QPainter, box: QRectF, bars: tuple[Span, ...], t: Tokens, off: tuple[Part, ...] = ()
) -> None:
    """Paint the track of a day and the bars on it; `off` are the parts outside working hours, hatched."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(paint.colour(t.key_cap))
    painter.drawRoundedRect(box, 3, 3)
    painter.setBrush(QBrush(paint.colour(t.ended), Qt.BrushStyle.BDiagPattern))
    for begin, end in off:
        painter.drawRect(
            QRectF(box.left() + begin * box.width(), box.top(), (end - begin) * box.width(), box.height())
        )
    for bar in bars:
        left = box.left() + bar.begin * box.width()
        width = max(3.0, (bar.end - bar.begin) * box.width())
        painter.setBrush(paint.colour(bar_colour(bar, t)))
        painter.drawRoundedRect(QRectF(left, box.top(), width, box.height()), 3, 3)


def bar_colour(bar: Span, t: Tokens) -> str:
    """Return the colour of a bar; reachable meanwhile is the pale one."""
    if bar.tone == "now":
        return t.now if bar.is_busy else t.now_background
    if bar.tone == "future":
        return t.future if bar.is_busy else t.future_background
    return t.ended
