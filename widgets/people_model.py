"""The rows of the list of colleagues: whoever the search found, or everybody by the alphabet.

Found people are few (`finder.LIMIT`) and compared by id, as in every list. Everybody may be a hundred
thousand: then only the count is known here, and ids come by pages when rows are painted. Between the two,
and when somebody joins or leaves, rows are inserted and removed; the model is never reset. From one search to
the next the rows stay, and other people stand in them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from widgets.keyed_model import KEY_ROLE, runs

Index = QModelIndex | QPersistentModelIndex
Page = Callable[[int, int], Sequence[str]]

PAGE: Final = 64
"""Ids fetched at once: more than a screen."""
_PAGES_KEPT: Final = 8

_SPOKEN: Final = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class Anchor(NamedTuple):
    """Who stands uppermost, and how far they are scrolled out."""

    person: str
    offset: int


class PeopleModel(QAbstractTableModel):
    """People by id, in one column.

    `page(start, count)` gives ids by the alphabet, `place_of` the place of one; `describe` the words of a row
    for those who listen.
    """

    def __init__(
        self,
        page: Page,
        place_of: Callable[[str], int | None],
        describe: Callable[[str], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._page = page
        self._place_of = place_of
        self._describe = describe
        self._found: list[str] | None = []
        self._places: dict[str, int] | None = None
        self._count = 0
        self._pages: OrderedDict[int, Sequence[str]] = OrderedDict()

    # ------------------------------------------------------------------ reading

    @property
    def is_everybody(self) -> bool:
        """True while nothing is searched for."""
        return self._found is None

    def id_at(self, row: int) -> str | None:
        """Return who stands in a row, None beyond the ends."""
        if not 0 <= row < self._count:
            return None
        if self._found is not None:
            return self._found[row]
        number, place = divmod(row, PAGE)
        page = self._pages.get(number)
        if page is None:
            page = self._pages[number] = self._page(number * PAGE, PAGE)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        return page[place] if place < len(page) else None

    def row_of(self, person: str | None) -> int | None:
        """Return where somebody stands, or None."""
        if person is None:
            return None
        if self._found is not None:
            is_first = bool(self._found) and self._found[0] == person  # as after each key
            return 0 if is_first else self._places_of_found().get(person)
        place = self._place_of(person)
        return place if place is not None and place < self._count else None

    # ------------------------------------------------------------------ changing

    def show_found(self, ids: Sequence[str]) -> None:
        """Show these people, compared by id with those who stand here."""
        wanted = list(ids)
        if wanted == self._found:
            return
        if self._found is None:
            self._set_count(0)
            self._found = []
            self._pages.clear()
        self._keep_only(set(wanted))
        self._insert(wanted)

    def show_others(self, ids: Sequence[str]) -> None:
        """Show these people, of another search: rows come and go at the end, all others are told as changed.

        Most of them are. Whoever is in both is not followed from row to row: what was chosen in one search
        is not what is chosen in the next.
        """
        wanted = list(ids)
        found = self._found
        if found is None:
            self.show_found(wanted)
            return
        before, now = len(found), len(wanted)
        if now > before:
            self.beginInsertRows(QModelIndex(), before, now - 1)
            self._note(found + wanted[before:])
            self.endInsertRows()
        elif now < before:
            self.beginRemoveRows(QModelIndex(), now, before - 1)
            self._note(found[:now])
            self.endRemoveRows()
        self._note(wanted)
        if stay := min(before, now):
            self.dataChanged.emit(self.index(0, 0), self.index(stay - 1, 0))

    def show_everybody(self, count: int) -> None:
        """Show all people, so many they are now; who they are is asked when they are painted."""
        self._pages.clear()
        if self._found is not None:
            self._keep_only(set())
            self._found = self._places = None
        self._set_count(count)

    def tell_changed(self, row: int) -> None:
        """Say that what a row shows is different."""
        self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def _set_count(self, count: int) -> None:
        """Have so many rows. Which of them are new is not known, so the last ones come and go."""
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(QModelIndex(), count, self._count - 1)
            self._count = count
            self.endRemoveRows()

    def _keep_only(self, wanted: set[str]) -> None:
        found = self._found or []
        gone = [i for i, person in enumerate(found) if person not in wanted]
        for first, last in reversed(list(runs(gone))):
            self.beginRemoveRows(QModelIndex(), first, last)
            del found[first : last + 1]
            self._note(found)
            self.endRemoveRows()

    def _insert(self, wanted: list[str]) -> None:
        """Bring who stays into the new order, then let the new ones in."""
        found = self._found or []
        stay = set(found)
        order = [p for p in wanted if p in stay]
        if order != found:
            self._reorder(order)
        new = [i for i, person in enumerate(wanted) if person not in stay]
        found = list(order)
        for first, last in runs(new):
            self.beginInsertRows(QModelIndex(), first, last)
            found[first:first] = wanted[first : last + 1]
            self._note(found)
            self.endInsertRows()

    def _reorder(self, order: list[str]) -> None:
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        people = [self.id_at(i.row()) for i in old]
        self._note(order)
        places = self._places_of_found()
        rows = [places.get(person) if person is not None else None for person in people]
        new = [self.index(row, 0) if row is not None else QModelIndex() for row in rows]
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _note(self, found: list[str]) -> None:
        self._found = found
        self._count = len(found)
        self._places = None

    def _places_of_found(self) -> dict[str, int]:
        if self._places is None:
            self._places = {person: i for i, person in enumerate(self._found or ())}
        return self._places

    # ------------------------------------------------------------------ Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        person = self.id_at(index.row()) if index.isValid() else None
        if person is None:
            return None
        if role == KEY_ROLE:
            return person
        return self._describe(person) if role in _SPOKEN else None
