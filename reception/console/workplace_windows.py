"""The workplace by Windows: GetLastInputInfo, and whether the desktop that takes input can be opened."""

from __future__ import annotations

import ctypes
from typing import Any, Final

_TICKS: Final = 2**32
"""GetTickCount begins anew after 49.7 days."""
_READ: Final = 0x0001
"""DESKTOP_READOBJECTS."""


class _LastInput(ctypes.Structure):
    """LASTINPUTINFO of winuser.h; `at` in milliseconds since the start of the system."""

    _fields_ = (("size", ctypes.c_uint), ("at", ctypes.c_uint))


class WindowsWorkplace:
    """A `Workplace` on Windows. Raises OSError elsewhere."""

    def __init__(self) -> None:
        libraries: Any = getattr(ctypes, "windll", None)  # not there elsewhere, nor known to mypy
        if libraries is None:
            raise OSError("this is no Windows")
        self._user, self._kernel = libraries.user32, libraries.kernel32

    def idle_s(self) -> float | None:
        """Return the seconds since mouse or keyboard were used last."""
        last = _LastInput(ctypes.sizeof(_LastInput), 0)
        if not self._user.GetLastInputInfo(ctypes.byref(last)):
            return None
        return float((self._kernel.GetTickCount() - last.at) % _TICKS) / 1000

    def is_locked(self) -> bool:
        """Return whether input goes to a desktop that is not the user's: the lock screen's."""
        open_desktop = self._user.OpenInputDesktop
        open_desktop.restype = ctypes.c_void_p
        desktop = open_desktop(0, False, _READ)
        if not desktop:
            return True
        self._user.CloseDesktop(ctypes.c_void_p(desktop))
        return False

    def close(self) -> None:
        """Nothing is held."""
