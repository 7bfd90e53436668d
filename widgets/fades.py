"""A row that changes goes over into the new one, shortly; when nothing fades no timer runs."""

from __future__ import annotations

import time
from typing import Final

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPixmap

from widgets.frames import FRAME_MS

LASTS_S: Final = 0.12
MOST: Final = 4
"""More rows than these at once are no change that an eye follows: a storm is painted as it is."""


class Fade(msgspec.Struct, frozen=True):
    """The picture that goes, and when it began to go (monotonic seconds)."""

    old: QPixmap
    began: float

    @property
    def share(self) -> float:
        """Return how much of the new picture is seen: some of it from the first moment on."""
        return min(1.0, (time.monotonic() - self.began + FRAME_MS / 1000) / LASTS_S)


class Fades(QObject):
    """The rows that are fading, by id.

    Signals:
        moved: (list of ids) these rows look different now.
    """

    moved = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._fading: dict[str, Fade] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(FRAME_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_frame)

    def __len__(self) -> int:
        return len(self._fading)

    @property
    def is_running(self) -> bool:
        """True while something fades."""
        return self._timer.isActive()

    def of(self, key: str) -> Fade | None:
        """Return the fade of a row, None when it stands still."""
        return self._fading.get(key)

    def begin(self, key: str, old: QPixmap) -> None:
        """Let a row go over from this picture."""
        if len(self._fading) < MOST or key in self._fading:
            self._fading[key] = Fade(old, time.monotonic())
            if not self._timer.isActive():
                self._timer.start()

    def stop(self) -> None:
        """Show everything as it is now."""
        self._fading.clear()
        self._timer.stop()

    @Slot()
    def _on_frame(self) -> None:
        moved = list(self._fading)
        for key in [k for k, fade in self._fading.items() if fade.share >= 1]:
            del self._fading[key]
        if not self._fading:
            self._timer.stop()
        self.moved.emit(moved)
