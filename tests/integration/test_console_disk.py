"""A console with a disk of its own: what it knows at its start, and how it comes to know the rest."""

from __future__ import annotations

import asyncio
import operator
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace

from reception.console import renewal, session
from reception.console.api import LinkState
from reception.console.building import ProcessBuild
from reception.console.catalogue import CatalogueBroken
from reception.console.disk import open_replica
from reception.console.replica import Replica
from reception.console.shelf import MOST_DUE
from reception.directory.numbers import NumberPlan
from reception.hub.rights import Rights
from reception.hub.server import ServerSettings
from reception.model.lines import LineState, PersonStatus, StatusKind
from reception.model.people import Number, NumberKind, Person
from reception.ports import LineChanged
from reception.wire import Slice, ToConsole, Welcome
from tests.house.strict import ExpectLogs
from tests.integration.hub_rig import Console, MemoryStore, Rig, console, person, running, state_of
from tests.integration.program import environment


class Heard:
    """What a console heard of the hub, frame by frame."""

    def __init__(self, one: Console) -> None:
        self.frames: list[ToConsole] = []
        self._take: Callable[[ToConsole], None] = one.session.on_frame
        one.session.on_frame = self._hear  # type: ignore[method-assign]

    def _hear(self, frame: ToConsole) -> None:
        self.frames.append(frame)
        self._take(frame)

    @property
    def people(self) -> int:
        return sum(len(frame.people) for frame in self.frames if isinstance(frame, Slice))

    @property
    def welcome(self) -> Welcome:
        return next(frame for frame in self.frames if isinstance(frame, Welcome))


@asynccontextmanager
async def at_desk(
    rig: Rig, folder: Path | None, attendant: str = "KLJ", *, language: str = "da"
) -> AsyncIterator[tuple[Console, Heard]]:
    """A console that is up, with what it heard."""
    from reception.console.link import Endpoint
    from tests.integration.hub_rig import TOKENS

    async def locate() -> Endpoint:
        return Endpoint(url=rig.url, token=TOKENS[attendant])

    one = Console(locate, replica=open_replica(folder, language))
    heard = Heard(one)
    await one.session.start()
    try:
        await one.up()
        yield one, heard
    finally:
        await one.session.close(stop_hub=False)


def people(count: int) -> list[Person]:
    return [person(str(10_000 + n), f"Person Nr{n:05}") for n in range(count)]


def found(replica: Replica, typed: str) -> list[str]:
    result = replica.find(typed, 10)
    return [id_ for id_ in result.ids if id_ not in result.alike]


async def all_there(one: Console, count: int) -> None:
    await one.until(lambda: len(one.session.replica.people) == count, timeout_s=60.0)


# ------------------------------------------------------------------ starting


async def test_people_are_told_once_and_kept_over_the_next_start(tmp_path: Path) -> None:
    async with running() as rig:
        rig.switch.say(LineChanged(number="201", state=LineState.TALKING))
        async with at_desk(rig, tmp_path) as (one, heard):
            assert heard.people == 3
            assert not heard.welcome.people_kept
            assert found(one.session.replica, "clara") == ["p203"]
        async with at_desk(rig, tmp_path) as (one, heard):
            assert heard.people == 0
            assert heard.welcome.people_kept
            await rig.settled()
            await one.until(lambda: operator.eq(*state_of(rig, one)))
            assert found(one.session.replica, "clara") == ["p203"]


async def test_without_a_hub_people_are_found_and_shown_as_they_were_last(tmp_path: Path) -> None:
    async with running() as rig:
        rig.switch.say(LineChanged(number="201", state=LineState.TALKING))
        async with at_desk(rig, tmp_path) as (one, _):
            await one.until(lambda: "p201" in one.session.replica.statuses)
            one.session.replica.note_handled("p202")
    replica = open_replica(tmp_path, "da")
    assert replica.link is LinkState.STARTING  # whatever is shown is marked as old
    assert replica.people["p201"].name == "Alice"
    assert replica.statuses["p201"].kind is StatusKind.BUSY
    assert found(replica, "alice") == ["p201"]
    assert list(replica.page(0, 10)) == ["p201", "p202", "p203"]
    assert not replica.calls
    replica.close()


async def test_a_changed_directory_is_told_anew_at_the_next_start(tmp_path: Path) -> None:
    async with running() as rig:
        async with at_desk(rig, tmp_path):
            pass
        await rig.hub.directory.replace_colleagues([person("201", "Alice"), person("204", "Dora")])
        async with at_desk(rig, tmp_path) as (one, heard):
            assert heard.people == 2
            assert dict(one.session.replica.people).keys() == {"p201", "p204"}
            assert found(one.session.replica, "clara") == []
            assert "p203" not in one.session.replica.statuses


