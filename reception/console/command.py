"""How this program starts itself anew, for another task."""

from __future__ import annotations

import sys


def own_command(*arguments: str) -> list[str]:
    """Return the command line; in a frozen program the program itself is what runs."""
    program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "reception"]
    return [*program, *arguments]
