"""A hub that is killed leaves its marks on lamps in Asterisk: the next hub makes them what is true."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from reception.hub.lock import DataLock
from services.emulators.graph.tenant import APP_ID, SECRET, TENANT_ID, User
from tests.e2e.headless import at_console
from tests.house.strict import ExpectLogs
from tests.integration.graph_rig import Office, office
from tests.lab.fixtures import Lab, eventually

pytestmark = pytest.mark.lab

BOB = "bob@firm.example"
MICROSOFT = """
[microsoft]
tenant = "{tenant}"
client_id = "{app}"
secret_file = "{secret}"
authority = "{authority}"
graph = "{graph}"
ca_file = "{ca_file}"
[[presence]]
backend = "graph"
[presence.graph]
calendars = "off"
watched_s = 0.2
rest_s = 0.2
"""


def microsoft(run: Office, folder: Path) -> str:
    secret = folder / "secret"
    secret.touch(mode=0o600)
    secret.write_text(SECRET, encoding="utf-8")
    return MICROSOFT.format(
        tenant=TENANT_ID,
        app=APP_ID,
        secret=secret,
        authority=run.emulator.base,
        graph=run.emulator.root,
        ca_file=run.ca_file,
    )


@pytest.mark.parametrize("next_knows_teams", [True, False], ids=["same", "without Teams"])
async def test_the_lamp_of_a_killed_hub_is_put_right_by_the_next_one(
    next_knows_teams: bool, lab: Lab, tmp_path: Path, expected_logs: ExpectLogs
) -> None:
    expected_logs("the hub is away")
    async with office(tmp_path) as run:
        run.tenant.joins(User(name="Bob Baker", mail=BOB))
        run.tenant.is_in_teams(BOB)
        settings = {"switch": {"lease_s": 9.0}, "more": microsoft(run, tmp_path)}
        async with at_console(lab, tmp_path, **settings) as console:
            await console.office.house.phone("202")
            run.tenant.takes_teams_call(BOB)

            async def shows(state: str) -> bool:
                return await lab.lamp("202") == state

            await eventually(lambda: shows("Busy"), "the lamp of Bob's call")
            console.office.kill_hub()
            lock = DataLock(console.office.folder)
            await eventually(
                lambda: asyncio.to_thread(lock.acquire), "the hub's end"
            )  # no other one may start
            run.tenant.is_in_teams(BOB)
            assert await shows("Busy"), "Asterisk has nobody who takes it back"
            if not next_knows_teams:
                config = console.office.config
                text = config.read_text(encoding="utf-8")
                config.write_text(text.partition("[microsoft]")[0], encoding="utf-8")
            lock.release()
            await console.until_up()
            await eventually(lambda: shows("Idle"), "the lamp of nobody's call", 10.0)
