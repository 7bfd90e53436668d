"""Absences by key and by click: opens the panel for the selected colleague, and says why where it cannot.

The panel is loaded when it is asked for; the start does not wait for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from reception.model.presence import Entry
from widgets import person_view
from widgets.controller import Controller
from widgets.intents_for import View
from widgets.standing import Stand
from widgets.theme import Theme

if TYPE_CHECKING:
    from widgets.absence import AbsencePanel
    from widgets.absence_form import Fields


class Absences(QObject):
    """What the window does about absences.

    Signals:
        closed: the panel is gone, the caret belongs to the search field again.
    """

    closed = Signal()

    def __init__(self, controller: Controller, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._controller = controller
        self._theme = theme
        self._window = window
        self.panel: AbsencePanel | None = None

    @property
    def is_open(self) -> bool:
        """True while the panel has the caret."""
        return self.panel is not None and self.panel.isVisible()

    @property
    def is_meant_by_f11(self) -> bool:
        """True unless F11 is the conference now."""
        return self._controller.situation().stand not in (Stand.CALLING, Stand.CONSULTING)

    def leave(self) -> bool:
        """Close the panel; False when it is not open."""
        if self.panel is None or not self.is_open:
            return False
        self.panel.leave()
        return True

    def look(self, meaning: View) -> None:
        """Carry out a key of the absences."""
        if meaning is View.EDIT:
            self.edit()
        else:
            self.toggle()

    def toggle(self) -> None:
        """Open the panel for the selected colleague; once more closes it."""
        if not self.leave() and (person := self._may_change()) is not None:
            self._panel().open_for(person)

    def edit(self) -> None:
        """Open the entry that holds or comes next; with the panel open, the one after it."""
        person = self._may_change()
        if person is None:
            return
        entries = self._ahead()
        if not entries:
            self._controller.say("no_entry", target=self._controller.replica.people[person].name)
            return
        panel = self._panel()
        ids = [entry.id for entry in entries]
        place = (ids.index(panel.entry_id) + 1) % len(ids) if self.is_open and panel.entry_id in ids else 0
        panel.open_for(person, entries[place])

    @Slot(str)
    def edit_entry(self, entry_id: str) -> None:
        """Open an entry of the selected colleague."""
        entry = next((e for e in self._ahead() if e.id == entry_id), None)
        if entry is not None and (person := self._may_change()) is not None:
            self._panel().open_for(person, entry)

    def open_again(self, entry_id: str, fields: Fields) -> None:
        """Open the panel for the selected colleague with what stood in it before the program ended.

        An entry that is no more cannot be changed: its fields become those of a new one.
        """
        entry = next((e for e in self._ahead() if e.id == entry_id), None)
        if (person := self._may_change()) is not None:
            self._panel().open_for(person, entry)
            self._panel().fill(fields)

    @Slot(str)
    def use_shortcut(self, shortcut: str) -> None:
        """Set a shortcut for the selected colleague; an empty one is the panel."""
        person = self._may_change()
        if person is not None and (not shortcut or not self._panel().set_at_once(person, shortcut)):
            self._panel().open_for(person)

    def _ahead(self) -> list[Entry]:
        controller = self._controller
        timeline = controller.replica.timelines.get(controller.selected or "")
        return person_view.ahead(timeline, controller.now())

    def _may_change(self) -> str | None:
        """Return the selected colleague, if their time may be changed; else say why not."""
        controller = self._controller
        person = controller.person
        if person is None:
            controller.say("nobody_selected")
            return None
        if person.contact is not None:
            controller.say("contact_has_no_time", target=person.name)
            return None
        timeline = controller.replica.timelines.get(person.id)
        if timeline is not None and timeline.is_locked:
            controller.say("entry_locked", target=person.name)
            return None
        return person.id

    def _panel(self) -> AbsencePanel:
        if self.panel is None:
            from widgets.absence import AbsencePanel

            self.panel = AbsencePanel(self._controller, self._theme, self._window)
            self.panel.set_wanted.connect(self._controller.set_entry)
            self.panel.delete_wanted.connect(self._controller.delete_entry)
            self.panel.closed.connect(self.closed)
        return self.panel
