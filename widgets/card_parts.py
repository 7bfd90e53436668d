"""The parts of the card, painted by hand: choosing somebody else must not build or style a single control.

Each part shows a value and keeps its place; what is said for those who listen is its accessible name.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from reception.model.lines import StatusKind
from widgets import paint
from widgets.buttons import KeyButton
from widgets.person_view import Sentence
from widgets.row_paint import tone_colour
from widgets.theme import Theme
from widgets.tokens import Tokens

_LINE: Final = 22
_ICON: Final = 8
_TEXT: Final = 26
_CIRCLE: Final = 56
_STATE: Final = 104
_CAPS: Final = 54


class Avatar(QWidget):
    """The circle with initials and the status mark."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[str, StatusKind | None, bool] = ("", StatusKind.UNKNOWN, False)
        self._face: QPixmap | None = None
        self.setFixedSize(60, 60)
        theme.changed.connect(self.update)

    def show_person(
        self, initials: str, kind: StatusKind | None, *, is_stale: bool, face: QPixmap | None = None
    ) -> None:
        """Show somebody, with their photo (`side` pixels wide) if there is one; without a kind, outside."""
        if (initials, kind, is_stale) != self._shown or face is not self._face:
            self._shown = (initials, kind, is_stale)
            self._face = face
            self.update()

    @property
    def side(self) -> int:
        """How wide the circle is, in the screen's own pixels."""
        return round(_CIRCLE * self.devicePixelRatioF())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = self._theme.tokens
        initials, kind, is_stale = self._shown
        box = QRectF(1, 1, _CIRCLE, _CIRCLE)
        face = QPixmap(self._face) if self._face is not None else None
        if face is not None:
            face.setDevicePixelRatio(self.devicePixelRatioF())
        paint.draw_avatar(painter, box, initials, t, kind=kind, is_stale=is_stale, halo=t.panel, face=face)
        painter.end()


class Number(NamedTuple):
    """One line of the card: an icon with its words, a number or address, its state, the keys that use it."""

    icon: str
    kind: str
    text: str
    state: str = ""
    tone: str = "muted"
    caps: tuple[str, ...] = ()
    is_chosen: bool = False


class NumberLine(QWidget):
    """A number with what its line does and the keys that call it."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.shown = Number("", "", "")
        self.setFixedHeight(_LINE)
        theme.changed.connect(self.update)

    def show_number(self, number: Number) -> None:
        """Show a number; nothing is painted when it is the same."""
        if number != self.shown:
            self.shown = number
            parts = (number.kind, number.text, number.state, " ".join(number.caps))
            self.setAccessibleName(", ".join(p for p in parts if p))
            self.setToolTip(f"{number.kind}: {number.text}")
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, shown = self._theme.tokens, self.shown
        painter = QPainter(self)
        middle = self.height() / 2
        paint.draw_icon(painter, shown.icon, t.muted, QPointF(_ICON, middle), 16)
        # Teams' word has no keys after it and may be as long as they are.
        state = QRectF(self.width() - _STATE - _CAPS, 0, _STATE, self.height())
        if not shown.caps:
            state.setRight(self.width())
        right = QPointF(self.width(), middle)
        for cap in reversed(shown.caps):
            right.setX(right.x() - paint.draw_key_cap(painter, right, cap, t) - 4)
        if shown.state:
            colour = t.muted if shown.tone == "muted" else tone_colour(shown.tone, t)
            paint.draw_text(painter, state, shown.state, colour, is_tabular=True)
        words = QRectF(_TEXT, 0, state.left() - _TEXT - 8, self.height())
        weight = paint.SEMI if shown.is_chosen else paint.NORMAL
        paint.draw_text(painter, words, shown.text, t.text, weight=weight, is_tabular=True)
        painter.end()


class MixedText(QWidget):
    """A text of which one stretch is strong: ``Kun reception: …``. Plain letters, wrapped, however long."""

    def __init__(
        self,
        theme: Theme,
        *,
        pixels: int = 13,
        is_muted: bool = False,
        is_bold: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pixels = pixels
        self._is_bold = is_bold
        self._is_muted = is_muted
        self._strong = (0, 0)
        self._text = ""
        self._layout: tuple[tuple[str, float, bool], QTextLayout, float] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self.update)

    def show_text(self, before: str, strong: str, after: str) -> None:
        """Show three pieces in one flow; the middle one is strong."""
        before, strong, after = (paint.plain(part) for part in (before, strong, after))
        text = f"{before}{strong}{after}"
        if text != self._text or self._strong != (len(before), len(strong)):
            self._text, self._strong = text, (len(before), len(strong))
            self._layout = None
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    @property
    def text(self) -> str:
        """All of it."""
        return self._text

    def _laid_out(self, width: float) -> tuple[QTextLayout, float]:
        key = (self._text, width, self._theme.tokens.is_dark)
        if self._layout is None or self._layout[0] != key:
            self._layout = (key, *self._lay_letters(width))
        return self._layout[1], self._layout[2]

    def _lay_letters(self, width: float) -> tuple[QTextLayout, float]:
        layout = QTextLayout(self._text, paint.font(self._pixels))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        t = self._theme.tokens
        layout.setFormats([self._strong_format(t)])
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0, height))
            height += line.height() + 1
        layout.endLayout()
        return layout, height

    def _strong_format(self, t: Tokens) -> QTextLayout.FormatRange:
        found = QTextLayout.FormatRange()
        found.start, found.length = self._strong
        shape = QTextCharFormat()
        shape.setFontWeight(paint.SEMI if self._is_bold else paint.NORMAL)
        shape.setForeground(paint.colour(t.text))
        found.format = shape
        return found

    # ------------------------------------------------------------------ Qt

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._laid_out(width)[1]) + 1

    def sizeHint(self) -> QSize:
        return QSize(120, self.heightForWidth(max(120, self.width())))

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = self._theme.tokens
        painter = QPainter(self)
        painter.setPen(paint.pen_of(t.muted if self._is_muted else t.text))
        self._laid_out(self.width())[0].draw(painter, QPointF(0, 0))
        painter.end()


class Note(MixedText):
    """A note for receptionists only: an amber bar, the note's name, its text."""

    def heightForWidth(self, width: int) -> int:
        return super().heightForWidth(width - 23) + 12

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = self._theme.tokens
        painter = QPainter(self)
        paint.rounded(painter, QRectF(self.rect()), 6, t.raised)
        paint.fill(painter, QRect(0, 0, 3, self.height()), t.away)
        painter.setPen(paint.pen_of(t.text))
        self._laid_out(self.width() - 23)[0].draw(painter, QPointF(13, 6))
        painter.end()


