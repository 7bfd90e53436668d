"""A replica full of people, as it is after a hub's snapshot."""

from __future__ import annotations

import atexit
import shutil
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

import msgspec

from reception.console.disk import open_replica
from reception.console.replica import Replica
from reception.model.attendants import Attendant, Readiness
from reception.model.changes import Source, SourceState
from reception.model.groups import AttendantGroup
from reception.model.lines import Line, LineState, PersonStatus, StatusKind
from reception.model.people import Person
from reception.model.presence import Entry, Timeline
from reception.wire import PROTOCOL, SLICE_PEOPLE, Slice, Welcome
from tests.bench.crowd import CACHE, people
from tests.bench.shelves import LANGUAGE, PLAN, code_name

ME: Final = "KLJ"
_KINDS: Final = (
    (StatusKind.FREE, LineState.IDLE),
    (StatusKind.BUSY, LineState.TALKING),
    (StatusKind.FREE, LineState.IDLE),
    (StatusKind.OFF, LineState.UNREACHABLE),
    (StatusKind.RINGING, LineState.RINGING),
)
_DAY: Final = 3
"""Entries of a colleague's day."""


def filled_replica(count: int) -> Replica:
    """Return a replica of `count` colleagues, each with a status and a day of entries.

    What lies on the disk is made once and kept; each measurement works on a copy.
    """
    folder = Path(mkdtemp(prefix="reception-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    shutil.copytree(kept_folder(count), folder, dirs_exist_ok=True)
    replica = open_replica(folder, LANGUAGE)
    assert len(replica.people) == count
    for part in snapshot(()):
        take(replica, part)
    return replica


def kept_folder(count: int) -> Path:
    """Return the folder of a console that knows `count` colleagues."""
    folder = CACHE / f"console-{count}-{code_name()}"
    if not folder.exists():
        for old in CACHE.glob(f"console-{count}-*"):
            shutil.rmtree(old)
        part = folder.with_suffix(".part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        replica = open_replica(part, LANGUAGE)
        for frame in snapshot(people(count)):
            take(replica, frame)
        finish(replica)
        replica.close()
        part.rename(folder)
    return folder


def take(replica: Replica, frame: Welcome | Slice) -> None:
    """Let a replica hear a frame, and let it do what the disk needs when that is much."""
    if isinstance(frame, Welcome):
        replica.on_welcome(frame, now=time.time())
    else:
        replica.on_slice(frame)
    while replica.is_overloaded:
        replica.work()


def finish(replica: Replica) -> None:
    """Do all that the disk needs."""
    while (pause_s := replica.work_in_s) is not None:
        replica.work()
        time.sleep(pause_s)


def snapshot(
    everybody: tuple[Person, ...], timeline: Callable[[Person], Timeline] | None = None
) -> Iterator[Welcome | Slice]:
    """Yield what a hub says first; to a console that has the people already, with nobody."""
    now = time.time()
    timeline = timeline or (lambda person: day_of(person, _DAY))
    yield Welcome(
        protocol=PROTOCOL, epoch="e1", attendant=ME, hub_version="", now=now, resumed=False, numbers=PLAN
    )
    yield Slice(
        upto=1,
        is_first=True,
        is_last=not everybody,
        people_kept=not everybody,
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
            timelines=tuple(timeline(p) for p in some),
        )


def kept_people(frames: Iterable[Welcome | Slice]) -> Iterator[Welcome | Slice]:
    """Yield the snapshot as a console hears it that has the same people already."""
    for frame in frames:
        if isinstance(frame, Welcome):
            yield msgspec.structs.replace(frame, people_kept=True)
        else:
            yield msgspec.structs.replace(frame, people=(), people_kept=frame.is_first)


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
