"""Pytest plugin: nothing goes wrong unnoticed.

A log record of WARNING or above fails the test in which it was written, unless the test says that it is meant
(`expected_logs`) or looks at the log itself (`caplog`). Lost tasks ("Task exception was never retrieved",
"Task was destroyed but it is pending!") come as such records too: asyncio logs them when the task is
collected, so coroutine tests end with a collection. Learnt from qutebrowser's ``logfail.py``.
"""

from __future__ import annotations

import gc
import inspect
import logging
import re
from collections.abc import Callable, Iterator

import pytest

ExpectLogs = Callable[[str], None]


class Watch(logging.Handler):
    """Keeps what was logged at WARNING or above, less what is expected."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []
        self.expected: list[re.Pattern[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Note the record with its traceback, which says where it comes from."""
        self.lines.append(f"{record.levelname} {record.name}: {logging.Formatter().format(record)}")

    def unexpected(self) -> list[str]:
        """Return the lines that no expectation covers."""
        return [line for line in self.lines if not any(rule.search(line) for rule in self.expected)]


@pytest.fixture(autouse=True)
def log_watch(request: pytest.FixtureRequest) -> Iterator[Watch]:
    """Fail the test whose log has an unexpected warning or error."""
    watch = Watch()
    logging.getLogger().addHandler(watch)
    yield watch
    if inspect.iscoroutinefunction(getattr(request.node, "obj", None)):
        gc.collect()
    logging.getLogger().removeHandler(watch)
    unexpected = watch.unexpected()
    if unexpected and "caplog" not in request.fixturenames:
        pytest.fail("unexpected in the log:\n" + "\n".join(unexpected), pytrace=False)


@pytest.fixture
def expected_logs(log_watch: Watch) -> ExpectLogs:
    """Return a function that takes a regular expression for log lines this test brings about."""

    def expect(pattern: str) -> None:
        log_watch.expected.append(re.compile(pattern))

    return expect
