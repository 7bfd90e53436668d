"""From a configuration to the page."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from reception.errors import BadInput
from reception.hub.backends import find_backend
from reception.hub.config_rules import host_and_port
from reception.hub.config_shape import Config
from reception.hub.core import Hub
from reception.hub.identity_desk import BACK, BEGIN, IdentityDesk
from reception.hub.opening import web_tls_of
from reception.hub.pairings import Pairings
from reception.hub.secrets import new_token, read_secret
from reception.hub.web.app import make_app
from reception.hub.web.passwords import AccountBook, Passwords
from reception.hub.web.server import WebServer
from reception.hub.web.sessions import Sessions
from reception.hub.web.visit import Web, WebSettings
from reception.identity import IdentityProvider
from reception.model.people import colleagues_of
from reception.runtime import write_private

_log = logging.getLogger(__name__)

_HOUR_S: Final = 3600.0


@asynccontextmanager
async def opened_page(config: Config, hub: Hub, data_dir: Path, pairings: Pairings) -> AsyncIterator[str]:
    """Serve the page as long as this lasts; gives its address. Raises BadInput when it cannot listen.

    `pairings` learn where consoles sign in, the hub in whose name it may write. Raises ConfigError for a
    sign-in elsewhere that cannot work.
    """
    desk = _identity_desk(config, hub, data_dir)
    chats = hub.presence_requests.chats
    server = _server(config, hub, data_dir, desk, pairings)
    try:
        await server.start()
    except OSError as error:
        why = error.strerror or str(error)
        text = f"{config.path}: web listen: cannot listen on {config.web.listen}: {why}"
        raise BadInput("misconfigured", text) from error
    try:
        address = address_of(config, server.port)
        if desk is not None:
            desk.address = desk.address or address
            pairings.page, pairings.desk = desk.address, desk
            chats.writer = desk.chats
            desk.forget(hub.accounts.disabled())  # also what was taken away while no hub was running
            hub.accounts.on_disabled = desk.forget
        _log.info("the colleagues' page is ready at %s", address)
        yield address
    finally:
        pairings.page, pairings.desk, chats.writer = "", None, None
        hub.accounts.on_disabled = lambda _: None
        await server.stop()
        if desk is not None:
            await desk.close()


def passwords_of(book: AccountBook, data_dir: Path) -> Passwords:
    """Return the passwords of a data folder's accounts."""
    return Passwords(book, key_of(data_dir))


def key_of(data_dir: Path) -> bytes:
    """Return the key that signs invitations, made when there is none. Raises BadInput."""
    file = data_dir / "web.key"
    if not file.exists():
        write_private(file, new_token() + "\n")
    return read_secret(file, "web page").encode()


def address_of(config: Config, port: int) -> str:
    """Return the page's address as colleagues type it; `port` is the one listened on."""
    host, wanted = host_and_port(config.web.listen)
    port = wanted or port
    is_secure = bool(config.web.tls_cert or config.hub.tls_cert)
    name = config.web.public_name or (f"[{host}]" if ":" in host else host)
    is_usual = port == (443 if is_secure else 80) or ":" in config.web.public_name
    return f"http{'s' if is_secure else ''}://{name}{'' if is_usual else f':{port}'}"


def redirect_of(config: Config) -> str:
    """Return the address to register where people sign in, for a page with a port of its own."""
    own = address_of(config, host_and_port(config.web.listen)[1])
    return (config.identity_rules.address.rstrip("/") or own) + BACK


def identity_provider(config: Config, data_dir: Path) -> IdentityProvider | None:
    """Return who vouches for people, if anybody does. Raises ConfigError."""
    if config.identity is None:
        return None
    name, settings = config.identity
    made: IdentityProvider = find_backend("identity", name)({"folder": str(data_dir), **settings})
    return made


def _identity_desk(config: Config, hub: Hub, data_dir: Path) -> IdentityDesk | None:
    provider = identity_provider(config, data_dir)
    if provider is None:
        return None
    return IdentityDesk(
        provider,
        address=config.identity_rules.address,
        people=lambda: colleagues_of(tuple(hub.directory.everybody.values())),
        accounts=hub.accounts,
        clock=time.time,
    )


def _server(
    config: Config, hub: Hub, data_dir: Path, desk: IdentityDesk | None, pairings: Pairings
) -> WebServer:
    key, tls = key_of(data_dir), web_tls_of(config)
    host, port = host_and_port(config.web.listen)
    settings = WebSettings(
        name=config.hub.name,
        zone=config.hub.zone,
        is_secure=tls is not None,
        longest_s=config.web.session_hours * _HOUR_S,
        sign_in_at=BEGIN if desk is not None else "",
        has_passwords=desk is None or config.identity_rules.passwords,
    )
    sessions = Sessions(
        idle_s=config.web.idle_hours * _HOUR_S,
        longest_s=settings.longest_s,
        file=data_dir / "web-sessions.json",
    )
    sessions.load(time.time())
    web = Web(
        hub.desk,
        Passwords(hub.accounts, key),
        sessions,
        settings=settings,
        plan=config.numbers,
        clock=time.time,
    )
    app = make_app(web, key, desk=desk, pairings=pairings)
    return WebServer(app, web.changes, sessions, host=host, port=port, tls=tls)
