"""What other starts of the program ask of this window: to come to the front, with a number; or to end.

A number goes into the search field and no further: Enter dials it, or passes the caller on to it, when the
receptionist presses it. Only what the user did brings the window to the front; a call never does.
"""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QGuiApplication

from reception.console.dial_link import number_of
from reception.console.doorbell import Doorbell, open_doorbell
from reception.console.instance import Ask
from reception.console.options import ConsoleOptions
from reception.console.unsaved import Unsaved, forget, keep, take
from widgets.controller import Controller
from widgets.window import Window

if TYPE_CHECKING:
    from widgets.absence_form import Fields


class Asked(QObject):
    """Hears them for one window, and keeps what was typed when it has to end for them."""

    def __init__(self, window: Window, controller: Controller, options: ConsoleOptions) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._folder: Path | None = options.cache_dir
        self._kept: Unsaved | None = take(self._folder, time.time()) if self._folder is not None else None
        self._loop = asyncio.get_running_loop()
        self._doorbell: Doorbell | None = open_doorbell(options.instance, options.arguments, self._on_ask)
        self._is_quitting = False
        if isinstance(app := QGuiApplication.instance(), QGuiApplication):
            app.commitDataRequest.connect(self.keep_unsaved)  # the system ends: nobody is asked any more
        if self._kept is not None:
            self._begin_again(self._kept)
        if number := number_of(options.link):
            self.write(number)

    def close(self) -> None:
        """Hear nobody any more. What was typed is kept only where others ended the program."""
        if self._doorbell is not None:
            self._doorbell.close()
        if self._folder is not None and not self._is_quitting:
            forget(self._folder)

    def hear(self, ask: Ask) -> None:
        """Do what is asked."""
        if ask.deed == "quit":
            self._is_quitting = True
            self.keep_unsaved()
            self._window.close_requested.emit()
            return
        self.come_to_front()
        if ask.number:
            self.write(ask.number)

    @Slot()
    def come_to_front(self) -> None:
        """Bring the window to the front, as its user asked."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def write(self, number: str) -> None:
        """Put a number into the search field, in place of what stands there; Enter is the receptionist's."""
        self._window.search.field.setText(number)
        self._window.search.field.setFocus()

    @Slot()
    def keep_unsaved(self) -> None:
        """Keep what was typed and not sent for the next start."""
        unsaved = unsaved_in(self._window, self._controller)
        if self._folder is not None and unsaved.is_any:
            keep(self._folder, unsaved)

    def _on_ask(self, ask: Ask) -> None:
        """Hand it over to the window's loop. Runs in the thread that listens."""
        try:
            self._loop.call_soon_threadsafe(self.hear, ask)
        except RuntimeError:  # the loop has ended: so has all that could be asked for
            return

    # ------------------------------------------------------------------ what was typed

    def _begin_again(self, kept: Unsaved) -> None:
        self._window.search.field.setText(kept.search)
        self._controller.select(kept.selected or None)
        if kept.person:
            self._controller.updated.connect(self._on_updated)
            self._on_updated()

    @Slot()
    def _on_updated(self) -> None:
        """Open the panel again as soon as its colleague is known."""
        kept = self._kept
        if kept is None or kept.person not in self._controller.replica.people:
            return
        self._kept = None
        self._controller.updated.disconnect(self._on_updated)
        self._controller.select(kept.person)
        self._window.absences.open_again(kept.entry, fields_of(kept))


def unsaved_in(window: Window, controller: Controller) -> Unsaved:
    """Return what stands in a window and was not sent."""
    search = window.search.field.text()
    unsaved = Unsaved(at=time.time(), search=search, selected=(controller.selected or "") if search else "")
    panel = window.absences.panel
    if panel is None or not window.absences.is_open:
        return unsaved
    fields = {name: str(value) for name, value in panel.fields._asdict().items()}
    return Unsaved(
        at=unsaved.at,
        search=unsaved.search,
        selected=unsaved.selected,
        person=panel.person,
        entry=panel.entry_id,
        fields=fields,
    )


def fields_of(kept: Unsaved) -> Fields:
    """Return the fields of the panel; what a later version does not know is left out."""
    from widgets.absence_form import Fields  # with all that reads times: only where a panel was open

    known = {name: value for name, value in kept.fields.items() if name in Fields._fields}
    handling = known.pop("handling", "")
    values = {kind.value: kind for kind in type(Fields().handling)}
    return Fields(**known)._replace(handling=values.get(handling, Fields().handling))  # type: ignore[arg-type]
