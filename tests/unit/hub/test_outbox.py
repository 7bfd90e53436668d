"""The bounded queue to one console."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.hub.outbox import Budget, Outbox

SMALL = Budget(max_bytes=100, max_frames=5, max_outcomes=3, max_falls=2)


def snapshot(with_people: bool) -> Iterator[bytes]:
    return iter([b"S1", b"P", b"S2"] if with_people else [b"S1", b"S2"])


def box(budget: Budget = SMALL) -> Outbox:
    return Outbox(snapshot, budget=budget)


async def drained(outbox: Outbox) -> list[bytes]:
    frames = []
    try:
        while True:
            async with asyncio.timeout(0.01):
                frames.append(await outbox.next())
    except TimeoutError:
        return frames


async def test_frames_leave_in_order() -> None:
    outbox = box()
    outbox.put_changes(b"1")
    outbox.put_outcome(b"o")
    outbox.put_changes(b"2")
    assert await drained(outbox) == [b"1", b"o", b"2"]


async def test_a_full_box_falls_back_to_a_snapshot_but_keeps_outcomes() -> None:
    outbox = box()
    outbox.put_changes(b"1")
    outbox.put_outcome(b"o")
    for n in range(2, 20):
        outbox.put_changes(str(n).encode())
    assert outbox.falls == 1
    assert await drained(outbox) == [b"S1", b"P", b"S2", b"o"]
    assert outbox.falls == 0


async def test_changes_after_the_snapshot_was_taken_follow_it() -> None:
    outbox = box()
    outbox.ask_snapshot()
    outbox.put_changes(b"in the snapshot")
    assert await outbox.next() == b"S1"
    outbox.put_changes(b"later")
    assert await drained(outbox) == [b"P", b"S2", b"later"]


async def test_a_box_that_fills_again_in_mid_snapshot_begins_it_anew() -> None:
    outbox = box()
    outbox.ask_snapshot()
    assert await outbox.next() == b"S1"
    for _ in range(10):
        outbox.put_changes(b"x" * 30)
    assert await drained(outbox) == [b"S1", b"P", b"S2"]


async def test_who_never_catches_up_is_hopeless() -> None:
    outbox = box()
    for _ in range(3):
        for _ in range(6):
            outbox.put_changes(b"x")
        assert await outbox.next() == b"S1"
    assert outbox.is_hopeless


async def test_one_frame_above_the_budget_goes_through_an_empty_box() -> None:
    outbox = box()
    outbox.put_changes(b"x" * 500)
    assert await drained(outbox) == [b"x" * 500]


async def test_the_reader_waits_while_outcomes_are_not_read() -> None:
    outbox = box()
    for _ in range(3):
        outbox.put_outcome(b"o")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await outbox.wait_for_room()
    await outbox.next()
    await outbox.wait_for_room()


@settings(max_examples=200, deadline=None)
@given(steps=st.lists(st.integers(0, 60) | st.just(-1), max_size=60))
def test_the_box_never_grows_beyond_its_budget(steps: list[int]) -> None:
    async def play() -> None:
        outbox = box()
        for size in steps:
            if size >= 0:
                outbox.put_changes(b"x" * size)
            elif outbox.waiting_bytes:
                await outbox.next()
            assert outbox.waiting_bytes <= SMALL.max_bytes
            assert len(outbox._queue) <= SMALL.max_frames

    asyncio.run(play())


# ------------------------------------------------------------------ people


def keeping() -> Outbox:
    return Outbox(snapshot, budget=SMALL, lacks_people=False)


async def test_a_console_that_has_the_people_gets_a_snapshot_without_them() -> None:
    outbox = keeping()
    outbox.ask_snapshot()
    assert await drained(outbox) == [b"S1", b"S2"]


async def test_having_got_the_people_once_is_enough() -> None:
    outbox = box()
    outbox.ask_snapshot()
    assert await drained(outbox) == [b"S1", b"P", b"S2"]
    outbox.ask_snapshot()
    assert await drained(outbox) == [b"S1", b"S2"]


@pytest.mark.parametrize("moment", ["waiting", "last straw", "before the snapshot"])
async def test_a_change_of_people_that_is_lost_brings_them_all_again(moment: str) -> None:
    outbox = keeping()
    outbox.put_changes(b"p", has_people=moment == "waiting")
    for _ in range(SMALL.max_frames):
        outbox.put_changes(b"c", has_people=moment == "last straw")
    outbox.put_changes(b"p", has_people=moment == "before the snapshot")
    assert await drained(outbox) == [b"S1", b"P", b"S2"]


async def test_people_that_were_half_sent_come_again() -> None:
    outbox = box()
    outbox.ask_snapshot()
    assert [await outbox.next() for _ in range(2)] == [b"S1", b"P"]
    outbox.ask_snapshot()
    assert await drained(outbox) == [b"S1", b"P", b"S2"]


async def test_a_change_of_people_behind_a_snapshot_is_sent_as_a_change() -> None:
    outbox = keeping()
    outbox.ask_snapshot()
    assert await outbox.next() == b"S1"
    outbox.put_changes(b"p", has_people=True)
    assert await drained(outbox) == [b"S2", b"p"]
    outbox.ask_snapshot()
    assert await drained(outbox) == [b"S1", b"S2"]
