"""Setting up a service from the settings: its page, the assistant by keys alone, the offer of a first day."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reception.console.options import ConsoleOptions
from reception.hub.identity_desk import BACK
from reception.model.changes import Message, Source, SourceChanged, SourceState
from reception.model.findings import Finding
from reception.model.setup import (
    Choice,
    Description,
    ExamineSetup,
    Field,
    FieldKind,
    FindingMade,
    HubRestarts,
    LookAtSetup,
    RestartHub,
    SaveSetup,
    ServiceSetup,
    SetupExamined,
    SetupRefused,
    SetupSaved,
    SetupShown,
    Step,
)
from services.exchange.setup import describe as describe_exchange
from services.graph.setup import describe
from tests.gui import office
from tests.gui.desk import CTRL, Desk, Key
from widgets import living, setup_words
from widgets.setup_assistant import SetupAssistant
from widgets.setup_fields import FieldRow

LINK = "https://login.microsoftonline.com/firma/adminconsent?client_id=4f2c"
OTHER = Description(
    service="other",
    title="Post office",
    steps=(
        Step(
            title="Where",
            fields=(
                Field(name="endpoint", key="endpoint", label="Endpoint", is_needed=True, guards=True),
                Field(name="password", key="password", label="Password", kind=FieldKind.SECRET),
                Field(
                    name="auth",
                    key="auth",
                    label="Way",
                    kind=FieldKind.CHOICE,
                    default="basic",
                    choices=(Choice(value="basic", label="Basic"), Choice(value="ntlm", label="NTLM")),
                ),
            ),
        ),
    ),
)
"""A service that nobody here knows: the assistant is made of its description alone."""


def microsoft(*, is_used: bool = False) -> ServiceSetup:
    description = describe()
    values = {f.name: f.default for f in description.fields if not f.is_kept_back}
    if not is_used:
        return ServiceSetup(description=description, values=values)
    return ServiceSetup(
        description=description,
        values=values | {"tenant": "t", "client_id": "c"},
        kept=("secret",),
        is_used=True,
        sources=("teams",),
        good_at={"teams": office.NOW - 5},
    )


class Place:
    """An administrator's desk."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.file = folder / "console.json"
        self.desk = Desk()
        with qtbot.waitExposed(self.desk.window):
            pass
        self.session = self.desk.session
        self.session.replica.administers = True
        self.options = ConsoleOptions(data_dir=folder, preferences_file=self.file)
        self.living = living.Desk(self.desk.window, self.desk.controller, self.options)

    def close(self) -> None:
        """Leave, and take all windows along."""
        if self.living.dialog is not None:
            self.living.dialog.reject()
        self.desk.close()
        self.desk.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def settings(self, *services: ServiceSetup) -> None:
        """Open the settings; the hub tells of these services."""
        self.desk.press(Key.Key_Comma, CTRL)
        self.session.answer(SetupShown(services=services, file="reception.toml"))

    def assistant(self, service: ServiceSetup) -> SetupAssistant:
        self.settings(service)
        assert self.living.dialog is not None
        assert self.living.services is not None
        self.living.dialog.begin_at_services()
        page = self.living.services.pages[service.description.service]
        page.begin.setFocus()
        QTest.keyClick(page.begin, Key.Key_Space)
        found = self.living.services.assistant
        assert found is not None
        self.session.set_ups.clear()
        return found

    def said_on_page(self, service: str = "graph") -> str:
        assert self.living.services is not None
        page = self.living.services.pages[service]
        return "\n".join(label.text() for label in page.findChildren(QLabel) if not label.isHidden())


@pytest.fixture
def place(qtbot: QtBot, tmp_path: Path) -> Iterator[Place]:
    found = Place(qtbot, tmp_path)
    yield found
    found.close()


@pytest.fixture
def other(place: Place) -> Place:
    """Somebody without the right."""
    place.session.replica.administers = False
    return place


def press(assistant: SetupAssistant, key: Qt.Key) -> None:
    QTest.keyClick(assistant.focusWidget() or assistant, key)


def row(assistant: SetupAssistant, name: str) -> FieldRow:
    return next(r for page in assistant.steps for r in page.rows if r.field.name == name)


def write(assistant: SetupAssistant, name: str, text: str) -> None:
    editor = row(assistant, name).editor
    editor.setFocus()
    QTest.keyClicks(editor, text)


# ------------------------------------------------------------------ the page


def test_others_than_administrators_have_no_pages(other: Place) -> None:
    other.desk.press(Key.Key_Comma, CTRL)
    assert other.living.dialog is not None
    assert other.living.dialog.tabs is None
    assert other.session.set_ups == []


