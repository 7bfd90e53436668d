"""The list of colleagues: few by id, everybody by pages; rows come and go, nothing is ever reset."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from widgets.keyed_model import KEY_ROLE
from widgets.people_model import PAGE, PeopleModel


class Directory:
    """A directory of any size that counts what is asked of it."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked: list[int] = []

    def page(self, start: int, count: int) -> list[str]:
        self.asked.append(start)
        return [f"p{n}" for n in range(start, min(self.count, start + count))]

    def place_of(self, person: str) -> int | None:
        place = int(person[1:])
        return place if place < self.count else None


def make(directory: Directory) -> tuple[PeopleModel, QAbstractItemModelTester, QSignalSpy]:
    model = PeopleModel(directory.page, directory.place_of, lambda person: f"<{person}>")
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    return model, tester, QSignalSpy(model.modelReset)


def test_everybody_is_fetched_by_pages_when_somebody_looks(qapp: object) -> None:
    directory = Directory(100_000)
    model, _, resets = make(directory)
    directory.asked.clear()
    model.show_everybody(directory.count)
    directory.asked.clear()
    assert model.rowCount() == 100_000
    assert model.id_at(99_990) == "p99990"
    assert [model.id_at(99_990 + n) for n in range(3)] == ["p99990", "p99991", "p99992"]
    assert directory.asked == [99_990 // PAGE * PAGE]
    assert model.row_of("p50000") == 50_000
    assert model.row_of("p100001") is None
    assert model.row_of(None) is None
    assert model.id_at(100_000) is None
    assert resets.count() == 0


def test_no_more_than_a_few_pages_are_kept(qapp: object) -> None:
    directory = Directory(100_000)
    model = PeopleModel(directory.page, directory.place_of, str)
    model.show_everybody(directory.count)
    for row in range(0, 100_000, PAGE):
        model.id_at(row)
    assert len(directory.asked) == -(-100_000 // PAGE)
    assert len(model._pages) < 10


def test_from_everybody_to_a_few_and_back(qapp: object) -> None:
    directory = Directory(1000)
    model, _, resets = make(directory)
    for _ in range(2):
        model.show_everybody(1000)
        assert (model.is_everybody, model.rowCount()) == (True, 1000)
        model.show_found(["p7", "p3"])
        assert (model.is_everybody, model.rowCount()) == (False, 2)
        assert [model.id_at(0), model.row_of("p3"), model.row_of("p4")] == ["p7", 1, None]
    model.show_everybody(999)
    model.show_everybody(1001)
    assert model.rowCount() == 1001
    assert resets.count() == 0


def test_who_stays_found_keeps_their_row_through_any_order(qapp: object) -> None:
    model, _, resets = make(Directory(9))
    model.show_found(["p1", "p2", "p3", "p4"])
    kept = QPersistentModelIndex(model.index(2, 0))
    inserted, removed = QSignalSpy(model.rowsInserted), QSignalSpy(model.rowsRemoved)
    model.show_found(["p5", "p3", "p1"])
    assert kept.data(KEY_ROLE) == "p3"
    assert (inserted.count(), removed.count()) == (1, 2 - 1 + 1)
    model.show_found(["p5", "p3", "p1"])
    assert inserted.count() == 1
    assert [model.id_at(n) for n in range(4)] == ["p5", "p3", "p1", None]
    assert resets.count() == 0


def test_cells_tell_who_it_is_and_speak(qapp: object) -> None:
    model, _, _ = make(Directory(9))
    model.show_found(["p1"])
    index = model.index(0, 0)
    assert (index.data(KEY_ROLE), index.data()) == ("p1", "<p1>")
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "<p1>"
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.rowCount(index) == model.columnCount(index) == 0
    changed = QSignalSpy(model.dataChanged)
    model.tell_changed(0)
    assert changed.count() == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(searches=st.lists(st.lists(st.sampled_from([f"p{n}" for n in range(9)]), unique=True), max_size=6))
def test_another_search_is_told_in_two_steps_and_every_row_of_it(
    qapp: object, searches: list[list[str]]
) -> None:
    model, _, resets = make(Directory(9))
    model.show_found(["p1", "p2", "p3", "p4"])
    for found in searches:
        before = [model.id_at(row) for row in range(model.rowCount())]
        rows = [QPersistentModelIndex(model.index(row, 0)) for row in range(len(before))]
        told = [QSignalSpy(s) for s in (model.rowsInserted, model.rowsRemoved, model.dataChanged)]
        model.show_others(found)
        assert [model.id_at(row) for row in range(model.rowCount())] == found
        assert [model.row_of(person) for person in found] == list(range(len(found)))
        for row, index in enumerate(rows):
            assert (index.isValid(), index.data(KEY_ROLE)) == (
                (True, found[row]) if row < len(found) else (False, None)
            )
        changed = told[2]
        told_of = [
            range(one[0].row(), one[1].row() + 1) for one in (changed.at(n) for n in range(changed.count()))
        ]
        assert told_of == ([range(min(len(before), len(found)))] if before and found else [])
        assert sum(spy.count() for spy in told) <= 2
    assert resets.count() == 0
