"""What was edited or deleted here stands, whatever the calendar says later."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from reception.model.presence import CALENDAR, WEB, Entry
from reception.model.stored import KeptEntry
from reception.presence.kept import FORGET_AFTER_S, merged, outlived


def imported(id_: str = "m", start: float = 10.0, end: float | None = 20.0, reason: str = "Møde") -> Entry:
    return Entry(id=id_, reason=reason, start=start, end=end, origin=CALENDAR)


MEETING = imported()
EDIT = replace(MEETING, reason="Optaget", end=25.0, origin=WEB, is_linked=True)
EDITED = KeptEntry(person="a", entry=EDIT, imported=MEETING)
DELETED = KeptEntry(person="a", entry=MEETING, imported=MEETING, is_deleted=True)


def merge(told: list[Entry], *kept: KeptEntry, since: float = 0.0, is_heard: bool = True) -> list[Entry]:
    return merged(told, {k.key: k for k in kept}, since=since, is_heard=is_heard)


@pytest.mark.requirement("001-47")
def test_an_edit_stands_in_the_place_of_what_every_later_import_says() -> None:
    other = imported("other", 30.0, 40.0)
    assert merge([MEETING, other], EDITED) == [EDIT, other]
    renamed = replace(MEETING, reason="Nyt emne")
    assert merge([renamed, other], EDITED) == [EDIT, other]


@pytest.mark.requirement("001-47")
def test_what_was_deleted_stays_away_also_when_it_is_changed_in_the_calendar() -> None:
    assert merge([MEETING], DELETED) == []
    assert merge([replace(MEETING, start=11.0, reason="Flyttet")], DELETED) == []


def test_an_edit_is_told_to_be_outdated_when_the_calendar_moved_it_and_keeps_its_own_times() -> None:
    (found,) = merge([replace(MEETING, start=12.0)], EDITED)
    assert found == replace(EDIT, is_outdated=True)


def test_an_edit_of_what_the_calendar_has_no_more_stays_and_says_so() -> None:
    assert merge([], EDITED) == [replace(EDIT, is_outdated=True)]
    assert merge([], EDITED, is_heard=False) == [EDIT]  # the calendar has said nothing yet
    assert merge([], EDITED, since=20.0) == [EDIT]  # it ended: calendars tell from today on


def test_other_occurrences_of_a_series_follow_the_calendar() -> None:
    monday, tuesday = imported("s 1"), imported("s 2", 110.0, 120.0)
    edit = KeptEntry(person="a", entry=replace(monday, origin="KLJ", is_linked=True), imported=monday)
    moved = replace(tuesday, start=112.0)
    assert merge([monday, moved], edit) == [edit.entry, moved]


def test_our_own_entries_stand_beside_and_are_never_outdated() -> None:
    own = KeptEntry(person="a", entry=Entry(id="x", reason="Frokost", start=1.0, end=2.0, origin=WEB))
    assert merge([MEETING], own) == [MEETING, own.entry]


_day = 86_400.0


@pytest.mark.parametrize(
    ("kept", "now", "is_outlived"),
    [
        (KeptEntry(person="a", entry=replace(MEETING, origin=WEB)), 20.0 + _day - 1, False),
        (KeptEntry(person="a", entry=replace(MEETING, origin=WEB)), 20.0 + _day, True),
        (KeptEntry(person="a", entry=replace(MEETING, origin=WEB, end=None)), 1e12, False),
        (DELETED, 20.0 + _day, False),
        (DELETED, 20.0 + FORGET_AFTER_S, True),
        (EDITED, 20.0 + FORGET_AFTER_S, False),  # it was prolonged here
        (EDITED, 25.0 + FORGET_AFTER_S, True),
    ],
)
def test_what_nobody_can_bring_back_need_not_be_kept(kept: KeptEntry, now: float, is_outlived: bool) -> None:
    assert outlived(kept, now) is is_outlived


_ids = st.sampled_from("abcdef")
_told = st.dictionaries(_ids, st.integers(0, 9)).map(
    lambda d: [imported(k, float(v), v + 5.0) for k, v in d.items()]
)


@given(_told, st.sets(_ids), st.sets(_ids), st.lists(_told, max_size=4))
def test_no_import_brings_back_or_changes_what_was_done_here(
    first: list[Entry], edited: set[str], deleted: set[str], later: list[list[Entry]]
) -> None:
    by_id = {e.id: e for e in first}
    edits = {
        i: KeptEntry(
            person="p",
            entry=replace(by_id[i], reason="her", origin="KLJ", is_linked=True),
            imported=by_id[i],
        )
        for i in (edited - deleted) & by_id.keys()
    }
    marks: dict[str, Any] = {
        i: KeptEntry(person="p", entry=by_id[i], imported=by_id[i], is_deleted=True)
        for i in deleted & by_id.keys()
    }
    for told in (first, *later):
        found = {e.id: e for e in merged(told, edits | marks, since=0.0, is_heard=True)}
        assert not found.keys() & marks.keys()
        for i, edit in edits.items():
            assert replace(found[i], is_outdated=False) == edit.entry
        untouched = {e.id: e for e in told if e.id not in edits and e.id not in marks}
        assert {i: e for i, e in found.items() if i not in edits} == untouched
