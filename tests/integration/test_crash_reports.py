"""Reports of crashes: what is in them and what never is, of processes that fail, die, or end in order."""

from __future__ import annotations

import logging
import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import reception
from reception.crashes import KEPT, CrashReport, described, folder_of, found_in
from tests.integration.program import environment

SECRET = "MØT: Kundemøde with +4570101010"

_PROGRAM = """
import gc, os, signal, sys, threading
from pathlib import Path
from reception.crashes import CrashReport
report = CrashReport(Path(sys.argv[1]), "console")
report.begin()
SECRET = sys.argv[2]
{act}
report.end()
"""


def run(folder: Path, act: str) -> int:
    program = _PROGRAM.replace("{act}", textwrap.dedent(act))
    command = [sys.executable, "-c", program, str(folder), SECRET]
    done = subprocess.run(command, env=environment(folder), capture_output=True, timeout=60, check=False)
    return done.returncode


def dead(_pid: int) -> bool:
    return False


def report_of(folder: Path) -> str:
    (file,) = found_in(folder, dead)
    assert file.suffix == ".txt"
    if sys.platform != "win32":
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert found_in(folder, dead) == [], "each is found once"
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("act", "kind", "where"),
    [
        ("raise ValueError(SECRET)", "builtins.ValueError", "uncaught"),
        (
            "def f(): raise KeyError(SECRET)\nt = threading.Thread(None, f, 'talker')\nt.start()\nt.join()",
            "builtins.KeyError",
            "thread talker",
        ),
        (
            "class A:\n    def __del__(self): raise TypeError(SECRET)\nA()\ngc.collect()",
            "builtins.TypeError",
            "unraisable",
        ),
        (
            "try:\n    open(SECRET)\nexcept OSError as e:\n    report.note(e, 'slot')",
            "builtins.FileNotFoundError 2",
            "slot",
        ),
    ],
)
def test_an_error_leaves_kind_and_place_and_no_word_of_callers(
    tmp_path: Path, act: str, kind: str, where: str
) -> None:
    run(tmp_path, act)
    text = report_of(tmp_path)
    assert text.startswith(f"Reception {reception.__version__} console\nPython ")
    assert kind in text
    assert where in text
    assert 'File "<string>", line ' in text
    assert "70101010" not in text
    assert "Kundem" not in text


@pytest.mark.skipif(sys.platform == "win32", reason="signals are for POSIX")
def test_a_process_that_dies_leaves_its_stacks(tmp_path: Path) -> None:
    assert run(tmp_path, "def deep(): os.kill(os.getpid(), signal.SIGSEGV)\ndeep()") == -signal.SIGSEGV
    text = report_of(tmp_path)
    assert "Segmentation fault" in text
    assert "in deep" in text


OTHERS = "import faulthandler; faulthandler.dump_traceback(report._out)"


@pytest.mark.parametrize("act", ["", OTHERS, "os._exit(9)"])
def test_without_an_error_there_is_no_report(tmp_path: Path, act: str) -> None:
    """In order, in order with what others caught, and ended by force."""
    run(tmp_path, act)
    assert found_in(tmp_path, dead) == []
    assert list(folder_of(tmp_path).iterdir()) == []


def test_one_that_still_runs_is_left_alone(tmp_path: Path) -> None:
    report = CrashReport(tmp_path, "console")
    report.begin()
    try:
        report.note(ValueError("x"), "slot")
        assert found_in(tmp_path, lambda pid: pid == os.getpid()) == []
        assert report.file.exists()
    finally:
        report.end()
    assert "builtins.ValueError" in report_of(tmp_path)


def test_old_ones_go(tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    folder.mkdir()
    for number in range(KEPT + 3):
        file = folder / f"console-{number:02}-1.txt"
        file.write_text("old")
        os.utime(file, (number, number))
    run(tmp_path, "raise ValueError")
    assert len(found_in(tmp_path, dead)) == 1
    names = sorted(file.name for file in folder.iterdir())
    assert len(names) == KEPT
    assert "console-03-1.txt" not in names
    assert "console-12-1.txt" in names


def test_a_report_does_not_grow_without_end(tmp_path: Path) -> None:
    report = CrashReport(tmp_path, "console")
    report.begin()
    for _ in range(20_000):
        report.note(ValueError(), "slot")
    report.end()
    assert report.file.stat().st_size < 201_000


def test_where_nothing_can_be_written_the_program_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "crashes").write_text("a file in the way")
    report = CrashReport(tmp_path, "console")
    report.begin()
    report.note(ValueError(), "slot")
    report.end()
    assert [record.levelno for record in caplog.records] == [logging.WARNING]
    assert found_in(tmp_path, dead) == []


def test_causes_and_groups_are_told_without_their_texts() -> None:
    try:
        try:
            raise OSError(5, SECRET)
        except OSError as error:
            raise ExceptionGroup(SECRET, [ValueError(SECRET)]) from error
    except ExceptionGroup as error:
        text = described(error)
    assert text.index("ExceptionGroup") < text.index("ValueError") < text.index("builtins.OSError 5")
    assert "Kundem" not in text


async def test_a_hub_that_fails_leaves_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from reception.hub import reported

    async def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError(SECRET)

    monkeypatch.setattr(reported, "run_hub", fails)
    with pytest.raises(ZeroDivisionError):
        await reported.run_reported(None, tmp_path, is_child=True, announce=pytest.fail)  # type: ignore[arg-type]
    assert "ZeroDivisionError" in report_of(tmp_path)
