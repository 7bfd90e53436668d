"""Policies in the registry of Windows, as group policies and the installer write them."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Final

POLICIES: Final = r"Software\Policies\Reception"
SETUP: Final = r"Software\Reception\Setup"


class PolicyRegistry:
    """A `PolicySource` on Windows. What is said for the computer goes before what is said for the user."""

    def settled(self) -> Mapping[str, object]:
        """Return the policies of both."""
        return {**_values("HKEY_CURRENT_USER", POLICIES), **_values("HKEY_LOCAL_MACHINE", POLICIES)}

    def proposed(self) -> Mapping[str, object]:
        """Return what the installer left for the computer, or for the user where it installed for one
        only.
        """
        return {**_values("HKEY_LOCAL_MACHINE", SETUP), **_values("HKEY_CURRENT_USER", SETUP)}


def _values(hive: str, path: str) -> dict[str, object]:
    """Return the values of a key; none where there is no such key. Raises OSError when it cannot be read."""
    found: dict[str, object] = {}
    if sys.platform == "win32":
        import winreg

        try:
            with winreg.OpenKey(getattr(winreg, hive), path) as key:
                for number in range(winreg.QueryInfoKey(key)[1]):
                    name, value, _ = winreg.EnumValue(key, number)
                    found[name] = value
        except FileNotFoundError:
            return {}
    return found
