"""The unified status from a person's lines, entries and Teams' word."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.model.lines import Line, LineState, StatusKind
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import CALENDAR, WEB, CallHandling, Entry
from reception.presence.port import EXCHANGE, TEAMS, TELEPHONY, TeamsSet
from reception.presence.status import status_of

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


def kind_of(states: frozenset[LineState] | set[LineState], *, is_entered: bool = False) -> StatusKind:
    person = Person(
        id="p",
        name="P",
        numbers=tuple(Number(kind=NumberKind.DESK, number=str(n)) for n in range(len(states))),
    )
    known = {str(n): Line(number=str(n), state=state, since=0.0) for n, state in enumerate(states)}
    entries = (MEETING,) if is_entered else ()
    return status_of(person, known, None, now=120.0, entries=entries).kind


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


# ------------------------------------------------------------------ entries beside lines


def entry(reason: str, start: float, end: float | None, **more: Any) -> Entry:
    more = {"origin": CALENDAR} | more
    return Entry(id=f"{reason} {start}", reason=reason, start=start, end=end, **more)


MEETING = entry("Leverandørmøde", 100.0, 200.0)
LUNCH = entry("Frokost", 100.0, 150.0, origin=WEB)
STATUS = entry("Status", 300.0, 400.0, origin=WEB, handling=CallHandling.OPEN)


@pytest.mark.parametrize(
    ("known", "entries", "kind"),
    [
        (lines(_201=S.IDLE, **{"_+4520304050": S.TALKING}), (), StatusKind.BUSY),  # on the mobile
        (lines(_201=S.TALKING), (), StatusKind.BUSY),  # on the desk phone
        (lines(_201=S.TALKING), (MEETING,), StatusKind.BUSY),
        (lines(_201=S.RINGING), (MEETING,), StatusKind.RINGING),
        (lines(_201=S.IDLE), (MEETING,), StatusKind.AWAY),  # by absence markings
        (lines(_201=S.UNREACHABLE), (MEETING,), StatusKind.AWAY),
        ({}, (LUNCH,), StatusKind.AWAY),
        (lines(_201=S.IDLE), (STATUS,), StatusKind.FREE),
        (lines(_201=S.UNREACHABLE), (STATUS,), StatusKind.OFF),
        ({}, (STATUS,), StatusKind.UNKNOWN),
    ],
)
def test_lines_and_entries_make_one_status(
    known: dict[str, Line], entries: tuple[Entry, ...], kind: StatusKind
) -> None:
    assert status_of(ALICE, known, None, now=120.0, entries=entries).kind is kind


@given(st.frozensets(st.sampled_from(LineState)), st.booleans())
def test_busy_is_said_of_the_telephone_only_and_absent_of_entries_only(
    states: frozenset[LineState], is_entered: bool
) -> None:
    kind = kind_of(states, is_entered=is_entered)
    says_so = states & {S.TALKING, S.HELD} or (S.DO_NOT_DISTURB in states and S.RINGING not in states)
    assert (kind is StatusKind.BUSY) is bool(says_so)
    assert kind is not StatusKind.AWAY or is_entered
    assert kind is not StatusKind.FREE or not is_entered


def test_in_a_call_and_in_a_meeting_both_are_told_and_the_return() -> None:
    """The picture: "Taler i telefon · i møde til 14.30. Tilbage kl. 14.30, derefter ledig til 15.15"."""
    status = status_of(
        ALICE,
        lines(_201=S.TALKING),
        None,
        now=120.0,
        entries=(MEETING, STATUS),
        teams=TeamsSet(person="alice", availability="Busy"),
        day_end=900.0,
    )
    assert (status.kind, status.is_entered) == (StatusKind.BUSY, True)
    assert (status.reason, status.origin, status.until) == ("Leverandørmøde", CALENDAR, 200.0)
    assert (status.back_at, status.next_at, status.next_reason) == (200.0, 300.0, "Status")
    assert status.teams == "Busy"


def test_free_with_the_next_entry_of_today_and_not_of_tomorrow() -> None:
    known = lines(_201=S.IDLE)
    today = status_of(ALICE, known, None, now=20.0, entries=(MEETING,), day_end=101.0)
    assert (today.kind, today.is_entered, today.back_at) == (StatusKind.FREE, False, None)
    assert (today.next_at, today.next_reason) == (100.0, "Leverandørmøde")
    tomorrow = status_of(ALICE, known, None, now=20.0, entries=(MEETING,), day_end=100.0)
    assert tomorrow.next_at is None


def test_with_the_phone_kept_open_a_colleague_is_free_and_the_entry_is_told() -> None:
    status = status_of(ALICE, lines(_201=S.IDLE), None, now=310.0, entries=(STATUS,))
    assert (status.kind, status.is_entered) == (StatusKind.FREE, False)
    assert (status.reason, status.origin, status.until) == ("Status", WEB, 400.0)


# ------------------------------------------------------------------ sources that are silent


@pytest.mark.parametrize(
    ("known", "entries", "silent", "is_stale"),
    [
        (lines(_201=S.TALKING), (), {TELEPHONY}, True),
        (lines(_201=S.RINGING), (), {TELEPHONY}, True),
        (lines(_201=S.UNREACHABLE), (), {TELEPHONY}, True),
        (lines(_201=S.TALKING), (MEETING,), {EXCHANGE, TEAMS}, False),
        (lines(_201=S.IDLE), (), {TELEPHONY}, True),
        (lines(_201=S.IDLE), (), {TEAMS}, True),  # free rests on all that could say otherwise
        (lines(_201=S.IDLE), (), {EXCHANGE}, True),
        (lines(_201=S.IDLE), (MEETING,), {EXCHANGE}, True),
        (lines(_201=S.IDLE), (MEETING,), {TELEPHONY, TEAMS}, False),
        (lines(_201=S.IDLE), (LUNCH,), {EXCHANGE, TEAMS, TELEPHONY}, False),  # somebody said so here
        ({}, (), {EXCHANGE, TEAMS, TELEPHONY}, False),  # unknown is never made stale
        (lines(_201=S.TALKING), (MEETING,), set(), False),
    ],
)
def test_stale_is_what_rests_on_a_silent_source(
    known: dict[str, Line], entries: tuple[Entry, ...], silent: set[str], is_stale: bool
) -> None:
    before = status_of(ALICE, known, None, now=120.0, entries=entries)
    status = status_of(ALICE, known, before, now=130.0, entries=entries, silent=silent)
    assert status == msgspec.structs.replace(before, is_stale=is_stale)
    assert status_of(ALICE, known, status, now=140.0, entries=entries, silent=silent) is status
    assert status_of(ALICE, known, status, now=145.0, entries=entries) == before
