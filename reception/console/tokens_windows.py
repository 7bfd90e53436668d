"""Tokens in the Credential Manager of Windows: generic credentials of this user on this computer."""

from __future__ import annotations

import ctypes
from typing import Any, Final

_GENERIC: Final = 1
"""CRED_TYPE_GENERIC."""
_THIS_COMPUTER: Final = 2
"""CRED_PERSIST_LOCAL_MACHINE: it does not roam with the user's profile."""
_NOT_FOUND: Final = 1168
"""ERROR_NOT_FOUND."""
_USER: Final = "Reception"


class _Credential(ctypes.Structure):
    """CREDENTIALW of wincred.h."""

    _fields_ = (
        ("flags", ctypes.c_uint),
        ("type", ctypes.c_uint),
        ("target", ctypes.c_wchar_p),
        ("comment", ctypes.c_wchar_p),
        ("last_written", ctypes.c_uint * 2),
        ("blob_size", ctypes.c_uint),
        ("blob", ctypes.c_void_p),
        ("persist", ctypes.c_uint),
        ("attribute_count", ctypes.c_uint),
        ("attributes", ctypes.c_void_p),
        ("target_alias", ctypes.c_wchar_p),
        ("user", ctypes.c_wchar_p),
    )


class WindowsTokens:
    """A `TokenStore` on Windows. Raises OSError elsewhere."""

    def __init__(self) -> None:
        load: Any = getattr(ctypes, "WinDLL", None)  # not there elsewhere, nor known to mypy
        if load is None:
            raise OSError("this is no Windows")
        self._library = load("advapi32", use_last_error=True)
        found = ctypes.POINTER(ctypes.POINTER(_Credential))
        self._library.CredReadW.argtypes = (ctypes.c_wchar_p, ctypes.c_uint, ctypes.c_uint, found)
        self._library.CredWriteW.argtypes = (ctypes.POINTER(_Credential), ctypes.c_uint)
        self._library.CredDeleteW.argtypes = (ctypes.c_wchar_p, ctypes.c_uint, ctypes.c_uint)
        self._library.CredFree.argtypes = (ctypes.c_void_p,)

    def read(self, hub: str) -> str:
        """Return the token, empty when there is none. Raises OSError."""
        found = ctypes.POINTER(_Credential)()
        if not self._library.CredReadW(_target(hub), _GENERIC, 0, ctypes.byref(found)):
            number = _last_error()
            if number == _NOT_FOUND:
                return ""
            raise OSError(f"error {number} of Windows")
        try:
            one = found.contents
            return ctypes.string_at(one.blob, one.blob_size).decode("utf-8", "replace")
        finally:
            self._library.CredFree(found)

    def write(self, hub: str, token: str) -> None:
        """Keep it in place of the one before. Raises OSError."""
        secret = token.encode()
        kept = ctypes.create_string_buffer(secret, len(secret))
        one = _Credential(
            type=_GENERIC,
            target=_target(hub),
            blob_size=len(secret),
            blob=ctypes.cast(kept, ctypes.c_void_p),
            persist=_THIS_COMPUTER,
            user=_USER,
        )
        if not self._library.CredWriteW(ctypes.byref(one), 0):
            raise OSError(f"error {_last_error()} of Windows")

    def forget(self, hub: str) -> None:
        """Keep it no longer, if there is one. Raises OSError."""
        if not self._library.CredDeleteW(_target(hub), _GENERIC, 0):
            number = _last_error()
            if number != _NOT_FOUND:
                raise OSError(f"error {number} of Windows")


def _target(hub: str) -> str:
    return f"Reception: {hub}"


def _last_error() -> int:
    last: Any = getattr(ctypes, "get_last_error", None)
    return int(last())
