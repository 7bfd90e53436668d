"""Tells every console what changed: numbers it, encodes it once, hands it to each outbox.

Calls, receptionists and notices go at once, one frame for each event of the hub. Statuses of colleagues are
gathered for `BATCH_S` and go together, only the last of each, so that a burst costs one frame.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from reception.hub.changelog import ChangeLog, Numbered, concerns
from reception.hub.outbox import Budget, Outbox
from reception.model.changes import Change, StatusChanged
from reception.model.lines import PersonStatus
from reception.wire import SLICE_PEOPLE, Changes, Outcome, Slice, encode

BATCH_S: Final = 0.030
_MAX_ITEMS: Final = 4 * SLICE_PEOPLE
"""Changes in one frame, so that it stays well below `MAX_FRAME_TO_CONSOLE`."""


class Subscriber:
    """One console as the broadcast sees it. Changes up to `upto` are in its outbox or on their way."""

    def __init__(self, attendant: str, outbox: Outbox) -> None:
        self.attendant = attendant
        self.outbox = outbox

    def put_outcome(self, outcome: Outcome) -> None:
        """Answer a request."""
        self.outbox.put_outcome(encode(outcome))


class Broadcast:
    """All connected consoles. `snapshot` returns the parts of the state as it is at that moment."""

    def __init__(
        self,
        *,
        epoch: str,
        snapshot: Callable[[int], Iterator[Slice]],
        log: ChangeLog | None = None,
        budget: Budget | None = None,
    ) -> None:
        self.epoch = epoch
        self._snapshot = snapshot
        self._log = log or ChangeLog()
        self._budget = budget
        self._subscribers: list[Subscriber] = []
        self._statuses: dict[str, PersonStatus] = {}
        self._timer: asyncio.TimerHandle | None = None

    @property
    def subscribers(self) -> Sequence[Subscriber]:
        """The consoles that are connected now."""
        return tuple(self._subscribers)

    def tell(self, changes: Iterable[Change]) -> None:
        """Send these changes to all whom they concern, now."""
        if numbered := self._log.append(changes):
            for part in _parts(numbered):
                self._send(part)

    def tell_statuses(self, statuses: Iterable[PersonStatus]) -> None:
        """Send these statuses with the next batch."""
        self._statuses.update((s.person, s) for s in statuses)
        if self._statuses and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(BATCH_S, self.flush)

    def flush(self) -> None:
        """Send the gathered statuses now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        statuses, self._statuses = self._statuses, {}
        self.tell(StatusChanged(status=s) for s in statuses.values())

    def subscribe(self, attendant: str, *, epoch: str, have: int) -> tuple[Subscriber, bool]:
        """Add a console, with what it missed in its outbox. Returns also whether it could resume."""
        outbox = Outbox(self._encoded_snapshot, budget=self._budget)
        subscriber = Subscriber(attendant, outbox)
        missed = self._log.since(have) if epoch == self.epoch else None
        if missed is None:
            outbox.ask_snapshot()
        else:
            for part in _parts(missed):
                if (frame := _frame(part, attendant)) is not None:
                    outbox.put_changes(frame)
        self._subscribers.append(subscriber)
        return subscriber, missed is not None

    def unsubscribe(self, subscriber: Subscriber) -> None:
        """Forget a console."""
        self._subscribers.remove(subscriber)

    def _send(self, numbered: Sequence[Numbered]) -> None:
        is_for_all = all(concerns(change, "") for _, change in numbered)
        frames: dict[str, bytes | None] = {}
        for subscriber in self._subscribers:
            key = "" if is_for_all else subscriber.attendant
            if key not in frames:
                frames[key] = _frame(numbered, subscriber.attendant)
            if (frame := frames[key]) is not None:
                subscriber.outbox.put_changes(frame)

    def _encoded_snapshot(self) -> Iterator[bytes]:
        slices = self._snapshot(self._log.upto)
        return (encode(part) for part in slices)


def _parts(numbered: Sequence[Numbered]) -> Iterator[Sequence[Numbered]]:
    for start in range(0, len(numbered), _MAX_ITEMS):
        yield numbered[start : start + _MAX_ITEMS]


def _frame(numbered: Sequence[Numbered], attendant: str) -> bytes | None:
    items = tuple(change for _, change in numbered if concerns(change, attendant))
    return encode(Changes(upto=numbered[-1][0], items=items)) if items else None
