"""The unified status from what is known of a person's lines."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.model.lines import Line, LineState, PersonStatus, StatusKind
from reception.model.people import Number, NumberKind, Person
from reception.presence.status import kind_of, status_of

ALICE = Person(
    id="alice",
    name="Alice",
    numbers=(
        Number(kind=NumberKind.DESK, number="201"),
        Number(kind=NumberKind.SOFTPHONE, number="301"),
        Number(kind=NumberKind.MOBILE, number="+4520304050"),
        Number(kind=NumberKind.OTHER, number="7000"),
    ),
)
S = LineState


def lines(**states: LineState) -> dict[str, Line]:
    return {n[1:]: Line(number=n[1:], state=state, since=5.0) for n, state in states.items()}


@pytest.mark.requirement("000-08")
@pytest.mark.parametrize(
    ("states", "kind"),
    [
        ({S.TALKING}, StatusKind.BUSY),
        ({S.HELD}, StatusKind.BUSY),
        ({S.IDLE, S.TALKING, S.RINGING}, StatusKind.BUSY),
        ({S.HELD, S.RINGING}, StatusKind.BUSY),
        ({S.RINGING, S.IDLE}, StatusKind.RINGING),
        ({S.IDLE}, StatusKind.FREE),
        ({S.IDLE, S.UNREACHABLE}, StatusKind.FREE),
        ({S.UNREACHABLE}, StatusKind.OFF),
        ({S.UNREACHABLE, S.UNKNOWN}, StatusKind.OFF),
        ({S.UNKNOWN}, StatusKind.UNKNOWN),
        (set(), StatusKind.UNKNOWN),
    ],
)
def test_the_rule_in_its_order(states: set[LineState], kind: StatusKind) -> None:
    assert kind_of(frozenset(states)) is kind


@given(st.frozensets(st.sampled_from(LineState)))
def test_nobody_looks_free_without_an_idle_line(states: frozenset[LineState]) -> None:
    if kind_of(states) is StatusKind.FREE:
        assert S.IDLE in states
        assert not states & {S.TALKING, S.HELD, S.RINGING}


def test_talking_on_any_own_line_makes_busy_and_the_lines_are_listed() -> None:
    known = lines(_201=S.IDLE, _301=S.TALKING, _999=S.RINGING)
    status = status_of(ALICE, known, None, now=10.0)
    assert status.kind is StatusKind.BUSY
    assert [line.number for line in status.lines] == ["201", "301"]


def test_a_shared_number_makes_nobody_busy() -> None:
    status = status_of(ALICE, lines(_201=S.IDLE, _7000=S.TALKING), None, now=10.0)
    assert status.kind is StatusKind.FREE


def test_since_is_when_the_kind_changed_not_when_a_line_did() -> None:
    first = status_of(ALICE, lines(_201=S.TALKING), None, now=10.0)
    second = status_of(ALICE, lines(_201=S.TALKING, _301=S.TALKING), first, now=20.0)
    third = status_of(ALICE, lines(_201=S.IDLE, _301=S.IDLE), second, now=30.0)
    assert [s.since for s in (first, second, third)] == [10.0, 10.0, 30.0]
    assert second.lines != first.lines


def test_what_is_the_same_is_the_same_object() -> None:
    first = status_of(ALICE, lines(_201=S.TALKING), None, now=10.0)
    assert status_of(ALICE, lines(_201=S.TALKING), first, now=20.0) is first


def test_a_silent_source_leaves_the_last_kind_marked_stale_and_takes_the_mark_away_again() -> None:
    busy = status_of(ALICE, lines(_201=S.TALKING), None, now=10.0)
    stale = status_of(ALICE, {}, busy, now=20.0, is_stale=True)
    assert stale == PersonStatus(
        person="alice", kind=StatusKind.BUSY, since=10.0, lines=busy.lines, is_stale=True
    )
    assert status_of(ALICE, lines(_201=S.IDLE), stale, now=25.0, is_stale=True) is stale
    back = status_of(ALICE, lines(_201=S.TALKING), stale, now=30.0)
    assert back == busy


def test_unknown_is_never_made_stale() -> None:
    unknown = status_of(ALICE, {}, None, now=10.0)
    assert status_of(ALICE, {}, unknown, now=20.0, is_stale=True) is unknown
    assert status_of(ALICE, {}, None, now=20.0, is_stale=True).kind is StatusKind.UNKNOWN
