"""Trying the store without starting a hub: is it there, can it be written, does it hold what we know?"""

from __future__ import annotations

from pathlib import Path

from reception.errors import BadInput
from reception.hub.config_shape import Config
from reception.hub.lock import DataLock
from reception.hub.opening import opened_store
from reception.model.stored import Batch


async def check_store(config: Config, data_dir: Path) -> str:
    """Open the store as a hub would, which brings it up to date, and read it; returns what to say of it.

    That of a running hub is left alone: it works. Raises BadInput or ServiceError with the way out.
    """
    lock = DataLock(data_dir)
    try:
        is_free = lock.acquire()
    except OSError as error:
        text = (
            f"{data_dir}: the data folder cannot be written: {error.strerror or error}. Give the hub's user "
            "the right, or name another one ([hub] data)."
        )
        raise BadInput("misconfigured", text) from error
    if not is_free:
        return "in use by a running hub"
    try:
        async with opened_store(config.store_backend, config.store, data_dir) as store:
            stored = await store.load()
            await store.save(Batch(day=stored.day))
    finally:
        lock.release()
    return f"can be written, {len(stored.people)} people and contacts"
