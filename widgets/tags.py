"""Small outlined tags: who entered it (``OL``, ``WEB``, initials), and that somebody only sounds alike."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from widgets import paint
from widgets.paint import SEMI
from widgets.tokens import DARK, LIGHT

HIGH: Final = 19
_LONGEST: Final = 96


@lru_cache(maxsize=128)
def tag(words: str, is_dark: bool, ratio: float) -> QPixmap:
    """Return a tag, drawn once."""
    t = DARK if is_dark else LIGHT
    wide = round(min(_LONGEST, paint.metrics(10, SEMI).horizontalAdvance(words) + 14))
    picture = QPixmap(round(wide * ratio), round(HIGH * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    box = QRectF(0, 0, wide, HIGH)
    paint.rounded(painter, box, 5, t.raised, t.line)
    where = box.adjusted(4, 0, -4, 0)
    paint.draw_text(
        painter, where, words, t.muted, pixels=10, weight=SEMI, align=Qt.AlignmentFlag.AlignHCenter
    )
    painter.end()
    return picture


def width_of(picture: QPixmap) -> float:
    """Return how wide a tag is, in logical pixels."""
    return picture.width() / picture.devicePixelRatio()
