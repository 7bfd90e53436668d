"""The event that stops a hub which runs as a service: here a FIFO, on Windows an event."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from reception.hub.stop_event import VARIABLE, watch_stop_event
from reception.runtime import runtime_file
from tests.integration.program import program, write_config
from tests.lab.fixtures import eventually

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the event is a FIFO here")


async def test_a_hub_ends_in_order_when_its_event_is_set(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_config(tmp_path)
    event = tmp_path / "stop"
    os.mkfifo(event)
    monkeypatch.setenv(VARIABLE, str(event))
    async with program(
        tmp_path, "hub", "--data", str(tmp_path), "--config", str(tmp_path / "reception.toml")
    ) as hub:
        assert (await hub.line()).startswith("reception hub is ready at ")
        assert runtime_file(tmp_path).exists()
        await asyncio.to_thread(event.write_bytes, b"")
        assert await hub.ended() == 0
        assert not runtime_file(tmp_path).exists(), "it took its word away"


async def test_an_event_that_is_not_there_is_told_and_changes_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    stopped: list[str] = []
    watch_stop_event(stopped.append, {VARIABLE: str(tmp_path / "none")})

    async def is_told() -> bool:  # by a thread, which tells nobody else
        return bool(caplog.records)

    await eventually(is_told, "the line in the log")
    assert "cannot be waited for" in caplog.text
    assert stopped == []


async def test_without_the_variable_nothing_waits() -> None:
    watch_stop_event(pytest.fail, {})
