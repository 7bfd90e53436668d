"""Keys from other programs by Windows: RegisterHotKey, in a thread that has the messages to itself.

A thread of its own needs no window, and nothing of Qt's: hot keys without a window come to the thread's
queue.
"""

from __future__ import annotations

import ctypes
import threading
from typing import Any, Final

from reception.console.hot_keys import OnPress
from reception.console.strokes import Stroke

_HELD: Final = {"Alt": 0x1, "Ctrl": 0x2, "Shift": 0x4, "Meta": 0x8}
_NO_REPEAT: Final = 0x4000
"""MOD_NOREPEAT: a key held down answers once."""
_HOT_KEY: Final = 0x0312
_QUIT: Final = 0x0012
"""WM_HOTKEY, WM_QUIT."""
_CODES: Final = {
    "Space": 0x20,
    "PgUp": 0x21,
    "PgDown": 0x22,
    "End": 0x23,
    "Home": 0x24,
    "Ins": 0x2D,
    "Pause": 0x13,
    **{f"F{n}": 0x6F + n for n in range(1, 25)},
}
_READY_S: Final = 5.0


class _Message(ctypes.Structure):
    """MSG of winuser.h."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("kind", ctypes.c_uint),
        ("wide", ctypes.c_size_t),
        ("long", ctypes.c_ssize_t),
        ("time", ctypes.c_uint),
        ("x", ctypes.c_int),
        ("y", ctypes.c_int),
    )


class WindowsHotKeys:
    """`HotKeys` on Windows. Raises OSError elsewhere."""

    def __init__(self, strokes: tuple[Stroke, ...], on_press: OnPress) -> None:
        libraries: Any = getattr(ctypes, "windll", None)  # not there elsewhere, nor known to mypy
        if libraries is None:
            raise OSError("this is no Windows")
        self._user, self._kernel = libraries.user32, libraries.kernel32
        self._strokes, self._on_press = strokes, on_press
        self._refused: list[Stroke] = []
        self._ready = threading.Event()
        self._thread_id = 0
        self._thread = threading.Thread(target=self._listen, name="hot keys", daemon=True)
        self._thread.start()
        self._ready.wait(_READY_S)

    @property
    def refused(self) -> tuple[Stroke, ...]:
        """The strokes that another program has already."""
        return tuple(self._refused)

    def close(self) -> None:
        """Give them back: they go with the thread."""
        if self._thread.is_alive():
            self._user.PostThreadMessageW(self._thread_id, _QUIT, 0, 0)
            self._thread.join(_READY_S)

    def _listen(self) -> None:
        self._thread_id = self._kernel.GetCurrentThreadId()
        for number, stroke in enumerate(self._strokes):
            if not self._user.RegisterHotKey(None, number, held_of(stroke), code_of(stroke)):
                self._refused.append(stroke)
        self._ready.set()
        message = _Message()
        while self._user.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
            if message.kind == _HOT_KEY and message.wide < len(self._strokes):
                self._on_press(self._strokes[message.wide])
        for number in range(len(self._strokes)):
            self._user.UnregisterHotKey(None, number)


def held_of(stroke: Stroke) -> int:
    """Return the modifiers as RegisterHotKey has them."""
    return _NO_REPEAT | sum(_HELD[name] for name in stroke.modifiers)


def code_of(stroke: Stroke) -> int:
    """Return the virtual key code."""
    return _CODES.get(stroke.key) or ord(stroke.key)
