"""Every dependency is pinned with hashes, and the pins are what is installed and tested."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PySide6.QtCore import QObject, Signal

from scripts.requirements import TOP

PIN = re.compile(r"^(?P<name>[a-z0-9-]+)==(?P<version>[^ ;]+)(?: ; (?P<marker>[^\\]+?))? \\$")
HASH = re.compile(r"^    --hash=sha256:[0-9a-f]{64}(?: \\)?$")
FILES = ("constraints.txt", "constraints-run.txt")
BROUGHT_BY_VENV = {"pip", "setuptools"}


def lines_of(name: str) -> list[str]:
    return (TOP / name).read_text(encoding="utf-8").splitlines()


def pins_of(name: str) -> dict[str, str]:
    """Return the pinned version of each package in a file."""
    return {m["name"]: m["version"] for m in map(PIN.match, lines_of(name)) if m}


@pytest.mark.parametrize("name", FILES)
def test_nothing_but_pins_and_hashes(name: str) -> None:
    """So there is no index address, no host and no path in it either."""
    odd = [line for line in lines_of(name)[1:] if not PIN.match(line) and not HASH.match(line)]
    assert odd == []
    assert lines_of(name)[0].startswith("# Made by")
    assert not re.search(r"https?:|file:|@ ", "\n".join(lines_of(name)))


def test_binary_packages_have_hashes_for_every_system() -> None:
    """One hash alone would be one machine's own build."""
    counts: dict[str, int] = {}
    name = ""
    for line in lines_of("constraints.txt"):
        if match := PIN.match(line):
            name = match["name"]
        elif HASH.match(line):
            counts[name] = counts.get(name, 0) + 1
    for package in ("msgspec", "websockets", "ruff", "mypy", "cryptography"):
        assert counts[package] > 10, package
    for package in ("pyside6-essentials", "shiboken6"):
        assert counts[package] >= 4, package  # Linux on two processors, macOS, Windows


def test_what_runs_is_a_part_of_what_is_tested() -> None:
    everything = pins_of("constraints.txt")
    running = pins_of("constraints-run.txt")
    assert running
    assert running.items() <= everything.items()
    assert {"pytest", "mypy", "hypothesis"}.isdisjoint(running)


def test_pins_fit_the_projects_own_limits() -> None:
    with (TOP / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)
    project = settings["project"]
    wanted = [*settings["build-system"]["requires"], *project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        wanted += [text for text in extra if not text.startswith("reception[")]
    pins = pins_of("constraints.txt")
    for requirement in map(Requirement, wanted):
        assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)]), requirement


@pytest.mark.skipif(TOP.joinpath(sys.prefix) != TOP / ".venv", reason="not in the project's own .venv")
def test_everything_installed_is_pinned() -> None:
    installed = {canonicalize_name(d.metadata["Name"]): d.version for d in metadata.distributions()}
    pins = pins_of("constraints.txt")
    ours = {"reception", *BROUGHT_BY_VENV}
    assert {n: v for n, v in installed.items() if n not in ours and pins.get(n) != v} == {}


class Speaker(QObject):
    """Something that emits."""

    said = Signal()


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot be freed from Python 3.12 on")
@pytest.mark.parametrize("constant", [None, True])
def test_qt_does_not_wear_out_pythons_constants(constant: object) -> None:
    """PySide6 6.12.0 drops a reference per emission below Python 3.12, and the program aborts soon."""
    speaker = Speaker()
    before = sys.getrefcount(constant)
    for _ in range(1_000):
        speaker.said.emit()
        speaker.setObjectName("speaker")
    assert sys.getrefcount(constant) > before - 500