async def test_changes_while_connected_are_on_disk_at_the_next_start(tmp_path: Path) -> None:
    async with running() as rig:
        async with at_desk(rig, tmp_path) as (one, _):
            await rig.hub.directory.replace_colleagues([person("201", "Alma"), person("204", "Dora")])
            await one.until(lambda: "p204" in one.session.replica.people)
            await one.until(lambda: found(one.session.replica, "alma") == ["p201"])
            assert found(one.session.replica, "clara") == []
        async with at_desk(rig, tmp_path) as (one, heard):
            assert heard.people == 0
            assert found(one.session.replica, "dora") == ["p204"]


async def test_a_second_console_of_the_same_user_works_and_leaves_the_disk_alone(tmp_path: Path) -> None:
    async with running() as rig:
        async with at_desk(rig, tmp_path) as (one, _), at_desk(rig, tmp_path) as (two, heard):
            assert heard.people == 3
            for each in (one, two):
                assert found(each.session.replica, "clara") == ["p203"]
        async with at_desk(rig, tmp_path) as (_, heard):
            assert heard.people == 0


@pytest.mark.parametrize("what", ["facts.db", "people-*.db", "people.json"])
async def test_a_file_that_is_nonsense_costs_nothing_but_being_told_again(
    tmp_path: Path, what: str, expected_logs: ExpectLogs
) -> None:
    expected_logs("cannot be (used|read)")
    async with running() as rig:
        async with at_desk(rig, tmp_path):
            pass
        for file in tmp_path.glob(what):
            file.write_bytes(b"nonsense" * 1000)
        async with at_desk(rig, tmp_path) as (one, _):
            assert found(one.session.replica, "clara") == ["p203"]
        async with at_desk(rig, tmp_path) as (one, heard):
            assert heard.people == 0


# ------------------------------------------------------------------ a large directory


async def test_a_large_directory_is_taken_in_by_a_process_while_things_change(tmp_path: Path) -> None:
    everybody = people(20_000)
    async with running(MemoryStore(everybody)) as rig:
        async with at_desk(rig, tmp_path) as (one, heard):
            replica = one.session.replica
            assert heard.people == 20_000
            assert replica.is_filling
            newcomer = replace(person("555", "Zacharias"), id="new")
            renamed = replace(everybody[7], name="Quirinius")
            await rig.hub.directory.replace_colleagues([*everybody[:7], renamed, *everybody[8:-1], newcomer])
            await one.until(lambda: not replica.is_filling, timeout_s=60.0)
            await one.until(lambda: found(replica, "zacharias") == ["new"])
            assert found(replica, "quirinius") == [renamed.id]
            assert everybody[-1].id not in replica.people
            assert found(replica, "nr00012") == ["p10012"]
            assert len(replica.people) == 20_000
        async with at_desk(rig, tmp_path) as (_, heard):
            assert heard.people == 0
    assert len(list(tmp_path.glob("people-*.db"))) == 1  # nothing is left lying about
    assert not list(tmp_path.glob("*.spool"))


async def test_a_new_large_directory_leaves_the_old_one_to_search_meanwhile(tmp_path: Path) -> None:
    async with running(MemoryStore(people(300))) as rig, at_desk(rig, tmp_path) as (one, _):
        replica = one.session.replica
        await all_there(one, 300)
        await rig.hub.directory.replace_colleagues([replace(p, title="Clerk") for p in people(3_000)])
        await one.until(lambda: one.session.replica._colleagues.is_behind)
        assert found(replica, "nr00299") == ["p10299"]
        await all_there(one, 3_000)
        assert found(replica, "clerk nr02999") == ["p12999"]
        assert replica.fingerprint == rig.hub.broadcast._rights.view_of("KLJ").fingerprint


async def test_a_killed_process_is_made_up_for_here(tmp_path: Path, expected_logs: ExpectLogs) -> None:
    expected_logs("people are taken into the search here")
    async with running(MemoryStore(people(600))) as rig, at_desk(rig, tmp_path) as (one, _):
        replica = one.session.replica
        await one.until(lambda: replica._colleagues.is_behind)
        renewal = replica._colleagues._renewal
        assert renewal is not None
        while renewal._build is None:
            replica.work()
        assert isinstance(renewal._build, ProcessBuild)
        os.kill(renewal._build.pid, signal.SIGKILL)
        await all_there(one, 600)
        assert found(replica, "nr00599") == ["p10599"]


