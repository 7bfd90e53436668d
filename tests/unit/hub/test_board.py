"""The board of statuses recomputes only those whom a change concerns."""

from __future__ import annotations

import pytest

from reception.hub import board as board_module
from reception.hub.board import Board
from reception.model.lines import LineState, StatusKind
from reception.model.people import Number, NumberKind, Person


def person(person_id: str, *numbers: str) -> Person:
    return Person(
        id=person_id, name=person_id, numbers=tuple(Number(kind=NumberKind.DESK, number=n) for n in numbers)
    )


PEOPLE = [person("a", "201"), person("b", "202", "302"), person("c", "201")]


def test_everybody_has_a_status_from_the_start() -> None:
    board = Board(PEOPLE, now=1.0)
    assert {s.kind for s in board.statuses.values()} == {StatusKind.UNKNOWN}
    assert set(board.statuses) == {"a", "b", "c"}


def test_a_line_concerns_all_who_have_its_number_and_nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    board = Board(PEOPLE, now=1.0)
    looked_at: list[str] = []
    real = board_module.status_of
    monkeypatch.setattr(
        board_module, "status_of", lambda p, *a, **k: looked_at.append(p.id) or real(p, *a, **k)
    )
    changed = board.on_line("201", LineState.TALKING, now=2.0)
    assert {s.person: s.kind for s in changed} == {"a": StatusKind.BUSY, "c": StatusKind.BUSY}
    assert sorted(looked_at) == ["a", "c"]


def test_the_same_state_again_is_no_news() -> None:
    board = Board(PEOPLE, now=1.0)
    assert board.on_line("201", LineState.IDLE, now=2.0)
    assert board.on_line("201", LineState.IDLE, now=3.0) == ()
    assert board.on_line("999", LineState.IDLE, now=3.0) == []


def test_a_snapshot_replaces_all_lines_and_keeps_since_of_what_is_unchanged() -> None:
    board = Board(PEOPLE, now=1.0)
    board.on_line("201", LineState.IDLE, now=2.0)
    board.on_line("202", LineState.IDLE, now=2.0)
    changed = board.on_connected([("201", LineState.IDLE)], now=9.0)
    assert {s.person: s.kind for s in changed} == {"b": StatusKind.UNKNOWN}
    assert board.statuses["a"].lines[0].since == 2.0


def test_a_silence_marks_those_who_are_known_and_a_return_unmarks_them() -> None:
    board = Board(PEOPLE, now=1.0)
    board.on_line("202", LineState.TALKING, now=2.0)
    assert [(s.person, s.kind, s.is_stale) for s in board.on_lost(now=3.0)] == [("b", StatusKind.BUSY, True)]
    assert board.on_lost(now=4.0) == []
    back = board.on_connected([("202", LineState.TALKING)], now=5.0)
    assert [(s.person, s.is_stale, s.since) for s in back] == [("b", False, 2.0)]


def test_a_new_directory_gives_newcomers_their_status_and_forgets_who_left() -> None:
    board = Board(PEOPLE, now=1.0)
    board.on_line("205", LineState.TALKING, now=2.0)
    changed = board.replace_people([person("a", "201"), person("d", "205")], now=3.0)
    assert [(s.person, s.kind) for s in changed] == [("d", StatusKind.BUSY)]
    assert set(board.statuses) == {"a", "d"}
    assert board.on_line("202", LineState.IDLE, now=4.0) == []
