"""Replacing the directory by a file, whether a hub is running or not."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path

from reception.errors import Unavailable
from reception.hub.admin import send_people
from reception.hub.config_shape import Config
from reception.hub.lock import DataLock
from reception.hub.opening import open_store, read_people
from reception.hub.people import Difference, people_changes
from reception.runtime import read_runtime, runtime_file


def import_people(file: Path, config: Config | None, data_dir: Path) -> tuple[int, Difference]:
    """Make the people of a CSV file the directory, all or nothing; returns how many, and what changed.

    A running hub is asked to do it, since it alone writes its store, and its consoles see it at once.

    Raises:
        BadInput: the file has faults, named by line and column; nothing has changed.
        ServiceError: it could not be stored; nothing has changed.
    """
    people = read_people(str(file), config.numbers if config else None)
    lock = DataLock(data_dir)
    if not lock.acquire():
        info = read_runtime(runtime_file(data_dir))
        if info is None:
            error = "it is just starting or ending; try again in a moment"
            raise Unavailable("misconfigured", setting="hub", error=error)
        return len(people), asyncio.run(send_people(info, people))
    try:
        backend, settings = (config.store_backend, config.store) if config else ("sqlite", {})
        with closing(open_store(backend, settings, data_dir)) as store:
            before = {person.id: person for person in store.load().people}
            store.replace_people(people)
        return len(people), people_changes(before, people)
    finally:
        lock.release()
