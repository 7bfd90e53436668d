"""What may wait for the next picture: done once, right after what is due to be painted now."""

from __future__ import annotations

import time
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from widgets.frames import FRAME_MS

_LONGEST_S: Final = 0.1
"""So long it waits at most while it is asked for again and again."""


class Afterwards(QObject):
    """Puts something off until it has not been asked for during a frame: then the window has painted.

    Who types fast, or holds a key down, sees the list at each key, and what follows from it at the last one.

    Signals:
        due: now.
    """

    due = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked_first = 0.0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(FRAME_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.due)

    @property
    def is_due(self) -> bool:
        """True while it is asked for, and not done."""
        return self._timer.isActive()

    @Slot()
    def ask(self) -> None:
        """Let it be due soon."""
        now, is_asked = time.monotonic(), self._timer.isActive()
        if not is_asked:
            self._asked_first = now
        if not is_asked or now - self._asked_first < _LONGEST_S:
            self._timer.start()
