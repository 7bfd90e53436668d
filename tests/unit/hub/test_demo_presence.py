"""The demonstration's whereabouts, made of the simulator and of what Graph says of some."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence, Set
from pathlib import Path
from typing import Any

import pytest

from reception.errors import ConfigError, Unavailable
from reception.hub import demo_presence
from reception.hub.demo import demo_config
from reception.hub.demo_presence import DemoPresence, DemoSettings, create
from reception.model.calendar import Appointment
from reception.model.changes import Message, SourceState
from reception.model.people import Person
from reception.model.presence import Entry
from reception.presence.port import (
    BY_HAND,
    EXCHANGE,
    TEAMS,
    CalendarSet,
    PresenceEvent,
    Showing,
    SourceSet,
    TeamsSet,
    TimelineSet,
)
from services.simulator.pictured import PEOPLE as PICTURED
from tests.house.strict import ExpectLogs

ALICE, BOB = (Person(id=i, name=i, email=f"{i}@firma.example") for i in ("alh", "bkr"))
PLANNED = Appointment(id="alh 2", start=900.0, end=4500.0, subject="Leverandørmøde", location="Mødelokale 2")
READ = Appointment(id="ms-1", start=900.0, end=4500.0, subject="Leverandørmøde", location="Mødelokale 2")
IN_A_CALL = TeamsSet(person="alh", availability="Busy", activity="InACall")


class FakeSource:
    """A source of everything; it remembers what it is asked."""

    sources = (EXCHANGE, TEAMS)

    def __init__(self, found: int) -> None:
        self.say: Callable[[PresenceEvent], None] | None = None
        self.followed: list[str] = []
        self.watched: Set[str] = frozenset()
        self.written: list[str] = []
        self._found = found

    def follow(self, people: Sequence[Person]) -> None:
        self.followed = [p.id for p in people]

    def watch(self, people: Set[str]) -> None:
        self.watched = people

    async def start(self, on_event: Callable[[PresenceEvent], None]) -> None:
        self.say = on_event

    async def stop(self) -> None:
        self.say = None

    async def read_now(self, person: str) -> int | None:
        return self._found

    async def set_session(self, person: Person, showing: Showing, *, lasts_s: float) -> None:
        self.written.append(f"set {person.id}")

    async def clear_session(self, person: Person) -> None:
        self.written.append(f"clear {person.id}")


class FakeOffice:
    """The emulated Microsoft 365; `fault` is what its port says."""

    def __init__(self) -> None:
        self.fault: OSError | None = None
        self.calendars: dict[str, Sequence[Appointment]] = {}
        self.words: dict[str, TeamsSet] = {}
        self.is_open = False

    async def open(self) -> dict[str, str]:
        if self.fault is not None:
            raise self.fault
        self.is_open = True
        return {"tenant": "t"}

    async def close(self) -> None:
        self.is_open = False

    def follow(self, people: Sequence[Person]) -> None:
        self.calendars = {p.id: self.calendars.get(p.id, ()) for p in people}

    def meets(self, person: str, appointments: Sequence[Appointment]) -> None:
        self.calendars[person] = appointments

    def does(self, word: TeamsSet) -> None:
        self.words[word.person] = word


class Place:
    """The demonstration's source with both its halves."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.simulated, self.graph, self.office = FakeSource(1), FakeSource(2), FakeOffice()
        self.heard: list[PresenceEvent] = []
        self.settings: dict[str, Any] = {}
        patch.setattr(demo_presence, "find_backend", self._found)
        settings = DemoSettings(folder="f", microsoft=frozenset({"alh"}), after_s=0.0)
        self.source = DemoPresence(settings, self.simulated)
        self.source.follow([ALICE, BOB])

    def _found(self, kind: str, name: str) -> Callable[[dict[str, Any]], object]:
        def made(settings: dict[str, Any]) -> object:
            self.settings[kind] = settings
            return self.office if kind == "emulator" else self.graph

        return made

    async def start(self) -> None:
        await self.source.start(self.heard.append)

    async def settle(self) -> None:
        async with asyncio.timeout(5):
            await self.source._is_settled.wait()

    def simulate(self, event: PresenceEvent) -> None:
        assert self.simulated.say is not None
        self.simulated.say(event)

    def read(self, event: PresenceEvent) -> None:
        assert self.graph.say is not None
        self.graph.say(event)


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Place:
    return Place(monkeypatch)


