"""Goal 16: the window's heartbeat while people are imported, brought in step, and indexed anew."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt, QTimer

from reception.console.replica import Replica
from reception.model.changes import PersonChanged
from reception.wire import Changes, Slice, Welcome, decode_to_console, encode
from tests.bench.crowd import people, sizes
from tests.bench.figures import Figure, of_frames, p99
from tests.bench.replicas import snapshot
from tests.bench.stage import Stage, rest

BEAT_MS = 4
IMPORTED = 500
"""People that an import changes while the window is in use."""


class Heart(QObject):
    """A timer that should beat every few milliseconds; notes how late it was."""

    def __init__(self) -> None:
        super().__init__()
        self.late: list[float] = []
        self._due = time.perf_counter() + BEAT_MS / 1000
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.late.append(max(0.0, now - self._due) * 1000)
        self._due = now + BEAT_MS / 1000

    def stop(self) -> list[float]:
        """Stop, and return the lateness of each beat in milliseconds."""
        self._timer.stop()
        return self.late


def run(*, is_short: bool) -> Iterator[Figure]:
    """Listen while a hub imports people, and while everybody comes in and is indexed by another process."""
    few, many = sizes(is_short=is_short)
    late = []
    stage = Stage(few)
    gc.collect()
    gc.freeze()  # as the program does after its first paint (`widgets.app`)
    for n in range(1 if is_short else 3):
        frames = [encode(frame) for frame in snapshot(people(many if n == 0 else few))]
        heart = Heart()
        imported(stage, n)
        synced(stage, frames)
        late.append(heart.stop())
    yield of_frames("16", late, p99)
    yield of_frames("16b", late, max)


def imported(stage: Stage, n: int) -> None:
    """Let the hub tell of people who have changed, as after an import."""
    changed = stage.people[n * IMPORTED : (n + 1) * IMPORTED]
    for start in range(0, len(changed), 50):
        items = tuple(PersonChanged(person=person) for person in changed[start : start + 50])
        stage.session.hear(encode(Changes(upto=1, items=items)))
        rest(30)


def synced(stage: Stage, frames: list[bytes]) -> None:
    """Let a hub say everything anew, a frame each time the loop goes round, until it can be found."""
    replica = stage.session.replica
    for data in frames:
        while replica.is_overloaded:
            rest(1)
        take(replica, data)
        stage.session.work_soon()
        rest(2)
    while replica.work_in_s is not None:
        rest(20)


def take(replica: Replica, data: bytes) -> None:
    """Take a frame of the snapshot as it comes from the line."""
    frame = decode_to_console(data)
    if isinstance(frame, Welcome):
        replica.on_welcome(frame, now=time.time())
    elif isinstance(frame, Slice):
        replica.on_slice(frame)
