"""kill -9 of each part with callers on the line: nobody is lost, everything is shown as it is."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from reception.console.api import LinkState, ReplicaView
from reception.console.session import ConsoleSession
from reception.model.calls import Place
from reception.model.changes import SourceState
from reception.runtime import read_runtime, runtime_file
from tests.e2e.workplace import Desk, Office, at_work
from tests.house.strict import ExpectLogs
from tests.lab.fixtures import Lab, eventually
from widgets import loop

pytestmark = [pytest.mark.lab, pytest.mark.gui]

Key = Qt.Key
PAD = Qt.KeyboardModifier.KeypadModifier
CALLER, DESK, BOB = "PJSIP/pstn", "PJSIP/reception1", "PJSIP/bob"


def test_ten_waiting_callers_outlive_their_hub_in_order(lab: Lab, tmp_path: Path, expected_logs: ExpectLogs):
    expected_logs("the hub is away")

    async def scenario(desk: Desk) -> None:
        callers = []
        for n in range(10):
            callers.append(await desk.office.house.caller(number=f"+45971234{n:02}"))
            await desk.until(lambda n=n: len(desk.calls) == n + 1, "the caller waits")
        before = [c.id for c in desk.calls]
        old = desk.office.hub_pid
        desk.office.kill_hub()
        await desk.until(lambda: desk.session.replica.link is LinkState.LOST, "the window has noticed")
        await desk.sees("number 10 in the queue")  # the last known stays on the screen
        await desk.until(lambda: desk.session.replica.link is LinkState.UP, "a new hub is there")
        assert desk.office.hub_pid != old
        await desk.until_telephony()
        await desk.until(lambda: [c.id for c in desk.calls] == before, lambda: f"{before}, {desk.calls}")
        assert all(c.place is Place.QUEUED for c in desk.calls)
        assert not any(caller.has_ended for caller in callers)
        await callers[0].wait_music()
        await callers[9].wait_music()
        await desk.office.house.phone("101")
        desk.press(Key.Key_F2)
        await desk.until(lambda: desk.calls[0].place is Place.TALKING, "the first is answered first")

    at_work(lab, tmp_path, scenario)


def test_a_consultation_outlives_the_hub(lab: Lab, tmp_path: Path, expected_logs: ExpectLogs):
    expected_logs("the hub is away")

    async def scenario(desk: Desk) -> None:
        await desk.office.house.phone("101")
        await desk.office.house.phone("202")
        caller = await desk.office.house.caller()
        await desk.place(Place.QUEUED)
        desk.press(Key.Key_Return)
        await desk.place(Place.TALKING)
        desk.write("bob")
        await desk.sees("Bob Baker")
        desk.press(Key.Key_Plus, PAD)
        pair = {frozenset({DESK, BOB})}

        async def consulting() -> bool:
            return await desk.office.talking() == pair

        await desk.until_true(consulting, "receptionist and colleague talk")
        desk.office.kill_hub()
        assert await desk.office.talking() == pair, "the talk goes on without a hub"
        await desk.until(lambda: desk.session.replica.link is LinkState.LOST, "the window has noticed")
        await desk.until(lambda: desk.session.replica.link is LinkState.UP, "a new hub is there")
        await desk.until_telephony()
        await desk.place(Place.CONSULTING)
        desk.press(Key.Key_Plus, PAD)

        async def joined() -> bool:
            return await desk.office.talking() == {frozenset({CALLER, BOB})}

        await desk.until_true(joined, "caller and colleague talk")
        assert not caller.has_ended

    at_work(lab, tmp_path, scenario)


def test_callers_reach_the_desk_phones_while_no_hub_runs(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        phone = await desk.office.house.phone("101", "ring")
        await desk.close(stop_hub=True)
        caller = await desk.office.house.caller()
        await phone.answer()
        await caller.wait_answered()
        assert not caller.has_ended

    at_work(lab, tmp_path, scenario)


def test_who_waits_when_the_console_closes_reaches_the_desk_phones(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        phone = await desk.office.house.phone("102", "ring")
        caller = await desk.office.house.caller()
        await desk.place(Place.QUEUED)
        await caller.wait_answered()
        await desk.close(stop_hub=True)
        await phone.answer()

        async def together() -> bool:
            return frozenset({CALLER, "PJSIP/reception2"}) in await desk.office.talking()

        await desk.until_true(together, "the caller talks with the desk phone")
        assert not caller.has_ended

    at_work(lab, tmp_path, scenario)


@contextmanager
def console_process(office: Office) -> Iterator[subprocess.Popen[bytes]]:
    """The console as a newcomer starts it."""
    process = subprocess.Popen(
        [
            sys.executable,
            *("-m", "reception", "--data", str(office.folder), "--config", str(office.config)),
            *("--attendant", "KLJ", "--language", "en"),
        ],
        stdin=subprocess.DEVNULL,
    )
    reaper = threading.Thread(target=process.wait)
    reaper.start()
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        reaper.join()


def key(pid: int, name: str) -> None:
    """Press a key at the window of a process, through the X server. A notification of it is a window too."""
    found = subprocess.run(
        ["xdotool", "search", "--sync", "--onlyvisible", "--pid", str(pid), "--name", "Reception"],
        capture_output=True,
        text=True,
        check=True,
        timeout=30,
    ).stdout.split()
    window = max(found, key=width_of)
    subprocess.run(["xdotool", "windowfocus", "--sync", window, "key", name], check=True, timeout=30)


def width_of(window: str) -> int:
    """Return how wide a window is, 0 when it has gone meanwhile."""
    words = ["xdotool", "getwindowgeometry", "--shell", window]
    told = subprocess.run(words, capture_output=True, text=True, check=False, timeout=30).stdout
    return next((int(line[6:]) for line in told.splitlines() if line.startswith("WIDTH=")), 0)


Question = Callable[[ReplicaView], bool]


@asynccontextmanager
async def onlooker(office: Office) -> AsyncIterator[Callable[[Question], Awaitable[None]]]:
    """Look on from another console of the hub; yields what waits until something is so."""
    changed = asyncio.Event()
    session = ConsoleSession(office.hub("MSP").locate, name="onlooker")
    session.subscribe(lambda _: changed.set())
    await session.start()

    async def until(is_so: Question) -> None:
        async with asyncio.timeout(30):
            while not is_so(session.replica):
                changed.clear()
                await changed.wait()

    try:
        yield until
    finally:
        await session.close(stop_hub=False)


def is_at_work(house: ReplicaView) -> bool:
    """Karin's console is connected, and the hub has Asterisk."""
    karin, telephony = house.attendants.get("KLJ"), house.sources.get("telephony")
    is_up = telephony is not None and telephony.state is SourceState.UP
    return karin is not None and karin.is_connected and is_up


