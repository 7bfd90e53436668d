"""Painting the wall: one row for each colleague, bars with their words on one scale.

Rows are as high as those of the list, so that both are one list with two faces (`people_list`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from widgets import paint
from widgets.paint import SEMI
from widgets.row_paint import SELECTED, UNDER, FaceOf, Look, Pieces
from widgets.tokens import DARK, LIGHT, ROW, Tokens
from widgets.wall_view import Bar, Period, WallRow

HEAD: Final = 28
_LEFT: Final = 60
_TRACK_FROM: Final = 250
_TRACK_FROM_NARROW: Final = 190
_NARROW: Final = 760
_RIGHT: Final = 14
_TRACK_HIGH: Final = 30
_RADIUS: Final = 5
_LEAST: Final = 3.0
_TAG_HIGH: Final = 14


def track(width: int) -> tuple[int, int]:
    """Return where the scale begins and how wide it is, in a wall of this width."""
    left = _TRACK_FROM if width >= _NARROW else _TRACK_FROM_NARROW
    return left, max(1, width - left - _RIGHT)


def paint_head(painter: QPainter, period: Period, width: int, heading: str, t: Tokens) -> None:
    """Paint the words over the scale: hours of a day between its ends, days of a week where they begin."""
    left, wide = track(width)
    place = QRectF(_LEFT, 0, left - _LEFT - 8, HEAD)
    paint.draw_text(painter, place, heading, t.muted, pixels=11)
    ticks = period.ticks()
    for n, (at, words) in enumerate(ticks):
        room = paint.text_width(words, 11) + 2
        x = left + at * wide
        if period.days == 1:
            x -= 0 if n == 0 else room if n == len(ticks) - 1 else room / 2
        paint.draw_text(painter, QRectF(x, 0, room + 2, HEAD), words, t.muted, pixels=11)


class WallBrush:
    """Paints rows of the wall in one look, in the pixels of the screen as the list's own `Brush`."""

    def __init__(self, look: Look, face_of: FaceOf | None = None) -> None:
        self._look, self._face_of = look, face_of

    def pieces(self, row: WallRow, state: int) -> Pieces:
        """Return a row as the one picture that it is."""
        return ((0, 0, self.picture(row, state)),)

    def picture(self, row: WallRow, state: int) -> QPixmap:
        """Return a row as a picture."""
        ratio = self._look.ratio
        picture = QPixmap(round(self._look.width * ratio), round(ROW * ratio))
        picture.setDevicePixelRatio(ratio)
        painter = QPainter(picture)
        face = self._face_of(row.id) if self._face_of is not None else None
        if face is not None:
            face = QPixmap(face)
            face.setDevicePixelRatio(ratio)
        paint_row(painter, row, self._look, state, face)
        painter.end()
        picture.setDevicePixelRatio(1)
        return picture


def paint_row(painter: QPainter, row: WallRow, look: Look, state: int, face: QPixmap | None = None) -> None:
    """Paint a row, its left upper corner at the painter's origin."""
    t, width = DARK if look.is_dark else LIGHT, look.width
    back = t.accent_background if state == SELECTED else t.raised if state == UNDER else t.panel
    paint.fill(painter, QRect(0, 0, width, ROW - 1), back)
    paint.fill(painter, QRect(0, ROW - 1, width, 1), t.line)
    if state == SELECTED:
        paint.fill(painter, QRect(0, 0, 3, ROW), t.accent)
    avatar = QRectF(12, 9, 34, 34)
    paint.draw_avatar(
        painter, avatar, row.initials, t, kind=row.kind, is_stale=row.is_stale, halo=back, face=face
    )
    left, wide = track(width)
    room = left - _LEFT - 10
    paint.draw_text(painter, QRectF(_LEFT, 8, room, 19), row.name, t.text, weight=SEMI)
    paint.draw_text(painter, QRectF(_LEFT, 26, room, 18), row.department, t.muted, pixels=12)
    box = QRectF(left, (ROW - 1 - _TRACK_HIGH) / 2, wide, _TRACK_HIGH)
    if row.kind is not None:  # of somebody outside no time is known
        paint.rounded(painter, box, _RADIUS, t.key_cap)
    for bar in row.bars:
        _paint_bar(painter, bar, box, t)
    if row.now is not None:
        paint.fill(painter, QRect(round(left + row.now * (wide - 2)), 6, 2, ROW - 13), t.text)


def _paint_bar(painter: QPainter, bar: Bar, track_box: QRectF, t: Tokens) -> None:
    left = track_box.left() + bar.begin * track_box.width()
    wide = max(_LEAST, (bar.end - bar.begin) * track_box.width())
    box = QRectF(left, track_box.top(), wide, track_box.height())
    fill, letters = _colours(bar, t)
    paint.rounded(painter, box, _RADIUS, fill, letters if not bar.is_busy else None)
    room = box.adjusted(6, 0, -5, 0)
    if bar.is_phone_open and room.width() > 14:
        paint.draw_icon(painter, "phone", letters, QPointF(room.left() + 6, box.center().y()), 12)
        room.setLeft(room.left() + 17)
    if room.width() < 14:
        return
    tag = origin_tag(bar.origin, letters, painter.device().devicePixelRatioF()) if bar.origin else None
    kept = tag.deviceIndependentSize().width() + 6 if tag is not None else 0.0
    words = QRectF(room)
    if tag is not None and room.width() >= kept + 24:
        words.setRight(room.right() - kept)
    else:
        tag = None
    used = paint.draw_text(painter, words, bar.words, letters, pixels=11)
    if tag is not None:
        top = box.center().y() - _TAG_HIGH / 2
        painter.drawPixmap(QPointF(round(words.left() + used + 5), round(top)), tag)


def _colours(bar: Bar, t: Tokens) -> tuple[str, str]:
    """Return fill and letters of a bar; reachable meanwhile is the pale one with an edge."""
    if bar.tone == "ended":
        return t.ended, t.text
    if bar.tone == "now":
        return (t.now, t.on_accent) if bar.is_busy else (t.now_background, t.now_text)
    return (t.future, t.on_accent) if bar.is_busy else (t.future_background, t.future_text)


@lru_cache(maxsize=128)
def origin_tag(words: str, colour: str, ratio: float) -> QPixmap:
    """Return who entered something, as a small outlined tag on a bar."""
    wide = round(paint.text_width(words, 9, SEMI)) + 9
    picture = QPixmap(round(wide * ratio), round(_TAG_HIGH * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(paint.colour(colour), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(0.5, 0.5, wide - 1, _TAG_HIGH - 1), 3, 3)
    box = QRectF(0, 0, wide, _TAG_HIGH)
    align = Qt.AlignmentFlag.AlignHCenter
    paint.draw_text(painter, box, words, colour, pixels=9, weight=SEMI, align=align)
    painter.end()
    return picture
