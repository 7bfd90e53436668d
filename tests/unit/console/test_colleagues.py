"""People on the console's disk: changes, renewals, and everything that can fail on the way."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from msgspec.structs import replace

from reception.console import building, renewal
from reception.console.building import BuildFailed, Purpose, SliceBuild, write_catalogue
from reception.console.catalogue import Catalogue, CatalogueBroken
from reception.console.colleagues import FEW, Colleagues
from reception.console.renewal import MANY
from reception.console.spool import Spool, people_in
from reception.directory.fingerprint import fingerprint_of
from reception.directory.numbers import NumberPlan
from reception.model.people import Person
from tests.house.strict import ExpectLogs

GERMAN = Purpose(plan=NumberPlan(country="49"), language="")


def somebody(n: int) -> Person:
    return Person(id=f"p{n}", name=f"Person Nr{n:05}")


def crowd(count: int) -> list[Person]:
    return [somebody(n) for n in range(count)]


def tell(colleagues: Colleagues, people: Sequence[Person]) -> None:
    """Tell a whole directory, as the hub does."""
    colleagues.begin(are_kept=False)
    for start in range(0, len(people), 500):
        colleagues.add(people[start : start + 500])
    colleagues.finish()


def finish_work(colleagues: Colleagues) -> None:
    while colleagues.is_behind:
        colleagues.work()


def names(colleagues: Colleagues, typed: str) -> list[str]:
    return [colleagues[id_].name for id_ in colleagues.search(typed, 5, ()).ids]


@pytest.fixture
def in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process: what it would write is written here, a little at a time."""
    monkeypatch.setattr(renewal, "ProcessBuild", SliceBuild)


def is_in_step(colleagues: Colleagues, people: Sequence[Person]) -> bool:
    same = dict(colleagues) == {p.id: p for p in people}
    return same and colleagues.fingerprint == fingerprint_of(people)


# ------------------------------------------------------------------ few


def test_few_are_there_at_once_and_at_the_next_start(tmp_path: Path) -> None:
    people = crowd(FEW)
    colleagues = Colleagues(tmp_path)
    tell(colleagues, people)
    assert is_in_step(colleagues, people)
    colleagues.close()
    colleagues = Colleagues(tmp_path)
    assert is_in_step(colleagues, people)
    assert list(colleagues.page(0, 2)) == ["p0", "p1"]
    assert colleagues.place_of("p3") == 3
    colleagues.close()


@pytest.mark.parametrize("folder", [True, False])
@pytest.mark.parametrize("after", [crowd(40)[3:], crowd(12), [], [somebody(99)], [*crowd(39), somebody(77)]])
def test_few_others_take_their_place(tmp_path: Path, folder: bool, after: list[Person]) -> None:
    colleagues = Colleagues(tmp_path if folder else None)
    tell(colleagues, crowd(40))
    tell(colleagues, after)
    assert not colleagues.is_behind
    assert is_in_step(colleagues, after)
    colleagues.close()


def test_those_who_are_kept_stay() -> None:
    colleagues = Colleagues()
    tell(colleagues, crowd(3))
    colleagues.begin(are_kept=True)
    colleagues.finish()
    assert is_in_step(colleagues, crowd(3))
    colleagues.close()


def test_a_directory_that_did_not_come_in_whole_changes_nothing(tmp_path: Path) -> None:
    colleagues = Colleagues(tmp_path)
    tell(colleagues, crowd(3))
    colleagues.begin(are_kept=False)
    colleagues.add(crowd(500))
    colleagues.begin(are_kept=True)  # the line broke meanwhile
    colleagues.finish()
    assert is_in_step(colleagues, crowd(3))
    assert not list(tmp_path.glob("*.spool"))
    colleagues.close()


# ------------------------------------------------------------------ changes


def test_a_change_counts_at_once() -> None:
    colleagues = Colleagues()
    tell(colleagues, crowd(3))
    colleagues.put(replace(somebody(1), name="Ursula"))
    colleagues.remove("p2")
    colleagues.settle()
    assert not colleagues.is_behind
    assert names(colleagues, "ursula") == ["Ursula"]
    assert "p2" not in colleagues
    colleagues.close()


def test_many_changes_are_known_at_once_and_found_little_by_little() -> None:
    colleagues = Colleagues()
    tell(colleagues, crowd(100))
    for n in range(60):
        colleagues.put(replace(somebody(n), name=f"Ursula {n}"))
    colleagues.remove("p99")
    colleagues.settle()
    assert colleagues["p59"].name == "Ursula 59"
    assert "p99" not in colleagues
    assert colleagues.fingerprint == ""  # nobody is to believe that all is on disk
    assert [colleagues.work() for _ in range(3)] == [False] * 3
    finish_work(colleagues)
    assert names(colleagues, "ursula 59") == ["Ursula 59"]
    after = [replace(somebody(n), name=f"Ursula {n}") for n in range(60)] + crowd(99)[60:]
    assert is_in_step(colleagues, after)
    colleagues.close()


