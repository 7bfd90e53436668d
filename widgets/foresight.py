"""What the next key is likely to show, made ready while the fingers are on their way to it.

Between two keys of a fast typist lie five frames and more, in which the window has nothing to do. In them the
likeliest next texts are searched for, and the rows they would show are read and put together. Who presses
another key loses nothing: a step takes a millisecond or two, and none is due while keys come.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Slot

from widgets import finder
from widgets.controller import Controller
from widgets.middle import MiddlePane

GUESSES: Final = 5
"""Next texts that are made ready: in names these are two of three keys, at the cost of ten milliseconds."""
_PAUSE_MS: Final = 1


class Foresight(QObject):
    """Makes ready what the next key is likely to show, a step at a time."""

    def __init__(self, controller: Controller, middle: MiddlePane) -> None:
        super().__init__(middle)
        self._controller = controller
        self._people = middle.people
        self._seen: str | None = None
        self._texts: list[str] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._step)
        middle.search.field.textChanged.connect(self._timer.stop)
        middle.afterwards.due.connect(self._look)

    @property
    def is_busy(self) -> bool:
        """True while something is still to be made ready."""
        return self._timer.isActive()

    @Slot()
    def _look(self) -> None:
        controller = self._controller
        if controller.only_free or self._people.period is not None:
            return  # there it is not the names that decide who comes into sight
        if not controller.typed and not controller.replica.calls:
            return  # nobody has called who wants somebody
        if controller.typed != self._seen or not self._people.pictures.is_ahead:
            self._seen = controller.typed
            self._texts = list(reversed(controller.replica.likely_next(controller.typed, GUESSES)))
            self._timer.start()

    @Slot()
    def _step(self) -> None:
        text = self._texts.pop() if self._texts else None
        if text is not None:
            self._people.prepare(text, finder.find(self._controller.replica, text))
            self._timer.start()
