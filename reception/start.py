"""The program's first lines."""

from __future__ import annotations

import gc
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program; returns its exit code (see `reception.cli`).

    What is read at the start stays: looking for garbage in it only makes the window come later.
    """
    gc.disable()
    from reception.cli import main as run

    gc.enable()
    return run(argv)
