"""A colleague's row as a picture: painted once, kept while it stays as it is, copied from then on.

A row costs many times as much to paint as to copy. So a row that is painted a second time unchanged is kept
(`RowPictures`), by person and state; what all rows share (width, theme, letters typed, the minute) is the
`Look`, and another look empties the store.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from reception.model.people import NumberKind
from widgets import paint, tags
from widgets.line_sign import line_sign
from widgets.matching import spans
from widgets.paint import SEMI
from widgets.person_view import RowView, Sentence, Sign, Span
from widgets.texts import translate
from widgets.tokens import DARK, LIGHT, ROW, Tokens

PLAIN: Final = 0
UNDER: Final = 1
SELECTED: Final = 2

_LEFT: Final = 60
_RIGHT: Final = 12
_GAP: Final = 14
_SIGNS: Final = 56
_STRIP_FROM: Final = 500
"""A list narrower than this has no room for the strip; the sentence says the same."""
_STRIP_HIGH: Final = 16
_SENSE: Final = 36
"""Pixels that a shortened text needs to make sense."""
_NAME_MOST: Final = 340
_SENTENCE_MOST: Final = 380
"""Wider than these, the strip has more use of the room."""
_ICONS: Final = {
    NumberKind.DESK: "phone",
    NumberKind.SOFTPHONE: "softphone",
    NumberKind.MOBILE: "mobile",
}

marked_letters = lru_cache(maxsize=4096)(spans)


class Places(NamedTuple):
    """Where the parts of a row stand, in pixels from its left."""

    name: int
    signs: int
    sentence: int
    sentence_width: int
    strip: int
    strip_width: int


class Look(NamedTuple):
    """What all rows share; another one means other pictures."""

    typed: str
    width: int
    ratio: float
    is_dark: bool
    minute: int
    language: str
    doubt: str
    is_lost: bool


@lru_cache(maxsize=16)
def places(width: int) -> Places:
    """Divide a row: name and sentence as wide as they are of use, the rest for the strip."""
    room = width - _LEFT - _RIGHT - 2 * _GAP - _SIGNS
    strip = 0 if width < _STRIP_FROM else max(72, round(room * 0.275))
    rest = room - (strip + _GAP if strip else 0)
    name = min(_NAME_MOST, round(rest * 0.5))
    sentence_width = min(_SENTENCE_MOST, rest - name)
    strip += rest - name - sentence_width if strip else 0
    signs = _LEFT + name + _GAP
    sentence = signs + _SIGNS + _GAP
    return Places(name, signs, sentence, sentence_width, width - _RIGHT - strip, strip)


class _Kept:
    """One person's row: what it shows, its pictures by state, and the states painted once."""

    __slots__ = ("pictures", "seen", "view")

    def __init__(self, view: RowView) -> None:
        self.view = view
        self.pictures: dict[int, QPixmap] = {}
        self.seen: set[int] = set()

    def forget_pictures(self) -> None:
        """Other letters are marked; what the row tells is the same."""
        self.pictures.clear()
        self.seen.clear()


