"""What every module of the program keeps to."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.requirements import TOP

PACKAGES = ("reception", "services", "widgets", "installer")
MODULES = sorted(path for package in PACKAGES for path in (TOP / package).rglob("*.py"))
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
LONGEST_MODULE = 400


def name_of(path: Path) -> str:
    """Return a path as the project writes it."""
    return path.relative_to(TOP).as_posix()


def test_layers_import_only_what_they_may() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([tool, "--no-cache"], cwd=TOP, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_there_are_modules_to_look_at() -> None:
    assert len(MODULES) > 20


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module(path: Path) -> None:
    """It says what it is for, has one subject, and is finished."""
    text = path.read_text(encoding="utf-8")
    if text.strip():
        assert ast.get_docstring(ast.parse(text)), "a module begins by saying what it is for"
    assert len(text.splitlines()) <= LONGEST_MODULE, "two subjects in one module?"
    assert not UNFINISHED.findall(text)
