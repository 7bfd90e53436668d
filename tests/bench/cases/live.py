"""Goals 7 to 10 and 20: what a change costs until it can be seen, one at a time and in a storm."""

from __future__ import annotations

import itertools
import statistics
import time
from collections import deque
from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

from reception.model.calls import Call, CallerId, Direction, EndReason, Place
from reception.model.changes import CallChanged, CallEnded, StatusChanged
from reception.wire import Changes, encode
from tests.bench.crowd import sizes
from tests.bench.figures import Figure, of_frames, p99, side_by_side
from tests.bench.stage import Stage, rest

SLOW, OFFICE, BRISK, STORM = 100, 500, 1_000, 20_000
"""Changes a second."""
BATCH_MS: Final = 30
"""The rhythm in which a hub sends statuses (`reception.hub.broadcast.BATCH_S`)."""
_PAUSE_MS: Final = 40


class Feed(QObject):
    """Tells changes of visible rows at a rate, a frame at each tick; measures when each was painted.

    A change counts from when it was due, not from when the window had time to hear of it.
    """

    def __init__(self, stage: Stage, rate: int, every_ms: int) -> None:
        super().__init__()
        self._stage = stage
        self._rate = rate
        seen = stage.visible()
        changes = [StatusChanged(status=stage.status(p, n)) for n in range(5) for p in seen]
        self._items = [encode(change) for change in changes]
        self._told = 0
        self._began = time.perf_counter()
        self._heard: deque[float] = deque()
        self._flushed: list[float] = []
        self.took: list[float] = []
        self._timer = QTimer(self, interval=every_ms, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tell)
        stage.controller.updated.connect(self._on_updated)
        stage.eye.on_painted = self._on_painted

    def run(self, seconds: float) -> float:
        """Feed for so long; returns the CPU time that this process took, in seconds for each second."""
        self._began = time.perf_counter()
        self._timer.start()
        cpu, began = time.process_time(), time.perf_counter()
        rest(round(seconds * 1000))
        share = (time.process_time() - cpu) / (time.perf_counter() - began)
        self._timer.stop()
        self._stage.controller.updated.disconnect(self._on_updated)
        self._stage.eye.on_painted = lambda _: None
        rest(100)
        return share

    def _tell(self) -> None:
        due = int((time.perf_counter() - self._began) * self._rate)
        if due == self._told:
            return
        for n in range(self._told, due):
            self._heard.append(self._began + n / self._rate)
        size = len(self._items)
        items = b",".join(self._items[n % size] for n in range(self._told, due))
        self._told = due
        self._stage.session.hear(b'{"type":"Changes","upto":%d,"items":[%s]}' % (due, items))

    def _on_updated(self, _delta: object) -> None:
        self._flushed += self._heard
        self._heard.clear()

    def _on_painted(self, at: float) -> None:
        self.took += [(at - due) * 1000 for due in self._flushed]
        self._flushed.clear()


def run(*, is_short: bool) -> Iterator[Figure]:
    """Measure on a window of few people; the changed row also on one of many."""
    rounds, seconds = (2, 1.0) if is_short else (5, 3.0)
    few, many = sizes(is_short=is_short)
    stage = Stage(few)
    yield from storms(stage, rounds, seconds)
    yield from single(stage, rounds, 15 if is_short else 50)
    yield from rows(stage, Stage(many), 3 if is_short else 7, 40 if is_short else 200)


def storms(stage: Stage, rounds: int, seconds: float) -> Iterator[Figure]:
    """Goals 7, 9 and 20."""
    office, brisk, storm, busy, idle = [], [], [], [], []
    for _ in range(rounds):
        for rate, latencies in ((OFFICE, office), (BRISK, brisk), (STORM, storm)):
            feed = Feed(stage, rate, 1)
            feed.run(seconds)
            latencies.append(feed.took)
        idle.append(100 * Feed(stage, SLOW, BATCH_MS).run(seconds))
        busy.append(100 * Feed(stage, STORM, BATCH_MS).run(seconds))
    yield of_frames("20", office, p99)
    yield of_frames("7", brisk, p99)
    yield of_frames("7b", storm, p99)
    yield side_by_side("9", busy, idle, unit="% of a core")


def single(stage: Stage, rounds: int, count: int) -> Iterator[Figure]:
    """Goal 8: one change after a pause."""
    seen, numbers = stage.visible(), itertools.count()
    statuses, calls = [], []
    for _ in range(rounds):
        statuses.append([_status(stage, seen, next(numbers)) for _ in range(count)])
        calls.append([_call(stage, next(numbers)) for _ in range(count)])
    yield of_frames("8", statuses, statistics.median)
    yield of_frames("8b", calls, statistics.median)


def _status(stage: Stage, seen: list[str], n: int) -> float:
    change = _change(stage, seen[n % len(seen)], n)
    return _until_painted(stage, change)


def _change(stage: Stage, person: str, n: int) -> StatusChanged:
    """Return a change that can be seen: what looks as before is not painted again."""
    before = stage.session.replica.statuses.get(person)
    status = stage.status(person, n)
    if before is not None and before.kind is status.kind:
        status = stage.status(person, n + 1)
    return StatusChanged(status=status)


def _call(stage: Stage, n: int) -> float:
    call = Call(
        id=f"call{n}",
        direction=Direction.IN,
        party=CallerId(number=f"+45{30_000_000 + n}"),
        leg=f"leg{n}",
        place=Place.QUEUED,
        arrived_at=time.time(),
        since=time.time(),
        group="main",
    )
    took = _until_painted(stage, CallChanged(call=call))
    stage.session.tell(CallEnded(call=call.id, reason=EndReason.CALLER_HUNG_UP))
    return took


def _until_painted(stage: Stage, change: StatusChanged | CallChanged) -> float:
    """Tell a change when nothing else goes on; returns milliseconds."""
    frame = encode(Changes(upto=1, items=(change,)))
    rest(_PAUSE_MS)
    began = time.perf_counter()
    stage.session.hear(frame)
    return (stage.paint() - began) * 1000


def rows(few: Stage, many: Stage, rounds: int, count: int) -> Iterator[Figure]:
    """Goal 10: one changed row after the other, everybody in the list."""
    values, floors = [], []
    numbers = itertools.count()
    for _ in range(rounds):
        for stage, found in ((few, floors), (many, values)):
            seen = stage.visible()
            found.append(statistics.median(_row(stage, seen, next(numbers)) for _ in range(count)))
    yield side_by_side("10", values, floors)


def _row(stage: Stage, seen: list[str], n: int) -> float:
    change = _change(stage, seen[n % len(seen)], n)
    frame = encode(Changes(upto=1, items=(change,)))
    began = time.perf_counter()
    stage.session.hear(frame)
    stage.controller.flush()
    return (stage.paint() - began) * 1000
