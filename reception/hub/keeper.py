"""Keeps in the store what must last, and goes on without it while it is broken.

Calls matter more than their record: when the store fails, what it missed is gathered here and written with
the next change that works, the fault is shown as the source ``store``, and the log says so once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from reception.errors import ServiceError
from reception.model.attendants import Attendant
from reception.model.calls import Call, Spoken
from reception.model.changes import (
    AttendantChanged,
    CallChanged,
    CallEnded,
    Change,
    Message,
    Source,
    SourceState,
)
from reception.model.people import Person
from reception.model.stored import DayRecord
from reception.ports import Store
from reception.wire import Outcome, encode

_log = logging.getLogger(__name__)

STORE_SOURCE: Final = "store"

_decode_outcome = msgspec.json.Decoder(Outcome).decode


class Keeper:
    """The store as the hub uses it. `on_source` hears when it breaks and when it works again."""

    def __init__(self, store: Store, on_source: Callable[[Source], None]) -> None:
        self._store = store
        self._on_source = on_source
        self._calls: dict[str, Call] = {}  # here and below: what is not written yet
        self._ended: dict[str, None] = {}
        self._attendants: dict[str, Attendant] = {}
        self._outcomes: dict[str, tuple[bytes, float]] = {}
        self._day: DayRecord | None = None
        self._spoken: dict[str, Spoken] = {}
        self._forgotten: dict[str, None] = {}
        self._is_broken = False

    @property
    def is_behind(self) -> bool:
        """True while something waits to be written."""
        calls = self._calls or self._ended or self._attendants or self._outcomes
        return bool(calls or self._day or self._spoken or self._forgotten)

    def note_day(self, day: DayRecord) -> None:
        """Write the day's counts with the next changes."""
        self._day = day

    def note_spoken(self, latest: Mapping[str, Spoken], forgotten: Iterable[str]) -> None:
        """Write with the next changes whom numbers were put through to, and which are forgotten."""
        for number in forgotten:
            self._spoken.pop(number, None)
            self._forgotten[number] = None
        for number, spoken in latest.items():
            self._forgotten.pop(number, None)
            self._spoken[number] = spoken

    def keep(
        self, changes: Iterable[Change], *, now: float, answered: tuple[str, Outcome] | None = None
    ) -> None:
        """Write changed calls and log-ins, before anything is done about them outside.

        `answered` is the key and outcome of the request that caused them.
        """
        for change in changes:
            self._note(change)
        if answered is not None:
            key, outcome = answered
            self._outcomes[key] = (encode(outcome), now)
        self.catch_up(now=now)

    def catch_up(self, *, now: float) -> None:
        """Write everything that waits."""
        if not self.is_behind:
            return
        try:
            self._write()
        except ServiceError as error:
            self._on_broken(error.message, now)
        else:
            self._on_works(now)

    def outcome_of(self, key: str, *, now: float) -> Outcome | None:
        """Return how the request with this key ended before, or None."""
        if key in self._outcomes:
            data: bytes | None = self._outcomes[key][0]
        else:
            try:
                data = self._store.outcome_of(key)
            except ServiceError as error:
                self._on_broken(error.message, now)
                return None
        return None if data is None else _decode_outcome(data)

    def replace_people(self, people: Sequence[Person]) -> None:
        """Write the whole directory; raises ServiceError, and then nothing has changed."""
        self._store.replace_people(people)

    def write_out(self) -> None:
        """Write what still waits, at the end."""
        try:
            self._write()
        except ServiceError as error:
            _log.error("the last changes could not be stored: %s", error.message.key)

    def _note(self, change: Change) -> None:
        match change:
            case CallChanged(call=call):
                self._ended.pop(call.id, None)
                self._calls[call.id] = call
            case CallEnded(call=call_id):
                self._calls.pop(call_id, None)
                self._ended[call_id] = None
            case AttendantChanged(attendant=attendant):
                self._attendants[attendant.id] = attendant

    def _write(self) -> None:
        if self._calls or self._ended:
            self._store.save_calls(self._calls.values(), self._ended)
            self._calls.clear()
            self._ended.clear()
        if self._attendants:
            self._store.save_attendants(self._attendants.values())
            self._attendants.clear()
        if self._spoken or self._forgotten:
            self._store.save_spoken(self._spoken, self._forgotten)
            self._spoken.clear()
            self._forgotten.clear()
        if self._day is not None:
            self._store.save_day(self._day)
            self._day = None
        for key, (data, at) in tuple(self._outcomes.items()):
            self._store.save_outcome(key, data, at)
            del self._outcomes[key]

    def _on_broken(self, message: Message, now: float) -> None:
        if not self._is_broken:
            self._is_broken = True
            _log.error("the store does not take changes, going on without: %s", message.key)
            self._on_source(Source(id=STORE_SOURCE, state=SourceState.DOWN, since=now, message=message))

    def _on_works(self, now: float) -> None:
        if self._is_broken:
            self._is_broken = False
            _log.info("the store works again")
            self._on_source(Source(id=STORE_SOURCE, state=SourceState.UP, since=now))
