"""Other processes of a measurement: started, spoken with by lines, ended with it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from scripts.requirements import TOP


class Child:
    """A process that answers each line with a line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process

    def line(self) -> str:
        """Return the next line it says."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"a part of the measurement has ended: {self.process.args!r}"
        return line

    def ask(self, *order: Any) -> Any:
        """Give an order and return the answer."""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        return json.loads(self.line())


@contextmanager
def child(*arguments: str) -> Iterator[Child]:
    """Run ``python -m ARGUMENTS`` until the block ends."""
    command = [sys.executable, "-m", *arguments]
    process = subprocess.Popen(
        command, cwd=TOP, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        yield Child(process)
    finally:
        process.terminate()
        process.communicate()
