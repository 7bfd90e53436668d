"""The line about a crash of the last time."""

from __future__ import annotations

from pathlib import Path

from reception.crashes import CrashReport
from tests.gui.desk import Desk
from widgets import left_reports


def test_the_next_start_says_once_where_the_report_lies(desk: Desk, tmp_path: Path) -> None:
    report = CrashReport(tmp_path, "console")
    report.begin()
    report.note(ValueError("x"), "slot")
    report.end()
    dead = report.file.rename(report.file.with_name("console-20260101-100000-0.open"))
    left_reports.tell(desk.controller, tmp_path)
    assert desk.notice == (
        "Something went wrong in the program the last time. A report without callers' data lies here and was "
        f"sent to nobody: {dead.with_suffix('.txt')}"
    )
    desk.controller.dismiss()
    left_reports.tell(desk.controller, tmp_path)
    assert desk.notice == ""


def test_nothing_is_said_without_one(desk: Desk, tmp_path: Path) -> None:
    left_reports.tell(desk.controller, tmp_path)
    assert desk.notice == ""
