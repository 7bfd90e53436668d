"""The one list model: after any sequence of edits it has the rows, the selection and Qt's trust."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy

from widgets.keyed_model import KEY_ROLE, ROW_ROLE, KeyedModel


class Row(NamedTuple):
    key: str
    value: int = 0


def make() -> KeyedModel[Row]:
    return KeyedModel[Row](lambda row, column: f"{row.key}={row.value}/{column}", columns=2)


ROWS = st.lists(
    st.builds(Row, st.sampled_from("abcdefghij"), st.integers(0, 2)), unique_by=lambda r: r.key, max_size=10
)


@given(st.lists(ROWS, min_size=1, max_size=8))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_edits(qapp: object, steps: list[list[Row]]) -> None:
    model = make()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    resets = QSignalSpy(model.modelReset)
    kept: dict[str, QPersistentModelIndex] = {}
    for rows in steps:
        before = set(model.keys())
        model.set_rows(rows)
        assert [model.row_at(i) for i in range(model.rowCount())] == rows
        assert [model.row_of(r.key) for r in rows] == list(range(len(rows)))
        for key, index in kept.items():
            if key in before and key in {r.key for r in rows}:
                assert index.data(KEY_ROLE) == key
        kept = {r.key: QPersistentModelIndex(model.index(i, 0)) for i, r in enumerate(rows)}
    assert resets.count() == 0
    assert tester is not None


def test_only_what_changed_is_told() -> None:
    model = make()
    model.set_rows([Row("a"), Row("b"), Row("c")])
    changed, moved, inserted = (
        QSignalSpy(s) for s in (model.dataChanged, model.rowsMoved, model.rowsInserted)
    )
    model.set_rows([Row("a"), Row("b", 1), Row("c")])
    assert [(i.row(), j.row()) for i, j, *_ in (changed.at(0),)] == [(1, 1)]
    model.set_rows([Row("c"), Row("a"), Row("b", 1)])
    assert (moved.count(), inserted.count(), changed.count()) == (1, 0, 1)


def test_two_rows_with_one_id_are_an_error() -> None:
    with pytest.raises(ValueError, match="one id"):
        make().set_rows([Row("a"), Row("a")])


def test_touch_names_the_rows() -> None:
    model = make()
    model.set_rows([Row("a"), Row("b"), Row("c")])
    changed = QSignalSpy(model.dataChanged)
    model.touch({"c", "a", "gone"})
    assert [changed.at(i)[0].row() for i in range(changed.count())] == [0, 2]


def test_cells() -> None:
    model = make()
    model.set_rows([Row("a", 5)])
    index = model.index(0, 1)
    assert index.data() == "a=5/1"
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "a=5/1"
    assert index.data(ROW_ROLE) == Row("a", 5)
    assert index.data(Qt.ItemDataRole.DecorationRole) is None
    assert model.data(QModelIndex()) is None
    assert model.rowCount(index) == model.columnCount(index) == 0
    assert model.row_at(9) is None
    assert model.row_of(None) is None
