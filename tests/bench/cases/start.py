"""Goal 1: from the first line of Python to everybody painted and found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from reception.runtime import cache_dir
from scripts.requirements import TOP
from tests.bench.crowd import sizes
from tests.bench.figures import Figure, side_by_side
from tests.bench.replicas import kept_folder

CHILDREN: Final = TOP / "tests" / "bench" / "children"


def run(*, is_short: bool) -> Iterator[Figure]:
    """Start the program and both floors by turns."""
    rounds = 3 if is_short else 15
    _, many = sizes(is_short=is_short)
    bare, loop, console = [], [], []
    with TemporaryDirectory() as folder:
        data, token = prepare(Path(folder), many)
        start("begin.py", str(data), str(token))  # the first one compiles
        for _ in range(rounds):
            bare.append(float(start("bare.py")[0]))
            loop.append(float(start("bare.py", "qasync")[0]))
            ready, painted, known, found = map(float, start("begin.py", str(data), str(token)))
            assert (known, bool(found)) == (many, True), "the list was not whole"
            assert painted <= ready
            console.append(ready)
    yield side_by_side("1", console, loop)
    yield side_by_side("1b", console, bare)


def prepare(folder: Path, count: int) -> tuple[Path, Path]:
    """Make a data folder of a console that knows so many; returns it and its token."""
    token = folder / "token"
    token.write_text("a token that opens nothing\n", encoding="utf-8")
    token.chmod(0o600)
    shutil.copytree(kept_folder(count), cache_dir(folder, "ws://127.0.0.1:9", str(token), ""))
    return folder, token


def start(script: str, *arguments: str) -> list[str]:
    """Run one of the children to its end; returns the words it said."""
    command = [sys.executable, str(CHILDREN / script), *arguments]
    # What is installed is compiled once; where Python is told to write nothing, ours would be at every start.
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    run = subprocess.run(
        command, cwd=TOP, stdout=subprocess.PIPE, text=True, timeout=60, check=True, env=environment
    )
    return run.stdout.split()
