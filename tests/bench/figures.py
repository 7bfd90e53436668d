"""What a measurement gives, and the few statistics that are needed."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from typing import Final

import msgspec

from tests.bench.goals import FRAME_MS, GOALS, Goal

GROSS: Final = 2.0
"""A short run is too noisy for the goals themselves; it fails beyond this many times the goal."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One goal as measured: the program's value and its floor, in the same unit.

    `note` is for people: medians beside a p99, how much was measured.
    """

    goal: str
    value: float
    floor: float
    unit: str = "ms"
    note: str = ""

    @property
    def ratio(self) -> float:
        """The value in floors."""
        return self.value / self.floor

    @property
    def of(self) -> Goal:
        """The goal's words and limit."""
        return GOALS[self.goal]

    def is_met(self, *, slack: float = 1.0) -> bool:
        """True within the limit, or within so many times the limit."""
        return self.ratio <= self.of.limit * slack

    def line(self, *, slack: float = 1.0) -> str:
        """Return the line for machines."""
        word = "ok" if self.is_met(slack=slack) else "missed"
        return f"goal {self.goal} ratio={self.ratio:.2f} limit={self.of.limit * slack:.2f} {word}"


def p99(values: Sequence[float]) -> float:
    """Return the value that 99 of 100 do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(0.99 * len(ordered)) - 1)]


def of_frames(
    goal: str, rounds: Sequence[Sequence[float]], take: Callable[[Sequence[float]], float]
) -> Figure:
    """Return a figure in frames: the median over rounds of what `take` makes of each round's times (ms)."""
    everything = [value for one in rounds for value in one]
    return Figure(
        goal=goal,
        value=statistics.median(take(one) for one in rounds),
        floor=FRAME_MS,
        note=f"p50 {statistics.median(everything):.2f}, p99 {p99(everything):.2f}, "
        f"max {max(everything):.2f} ms of {len(everything)}",
    )


def side_by_side(goal: str, values: Sequence[float], floors: Sequence[float], *, unit: str = "ms") -> Figure:
    """Return a figure from measurements that were taken by turns: the medians of both."""
    spread = f"{min(values):.4g}-{max(values):.4g} against {min(floors):.4g}-{max(floors):.4g}"
    return Figure(
        goal=goal,
        value=statistics.median(values),
        floor=statistics.median(floors),
        unit=unit,
        note=f"{spread}, {len(values)} rounds",
    )
