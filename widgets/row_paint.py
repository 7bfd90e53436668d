"""How a colleague's row is painted: from tiles of words (`tiles`) and small pictures that many rows share.

With each letter typed nearly every row in sight is another one, so what counts is the cost of a row that was
never painted before: next to nothing in it is drawn, most is copied, and what is copied where is kept
(`row_pictures`). What all rows have in common (width, theme, letters typed, the minute) is the `Look`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPixmap

from reception.model.lines import StatusKind
from reception.model.people import NumberKind
from widgets import paint, tags
from widgets.bars_paint import paint_bars
from widgets.line_sign import HEIGHT, line_sign
from widgets.matching import spans
from widgets.paint import SEMI
from widgets.person_view import RowView, Sentence, Sign, Span
from widgets.texts import translate
from widgets.tiles import Ink, margin, pieces_of, put_away, tile
from widgets.tokens import DARK, LIGHT, ROW, Tokens

if TYPE_CHECKING:
    from widgets.wall_view import Period

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
AVATAR: Final = 34
_AVATAR_LEFT, _AVATAR_TOP = 12, 9
_NAME_AT, _NAME_HIGH = 8, 19
_ROLE_AT, _ROLE_HIGH = 26, 18
_SENTENCE_AT: Final = 16
_BETWEEN: Final = " · "
_FOUND_HIGH: Final = 17
"""How high the light is behind letters that were found, one pixel below the upper edge of their line."""
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


class Places(msgspec.Struct, frozen=True):
    """Where the parts of a row stand, in pixels from its left."""

    name: int
    signs: int
    sentence: int
    sentence_width: int
    strip: int
    strip_width: int


class Look(msgspec.Struct, frozen=True):
    """What all rows share; another one means other pictures. With a period they are rows of the wall."""

    typed: str
    width: int
    ratio: float
    is_dark: bool
    minute: int
    language: str
    doubt: str
    is_lost: bool
    period: Period | None = None


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


class _Inks:
    """The inks of a row in one state: what is written, and what is written where letters were found."""

    def __init__(self, look: Look, state: int) -> None:
        t = self.tokens = DARK if look.is_dark else LIGHT
        self.back = t.accent_background if state == SELECTED else t.raised if state == UNDER else t.panel
        back, ratio = self.back, look.ratio
        self.name = Ink(13, True, t.text, back, _NAME_HIGH, ratio)
        self.name_found = replace(self.name, back=t.match)
        self.role = Ink(12, False, t.muted, back, _ROLE_HIGH, ratio)
        self.role_found = replace(self.role, back=t.match)
        self.now = Ink(13, False, t.text, back, _NAME_HIGH, ratio)
        self.later = replace(self.now, colour=t.muted)
        self._tones: dict[str, Ink] = {}

    def word(self, tone: str) -> Ink:
        """Return the ink of a status word."""
        ink = self._tones.get(tone)
        if ink is None:
            ink = self._tones[tone] = replace(self.name, colour=tone_colour(tone, self.tokens))
        return ink


FaceOf: TypeAlias = Callable[[str], "QPixmap | None"]
"""Returns the photo of a colleague as a circle `AVATAR` wide, in the screen's own pixels; None: initials."""


Piece: TypeAlias = tuple[int, int, QPixmap]
"""A small picture and where it lies in its row, in the screen's own pixels."""
Pieces: TypeAlias = Sequence[Piece]


