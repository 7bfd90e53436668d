"""Keys from other programs by X11: grabbed at the root window, over a connection of its own."""

from __future__ import annotations

import ctypes
import os
import select
import threading
from itertools import combinations
from typing import Any, Final

from reception.console.hot_keys import OnPress
from reception.console.strokes import Stroke

_HELD: Final = {"Shift": 1 << 0, "Ctrl": 1 << 2, "Alt": 1 << 3, "Meta": 1 << 6}
_LOCKS: Final = (1 << 1, 1 << 4)
"""Caps lock and num lock: they do not matter, so each grab is made with all of their combinations."""
_NAMES: Final = {"Space": "space", "PgUp": "Prior", "PgDown": "Next", "Ins": "Insert"}
_KEY_PRESS: Final = 2
_ASYNC: Final = 1
_EVENT_BYTES: Final = 192
"""`XEvent` is a union of 24 longs."""


class _KeyEvent(ctypes.Structure):
    """The beginning of `XKeyEvent` of X11/Xlib.h."""

    _fields_ = (
        ("type", ctypes.c_int),
        ("serial", ctypes.c_ulong),
        ("send_event", ctypes.c_int),
        ("display", ctypes.c_void_p),
        ("window", ctypes.c_ulong),
        ("root", ctypes.c_ulong),
        ("subwindow", ctypes.c_ulong),
        ("time", ctypes.c_ulong),
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
        ("x_root", ctypes.c_int),
        ("y_root", ctypes.c_int),
        ("state", ctypes.c_uint),
        ("keycode", ctypes.c_uint),
    )


_OnError = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


class X11HotKeys:
    """`HotKeys` on an X11 display, such as ``:0``. Raises OSError where there is none."""

    def __init__(self, display: str, strokes: tuple[Stroke, ...], on_press: OnPress) -> None:
        self._x11 = _library()
        self._display = self._x11.XOpenDisplay(display.encode()) if display else None
        if not self._display:
            raise OSError(f"no X11 display {display}".rstrip())
        self._on_press = on_press
        self._taken: dict[tuple[int, int], Stroke] = {}
        self._refused: list[Stroke] = []
        for stroke in strokes:
            self._grab(stroke)
        self._awake, self._wake = os.pipe()
        self._thread = threading.Thread(target=self._listen, name="hot keys", daemon=True)
        self._thread.start()

    @property
    def refused(self) -> tuple[Stroke, ...]:
        """The strokes that another program has already."""
        return tuple(self._refused)

    def close(self) -> None:
        """Give them back. Harmless when closed."""
        if self._display:
            os.write(self._wake, b"\n")
            self._thread.join()
            os.close(self._awake)
            os.close(self._wake)
            self._x11.XCloseDisplay(self._display)
            self._display = None

    def _grab(self, stroke: Stroke) -> None:
        """Take a stroke, whatever locks are on."""
        name = _NAMES.get(stroke.key, stroke.key if len(stroke.key) > 1 else stroke.key.lower())
        code = self._x11.XKeysymToKeycode(self._display, self._x11.XStringToKeysym(name.encode()))
        held = sum(_HELD[modifier] for modifier in stroke.modifiers)
        root = self._x11.XDefaultRootWindow(self._display)
        failed: list[int] = []

        def on_error(_display: int, _event: int) -> int:  # Xlib's own would end the program
            failed.append(1)
            return 0

        mine = _OnError(on_error)
        before = self._x11.XSetErrorHandler(mine)
        for count in range(len(_LOCKS) + 1):
            for locks in combinations(_LOCKS, count):
                mask = held | sum(locks)
                self._x11.XGrabKey(self._display, code, mask, root, False, _ASYNC, _ASYNC)
        self._x11.XSync(self._display, False)
        self._x11.XSetErrorHandler(before)
        if failed or not code:
            self._refused.append(stroke)
        else:
            self._taken[code, held] = stroke

    def _listen(self) -> None:
        """Hear them until `close` wakes us. The connection belongs to this thread meanwhile."""
        event = (ctypes.c_char * _EVENT_BYTES)()
        line = self._x11.XConnectionNumber(self._display)
        while True:
            while self._x11.XPending(self._display):
                self._x11.XNextEvent(self._display, event)
                self._hear(_KeyEvent.from_buffer(event))
            if self._awake in select.select([line, self._awake], [], [])[0]:
                return

    def _hear(self, event: _KeyEvent) -> None:
        held = event.state & sum(_HELD.values())
        stroke = self._taken.get((event.keycode, held))
        if event.type == _KEY_PRESS and stroke is not None:
            self._on_press(stroke)


def _library() -> Any:
    x11 = ctypes.CDLL("libX11.so.6")
    display, number = ctypes.c_void_p, ctypes.c_int
    x11.XOpenDisplay.restype, x11.XOpenDisplay.argtypes = display, (ctypes.c_char_p,)
    x11.XDefaultRootWindow.restype, x11.XDefaultRootWindow.argtypes = ctypes.c_ulong, (display,)
    x11.XStringToKeysym.restype, x11.XStringToKeysym.argtypes = ctypes.c_ulong, (ctypes.c_char_p,)
    x11.XKeysymToKeycode.restype, x11.XKeysymToKeycode.argtypes = ctypes.c_ubyte, (display, ctypes.c_ulong)
    x11.XGrabKey.argtypes = (display, number, ctypes.c_uint, ctypes.c_ulong, number, number, number)
    x11.XSetErrorHandler.restype, x11.XSetErrorHandler.argtypes = ctypes.c_void_p, (ctypes.c_void_p,)
    for name in ("XPending", "XConnectionNumber", "XCloseDisplay"):
        getattr(x11, name).argtypes = (display,)
    x11.XSync.argtypes = (display, number)
    x11.XNextEvent.argtypes = (display, ctypes.c_void_p)
    return x11
