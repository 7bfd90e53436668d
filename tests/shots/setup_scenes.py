"""Scenes of setting up a service: the offer, the page with its lights, the steps of the assistant."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from reception.console.options import ConsoleOptions
from reception.hub.identity_desk import BACK
from reception.model.changes import Message, Source, SourceState
from reception.model.findings import Finding
from reception.model.setup import (
    FindingMade,
    LookAtSetup,
    ServiceSetup,
    SetupExamined,
    SetupSaved,
    SetupShown,
)
from services.graph.setup import describe
from tests.gui import office
from tests.gui.fake_session import FakeSession
from widgets.living import Desk
from widgets.setup_assistant import SetupAssistant
from widgets.window import Window

LINK = "https://login.microsoftonline.com/firma/adminconsent?client_id=4f2c"
FINDINGS = (
    Finding(what="sign-in"),
    Finding(what="permission User.ReadBasic.All"),
    Finding(what="permission Presence.Read.All"),
    Finding(
        what="permission Calendars.Read",
        fault=Message(
            key="graph_refused",
            params={"permission": "Calendars.Read", "link": LINK, "error": "not in the token"},
        ),
    ),
    Finding(what="clock", fault=Message(key="clock_differs", params={"seconds": 312})),
    Finding(what="presence of alice@firma.dk"),
)
REDIRECT = "https://presence.firma.dk/sign-in/microsoft/back"
FINDINGS_OF_PEOPLE = (
    Finding(what="sign-in"),
    Finding(what="permission Mail.Send"),
    Finding(
        what="sender reception@firma.dk",
        fault=Message(key="graph_no_sender", params={"sender": "reception@firma.dk"}),
    ),
    Finding(what="sign-in page"),
    Finding(what="signing keys"),
    Finding(what="app"),
    Finding(what="redirect URI", copy=REDIRECT),
)


def service(*, is_used: bool) -> ServiceSetup:
    """Return Microsoft 365 as the hub shows it."""
    description = describe()
    values = {f.name: f.default for f in description.fields if not f.is_kept_back}
    if not is_used:
        return ServiceSetup(description=description, values=values | {"redirect": BACK})
    values |= {
        "tenant": "6c1b6a0e-5a0f-4a60-9f0c-7f6f3a0f9c11",
        "client_id": "4f2c2d9a-0a43-4b0e-8a3c-2f3c5b9f7d20",
        "directory": "true",
        "mail": "true",
        "sender": "reception@firma.dk",
        "identity": "true",
        "web_listen": "0.0.0.0:443",
        "address": "https://presence.firma.dk",
        "redirect": REDIRECT,
    }
    return ServiceSetup(
        description=description,
        values=values,
        kept=("secret",),
        is_used=True,
        sources=("exchange", "teams", "directory"),
        good_at={"exchange": office.NOW - 3, "directory": office.NOW - 200},
    )


def desk(session: FakeSession, window: Window) -> Desk:
    """Let an administrator sit here."""
    session.replica.administers = True
    folder = Path(tempfile.mkdtemp())
    options = ConsoleOptions(data_dir=folder, preferences_file=folder / "console.json")
    return Desk(window, window._controller, options)


def offer(session: FakeSession, window: Window) -> None:
    """Nothing is set up yet."""
    session.replica.lacks_presence = True
    session.replica.sources = {k: v for k, v in session.replica.sources.items() if k == "telephony"}
    desk(session, window)
    window._controller.updated.emit(_all())


def page(session: FakeSession, window: Window, *, is_used: bool = True) -> Desk:
    """The page of Microsoft 365; Teams asks to wait."""
    session.replica.sources["teams"] = Source(
        id="teams",
        state=SourceState.DOWN,
        since=office.NOW - 40,
        message=Message(key="graph_throttled", params={"seconds": 30}),
        good_at=office.NOW - 47,
        doing=Message(key="waits_as_asked", params={"at": office.NOW + 22}),
    )
    session.replica.sources["directory"] = Source(
        id="directory", state=SourceState.UP, since=office.NOW - 900
    )
    here = desk(session, window)
    here.open_settings()
    session.answer(SetupShown(services=(service(is_used=is_used),), file="/etc/reception/reception.toml"))
    assert here.dialog is not None
    here.dialog.begin_at_services()
    while session.set_ups:
        session.set_ups.pop()
    return here


def assistant(
    session: FakeSession, window: Window, step: int, *, is_used: bool | None = None
) -> SetupAssistant:
    """The assistant at a step, from 0."""
    here = page(session, window, is_used=step > 0 if is_used is None else is_used)
    assert here.services is not None
    here.services.open_assistant(here.services.pages["graph"].service)
    found = here.services.assistant
    assert found is not None
    for _ in range(step):
        found.next.click()
    return found


def account(session: FakeSession, window: Window) -> None:
    """Who we are."""
    assistant(session, window, 0)


def uses(session: FakeSession, window: Window) -> None:
    """What is used."""
    assistant(session, window, 1)


def mails(session: FakeSession, window: Window) -> None:
    """E-mails to colleagues."""
    assistant(session, window, 2)


def sign_in(session: FakeSession, window: Window) -> None:
    """People sign in with Microsoft."""
    assistant(session, window, 3)


def sign_in_off(session: FakeSession, window: Window) -> None:
    """The same before anything is set up."""
    assistant(session, window, 3, is_used=False)


def check(session: FakeSession, window: Window) -> None:
    """The findings."""
    _checked(session, window, FINDINGS)


def check_of_people(session: FakeSession, window: Window) -> None:
    """The findings of e-mails and sign-in."""
    _checked(session, window, FINDINGS_OF_PEOPLE)


def _checked(session: FakeSession, window: Window, findings: Sequence[Finding]) -> None:
    assistant(session, window, 4)
    while isinstance(session.set_ups[0][0], LookAtSetup):
        session.set_ups.pop(0)
    session.answer(*(FindingMade(finding=one) for one in findings), SetupExamined(is_well=False))


def saved(session: FakeSession, window: Window) -> None:
    """Saved, and other settings were changed by hand."""
    found = assistant(session, window, 5)
    session.set_ups.clear()
    found.next.click()
    backup = "/etc/reception/reception.toml.20261127-153000.bak"
    session.answer(SetupSaved(backup=backup, needs_restart=True))


def _all() -> object:
    from reception.console.api import Delta

    return Delta(is_reset=True, link=True)
