"""One case as a process: `python -m tests.bench.case NAME [--short]`; a figure in JSON on each line."""

from __future__ import annotations

import faulthandler
import importlib
import sys

import msgspec


def main(name: str, *, is_short: bool) -> None:
    """Measure, and say each figure as soon as it is there."""
    faulthandler.enable()
    module = importlib.import_module(f"tests.bench.cases.{name}")
    for figure in module.run(is_short=is_short):
        sys.stdout.write(msgspec.json.encode(figure).decode() + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], is_short="--short" in sys.argv[2:])
