"""A Windows of its own for each run: a Wine prefix with a screen in memory, thrown away afterwards.

Wine 8 lacks some things that Qt 6.11 and others ask of Windows 10; `shims` stand in for them. Nothing
of it is shipped. Wine tells exit codes of Windows modulo 256 (1603 is 67).
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

SHIMS = Path(__file__).with_name("shims")
WINRT = r"HKLM\Software\Microsoft\WindowsRuntime\ActivatableClassId\Windows.UI.ViewManagement.UISettings"
REFUSED = 1603 % 256
TIMEOUT_S = 90.0
LOOK_S = 0.1
_GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
app = QGuiApplication([])
assert app.primaryScreen().grabWindow(0).save(sys.argv[1])
"""


class Wine:
    """One prefix. `drive` is its C:, `folder` a place for what the tests write."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.prefix = folder / "prefix"
        self.drive = self.prefix / "drive_c"
        ours = ("WINE", "QT_", "DISPLAY", "WAYLAND", "RECEPTION_", "PYTHON")
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
        self.environment |= {
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscoree=;mshtml=",
            "HOME": str(folder / "home"),  # Wine links folders of the user into the prefix
        }
        (folder / "home").mkdir()
        self._started: list[subprocess.Popen[bytes]] = []
        self._user: subprocess.Popen[bytes] | None = None
        self._screen = self._open_screen()
        try:
            self._set_up()
        except BaseException:
            self.close()
            raise

    def _open_screen(self) -> subprocess.Popen[bytes]:
        """The first process of a prefix decides about the screen: it comes before anything else."""
        reading, writing = os.pipe()
        screen = subprocess.Popen(
            [
                "Xvfb",
                "-displayfd",
                str(writing),
                "-screen",
                "0",
                "1400x900x24",
                "-nolisten",
                "tcp",
                "-noreset",
            ],
            pass_fds=[writing],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as number:
            self.environment["DISPLAY"] = f":{number.readline().strip()}"
        return screen

    def _set_up(self) -> None:
        self._host("wineboot", "-i")
        self._user = self.stay_signed_in()
        self.run("winecfg", "-v", "win10")
        system = self.drive / "windows" / "system32"
        for source in sorted(SHIMS.glob("*.c")):
            self._host(
                *("x86_64-w64-mingw32-gcc", "-O1", "-s", "-shared"),
                *("-o", str(system / f"{source.stem}.dll"), str(source), "-ladvapi32"),
            )
        self.run("reg", "add", r"HKCU\Software\Wine\DllOverrides", "/v", "mscms", "/d", "native", "/f")
        self.run("reg", "add", WINRT, "/v", "DllPath", "/d", r"C:\windows\system32\uisettings.dll", "/f")

    def stay_signed_in(self) -> subprocess.Popen[bytes]:
        """Keep a program running: when the last one ends, Wine ends the services too."""
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            ["wine", "cmd"], env=self.environment, stdin=subprocess.PIPE, stdout=quiet, stderr=quiet
        )

    def _host(self, *command: str) -> None:
        subprocess.run(
            command,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=180,
        )

    def run(self, *words: str, timeout_s: float = TIMEOUT_S) -> subprocess.CompletedProcess[str]:
        """Run a program of Windows to its end."""
        out, errors = _Pipe(), _Pipe()
        code = subprocess.run(
            ["wine", *words],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=out.writing,
            stderr=errors.writing,
            timeout=timeout_s,
            check=False,
        ).returncode
        return subprocess.CompletedProcess(words, code, out.said(), errors.said())

    def start(self, *words: str) -> None:
        """Start a program of Windows. It ends with the prefix at the latest."""
        started = subprocess.Popen(
            ["wine", *words],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._started.append(started)

    def install(self, msi: Path, *words: str) -> int:
        """Install, repair or change silently; returns the exit code as Wine tells it."""
        log = self.folder / "msiexec.log"
        log.unlink(missing_ok=True)
        return self.run(
            *("msiexec", "/i", self.path_of(msi), "/qn", "/l*v", self.path_of(log), *words), timeout_s=180
        ).returncode

    def remove(self, product_code: str, *words: str) -> int:
        """Remove silently; returns the exit code as Wine tells it."""
        return self.run("msiexec", "/x", product_code, "/qn", *words, timeout_s=180).returncode

    def path_of(self, path: Path) -> str:
        """Return how Windows writes a path of ours."""
        return "Z:" + str(path.resolve()).replace("/", "\\")

    def registry(self, key: str) -> dict[str, dict[str, str]]:
        """Return the values below a key, by the keys they are in."""
        found: dict[str, dict[str, str]] = {}
        current: dict[str, str] = {}
        for line in self.run("reg", "query", key, "/s").stdout.split("\n"):
            if line.startswith("HKEY_"):
                current = found.setdefault(line.strip(), {})
            elif line.startswith("    "):
                name, _, *value = line.strip().split("    ")
                current[name] = value[0] if value else ""
        return found

    def windows(self, title: str) -> list[str]:
        """Return the windows with a title."""
        words = ["xdotool", "search", "--onlyvisible", "--name", title]
        done = subprocess.run(words, env=self.environment, capture_output=True, text=True, check=False)
        return done.stdout.split()

    def picture(self, target: Path) -> None:
        """Keep what is on the screen."""
        subprocess.run(
            [sys.executable, "-c", _GRAB, str(target)],
            env={**self.environment, "QT_QPA_PLATFORM": "xcb"},
            check=True,
            timeout=60,
        )

    def close(self) -> None:
        """End all that runs, and throw the prefix away."""
        if self._user is not None:
            self._user.communicate()
        for word in ("-k", "-w"):
            subprocess.run(["wineserver", word], env=self.environment, check=False, timeout=60)
        for started in self._started:
            started.wait()
        self._screen.terminate()
        self._screen.wait()
        shutil.rmtree(self.prefix, ignore_errors=True)


def wait_until(is_so: Callable[[], object], what: str, within_s: float = TIMEOUT_S) -> None:
    """Look until something is so. Programs of another system tell us nothing by themselves."""
    deadline = time.monotonic() + within_s
    while not is_so():
        assert time.monotonic() < deadline, f"waited in vain for {what}"
        time.sleep(LOOK_S)


def files_below(folder: Path) -> Iterable[Path]:
    """Return all files below a folder."""
    return (path for path in folder.rglob("*") if path.is_file())


class _Pipe:
    """Takes what a program says until it ends. Others that it has started may keep the pipe open."""

    def __init__(self) -> None:
        self._reading, self.writing = os.pipe2(os.O_CLOEXEC)
        fcntl.fcntl(self._reading, fcntl.F_SETPIPE_SZ, 1 << 20)
        os.set_blocking(self._reading, False)

    def said(self) -> str:
        """Close it; returns the text."""
        os.close(self.writing)
        parts = []
        with contextlib.suppress(BlockingIOError):
            while part := os.read(self._reading, 1 << 16):
                parts.append(part)
        os.close(self._reading)
        return b"".join(parts).decode("utf-8", "replace").replace("\r", "")
