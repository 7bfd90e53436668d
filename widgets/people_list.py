"""The list of colleagues: whoever the search found, or everybody; one line each, kept by id.

The view paints its rows itself, from kept pieces (`row_pictures`): a delegate would cost more than the row.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from reception.console.api import Delta
from widgets import paint, person_view, row_paint, texts, tiles
from widgets.controller import Controller
from widgets.corners import round_corners
from widgets.fades import MOST, Fades
from widgets.keyed_model import KEY_ROLE
from widgets.paper import make_list
from widgets.people_model import Anchor, PeopleModel
from widgets.person_view import Moment
from widgets.row_paint import Look
from widgets.row_pictures import RowPictures, Shown
from widgets.theme import Theme
from widgets.tokens import ROW

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent  # setting it up at the start would cost more than a row

    from widgets.faces import Faces
    from widgets.finder import Found
    from widgets.wall_view import Period

Index = QModelIndex | QPersistentModelIndex

_SAME_MOMENT_S: Final = 0.25
"""So long what all rows share holds."""
_SELECT: Final = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


class PeopleList(QTableView):
    """The colleagues. The caret stays in the search field; the selection here is a person's id.

    Signals:
        wanted: a row was double-clicked: pass the call on.
        menu_wanted: (QPoint) a row was clicked with the other button.
    """

    wanted = Signal()
    menu_wanted = Signal(object)

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._theme = theme
        self._is_syncing = self._is_choosing = False
        self._under = -1
        self._alike: frozenset[str] = frozenset()
        self._at: Moment | None = None
        self._minute = 0
        self.period: Period | None = None
        self.pictures = RowPictures(self.view_of)
        self._fades = Fades(self)
        self.people = PeopleModel(self._page, self._place_of, self._describe, self)
        self.setModel(self.people)
        self._set_up()
        self._fades.moved.connect(self._on_faded)
        controller.updated.connect(self._on_updated)
        controller.selection_changed.connect(self._on_selection_changed)
        theme.changed.connect(self._fades.stop)

    def _set_up(self) -> None:
        make_list(self)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAutoScroll(False)  # `_show_selection` does that
        self.setMouseTracking(True)
        self.customContextMenuRequested.connect(self._on_menu)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().setMinimumSectionSize(ROW)
        self.verticalHeader().setDefaultSectionSize(ROW)
        self.doubleClicked.connect(self._on_double_clicked)

    # ------------------------------------------------------------------ content

    def show_wall(self, period: Period | None) -> None:
        """Show everybody's time in a period side by side; None: the list again."""
        self.period = period
        self._fades.stop()
        self.pictures.clear()
        self.viewport().update()

    def use_faces(self, faces: Faces) -> None:
        """Paint photos of colleagues from now on, each when it is there."""
        self.pictures.use_faces(
            lambda person: faces.circle(person, round(row_paint.AVATAR * self.devicePixelRatioF()))
        )
        faces.changed.connect(self._on_face)
        self.viewport().update()

    @Slot(str)
    def _on_face(self, person: str) -> None:
        self.pictures.take((person,))
        self._on_faded((person,))

    def prepare(self, typed: str, found: Found) -> None:
        """Have at hand what the rows need that the next key may bring into sight."""
        alike = self._alike | found.alike  # the tag at their name comes and goes
        people = [p for p in found.ids[: self.viewport().height() // ROW + 1] if p not in alike]
        self._controller.replica.read_ahead(self.pictures.without(people))
        self.pictures.prepare(typed, people)

    def name_room(self) -> int:
        """Return how many pixels a name has."""
        return row_paint.places(self.viewport().width()).name

    def show_found(self, *, is_new_search: bool) -> None:
        """Show whom the search found. A new search begins at the top; an update moves nothing."""
        controller, before = self._controller, self.people.rowCount()
        anchor = None if is_new_search else self._anchor()
        self._is_syncing = True
        if controller.found.is_everybody:
            self.people.show_everybody(len(controller.replica.people))
        else:
            show = self.people.show_others if is_new_search else self.people.show_found
            show(controller.found.ids)
        self._is_syncing = False
        if self.people.rowCount() != before:
            self.updateGeometries()  # now: else the bar comes or goes after the picture
        self._fades.stop()
        self.pictures.take(self._alike ^ controller.found.alike)
        self._alike = controller.found.alike
        if is_new_search:
            self._choose_after_search()
        else:
            self._keep_place(anchor)
            self._show_selection(scroll=False)
        self.viewport().update()

    def _choose_after_search(self) -> None:
        """Select the best of the found; with nothing typed keep who was selected, or nobody."""
        controller = self._controller
        self._is_choosing = True
        if controller.typed.strip():
            controller.select(self.people.id_at(0))
        elif self.people.row_of(controller.selected) is None:
            controller.select(None)
        self._is_choosing = False
        self._show_selection(scroll=True)
        if controller.selected is None:
            self.scrollToTop()

    def _anchor(self) -> Anchor | None:
        """Return who stands uppermost; nobody while the list is at its top, which it then stays."""
        value = self.verticalScrollBar().value()
        person = self.people.id_at(value // ROW) if value else None
        return Anchor(person, value % ROW) if person is not None else None

    def _keep_place(self, anchor: Anchor | None) -> None:
        row = self.people.row_of(anchor.person) if anchor is not None else None
        if row is not None and anchor is not None:
            self.verticalScrollBar().setValue(row * ROW + anchor.offset)

    def _page(self, start: int, count: int) -> list[str]:
        return list(self._controller.replica.page(start, count))

    def _place_of(self, person: str) -> int | None:
        return self._controller.replica.place_of(person)

    def _moment(self) -> Moment:
        """Return what all rows share, which is not found out anew for each picture of a storm."""
        now, at = self._controller.now(), self._at
        if at is None or not 0 <= now - at.now < _SAME_MOMENT_S:
            at = self._at = person_view.moment_of(self._controller.replica, now)
        return at

    def view_of(self, key: str) -> Shown | None:
        """Return what the row of a person shows now; None for one who has just left."""
        replica = self._controller.replica
        person = replica.people.get(key)
        if person is None:
            return None
        status, timeline = replica.statuses.get(key), replica.timelines.get(key)
        at = self._moment()
        if self.period is not None:
            return self.period.row(person, status, timeline, at)
        is_alike = key in self._controller.found.alike
        return person_view.row_view(person, status, timeline, at, is_alike=is_alike)

    def _describe(self, person: str) -> str:
        view = self.view_of(person)
        return view.spoken if view else ""

    # ------------------------------------------------------------------ moving

    def step(self, rows: int) -> None:
        """Move the selection by rows, within the ends."""
        here = self.people.row_of(self._controller.selected)
        count = self.people.rowCount()
        if count:
            self._go(0 if here is None else max(0, min(count - 1, here + rows)))

    def page(self, pages: int) -> None:
        """Move the selection by screens; one row of the last screen stays in sight."""
        self.step(pages * max(1, self.viewport().height() // ROW - 1))

    def go_to_end(self, *, is_last: bool) -> None:
        """Select the first or the last row."""
        if self.people.rowCount():
            self._go(self.people.rowCount() - 1 if is_last else 0)

    def _go(self, row: int) -> None:
        person = self.people.id_at(row)
        if person is not None:
            self._controller.select(person)
            self.scrollTo(self.people.index(row, 0))

    # ------------------------------------------------------------------ following

    def tick(self) -> None:
        """Let the now-mark and the words move on, with another minute."""
        if int(self._controller.now() // 60) != self._minute:
            self.viewport().update()

    @Slot(object)
    def _on_updated(self, delta: Delta) -> None:
        if delta.is_reset or delta.link or delta.sources:
            self._at = None
            self.pictures.clear()
            self.viewport().update()
        else:
            self._show_changed(delta.people | delta.statuses | delta.timelines)

    def _rows_in_sight(self) -> range:
        top = self.verticalScrollBar().value()
        last = (top + self.viewport().height() - 1) // ROW
        return range(top // ROW, min(last, self.people.rowCount() - 1) + 1)

    def _show_changed(self, people: Collection[str]) -> None:
        """Paint the rows that look different now; who is out of sight costs nothing."""
        if not people:
            return
        before = self.pictures.take(people)
        different = []
        for row in self._rows_in_sight():
            person = self.people.id_at(row)
            if person is None or person not in people:
                continue
            old = before.get(person)
            if old is None or self.pictures.view(person) != old:
                different.append((row, person, old))
        for row, person, old in different:
            if old is not None and len(different) <= MOST and self._theme.has_motion:
                self._fade(row, person, old)
            self.people.tell_changed(row)

    def _fade(self, row: int, person: str, old: Shown) -> None:
        picture = self.pictures.picture(old, self._state_of(row, person))
        if picture is not None and self.isVisible():
            self._fades.begin(person, picture)

    @Slot(object)
    def _on_faded(self, people: Collection[str]) -> None:
        for row in self._rows_in_sight():
            if self.people.id_at(row) in people:
                self._update_row(row)

    @Slot()
    def _on_selection_changed(self) -> None:
        if not self._is_choosing:
            self._fades.stop()
            self._show_selection(scroll=True)

    def _show_selection(self, *, scroll: bool) -> None:
        row = self.people.row_of(self._controller.selected)
        self._is_syncing = True
        if row is None:
            self.setCurrentIndex(QModelIndex())
            self.clearSelection()
        else:
            index = self.people.index(row, 0)
            bar = self.verticalScrollBar()
            before = bar.value()
            if self.currentIndex() != index or not self.selectionModel().isSelected(index):
                self.selectionModel().setCurrentIndex(index, _SELECT)
            if not scroll:
                bar.setValue(before)
            elif not 0 <= row * ROW - bar.value() <= self.viewport().height() - ROW:
                self.scrollTo(index)
        self._is_syncing = False

    @Slot(object)
    def _on_menu(self, where: object) -> None:
        self.menu_wanted.emit(where)

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.wanted.emit()

    # ------------------------------------------------------------------ painting

    def _state_of(self, row: int, person: str) -> int:
        if person == self._controller.selected:
            return row_paint.SELECTED
        return row_paint.UNDER if row == self._under else row_paint.PLAIN

    def _look(self) -> Look:
        controller, at = self._controller, self._moment()
        self._minute = int(at.now // 60)
        wide, ratio, is_dark = self.viewport().width(), self.devicePixelRatioF(), self._theme.tokens.is_dark
        what = (self._minute, texts.current(), at.doubt, at.is_lost, self.period)
        return Look(controller.typed, wide, ratio, is_dark, *what)

    def _update_row(self, row: int) -> None:
        top = row * ROW - self.verticalScrollBar().value()
        self.viewport().update(QRect(0, top, self.viewport().width(), ROW))

    def _paint_fading(self, painter: QPainter, top: int, person: str, state: int) -> bool:
        fade = self._fades.of(person)
        view = self.pictures.view(person) if fade is not None else None
        new = self.pictures.picture(view, state) if view is not None else None
        if fade is None or new is None:
            return False
        painter.drawPixmap(0, top, fade.old)
        painter.setOpacity(fade.share)
        painter.drawPixmap(0, top, new)
        painter.setOpacity(1.0)
        return True

    # ------------------------------------------------------------------ Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        scrolled = self.verticalScrollBar().value()
        look = self._look()
        self.pictures.begin(look, self.viewport().height() // ROW + 2)
        dirty = event.rect()
        first = (dirty.top() + scrolled) // ROW
        last = min((dirty.bottom() + scrolled) // ROW, self.people.rowCount() - 1)
        people = [(row, person) for row in range(first, last + 1) if (person := self.people.id_at(row))]
        self._controller.replica.read_ahead(self.pictures.without(person for _, person in people))
        painter = QPainter(self.viewport())
        painter.scale(1 / look.ratio, 1 / look.ratio)  # rows are painted in the pixels of the screen
        for row, person in people:
            top, state = round((row * ROW - scrolled) * look.ratio), self._state_of(row, person)
            if not len(self._fades) or not self._paint_fading(painter, top, person, state):
                self.pictures.paint(painter, top, person, state)
        tiles.put_away()
        painter.scale(look.ratio, look.ratio)
        below = max(0, (last + 1) * ROW - scrolled)
        if below <= dirty.bottom():
            rest = QRect(0, below, self.viewport().width(), self.viewport().height() - below)
            paint.fill(painter, rest, self._theme.tokens.panel)
        round_corners(painter, self, dirty, self._theme.tokens.is_dark)
        painter.end()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.viewport().update()  # the corners stay where they are

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._is_syncing and current.isValid():
            self._controller.select(current.data(KEY_ROLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # keys belong to the window

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._set_under(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_under(-1)

    def _set_under(self, row: int) -> None:
        if row != self._under:
            for one in (self._under, row):
                self._update_row(one)
            self._under = row

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        chosen = self.currentIndex()
        if chosen.isValid() and 0 <= self.visualRect(chosen).top() < event.oldSize().height():
            self.scrollTo(chosen)  # who was in sight stays in sight
