"""What is in force for a person's calls: nested, overlapping, open, unchanged, and after it has ended."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.model.presence import CALENDAR, WEB, CallHandling, Entry
from reception.presence.diversion import Diversion, DiversionKind, diversion_of, next_match, suspended
from reception.presence.outlook import innermost

HOUR = 3600.0
K = DiversionKind


def entry(reason: str, start: float, end: float | None, **more: Any) -> Entry:
    more = {"origin": CALENDAR} | more
    end = None if end is None else end * HOUR
    return Entry(id=reason, reason=reason, start=start * HOUR, end=end, **more)


def kinds(entries: list[Entry], *hours: float) -> list[tuple[DiversionKind, str]]:
    return [diversion_of(entries, hour * HOUR)[:2] for hour in hours]


COLLEAGUE = {"handling": CallHandling.DIVERTED, "divert_to": "2006"}


@pytest.mark.requirement("003-46", "003-24")
def test_training_with_lunch_in_it_colleague_then_voicemail_then_colleague_again() -> None:
    day = [entry("Schulung", 8, 16, **COLLEAGUE), entry("Mittagessen", 12.25, 13)]
    assert kinds(day, 7, 9, 12.25, 12.99, 13, 16) == [
        (K.NONE, ""),
        (K.NUMBER, "2006"),
        (K.VOICEMAIL, ""),
        (K.VOICEMAIL, ""),
        (K.NUMBER, "2006"),
        (K.NONE, ""),
    ]
    assert diversion_of(day, 9 * HOUR).until == 12.25 * HOUR
    assert diversion_of(day, 12.5 * HOUR).until == 13 * HOUR


@pytest.mark.requirement("003-31")
def test_unchanged_leaves_the_outer_diversion_in_force() -> None:
    day = [
        entry("Follow-me", 8, 18, origin=WEB, **COLLEAGUE),
        entry("Anwesend", 10, 11, origin=WEB, is_busy=False, handling=CallHandling.UNCHANGED),
    ]
    assert kinds(day, 9, 10.5, 12) == [(K.NUMBER, "2006")] * 3
    assert diversion_of(day, 9 * HOUR).until == 18 * HOUR
    assert kinds(day[1:], 10.5) == [(K.NONE, "")]


FOLLOW_ME = entry("Follow-me", 8, 18, origin=WEB, is_busy=False, **COLLEAGUE)


@pytest.mark.requirement("003-27", "003-28", "003-29")
@pytest.mark.parametrize("origin", [CALENDAR, WEB])
def test_a_profile_turns_follow_me_off_while_it_lasts_and_its_end_turns_it_on_again(origin: str) -> None:
    day = [
        FOLLOW_ME,
        entry("Besprechung", 10, 11, origin=origin),
        entry("Anwesend", 11, 16, origin=origin, is_busy=False, handling=CallHandling.UNCHANGED),
    ]
    assert kinds(day, 9, 10, 11, 17) == [
        (K.NUMBER, "2006"),
        (K.VOICEMAIL, ""),
        (K.NUMBER, "2006"),
        (K.NUMBER, "2006"),
    ]
    assert [suspended(day, hour * HOUR) for hour in (9, 10, 11)] == [set(), {"Follow-me"}, set()]


@pytest.mark.requirement("003-30")
def test_present_with_the_diversion_off_turns_follow_me_off_too() -> None:
    present = entry("Anwesend", 11, 16, origin=WEB, is_busy=False, handling=CallHandling.OPEN)
    assert kinds([FOLLOW_ME, present], 12) == [(K.OPEN, "")]
    assert suspended([FOLLOW_ME, present], 12 * HOUR) == {"Follow-me"}


def test_a_diversion_to_where_calls_go_anyway_is_not_off() -> None:
    assert suspended([entry("a", 8, 18), entry("b", 10, 11)], 10.5 * HOUR) == set()


@pytest.mark.requirement("003-30", "003-32")
def test_diversion_off_ends_what_lies_beneath_it_while_it_lasts() -> None:
    day = [
        entry("Follow-me", 8, 18, origin=WEB, **COLLEAGUE),
        entry("Anwesend", 10, 11, origin=WEB, is_busy=False, handling=CallHandling.OPEN),
    ]
    assert kinds(day, 9, 10.5, 11) == [(K.NUMBER, "2006"), (K.OPEN, ""), (K.NUMBER, "2006")]


@pytest.mark.requirement("001-57")
def test_with_the_phone_kept_open_nothing_goes_to_voicemail() -> None:
    assert kinds([entry("Møde", 10, 11, handling=CallHandling.OPEN)], 10.5) == [(K.OPEN, "")]


@pytest.mark.requirement("001-18", "001-19", "001-29")
def test_a_meeting_of_the_calendar_sends_calls_to_voicemail_from_its_first_second() -> None:
    day = [entry("Møde", 10, 11)]
    found = diversion_of(day, 10 * HOUR)
    assert found == Diversion(K.VOICEMAIL, "", 11 * HOUR, 11 * HOUR, day[0])
    assert diversion_of(day, 10 * HOUR - 1).kind is K.NONE


@pytest.mark.requirement("002-148", "002-147")
def test_the_return_is_the_end_of_the_last_of_consecutive_absences() -> None:
    day = [entry("Frokost", 12, 12.5, origin=WEB), entry("Møde", 12.5, 14)]
    assert diversion_of(day, 12.25 * HOUR).back_at == 14 * HOUR


@pytest.mark.requirement("002-172")
def test_a_diversion_number_holds_while_the_entry_lasts_and_only_then() -> None:
    day = [entry("Pause", 10, 10.25, origin=WEB, **COLLEAGUE)]
    assert kinds(day, 9.99, 10, 10.2, 10.25) == [(K.NONE, ""), *[(K.NUMBER, "2006")] * 2, (K.NONE, "")]


_entries = st.lists(
    st.tuples(
        st.integers(0, 20),
        st.one_of(st.none(), st.integers(1, 10)),
        st.sampled_from(CallHandling),
        st.sampled_from([CALENDAR, WEB]),
    ),
    max_size=6,
).map(
    lambda rows: [
        entry(
            str(n), s, None if d is None else s + d, handling=h, origin=o,
            divert_to=f"20{n}" if h is CallHandling.DIVERTED else "",
        )
        for n, (s, d, h, o) in enumerate(rows)
    ]
)  # fmt: skip


@given(_entries, st.integers(0, 30))
def test_the_innermost_entry_that_says_something_decides(entries: list[Entry], hour: int) -> None:
    now = hour * HOUR
    found = diversion_of(entries, now)
    speaking = [e for e in entries if e.handling is not CallHandling.UNCHANGED]
    assert found.entry == innermost(speaking, now)
    assert (found.kind is K.NONE) is (found.entry is None)
    assert bool(found.number) is (found.kind is K.NUMBER)


@given(_entries, st.integers(0, 30))
def test_until_is_the_first_moment_at_which_something_else_is_in_force(
    entries: list[Entry], hour: int
) -> None:
    now = hour * HOUR
    found = diversion_of(entries, now)
    ahead = [h * HOUR for h in range(hour + 1, 40)]
    differs = next((at for at in ahead if diversion_of(entries, at)[:2] != found[:2]), None)
    assert found.until == differs


@pytest.mark.requirement("002-152")
def test_past_the_voicemail_what_lies_beneath_is_in_force() -> None:
    lunch, course = entry("Mittagessen", 12, 13), entry("Schulung", 8, 12.75, **COLLEAGUE)
    found = next_match([course, lunch, entry("Termin", 11, 14)], 12.5 * HOUR)
    assert (found.kind, found.number) == (K.NUMBER, "2006"), "another voicemail is passed"
    assert found.until == 12.75 * HOUR, "though the lunch lasts longer"
    assert next_match([lunch], 12.5 * HOUR) == Diversion(), "the telephone rings"


@given(_entries, st.integers(0, 30))
def test_past_the_voicemail_is_never_the_voicemail_nor_what_decides(entries: list[Entry], hour: int) -> None:
    found = next_match(entries, hour * HOUR)
    assert found.kind is not K.VOICEMAIL
    if found.entry is not None:
        assert found.entry.is_current(hour * HOUR)
        assert found.entry != diversion_of(entries, hour * HOUR).entry