@pytest.mark.usefixtures("in_slices")
def test_very_many_changes_make_a_new_catalogue(tmp_path: Path) -> None:
    before = crowd(1_300)
    colleagues = Colleagues(tmp_path)
    tell(colleagues, before)
    finish_work(colleagues)
    after = [replace(person, title="Clerk") for person in before[: MANY + 100]] + before[MANY + 101 :]
    for person in after[: MANY + 100]:
        colleagues.put(person)
    colleagues.remove(before[MANY + 100].id)
    colleagues.settle()
    assert not colleagues._waiting  # not kept in memory
    finish_work(colleagues)
    assert is_in_step(colleagues, after)
    colleagues.close()


# ------------------------------------------------------------------ renewals


def test_a_process_writes_a_large_directory(tmp_path: Path) -> None:
    people = crowd(700)
    colleagues = Colleagues(tmp_path)
    assert not colleagues.is_filling
    colleagues.begin(are_kept=False)
    assert colleagues.is_filling
    colleagues.add(people)
    colleagues.finish()
    assert colleagues.is_filling
    told = []
    while colleagues.is_behind:
        told.append(colleagues.work())
    assert told.count(True) == 1  # and then the window is told
    assert not colleagues.is_filling
    assert is_in_step(colleagues, people)
    colleagues.close()
    colleagues = Colleagues(tmp_path)
    assert is_in_step(colleagues, people)
    colleagues.close()


@pytest.mark.usefixtures("in_slices")
@pytest.mark.parametrize("is_first", [True, False])
def test_changes_during_a_renewal_are_in_the_new_catalogue(tmp_path: Path, is_first: bool) -> None:
    colleagues = Colleagues(tmp_path)
    if not is_first:
        tell(colleagues, crowd(50))
    tell(colleagues, crowd(400))
    step = 0
    while colleagues.is_behind:
        if step < 30:
            colleagues.put(replace(somebody(step), title=f"Step {step}"))
            colleagues.remove(f"p{399 - step}")
            colleagues.settle()
            assert colleagues.is_filling == is_first
        step += 1
        colleagues.work()
    after = [replace(somebody(n), title=f"Step {n}") for n in range(30)] + crowd(370)[30:]
    assert is_in_step(colleagues, after)
    colleagues.close()


def test_many_changes_during_a_renewal_have_it_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[int] = []

    class Counted(SliceBuild):
        def __init__(self, spools: Sequence[Spool], target: Path, purpose: Purpose) -> None:
            super().__init__(spools, target, purpose)
            built.append(sum(spool.count for spool in spools))

    monkeypatch.setattr(renewal, "ProcessBuild", Counted)
    colleagues = Colleagues(tmp_path)
    tell(colleagues, crowd(300))
    colleagues.work()
    for n in range(MANY + 1):
        colleagues.put(replace(somebody(n % 300), title=f"{n}"))
    colleagues.settle()
    finish_work(colleagues)
    assert built == [300, 300 + MANY + 1]
    assert colleagues["p0"].title == "900"
    assert len(colleagues) == 300
    colleagues.close()


@pytest.mark.usefixtures("in_slices")
def test_another_house_makes_the_catalogue_anew(tmp_path: Path) -> None:
    colleagues = Colleagues(tmp_path)
    tell(colleagues, crowd(300))
    finish_work(colleagues)
    colleagues.purpose = GERMAN
    colleagues.begin(are_kept=True)
    colleagues.finish()
    finish_work(colleagues)
    assert is_in_step(colleagues, crowd(300))
    colleagues.close()
    colleagues = Colleagues(tmp_path)
    assert colleagues.purpose == GERMAN
    assert is_in_step(colleagues, crowd(300))
    colleagues.adapt()
    assert not colleagues.is_behind
    colleagues.close()


def test_what_is_written_by_the_process_is_what_is_told(tmp_path: Path) -> None:
    first, second = Spool(tmp_path / "1"), Spool(tmp_path / "2")
    first.add(crowd(5))
    second.add([replace(somebody(1), name="Ursula"), "p2", somebody(2), "p3"])
    for spool in (first, second):
        spool.flush()
    with (tmp_path / "2").open("ab") as file:
        file.write(b"\xff\x00\x00\x00cut")  # a row that is not there whole
    files = [str(tmp_path / "1"), str(tmp_path / "2")]
    purpose = '{"plan":{"country":"49"},"language":"da"}'
    write_catalogue(purpose, str(tmp_path / "out.db"), files)
    out = Catalogue.open(tmp_path / "out.db", plan=NumberPlan(country="49"), language="da")
    expected = [somebody(0), replace(somebody(1), name="Ursula"), somebody(4), somebody(2)]
    assert {id_: out.person(id_) for id_ in out.page(0, 9)} == {p.id: p for p in expected}
    assert [p.id for p in people_in([tmp_path / "1"])] == [f"p{n}" for n in range(5)]
    out.close()
    first.remove()
    second.remove()
    assert not (tmp_path / "1").exists()


