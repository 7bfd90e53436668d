"""E-mails and sign-in set up from a console: in use at once, with a browser and an emulated Microsoft."""

from __future__ import annotations

import socket
import tomllib
from pathlib import Path

import httpx
import pytest

from reception.console.api import LinkState
from reception.hub.identity_desk import BACK, BEGIN
from reception.model.intents import SendMail
from reception.model.setup import (
    ExamineSetup,
    FindingMade,
    LookAtSetup,
    SaveSetup,
    SetupAnswer,
    SetupExamined,
    SetupRefused,
    SetupSaved,
    SetupShown,
)
from reception.wire import Outcome, Result
from services.emulators.graph.tenant import SECRET
from tests.integration.graph_rig import NAMES, mail_of
from tests.integration.hub_rig import Console
from tests.integration.program import word_of
from tests.integration.test_hub_setup import CONFIG, USED, House, findings, house
from tests.integration.test_web_identity import Browser
from tests.ports import unused_port

ALICE, SENDER = mail_of(NAMES[0]), mail_of(NAMES[1])
MAIL = {"mail": "true", "sender": SENDER}
NO_PRESENCE = {"teams": "false", "calendars": "off"}


async def examined(firm: House, one: Console, **values: str) -> list[SetupAnswer]:
    secrets = {"secret": SECRET, "ca_file": firm.authority}
    task = ExamineSetup(service="graph", values=firm.values | USED | values, secrets=secrets)
    return list(await firm.said(one, task))


async def mailed(one: Console) -> Outcome:
    """Write to Alice; returns what came of it."""
    request = one.session.request(SendMail(person="Ali", subject="Ring", text="til Bo"))
    return await one.outcome(request)


def problem(outcome: Outcome) -> str:
    return outcome.message.key if outcome.message is not None else ""


# ------------------------------------------------------------------ e-mails


async def test_mail_is_examined_saved_and_sent_at_once_and_stops_at_once(tmp_path: Path) -> None:
    async with house(tmp_path) as firm, firm.console("KLJ") as one, firm.console("MBH") as other:
        assert problem(await mailed(other)) == "mail_not_set_up"
        firm.microsoft.tenant.app.roles.discard("Mail.Send")
        found = findings(await examined(firm, one, mail="true", sender="nobody@firma.example"))
        assert found["permission Mail.Send"] == "graph_refused"
        assert found["sender nobody@firma.example"] == "graph_no_sender"
        firm.microsoft.tenant.app.roles.add("Mail.Send")
        said = await examined(firm, one, **MAIL)
        assert findings(said).items() >= {"permission Mail.Send": "", f"sender {SENDER}": ""}.items()
        whats = [answer.finding.what for answer in said if isinstance(answer, FindingMade)]
        assert len(whats) == len(set(whats)), "what is well is said once"
        assert said[-1] == SetupExamined(is_well=True)
        assert firm.config.read_text() == CONFIG

        saved = await firm.save(one, **MAIL)
        assert isinstance(saved, SetupSaved), saved
        assert not saved.needs_restart
        text = firm.config.read_text()
        assert all(line in text for line in CONFIG.splitlines()), "comments and all else stay"
        assert tomllib.loads(text)["mail"] == {"backend": "graph", "graph": {"sender": SENDER}}
        for console in (one, other):
            await console.until(lambda c=console: c.session.replica.mails)  # type: ignore[misc]
        assert (await mailed(other)).result is Result.DONE
        ((by, sent),) = firm.microsoft.tenant.mails
        assert by == SENDER
        assert sent["toRecipients"] == [{"emailAddress": {"address": ALICE}}]

        off = SaveSetup(service="graph", values={"mail": "false"})
        assert isinstance((await firm.said(one, off))[-1], SetupSaved)
        await other.until(lambda: not other.session.replica.mails)
        assert problem(await mailed(other)) == "mail_not_set_up"
        assert f'# [mail.graph]\n# sender = "{SENDER}"' in firm.config.read_text()
        async with firm.console("MBH") as late:
            assert not late.session.replica.mails


@pytest.mark.parametrize(
    ("sender", "key"), [("", "setup_lacks"), ("reception", "misconfigured")], ids=["none", "no address"]
)
async def test_a_sender_that_cannot_be_is_refused(tmp_path: Path, sender: str, key: str) -> None:
    async with house(tmp_path) as firm, firm.console("KLJ") as one:
        refused = await firm.save(one, mail="true", sender=sender)
        assert isinstance(refused, SetupRefused)
        assert refused.message.key == key
        assert firm.config.read_text() == CONFIG
        assert list(firm.folder.glob("secrets/*")) == []


async def test_a_house_may_send_mails_and_read_nothing(tmp_path: Path) -> None:
    async with house(tmp_path) as firm, firm.console("KLJ") as one:
        assert findings(await examined(firm, one, **NO_PRESENCE, **MAIL)).keys() == {
            *("sign-in", "clock", "permission Mail.Send", f"sender {SENDER}")
        }
        assert isinstance(await firm.save(one, **NO_PRESENCE, **MAIL), SetupSaved)
        assert "presence" not in tomllib.loads(firm.config.read_text())
        assert (await mailed(one)).result is Result.DONE
        shown = await firm.graph(one)
        assert shown.is_used
        assert shown.values["teams"] == "false"
        assert shown.sources == ()