class Brush:
    """Puts rows together in one look, in the pixels of the screen: whoever paints has scaled to them."""

    def __init__(self, look: Look, face_of: FaceOf | None = None) -> None:
        self._look, self._face_of = look, face_of
        self._at = at = places(look.width)
        self._inks: dict[int, _Inks] = {}
        self._ratio = ratio = look.ratio
        self._wide, self._high = round(look.width * ratio), round(ROW * ratio)
        self._line = max(1, int(ratio))
        self._beside = margin(ratio)
        self._circle = round((_AVATAR_LEFT - paint.HALO) * ratio), round((_AVATAR_TOP - paint.HALO) * ratio)
        self._letters = round(_AVATAR_LEFT * ratio), round(_AVATAR_TOP * ratio)
        self._left, self._room = round(_LEFT * ratio), at.name * ratio + 0.01
        self._name_at, self._role_at = round(_NAME_AT * ratio), round(_ROLE_AT * ratio)
        self._signs = round(at.signs * ratio), round(15 * ratio)
        self._said_at = round(_SENTENCE_AT * ratio)
        self._found_high = round(_FOUND_HIGH * ratio)
        self._strip = round(at.strip * ratio), round((ROW - 1 - _STRIP_HIGH) // 2 * ratio)

    def pieces(self, view: RowView, state: int) -> Pieces:
        """Return what a row is put together from, its paper first."""
        inks = self._inks.get(state)
        if inks is None:
            inks = self._inks[state] = _Inks(self._look, state)
        is_dark, ratio = self._look.is_dark, self._ratio
        bar = round(3 * ratio) if state == SELECTED else 0
        paper = _paper(self._wide, self._high, self._line, inks.back, bar, is_dark)
        found: list[Piece] = [(0, 0, paper)]
        found.append((*self._circle, _avatar(is_dark, view.kind, view.is_stale, inks.back, ratio)))
        face = self._face_of(view.id) if self._face_of is not None else None
        found.append((*self._letters, face or _letters(is_dark, view.initials, ratio)))
        if face is not None:  # its mark lies upon it
            found.append((*self._circle, _mark(is_dark, view.kind, view.is_stale, inks.back, ratio)))
        words = role_words(view, self._look.typed)
        self._write(found, self._role_at, words, self._room, inks.role, inks.role_found)
        room = self._tag_alike(found, view.name) if view.is_alike else self._room
        self._write(found, self._name_at, view.name, room, inks.name, inks.name_found)
        found.append((*self._signs, _signs(view.signs, is_dark, view.are_lines_stale, ratio)))
        self._say(found, view.sentence, inks)
        if self._at.strip_width and view.kind is not None:
            found.append((*self._strip, self._day(view)))
        return found

    def picture(self, view: RowView, state: int) -> QPixmap:
        """Return a row as a picture."""
        picture = QPixmap(self._wide, self._high)
        painter = QPainter(picture)
        for left, top, piece in self.pieces(view, state):
            painter.drawPixmap(left, top, piece)
        painter.end()
        put_away()
        return picture

    def _write(self, found: list[Piece], top: int, text: str, room: float, ink: Ink, lit: Ink) -> None:
        """Write a line word by word, shortened where it must be, and a light behind the letters found.

        Many share their first name, few all of it.
        """
        line = _line(text, ink, room, self._left)
        for part in line.parts:
            found.append((part.left, top, part.picture))
        for begin, length in self._marks(text):
            if begin + length <= line.whole:
                part = next(part for part in line.parts if part.start <= begin < part.end)
                before, picture = _light(
                    part.text, begin - part.start, length, lit, self._line, self._found_high
                )
                found.append((part.left + before, top + self._line, picture))

    def _tag_alike(self, found: list[Piece], name: str) -> float:
        """Put a tag behind the name of one who only sounds alike; returns the room the name has."""
        ratio = self._ratio
        tag = _tag(translate("People", "≈ sounds alike"), self._look.is_dark, ratio)
        used = min((paint.text_width(name, 13, SEMI) + 7) * ratio, self._room - tag.width())
        found.append((self._left + round(used), self._name_at + self._line, tag))
        return used - 6 * ratio

    def _marks(self, text: str) -> Sequence[tuple[int, int]]:
        """Return where letters were found that stand in the order in which they are written."""
        typed = self._look.typed
        marks = spans(text, typed) if typed else ()
        return () if marks and paint.is_right_to_left(text) else marks

    def _say(self, found: list[Piece], said: Sentence, inks: _Inks) -> None:
        """Write word, rest and tag; where the room is short the shorter rest, and that before the tag."""
        ratio, at = self._ratio, self._at
        used = self._put(found, at.sentence, said.word, at.sentence_width, inks.word(said.tone))
        if not said.rest and not said.origin:
            return
        left = at.sentence + used + 3
        free = at.sentence + at.sentence_width - left
        tag = _tag(said.origin, self._look.is_dark, ratio) if said.origin else None
        kept = tag.width() / ratio + 6 if tag is not None else 0.0
        if rest := fitting_rest(said, free, kept):
            used = self._put(found, left, rest, free, inks.now if said.is_strong else inks.later)
            left, free = left + used, free - used
        if tag is not None and kept <= free + 1:
            found.append((round((left + 4) * ratio), round((ROW - tags.HIGH) / 2 * ratio), tag))

    def _put(self, found: list[Piece], left: float, text: str, room: float, ink: Ink) -> float:
        """Write a text that is one piece; returns the width it took, in logical pixels."""
        ratio = self._ratio
        one = tile(text, ink)
        if one.width > room * ratio:
            one = tile(paint.elided(text, ink.pixels, ink.weight, room), ink)
        found.append((round(round(left) * ratio) - self._beside, self._said_at, one.picture))
        return min(one.width / ratio + 1, room)

    def _day(self, view: RowView) -> QPixmap:
        wide = self._at.strip_width
        now = round(view.now * (wide - 2)) if view.now is not None else None
        return _strip(view.strip, now, wide, self._look.is_dark, self._ratio)


def role_words(view: RowView, typed: str) -> str:
    """Return the second line of a row; initials stand there when they are why somebody was found."""
    letters = view.letters if typed and spans(view.letters, typed) else ""
    return _BETWEEN.join(part for part in (letters, view.role) if part)


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


# ---------------------------------------------------------------------- pictures, in the screen's own pixels


class _Part(msgspec.Struct, frozen=True):
    """A word of a line: its letters from `start` to `end`, and where its picture stands."""

    text: str
    start: int
    end: int
    left: int
    picture: QPixmap


class _Line(msgspec.Struct, frozen=True):
    """A written line; of its letters so many are to be seen, all or up to where it is shortened."""

    parts: tuple[_Part, ...]
    whole: int


@lru_cache(maxsize=1024)
def _line(text: str, ink: Ink, room: float, begin: int) -> _Line:
    """Return a line from `begin`, shortened to the room: with each letter typed many stay in sight."""
    pieces, whole = pieces_of(text), len(text)
    tiles = [tile(piece, ink) for piece in pieces]
    if sum([one.width for one in tiles]) > room:
        shown = paint.elided(text, ink.pixels, ink.weight, room / ink.ratio)
        pieces, whole = pieces_of(shown), len(shown) - 1
        tiles = [tile(piece, ink) for piece in pieces]
    parts, x, start, beside = [], float(begin), 0, margin(ink.ratio)
    for piece, one in zip(pieces, tiles, strict=True):
        end = start + len(piece)
        if piece != " ":
            parts.append(_Part(piece, start, end, round(x) - beside, one.picture))
        x += one.width
        start = end
    return _Line(tuple(parts), whole)


@lru_cache(maxsize=512)
def _light(word: str, begin: int, length: int, ink: Ink, top: int, high: int) -> tuple[int, QPixmap]:
    """Return how far into a word its letters that were found begin, and a picture of them on the light.

    The next letter reaches into its margin.
    """
    end, ratio = begin + length, ink.ratio
    before = round(paint.text_width(word[:begin], ink.pixels, ink.weight) * ratio) if begin else 0
    wide = round(paint.text_width(word[begin:end], ink.pixels, ink.weight) * ratio) + 2 * margin(ratio)
    return before, tile(word[begin : end + 1], ink).picture.copy(0, top, wide, high)


@lru_cache(maxsize=4)
def _paper(wide: int, high: int, line: int, back: str, bar: int, is_dark: bool) -> QPixmap:
    """Return what a row lies on, with the line below and a bar at the left. To copy it is to fill it in."""
    t = DARK if is_dark else LIGHT
    picture = QPixmap(wide, high)
    painter = QPainter(picture)
    paint.fill(painter, QRect(0, 0, wide, high - line), back)
    paint.fill(painter, QRect(0, high - line, wide, line), t.line)
    paint.fill(painter, QRect(0, 0, bar, high), t.accent)
    painter.end()
    return picture


@lru_cache(maxsize=64)
def _avatar(is_dark: bool, kind: StatusKind | None, is_stale: bool, back: str, ratio: float) -> QPixmap:
    return _bare(paint.avatar(AVATAR, ratio, is_dark, kind, is_stale, back))


@lru_cache(maxsize=64)
def _mark(is_dark: bool, kind: StatusKind | None, is_stale: bool, back: str, ratio: float) -> QPixmap:
    return _bare(paint.avatar_mark(AVATAR, ratio, is_dark, kind, is_stale, back))


@lru_cache(maxsize=512)
def _letters(is_dark: bool, initials: str, ratio: float) -> QPixmap:
    return _bare(paint.avatar_letters(AVATAR, ratio, is_dark, initials))


@lru_cache(maxsize=256)
def _signs(signs: tuple[Sign, Sign], is_dark: bool, is_stale: bool, ratio: float) -> QPixmap:
    """Return the signs of both lines, side by side."""
    picture = paint.clear(_SIGNS, HEIGHT, ratio)
    painter = QPainter(picture)
    for place, sign in enumerate(signs):
        one = line_sign(_ICONS[sign.kind], sign.state, is_dark, is_stale, sign.is_outside, ratio)
        painter.drawPixmap(place * 30, 0, one)
    painter.end()
    return _bare(picture)


@lru_cache(maxsize=64)
def _tag(words: str, is_dark: bool, ratio: float) -> QPixmap:
    return _bare(tags.tag(words, is_dark, ratio))


@lru_cache(maxsize=192)
def _strip(bars: tuple[Span, ...], now: int | None, width: int, is_dark: bool, ratio: float) -> QPixmap:
    """Return the strip of a day, the now-mark so many pixels from its left; many days are alike."""
    t = DARK if is_dark else LIGHT
    picture = paint.clear(width, _STRIP_HIGH, ratio)
    painter = QPainter(picture)
    paint_bars(painter, QRectF(0, 0, width, _STRIP_HIGH), bars, t)
    if now is not None:
        paint.fill(painter, QRect(now, 0, 2, _STRIP_HIGH), t.text)
    painter.end()
    return _bare(picture)


def _bare(picture: QPixmap) -> QPixmap:
    """Return a picture whose pixels are the screen's."""
    bare = QPixmap(picture)
    bare.setDevicePixelRatio(1)
    return bare


def tone_colour(tone: str, t: Tokens) -> str:
    """Return the colour of a status word; it is never the only sign of the status."""
    return {
        "free": t.free_text,
        "busy": t.now_text,
        "ringing": t.ringing,
        "away": t.away_text,
        "off": t.off_text,
    }.get(tone, t.text)
