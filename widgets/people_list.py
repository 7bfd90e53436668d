"""The list of colleagues: whoever the search found, one line each, kept by id."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from reception.console.api import Delta, LinkState
from reception.directory.numbers import is_extension
from reception.model.lines import LineState, PersonStatus
from reception.model.people import NumberKind, Person
from widgets import paint, presence_words
from widgets.controller import Controller
from widgets.keyed_model import KEY_ROLE, KeyedModel
from widgets.line_sign import line_sign
from widgets.matching import spans
from widgets.paint import SEMI
from widgets.presence_words import StatusWords
from widgets.texts import translate
from widgets.theme import Theme
from widgets.tokens import ROW, Tokens

Index = QModelIndex | QPersistentModelIndex

_PAGE_OVERLAP: Final = 1
_NAME_ROOM: Final = 326
"""Pixels for name and signs where there is room enough: most names stand there whole."""
_STATUS_ROOM: Final = 228
"""Pixels that the status keeps when the list is narrow."""
_SIGNS: Final = 66
"""Pixels of the two signs and the space before them."""
_INSIDE: Final = (NumberKind.DESK, NumberKind.SOFTPHONE)
_ICONS: Final = {
    NumberKind.DESK: "phone",
    NumberKind.SOFTPHONE: "softphone",
    NumberKind.MOBILE: "mobile",
}
_MATTERS: Final = (
    LineState.TALKING,
    LineState.HELD,
    LineState.RINGING,
    LineState.IDLE,
    LineState.UNREACHABLE,
    LineState.UNKNOWN,
)


class PersonKey(NamedTuple):
    """A row: only who it is; everything else is in the replica."""

    key: str


class PersonView(NamedTuple):
    """What a row shows."""

    person: Person
    status: PersonStatus
    words: StatusWords
    is_stale: bool


marked_letters = lru_cache(maxsize=4096)(spans)


class PeopleList(QTableView):
    """The colleagues found. The caret stays in the search field; the selection here is a person's id.

    Signals:
        wanted: a row was double-clicked: pass the call on.
        menu_wanted: (QPoint) a row was clicked with the other button.
    """

    wanted = Signal()
    menu_wanted = Signal(object)

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._is_syncing = False
        self.people = KeyedModel[PersonKey](self._describe, parent=self)
        self.setModel(self.people)
        self.setItemDelegate(PersonDelegate(controller, theme, self))
        self._set_up()
        controller.updated.connect(self._on_updated)
        controller.selection_changed.connect(self._on_selection_changed)

    def _set_up(self) -> None:
        self.setAccessibleName(translate("People", "Colleagues"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._on_menu)
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(ROW)
        rows.setMinimumSectionSize(ROW)
        self.doubleClicked.connect(self._on_double_clicked)

    # ------------------------------------------------------------------ content

    def view_of(self, key: str) -> PersonView | None:
        """Return what the row of a person shows; None for one who has just left."""
        replica = self._controller.replica
        person = replica.people.get(key)
        if person is None:
            return None
        is_lost = replica.link is not LinkState.UP
        status = replica.statuses.get(key) or presence_words.unknown(key)
        words = presence_words.status_words(status, is_stale=is_lost)
        return PersonView(person, status, words, is_lost or status.is_stale)

    def name_room(self) -> int:
        """Return how many pixels a name has."""
        return max(200, min(_NAME_ROOM, self.width() - 70 - _STATUS_ROOM)) - _SIGNS

    def show_found(self, *, is_new_search: bool) -> None:
        """Show whom the search found. A new search begins at the top; an update moves nothing."""
        ids = self._controller.found.ids
        self._is_syncing = True
        self.people.set_rows([PersonKey(i) for i in ids])
        self._is_syncing = False
        if is_new_search:
            self._choose_after_search(ids)
        else:
            self._show_selection(scroll=False)

    def _choose_after_search(self, ids: list[str]) -> None:
        """Select the best of the found; with nothing typed keep who was selected, or nobody."""
        controller = self._controller
        if controller.typed.strip():
            controller.select(ids[0] if ids else None)
        elif self.people.row_of(controller.selected) is None:
            controller.select(None)
        self._show_selection(scroll=True)
        if controller.selected is None:
            self.scrollToTop()

    # ------------------------------------------------------------------ moving

    def step(self, rows: int) -> None:
        """Move the selection by rows, within the ends."""
        here = self.people.row_of(self._controller.selected)
        count = self.people.rowCount()
        if count:
            self._go(0 if here is None else max(0, min(count - 1, here + rows)))

    def page(self, pages: int) -> None:
        """Move the selection by screens."""
        self.step(pages * max(1, self.viewport().height() // ROW - _PAGE_OVERLAP))

    def go_to_end(self, *, is_last: bool) -> None:
        """Select the first or the last row."""
        if self.people.rowCount():
            self._go(self.people.rowCount() - 1 if is_last else 0)

    def _go(self, row: int) -> None:
        found = self.people.row_at(row)
        if found is not None:
            self._controller.select(found.key)
            self.scrollTo(self.people.index(row, 0))

    # ------------------------------------------------------------------ following

    @Slot(object)
    def _on_updated(self, delta: Delta) -> None:
        if delta.is_reset or delta.link:
            self.viewport().update()
        self.people.touch(delta.people | delta.statuses)

    @Slot()
    def _on_selection_changed(self) -> None:
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
                self.setCurrentIndex(index)
                self.selectRow(row)
            if scroll:
                self.scrollTo(index)
            else:
                bar.setValue(before)
        self._is_syncing = False

    def _describe(self, row: PersonKey, _column: int) -> str:
        view = self.view_of(row.key)
        return presence_words.person_words(view.person, view.words) if view else ""

    @Slot(object)
    def _on_menu(self, where: object) -> None:
        self.menu_wanted.emit(where)

    @Slot(QModelIndex)
    def _on_double_clicked(self, _index: QModelIndex) -> None:
        self.wanted.emit()

    # ------------------------------------------------------------------ Qt

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._is_syncing and current.isValid():
            self._controller.select(current.data(KEY_ROLE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.ignore()  # keys belong to the window

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        chosen = self.currentIndex()
        if chosen.isValid() and 0 <= self.visualRect(chosen).top() < event.oldSize().height():
            self.scrollTo(chosen)  # who was in sight stays in sight


class PersonDelegate(QStyledItemDelegate):
    """Paints a colleague: avatar with status shape, name, role, one sign per line, the status in words."""

    def __init__(self, controller: Controller, theme: Theme, view: PeopleList) -> None:
        super().__init__(view)
        self._controller = controller
        self._theme = theme
        self._view = view

    def _paint_back(self, painter: QPainter, box: QRectF, option: QStyleOptionViewItem) -> bool:
        t = self._theme.tokens
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        is_under = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(Qt.PenStyle.NoPen)
        if is_selected:
            painter.fillRect(box, QColor(t.accent_background))
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), QColor(t.accent))
        elif is_under:
            painter.fillRect(box, QColor(t.raised))
        painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), QColor(t.line))
        return is_selected

    def _paint_marked(
        self, painter: QPainter, box: QRectF, text: str, colour: str, pixels: int, weight: QFont.Weight
    ) -> None:
        """Paint a text, and behind it a light on the letters that the search has found."""
        text = paint.plain(text)
        measures = paint.metrics(pixels, weight)
        for start, length in marked_letters(text, self._controller.typed):
            left = measures.horizontalAdvance(text[:start])
            width = measures.horizontalAdvance(text[: start + length]) - left
            if left + width <= box.width():
                light = QRectF(box.left() + left - 1, box.top() + 1, width + 2, 17)
                painter.fillRect(light, QColor(self._theme.tokens.match))
        paint.draw_text(painter, box, text, colour, pixels=pixels, weight=weight)

    def _paint_signs(self, painter: QPainter, right: float, middle: float, view: PersonView) -> None:
        kinds = (_INSIDE, (NumberKind.MOBILE,))
        t, ratio = self._theme.tokens, painter.device().devicePixelRatioF()
        for place, wanted in enumerate(kinds):
            box = QRectF(right - 58 + place * 30, middle - 11, 26, 22)
            kind, number, state = _busiest(view, wanted)
            is_outside = number is not None and not is_extension(number)
            painter.drawPixmap(
                box.topLeft(), line_sign(_ICONS[kind], state, t.is_dark, view.is_stale, is_outside, ratio)
            )

    def _paint_status(self, painter: QPainter, box: QRectF, words: StatusWords) -> None:
        t = self._theme.tokens
        tone = tone_colour(words.tone, t)
        width = paint.draw_text(painter, box, words.word, tone, weight=SEMI)
        if words.detail and box.width() - width > 24:
            rest = QRectF(box.left() + width + 3, box.top(), box.width() - width - 3, box.height())
            paint.draw_text(painter, rest, f"· {words.detail}", t.muted, pixels=12)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        key = index.data(KEY_ROLE)
        view = self._view.view_of(key) if isinstance(key, str) else None
        if view is None:
            return
        t = self._theme.tokens
        painter.save()
        box = QRectF(option.rect)
        is_selected = self._paint_back(painter, box, option)
        halo = t.accent_background if is_selected else t.panel
        initials = (
            view.person.initials if len(view.person.initials) == 2 else paint.initials_of(view.person.name)
        )
        paint.draw_avatar(
            painter,
            QRectF(box.left() + 12, box.center().y() - 17, 34, 34),
            initials,
            t,
            kind=view.status.kind,
            is_stale=view.is_stale,
            halo=halo,
        )
        left = box.left() + 60
        # Measured by the list, not by the row: nothing moves sideways when the scroll bar comes or goes.
        text_width = self._view.name_room()
        signs_right = left + text_width + _SIGNS
        upper = QRectF(left, box.top() + 8, text_width, 19)
        self._paint_marked(painter, upper, view.person.name, t.text, 13, SEMI)
        lower = QRectF(left, box.top() + 26, text_width, 18)
        role = role_words(view.person, self._controller.typed)
        self._paint_marked(painter, lower, role, t.muted, 12, QFont.Weight.Normal)
        self._paint_signs(painter, signs_right, box.center().y(), view)
        status = QRectF(signs_right + 16, box.top(), box.right() - signs_right - 28, box.height())
        self._paint_status(painter, status, view.words)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW)


def role_words(person: Person, typed: str) -> str:
    """Return the second line of a row; initials stand there when they are why somebody was found."""
    initials = person.initials if marked_letters(person.initials, typed) else ""
    return " · ".join(part for part in (initials, person.title, person.department) if part)


def _busiest(
    view: PersonView, kinds: tuple[NumberKind, ...]
) -> tuple[NumberKind, str | None, LineState | None]:
    """Return kind, number and state of the line that matters most; no state: there is no such line."""
    numbers = [n for kind in kinds for n in view.person.numbers if n.kind is kind]
    if not numbers:
        return kinds[0], None, None
    states = [(presence_words.line_of(view.status, n.number), n) for n in numbers]
    state, number = min(states, key=lambda pair: _MATTERS.index(pair[0]))
    return number.kind, number.number, state


def tone_colour(tone: str, t: Tokens) -> str:
    """Return the colour of a status word; it is never the only sign of the status."""
    return {
        "free": t.free_text,
        "busy": t.now_text,
        "ringing": t.ringing,
        "away": t.away_text,
        "off": t.off_text,
    }.get(tone, t.text)
