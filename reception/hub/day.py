"""What the switchboard did since midnight: calls answered and lost, and how long callers waited.

Counted are calls to an attendant group, each one once:

- **answered** when a receptionist talks with the caller for the first time. A caller who comes back from a
  colleague is not counted again. The wait runs from the arrival to that moment; of a caller who asked to be
  rung back, to the moment of asking.
- **lost** when it leaves without ever having been answered: the caller hung up, or asked to be rung back and
  was not reached before the tries or the time were used up. Not lost is who asked to be rung back and still
  waits, who called again meanwhile (that call counts), whose entry a receptionist took out, and who was given
  back to the switch's own dial plan, which served them.

A call counts for the day on which it is answered or lost. The counts outlive the hub.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from reception.model.calls import Call, Direction, EndReason, Place
from reception.model.changes import CallChanged, CallEnded, Change, DayCounts
from reception.model.stored import DayRecord
from reception.presence.outlook import Day

_LOST: Final = frozenset(
    (
        EndReason.CALLER_HUNG_UP,
        EndReason.NOT_REACHED,
        EndReason.CALLBACK_EXPIRED,
        EndReason.CALLBACK_TRIES_USED,
    )
)


class DayTally:
    """Counts along with the changes of the call engine.

    Args:
        day_of: tells the day of a moment.
        now: UTC seconds.
        stored: the counts of an earlier hub; taken over when they are of today.
        calls: the live calls that an earlier hub left.
    """

    def __init__(
        self,
        day_of: Callable[[float], Day],
        *,
        now: float,
        stored: DayRecord | None = None,
        calls: Iterable[Call] = (),
    ) -> None:
        self._day_of = day_of
        self._day = day_of(now)
        live = {c.id: c for c in calls}
        self._taken = live.keys() & (stored.taken if stored is not None else ())
        self._waiting = {c.id: c for c in live.values() if _is_counted(c) and c.id not in self._taken}
        self._record = DayRecord(start=self._day.start)
        if stored is not None and stored.start == self._day.start:
            self._record = stored

    @property
    def counts(self) -> DayCounts:
        """The counts as they are shown."""
        record = self._record
        mean = record.waited_s / record.answered if record.answered else 0.0
        return DayCounts(answered=record.answered, lost=record.lost, mean_wait_s=mean)

    @property
    def record(self) -> DayRecord:
        """The counts as they are to be kept."""
        return msgspec.structs.replace(self._record, taken=tuple(sorted(self._taken)))

    @property
    def ends_at(self) -> float:
        """Midnight (UTC seconds), when `observe` is to be called for the new day's beginning."""
        return self._day.end

    def observe(self, changes: Iterable[Change], *, now: float) -> bool:
        """Count what changed; returns whether the record is different."""
        is_different = self._turn_page(now)
        for change in changes:
            match change:
                case CallChanged(call=call):
                    is_different |= self._on_call(call)
                case CallEnded(call=call_id, reason=reason):
                    is_different |= self._on_end(call_id, reason)
        return is_different

    def _turn_page(self, now: float) -> bool:
        """Begin a new day after midnight; also after a clock that was set back."""
        if self._day.start <= now < self._day.end:
            return False
        self._day = self._day_of(now)
        self._record = DayRecord(start=self._day.start)
        return True

    def _on_call(self, call: Call) -> bool:
        if not _is_counted(call) or call.id in self._taken:
            return False
        if call.place is not Place.TALKING:
            self._waiting[call.id] = call
            return False
        before = self._waiting.pop(call.id, call)
        wish = before.callback if before.place is Place.DIALLING else None
        until = call.since if wish is None else wish.asked_at
        self._taken.add(call.id)
        self._record = msgspec.structs.replace(
            self._record,
            answered=self._record.answered + 1,
            waited_s=self._record.waited_s + max(0.0, until - call.arrived_at),
        )
        return True

    def _on_end(self, call: str, reason: EndReason) -> bool:
        if call in self._taken:
            self._taken.discard(call)
            return True
        if self._waiting.pop(call, None) is None or reason not in _LOST:
            return False
        self._record = msgspec.structs.replace(self._record, lost=self._record.lost + 1)
        return True


def _is_counted(call: Call) -> bool:
    return call.direction is not Direction.OUT and call.group is not None