def test_the_page_tells_state_age_and_what_is_done_about_it(place: Place) -> None:
    place.settings(microsoft(is_used=True))
    assert "Connected, last data 5 s ago." in place.said_on_page()
    place.desk.tell(
        SourceChanged(
            source=Source(
                id="teams",
                state=SourceState.DOWN,
                since=office.NOW - 10,
                message=Message(key="graph_throttled", params={"seconds": 30}),
                good_at=office.NOW - 180,
                doing=Message(key="waits_as_asked", params={"at": office.NOW + 20}),
            )
        )
    )
    said = place.said_on_page()
    assert "No answer, last data 3 min ago. Microsoft is busy and asks us to wait 30 s." in said
    assert "Reception waits until" in said
    light = place.desk.window.top._lights["teams"]
    assert "The last data is 3 min old." in light.toolTip()
    assert "Reception waits until" in light.toolTip()


def test_a_secret_is_told_as_kept_and_nothing_of_it(place: Place) -> None:
    assistant = place.assistant(microsoft(is_used=True))
    assert "kept by the hub" in place.said_on_page()
    assert assistant.values["tenant"] == "t"
    assert row(assistant, "secret").value == ""
    assert "secret" not in assistant.values


def test_the_hub_is_asked_again_while_the_page_can_be_seen(place: Place) -> None:
    place.settings(microsoft(is_used=True))
    assert place.living.dialog is not None
    assert place.living.services is not None
    place.living.dialog.begin_at_services()
    page = place.living.services.pages["graph"]
    assert isinstance(place.session.answer(SetupShown(services=(microsoft(is_used=True),))), LookAtSetup)
    assert page._timer.isActive()
    page._timer.timeout.emit()
    assert isinstance(place.session.set_ups[-1][0], LookAtSetup)
    QTest.keyClick(place.living.dialog, Key.Key_Escape)
    assert not page._timer.isActive()
    place.session.answer(SetupShown(services=()))  # to nobody


# ------------------------------------------------------------------ the assistant


def test_set_up_by_keyboard_alone(place: Place) -> None:
    assistant = place.assistant(microsoft())
    write(assistant, "tenant", "firma")
    write(assistant, "client_id", "4f2c")
    write(assistant, "secret", "s3cret-of-ours")
    press(assistant, Key.Key_Return)
    assert assistant.title.text() == "What is used"
    switch(assistant, "automatic_replies")
    page_of(assistant, SIGN_IN + 1)
    fault = Message(key="graph_refused", params={"permission": "Calendars.Read", "link": LINK, "error": "?"})
    asked = place.session.answer(
        FindingMade(finding=Finding(what="sign-in")),
        FindingMade(finding=Finding(what="permission Calendars.Read", fault=fault)),
        SetupExamined(is_well=False),
    )
    assert isinstance(asked, ExamineSetup)
    assert asked.secrets == {"secret": "s3cret-of-ours"}
    assert asked.values["automatic_replies"] == "true"
    assert "s3cret" not in repr(asked)
    assert [r.accessibleName() for r in assistant.findings.rows] == [
        "Sign-in: well.",
        "Permission Calendars.Read: not well. Not consented to. "
        "An administrator of the tenant consents by the link.",
    ]
    ill = assistant.findings.rows[1]
    ill.copy.setFocus()
    QTest.keyClick(ill.copy, Key.Key_Space)
    assert QGuiApplication.clipboard().text() == LINK
    assistant.next.setFocus()
    press(assistant, Key.Key_Return)
    press(assistant, Key.Key_Return)
    saved = place.session.answer(SetupSaved(backup="reception.toml.bak"))
    assert isinstance(saved, SaveSetup)
    assert (saved.values, saved.secrets) == (asked.values, asked.secrets)
    assert "Saved, and in use now." in assistant.outcome.text()
    assert "reception.toml.bak" in assistant.outcome.text()
    assert assistant.restart.isHidden()
    press(assistant, Key.Key_Return)
    assert assistant.isHidden()


def test_findings_come_one_by_one_and_a_new_check_begins_afresh(place: Place) -> None:
    assistant = page_of(place.assistant(microsoft(is_used=True)), SIGN_IN + 1)
    _, first = place.session.set_ups[0]
    first(FindingMade(finding=Finding(what="clock")))
    assert len(assistant.findings.rows) == 1
    assert assistant.verdict.text() == "Checking …"
    first(SetupRefused(message=Message(key="hub_away")))
    assert assistant.again.isEnabled()
    QTest.keyClick(assistant.again, Key.Key_Space)
    assert assistant.findings.rows == []
    first(FindingMade(finding=Finding(what="clock")))
    assert assistant.findings.rows == [], "of the check before"