async def test_the_simulator_speaks_of_everybody_until_graph_has_spoken(place: Place) -> None:
    await place.start()
    first = CalendarSet(source=EXCHANGE, person="alh", appointments=(PLANNED,))
    word = TeamsSet(person="alh", availability="Available")
    place.simulate(SourceSet(source=TEAMS, state=SourceState.UP))
    place.simulate(first)
    place.simulate(word)
    starts = Message(key="microsoft_starts", params={"count": 1})
    assert place.heard == [SourceSet(source=TEAMS, state=SourceState.UP, message=starts), first, word]
    await place.settle()
    assert place.graph.followed == ["alh"]
    assert place.office.calendars == {"alh": (PLANNED,)}
    assert place.office.words == {"alh": word}
    assert place.settings["presence"]["microsoft"] == {"tenant": "t"}
    place.heard.clear()
    place.read(IN_A_CALL)
    away = TeamsSet(person="alh", availability="Away")
    place.simulate(away)
    place.simulate(TeamsSet(person="bkr", availability="Away"))
    assert place.heard == [IN_A_CALL, TeamsSet(person="bkr", availability="Away")]
    assert place.office.words["alh"] == away
    await place.source.stop()
    assert not place.office.is_open
    assert place.graph.say is None


async def test_what_graph_reads_keeps_the_ids_that_edits_hang_on(place: Place) -> None:
    await place.start()
    place.simulate(CalendarSet(source=EXCHANGE, person="alh", appointments=(PLANNED,)))
    await place.settle()
    twin = Appointment(
        id="ms-2", start=READ.start, end=READ.end, subject=READ.subject, location=READ.location
    )
    place.read(CalendarSet(source=EXCHANGE, person="alh", appointments=(READ, twin)))
    assert place.heard[-1] == CalendarSet(source=EXCHANGE, person="alh", appointments=(PLANNED, twin))
    by_hand = TimelineSet(
        source=BY_HAND,
        person="alh",
        entries=(Entry(id="alh alh 2", reason="Møde", start=900.0, end=4500.0, origin="KLJ"),),
    )
    place.simulate(by_hand)
    assert place.heard[-1:] == [by_hand], "what people enter themselves is no calendar's"
    place.simulate(CalendarSet(source=EXCHANGE, person="alh"))
    assert place.heard[-1:] == [by_hand]
    assert place.office.calendars["alh"] == ()
    await place.source.stop()


async def test_an_illness_of_graph_is_told_and_leaves_the_others_well(place: Place) -> None:
    await place.start()
    await place.settle()
    ill = Message(key="unreachable", params={"address": "localhost"})
    place.read(SourceSet(source=TEAMS, state=SourceState.DOWN, message=ill))
    assert place.heard[-1] == SourceSet(source=TEAMS, state=SourceState.UP, message=ill)
    await place.source.stop()


async def test_each_is_written_for_read_and_watched_where_they_are(place: Place) -> None:
    await place.start()
    write = asyncio.create_task(place.source.set_session(ALICE, Showing.IN_A_CALL, lasts_s=900.0))
    await place.source.set_session(BOB, Showing.IN_A_CALL, lasts_s=900.0)
    assert place.simulated.written == ["set bkr"], "who is at Microsoft waits for it, nobody else"
    place.source.watch(frozenset({"alh", "bkr"}))
    await place.settle()
    await write
    assert place.graph.watched == {"alh"}
    assert place.simulated.watched == {"alh", "bkr"}
    await place.source.clear_session(ALICE)
    assert place.graph.written == ["set alh", "clear alh"]
    assert [await place.source.read_now(p) for p in ("alh", "bkr")] == [2, 1]
    place.source.follow([BOB])
    assert place.graph.followed == []
    assert place.office.calendars == {}
    await place.source.stop()


async def test_a_write_does_not_wait_for_ever(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(demo_presence, "_PATIENCE_S", 0.0)
    with pytest.raises(Unavailable):
        await place.source.set_session(ALICE, Showing.IN_A_CALL, lasts_s=900.0)


async def test_where_it_cannot_start_the_simulator_goes_on(place: Place, expected_logs: ExpectLogs) -> None:
    expected_logs("the emulated Microsoft 365 cannot start")
    place.office.fault = OSError("no port")
    await place.start()
    await place.settle()
    assert [(e.source, e.state, e.message and e.message.key) for e in _lights(place)] == [
        (EXCHANGE, SourceState.UP, "unreachable"),
        (TEAMS, SourceState.UP, "unreachable"),
    ]
    await place.source.set_session(ALICE, Showing.IN_A_CALL, lasts_s=900.0)
    assert place.simulated.written == ["set alh"]
    place.simulate(IN_A_CALL)
    assert place.heard[-1] == IN_A_CALL
    await place.source.stop()


def _lights(place: Place) -> list[SourceSet]:
    return [event for event in place.heard if isinstance(event, SourceSet)]


def test_the_people_of_the_pictures_are_at_microsoft_and_take_no_calls_of_their_own(tmp_path: Path) -> None:
    ((name, settings),) = demo_config(tmp_path, speed=2.0).presence
    assert name == "demonstration"
    assert set(settings["still"]) == set(PICTURED) < set(settings["microsoft"])
    assert len(settings["microsoft"]) == 60
    assert settings["speed"] == 2.0


def test_wrong_settings_are_named() -> None:
    with pytest.raises(ConfigError) as caught:
        create({"folder": "f", "after_s": -1})
    assert caught.value.message.params["setting"] == "presence.demonstration"
    assert create({"folder": "f"}).sources == (EXCHANGE, TEAMS)
