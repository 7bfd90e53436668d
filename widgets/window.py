"""The receptionist's window: three panes, a bar above, the keys below.

Every key comes here first (`route`), wherever the caret is; what is no command is text for the search field.
Nothing here is decided: commands go to the controller, which asks `intents_for`.

Colleagues can be seen and found first: calls, card, bars and all that opens later are loaded and built right
after the first picture (`complete`), into frames that stand already where they will be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.console.api import Delta, LinkState
from widgets import keys, standing
from widgets.call_pane import CallPane
from widgets.controller import Controller
from widgets.drawer import Drawer
from widgets.frames import is_about_calls
from widgets.intents_for import Action, View
from widgets.keys import Alternate, TakeCall
from widgets.middle import MiddlePane
from widgets.panes import Panes, frame
from widgets.theme import Theme, style_sheet
from widgets.tokens import KEY_BAR, TOP_BAR

if TYPE_CHECKING:
    from widgets.absences import Absences
    from widgets.call_card import CallCard
    from widgets.call_list import CallList
    from widgets.key_bar import KeyBar
    from widgets.notice_strip import NoticeStrip
    from widgets.overlays import GroupsOverlay, HelpOverlay
    from widgets.person_card import PersonCard
    from widgets.top_bar import TopBar
    from widgets.wall import Wall

_TICK_MS: Final = 250
"""Clocks are computed from the time, not counted; four looks a second keep every one within its second."""

_TITLE_BAR: Final = 40
"""Pixels that a window manager is allowed to add above and below before it is on the screen."""


class Window(QWidget):
    """The console.

    Signals:
        close_requested: somebody wants to leave; the window stays until the farewell is done.
        settings_wanted: the dialogue of the settings is to be opened.
        painted: the first picture is on the screen; then the whole one, after `complete`.
    """

    top: TopBar
    call_card: CallCard
    call_list: CallList
    card: PersonCard
    bottom: KeyBar
    notice: NoticeStrip
    help: HelpOverlay
    groups: GroupsOverlay
    absences: Absences
    wall: Wall

    close_requested = Signal()
    painted = Signal()
    settings_wanted = Signal()

    def __init__(self, controller: Controller, theme: Theme) -> None:
        super().__init__()
        self._is_complete = self._was_painted = self._may_close = False
        self.setObjectName("window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle("Reception")
        self._controller = controller
        self.theme = theme
        self._second = -1
        self._title_timer = QTimer(self, singleShot=True, interval=0)
        self._title_timer.timeout.connect(self._show_title)
        self.middle = MiddlePane(controller, theme, self.route)
        self.search, self.people = self.middle.search, self.middle.people
        self._lay_out()
        self.theme.changed.connect(self._on_theme)
        self._on_theme()
        self.resize(self._first_size())
        self.search.field.setFocus()
        self._timer = QTimer(self, interval=_TICK_MS)
        self._timer.timeout.connect(self._on_tick)

    def _first_size(self) -> QSize:
        """Return the size of the design, or what the screen has room for with a title bar around it."""
        room = self.screen().availableGeometry().size()
        return QSize(1440, 900).boundedTo(room - QSize(0, _TITLE_BAR))

    # ------------------------------------------------------------------ parts

    def _lay_out(self) -> None:
        """Put the list in its place, and around it the frames of what comes later."""
        self.left, self.right = CallPane(), frame("right")
        self._above, self._below = frame("top", TOP_BAR), frame("bottom", KEY_BAR)
        self.panes = Panes(self.left, self.middle, self.right, self)
        self.drawer = Drawer(self, self.panes, self.right)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addWidget(self._above)
        self.column.addWidget(self.panes, 1)
        self.column.addWidget(self._below)

    def complete(self) -> None:
        """Build all that the first picture does without. Harmless when it is there."""
        if self._is_complete:
            return
        self._is_complete = True
        self._make_parts()
        self._fill_frames()
        self._connect()
        self.middle.complete()
        self.panes.complete()
        self._timer.start()
        self._was_painted = False
        self.update()

    def _make_parts(self) -> None:
        from PySide6.QtGui import QIcon

        from widgets import overlays, paint
        from widgets.absences import Absences
        from widgets.actions import Actions
        from widgets.call_card import CallCard
        from widgets.call_list import CallList
        from widgets.foresight import Foresight
        from widgets.key_bar import KeyBar
        from widgets.notice_strip import NoticeStrip
        from widgets.person_card import PersonCard
        from widgets.top_bar import TopBar
        from widgets.wall import Wall

        self.setWindowIcon(QIcon(paint.icon("app", "#2557D6", 64)))
        controller, theme = self._controller, self.theme
        self._actions = Actions(self)
        self.qt_actions = self._actions.all
        self.top = TopBar(controller, theme)
        self.call_card = CallCard(controller, theme)
        self.call_list = CallList(controller, theme)
        self.card = PersonCard(controller, theme)
        self.bottom = KeyBar(theme)
        self.notice = NoticeStrip(controller, theme, self.middle.list_frame)
        self.help = overlays.HelpOverlay(theme, self)
        self.groups = overlays.GroupsOverlay(controller, theme, self)
        self.absences = Absences(controller, theme, self)
        self.wall = Wall(controller, theme, self.middle)
        self.foresight = Foresight(controller, self.middle)

    def _fill_frames(self) -> None:
        self.left.fill(self.call_card, self.call_list)
        card = QVBoxLayout(self.right)
        card.setContentsMargins(0, 0, 0, 0)
        card.addWidget(self.card)
        for place, bar in ((self._above, self.top), (self._below, self.bottom)):
            self.column.replaceWidget(place, bar)
            place.deleteLater()
        self.bottom.set_drawer(self.drawer.is_used)
        QWidget.setTabOrder(self.search.field, self.call_list)

    def _connect(self) -> None:
        controller = self._controller
        self._actions.chosen.connect(self._on_wanted)
        self.people.wanted.connect(self.qt_actions[Action.ENTER].trigger)
        self.people.menu_wanted.connect(self._on_people_menu)
        self.call_list.menu_wanted.connect(self._on_call_menu)
        self.call_card.wanted.connect(self._on_wanted)
        self.notice.wanted.connect(self._on_wanted)
        self.notice.room_wanted.connect(self.middle.keep_free)
        self.notice.taken.connect(controller.take_call)
        self.notice.alternate_wanted.connect(controller.alternate)
        self.notice.message_wanted.connect(self._write)
        self.card.alternate_wanted.connect(controller.alternate)
        self.card.entry_wanted.connect(self.absences.edit_entry)
        self.card.shortcut_wanted.connect(self.absences.use_shortcut)
        self.absences.closed.connect(self.search.field.setFocus)
        self.wall.opened.connect(self.drawer.give_room)
        self.groups.toggled.connect(controller.toggle_group)
        self.bottom.wanted.connect(self._on_wanted)
        self.top.ready_wanted.connect(self.qt_actions[Action.READY].trigger)
        controller.updated.connect(self._on_updated)
        controller.answering.connect(self._on_answering)

    # ------------------------------------------------------------------ keys

    def route(self, event: QKeyEvent) -> bool:
        """Carry out a key that is a command; False when it is text, or a key for whoever has the focus."""
        self.complete()  # a key may come before that has happened by itself
        if self.groups.isVisible() and (number := keys.plain_digit(event)) is not None:
            group = self.groups.group_at(number)
            if group is not None:
                self._controller.toggle_group(group)
            return True
        meaning = keys.meaning(event)
        if meaning is None:
            return False
        if event.isAutoRepeat() and meaning not in keys.MAY_REPEAT:
            return True  # a key held down must not answer, transfer or hang up twice
        self._do(meaning)
        return True

    def _do(self, meaning: keys.Meaning) -> None:
        if meaning is Action.ESCAPE:
            self._back_out()
        elif meaning is Action.CONFERENCE and self.absences.is_meant_by_f11:
            self.absences.toggle()
        elif isinstance(meaning, Action):
            if self._controller.perform(meaning) and meaning is Action.DIGITS:
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
                self.search.take_caret()
            case View.NEXT_NUMBER:
                self._controller.next_number()
            case View.MANAGER:
                self.card.manager.go()
            case View.WEEK if not self.wall.is_open:
                self.card.toggle_week()
            case View.WALL | View.EARLIER | View.LATER | View.WEEK | View.ONLY_FREE:
                self.wall.look(meaning)
            case View.FAVOURITES:
                self.search.list_favourites()
            case View.ABSENCE | View.EDIT:
                self.absences.look(meaning)
            case View.LANGUAGE:
                self.card.next_language()
            case View.MESSAGE:
                self._write()
            case View.CARD:
                self.drawer.toggle()
            case View.GROUPS:
                self.help.hide()
                self.groups.toggle()
            case View.HELP:
                self.groups.hide()
                self.help.toggle()
            case View.SETTINGS:
                self.settings_wanted.emit()
            case View.CLOSE:
                self.close()

    @Slot()
    def _write(self) -> None:
        """Begin a message to the selected colleague."""
        self._actions.begin_letter(self._controller)

    def _back_out(self) -> None:
        """Escape: one thing at a time, from the top; a talk is never ended."""
        if self.absences.leave():
            return
        for overlay in (self.help, self.groups):
            if overlay.isVisible():
                overlay.hide()
                return
        if self.drawer.is_open:
            self.drawer.open(False)
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
            self._title_timer.start()

    @Slot()
    def _show_title(self) -> None:
        """Tell the taskbar how many wait: after the picture, which is what somebody looks at."""
        waiting = len(standing.waiting(self._controller.replica))
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
        self.wall.tick()

    @Slot()
    def _on_theme(self) -> None:
        self.setStyleSheet(style_sheet(self.theme.tokens))
        self.people.viewport().update()

    @Slot(object)
    def _on_wanted(self, meaning: keys.Meaning) -> None:
        self._do(meaning)

    @Slot(object)
    def _on_people_menu(self, where: QPoint) -> None:
        index = self.people.indexAt(where)
        if index.isValid():
            self.people.setCurrentIndex(index)
            self._actions.open_person_menu(self.people.viewport().mapToGlobal(where))

    @Slot(str, object)
    def _on_call_menu(self, call: str, where: QPoint) -> None:
        self._controller.mark(call)
        self._actions.open_call_menu(where)

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
        if self.drawer.fit() and self._is_complete:
            self.bottom.set_drawer(self.drawer.is_used)

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
        is_setting = self._is_complete and self.absences.is_open
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow() and not is_setting:
            self.search.field.setFocus()
