"""``kill -9`` in the middle of writing, a hundred times, on both stores.

A change is there whole or not at all, and none that was acknowledged is missing.
"""

from __future__ import annotations

import multiprocessing
import random
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from reception.ports import Store
from services import store as stores
from tests.contract import killed

# Each writer is forked from a process that has imported everything, which takes longer than all the writing.
PROCESSES: Any = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.contract.killed"])
TIMES = 100
AT_ONCE = 4
"""Writers that run beside each other, each on a store of its own: most of the time they are just starting."""

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal nobody can catch")


class Writer:
    """A process that writes to one store, again and again."""

    def __init__(self, create: str, settings: dict[str, Any]) -> None:
        self.create, self.settings = create, settings
        self.changes = self.people = 0
        self._process: Any = None
        self._heard: Any = None

    def begin(self) -> None:
        self._heard, said = PROCESSES.Pipe(duplex=False)
        given = (self.create, self.settings, self.changes + 1, said)
        self._process = PROCESSES.Process(target=killed.write, args=given)
        self._process.start()
        said.close()

    def kill(self, after_s: float) -> None:
        """Let it write for a while from its first acknowledgement on, kill it, and take in what it said."""
        assert self._heard.poll(20.0)
        self._take(self._heard.recv())
        time.sleep(after_s)
        self.end()
        with suppress(EOFError, OSError):  # the last word may be half of one
            while True:
                self._take(self._heard.recv())
        self._heard.close()

    def _take(self, said: tuple[str, int]) -> None:
        setattr(self, "changes" if said[0] == "change" else "people", said[1])

    def end(self) -> None:
        """End the process; harmless when it has ended."""
        if self._process is not None:
            self._process.kill()
            self._process.join(20.0)
            self._process.close()
            self._process = None

    async def reopened(self) -> Store:
        store: Store = await getattr(stores, self.create)(self.settings)
        return store

    async def check(self) -> None:
        """Open what is left and look at it."""
        store = await self.reopened()
        state = await store.load()
        await store.close()
        (call,) = state.calls
        n = int(call.id[1:])
        assert n in (self.changes, self.changes + 1), "acknowledged, or the one it was at"
        expected = killed.change(n)
        assert state.calls == expected.calls
        assert state.entries == expected.entries
        assert state.day == expected.day
        assert {o.key for o in state.outcomes} >= {f"KLJ/{n}", f"KLJ/{self.changes}"}
        assert f"KLJ/{n + 1}" not in {o.key for o in state.outcomes}
        if state.people or self.people:
            number = int(state.people[0].name.split()[0])
            assert list(state.people) == killed.directory(number)
            assert number >= self.people
        self.changes = n


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.lab)])
def writers(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[list[Writer]]:
    """Writers, each on an empty store of its own."""
    made = []
    for n in range(AT_ONCE):
        if request.param == "sqlite":
            made.append(Writer("create_sqlite", {"path": str(tmp_path / f"{n}.db")}))
        else:
            settings = request.getfixturevalue("postgres").new_database()
            made.append(Writer("create_postgresql", settings))
    yield made
    for writer in made:
        writer.end()


async def test_a_change_is_there_whole_or_not_at_all_and_none_that_was_acknowledged_is_missing(
    writers: list[Writer],
) -> None:
    chance = random.Random(4)
    for _ in range(TIMES // AT_ONCE):
        for writer in writers:
            writer.begin()
        for writer in writers:
            writer.kill(after_s=chance.uniform(0.0, 0.02))
        for writer in writers:
            await writer.check()
    assert all(writer.changes >= TIMES // AT_ONCE // 2 for writer in writers), "it was in the middle of it"
