"""The simulator as a rig: all in virtual time, which passes only while a test waits or asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from random import Random
from typing import Any, TypeVar

from reception.model.direct import Way
from reception.model.lines import LineMark, LineState
from reception.ports import Switch, SwitchEvent
from services.simulator.office import Office
from services.simulator.outsiders import Outsider, Plan
from services.simulator.phones import Phone
from services.simulator.settings import OfficeSettings
from services.simulator.switch import SimulatedSwitch

E = TypeVar("E", bound=SwitchEvent)
NUMBERS = ("101", "102", "201", "202", "203")
BEGINNING = 1_800_000_000.0
GLANCE_S = 0.1
"""How much time passes while the switch is asked something."""


class SimulatedCaller:
    """An outside caller of the simulator."""

    def __init__(self, rig: SimulatorRig, party: Outsider) -> None:
        self._rig = rig
        self.party = party

    async def hang_up(self) -> None:
        self.party.hang_up()

    async def press(self, digit: str) -> None:
        self.party.press(digit)

    async def wait_answered(self) -> None:
        await self._rig.until(lambda: self.party.is_answered)

    async def wait_ended(self) -> None:
        await self._rig.until(lambda: self.party.has_ended)


class SimulatedPhone:
    """A telephone of the simulated house."""

    def __init__(self, rig: SimulatorRig, phone: Phone) -> None:
        self._rig = rig
        self._phone = phone
        self.number = phone.number

    async def set_mode(self, mode: str) -> None:
        self._phone.set_mode(mode)

    async def wait_ringing(self) -> None:
        await self._rig.until(lambda: self._phone.is_ringing)

    async def answer(self) -> None:
        self._phone.answer()

    async def hang_up(self) -> None:
        self._phone.hang_up()

    async def hold(self) -> None:
        self._phone.hold()

    async def resume(self) -> None:
        self._phone.resume()

    async def press(self, digits: str) -> None:
        await self._rig.until(lambda: any(leg.is_answered for leg in self._phone.legs))
        self._phone.press(digits)

    async def wait_digits(self, digits: str) -> None:
        await self._rig.until(lambda: self._phone.heard_digits.endswith(digits))

    async def transfer(self, number: str) -> None:
        self._phone.transfer(number)

    async def dial(self, number: str) -> None:
        self._rig.office.dial(self._phone, number)

    async def unregister(self) -> None:
        self._phone.unregister()


class SimulatorRig:
    """A simulated switch with its surroundings; see `tests.contract.rig.SwitchRig`."""

    def __init__(self, seed: int = 1, settings: OfficeSettings | None = None) -> None:
        settings = settings or OfficeSettings(seed=seed, groups=("7000",), numbers=NUMBERS)
        self.office = Office(settings, Random(settings.seed), BEGINNING)
        self._switch = SimulatedSwitch(self.office)
        self.switch: Switch = self._switch
        self.events: list[SwitchEvent] = []

    @property
    def now(self) -> float:
        """The virtual time in UTC seconds."""
        return self.office.timeline.now

    def advance(self, seconds: float) -> None:
        """Let virtual time pass, telling each event at its own moment."""
        end = self.now + seconds
        while (due := self.office.next_deadline()) is not None and due <= end:
            self._switch.advance(due)
        self._switch.advance(end)

    async def until(self, is_true: Callable[[], bool], timeout_s: float = 10.0) -> None:
        """Let time pass, from one happening to the next, until something is true."""
        end = self.now + timeout_s
        while not is_true():
            due = self.office.next_deadline()
            if due is None or due > end:
                raise TimeoutError(f"not within {timeout_s} s of virtual time; events: {self.events}")
            self._switch.advance(due)
            await asyncio.sleep(0)

    async def caller(
        self,
        *,
        number: str = "+4930100200",
        name: str = "",
        dialled: str = "7000",
        withheld: bool = False,
        patience_s: float = 60.0,
    ) -> SimulatedCaller:
        party = self.office.place_call(
            dialled, number=number, name=name, plan=Plan(patience_s=patience_s), is_withheld=withheld
        )
        return SimulatedCaller(self, party)

    async def phone(self, number: str, mode: str = "answer") -> SimulatedPhone:
        phone = self.office.add_phone(number)
        phone.register()
        phone.set_mode(mode)
        return SimulatedPhone(self, phone)

    async def wait_for(self, kind: type[E], *, after: int = 0, timeout_s: float = 10.0, **fields: Any) -> E:
        def found() -> E | None:
            for event in self.events[after:]:
                if isinstance(event, kind) and all(getattr(event, k) == v for k, v in fields.items()):
                    return event
            return None

        await self.until(lambda: found() is not None, timeout_s)
        event = found()
        assert event is not None
        return event

    async def bridged(self) -> set[frozenset[str]]:
        self.advance(GLANCE_S)
        return {frozenset(members) for members in self.office.exchange.bridges.values() if members}

    async def holding(self) -> set[str]:
        self.advance(GLANCE_S)
        return {leg.id for leg in self.office.exchange.legs.values() if leg.is_waiting}

    async def mailbox_count(self, mailbox: str) -> int:
        self.advance(GLANCE_S)
        return self.office.exchange.mailboxes[mailbox]

    async def pass_to(self, at: float) -> None:
        self.advance(max(0.0, at - self.now))

    async def direct(self, number: str) -> Way:
        self.advance(GLANCE_S)
        return self.office.exchange.direct.way(number)

    async def looks(self, number: str) -> LineState:
        self.advance(GLANCE_S)
        exchange = self.office.exchange
        is_marked = exchange.marks.get(number, LineMark.NONE) is not LineMark.NONE
        return LineState.TALKING if is_marked else dict(exchange.lines())[number]

    async def sound(self, name: str) -> None:
        """Any name will do: nobody listens here."""

    async def lose_connection(self) -> None:
        self.office.lose_connection(back_after_s=1.0)


@asynccontextmanager
async def open_rig(seed: int = 1) -> AsyncIterator[SimulatorRig]:
    """Yield a connected rig."""
    rig = SimulatorRig(seed)
    await rig.switch.start(rig.events.append)
    rig.advance(0.0)
    yield rig
    await rig.switch.stop()
