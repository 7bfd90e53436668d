"""The short form of `make bench`: fails when a goal of speed is missed by more than twice."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tests.bench.__main__ as bench
from tests.bench import report
from tests.bench.__main__ import CASES, CaseFailed, measure
from tests.bench.figures import GROSS, Figure
from tests.bench.goals import GOALS, Goal
from tests.bench.report import plot, table

_TRIES = 3
"""Other programs run on the same computer: what is measured well once can be done."""


@pytest.mark.gui
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="one clock for all processes, and /proc")
@pytest.mark.parametrize("case", CASES)
def test_speed(case: str) -> None:
    missed: dict[str, Figure] = {}
    for _ in range(_TRIES):
        figures = {figure.goal: figure for figure in measure(case, is_short=True)}
        assert figures
        missed = {goal: figure for goal, figure in figures.items() if not figure.is_met(slack=GROSS)}
        if not missed:
            break
    assert [figure.line(slack=GROSS) for figure in missed.values()] == []


def test_a_case_that_fails_loses_no_figures(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(case: str, *, is_short: bool) -> Iterator[Figure]:
        yield Figure(goal="17" if case == "engine" else "1", value=1.0, floor=1.0)
        if case == "start":
            raise CaseFailed("start failed")

    monkeypatch.setattr(bench, "measure", broken)
    monkeypatch.setattr(report, "CACHE", tmp_path)
    assert bench.main(["start", "engine"]) == 1
    told = capfd.readouterr()
    assert told.out.splitlines() == ["goal 1 ratio=1.00 limit=1.35 ok", "goal 17 ratio=1.00 limit=1.30 ok"]
    assert "# start failed" in told.err
    assert len((tmp_path / "table.md").read_text(encoding="utf-8").splitlines()) == 4
    assert bench.main(["engine"]) == 0


def test_a_process_that_ends_badly_is_a_case_that_failed() -> None:
    with pytest.raises(CaseFailed, match="no_such_case failed"):
        list(measure("no_such_case", is_short=True))


def test_a_goal_that_is_missed_is_said() -> None:
    figure = Figure(goal="4", value=10.0, floor=1000 / 60)
    assert figure.line() == "goal 4 ratio=0.60 limit=0.50 missed"
    assert figure.line(slack=2.0) == "goal 4 ratio=0.60 limit=1.00 ok"
    assert "**missed**" in table([figure], slack=1.0)
    assert "0.60 of 0.5" in plot([figure], slack=1.0)


def test_the_goals_are_those_of_the_design() -> None:
    numbers = {int(name.rstrip("bc")) for name in GOALS}
    assert numbers == {*range(1, 12), *range(14, 22)}
    assert GOALS["7"] == Goal("status change to painted, 1,000 a second on visible rows, p99", "frame", 1.25)
