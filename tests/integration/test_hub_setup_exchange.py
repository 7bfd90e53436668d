"""Exchange set up from a console, as Microsoft 365 is: a real hub as a process, an emulated server."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from reception.model.changes import SourceState
from reception.model.setup import ExamineSetup, SaveSetup, SetupExamined, SetupSaved
from reception.presence.port import EXCHANGE
from services.emulators.exchange.mailboxes import Item, Mailbox, Organisation
from tests.integration.ews_rig import SERVICE, exchange
from tests.integration.graph_rig import NAMES, mail_of
from tests.integration.test_hub_setup import findings, house

NOW = datetime.fromtimestamp(round(time.time()), UTC)


async def test_examined_saved_and_used_without_a_restart(tmp_path: Path) -> None:
    mail = mail_of(NAMES[0])
    office = Organisation([Mailbox(address=mail_of(name)) for name in NAMES], [SERVICE], lambda: NOW)
    office.put(mail, Item(subject="Kundemøde", start=NOW, end=NOW + timedelta(hours=1)))
    with exchange(office) as server:
        values = {
            "url": server.url,
            "user": SERVICE.name,
            "auth": "basic",
            "sample": mail,
            "streaming": "false",
        }
        async with house(tmp_path) as firm, firm.console("KLJ") as one:
            replica = one.session.replica
            wrong = ExamineSetup(service="exchange", values=values, secrets={"password": "forkert"})
            said = await firm.said(one, wrong)
            assert said[-1] == SetupExamined(is_well=False)
            assert findings(said)["sign-in"] == "wrong_password"

            secrets = {"password": SERVICE.password}
            said = await firm.said(one, ExamineSetup(service="exchange", values=values, secrets=secrets))
            assert said[-1] == SetupExamined(is_well=True), findings(said)
            saved = (await firm.said(one, SaveSetup(service="exchange", values=values, secrets=secrets)))[-1]
            assert isinstance(saved, SetupSaved), saved
            await one.until(lambda: EXCHANGE in replica.sources)
            await one.until(lambda: replica.sources[EXCHANGE].state is SourceState.UP)
            person = NAMES[0][:3]
            await one.until(lambda: person in replica.timelines)
            assert [entry.reason for entry in replica.timelines[person].entries] == ["Kundemøde"]
    assert SERVICE.password not in firm.config.read_text()
    assert SERVICE.password.encode() not in b"".join(firm.heard)
    assert SERVICE.password not in firm.said_in_log
    assert "forkert" not in firm.said_in_log
