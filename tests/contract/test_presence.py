"""What the hub may rely on: one test for each promise of the `PresenceSource` port, run on every source.

A source says either entries or appointments; the promises are the same. An office of 150 people
is behind it, in which there is some of everything.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from reception.model.calendar import Appointment
from reception.model.changes import SourceState
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import CALENDAR, Entry
from reception.presence.port import (
    BY_HAND,
    CALENDAR_FILES,
    EXCHANGE,
    TEAMS,
    CalendarReader,
    CalendarSet,
    PresenceEvent,
    PresenceSource,
    SourceSet,
    TeamsSet,
    TimelineSet,
)
from services.emulators.exchange.mailboxes import Item, Mailbox, Organisation
from services.exchange import create as create_exchange
from services.graph.settings import PresenceSettings
from services.graph.source import GraphPresence
from services.ics import create as create_ics
from services.simulator import create_presence as create_simulator
from tests.integration.ews_rig import SERVICE, exchange
from tests.unit.services.graph_double import ACCOUNT
from tests.unit.services.graph_tenant import Tenant

AVAILABILITIES = {
    "",
    "Available",
    "AvailableIdle",
    "Away",
    "BeRightBack",
    "Busy",
    "BusyIdle",
    "DoNotDisturb",
    "Offline",
    "PresenceUnknown",
}
"""Graph's values of `presence.availability`."""


def people(count: int, prefix: str = "p") -> list[Person]:
    return [
        Person(
            id=f"{prefix}{n}",
            name=f"Person {n}",
            email=f"{prefix}{n}@firma.example",
            numbers=(Number(kind=NumberKind.DESK, number=f"2{n:03}"),),
        )
        for n in range(count)
    ]


class Ear:
    """What a source says, to be waited for."""

    def __init__(self) -> None:
        self.heard: list[PresenceEvent] = []
        self._more = asyncio.Event()

    def __call__(self, event: PresenceEvent) -> None:
        self.heard.append(event)
        self._more.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                self._more.clear()
                await self._more.wait()

    def knows(self) -> set[str]:
        return {e.person for e in self.heard if isinstance(e, TimelineSet | CalendarSet)}

    def items(self) -> list[Entry | Appointment]:
        """All entries and appointments, as each was told last."""
        latest: dict[tuple[str, str], tuple[Entry | Appointment, ...]] = {}
        for event in self.heard:
            match event:
                case TimelineSet(source=source, person=person, entries=entries):
                    latest[source, person] = entries
                case CalendarSet(source=source, person=person, appointments=appointments):
                    latest[source, person] = appointments
        return [item for told in latest.values() for item in told]


def fill(folder: Path, count: int) -> None:
    """Write calendars: a daily series, something private and a holiday for most, nothing for every fifth."""
    begin = datetime.fromtimestamp(time.time(), UTC).replace(hour=0, minute=0, second=0) - timedelta(days=3)
    for n in range(count):
        if n % 5 == 0:
            continue
        events = [
            f"UID:a\nDTSTART:{begin:%Y%m%dT%H%M%SZ}\nDURATION:PT1H\nRRULE:FREQ=DAILY\nSUMMARY:S",
            f"UID:b\nDTSTART:{begin + timedelta(days=4):%Y%m%dT%H%M%SZ}\nDURATION:PT{n}M\nCLASS:PRIVATE\n"
            "SUMMARY:S\nLOCATION:L\nCATEGORIES:C",
            f"UID:c\nDTSTART;VALUE=DATE:{begin:%Y%m%d}\nDURATION:P9D\nX-MICROSOFT-CDO-BUSYSTATUS:OOF",
        ]
        text = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
        (folder / f"p{n}.ics").write_text(f"BEGIN:VCALENDAR\n{text}END:VCALENDAR\n")


class Kind(NamedTuple):
    """What is different from source to source."""

    sources: tuple[str, ...]
    calendar: str


KINDS = {
    "simulator": Kind((EXCHANGE, TEAMS), EXCHANGE),
    "ics": Kind((CALENDAR_FILES,), CALENDAR_FILES),
    "graph": Kind((EXCHANGE, TEAMS), EXCHANGE),
    "exchange": Kind((EXCHANGE,), EXCHANGE),
}


def tenant() -> Tenant:
    """Return a tenant with a meeting, something private and a holiday for most, and all sorts of presence."""
    made = Tenant([*(f"p{n}" for n in range(200)), *(f"new{n}" for n in range(20))])
    day = datetime.fromtimestamp(time.time(), UTC).replace(hour=0, minute=0, second=0)
    for n, user in enumerate(made.users):
        word = sorted(AVAILABILITIES - {""})[n % 9]
        made.presences[user] = {"availability": word, "activity": word}
        if n % 5:
            made.change(
                user,
                graph_event("a", day + timedelta(days=1, hours=9), 60),
                graph_event("b", day + timedelta(days=1), n, sensitivity="private"),
                graph_event("c", day - timedelta(days=1), 9 * 24 * 60, isAllDay=True, showAs="oof"),
            )
    return made


