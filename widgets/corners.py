"""The corners of a rounded frame, laid over what is painted up to its edge."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractScrollArea

from widgets import paint
from widgets.tokens import CARD_RADIUS, DARK, LIGHT

CORNER: Final = CARD_RADIUS
"""Pixels that a corner takes, inside the frame's line."""


def round_corners(painter: QPainter, view: QAbstractScrollArea, dirty: QRect, is_dark: bool) -> None:
    """Round the corners of a list that lie on its frame's: rows go up to its edge."""
    wide, high = view.viewport().width(), view.viewport().height()
    picture = corners(is_dark, view.devicePixelRatioF())
    around = view.parentWidget()
    frame = around.height() if around is not None else 0
    if dirty.top() < CORNER and view.y() <= 1:
        painter.drawPixmap(0, 0, picture[0])
        painter.drawPixmap(wide - CORNER, 0, picture[1])
    if dirty.bottom() >= high - CORNER and view.y() + high >= frame - 1:
        painter.drawPixmap(0, high - CORNER, picture[2])
        painter.drawPixmap(wide - CORNER, high - CORNER, picture[3])


@lru_cache(maxsize=8)
def corners(is_dark: bool, ratio: float) -> tuple[QPixmap, QPixmap, QPixmap, QPixmap]:
    """Return the corners: upper left and right, lower left and right."""
    return (
        _corner(0, 0, is_dark, ratio),
        _corner(1, 0, is_dark, ratio),
        _corner(0, 1, is_dark, ratio),
        _corner(1, 1, is_dark, ratio),
    )


def _corner(across: int, down: int, is_dark: bool, ratio: float) -> QPixmap:
    """Paint what lies outside the frame's round corner, and its line; inside nothing."""
    t = DARK if is_dark else LIGHT
    picture = QPixmap(round(CORNER * ratio), round(CORNER * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # The frame stands one pixel further out on every side.
    side = 4 * CORNER
    frame = QRectF(-1 - across * (side - CORNER - 2), -1 - down * (side - CORNER - 2), side, side)
    line = frame.adjusted(0.5, 0.5, -0.5, -0.5)
    inside, outside = QPainterPath(), QPainterPath()
    inside.addRoundedRect(line, CARD_RADIUS - 0.5, CARD_RADIUS - 0.5)
    outside.addRect(QRectF(-2, -2, CORNER + 4, CORNER + 4))
    painter.fillPath(outside.subtracted(inside), paint.colour(t.background))
    painter.setPen(QPen(paint.colour(t.line), 1))
    painter.drawPath(inside)
    painter.end()
    return picture
