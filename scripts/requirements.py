"""Counts which requirements of tests/requirements.md have a passing test.

Reads out/requirements.json, which every test run brings up to date (tests/house/marks.py). Prints the
requirements without a passing test, a table by area and tag, and at the very end one line for machines.
With --brief the list is left out.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

TOP = Path(__file__).resolve().parent.parent
REQUIREMENTS = TOP / "tests" / "requirements.md"
RESULTS = TOP / "out" / "requirements.json"
TAGS = ("console", "hub", "admin", "web", "voice", "device")

_LINE = re.compile(r"^- \*\*(?P<number>(?P<area>\d{3})-\d+)\*\* \[(?P<tag>\w+)\] (?P<text>.+)$")


class Requirement(NamedTuple):
    """One numbered line."""

    number: str
    area: str
    tag: str
    text: str


def read_requirements(text: str) -> list[Requirement]:
    """Return the numbered lines in order. Raises ValueError on a number used twice or an unknown tag."""
    found: dict[str, Requirement] = {}
    for line in text.splitlines():
        if match := _LINE.match(line):
            item = Requirement(**match.groupdict())
            if item.number in found:
                raise ValueError(f"{item.number} stands twice")
            if item.tag not in TAGS:
                raise ValueError(f"{item.number} has the unknown tag [{item.tag}]")
            found[item.number] = item
    return list(found.values())


def proven_numbers(results: Mapping[str, Any]) -> set[str]:
    """Return the numbers that a passing test is marked with, of what tests/house/marks.py wrote."""
    return {
        number
        for test in results["tests"].values()
        if test["outcome"] == "passed"
        for number in test["requirements"]
    }


def _share(items: Iterable[Requirement], proven: set[str], wanted: Callable[[Requirement], bool]) -> str:
    chosen = [item.number for item in items if wanted(item)]
    return f"{len(proven.intersection(chosen))}/{len(chosen)}"


def missing_list(items: Sequence[Requirement], proven: set[str]) -> list[str]:
    """Return the lines that list what has no passing test."""
    missing = [item for item in items if item.number not in proven]
    return [
        f"Without a passing test: {len(missing)}",
        *(f"  {i.number} [{i.tag}] {i.text}" for i in missing),
    ]


def table(items: Sequence[Requirement], proven: set[str]) -> list[str]:
    """Return the lines of the table: areas down, tags across."""
    columns = [f"[{tag}]" for tag in TAGS]
    lines = ["area " + "".join(f"{name:>11}" for name in [*columns, "all"])]
    areas = sorted({item.area for item in items})
    for area in [*areas, "all"]:
        rows = [item for item in items if area in (item.area, "all")]
        cells = [_share(rows, proven, lambda item, tag=tag: item.tag == tag) for tag in TAGS]
        lines.append(f"{area:<5}" + "".join(f"{c:>11}" for c in [*cells, _share(rows, proven, bool)]))
    return lines


def machine_line(items: Sequence[Requirement], proven: set[str]) -> str:
    """Return the last line: ``requirements proven=N total=614 000=a/38 ...``."""
    areas = sorted({item.area for item in items})
    shares = [f"{area}={_share(items, proven, lambda item, area=area: item.area == area)}" for area in areas]
    done = len(proven.intersection(item.number for item in items))
    return f"requirements proven={done} total={len(items)} {' '.join(shares)}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report; 2 when no tests have run yet."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--brief", action="store_true", help="leave out the list")
    parser.add_argument("--results", type=Path, default=RESULTS, help="results of a test run")
    options = parser.parse_args(arguments)
    if not options.results.exists():
        print("No tests have run yet: 'make test' or 'make requirements' runs them.", file=sys.stderr)
        return 2
    items = read_requirements(REQUIREMENTS.read_text(encoding="utf-8"))
    proven = proven_numbers(json.loads(options.results.read_text(encoding="utf-8")))
    listing = [] if options.brief else [*missing_list(items, proven), ""]
    print("\n".join([*listing, *table(items, proven), machine_line(items, proven)]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
