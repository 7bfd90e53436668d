"""A hub as it is opened: what receptionists enter for themselves decides whether groups ring them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from reception.hub import opening
from reception.hub.config import parse_config
from reception.hub.core import Hub
from reception.hub.online import OnlineDirectory
from reception.hub.presence_desk import Actor
from reception.model.lines import LineState
from reception.model.people import Person
from reception.model.presence import EntryDraft
from reception.ports import GoneCause, LegGone, LineChanged, Originate, SwitchConnected
from tests.integration.hub_rig import FakeSwitch, MemoryStore, person

CONFIG = """
[switch]
backend = "simulator"

[[groups]]
id = "main"
name = "Main"
number = "7000"
offers_calls = true
ring_at_once = 9
heeds_presence = true

[[groups]]
id = "sales"
name = "Sales"
number = "7001"
offers_calls = true
ring_at_once = 9
without_activities = ["lunch"]

[[attendants]]
id = "KLJ"
name = "Karin"
number = "101"
groups = ["main", "sales"]
ready_at_start = true

[[attendants]]
id = "MBH"
name = "Mads"
number = "102"
groups = ["main", "sales"]
ready_at_start = true
"""
KARIN = replace(person("201", "Karin"), initials="KLJ")
FRONT = person("101", "Front desk")
NOW = 1_800_000_000.0


class House:
    """The hub, its switch, and what groups rang."""

    def __init__(self, hub: Hub, switch: FakeSwitch) -> None:
        self.hub = hub
        self.switch = switch
        self.clock = NOW

    async def enters(self, who: str, **draft: object) -> str:
        wanted = EntryDraft(**({"reason": "x", "start": NOW, "end": NOW + 1800} | draft))  # type: ignore[arg-type]
        made = await self.hub.desk.set_entry(Actor(person=who), who, wanted)
        self.hub.broadcast.flush()
        return made

    async def rung_for(self, group: str) -> set[str]:
        """Let somebody call a group; returns whose telephones ring, and lets the caller go again."""
        before = len(self.switch.sent)
        leg = self.switch.caller(dialled=group)
        await self.hub._steps.done()
        rung = [c for c in self.switch.sent[before:] if isinstance(c, Originate)]
        self.switch.say(LegGone(leg=leg, cause=GoneCause.NORMAL))
        for command in rung:
            self.switch.say(LegGone(leg=command.leg, cause=GoneCause.NORMAL))
        await self.hub._steps.done()
        return {c.to for c in rung}


@pytest.fixture(params=[(KARIN, FRONT), (FRONT, KARIN)], ids=["person first", "telephone first"])
def people(request: pytest.FixtureRequest) -> tuple[Person, ...]:
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
async def house(
    people: tuple[Person, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> AsyncIterator[House]:
    switch = FakeSwitch()
    monkeypatch.setattr(opening, "find_backend", lambda *_: lambda *_: switch)
    config = parse_config(CONFIG, tmp_path / "reception.toml")
    house: House | None = None

    def clock() -> float:
        return house.clock if house is not None else NOW

    online = OnlineDirectory(None, clock)
    hub = await opening.open_hub(config, MemoryStore(people), clock=clock, online=online)
    house = House(hub, switch)
    await hub.start()
    lines = tuple((number, LineState.IDLE) for number in ("101", "102", "201"))
    switch.say(SwitchConnected(lines=lines))
    for attendant in ("KLJ", "MBH"):
        hub.on_console(attendant, True)
    hub.broadcast.flush()
    try:
        yield house
    finally:
        await hub.stop()


@pytest.mark.requirement("002-333", "002-255")
async def test_a_receptionist_who_is_absent_is_rung_by_no_group_that_heeds_it(house: House) -> None:
    assert await house.rung_for("7000") == {"101", "102"}
    made = await house.enters("p201", activity="sick")
    assert await house.rung_for("7000") == {"102"}
    assert await house.rung_for("7001") == {"101", "102"}, "this one asks for lunch only"
    await house.hub.desk.delete_entry(Actor(person="p201"), "p201", made)
    house.hub.broadcast.flush()
    assert await house.rung_for("7000") == {"101", "102"}


@pytest.mark.requirement("002-397")
async def test_an_activity_excludes_from_the_group_that_says_so(house: House) -> None:
    await house.enters("p201", activity="lunch", is_busy=False, handling="open")
    assert await house.rung_for("7001") == {"102"}
    assert await house.rung_for("7000") == {"101", "102"}, "lunch with the telephone kept open is no absence"


@pytest.mark.requirement("002-333")
async def test_who_is_back_by_the_clock_is_rung_without_anybody_doing_anything(house: House) -> None:
    await house.enters("p201", end=NOW + 60)
    assert await house.rung_for("7000") == {"102"}
    house.clock = NOW + 60
    house.hub._on_timer()
    house.hub.broadcast.flush()
    assert await house.rung_for("7000") == {"101", "102"}


async def test_a_call_on_another_line_of_hers_is_heeded(house: House) -> None:
    house.switch.say(LineChanged(number="201", state=LineState.TALKING))
    house.hub.broadcast.flush()
    assert await house.rung_for("7000") == {"102"}


async def test_who_leaves_the_directory_has_no_presence_any_more(house: House) -> None:
    await house.enters("p201")
    await house.hub.directory.replace_colleagues([person("202", "Bent")])
    house.hub.broadcast.flush()
    assert await house.rung_for("7000") == {"101", "102"}
