"""The list of calls at the left: the queue, my calls on hold, calls that wait at colleagues."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from reception.console.api import Delta
from reception.model.calls import Place
from widgets import call_words, formats, keys, paint
from widgets.board import BoardRow, CallRow, HeadRow, Section, rows
from widgets.controller import Controller
from widgets.frames import is_about_calls
from widgets.keyed_model import KEY_ROLE, ROW_ROLE, KeyedModel
from widgets.paint import SEMI
from widgets.paper import paper
from widgets.texts import translate
from widgets.theme import Theme, heading_font
from widgets.tokens import SCROLL_BAR, Tokens

Index = QModelIndex | QPersistentModelIndex

_CARD = 50
_GAP = 8
_HEAD = 28
_CLOCK = 84


class CallList(QTableView):
    """All calls that are not in hand, in two columns: the call, and its clock that runs.

    Signals:
        menu_wanted: (str, QPoint) the other button was pressed on a call.
    """

    menu_wanted = Signal(str, object)

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.calls = KeyedModel[BoardRow](self._describe, columns=2, parent=self)
        self.setModel(self.calls)
        self.setItemDelegate(CallDelegate(controller, theme, self))
        self._set_up()
        controller.updated.connect(self._on_updated)
        controller.mark_changed.connect(self.refresh)
        controller.asked.connect(self._on_asked)

    def _set_up(self) -> None:
        self.setAccessibleName(translate("Call", "Calls"))
        self.setViewport(paper())
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        columns = self.horizontalHeader()
        columns.hide()
        columns.setMinimumSectionSize(_CLOCK)
        columns.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        columns.setSectionResizeMode(1, QHeaderView.ResizeMode.Fixed)
        columns.resizeSection(1, _CLOCK)
        lines = self.verticalHeader()
        lines.hide()
        lines.setMinimumSectionSize(_HEAD)
        lines.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        lines.setDefaultSectionSize(_CARD + _GAP)
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
        for row in range(self.calls.rowCount()):
            wanted = _HEAD if isinstance(self.calls.row_at(row), HeadRow) else _CARD + _GAP
            if self.rowHeight(row) != wanted:
                self.setRowHeight(row, wanted)

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

    # ------------------------------------------------------------------ Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # keys belong to the window


class CallDelegate(QStyledItemDelegate):
    """Paints headings, and each call as a card across both columns; a tick paints the clock's half only."""

    def __init__(self, controller: Controller, theme: Theme, view: CallList) -> None:
        super().__init__(view)
        self._controller = controller
        self._theme = theme
        self._view = view

    def _card(self, index: Index) -> QRectF:
        """Return the card of a row in the viewport, over all columns."""
        left = QRectF(self._view.visualRect(index.sibling(index.row(), 0)))
        right = QRectF(self._view.visualRect(index.sibling(index.row(), 1)))
        return QRectF(left.left(), left.top(), right.right() - left.left() - self._margin(), _CARD)

    def _margin(self) -> int:
        """Return what is kept free at the right: the scroll bar's room, while there is none."""
        return SCROLL_BAR if self._view.verticalScrollBar().maximum() == 0 else 0

    def _paint_head(self, painter: QPainter, box: QRectF, row: HeadRow, column: int) -> None:
        t = self._theme.tokens
        painter.setPen(QColor(t.muted))
        painter.setFont(heading_font())
        where = box.adjusted(0, 2, -1 - self._margin() * column, 0)
        if column == 0:
            text = call_words.section_words(row.section)
            painter.drawText(where, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        else:
            painter.drawText(
                where, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), row.count_words
            )

    def _paint_frame(self, painter: QPainter, card: QRectF, row: CallRow) -> None:
        t = self._theme.tokens
        line = t.accent if row.is_marked else t.line
        fill = t.accent_background if row.is_marked else t.panel
        if row.asked:
            fill = t.raised
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(line), 1.5 if row.is_marked else 1)
        if row.is_stale or row.asked:
            pen = QPen(QColor(t.faint), 1, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        if (edge := _edge_colour(row, t)) is not None and not row.is_stale:
            painter.save()
            painter.setClipRect(
                QRectF(card.left(), card.top(), 4, card.height()), Qt.ClipOperation.IntersectClip
            )
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(edge))
            painter.drawRoundedRect(card, 8, 8)
            painter.restore()

    def _paint_words(self, painter: QPainter, card: QRectF, row: CallRow) -> None:
        t = self._theme.tokens
        left = card.left() + 12
        width = card.width() - _CLOCK - 8
        name = _icon_of(row)
        if name:
            paint.draw_icon(painter, name, _icon_colour(row, t), QPointF(left + 7, card.top() + 16), 14)
        indent = 20 if name else 0
        colour = t.muted if row.is_stale else t.text
        top = QRectF(left + indent, card.top() + 6, width - indent, 20)
        paint.draw_text(painter, top, call_words.party(row.call), colour, weight=SEMI)
        under = QRectF(left, card.top() + 25, width, 18)
        paint.draw_text(painter, under, call_words.row_line(row), t.muted, pixels=12)

    def _paint_clock(self, painter: QPainter, card: QRectF, row: CallRow) -> None:
        t = self._theme.tokens
        right = card.right() - 10
        wait = self._controller.now() - call_words.waits_since(row)
        colour = t.now_text if row.is_over else t.text
        if row.is_stale:
            colour = t.muted
        where = QRectF(right - _CLOCK + 12, card.top() + 6, _CLOCK - 12, 20)
        paint.draw_text(
            painter,
            where,
            formats.duration(wait),
            colour,
            weight=SEMI,
            align=Qt.AlignmentFlag.AlignRight,
            is_tabular=True,
        )
        cap = keys.take_cap(row.number) if row.number else ""
        used = paint.draw_key_cap(painter, QPointF(right, card.top() + 34), cap, t) if cap else 0.0
        if row.position:
            where = QRectF(right - _CLOCK, card.top() + 25, _CLOCK - used - 6, 18)
            text = f"{row.position}."
            paint.draw_text(painter, where, text, t.muted, pixels=12, align=Qt.AlignmentFlag.AlignRight)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        painter.save()
        box = QRectF(option.rect)
        painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
        if isinstance(row, HeadRow):
            self._paint_head(painter, box, row, index.column())
        elif isinstance(row, CallRow):
            card = self._card(index)
            self._paint_frame(painter, card, row)
            if index.column() == 0:
                self._paint_words(painter, card, row)
            else:
                self._paint_clock(painter, card, row)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(_CLOCK, _CARD + _GAP)


def _edge_colour(row: CallRow, t: Tokens) -> str | None:
    if row.call.returned is not None:
        return t.ringing
    if row.is_over:
        return t.now
    if row.call.place is Place.CAMPED:
        return t.away
    if row.call.place is Place.OFFERED:
        return t.ringing
    return None


def _icon_of(row: CallRow) -> str:
    if row.call.returned is not None:
        return "returned"
    if row.call.is_callback_entry:
        return "callback"
    if row.call.place is Place.OFFERED:
        return "phone"
    if row.section is Section.HELD:
        return "hold"
    return {Place.CAMPED: "camped", Place.PARKED: "parked", Place.TRANSFERRING: "transfer"}.get(
        row.call.place, ""
    )


def _icon_colour(row: CallRow, t: Tokens) -> str:
    if row.call.returned is not None or row.call.place is Place.OFFERED:
        return t.ringing
    return t.accent if row.call.is_callback_entry else t.muted
