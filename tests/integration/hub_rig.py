"""A hub on loopback with a switch and a store of our own, and consoles to connect to it."""

from __future__ import annotations

import asyncio
import itertools
import ssl
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import msgspec
from websockets.asyncio.client import ClientConnection, connect

from reception.calls.engine import CallEngine
from reception.console.api import Delta, LinkState
from reception.console.link import Endpoint, Pace
from reception.console.session import ConsoleSession
from reception.directory.book import PhoneBook
from reception.errors import Unavailable
from reception.hub.absences import Absences
from reception.hub.changelog import DEFAULT_CAPACITY
from reception.hub.core import Hub
from reception.hub.outbox import Budget
from reception.hub.people import LiveBook
from reception.hub.presence import PresenceSetup
from reception.hub.rights import Rights
from reception.hub.server import HubServer, ServerSettings
from reception.hub.spoken import SpokenMemory
from reception.hub.teams_sync import SyncSetup
from reception.model.attendants import Attendant, Readiness
from reception.model.calls import Call, CallerId, Spoken
from reception.model.groups import AttendantGroup
from reception.model.intents import Intent
from reception.model.people import Number, NumberKind, Person
from reception.model.stored import Account, Batch, DayRecord, KeptEntry, StoredOutcome
from reception.model.sync import OwnSession, SyncPolicy
from reception.ports import (
    LegArrived,
    StoredState,
    Switch,
    SwitchCommand,
    SwitchConnected,
    SwitchEvent,
)
from reception.presence.port import PresenceSource
from reception.presence.sync import USUAL_TIMING, Timing
from reception.wire import (
    PROTOCOL,
    Changes,
    Goodbye,
    Hello,
    Outcome,
    Request,
    Slice,
    Welcome,
    decode_to_console,
    encode,
)

F = TypeVar("F")

TOKENS = {"KLJ": "token-of-karin", "MBH": "token-of-mads"}
GROUPS = (AttendantGroup(id="main", name="Hovednummer", number="7000"),)
ATTENDANTS = (
    Attendant(id="KLJ", name="Karin", number="101", groups=("main",), readiness=Readiness.READY),
    Attendant(id="MBH", name="Mads", number="102", groups=("main",), readiness=Readiness.READY),
)
FAST = Pace(first_s=0.01, longest_s=0.05, refused_s=0.05)


def person(number: str, name: str = "") -> Person:
    return Person(
        id=f"p{number}",
        name=name or f"Person {number}",
        numbers=(Number(kind=NumberKind.DESK, number=number),),
    )


PEOPLE = (person("201", "Alice"), person("202", "Bent"), person("203", "Clara"))


class FakeSwitch:
    """Remembers what it is told; says what the test says."""

    def __init__(self) -> None:
        self.sent: list[SwitchCommand] = []
        self.on_send: Callable[[Sequence[SwitchCommand]], None] = lambda _: None
        self._on_event: Callable[[SwitchEvent], None] | None = None
        self._legs = itertools.count(1)

    async def start(self, on_event: Callable[[SwitchEvent], None]) -> None:
        self._on_event = on_event

    def send(self, commands: Sequence[SwitchCommand]) -> None:
        self.sent += commands
        self.on_send(commands)

    async def stop(self) -> None:
        self._on_event = None

    def say(self, event: SwitchEvent) -> None:
        assert self._on_event is not None
        self._on_event(event)

    def connect(self) -> None:
        self.say(SwitchConnected())

    def caller(self, number: str = "+4533112233", dialled: str = "7000") -> str:
        leg = f"leg-{next(self._legs)}"
        self.say(LegArrived(leg=leg, dialled=dialled, caller=CallerId(number=number)))
        return leg


