"""The web page on loopback, with a desk that keeps to `PresenceDesk` and forgets with the test."""

from __future__ import annotations

import itertools
import re
import ssl
import time
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
from argon2 import PasswordHasher
from msgspec.structs import replace

from reception.directory.numbers import NumberPlan
from reception.errors import CommandRefused
from reception.hub.days import Days
from reception.hub.identity_desk import BEGIN, IdentityDesk
from reception.hub.pairings import Pairings
from reception.hub.presence_desk import Actor
from reception.hub.web.app import make_app
from reception.hub.web.passwords import Passwords
from reception.hub.web.server import WebServer
from reception.hub.web.sessions import Sessions
from reception.hub.web.visit import Web, WebSettings
from reception.identity import IdentityProvider
from reception.model.lines import Line, LineState, PersonStatus
from reception.model.office import Activity, Office, Profile, Shortcut
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import CALENDAR, WEB, CallHandling, Entry, EntryDraft, Timeline
from reception.model.stored import Account, Comparison
from reception.presence.status import status_of

KEY = b"a key for tests"
PASSWORD = "correct horse battery"
WEAK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Fast, for tests only."""
ZONE = "Europe/Copenhagen"


def person(key: str, name: str, number: str, department: str = "Salg", **more: Any) -> Person:
    """Return somebody with a desk phone."""
    numbers = (Number(kind=NumberKind.DESK, number=number),)
    return Person(
        id=key,
        name=name,
        department=department,
        email=f"{key}@firma.example",
        numbers=more.pop("numbers", numbers),
        **more,
    )


METTE = person(
    "meh",
    "Mette Holst",
    "202",
    "Rådgivning",
    numbers=(
        Number(kind=NumberKind.DESK, number="202"),
        Number(kind=NumberKind.MOBILE, number="+4540112235"),
    ),
)
PEOPLE = (
    METTE,
    person("alh", "Alice Holm", "201", "Indkøb"),
    person("hob", "Holger Brandt", "203"),
    person("peh", "Pernille Holde", "205", "HR"),
    person("joh", "Jonas Holmgaard", "204", "Service"),
    person("soj", "Søren Jørgensen", "206", "Service"),
    person("cad", "Carol Dam", "207", "Indkøb"),
)
OFFICE = Office(
    activities=(
        Activity(id="meeting", labels={"da": "Møde", "de": "Besprechung", "en": "Meeting"}),
        Activity(id="lunch", labels={"da": "Frokost", "de": "Mittagessen", "en": "Lunch"}),
        Activity(id="holiday", labels={"da": "Ferie", "de": "Urlaub", "en": "Holiday"}),
        Activity(
            id="home", labels={"da": "Hjemmearbejde", "de": "Homeoffice", "en": "At home"}, is_busy=False
        ),
    ),
    shortcuts=(
        Shortcut(
            id="lunch",
            labels={"da": "Frokost", "de": "Mittagessen", "en": "Lunch"},
            activity="lunch",
            minutes=30,
            icon="lunch",
        ),
        Shortcut(id="break", labels={"da": "Pause", "de": "Pause", "en": "Break"}, minutes=15, icon="break"),
        Shortcut(id="meeting", labels={"da": "Møde", "de": "Besprechung", "en": "Meeting"}, icon="meeting"),
        Shortcut(
            id="home",
            labels={"da": "Hjemmearbejde", "de": "Homeoffice", "en": "At home"},
            is_busy=False,
            handling=CallHandling.OPEN,
            icon="home",
        ),
        Shortcut(id="sick", labels={"da": "Syg", "de": "Krank", "en": "Ill"}, minutes=480, icon="sick"),
    ),
    profiles=(
        Profile(id="Present", labels={"da": "Til stede", "en": "Present"}, is_busy=False),
        Profile(
            id="Quiet",
            labels={"da": "Forstyr ikke", "en": "Do not disturb"},
            handling=CallHandling.VOICEMAIL,
            info="Arbejder koncentreret",
        ),
        Profile(id="Hidden", labels={"en": "Hidden"}, is_enabled=False),
    ),
    zone=ZONE,
)


class FakeDesk:
    """Keeps people, entries and shortcuts. `now` is the clock; `unseen` are hidden from everybody else."""

    def __init__(self, people: Iterable[Person] = PEOPLE, *, now: Callable[[], float] = time.time) -> None:
        self.people = {p.id: p for p in people}
        self.now = now
        self.entries: dict[str, dict[str, Entry]] = {}
        self.lines = {n.number: LineState.IDLE for p in self.people.values() for n in p.numbers}
        self.office = OFFICE
        self.shortcuts: dict[str, tuple[Shortcut, ...]] = {}
        self.profiles: dict[str, tuple[Profile, ...]] = {}
        self.receptionists: set[str] = set()
        self.comparison = Comparison(at=0.0, appointments=3)
        self.has_compared: set[str] = set()
        self.unseen: set[str] = set()
        self.refuses = ""
        self.asked: list[tuple[str, Any]] = []
        self._before: dict[str, tuple[str, dict[str, Entry]]] = {}
        self._listeners: list[Callable[[frozenset[str]], None]] = []
        self._ids = map("e{}".format, itertools.count(1))
        self._days = Days(ZONE)

    def put(self, who: str, *entries: Entry) -> None:
        """Have entries on a timeline, as an import does."""
        self.entries.setdefault(who, {}).update((e.id, e) for e in entries)
        self.tell(who)

    def tell(self, *who: str) -> None:
        """Say that somebody is different."""
        for listener in tuple(self._listeners):
            listener(frozenset(who))

    async def set_entry(
        self, by: Actor, person: str, draft: EntryDraft, *, entry: str = "", request: str = ""
    ) -> str:
        self._check(by, person)
        if draft.end is not None and draft.end <= self.now():
            raise CommandRefused("already_over")
        self.asked.append(("set", draft))
        if draft.shortcut:
            draft = self._by_shortcut(by, draft)
        if draft.profile:
            draft, info = self._by_profile(by, draft)
        else:
            info = ""
        self._remember(request, person)
        before = self.entries.get(person, {}).get(entry)
        if entry and before is None:
            raise CommandRefused("unknown_entry")
        key = entry or next(self._ids)
        is_linked = before is not None and (before.is_linked or before.origin == CALENDAR)
        made = Entry(
            id=key,
            reason=draft.reason,
            start=draft.start,
            end=draft.end,
            origin=by.attendant or WEB,
            is_busy=draft.is_busy,
            handling=draft.handling,
            divert_to=draft.divert_to,
            place=draft.place,
            note=draft.note or (before.note if before is not None else ""),
            activity=draft.activity,
            is_linked=is_linked,
            info=info,
            profile=draft.profile,
        )
        self.put(person, made)
        return key

    async def delete_entry(self, by: Actor, person: str, entry: str, *, request: str = "") -> None:
        self._check(by, person)
        if entry not in self.entries.get(person, {}):
            raise CommandRefused("unknown_entry")
        self.asked.append(("delete", entry))
        self._remember(request, person)
        del self.entries[person][entry]
        self.tell(person)

    async def undo(self, by: Actor, request: str) -> None:
        if request not in self._before:
            raise CommandRefused("nothing_to_undo")
        person, self.entries[person] = self._before.pop(request)
        self.tell(person)

    def timeline_of(self, viewer: Actor, person: str) -> Timeline:
        entries = self.entries.get(person, {}).values()
        shown = (e if viewer.attendant else replace(e, note="") for e in entries)
        return Timeline(person=person, entries=tuple(sorted(shown, key=lambda e: e.start)))

    def status_of(self, viewer: Actor, person: str) -> PersonStatus | None:
        if person not in self.people:
            return None
        now = self.now()
        return status_of(
            self.people[person],
            {n: Line(number=n, state=s, since=0.0) for n, s in self.lines.items()},
            None,
            now=now,
            entries=tuple(self.entries.get(person, {}).values()),
            day_end=self._days.day_of(now).end,
        )

    def people_for(self, viewer: Actor) -> Mapping[str, Person]:
        return {k: p for k, p in self.people.items() if k not in self.unseen or k == viewer.person}

    def subscribe(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def office_for(self, viewer: Actor) -> Office:
        own, profiles = self.shortcuts.get(viewer.person, ()), self.profiles.get(viewer.person, ())
        return replace(
            self.office,
            shortcuts=(*self.office.shortcuts, *own),
            profiles=(*self.office.profiles, *profiles),
        )

    async def set_profiles(self, by: Actor, profiles: tuple[Profile, ...]) -> None:
        if self.refuses:
            raise CommandRefused(self.refuses)
        self.profiles[by.person] = profiles

    async def compare(self, by: Actor) -> Comparison:
        if self.refuses:
            raise CommandRefused(self.refuses)
        self.comparison = replace(self.comparison, at=self.now())
        self.has_compared.add(by.person)
        return self.comparison

    def compared(self, by: Actor) -> Comparison | None:
        return self.comparison if by.person in self.has_compared else None

    def has_queue(self, viewer: Actor) -> bool:
        return viewer.person in self.receptionists

    async def set_shortcuts(self, by: Actor, shortcuts: tuple[Shortcut, ...]) -> None:
        self.shortcuts[by.person] = shortcuts

    def _by_shortcut(self, by: Actor, draft: EntryDraft) -> EntryDraft:
        found = next((s for s in self.office_for(by).shortcuts if s.id == draft.shortcut), None)
        if found is None:
            raise CommandRefused("unknown_shortcut", shortcut=draft.shortcut)
        return replace(
            draft,
            reason=found.labels.get("da", found.id),
            end=None if found.minutes is None else draft.start + 60 * found.minutes,
            is_busy=found.is_busy,
            handling=found.handling,
            divert_to=found.divert_to,
            activity=found.activity,
        )

    def _by_profile(self, by: Actor, draft: EntryDraft) -> tuple[EntryDraft, str]:
        found = next((p for p in self.office_for(by).profiles if p.id == draft.profile), None)
        if found is None:
            raise CommandRefused("unknown_profile", profile=draft.profile)
        made = replace(
            draft,
            reason=found.labels.get("da", found.id),
            is_busy=found.is_busy,
            handling=found.handling,
            divert_to=found.divert_to,
            activity=found.activity,
        )
        return made, found.info

    def _check(self, by: Actor, person: str) -> None:
        if self.refuses:
            raise CommandRefused(self.refuses)
        assert by.person == person, "a colleague acts for himself alone"

    def _remember(self, request: str, person: str) -> None:
        self._before[request] = person, dict(self.entries.get(person, {}))


class MemoryBook:
    """Accounts that are gone with the test."""

    def __init__(self, *accounts: Account) -> None:
        self.accounts = {a.person: a for a in accounts}

    def of(self, person: str) -> Account:
        return self.accounts.get(person) or Account(person=person, user="")

    def named(self, user: str) -> Account | None:
        return next((a for a in self.accounts.values() if a.user.casefold() == user.casefold()), None)

    async def change(self, person: str, **fields: Any) -> Account:
        account = self.accounts[person] = replace(self.of(person), **fields)
        return account


def accounts_of(people: Sequence[Person], *, language: str = "da") -> list[Account]:
    """Return an account for each, by id, all with `PASSWORD`."""
    hashed = WEAK.hash(PASSWORD)
    return [Account(person=p.id, user=p.id, password=hashed, language=language) for p in people]


class WebRig:
    """A page that runs. `shift` seconds can be added to its clock."""

    def __init__(
        self,
        *,
        desk: FakeDesk | None = None,
        language: str = "da",
        tls: ssl.SSLContext | None = None,
        sessions_file: Path | None = None,
        book: MemoryBook | None = None,
        port: int = 0,
        provider: IdentityProvider | None = None,
        has_passwords: bool = True,
        receptionists: Mapping[str, str] | None = None,
    ) -> None:
        self.shift = 0.0
        self.desk = desk or FakeDesk(now=self.now)
        self.book = book or MemoryBook(*accounts_of(PEOPLE, language=language))
        self.passwords = Passwords(self.book, KEY, WEAK)
        settings = WebSettings(
            zone=ZONE,
            is_secure=tls is not None,
            sign_in_at=BEGIN if provider is not None else "",
            has_passwords=has_passwords,
        )
        self.sessions = Sessions(idle_s=12 * 3600.0, longest_s=settings.longest_s, file=sessions_file)
        self.sessions.load(self.now())
        self.web = Web(
            self.desk, self.passwords, self.sessions, settings=settings, plan=NumberPlan(), clock=self.now
        )
        self.pairings = Pairings(lambda who: (receptionists or {}).get(who), self.now)
        self.identity = self._identity(provider)
        app = make_app(self.web, KEY, desk=self.identity, pairings=self.pairings)
        self.server = WebServer(app, self.web.changes, self.sessions, host="127.0.0.1", port=port, tls=tls)
        self._scheme = "https" if tls is not None else "http"

    def _identity(self, provider: IdentityProvider | None) -> IdentityDesk | None:
        if provider is None:
            return None
        people = self.desk.people
        return IdentityDesk(
            provider, address="", people=lambda: people.values(), accounts=self.book, clock=self.now
        )

    async def start(self) -> None:
        """Open the page."""
        await self.server.start()
        if self.identity is not None:
            self.identity.address = self.pairings.page = self.url

    async def stop(self) -> None:
        """Close it."""
        await self.server.stop()
        if self.identity is not None:
            await self.identity.close()

    def now(self) -> float:
        """The page's clock."""
        return time.time() + self.shift

    @property
    def url(self) -> str:
        """Where the page is."""
        return f"{self._scheme}://127.0.0.1:{self.server.port}"


