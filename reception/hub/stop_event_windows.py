"""Waits for a named event of Windows, as `reception.hub.stop_event` lays down."""

from __future__ import annotations

import ctypes
from typing import Any, Final

_SYNCHRONIZE: Final = 0x0010_0000
_INFINITE: Final = 0xFFFF_FFFF
_WAIT_OBJECT_0: Final = 0


def wait_for(name: str) -> None:
    """Wait until the event is set. Raises OSError when there is none of this name."""
    load: Any = getattr(ctypes, "WinDLL", None)  # not there elsewhere, nor known to mypy
    if load is None:
        raise OSError("this is no Windows")
    kernel = load("kernel32", use_last_error=True)
    kernel.OpenEventW.restype = ctypes.c_void_p
    kernel.OpenEventW.argtypes = (ctypes.c_uint, ctypes.c_int, ctypes.c_wchar_p)
    kernel.WaitForSingleObject.argtypes = (ctypes.c_void_p, ctypes.c_uint)
    kernel.CloseHandle.argtypes = (ctypes.c_void_p,)
    event = kernel.OpenEventW(_SYNCHRONIZE, False, name)
    if not event:
        raise _last_error(name)
    try:
        if kernel.WaitForSingleObject(event, _INFINITE) != _WAIT_OBJECT_0:
            raise _last_error(name)
    finally:
        kernel.CloseHandle(event)


def _last_error(name: str) -> OSError:
    last: Any = getattr(ctypes, "get_last_error", None)
    return OSError(f"error {last()} of Windows for the event {name}")
