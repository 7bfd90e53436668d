"""The receptionist's window: three panes, a bar above, the keys below.

Every key comes here first (`route`), wherever the caret is; what is no command is text for the search field.
Nothing here is decided: commands go to the controller, which asks `intents_for`.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAction, QCloseEvent, QIcon, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QMenu, QVBoxLayout, QWidget

from reception.console.api import Delta, LinkState
from widgets import keys, paint
from widgets.call_card import CallCard
from widgets.call_list import CallList
from widgets.controller import Controller
from widgets.frames import is_about_calls
from widgets.intents_for import Action
from widgets.key_bar import KeyBar
from widgets.keys import Alternate, TakeCall, View
from widgets.middle import MiddlePane
from widgets.notice_strip import NoticeStrip
from widgets.overlays import GroupsOverlay, HelpOverlay
from widgets.panes import Panes
from widgets.person_card import PersonCard
from widgets.theme import Theme, style_sheet
from widgets.tokens import SCROLL_BAR, WIDE_ENOUGH
from widgets.top_bar import TopBar

_TICK_MS: Final = 250
"""Clocks are computed from the time, not counted; four looks a second keep every one within its second."""

_TITLE_BAR: Final = 40
"""Pixels that a window manager is allowed to add above and below before it is on the screen."""

_ROW_ACTIONS: Final = (
    Action.ENTER,
    Action.CONSULT,
    Action.MOBILE,
    Action.CAMP_ON,
    Action.VOICEMAIL,
    Action.ANYWAY,
)


class Window(QWidget):
    """The console.

    Signals:
        close_requested: somebody wants to leave; the window stays until the farewell is done.
        painted: the first picture is on the screen.
    """

    close_requested = Signal()
    painted = Signal()

    def __init__(self, controller: Controller, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Reception")
        self.setWindowIcon(QIcon(paint.icon("app", "#2557D6", 64)))
        self._controller = controller
        self._theme = theme
        self._was_painted = False
        self._may_close = False
        self._is_drawer = False
        self._second = -1
        self.qt_actions = self._make_actions()
        self._make_parts()
        self._lay_out()
        self._connect()
        self._on_theme()
        self.resize(self._first_size())
        self.search.field.setFocus()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    def _first_size(self) -> QSize:
        """Return the size of the design, or what the screen has room for with a title bar around it."""
        room = self.screen().availableGeometry().size()
        return QSize(1440, 900).boundedTo(room - QSize(0, _TITLE_BAR))

    # ------------------------------------------------------------------ parts

    def _make_actions(self) -> dict[Action, QAction]:
        """Make one QAction for everything a row or button can do, so that assistive tools find them."""
        made = {}
        for action in Action:
            made[action] = QAction(f"{keys.label(action)}\t{keys.cap(action)}", self)
            made[action].setObjectName(action.value)
            made[action].triggered.connect(self._on_action)
            self.addAction(made[action])
        return made

    def _make_parts(self) -> None:
        controller, theme = self._controller, self._theme
        self.top = TopBar(controller, theme)
        self.call_card = CallCard(controller, theme)
        self.call_list = CallList(controller, theme)
        self.middle = MiddlePane(controller, theme, self.route)
        self.search, self.people = self.middle.search, self.middle.people
        self.card = PersonCard(controller, theme)
        self.right = QFrame()
        self.right.setObjectName("right")
        self.bottom = KeyBar(theme)

    def _lay_out(self) -> None:
        left = QFrame()
        left.setObjectName("left")
        calls = QVBoxLayout(left)
        calls.setContentsMargins(12, 12, 12 - SCROLL_BAR, 4)
        calls.setSpacing(10)
        calls.addWidget(self.call_card)
        calls.addWidget(self.call_list, 1)
        card = QVBoxLayout(self.right)
        card.setContentsMargins(0, 0, 0, 0)
        card.addWidget(self.card)
        self.panes = Panes(left, self.middle, self.right, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.panes, 1)
        column.addWidget(self.bottom)
        self.notice = NoticeStrip(self._controller, self._theme, self.middle.list_frame)
        self.help = HelpOverlay(self._theme, self)
        self.groups = GroupsOverlay(self._controller, self._theme, self)
        QWidget.setTabOrder(self.search.field, self.call_list)

    def _connect(self) -> None:
        controller = self._controller
        self.people.wanted.connect(self.qt_actions[Action.ENTER].trigger)
        self.people.menu_wanted.connect(self._on_people_menu)
        self.call_list.menu_wanted.connect(self._on_call_menu)
        self.call_card.wanted.connect(self._on_wanted)
        self.notice.wanted.connect(self._on_wanted)
        self.notice.room_wanted.connect(self.middle.keep_free)
        self.notice.taken.connect(controller.take_call)
        self.notice.alternate_wanted.connect(controller.alternate)
        self.card.alternate_wanted.connect(controller.alternate)
        self.groups.toggled.connect(controller.toggle_group)
        self.bottom.wanted.connect(self._on_wanted)
        self.top.ready_wanted.connect(self.qt_actions[Action.READY].trigger)
        controller.updated.connect(self._on_updated)
        controller.answering.connect(self._on_answering)
        self._theme.changed.connect(self._on_theme)

    # ------------------------------------------------------------------ keys

    def route(self, event: QKeyEvent) -> bool:
        """Carry out a key that is a command; False when it is text, or a key for whoever has the focus."""
        if self.groups.isVisible() and (number := _plain_digit(event)) is not None:
            group = self.groups.group_at(number)
            if group is not None:
                self._controller.toggle_group(group)
            return True
        meaning = keys.meaning(event)
        if meaning is None:
            return False
        if event.isAutoRepeat() and meaning not in _MAY_REPEAT:
            return True  # a key held down must not answer, transfer or hang up twice
        self._do(meaning)
        return True

    def _do(self, meaning: keys.Meaning) -> None:
        if meaning is Action.ESCAPE:
            self._back_out()
        elif isinstance(meaning, Action):
            is_asked = self._controller.perform(meaning)
            if is_asked and meaning is Action.DIGITS:
                self.search.field.clear()
        elif isinstance(meaning, TakeCall):
            self._controller.take(int(meaning))
        elif isinstance(meaning, Alternate):
            self._controller.alternate(int(meaning))
        else:
            self._look(meaning)

    def _look(self, meaning: View) -> None:
        match meaning:
            case View.UP | View.DOWN:
                self.people.step(1 if meaning is View.DOWN else -1)
            case View.PAGE_UP | View.PAGE_DOWN:
                self.people.page(1 if meaning is View.PAGE_DOWN else -1)
            case View.FIRST | View.LAST:
                self.people.go_to_end(is_last=meaning is View.LAST)
            case View.MARK_UP | View.MARK_DOWN:
                self._controller.move_mark(1 if meaning is View.MARK_DOWN else -1)
            case View.SEARCH:
                self.search.field.setFocus()
                self.search.field.selectAll()
            case View.NEXT_NUMBER:
                self._controller.next_number()
            case View.WEEK:
                self.card.toggle_week()
            case View.CARD:
                self._set_drawer_open(self.right.isHidden())
            case View.GROUPS:
                self.help.hide()
                self.groups.toggle()
            case View.HELP:
                self.groups.hide()
                self.help.toggle()
            case View.CLOSE:
                self.close()

    def _back_out(self) -> None:
        """Escape: one thing at a time, from the top; a talk is never ended."""
        for overlay in (self.help, self.groups):
            if overlay.isVisible():
                overlay.hide()
                return
        if self._is_drawer and self.right.isVisible():
            self._set_drawer_open(False)
        elif self._controller.dismiss():
            pass
        elif self.search.field.text():
            self.search.field.clear()
        elif self._controller.marked is not None:
            self._controller.mark(None)
        else:
            self._controller.perform(Action.ESCAPE)
        self.search.field.setFocus()

    # ------------------------------------------------------------------ following

    @Slot()
    def _on_answering(self) -> None:
        self.search.field.clear()
        self.search.field.setFocus()

    @Slot(object)
    def _on_updated(self, delta: Delta) -> None:
        self.middle.follow(delta)
        if delta.day or delta.is_reset or delta.link:
            replica = self._controller.replica
            self.bottom.show_day(replica.day, is_known=replica.link is LinkState.UP)
        if is_about_calls(delta):
            waiting = len(self._controller.situation().waiting)
            self.setWindowTitle(f"({waiting}) Reception" if waiting else "Reception")

    @Slot()
    def _on_tick(self) -> None:
        """Let the clocks run, when the second is another one."""
        second = int(self._controller.now())
        if second == self._second:
            return
        self._second = second
        self._controller.tick()
        self.top.tick()
        self.call_card.tick()
        self.call_list.tick()
        self.card.tick()
        self.people.tick()

    @Slot()
    def _on_theme(self) -> None:
        self.setStyleSheet(style_sheet(self._theme.tokens))
        self.people.viewport().update()
        self.call_list.viewport().update()

    @Slot(object)
    def _on_wanted(self, meaning: keys.Meaning) -> None:
        self._do(meaning)

    @Slot()
    def _on_action(self) -> None:
        self._do(Action(self.sender().objectName()))

    @Slot(object)
    def _on_people_menu(self, where: QPoint) -> None:
        index = self.people.indexAt(where)
        if index.isValid():
            self.people.setCurrentIndex(index)
            self._menu(_ROW_ACTIONS, self.people.viewport().mapToGlobal(where))

    @Slot(str, object)
    def _on_call_menu(self, call: str, where: QPoint) -> None:
        self._controller.mark(call)
        self._menu((Action.TAKE, Action.REMOVE_CALLBACK), where)

    def _menu(self, actions: tuple[Action, ...], where: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in actions:
            menu.addAction(self.qt_actions[action])
        menu.popup(where)

    # ------------------------------------------------------------------ drawer

    def _set_drawer(self, is_drawer: bool) -> None:
        """Take the card out of the row into a drawer, or put it back."""
        if is_drawer == self._is_drawer:
            return
        self._is_drawer = is_drawer
        self.bottom.set_drawer(is_drawer)
        self.right.setProperty("drawer", is_drawer)
        self.right.style().unpolish(self.right)
        self.right.style().polish(self.right)
        if is_drawer:
            self.panes.take_right()
            self.right.hide()
        else:
            self.panes.put_right_back()
            self.right.show()

    def _set_drawer_open(self, is_open: bool) -> None:
        if not self._is_drawer:
            return
        self.right.setVisible(is_open)
        if is_open:
            self._place_drawer()
            self.right.raise_()

    def _place_drawer(self) -> None:
        top = self.top.height()
        height = self.height() - top - self.bottom.height()
        width = self.panes.widths[1]
        self.right.setGeometry(self.width() - width, top, width, height)

    # ------------------------------------------------------------------ coming and going

    def let_close(self) -> None:
        """Close for good: the farewell is done."""
        self._may_close = True
        self._timer.stop()
        self.close()

    def geometry_text(self) -> str:
        """Return size and place as text for the preferences."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def restore_geometry(self, text: str) -> None:
        """Stand where the window stood; nonsense changes nothing."""
        if text:
            self.restoreGeometry(QByteArray.fromBase64(text.encode("ascii", "replace")))

    # ------------------------------------------------------------------ Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.route(event):
            event.accept()
        elif event.text().isprintable() and event.text():
            self.search.field.setFocus()
            self.search.field.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_drawer(self.width() < WIDE_ENOUGH)
        if self._is_drawer and self.right.isVisible():
            self._place_drawer()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
        else:
            event.ignore()
            self.close_requested.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self.search.field.setFocus()


_MAY_REPEAT: Final = frozenset(
    {View.UP, View.DOWN, View.PAGE_UP, View.PAGE_DOWN, View.MARK_UP, View.MARK_DOWN}
)


def _plain_digit(event: QKeyEvent) -> int | None:
    """Return the digit of a key pressed alone (main or numeric keys), else None."""
    if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return None
    text = event.text()
    return int(text) if len(text) == 1 and text in "123456789" else None
