"""Tells every console what changed: numbers it, encodes it once, hands it to each outbox.

Calls, receptionists and notices go at once, one frame for each event of the hub. Statuses and timelines of
colleagues and the day's counts are gathered for `BATCH_S` and go together, only the last of each, so that a
burst costs one frame.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from reception.hub.changelog import ChangeLog, Numbered, concerns
from reception.hub.outbox import Budget, Outbox
from reception.hub.rights import Rights, View
from reception.model.changes import (
    Change,
    DayChanged,
    DayCounts,
    PersonChanged,
    PersonRemoved,
    StatusChanged,
    TimelineChanged,
)
from reception.model.lines import PersonStatus
from reception.model.presence import Timeline
from reception.wire import Changes, Outcome, Slice, encode

BATCH_S: Final = 0.030
_MAX_ITEMS: Final = 300
"""Changes in one frame: it stays well below `MAX_FRAME_TO_CONSOLE`, and a console paints between two."""


class Subscriber:
    """One console as the broadcast sees it. Changes up to `upto` are in its outbox or on their way."""

    outbox: Outbox

    def __init__(self, attendant: str, view: View) -> None:
        self.attendant = attendant
        self.view = view

    def put_outcome(self, outcome: Outcome) -> None:
        """Answer a request."""
        self.outbox.put_outcome(encode(outcome))


class Broadcast:
    """All connected consoles, each told what its receptionist may see.

    `snapshot` returns the parts of the state as it is at that moment: up to which change, as whose view,
    with people or without.
    """

    def __init__(
        self,
        *,
        epoch: str,
        snapshot: Callable[[int, View, bool], Iterator[Slice]],
        rights: Rights | None = None,
        log: ChangeLog | None = None,
        budget: Budget | None = None,
    ) -> None:
        self.epoch = epoch
        self._snapshot = snapshot
        self._rights = rights or Rights()
        self._log = log or ChangeLog()
        self._budget = budget
        self._subscribers: list[Subscriber] = []
        self._gathered: dict[tuple[str, str], Change] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._listeners: list[Callable[[frozenset[str]], None]] = []

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
        self._gather({("status", s.person): StatusChanged(status=s) for s in statuses})

    def tell_timelines(self, timelines: Iterable[Timeline]) -> None:
        """Send these timelines with the next batch."""
        self._gather({("timeline", t.person): TimelineChanged(timeline=t) for t in timelines})

    def tell_day(self, day: DayCounts) -> None:
        """Send the day's counts with the next batch."""
        self._gather({("day", ""): DayChanged(day=day)})

    def subscribers_of(self, attendant: str) -> Sequence[Subscriber]:
        """Return the consoles a receptionist has connected."""
        return [s for s in self._subscribers if s.attendant == attendant]

    def listen(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Tell within the hub whose status or timeline went out with a batch; returns how to end that."""
        self._listeners.append(listener)
        return partial(self._listeners.remove, listener)

    def flush(self) -> None:
        """Send what is gathered now."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        gathered, self._gathered = self._gathered, {}
        self.tell(gathered.values())
        if self._listeners and (people := frozenset(who for kind, who in gathered if kind != "day")):
            for listener in tuple(self._listeners):
                listener(people)

    def _gather(self, changes: Mapping[tuple[str, str], Change]) -> None:
        self._gathered.update(changes)
        if self._gathered and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(BATCH_S, self.flush)

    def subscribe(
        self, attendant: str, *, epoch: str, have: int, people: str = ""
    ) -> tuple[Subscriber, bool, bool]:
        """Add a console, with what it missed in its outbox.

        `people` is the fingerprint of those it has already. Returns also whether it could resume, and
        whether its people are the right ones.
        """
        missed = self._log.since(have) if epoch == self.epoch else None
        view = self._rights.view_of(attendant)
        keeps_people = missed is not None or people == view.fingerprint
        subscriber = Subscriber(attendant, view)
        outbox = subscriber.outbox = Outbox(
            lambda with_people: self._encoded_snapshot(subscriber.view, with_people),
            budget=self._budget,
            lacks_people=not keeps_people,
        )
        if missed is None:
            outbox.ask_snapshot()
        else:
            for part in _parts(missed):
                if (frame := _frame(part, attendant, view)) is not None:
                    outbox.put_changes(frame, has_people=_has_people(part))
        self._subscribers.append(subscriber)
        return subscriber, missed is not None, keeps_people

    def renew_views(self) -> None:
        """Tell each console everything anew: what its receptionist may see is different."""
        self._log.forget()
        for subscriber in self._subscribers:
            before, subscriber.view = subscriber.view, self._rights.view_of(subscriber.attendant)
            has_others = before.fingerprint != subscriber.view.fingerprint
            subscriber.outbox.ask_snapshot(has_other_people=has_others)

    def unsubscribe(self, subscriber: Subscriber) -> None:
        """Forget a console."""
        self._subscribers.remove(subscriber)

    def _send(self, numbered: Sequence[Numbered]) -> None:
        is_for_all = all(concerns(change, "") for _, change in numbered)
        has_people = _has_people(numbered)
        frames: dict[tuple[str, View], bytes | None] = {}
        for subscriber in self._subscribers:
            key = "" if is_for_all else subscriber.attendant, subscriber.view
            if key not in frames:
                frames[key] = _frame(numbered, subscriber.attendant, subscriber.view)
            if (frame := frames[key]) is not None:
                subscriber.outbox.put_changes(frame, has_people=has_people)

    def _encoded_snapshot(self, view: View, with_people: bool) -> Iterator[bytes]:
        slices = self._snapshot(self._log.upto, view, with_people)
        return (encode(part) for part in slices)


def _parts(numbered: Sequence[Numbered]) -> Iterator[Sequence[Numbered]]:
    """Cut what is to be sent; a timeline weighs as much as the entries in it."""
    start = weight = 0
    for n, (_, change) in enumerate(numbered):
        own = 1 + len(change.timeline.entries) if isinstance(change, TimelineChanged) else 1
        if weight + own > _MAX_ITEMS and n > start:
            yield numbered[start:n]
            start, weight = n, 0
        weight += own
    if start < len(numbered):
        yield numbered[start:]


def _frame(numbered: Sequence[Numbered], attendant: str, view: View) -> bytes | None:
    mine = (view.change(change) for _, change in numbered if concerns(change, attendant))
    items = tuple(change for change in mine if change is not None)
    return encode(Changes(upto=numbered[-1][0], items=items)) if items else None


def _has_people(numbered: Sequence[Numbered]) -> bool:
    return any(isinstance(change, PersonChanged | PersonRemoved) for _, change in numbered)
