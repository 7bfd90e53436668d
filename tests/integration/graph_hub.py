"""A whole hub of a configuration file, on the emulated Microsoft 365 and the simulated telephone system.

`at_work` runs one in this process with its store on disk, so that pauses can be made short; `configured`
writes what a hub as a process reads.
"""

from __future__ import annotations

import csv
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reception import light
from reception.console.link import Endpoint
from reception.hub.config import load_config
from reception.hub.config_shape import Config
from reception.hub.core import Hub
from reception.hub.opening import open_directory, open_hub, opened_store, tokens_of
from reception.hub.photo_desk import PhotoDesk
from reception.hub.server import HubServer, ServerSettings
from reception.model.calls import Place
from reception.model.changes import Source
from reception.model.intents import Answer, HangUp
from reception.model.lines import PersonStatus
from reception.wire import Result
from services.emulators.graph.tenant import APP_ID, SECRET, TENANT_ID
from services.graph import client, teams
from services.simulator.office import Office as SimulatedOffice
from services.simulator.switch import RealTimeSwitch
from tests.integration.graph_rig import NAMES, Office, people
from tests.integration.hub_rig import Console, console

OFTEN: Mapping[str, float] = {"watched_s": 0.05, "rest_s": 0.1, "calendar_s": 0.1, "mailbox_s": 0.2}
CONFIG = """
[hub]
zone = "Europe/Copenhagen"
[switch]
backend = "simulator"
[switch.simulator]
numbers = [{numbers}]
attendant_numbers = ["100"]
[people]
first_import = "people.csv"
[[groups]]
id = "main"
name = "Main"
number = "7000"
[[attendants]]
id = "KLJ"
name = "Karin"
number = "100"
groups = ["main"]
ready_at_start = true
[microsoft]
tenant = "{tenant}"
client_id = "{app}"
secret_file = "secret"
authority = "{authority}"
graph = "{graph}"
ca_file = "{ca_file}"
[[presence]]
backend = "graph"
[presence.graph]
{presence}
"""


def configured(run: Office, folder: Path, ca_file: Path | None = None, **presence: Any) -> Path:
    """Write a configuration, with a people file and the app's secret, and return where it is."""
    folder.mkdir(parents=True, exist_ok=True)
    everybody = people(list(NAMES))
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, delimiter=";")
        lines.writerow(["name", "email", "desk"])
        lines.writerows([one.name, one.email, one.numbers[0].number] for one in everybody)
    secret = folder / "secret"
    secret.touch(mode=0o600)
    secret.write_text(SECRET, encoding="utf-8")
    settings = {**OFTEN, **presence}
    config = folder / "reception.toml"
    config.write_text(
        CONFIG.format(
            numbers=", ".join(f'"{one.numbers[0].number}"' for one in everybody),
            tenant=TENANT_ID,
            app=APP_ID,
            authority=run.emulator.base,
            graph=run.emulator.root,
            ca_file=(ca_file or run.ca_file).as_posix(),
            presence="\n".join(f"{key} = {msgspec.json.encode(v).decode()}" for key, v in settings.items()),
        ),
        encoding="utf-8",
    )
    return config


def make_quick(patch: pytest.MonkeyPatch) -> None:
    """Let the hub try again soon after whatever went wrong, and not be patient with one request."""
    for name in ("FIRST_RETRY_S", "LONGEST_RETRY_S", "MENDED_BY_HAND_S"):
        patch.setattr(light, name, 0.1)
    patch.setattr(client, "_NEW_RIGHTS_S", 0.2)
    patch.setattr(client, "FIRST_PAUSE_S", 0.05)
    patch.setattr(client.GraphClient.ask, "__kwdefaults__", {"patience_s": 0.5})
    patch.setattr(teams, "_PATIENCE_S", 0.5)


class Workplace:
    """A console, and all that stands behind it."""

    def __init__(self, run: Office, hub: Hub, one: Console) -> None:
        self.run, self.tenant = run, run.tenant
        self.hub, self.console = hub, one
        self._callers = 0

    @property
    def replica(self) -> Any:
        return self.console.session.replica

    def person(self, name: str) -> str:
        """Return the id of somebody by their first name."""
        return next(p.id for p in self.replica.people.values() if p.name.startswith(name))

    def status(self, name: str) -> PersonStatus:
        found: PersonStatus = self.replica.statuses[self.person(name)]
        return found

    def reasons(self, name: str) -> list[str]:
        """Return what stands in somebody's timeline, in order."""
        found = self.replica.timelines.get(self.person(name))
        return [] if found is None else [entry.reason for entry in found.entries]

    def light(self, source: str) -> Source:
        found: Source = self.replica.sources[source]
        return found

    def says(self, source: str, key: str | None) -> bool:
        """Tell whether a light says this; None: it is well and says nothing."""
        found = self.replica.sources.get(source)
        if found is None:
            return False
        told = None if found.message is None else found.message.key
        return told == key and (key is not None or found.state == "up")

    @property
    def house(self) -> SimulatedOffice:
        """The simulated telephones."""
        switch = self.hub._switch
        assert isinstance(switch, RealTimeSwitch)
        return switch.office

    async def until(self, condition: Callable[[], object]) -> None:
        await self.console.until(condition)

    async def takes_a_call(self) -> None:
        """Let a caller ring, answer them at the console, and hang up: within what a caller would wait."""
        self._callers += 1
        self.house.place_call("7000", number=f"+45331122{self._callers:02}")
        session = self.console.session
        await self.until(lambda: self.replica.calls)
        (call,) = self.replica.calls
        begun = time.monotonic()
        answered = await self.console.outcome(session.request(Answer(call=call)))
        assert answered.result is Result.DONE
        await self.until(lambda: self.replica.calls[call].place is Place.TALKING)
        assert time.monotonic() - begun < 2.0
        await self.console.outcome(session.request(HangUp(call=call)))
        await self.until(lambda: not self.replica.calls)


@asynccontextmanager
async def at_work(run: Office, config_file: Path) -> AsyncIterator[Workplace]:
    """Run a hub in this process as its file says, and a console at it."""
    async with opened(load_config(config_file), config_file.parent) as (hub, one):
        yield Workplace(run, hub, one)


@asynccontextmanager
async def opened(config: Config, folder: Path) -> AsyncIterator[tuple[Hub, Console]]:
    """Run a hub in this process, its files in a folder, and a console at it."""
    tokens = tokens_of(config, folder)
    async with opened_store(config.store_backend, config.store, folder) as store:
        online = open_directory(config, folder, clock=time.time)
        hub = await open_hub(config, store, clock=time.time, online=online)
        photos = PhotoDesk(online, hub.desk.may_know)
        settings = ServerSettings(zone=config.hub.zone)
        server = HubServer(hub, tokens, settings=settings, clock=time.time, photos=photos)
        await server.start()
        await hub.start()
        await online.start(hub.directory.take_over, hub.on_source)

        async def locate() -> Endpoint:
            return Endpoint(url=f"ws://127.0.0.1:{server.port}", token=tokens["KLJ"])

        try:
            async with console(locate) as one:
                yield hub, one
        finally:
            await server.stop()
            await online.stop()
            await hub.stop()
