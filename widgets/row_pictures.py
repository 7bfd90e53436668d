"""Colleagues' rows as pictures: painted once, kept while they stay as they are, copied from then on.

A row costs many times as much to paint as to copy. So one that is painted a second time unchanged is kept, by
person and state; another look of all rows empties the store.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from msgspec.structs import replace
from PySide6.QtGui import QPainter, QPixmap

from widgets.person_view import RowView
from widgets.row_paint import Brush, FaceOf, Look

if TYPE_CHECKING:
    from widgets.wall_view import WallRow

Shown: TypeAlias = "RowView | WallRow"
"""What a row shows, in the list and on the wall."""


class AnyBrush(Protocol):
    """Paints rows of one kind. `keeps_at_once`: they cost so much that the first one is kept already."""

    @property
    def keeps_at_once(self) -> bool: ...
    def paint(self, painter: QPainter, top: int, view: Any, state: int, /) -> None: ...
    def picture(self, view: Any, state: int, /) -> QPixmap: ...


def brush_of(look: Look, face_of: FaceOf | None = None) -> AnyBrush:
    """Return what paints in a look; the wall's is loaded when it is wanted."""
    if look.period is None:
        return Brush(look, face_of)
    from widgets.wall_paint import WallBrush

    return WallBrush(look, face_of)


class _Kept:
    """One person's row: what it shows, its pictures by state, and the states painted once."""

    __slots__ = ("pictures", "seen", "view")

    def __init__(self, view: Shown) -> None:
        self.view = view
        self.pictures: dict[int, QPixmap] = {}
        self.seen: set[int] = set()

    def forget_pictures(self) -> None:
        """Other letters are marked; what the row tells is the same."""
        self.pictures.clear()
        self.seen.clear()


class RowPictures:
    """The rows that are in sight, and a few more."""

    def __init__(self, view_of: Callable[[str], Shown | None]) -> None:
        self._view_of = view_of
        self._face_of: FaceOf | None = None
        self._look: Look | None = None
        self._brush: AnyBrush | None = None
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._most = 32

    def __len__(self) -> int:
        return len(self._kept)

    def begin(self, look: Look, rows_in_sight: int) -> None:
        """Begin to paint in this look."""
        self._most = rows_in_sight + 8
        old, self._look = self._look, look
        if look != old:
            self._brush = brush_of(look, self._face_of)
        if old is None or replace(look, typed=old.typed) != old:
            self._kept.clear()
        elif look.typed != old.typed:
            for kept in self._kept.values():
                kept.forget_pictures()

    def use_faces(self, face_of: FaceOf) -> None:
        """Paint photos from now on; nothing that was painted before is kept."""
        self._face_of, self._look = face_of, None

    def view(self, person: str) -> Shown | None:
        """Return what the row of somebody shows; None for one who has just left."""
        kept = self._keep(person)
        return kept.view if kept is not None else None

    def without(self, people: Iterable[str]) -> list[str]:
        """Return those of whom nothing is kept here."""
        return [person for person in people if person not in self._kept]

    def take(self, people: Collection[str]) -> dict[str, Shown]:
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
        if kept is None or self._brush is None:
            return
        picture = kept.pictures.get(state)
        if picture is None and (self._brush.keeps_at_once or state in kept.seen):
            picture = kept.pictures[state] = self._brush.picture(kept.view, state)
        if picture is not None:
            painter.drawPixmap(0, top, picture)
            return
        kept.seen.add(state)
        self._brush.paint(painter, top, kept.view, state)

    def picture(self, view: Shown, state: int) -> QPixmap | None:
        """Return a picture of what a row shows or showed."""
        return self._brush.picture(view, state) if self._brush is not None else None

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
