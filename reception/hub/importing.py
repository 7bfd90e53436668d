"""Replacing colleagues or contacts by a file, and writing them into one, whether a hub is running or not.

A running hub is asked to do it, since it alone writes its store, and its consoles see it at once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import TypeVar

from reception.directory.port import ContactFile, DirectoryWriter
from reception.errors import BadInput, Unavailable
from reception.hub.admin import ask_people, send_people
from reception.hub.backends import find_backend
from reception.hub.config_shape import Config
from reception.hub.lock import DataLock
from reception.hub.opening import opened_store, read_people
from reception.hub.people import Difference, people_changes
from reception.model.people import Person, colleagues_of, contacts_of
from reception.ports import Store
from reception.runtime import RuntimeInfo, read_runtime, runtime_file, write_private

T = TypeVar("T")


def import_people(file: Path, config: Config | None, data_dir: Path) -> tuple[int, Difference]:
    """Make the people of a file the colleagues, all or nothing; returns how many, and what changed.

    Raises:
        BadInput: the file has faults, named by line and column; nothing has changed.
        ServiceError: it could not be stored; nothing has changed.
    """
    people = read_people(str(file), config.numbers if config else None)
    return len(people), _replace(people, config, data_dir, are_contacts=False)


def import_contacts(read: ContactFile, config: Config | None, data_dir: Path) -> Difference:
    """Make these the contacts, all or nothing. Raises ServiceError, and then nothing has changed."""
    contacts = [contact for _, contact in read.contacts]
    return _replace(contacts, config, data_dir, are_contacts=True)


def export(config: Config | None, data_dir: Path, *, are_contacts: bool) -> tuple[int, str]:
    """Return how many there are, and all of them as a text that can be imported (requirement 002-199).

    Raises ServiceError.
    """

    async def stored(store: Store) -> Sequence[Person]:
        people = (await store.load()).people
        return contacts_of(people) if are_contacts else colleagues_of(people)

    people = _done(
        config, data_dir, asked=lambda info: ask_people(info, are_contacts=are_contacts), alone=stored
    )
    name = "write-contacts" if are_contacts else "write-people"
    writer: DirectoryWriter = find_backend("directory", name)
    return len(people), writer(people)


def write_export(file: Path, text: str, *, are_contacts: bool) -> None:
    """Write what was exported, for its user only: it holds what is hidden from others.

    Raises BadInput when the file could not be imported by its name, or cannot be written.
    """
    wanted = (".txt", ".rtx") if are_contacts else (".csv", ".txt", ".rtx")
    if file.suffix.lower() not in wanted:
        names = " or ".join(wanted)
        raise BadInput("misconfigured", f"{file}: choose a name that ends in {names}, for a later import.")
    try:
        write_private(file, text)
    except OSError as error:
        raise BadInput("misconfigured", f"{file}: cannot be written: {error.strerror or error}") from error


def _replace(
    people: Sequence[Person], config: Config | None, data_dir: Path, *, are_contacts: bool
) -> Difference:
    async def replaced(store: Store) -> Difference:
        before = (await store.load()).people
        after = [*colleagues_of(before), *people] if are_contacts else [*people, *contacts_of(before)]
        await store.replace_people(after)
        return people_changes({p.id: p for p in before}, after)

    return _done(
        config,
        data_dir,
        asked=lambda info: send_people(info, people, are_contacts=are_contacts),
        alone=replaced,
    )


def _done(
    config: Config | None,
    data_dir: Path,
    *,
    asked: Callable[[RuntimeInfo], Awaitable[T]],
    alone: Callable[[Store], Awaitable[T]],
) -> T:
    """Have a running hub do it, or do it alone."""
    lock = DataLock(data_dir)
    if not lock.acquire():
        info = read_runtime(runtime_file(data_dir))
        if info is None:
            error = "it is just starting or ending; try again in a moment"
            raise Unavailable("misconfigured", setting="hub", error=error)
        return asyncio.run(_awaited(asked(info)))
    try:
        return asyncio.run(_with_store(config, data_dir, alone))
    finally:
        lock.release()


async def _awaited(answer: Awaitable[T]) -> T:
    return await answer


async def _with_store(config: Config | None, data_dir: Path, work: Callable[[Store], Awaitable[T]]) -> T:
    backend, settings = (config.store_backend, config.store) if config else ("sqlite", {})
    async with opened_store(backend, settings, data_dir) as store:
        return await work(store)
