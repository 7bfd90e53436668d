"""What several widgets draw alike: icons, avatars with their status shape, key caps, text."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
    QPolygonF,
    QStaticText,
    QTransform,
)
from PySide6.QtSvg import QSvgRenderer

import resources
from reception.model.lines import StatusKind
from widgets.theme import body_font
from widgets.tokens import DARK, LIGHT, Tokens

SEMI = QFont.Weight.DemiBold
NORMAL = QFont.Weight.Normal
HALO: Final = 4
"""Room around an avatar for the status mark that reaches beyond it, in pixels."""
_LARGE: Final = 40
"""Pixels from which an avatar is a large one: its letters and its mark take less of it."""


@lru_cache(maxsize=64)
def _svg(name: str) -> str:
    return Path(resources.__path__[0], "icons", f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def icon(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return an icon in a colour; `size` in logical pixels."""
    renderer = QSvgRenderer(QByteArray(_svg(name).replace("currentColor", colour).encode()))
    pixmap = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def draw_icon(painter: QPainter, name: str, colour: str, centre: QPointF, size: int) -> None:
    """Draw an icon around a point."""
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(centre - QPointF(size / 2, size / 2), icon(name, colour, size, ratio))


@lru_cache(maxsize=32)
def font(pixels: int, weight: QFont.Weight = QFont.Weight.Normal, is_tabular: bool = False) -> QFont:
    """Return one of our fonts, made once."""
    return body_font(pixels, weight, is_tabular=is_tabular)


@lru_cache(maxsize=32)
def metrics(pixels: int, weight: QFont.Weight = NORMAL, is_tabular: bool = False) -> QFontMetricsF:
    """Return the measures of one of our fonts."""
    return QFontMetricsF(font(pixels, weight, is_tabular))


_uses: dict[tuple[str, int, QFont.Weight, bool], int] = {}
_OFTEN: Final = 3
_COUNTED: Final = 8192


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    colour: str,
    *,
    pixels: int = 13,
    weight: QFont.Weight = NORMAL,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    is_tabular: bool = False,
) -> float:
    """Draw one line, elided at its end; returns the width it took.

    What is drawn again and again (titles, words of a status) is kept laid out, which halves the cost; not
    what is drawn once or twice: laying letters out for keeping costs as much as four plain drawings.
    """
    room = rect.width()
    width = text_width(text, pixels, weight, is_tabular)
    if width > room:
        text = elided(text, pixels, weight, room)
        width = text_width(text, pixels, weight)
    painter.setFont(font(pixels, weight, is_tabular))
    painter.setPen(pen_of(colour))
    left = rect.left()
    if align is Qt.AlignmentFlag.AlignHCenter:
        left += (room - width) / 2
    elif align is Qt.AlignmentFlag.AlignRight:
        left += room - width
    base = round(rect.top() + rect.height() / 2 + rise(pixels, weight))
    key = (text, pixels, weight, is_tabular)
    uses = _uses[key] = _uses.get(key, 0) + 1
    if uses > _OFTEN:
        letters, ascent = _laid_out(*key)
        painter.drawStaticText(QPointF(round(left), base - ascent), letters)
    else:
        painter.drawText(round(left), base, plain(text))
    if len(_uses) > _COUNTED:
        _uses.clear()
    return min(width + 1, room)


@lru_cache(maxsize=2048)
def _laid_out(text: str, pixels: int, weight: QFont.Weight, is_tabular: bool) -> tuple[QStaticText, float]:
    """Return a line with its letters in place, and how far above its foot it begins."""
    letters = QStaticText(plain(text))
    letters.setTextFormat(Qt.TextFormat.PlainText)
    letters.prepare(QTransform(), font(pixels, weight, is_tabular))
    return letters, metrics(pixels, weight, is_tabular).ascent()


@lru_cache(maxsize=8192)
def text_width(text: str, pixels: int, weight: QFont.Weight = NORMAL, is_tabular: bool = False) -> float:
    """Return how wide a line is; measured once, as rows are painted often."""
    return metrics(pixels, weight, is_tabular).horizontalAdvance(plain(text))


@lru_cache(maxsize=2048)
def elided(text: str, pixels: int, weight: QFont.Weight, room: float) -> str:
    """Return as much of a text as there is room for, with … at its end."""
    return metrics(pixels, weight).elidedText(plain(text), Qt.TextElideMode.ElideRight, room)