class StatusBox(QWidget):
    """The status in two lines: what is, and when they are back."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.sentence = Sentence("", "unknown")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_sentence(self, sentence: Sentence) -> None:
        """Show a status; nothing is painted when it is the same."""
        if sentence != self.sentence:
            self.sentence = sentence
            words = ". ".join(part for part in (sentence.text, sentence.second) if part)
            self.setAccessibleName(words)
            self.setToolTip(words)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 54 if self.sentence.second else 37)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, said = self._theme.tokens, self.sentence
        painter = QPainter(self)
        paint.rounded(painter, QRectF(self.rect()), 8, _surface(said.tone, t))
        line = QRectF(12, 9, self.width() - 24, 19)
        colour = tone_colour(said.tone, t)
        if said.is_strong or not said.rest:
            paint.draw_text(painter, line, said.words, colour, weight=paint.SEMI)
        else:
            used = paint.draw_text(painter, line, said.word, colour, weight=paint.SEMI)
            rest = line.adjusted(used + 3, 0, 0, 0)
            paint.draw_text(painter, rest, f"{said.joint.lstrip()}{said.rest}", t.muted)
        if said.second:
            line.translate(0, 18)
            paint.draw_text(painter, line, said.second, t.text)
        painter.end()


def _surface(tone: str, t: Tokens) -> str:
    return {
        "busy": t.now_background,
        "ringing": t.ringing_background,
        "away": t.ringing_background,
    }.get(tone, t.raised)


class Alternate(NamedTuple):
    """A stand-in as the card shows them."""

    name: str
    words: str
    kind: StatusKind
    is_stale: bool


class AlternateRow(KeyButton):
    """A stand-in: status, name, number; a click is the same as the key.

    Signals:
        wanted: (int) it was clicked; counted from 1.
    """

    wanted = Signal(int)

    def __init__(self, theme: Theme, number: int, parent: QWidget | None = None) -> None:
        super().__init__(theme, "", "", parent=parent)
        self._number = number
        self._shown = Alternate("", "", StatusKind.UNKNOWN, False)
        self.setFixedHeight(28)
        self.clicked.connect(self._on_clicked)

    def show_alternate(self, alternate: Alternate, cap: str) -> None:
        """Show somebody."""
        if alternate != self._shown or cap != self._cap:
            self._shown = alternate
            self.set_words(alternate.name, cap)
            self.setAccessibleDescription(f"{alternate.words}, {cap}")
            self.update()

    @Slot()
    def _on_clicked(self) -> None:
        self.wanted.emit(self._number)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t, shown = self._theme.tokens, self._shown
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.underMouse() or self.hasFocus():
            paint.rounded(painter, box, 6, t.key_cap)
        mark = QRectF(box.left() + 1, box.center().y() - 5, 9, 9)
        paint.draw_status(painter, mark, shown.kind, t, is_stale=shown.is_stale, halo=t.panel)
        right = QPointF(box.right(), box.center().y())
        used = paint.draw_key_cap(painter, right, self._cap, t)
        where = box.adjusted(17, 0, -used - 12, 0)
        width = paint.draw_text(painter, where, shown.name, t.text, weight=paint.SEMI)
        where.setLeft(where.left() + width + 4)
        if where.width() > 20:
            paint.draw_text(painter, where, shown.words, t.muted)
        painter.end()
