"""The organisation: its people, their presence, calendars and mailboxes, and the apps that are let in."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import msgspec

from services.emulators.graph.calendars import Event, read_moment
from services.emulators.graph.presence import Pair, Presence, Shown

TENANT_ID: Final = "11111111-1111-4111-8111-111111111111"
APP_ID: Final = "22222222-2222-4222-8222-222222222222"
SECRET: Final = "only for trials"
TEAMS: Final = "a Teams client"
"""The session that somebody's own Teams has."""


class User(msgspec.Struct, kw_only=True):
    """An account. `manager` is an id; `photo` a JPEG, `note` what they wrote for their status in Teams; who
    has no mailbox has no calendar here.

    `shares_details`: whoever asks for free and busy times is told subjects and places as well.
    """

    name: str
    mail: str
    id: str = msgspec.field(default_factory=lambda: str(uuid.uuid4()))
    phone: str = ""
    mobile: str = ""
    job: str = ""
    department: str = ""
    office: str = ""
    extensions: dict[str, str] = {}
    manager: str = ""
    photo: bytes = b""
    note: str = ""
    is_enabled: bool = True
    kind: str = "Member"
    has_mailbox: bool = True
    has_teams: bool = True
    shares_details: bool = False

    def told(self) -> dict[str, Any]:
        """Return the account as Graph tells it, everything that may be selected."""
        given, _, surname = self.name.rpartition(" ")
        return {
            "id": self.id,
            "displayName": self.name,
            "givenName": given or None,
            "surname": surname,
            "mail": self.mail,
            "userPrincipalName": self.mail,
            "businessPhones": [self.phone] if self.phone else [],
            "mobilePhone": self.mobile or None,
            "jobTitle": self.job or None,
            "department": self.department or None,
            "officeLocation": self.office or None,
            "accountEnabled": self.is_enabled,
            "userType": self.kind,
            "onPremisesExtensionAttributes": {
                f"extensionAttribute{n}": self.extensions.get(f"extensionAttribute{n}") for n in range(1, 16)
            },
        }


