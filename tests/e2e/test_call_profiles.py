"""A call in Teams activates a presence profile: calls to the colleague's own number go where it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.emulators.graph.tenant import User
from tests.e2e.headless import at_console
from tests.e2e.test_teams_killed import BOB, microsoft
from tests.integration.graph_rig import office
from tests.lab.fixtures import Lab, eventually

pytestmark = pytest.mark.lab

PROFILE = """
[[profiles]]
id = "ms_teams"
labels = { da = "MS Teams" }
calls = "diverted"
divert_to = "203"
info = "Skriv i Teams"
[teams]
profile = "ms_teams"
"""


@pytest.mark.requirement("003-58", "003-35")
async def test_while_somebody_is_in_a_call_in_teams_their_callers_ring_where_the_profile_says(
    lab: Lab, tmp_path: Path
) -> None:
    (tmp_path / "office.toml").write_text(PROFILE, encoding="utf-8")
    async with office(tmp_path) as run:
        run.tenant.joins(User(name="Bob Baker", mail=BOB))
        run.tenant.is_in_teams(BOB)
        async with at_console(lab, tmp_path, more=microsoft(run, tmp_path)) as console:
            house, replica = console.office.house, console.session.replica
            bob, carol = [await house.phone(number, "ring") for number in ("202", "203")]
            run.tenant.takes_teams_call(BOB)

            async def goes_to_carol() -> bool:
                return (await lab.noted_directly()).get("202", "~~").split("~")[1:3] == ["number", "203"]

            await eventually(goes_to_carol, "the note of 202")
            await console.until(
                lambda: replica.statuses["bob"].info == "Skriv i Teams", "what colleagues read of it"
            )
            await house.caller(number="+4597000001", dialled="7202")
            await carol.wait_ringing()
            assert not bob.is_ringing
            run.tenant.is_in_teams(BOB)

            async def is_usual() -> bool:
                return "202" not in await lab.noted_directly()

            await eventually(is_usual, "the end of Bob's call")
            await console.until(lambda: not replica.statuses["bob"].info, "its end on the card")
            await house.caller(number="+4597000002", dialled="7202")
            await bob.wait_ringing()
