"""A process that is weighed: a bare window, or the console with everybody shown and a hub connected.

`weight bare`, or `weight shown FOLDER PEOPLE PORT`; says its resident memory in MB after it has come to rest.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

REST_S = 8.0
"""Seconds until what the hub said first has been taken in and written."""


def tell() -> None:
    """Say how much memory this process has in use."""
    kilobytes = next(
        int(line.split()[1])
        for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines()
        if line.startswith("VmRSS:")
    )
    sys.stdout.write(f"{kilobytes / 1024}\n")
    sys.stdout.flush()


def bare() -> None:
    """Show a bare window."""
    app = QApplication([])
    window = QWidget()
    window.resize(1440, 900)
    window.show()
    QTimer.singleShot(1000, tell)
    app.exec()


def shown(kept: str, count: str, port: str) -> None:
    """Show the console on a copy of a folder, with a hub that says who is there."""
    from reception.console.link import Endpoint
    from reception.console.options import ConsoleOptions
    from reception.console.replica import Replica
    from reception.console.session import ConsoleSession
    from widgets.app import main

    with TemporaryDirectory() as folder:
        shutil.copytree(kept, folder, dirs_exist_ok=True)

        async def make(replica: Replica) -> ConsoleSession:
            assert len(replica.people) == int(count)

            async def locate() -> Endpoint:
                return Endpoint(url=f"ws://127.0.0.1:{port}", token="of nobody")

            asyncio.get_running_loop().call_later(REST_S, tell)
            return ConsoleSession(locate, replica=replica)

        options = ConsoleOptions(
            data_dir=Path(folder),
            cache_dir=Path(folder),
            preferences_file=Path(folder) / "preferences.json",
            language="da",
            theme="light",
        )
        main(make, options=options)


if __name__ == "__main__":
    kind, *given = sys.argv[1:]
    {"bare": bare, "shown": shown}[kind](*given)
