"""The keeper and the line of steps: what is told was stored, and a broken or slow store stops nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest

from reception.errors import Unavailable
from reception.hub.keeper import Keeper
from reception.hub.steps import Steps
from reception.model.calls import Call, CallerId, Direction, Place, Spoken
from reception.model.changes import CallChanged, CallEnded, Source, SourceState
from reception.model.presence import Entry
from reception.model.stored import Account, Batch, DayRecord, KeptEntry, StoredOutcome
from reception.ports import HangUpLeg, SwitchCommand
from reception.wire import Outcome, Result
from tests.house.strict import ExpectLogs


class FakeStore:
    """Takes batches when it may; notes what it was given."""

    def __init__(self) -> None:
        self.batches: list[Batch] = []
        self.error: Exception | None = None
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()
        self.asked = asyncio.Event()

    async def save(self, batch: Batch) -> None:
        self.asked.set()
        await asyncio.sleep(0)
        await self.may_go_on.wait()
        if self.error is not None:
            raise self.error
        self.batches.append(batch)


class World:
    """A keeper and its line; `log` is the order in which things were done."""

    def __init__(self, outcomes: Sequence[StoredOutcome] = ()) -> None:
        self.now = 1_000_000.0
        self.store: Any = FakeStore()
        self.sources: list[Source] = []
        self.log: list[str] = []
        self.keeper = Keeper(
            self.store, self.sources.append, clock=lambda: self.now, outcomes=outcomes, patience_s=0.02
        )
        self.steps = Steps(self.keeper, send=self._send, guard=self._guard)

    def _send(self, commands: Sequence[SwitchCommand]) -> None:
        self.log += [f"send {c.leg} after {len(self.store.batches)}" for c in commands]  # type: ignore[union-attr]

    def _guard(self, step: Any) -> None:
        step()

    def decide(self, name: str) -> None:
        """A call changes, a command goes out, everybody is told."""
        self.keeper.note((CallChanged(call=call(name)),))
        self.steps.add(commands=(HangUpLeg(leg=name),), publish=lambda: self.log.append(f"tell {name}"))

    @property
    def states(self) -> list[SourceState]:
        return [source.state for source in self.sources]


@pytest.fixture
async def world() -> World:
    return World()


def call(name: str, **more: Any) -> Call:
    fields = {
        "id": name,
        "direction": Direction.IN,
        "party": CallerId(number="1"),
        "leg": None,
        "place": Place.QUEUED,
        "arrived_at": 1.0,
        "since": 1.0,
    }
    return Call(**(fields | more))


def kept(name: str) -> KeptEntry:
    return KeptEntry(person="p", entry=Entry(id=name, reason="Møde", start=0.0, end=None, origin="KLJ"))


async def test_it_is_stored_then_sent_then_told(world: World) -> None:
    world.decide("a")
    assert world.log == []
    await world.steps.done()
    assert world.log == ["send a after 1", "tell a"]


async def test_all_that_waits_is_one_transaction_and_keeps_its_order(world: World) -> None:
    world.store.may_go_on.clear()
    world.decide("a")
    await world.store.asked.wait()
    for name in "bcd":
        world.decide(name)
    world.store.may_go_on.set()
    await world.steps.done()
    assert [[c.id for c in batch.calls] for batch in world.store.batches] == [["a"], ["b", "c", "d"]]
    sent = [f"send {name} after 2" for name in "bcd"]
    assert world.log == ["send a after 1", "tell a", *sent, "tell b", "tell c", "tell d"]


async def test_what_needs_no_store_does_not_wait(world: World) -> None:
    world.steps.add(commands=(HangUpLeg(leg="x"),), publish=lambda: world.log.append("tell x"))
    assert world.log == ["send x after 0", "tell x"]


async def test_only_the_latest_of_everything_is_written(world: World) -> None:
    world.store.may_go_on.clear()
    world.decide("first")
    await world.store.asked.wait()
    keeper = world.keeper
    keeper.note((CallChanged(call=call("a")), CallChanged(call=call("b")), CallEnded(call="a", reason=None)))  # type: ignore[arg-type]
    keeper.note((CallEnded(call="c", reason=None), CallChanged(call=call("c"))))  # type: ignore[arg-type]
    spoken = Spoken(person="p", name="P", at=1.0)
    keeper.note_spoken({"1": spoken, "2": spoken}, ["3"])
    keeper.note_spoken({"3": spoken}, ["1"])
    keeper.note_entries([kept("e"), kept("f")])
    keeper.note_entries(removed=["e"])
    keeper.note_account(Account(person="p", user="u"))
    keeper.note_day(DayRecord(start=1.0))
    keeper.note_day(DayRecord(start=2.0))
    world.store.may_go_on.set()
    await world.steps.done()
    assert world.store.batches[1] == Batch(
        calls=(call("b"), call("c")),
        ended=("a",),
        day=DayRecord(start=2.0),
        spoken=(("3", spoken), ("2", spoken)),
        forgotten=("1",),
        entries=(kept("f"),),
        removed=("e",),
        accounts=(Account(person="p", user="u"),),
    )


# ------------------------------------------------------------------ broken


async def test_a_broken_store_stops_nothing_and_what_it_missed_is_made_up_for(
    world: World, expected_logs: ExpectLogs
) -> None:
    expected_logs("the store does not take changes")
    world.store.error = Unavailable("misconfigured", setting="store", error="disk full")
    world.decide("a")
    await world.steps.done()
    assert world.log == ["send a after 0", "tell a"]
    assert world.states == [SourceState.DOWN]
    assert world.keeper.needs_retry
    world.decide("b")
    await world.steps.done()
    world.store.error = None
    world.keeper.retry()
    await world.keeper.write_out()
    assert [c.id for batch in world.store.batches for c in batch.calls] == ["a", "b"]
    assert world.states == [SourceState.DOWN, SourceState.UP]
    assert not world.keeper.needs_retry


async def test_newer_changes_win_over_those_that_could_not_be_written(
    world: World, expected_logs: ExpectLogs
) -> None:
    expected_logs("the store does not take changes")
    world.store.error = Unavailable("misconfigured", setting="store", error="disk full")
    world.keeper.note((CallChanged(call=call("a")), CallChanged(call=call("b"))))
    world.keeper.note_outcome("k", Outcome(id="1", result=Result.DONE))
    await world.keeper.write()
    world.keeper.note((CallEnded(call="a", reason=None), CallChanged(call=call("b", group="g"))))  # type: ignore[arg-type]
    world.store.error = None
    await world.keeper.write_out()
    (batch,) = world.store.batches
    assert batch.calls == (call("b", group="g"),)
    assert batch.ended == ("a",)
    assert [o.key for o in batch.outcomes] == ["k"]


async def test_a_fault_in_the_store_stops_nothing_either(world: World, expected_logs: ExpectLogs) -> None:
    expected_logs("the store does not take changes|a fault in writing")
    world.store.error = ZeroDivisionError()
    world.decide("a")
    await world.steps.done()
    assert world.log == ["send a after 0", "tell a"]
    world.store.error = None
    await world.keeper.write_out()
    assert len(world.store.batches) == 1


async def test_what_cannot_be_written_at_the_end_is_said(world: World, expected_logs: ExpectLogs) -> None:
    expected_logs("the store does not take changes|the last changes could not be stored")
    world.store.error = Unavailable("misconfigured", setting="store", error="disk full")
    world.decide("a")
    await world.steps.done()
    await world.keeper.write_out()


# ------------------------------------------------------------------ slow


async def test_a_slow_store_holds_up_one_step_for_a_while_and_then_nobody(
    world: World, expected_logs: ExpectLogs
) -> None:
    expected_logs("the store does not take changes")
    world.store.may_go_on.clear()
    world.decide("a")
    await world.steps.done()
    assert world.log == ["send a after 0", "tell a"]
    (source,) = world.sources
    assert source.message is not None
    assert source.message.key == "store_slow"
    loop = asyncio.get_running_loop()
    before = loop.time()
    for name in "bcdefghijk":
        world.decide(name)
        await world.steps.done()
    assert loop.time() - before < 10 * 0.02, "nobody waits any more"
    world.store.may_go_on.set()
    await world.keeper.write_out()
    assert [[c.id for c in batch.calls] for batch in world.store.batches] == [["a"], list("bcdefghijk")]
    assert world.states == [SourceState.DOWN, SourceState.UP]


# ------------------------------------------------------------------ outcomes


async def test_outcomes_of_an_earlier_life_are_known_and_old_ones_forgotten() -> None:
    done = Outcome(id="1", result=Result.DONE)
    world = World([StoredOutcome(key="old", outcome=b'{"id":"1","result":"done"}', at=999_000.0)])
    old = world.keeper.outcome_of("old")
    assert old is not None
    assert old.result is Result.DONE
    world.keeper.note_outcome("new", done)
    world.keeper.note_outcome("new", Outcome(id="1", result=Result.FAILED))
    assert world.keeper.outcome_of("new") == done
    world.now += 24 * 3600.0
    world.keeper.note_outcome("newest", done)
    assert world.keeper.outcome_of("old") is None
    assert world.keeper.outcome_of("new") == done
    await world.keeper.write_out()
