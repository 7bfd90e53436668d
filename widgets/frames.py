"""Hardly more than one update per frame: deltas that come close together are shown together.

The first after a pause is shown at once, so that a single ringing call costs no waiting.
"""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from reception.console.api import Delta

FRAME_MS: Final = 16
GATHER_MS: Final = 10
"""How long news gather: with what painting takes, the first of them is seen within a frame."""


def merge(one: Delta, other: Delta) -> Delta:
    """Return what two deltas, one after the other, say together."""
    return Delta(
        is_reset=one.is_reset or other.is_reset,
        link=one.link or other.link,
        calls=one.calls | other.calls,
        ended={**one.ended, **other.ended},
        attendants=one.attendants | other.attendants,
        groups=one.groups | other.groups,
        people=one.people | other.people,
        statuses=one.statuses | other.statuses,
        timelines=one.timelines | other.timelines,
        day=one.day or other.day,
        office=one.office or other.office,
        sources=one.sources | other.sources,
        notices=one.notices + other.notices,
        settled=one.settled + other.settled,
    )


def is_about_calls(delta: Delta) -> bool:
    """False for news of colleagues alone: those come by thousands, and change nothing in the calls."""
    return bool(
        delta.is_reset
        or delta.link
        or delta.calls
        or delta.ended
        or delta.attendants
        or delta.groups
        or delta.settled
    )


class FrameGate(QObject):
    """Collects deltas and passes them on, at most one in `GATHER_MS`.

    Signals:
        ready: (Delta) all that was said since the last one.
    """

    ready = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: Delta | None = None
        self._last = float("-inf")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.flush)

    def add(self, delta: Delta) -> None:
        """Take a delta; shown now, or with others when they have gathered."""
        self._waiting = delta if self._waiting is None else merge(self._waiting, delta)
        if self._timer.isActive():
            return
        since_ms = (time.monotonic() - self._last) * 1000
        if since_ms >= GATHER_MS:
            self.flush()
        else:
            self._timer.start(max(1, round(GATHER_MS - since_ms)))

    @Slot()
    def flush(self) -> None:
        """Show what has gathered."""
        self._timer.stop()
        self._last = time.monotonic()
        delta, self._waiting = self._waiting, None
        if delta is not None:
            self.ready.emit(delta)
