"""The scripts behind `make demo` and `make test`, with stand-ins for the programs that change a system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.requirements import TOP

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="scripts for Linux")

LIBRARIES = (
    "libglib-2.0.so.0",
    "libEGL.so.1",
    "libGL.so.1",
    "libfontconfig.so.1",
    "libdbus-1.so.3",
    "libxkbcommon.so.0",
    "libxkbcommon-x11.so.0",
    "libxcb-cursor.so.0",
    "libxcb-icccm.so.4",
    "libxcb-keysyms.so.1",
    "libxcb-shape.so.0",
)
BUILDERS = (
    *("wixl", "msibuild", "x86_64-w64-mingw32-gcc", "x86_64-w64-mingw32-windres"),
    *("osslsigncode", "wine", "wineserver"),
)
"""What builds packages for Windows, and tries them."""


class Machine:
    """A machine as the scripts see it: programs of ours come before the real ones."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls = folder / "calls"
        self.environment = {
            "PATH": f"{folder}:{os.environ['PATH']}",
            "HOME": str(folder),
            "RECEPTION_PYTHON": sys.executable,
        }
        fonts = folder / ".fonts"
        fonts.mkdir()
        (fonts / "Inter-Regular.otf").touch()
        self.has_libraries(*LIBRARIES)
        self.program("Xvfb", "exit 0")
        self.program("xdotool", "exit 0")
        self.program("chromium", "exit 0")
        for name in BUILDERS:
            self.program(name, "exit 0")
        self.program("apt-get", f'echo "apt-get $*" >>{self.calls}')
        self.program("sudo", f'echo "sudo $*" >>{self.calls}')
        self.program("id", "echo 0")

    def program(self, name: str, script: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)

    def has_libraries(self, *names: str) -> None:
        lines = "\n".join(f"\t{name} (libc6,x86-64) => /lib/{name}" for name in names)
        self.program("ldconfig", f"cat <<'END'\n{lines}\nEND")

    def run(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [TOP / "scripts" / script, *arguments],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def asked(self) -> list[str]:
        """Return what was asked of apt and sudo."""
        return self.calls.read_text().splitlines() if self.calls.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine that lacks nothing."""
    return Machine(tmp_path)


def test_nothing_is_installed_when_nothing_is_missing(machine: Machine) -> None:
    run = machine.run("system-packages", "test")
    assert (run.returncode, run.stdout, machine.asked()) == (0, "", [])


def test_only_what_is_missing_is_installed_and_explained(machine: Machine) -> None:
    machine.has_libraries(*(n for n in LIBRARIES if n not in ("libEGL.so.1", "libxkbcommon.so.0")))
    run = machine.run("system-packages", "run")
    assert run.returncode == 0
    lines = [line.split(maxsplit=1) for line in run.stdout.splitlines() if line.startswith("  ")]
    assert lines == [["libegl1", "Qt loads it at start"], ["libxkbcommon0", "keyboard layouts"]]
    assert machine.asked()[-1].endswith("install -y --no-install-recommends libegl1 libxkbcommon0")


def test_what_packages_for_windows_need_is_installed_for_them_alone(machine: Machine) -> None:
    for name in BUILDERS:
        (machine.folder / name).unlink()
    machine.environment["PATH"] = f"{machine.folder}:{_only_what_scripts_need(machine.folder)}"
    machine.run("system-packages", "package")
    assert machine.asked()[-1].endswith("wixl msitools gcc-mingw-w64-x86-64-win32 osslsigncode")
    machine.run("system-packages", "windows")
    assert machine.asked()[-1].endswith("osslsigncode wine wine64")


def _only_what_scripts_need(folder: Path) -> Path:
    """Return a folder with the usual programs but none of those for Windows, which this machine may have."""
    usual = folder / "usual"
    usual.mkdir()
    for name in ("bash", "sh", "dirname", "basename", "cat", "env", "find", "grep", "printf", "ldconfig"):
        if (found := shutil.which(name)) and not (folder / name).exists():
            (usual / name).symlink_to(found)
    for name in ("espeak-ng", "initdb"):
        (usual / name).write_text("#!/bin/sh\n")
        (usual / name).chmod(0o755)
    return usual


def test_sudo_is_used_by_others_than_root_and_only_when_needed(machine: Machine) -> None:
    machine.program("id", "echo 1000")
    machine.run("system-packages", "run")
    assert machine.asked() == []
    machine.has_libraries()
    machine.run("system-packages", "run")
    assert all(call.startswith("sudo -n ") for call in machine.asked())
    assert len(machine.asked()) == 2


def test_a_failed_installation_is_a_failure(machine: Machine) -> None:
    machine.has_libraries()
    machine.program("apt-get", "exit 100")
    run = machine.run("system-packages", "run")
    assert run.returncode == 1
    assert "apt could not install them" in run.stderr


def test_an_old_python_is_not_taken(machine: Machine) -> None:
    for name in ("python3", "python3.11", "python3.12", "python3.13"):
        machine.program(name, "exit 1")
    del machine.environment["RECEPTION_PYTHON"]
    run = machine.run("find-python")
    assert run.returncode == 1
    assert "No Python 3.11 or newer was found" in run.stderr


def test_a_newer_python_beside_an_old_one_is_found(machine: Machine) -> None:
    machine.program("python3", "exit 1")
    machine.program("python3.13", "exit 0")
    del machine.environment["RECEPTION_PYTHON"]
    assert machine.run("find-python").stdout.strip() == str(machine.folder / "python3.13")


def test_the_demo_says_when_there_is_no_screen(machine: Machine) -> None:
    run = machine.run("demo")
    assert run.returncode == 1
    assert "there is no screen here" in run.stderr
    assert "Xvfb" in run.stderr


@pytest.mark.parametrize("script", ["lab", "windows"])
@pytest.mark.parametrize("required", ["0", "1"])
def test_a_missing_lab_is_a_visible_skip_or_a_failure(machine: Machine, required: str, script: str) -> None:
    machine.program("id", "echo 1000")
    machine.environment["RECEPTION_REQUIRE_LAB"] = required
    run = machine.run(script)
    assert run.returncode == int(required)
    assert "needs root" in run.stderr
    assert ("SKIPPED" in run.stderr) is (required == "0")


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="no Xvfb here")
def test_headless_gives_a_screen_and_passes_the_status_on(machine: Machine) -> None:
    (machine.folder / "Xvfb").unlink()
    run = machine.run("headless", "sh", "-c", "echo $DISPLAY $QT_QPA_PLATFORM $LC_ALL; exit 7")
    assert run.returncode == 7
    display, *rest = run.stdout.split()
    assert display.startswith(":")
    assert rest == ["xcb", "C.UTF-8"]


def test_headless_says_when_the_screen_does_not_start(machine: Machine) -> None:
    machine.program("Xvfb", "echo 'no room for a display' >&2; exit 1")
    run = machine.run("headless", "true")
    assert run.returncode == 1
    assert "no room for a display" in run.stderr
