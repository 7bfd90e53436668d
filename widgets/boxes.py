"""Rounded boxes as pictures: a smooth corner costs more to paint than all words in its box.

The few boxes of the window have few sizes and colours, so each is painted once and copied from then on.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from widgets import paint
from widgets.tokens import DARK, LIGHT


class Box(NamedTuple):
    """All that a box's picture depends on: pixels and colours (``#RRGGBB``). `edge` colours its left edge."""

    width: int
    height: int
    radius: float
    fill: str
    line: str
    thickness: float = 1.0
    is_dashed: bool = False
    edge: str = ""


_EDGE: Final = 4
_CAP: Final = 20


def draw_box(painter: QPainter, left: float, top: float, box: Box) -> None:
    """Draw a box with its upper left corner here; the line lies inside it."""
    painter.drawPixmap(QPointF(left, top), _picture(box, painter.device().devicePixelRatioF()))


def draw_cap(painter: QPainter, right: QPointF, text: str, *, is_dark: bool) -> float:
    """Draw a key cap whose right edge's middle is at `right`; returns its width."""
    cap, width = _cap(text, is_dark, painter.device().devicePixelRatioF())
    painter.drawPixmap(right - QPointF(math.ceil(width), _CAP / 2), cap)
    return width


def _blank(width: int, height: int, ratio: float) -> QPixmap:
    picture = QPixmap(round(width * ratio), round(height * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture


@lru_cache(maxsize=64)
def _picture(box: Box, ratio: float) -> QPixmap:
    picture = _blank(box.width, box.height, ratio)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    style = Qt.PenStyle.DashLine if box.is_dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(paint.colour(box.line), box.thickness, style))
    painter.setBrush(paint.colour(box.fill))
    whole = QRectF(0, 0, box.width, box.height)
    painter.drawRoundedRect(whole.adjusted(0.5, 0.5, -0.5, -0.5), box.radius, box.radius)
    if box.edge:
        painter.setClipRect(QRectF(0, 0, _EDGE, box.height))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paint.colour(box.edge))
        painter.drawRoundedRect(whole, box.radius, box.radius)
    painter.end()
    return picture


@lru_cache(maxsize=64)
def _cap(text: str, is_dark: bool, ratio: float) -> tuple[QPixmap, float]:
    wide = math.ceil(paint.key_cap_width(text))
    picture = _blank(wide, _CAP, ratio)
    painter = QPainter(picture)
    width = paint.draw_key_cap(painter, QPointF(wide, _CAP / 2), text, DARK if is_dark else LIGHT)
    painter.end()
    return picture, width
