"""An examination of Microsoft 365: sign-in, clock, permission by permission, and one read of each kind."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Final
from urllib.parse import quote

from reception.errors import ConfigError, ProtocolError, ServiceError
from reception.model.changes import Message
from reception.model.findings import Finding
from services.graph.accounts import LIST_PERMISSION
from services.graph.answers import Request
from services.graph.budgets import Kind, Scope
from services.graph.client import GraphClient
from services.graph.directory import PERMISSION as PEOPLE_PERMISSION
from services.graph.mail_settings import PERMISSION as SETTINGS_PERMISSION
from services.graph.mail_settings import settings_of, settings_request
from services.graph.mailbox import CALENDAR_PERMISSION, Mailbox, Reading, Window
from services.graph.photos import PERMISSION as PHOTO_PERMISSION
from services.graph.schedules import PERMISSION as SCHEDULE_PERMISSION
from services.graph.schedules import read_schedules
from services.graph.sending import MAIL_PERMISSION
from services.graph.sessions import PERMISSION as WRITE_PERMISSION
from services.graph.settings import DirectorySettings, MailSettings, PresenceSettings
from services.graph.teams import PERMISSION as PRESENCE_PERMISSION
from services.graph.zones import midnight_before

MOST_SKEW_S: Final = 120.0
"""Clocks that are further apart make tokens that are not valid yet, or no more."""
_SIGN_IN: Final = "sign-in"
_BROADER: Final = {
    "User.ReadBasic.All": ("User.Read.All", "Directory.Read.All"),
    "User.Read.All": ("Directory.Read.All",),
    "Calendars.ReadBasic": ("Calendars.ReadBasic.All", "Calendars.Read", "Calendars.ReadWrite"),
    "Calendars.Read": ("Calendars.ReadWrite",),
    "Presence.Read.All": ("Presence.ReadWrite.All",),
    "MailboxSettings.Read": ("MailboxSettings.ReadWrite",),
}
"""Permissions that hold another one."""

Look = Callable[[], Awaitable[None]]


class Doctor:
    """Examines by way of one client."""

    def __init__(self, client: GraphClient, clock: Callable[[], float] = time.time) -> None:
        self._client = client
        self._clock = clock

    async def presence(self, settings: PresenceSettings) -> AsyncIterator[Finding]:
        """Examine what [presence.graph] needs."""
        async for finding in self._beginning(_of_presence(settings)):
            yield finding
            if finding.what == _SIGN_IN and finding.fault is not None:
                return
        user, address = "", ""
        try:
            user, address = await self._somebody()
            yield Finding(what="list of accounts")
        except ServiceError as error:
            yield Finding(what="list of accounts", fault=error.message)
            return
        looks: list[tuple[str, Look]] = []
        if settings.teams:
            looks.append(("presence", lambda: self._read_presence(user)))
        if settings.calendars == "details":
            looks.append(("calendar", lambda: self._read_calendar(settings, user, address)))
        if settings.schedules_through:
            looks.append(("free and busy times", lambda: self._read_schedule(settings, user, address)))
        if settings.reads_mailbox_settings:
            looks.append(("mailbox settings", lambda: self._read_settings(user)))
        for what, look in looks:
            yield await _finding(f"{what} of {address}", look)

    async def directory(self, settings: DirectorySettings) -> AsyncIterator[Finding]:
        """Examine what [directory.graph] needs."""
        permissions = [PEOPLE_PERMISSION, *((PHOTO_PERMISSION,) if settings.photos else ())]
        async for finding in self._beginning(permissions):
            yield finding
            if finding.what == _SIGN_IN and finding.fault is not None:
                return
        yield await _finding("people with their telephone numbers", self._read_people)

    async def mail(self, settings: MailSettings) -> AsyncIterator[Finding]:
        """Examine what [mail.graph] needs; nothing is sent, so whether the mailbox may send is not tried."""
        async for finding in self._beginning([MAIL_PERMISSION]):
            yield finding
            if finding.what == _SIGN_IN and finding.fault is not None:
                return
        if await self._client.has_right(LIST_PERMISSION) or await self._client.has_right(PEOPLE_PERMISSION):
            yield await _finding(f"sender {settings.sender}", lambda: self._read_sender(settings.sender))

    async def writing(self) -> AsyncIterator[Finding]:
        """Examine what is needed to show telephone calls in Teams; nothing is written."""
        try:
            yield await self._permission(WRITE_PERMISSION)
        except ServiceError as error:
            yield Finding(what=_SIGN_IN, fault=error.message)

    async def _beginning(self, permissions: list[str]) -> AsyncIterator[Finding]:
        try:
            await self._client.has_right("")
        except ServiceError as error:
            yield Finding(what=_SIGN_IN, fault=error.message)
            return
        yield Finding(what=_SIGN_IN)
        for permission in permissions:
            yield await self._permission(permission)
        request = Request("GET", "/users?$select=id&$top=1", Scope(Kind.DIRECTORY), LIST_PERMISSION)
        with suppress(ServiceError):  # what was asked for is looked at below; here it is the clock
            await self._client.ask(request)
        skew = self._client.skew_s
        if skew is not None and abs(skew) > MOST_SKEW_S:
            yield Finding(
                what="clock", fault=Message(key="clock_differs", params={"seconds": round(abs(skew))})
            )
        elif skew is not None:
            yield Finding(what="clock")

    async def _permission(self, permission: str) -> Finding:
        rights = [await self._client.has_right(one) for one in (permission, *_BROADER.get(permission, ()))]
        what = f"permission {permission}"
        if True in rights or None in rights:
            return Finding(what=what if True in rights else f"{what} (the token does not tell)")
        params: dict[str, str | float] = {
            "permission": permission,
            "link": self._client.account.consent_link,
            "error": "not in the token",
        }
        return Finding(what=what, fault=Message(key="graph_refused", params=params))

    # ------------------------------------------------------------- one read of each kind

    async def _somebody(self) -> tuple[str, str]:
        """Return the id and UPN of some account with a mailbox, else of any. Raises ServiceError."""
        path = "/users?$select=id,mail,userPrincipalName&$top=50"
        answer = await self._client.ask(Request("GET", path, Scope(Kind.DIRECTORY), LIST_PERMISSION))
        users = answer.values("users")
        chosen = next((one for one in users if one.get("mail")), users[0] if users else {})
        user, address = (str(chosen.get(key) or "") for key in ("id", "userPrincipalName"))
        if not user:
            raise ProtocolError("graph_malformed", what="users")
        return user, address

    async def _read_presence(self, user: str) -> None:
        path, body = "/communications/getPresencesByUserId", {"ids": [user]}
        request = Request("POST", path, Scope(Kind.PRESENCE), PRESENCE_PERMISSION, body=body)
        (await self._client.ask(request)).values("presence")

    async def _read_calendar(self, settings: PresenceSettings, user: str, address: str) -> None:
        box = Mailbox("", user, address)
        box.begin(self._today(settings))
        reading = Reading(settings.home, {})
        request = box.request(reading)
        answer = await self._client.ask(request)
        box.take(answer, reading)

    async def _read_schedule(self, settings: PresenceSettings, user: str, address: str) -> None:
        boxes, window = [Mailbox("", user, address)], self._today(settings)
        through, home = settings.schedules_through, settings.home
        (schedule,) = await read_schedules(self._client, through, boxes, window, home)
        if schedule.trouble is not None:
            raise schedule.trouble

    async def _read_settings(self, user: str) -> None:
        answer = await self._client.ask(settings_request(user)._replace(expected=frozenset()))
        settings_of(answer.json("mailboxSettings"))

    async def _read_sender(self, sender: str) -> None:
        request = Request(
            "GET",
            f"/users/{quote(sender)}?$select=id",
            Scope(Kind.DIRECTORY),
            LIST_PERMISSION,
            expected=frozenset({404}),
        )
        if not (await self._client.ask(request)).is_well:
            raise ConfigError("graph_no_sender", sender=sender)

    async def _read_people(self) -> None:
        path = "/users?$select=id,businessPhones,department&$top=1"
        answer = await self._client.ask(Request("GET", path, Scope(Kind.DIRECTORY), PEOPLE_PERMISSION))
        answer.values("users")

    def _today(self, settings: PresenceSettings) -> Window:
        now, home = self._clock(), settings.home
        return Window(midnight_before(now, home), midnight_before(now, home, 1))


def _of_presence(settings: PresenceSettings) -> list[str]:
    wanted = [LIST_PERMISSION]
    if settings.teams:
        wanted.append(PRESENCE_PERMISSION)
    if settings.calendars == "details":
        wanted.append(CALENDAR_PERMISSION)
    if settings.schedules_through:
        wanted.append(SCHEDULE_PERMISSION)
    if settings.reads_mailbox_settings:
        wanted.append(SETTINGS_PERMISSION)
    return wanted


async def _finding(what: str, look: Look) -> Finding:
    try:
        await look()
    except ServiceError as error:
        return Finding(what=what, fault=error.message)
    return Finding(what=what)
