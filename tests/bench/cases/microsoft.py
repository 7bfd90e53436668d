"""Goal 21: what it costs at Microsoft to keep 5,000 colleagues fresh, counted by the emulated Microsoft 365.

Requests are counted, not time, so it does not matter how fast the computer is as long as it keeps up; the
second figure says whether it does. The floor is what the contract allows for: 650 people in a request for
presence (1.3), 20 mailboxes in a `$batch` (6.3).
"""

from __future__ import annotations

import asyncio
import ssl
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil
from pathlib import Path
from typing import Any, Final, NamedTuple

import trustme
from msgspec.structs import asdict

from reception.model.microsoft import MicrosoftAccount
from reception.model.people import Person
from reception.presence.port import CalendarSet, PresenceEvent, TeamsSet
from services.emulators.graph.calendars import Event
from services.emulators.graph.service import Exchange
from services.emulators.graph.serving import GraphEmulator
from services.emulators.graph.tenant import APP_ID, SECRET, TENANT_ID, Tenant, User
from services.graph import create
from services.graph.batch import AT_MOST
from services.graph.budgets import LIMITS, Kind
from tests.bench.figures import Figure, p99

PEOPLE: Final = 5_000
A_REQUEST: Final = 650
ROLES: Final = {"User.ReadBasic.All", "Presence.Read.All", "Calendars.Read"}


class Load(NamedTuple):
    """How often everybody is asked for (seconds), and for how many turns it is counted."""

    interval_s: float
    turns: int


PRESENCE, PRESENCE_SHORT = Load(10.0, 6), Load(1.0, 5)
CALENDARS, CALENDARS_SHORT = Load(60.0, 1), Load(8.0, 1)


class Counted(list[Exchange]):
    """In place of the emulator's memory of all that was said: when what was asked, and of whom."""

    def __init__(self) -> None:
        super().__init__()
        self.presence: list[float] = []
        self.envelopes: list[float] = []
        self.mailboxes: list[float] = []
        self.refused = 0
        self.begin = 0.0
        self.asked_at: defaultdict[str, list[float]] = defaultdict(list)

    def append(self, exchange: Exchange) -> None:
        """Count an exchange and forget it."""
        now, path = time.monotonic(), exchange.asked.path
        self.refused += exchange.reply.status >= 400
        if "getPresencesByUserId" in path:
            self.presence.append(now)
            for user in exchange.asked.body()["ids"]:
                self.asked_at[user].append(now)
        elif path == "/$batch":
            self.envelopes.append(now)
        elif "calendarView" in path:
            self.mailboxes.append(now)


class Ear:
    """Hears of whom anything was told."""

    def __init__(self) -> None:
        self.teams: set[str] = set()
        self.calendars: set[str] = set()
        self.changed = asyncio.Event()

    def __call__(self, event: PresenceEvent) -> None:
        match event:
            case TeamsSet(person=person):
                self.teams.add(person)
            case CalendarSet(person=person):
                self.calendars.add(person)
        self.changed.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something was heard."""
        while not condition():
            self.changed.clear()
            await self.changed.wait()


def run(*, is_short: bool) -> Iterator[Figure]:
    """Keep everybody fresh, presence first and then calendars."""
    presence = asyncio.run(_presence(PRESENCE_SHORT if is_short else PRESENCE))
    yield from presence
    yield asyncio.run(_calendars(CALENDARS_SHORT if is_short else CALENDARS))


async def _presence(load: Load) -> list[Figure]:
    settings = {"calendars": "off", "rest_s": load.interval_s, "watched_s": min(2.0, load.interval_s)}
    counted = await _count(settings, load, lambda ear: len(ear.teams) == PEOPLE)
    seconds = load.turns * load.interval_s
    begin = min(at for at in counted.presence if at >= counted.begin)
    sent = [at for at in counted.presence if begin <= at < begin + seconds]
    floor = ceil(PEOPLE / A_REQUEST) * load.turns
    minute = 60.0 / seconds
    budget = LIMITS[Kind.PRESENCE].requests * 60.0 / LIMITS[Kind.PRESENCE].window_s
    used = len(sent) * minute
    note = f"{used:.0f} requests a minute, {used / budget:.1%} of the budget; refused: {counted.refused}"
    ages = [b - a for times in counted.asked_at.values() for a, b in pairwise(times)]
    return [
        Figure(goal="21", value=used, floor=floor * minute, unit="a minute", note=note),
        Figure(
            goal="21b",
            value=p99(ages) * 1000,
            floor=load.interval_s * 1000,
            note=f"{len(counted.asked_at)} people",
        ),
    ]


async def _calendars(load: Load) -> Figure:
    settings = {"teams": False, "calendar_s": load.interval_s}
    counted = await _count(settings, load, lambda ear: len(ear.calendars) == PEOPLE)
    seconds = load.turns * load.interval_s
    begin = min(at for at in counted.envelopes if at >= counted.begin)
    sent = [at for at in counted.envelopes if begin <= at < begin + seconds]
    boxes = [at for at in counted.mailboxes if begin <= at < begin + seconds]
    minute = 60.0 / seconds
    note = f"{len(boxes) * minute:.0f} calendars a minute in them; refused: {counted.refused}"
    floor = ceil(PEOPLE / AT_MOST) * load.turns
    return Figure(goal="21c", value=len(sent) * minute, floor=floor * minute, unit="a minute", note=note)


async def _count(settings: dict[str, Any], load: Load, is_all_there: Callable[[Ear], bool]) -> Counted:
    """Let a hub's source ask until everybody is known, and then for the turns that are counted."""
    with tempfile.TemporaryDirectory() as folder:
        authority, tls = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        ca_file = Path(folder, "ca.pem")
        authority.cert_pem.write_to_path(str(ca_file))
        authority.issue_cert("localhost", "127.0.0.1").configure_cert(tls)
        async with GraphEmulator(_tenant(), tls=tls) as emulator:
            counted = emulator.graph.exchanges = Counted()
            source = create({"microsoft": asdict(_account(emulator, ca_file)), **settings})
            source.follow([Person(id=mail, name=mail, email=mail) for mail in map(_mail, range(PEOPLE))])
            ear = Ear()
            await source.start(ear)
            await ear.until(lambda: is_all_there(ear))
            counted.begin = time.monotonic()
            await asyncio.sleep((load.turns + 1) * load.interval_s)
            await source.stop()
    return counted


def _mail(n: int) -> str:
    return f"p{n}@firma.example"


def _tenant() -> Tenant:
    tenant = Tenant([User(name=f"Name {n}", mail=_mail(n)) for n in range(PEOPLE)], time.time)
    tenant.app.roles = set(ROLES)
    now = datetime.now(UTC)
    for n, user in enumerate(tenant.users):
        start = now + timedelta(hours=1 + n % 7)
        event = Event(subject=f"Møde {n}", start=start, end=start + timedelta(hours=1))
        tenant.calendars[user][event.id] = event
    return tenant


def _account(emulator: GraphEmulator, ca_file: Path) -> MicrosoftAccount:
    return MicrosoftAccount(
        tenant=TENANT_ID,
        client_id=APP_ID,
        secret=SECRET,
        authority=emulator.base,
        graph=emulator.root,
        ca_file=str(ca_file),
    )
