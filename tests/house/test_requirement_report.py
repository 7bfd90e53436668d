"""The count of proven requirements: scripts/requirements.py and what feeds it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts import requirements
from tests.house import marks
from tests.house.inner import run_inner

TEXT = """
- **000-01** [hub] First.
- **000-02** [console] Second, and it says **000-03** inside.
not a line: **000-09** [hub]
- **001-01** [hub] Third.
"""
ITEMS = requirements.read_requirements(TEXT)


def test_reads_numbered_lines_only() -> None:
    assert [(i.number, i.area, i.tag) for i in ITEMS] == [
        ("000-01", "000", "hub"),
        ("000-02", "000", "console"),
        ("001-01", "001", "hub"),
    ]
    assert ITEMS[0].text == "First."


@pytest.mark.parametrize("extra", ["- **000-01** [hub] Again.", "- **000-07** [kitchen] Where?"])
def test_refuses_doubled_numbers_and_unknown_tags(extra: str) -> None:
    with pytest.raises(ValueError, match=extra[4:10]):
        requirements.read_requirements(TEXT + extra)


def test_the_projects_own_list_is_complete() -> None:
    items = requirements.read_requirements(requirements.REQUIREMENTS.read_text(encoding="utf-8"))
    assert requirements.machine_line(items, set()) == (
        "requirements proven=0 total=614 000=0/38 001=0/57 002=0/429 003=0/59 004=0/31"
    )


def test_only_passing_tests_prove() -> None:
    results = {
        "tests": {
            "a": {"outcome": "passed", "requirements": ["000-01", "001-01"]},
            "b": {"outcome": "failed", "requirements": ["000-02"]},
            "c": {"outcome": "skipped", "requirements": ["000-02"]},
        }
    }
    assert requirements.proven_numbers(results) == {"000-01", "001-01"}


def test_machine_line_ignores_numbers_that_are_no_requirement() -> None:
    line = requirements.machine_line(ITEMS, {"000-01", "999-99"})
    assert line == "requirements proven=1 total=3 000=1/2 001=0/1"


def test_table_counts_by_area_and_tag() -> None:
    lines = [line.split() for line in requirements.table(ITEMS, {"000-01"})]
    assert lines[0] == ["area", *(f"[{tag}]" for tag in requirements.TAGS), "all"]
    assert lines[1] == ["000", "0/1", "1/1", "0/0", "0/0", "0/0", "0/0", "1/2"]
    assert lines[-1] == ["all", "0/1", "1/2", "0/0", "0/0", "0/0", "0/0", "1/3"]


def test_list_names_what_is_missing() -> None:
    assert requirements.missing_list(ITEMS, {"000-01", "001-01"}) == [
        "Without a passing test: 1",
        "  000-02 [console] Second, and it says **000-03** inside.",
    ]


def test_report_ends_with_the_machine_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    results = tmp_path / "results.json"
    results.write_text(json.dumps({"tests": {"t": {"outcome": "passed", "requirements": ["002-359"]}}}))
    assert requirements.main(["--results", str(results)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Without a passing test: 613"
    assert lines[-1] == "requirements proven=1 total=614 000=0/38 001=0/57 002=1/429 003=0/59 004=0/31"
    assert requirements.main(["--brief", "--results", str(results)]) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("area")


def test_says_how_to_get_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert requirements.main(["--results", str(tmp_path / "none.json")]) == 2
    assert "make requirements" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("reports", "outcome"),
    [
        ({"setup": "passed", "call": "passed", "teardown": "passed"}, "passed"),
        ({"setup": "passed", "call": "passed", "teardown": "failed"}, "failed"),
        ({"setup": "failed", "teardown": "passed"}, "failed"),
        ({"setup": "skipped", "teardown": "passed"}, "skipped"),
        ({"setup": "passed", "call": "skipped", "teardown": "passed"}, "skipped"),
    ],
)
def test_a_test_has_passed_when_all_its_phases_have(reports: dict[str, str], outcome: str) -> None:
    assert marks.outcome_of(reports) == outcome


def test_partial_runs_are_laid_over_older_ones(tmp_path: Path) -> None:
    (tmp_path / "test_a.py").touch()
    old = {"test_a.py::one": 1, "test_a.py::two": 1, "test_gone.py::three": 1}
    assert marks.merge(old, {"test_a.py::two": 2}, tmp_path) == {"test_a.py::one": 1, "test_a.py::two": 2}


def test_an_unknown_number_stops_the_run(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.requirement("009-99")
        def test_something():
            pass
        """
    )
    run = run_inner(pytester, "tests.house.marks")
    assert run.ret == pytest.ExitCode.USAGE_ERROR
    run.stderr.fnmatch_lines(["*not in tests/requirements.md*", "*test_something: 009-99"])


def test_a_run_writes_its_outcomes(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        @pytest.mark.requirement("002-359", "000-01")
        def test_good():
            pass

        @pytest.mark.requirement("000-02")
        def test_bad():
            assert False

        def test_unmarked():
            pass
        """
    )
    assert run_inner(pytester, "tests.house.marks").ret == pytest.ExitCode.TESTS_FAILED
    results = json.loads((pytester.path / marks.WHERE).read_text(encoding="utf-8"))
    assert [(t["outcome"], t["requirements"]) for t in results["tests"].values()] == [
        ("failed", ["000-02"]),
        ("passed", ["000-01", "002-359"]),
    ]
