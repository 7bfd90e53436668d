"""Where the demonstration's colleagues are: most of them by the simulator, some by way of Microsoft Graph.

Of those some the simulator tells an emulated Microsoft 365 in this process, and what the hub hears of them is
what the real client for Graph reads there; what the hub shows in Teams is written there. So all that there is
for Microsoft is at work in the demonstration: sign-in, reading what is different, both ways of line state.

The emulated Microsoft 365 starts a little after the hub, as the window comes first. Until it has said
something of somebody, the simulator's word of them holds.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import Annotated, Any, Final, Protocol

import msgspec
from msgspec.structs import replace

from reception.errors import ConfigError, ServiceError, Unavailable
from reception.hub.backends import find_backend
from reception.model.calendar import Appointment
from reception.model.changes import Message, SourceState
from reception.model.people import Person
from reception.presence.port import (
    EXCHANGE,
    TEAMS,
    CalendarSet,
    PresenceEvent,
    PresenceSource,
    Showing,
    SourceSet,
    TeamsSet,
)

_log = logging.getLogger(__name__)

_PATIENCE_S: Final = 20.0
"""How long a write to Teams waits until it is known who is to be written to."""
_PACE: Final[Mapping[str, float]] = {"watched_s": 5.0, "rest_s": 10.0, "calendar_s": 120.0}
"""How often Graph is asked: six requests a minute for Teams' words and two for calendars."""
_ADDRESS: Final = "localhost"


class Whereabouts(PresenceSource, Protocol):
    """A source that can do all that there is: read at once, and write to Teams."""

    async def read_now(self, person: str) -> int | None: ...

    async def set_session(self, person: Person, showing: Showing, *, lasts_s: float) -> None: ...

    async def clear_session(self, person: Person) -> None: ...


class MicrosoftOffice(Protocol):
    """The backend ``emulator.graph``: people's calendars and Teams, as somebody else knows them."""

    async def open(self) -> Mapping[str, str]: ...

    async def close(self) -> None: ...

    def follow(self, people: Sequence[Person]) -> None: ...

    def meets(self, person: str, appointments: Sequence[Appointment]) -> None: ...

    def does(self, word: TeamsSet) -> None: ...


class DemoSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who of the demonstration has their accounts at Microsoft (`microsoft`, ids of people).

    `still` are those of them who take no calls in Teams by themselves; `after_s` is how long after the hub
    Microsoft 365 starts, `folder` where its certificate lies; `speed` as for calls.
    """

    folder: str
    microsoft: frozenset[str] = frozenset()
    still: frozenset[str] = frozenset()
    after_s: Annotated[float, msgspec.Meta(ge=0)] = 6.0
    speed: float = 1.0


class DemoPresence:
    """A `PresenceSource` and `PresenceWriter` made of two."""

    sources = (EXCHANGE, TEAMS)

    def __init__(self, settings: DemoSettings, simulated: Whereabouts) -> None:
        self._settings = settings
        self._simulated = simulated
        self._office: MicrosoftOffice | None = None
        self._graph: Whereabouts | None = None
        self._people: tuple[Person, ...] = ()
        self._watched: Set[str] = frozenset()
        self._on_event: Callable[[PresenceEvent], None] | None = None
        self._opening: asyncio.Task[None] | None = None
        self._is_settled = asyncio.Event()
        self._calendars: dict[str, tuple[Appointment, ...]] = {}
        self._words: dict[str, TeamsSet] = {}
        self._read: set[tuple[str, str]] = set()

    def follow(self, people: Sequence[Person]) -> None:
        """Speak of these colleagues from now on."""
        self._people = tuple(p for p in people if p.id in self._settings.microsoft)
        self._simulated.follow(people)
        if self._office is not None:
            self._office.follow(self._people)
            for person in self._people:
                self._tell_office(person.id)
        if self._graph is not None:
            self._graph.follow(self._people)

    def watch(self, people: Set[str]) -> None:
        """Speak of these sooner than of others."""
        self._watched = people
        self._simulated.watch(people)
        if self._graph is not None:
            self._graph.watch(people & self._settings.microsoft)

    async def start(self, on_event: Callable[[PresenceEvent], None]) -> None:
        """Begin with the simulator; Microsoft 365 follows."""
        self._on_event = on_event
        await self._simulated.start(self._on_simulated)
        self._opening = asyncio.create_task(self._open(), name="Microsoft 365 of the demonstration")

    async def stop(self) -> None:
        """Let go of both. Harmless when stopped."""
        self._on_event = None
        opening, self._opening = self._opening, None
        if opening is not None:
            opening.cancel()
            await asyncio.gather(opening, return_exceptions=True)
        self._is_settled.clear()
        await self._simulated.stop()
        await self._close()

    async def read_now(self, person: str) -> int | None:
        """Read a colleague's calendar at once, wherever it is."""
        return await self._of(person).read_now(person)

    async def set_session(self, person: Person, showing: Showing, *, lasts_s: float) -> None:
        """Show this of a colleague in Teams for `lasts_s` seconds. Raises as `PresenceWriter` says."""
        await (await self._writer(person)).set_session(person, showing, lasts_s=lasts_s)

    async def clear_session(self, person: Person) -> None:
        """Take back what is shown of a colleague in Teams. Raises as `PresenceWriter` says."""
        await (await self._writer(person)).clear_session(person)

    def _of(self, person: str) -> Whereabouts:
        is_read = self._graph is not None and person in self._settings.microsoft
        return self._graph if is_read and self._graph is not None else self._simulated

    async def _writer(self, person: Person) -> Whereabouts:
        if person.id in self._settings.microsoft:
            try:
                async with asyncio.timeout(_PATIENCE_S):
                    await self._is_settled.wait()
            except TimeoutError as error:
                raise Unavailable("unreachable", address=_ADDRESS) from error
        return self._of(person.id)

    # ------------------------------------------------------------- Microsoft 365

    async def _open(self) -> None:
        await asyncio.sleep(self._settings.after_s)
        try:
            await self._open_office()
        except (ServiceError, OSError) as error:
            _log.warning("the emulated Microsoft 365 cannot start: %s", error)
            fault = error if isinstance(error, ServiceError) else Unavailable("unreachable", address=_ADDRESS)
            for source in self.sources:
                self._emit(SourceSet(source=source, state=SourceState.UP, message=fault.message))
            await self._close()
        self._is_settled.set()

    async def _open_office(self) -> None:
        """Open the office and begin to read it. Raises ServiceError or OSError."""
        settings = self._settings
        given = {"folder": settings.folder, "speed": settings.speed, "still": [*settings.still]}
        self._office = office = await asyncio.to_thread(_new_office, given)
        account = await office.open()
        office.follow(self._people)
        for person in self._people:
            self._tell_office(person.id)
            await asyncio.sleep(0)  # calls have a turn
        graph = await asyncio.to_thread(_new_graph, {**_PACE, "microsoft": dict(account)})
        graph.follow(self._people)
        graph.watch(self._watched & self._settings.microsoft)
        await graph.start(self._on_graph)
        self._graph = graph

    def _tell_office(self, person: str) -> None:
        """Tell all that the simulator has said of somebody who is there."""
        if self._office is not None:
            self._office.meets(person, self._calendars.get(person, ()))
            if (word := self._words.get(person)) is not None:
                self._office.does(word)

    async def _close(self) -> None:
        self._read.clear()
        graph, self._graph = self._graph, None
        if graph is not None:
            await graph.stop()
        office, self._office = self._office, None
        if office is not None:
            await office.close()

    # ------------------------------------------------------------- what is said

    def _on_simulated(self, event: PresenceEvent) -> None:
        """Tell what the simulator says; of those at Microsoft only until that has spoken."""
        match event:
            case SourceSet() if self._settings.microsoft:
                count = len(self._people)
                event = replace(event, message=Message(key="microsoft_starts", params={"count": count}))
            case CalendarSet(person=person, appointments=appointments) if self._is_microsofts(person):
                self._calendars[person] = appointments
                if self._office is not None:
                    self._office.meets(person, appointments)
            case TeamsSet(person=person) if self._is_microsofts(person):
                self._words[person] = event
                if self._office is not None:
                    self._office.does(event)
        if _whose(event) not in self._read:
            self._emit(event)

    def _on_graph(self, event: PresenceEvent) -> None:
        """Tell what Graph says. It is a part of the demonstration: when it is ill, the others are well."""
        if isinstance(event, SourceSet):
            self._emit(replace(event, state=SourceState.UP))
            return
        self._read.add(_whose(event))
        if isinstance(event, CalendarSet):
            planned = self._calendars.get(event.person, ())
            event = replace(event, appointments=tuple(_named(event.appointments, planned)))
        self._emit(event)

    def _is_microsofts(self, person: str) -> bool:
        return person in self._settings.microsoft

    def _emit(self, event: PresenceEvent) -> None:
        if self._on_event is not None:
            self._on_event(event)


def _whose(event: PresenceEvent) -> tuple[str, str]:
    """Return of whom an event is and what it is about; of nobody for a source."""
    match event:
        case TeamsSet(person=person):
            return TEAMS, person
        case SourceSet():
            return "", ""
        case _:
            return event.source, event.person


def _named(found: Iterable[Appointment], planned: Sequence[Appointment]) -> Iterable[Appointment]:
    """Yield appointments by the ids that the simulator has for them: what people made of them needs those."""
    ids = {_times_of(one): one.id for one in planned}
    for one in found:
        known = ids.pop(_times_of(one), None)
        yield one if known is None else replace(one, id=known)


def _times_of(one: Appointment) -> tuple[int, int, str, str]:
    return round(one.start), round(one.end), one.subject, one.location


def _new_office(settings: Mapping[str, Any]) -> MicrosoftOffice:
    """Build it, in a thread: what it needs is heavy to load."""
    office: MicrosoftOffice = find_backend("emulator", "graph")(settings)
    return office


def _new_graph(settings: Mapping[str, Any]) -> Whereabouts:
    source: Whereabouts = find_backend("presence", "graph")(settings)
    return source


def create(settings: Mapping[str, Any]) -> DemoPresence:
    """Build it from its settings; raises ConfigError."""
    try:
        checked = msgspec.convert(dict(settings), DemoSettings)
    except msgspec.ValidationError as error:
        raise ConfigError("misconfigured", setting="presence.demonstration", error=str(error)) from error
    return DemoPresence(checked, find_backend("presence", "simulator")({"speed": checked.speed}))
