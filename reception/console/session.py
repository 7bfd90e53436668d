"""A console at work: its copy of the hub's state, and intents that each end in exactly one outcome."""

from __future__ import annotations

from collections.abc import Callable

from reception.console.api import Delta, ReplicaView
from reception.model.intents import Intent


class ConsoleSession:
    """The console's side of the protocol; implements `reception.console.api.Session`."""

    @property
    def replica(self) -> ReplicaView:
        """What the window shows."""
        raise NotImplementedError

    def subscribe(self, listener: Callable[[Delta], None]) -> Callable[[], None]:
        """Call `listener` with each delta, on the loop's thread; returns its own undo."""
        raise NotImplementedError

    def request(self, intent: Intent) -> str:
        """Send an intent; returns its id at once. The outcome comes in a delta, exactly one."""
        raise NotImplementedError

    async def start(self) -> None:
        """Begin connecting in the background; returns at once."""
        raise NotImplementedError

    async def close(self, stop_hub: bool) -> None:
        """Say goodbye and end. Every request still pending ends as FAILED first."""
        raise NotImplementedError