@lru_cache(maxsize=32)
def rise(pixels: int, weight: QFont.Weight) -> float:
    """Return how far below the middle of a line its letters stand."""
    measures = metrics(pixels, weight)
    return (measures.ascent() - measures.descent()) / 2


@lru_cache(maxsize=64)
def pen_of(colour: str) -> QPen:
    """Return a plain pen of a colour, made once."""
    return QPen(QColor(colour))


@lru_cache(maxsize=128)
def colour(text: str) -> QColor:
    """Return a colour, made once."""
    return QColor(text)


@lru_cache(maxsize=4096)
def is_right_to_left(text: str) -> bool:
    """True for a text with letters that are written from the right."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in ("R", "AL") for c in text)


def plain(text: str) -> str:
    """Return the text on one line: names from outside may carry line breaks."""
    return text if text.isprintable() else _on_one_line(text)


def _on_one_line(text: str) -> str:
    return " ".join(text.split()) if any(c in text for c in "\n\r\t\u2028\u2029") else text


@lru_cache(maxsize=64)
def _brush(text: str) -> QBrush:
    """Return a plain brush. Without its style PySide would set up all gradients, to see if it is one."""
    return QBrush(colour(text), Qt.BrushStyle.SolidPattern)


def fill(painter: QPainter, rect: QRect | QRectF, colour: str) -> None:
    """Fill a rectangle like `fillRect`, whose first call sets up Qt's 180 ready-made gradients."""
    painter.setBackground(_brush(colour))
    painter.eraseRect(rect)


def rounded(
    painter: QPainter, rect: QRectF, radius: float, fill: str | None, line: str | None = None
) -> None:
    """Draw a rounded rectangle; the line lies inside the rectangle."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(line), 1) if line else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(fill) if fill else Qt.BrushStyle.NoBrush)
    box = rect.adjusted(0.5, 0.5, -0.5, -0.5) if line else rect
    painter.drawRoundedRect(box, radius, radius)


def key_cap_width(text: str) -> float:
    """Return how wide a key cap with this text is."""
    return max(22.0, metrics(10, SEMI).horizontalAdvance(text) + 12)


def draw_key_cap(
    painter: QPainter, right: QPointF, text: str, t: Tokens, *, on_accent: bool = False
) -> float:
    """Draw a key cap whose right edge's middle is at `right`; returns its width."""
    width = key_cap_width(text)
    box = QRectF(right.x() - width, right.y() - 9, width, 18)
    if on_accent:
        fill = QColor(t.on_accent)
        fill.setAlpha(50)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(box, 5, 5)
    else:
        rounded(painter, box, 5, t.key_cap)
    colour = t.on_accent if on_accent else t.muted
    draw_text(painter, box, text, colour, pixels=10, weight=SEMI, align=Qt.AlignmentFlag.AlignHCenter)
    return width


def status_colour(kind: StatusKind, t: Tokens) -> str:
    """Return the colour of a status mark."""
    return {
        StatusKind.FREE: t.free,
        StatusKind.BUSY: t.busy,
        StatusKind.RINGING: t.ringing,
        StatusKind.AWAY: t.away,
        StatusKind.OFF: t.off,
        StatusKind.UNKNOWN: t.off,
    }[kind]


