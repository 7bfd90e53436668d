"""The hub's timer: the clock decides, however coarse the timers are."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest

from reception.calls.effects import Effects
from reception.hub import alarm
from reception.hub.core import Hub
from reception.model.changes import DayCounts, GroupRemoved
from reception.model.lines import LineState, PersonStatus, StatusKind
from reception.model.people import Person
from reception.model.presence import Entry
from reception.ports import LineChanged
from reception.presence.port import TimelineSet
from tests.house.strict import ExpectLogs


class Engine:
    """Only what the timer needs."""

    def __init__(self) -> None:
        self.deadline: float | None = None
        self.times: list[float] = []
        self.is_broken = False
        self.calls: dict[str, Any] = {}
        self.groups: dict[str, Any] = {}
        self.attendants: dict[str, Any] = {}

    def next_deadline(self) -> float | None:
        return self.deadline

    def on_time(self, now: float) -> Effects:
        self.times.append(now)
        if self.is_broken:
            raise ZeroDivisionError
        self.deadline = None
        return Effects(changes=(GroupRemoved(group="told"),))

    def on_switch(self, event: object, now: float) -> Effects:
        return Effects()


class Quiet:
    """A switch and a store without any trouble."""

    async def start(self, on_event: object) -> None: ...
    async def stop(self) -> None: ...
    def send(self, commands: object) -> None: ...
    async def save(self, batch: object) -> None: ...


class Delays:
    """Notes how long each timer is to sleep; fires only when told."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self.pending: list[tuple[float, Any]] = []
        self._loop = loop

    def call_later(self, delay: float, callback: Any) -> asyncio.TimerHandle:
        self.pending.append((delay, callback))
        return self._loop.call_at(self._loop.time() + 3600, callback)

    @property
    def last(self) -> float:
        return self.pending[-1][0]

    def fire(self) -> None:
        self.pending[-1][1]()


class World:
    def __init__(self) -> None:
        self.now = 1000.0
        self.engine = Engine()
        quiet: Any = Quiet()
        self.hub = Hub(
            engine=self.engine,  # type: ignore[arg-type]
            store=quiet,
            switch=quiet,
            people=(),
            clock=lambda: self.now,
            epoch="e",
            on_people=lambda _: None,
        )
        self.delays = Delays(asyncio.get_running_loop())

    def with_somebody_away_at(self, start: float) -> list[PersonStatus]:
        """Put an entry of six seconds on the timeline of a colleague; returns what is told then."""
        self.hub._board.replace_people([Person(id="alice", name="Alice")], now=self.now)
        entry = Entry(id="e", reason="Møde", start=start, end=start + 6.0, origin="OL")
        self.hub._presence.on_event(TimelineSet(source="exchange", person="alice", entries=(entry,)))
        told: list[PersonStatus] = []
        self.hub.broadcast.tell_statuses = told.extend  # type: ignore[method-assign]
        return told

    def event(self) -> None:
        self.hub.on_switch(LineChanged(number="1", state=LineState.IDLE))


@pytest.fixture
async def world(monkeypatch: pytest.MonkeyPatch) -> Any:
    world = World()
    clocks = SimpleNamespace(get_running_loop=lambda: world.delays)
    monkeypatch.setattr(alarm, "asyncio", clocks)
    world.hub.broadcast.tell_statuses = lambda _: None  # type: ignore[method-assign]
    world.hub.broadcast.tell_timelines = lambda _: None  # type: ignore[method-assign]
    yield world
    monkeypatch.undo()
    await world.hub.stop()


async def test_it_sleeps_until_the_next_deadline(world: World) -> None:
    world.engine.deadline = 1003.5
    world.event()
    assert world.delays.last == pytest.approx(3.5)
    world.now = 1003.5
    world.delays.fire()
    assert world.engine.times == [1003.5]
    assert world.hub.broadcast._log.upto == 1


async def test_a_timer_that_is_early_sleeps_again_and_decides_nothing(world: World) -> None:
    world.engine.deadline = 1002.0
    world.event()
    world.now = 1001.9
    world.delays.fire()
    assert world.engine.times == []
    assert world.delays.last == pytest.approx(0.1)


async def test_without_a_deadline_it_looks_again_after_a_while_since_clocks_are_set(world: World) -> None:
    world.event()
    assert world.delays.last == 20.0
    world.engine.deadline = 5000.0
    world.event()
    assert world.delays.last == 20.0
    world.now = 6000.0  # somebody set the clock
    world.delays.fire()
    assert world.engine.times == [6000.0]


async def test_a_deadline_in_the_past_does_not_spin(world: World) -> None:
    world.engine.deadline = 10.0
    world.event()
    assert world.delays.last > 0


async def test_it_wakes_when_an_entry_begins_and_calls_are_not_asked(world: World) -> None:
    told = world.with_somebody_away_at(1004.0)
    world.event()
    assert world.delays.last == pytest.approx(4.0)
    world.now = 1004.0
    world.delays.fire()
    assert [status.kind for status in told] == [StatusKind.AWAY]
    assert world.engine.times == []
    assert world.delays.last == pytest.approx(6.0), "until it ends"


async def test_an_entry_that_is_told_while_it_sleeps_wakes_it_earlier(world: World) -> None:
    world.event()
    assert world.delays.last == 20.0
    world.with_somebody_away_at(1004.0)
    assert world.delays.last == pytest.approx(4.0)


async def test_a_fault_at_an_entrys_beginning_does_not_stop_the_timer(
    world: World, expected_logs: ExpectLogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_logs("a fault in")
    world.with_somebody_away_at(1004.0)

    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(world.hub._board, "_again", broken)
    world.now = 1004.0
    world.delays.fire()
    assert world.delays.last == pytest.approx(6.0), "until it ends"


async def test_at_midnight_the_days_counts_begin_anew(world: World) -> None:
    told: list[DayCounts] = []
    world.hub.broadcast.tell_day = told.append  # type: ignore[method-assign]
    world.now = world.hub._day.ends_at - 3.0
    world.event()
    assert world.delays.last == pytest.approx(3.0)
    world.now += 3.0
    world.delays.fire()
    await world.hub._steps.done()
    assert told == [DayCounts()]


async def test_a_fault_at_a_deadline_is_tried_again_but_not_at_once(
    world: World, expected_logs: ExpectLogs
) -> None:
    expected_logs("a fault in")
    world.engine.deadline = 1000.0
    world.engine.is_broken = True
    world.event()
    world.delays.fire()
    assert world.delays.last == 1.0
    world.engine.is_broken = False
    world.delays.fire()
    assert world.engine.times == [1000.0, 1000.0]
    assert world.engine.deadline is None
