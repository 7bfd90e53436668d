"""Writes to a store until it is killed, and says what is acknowledged.

Each change says the same in several tables, so that half of one can be told from a whole one.
"""

from __future__ import annotations

import asyncio
import itertools
from multiprocessing.connection import Connection
from typing import Any

from reception.model.calls import Call, CallerId, Direction, Place
from reception.model.people import Person
from reception.model.presence import Entry
from reception.model.stored import Batch, DayRecord, KeptEntry, StoredOutcome
from services import store as stores
from services.store import postgresql, sqlite  # noqa: F401 - imported before the fork


def change(n: int) -> Batch:
    """Return the n-th change; it also takes back what the one before kept."""
    call = Call(
        id=f"c{n}",
        direction=Direction.IN,
        party=CallerId(number=f"+45{n:08}"),
        leg=None,
        place=Place.QUEUED,
        arrived_at=1.0,
        since=float(n),
    )
    entry = Entry(id=f"e{n}", reason="x" * 2_000, start=0.0, end=None, origin="KLJ")
    return Batch(
        calls=(call,),
        ended=(f"c{n - 1}",),
        day=DayRecord(start=1.0, answered=n),
        outcomes=(StoredOutcome(key=f"KLJ/{n}", outcome=b"{}", at=1.0),),
        entries=(KeptEntry(person="p", entry=entry),),
        removed=(f"e{n - 1}",),
    )


def directory(n: int) -> list[Person]:
    """Return the n-th directory: everybody says its number, and how many they are."""
    return [Person(id=str(i), name=f"{n} of {510 + n}") for i in range(510 + n)]


def write(create: str, settings: dict[str, Any], start: int, said: Connection) -> None:
    """Write for ever, beginning with the given change; `said` hears of each that is acknowledged."""
    asyncio.run(_write(create, settings, start, said))


async def _write(create: str, settings: dict[str, Any], start: int, said: Connection) -> None:
    store = await getattr(stores, create)(settings)

    async def import_people() -> None:
        for n in itertools.count(start):
            await store.replace_people(directory(n))
            said.send(("people", n))

    async with asyncio.TaskGroup() as both:
        both.create_task(import_people())
        for n in itertools.count(start):
            await store.save(change(n))
            said.send(("change", n))