class MemoryStore:
    """A store that forgets with the test; `fails` makes it refuse, `log` is the order of what happened.

    While `may_go_on` is not set, whatever is to be written hangs.
    """

    def __init__(self, people: Iterable[Person] = PEOPLE) -> None:
        self.calls: dict[str, Call] = {}
        self.attendants: dict[str, Attendant] = {}
        self.people: tuple[Person, ...] = tuple(people)
        self.outcomes: dict[str, StoredOutcome] = {}
        self.entries: dict[str, KeptEntry] = {}
        self.accounts: dict[str, Account] = {}
        self.sessions: dict[str, OwnSession] = {}
        self.day: DayRecord | None = None
        self.spoken: dict[str, Spoken] = {}
        self.fails = False
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()
        self.written = asyncio.Event()
        self.log: list[str] = []

    @property
    def now(self) -> StoredState:
        """All that is stored."""
        return StoredState(
            calls=tuple(self.calls.values()),
            attendants=tuple(self.attendants.values()),
            people=self.people,
            day=self.day,
            spoken=tuple(self.spoken.items()),
            entries=tuple(self.entries.values()),
            accounts=tuple(self.accounts.values()),
            sessions=tuple(self.sessions.values()),
            outcomes=tuple(self.outcomes.values()),
        )

    async def load(self) -> StoredState:
        return self.now

    async def save(self, batch: Batch) -> None:
        await self._write("save")
        self.calls.update((c.id, c) for c in batch.calls)
        self.attendants.update((a.id, a) for a in batch.attendants)
        self.spoken.update(batch.spoken)
        self.entries.update((e.key, e) for e in batch.entries)
        self.accounts.update((a.person, a) for a in batch.accounts)
        self.sessions.update((s.person.id, s) for s in batch.sessions)
        self.day = batch.day or self.day
        for outcome in batch.outcomes:
            self.outcomes.setdefault(outcome.key, outcome)
        gone = (
            (self.calls, batch.ended),
            (self.spoken, batch.forgotten),
            (self.entries, batch.removed),
            (self.sessions, batch.cleared),
        )
        for table, keys in gone:
            for key in keys:
                table.pop(key, None)  # type: ignore[attr-defined]  # all are dicts by text
        self.written.set()

    async def until(self, condition: Callable[[], object]) -> None:
        """Wait until something holds, looking again after each time something was written."""
        async with asyncio.timeout(10):
            while not condition():
                self.written.clear()
                await self.written.wait()

    async def replace_people(self, people: Sequence[Person]) -> None:
        await self._write("people")
        self.people = tuple(people)

    async def close(self) -> None:
        self.log.append("close")

    async def _write(self, what: str) -> None:
        await asyncio.sleep(0)  # as the real ones, it takes a while
        await self.may_go_on.wait()
        if self.fails:
            raise Unavailable("misconfigured", setting="store", error="disk full")
        self.log.append(what)


class Rig:
    """One life of a hub. `port` stays the same over lives, as a runtime file would tell."""

    def __init__(
        self,
        store: MemoryStore | None = None,
        *,
        epoch: str = "epoch-1",
        budget: Budget | None = None,
        log_capacity: int = DEFAULT_CAPACITY,
        settings: ServerSettings | None = None,
        tls: ssl.SSLContext | None = None,
        attendants: Sequence[Attendant] = ATTENDANTS,
        tokens: dict[str, str] = TOKENS,
        presence: Sequence[PresenceSource] = (),
        rights: Rights | None = None,
        setup: PresenceSetup | None = None,
        clock: Callable[[], float] = time.time,
        timing: Timing = USUAL_TIMING,
        policy_of: Callable[[Person], SyncPolicy] = lambda _: SyncPolicy(),
        real_switch: Switch | None = None,
    ) -> None:
        self.store = store or MemoryStore()
        self.switch = FakeSwitch()
        stored = self.store.now
        book = LiveBook(PhoneBook(stored.people))
        spoken = SpokenMemory(normalise=str, owner_of=book.owner_of, stored=stored.spoken)
        absences = Absences(book.owner_of)
        sync = SyncSetup(absences, policy_of=policy_of, sessions=stored.sessions, timing=timing)
        self.engine = CallEngine(
            groups=GROUPS,
            attendants=attendants,
            book=book,
            new_id=map("call-{}".format, itertools.count(len(stored.calls) + 1)).__next__,
            stored=stored,
            last_spoken=spoken.last_of,
            is_on_call_elsewhere=absences.is_on_call_in_teams,
        )
        self.hub = Hub(
            engine=self.engine,
            store=self.store,
            switch=real_switch or self.switch,
            people=stored.people,
            clock=clock,
            epoch=epoch,
            on_people=lambda _: None,
            budget=budget,
            log_capacity=log_capacity,
            presence=presence,
            rights=rights,
            setup=(setup or PresenceSetup())._replace(
                kept=stored.entries, accounts=stored.accounts, sync=sync
            ),
            day=stored.day,
            outcomes=stored.outcomes,
            spoken=spoken,
        )
        self.goodbyes: list[Goodbye] = []
        self.presence: list[bool] = []
        self.server = HubServer(
            self.hub,
            tokens,
            settings=settings or ServerSettings(),
            clock=time.time,
            tls=tls,
            on_goodbye=self.goodbyes.append,
            on_presence=self.presence.append,
        )
        self.scheme = "wss" if tls else "ws"

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server.port}"

    async def start(self, *, is_connected: bool = True) -> None:
        await self.server.start()
        await self.hub.start()
        if is_connected:
            self.switch.connect()

    async def stop(self) -> None:
        await self.server.stop()
        await self.hub.stop()

    async def settled(self) -> None:
        """Wait until all that was decided so far is stored, done and told."""
        await self.hub._steps.done()


@asynccontextmanager
async def running(
    store: MemoryStore | None = None, *, is_connected: bool = True, **options: Any
) -> AsyncIterator[Rig]:
    """A hub that is up, with telephony connected."""
    rig = Rig(store, **options)
    await rig.start(is_connected=is_connected)
    try:
        yield rig
    finally:
        await rig.stop()


