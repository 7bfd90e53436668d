"""What stands in the log, and what must not."""

from __future__ import annotations

import logging
import sys

import pytest

from reception.hub.log import RedactingFormatter, redacted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call from +4533112233.", "call from …33."),
        ("number='4533112233'", "number='…33'"),
        ("+45 33 11 22 33 rang", "…33 rang"),
        ("004533112233", "…33"),
        ("sip:+4533112233@pbx", "sip:…33@pbx"),
        ("extension 7000 and 201", "extension 7000 and 201"),
        ("call 3f2504e04f8941d39a0c0305e82c3301", "call 3f2504e04f8941d39a0c0305e82c3301"),
        ("2025-11-21 22:43:11,123 INFO", "2025-11-21 22:43:11,123 INFO"),
    ],
)
def test_outside_numbers_are_unreadable(text: str, expected: str) -> None:
    assert redacted(text) == expected


def test_tracebacks_are_redacted_too() -> None:
    try:
        raise ValueError("no route to +4533112233")
    except ValueError:
        record = logging.LogRecord(
            "n", logging.ERROR, "f", 1, "failed for %s", ("+4533112244",), sys.exc_info()
        )
    line = RedactingFormatter("%(message)s").format(record)
    assert "ValueError" in line
    assert "…33" in line
    assert "…44" in line
    assert "+4533" not in line
