"""Colleagues' rows, put together once and kept while they stay as they are.

To put a row together costs many times as much as to paint what it consists of. What a row says is kept by
person, what it consists of by person and state; another look of all rows empties the store, other letters
typed only what was put together for them. For a few texts that may be typed next it is put together ahead.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from msgspec.structs import replace
from PySide6.QtGui import QPainter, QPixmap

from widgets.person_view import RowView
from widgets.row_paint import PLAIN, SELECTED, Brush, FaceOf, Look, Pieces
from widgets.tiles import put_away

if TYPE_CHECKING:
    from widgets.wall_view import WallRow

_SCREENS_SAID: Final = 10
"""Screens of people of whom it is kept what their rows say."""
_AHEAD: Final = 8
"""Texts for which rows are put together ahead."""
_Key: TypeAlias = tuple[str, int]
_Rows: TypeAlias = "OrderedDict[_Key, Pieces]"

Shown: TypeAlias = "RowView | WallRow"
"""What a row shows, in the list and on the wall."""


class AnyBrush(Protocol):
    """Puts rows of one kind together."""

    def pieces(self, view: Any, state: int, /) -> Pieces: ...
    def picture(self, view: Any, state: int, /) -> QPixmap: ...


def brush_of(look: Look, face_of: FaceOf | None = None) -> AnyBrush:
    """Return what paints in a look; the wall's is loaded when it is wanted."""
    if look.period is None:
        return Brush(look, face_of)
    from widgets.wall_paint import WallBrush

    return WallBrush(look, face_of)


class RowPictures:
    """The rows that are in sight and a few more, and those that may come into sight with the next key."""

    def __init__(self, view_of: Callable[[str], Shown | None]) -> None:
        self._view_of = view_of
        self._face_of: FaceOf | None = None
        self._look: Look | None = None
        self._brush: AnyBrush | None = None
        self._views: OrderedDict[str, Shown] = OrderedDict()
        self._rows: _Rows = OrderedDict()
        self._ahead: OrderedDict[str, _Rows] = OrderedDict()
        self._most = 32

    @property
    def is_ahead(self) -> bool:
        """True while rows are put together for a text that may be typed next, until another minute begins."""
        return bool(self._ahead)

    def begin(self, look: Look, rows_in_sight: int) -> None:
        """Begin to paint in this look."""
        self._most = rows_in_sight + 8
        old, self._look = self._look, look
        if look == old:
            return
        self._brush = brush_of(look, self._face_of)
        if old is None or replace(look, typed=old.typed) != old:
            self.clear()
        else:  # other letters are marked, no more
            self._rows = self._ahead.pop(look.typed, OrderedDict())

    def use_faces(self, face_of: FaceOf) -> None:
        """Paint photos from now on; nothing that was painted before is kept."""
        self._face_of, self._look = face_of, None

    def view(self, person: str) -> Shown | None:
        """Return what the row of somebody shows; None for one who has just left."""
        view = self._views.get(person)
        if view is None and (view := self._view_of(person)) is not None:
            self._views[person] = view
            if len(self._views) > self._most * _SCREENS_SAID:
                self._views.popitem(last=False)
        return view

    def without(self, people: Iterable[str]) -> list[str]:
        """Return those of whom nothing is kept here."""
        return [person for person in people if person not in self._views]

    def take(self, people: Collection[str]) -> dict[str, Shown]:
        """Forget these people's rows; returns what was shown of them last."""
        views = self._views
        known = people if len(people) < len(views) else [person for person in views if person in people]
        taken = {person: view for person in known if (view := views.pop(person, None)) is not None}
        for rows in (self._rows, *self._ahead.values()):
            for key in [key for key in rows if key[0] in people]:
                del rows[key]
        return taken

    def clear(self) -> None:
        """Everything may be different."""
        self._views.clear()
        self._rows.clear()
        self._ahead.clear()

    def paint(self, painter: QPainter, top: int, person: str, state: int) -> None:
        """Paint a row at this height."""
        key, rows = (person, state), self._rows
        pieces = rows.get(key)
        if pieces is None:
            view = self.view(person)
            if view is None or self._brush is None:
                return
            pieces = rows[key] = self._brush.pieces(view, state)
            if len(rows) > self._most:
                rows.popitem(last=False)
        draw = painter.drawPixmap
        for left, down, picture in pieces:
            draw(left, top + down, picture)

    def prepare(self, typed: str, people: Sequence[str]) -> None:
        """Put the rows of a screen together for a text that may be typed next; the first one is selected."""
        if self._look is None:
            return
        brush = brush_of(replace(self._look, typed=typed), self._face_of)
        rows: _Rows = OrderedDict()
        for n, person in enumerate(people):
            if (view := self.view(person)) is not None:
                state = PLAIN if n else SELECTED
                rows[person, state] = brush.pieces(view, state)
        put_away()
        self._ahead[typed] = rows
        if len(self._ahead) > _AHEAD:
            self._ahead.popitem(last=False)

    def picture(self, view: Shown, state: int) -> QPixmap | None:
        """Return a picture of what a row shows or showed."""
        return self._brush.picture(view, state) if self._brush is not None else None
