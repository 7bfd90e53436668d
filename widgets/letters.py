"""Messages to a colleague about the caller: sent by the hub, or begun in another program on this computer.

The hub sends e-mails in the name of the house, and writes in Teams for whoever has signed in for that.
Where the hub cannot send and the colleague has no Teams, the key begins a letter in the computer's own mail
program at once (`widgets.writing`). Whatever is written and not sent stays until the program ends.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reception.console.api import Delta
from reception.model.intents import SendChat, SendMail
from reception.model.office import label
from reception.model.people import Person
from reception.model.teams_links import call_link, chat_link
from reception.wire import Result
from widgets import texts, writing
from widgets.controller import Controller
from widgets.labels import PlainLabel
from widgets.texts import translate

_SIZE: Final = (560, 420)


class Draft(NamedTuple):
    """What stands in the fields."""

    subject: str = ""
    text: str = ""


def begin(controller: Controller, window: QWidget) -> None:
    """Begin a message to the selected colleague; says why where that cannot be."""
    person = controller.person
    if person is None:
        controller.say("nobody_selected")
    elif not person.email:
        controller.say("no_email", target=person.name)
    elif controller.replica.mails or has_teams(controller, person):
        dialog = window.findChild(LetterDialog) or LetterDialog(controller, window)
        dialog.open_for(person)
    else:
        call = controller.situation().subject
        QDesktopServices.openUrl(QUrl(writing.letter(person, call, controller.now())))


def has_teams(controller: Controller, person: Person) -> bool:
    """Return whether Teams knows a colleague."""
    status = controller.replica.statuses.get(person.id)
    return status is not None and bool(status.teams)


class LetterDialog(QDialog):
    """One message at a time. It stands beside the window and does not hold it up."""

    def __init__(self, controller: Controller, parent: QWidget) -> None:
        super().__init__(parent)
        self._controller = controller
        self._person: Person | None = None
        self._drafts: dict[str, Draft] = {}
        self._begun = Draft()
        self._asked: SendMail | SendChat | None = None
        self._writes_chats = False
        self.setModal(False)
        self.resize(*_SIZE)
        self.to = PlainLabel()
        self.template = QComboBox()
        self.subject = QLineEdit()
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.state = PlainLabel(tone="quiet", is_wrapped=True)
        self.send = QPushButton(translate("Mail", "Send"))
        self.program = QPushButton(translate("Mail", "In the mail program"))
        self.chat = QPushButton(translate("Mail", "Chat in Teams"))
        self.call = QPushButton(translate("Mail", "Call in Teams"))
        self._lay_out()
        self.template.activated.connect(self._take_template)
        self.send.clicked.connect(self._send)
        self.program.clicked.connect(self._open_program)
        self.chat.clicked.connect(self._chat)
        self.call.clicked.connect(self._open_call)
        controller.updated.connect(self._on_updated)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 18)
        column.setSpacing(10)
        form = QFormLayout()
        form.setSpacing(10)
        rows: list[tuple[str, QWidget]] = [
            (translate("Mail", "To"), self.to),
            (translate("Mail", "Template"), self.template),
            (translate("Mail", "Subject"), self.subject),
        ]
        for name, field in rows:
            if field is not self.to:
                field.setObjectName("field")
                field.setMinimumHeight(34)
            field.setAccessibleName(name)
            form.addRow(PlainLabel(name), field)
        self.text.setObjectName("field")
        self.text.setAccessibleName(translate("Mail", "Text"))
        column.addLayout(form)
        column.addWidget(self.text, 1)
        column.addWidget(self.state)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.call, self.chat, self.program):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        self.send.setAutoDefault(False)
        self.send.setToolTip("Ctrl ↵")
        self.send.setIcon(QIcon())
        buttons.addWidget(self.send)
        for button in (self.call, self.chat, self.program, self.send):
            button.setMinimumHeight(34)
        column.addLayout(buttons)

    # -------------------------------------------------------------- whom, and what

    def open_for(self, person: Person) -> None:
        """Write to a colleague: what was begun before, else the first template filled in."""
        self._keep()
        self._person = person
        self.setWindowTitle(translate("Mail", "Message to {name}").format(name=person.name))
        self.to.setText(f"{person.name} · {person.email}")
        self._list_templates()
        kept = self._drafts.pop(person.id, None)
        self._begun = self._filled()
        self._show(kept or self._begun)
        can_mail, teams = self._controller.replica.mails, has_teams(self._controller, person)
        self.send.setVisible(can_mail)
        for button in (self.chat, self.call):
            button.setVisible(teams)
        self._offer_chat(is_sent_here=self._controller.replica.chats)
        self.state.setText("")
        self._set_busy(is_busy=False)
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def _list_templates(self) -> None:
        language = texts.current()
        mails = self._controller.replica.office.mails
        self.template.clear()
        for mail in mails:
            self.template.addItem(label(mail.labels, language, mail.id), mail.id)
        self.template.setEnabled(len(mails) > 1)

    @Slot(int)
    def _take_template(self, _index: int) -> None:
        """Fill in another template; what somebody wrote themselves is not written over."""
        if self._current() in (self._begun, Draft()):
            self._begun = self._filled()
            self._show(self._begun)

    def _filled(self) -> Draft:
        assert self._person is not None
        mails = self._controller.replica.office.mails
        chosen = next((m for m in mails if m.id == self.template.currentData()), None)
        call = self._controller.situation().subject
        replica, now = self._controller.replica, self._controller.now()
        return Draft(*writing.filled_in(chosen, self._person, call, replica, now))

    def _current(self) -> Draft:
        return Draft(self.subject.text(), self.text.toPlainText())

    def _show(self, draft: Draft) -> None:
        self.subject.setText(draft.subject)
        self.text.setPlainText(draft.text)
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)

    def _keep(self) -> None:
        """Keep what was written and not sent."""
        if self._person is not None and self._asked is None and self._current() != self._begun:
            self._drafts[self._person.id] = self._current()

    # -------------------------------------------------------------- sending

    @Slot()
    def _send(self) -> None:
        if self._person is None or self._asked is not None or not self.send.isVisible():
            return
        draft = self._current()
        self._ask_for(SendMail(person=self._person.id, subject=draft.subject, text=draft.text))

    def _ask_for(self, message: SendMail | SendChat) -> None:
        self._asked = message
        self._set_busy(is_busy=True)
        self.state.setText(translate("Mail", "Sending …"))
        if not self._controller.send_message(message):
            self._settle(is_sent=False)

    @Slot()
    def _chat(self) -> None:
        """Write in Teams, in the receptionist's own name; where that cannot be, in Teams itself."""
        if self._person is None or self._asked is not None:
            return
        draft = self._current()
        if self._writes_chats:
            self._ask_for(SendChat(person=self._person.id, text=draft.text.strip() or draft.subject))
        else:
            QDesktopServices.openUrl(QUrl(chat_link(self._person.email, draft.text.strip())))

    def _offer_chat(self, *, is_sent_here: bool) -> None:
        self._writes_chats = is_sent_here
        words = translate("Mail", "Send in Teams") if is_sent_here else translate("Mail", "Chat in Teams")
        self.chat.setText(words)

    @Slot(object)
    def _on_updated(self, delta: Delta) -> None:
        for intent, outcome in delta.settled:
            if intent is self._asked or intent == self._asked:
                self._settle(is_sent=outcome.result is Result.DONE)
                if outcome.message is not None and outcome.message.key == "chat_sign_in":
                    self._offer_chat(is_sent_here=False)

    def _settle(self, *, is_sent: bool) -> None:
        self._asked = None
        self._set_busy(is_busy=False)
        if is_sent and self._person is not None:
            self._begun = self._current()
            self._controller.say("mail_sent", target=self._person.name)
            self.hide()
        else:  # why stands in the window's line
            self.state.setText(translate("Mail", "It was not sent; the text is still here."))

    def _set_busy(self, *, is_busy: bool) -> None:
        for field in (self.subject, self.text, self.template, self.send, self.chat):
            field.setEnabled(not is_busy)

    # -------------------------------------------------------------- other programs

    @Slot()
    def _open_program(self) -> None:
        if self._person is not None:
            draft = self._current()
            QDesktopServices.openUrl(QUrl(writing.address(self._person.email, draft.subject, draft.text)))

    @Slot()
    def _open_call(self) -> None:
        if self._person is not None:
            QDesktopServices.openUrl(QUrl(call_link(self._person.email)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send with Ctrl+Enter, wherever the caret is."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._send()
        else:
            super().keyPressEvent(event)

    def reject(self) -> None:
        """Escape: away, and nothing is lost."""
        self._keep()
        self._person = None
        super().reject()