def test_kill_9_of_the_console_in_mid_call_and_the_next_one_shows_the_same(lab: Lab, tmp_path: Path):
    """The console runs as a process of its own, keys come through the X server."""

    async def first_console() -> None:
        async with lab.house() as house:
            office = Office(lab, house, tmp_path)
            await house.phone("101")
            talking = {frozenset({CALLER, DESK})}

            async def so() -> bool:
                return await office.talking() == talking

            async def has_hub() -> bool:
                return read_runtime(runtime_file(tmp_path)) is not None

            with console_process(office) as console:
                await eventually(has_hub, "the console has started its hub", 30)
                async with onlooker(office) as until:
                    await until(is_at_work)
                    caller = await house.caller(number="+4597123456", name="Nordsoe")
                    await until(lambda seen: bool(seen.calls))
                    await asyncio.to_thread(key, console.pid, "F2")
                    with suppress(AssertionError):  # a key that comes before the window has the focus is lost
                        await eventually(so, "caller and receptionist talk", 10)
                    if not await so():
                        await asyncio.to_thread(key, console.pid, "F2")
                await eventually(so, "caller and receptionist talk")
                hub = office.hub_pid
                console.send_signal(signal.SIGKILL)
                await asyncio.to_thread(console.wait)
            assert await so(), "the talk goes on without a console"
            os.kill(hub, 0)  # the hub goes on too
            desk = Desk(office, "KLJ")
            try:
                await desk.open(ready=False)
                assert office.hub_pid == hub, "the console has found the running hub"
                call = await desk.place(Place.TALKING)
                assert (call.owner, call.party.number) == ("KLJ", "+4597123456")
                await desk.sees("Nordsoe", "Call in hand")
                desk.press(Key.Key_F4)
                await desk.place(Place.HELD)
                await caller.wait_music()
            finally:
                await desk.close()

    errors: list[str] = []
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    loop.run(app, first_console(), lambda error, text: errors.append(f"{text} {error!r}"))
    assert not errors
    info = read_runtime(runtime_file(tmp_path))
    assert info is None, "an orderly close ends the hub that was started for the console"
