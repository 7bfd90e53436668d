"""A list model whose rows have ids: every list of the window is one of these.

`set_rows` compares by id and says only what is different: removed, moved, inserted, changed rows. So
selection and scroll survive every update, and nothing is ever reset.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any, Final, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex

ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole)
KEY_ROLE: Final = ROW_ROLE + 1


class Keyed(Protocol):
    """A row: a value that can be compared, with a key that stays."""

    @property
    def key(self) -> str: ...


R = TypeVar("R", bound=Keyed)


class KeyedModel(QAbstractTableModel, Generic[R]):
    """Rows by id, in `columns` columns that show the same row.

    `describe(row, column)` gives the words of a cell: what a screen reader says and a tool tip shows.
    """

    def __init__(
        self, describe: Callable[[R, int], str], *, columns: int = 1, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._describe = describe
        self._columns = columns
        self._rows: list[R] = []
        self._places: dict[str, int] | None = {}

    # ------------------------------------------------------------------ reading

    @property
    def _at(self) -> dict[str, int]:
        """Where each id stands; counted when somebody asks, not for each of many steps of one update."""
        if self._places is None:
            self._places = {r.key: i for i, r in enumerate(self._rows)}
        return self._places

    def keys(self) -> list[str]:
        """Return the ids, in order."""
        return [r.key for r in self._rows]

    def row_of(self, key: str | None) -> int | None:
        """Return where an id stands, or None."""
        return self._at.get(key) if key is not None else None

    def row_at(self, row: int) -> R | None:
        """Return the value of a row, or None beyond the ends."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    # ------------------------------------------------------------------ changing

    def set_rows(self, rows: Sequence[R]) -> None:
        """Make the list these rows; ids must be unique."""
        new_at = {r.key: i for i, r in enumerate(rows)}
        if len(new_at) != len(rows):
            raise ValueError("two rows with one id")
        self._remove_missing(new_at)
        self._reorder(new_at)
        self._insert_new(rows)
        self._change(rows)

    def touch(self, keys: Collection[str]) -> None:
        """Say that what is shown for these ids is different, though their rows are the same."""
        at = self._at
        for row in sorted(at[k] for k in keys if k in at):
            self._emit(row, row)

    def touch_column(self, column: int) -> None:
        """Say that a column's words are different in all rows (its clocks have moved on)."""
        if self._rows:
            self.dataChanged.emit(self.index(0, column), self.index(len(self._rows) - 1, column))

    def _remove_missing(self, wanted: dict[str, int]) -> None:
        gone = [i for i, r in enumerate(self._rows) if r.key not in wanted]
        for first, last in reversed(list(runs(gone))):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
            self._reindex()
            self.endRemoveRows()

    def _reorder(self, wanted: dict[str, int]) -> None:
        """Bring the rows that stay into their new order: one move if that is enough, else all in one step."""
        order = sorted(range(len(self._rows)), key=lambda i: wanted[self._rows[i].key])
        if order == list(range(len(order))):
            return
        if (move := _single_move(order)) is not None:
            source, target = move
            self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), target + (target > source))
            self._rows.insert(target, self._rows.pop(source))
            self._reindex()
            self.endMoveRows()
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        self._rows = [self._rows[i] for i in order]
        self._reindex()
        places = {was: now for now, was in enumerate(order)}
        self.changePersistentIndexList(old, [self.index(places[i.row()], i.column()) for i in old])
        self.layoutChanged.emit()

    def _insert_new(self, rows: Sequence[R]) -> None:
        at = self._at
        new = [i for i, r in enumerate(rows) if r.key not in at]
        for first, last in runs(new):
            self.beginInsertRows(QModelIndex(), first, last)
            self._rows[first:first] = rows[first : last + 1]
            self._reindex()
            self.endInsertRows()

    def _change(self, rows: Sequence[R]) -> None:
        different = [i for i, r in enumerate(rows) if self._rows[i] is not r and self._rows[i] != r]
        for i in different:
            self._rows[i] = rows[i]
        for first, last in runs(different):
            self._emit(first, last)

    def _emit(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, self._columns - 1))

    def _reindex(self) -> None:
        self._places = None

    # ------------------------------------------------------------------ Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._columns

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row()) if index.isValid() else None
        if row is None:
            return None
        if role == ROW_ROLE:
            return row
        if role == KEY_ROLE:
            return row.key
        if role in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.AccessibleTextRole,
        ):
            return self._describe(row, index.column())
        return None


def runs(indexes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield (first, last) of each run of neighbours in ascending numbers."""
    start = previous = None
    for i in indexes:
        if start is None or previous is None:
            start = i
        elif i != previous + 1:
            yield start, previous
            start = i
        previous = i
    if start is not None and previous is not None:
        yield start, previous


def _single_move(order: Sequence[int]) -> tuple[int, int] | None:
    """Return (from, to) when taking one row out and putting it elsewhere makes this order, else None."""
    first = next(i for i, was in enumerate(order) if i != was)
    last = next(i for i in range(len(order) - 1, -1, -1) if order[i] != i)
    for source, target in ((first, last), (last, first)):
        trial = list(range(len(order)))
        trial.insert(target, trial.pop(source))
        if trial == list(order):
            return source, target
    return None