# ------------------------------------------------------------------ what fails


class _Failing:
    pause_s = 0.0

    def __init__(self, *_: object) -> None:
        return

    def work(self) -> Catalogue | None:
        raise BuildFailed("it was killed")

    def stop(self) -> None:
        return


class _Impossible(_Failing):
    def __init__(self, *_: object) -> None:
        raise OSError("no processes left")


class _Broken(_Failing):
    def work(self) -> Catalogue | None:
        raise CatalogueBroken("disk full")


@pytest.mark.parametrize("build", [_Failing, _Impossible])
def test_a_process_that_fails_is_made_up_for_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_logs: ExpectLogs, build: type[_Failing]
) -> None:
    expected_logs("people are taken into the search here")
    monkeypatch.setattr(renewal, "ProcessBuild", build)
    colleagues = Colleagues(tmp_path)
    tell(colleagues, crowd(300))
    finish_work(colleagues)
    assert is_in_step(colleagues, crowd(300))
    colleagues.close()


def test_when_nothing_can_be_written_the_old_people_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_logs: ExpectLogs
) -> None:
    expected_logs("cannot be written, the old ones stay")
    colleagues = Colleagues(tmp_path)
    tell(colleagues, crowd(3))
    monkeypatch.setattr(renewal, "ProcessBuild", _Broken)
    tell(colleagues, crowd(300))
    assert not colleagues.must_send  # they are on their way
    finish_work(colleagues)
    assert dict(colleagues) == {p.id: p for p in crowd(3)}
    assert not list(tmp_path.glob("*.spool"))
    assert colleagues.must_send
    assert colleagues.fingerprint == ""  # or the hub would think that we have them
    monkeypatch.setattr(renewal, "ProcessBuild", SliceBuild)
    tell(colleagues, crowd(300))
    finish_work(colleagues)
    assert is_in_step(colleagues, crowd(300))
    assert not colleagues.must_send
    colleagues.close()


def test_no_place_for_new_people_leaves_the_old_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_logs: ExpectLogs
) -> None:
    expected_logs("cannot be written, the old ones stay")
    colleagues = Colleagues(tmp_path)
    tell(colleagues, crowd(3))

    def full(*_: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Spool, "add", full)
    tell(colleagues, crowd(700))
    assert dict(colleagues) == {p.id: p for p in crowd(3)}
    assert colleagues.must_send
    assert not colleagues.is_behind
    colleagues.close()


def test_a_catalogue_that_breaks_gives_way_to_an_empty_one_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_logs: ExpectLogs
) -> None:
    expected_logs("cannot be used, the hub must send them again")
    colleagues = Colleagues(tmp_path)
    tell(colleagues, crowd(3))

    def broken(*_: object) -> None:
        raise CatalogueBroken("malformed")

    with monkeypatch.context() as patch:
        patch.setattr(Catalogue, "search", broken)
        assert colleagues.search("person", 5, ()).ids == ()
    assert colleagues.must_send
    assert colleagues.fingerprint == ""
    assert len(colleagues) == 0
    tell(colleagues, crowd(4))
    assert not colleagues.must_send
    assert is_in_step(colleagues, crowd(4))
    colleagues.close()
    colleagues = Colleagues(tmp_path)
    assert is_in_step(colleagues, crowd(4))
    colleagues.close()


@pytest.mark.parametrize("text", [b"", b"{", b'{"file":"../facts.db","purpose":{}}'])
def test_a_note_of_the_current_file_that_is_nonsense_begins_without_people(
    tmp_path: Path, text: bytes, expected_logs: ExpectLogs
) -> None:
    expected_logs("cannot be read, beginning without people")
    colleagues = Colleagues(tmp_path)
    tell(colleagues, crowd(3))
    colleagues.close()
    (tmp_path / "people.json").write_bytes(text)
    colleagues = Colleagues(tmp_path)
    assert len(colleagues) == 0
    assert not list(tmp_path.glob("people-*.db"))
    colleagues.close()


def test_the_process_is_our_own_program(monkeypatch: pytest.MonkeyPatch) -> None:
    from reception.console.command import own_command

    assert own_command(building.COMMAND)[1:] == ["-m", "reception", "write-catalogue"]
    monkeypatch.setattr("sys.frozen", True, raising=False)
    assert own_command(building.COMMAND)[1:] == ["write-catalogue"]
