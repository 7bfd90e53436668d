"""Virtual time: a heap of things to do, each at its moment, in a fixed order at equal moments."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from itertools import count


class Timer:
    """Something that will happen unless it is cancelled."""

    __slots__ = ("action", "at")

    def __init__(self, at: float, action: Callable[[], None]) -> None:
        self.at = at
        self.action: Callable[[], None] | None = action

    def cancel(self) -> None:
        """Make it not happen. Harmless when it has happened."""
        self.action = None


class Timeline:
    """The office's clock. Nothing moves it but `run`.

    `on_earlier` is called when something is put before all that waits, so that a shell can set its alarm
    anew.
    """

    def __init__(self, now: float) -> None:
        self.now = now
        self.on_earlier: Callable[[], None] | None = None
        self._heap: list[tuple[float, int, Timer]] = []
        self._order = count()

    def at(self, when: float, action: Callable[[], None]) -> Timer:
        """Do this at an instant (UTC seconds), at once if it is past."""
        timer = Timer(max(when, self.now), action)
        is_first = not self._heap or timer.at < self._heap[0][0]
        heapq.heappush(self._heap, (timer.at, next(self._order), timer))
        if is_first and self.on_earlier is not None:
            self.on_earlier()
        return timer

    def after(self, delay_s: float, action: Callable[[], None]) -> Timer:
        """Do this after a delay in seconds."""
        return self.at(self.now + delay_s, action)

    def next_at(self) -> float | None:
        """Return when the next thing is due, or None."""
        while self._heap and self._heap[0][2].action is None:
            heapq.heappop(self._heap)
        return self._heap[0][0] if self._heap else None

    def run(self, until: float) -> None:
        """Let everything happen that is due up to an instant, each at its own moment."""
        while (due := self.next_at()) is not None and due <= until:
            timer = heapq.heappop(self._heap)[2]
            action, timer.action = timer.action, None
            self.now = max(self.now, due)
            if action is not None:
                action()
        self.now = max(self.now, until)
