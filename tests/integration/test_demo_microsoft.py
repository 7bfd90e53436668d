"""The demonstration on its emulated Microsoft 365: the real client reads and writes, in one process."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from msgspec.structs import replace

from reception.hub import demo_presence
from reception.hub.core import Hub
from reception.hub.demo import demo_config
from reception.hub.demo_presence import DemoPresence
from reception.model.lines import LineMark, LineState, StatusKind
from reception.presence.port import TEAMS
from services.emulators.graph.office import EmulatedOffice
from services.emulators.graph.tenant import TEAMS as OWN_TEAMS
from services.graph.source import GraphPresence
from services.simulator.office import Office
from services.simulator.switch import RealTimeSwitch
from tests.integration.graph_hub import OFTEN, opened
from tests.integration.hub_rig import Console

LONG_S = 30.0
_PEOPLE = 100
"""The first of the demonstration's: all those at Microsoft, and some of the others."""


class Demo(NamedTuple):
    """The demonstration, its telephones and its Microsoft 365."""

    hub: Hub
    console: Console
    source: DemoPresence
    telephones: Office
    microsoft: EmulatedOffice

    @property
    def replica(self) -> Any:
        return self.console.session.replica

    def user(self, person: str) -> str:
        return self.microsoft.tenant.id_of(self.replica.people[person].email)

    def in_teams(self, person: str) -> str:
        """Return what Microsoft says of somebody."""
        pair, _, _ = self.microsoft.tenant.presence(self.user(person))
        return "/".join(pair)

    def sessions(self, person: str) -> set[str]:
        """Return who else than somebody's own Teams shows something of them there."""
        return set(self.microsoft.tenant.presences[self.user(person)].sessions) - {OWN_TEAMS}

    async def until(self, condition: Any) -> None:
        await self.console.until(condition, timeout_s=LONG_S)


def write_some(whole: Path, some: Path) -> None:
    """Write the first people of a file, with those of their stand-ins who are among them."""
    with whole.open(encoding="utf-8", newline="") as file:
        rows = list(islice(csv.DictReader(file, delimiter=";"), _PEOPLE))
    ids = {row["id"] for row in rows}
    for row in rows:
        row["alternates"] = "|".join(a for a in row["alternates"].split("|") if a in ids)
    with some.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


@asynccontextmanager
async def demonstration(folder: Path) -> AsyncIterator[Demo]:
    config = demo_config(folder, speed=1.0)
    ((name, settings),) = config.presence
    some = folder / "people.csv"
    write_some(Path(config.people.first_import), some)
    config = replace(
        config,
        people=replace(config.people, first_import=str(some), first_contacts=""),
        presence=((name, {**settings, "after_s": 0.0}),),
    )
    async with opened(config, folder) as (hub, one):
        (source,) = hub.presence_turn.backends
        assert isinstance(source, DemoPresence)
        replica, switch = one.session.replica, hub._switch
        await one.until(lambda: len(replica.people) == _PEOPLE, timeout_s=LONG_S)
        assert isinstance(switch, RealTimeSwitch)
        reads = replica.sources
        await one.until(lambda: TEAMS in reads and reads[TEAMS].note is not None, timeout_s=LONG_S)
        assert isinstance(source._graph, GraphPresence)
        assert isinstance(source._office, EmulatedOffice)
        yield Demo(hub, one, source, switch.office, source._office)


@pytest.fixture
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    pace = {name: pause for name, pause in OFTEN.items() if name != "mailbox_s"}
    monkeypatch.setattr(demo_presence, "_PACE", pace)


@pytest.mark.usefixtures("often")
@pytest.mark.requirement("000-07", "000-32", "000-33", "000-36")
async def test_who_talks_on_the_simulated_telephone_is_in_a_call_at_microsoft(tmp_path: Path) -> None:
    async with demonstration(tmp_path) as demo:
        await demo.until(lambda: demo.in_teams("alh") == "Busy/InACall")
        assert demo.sessions("alh")
        assert demo.replica.statuses["alh"].lines[0].state is LineState.TALKING
        assert demo.microsoft.tenant.calendars[demo.user("alh")], "her calendar is there"
        assert demo.replica.statuses["alh"].reason == "Leverandørmøde"
        demo.telephones.phone("2001").hang_up()
        await demo.until(lambda: not demo.sessions("alh"))
        assert demo.in_teams("alh") != "Busy/InACall"


@pytest.mark.usefixtures("often")
@pytest.mark.requirement("000-07", "000-32", "000-33")
async def test_who_is_in_a_teams_call_at_microsoft_has_a_busy_line_here(tmp_path: Path) -> None:
    async with demonstration(tmp_path) as demo:
        word = demo.source._words["cad"]
        assert word.availability == "Available"
        marks = demo.telephones.exchange.marks
        await demo.until(lambda: demo.replica.statuses["cad"].kind is StatusKind.FREE)
        demo.microsoft.takes_call("cad")
        await demo.until(lambda: demo.replica.statuses["cad"].kind is StatusKind.BUSY)
        await demo.until(lambda: marks.get("2006") is LineMark.BUSY)
        demo.microsoft._hangs_up("cad")
        await demo.until(lambda: marks.get("2006", LineMark.NONE) is LineMark.NONE)


@pytest.mark.usefixtures("often")
async def test_appointments_come_by_way_of_graph_with_what_people_made_of_them(tmp_path: Path) -> None:
    async with demonstration(tmp_path) as demo:
        source, replica = demo.source, demo.replica
        everybody = {person.id for person in source._people}
        assert len(everybody) == 60
        await demo.until(lambda: {p for about, p in source._read if about != TEAMS} == everybody)
        told = {
            p: [e.reason for e in replica.timelines[p].entries] for p in everybody & set(replica.timelines)
        }
        assert {"Leverandørmøde", "Ferie", "Tandlæge"} <= set(told["alh"])
        (holiday,) = (e for e in replica.timelines["alh"].entries if e.reason == "Ferie")
        assert holiday.divert_to == "2006", "an edit stays in its appointment's place"
        appointments = sum(map(len, demo.microsoft.tenant.calendars.values()))
        assert appointments > 100
        asked = await source.read_now("alh")
        assert asked == len(demo.microsoft.tenant.calendars[demo.user("alh")])
