"""The `Store` port in terms of transactions; what a database is like is the subclasses' knowledge."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Final, TypeVar

from sqlalchemy import Connection

from reception.errors import ServiceError
from reception.model.people import Person
from reception.model.stored import Batch, StoredState
from services.store import rows

AT_ONCE: Final = 500
"""People in one transaction: some milliseconds, and changes of calls have a turn."""

T = TypeVar("T")


class SqlStore(ABC):
    """The hub's memory in a database. One hub at a time has it."""

    def __init__(self) -> None:
        self._new_directory = asyncio.Lock()

    @abstractmethod
    async def _do(self, work: Callable[[Connection], T]) -> T:
        """Do something in a transaction of its own. Raises ServiceError, and then nothing has changed."""

    @abstractmethod
    async def close(self) -> None:
        """Write out and let go. Harmless when closed."""

    async def load(self) -> StoredState:
        """Read everything. Raises ConfigError when a row cannot be understood."""
        return await self._do(rows.load)

    async def save(self, batch: Batch) -> None:
        """Keep and forget all this: the whole of it or nothing."""
        await self._do(partial(rows.save, batch=batch))

    async def replace_people(self, people: Sequence[Person]) -> None:
        """Make this the directory: all or nothing. What is saved meanwhile has its turn in between."""
        async with self._new_directory:
            generation = await self._do(rows.begin_people)
            for position in range(0, len(people), AT_ONCE):
                part = people[position : position + AT_ONCE]
                await self._do(
                    partial(rows.add_people, generation=generation, position=position, people=part)
                )
            await self._do(partial(rows.turn_to, generation=generation))
            with suppress(ServiceError):  # it holds already; what stays of the old one goes the next time
                await self._forget_old_people()

    async def _forget_old_people(self) -> None:
        highest = await self._do(rows.highest_of_others)
        for position in range(0, highest + 1, AT_ONCE):
            await self._do(partial(rows.forget_others, below=position + AT_ONCE))
