"""Pytest plugin: which requirements did this run prove?

Every test with `@pytest.mark.requirement("NNN-NN", ...)` is written to out/requirements.json with its
outcome; scripts/requirements.py counts from there. A run of everything replaces the file, a run of some tests
brings their entries up to date. A number that tests/requirements.md does not have stops the run.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from scripts.requirements import REQUIREMENTS, RESULTS, TOP, read_requirements

WHERE = RESULTS.relative_to(TOP)


def numbers_of(item: pytest.Item) -> list[str]:
    """Return the requirement numbers a test is marked with."""
    return sorted({number for mark in item.iter_markers("requirement") for number in mark.args})


def outcome_of(reports: dict[str, str]) -> str:
    """Return one word for the outcomes of a test's phases: all must pass for it to have passed."""
    if "failed" in reports.values():
        return "failed"
    return reports.get("call", "skipped")


def merge(old: dict[str, Any], new: dict[str, Any], top: Path) -> dict[str, Any]:
    """Return old results with new ones laid over them, less those whose test file is gone."""
    both = {**old, **new}
    return {node: test for node, test in both.items() if (top / node.split("::")[0]).exists()}


class Recorder:
    """Collects outcomes during a run and writes them at its end."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.results = top / WHERE
        self.marked: dict[str, list[str]] = {}
        self.reports: dict[str, dict[str, str]] = {}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        known = {item.number for item in read_requirements(REQUIREMENTS.read_text(encoding="utf-8"))}
        self.marked = {item.nodeid: numbers for item in items if (numbers := numbers_of(item))}
        wrong = [f"{node}: {n}" for node, numbers in self.marked.items() for n in numbers if n not in known]
        if wrong:
            raise pytest.UsageError("not in tests/requirements.md:\n" + "\n".join(wrong))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.nodeid in self.marked:
            self.reports.setdefault(report.nodeid, {})[report.when] = report.outcome

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if session.config.option.collectonly:
            return
        new = {
            node: {"outcome": outcome_of(reports), "requirements": self.marked[node]}
            for node, reports in self.reports.items()
        }
        old = {} if is_whole(session.config) or not self.results.exists() else self._read()
        self.results.parent.mkdir(parents=True, exist_ok=True)
        written = self.results.with_suffix(f".{os.getpid()}")
        written.write_text(json.dumps({"tests": merge(old, new, self.top)}, indent=1, sort_keys=True))
        written.replace(self.results)

    def _read(self) -> dict[str, Any]:
        tests: dict[str, Any] = json.loads(self.results.read_text(encoding="utf-8"))["tests"]
        return tests


def is_whole(config: pytest.Config) -> bool:
    """Tell whether this run was asked for every test."""
    chosen = config.option.keyword or config.option.markexpr or getattr(config.option, "lf", False)
    return config.args_source is pytest.Config.ArgsSource.TESTPATHS and not chosen


def pytest_configure(config: pytest.Config) -> None:
    """Begin to record."""
    config.pluginmanager.register(Recorder(config.rootpath), "requirement-recorder")
