"""Which entry holds, when a colleague is back and what comes next."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reception.model.presence import CALENDAR, WEB, CallHandling, Entry
from reception.presence.outlook import back_at, innermost, next_change, outlook, since

FOR_EVER = float("inf")


def at(clock: str) -> float:
    """Seconds since midnight of a time such as 14.30."""
    hours, _, minutes = clock.partition(".")
    return int(hours) * 3600.0 + int(minutes or 0) * 60.0


def entry(reason: str, start: str, end: str | None, **more: Any) -> Entry:
    more = {"origin": CALENDAR} | more
    return Entry(id=reason, reason=reason, start=at(start), end=None if end is None else at(end), **more)


TRAINING = entry("Kursus", "9", "16", handling=CallHandling.DIVERTED, divert_to="203")
LUNCH = entry("Frokost", "12.15", "13")
OPEN = CallHandling.OPEN


def holds(entries: list[Entry], clock: str) -> str | None:
    found = innermost(entries, at(clock))
    return found and found.reason


# ------------------------------------------------------------------ which one holds


def test_lunch_in_a_training_day_holds_while_it_lasts_and_then_training_again() -> None:
    day = [TRAINING, LUNCH]
    assert [holds(day, t) for t in ("8.59", "9", "12.14", "12.15", "12.59", "13", "15.59", "16")] == [
        None,
        "Kursus",
        "Kursus",
        "Frokost",
        "Frokost",
        "Kursus",
        "Kursus",
        None,
    ]
    lunchtime = innermost(day, at("12.30"))
    assert lunchtime is not None
    assert lunchtime.handling is CallHandling.VOICEMAIL
    assert back_at(day, at("12.30")) == at("16")


def test_of_overlapping_entries_the_one_that_started_last_holds_and_the_other_resumes() -> None:
    day = [entry("A", "10", "12"), entry("B", "11", "11.30"), entry("C", "11.15", "13")]
    assert [holds(day, t) for t in ("10.30", "11", "11.20", "11.45", "12.30")] == ["A", "B", "C", "C", "C"]


def test_at_equal_start_the_shorter_holds_and_open_ended_is_the_longest() -> None:
    day = [entry("long", "10", "12"), entry("short", "10", "11"), entry("open", "10", None)]
    assert [holds(day, t) for t in ("10", "11", "12")] == ["short", "long", "open"]


def test_what_somebody_set_holds_over_what_was_imported_while_it_lasts() -> None:
    day = [entry("Sygdom", "8", "15", origin="KLJ"), entry("Møde", "10", "11")]
    assert [holds(day, t) for t in ("10.30", "15")] == ["Sygdom", None]
    assert holds([*day, entry("Aftale", "14", "16")], "15") == "Aftale"


def test_present_without_an_end_overrules_what_has_begun_and_gives_way_to_the_next_meeting() -> None:
    sick = entry("Sygdom", "8", "15", origin="KLJ")
    before, later = entry("Møde", "8.30", "10"), entry("Salg", "11", "12")
    here = entry("Til stede", "9", None, origin=WEB, is_busy=False, handling=CallHandling.UNCHANGED)
    day = [sick, before, here, later]
    assert [holds(day, t) for t in ("8.45", "9.30", "11", "12", "16")] == [
        "Sygdom",
        "Til stede",
        "Salg",
        "Til stede",
        "Til stede",
    ]
    until_then = replace(here, end=at("13"))
    assert holds([until_then, later], "11.30") == "Til stede", "whoever says until when, means it"
    assert holds([*day, entry("Frokost", "11.15", "11.45", origin="KLJ")], "11.30") == "Frokost"


def test_an_imported_entry_that_was_only_edited_still_counts_as_imported() -> None:
    edited = entry("Messe", "8", "15", origin=WEB, is_linked=True)
    assert holds([edited, entry("Møde", "10", "11")], "10.30") == "Møde"
    by_hand = entry("Messe", "8", "15", origin=WEB)
    assert holds([by_hand, entry("Møde", "10", "11")], "10.30") == "Messe"


# ------------------------------------------------------------------ reachable


def test_an_available_entry_on_top_makes_reachable_while_it_lasts() -> None:
    day = [TRAINING, entry("Telefontid", "10", "11", is_busy=False, handling=OPEN)]
    assert [outlook(day, at(t), day_end=FOR_EVER).is_busy for t in ("9.30", "10", "10.59", "11")] == [
        True,
        False,
        False,
        True,
    ]
    assert back_at(day, at("9.30")) == at("10")


def test_an_appointment_with_the_phone_kept_open_does_not_make_busy_and_stays_to_be_seen() -> None:
    kept_open = entry("Status", "10", "11", handling=OPEN)
    view = outlook([kept_open], at("10.30"), day_end=FOR_EVER)
    assert not view.is_busy
    assert view.entry == kept_open
    assert view.back_at is None


# ------------------------------------------------------------------ back


def test_lunch_and_then_a_meeting_the_colleague_is_back_after_the_meeting() -> None:
    day = [entry("Frokost", "12", "12.30"), entry("Møde", "12.30", "14")]
    assert back_at(day, at("12.10")) == at("14")


def test_a_gap_of_a_minute_ends_the_chain() -> None:
    day = [entry("Frokost", "12", "12.30"), entry("Møde", "12.31", "14")]
    assert back_at(day, at("12.10")) == at("12.30")


@pytest.mark.requirement("002-147")
def test_some_seconds_between_two_absences_are_no_gap() -> None:
    tapped = Entry(id="t", reason="Frokost", start=at("11.59") + 40, end=at("12.29") + 40, origin=WEB)
    day = [tapped, entry("Møde", "12.30", "14")]
    assert back_at(day, at("12.10")) == at("14")
    diverted = entry("Viderestillet", "8", None, origin=WEB, is_busy=False, handling=CallHandling.DIVERTED)
    assert back_at([diverted, *day], at("12.10")) == at("14"), "where calls go says nothing of being back"
    reachable = Entry(
        id="r", reason="Telefontid", start=at("12.29") + 40, end=at("12.30"), origin=WEB, is_busy=False,
        handling=OPEN,
    )  # fmt: skip
    assert back_at([*day, reachable], at("12.10")) == at("12.29") + 40


def test_an_entry_with_the_phone_kept_open_ends_the_chain() -> None:
    day = [entry("Frokost", "12", "12.30"), entry("Status", "12.30", "13", handling=OPEN)]
    assert back_at(day, at("12.10")) == at("12.30")


def test_a_chain_that_has_no_end_has_no_return() -> None:
    day = [entry("Møde", "12", "12.30"), entry("Sygdom", "12.30", None, origin="KLJ")]
    view = outlook([*day, entry("Status", "15", "16")], at("12.10"), day_end=FOR_EVER)
    assert (view.back_at, view.next) == (None, None)
    assert view.is_busy


# ------------------------------------------------------------------ next


def test_what_comes_next_begins_after_the_return_and_today() -> None:
    day = [entry("Møde", "13", "14.30"), entry("Inde i det", "14", "14.15"), entry("Status", "15.15", "16")]
    view = outlook(day, at("13.42"), day_end=at("24"))
    assert view.next is not None
    assert (view.back_at, view.next.reason) == (at("14.30"), "Status")
    assert outlook(day, at("13.42"), day_end=at("15.15")).next is None


def test_what_is_no_absence_is_not_announced_as_one() -> None:
    day = [entry("Hjemmearbejde", "15", "16", is_busy=False, handling=OPEN)]
    assert outlook(day, at("13"), day_end=at("24")).next is None


# ------------------------------------------------------------------ for all entries

_times = st.integers(0, 24).map(lambda minute: minute * 60.0)


@st.composite
def _entries(draw: st.DrawFn) -> list[Entry]:
    made = []
    for n in range(draw(st.integers(0, 6))):
        start = draw(_times)
        end = draw(st.one_of(st.none(), st.integers(1, 8).map(lambda length, s=start: s + length * 60.0)))
        made.append(
            Entry(
                id=str(n),
                reason=str(n),
                start=start,
                end=end,
                origin=draw(st.sampled_from([CALENDAR, WEB, "KLJ"])),
                is_busy=draw(st.booleans()),
                is_linked=draw(st.booleans()),
                handling=draw(st.sampled_from(CallHandling)),
            )
        )
    return made


def _is_busy(entries: list[Entry], now: float) -> bool:
    return outlook(entries, now, day_end=FOR_EVER).is_busy


@given(_entries(), _times)
def test_until_the_next_change_everything_stays_as_it_is(entries: list[Entry], now: float) -> None:
    change = next_change(entries, now)
    view = outlook(entries, now, day_end=FOR_EVER)
    assert change is None or change > now
    moments = [now + 15 * n for n in range(1, 140)]
    for moment in (m for m in moments if change is None or m < change):
        assert outlook(entries, moment, day_end=FOR_EVER) == view


@given(_entries(), _times)
def test_back_is_the_first_moment_without_anything_busy(entries: list[Entry], now: float) -> None:
    back = back_at(entries, now)
    moments = [now + 15 * n for n in range(140)]
    if back is not None:
        assert not _is_busy(entries, back)
        assert all(_is_busy(entries, m) for m in moments if m < back)
    else:
        assert len({_is_busy(entries, m) for m in moments}) == 1 or not _is_busy(entries, now)


@given(_entries(), _times)
def test_whoever_holds_is_current_and_by_hand_comes_first(entries: list[Entry], now: float) -> None:
    current = [e for e in entries if e.is_current(now)]
    found = innermost(entries, now)
    assert (found is None) is (not current)
    if found is not None:
        assert found in current
        rivals = [e for e in current if e.is_by_hand and not e.is_mere_diversion] or current
        last = max(e.start for e in rivals)
        here = max((e.start for e in current if e.is_here_until_changed), default=None)
        gave_way = here is not None and any(
            e.start > here and e.is_busy and not e.is_by_hand for e in current
        )
        assert found.start == last or (gave_way and found.start > last)


@given(_entries(), _times, st.randoms())
def test_the_order_in_which_entries_come_does_not_matter(entries: list[Entry], now: float, rng: Any) -> None:
    shuffled = list(entries)
    rng.shuffle(shuffled)
    assert outlook(shuffled, now, day_end=FOR_EVER) == outlook(entries, now, day_end=FOR_EVER)
    assert since(shuffled, now) == since(entries, now)


@given(_entries(), _times)
def test_what_is_kept_since_a_moment_has_not_ended_by_then(entries: list[Entry], start: float) -> None:
    kept = since(entries, start)
    assert [e.start for e in kept] == sorted(e.start for e in kept)
    assert {e.id for e in entries} - {e.id for e in kept} == {
        e.id for e in entries if e.end is not None and e.end <= start
    }
