"""The queue status that a presence profile sets for colleagues who are receptionists (requirement 003-08)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from reception.calls.effects import Effects
from reception.calls.engine import CallEngine
from reception.model.attendants import Readiness, works_as
from reception.model.intents import SetReadiness
from reception.model.people import Person


class QueueStatus:
    """Who of the colleagues answers groups, and whether they are ready.

    A receptionist is the colleague with the same initials, or with the number of the receptionist's phone.
    `step` takes a step of the engine and carries out what it decides.
    """

    def __init__(self, engine: CallEngine, step: Callable[[Callable[[float], Effects]], None]) -> None:
        self._engine = engine
        self._step = step

    def attendant_of(self, person: Person) -> str:
        """Return the initials of the receptionist a colleague is, empty for who is none."""
        return next((one.id for one in self._engine.attendants.values() if works_as(person, one)), "")

    def look_again(self) -> None:
        """Let the engine see who can be called now."""
        self._step(self._engine.on_presence)

    def of(self, person: Person) -> Readiness | None:
        """Return what a colleague is for the groups, None for who is no receptionist."""
        attendant = self.attendant_of(person)
        return self._engine.attendants[attendant].readiness if attendant else None

    def set(self, person: Person, readiness: Readiness) -> None:
        """Make a colleague ready or not; nothing for who is no receptionist. Raises CommandRefused."""
        if attendant := self.attendant_of(person):
            self._step(partial(self._engine.on_intent, attendant, SetReadiness(readiness=readiness)))
