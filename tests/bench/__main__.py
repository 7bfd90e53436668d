"""Measures the goals of speed: `python -m tests.bench [--short] [CASE ...]`.

Each case runs in a process of its own, one after the other. A line for each goal goes to the standard output
as it is measured; the table, the plot and the figures go to `out/bench`. A case that fails is said, and the
others are measured all the same. The exit code is 1 when one failed or a goal is missed (in a short run: by
more than twice).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from scripts.requirements import TOP
from tests.bench import report
from tests.bench.figures import GROSS, Figure

CASES: Final = (
    "start",
    "memory",
    "search",
    "keys",
    "live",
    "paint",
    "wall",
    "way",
    "calm",
    "engine",
    "presence",
    "microsoft",
)
TIMEOUT_S: Final = 600.0
SHORT_TIMEOUT_S: Final = 180.0


class CaseFailed(Exception):
    """A case that could not be measured to its end."""


def main(given: Sequence[str] | None = None) -> int:
    """Run the cases that are asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="tests.bench", description="Measure the goals of speed.")
    parser.add_argument("--short", action="store_true", help="small and quick; only gross misses count")
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"of {', '.join(CASES)}; all of them")
    arguments = parser.parse_args(given)
    slack = GROSS if arguments.short else 1.0
    figures: list[Figure] = []
    failed = []
    for case in arguments.cases or CASES:
        began = time.monotonic()
        try:
            for figure in measure(case, is_short=arguments.short):
                figures.append(figure)
                sys.stdout.write(figure.line(slack=slack) + "\n")
                sys.stdout.flush()
        except CaseFailed as failure:
            failed.append(case)
            sys.stderr.write(f"# {failure}\n")
        sys.stderr.write(f"# {case} took {time.monotonic() - began:.0f} s\n")
    report.write(figures, slack=slack)
    if failed:
        sys.stderr.write(f"# not measured to the end: {', '.join(failed)}\n")
    return 0 if not failed and all(f.is_met(slack=slack) for f in figures) else 1


def measure(case: str, *, is_short: bool) -> Iterator[Figure]:
    """Run one case in a process of its own; yields each goal's figure as it is measured.

    Raises CaseFailed when it ends badly or takes too long; what it gave before that counts.
    """
    command = [sys.executable, "-m", "tests.bench.case", case, *(["--short"] if is_short else [])]
    process = subprocess.Popen(command, cwd=TOP, env=environment(), stdout=subprocess.PIPE)
    assert process.stdout is not None
    end = threading.Timer(SHORT_TIMEOUT_S if is_short else TIMEOUT_S, process.kill)
    end.start()
    try:
        for line in process.stdout:
            yield msgspec.json.decode(line, type=Figure)
        if (code := process.wait()) != 0:
            raise CaseFailed(f"{case} failed: its process ended with {code}")
    finally:
        end.cancel()
        process.kill()
        process.communicate()


def environment() -> dict[str, str]:
    """Return an environment as users have it: compiled modules are kept."""
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONDONTWRITEBYTECODE", "PYTHONPATH")}
    return kept | {"PYTHONPATH": str(TOP), "PYTHONUTF8": "1", "LC_ALL": "C.UTF-8"}


if __name__ == "__main__":
    sys.exit(main())
