"""Changes that Microsoft tells by itself, for hubs that it can reach. Polling goes on as the safety net.

A changed calendar is a reason to read it now. Presence comes whole, encrypted for us and signed by Microsoft;
of 650 people at most, and only where somebody has signed in for it (contract, fact 2).
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import ssl
from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import urlsplit

from reception.errors import ConfigError, ServiceError
from services.graph.calendars import Calendars
from services.graph.client import GraphClient
from services.graph.door import DoorServer, door_app
from services.graph.mailbox import CALENDAR_PERMISSION
from services.graph.notices import Change, Delivery, read_delivery
from services.graph.presences import presence_of
from services.graph.proofs import Proofs
from services.graph.sealed import Seal
from services.graph.settings import PresenceSettings, listening_at, wrong
from services.graph.subscriptions import Door, Subscriptions, events_of, presence_of_all
from services.graph.tasks import begin, end
from services.graph.teams import PERMISSION as PRESENCE_PERMISSION
from services.graph.teams import TeamsWords
from services.graph.user_tokens import UserTokens, presence_tokens

_log = logging.getLogger(__name__)

_MOST_WAITING: Final = 1_000
"""Deliveries that wait to be looked at; what comes on top is left to polling."""


class Notifications:
    """The door, the subscriptions behind it, and what is done with what comes in."""

    def __init__(
        self,
        client: GraphClient,
        settings: PresenceSettings,
        teams: TeamsWords | None,
        calendars: Calendars | None,
        clock: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._teams = teams
        self._calendars = calendars
        self._door = Door(settings.notify_at, secrets.token_urlsafe(32), Seal())
        self._waiting: asyncio.Queue[bytes] = asyncio.Queue(_MOST_WAITING)
        self._proofs = Proofs(settings.microsoft)
        self._events = Subscriptions(client, self._door, clock=clock, on_missed=self._on_missed)
        self._user: UserTokens | None = None
        self._user_client: GraphClient | None = None
        self._presence: Subscriptions | None = None
        if settings.notify_user and teams is not None:
            self._user = presence_tokens(settings)
            self._user_client = GraphClient(settings.microsoft, tokens=self._user, clock=clock)
            self._presence = Subscriptions(
                self._user_client, self._door, clock=clock, on_missed=self._on_missed
            )
        host, port = listening_at(settings.notify_listen)
        app = door_app(urlsplit(settings.notify_at).path, self.deliver)
        self._server = DoorServer(app, host, port, _tls(settings))
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def port(self) -> int:
        """The port we listen on."""
        return self._server.port

    async def start(self) -> None:
        """Open the door. Raises ConfigError when the address is taken."""
        try:
            await self._server.start()
        except OSError as error:
            where = self._settings.notify_listen
            raise wrong("notify_listen", f"{where}: {error.strerror or error}") from error
        self._tasks = [begin(self._work(), "deliveries of Microsoft")]
        if self._calendars is not None:
            self._tasks.append(begin(self._events.run(), "subscriptions to calendars"))
        if self._presence is not None:
            self._tasks.append(begin(self._presence.run(), "subscription to presence"))

    async def stop(self) -> None:
        """Close the door, and tell Microsoft so."""
        tasks, self._tasks = self._tasks, []
        await end(*tasks)
        await self._events.end()
        if self._presence is not None:
            await self._presence.end()
        await self._server.stop()
        if self._user_client is not None and self._user is not None:
            await self._user_client.close()
            await self._user.close()
        await self._proofs.close()

    def follow(self, users: Sequence[str]) -> None:
        """Have these people's changes told."""
        if self._calendars is not None:
            self._events.want(events_of(users, CALENDAR_PERMISSION))
        if self._presence is not None:
            self._presence.want(presence_of_all(users, PRESENCE_PERMISSION))

    def deliver(self, content: bytes) -> None:
        """Take what came in, for later."""
        try:
            self._waiting.put_nowait(content)
        except asyncio.QueueFull:
            _log.debug("more deliveries than can be looked at: polling finds what is in them")

    # ------------------------------------------------------------- what came in

    async def _work(self) -> None:
        while True:
            content = await self._waiting.get()
            try:
                await self._take(read_delivery(content, self._door.secret))
            except ServiceError as error:
                _log.info("a delivery to %s is left out: %s", self._door.address, error.message)

    async def _take(self, delivery: Delivery) -> None:
        if delivery.strangers:
            _log.info("%d notifications without our secret are left out", delivery.strangers)
        for told in delivery.lifecycle:
            for subscriptions in (self._events, self._presence):
                if subscriptions is not None:
                    subscriptions.note(told)
        if any(change.sealed is not None for change in delivery.changes):
            await self._proofs.check(delivery.proofs)
        for change in delivery.changes:
            self._note(change)

    def _note(self, change: Change) -> None:
        """Take one change. Raises ProtocolError."""
        if "presences" not in change.resource.casefold():
            if self._calendars is not None:
                self._calendars.look_now(change.user)
        elif self._teams is not None:
            if change.sealed is None:
                self._teams.look_now(change.user)
            else:
                self._teams.take_pushed(presence_of(self._door.seal.open(change.sealed)))

    def _on_missed(self, resource: str) -> None:
        parts = resource.split("/")
        if parts[0] == "users" and self._calendars is not None:
            self._calendars.look_now(parts[1])
        elif self._teams is not None:
            self._teams.look_at_all_now()


def _tls(settings: PresenceSettings) -> ssl.SSLContext | None:
    if not settings.notify_cert:
        return None
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    try:
        context.load_cert_chain(settings.notify_cert, settings.notify_key)
    except OSError as error:
        files = f"{settings.notify_cert}, {settings.notify_key}"
        raise ConfigError("misconfigured", setting="notify_cert", error=f"{files}: {error}") from error
    return context
