"""The pages of services in the settings, for administrators: which there are, and their assistants."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from reception.model.changes import Message
from reception.model.setup import (
    LookAtSetup,
    ServiceSetup,
    SetupAnswer,
    SetupRefused,
    SetupShown,
    SetupTask,
)
from widgets.controller import Controller
from widgets.setup_assistant import SetUp, SetupAssistant
from widgets.setup_page import ServicePage
from widgets.setup_words import described
from widgets.theme import Theme


class Services(QObject):
    """All of them, as long as the settings are open.

    Signals:
        found: (str, QWidget) a page with its title, once for each.
    """

    found = Signal(str, object)

    def __init__(self, controller: Controller, theme: Theme, dialog: QWidget) -> None:
        super().__init__(dialog)
        self._controller = controller
        self._theme = theme
        self._dialog = dialog
        self._is_asking = False
        self._is_open = True
        self.pages: dict[str, ServicePage] = {}
        self.assistant: SetupAssistant | None = None

    @Slot()
    def look(self) -> None:
        """Ask the hub what is set up."""
        session = self._controller.session
        if session is not None and not self._is_asking:
            self._is_asking = True
            session.set_up(LookAtSetup(), self._on_shown)

    def stop(self) -> None:
        """Hear nothing any more: the settings are closed."""
        self._is_open = False

    def _on_shown(self, said: SetupAnswer) -> None:
        self._is_asking = False
        if self._is_open and isinstance(said, SetupShown):
            for service in said.services:
                self._show(service, can_save=bool(said.file))

    def _show(self, service: ServiceSetup, *, can_save: bool) -> None:
        name = service.description.service
        if name in self.pages:
            self.pages[name].show_service(service)
            return
        page = ServicePage(service, self._controller, self._theme, can_save=can_save)
        page.look_wanted.connect(self.look)
        page.assistant_wanted.connect(self.open_assistant)
        self.pages[name] = page
        self.found.emit(described(service.description.title), page)

    @Slot(object)
    def open_assistant(self, service: ServiceSetup) -> None:
        """Open the assistant of a service, or bring it to the front."""
        if self.assistant is None:
            self.assistant = SetupAssistant(service, self._set_up(), self._theme, self._dialog)
            self.assistant.saved.connect(self.look)
            self.assistant.finished.connect(self._forget)
        self.assistant.show()
        self.assistant.activateWindow()

    def _set_up(self) -> SetUp:
        def ask(task: SetupTask, on_said: Callable[[SetupAnswer], None]) -> None:
            session = self._controller.session
            if session is None:
                on_said(SetupRefused(message=Message(key="hub_away")))
            else:
                session.set_up(task, on_said)

        return ask

    @Slot()
    def _forget(self) -> None:
        self.assistant = None
