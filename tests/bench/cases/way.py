"""Goals 14 and 15: the whole way between the telephone system and the window, over three processes."""

from __future__ import annotations

import asyncio
import itertools
import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from reception.console.link import Endpoint
from reception.console.session import ConsoleSession
from reception.hub.broadcast import BATCH_S
from reception.model.attendants import DeskState
from reception.model.people import Number, NumberKind
from reception.runtime import read_runtime, runtime_file
from services.store import create_sqlite
from tests.bench.child import Child, child
from tests.bench.crowd import people
from tests.bench.figures import Figure, p99
from tests.bench.goals import FRAME_MS
from tests.bench.replicas import ME
from tests.bench.stage import Eye
from widgets import loop, texts
from widgets.app import make_app
from widgets.controller import Controller
from widgets.theme import Theme
from widgets.window import Window

NUMBERS: Final = tuple(str(201 + n) for n in range(10))
DESK: Final = "100"
CONFIG: Final = """
[switch]
backend = "asterisk"
[switch.asterisk]
url = "http://127.0.0.1:{ari}/ari"
user = "reception"
password = "secret"
ami_port = {ami}
ami_user = "reception"
ami_password = "secret"
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
"""


class Way:
    """A window on a real hub, which is on a telephone system that is a measurement's."""

    def __init__(self, pbx: Child, trip: Child, session: ConsoleSession, window: Window) -> None:
        self.pbx, self.trip = pbx, trip
        self.session, self.window = session, window
        self.eye = Eye(window)
        self._painted = asyncio.Event()
        self.eye.on_painted = lambda _: self._painted.set()
        self._legs = itertools.count()

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something holds, looking again after each picture."""
        async with asyncio.timeout(10):
            while not condition():
                self._painted.clear()
                await self._painted.wait()

    async def event_seen(self, n: int) -> float:
        """Let a telephone do something; returns milliseconds until its row is painted."""
        number = NUMBERS[n % len(NUMBERS)]
        replica = self.session.replica
        person = f"p{n % len(NUMBERS):06}"
        await asyncio.sleep(0.06)
        before = replica.statuses.get(person)
        state = "INUSE" if n // len(NUMBERS) % 2 == 0 else "NOT_INUSE"
        told = self.pbx.ask("state", f"PJSIP/{number}", state)
        await self.until(lambda: replica.statuses.get(person) != before)
        return (self.eye.at - told) * 1000

    async def answered(self) -> float:
        """Let a caller come and answer by a key; returns milliseconds until the PBX is asked."""
        replica, leg = self.session.replica, f"in-{next(self._legs)}"
        self.pbx.ask("arrive", leg)
        await self.until(lambda: any(call.leg == leg for call in replica.calls.values()))
        await asyncio.sleep(0.05)
        pressed = time.monotonic()
        key = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_F2, Qt.KeyboardModifier.NoModifier)
        QApplication.sendEvent(self.window.search.field, key)
        await self.until(lambda: any(call.owner == ME for call in replica.calls.values()))
        at, asked = await self._rung(pressed)
        self.pbx.ask("gone", leg)
        await self.until(lambda: not replica.calls)
        self.pbx.ask("gone", asked.rpartition("/")[2])
        await self.until(lambda: replica.attendants[ME].desk is DeskState.DOWN)
        return (at - pressed) * 1000

    async def _rung(self, since: float) -> tuple[float, str]:
        """Return when the PBX was asked to ring the phone, and how."""
        async with asyncio.timeout(10):
            while True:
                for at, asked in self.pbx.ask("heard", since):
                    if asked.startswith("POST /ari/channels/"):
                        return at, asked
                await asyncio.sleep(0.005)


def run(*, is_short: bool) -> Iterator[Figure]:
    """Start the parts and measure."""
    with ExitStack() as parts:
        folder = Path(parts.enter_context(TemporaryDirectory()))
        pbx = parts.enter_context(child("tests.bench.children.pbx", json.dumps((*NUMBERS, DESK))))
        ports = msgspec.json.decode(pbx.line(), type=dict[str, int])
        trip = parts.enter_context(child("tests.bench.children.trip", str(ports["echo"]), str(ports["ari"])))
        endpoint = _hub(parts, folder, ports)
        app = make_app()
        texts.install(app, "da")
        rounds, count = (1, 30) if is_short else (3, 100)
        yield from loop.run(app, _measure(pbx, trip, endpoint, rounds, count), _fail)


def _hub(parts: ExitStack, folder: Path, ports: dict[str, int]) -> Endpoint:
    asyncio.run(_store_people(folder / "reception.db"))
    config = folder / "reception.toml"
    config.write_text(CONFIG.format(**ports), encoding="utf-8")
    hub = parts.enter_context(
        child("reception", "hub", "--child", "--config", str(config), "--data", str(folder))
    )
    word = hub.line().strip()
    info = read_runtime(runtime_file(folder))
    assert info is not None, word
    return Endpoint(url=info.url, token=info.tokens[ME])


async def _store_people(file: Path) -> None:
    store = await create_sqlite({"path": str(file)})
    await store.replace_people(
        [
            msgspec.structs.replace(p, numbers=(Number(kind=NumberKind.DESK, number=number),))
            for p, number in zip(people(len(NUMBERS)), NUMBERS, strict=True)
        ]
    )
    await store.close()


async def _measure(pbx: Child, trip: Child, endpoint: Endpoint, rounds: int, count: int) -> list[Figure]:
    async def locate() -> Endpoint:
        return endpoint

    session = ConsoleSession(locate)
    controller = Controller()
    window = Window(controller, Theme("light"))
    window.complete()
    window.show()
    way = Way(pbx, trip, session, window)
    controller.attach(session)
    await session.start()
    try:
        await way.until(lambda: "telephony" in session.replica.sources)
        await asyncio.sleep(1.0)
        seen = [[await way.event_seen(n) for n in range(count)] for _ in range(rounds)]
        asked: list[list[float]] = []
        trips: list[list[float]] = []
        for _ in range(rounds):
            both = [(await way.answered(), float(trip.ask("go"))) for _ in range(count)]
            asked.append([key for key, _ in both])
            trips.append([floor for _, floor in both])
    finally:
        await session.close(stop_hub=False)
        controller.detach()
        window.let_close()
    return [_seen(seen), _asked(asked, trips)]


def _seen(rounds: list[list[float]]) -> Figure:
    floor = BATCH_S * 1000 + FRAME_MS
    return Figure(goal="14", value=_usual_p99(rounds), floor=floor, note=_spread(rounds))


def _asked(asked: list[list[float]], trips: list[list[float]]) -> Figure:
    note = f"{_spread(asked)}; floor {_spread(trips)}"
    return Figure(goal="15", value=_usual_p99(asked), floor=_usual_p99(trips), note=note)


def _usual_p99(rounds: list[list[float]]) -> float:
    return statistics.median(p99(one) for one in rounds)


def _spread(rounds: list[list[float]]) -> str:
    ordered = sorted(value for one in rounds for value in one)
    return f"p50 {ordered[len(ordered) // 2]:.2f}, p99 {p99(ordered):.2f}, max {ordered[-1]:.2f} ms"


def _fail(error: BaseException | None, where: str) -> None:
    raise RuntimeError(where) from error
