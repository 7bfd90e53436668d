"""When a hub ends, and when it does not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from reception.hub import lifetime as lifetime_module
from reception.hub.lifetime import Lifetime
from reception.wire import Goodbye


@asynccontextmanager
async def living(idle_exit_s: float | None, has_live_calls: Callable[[], bool] = lambda: False) -> Any:
    lifetime = Lifetime(idle_exit_s=idle_exit_s, has_live_calls=has_live_calls)
    task = asyncio.create_task(lifetime.wait())
    await asyncio.sleep(0)
    try:
        yield lifetime, task
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def ends(task: asyncio.Task[None], within_s: float = 2.0) -> bool:
    done, _ = await asyncio.wait([task], timeout=within_s)
    return bool(done)


async def test_a_child_nobody_comes_to_ends() -> None:
    async with living(0.02) as (_, task):
        assert await ends(task)


async def test_a_console_keeps_it_and_its_crash_gives_it_a_while() -> None:
    async with living(0.05) as (lifetime, task):
        lifetime.on_presence(True)
        assert not await ends(task, 0.15)
        lifetime.on_presence(False)
        assert await ends(task)


async def test_live_calls_keep_it_until_they_are_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lifetime_module, "_CALLS_AGAIN_S", 0.01)
    looks: list[int] = []

    def has_live_calls() -> bool:
        looks.append(1)
        return len(looks) < 4

    async with living(0.01, has_live_calls) as (_, task):
        assert await ends(task)
        assert len(looks) == 4


async def test_an_orderly_goodbye_ends_a_child_at_once() -> None:
    async with living(60.0) as (lifetime, task):
        lifetime.on_presence(True)
        lifetime.on_goodbye(Goodbye(stop_hub=True), is_last=True)
        assert await ends(task)


@pytest.mark.parametrize(
    ("idle_exit_s", "stop_hub", "is_last"), [(60.0, False, True), (60.0, True, False), (None, True, True)]
)
async def test_other_goodbyes_do_not(idle_exit_s: float | None, stop_hub: bool, is_last: bool) -> None:
    async with living(idle_exit_s) as (lifetime, task):
        lifetime.on_goodbye(Goodbye(stop_hub=stop_hub), is_last=is_last)
        assert not await ends(task, 0.05)


async def test_a_shared_hub_never_ends_for_want_of_consoles() -> None:
    async with living(None) as (lifetime, task):
        lifetime.on_presence(False)
        assert not await ends(task, 0.05)


async def test_alone_for_long_it_first_gives_away_who_waits() -> None:
    waiting = ["caller"]
    lifetime = Lifetime(idle_exit_s=0.01, has_live_calls=lambda: bool(waiting), on_alone=waiting.clear)
    assert await ends(asyncio.create_task(lifetime.wait()))
    assert not waiting