def exchange_house() -> Organisation:
    """Return the same office with mailboxes on an Exchange server."""
    addresses = [*(f"p{n}" for n in range(200)), *(f"new{n}" for n in range(20))]
    boxes = [Mailbox(address=f"{name}@firma.example") for name in addresses]
    house = Organisation(boxes, [SERVICE], lambda: datetime.fromtimestamp(time.time(), UTC))
    day = datetime.fromtimestamp(time.time(), UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    for n, box in enumerate(boxes):
        if n % 5:
            start, hour = day + timedelta(days=1, hours=9), timedelta(hours=1)
            more = {"location": "L", "categories": ("C",)}
            house.put(box.address, Item(subject="S", start=start, end=start + hour, **more))
            ends = start + timedelta(minutes=n)
            house.put(box.address, Item(subject="S", start=start, end=ends, sensitivity="Private", **more))
            house.put(box.address, Item(subject="S", start=day, end=day + timedelta(days=9), show_as="OOF"))
    return house


def graph_event(key: str, start: datetime, minutes: int, **more: Any) -> dict[str, Any]:
    """Return an event as Graph has it."""
    bounds = {"start": start, "end": start + timedelta(minutes=minutes)}
    return {
        "id": key,
        "type": "singleInstance",
        "subject": "S",
        "location": {"displayName": "L"},
        "categories": ["C"],
        **{k: {"dateTime": f"{v:%Y-%m-%dT%H:%M:%S.0000000}", "timeZone": "UTC"} for k, v in bounds.items()},
        **more,
    }


def pairwise_by_person(
    said: list[TimelineSet | CalendarSet],
) -> list[tuple[TimelineSet | CalendarSet, TimelineSet | CalendarSet]]:
    """Return what a source said of each person, with what it said of them next."""
    latest: dict[tuple[str, str], TimelineSet | CalendarSet] = {}
    found = []
    for event in said:
        if (event.source, event.person) in latest:
            found.append((latest[event.source, event.person], event))
        latest[event.source, event.person] = event
    return found


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


@pytest.fixture
def cleanup() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


@pytest.fixture
async def source(kind: Kind, tmp_path: Path, cleanup: ExitStack) -> AsyncIterator[PresenceSource]:
    source: PresenceSource
    if kind is KINDS["simulator"]:
        source = create_simulator({})
    elif kind is KINDS["graph"]:
        often: dict[str, Any] = dict.fromkeys(("watched_s", "rest_s", "calendar_s"), 0.05)
        settings = PresenceSettings(microsoft=ACCOUNT, zone="UTC", **often)
        source = GraphPresence(settings, tenant().double.client)
    elif kind is KINDS["exchange"]:
        server = cleanup.enter_context(exchange(exchange_house()))
        source = create_exchange(
            {"url": server.url, "user": SERVICE.name, "password": SERVICE.password, "auth": "basic"}
            | {"zone": "UTC", "calendar_s": 0.05, "automatic_replies": False}
        )
    else:
        fill(tmp_path, 150)
        source = create_ics({"folder": str(tmp_path), "watch_s": 0.05})
    yield source
    await source.stop()


async def test_each_source_it_speaks_for_says_first_that_it_is_up(kind: Kind, source: PresenceSource) -> None:
    ear = Ear()
    source.follow(people(3))
    await source.start(ear)
    await ear.until(lambda: ear.knows() == {"p0", "p1", "p2"})
    told = [e.source for e in ear.heard if isinstance(e, SourceSet)]
    assert Counter(told) == Counter(source.sources)
    assert source.sources == kind.sources
    are_up = {BY_HAND}  # what people enter has no connection
    for event in ear.heard:
        if isinstance(event, SourceSet):
            are_up.add(event.source)
        else:
            assert (TEAMS if isinstance(event, TeamsSet) else event.source) in are_up
    assert {e.state for e in ear.heard if isinstance(e, SourceSet)} == {SourceState.UP}


async def test_nothing_is_said_before_the_start_nor_after_the_stop(source: PresenceSource) -> None:
    ear = Ear()
    source.follow(people(200))
    await source.start(ear)
    await ear.until(lambda: len(ear.knows()) >= 40)
    await source.stop()
    before = len(ear.heard)
    for _ in range(50):
        await asyncio.sleep(0)
    assert len(ear.heard) == before
    await source.stop()


async def test_of_everybody_followed_it_says_what_the_calendar_has_be_it_nothing(
    kind: Kind,
    source: PresenceSource,
) -> None:
    ear = Ear()
    source.follow(people(120))
    await source.start(ear)
    await ear.until(lambda: len(ear.knows()) == 120)
    said = [e for e in ear.heard if isinstance(e, TimelineSet | CalendarSet)]
    assert len({e.person for e in said if e.source == kind.calendar}) == 120


async def test_who_is_new_in_the_directory_is_told_of_and_who_is_not_followed_never(
    source: PresenceSource,
) -> None:
    ear = Ear()
    source.follow(people(5))
    await source.start(ear)
    await ear.until(lambda: len(ear.knows()) == 5)
    ear.heard.clear()
    source.follow([*people(3), *people(2, "new")])
    await ear.until(lambda: ear.knows() == {"new0", "new1"})


async def test_entries_are_whole_and_their_ids_are_of_one_entry_each(source: PresenceSource) -> None:
    ear = Ear()
    source.follow(people(150))
    await source.start(ear)
    await ear.until(lambda: len(ear.knows()) == 150)
    items = ear.items()
    assert len({item.id for item in items}) == len(items) > 100
    assert all(item.end is None or item.end > item.start for item in items)
    for event in ear.heard:
        for entry in event.entries if isinstance(event, TimelineSet) else ():
            assert (entry.origin == CALENDAR) is (event.source == EXCHANGE)
            assert bool(entry.divert_to) is (entry.handling.value == "diverted")


async def test_a_private_appointment_comes_without_subject_place_and_note(source: PresenceSource) -> None:
    ear = Ear()
    source.follow(people(150))
    await source.start(ear)
    await ear.until(lambda: len(ear.knows()) == 150)
    private = [item for item in ear.items() if item.is_private]
    assert private
    for item in private:
        if isinstance(item, Entry):
            assert (item.reason, item.place, item.note) == ("", "", "")
        else:
            assert (item.subject, item.location, item.categories) == ("", "", ())


async def test_what_is_told_again_is_different(source: PresenceSource) -> None:
    ear = Ear()
    source.follow(people(60))
    await source.start(ear)
    await ear.until(lambda: len(ear.knows()) == 60)
    source.follow(people(61))
    await ear.until(lambda: len(ear.knows()) == 61)
    said = [e for e in ear.heard if isinstance(e, TimelineSet | CalendarSet)]
    for before, after in pairwise_by_person(said):
        assert before != after


async def test_it_can_be_started_again_after_a_stop(source: PresenceSource) -> None:
    first, again = Ear(), Ear()
    source.follow(people(20))
    await source.start(first)
    await first.until(lambda: len(first.knows()) == 20)
    await source.stop()
    source.follow(people(20, "new"))
    await source.start(again)
    await again.until(lambda: len(again.knows()) == 20)
    assert {e.state for e in again.heard if isinstance(e, SourceSet)} == {SourceState.UP}


async def test_appointments_are_ordered_and_lie_in_the_time_from_today_on(
    kind: Kind, source: PresenceSource
) -> None:
    ear = Ear()
    source.follow(people(150))
    await source.start(ear)
    await ear.until(lambda: len(ear.knows()) == 150)
    said = [e.appointments for e in ear.heard if isinstance(e, CalendarSet)]
    assert said
    for appointments in said:
        assert [a.start for a in appointments] == sorted(a.start for a in appointments)
        assert all(a.end > time.time() - 86_400.0 for a in appointments)


async def test_teams_words_are_those_of_graph(source: PresenceSource) -> None:
    ear = Ear()
    source.follow(people(120))
    await source.start(ear)
    await ear.until(lambda: len(ear.knows()) == 120)
    words = {e.availability for e in ear.heard if isinstance(e, TeamsSet)}
    assert (len(words) > 1) is (TEAMS in source.sources)
    assert words <= AVAILABILITIES


@pytest.mark.requirement("003-50")
async def test_a_calendar_is_read_at_once_when_somebody_asks(kind: Kind, source: PresenceSource) -> None:
    assert isinstance(source, CalendarReader)
    ear = Ear()
    source.follow(people(3))
    await source.start(ear)
    await ear.until(lambda: ear.knows() == {"p0", "p1", "p2"})
    count = await source.read_now("p1")
    told = [e for e in ear.heard if isinstance(e, CalendarSet) and e.person == "p1"]
    assert told
    assert count == len(told[-1].appointments)
    assert await source.read_now("nobody") is None
