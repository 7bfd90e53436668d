"""The whole way: a telephone on the real Asterisk, the hub, the Graph client over TLS, Microsoft emulated.

What Microsoft is asked is held against its own description, where that is at hand.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import asdict

from reception.model.calls import Place, Target
from reception.model.intents import Answer, CampOn
from reception.model.people import Number, NumberKind, Person
from reception.wire import Result
from services.asterisk.settings import parse_settings
from services.asterisk.switch import AsteriskSwitch
from services.emulators.graph.presence import Pair
from services.emulators.graph.tenant import APP_ID
from services.graph import create
from tests.contract.rig_asterisk import QUICK
from tests.integration.graph_rig import Office, mail_of, office
from tests.integration.hub_rig import Console, MemoryStore, Rig, console
from tests.lab.fixtures import House, Lab, eventually

pytestmark = pytest.mark.lab

POLL_S = 0.5
PEOPLE = tuple(
    Person(
        id=f"p{number}",
        name=name,
        email=f"{name.lower()}@firma.example",
        numbers=(Number(kind=NumberKind.DESK, number=number),),
    )
    for number, name in (("201", "Alice"), ("202", "Bob"), ("203", "Carol"))
)
BOB = Target(number="202", person="p202", name="Bob")


class Workplace(NamedTuple):
    run: Office
    house: House
    rig: Rig
    lab: Lab

    @property
    def written(self) -> list[tuple[str, str]]:
        """What was written to Teams, of whom, in order."""
        users = self.run.tenant.users
        told = self.run.graph.exchanged("/presence/", "POST")
        return [(e.asked.parts[-1], users[e.asked.parts[1]].name) for e in told]

    async def until_written(self, count: int) -> None:
        async def is_written() -> bool:
            return len(self.written) >= count

        await eventually(is_written, f"{count} writes to Teams")

    def own_sessions(self) -> list[Pair]:
        """Return what we show of people in Teams."""
        presences = self.run.tenant.presences.values()
        return [shown.pair for one in presences if (shown := one.sessions.get(APP_ID)) is not None]

    async def shows(self, number: str, state: str) -> None:
        """Wait until the lamp of a number shows this."""

        async def does() -> bool:
            return await self.lab.lamp(number) == state

        await eventually(does, f"{state} on the lamp of {number}")


@asynccontextmanager
async def at_work(lab: Lab, tmp_path: Path) -> AsyncIterator[tuple[Workplace, Console]]:
    """A hub on the lab's Asterisk and on the tenant; everybody is free, and known in both."""
    async with office(tmp_path, names=[p.name for p in PEOPLE]) as run, lab.house() as house:
        for number in ("201", "202"):
            await house.phone(number)
        account = asdict(run.account())
        source = create({"microsoft": account, "calendars": "off", "watched_s": POLL_S, "rest_s": POLL_S})
        switch = AsteriskSwitch(parse_settings(lab.switch_settings()), QUICK)
        rig = Rig(MemoryStore(PEOPLE), presence=[source], real_switch=switch)
        await rig.start(is_connected=False)
        try:
            async with console(rig) as one:
                statuses = one.session.replica.statuses
                await one.until(lambda: all(p.id in statuses and statuses[p.id].teams for p in PEOPLE))
                await one.until(lambda: statuses["p202"].lines)
                yield Workplace(run, house, rig, lab), one
        finally:
            await rig.stop()


@pytest.mark.requirement("000-07", "000-29", "000-33", "000-36", "000-38", "003-52", "003-53")
async def test_off_hook_is_one_session_in_the_tenant_and_hanging_up_clears_it(
    lab: Lab, tmp_path: Path
) -> None:
    async with at_work(lab, tmp_path) as (place, _):
        alice = await place.house.phone("201")
        begun = time.monotonic()
        await alice.dial("202")
        await place.until_written(2)
        assert time.monotonic() - begun < 2.0
        assert place.own_sessions() == [("Busy", "InACall")] * 2
        await asyncio.sleep(3 * POLL_S)  # it is read back meanwhile
        begun = time.monotonic()
        await alice.hang_up()
        await place.until_written(4)
        assert time.monotonic() - begun < 2.0
        await asyncio.sleep(3 * POLL_S)
        assert sorted(place.written[:2]) == [("setPresence", "Alice"), ("setPresence", "Bob")]
        assert sorted(place.written[2:]) == [("clearPresence", "Alice"), ("clearPresence", "Bob")]
        assert not place.own_sessions()
        assert await lab.lamp("201") == await lab.lamp("202") == "Idle"


@pytest.mark.requirement(
    "000-03", "000-07", "000-09", "000-28", "004-13", "004-22", "000-33", "003-52", "003-53"
)
async def test_a_call_in_the_tenant_lights_the_lamp_and_blocks_camp_on_until_it_ends(
    lab: Lab, tmp_path: Path
) -> None:
    async with at_work(lab, tmp_path) as (place, one):
        bob = await place.house.phone("202", "ring")
        begun = time.monotonic()
        place.run.tenant.takes_teams_call(mail_of("Bob"))
        await place.shows("202", "Busy")
        assert time.monotonic() - begun < POLL_S + 1.0, "one polling interval, and what the way takes"

        await place.house.phone("101")
        await place.house.caller()
        await one.until(lambda: one.session.replica.calls)
        (call,) = one.session.replica.calls
        await one.outcome(one.session.request(Answer(call=call)))
        await one.until(lambda: one.session.replica.calls[call].place is Place.TALKING)
        outcome = await one.outcome(one.session.request(CampOn(call=call, to=BOB)))
        assert outcome.result is Result.DONE
        await asyncio.sleep(2 * POLL_S)  # it would ring by now
        assert not bob.is_ringing
        place.run.tenant.is_in_teams(mail_of("Bob"))
        await bob.wait_ringing()
        assert place.written == []
