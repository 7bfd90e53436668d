"""Contacts on a real Asterisk: a VIP is known in the window, a blocked one hears that it is busy."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from reception.model.calls import Place
from tests.e2e.workplace import Desk, at_work
from tests.lab.fixtures import Lab

pytestmark = [pytest.mark.lab, pytest.mark.gui]

CONTACTS = """\
name;company;type;phone
Maja Lind;Nordsoe Entreprise;VIP;+45 97 12 34 56
Telefonsaelger;;blocked;+45 61 30 44 72
"""


@pytest.mark.requirement("002-077", "002-082", "002-083")
def test_a_vip_is_seen_as_such_and_a_blocked_contact_does_not_get_through(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        office, file = desk.office, tmp_path / "contacts.txt"
        file.write_text(CONTACTS, encoding="utf-8")
        where = ("--config", str(office.config), "--data", str(office.folder))
        office.program("hub", "import-contacts", str(file), "--save", *where)
        blocked = await office.house.caller(number="+4561304472", name="Anybody")
        await desk.until(lambda: "refused 486" in blocked.events, lambda: f"busy: {blocked.events}")
        assert not desk.calls
        await office.house.phone("101")
        await office.house.caller(number="+4597123456", name="NORDSOE")
        await desk.sees("Maja Lind (Nordsoe Entreprise)", "VIP", "+45 97 12 34 56")
        desk.press(Qt.Key.Key_Return)
        await desk.place(Place.TALKING)

    at_work(lab, tmp_path, scenario)
