"""A receptionist without a window: the console's own session on a real hub."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from reception.console.api import Delta, LinkState
from reception.console.session import ConsoleSession
from reception.model.attendants import Readiness
from reception.model.calls import Call, Place
from reception.model.changes import Notice, SourceState
from reception.model.intents import Intent, SetReadiness
from reception.wire import Outcome, Result
from tests.e2e.workplace import Office, office_at
from tests.lab.fixtures import Lab, eventually

TIMEOUT_S = 30.0


class Console:
    """A receptionist at work, who asks by intents and reads the replica."""

    def __init__(self, office: Office, attendant: str) -> None:
        self.office, self.attendant = office, attendant
        self.session = ConsoleSession(office.hub(attendant).locate, name="headless")
        self.notices: list[Notice] = []
        self._outcomes: dict[str, Outcome] = {}
        self._changed = asyncio.Event()
        self.session.subscribe(self._on_delta)

    def _on_delta(self, delta: Delta) -> None:
        self.notices += delta.notices
        self._outcomes |= {outcome.id: outcome for _, outcome in delta.settled}
        self._changed.set()

    async def open(self) -> None:
        """Connect and go ready; returns when the hub has Asterisk."""
        await self.session.start()
        await self.until_up()
        await self.does(SetReadiness(readiness=Readiness.READY))

    @property
    def is_up(self) -> bool:
        """True while the hub is there and has Asterisk."""
        telephony = self.session.replica.sources.get("telephony")
        has_telephony = telephony is not None and telephony.state is SourceState.UP
        return self.session.replica.link is LinkState.UP and has_telephony

    async def until_up(self) -> None:
        """Wait until the hub is there and has Asterisk."""
        await self.until(lambda: self.is_up, "the hub has Asterisk")

    async def until_away(self) -> None:
        """Wait until the console has noticed that the hub, or its Asterisk, is gone."""
        await self.until(lambda: not self.is_up, "something is lost")

    async def asks(self, intent: Intent) -> Outcome:
        """Ask for something and return how it ended."""
        request = self.session.request(intent)
        await self.until(lambda: request in self._outcomes, f"the outcome of {intent}")
        return self._outcomes[request]

    async def does(self, intent: Intent) -> None:
        """Ask for something that must be done."""
        outcome = await self.asks(intent)
        assert outcome.result is Result.DONE, f"{intent}: {outcome}"

    async def until(self, is_so: Callable[[], bool], what: str) -> None:
        """Wait for the hub's news until something is so."""
        try:
            async with asyncio.timeout(TIMEOUT_S):
                while not is_so():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(f"not come about: {what}; {self.calls}") from None

    @property
    def calls(self) -> list[Call]:
        """The calls of the house, by arrival."""
        return sorted(self.session.replica.calls.values(), key=lambda c: (c.arrived_at, c.id))

    def call_of(self, number: str) -> Call | None:
        """Return the call with this party, if there is one."""
        return next((c for c in self.calls if c.party.number == number), None)

    async def place(self, number: str, place: Place) -> Call:
        """Wait until the call with this party is in a place and nothing is under way, and return it."""

        def is_there() -> bool:
            call = self.call_of(number)
            return call is not None and call.place is place and call.pending is None

        await self.until(is_there, f"{number} is {place}")
        call = self.call_of(number)
        assert call is not None
        return call

    async def ended(self, number: str) -> None:
        """Wait until there is no call with this party."""
        await self.until(lambda: self.call_of(number) is None, f"the call of {number} is over")

    async def talk(self, *talks: set[str]) -> None:
        """Wait until Asterisk says that these devices, and nobody else, talk with each other."""
        expected = {frozenset(f"PJSIP/{device}" for device in talk) for talk in talks}

        found: set[frozenset[str]] = set()

        async def so() -> bool:
            found.clear()
            found.update(await self.office.talking())
            return found == expected

        try:
            await eventually(so, "the talk", TIMEOUT_S)
        except AssertionError:
            raise AssertionError(f"{expected} should talk, but {found} do; {self.calls}") from None


@asynccontextmanager
async def at_console(
    lab: Lab, folder: Path, attendant: str = "KLJ", **settings: Any
) -> AsyncIterator[Console]:
    """Give a receptionist with a phone at a hub of their own; all leave at the end."""
    async with office_at(lab, folder, **settings) as office:
        console = Console(office, attendant)
        try:
            await office.house.phone("101" if attendant == "KLJ" else "102")
            await console.open()
            yield console
        finally:
            await console.session.close(stop_hub=True)
