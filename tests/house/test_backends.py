"""Each backend says in its quality.toml how it keeps the rules for backends."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from scripts.requirements import TOP

RULES = {
    "test-before-setup",  # settings are tried out before they are taken
    "unavailable-shown",  # its light says when it cannot be reached
    "log-when-unavailable",  # once when it breaks, once when it is back
    "re-authentication",  # a refused password stops it and offers the way out
    "diagnostics",  # what a maintainer needs, without secrets
    "strict-typing",
    "contract-suite",  # tests/contract runs on it
    "real-system-run",  # a test runs it on the real thing
}
EMULATORS = "emulators"
"""Speak as the others' servers do: nobody's backends."""
BACKENDS = sorted(p.parent for p in (TOP / "services").glob("*/__init__.py") if p.parent.name != EMULATORS)


def faults(rules: dict[str, Any]) -> list[str]:
    """Return what is wrong with a table of rules, in words."""
    found = [f"missing: {rule}" for rule in sorted(RULES - rules.keys())]
    found += [f"unknown: {rule}" for rule in sorted(rules.keys() - RULES)]
    for rule, value in rules.items():
        reason = value.get("exempt", "") if isinstance(value, dict) else ""
        if value != "done" and not (isinstance(reason, str) and reason.strip()):
            found.append(f'{rule}: neither "done" nor {{ exempt = "reason" }}')
    return found


@pytest.mark.parametrize("backend", BACKENDS, ids=lambda path: path.name)
def test_every_rule_is_kept_or_exempt_with_a_reason(backend: Path) -> None:
    with (backend / "quality.toml").open("rb") as file:
        assert faults(tomllib.load(file)["rules"]) == []


def test_faults_are_found() -> None:
    good: dict[str, Any] = dict.fromkeys(RULES, "done")
    assert faults(good) == []
    assert faults({**good, "diagnostics": {"exempt": "it has none"}}) == []
    assert faults({**good, "diagnostics": {"exempt": " "}}) != []
    assert faults({**good, "diagnostics": "later"}) != []
    assert faults({**good, "colour": "done"}) == ["unknown: colour"]
    assert faults(dict.fromkeys(RULES - {"diagnostics"}, "done")) == ["missing: diagnostics"]
