"""A replica full of people, as it is after a hub's snapshot."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime
from typing import Final

from reception.console.replica import Replica
from reception.model.attendants import Attendant, Readiness
from reception.model.changes import Source, SourceState
from reception.model.groups import AttendantGroup
from reception.model.lines import Line, LineState, PersonStatus, StatusKind
from reception.model.people import Person
from reception.model.presence import Entry, Timeline
from reception.wire import PROTOCOL, SLICE_PEOPLE, Slice, Welcome
from tests.bench.crowd import people
from tests.bench.shelves import PLAN

ME: Final = "KLJ"
_KINDS: Final = (
    (StatusKind.FREE, LineState.IDLE),
    (StatusKind.BUSY, LineState.TALKING),
    (StatusKind.FREE, LineState.IDLE),
    (StatusKind.OFF, LineState.UNREACHABLE),
    (StatusKind.RINGING, LineState.RINGING),
)
_DAY: Final = 8
"""Entries of a colleague's day."""


def filled_replica(count: int) -> Replica:
    """Return a replica of `count` colleagues, each with a status and a day of entries."""
    replica = Replica()
    for part in snapshot(people(count)):
        if isinstance(part, Welcome):
            replica.on_welcome(part, now=time.time())
        else:
            replica.on_slice(part)
    return replica


def snapshot(everybody: tuple[Person, ...]) -> Iterator[Welcome | Slice]:
    """Yield what a hub says first."""
    now = time.time()
    yield Welcome(
        protocol=PROTOCOL, epoch="e1", attendant=ME, hub_version="", now=now, resumed=False, numbers=PLAN
    )
    yield Slice(
        upto=1,
        is_first=True,
        is_last=False,
        groups=(AttendantGroup(id="main", name="Hovednummer", number="7000"),),
        attendants=(
            Attendant(id=ME, name="Karin Lund", number="100", groups=("main",), readiness=Readiness.READY),
        ),
        sources=(Source(id="telephony", state=SourceState.UP, since=now),),
    )
    for start in range(0, len(everybody), SLICE_PEOPLE):
        some = everybody[start : start + SLICE_PEOPLE]
        yield Slice(
            upto=1,
            is_first=False,
            is_last=start + SLICE_PEOPLE >= len(everybody),
            people=some,
            statuses=tuple(status_of(p, n, since=now - n) for n, p in enumerate(some)),
            timelines=tuple(day_of(p, _DAY) for p in some),
        )


def status_of(person: Person, n: int, *, since: float) -> PersonStatus:
    """Return the `n`-th of a colleague's changing statuses; neighbours differ."""
    kind, state = _KINDS[n % len(_KINDS)]
    line = Line(number=person.numbers[0].number, state=state, since=since)
    return PersonStatus(person=person.id, kind=kind, since=since, lines=(line,))


def day_of(person: Person, entries: int) -> Timeline:
    """Return a day with so many entries, from 7 to 17 o'clock here."""
    morning = datetime.now().astimezone().replace(hour=7, minute=0, second=0, microsecond=0).timestamp()
    length = 36_000 / entries
    return Timeline(
        person=person.id,
        entries=tuple(
            Entry(
                id=f"{person.id}-{n}",
                reason=("Møde", "Frokost", "Kursus", "Besøg")[n % 4],
                start=morning + n * length,
                end=morning + (n + 0.7) * length,
                origin="OL",
                is_busy=n % 3 != 2,
            )
            for n in range(entries)
        ),
    )
