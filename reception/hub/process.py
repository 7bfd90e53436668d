"""A whole hub as a process: takes its data folder, opens the door, leaves word, and ends in order."""

from __future__ import annotations

import asyncio
import logging
import os
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Final

from reception.errors import BadInput
from reception.hub.admin import AdminDesk
from reception.hub.config_rules import host_and_port
from reception.hub.config_shape import Config
from reception.hub.core import Hub
from reception.hub.lifetime import Lifetime
from reception.hub.lock import DataLock
from reception.hub.opening import forget_store, open_hub, open_store, tls_of, tokens_of
from reception.hub.secrets import new_token
from reception.hub.server import HubServer, ServerSettings
from reception.ports import Store
from reception.runtime import RuntimeInfo, runtime_file, write_runtime

_log = logging.getLogger(__name__)

_LOCK_TRIES: Final = 10
_LOCK_PAUSE_S: Final = 0.1


class AlreadyRunning(Exception):
    """Another hub has this data folder."""


async def run_hub(
    config: Config, data_dir: Path, *, is_child: bool, announce: Callable[[RuntimeInfo], None]
) -> None:
    """Run a hub until it is time to end; `announce` hears when it is ready.

    Raises:
        AlreadyRunning: another hub has the data folder.
        BadInput, ServiceError: a setting cannot work, or the store cannot be opened.
    """
    lock = DataLock(data_dir)
    await _take(lock)
    try:
        if config.starts_afresh:
            forget_store(data_dir)
        with closing(open_store(config.store_backend, config.store, data_dir)) as store:
            await _run_locked(config, data_dir, store, is_child=is_child, announce=announce)
    finally:
        lock.release()


async def _take(lock: DataLock) -> None:
    """Take the lock; a hub that is just ending has it a moment longer."""
    for _ in range(_LOCK_TRIES):
        if lock.acquire():
            return
        await asyncio.sleep(_LOCK_PAUSE_S)
    raise AlreadyRunning


async def _run_locked(
    config: Config,
    data_dir: Path,
    store: Store,
    *,
    is_child: bool,
    announce: Callable[[RuntimeInfo], None],
) -> None:
    tokens = tokens_of(config, data_dir)
    hub = open_hub(config, store, clock=time.time)
    lifetime = Lifetime(
        idle_exit_s=config.hub.idle_exit_s if is_child else None,
        # The demonstration's callers never end, and live in this process only.
        has_live_calls=lambda: hub.has_live_calls and not config.starts_afresh,
        on_alone=hub.give_back_waiting,
    )
    lifetime.watch_signals()
    admin_token = new_token()
    server = _server(config, hub, tokens, AdminDesk(hub, admin_token), lifetime)
    file = runtime_file(data_dir)
    try:
        await _listen(server, config)
        await hub.start()
        host, _ = host_and_port(config.hub.listen)
        info = RuntimeInfo(
            pid=os.getpid(),
            host=host,
            port=server.port,
            epoch=hub.broadcast.epoch,
            admin_token=admin_token,
            tokens=tokens if is_child else {},
            certificate=config.hub.tls_cert,
        )
        write_runtime(file, info)
        _log.info("%s is ready at %s", config.hub.name, info.url)
        announce(info)
        await lifetime.wait()
    finally:
        file.unlink(missing_ok=True)
        await server.stop()
        if is_child:  # a team's hub comes back soon; this one comes back with its console
            hub.give_back_waiting()
        await hub.stop()


async def _listen(server: HubServer, config: Config) -> None:
    try:
        await server.start()
    except OSError as error:
        text = f"{config.path}: hub listen: cannot listen on {config.hub.listen}: {error.strerror or error}"
        raise BadInput("misconfigured", text) from error


def _server(
    config: Config, hub: Hub, tokens: dict[str, str], desk: AdminDesk, lifetime: Lifetime
) -> HubServer:
    host, port = host_and_port(config.hub.listen)
    return HubServer(
        hub,
        tokens,
        settings=ServerSettings(host=host, port=port, zone=config.hub.zone, numbers=config.numbers),
        clock=time.time,
        tls=tls_of(config),
        admin=desk.serve,
        on_goodbye=lambda frame: lifetime.on_goodbye(frame, is_last=len(hub.broadcast.subscribers) <= 1),
        on_presence=lifetime.on_presence,
    )
