"""Statuses and timelines on disk: what is there at the next start, and what a storm costs."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.console.facts import MOST_HANDLED, Facts
from reception.console.shelf import MOST_DUE, MOST_KEPT
from reception.model.lines import Line, LineState, PersonStatus, StatusKind
from reception.model.presence import Entry, Timeline
from tests.house.strict import ExpectLogs


def status(person: str, since: float = 0.0) -> PersonStatus:
    line = Line(number="201", state=LineState.TALKING, since=since)
    return PersonStatus(person=person, kind=StatusKind.BUSY, since=since, lines=(line,))


def timeline(person: str) -> Timeline:
    return Timeline(person=person, entries=(Entry(id="e", reason="Lunch", start=1.0, end=2.0, origin="OL"),))


def finish_work(facts: Facts) -> None:
    while facts.is_behind:
        facts.work()


def in_memory(facts: Facts) -> int:
    return sum(len(s._due) + len(s._kept) for s in (facts.statuses, facts.timelines))


def test_what_was_said_is_there_at_the_next_start(tmp_path: Path) -> None:
    facts = Facts(tmp_path / "facts.db")
    facts.note([status("a"), status("b")], [timeline("a")])
    facts.note([status("a", since=5.0)])
    facts.close()
    again = Facts(tmp_path / "facts.db")
    assert dict(again.statuses) == {"a": status("a", since=5.0), "b": status("b")}
    assert dict(again.timelines) == {"a": timeline("a")}
    again.close()


def test_what_is_closed_can_be_read_on(tmp_path: Path) -> None:
    facts = Facts(tmp_path / "facts.db")
    facts.note([status("a")])
    facts.close()
    facts.close()
    assert facts.statuses["a"] == status("a")


def test_a_timeline_without_entries_and_a_person_who_left_are_gone(tmp_path: Path) -> None:
    facts = Facts(tmp_path / "facts.db")
    facts.note([status("a"), status("b")], [timeline("a"), timeline("b")])
    while facts.save():
        continue
    facts.note(timelines=[Timeline(person="a")])
    facts.forget("b")
    for _ in range(2):
        assert list(facts.statuses) == ["a"]
        assert list(facts.timelines) == []
        assert len(facts.statuses) == 1
        assert "b" not in facts.statuses
        facts.close()
        facts = Facts(tmp_path / "facts.db")
    facts.close()


# ------------------------------------------------------------------ a new state


def test_whoever_a_new_state_does_not_mention_has_nothing_any_more(tmp_path: Path) -> None:
    facts = Facts(tmp_path / "facts.db")
    facts.note([status("a"), status("b")], [timeline("b")])
    while facts.save():
        continue
    facts.begin()
    facts.note([status("a", since=9.0)])
    assert facts.statuses["b"] == status("b")  # not yet
    facts.finish()
    for _ in range(2):
        assert dict(facts.statuses) == {"a": status("a", since=9.0)}
        assert "b" not in facts.timelines
        facts.close()
        facts = Facts(tmp_path / "facts.db")
    facts.close()


def test_rows_that_hold_no_more_leave_the_file(tmp_path: Path) -> None:
    facts = Facts(tmp_path / "facts.db")
    facts.note([status(f"p{n:04}") for n in range(1_300)])
    while facts.save():
        continue
    facts.begin()
    facts.note([status("p0700")])
    facts.finish()
    finish_work(facts)
    facts.close()
    db = sqlite3.connect(tmp_path / "facts.db")
    assert db.execute("SELECT person FROM status").fetchall() == [("p0700",)]
    db.close()


@pytest.mark.parametrize("is_killed", [True, False])
def test_a_state_that_did_not_come_in_whole_mixes_with_no_later_one(tmp_path: Path, is_killed: bool) -> None:
    facts = Facts(tmp_path / "facts.db")
    facts.note([status("old")])
    facts.begin()
    facts.note([status("half")])
    if is_killed:  # what was written is there, and nothing more is said
        facts.close()
        facts = Facts(tmp_path / "facts.db")
    assert set(facts.statuses) == {"old", "half"}  # the last known of each
    facts.begin()
    facts.note([status("new")])
    facts.finish()
    assert set(facts.statuses) == {"new"}
    facts.close()


# ------------------------------------------------------------------ storms


def test_a_storm_on_few_people_writes_nothing(tmp_path: Path) -> None:
    facts = Facts(tmp_path / "facts.db")
    for n in range(20_000):
        facts.note([status(f"p{n % 40}", since=float(n))])
    assert not facts.is_behind
    assert in_memory(facts) == 40
    facts.close()


def test_a_storm_on_everybody_stays_small_in_memory(tmp_path: Path) -> None:
    facts = Facts(tmp_path / "facts.db")
    for n in range(0, 30_000, 500):
        facts.note([status(f"p{(n + k) * 7 % 20_000}", since=float(n)) for k in range(500)])
        finish_work(facts)
        assert in_memory(facts) <= MOST_DUE + MOST_KEPT
    assert facts.statuses["p7"].since == 20_000.0
    assert len(facts.statuses) == 20_000
    facts.close()


def test_more_than_can_be_written_is_told() -> None:
    facts = Facts()
    facts.note([status(f"p{n}") for n in range(2 * MOST_DUE)])
    assert facts.is_behind
    assert not facts.is_overloaded
    facts.note([status("one more")])
    assert facts.is_overloaded
    facts.work()
    assert not facts.is_overloaded


def test_reading_everybody_stays_small_in_memory(tmp_path: Path) -> None:
    facts = Facts(tmp_path / "facts.db")
    facts.note([status(f"p{n}") for n in range(5_000)])
    facts.close()
    facts = Facts(tmp_path / "facts.db")
    assert all(f"p{n}" in facts.statuses for n in range(5_000))
    assert "nobody" not in facts.statuses
    assert in_memory(facts) <= MOST_KEPT
    facts.close()


STEPS = ("put", "gone", "write", "read", "begin", "finish")


@given(st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 9))))
def test_a_shelf_is_a_dictionary_whatever_is_written_when(steps: list[tuple[str, int]]) -> None:
    facts = Facts()
    state = 0
    expected: dict[str, tuple[int, PersonStatus]] = {}
    for n, (step, k) in enumerate(steps):
        person = f"p{k}"
        match step:
            case "put":
                expected[person] = state, status(person, since=float(n))
                facts.note([expected[person][1]])
            case "gone":
                expected.pop(person, None)
                facts.statuses.put(person, None)
            case "write":
                facts.statuses.write(k)
            case "read":
                assert facts.statuses.get(person) == expected.get(person, (0, None))[1]
            case "begin":
                state += 1
                facts.begin()
            case "finish":
                expected = {p: entry for p, entry in expected.items() if entry[0] == state}
                facts.finish()
                finish_work(facts)
    assert dict(facts.statuses) == {p: s for p, (_, s) in expected.items()}


# ------------------------------------------------------------------ handled


def test_those_handled_last_come_first_also_at_the_next_start(tmp_path: Path) -> None:
    facts = Facts(tmp_path / "facts.db")
    for person in ("a", "b", "c", "a"):
        facts.note_handled(person)
    facts.close()
    facts = Facts(tmp_path / "facts.db")
    assert list(facts.handled) == ["a", "c", "b"]
    for n in range(MOST_HANDLED):
        facts.note_handled(f"p{n}")
    facts.close()
    facts = Facts(tmp_path / "facts.db")
    assert len(facts.handled) == MOST_HANDLED
    assert facts.handled[0] == f"p{MOST_HANDLED - 1}"
    facts.close()


# ------------------------------------------------------------------ files that may be anything


def other_kind(file: Path) -> None:
    db = sqlite3.connect(file)
    db.execute("CREATE TABLE status (x)")
    db.commit()
    db.close()


def other_version(file: Path) -> None:
    Facts(file).close()
    db = sqlite3.connect(file)
    db.execute("PRAGMA user_version=99")
    db.close()


def cut_off(file: Path) -> None:
    facts = Facts(file)
    facts.note([status(f"p{n}") for n in range(2_000)])
    facts.close()
    file.write_bytes(file.read_bytes()[: 3 * 4096])


@pytest.mark.parametrize(
    "spoil", [other_kind, other_version, cut_off, lambda f: f.write_bytes(b"no database" * 999)]
)
def test_a_file_of_no_use_is_put_aside_and_a_new_one_begun(
    tmp_path: Path, spoil: object, expected_logs: ExpectLogs
) -> None:
    expected_logs("cannot be used")
    file = tmp_path / "facts.db"
    assert callable(spoil)
    spoil(file)
    facts = Facts(file)
    facts.note([status("a")])
    for n in range(2_000):
        facts.statuses.value_of(f"p{n}")
    facts.close()
    assert file.with_name("facts.db.unreadable").exists()
    facts = Facts(file)
    assert facts.statuses["a"] == status("a")
    facts.close()


def test_a_row_that_is_nonsense_begins_a_new_file_and_keeps_what_is_in_memory(
    tmp_path: Path, expected_logs: ExpectLogs
) -> None:
    expected_logs("cannot be used")
    file = tmp_path / "facts.db"
    facts = Facts(file)
    facts.note([status("a"), status("b")])
    facts.close()
    db = sqlite3.connect(file)
    db.execute("UPDATE status SET row=x'00' WHERE person='a'")
    db.commit()
    db.close()
    facts = Facts(file)
    facts.note([status("c")])
    assert facts.statuses.get("a") is None
    facts.close()
    facts = Facts(file)
    assert dict(facts.statuses) == {"c": status("c")}
    facts.close()


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path, expected_logs: ExpectLogs) -> None:
    expected_logs("cannot be written")
    (tmp_path / "file").write_text("in the way")
    facts = Facts(tmp_path / "file" / "facts.db")
    facts.note([status("a")])
    facts.close()
    assert facts.statuses["a"] == status("a")


def test_that_entries_may_not_be_changed_is_known_at_the_next_start_too(tmp_path: Path) -> None:
    facts = Facts(tmp_path / "facts.db")
    facts.note(timelines=[Timeline(person="a", is_locked=True), Timeline(person="b")])
    facts.close()
    again = Facts(tmp_path / "facts.db")
    assert again.timelines["a"].is_locked
    assert "b" not in again.timelines
    again.close()