@asynccontextmanager
async def raw(rig: Rig, **options: Any) -> AsyncIterator[ClientConnection]:
    """A bare WebSocket to the hub."""
    options = {"compression": None, "proxy": None, "max_size": None, "close_timeout": 0.2} | options
    async with asyncio.timeout(30), connect(rig.url, **options) as connection:
        yield connection


async def hear(connection: ClientConnection, kind: type[F], *, timeout_s: float = 5.0) -> F:
    """Return the next frame of a kind, passing over others."""
    async with asyncio.timeout(timeout_s):
        while True:
            frame = decode_to_console(await connection.recv(decode=False))
            if isinstance(frame, kind):
                return frame


async def closed(connection: ClientConnection) -> int:
    """Read until the hub has closed; returns the close code."""
    async with asyncio.timeout(5.0):
        async for _ in connection:
            continue
        await connection.wait_closed()
    assert connection.close_code is not None
    return connection.close_code


async def log_in(
    connection: ClientConnection, attendant: str = "KLJ", *, epoch: str = "", have: int = 0
) -> tuple[Welcome, int]:
    """Say hello; returns the welcome and the change number reached (after the snapshot, if one comes)."""
    hello = Hello(protocol=PROTOCOL, token=TOKENS[attendant], epoch=epoch, have=have)
    await connection.send(encode(hello), text=True)
    welcome = await hear(connection, Welcome)
    if welcome.resumed:
        return welcome, have
    while not (part := await hear(connection, Slice)).is_last:
        continue
    return welcome, part.upto


async def caught_up(rig: Rig, connection: ClientConnection, have: int) -> int:
    """Read until a connection has all that was decided so far; returns the change number reached."""
    await rig.settled()
    while have < rig.hub.broadcast._log.upto:
        have = (await hear(connection, Changes)).upto
    return have


async def ask(connection: ClientConnection, intent: Intent, request: str) -> Outcome:
    """Send a request and return its outcome."""
    await connection.send(encode(Request(id=request, intent=intent)), text=True)
    while (outcome := await hear(connection, Outcome)).id != request:
        continue
    return outcome


class Console:
    """A whole console without a window: a session, and everything it told."""

    def __init__(self, locate: Callable[[], Any], **options: Any) -> None:
        options = {"pace": FAST} | options
        self.session = ConsoleSession(locate, **options)
        self.deltas: list[Delta] = []
        self._news = asyncio.Event()
        self.session.subscribe(self._on_delta)

    def _on_delta(self, delta: Delta) -> None:
        self.deltas.append(delta)
        self._news.set()

    async def until(self, condition: Callable[[], object], *, timeout_s: float = 10.0) -> None:
        """Wait until something holds, looking again after each delta."""
        async with asyncio.timeout(timeout_s):
            while not condition():
                self._news.clear()
                await self._news.wait()

    async def up(self) -> None:
        await self.until(lambda: self.session.replica.link is LinkState.UP)

    def outcomes(self, request: str) -> list[Outcome]:
        return [o for delta in self.deltas for _, o in delta.settled if o.id == request]

    async def outcome(self, request: str) -> Outcome:
        await self.until(lambda: self.outcomes(request))
        return self.outcomes(request)[0]


@asynccontextmanager
async def console(
    where: Rig | Callable[[], Any],
    attendant: str = "KLJ",
    *,
    tls: ssl.SSLContext | None = None,
    **options: Any,
) -> AsyncIterator[Console]:
    """A console that is up. `where` is a rig, or what locates the hub."""

    async def locate() -> Endpoint:
        assert isinstance(where, Rig)
        return Endpoint(url=where.url, token=TOKENS[attendant], tls=tls)

    one = Console(locate if isinstance(where, Rig) else where, **options)
    await one.session.start()
    try:
        await one.up()
        yield one
    finally:
        await one.session.close(stop_hub=False)


def state_of(rig: Rig, one: Console) -> tuple[Any, Any]:
    """Return hub's and console's state side by side, for comparing."""
    replica = one.session.replica
    view = rig.hub.broadcast._rights.view_of(one.session.replica.me)
    slices = list(rig.hub.broadcast._snapshot(0, view, True))
    hub = {
        "calls": {c.id: c for s in slices for c in s.calls},
        "attendants": {a.id: a for s in slices for a in s.attendants},
        "groups": {g.id: g for s in slices for g in s.groups},
        "people": {p.id: p for s in slices for p in s.people},
        "statuses": {t.person: t for s in slices for t in s.statuses},
        "sources": {x.id: x for s in slices for x in s.sources},
    }
    return hub, {key: dict(getattr(replica, key)) for key in hub}


def replaced(value: F, **changes: Any) -> F:
    return msgspec.structs.replace(value, **changes)
