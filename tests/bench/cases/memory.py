"""Goals 2 and 3: memory with everybody shown and a hub connected, against a bare window and fewer people."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.child import child
from tests.bench.crowd import sizes
from tests.bench.figures import Figure, side_by_side
from tests.bench.replicas import kept_folder


def run(*, is_short: bool) -> Iterator[Figure]:
    """Weigh a bare window and the console at both sizes, by turns."""
    small, large = sizes(is_short=is_short)
    bare, few, many = [], [], []
    for _ in range(1 if is_short else 3):
        bare.append(weigh("bare"))
        few.append(console(small))
        many.append(console(large))
    yield side_by_side("2", many, bare, unit="MB")
    yield side_by_side("3", many, few, unit="MB")


def console(count: int) -> float:
    """Return the memory of a console with a hub of so many people, in MB."""
    with child("tests.bench.children.hub", str(count)) as hub:
        return weigh("shown", str(kept_folder(count)), str(count), hub.line().strip())


def weigh(*arguments: str) -> float:
    """Return the resident memory of a process that has come to rest, in MB."""
    with child("tests.bench.children.weight", *arguments) as one:
        return float(one.line())
