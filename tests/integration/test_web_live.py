"""Pages that are open hear at once of whom they show, and of nobody else."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from reception.hub.web.live import Changes
from tests.integration.test_web_pages import entry
from tests.integration.web_rig import FakeDesk, Visitor, WebRig, running


class Listener:
    """One stream, event by event."""

    def __init__(self, response: httpx.Response) -> None:
        self._lines = response.aiter_lines()

    async def next(self) -> tuple[str, dict[str, Any]]:
        """Return the next event's name and data."""
        name = "message"
        async with asyncio.timeout(5):
            async for line in self._lines:
                if line.startswith("event: "):
                    name = line[7:]
                if line.startswith("data: "):
                    return name, json.loads(line[6:])
        raise AssertionError("the stream has ended")


@asynccontextmanager
async def listening(visitor: Visitor, *people: str, since: int | str = 0) -> AsyncIterator[Listener]:
    params = [("since", str(since)), *(("p", p) for p in people)]
    async with visitor.client.stream("GET", "/live", params=params) as response:
        assert response.headers["content-type"].startswith("text/event-stream")
        yield Listener(response)


@asynccontextmanager
async def signed_in(**settings: Any) -> AsyncIterator[tuple[WebRig, Visitor]]:
    async with running(**settings) as rig, Visitor(rig) as visitor:
        await visitor.sign_in()
        yield rig, visitor


async def test_a_change_is_told_at_once() -> None:
    async with signed_in() as (rig, visitor), listening(visitor, "alh", "hob") as stream:
        begun = time.monotonic()
        rig.desk.put("alh", entry("a", "Møde", -60, 60))
        name, news = await stream.next()
        assert (name, news["people"]) == ("message", ["alh"])
        assert time.monotonic() - begun < 0.2


async def test_of_others_nothing_is_told() -> None:
    async with signed_in() as (rig, visitor), listening(visitor, "hob") as stream:
        rig.desk.tell("alh")
        rig.web.changes._tell()  # else it is gathered with the next one
        rig.desk.tell("hob", "alh")
        assert (await stream.next())[1]["people"] == ["hob"]


async def test_what_happened_since_the_page_was_made_comes_first() -> None:
    async with signed_in() as (rig, visitor):
        async with listening(visitor, "alh") as stream:
            rig.desk.tell("alh")
            version = (await stream.next())[1]["version"]
        async with listening(visitor, "alh", since=version - 1) as stream:
            assert (await stream.next())[1] == {"version": version, "people": ["alh"]}


async def test_the_stream_ends_with_the_session() -> None:
    async with signed_in() as (rig, visitor), listening(visitor, "alh") as stream:
        await visitor.post("/sign-out")
        rig.desk.tell("alh")
        assert (await stream.next())[0] == "signed-out"


async def test_an_open_page_does_not_keep_one_signed_in() -> None:
    async with signed_in() as (rig, visitor), listening(visitor, "alh") as stream:
        rig.shift += 13 * 3600
        rig.desk.tell("alh")
        assert (await stream.next())[0] == "signed-out"


async def test_the_hub_ends_although_pages_are_open() -> None:
    async with running() as rig:
        visitor = Visitor(rig)
        await visitor.sign_in()
        async with listening(visitor, "alh"):
            begun = time.monotonic()
            await rig.server.stop()
            assert time.monotonic() - begun < 1.5
        await visitor.client.aclose()


class TestNumbers:
    async def test_too_long_ago_is_not_known_any_more(self) -> None:
        changes = Changes(FakeDesk())
        for _ in range(2_100):
            changes._on_change(frozenset({"alh"}))
            changes._tell()
        assert changes.since(0, {"alh"}) is None
        assert changes.since(2_099, {"alh"}) == ["alh"]
        assert changes.since(2_100, {"alh"}) == []
        assert changes.since(9_999, {"alh"}) is None  # of an earlier hub
        changes.close()

    async def test_after_a_new_start_of_the_hub_everything_is_told_anew(self) -> None:
        async with signed_in() as (_, visitor), listening(visitor, "alh", since=77) as stream:
            assert (await stream.next())[1]["people"] == ["*"]

    @pytest.mark.parametrize("since", ["x", "-1", "9" * 40])
    async def test_odd_numbers_do_no_harm(self, since: str) -> None:
        async with signed_in() as (_, visitor), listening(visitor, "alh", since=since) as stream:
            assert stream is not None
