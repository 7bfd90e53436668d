"""Warnings in the log and lost tasks fail a test."""

from __future__ import annotations

import pytest

from tests.house.inner import run_inner


def test_an_unexpected_warning_fails(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import logging

        def test_quiet():
            logging.getLogger("x").info("fine")

        def test_loud():
            logging.getLogger("x").warning("the line is down")
        """
    )
    run = run_inner(pytester, "tests.house.strict")
    run.assert_outcomes(passed=2, errors=1)
    run.stdout.fnmatch_lines(["*WARNING x: the line is down*"])


def test_an_expected_warning_or_one_looked_at_passes(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import logging

        def test_expected(expected_logs):
            expected_logs(r"line \\w+ is down")
            logging.getLogger("x").warning("line 12 is down")

        def test_looked_at(caplog):
            logging.getLogger("x").error("down")
            assert caplog.messages == ["down"]
        """
    )
    run_inner(pytester, "tests.house.strict").assert_outcomes(passed=2)


def test_another_warning_than_the_expected_one_fails(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import logging

        def test_expected(expected_logs):
            expected_logs("line")
            logging.getLogger("x").warning("the disk is full")
        """
    )
    run_inner(pytester, "tests.house.strict").assert_outcomes(passed=1, errors=1)


def test_a_lost_task_fails(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import asyncio

        async def breaks():
            raise KeyError("nobody sees this")

        async def test_loses_a_task():
            task = asyncio.ensure_future(breaks())
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        """
    )
    run = run_inner(pytester, "tests.house.strict")
    run.assert_outcomes(passed=1, errors=1)
    run.stdout.fnmatch_lines(["*Task exception was never retrieved*"])
