"""Line state both ways on the real Asterisk: what telephones do reaches Teams, what Teams says the lamps.

Teams is a writer of ours that remembers what it is told; what a real one sends has tests of its own.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

import pytest

from reception.hub.core import Hub
from reception.model.calls import Place
from reception.model.intents import Answer, CampOn
from reception.wire import Result
from services.asterisk.settings import parse_settings
from services.asterisk.switch import AsteriskSwitch
from tests.contract.rig_asterisk import QUICK
from tests.integration.hub_rig import PEOPLE, MemoryStore, Rig, console
from tests.integration.test_hub_sync import BENT, FakeTeams, in_a_call, word
from tests.lab.fixtures import House, Lab, eventually

pytestmark = pytest.mark.lab


class Workplace(NamedTuple):
    """A hub on the lab's Asterisk, with Teams and telephones."""

    rig: Rig
    teams: FakeTeams
    house: House
    lab: Lab

    @property
    def hub(self) -> Hub:
        return self.rig.hub

    async def shows(self, number: str, *states: str) -> None:
        """Wait until the lamp of a number shows one of these."""

        async def does() -> bool:
            return await self.lab.lamp(number) in states

        await eventually(does, f"{states} on the lamp of {number}")


@asynccontextmanager
async def at_work(lab: Lab, store: MemoryStore | None = None) -> AsyncIterator[Workplace]:
    """A hub that knows all lines, and that everybody is available in Teams."""
    teams = FakeTeams()
    async with lab.house() as house:
        for number in ("201", "202"):
            await house.phone(number)
        switch = AsteriskSwitch(parse_settings(lab.switch_settings()), QUICK)
        rig = Rig(store, presence=[teams], real_switch=switch)
        await rig.start(is_connected=False)
        try:
            place = Workplace(rig, teams, house, lab)
            teams.say(*(word(p.id) for p in PEOPLE))
            async with console(rig) as one:
                lines = one.session.replica.statuses
                await one.until(lambda: lines.get("p202") is not None and lines["p202"].lines)
            yield place
        finally:
            await rig.stop()


@pytest.mark.requirement("000-29", "000-30", "000-33", "000-36", "000-38", "003-53")
async def test_off_hook_is_one_session_in_teams_within_two_seconds_and_hanging_up_clears_it_once(
    lab: Lab,
) -> None:
    async with at_work(lab) as place:
        teams = place.teams
        alice = await place.house.phone("201")
        begun = time.monotonic()
        await alice.dial("202")
        await teams.until(lambda: len(teams.written) == 2)
        assert time.monotonic() - begun < 2.0
        teams.say(in_a_call("p201"), in_a_call("p202"))  # what was written comes back
        begun = time.monotonic()
        await alice.hang_up()
        await teams.until(lambda: len(teams.written) == 4)
        assert time.monotonic() - begun < 2.0
        assert sorted(teams.written[:2]) == [("set", "p201"), ("set", "p202")]
        assert sorted(teams.written[2:]) == [("clear", "p201"), ("clear", "p202")]
        teams.say(word("p201"), word("p202"))
        await place.shows("201", "Idle")
        await asyncio.sleep(0.5)  # an echo would be here by now
        assert len(teams.written) == 4
        assert await lab.lamp("202") == "Idle"


@pytest.mark.requirement("000-28", "000-33", "003-52", "003-53")
async def test_a_call_in_teams_lights_the_lamp_and_blocks_camp_on_until_it_ends(lab: Lab) -> None:
    async with at_work(lab) as place, console(place.rig) as one:
        bent = await place.house.phone("202", "ring")
        await place.shows("202", "Idle")
        begun = time.monotonic()
        place.teams.say(in_a_call("p202"))
        await place.shows("202", "Busy")
        assert time.monotonic() - begun < 2.0

        await place.house.phone("101")
        await place.house.caller()
        await one.until(lambda: one.session.replica.calls)
        (call,) = one.session.replica.calls
        await one.outcome(one.session.request(Answer(call=call)))
        await one.until(lambda: one.session.replica.calls[call].place is Place.TALKING)
        outcome = await one.outcome(one.session.request(CampOn(call=call, to=BENT)))
        assert outcome.result is Result.DONE
        await asyncio.sleep(0.5)  # it would ring by now
        assert not bent.is_ringing
        assert not place.teams.written, "what is shown on the line is not news for Teams"

        place.teams.say(word("p202"))
        await bent.wait_ringing()
        await bent.answer()
        await one.until(lambda: one.session.replica.calls[call].place is Place.HANDED_ON)
        await place.teams.until(lambda: place.teams.written == [("set", "p202")])
        await bent.hang_up()
        await place.teams.until(lambda: len(place.teams.written) == 2)
        await place.shows("202", "Idle")


async def test_do_not_disturb_has_its_own_device(lab: Lab) -> None:
    async with at_work(lab) as place:
        place.teams.say(word("p201", "DoNotDisturb"))
        await lab.until_device("Custom:alice-dnd", lambda state: state == "BUSY")
        assert await lab.device_state("Stasis:alice") != "BUSY"
        place.teams.say(in_a_call("p201"))
        await lab.until_device("Stasis:alice", lambda state: state == "BUSY")
        await lab.until_device("Custom:alice-dnd", lambda state: state == "NOT_INUSE")
        place.teams.say(word("p201"))
        await place.shows("201", "Idle")


async def test_after_a_restart_of_the_hub_lamps_and_teams_are_put_right(lab: Lab) -> None:
    store = MemoryStore()
    async with at_work(lab, store) as place:
        alice = await place.house.phone("201")
        place.teams.say(word("p203", "Busy", "InAConferenceCall"))
        await lab.until_device("Custom:carol-teams", lambda state: state == "BUSY")
        await alice.dial("202")
        await place.teams.until(lambda: len(place.teams.written) == 2)
        await place.rig.store.until(lambda: len(store.sessions) == 2)
    assert await lab.device_state("Custom:carol-teams") != "BUSY", "nobody would take it back"
    async with at_work(lab, store) as place:
        await place.teams.until(lambda: len(place.teams.written) == 2)
        assert sorted(place.teams.written) == [("clear", "p201"), ("clear", "p202")]
        place.teams.say(word("p203", "Busy", "InAConferenceCall"))
        await lab.until_device("Custom:carol-teams", lambda state: state == "BUSY")
