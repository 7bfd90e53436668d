"""The line that offers to set the hub up, on an administrator's first day; gone for good if not wanted."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from widgets import keys
from widgets.buttons import KeyButton
from widgets.intents_for import View
from widgets.labels import ElidedLabel
from widgets.texts import translate
from widgets.theme import Theme


class SetupOffer(QFrame):
    """One line with its two answers.

    Signals:
        wanted: the settings are to be opened.
        not_now: it is not to be offered again.
    """

    wanted = Signal()
    not_now = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("offer")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.setSpacing(8)
        words = translate("Setup", "Presence and calendars are not set up yet.")
        self.words = ElidedLabel(words)
        self.begin = KeyButton(theme, translate("Setup", "Set up …"), keys.cap(View.SETTINGS))
        self.later = KeyButton(theme, translate("Setup", "Not now"), "")
        self.begin.clicked.connect(self.wanted)
        self.later.clicked.connect(self.not_now)
        row.addWidget(self.words, 1)
        row.addWidget(self.begin)
        row.addWidget(self.later)
        self.setAccessibleName(words)
