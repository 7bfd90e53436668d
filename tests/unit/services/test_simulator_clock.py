"""The simulated office in real time: it follows the clock, at the speed asked for."""

from __future__ import annotations

import asyncio

import pytest

from reception.model.lines import LineState
from reception.ports import AnswerLeg, HoldLeg, LegArrived, LegGone, LineChanged, SwitchConnected, SwitchEvent
from services.simulator import create
from services.simulator.outsiders import Plan
from services.simulator.switch import RealTimeSwitch
from services.simulator.timeline import Timeline


class Events:
    """What the switch says, to be waited for."""

    def __init__(self) -> None:
        self.heard: list[SwitchEvent] = []
        self._more = asyncio.Event()

    def __call__(self, event: SwitchEvent) -> None:
        self.heard.append(event)
        self._more.set()

    async def wait(self, kind: type) -> SwitchEvent:
        async with asyncio.timeout(5):
            while True:
                for event in self.heard:
                    if isinstance(event, kind):
                        return event
                self._more.clear()
                await self._more.wait()


def office(**settings: object) -> RealTimeSwitch:
    return create({"groups": ["7000"], "numbers": ["201"], "attendant_numbers": ["100"], **settings})


async def test_it_connects_at_once_and_a_scripted_call_arrives_and_leaves() -> None:
    switch, events = office(speed=20.0), Events()
    await switch.start(events)
    connected = await events.wait(SwitchConnected)
    assert isinstance(connected, SwitchConnected)
    assert dict(connected.lines) == {"201": LineState.IDLE, "100": LineState.IDLE}
    switch.office.place_call("7000", plan=Plan(patience_s=10.0))
    arrived = await events.wait(LegArrived)
    assert isinstance(arrived, LegArrived)
    switch.send([AnswerLeg(leg=arrived.leg), HoldLeg(leg=arrived.leg)])
    begin = asyncio.get_running_loop().time()
    await events.wait(LegGone)
    assert 0.2 < asyncio.get_running_loop().time() - begin < 4, "ten seconds at twenty times the speed"
    await switch.stop()


async def test_a_stopped_switch_says_nothing_and_its_calls_are_there_at_the_next_start() -> None:
    switch, events = office(), Events()
    await switch.start(events)
    switch.office.place_call("7000")
    arrived = await events.wait(LegArrived)
    await switch.stop()
    await switch.stop()
    told = len(events.heard)
    switch.office.phone("201").unregister()
    again = Events()
    await switch.start(again)
    connected = await again.wait(SwitchConnected)
    assert isinstance(connected, SwitchConnected)
    assert isinstance(arrived, LegArrived)
    assert [info.leg for info in connected.legs] == [arrived.leg]
    assert dict(connected.lines)["201"] is LineState.UNREACHABLE
    assert len(events.heard) == told
    await switch.stop()


async def test_a_lively_office_begins_by_itself() -> None:
    numbers = [str(n) for n in range(2000, 2100)]
    switch, events = office(speed=50.0, lively=True, call_rate=600, numbers=numbers), Events()
    await switch.start(events)
    await events.wait(LegArrived)
    await events.wait(LineChanged)
    await switch.stop()


async def test_an_error_in_the_listener_does_not_stop_the_clock() -> None:
    switch, events = office(), Events()
    loop = asyncio.get_running_loop()
    errors: list[dict[str, object]] = []
    loop.set_exception_handler(lambda _loop, context: errors.append(context))

    def listen(event: SwitchEvent) -> None:
        events(event)
        if isinstance(event, SwitchConnected):
            raise RuntimeError("the hub's own mistake")

    await switch.start(listen)
    await events.wait(SwitchConnected)
    switch.office.place_call("7000")
    await events.wait(LegArrived)
    assert [str(context["exception"]) for context in errors] == ["the hub's own mistake"]
    await switch.stop()


def test_things_happen_in_order_of_time_and_of_being_asked_for() -> None:
    timeline, done = Timeline(100.0), list[str]()
    timeline.after(2.0, lambda: done.append("later"))
    timeline.after(1.0, lambda: done.append("first"))
    timeline.after(1.0, lambda: done.append("second"))
    cancelled = timeline.after(0.5, lambda: done.append("never"))
    cancelled.cancel()
    timeline.at(50.0, lambda: done.append("past"))
    assert timeline.next_at() == 100.0
    timeline.run(101.0)
    assert done == ["past", "first", "second"]
    assert (timeline.now, timeline.next_at()) == (101.0, 102.0)
    timeline.run(200.0)
    cancelled.cancel()
    assert done[-1] == "later"
    assert timeline.next_at() is None


@pytest.mark.parametrize("earlier", [True, False])
def test_the_alarm_is_set_anew_only_for_something_earlier(earlier: bool) -> None:
    timeline = Timeline(0.0)
    timeline.after(10.0, lambda: None)
    alarms: list[bool] = []
    timeline.on_earlier = lambda: alarms.append(True)
    timeline.after(5.0 if earlier else 15.0, lambda: None)
    assert bool(alarms) is earlier