class App(msgspec.Struct, kw_only=True):
    """An app registration. `roles` is what it may do by itself, `scopes` what for somebody who signed in;
    both are what an administrator has consented to. `certificate` is a PEM whose key may sign in. `redirects`
    are the addresses of the platform "Web"; the loopback ones of a program need no entry."""

    id: str = APP_ID
    secret: str = SECRET
    certificate: str = ""
    roles: set[str] = set()
    scopes: set[str] = set()
    redirects: set[str] = set()


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Something of a user (an id) has changed: the appointment `event`, or the presence where that is empty.

    `kind` is Graph's word for it: ``created``, ``updated`` or ``deleted``.
    """

    user: str
    event: str = ""
    kind: str = "updated"


class Tenant:
    """All of it. `clock` gives UTC seconds; `changed` is called with whatever changes."""

    def __init__(self, users: Iterable[User], clock: Callable[[], float], *, id_: str = TENANT_ID) -> None:
        self.id = id_
        self.clock = clock
        self.users = {user.id: user for user in users}
        self.apps = {APP_ID: App()}
        self.presences = {user: Presence() for user in self.users}
        self.calendars: dict[str, dict[str, Event]] = {user: {} for user in self.users}
        self.mailbox_settings: dict[str, dict[str, Any]] = {}
        self.mails: list[tuple[str, dict[str, Any]]] = []
        self.chats: dict[str, list[str]] = {}
        self.chat_messages: list[tuple[str, str, dict[str, Any]]] = []
        self.changed: Callable[[Change], None] = lambda change: None

    @property
    def app(self) -> App:
        """The first app registration."""
        return self.apps[APP_ID]

    def find(self, key: str) -> User | None:
        """Return somebody by id or user principal name."""
        found = self.users.get(key)
        return found or next((u for u in self.users.values() if u.mail.lower() == key.lower()), None)

    def id_of(self, mail: str) -> str:
        """Return somebody's id. Raises KeyError."""
        found = self.find(mail)
        if found is None:
            raise KeyError(mail)
        return found.id

    # ------------------------------------------------------------- what people do

    def is_in_teams(self, mail: str, pair: Pair = ("Available", "Available")) -> None:
        """Somebody's own Teams shows this; "Available" fades unless it is said again."""
        user = self.id_of(mail)
        self.presences[user].sessions[TEAMS] = Shown(pair=pair, since=self.clock())
        self.changed(Change(user=user))

    def takes_teams_call(self, mail: str) -> None:
        """Somebody speaks in Teams."""
        self.is_in_teams(mail, ("Busy", "InACall"))

    def presents(self, mail: str) -> None:
        """Somebody shows their screen in Teams."""
        self.is_in_teams(mail, ("DoNotDisturb", "Presenting"))

    def leaves_teams(self, mail: str) -> None:
        """Somebody's Teams is closed."""
        user = self.id_of(mail)
        self.presences[user].sessions.pop(TEAMS, None)
        self.changed(Change(user=user))

    def chooses(self, mail: str, pair: Pair | None, *, until: float = float("inf")) -> None:
        """Somebody chooses their status by hand in Teams, or lets it be automatic again."""
        user = self.id_of(mail)
        chosen = None if pair is None else Shown(pair=pair, since=self.clock(), until=until)
        self.presences[user].preferred = chosen
        self.changed(Change(user=user))

    def meets(self, mail: str, event: Event) -> Event:
        """An appointment is put into somebody's calendar, or takes the place of the one with its id."""
        user = self.id_of(mail)
        kind = "updated" if event.id in self.calendars[user] else "created"
        self.calendars[user][event.id] = event
        self.changed(Change(user=user, event=event.id, kind=kind))
        return event

    def cancels(self, mail: str, event: str) -> None:
        """An appointment is taken out of somebody's calendar."""
        user = self.id_of(mail)
        if self.calendars[user].pop(event, None) is not None:
            self.changed(Change(user=user, event=event, kind="deleted"))

    def replies(self, mail: str, settings: dict[str, Any]) -> None:
        """Somebody sets their automatic replies (Graph's ``automaticRepliesSetting``)."""
        user = self.id_of(mail)
        self.mailbox_settings.setdefault(user, {})["automaticRepliesSetting"] = settings
        self.changed(Change(user=user))

    # ------------------------------------------------------------- what the service makes of it

    def presence(self, user: str) -> tuple[Pair, str | None, str]:
        """Return pair, what is said out of office (None otherwise) and version of somebody (an id) now.

        It is calculated from sessions, calendar and mailbox (contract 1.2, 1.5).
        """
        running = self._running(user)
        away = self._reply(user)
        if away is None and "oof" in running:
            away = ""
        pair, version = self.presences[user].seen(self.clock(), "busy" in running, away)
        return pair, away, version

    def _running(self, user: str) -> set[str]:
        """Return as what the appointments that are running show somebody."""
        now = datetime.fromtimestamp(self.clock(), UTC)
        return {
            event.show_as
            for event in self.calendars[user].values()
            if not event.is_cancelled and any(event.occurrences(now, now + timedelta(microseconds=1)))
        }

    def _reply(self, user: str) -> str | None:
        """Return the automatic reply that is sent now, None when none is."""
        if not self.users[user].has_mailbox:
            return None
        settings = self.mailbox_settings.get(user, {}).get("automaticRepliesSetting", {})
        is_on = settings.get("status") == "alwaysEnabled"
        if settings.get("status") == "scheduled":
            now = datetime.fromtimestamp(self.clock(), UTC)
            start, end = (read_moment(settings[f"scheduled{which}DateTime"]) for which in ("Start", "End"))
            is_on = start <= now < end
        return str(settings.get("internalReplyMessage") or "") if is_on else None

    def joins(self, user: User) -> None:
        """Somebody gets an account."""
        self.users[user.id] = user
        self.presences.setdefault(user.id, Presence())
        self.calendars.setdefault(user.id, {})

    def goes(self, mail: str) -> None:
        """Somebody's account is deleted."""
        user = self.id_of(mail)
        del self.users[user]
        self.presences.pop(user, None)
        self.calendars.pop(user, None)
