"""Keeps in the store what must last, and goes on without it while it is broken or slow.

Calls matter more than their record: when the store fails, or does not answer within `PATIENCE_S`, what it
missed is gathered here and written when it works again, the fault is shown as the source ``store``, and the
log says so once. Nobody waits for it until then.
"""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from reception.errors import ServiceError
from reception.hub.gathered import Gathered
from reception.model.calls import Spoken
from reception.model.changes import Change, Message, Source, SourceState
from reception.model.people import Person
from reception.model.stored import Account, DayRecord, KeptEntry, StoredOutcome
from reception.model.sync import OwnSession
from reception.ports import Store
from reception.wire import Outcome, encode

_log = logging.getLogger(__name__)

STORE_SOURCE: Final = "store"
PATIENCE_S: Final = 1.0
"""The longest a call waits for the store."""
LAST_PATIENCE_S: Final = 10.0
"""The longest the end of the hub waits for it."""
OUTCOMES_KEPT_S: Final = 24 * 3600.0
"""Requests are repeated within seconds; a day is plenty."""

_decode_outcome = msgspec.json.Decoder(Outcome).decode


class Keeper:
    """The store as the hub uses it.

    Args:
        store: what must last.
        on_source: hears when it breaks and when it works again.
        clock: UTC seconds.
        outcomes: of requests of an earlier hub's time, oldest first.
        patience_s: the longest a call waits for the store.
    """

    def __init__(
        self,
        store: Store,
        on_source: Callable[[Source], None],
        *,
        clock: Callable[[], float],
        outcomes: Iterable[StoredOutcome] = (),
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._store = store
        self._on_source = on_source
        self._clock = clock
        self._patience_s = patience_s
        self._outcomes = OrderedDict((one.key, one) for one in outcomes)
        self._waiting = Gathered()
        self._writing: asyncio.Task[None] | None = None
        self._is_broken = False

    @property
    def is_behind(self) -> bool:
        """True while something waits to be written that was not given to the store."""
        return bool(self._waiting)

    @property
    def needs_retry(self) -> bool:
        """True when `retry` should be called after a while."""
        return self._is_broken and self._writing is None

    # -------------------------------------------------------------- what is to be written

    def note(self, changes: Iterable[Change]) -> None:
        """Write changed calls and log-ins with what is written next; likewise the others here."""
        self._waiting.note_changes(changes)

    def note_day(self, day: DayRecord) -> None:
        """Keep the day's counts."""
        self._waiting.day = day

    def note_spoken(self, latest: Mapping[str, Spoken], forgotten: Iterable[str]) -> None:
        """Keep whom numbers were put through to, and forget some."""
        self._waiting.note_spoken(latest, forgotten)

    def note_entries(self, kept: Iterable[KeptEntry] = (), removed: Iterable[str] = ()) -> None:
        """Keep what was done to timelines, and forget what stands under some keys."""
        self._waiting.note_entries(kept, removed)

    def note_account(self, account: Account) -> None:
        """Keep a colleague's sign-in."""
        self._waiting.accounts[account.person] = account

    def note_session(self, person: str, session: OwnSession | None) -> None:
        """Keep what may be shown of a colleague in Teams, None for nothing any more."""
        self._waiting.sessions[person] = session

    def note_outcome(self, key: str, outcome: Outcome) -> None:
        """Keep how the request with this key ended; the first outcome holds."""
        if key in self._outcomes:
            return
        now = self._clock()
        stored = StoredOutcome(key=key, outcome=encode(outcome), at=now)
        self._outcomes[key] = self._waiting.outcomes[key] = stored
        while next(iter(self._outcomes.values())).at < now - OUTCOMES_KEPT_S:
            self._outcomes.popitem(last=False)

    def outcome_of(self, key: str) -> Outcome | None:
        """Return how the request with this key ended before, or None."""
        known = self._outcomes.get(key)
        return None if known is None else _decode_outcome(known.outcome)

    # -------------------------------------------------------------- writing

    async def write(self) -> None:
        """Write all that waits, in one transaction; returns when it is written, or goes on without."""
        self._start_writing()
        if self._writing is None or self._is_broken:
            return
        _, late = await asyncio.wait((self._writing,), timeout=self._patience_s)
        if late:
            self._on_broken(Message(key="store_slow", params={"seconds": self._patience_s}))

    def retry(self) -> None:
        """Try once more, if it is broken, to write what waits."""
        if self._is_broken:
            self._start_writing()

    async def replace_people(self, people: Sequence[Person]) -> None:
        """Write the whole directory; raises ServiceError, and then nothing has changed."""
        await self._store.replace_people(people)

    async def write_out(self) -> None:
        """Write what still waits, at the end."""
        self._start_writing()
        if self._writing is None:
            return
        _, late = await asyncio.wait((self._writing,), timeout=LAST_PATIENCE_S)
        for task in late:
            task.cancel()
            await asyncio.wait((task,))
        if self.is_behind:
            _log.error("the last changes could not be stored")

    def _start_writing(self) -> None:
        if self._writing is None and self.is_behind:
            self._writing = asyncio.create_task(self._write(), name="store writer")

    async def _write(self) -> None:
        """Write once; when others did not wait for it, also what they left behind meanwhile."""
        try:
            while self.is_behind:
                await self._write_once()
                if not self._is_broken:
                    return
            self._on_works()
        except ServiceError as error:
            self._on_broken(error.message)
        except Exception:  # noqa: BLE001 - a fault here must not take the calls of a house along
            _log.exception("a fault in writing to the store; the hub goes on")
            self._on_broken(Message(key="internal_error"))
        finally:
            self._writing = None

    async def _write_once(self) -> None:
        taken, self._waiting = self._waiting, Gathered()
        try:
            await self._store.save(taken.batch())
        except BaseException:
            self._waiting = self._waiting.on_top_of(taken)
            raise

    def _on_broken(self, message: Message) -> None:
        if not self._is_broken:
            self._is_broken = True
            _log.error("the store does not take changes, going on without: %s", message.key)
            source = Source(id=STORE_SOURCE, state=SourceState.DOWN, since=self._clock(), message=message)
            self._on_source(source)

    def _on_works(self) -> None:
        self._is_broken = False
        _log.info("the store works again")
        self._on_source(Source(id=STORE_SOURCE, state=SourceState.UP, since=self._clock()))
