"""All that a row or button can do, as QActions, so that assistive tools find it; and the menus of rows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from widgets import keys
from widgets.controller import Controller
from widgets.intents_for import Action

_OF_A_PERSON: Final = (
    Action.ENTER,
    Action.CONSULT,
    Action.MOBILE,
    Action.CAMP_ON,
    Action.VOICEMAIL,
    Action.ANYWAY,
)
_OF_A_CALL: Final = (Action.TAKE, Action.REMOVE_CALLBACK)


class Actions(QObject):
    """The actions of one window.

    Signals:
        chosen: (Action) one was triggered.
    """

    chosen = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.all: dict[Action, QAction] = {}
        for action in Action:
            made = QAction(f"{keys.label(action)}\t{keys.cap(action)}", window)
            made.setObjectName(action.value)
            made.triggered.connect(self._on_triggered)
            window.addAction(made)
            self.all[action] = made

    def begin_letter(self, controller: Controller) -> None:
        """Begin a message to the selected colleague."""
        from widgets import letters  # nobody waits for it at the start

        letters.begin(controller, self._window)

    def open_person_menu(self, where: QPoint) -> None:
        """Open the menu of a colleague, at a place of the screen."""
        self._open(_OF_A_PERSON, where)

    def open_call_menu(self, where: QPoint) -> None:
        """Open the menu of a call, at a place of the screen."""
        self._open(_OF_A_CALL, where)

    def _open(self, actions: tuple[Action, ...], where: QPoint) -> None:
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for action in actions:
            menu.addAction(self.all[action])
        menu.popup(where)

    @Slot()
    def _on_triggered(self) -> None:
        self.chosen.emit(Action(self.sender().objectName()))
