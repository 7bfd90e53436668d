"""A receptionist's workplace, all real: Asterisk, telephones, callers, the hub as a process, the window.

The window runs in the test's own process on its own loop, so that keys can be pressed and the screen can be
read; the hub is the program as it is started anywhere.
"""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QWidget,
)

from reception.console.api import Delta, LinkState
from reception.console.child import ChildHub
from reception.console.session import ConsoleSession
from reception.model.attendants import Readiness
from reception.model.calls import Call, Place
from reception.model.intents import SetReadiness
from reception.runtime import read_runtime, runtime_file
from tests.lab.fixtures import House, Lab, eventually
from widgets import loop, texts
from widgets.controller import Controller
from widgets.theme import Theme
from widgets.window import Window

TIMEOUT_S = 30.0
PEOPLE = """name;initials;title;department;email;desk;mobile;mailbox;alternates
Alice Archer;ALA;Buyer;Purchasing;alice@firm.example;201;+4540112201;201;BOB
Bob Baker;BOB;Fitter;Service;bob@firm.example;202;+4540112202;202;
Carol Cooper;CAR;Partner;HR;carol@firm.example;203;;203;
Jørgen Ågård;JOA;Clerk;Finance;jorgen@firm.example;;+4540112299;;
"""

CONFIG = """
[hub]
name = "Reception"
zone = "{zone}"
[switch]
backend = "asterisk"
[switch.asterisk]
{switch}
[[groups]]
id = "main"
name = "Hovednummer"
number = "7000"
transfer_s = {transfer_s}
{group}
[groups.camp_on]
ring_s = 8
[[attendants]]
id = "KLJ"
name = "Karin Lund Jensen"
number = "101"
groups = ["main"]
ready_at_start = true
[[attendants]]
id = "MSP"
name = "Mads Spang"
number = "102"
groups = ["main"]
{more}
"""


