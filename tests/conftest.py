"""What holds for all tests. The rules themselves are plugins in tests/house."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

os.environ.setdefault("QT_API", "pyside6")  # qasync would take another binding if it finds one

TESTS = Path(__file__).parent

pytest_plugins = [
    "pytester",
    "tests.house.marks",
    "tests.house.strict",
    "tests.lab.fixtures",
    "tests.lab.postgres",
]


def has_screen() -> bool:
    """Tell whether windows can be opened here."""
    on_x_or_wayland = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    return bool(on_x_or_wayland or os.environ.get("QT_QPA_PLATFORM") or not sys.platform.startswith("linux"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of windows are marked `gui`, and skipped where there is no screen."""
    no_screen = pytest.mark.skip(reason="no screen here: run it with scripts/headless, or use make test")
    for item in items:
        if "gui" in item.path.relative_to(TESTS).parts:
            item.add_marker("gui")
        if item.get_closest_marker("gui") and not has_screen():
            item.add_marker(no_screen)
