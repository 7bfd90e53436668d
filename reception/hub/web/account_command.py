"""`reception hub account`: has the running hub do it, or does it in the store of one that is not running."""

from __future__ import annotations

import asyncio
import logging
import sys
from getpass import getpass
from pathlib import Path

from reception.errors import BadInput, ServiceError, Unavailable
from reception.hub.admin import send_account_task
from reception.hub.config_rules import host_and_port
from reception.hub.config_shape import Config
from reception.hub.lock import DataLock
from reception.hub.opening import opened_store
from reception.hub.web.account_tasks import AccountTask, StoredBook, carry_out
from reception.hub.web.opening import address_of, identity_provider
from reception.runtime import read_runtime, runtime_file

_log = logging.getLogger(__name__)


def administer(task: AccountTask, config: Config, data_dir: Path) -> str:
    """Carry out a task; returns the link of an invitation, or nothing.

    Raises:
        BadInput: it cannot be done as it was asked for; nothing has changed.
        ServiceError: the hub or the store could not do it.
    """
    lock = DataLock(data_dir)
    if not lock.acquire():
        info = read_runtime(runtime_file(data_dir))
        if info is None:
            error = "it is just starting or ending; try again in a moment"
            raise Unavailable("misconfigured", setting="hub", error=error)
        path = asyncio.run(send_account_task(info, task))
        return f"{info.web or _address(config)}{path}" if path else ""
    try:
        path = asyncio.run(_in_the_store(task, config, data_dir))
    finally:
        lock.release()
    return f"{_address(config)}{path}" if path else ""


def typed_password() -> str:
    """Return a password typed twice, or the first line of the standard input if that is no terminal."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass("Password: ")
    if getpass("Again: ") != password:
        raise BadInput("misconfigured", "the two passwords differ; nothing was changed.")
    return password


async def _in_the_store(task: AccountTask, config: Config, data_dir: Path) -> str:
    async with opened_store(config.store_backend, config.store, data_dir) as store:
        stored = await store.load()
        book = StoredBook(store, stored.accounts)
        path = await carry_out(task, book, stored.people, data_dir)
    await _forget(book.disabled, config, data_dir)
    return path


async def _forget(people: list[str], config: Config, data_dir: Path) -> None:
    """Forget what is kept of a sign-in elsewhere too; what cannot be now, the hub forgets at its start."""
    if not people:
        return
    try:
        provider = identity_provider(config, data_dir)
    except (BadInput, ServiceError) as error:
        _log.warning("what is kept of the sign-in with Microsoft goes at the hub's next start: %s", error)
        return
    if provider is not None:
        provider.forget(people)
        await provider.close()


def _address(config: Config) -> str:
    """Return the page's address; where there is none yet, a link begins with its path."""
    if not config.web.listen:
        return ""
    return address_of(config, host_and_port(config.web.listen)[1])
