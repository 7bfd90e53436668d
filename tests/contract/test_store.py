"""What the hub may rely on: one test for each promise of the `Store` port, run on every store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest

from reception.errors import ConfigError, Unavailable
from reception.model.attendants import Attendant, Readiness
from reception.model.calls import Call, CallbackRequest, CallerId, Direction, Place, Spoken, Target
from reception.model.office import Shortcut
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import Entry
from reception.model.stored import Account, Batch, DayRecord, KeptEntry, StoredOutcome
from reception.model.sync import OwnSession
from reception.ports import Store, StoredState, StoreFactory
from services.store import create_postgresql, create_sqlite

Open = Callable[[], Awaitable[Store]]
Backend = tuple[StoreFactory, dict[str, Any]]


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.lab)])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Backend:
    """A way to open stores, and the settings of an empty one."""
    if request.param == "sqlite":
        return create_sqlite, {"path": str(tmp_path / "hub.db")}
    return create_postgresql, request.getfixturevalue("postgres").new_database()


@pytest.fixture
async def open_store(backend: Backend) -> AsyncIterator[Open]:
    """Yield a function that opens the same store, as each new hub would; what is open is closed first."""
    opened: list[Store] = []
    create, settings = backend

    async def open_again() -> Store:
        for store in opened:
            await store.close()
        opened.append(await create(settings))
        return opened[-1]

    yield open_again
    for store in opened:
        await store.close()


def call(name: str, place: Place = Place.QUEUED, **more: object) -> Call:
    fields = {
        "id": name,
        "direction": Direction.IN,
        "party": CallerId(number="+4533112233", name="Søren Bækgaard"),
        "leg": f"leg-{name}",
        "place": place,
        "arrived_at": 1_800_000_000.25,
        "since": 1_800_000_001.5,
        "group": "main",
    }
    return Call(**(fields | more))  # type: ignore[arg-type]  # fields are checked by the struct


def person(name: str, **more: object) -> Person:
    return Person(id=name.lower(), name=name, **more)  # type: ignore[arg-type]


def outcome(key: str, content: bytes, at: float = 1_800_000_000.0) -> StoredOutcome:
    return StoredOutcome(key=key, outcome=content, at=at)


def entry(name: str, **more: object) -> Entry:
    return Entry(id=name, reason="Møde", start=1_800_000_000.0, end=1_800_003_600.0, origin="KLJ", **more)  # type: ignore[arg-type]


ANNE = Attendant(
    id="KLJ", name="Kirsten Lund Jensen", number="101", groups=("main",), readiness=Readiness.READY
)
ALICE = person(
    "Alice",
    initials="ALH",
    numbers=(
        Number(kind=NumberKind.DESK, number="2014"),
        Number(kind=NumberKind.MOBILE, number="+4520123456"),
    ),
    fields={"Sted": "København", "Anlæg": "ø"},
    alternates=("bob",),
)


async def test_a_new_store_is_empty(open_store: Open) -> None:
    store = await open_store()
    assert await store.load() == StoredState()


async def test_calls_are_there_again_whole(open_store: Open) -> None:
    waiting = call("c1")
    callback = call(
        "c2",
        leg=None,
        callback=CallbackRequest(number="+4533112233", asked_at=1.5, tries=2, not_before=9.75),
        target=Target(number="201", person="alice", name="Alice"),
        deadline=1_800_000_020.0,
    )
    await (await open_store()).save(Batch(calls=(waiting, callback)))
    assert (await (await open_store()).load()).calls == (waiting, callback)


async def test_a_changed_call_replaces_what_was_stored_and_an_ended_one_is_forgotten(
    open_store: Open,
) -> None:
    store = await open_store()
    await store.save(Batch(calls=(call("c1"), call("c2"), call("c3"))))
    await store.save(Batch(calls=(call("c1", Place.TALKING, owner="KLJ"),), ended=("c2", "never-there")))
    loaded = {c.id: c for c in (await (await open_store()).load()).calls}
    assert set(loaded) == {"c1", "c3"}
    assert loaded["c1"].place is Place.TALKING
    assert loaded["c1"].owner == "KLJ"


async def test_attendants_are_there_again(open_store: Open) -> None:
    paused = msgspec.structs.replace(ANNE, readiness=Readiness.PAUSED)
    await (await open_store()).save(Batch(attendants=(ANNE,)))
    await (await open_store()).save(Batch(attendants=(paused,)))
    assert (await (await open_store()).load()).attendants == (paused,)


async def test_the_days_counts_are_there_again_and_the_latest_stay(open_store: Open) -> None:
    first = DayRecord(start=1_800_000_000.0, answered=1, lost=1, waited_s=2.5, taken=("a",))
    latest = DayRecord(start=1_800_086_400.0, answered=86, lost=2, waited_s=946.25, taken=("b", "c"))
    await (await open_store()).save(Batch(day=first))
    await (await open_store()).save(Batch(day=latest))
    assert (await (await open_store()).load()).day == latest


async def test_whom_callers_spoke_with_is_there_again_the_oldest_first(open_store: Open) -> None:
    alice, bob = Spoken(person="alice", name="Alice Holm", at=5.0), Spoken(person="bob", name="Bob", at=2.0)
    await (await open_store()).save(Batch(spoken=(("+4533112233", alice), ("201", bob))))
    assert (await (await open_store()).load()).spoken == (("201", bob), ("+4533112233", alice))


async def test_a_newer_talk_replaces_the_older_and_what_is_forgotten_is_gone(open_store: Open) -> None:
    store = await open_store()
    talks = tuple((str(n), Spoken(person="p", name="P", at=float(n))) for n in range(4))
    newer = Spoken(person="q", name="Q", at=9.0)
    await store.save(Batch(spoken=talks))
    await store.save(Batch(spoken=(("1", newer),), forgotten=("0", "3", "never-there")))
    assert (await (await open_store()).load()).spoken == (talks[2], ("1", newer))


async def test_what_was_done_to_timelines_is_there_again_and_what_is_taken_back_is_gone(
    open_store: Open,
) -> None:
    own = KeptEntry(person="alice", entry=entry("own-1"), by="KLJ", at=1_800_000_000.5)
    edited = KeptEntry(person="bob", entry=entry("ol-7"), imported=entry("ol-7"), at=2.0)
    tombstone = KeptEntry(person="bob", entry=entry("ol-8"), is_deleted=True)
    store = await open_store()
    await store.save(Batch(entries=(own, edited, tombstone)))
    assert (await (await open_store()).load()).entries == (edited, tombstone, own)
    moved = msgspec.structs.replace(own, by="")
    await (await open_store()).save(Batch(entries=(moved,), removed=("ol-7", "never-there")))
    assert (await (await open_store()).load()).entries == (tombstone, moved)


async def test_sign_ins_are_there_again(open_store: Open) -> None:
    account = Account(
        person="alice", user="alh", password="hash", shortcuts=(Shortcut(id="f", labels={"da": "Frokost"}),)
    )
    await (await open_store()).save(Batch(accounts=(account,)))
    changed = msgspec.structs.replace(account, language="de")
    await (await open_store()).save(Batch(accounts=(changed,)))
    assert (await (await open_store()).load()).accounts == (changed,)


async def test_what_is_shown_in_teams_is_there_again_until_it_is_cleared(open_store: Open) -> None:
    alice, bob = (OwnSession(person=Person(id=p, name=p.title()), until=1.0) for p in ("alice", "bob"))
    await (await open_store()).save(Batch(sessions=(bob, alice)))
    assert (await (await open_store()).load()).sessions == (alice, bob)
    later = msgspec.structs.replace(bob, until=2.0)
    await (await open_store()).save(Batch(sessions=(later,), cleared=("alice", "never-there")))
    assert (await (await open_store()).load()).sessions == (later,)


async def test_an_outcome_is_remembered_and_the_first_one_stays(open_store: Open) -> None:
    store = await open_store()
    await store.save(Batch(outcomes=(outcome("i1", b'{"first":1}'),)))
    await store.save(Batch(outcomes=(outcome("i1", b'{"second":2}', 1_800_000_001.0),)))
    assert (await (await open_store()).load()).outcomes == (outcome("i1", b'{"first":1}'),)


async def test_outcomes_older_than_a_day_are_forgotten(open_store: Open) -> None:
    store = await open_store()
    start = 1_800_000_000.0
    old, younger = outcome("old", b"1", start), outcome("younger", b"2", start + 60)
    now = outcome("now", b"3", start + 24 * 3600 + 30)
    for one in (old, younger, now):
        await store.save(Batch(outcomes=(one,)))
    assert (await store.load()).outcomes == (younger, now)


# ------------------------------------------------------------------ all or nothing


async def test_a_batch_that_fails_changes_nothing(open_store: Open) -> None:
    store = await open_store()
    await store.save(Batch(calls=(call("c1"),)))
    no_name: Any = object()
    bad = Account(person="alice", user=no_name)
    with pytest.raises(TypeError):
        await store.save(Batch(calls=(call("c2"),), ended=("c1",), accounts=(bad,)))
    await store.save(Batch(calls=(call("c3"),)))
    assert [c.id for c in (await (await open_store()).load()).calls] == ["c1", "c3"]


async def test_changes_that_are_asked_for_at_the_same_time_are_made_in_their_order(open_store: Open) -> None:
    store = await open_store()
    waits = [float(n) for n in range(20)]
    await asyncio.gather(*(store.save(Batch(day=DayRecord(start=1.0, waited_s=n))) for n in waits))
    day = (await store.load()).day
    assert day is not None
    assert day.waited_s == waits[-1]


async def test_people_are_replaced_as_a_whole_and_keep_their_order(open_store: Open) -> None:
    await (await open_store()).replace_people([person("Zoe"), ALICE, person("Bob")])
    assert (await (await open_store()).load()).people == (person("Zoe"), ALICE, person("Bob"))
    await (await open_store()).replace_people([person("Carol")])
    assert (await (await open_store()).load()).people == (person("Carol"),)
    await (await open_store()).replace_people([])
    assert (await (await open_store()).load()).people == ()


class BreaksOff(Sequence[Person]):
    """People whose source fails in the middle."""

    def __len__(self) -> int:
        return 5_000

    def __getitem__(self, index: Any) -> Any:
        if index.start >= 1_000:
            raise RuntimeError("the source failed")
        return [person(f"New {n}") for n in range(index.start, index.stop)]


async def test_people_are_replaced_all_or_not_at_all(open_store: Open) -> None:
    store = await open_store()
    await store.replace_people([ALICE])
    with pytest.raises(RuntimeError, match="source failed"):
        await store.replace_people(BreaksOff())
    assert (await store.load()).people == (ALICE,)
    assert (await (await open_store()).load()).people == (ALICE,)
    many = tuple(person(f"Person {n}") for n in range(1_201))
    await (await open_store()).replace_people(many)
    assert (await (await open_store()).load()).people == many


async def test_calls_do_not_wait_for_a_large_directory(open_store: Open) -> None:
    store = await open_store()
    people = [person(f"Person {n}") for n in range(20_000)]
    importing = asyncio.create_task(store.replace_people(people))
    saved = 0
    while not importing.done():
        await store.save(Batch(calls=(call("c1"),)))
        saved += 1
    await importing
    assert saved > 10, "each waits for a part of the people, not for all of them"
    assert len((await store.load()).people) == len(people)


async def test_of_two_new_directories_one_holds_whole(open_store: Open) -> None:
    store = await open_store()
    one, two = ([person(f"{name} {n}") for n in range(1_500)] for name in "ab")
    await asyncio.gather(store.replace_people(one), store.replace_people(two))
    assert (await store.load()).people == tuple(two)


# ------------------------------------------------------------------ who has it


async def test_closing_twice_is_harmless_and_then_nothing_works(open_store: Open) -> None:
    store = await open_store()
    await store.close()
    await store.close()
    with pytest.raises(Unavailable):
        await store.load()


async def test_a_store_that_is_open_is_not_opened_again(backend: Backend) -> None:
    create, settings = backend
    first = await create(settings)
    await first.save(Batch(calls=(call("c1"),)))
    with pytest.raises(Unavailable, match="another hub has it open"):
        await create(settings)
    assert [c.id for c in (await first.load()).calls] == ["c1"]
    await first.close()
    await (await create(settings)).close()


async def test_wrong_settings_are_named(backend: Backend) -> None:
    create, settings = backend
    for wrong in ({}, settings | {"pathh": "y"}, dict.fromkeys(settings, 7)):
        with pytest.raises(ConfigError) as caught:
            await create(wrong)
        assert caught.value.message.params["setting"] == "store"
