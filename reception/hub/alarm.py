"""One timer, set again and again. Timers may be coarse: whoever is woken asks the clock what is due."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

_LOOK_AGAIN_S: Final = 20.0
"""The longest it sleeps: so a clock that was set meanwhile is noticed."""
_SHORTEST_S: Final = 0.005


class Alarm:
    """Calls `wake` at an instant by `clock` (UTC seconds), or earlier, to look again."""

    def __init__(self, wake: Callable[[], None], clock: Callable[[], float]) -> None:
        self._wake = wake
        self._clock = clock
        self._timer: asyncio.TimerHandle | None = None

    def set(self, at: float) -> None:
        """Wake at this instant, in place of the one before."""
        self.off()
        delay = min(max(at - self._clock(), _SHORTEST_S), _LOOK_AGAIN_S)
        self._timer = asyncio.get_running_loop().call_later(delay, self._ring)

    def off(self) -> None:
        """Wake nobody. Harmless when it is off."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _ring(self) -> None:
        self._timer = None
        self._wake()