def test_what_cannot_be_saved_is_said_and_may_be_tried_again(place: Place) -> None:
    assistant = page_of(place.assistant(microsoft()), SIGN_IN + 2)
    press(assistant, Key.Key_Return)
    place.session.set_ups.pop(0)  # the check
    place.session.answer(SetupRefused(message=Message(key="setup_lacks", params={"title": "Client secret"})))
    assert assistant.outcome.text() == "“Client secret” is missing."
    assert assistant.next.isEnabled()
    QTest.keyClick(assistant.next, Key.Key_Return)
    place.session.answer(SetupSaved(needs_restart=True))
    assert not assistant.restart.isHidden()
    QTest.keyClick(assistant.restart, Key.Key_Space)
    asked = [task for task, _ in place.session.set_ups]
    assert asked[-1] == RestartHub()
    del place.session.set_ups[:-1]
    place.session.answer(HubRestarts())
    assert "begins again" in assistant.outcome.text()


def test_a_certificate_is_read_here_and_its_content_goes_to_the_hub(place: Place, tmp_path: Path) -> None:
    assistant = place.assistant(microsoft())
    file = tmp_path / "app.pem"
    file.write_bytes(b"PEM")
    certificate = row(assistant, "certificate")
    certificate.read(str(file))
    assert assistant._secrets == {"certificate": base64.b64encode(b"PEM").decode()}
    certificate.read(str(tmp_path / "none.pem"))
    assert "cannot be read" in certificate.note.text()
    assert assistant._secrets == {}
    file.write_bytes(b"x" * 40_000)
    certificate.read(str(file))
    assert "too large" in certificate.note.text()
    assert assistant._secrets == {}


MAILS, SIGN_IN = 2, 3


def page_of(assistant: SetupAssistant, number: int) -> SetupAssistant:
    """Go on to a page by keys."""
    while assistant.at < number:
        press(assistant, Key.Key_Return)
    return assistant


def switch(assistant: SetupAssistant, name: str) -> None:
    editor = row(assistant, name).editor
    editor.setFocus()
    QTest.keyClick(editor, Key.Key_Space)


def test_mail_and_sign_in_are_set_up_by_keyboard_alone(place: Place) -> None:
    description = describe()
    values = {f.name: f.default for f in description.fields if not f.is_kept_back} | {"redirect": BACK}
    assistant = page_of(place.assistant(ServiceSetup(description=description, values=values)), MAILS)
    assert assistant.title.text() == "E-mails to colleagues"
    assert row(assistant, "sender").isHidden(), "what belongs to a switch that is off is not there"
    switch(assistant, "mail")
    assert "needs Mail.Send" in row(assistant, "mail").note.text()
    QTest.keyClick(assistant.focusWidget(), Key.Key_Tab)
    QTest.keyClicks(assistant.focusWidget(), "reception@firma.dk")
    press(assistant, Key.Key_Return)
    assert assistant.title.text() == "People sign in with Microsoft"
    assert not assistant.steps[SIGN_IN].more.isVisible()
    switch(assistant, "identity")
    assert assistant.steps[SIGN_IN].more.isVisible()
    write(assistant, "web_listen", "0.0.0.0:443")
    redirect = row(assistant, "redirect")
    assert isinstance(redirect.editor, QLineEdit)
    assert redirect.editor.text() == ""
    assert redirect.editor.placeholderText() == "Stands here when “Address of the web page” is filled in."
    assert not redirect.copy.isEnabled()
    write(assistant, "address", "https://presence.firma.dk/")
    assert redirect.editor.text() == f"https://presence.firma.dk{BACK}"
    assert redirect.editor.isReadOnly()
    assert redirect.editor.accessibleName() == "Redirect URI to register"
    redirect.copy.setFocus()
    QTest.keyClick(redirect.copy, Key.Key_Space)
    assert QGuiApplication.clipboard().text() == f"https://presence.firma.dk{BACK}"
    switch(assistant, "chat")
    assistant.next.setFocus()
    press(assistant, Key.Key_Return)
    asked = place.session.answer(
        FindingMade(finding=Finding(what="sender reception@firma.dk")),
        FindingMade(finding=Finding(what="redirect URI", copy=f"https://presence.firma.dk{BACK}")),
        SetupExamined(is_well=True),
    )
    assert isinstance(asked, ExamineSetup)
    assert "redirect" not in asked.values
    wanted = {"mail": "true", "sender": "reception@firma.dk", "identity": "true", "chat": "true"}
    wanted |= {"web_listen": "0.0.0.0:443", "address": "https://presence.firma.dk/", "passwords": "true"}
    assert asked.values.items() >= wanted.items()