async def test_when_no_search_could_be_written_the_hub_is_asked_again_and_ever_more_rarely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_logs: ExpectLogs
) -> None:
    expected_logs("cannot be written, the old ones stay")
    expected_logs("the hub is away")
    tries: list[float] = []

    class Full(ProcessBuild):
        def __init__(self, *_: object) -> None:
            tries.append(asyncio.get_running_loop().time())
            raise CatalogueBroken("disk full")

    monkeypatch.setattr(session, "SAVE_EVERY_S", 0.01)
    monkeypatch.setattr(session, "_AGAIN_FIRST_S", 0.2)
    with monkeypatch.context() as full:
        full.setattr(renewal, "ProcessBuild", Full)
        async with running(MemoryStore(people(600))) as rig, at_desk(rig, tmp_path) as (one, _):
            await one.until(lambda: len(tries) == 4, timeout_s=30.0)
            assert one.session._again_s >= 0.2 * 4, "each pause is twice the one before"
            assert tries[3] - tries[0] >= 0.2
            assert len(one.session.replica.people) == 0
            full.undo()
            await all_there(one, 600)
            assert found(one.session.replica, "nr00599") == ["p10599"]
            assert not one.session.replica.must_send


async def test_a_console_that_closes_amid_a_renewal_begins_with_the_old_people(tmp_path: Path) -> None:
    async with running(MemoryStore(people(300))) as rig:
        async with at_desk(rig, tmp_path) as (one, _):
            await all_there(one, 300)
            await rig.hub.directory.replace_colleagues(people(3_000))
            await one.until(lambda: one.session.replica._colleagues.is_behind)
        replica = open_replica(tmp_path, "da")
        assert len(replica.people) == 300
        assert found(replica, "nr00299") == ["p10299"]
        replica.close()
        async with at_desk(rig, tmp_path) as (one, heard):
            assert heard.people == 3_000
            await all_there(one, 3_000)


async def test_a_storm_over_everybody_goes_to_the_disk_and_nothing_is_lost(tmp_path: Path) -> None:
    def busy(n: int) -> PersonStatus:
        return PersonStatus(person=f"p{n % 20_000}", kind=StatusKind.BUSY, since=float(n))

    async with running(log_capacity=100_000) as rig, at_desk(rig, tmp_path) as (one, _):
        replica, broadcast = one.session.replica, rig.hub.broadcast
        most = 0
        for start in range(0, 60_000, 5_000):
            broadcast.tell_statuses(busy(n) for n in range(start, start + 5_000))
            broadcast.flush()
            last = f"p{(start + 4_999) % 20_000}"
            since = float(start + 4_999)
            await one.until(lambda: (s := replica.statuses.get(last)) is not None and s.since == since)  # noqa: B023
            most = max(most, replica._facts.statuses.due)
        assert most <= 2 * MOST_DUE + 300  # one frame more than what makes the link wait
        assert all(replica.statuses[f"p{n}"].since == 40_000.0 + n for n in range(0, 20_000, 7))


# ------------------------------------------------------------------ another house


@pytest.mark.parametrize("count", [20, 600])
async def test_another_way_of_dialling_makes_the_search_anew(tmp_path: Path, count: int) -> None:
    everybody = people(count)
    lisa = Person(id="lisa", name="Lisa", numbers=(Number(kind=NumberKind.MOBILE, number="+4915123456789"),))
    store = MemoryStore([*everybody, lisa])
    async with running(store) as rig, at_desk(rig, tmp_path) as (one, _):
        await all_there(one, count + 1)
    abroad = ServerSettings(numbers=NumberPlan(country="49", international="000"))
    async with running(store, settings=abroad) as rig:
        async with at_desk(rig, tmp_path) as (one, heard):
            assert heard.people == 0
            replica = one.session.replica
            await one.until(lambda: found(replica, "00049151") == ["lisa"])
            assert replica.plan.country == "49"
        async with at_desk(rig, tmp_path) as (one, _):
            assert found(one.session.replica, "00049151") == ["lisa"]
            assert one.session.replica.fingerprint  # it was made for this house already


async def test_another_language_sorts_people_anew(tmp_path: Path) -> None:
    store = MemoryStore([person("201", "Øjvind"), person("202", "Zenia"), person("203", "Otto")])
    async with running(store) as rig:
        async with at_desk(rig, tmp_path, language="da") as (one, _):
            assert list(one.session.replica.page(0, 9)) == ["p203", "p202", "p201"]
        async with at_desk(rig, tmp_path, language="de") as (one, heard):
            assert heard.people == 0
            assert list(one.session.replica.page(0, 9))[-1] == "p202"


# ------------------------------------------------------------------ what is hidden

