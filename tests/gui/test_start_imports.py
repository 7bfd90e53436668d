"""What the console has imported when its window is painted for the first time: nothing that can wait."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap

import pytest

_PROGRAM = """
import json, sys
from reception import cli
import widgets.app as app

wait = app._is_painted

def look(window):
    assert wait(window)
    print(json.dumps(sorted(sys.modules)))
    return False  # as if it had been closed at once

app._is_complete = look
data, token = sys.argv[1:]
sys.exit(cli.main(["--hub", "ws://127.0.0.1:9", "--token-file", token, "--data", data]))
"""

NEEDED = {"PySide6", "shiboken6", "shibokensupport", "signature_bootstrap", "msgspec"}
"""What may be there of others: the window itself, and the values it shows."""

OPTIONAL = {"typing_extensions"}
"""Taken by msgspec where it is installed."""

CAN_WAIT = {
    "asyncio": "the loop comes after the first paint",
    "ssl": "no connection yet",
    "http": "no connection yet",
    "email": "comes with the network",
    "urllib.request": "comes with the network",
    "importlib.resources": "brings temporary files and archives along",
    "importlib.metadata": "reads what is installed",
    "concurrent": "nothing runs beside",
    "multiprocessing": "nothing runs beside",
    "dataclasses": "compiles each class anew at every start",
    "zoneinfo": "the clock is the system's",
    "xml": "nothing is read from it",
    "csv": "the hub's",
    "tomllib": "the hub's",
    "PySide6.QtNetwork": "asyncio has the network",
    "PySide6.QtQml": "no QML",
    "reception.hub": "another process",
    "reception.calls": "the hub's",
    "reception.ports": "the hub's",
    "reception.console.session": "begins after the first paint",
    "reception.console.link": "begins after the first paint",
    "reception.console.child": "begins after the first paint",
    "services": "the hub's",
    "widgets.loop": "the loop comes after the first paint",
    "hashlib": "loads OpenSSL",
    "widgets.top_bar": "colleagues come first",
    "widgets.call_card": "colleagues come first",
    "widgets.call_list": "colleagues come first",
    "widgets.person_card": "nobody is selected yet",
    "widgets.key_bar": "colleagues come first",
    "widgets.notice_strip": "nothing has happened yet",
    "widgets.overlays": "nobody has asked for it yet",
    "widgets.actions": "nobody has chosen anything yet",
}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """Start the console, and return what it has imported at its first paint."""
    folder = tmp_path_factory.mktemp("start")
    token = folder / "token"
    token.write_text("of nobody\n", encoding="utf-8")
    token.chmod(0o600)
    command = [sys.executable, "-W", "error", "-c", textwrap.dedent(_PROGRAM), str(folder), str(token)]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    run = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment, check=False)
    assert (run.returncode, run.stderr) == (0, "")
    found: list[str] = json.loads(run.stdout)
    return found


def test_of_others_only_the_window_and_the_values_are_there(imported: list[str]) -> None:
    tops = {name.partition(".")[0] for name in imported}
    ours = {"reception", "widgets", "resources"}
    others = tops - ours - NEEDED - OPTIONAL - set(sys.stdlib_module_names) - _parts_of_the_interpreter(tops)
    assert others == set()
    assert tops >= NEEDED


@pytest.mark.parametrize("name", CAN_WAIT)
def test_it_can_wait(imported: list[str], name: str) -> None:
    there = [module for module in imported if module == name or module.startswith(f"{name}.")]
    assert there == [], CAN_WAIT[name]


def test_the_list_stays_short(imported: list[str]) -> None:
    """Each module is a file to find and to read; what is new belongs to the first paint, or waits."""
    ours = [name for name in imported if name.partition(".")[0] in ("reception", "widgets", "resources")]
    assert len(ours) < 106, ours  # whether a window opens at all comes before it
    assert len(imported) < 310


def _parts_of_the_interpreter(tops: set[str]) -> set[str]:
    """Modules without a file of their own package: the start-up files of environments and editors."""
    names = {"__main__", "__mp_main__", "sitecustomize", "usercustomize"}
    return {top for top in tops if top in names or top.startswith(("_", "distutils"))}