class RowPictures:
    """The rows that are in sight, and a few more."""

    def __init__(self, view_of: Callable[[str], RowView | None]) -> None:
        self._view_of = view_of
        self._look: Look | None = None
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._most = 32

    def __len__(self) -> int:
        return len(self._kept)

    def begin(self, look: Look, rows_in_sight: int) -> None:
        """Begin to paint in this look."""
        self._most = rows_in_sight + 8
        old, self._look = self._look, look
        if old is None or look[1:] != old[1:]:
            self._kept.clear()
        elif look != old:
            for kept in self._kept.values():
                kept.forget_pictures()

    def view(self, person: str) -> RowView | None:
        """Return what the row of somebody shows; None for one who has just left."""
        kept = self._keep(person)
        return kept.view if kept is not None else None

    def take(self, people: Collection[str]) -> dict[str, RowView]:
        """Forget these people's rows; returns what was painted of them last."""
        taken = {person: kept.view for person, kept in self._kept.items() if person in people}
        for person in taken:
            del self._kept[person]
        return taken

    def clear(self) -> None:
        """Everything may be different."""
        self._kept.clear()

    def paint(self, painter: QPainter, top: int, person: str, state: int) -> None:
        """Paint a row at this height: a copy when there is one."""
        kept = self._kept.get(person) or self._keep(person)
        if kept is None or self._look is None:
            return
        picture = kept.pictures.get(state)
        if picture is None and state in kept.seen:
            picture = kept.pictures[state] = picture_of(kept.view, self._look, state)
        if picture is not None:
            painter.drawPixmap(0, top, picture)
            return
        kept.seen.add(state)
        painter.translate(0, top)
        paint_row(painter, kept.view, self._look, state)
        painter.translate(0, -top)

    def picture(self, view: RowView, state: int) -> QPixmap | None:
        """Return a picture of what a row shows or showed."""
        return picture_of(view, self._look, state) if self._look is not None else None

    def _keep(self, person: str) -> _Kept | None:
        kept = self._kept.get(person)
        if kept is None:
            view = self._view_of(person)
            if view is None:
                return None
            kept = self._kept[person] = _Kept(view)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return kept


def picture_of(view: RowView, look: Look, state: int) -> QPixmap:
    """Return the picture of a row."""
    picture = QPixmap(round(look.width * look.ratio), round(ROW * look.ratio))
    picture.setDevicePixelRatio(look.ratio)
    painter = QPainter(picture)
    paint_row(painter, view, look, state)
    painter.end()
    return picture


