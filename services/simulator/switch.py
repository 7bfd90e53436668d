"""The office behind the `Switch` port: a thin asyncio shell around the core.

`SimulatedSwitch` moves only when told (tests); `RealTimeSwitch` follows the clock.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from reception.ports import SwitchCommand, SwitchEvent
from services.simulator.office import Office


class SimulatedSwitch:
    """A `Switch` whose time somebody else moves by `advance`."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._on_event: Callable[[SwitchEvent], None] | None = None

    @property
    def office(self) -> Office:
        """The office, for scripts."""
        return self._office

    async def start(self, on_event: Callable[[SwitchEvent], None]) -> None:
        """Begin; the snapshot comes with the next `advance`."""
        self._on_event = on_event
        self._office.link.connect()

    def send(self, commands: Sequence[SwitchCommand]) -> None:
        """Take commands to be carried out a little later."""
        now = self._now()
        for command in commands:
            self._office.handle(command, now)

    async def stop(self) -> None:
        """Let go; calls in the office go on. Harmless when stopped."""
        self._on_event = None
        self._office.link.release()
        self._office.link.forget_wishes()

    def advance(self, now: float) -> None:
        """Let time pass up to an instant (UTC seconds) and tell what happened."""
        for event in self._office.advance(now):
            if self._on_event is not None:
                self._on_event(event)

    def _now(self) -> float:
        return self._office.timeline.now


class RealTimeSwitch(SimulatedSwitch):
    """A `Switch` that lives by the loop's clock, `speed` times as fast. `keep` gets its office at the end."""

    def __init__(
        self, office: Office, speed: float = 1.0, keep: Callable[[Office], None] = lambda _: None
    ) -> None:
        super().__init__(office)
        self._speed = speed
        self._keep = keep
        self._loop: asyncio.AbstractEventLoop | None = None
        self._began_at = office.timeline.now
        self._loop_began_at = 0.0
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def office(self) -> Office:
        """The office as it is at this moment, for scripts."""
        self._office.timeline.run(self._now())
        return self._office

    async def start(self, on_event: Callable[[SwitchEvent], None]) -> None:
        """Begin; the snapshot comes at once."""
        self._loop = asyncio.get_running_loop()
        self._began_at = self._office.timeline.now
        self._loop_began_at = self._loop.time()
        self._office.timeline.on_earlier = self._set_alarm
        await super().start(on_event)
        self._set_alarm()

    def send(self, commands: Sequence[SwitchCommand]) -> None:
        """Take commands to be carried out a little later."""
        super().send(commands)
        self._set_alarm()

    async def stop(self) -> None:
        """Let go; the office stands still until `start`."""
        if self._loop is None:
            return
        self._office.timeline.run(self._now())
        await super().stop()
        self._office.timeline.on_earlier = None
        self._loop = None
        self._cancel_alarm()
        self._keep(self._office)

    def _now(self) -> float:
        if self._loop is None:
            return self._office.timeline.now
        return self._began_at + (self._loop.time() - self._loop_began_at) * self._speed

    def _set_alarm(self) -> None:
        self._cancel_alarm()
        deadline = self._office.next_deadline()
        if self._loop is not None and deadline is not None:
            delay = max(0.0, (deadline - self._now()) / self._speed)
            self._alarm = self._loop.call_later(delay, self._on_alarm)

    def _cancel_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None

    def _on_alarm(self) -> None:
        self._alarm = None
        try:
            self.advance(self._now())
        finally:
            self._set_alarm()