def draw_status(
    painter: QPainter, box: QRectF, kind: StatusKind, t: Tokens, *, is_stale: bool, halo: str
) -> None:
    """Draw the mark of a status: free circle, busy square, away drop, ringing diamond, off ring.

    Unknown is a hollow circle with a question mark; what is stale is hollow in its own shape, so it never
    looks like what it was when it was sure. `halo` is the surface's colour around it.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = QColor(status_colour(kind, t))
    path = _shape(kind, box)
    painter.setPen(
        QPen(QColor(halo), 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    painter.setBrush(QColor(halo))
    painter.drawPath(path)
    is_hollow = is_stale or kind in (StatusKind.UNKNOWN, StatusKind.OFF)
    if is_hollow:
        inner = _shape(kind, box.adjusted(1, 1, -1, -1))
        painter.setPen(QPen(colour, 2))
        painter.setBrush(QColor(t.panel))
        painter.drawPath(inner)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPath(path)
    if kind is StatusKind.UNKNOWN or (is_stale and kind is not StatusKind.OFF):
        size = max(8, round(box.height() * 0.75))
        painter.setFont(font(size, QFont.Weight.Bold))
        painter.setPen(QColor(t.text))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), "?")


def _shape(kind: StatusKind, box: QRectF) -> QPainterPath:
    path = QPainterPath()
    if kind is StatusKind.BUSY:
        path.addRoundedRect(box, 1.5, 1.5)
    elif kind is StatusKind.RINGING:
        side, middle = box.width() / 2, box.center()
        corners = ((0, -side), (side, 0), (0, side), (-side, 0))
        path.addPolygon(QPolygonF([middle + QPointF(x, y) for x, y in corners]))
        path.closeSubpath()
    elif kind is StatusKind.AWAY:
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRoundedRect(box, box.width() / 2, box.height() / 2)
        path.addRect(QRectF(box.center().x(), box.center().y(), box.width() / 2, box.height() / 2))
        path = path.simplified()  # one outline, for the halo around it
    else:
        path.addEllipse(box)
    return path


def draw_avatar(
    painter: QPainter,
    box: QRectF,
    initials: str,
    t: Tokens,
    *,
    kind: StatusKind | None,
    is_stale: bool,
    halo: str,
    face: QPixmap | None = None,
) -> None:
    """Draw the circle with initials and the status mark at its lower right; drawn once, then copied.

    Without a kind there is no mark: of somebody outside no status is known. A `face` takes the place of the
    initials.
    """
    ratio = painter.device().devicePixelRatioF()
    side = round(box.height())
    corner = box.topLeft() - QPointF(HALO, HALO)
    painter.drawPixmap(corner, avatar(side, ratio, t.is_dark, kind, is_stale, halo))
    painter.drawPixmap(box.topLeft(), face or avatar_letters(side, ratio, t.is_dark, initials))
    if face is not None:
        painter.drawPixmap(corner, avatar_mark(side, ratio, t.is_dark, kind, is_stale, halo))


@lru_cache(maxsize=128)
def avatar(
    side: int, ratio: float, is_dark: bool, kind: StatusKind | None, is_stale: bool, halo: str
) -> QPixmap:
    """Return the circle with its mark, `HALO` pixels larger at each side; a few serve everybody."""
    t = DARK if is_dark else LIGHT
    picture = clear(side + 2 * HALO, side + 2 * HALO, ratio)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(t.avatar))
    box = QRectF(HALO, HALO, side, side)
    painter.drawEllipse(box)
    painter.drawPixmap(0, 0, avatar_mark(side, ratio, is_dark, kind, is_stale, halo))
    painter.end()
    return picture


@lru_cache(maxsize=128)
def avatar_mark(
    side: int, ratio: float, is_dark: bool, kind: StatusKind | None, is_stale: bool, halo: str
) -> QPixmap:
    """Return the mark of a circle alone, as large as that with its `HALO`."""
    picture = clear(side + 2 * HALO, side + 2 * HALO, ratio)
    if kind is None:
        return picture
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge, small = side + HALO + 2, round(side * (0.36 if side < _LARGE else 0.28))
    mark = QRectF(edge - small, edge - small, small, small)
    draw_status(painter, mark, kind, DARK if is_dark else LIGHT, is_stale=is_stale, halo=halo)
    painter.end()
    return picture


@lru_cache(maxsize=512)
def avatar_letters(side: int, ratio: float, is_dark: bool, initials: str) -> QPixmap:
    """Return the initials, to be laid over a circle: its upper three quarters, clear but for the letters."""
    t = DARK if is_dark else LIGHT
    picture = clear(side, side * 3 // 4, ratio)
    painter = QPainter(picture)
    size = round(side * (0.36 if side < _LARGE else 0.32))
    box = QRectF(0, 0, side, side)
    draw_text(painter, box, initials, t.text, pixels=size, weight=SEMI, align=Qt.AlignmentFlag.AlignHCenter)
    painter.end()
    return picture


def clear(wide: int, high: int, ratio: float) -> QPixmap:
    """Return a picture with nothing on it."""
    picture = QPixmap(round(wide * ratio), round(high * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    return picture
