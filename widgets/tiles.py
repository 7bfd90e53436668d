"""Words as small pictures: laid out once, then copied to wherever they stand.

Laying letters out costs ten times as much as copying them, and the rows of a list share most of their words:
first names, departments, what a status says. A tile is opaque, in the colour of what it lies on, so its
letters are smoothed as they would be there (by sub-pixels on Windows). All measures are the screen's own
pixels: a tile that is scaled, or lies between two pixels, would be blurred.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Final

import msgspec
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QFont, QPainter, QPixmap

from widgets import paint

MOST: Final = 1200
"""Words kept: some 5 KB each. A screen of rows has a hundred."""
_SHEET_WIDE: Final = 512
_SHEET_HIGH: Final = 24
_PIECE: Final = re.compile("(?:· )?[^ -]+-?|[ -]")
_LAST_PLAIN: Final = "\u024f"
"""Up to here letters stand beside each other, from the left, and none changes its neighbours."""


class Ink(msgspec.Struct, frozen=True, cache_hash=True):
    """How a word is written, and on what; `high` is its line's height, `ratio` the screen's."""

    pixels: int
    is_semi: bool
    colour: str
    back: str
    high: int
    ratio: float

    @property
    def weight(self) -> QFont.Weight:
        """How bold it is."""
        return paint.SEMI if self.is_semi else paint.NORMAL


class Tile(msgspec.Struct, frozen=True):
    """A written word: its picture, with a margin at either side, and how far on the next one would begin."""

    picture: QPixmap
    width: float


def margin(ratio: float) -> int:
    """Return how far a tile reaches beyond its letters, at either side."""
    return math.ceil(ratio)


def pieces_of(text: str) -> list[str]:
    """Return the pieces in which a text may be written: words and what stands between them.

    All of it where letters are joined, or written from the right.
    """
    is_plain = text.isprintable() and (text.isascii() or max(text.replace("…", " ")) <= _LAST_PLAIN)
    return _PIECE.findall(text) if is_plain else [text]


@lru_cache(maxsize=MOST)
def tile(text: str, ink: Ink) -> Tile:
    """Return a word or a line as a picture."""
    ratio, beside = ink.ratio, margin(ink.ratio)
    width = paint.text_width(text, ink.pixels, ink.weight)
    wide = min(math.ceil(width * ratio) + 2 * beside, round(_SHEET_WIDE * ratio))
    sheet, painter = _easel(ratio)
    paint.fill(painter, QRect(0, 0, math.ceil(wide / ratio), ink.high), ink.back)
    painter.setFont(paint.font(ink.pixels, ink.weight))
    painter.setPen(paint.pen_of(ink.colour))
    base = round(ink.high / 2 + paint.rise(ink.pixels, ink.weight))
    painter.drawText(QPointF(beside / ratio, base), paint.plain(text))
    picture = sheet.copy(0, 0, wide, round(ink.high * ratio))
    picture.setDevicePixelRatio(1)
    return Tile(picture, width * ratio)


# ---------------------------------------------------------------------- the sheet on which words are written

_easels: dict[float, tuple[QPixmap, QPainter]] = {}


def _easel(ratio: float) -> tuple[QPixmap, QPainter]:
    """Return a sheet and who paints on it. Taking a brush up costs as much as two words."""
    if ratio not in _easels:
        sheet = QPixmap(round(_SHEET_WIDE * ratio), round(_SHEET_HIGH * ratio))
        sheet.setDevicePixelRatio(ratio)
        _easels[ratio] = (sheet, QPainter(sheet))
    return _easels[ratio]


def put_away() -> None:
    """Lay the brush down: to be called when something is painted whole."""
    while _easels:
        _, (_, painter) = _easels.popitem()
        painter.end()
