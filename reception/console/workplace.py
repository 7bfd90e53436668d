"""Whether somebody sits at this computer: for how long nobody touched anything, and whether it is locked."""

from __future__ import annotations

import logging
import os
import sys
from typing import Protocol

_log = logging.getLogger(__name__)


class Workplace(Protocol):
    """What the system knows of who sits here."""

    def idle_s(self) -> float | None:
        """Return the seconds since mouse or keyboard were used last, None when nobody knows."""

    def is_locked(self) -> bool:
        """Return whether the screen is locked."""

    def close(self) -> None:
        """Let go of the system. Harmless when closed."""


def open_workplace() -> Workplace | None:
    """Return this computer's, None where the system does not tell (the log says why)."""
    try:
        if sys.platform == "win32":
            from reception.console.workplace_windows import WindowsWorkplace

            return WindowsWorkplace()
        from reception.console.workplace_x11 import X11Workplace

        return X11Workplace(os.environ.get("DISPLAY", ""))
    except OSError as error:
        _log.warning("presence profiles do not follow mouse and keyboard here: %s", error)
        return None
