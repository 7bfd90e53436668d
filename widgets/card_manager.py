"""The manager of the selected colleague on the card, and what any colleague who is named there shows."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.console.api import LinkState, ReplicaView
from reception.directory.numbers import display
from reception.model.people import MANAGER_HEADINGS, Person
from widgets import finder, keys, person_view, presence_words
from widgets.card_parts import Alternate, AlternateRow
from widgets.controller import Controller
from widgets.intents_for import View
from widgets.labels import PlainLabel, set_shown
from widgets.texts import translate
from widgets.theme import Theme

_ABOVE: Final = 14
_BELOW: Final = 4


def alternate_view(other: Person, replica: ReplicaView, at: person_view.Moment) -> Alternate:
    """Return what the card shows of somebody else: status and number beside the name."""
    status = replica.statuses.get(other.id) or presence_words.unknown(other.id)
    number = finder.numbers_of(other)
    parts = (person_view.sentence(status, at).word, display(number[0]) if number else "")
    words = " · ".join(p for p in parts if p)
    is_stale = status.is_stale or replica.link is not LinkState.UP
    return Alternate(person_view.name_of(other), words, status.kind, is_stale)


def manager_of(person: Person | None, replica: ReplicaView) -> Person | None:
    """Return somebody's manager, None when they are not in the directory."""
    return replica.people.get(person.manager) if person is not None and person.manager else None


def fields_of(person: Person, replica: ReplicaView) -> list[tuple[str, str]]:
    """Return the free fields that the card shows; the manager's name is none where the manager is shown."""
    is_shown = manager_of(person, replica) is not None
    return [
        (name, text)
        for name, text in person.fields.items()
        if text and not (is_shown and name.strip().casefold() in MANAGER_HEADINGS)
    ]


class ManagerPart(QWidget):
    """Heading and row; a click is the same as the key."""

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.row = AlternateRow(theme, 0)
        self.row.clicked.connect(self.go)
        head = PlainLabel(translate("Card", "Manager"), tone="heading")
        head.setContentsMargins(0, _ABOVE, 0, _BELOW)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.row)

    def show_of(self, person: Person, at: person_view.Moment) -> None:
        """Show the manager of somebody, if there is one."""
        replica = self._controller.replica
        manager = manager_of(person, replica)
        if manager is not None:
            self.row.show_alternate(alternate_view(manager, replica, at), keys.cap(View.MANAGER))
        set_shown(self, manager is not None)

    @Slot()
    def go(self) -> None:
        """Select the manager of whoever is selected now, or say why not."""
        controller = self._controller
        person = controller.person
        manager = manager_of(person, controller.replica)
        if person is None:
            controller.say("nobody_selected")
        elif manager is None:
            controller.say("no_manager", target=person_view.name_of(person))
        else:
            controller.go_to(manager.id)