@asynccontextmanager
async def running(**settings: Any) -> AsyncIterator[WebRig]:
    """Run a page."""
    rig = WebRig(**settings)
    await rig.start()
    try:
        yield rig
    finally:
        await rig.stop()


class Visitor:
    """A browser without a window: keeps cookies, finds the token of a form, follows to the next page."""

    def __init__(self, rig: WebRig, **options: Any) -> None:
        self.client = httpx.AsyncClient(
            base_url=rig.url, follow_redirects=True, trust_env=False, timeout=10, **options
        )

    async def __aenter__(self) -> Visitor:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.client.aclose()

    async def get(self, path: str, **options: Any) -> httpx.Response:
        return await self.client.get(path, **options)

    async def post(self, path: str, /, *, page: str = "/", **fields: str) -> httpx.Response:
        """Send a form with the token that stands on a page."""
        token = token_in((await self.client.get(page)).text)
        return await self.client.post(path, data={"csrf": token, **fields})

    async def sign_in(self, user: str = "meh", password: str = PASSWORD) -> httpx.Response:
        return await self.post("/sign-in", page="/sign-in", user=user, password=password)


def token_in(html: str) -> str:
    """Return the token of the first form on a page."""
    found = re.search(r'name="csrf" value="([^"]+)"', html)
    assert found, html
    return found[1]
