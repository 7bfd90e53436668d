"""A receptionist who answers."""

from __future__ import annotations

import asyncio
from functools import partial

from reception.console.replica import Replica
from reception.model.calls import Call, Place
from reception.model.intents import AnswerNext
from reception.wire import Result
from tests.integration.hub_rig import Console

LONG_S = 60.0
"""For what many things of the machine must have done first."""


async def talk_to_somebody(one: Console) -> Call:
    """Answer callers until one is talked to; returns that call.

    In an office faster than life they hang up soon when the computer is busy.
    """
    replica = one.session.replica
    async with asyncio.timeout(2 * LONG_S):
        while (talk := next((c for c in replica.calls.values() if c.place is Place.TALKING), None)) is None:
            await one.until(
                lambda: any(c.place is Place.QUEUED for c in replica.calls.values()), timeout_s=LONG_S
            )
            told = await one.outcome(one.session.request(AnswerNext()))
            if told.result is Result.DONE:
                await one.until(partial(_has_begun_or_gone, replica, told.call), timeout_s=LONG_S)
    return talk


def _has_begun_or_gone(replica: Replica, call: str | None) -> bool:
    mine = replica.calls.get(call or "")
    return mine is None or mine.place is Place.TALKING
