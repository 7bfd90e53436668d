"""What the hub may rely on when it shows somebody as busy: one test for each promise of `PresenceWriter`."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from typing import Protocol

import pytest

from reception.model.people import Person
from reception.presence.port import (
    SHORTEST_SESSION_S,
    PersonRefused,
    PresenceEvent,
    PresenceSource,
    PresenceWriter,
    Showing,
    TeamsSet,
)
from services.simulator.presence import PresenceSettings, SimulatedPresence


class WriterRig(Protocol):
    """A service with a writer to it. `anna` and `bo` are known to it and do nothing, `carl` is not known."""

    writer: PresenceWriter
    events: list[PresenceEvent]
    anna: Person
    bo: Person
    carl: Person

    def shown(self, person: Person) -> str:
        """Ask the service itself what everybody sees: availability and activity."""

    def pass_time(self, seconds: float) -> None:
        """Let time pass for the service."""


class SimulatorRig:
    """The simulated office by a clock of ours."""

    def __init__(self) -> None:
        self.now = time.time()
        self.events: list[PresenceEvent] = []
        self.writer: SimulatedPresence = SimulatedPresence(PresenceSettings(), clock=lambda: self.now)
        self.people = [Person(id=f"p{n}", name=f"Person {n}") for n in range(40)]

    async def start(self) -> None:
        """Begin, and find people of whom the tests need each one."""
        self.writer.follow(self.people)
        await self.writer.start(self.events.append)
        self.pass_time(1.0)
        words = {p.id: self.writer.word_of(p.id) for p in self.people}
        self.anna, self.bo = [p for p in self.people if words[p.id] == "Available/"][:2]
        self.carl = next(p for p in self.people if words[p.id] == "/")

    def shown(self, person: Person) -> str:
        return self.writer.word_of(person.id)

    def pass_time(self, seconds: float) -> None:
        self.now += seconds
        self.writer.word_of("")


@pytest.fixture
async def rig() -> AsyncIterator[WriterRig]:
    rig = SimulatorRig()
    await rig.start()
    yield rig
    await rig.writer.stop()


async def show(rig: WriterRig, person: Person, lasts_s: float = SHORTEST_SESSION_S) -> None:
    await rig.writer.set_session(person, Showing.IN_A_CALL, lasts_s=lasts_s)


def test_who_writes_also_tells(rig: WriterRig) -> None:
    assert isinstance(rig.writer, PresenceWriter)
    source: PresenceSource = rig.writer  # type: ignore[assignment]  # both at once, as the hub expects it
    assert source.sources


@pytest.mark.requirement("000-29")
async def test_what_is_shown_is_seen_and_what_is_cleared_is_as_before(rig: WriterRig) -> None:
    before = rig.shown(rig.anna)
    await show(rig, rig.anna)
    assert rig.shown(rig.anna) == Showing.IN_A_CALL
    assert rig.shown(rig.bo) != Showing.IN_A_CALL
    await rig.writer.clear_session(rig.anna)
    assert rig.shown(rig.anna) == before


async def test_a_session_ends_by_itself_and_a_repetition_begins_its_time_anew(rig: WriterRig) -> None:
    await show(rig, rig.anna)
    rig.pass_time(SHORTEST_SESSION_S - 10)
    await show(rig, rig.anna)
    rig.pass_time(SHORTEST_SESSION_S - 10)
    assert rig.shown(rig.anna) == Showing.IN_A_CALL
    rig.pass_time(20)
    assert rig.shown(rig.anna) != Showing.IN_A_CALL


async def test_what_is_not_there_is_cleared_already(rig: WriterRig) -> None:
    before = rig.shown(rig.anna)
    await rig.writer.clear_session(rig.anna)
    await show(rig, rig.anna)
    await rig.writer.clear_session(rig.anna)
    await rig.writer.clear_session(rig.anna)
    assert rig.shown(rig.anna) == before


async def test_who_is_not_known_is_refused_and_the_others_are_not(rig: WriterRig) -> None:
    answers = await asyncio.gather(
        show(rig, rig.carl), show(rig, rig.anna), show(rig, rig.bo), return_exceptions=True
    )
    assert [type(a) for a in answers] == [PersonRefused, type(None), type(None)]
    assert [rig.shown(p) for p in (rig.anna, rig.bo)] == [Showing.IN_A_CALL] * 2


async def test_who_is_not_followed_any_more_is_cleared_all_the_same(rig: WriterRig) -> None:
    await show(rig, rig.anna)
    source: PresenceSource = rig.writer  # type: ignore[assignment]  # as above
    source.follow([rig.bo])
    await rig.writer.clear_session(rig.anna)
    source.follow([rig.anna, rig.bo])
    rig.pass_time(1.0)
    assert rig.shown(rig.anna) != Showing.IN_A_CALL


@pytest.mark.requirement("000-38")
async def test_what_was_written_may_come_back_as_a_word_of_teams_and_nothing_else(rig: WriterRig) -> None:
    before = len(rig.events)
    await show(rig, rig.anna)
    rig.pass_time(1.0)
    await asyncio.sleep(0.05)
    told = rig.events[before:]
    assert {e.person for e in told if isinstance(e, TeamsSet) and e.activity == "InACall"} <= {rig.anna.id}