def test_an_address_for_elsewhere_is_shown_as_something_to_do_and_copied(place: Place) -> None:
    assistant = page_of(place.assistant(microsoft(is_used=True)), SIGN_IN + 1)
    address = f"https://presence.firma.dk{BACK}"
    place.session.answer(
        FindingMade(finding=Finding(what="redirect URI", copy=address)), SetupExamined(is_well=True)
    )
    (found,) = assistant.findings.rows
    assert found.accessibleName() == (
        "Redirect URI to register at Microsoft, platform Web: to be entered there; it cannot be looked at "
        f"from here. {address}"
    )
    QGuiApplication.clipboard().clear()
    found.copy.setFocus()
    QTest.keyClick(found.copy, Key.Key_Space)
    assert QGuiApplication.clipboard().text() == address


def test_the_redirect_of_a_page_that_is_there_is_told_and_follows_another_address(place: Place) -> None:
    description, own = describe(), f"https://hub.firma.dk:8444{BACK}"
    values = {f.name: f.default for f in description.fields if not f.is_kept_back}
    values |= {"identity": "true", "web_listen": "0.0.0.0:8444", "redirect": own}
    service = ServiceSetup(description=description, values=values, kept=("secret",), is_used=True)
    assistant = place.assistant(service)
    assert own in place.said_on_page()
    assert "Mailbox that they come from" not in place.said_on_page()
    redirect = row(assistant, "redirect").editor
    assert isinstance(redirect, QLineEdit)
    assert redirect.text() == own
    write(assistant, "address", "https://a.dk")
    assert redirect.text() == f"https://a.dk{BACK}"


def test_each_use_tells_the_permission_it_needs_and_why(place: Place) -> None:
    assistant = place.assistant(microsoft())
    calendars = row(assistant, "calendars")
    assert "needs Calendars.Read" in calendars.note.text()
    assert "who is away until when" in calendars.note.text()
    calendars.editor.setCurrentIndex(2)  # type: ignore[attr-defined]  # a choice
    assert "needs" not in calendars.note.text()
    assert row(assistant, "teams").editor.accessibleDescription().endswith("needs Presence.Read.All")


def test_another_service_needs_no_other_window(place: Place) -> None:
    assistant = place.assistant(ServiceSetup(description=OTHER, values={"endpoint": "", "auth": "basic"}))
    assert assistant.windowTitle() == "Set up Post office"
    write(assistant, "endpoint", "https://mail.firma.dk/EWS/Exchange.asmx")
    write(assistant, "password", "hemmelig")
    press(assistant, Key.Key_Return)
    asked = place.session.answer(SetupExamined(is_well=True))
    assert isinstance(asked, ExamineSetup)
    assert asked.service == "other"
    assert asked.values == {"endpoint": "https://mail.firma.dk/EWS/Exchange.asmx", "auth": "basic"}
    assert asked.secrets == {"password": "hemmelig"}
    assert assistant.verdict.text() == "All is well."


def test_every_field_and_button_has_a_name_for_those_who_listen(place: Place) -> None:
    assistant = place.assistant(microsoft())
    rows = [r for page in assistant.steps for r in page.rows]
    assert all(r.editor.accessibleName() for r in rows)
    assert all(r.editor.focusPolicy() & Qt.FocusPolicy.TabFocus for r in rows)
    buttons = (assistant.back, assistant.next, assistant.cancel, assistant.again, assistant.restart)
    assert all(button.text() for button in buttons)


def test_tab_reaches_every_field_of_a_step_and_its_buttons(place: Place) -> None:
    assistant = place.assistant(microsoft())
    assistant.activateWindow()
    reached: list[QWidget | None] = [assistant.focusWidget()]
    for _ in range(12):
        QTest.keyClick(assistant.focusWidget() or assistant, Key.Key_Tab)
        reached.append(assistant.focusWidget())
    wanted = [row(assistant, n).editor for n in ("tenant", "client_id", "secret", "certificate")]
    assert all(w in reached for w in (*wanted, assistant.steps[0].more, assistant.next, assistant.cancel))


@pytest.mark.parametrize("description", [describe(), describe_exchange()], ids=lambda one: one.service)
def test_what_our_services_say_of_themselves_has_words_in_every_language(description: Description) -> None:
    words = {description.title} - {"Microsoft 365"}
    for step in description.steps:
        words |= {step.title, step.help}
        for field in step.fields:
            words |= {field.label, field.help, *(choice.label for choice in field.choices)}
    words -= {"Exchange", "NTLM", "Basic", "Digest", "OAuth"}
    assert words - {""} <= set(setup_words.DESCRIBED)
