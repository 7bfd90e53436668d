"""Messages to a colleague: sent by the hub, begun elsewhere, and never lost."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reception.model import intents as ask
from reception.model.changes import Message
from reception.model.office import MailTemplate, Office
from reception.wire import Result
from tests.gui.desk import CTRL, Desk, Key
from widgets.letters import LetterDialog

CALLED = MailTemplate(
    id="called",
    labels={"en": "Has called"},
    subject={"en": "{caller} called you"},
    text={"en": "Caller: {caller}\nNumber: {number}\n"},
)
BACK = MailTemplate(
    id="back",
    labels={"en": "Call back"},
    subject={"en": "Call {caller}"},
    text={"en": "Please call {number}"},
)


@pytest.fixture
def mailing(desk: Desk) -> Desk:
    """A desk whose hub sends e-mails."""
    desk.session.replica.mails = True
    desk.session.replica.office = Office(mails=(CALLED, BACK))
    return desk


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What other programs were asked to open."""
    found: list[str] = []
    monkeypatch.setattr("widgets.letters.QDesktopServices.openUrl", lambda url: found.append(url.toString()))
    return found


def write_to(desk: Desk, name: str) -> LetterDialog:
    desk.type(name)
    desk.press(Key.Key_M, CTRL)
    dialog = desk.window.findChild(LetterDialog)
    assert isinstance(dialog, LetterDialog)
    assert dialog.isVisible()
    return dialog


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_who_called_stands_in_it_and_it_is_sent_by_a_key(mailing: Desk) -> None:
    mailing.talk()
    dialog = write_to(mailing, "ali")
    assert dialog.windowTitle() == "Message to Alice Holm"
    assert dialog.subject.text() == "Nordsø Entreprise A/S called you"
    assert dialog.text.toPlainText().startswith("Caller: Nordsø Entreprise A/S\nNumber: ")
    dialog.text.appendPlainText("Hun ringer igen kl. 15.")
    written = dialog.text.toPlainText()
    QTest.keyClick(dialog.text, Qt.Key.Key_Return, CTRL)
    sent = ask.SendMail(person="ali", subject="Nordsø Entreprise A/S called you", text=written)
    assert mailing.session.asked[-1] == sent
    assert not dialog.send.isEnabled(), "not twice"
    mailing.session.settle(Result.DONE)
    mailing.controller.flush()
    assert not dialog.isVisible()
    assert mailing.notice == "Sent to Alice Holm."


def test_what_was_not_sent_stays_and_can_be_sent_again(mailing: Desk) -> None:
    dialog = write_to(mailing, "ali")
    dialog.text.setPlainText("Ring til Bo")
    click(dialog.send)
    mailing.session.settle(Result.REFUSED, Message(key="unreachable", params={"address": "graph"}))
    mailing.controller.flush()
    assert dialog.isVisible()
    assert dialog.text.toPlainText() == "Ring til Bo"
    assert dialog.state.text() == "It was not sent; the text is still here."
    assert dialog.send.isEnabled()


def test_escape_keeps_what_was_written_for_each_colleague(mailing: Desk) -> None:
    dialog = write_to(mailing, "ali")
    dialog.text.setPlainText("Halvt skrevet")
    QTest.keyClick(dialog.text, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    mailing.window.search.field.clear()
    other = write_to(mailing, "bo")
    assert other.text.toPlainText() == ""
    QTest.keyClick(other.text, Qt.Key.Key_Escape)
    mailing.window.search.field.clear()
    assert write_to(mailing, "ali").text.toPlainText() == "Halvt skrevet"


def test_another_template_does_not_write_over_what_somebody_wrote(mailing: Desk) -> None:
    mailing.talk()
    dialog = write_to(mailing, "ali")
    dialog.template.setCurrentIndex(1)
    dialog.template.activated.emit(1)
    assert dialog.subject.text() == "Call Nordsø Entreprise A/S"
    dialog.subject.setText("Mit eget")
    dialog.template.setCurrentIndex(0)
    dialog.template.activated.emit(0)
    assert dialog.subject.text() == "Mit eget"


def test_teams_is_offered_to_who_has_it(desk: Desk, opened: list[str]) -> None:
    status = desk.session.replica.statuses["ali"]
    desk.session.replica.statuses["ali"] = replace(status, teams="Available")
    desk.session.replica.office = Office(mails=(CALLED,))
    desk.talk()
    dialog = write_to(desk, "ali")
    assert dialog.send.isHidden(), "the hub sends nothing"
    for button in (dialog.call, dialog.chat, dialog.program):
        click(button)
    assert opened[0] == "https://teams.microsoft.com/l/call/0/0?users=alice.holm%40firma.dk"
    assert opened[1].startswith("https://teams.microsoft.com/l/chat/0/0?users=alice.holm%40firma.dk&message=")
    assert opened[2].startswith("mailto:alice.holm%40firma.dk?subject=")


@pytest.fixture
def chatting(mailing: Desk) -> Desk:
    """A desk whose receptionist has signed in to write in Teams; Alice is there."""
    replica = mailing.session.replica
    replica.statuses["ali"] = replace(replica.statuses["ali"], teams="Available")
    replica.chats = True
    return mailing


def test_who_has_signed_in_for_it_writes_in_teams_in_their_own_name(
    chatting: Desk, opened: list[str]
) -> None:
    dialog = write_to(chatting, "ali")
    assert dialog.chat.text() == "Send in Teams"
    dialog.text.setPlainText("Ring til Bo\n")
    click(dialog.chat)
    assert chatting.session.asked[-1] == ask.SendChat(person="ali", text="Ring til Bo")
    assert not dialog.chat.isEnabled(), "not twice"
    chatting.session.settle(Result.DONE)
    chatting.controller.flush()
    assert not dialog.isVisible()
    assert chatting.notice == "Sent to Alice Holm."
    assert opened == []


def test_whose_sign_in_has_ended_writes_in_teams_itself(chatting: Desk, opened: list[str]) -> None:
    dialog = write_to(chatting, "ali")
    dialog.text.setPlainText("Ring til Bo")
    click(dialog.chat)
    chatting.session.settle(Result.REFUSED, Message(key="chat_sign_in"))
    chatting.controller.flush()
    assert dialog.isVisible()
    assert dialog.text.toPlainText() == "Ring til Bo"
    assert dialog.chat.text() == "Chat in Teams"
    click(dialog.chat)
    assert opened[0].startswith("https://teams.microsoft.com/l/chat/0/0?users=alice.holm%40firma.dk&message=")