CLARA = Person(
    id="clara",
    name="Clara",
    numbers=(
        Number(kind=NumberKind.DESK, number="201"),
        Number(kind=NumberKind.MOBILE, number="+4520102010"),
    ),
    fields={"Room": "Attic", "Only us": "Unlucky"},
)
GHOST = Person(id="ghost", name="Ghost", is_unlisted=True)
HIDDEN = Rights(notes={"Only us"}, hide_mobiles=True, may_see_hidden={"MBH"})


@asynccontextmanager
async def two_desks(folder: Path) -> AsyncIterator[tuple[Replica, Replica]]:
    store = MemoryStore([CLARA, GHOST])
    async with (
        running(store, rights=HIDDEN) as rig,
        at_desk(rig, folder / "1", "KLJ") as (one, _),
        at_desk(rig, folder / "2", "MBH") as (two, _),
    ):
        yield one.session.replica, two.session.replica


@pytest.mark.requirement("002-019")
async def test_a_hidden_mobile_is_neither_found_nor_shown_nor_on_disk(tmp_path: Path) -> None:
    async with two_desks(tmp_path) as (one, two):
        assert found(one, "20102010") == []
        assert found(two, "20102010") == ["clara"]
        assert one.people["clara"].number_of(NumberKind.MOBILE) is None
        assert found(one, "clara") == ["clara"]  # the person stays visible
    on_disk = b"".join(file.read_bytes() for file in (tmp_path / "1").iterdir())
    assert b"Clara" in on_disk
    assert b"20102010" not in on_disk


@pytest.mark.requirement("002-203")
@pytest.mark.requirement("002-232")
async def test_notes_are_there_to_be_read_and_found_by_nobody(tmp_path: Path) -> None:
    async with two_desks(tmp_path) as (one, _):
        assert found(one, "attic") == ["clara"]
        assert found(one, "unlucky") == []
        assert one.people["clara"].notes == {"Only us": "Unlucky"}


@pytest.mark.requirement("002-240")
async def test_who_is_unlisted_is_found_by_nobody(tmp_path: Path) -> None:
    async with two_desks(tmp_path) as desks:
        for replica in desks:
            assert found(replica, "ghost") == []
            assert "ghost" not in replica.people
            assert list(replica.page(0, 9)) == ["clara"]


# ------------------------------------------------------------------ killed

_BUSY = """
import itertools, sys
from pathlib import Path
from reception.console.disk import open_replica
from reception.model.changes import PersonChanged, StatusChanged
from reception.model.lines import PersonStatus, StatusKind
from reception.model.people import Person
from reception.wire import Changes

replica = open_replica(Path(sys.argv[1]), "da")
print("going", flush=True)
for n in itertools.count(1):
    status = lambda k: PersonStatus(person=f"p{(n * 499 + k) % 20000}", kind=StatusKind.BUSY, since=float(n))
    items = [StatusChanged(status=status(k)) for k in range(500)]
    items.append(PersonChanged(person=Person(id="p10000", name=f"Person {n}")))
    replica.on_changes(Changes(upto=n, items=tuple(items)))
    while replica.work_in_s is not None:
        replica.work()
    if n == 30:
        print("deep in it", flush=True)
"""


async def test_a_console_killed_while_it_writes_starts_well(tmp_path: Path) -> None:
    folder = tmp_path / "console"
    async with running(MemoryStore(people(300))) as rig:
        async with at_desk(rig, folder) as (one, _):
            await all_there(one, 300)
        for _ in range(3):
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-c",
                _BUSY,
                str(folder),
                env=environment(tmp_path),
                stdout=subprocess.PIPE,
            )
            assert process.stdout is not None
            async with asyncio.timeout(60.0):
                while (await process.stdout.readline()).strip() != b"deep in it":
                    assert process.returncode is None
            process.kill()
            await process.wait()
            replica = open_replica(folder, "da")
            assert len(replica.people) == 300
            assert found(replica, "nr00299") == ["p10299"]
            assert any(s.kind is StatusKind.BUSY for s in replica.statuses.values())
            replica.close()
        async with at_desk(rig, folder) as (one, heard):
            assert heard.people == 300  # one person is not what the hub says
            await one.until(lambda: found(one.session.replica, "nr00000") == ["p10000"], timeout_s=30.0)


async def test_two_consoles_without_a_folder_keep_nothing(tmp_path: Path) -> None:
    async with running(MemoryStore(people(600))) as rig, console(rig) as one, console(rig, "MBH") as two:
        for each in (one, two):
            await all_there(each, 600)
            assert found(each.session.replica, "nr00599") == ["p10599"]
        places = [each.session.replica._colleagues._files._folder for each in (one, two)]
        assert all(place is not None and place.is_dir() for place in places)
    assert not any(place is not None and place.exists() for place in places)
