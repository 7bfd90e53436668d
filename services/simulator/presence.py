"""The office's whereabouts behind the `PresenceSource` port, by the loop's clock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence, Set
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from reception.errors import ConfigError, Unavailable
from reception.model.people import Person
from reception.presence.port import EXCHANGE, TEAMS, PersonRefused, PresenceEvent, Showing
from services.simulator.diary import Diary
from services.simulator.whereabouts import Whereabouts


class PresenceSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What sort of office it is. `zone` is its time zone, empty the computer's own; `speed` as for calls."""

    seed: int = 1
    zone: str = ""
    speed: Annotated[float, msgspec.Meta(gt=0, le=1000)] = 1.0


class SimulatedPresence:
    """A `PresenceSource` that follows the clock, and a `PresenceWriter`. `clock` gives UTC seconds."""

    sources = (EXCHANGE, TEAMS)

    def __init__(self, settings: PresenceSettings, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        zone = ZoneInfo(settings.zone) if settings.zone else None
        diary = Diary(settings.seed, zone)
        self._whereabouts = Whereabouts(diary, seed=settings.seed, now=clock(), speed=settings.speed)
        self._on_event: Callable[[PresenceEvent], None] | None = None
        self._alarm: asyncio.TimerHandle | None = None

    def follow(self, people: Sequence[Person]) -> None:
        """Speak of these colleagues from now on."""
        self._whereabouts.timeline.run(self._clock())
        self._whereabouts.follow(people, has_begun=self._on_event is not None)
        self._set_alarm()

    def watch(self, people: Set[str]) -> None:
        """Everybody is told of as soon as something is different: nobody can be sooner."""

    async def start(self, on_event: Callable[[PresenceEvent], None]) -> None:
        """Begin; what everybody has on their timeline comes in the next moments."""
        self._on_event = on_event
        self._whereabouts.begin()
        self._set_alarm()

    async def stop(self) -> None:
        """Say nothing any more. Harmless when stopped."""
        self._on_event = None
        self._set_alarm()

    async def read_now(self, person: str) -> int | None:
        """Tell what is different by now; see `CalendarReader`."""
        self._say()
        return self._whereabouts.appointments_of(person)

    async def set_session(self, person: Person, showing: Showing, *, lasts_s: float) -> None:
        """Show somebody as in a call. Raises PersonRefused for who has no Teams."""
        self._write(person, lambda: self._whereabouts.set_session(person.id, lasts_s))

    async def clear_session(self, person: Person) -> None:
        """Show of somebody what they do. Raises PersonRefused for who has no Teams."""
        self._write(person, lambda: self._whereabouts.clear_session(person.id))

    def _write(self, person: Person, write: Callable[[], None]) -> None:
        if self._on_event is None:
            raise Unavailable("unreachable", address="simulator")
        self._whereabouts.timeline.run(self._clock())
        if not self._whereabouts.has_teams(person.id):
            raise PersonRefused("no_teams", person=person.name)
        write()
        self._set_alarm()

    def word_of(self, person: str) -> str:
        """Return what Teams says of somebody now, as Teams itself has it."""
        self._whereabouts.timeline.run(self._clock())
        return self._whereabouts.word_of(person)

    def _set_alarm(self) -> None:
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        deadline = self._whereabouts.next_deadline()
        if self._on_event is not None and deadline is not None:
            delay = min(max(deadline - self._clock(), 0.0), 60.0)
            self._alarm = asyncio.get_running_loop().call_later(delay, self._on_alarm)

    def _on_alarm(self) -> None:
        self._alarm = None
        self._say()

    def _say(self) -> None:
        try:
            for event in self._whereabouts.advance(self._clock()):
                if self._on_event is not None:
                    self._on_event(event)
        finally:
            self._set_alarm()


def create(settings: Mapping[str, Any]) -> SimulatedPresence:
    """Build it from its section of the configuration; raises ConfigError."""
    try:
        return SimulatedPresence(msgspec.convert(dict(settings), PresenceSettings))
    except (msgspec.ValidationError, ZoneInfoNotFoundError) as error:
        raise ConfigError("misconfigured", setting="presence.simulator", error=str(error)) from error
