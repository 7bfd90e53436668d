"""What a console knows at its start: the people and the last known state on this computer's disk.

Opened before the window's first paint, so it takes no longer than opening two small databases. One console
at a time has the folder; another one of the same user works without it.
"""

from __future__ import annotations

import logging
from pathlib import Path

from reception.console.colleagues import Colleagues
from reception.console.facts import Facts
from reception.console.replica import Replica
from reception.locking import FileLock

_log = logging.getLogger(__name__)


def open_replica(folder: Path | None, language: str = "") -> Replica:
    """Return what is known; nothing, when nothing was kept or the folder cannot be used.

    `language` is the one whose alphabet sorts people.
    """
    if folder is None:
        return Replica(Colleagues(language=language))
    lock = FileLock(folder / "console.lock")
    try:
        if not lock.acquire():
            _log.info("another console has %s; this one keeps nothing", folder)
            return Replica(Colleagues(language=language))
    except OSError as error:
        _log.warning("nothing can be kept in %s: %s", folder, error)
        return Replica(Colleagues(language=language))
    return Replica(Colleagues(folder, language), Facts(folder / "facts.db"), on_closed=lock.release)
