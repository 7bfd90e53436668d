"""A whole hub as a process: takes its data folder, opens the door, leaves word, and ends in order."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from reception.errors import BadInput
from reception.hub.admin import AdminDesk
from reception.hub.chat_desk import ChatDesk, open_chat_desk
from reception.hub.config_rules import host_and_port
from reception.hub.config_shape import Config
from reception.hub.console_door import ConsoleDoor
from reception.hub.console_sign_in import console_sign_in
from reception.hub.core import Hub
from reception.hub.file_watch import FileWatch
from reception.hub.lifetime import Lifetime
from reception.hub.lock import DataLock
from reception.hub.office_file import default_office, load_office
from reception.hub.office_reload import OfficeReload
from reception.hub.opening import (
    forget_store,
    open_directory,
    open_hub,
    opened_store,
    tls_of,
    tokens_of,
)
from reception.hub.page_turn import PageTurn
from reception.hub.photo_desk import PhotoDesk
from reception.hub.secrets import new_token
from reception.hub.server import HubServer, ServerSettings
from reception.hub.setup_desk import SetupDesk
from reception.ports import Store
from reception.runtime import RuntimeInfo, is_to_restart, runtime_file, write_runtime

_log = logging.getLogger(__name__)

_LOCK_TRIES: Final = 10
_LOCK_PAUSE_S: Final = 0.1


class AlreadyRunning(Exception):
    """Another hub has this data folder."""


async def run_hub(
    config: Config, data_dir: Path, *, is_child: bool, announce: Callable[[RuntimeInfo], None]
) -> bool:
    """Run a hub until it is time to end; `announce` hears when it is ready.

    Returns whether it is to begin again, with what the files say then; a child's console sees to that itself.

    Raises:
        AlreadyRunning: another hub has the data folder.
        BadInput, ServiceError: a setting cannot work, or the store cannot be opened.
    """
    lock = DataLock(data_dir)
    await _take(lock)
    try:
        if config.starts_afresh:
            from reception.hub.demo import forget_office, goes_on

            if not goes_on(data_dir):
                forget_office(data_dir)
                forget_store(data_dir)
        async with opened_store(config.store_backend, config.store, data_dir) as store:
            return await _run_locked(config, data_dir, store, is_child=is_child, announce=announce)
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
) -> bool:
    tokens = tokens_of(config, data_dir)
    online = open_directory(config, data_dir, clock=time.time)
    hub = await open_hub(config, store, clock=time.time, online=online)
    lifetime = Lifetime(
        idle_exit_s=config.hub.idle_exit_s if is_child else None,
        # The demonstration's callers never end, and live in this process only.
        has_live_calls=lambda: hub.has_live_calls and not config.starts_afresh,
        on_alone=hub.give_back_waiting,
    )
    office = _office_reload(config, hub)
    has_terminal = is_child or (sys.stdin is not None and sys.stdin.isatty())  # whose end says HUP too
    lifetime.watch_signals(on_hang_up=None if has_terminal else office.on_file)
    admin_token = new_token()
    desk = AdminDesk(hub, admin_token, data_dir, office.reload)
    page, signing = console_sign_in(config, hub, data_dir, time.time)
    setup = SetupDesk(
        config,
        data_dir,
        hub=hub,
        online=online,
        page=page,
        administrators=_administrators(config, is_child=is_child),
        reload_office=office.reload,
        restart=lifetime.restart,
    )
    photos = PhotoDesk(online, hub.desk.may_know)
    chats = open_chat_desk(config, hub)
    server = _server(config, hub, tokens, desk, setup, lifetime, signing, chats, photos)
    watch = FileWatch(config.office_file, office.on_file) if config.office_file is not None else None
    file = runtime_file(data_dir)
    try:
        await _listen(server, config)
        await hub.start()
        await online.start(hub.directory.take_over, hub.on_source)
        web = await _open_page(page, config, hub, data_dir)
        host, _ = host_and_port(config.hub.listen)
        info = RuntimeInfo(
            pid=os.getpid(),
            host=host,
            port=server.port,
            epoch=hub.broadcast.epoch,
            admin_token=admin_token,
            tokens=tokens if is_child else {},
            certificate=config.hub.tls_cert,
            web=web,
        )
        write_runtime(file, info)
        page.on_address = lambda address: write_runtime(file, replace(info, web=address))
        if watch is not None:
            watch.start()
        _log.info("%s is ready at %s", config.hub.name, info.url)
        announce(info)
        await lifetime.wait()
        return lifetime.begins_again and not is_child  # a child's console starts the next one
    finally:
        file.unlink(missing_ok=True)
        if watch is not None:
            watch.stop()
        await office.stop()
        await page.close()
        await server.stop()
        await online.stop()
        is_kept = config.starts_afresh and is_to_restart(data_dir)
        if is_child and not lifetime.begins_again and not is_kept:
            hub.give_back_waiting()  # a team's hub comes back soon; this one with its console
        await hub.stop()
        if config.starts_afresh and not is_kept:
            from reception.hub.demo import forget_office

            forget_office(data_dir)


def _office_reload(config: Config, hub: Hub) -> OfficeReload:
    zone = config.hub.zone
    return OfficeReload(
        config.office_file,
        config.office or default_office(zone=zone),
        load=lambda file: load_office(file, numbers=config.numbers, zone=zone),
        use=hub.use_office,
        on_source=hub.on_source,
        clock=time.time,
    )


async def _listen(server: HubServer, config: Config) -> None:
    try:
        await server.start()
    except OSError as error:
        text = f"{config.path}: hub listen: cannot listen on {config.hub.listen}: {error.strerror or error}"
        raise BadInput("misconfigured", text) from error


async def _open_page(page: PageTurn, config: Config, hub: Hub, data_dir: Path) -> str:
    """Open the colleagues' page, if there is to be one; returns its address."""
    address = await page.open()
    if address and config.starts_afresh:
        from reception.hub.demo import add_account

        await add_account(hub, data_dir)
    return address


def _administrators(config: Config, *, is_child: bool) -> frozenset[str]:
    """Return who may change settings from the window: whose right it is, or whose own hub this is."""
    is_own = is_child and not config.starts_afresh
    return frozenset(a.id for a in config.attendants if a.administers or is_own)


def _server(
    config: Config,
    hub: Hub,
    tokens: dict[str, str],
    desk: AdminDesk,
    setup: SetupDesk,
    lifetime: Lifetime,
    signing: ConsoleDoor,
    chats: ChatDesk,
    photos: PhotoDesk,
) -> HubServer:
    host, port = host_and_port(config.hub.listen)
    return HubServer(
        hub,
        tokens,
        settings=ServerSettings(
            host=host,
            port=port,
            zone=config.hub.zone,
            numbers=config.numbers,
            mails=lambda: hub.presence_requests.sends_mails,
            may_chat=chats.may,
            forget_chat=chats.forget,
        ),
        clock=time.time,
        tls=tls_of(config),
        admin=desk.serve,
        signing=signing,
        setup=setup,
        photos=photos,
        on_goodbye=lambda frame: lifetime.on_goodbye(frame, is_last=len(hub.broadcast.subscribers) <= 1),
        on_presence=lifetime.on_presence,
    )
