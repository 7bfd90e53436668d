"""Teams' words and the calendars of Microsoft 365, behind the `PresenceSource` port.

One client, one list of accounts, and a task for each of: accounts, Teams, calendars, mailbox settings. What
one of them cannot do leaves the others alone; the light of each source tells how its part is.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Mapping, Sequence, Set
from typing import Any, Final

from reception.errors import ConfigError, ServiceError, Unavailable
from reception.light import retry_s
from reception.model.lines import WorkingHours
from reception.model.people import Person
from reception.presence.port import TEAMS, HoursSet, PresenceEvent, Showing
from services.graph.accounts import AGAIN_FOR_NEW_S, Account, Accounts
from services.graph.answers import Answer
from services.graph.batch import AT_MOST, ask_together
from services.graph.calendars import Calendars
from services.graph.client import GraphClient
from services.graph.mail_settings import MailSettings, settings_of, settings_request
from services.graph.notifications import Notifications
from services.graph.settings import PresenceSettings
from services.graph.tasks import begin, end
from services.graph.teams import TeamsWords
from services.graph.writer import Writer

_log = logging.getLogger(__name__)

_SOON_S: Final = 5.0


class GraphPresence:
    """A `PresenceSource`. `new_client` opens the connection, `clock` gives UTC seconds."""

    def __init__(
        self,
        settings: PresenceSettings,
        new_client: Callable[[], GraphClient],
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._settings = settings
        self._new_client = new_client
        self._clock = clock
        self._people: tuple[Person, ...] = ()
        self._watched: Set[str] = frozenset()
        self._on_event: Callable[[PresenceEvent], None] | None = None
        self._client: GraphClient | None = None
        self._teams: TeamsWords | None = None
        self._calendars: Calendars | None = None
        self._writer: Writer | None = None
        self._notifications: Notifications | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._changed = asyncio.Event()
        self._listed = asyncio.Event()
        self._accounts: dict[str, Account] = {}
        self._mail_settings: dict[str, MailSettings] = {}
        self._hours: dict[str, WorkingHours] = {}

    @property
    def sources(self) -> tuple[str, ...]:
        """The calendars, and Teams, whichever are read."""
        calendars = () if self._settings.calendars == "off" else (self._settings.calendar_name,)
        return calendars + ((TEAMS,) if self._settings.teams else ())

    def follow(self, people: Sequence[Person]) -> None:
        """Speak of these colleagues from now on."""
        self._people = tuple(people)
        self._changed.set()

    def watch(self, people: Set[str]) -> None:
        """Speak of these sooner than of others."""
        self._watched = people
        if self._teams is not None:
            self._teams.watch(people)

    async def start(self, on_event: Callable[[PresenceEvent], None]) -> None:
        """Begin to read. Raises ConfigError."""
        self._on_event = on_event
        self._listed.clear()
        client = self._client = self._new_client()
        settings = self._settings
        if settings.teams:
            self._teams = TeamsWords(client, settings, self._emit, self._clock)
            self._teams.watch(self._watched)
        if settings.calendars != "off":
            self._calendars = Calendars(client, settings, self._emit, self._clock)
        if settings.notify_at:
            await self._open_door(client)
        if self._teams is not None:
            self._begin(self._when_listed(self._teams.run), "Teams' words")
        if self._calendars is not None:
            self._begin(self._when_listed(self._calendars.run), "calendars of Microsoft 365")
        self._changed.set()
        self._begin(self._keep_accounts(client), "accounts of Microsoft 365")
        if settings.reads_mailbox_settings:
            self._hours.clear()
            self._begin(self._keep_mail_settings(client), "mailbox settings of Microsoft 365")

    async def _open_door(self, client: GraphClient) -> None:
        try:
            notifications = Notifications(client, self._settings, self._teams, self._calendars, self._clock)
            await notifications.start()
        except ConfigError:
            await self.stop()
            raise
        self._notifications = notifications

    async def read_now(self, person: str) -> int | None:
        """Read a colleague's calendar at once; see `CalendarReader`."""
        if self._settings.calendars == "off":
            return None
        if self._calendars is None:
            raise Unavailable("unreachable", address=self._settings.microsoft.graph)
        await self._until_listed()
        return await self._calendars.read_now(person)

    def good_at(self) -> Mapping[str, float]:
        """Return when each source brought good data last; see `Freshness`."""
        parts = {TEAMS: self._teams, self._settings.calendar_name: self._calendars}
        lights = {source: part.light.good_at for source, part in parts.items() if part is not None}
        return {source: at for source, at in lights.items() if at is not None}

    async def stop(self) -> None:
        """Let go of Microsoft. Harmless when stopped."""
        self._on_event = None
        tasks, self._tasks = self._tasks, []
        await end(*tasks)
        if self._calendars is not None:
            self._calendars.stop()
        notifications, self._notifications = self._notifications, None
        if notifications is not None:
            await notifications.stop()
        client, self._client, self._writer = self._client, None, None
        self._teams = self._calendars = None
        if client is not None:
            await client.close()

    # ------------------------------------------------------------- writing

    async def set_session(self, person: Person, showing: Showing, *, lasts_s: float) -> None:
        """Show this of a colleague in Teams for `lasts_s` seconds. Raises as `PresenceWriter` says."""
        await (await self._writing()).set_session(person, showing, lasts_s=lasts_s)

    async def clear_session(self, person: Person) -> None:
        """Take back what is shown of a colleague in Teams. Raises as `PresenceWriter` says."""
        await (await self._writing()).clear_session(person)

    async def _writing(self) -> Writer:
        """Return who writes, as soon as it is known who is who. Raises Unavailable."""
        await self._until_listed()
        if self._writer is None:
            raise Unavailable("unreachable", address=self._settings.microsoft.graph)
        return self._writer

    async def _until_listed(self) -> None:
        try:
            async with asyncio.timeout(_SOON_S):
                await self._listed.wait()
        except TimeoutError as error:
            raise Unavailable("unreachable", address=self._settings.microsoft.graph) from error

    # ------------------------------------------------------------- who is who

    async def _keep_accounts(self, client: GraphClient) -> None:
        accounts = Accounts(client, self._settings.match)
        self._writer = Writer(client, accounts)
        failures = 0
        while True:
            self._changed.clear()
            pause = AGAIN_FOR_NEW_S
            people = self._people
            try:
                await accounts.refresh(people, self._clock())
                failures = 0
                self._accounts = {p.id: account for p in people if (account := accounts.of(p)) is not None}
                self._follow([p.id for p in people])
            except ServiceError as error:
                failures += 1
                pause = retry_s(error, failures)
                self._fail(error)
            try:
                async with asyncio.timeout(pause):
                    await self._changed.wait()
            except TimeoutError:
                pass

    def _follow(self, people: Sequence[str]) -> None:
        if self._teams is not None:
            self._teams.follow(self._accounts, people)
        if self._calendars is not None:
            self._calendars.follow(self._accounts, people)
        if self._notifications is not None:
            self._notifications.follow([account.user for account in self._accounts.values()])
        self._forget_others()
        self._listed.set()

    def _fail(self, error: ServiceError) -> None:
        """Nobody can be asked for as long as it is not known who is who."""
        if self._listed.is_set():
            _log.warning("accounts of Microsoft 365 cannot be listed again: %s", error.message.key)
            return
        if self._teams is not None:
            self._teams.light.failed(error)
        if self._calendars is not None:
            self._calendars.light.failed(error)

    # ------------------------------------------------------------- automatic replies, working hours

    async def _keep_mail_settings(self, client: GraphClient) -> None:
        await self._listed.wait()
        while True:
            people = list(self._accounts.items())
            for n in range(0, len(people), AT_MOST):
                await self._read_mail_settings(client, dict(people[n : n + AT_MOST]))
            self._take_mail_settings()
            await asyncio.sleep(self._settings.mailbox_s if people else _SOON_S)

    async def _read_mail_settings(self, client: GraphClient, accounts: dict[str, Account]) -> None:
        requests = [settings_request(account.user) for account in accounts.values()]
        try:
            results = await ask_together(client, requests)
        except ServiceError as error:
            _log.info("mailbox settings cannot be read: %s", error.message.key)
            return
        for person, result in zip(accounts, results, strict=True):
            if isinstance(result, Answer) and result.is_well:
                try:
                    self._mail_settings[person] = settings_of(result.json("mailboxSettings"))
                except ServiceError as error:
                    _log.debug("mailbox settings: %s", error.message.key)
            elif isinstance(result, Answer):
                self._mail_settings.pop(person, None)

    def _take_mail_settings(self) -> None:
        self._forget_others()
        if self._settings.automatic_replies:
            replies = {person: found.replies for person, found in self._mail_settings.items()}
            for part in (self._teams, self._calendars):
                if part is not None:
                    part.take_replies(replies)

    def _forget_others(self) -> None:
        """Keep the settings of those alone who are followed; tells whose working hours are different now."""
        self._mail_settings = {p: found for p, found in self._mail_settings.items() if p in self._accounts}
        if self._settings.working_hours:
            self._tell_hours()

    def _tell_hours(self) -> None:
        before, self._hours = self._hours, {p: s.hours for p, s in self._mail_settings.items() if s.hours}
        for person in before.keys() | self._hours.keys():
            hours = self._hours.get(person)
            if hours != before.get(person):
                self._emit(HoursSet(source=self.sources[0], person=person, hours=hours))

    # ------------------------------------------------------------- tasks

    async def _when_listed(self, run: Callable[[], Coroutine[Any, Any, None]]) -> None:
        await self._listed.wait()
        await run()

    def _begin(self, work: Coroutine[Any, Any, None], name: str) -> None:
        self._tasks.append(begin(work, name))

    def _emit(self, event: PresenceEvent) -> None:
        if self._on_event is not None:
            self._on_event(event)
