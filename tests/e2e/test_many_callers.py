"""Fifty callers at once on the real Asterisk: each in exactly one place, in the hub and in the PBX."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from reception.model.calls import Place, Target
from reception.model.intents import Park, Transfer
from tests.e2e.workplace import Desk, at_work
from tests.lab.fixtures import Lab

pytestmark = [pytest.mark.lab, pytest.mark.gui]

CALLERS = 50


async def where_asterisk_has_them(desk: Desk) -> Counter[str]:
    """Return how many callers are in how many bridges: every caller's channel, counted."""
    bridges = await desk.office.lab.ari_get("bridges")
    channels = {c["id"]: c["name"] for c in await desk.office.lab.channels()}
    found: Counter[str] = Counter({i: 0 for i, name in channels.items() if name.startswith("PJSIP/pstn")})
    for bridge in bridges:
        found.update(c for c in bridge["channels"] if channels.get(c, "").startswith("PJSIP/pstn"))
    return found


def test_fifty_callers_are_each_in_exactly_one_place(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        house = desk.office.house
        await house.phone("101")
        await house.phone("201")
        numbers = [f"+45971000{n:02}" for n in range(CALLERS)]
        callers = {number: await house.caller(number=number, patience_s=300) for number in numbers}
        await desk.until(lambda: len(desk.calls) == CALLERS, lambda: f"{len(desk.calls)} callers")
        for caller in callers.values():
            await caller.wait_answered()

        async def all_wait() -> bool:
            found = await where_asterisk_has_them(desk)
            return len(found) == CALLERS and set(found.values()) == {1}

        await desk.until_true(all_wait, "each waits in one bridge")
        assert {c.party.number for c in desk.calls} == set(numbers)
        arrival = [c.party.number for c in desk.calls]

        # One talks, one is parked, one is with alice, one hangs up: everybody else is untouched.
        for what in ("park", "transfer", "hangs up"):
            desk.press(Qt.Key.Key_F2)
            await desk.until(lambda: any(c.place is Place.TALKING for c in desk.calls), "answered")
            call = next(c for c in desk.calls if c.place is Place.TALKING)
            assert call.party.number == arrival.pop(0), "first come, first served"
            if what == "park":
                desk.session.request(Park(call=call.id))
            elif what == "transfer":
                desk.session.request(Transfer(call=call.id, to=Target(number="201", name="Alice")))
            else:
                await callers[call.party.number or ""].hang_up()
            await desk.until(lambda: not any(c.place is Place.TALKING for c in desk.calls), what)
        desk.press(Qt.Key.Key_F2)
        places = {Place.QUEUED: 46, Place.PARKED: 1, Place.HANDED_ON: 1, Place.TALKING: 1}
        await desk.until(
            lambda: Counter(c.place for c in desk.calls) == places,
            lambda: str(Counter(c.place for c in desk.calls)),
        )

        async def settled() -> bool:
            found = await where_asterisk_has_them(desk)
            return len(found) == CALLERS - 1 and set(found.values()) == {1}

        await desk.until_true(settled, "each is in one bridge")
        known = {c.leg for c in desk.calls}
        assert set(await where_asterisk_has_them(desk)) == known, "hub and Asterisk know the same callers"
        assert [c.has_ended for c in callers.values()].count(True) == 1

    at_work(lab, tmp_path, scenario)
