"""One hub for each data folder."""

from __future__ import annotations

from pathlib import Path

from reception.locking import FileLock


class DataLock(FileLock):
    """An exclusive lock on a data folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "hub.lock")
