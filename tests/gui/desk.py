"""A receptionist's place for tests: the window on a session without a hub, driven by keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from reception.model.changes import AttendantChanged, CallChanged, Change
from reception.model.intents import Intent
from tests.gui import office
from tests.gui.fake_session import FakeSession
from widgets.afterwards import Afterwards
from widgets.controller import Controller
from widgets.theme import Theme
from widgets.window import Window

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
PAD = Qt.KeyboardModifier.KeypadModifier
NONE = Qt.KeyboardModifier.NoModifier
Key = Qt.Key


class Clock:
    """The time, moved by hand."""

    def __init__(self) -> None:
        self.now = office.NOW

    def __call__(self) -> float:
        return self.now


class Desk:
    """Window, session and keys."""

    def __init__(self, session: FakeSession | None = None) -> None:
        self.clock = Clock()
        self.session = session or office.office(60)
        self.theme = Theme("light")
        self.controller = Controller(clock=self.clock)
        self.window = Window(self.controller, self.theme)
        self.window.complete()
        self.window.show()
        self.controller.attach(self.session)

    @property
    def text(self) -> str:
        """What stands in the search field."""
        return self.window.search.field.text()

    @property
    def listed(self) -> list[str | None]:
        """The ids of the colleagues in the list, in its order."""
        people = self.window.people.people
        return [people.id_at(row) for row in range(people.rowCount())]

    @property
    def has_caret(self) -> bool:
        """The search field is where typing goes (also while another program is in front)."""
        return self.window.focusWidget() is self.window.search.field

    @property
    def notice(self) -> str:
        """What the strip says, or an empty text."""
        card = self.controller.pile.top
        return card.text if card is not None and not self.window.notice.isHidden() else ""

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the caret is."""
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifiers)
        self.catch_up()

    def hold_down(self, key: Qt.Key) -> None:
        """Send what a key that is held down sends after its first press."""
        event = QKeyEvent(QKeyEvent.Type.KeyPress, key, NONE, "", True)
        QApplication.sendEvent(self.window.search.field, event)

    def type(self, text: str) -> None:
        """Type letters where the caret is."""
        for letter in text:
            QTest.keyClicks(self.window.focusWidget() or self.window, letter)
        self.catch_up()

    def tell(self, *news: Change) -> None:
        """Say what the hub would say, and show it at once."""
        self.session.tell(*news)
        self.controller.flush()
        self.catch_up()

    def select(self, person: str) -> None:
        """Select a colleague."""
        self.controller.select(person)
        self.catch_up()

    def catch_up(self) -> None:
        """Have done what waits until the window has painted (`widgets.afterwards`)."""
        for waiting in self.window.findChildren(Afterwards):
            if waiting._timer.isActive():
                waiting._timer.stop()
                waiting.due.emit()

    def asked(self) -> list[Intent]:
        """Return what was asked for since the last look, each carried out without a word."""
        found = list(self.session.asked)
        self.session.asked.clear()
        while self.session.replica.pending:
            self.session.settle()
        self.controller.flush()
        return found

    def talk(self, **fields: object) -> None:
        """Be in a call with Nordsø Entreprise."""
        call = office.talking(self.session, **fields)
        self.tell(CallChanged(call=call), AttendantChanged(attendant=self.session.replica.attendants["KLJ"]))

    def close(self) -> None:
        """Leave."""
        self.controller.detach()
        self.window.let_close()
