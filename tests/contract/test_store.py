"""What the hub may rely on: one test for each promise of the `Store` port, run on every store."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from reception.errors import ConfigError, ServiceError
from reception.model.attendants import Attendant, Readiness
from reception.model.calls import Call, CallbackRequest, CallerId, Direction, Place, Spoken, Target
from reception.model.people import Number, NumberKind, Person
from reception.model.stored import DayRecord
from reception.ports import Store, StoredState
from services.store import create as create_sqlite

ROOT = Path(__file__).parents[2]
Open = Callable[[], Store]


@pytest.fixture(params=["sqlite"])
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Open]:
    """Yield a function that opens the same store, as each new hub would; what is open is closed first."""
    opened: list[Store] = []

    def open_again() -> Store:
        for store in opened:
            store.close()
        opened.append(create_sqlite({"path": str(tmp_path / "hub.db")}))
        return opened[-1]

    yield open_again
    for store in opened:
        store.close()


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


def test_a_new_store_is_empty(open_store: Open) -> None:
    assert open_store().load() == StoredState()


def test_calls_are_there_again_whole(open_store: Open) -> None:
    waiting = call("c1")
    callback = call(
        "c2",
        leg=None,
        callback=CallbackRequest(number="+4533112233", asked_at=1.5, tries=2, not_before=9.75),
        target=Target(number="201", person="alice", name="Alice"),
        deadline=1_800_000_020.0,
    )
    open_store().save_calls([waiting, callback], [])
    assert open_store().load().calls == (waiting, callback)


def test_a_changed_call_replaces_what_was_stored_and_an_ended_one_is_forgotten(open_store: Open) -> None:
    store = open_store()
    store.save_calls([call("c1"), call("c2"), call("c3")], [])
    store.save_calls([call("c1", Place.TALKING, owner="KLJ")], ["c2", "never-there"])
    loaded = {c.id: c for c in open_store().load().calls}
    assert set(loaded) == {"c1", "c3"}
    assert loaded["c1"].place is Place.TALKING
    assert loaded["c1"].owner == "KLJ"


def test_attendants_are_there_again(open_store: Open) -> None:
    open_store().save_attendants([ANNE])
    open_store().save_attendants([msgspec.structs.replace(ANNE, readiness=Readiness.PAUSED)])
    (loaded,) = open_store().load().attendants
    assert loaded == msgspec.structs.replace(ANNE, readiness=Readiness.PAUSED)


def test_people_are_replaced_as_a_whole_and_keep_their_order(open_store: Open) -> None:
    open_store().replace_people([person("Zoe"), ALICE, person("Bob")])
    assert open_store().load().people == (person("Zoe"), ALICE, person("Bob"))
    open_store().replace_people([person("Carol")])
    assert open_store().load().people == (person("Carol"),)


class BreaksOff(Sequence[Person]):
    """People whose source fails in the middle."""

    def __len__(self) -> int:
        return 3

    def __getitem__(self, index: object) -> Person:  # type: ignore[override]
        if index == 2:
            raise RuntimeError("the source failed")
        return person(f"New {index}")


def test_people_are_replaced_all_or_not_at_all(open_store: Open) -> None:
    store = open_store()
    store.replace_people([ALICE])
    with pytest.raises(RuntimeError, match="source failed"):
        store.replace_people(BreaksOff())
    assert store.load().people == (ALICE,)
    assert open_store().load().people == (ALICE,)


def test_the_days_counts_are_there_again_and_the_latest_stay(open_store: Open) -> None:
    open_store().save_day(DayRecord(start=1_800_000_000.0, answered=1, lost=1, waited_s=2.5, taken=("a",)))
    latest = DayRecord(start=1_800_086_400.0, answered=86, lost=2, waited_s=946.25, taken=("b", "c"))
    open_store().save_day(latest)
    assert open_store().load().day == latest


def test_whom_callers_spoke_with_is_there_again_the_oldest_first(open_store: Open) -> None:
    alice, bob = Spoken(person="alice", name="Alice Holm", at=5.0), Spoken(person="bob", name="Bob", at=2.0)
    open_store().save_spoken({"+4533112233": alice, "201": bob}, [])
    assert open_store().load().spoken == (("201", bob), ("+4533112233", alice))


def test_a_newer_talk_replaces_the_older_and_what_is_forgotten_is_gone(open_store: Open) -> None:
    store = open_store()
    store.save_spoken({str(n): Spoken(person="p", name="P", at=float(n)) for n in range(4)}, [])
    newer = Spoken(person="q", name="Q", at=9.0)
    store.save_spoken({"1": newer}, ["0", "3", "never-there"])
    kept = open_store().load().spoken
    assert kept == (("2", Spoken(person="p", name="P", at=2.0)), ("1", newer))


def test_a_save_that_fails_changes_nothing(open_store: Open) -> None:
    store = open_store()
    store.save_calls([call("c1")], [])

    def broken() -> Iterator[str]:
        yield "c1"
        raise RuntimeError("gone wrong")

    with pytest.raises(RuntimeError, match="gone wrong"):
        store.save_calls([call("c2")], broken())
    assert [c.id for c in store.load().calls] == ["c1"]
    store.save_calls([call("c3")], [])
    assert [c.id for c in open_store().load().calls] == ["c1", "c3"]


def test_an_outcome_is_remembered_and_the_first_one_stays(open_store: Open) -> None:
    store = open_store()
    assert store.outcome_of("i1") is None
    store.save_outcome("i1", b'{"first":1}', 1_800_000_000.0)
    store.save_outcome("i1", b'{"second":2}', 1_800_000_001.0)
    assert open_store().outcome_of("i1") == b'{"first":1}'


def test_outcomes_older_than_a_day_are_forgotten(open_store: Open) -> None:
    store = open_store()
    store.save_outcome("old", b"1", 1_800_000_000.0)
    store.save_outcome("younger", b"2", 1_800_000_000.0 + 60)
    store.save_outcome("now", b"3", 1_800_000_000.0 + 24 * 3600 + 30)
    assert [store.outcome_of(i) for i in ("old", "younger", "now")] == [None, b"2", b"3"]


def test_closing_twice_is_harmless(open_store: Open) -> None:
    store = open_store()
    store.close()
    store.close()


KILLED_AFTER_SAVING = """
import sys
from tests.contract.test_store import ALICE, ANNE, call
from services.store import create
store = create({"path": sys.argv[1]})
store.replace_people([ALICE])
store.save_attendants([ANNE])
for i in range(10):
    store.save_calls([call(f"c{i}")], [])
store.save_outcome("i1", b"done", 1_800_000_000.0)
print("saved", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
def test_what_was_saved_survives_the_death_of_the_process(open_store: Open, tmp_path: Path) -> None:
    path = str(tmp_path / "hub.db")
    with subprocess.Popen(
        [sys.executable, "-c", KILLED_AFTER_SAVING, path],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "saved\n"
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    store = open_store()
    loaded = store.load()
    assert [c.id for c in loaded.calls] == [f"c{i}" for i in range(10)]
    assert loaded.attendants == (ANNE,)
    assert loaded.people == (ALICE,)
    assert store.outcome_of("i1") == b"done"


def test_a_store_that_is_open_is_not_opened_again(tmp_path: Path) -> None:
    path = str(tmp_path / "hub.db")
    first = create_sqlite({"path": path})
    first.save_calls([call("c1")], [])
    with pytest.raises(ServiceError) as caught:
        create_sqlite({"path": path})
    assert not isinstance(caught.value, ConfigError)
    assert [c.id for c in first.load().calls] == ["c1"]
    first.close()
    create_sqlite({"path": path}).close()
