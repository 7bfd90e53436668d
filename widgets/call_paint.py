"""How the rows of the call list look: headings, and calls as cards."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QStaticText, QTransform

from reception.model.calls import Place
from reception.model.people import ContactKind
from widgets import call_words, formats, keys, paint
from widgets.board import CallRow, HeadRow, Section
from widgets.boxes import Box, draw_box, draw_cap
from widgets.paint import SEMI
from widgets.theme import Theme, heading_font
from widgets.tokens import Tokens

CARD: Final = 50
GAP: Final = 8
HEAD: Final = 28
CLOCK: Final = 84
"""How wide the half is that shows the clock."""


class CallPainter:
    """Paints headings, and each call as a card: whole, or the half in which the clock runs."""

    def __init__(self, theme: Theme, margin: int, now: float) -> None:
        self._t = theme.tokens
        self._margin = margin
        self._now = now

    def paint_head(self, painter: QPainter, box: QRectF, row: HeadRow) -> None:
        """Paint the heading of a section, its count at the right."""
        painter.setPen(paint.pen_of(self._t.muted))
        painter.setFont(_heading_font())
        words, count = _heading(call_words.section_words(row.section)), _heading(row.count_words)
        top = box.top() + 1 + (box.height() - words.size().height()) / 2
        painter.drawStaticText(QPointF(box.left(), round(top)), words)
        right = box.right() - 1 - self._margin
        painter.drawStaticText(QPointF(round(right - count.size().width()), round(top)), count)

    def paint_call(self, painter: QPainter, box: QRectF, row: CallRow, *, is_whole: bool) -> None:
        """Paint a call; what is outside the painter's region costs no letters."""
        card = QRectF(box.left(), box.top(), box.width() - self._margin, CARD)
        draw_box(painter, card.left(), card.top(), self._frame(round(card.width()), row))
        if is_whole:
            self._paint_words(painter, card, row)
        self._paint_clock(painter, card, row)

    def _frame(self, width: int, row: CallRow) -> Box:
        t = self._t
        fill, line, thickness = t.panel, t.line, 1.0
        if row.is_marked:
            fill, line, thickness = t.accent_background, t.accent, 1.5
        if row.asked:
            fill = t.raised
        edge = "" if row.is_stale else _edge_colour(row, t) or ""
        if row.is_stale or row.asked:
            return Box(width, CARD, 8, fill, t.faint, is_dashed=True, edge=edge)
        return Box(width, CARD, 8, fill, line, thickness, edge=edge)

    def _paint_words(self, painter: QPainter, card: QRectF, row: CallRow) -> None:
        t = self._t
        left = card.left() + 12
        width = card.width() - CLOCK - 8
        name = _icon_of(row)
        if name:
            paint.draw_icon(painter, name, _icon_colour(row, t), QPointF(left + 7, card.top() + 16), 14)
        indent = 20 if name else 0
        if row.call.party.contact is ContactKind.VIP:
            star = QPointF(left + indent + 7, card.top() + 16)
            paint.draw_icon(painter, "star", t.muted if row.is_stale else t.away, star, 14)
            indent += 20
        colour = t.muted if row.is_stale else t.text
        top = QRectF(left + indent, card.top() + 6, width - indent, 20)
        paint.draw_text(painter, top, call_words.party(row.call), colour, weight=SEMI)
        under = QRectF(left, card.top() + 25, width, 18)
        paint.draw_text(painter, under, call_words.row_line(row), t.muted, pixels=12)

    def _paint_clock(self, painter: QPainter, card: QRectF, row: CallRow) -> None:
        t = self._t
        right = card.right() - 10
        wait = self._now - call_words.waits_since(row)
        colour = t.now_text if row.is_over else t.text
        if row.is_stale:
            colour = t.muted
        where = QRectF(right - CLOCK + 12, card.top() + 6, CLOCK - 12, 20)
        paint.draw_text(
            painter,
            where,
            formats.duration(wait),
            colour,
            weight=SEMI,
            align=Qt.AlignmentFlag.AlignRight,
            is_tabular=True,
        )
        cap = keys.take_cap(row.number) if row.number else ""
        used = draw_cap(painter, QPointF(right, card.top() + 34), cap, is_dark=t.is_dark) if cap else 0.0
        if row.position:
            where = QRectF(right - CLOCK, card.top() + 25, CLOCK - used - 6, 18)
            text = f"{row.position}."
            paint.draw_text(painter, where, text, t.muted, pixels=12, align=Qt.AlignmentFlag.AlignRight)


@lru_cache(maxsize=1)
def _heading_font() -> QFont:
    return heading_font()


@lru_cache(maxsize=32)
def _heading(text: str) -> QStaticText:
    """Return words of a heading with their letters in place: there are few, painted with each call."""
    letters = QStaticText(text)
    letters.setTextFormat(Qt.TextFormat.PlainText)
    letters.prepare(QTransform(), _heading_font())
    return letters


def _edge_colour(row: CallRow, t: Tokens) -> str | None:
    if row.call.returned is not None:
        return t.ringing
    if row.is_over:
        return t.now
    if row.call.place is Place.CAMPED:
        return t.away
    if row.call.place is Place.OFFERED:
        return t.ringing
    return None


def _icon_of(row: CallRow) -> str:
    if row.call.returned is not None:
        return "returned"
    if row.call.is_callback_entry:
        return "callback"
    if row.call.place is Place.OFFERED:
        return "phone"
    if row.section is Section.HELD:
        return "hold"
    return {Place.CAMPED: "camped", Place.PARKED: "parked", Place.TRANSFERRING: "transfer"}.get(
        row.call.place, ""
    )


def _icon_colour(row: CallRow, t: Tokens) -> str:
    if row.call.returned is not None or row.call.place is Place.OFFERED:
        return t.ringing
    return t.accent if row.call.is_callback_entry else t.muted
