"""The frame with the call in hand: its words are painted, its buttons stand where they are put.

A ringing call is seen at once only if nothing has to be laid out for it: here no layout asks each part for
its size, and no style sheet is read. `arrange` places what is shown and says how high all of it is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from widgets import paint
from widgets.boxes import Box, draw_box
from widgets.buttons import KeyButton
from widgets.card_parts import MixedText
from widgets.key_bar import KeyHint
from widgets.labels import set_shown
from widgets.theme import Theme
from widgets.tokens import BODY_PX, CARD_RADIUS, NAME_PX, SECONDARY_PX, Tokens

_BOLD: Final = QFont.Weight.Bold
_EDGE: Final = 14
_LINE_GAP: Final = 3
_STAR: Final = 22
_ABOVE_BUTTONS: Final = 11
_WITHOUT_BUTTONS: Final = 8
_BUTTON: Final = 32
_BUTTON_GAP: Final = 6
_ABOVE_HINTS: Final = 10
_HINT_GAP: Final = 14
_ANY_HEIGHT: Final = 10_000


class Told(NamedTuple):
    """What the card tells: who, what is known of them, where the call is.

    `tone` is the frame's: ``active``, ``ringing``, ``stale`` or plain. An urgent state is said in colour,
    and a VIP has a star beside the name.
    """

    name: str = ""
    under: str = ""
    state: str = ""
    is_urgent: bool = False
    tone: str = ""
    is_vip: bool = False


class CallFace(QWidget):
    """Name, what is known, state, the last talk, buttons and small hints, from top to bottom."""

    def __init__(self, theme: Theme, most_buttons: int, hints: Sequence[KeyHint]) -> None:
        super().__init__()
        self._theme = theme
        self.told = Told()
        self.spoken = MixedText(theme, pixels=12, is_muted=True, parent=self)
        self.buttons = [KeyButton(theme, "", "", parent=self) for _ in range(most_buttons)]
        self._hints = hints
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        for part in (self.spoken, *self.buttons):
            part.hide()
        for hint in hints:
            hint.setParent(self)
        theme.changed.connect(self.update)

    def tell(self, told: Told) -> None:
        """Show other words, each on its line; nothing is painted when they are the same."""
        name, under, state = (paint.plain(part) for part in told[:3])
        told = told._replace(name=name, under=under, state=state)
        if told != self.told:
            self.told = told
            self.setAccessibleName(". ".join(part for part in (name, under, state) if part))
            self.update()

    def arrange(self, width: int, buttons: int, *, has_hints: bool) -> int:
        """Place so many buttons, and the hints if wanted, under the words; returns the height of all."""
        room = width - 2 * _EDGE
        y = self._place_spoken(room)
        y = self._place_buttons(room, y, buttons)
        x = _EDGE + 1
        for hint in self._hints:
            set_shown(hint, has_hints)
            if has_hints:
                size = hint.sizeHint()
                hint.setGeometry(x, y + _ABOVE_HINTS, size.width(), size.height())
                x += size.width() + _HINT_GAP
        high = self._hints[0].height() if self._hints else 0
        return y + (_ABOVE_HINTS + high if has_hints else 0) + _EDGE

    def _place_spoken(self, room: int) -> int:
        """Place the last talk under the other words; returns where all words end."""
        y = self._state_top() + self._state_height(room) if self.told.state else self._state_top() - _LINE_GAP
        if not self.spoken.isHidden():
            high = self.spoken.heightForWidth(room)
            self.spoken.setGeometry(_EDGE, y + _LINE_GAP, room, high)
            y += _LINE_GAP + high
        return y

    def _place_buttons(self, room: int, y: int, count: int) -> int:
        """Place the buttons in two columns; returns where they end."""
        wide = (room - _BUTTON_GAP) // 2
        step = _BUTTON + _BUTTON_GAP
        for n, button in enumerate(self.buttons):
            if n < count:
                left, top = _EDGE + n % 2 * (wide + _BUTTON_GAP), y + _ABOVE_BUTTONS + n // 2 * step
                button.setGeometry(left, top, wide, _BUTTON)
            set_shown(button, n < count)
        rows = (count + 1) // 2
        return y + (_ABOVE_BUTTONS + rows * step - _BUTTON_GAP if rows else _WITHOUT_BUTTONS)

    def state_box(self) -> QRectF:
        """Return the place of the state, which takes as many lines as it needs."""
        room = self.width() - 2 * _EDGE
        return QRectF(_EDGE, self._state_top(), room, self._state_height(room))

    def _under_top(self) -> int:
        return _EDGE + _high(NAME_PX, _BOLD) + _LINE_GAP

    def _state_top(self) -> int:
        return self._under_top() + _high(BODY_PX) + _LINE_GAP

    @property
    def _state_pixels(self) -> int:
        return BODY_PX if self.told.is_urgent else SECONDARY_PX

    def _state_height(self, room: int) -> int:
        pixels = self._state_pixels
        if paint.text_width(self.told.state, pixels) <= room:
            return _high(pixels)
        lines = QRectF(0, 0, room, _ANY_HEIGHT)
        wrapped = Qt.TextFlag.TextWordWrap
        return math.ceil(paint.metrics(pixels).boundingRect(lines, wrapped, self.told.state).height())

    def _frame(self, t: Tokens) -> Box:
        is_old = self.told.tone == "stale"
        line = {"active": t.accent, "ringing": t.ringing, "stale": t.faint}.get(self.told.tone, t.line)
        return Box(self.width(), self.height(), CARD_RADIUS - 0.5, t.panel, line, is_dashed=is_old)

    def _paint_state(self, painter: QPainter, room: int, t: Tokens) -> None:
        state, colour = self.told.state, t.ringing if self.told.is_urgent else t.muted
        where, pixels = self.state_box(), self._state_pixels
        if paint.text_width(state, pixels) <= room:
            paint.draw_text(painter, where, state, colour, pixels=pixels)
        else:
            painter.setFont(paint.font(pixels))
            painter.setPen(paint.pen_of(colour))
            painter.drawText(where, Qt.TextFlag.TextWordWrap, state)

    # ------------------------------------------------------------------ Qt

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, told, room = self._theme.tokens, self.told, self.width() - 2 * _EDGE
        painter = QPainter(self)
        painter.fillRect(self.rect(), paint.colour(t.background))
        draw_box(painter, 0, 0, self._frame(t))
        indent = _STAR if told.is_vip else 0
        name = QRectF(_EDGE + indent, _EDGE, room - indent, _high(NAME_PX, _BOLD))
        if told.is_vip:
            paint.draw_icon(painter, "star", t.away, QPointF(_EDGE + 8, name.center().y()), 16)
        paint.draw_text(painter, name, told.name, t.text, pixels=NAME_PX, weight=_BOLD)
        under = QRectF(_EDGE, self._under_top(), room, _high(BODY_PX))
        paint.draw_text(painter, under, told.under, t.muted)
        if told.state:
            self._paint_state(painter, room, t)
        painter.end()


def _high(pixels: int, weight: QFont.Weight = paint.NORMAL) -> int:
    return math.ceil(paint.metrics(pixels, weight).height())
