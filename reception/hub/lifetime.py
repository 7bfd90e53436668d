"""When a hub ends: on a signal, on its own console's goodbye, or when nobody needs it any more.

A hub that a console started for itself (child mode) outlives a crash of that console, so that the console
finds it again. Without any console for a while it hands those who wait to the switch's own dial plan, which
rings the reception's phones; when the last talk is over it ends.
"""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
from collections.abc import Callable
from typing import Final

from reception.hub.stop_event import watch_stop_event
from reception.wire import Goodbye

_log = logging.getLogger(__name__)

_CALLS_AGAIN_S: Final = 2.0
_FAREWELL_S: Final = 0.3


class Lifetime:
    """Knows whether to go on. `wait` returns when the hub is to end; `on_alone` hears of long solitude."""

    def __init__(
        self,
        *,
        idle_exit_s: float | None,
        has_live_calls: Callable[[], bool],
        on_alone: Callable[[], None] = lambda: None,
    ) -> None:
        self._idle_exit_s = idle_exit_s
        self._has_live_calls = has_live_calls
        self._on_alone = on_alone
        self._end = asyncio.Event()
        self._timer: asyncio.TimerHandle | None = None
        self._has_console = False
        self.begins_again = False

    async def wait(self) -> None:
        """Wait until it is time to end."""
        self.on_presence(self._has_console)
        await self._end.wait()
        self._cancel()

    def end(self, why: str) -> None:
        """End now."""
        if not self._end.is_set():
            _log.info("the hub ends: %s", why)
            self._end.set()

    def restart(self) -> None:
        """End in a moment, so that whoever asked hears of it; then the hub is to begin again."""
        self.begins_again = True
        asyncio.get_running_loop().call_later(_FAREWELL_S, self.end, "it begins again with new settings")

    def on_presence(self, has_console: bool) -> None:
        """Hear whether any console is connected."""
        self._has_console = has_console
        self._cancel()
        if not has_console and self._idle_exit_s is not None:
            self._look_in(self._idle_exit_s)

    def on_goodbye(self, goodbye: Goodbye, *, is_last: bool) -> None:
        """Hear an orderly goodbye; it ends a child hub unless another console is still there."""
        if goodbye.stop_hub and self._idle_exit_s is not None and is_last:
            self.end("its console closed")

    def watch_signals(self, on_hang_up: Callable[[], None] | None = None) -> None:
        """End on what the system sends to stop a program; `on_hang_up` hears HUP, where there is one."""
        loop = asyncio.get_running_loop()
        for number in _STOP_SIGNALS:
            try:
                loop.add_signal_handler(number, self.end, number.name)
            except NotImplementedError:  # Windows
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(self.end, "interrupted"))

        watch_stop_event(self.end)
        if on_hang_up is not None and sys.platform != "win32":
            loop.add_signal_handler(signal.SIGHUP, on_hang_up)

    def _look_in(self, delay_s: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(delay_s, self._on_idle)

    def _on_idle(self) -> None:
        self._on_alone()
        if self._has_live_calls():
            self._look_in(_CALLS_AGAIN_S)
        else:
            self.end("no console and no call")

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None


if sys.platform == "win32":
    _STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGBREAK)
else:
    _STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM)
