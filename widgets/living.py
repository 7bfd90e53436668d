"""The window at work, from its first paint on: connects, waits until somebody closes, says goodbye."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

from reception.console.options import ConsoleOptions, RunningSession, SessionMaker
from reception.console.replica import Replica
from widgets import loop
from widgets.controller import Controller
from widgets.window import Window

_log = logging.getLogger(__name__)

FAREWELL_S: Final = 2.0
"""Seconds the session has for its goodbye; the hub copes with consoles that vanish."""


async def live(
    window: Window,
    controller: Controller,
    make_session: SessionMaker,
    replica: Replica,
    options: ConsoleOptions,
) -> int:
    """Connect, stay until somebody closes, and take leave of the hub; returns the exit code."""
    closing = asyncio.Event()
    window.close_requested.connect(closing.set)
    sessions: list[RunningSession] = []

    async def begin() -> None:
        session = await make_session(replica)
        sessions.append(session)
        controller.attach(session)
        await session.start()

    beginning = loop.spawn(begin(), "begin")
    await closing.wait()
    beginning.cancel()
    await asyncio.gather(beginning, return_exceptions=True)
    controller.detach()
    for session in sessions:
        await _say_goodbye(session, stop_hub=options.stops_hub)
    return 0


async def _say_goodbye(session: RunningSession, *, stop_hub: bool) -> None:
    try:
        async with asyncio.timeout(FAREWELL_S):
            await session.close(stop_hub)
    except TimeoutError:
        _log.warning("the session did not end within %s s", FAREWELL_S)
