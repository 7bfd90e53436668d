"""The list of calls at the left: the queue, my calls on hold, calls that wait at colleagues.

The view paints its rows itself (`call_paint`): asking a delegate for each cell would cost more than the row.
"""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from reception.console.api import Delta
from widgets import call_words, formats, paint
from widgets.board import BoardRow, CallRow, HeadRow, rows
from widgets.call_paint import CARD, CLOCK, GAP, HEAD, CallPainter
from widgets.controller import Controller
from widgets.frames import is_about_calls
from widgets.keyed_model import KEY_ROLE, ROW_ROLE, KeyedModel
from widgets.paper import make_list
from widgets.texts import translate
from widgets.theme import Theme
from widgets.tokens import SCROLL_BAR


class CallList(QTableView):
    """All calls that are not in hand, in two columns: the call, and its clock that runs.

    Signals:
        menu_wanted: (str, QPoint) the other button was pressed on a call.
        height_changed: `wanted_height` is another one.
    """

    menu_wanted = Signal(str, object)
    height_changed = Signal()

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.calls = KeyedModel[BoardRow](self._describe, columns=2, parent=self)
        self.setModel(self.calls)
        self._theme = theme
        self.wanted_height = 0
        self._set_up()
        controller.updated.connect(self._on_updated)
        controller.mark_changed.connect(self.refresh)
        controller.asked.connect(self._on_asked)
        theme.changed.connect(self.viewport().update)

    def _set_up(self) -> None:
        self.setAccessibleName(translate("Call", "Calls"))
        make_list(self)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.customContextMenuRequested.connect(self._on_menu)
        columns = self.horizontalHeader()
        columns.setMinimumSectionSize(CLOCK)
        columns.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        columns.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        columns.resizeSection(1, CLOCK)
        self.verticalHeader().setMinimumSectionSize(HEAD)
        self.verticalHeader().setDefaultSectionSize(CARD + GAP)
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)

    # ------------------------------------------------------------------ following

    @Slot()
    def refresh(self) -> None:
        """Bring the rows in step with the replica."""
        controller = self._controller
        bar = self.verticalScrollBar()
        before = bar.value()
        self.calls.set_rows(rows(controller.replica, marked=controller.marked, now=controller.now()))
        self._fit_heights()
        bar.setValue(before)
        self._show_mark()

    def tick(self) -> None:
        """Let the clocks run: their own cells, and rows that have just waited too long."""
        controller = self._controller
        self.calls.set_rows(rows(controller.replica, marked=controller.marked, now=controller.now()))
        for row in range(self.calls.rowCount()):
            if isinstance(self.calls.row_at(row), CallRow):
                self.update(self.calls.index(row, 1))

    def _fit_heights(self) -> None:
        """Give each row its height, and tell how high all of them are: what is empty is not this list's."""
        total = 0
        for row in range(self.calls.rowCount()):
            wanted = HEAD if isinstance(self.calls.row_at(row), HeadRow) else CARD + GAP
            if self.rowHeight(row) != wanted:
                self.setRowHeight(row, wanted)
            total += wanted
        if total != self.wanted_height:
            self.wanted_height = total
            self.height_changed.emit()

    def _show_mark(self) -> None:
        row = self.calls.row_of(self._controller.marked)
        if row is not None:
            index = self.calls.index(row, 0)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.scrollTo(index)

    @Slot(object)
    def _on_updated(self, delta: Delta) -> None:
        if is_about_calls(delta):
            self.refresh()

    @Slot(object)
    def _on_asked(self, _intent: object) -> None:
        self.refresh()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        self._controller.mark(row.key if isinstance(row, CallRow) else None)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        row = index.data(ROW_ROLE)
        if isinstance(row, CallRow):
            self._controller.take_call(row.call.id)

    @Slot(object)
    def _on_menu(self, where: object) -> None:
        index = self.indexAt(where)  # type: ignore[arg-type]  # the signal carries a QPoint
        if isinstance(index.data(ROW_ROLE), CallRow):
            self.menu_wanted.emit(index.data(KEY_ROLE), self.viewport().mapToGlobal(where))  # type: ignore[call-overload]

    def _describe(self, row: BoardRow, column: int) -> str:
        now = self._controller.now()
        if column == 1:
            return (
                formats.duration(now - call_words.waits_since(row))
                if isinstance(row, CallRow)
                else row.count_words
            )
        return call_words.row_text(row, now)

    # ------------------------------------------------------------------ painting

    def _margin(self) -> int:
        """Return what is kept free at the right: the scroll bar's room, while there is none."""
        return SCROLL_BAR if self.verticalScrollBar().maximum() == 0 else 0

    # ------------------------------------------------------------------ Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # keys belong to the window

    def paintEvent(self, event: QPaintEvent) -> None:
        dirty, width, bottom = event.rect(), self.viewport().width(), self.viewport().height()
        is_whole = dirty.left() < width - CLOCK
        painter = QPainter(self.viewport())
        painter.fillRect(dirty, paint.colour(self._theme.tokens.background))
        brush = CallPainter(self._theme, self._margin(), self._controller.now())
        y = -self.verticalScrollBar().value()
        for n in range(self.calls.rowCount()):
            row, high = self.calls.row_at(n), self.rowHeight(n)
            if y > min(dirty.bottom(), bottom):
                break
            if y + high > dirty.top():
                box = QRectF(0, y, width, high)
                if isinstance(row, HeadRow):
                    brush.paint_head(painter, box, row)
                elif row is not None:
                    brush.paint_call(painter, box, row, is_whole=is_whole)
            y += high
        painter.end()