class Office:
    """The hub's side: its folder, its process, the lab it works with.

    `switch` are settings of the backend that differ from the lab's, `zone` where the house stands,
    `group` more lines about the group, `more` any others.
    """

    def __init__(
        self,
        lab: Lab,
        house: House,
        folder: Path,
        *,
        transfer_s: float = 20.0,
        zone: str = "",
        group: str = "",
        switch: Mapping[str, object] | None = None,
        more: str = "",
    ) -> None:
        self.lab, self.house, self.folder = lab, house, folder
        settings = lab.switch_settings(**(switch or {}))
        lines = "\n".join(f"{key} = {msgspec.json.encode(value).decode()}" for key, value in settings.items())
        self.config = folder / "reception.toml"
        self.config.write_text(
            CONFIG.format(zone=zone, switch=lines, transfer_s=transfer_s, group=group, more=more),
            encoding="utf-8",
        )
        people = folder / "people.csv"
        people.write_text(PEOPLE, encoding="utf-8")
        self.program("hub", "import", str(people), "--config", str(self.config), "--data", str(folder))

    def program(self, *arguments: str) -> str:
        """Run the program to its end and return what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "reception", *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def hub(self, attendant: str) -> ChildHub:
        """Return the hub as a console finds or starts it."""
        return ChildHub(self.folder, arguments=["--config", str(self.config)], attendant=attendant)

    @property
    def hub_pid(self) -> int:
        """The process of the running hub."""
        info = read_runtime(runtime_file(self.folder))
        assert info is not None, "no hub has written its runtime file"
        return info.pid

    def kill_hub(self) -> None:
        """kill -9."""
        os.kill(self.hub_pid, signal.SIGKILL)

    async def legs(self) -> dict[str, dict[str, str]]:
        """Ask Asterisk: every channel by its device, such as "PJSIP/alice"."""
        return {c["name"].rpartition("-")[0]: c for c in await self.lab.channels()}

    async def talking(self) -> set[frozenset[str]]:
        """Ask Asterisk: who talks with whom, by device; only channels that are up."""
        up = {c["id"]: c["name"].rpartition("-")[0] for c in await self.lab.channels() if c["state"] == "Up"}
        bridges = await self.lab.ari_get("bridges")
        mixing = [b for b in bridges if b["bridge_type"] == "mixing" and len(b["channels"]) > 1]
        return {frozenset(up[c] for c in b["channels"] if c in up) for b in mixing}


class Desk:
    """A receptionist at the window. `presses` counts every key."""

    def __init__(self, office: Office, attendant: str) -> None:
        self.office = office
        self.attendant = attendant
        self.presses = 0
        self._changed = asyncio.Event()
        self._is_closed = False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        texts.install(app, "en")
        self.theme = theme = Theme("light", app)
        theme.apply(app)
        self.controller = Controller()
        self.window = Window(self.controller, theme)
        self.window.complete()
        self.session = ConsoleSession(office.hub(attendant).locate, name="e2e")
        self.session.subscribe(self._on_delta)

    def _on_delta(self, _: Delta) -> None:
        self._changed.set()

    async def open(self, *, ready: bool = True) -> None:
        """Show the window and connect; returns when the house is on the screen."""
        self.window.show()
        self.window.activateWindow()
        self.controller.attach(self.session)
        await self.session.start()
        await self.until(lambda: self.session.replica.link is LinkState.UP, "the hub is there")
        await self.until(lambda: bool(self.session.replica.people), "the people are there")
        await self.until_telephony()
        if ready:
            self.session.request(SetReadiness(readiness=Readiness.READY))
            me = self.session.replica.attendants
            await self.until(lambda: me[self.attendant].readiness is Readiness.READY, "I am ready")

    async def until_telephony(self) -> None:
        """Wait until the hub has Asterisk."""
        sources = self.session.replica.sources
        await self.until(
            lambda: "telephony" in sources and sources["telephony"].state.value == "up", "telephony is up"
        )

    async def close(self, *, stop_hub: bool = True) -> None:
        """Leave in order; once."""
        if self._is_closed:
            return
        self._is_closed = True
        self.controller.detach()
        await self.session.close(stop_hub)
        self.window.let_close()
        self.window.deleteLater()

    # ------------------------------------------------------------------ the hands

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press one key, wherever the caret is."""
        self.presses += 1
        QTest.keyClick(self.window.focusWidget() or self.window, key, held)

    def write(self, text: str) -> None:
        """Type characters, each a key."""
        for character in text:
            self.presses += 1
            QTest.keyClicks(self.window.focusWidget() or self.window, character)

    # ------------------------------------------------------------------ the eyes

    def screen(self) -> str:
        """Return every text that can be read in the window now."""
        found = [self.window.windowTitle()]
        for widget in self.window.findChildren(QWidget):
            if not widget.isVisible():
                continue
            if isinstance(widget, (QLabel, QAbstractButton, QLineEdit)):
                found += [widget.text(), widget.accessibleName()]
            elif isinstance(widget, QAbstractItemView):
                found += self._rows(widget)
            else:
                found.append(widget.accessibleName())
        return "\n".join(text for text in found if text)

    @staticmethod
    def _rows(view: QAbstractItemView) -> list[str]:
        model = view.model()
        shown = min(model.rowCount(), 50)
        cells = [model.index(row, column) for row in range(shown) for column in range(model.columnCount())]
        return [str(cell.data(Qt.ItemDataRole.AccessibleTextRole) or "") for cell in cells]

    async def sees(self, *words: str) -> None:
        """Wait until all these words are on the screen."""
        await self.until(
            lambda: all(word in self.screen() for word in words), lambda: f"{words} on\n{self.screen()}"
        )

    # ------------------------------------------------------------------ waiting

    async def until(self, is_so: Callable[[], bool], what: str | Callable[[], str]) -> None:
        """Wait for the hub's news until something is so (and for the frame that shows it)."""
        try:
            async with asyncio.timeout(TIMEOUT_S):
                while not is_so():
                    self._changed.clear()
                    try:
                        async with asyncio.timeout(0.05):  # the window paints a frame after the news
                            await self._changed.wait()
                    except TimeoutError:
                        continue
        except TimeoutError:
            raise AssertionError(f"not come about: {what if isinstance(what, str) else what()}") from None

    async def until_true(self, ask: Callable[[], Awaitable[bool]], what: str) -> None:
        """Wait until Asterisk itself says so."""
        await eventually(ask, what, TIMEOUT_S)

    @property
    def calls(self) -> list[Call]:
        """The calls of the house, by arrival."""
        return sorted(self.session.replica.calls.values(), key=lambda c: (c.arrived_at, c.id))

    async def place(self, place: Place) -> Call:
        """Wait until the only call is in a place, and return it."""
        await self.until(
            lambda: len(self.calls) == 1 and self.calls[0].place is place and self.calls[0].pending is None,
            lambda: f"one call {place}: {self.calls}",
        )
        return self.calls[0]

    async def no_calls(self) -> None:
        """Wait until no call is left."""
        await self.until(lambda: not self.calls, lambda: f"no calls: {self.calls}")


Scenario = Callable[[Desk], Awaitable[None]]


@asynccontextmanager
async def office_at(lab: Lab, folder: Path, **settings: Any) -> AsyncIterator[Office]:
    """Set up the hub's folder and the house; everybody leaves at the end."""
    async with lab.house() as house:
        office = Office(lab, house, folder, **settings)
        try:
            yield office
        finally:
            info = read_runtime(runtime_file(folder))
            if info is not None:
                with suppress(ProcessLookupError):
                    os.kill(info.pid, signal.SIGTERM)


def at_work(lab: Lab, folder: Path, scenario: Scenario, *, attendant: str = "KLJ", **settings: Any) -> None:
    """Play a scenario at an open window, on the window's own loop."""
    errors: list[str] = []

    def on_error(error: BaseException | None, text: str) -> None:
        errors.append(f"{text}: {error!r}")

    async def day() -> None:
        async with office_at(lab, folder, **settings) as office:
            desk = Desk(office, attendant)
            try:
                await desk.open()
                await scenario(desk)
            finally:
                await desk.close()

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    loop.run(app, day(), on_error)
    assert not errors
