"""An Exchange server's calendars through a real hub to a console; what is private is nowhere."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from reception.model.changes import SourceState
from reception.model.lines import StatusKind
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import CALENDAR, Entry
from reception.presence.port import EXCHANGE
from services.emulators.exchange.mailboxes import Item, Mailbox, Organisation
from services.exchange import create
from tests.integration.ews_rig import SERVICE, exchange
from tests.integration.hub_rig import Console, MemoryStore, console, running
from tests.integration.test_hub_presence import IDLE

NOW = datetime.fromtimestamp(round(time.time()), UTC)
DESK = Number(kind=NumberKind.DESK, number="201")
SECRET = "Hemmelig Opsigelse"


def entries(one: Console, person: str = "p201") -> tuple[Entry, ...]:
    found = one.session.replica.timelines.get(person)
    return () if found is None else found.entries


@pytest.mark.requirement("001-17")
async def test_appointments_are_entries_and_make_the_status_and_private_ones_have_no_words(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(0)
    house = Organisation([Mailbox(address="p201@firma.example")], [SERVICE], lambda: NOW)
    start, end = NOW - timedelta(minutes=10), NOW + timedelta(minutes=50)
    house.put("p201@firma.example", Item(subject="Kundemøde", start=start, end=end))
    later = Item(
        subject=SECRET,
        start=end,
        end=end + timedelta(minutes=15),
        sensitivity="Private",
        location=SECRET,
        body=SECRET,
    )
    house.put("p201@firma.example", later)
    with exchange(house) as server:
        settings = {"url": server.url, "user": SERVICE.name, "password": SERVICE.password, "auth": "basic"}
        source = create(settings | {"zone": "Europe/Copenhagen", "calendar_s": 0.1})
        people = [Person(id="p201", name="Alice", email="p201@firma.example", numbers=(DESK,))]
        async with running(MemoryStore(people), presence=[source]) as rig, console(rig) as one:
            rig.switch.say(IDLE)
            await one.until(lambda: len(entries(one)) == 2)
            now, private = entries(one)
            assert (now.reason, now.origin) == ("Kundemøde", CALENDAR)
            assert (private.reason, private.place, private.is_private) == ("", "", True)
            status = one.session.replica.statuses["p201"]
            assert (status.kind, status.reason) == (StatusKind.AWAY, "Kundemøde")
            assert status.back_at == (end + timedelta(minutes=15)).timestamp()
            assert one.session.replica.sources[EXCHANGE].state is SourceState.UP
            told = msgspec.json.encode([*one.session.replica.timelines.values(), status])
    assert SECRET.encode() not in told
    assert SECRET not in caplog.text
