"""The card's row of absences at one touch: the office's shortcuts, and the panel for all others."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reception.model.office import Office, Shortcut
from widgets import absence_form, keys
from widgets.buttons import KeyButton
from widgets.flow import FlowLayout
from widgets.intents_for import View
from widgets.labels import PlainLabel
from widgets.texts import translate
from widgets.theme import Theme

MOST: Final = 4
"""Shortcuts on the card; the panel has all."""


class AbsenceChips(QWidget):
    """Heading and chips.

    Signals:
        wanted: (str) a shortcut's id; empty for the panel.
    """

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Shortcut, ...] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 14, 0, 0)
        column.setSpacing(8)
        column.addWidget(PlainLabel(translate("Card", "Set absence"), tone="heading"))
        self._chips = FlowLayout()
        column.addLayout(self._chips)

    def show_office(self, office: Office) -> None:
        """Offer the office's first shortcuts."""
        shown = office.shortcuts[:MOST]
        if shown == self._shown:
            return
        self._shown = shown
        self._chips.clear()
        for shortcut in shown:
            words = absence_form.shortcut_words(shortcut)
            self._add(words if shortcut.minutes is not None else f"{words} …", "", shortcut.id)
        self._add(translate("Card", "Other …"), keys.cap(View.ABSENCE), "")
        self.updateGeometry()

    def _add(self, words: str, cap: str, shortcut: str) -> None:
        chip = KeyButton(self._theme, words, cap)
        chip.setProperty("shortcut", shortcut)
        chip.clicked.connect(self._on_clicked)
        self._chips.addWidget(chip)

    @Slot()
    def _on_clicked(self) -> None:
        self.wanted.emit(str(self.sender().property("shortcut")))
