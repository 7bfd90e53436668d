"""Processes by Windows: whether one runs, and the right to bring its window to the front."""

from __future__ import annotations

import ctypes
from typing import Any, Final

_SYNCHRONIZE: Final = 0x0010_0000
_STOP_SIGN: Final = 0x10
"""MB_ICONERROR."""
_WAIT_TIMEOUT: Final = 0x102


def is_alive(pid: int) -> bool:
    """Return whether a process of this user runs."""
    kernel = _libraries().kernel32
    kernel.OpenProcess.restype = ctypes.c_void_p
    kernel.WaitForSingleObject.argtypes = (ctypes.c_void_p, ctypes.c_uint)
    kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
    process = kernel.OpenProcess(_SYNCHRONIZE, False, pid)
    if not process:
        return False
    try:
        return bool(kernel.WaitForSingleObject(process, 0) == _WAIT_TIMEOUT)
    finally:
        kernel.CloseHandle(process)


def let_come_to_front(pid: int) -> None:
    """Pass on the right that Windows gave us, since the user started us: only so the other may come.

    Without that right nothing happens, and the taskbar blinks instead.
    """
    _libraries().user32.AllowSetForegroundWindow(pid)


def show_fault(text: str) -> None:
    """Show why the program cannot start, and wait until it was read."""
    show = _libraries().user32.MessageBoxW
    show.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p, ctypes.c_wchar_p, ctypes.c_uint)
    show(None, text, "Reception", _STOP_SIGN)


def _libraries() -> Any:
    libraries: Any = getattr(ctypes, "windll", None)  # not there elsewhere, nor known to mypy
    if libraries is None:
        raise OSError("this is no Windows")
    return libraries