# ------------------------------------------------------------------ sign-in


async def test_people_sign_in_as_soon_as_it_is_saved(tmp_path: Path) -> None:
    async with house(tmp_path) as firm, firm.console("KLJ") as one:
        page = f"http://127.0.0.1:{unused_port()}"
        wanted = {"identity": "true", "web_listen": page.removeprefix("http://")}
        assert (await firm.graph(one)).values["redirect"] == BACK, "there is no page yet"
        said = await examined(firm, one, **NO_PRESENCE, **wanted)
        assert findings(said) == {"sign-in page": "", "signing keys": "", "app": "", "redirect URI": ""}
        copies = [a.finding.copy for a in said if isinstance(a, FindingMade) and a.finding.copy]
        assert copies == [page + BACK]

        saved = await firm.save(one, **NO_PRESENCE, **wanted)
        assert isinstance(saved, SetupSaved), saved
        assert not saved.needs_restart
        assert (await firm.graph(one)).values["redirect"] == page + BACK
        assert word_of(firm.folder).web == page
        assert tomllib.loads(firm.config.read_text())["identity"] == {"backend": "graph"}
        firm.microsoft.tenant.app.redirects.add(page + BACK)
        firm.microsoft.emulator.sign_in.user = ALICE
        browser = Browser(firm.microsoft)
        async with browser.client as client:
            assert 'name="password"' in (await client.get(f"{page}/sign-in")).text
            answer = await browser.sign_in_at(page + BEGIN)
            assert (answer.status_code, answer.headers["location"]) == (303, "/")
            assert "Alice Holm" in (await client.get(page)).text

            strict = SaveSetup(service="graph", values={"passwords": "false", "chat": "true"})
            assert isinstance((await firm.said(one, strict))[-1], SetupSaved)
            assert "Alice Holm" in (await client.get(page)).text, "whoever is signed in stays so"
            async with httpx.AsyncClient() as stranger:
                form = await stranger.get(f"{page}/sign-in")
                assert 'name="password"' not in form.text
                asked = await stranger.get(page + BEGIN)
                assert "ChatMessage.Send" in asked.headers["location"]

            off = SaveSetup(service="graph", values={"identity": "false", **MAIL})
            assert isinstance((await firm.said(one, off))[-1], SetupSaved)
            assert (await client.get(page + BEGIN)).status_code == 404
            async with httpx.AsyncClient() as stranger:
                assert 'name="password"' in (await stranger.get(f"{page}/sign-in")).text
            assert tomllib.loads(firm.config.read_text())["web"] == {"listen": wanted["web_listen"]}
        assert one.session.replica.link is LinkState.UP, "calls were never in question"


async def test_an_address_that_is_taken_is_refused_and_the_page_stays_as_it_was(tmp_path: Path) -> None:
    async with house(tmp_path) as firm, firm.console("KLJ") as one:
        page = f"http://127.0.0.1:{unused_port()}"
        wanted = {"identity": "true", "web_listen": page.removeprefix("http://")}
        assert isinstance(await firm.save(one, **wanted), SetupSaved)
        before = firm.config.read_text()
        with socket.create_server(("127.0.0.1", 0)) as taken:
            other = SaveSetup(service="graph", values={"web_listen": f"127.0.0.1:{taken.getsockname()[1]}"})
            refused = (await firm.said(one, other))[-1]
        assert isinstance(refused, SetupRefused)
        assert "cannot listen" in str(refused.message.params["error"])
        assert firm.config.read_text() == before
        async with httpx.AsyncClient() as client:
            assert (await client.get(f"{page}/sign-in")).status_code == 200


async def test_a_page_that_nobody_can_come_back_to_is_named(tmp_path: Path) -> None:
    async with house(tmp_path) as firm, firm.console("KLJ") as one:
        refused = (await examined(firm, one, identity="true", web_listen="0.0.0.0:443"))[-1]
        assert isinstance(refused, SetupRefused)
        assert "give tls_cert and tls_key" in str(refused.message.params["error"])
        certificate, key = tmp_path / "hub.pem", tmp_path / "hub.key"
        issued = firm.microsoft.authority.issue_cert("localhost")
        issued.cert_chain_pems[0].write_to_path(certificate)
        issued.private_key_pem.write_to_path(key)
        with firm.config.open("a") as file:
            file.write(f'[web]\ntls_cert = "{certificate}"\ntls_key = "{key}"\n')
        for address, fault in (("", "page_without_name"), ("https://presence.example", "")):
            values = {"identity": "true", "web_listen": "0.0.0.0:443", "address": address}
            assert findings(await examined(firm, one, **values))["redirect URI"] == fault


async def test_what_the_hand_changed_beside_it_still_asks_for_a_restart(tmp_path: Path) -> None:
    async with house(tmp_path) as firm, firm.console("KLJ") as one:
        firm.config.write_text(CONFIG.replace('name = "Main"', 'name = "Hovednummer"'))
        saved = await firm.save(one, **MAIL)
        assert isinstance(saved, SetupSaved)
        assert saved.needs_restart
        (shown,) = await firm.said(one, LookAtSetup())
        assert isinstance(shown, SetupShown)
