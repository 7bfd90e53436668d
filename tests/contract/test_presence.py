"""What the hub may rely on: one test for each promise of the `PresenceSource` port, run on every source."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable

import pytest

from reception.model.changes import SourceState
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import CALENDAR
from reception.presence.port import (
    EXCHANGE,
    TEAMS,
    PresenceEvent,
    PresenceSource,
    SourceSet,
    TeamsSet,
    TimelineSet,
)
from services.simulator import create_presence as create_simulator

AVAILABILITIES = {
    "",
    "Available",
    "AvailableIdle",
    "Away",
    "BeRightBack",
    "Busy",
    "BusyIdle",
    "DoNotDisturb",
    "Offline",
    "PresenceUnknown",
}
"""Graph's values of `presence.availability`."""


def people(count: int, prefix: str = "p") -> list[Person]:
    return [
        Person(
            id=f"{prefix}{n}",
            name=f"Person {n}",
            email=f"{prefix}{n}@firma.example",
            numbers=(Number(kind=NumberKind.DESK, number=f"2{n:03}"),),
        )
        for n in range(count)
    ]


class Ear:
    """What a source says, to be waited for."""

    def __init__(self) -> None:
        self.heard: list[PresenceEvent] = []
        self._more = asyncio.Event()

    def __call__(self, event: PresenceEvent) -> None:
        self.heard.append(event)
        self._more.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                self._more.clear()
                await self._more.wait()

    def knows(self) -> set[str]:
        return {e.person for e in self.heard if isinstance(e, TimelineSet)}


@pytest.fixture(params=[create_simulator])
async def source(request: pytest.FixtureRequest) -> AsyncIterator[PresenceSource]:
    source: PresenceSource = request.param({})
    yield source
    await source.stop()


async def test_it_says_first_that_it_is_up_for_each_source_it_speaks_for(source: PresenceSource) -> None:
    ear = Ear()
    source.follow(people(3))
    await source.start(ear)
    await ear.until(lambda: ear.knows() == {"p0", "p1", "p2"})
    told = [e.source for e in ear.heard if isinstance(e, SourceSet)]
    assert Counter(told) == Counter(source.sources)
    assert set(source.sources) <= {EXCHANGE, TEAMS}
    first = next(n for n, e in enumerate(ear.heard) if not isinstance(e, SourceSet))
    assert first == len(source.sources)
    assert {e.state for e in ear.heard if isinstance(e, SourceSet)} == {SourceState.UP}


async def test_nothing_is_said_before_the_start_nor_after_the_stop(source: PresenceSource) -> None:
    ear = Ear()
    source.follow(people(200))
    await source.start(ear)
    await ear.until(lambda: len(ear.knows()) >= 40)
    await source.stop()
    before = len(ear.heard)
    for _ in range(50):
        await asyncio.sleep(0)
    assert len(ear.heard) == before
    await source.stop()


async def test_of_everybody_followed_it_says_what_the_calendar_has_be_it_nothing(
    source: PresenceSource,
) -> None:
    ear = Ear()
    source.follow(people(120))
    await source.start(ear)
    await ear.until(lambda: len(ear.knows()) == 120)
    of_calendar = {e.person for e in ear.heard if isinstance(e, TimelineSet) and e.source == EXCHANGE}
    assert len(of_calendar) == 120


async def test_who_is_new_in_the_directory_is_told_of_and_who_is_not_followed_never(
    source: PresenceSource,
) -> None:
    ear = Ear()
    source.follow(people(5))
    await source.start(ear)
    await ear.until(lambda: len(ear.knows()) == 5)
    ear.heard.clear()
    source.follow([*people(3), *people(2, "new")])
    await ear.until(lambda: ear.knows() == {"new0", "new1"})


async def test_entries_are_whole_and_their_ids_are_of_one_entry_each(source: PresenceSource) -> None:
    ear = Ear()
    source.follow(people(150))
    await source.start(ear)
    await ear.until(lambda: len(ear.knows()) == 150)
    latest = {(e.source, e.person): e.entries for e in ear.heard if isinstance(e, TimelineSet)}
    entries = [entry for told in latest.values() for entry in told]
    assert len({entry.id for entry in entries}) == len(entries) > 100
    for (told_by, _), told in latest.items():
        for entry in told:
            assert entry.end is None or entry.end > entry.start
            assert (entry.origin == CALENDAR) is (told_by == EXCHANGE)
            assert bool(entry.divert_to) is (entry.handling.value == "diverted")


async def test_a_private_appointment_comes_without_subject_place_and_note(source: PresenceSource) -> None:
    ear = Ear()
    source.follow(people(150))
    await source.start(ear)
    await ear.until(lambda: len(ear.knows()) == 150)
    entries = [entry for e in ear.heard if isinstance(e, TimelineSet) for entry in e.entries]
    private = [entry for entry in entries if entry.is_private]
    assert private
    assert {(e.reason, e.place, e.note) for e in private} == {("", "", "")}


async def test_teams_words_are_those_of_graph(source: PresenceSource) -> None:
    ear = Ear()
    source.follow(people(120))
    await source.start(ear)
    await ear.until(lambda: len(ear.knows()) == 120)
    words = {e.availability for e in ear.heard if isinstance(e, TeamsSet)}
    assert len(words) > 1
    assert words <= AVAILABILITIES
