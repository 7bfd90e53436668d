"""Goal 17: what an event costs the call engine, with many live calls and with few."""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterator

from reception.calls.engine import CallEngine
from reception.model.attendants import Attendant, Readiness
from reception.model.calls import CallerId
from reception.model.groups import AttendantGroup
from reception.model.intents import SetReadiness
from reception.model.lines import LineState
from reception.ports import GoneCause, LegArrived, LegGone, LineChanged, SwitchConnected, SwitchEvent
from tests.bench.figures import Figure, side_by_side

FEW, MANY = 10, 1000


class Nobody:
    """A directory without anybody: looking up is not the engine's."""

    def numbers_of(self, person: str) -> tuple[str, ...]:
        """Return no numbers."""
        return ()

    def contact_of(self, number: str) -> None:
        return None

    def mailbox_of(self, target_number: str, person: str | None) -> str | None:
        """Return no mailbox."""
        return None

    def name_of(self, number: str) -> str:
        """Return no name."""
        return ""


class House:
    """An engine with as many callers in its queues as are wanted, who come and go."""

    def __init__(self, live: int) -> None:
        ids = itertools.count()
        groups = tuple(AttendantGroup(id=f"g{n}", name=f"Group {n}", number=f"70{n:02}") for n in range(10))
        self.numbers = [str(1000 + n) for n in range(1000)]
        self._groups = itertools.cycle(g.number for g in groups)
        self._legs = itertools.count()
        self._waiting: list[str] = []
        self.now = 1_000.0
        self.engine = CallEngine(
            groups=groups,
            attendants=[
                Attendant(id=f"a{n}", name=f"A {n}", number=f"1{n:02}", groups=tuple(g.id for g in groups))
                for n in range(20)
            ],
            book=Nobody(),
            new_id=lambda: f"c{next(ids)}",
        )
        self._take(SwitchConnected(lines=tuple((n, LineState.IDLE) for n in self.numbers)))
        for n in range(10):
            self.engine.on_console(f"a{n}", True, self.now)
            self.engine.on_intent(f"a{n}", SetReadiness(readiness=Readiness.READY), self.now)
        for _ in range(live):
            self._arrive()

    def _take(self, event: SwitchEvent) -> None:
        self.now += 0.001
        self.engine.on_switch(event, self.now)

    def _arrive(self) -> None:
        leg = f"leg{next(self._legs)}"
        self._waiting.append(leg)
        self._take(LegArrived(leg=leg, dialled=next(self._groups), caller=CallerId(number="+4533112233")))

    def hour(self, rounds: int) -> float:
        """Let calls come and go and lines change; returns microseconds for an event."""
        began = time.perf_counter()
        for n in range(rounds):
            self._arrive()
            number = self.numbers[n % len(self.numbers)]
            self._take(LineChanged(number=number, state=LineState.TALKING))
            self._take(LegGone(leg=self._waiting.pop(0), cause=GoneCause.NORMAL))
            self._take(LineChanged(number=number, state=LineState.IDLE))
            self.engine.on_time(self.now)
            self.engine.next_deadline()
        return (time.perf_counter() - began) / (5 * rounds) * 1e6


def run(*, is_short: bool) -> Iterator[Figure]:
    """Measure both by turns."""
    few, many = House(FEW), House(MANY)
    rounds, events = (5, 50) if is_short else (15, 200)
    values, floors = [], []
    for _ in range(rounds):
        floors.append(few.hour(events))
        values.append(many.hour(events))
    yield side_by_side("17", values, floors, unit="µs")
