"""What a contract test of the `Switch` port needs around a switch: telephones and outside callers.

`tests/contract/test_switch.py` is written against these Protocols only; `rig_simulator.py` and
`rig_asterisk.py` implement them.
"""

from __future__ import annotations

from typing import Any, Protocol, TypeVar

from reception.model.direct import Way
from reception.model.lines import LineState
from reception.ports import Switch, SwitchEvent

E = TypeVar("E", bound=SwitchEvent)


class Caller(Protocol):
    """An outside caller on the line."""

    async def hang_up(self) -> None: ...
    async def press(self, digit: str) -> None: ...
    async def wait_answered(self) -> None: ...
    async def wait_ended(self) -> None: ...


class Phone(Protocol):
    """A telephone of the house. `mode`: "answer", "ring" (until told) or "reject" (486)."""

    number: str

    async def set_mode(self, mode: str) -> None: ...
    async def wait_ringing(self) -> None: ...
    async def answer(self) -> None: ...
    async def hang_up(self) -> None: ...
    async def hold(self) -> None: ...
    async def resume(self) -> None: ...
    async def press(self, digits: str) -> None: ...
    async def wait_digits(self, digits: str) -> None:
        """Return when the phone has heard these keys (all it heard so far ends with them)."""

    async def transfer(self, number: str) -> None: ...
    async def dial(self, number: str) -> None: ...
    async def unregister(self) -> None: ...


class SwitchRig(Protocol):
    """A running switch with its surroundings. Desk phones are 101 and 102, colleagues 201, 202, 203.

    7000 is the attendant group's number. Events of the switch are recorded in order.
    """

    switch: Switch
    events: list[SwitchEvent]

    async def caller(
        self,
        *,
        number: str = "+4930100200",
        name: str = "",
        dialled: str = "7000",
        withheld: bool = False,
        patience_s: float = 60.0,
    ) -> Caller:
        """Place an outside call; returns when it is on its way."""

    async def phone(self, number: str, mode: str = "answer") -> Phone:
        """Register the telephone of this number; returns when the switch knows it."""

    async def wait_for(self, kind: type[E], *, after: int = 0, timeout_s: float = 10.0, **fields: Any) -> E:
        """Return the first event of a kind with these field values, at index `after` or later."""

    async def bridged(self) -> set[frozenset[str]]:
        """Ask the switch itself: the sets of legs that talk with each other now."""

    async def holding(self) -> set[str]:
        """Ask the switch itself: the legs that wait with music."""

    async def mailbox_count(self, mailbox: str) -> int:
        """Return how many messages, or calls being recorded, the mailbox has had."""

    @property
    def now(self) -> float:
        """The switch's time in UTC seconds."""

    async def pass_to(self, at: float) -> None:
        """Let time pass to this instant, and no more than a moment beyond."""

    async def direct(self, number: str) -> Way:
        """Ask the switch itself what it knows of direct calls to a number."""

    async def looks(self, number: str) -> LineState:
        """Ask the switch itself what everybody sees of a line, marks of ours included."""

    async def sound(self, name: str) -> None:
        """Give the switch a short sound of this name."""

    async def lose_connection(self) -> None:
        """Cut the line between hub and switch, as a network fault would; it may come back."""
