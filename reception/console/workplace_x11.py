"""The workplace by X11: the screen saver extension (MIT-SCREEN-SAVER), over a connection of its own."""

from __future__ import annotations

import ctypes
from typing import Any, Final

_ON: Final = 1
"""`ScreenSaverOn` of X11/extensions/saver.h: the screen saver, or a lock that is one, covers the screen."""


class _Info(ctypes.Structure):
    """`XScreenSaverInfo` of X11/extensions/scrnsaver.h; `idle` in milliseconds."""

    _fields_ = (
        ("window", ctypes.c_ulong),
        ("state", ctypes.c_int),
        ("kind", ctypes.c_int),
        ("til_or_since", ctypes.c_ulong),
        ("idle", ctypes.c_ulong),
        ("event_mask", ctypes.c_ulong),
    )


class X11Workplace:
    """A `Workplace` on an X11 display, such as ``:0``. Raises OSError where there is none."""

    def __init__(self, display: str) -> None:
        self._x11, self._saver = _libraries()
        self._display = self._x11.XOpenDisplay(display.encode()) if display else None
        if not self._display:
            raise OSError(f"no X11 display {display}".rstrip())
        first, error = ctypes.c_int(), ctypes.c_int()
        if not self._saver.XScreenSaverQueryExtension(
            self._display, ctypes.byref(first), ctypes.byref(error)
        ):
            self.close()
            raise OSError(f"the X11 display {display} has no screen saver extension")
        self._root = self._x11.XDefaultRootWindow(self._display)

    def idle_s(self) -> float | None:
        """Return the seconds since mouse or keyboard were used last."""
        info = self._ask()
        return None if info is None else info.idle / 1000

    def is_locked(self) -> bool:
        """Return whether the screen saver is on."""
        info = self._ask()
        return info is not None and info.state == _ON

    def close(self) -> None:
        """Close the connection. Harmless when closed."""
        if self._display:
            self._x11.XCloseDisplay(self._display)
            self._display = None

    def _ask(self) -> _Info | None:
        info = _Info()
        if not self._display:
            return None
        is_told = self._saver.XScreenSaverQueryInfo(self._display, self._root, ctypes.byref(info))
        return info if is_told else None


def _libraries() -> tuple[Any, Any]:
    x11, saver = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXss.so.1")
    display, out = ctypes.c_void_p, ctypes.POINTER(ctypes.c_int)
    x11.XOpenDisplay.restype, x11.XOpenDisplay.argtypes = display, (ctypes.c_char_p,)
    x11.XDefaultRootWindow.restype, x11.XDefaultRootWindow.argtypes = ctypes.c_ulong, (display,)
    x11.XCloseDisplay.argtypes = (display,)
    saver.XScreenSaverQueryExtension.argtypes = (display, out, out)
    saver.XScreenSaverQueryInfo.argtypes = (display, ctypes.c_ulong, ctypes.POINTER(_Info))
    return x11, saver