def paint_row(painter: QPainter, view: RowView, look: Look, state: int) -> None:
    """Paint a row, its left upper corner at the painter's origin."""
    t = DARK if look.is_dark else LIGHT
    at = places(look.width)
    back = t.accent_background if state == SELECTED else t.raised if state == UNDER else t.panel
    painter.fillRect(0, 0, look.width, ROW - 1, paint.colour(back))
    painter.fillRect(0, ROW - 1, look.width, 1, paint.colour(t.line))
    if state == SELECTED:
        painter.fillRect(0, 0, 3, ROW, paint.colour(t.accent))
    avatar = QRectF(12, 9, 34, 34)
    paint.draw_avatar(painter, avatar, view.initials, t, kind=view.kind, is_stale=view.is_stale, halo=back)
    _paint_name(painter, view, at, look, t)
    for place, sign in enumerate(view.signs):
        painter.drawPixmap(at.signs + place * 30, 15, _sign(sign, look, is_stale=view.are_lines_stale))
    _paint_sentence(painter, view.sentence, at, look, t)
    if at.strip_width:
        strip = _strip(view.strip, view.now, at.strip_width, look.is_dark, look.ratio)
        painter.drawPixmap(at.strip, (ROW - 1 - _STRIP_HIGH) // 2, strip)


def _sign(sign: Sign, look: Look, *, is_stale: bool) -> QPixmap:
    return line_sign(_ICONS[sign.kind], sign.state, look.is_dark, is_stale, sign.is_outside, look.ratio)


def _paint_name(painter: QPainter, view: RowView, at: Places, look: Look, t: Tokens) -> None:
    room = at.name
    if view.is_alike:
        tag = tags.tag(translate("People", "≈ sounds alike"), t.is_dark, look.ratio)
        width = tags.width_of(tag)
        used = min(paint.text_width(view.name, 13, SEMI) + 7, room - width)
        painter.drawPixmap(QPointF(_LEFT + used, 9), tag)
        room = round(used) - 6
    _paint_marked(painter, QRectF(_LEFT, 8, room, 19), view.name, t.text, look.typed, t, is_name=True)
    role = QRectF(_LEFT, 26, at.name, 18)
    _paint_marked(painter, role, role_words(view, look.typed), t.muted, look.typed, t, is_name=False)


def role_words(view: RowView, typed: str) -> str:
    """Return the second line of a row; initials stand there when they are why somebody was found."""
    letters = view.letters if typed and marked_letters(view.letters, typed) else ""
    return " · ".join(part for part in (letters, view.role) if part)


def _paint_marked(
    painter: QPainter, box: QRectF, text: str, colour: str, typed: str, t: Tokens, *, is_name: bool
) -> None:
    """Paint a text, and behind it a light on the letters that the search has found."""
    pixels, weight = (13, SEMI) if is_name else (12, paint.NORMAL)
    if typed and (found := marked_letters(text, typed)) and not paint.is_right_to_left(text):
        for start, length in found:
            left = paint.text_width(text[:start], pixels, weight) if start else 0.0
            width = paint.text_width(text[: start + length], pixels, weight) - left
            if left + width <= box.width():
                light = QRectF(box.left() + left - 1, box.top() + 1, width + 2, 17)
                painter.fillRect(light, paint.colour(t.match))
    paint.draw_text(painter, box, text, colour, pixels=pixels, weight=weight)


def _paint_sentence(painter: QPainter, said: Sentence, at: Places, look: Look, t: Tokens) -> None:
    """Paint word, rest and tag; where the room is short the shorter rest, and that before the tag."""
    left, room = float(at.sentence), float(at.sentence_width)
    word = QRectF(left, 0, room, ROW - 1)
    left += paint.draw_text(painter, word, said.word, tone_colour(said.tone, t), weight=SEMI) + 3
    free = at.sentence + room - left
    tag = tags.tag(said.origin, t.is_dark, look.ratio) if said.origin else None
    kept = tags.width_of(tag) + 6 if tag is not None else 0.0
    if rest := fitting_rest(said, free, kept):
        colour = t.text if said.is_strong else t.muted
        used = paint.draw_text(painter, QRectF(left, 0, free, ROW - 1), rest, colour)
        left, free = left + used, free - used
    if tag is not None and kept <= free + 1:
        painter.drawPixmap(QPointF(left + 4, (ROW - tags.HIGH) / 2), tag)


def fitting_rest(said: Sentence, free: float, kept: float) -> str:
    """Return the rest of a sentence for `free` pixels, of which a tag would like to keep some.

    Whole beside the tag, else the short one, that without the tag too; one that is not whole needs room.
    """
    if not said.rest:
        return ""
    joint = said.joint.lstrip()
    for words, room in ((said.rest, free - kept), (said.short, free - kept), (said.short, free)):
        if words and paint.text_width(joint + words, 13) <= room:
            return joint + words
    return joint + said.rest if free > _SENSE and not said.short else ""


@lru_cache(maxsize=192)
def _strip(bars: tuple[Span, ...], now: float | None, width: int, is_dark: bool, ratio: float) -> QPixmap:
    """Return the strip of a day; the many who have nothing today share one."""
    t = DARK if is_dark else LIGHT
    picture = QPixmap(round(width * ratio), round(_STRIP_HIGH * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_bars(painter, QRectF(0, 0, width, _STRIP_HIGH), bars, t)
    if now is not None:
        painter.fillRect(round(now * (width - 2)), 0, 2, _STRIP_HIGH, paint.colour(t.text))
    painter.end()
    return picture


def paint_bars(painter: QPainter, box: QRectF, bars: tuple[Span, ...], t: Tokens) -> None:
    """Paint the track of a day and the bars on it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(paint.colour(t.key_cap))
    painter.drawRoundedRect(box, 3, 3)
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


def tone_colour(tone: str, t: Tokens) -> str:
    """Return the colour of a status word; it is never the only sign of the status."""
    return {
        "free": t.free_text,
        "busy": t.now_text,
        "ringing": t.ringing,
        "away": t.away_text,
        "off": t.off_text,
    }.get(tone, t.text)
