"""Profiles that choose themselves: when, which, and what is there again afterwards."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.console.triggers import (
    Choose,
    Chosen,
    Remove,
    Step,
    TriggerProfiles,
    Triggers,
    chosen_in,
    profiles_in,
)
from reception.model.presence import CALENDAR, Entry, Timeline

ALL = TriggerProfiles(start="present", end="home", idle="away", locked="shut", minutes=5)
AT_DESK = {"idle_s": 3.0, "is_locked": False}
IDLE = {"idle_s": 300.0, "is_locked": False}
LOCKED = {"idle_s": 3.0, "is_locked": True}
NONE = Chosen()


@pytest.mark.requirement("003-09", "003-10", "003-13")
def test_start_and_end_choose_each_its_own() -> None:
    triggers = Triggers(ALL)
    assert triggers.at_start(NONE) == Choose("present")
    assert triggers.at_end(Chosen("e", "present")) == Choose("home")
    assert triggers.at_start(Chosen("e", "present")) is None, "it is there already"
    assert Triggers(TriggerProfiles(idle="away")).at_start(NONE) is None
    assert Triggers(TriggerProfiles(idle="away")).at_end(NONE) is None


@pytest.mark.requirement("003-11", "003-12", "003-13", "003-14")
def test_idleness_counts_from_the_minute_that_is_set_and_the_lock_at_once() -> None:
    triggers = Triggers(ALL)
    assert triggers.look(NONE, idle_s=299.9, is_locked=False) is None
    assert triggers.look(NONE, idle_s=300.0, is_locked=False) == Choose("away")
    assert triggers.look(Chosen("e", "away"), idle_s=400.0, is_locked=False) is None
    assert triggers.look(Chosen("e", "away"), **LOCKED) == Choose("shut")
    only_idle = Triggers(TriggerProfiles(idle="away", minutes=5))
    assert only_idle.look(NONE, **LOCKED) is None
    assert only_idle.look(NONE, idle_s=None, is_locked=False) is None, "nobody knows"


@pytest.mark.requirement("003-15")
@pytest.mark.parametrize(
    ("before", "again"), [(Chosen("e", "focus", 28_800.0), Choose("focus", 28_800.0)), (NONE, Remove("e"))]
)
def test_back_at_the_desk_what_was_there_before_returns(before: Chosen, again: Step) -> None:
    triggers = Triggers(ALL)
    assert triggers.look(before, **IDLE) == Choose("away")
    assert triggers.look(Chosen("e", "away"), **LOCKED) == Choose("shut")
    assert triggers.look(Chosen("e", "shut"), **AT_DESK) == again
    assert triggers.look(before, **AT_DESK) is None


def test_what_somebody_chose_meanwhile_stays() -> None:
    triggers = Triggers(ALL)
    triggers.look(Chosen("e", "focus"), **IDLE)
    assert triggers.look(Chosen("e", "holiday"), **AT_DESK) is None
    assert triggers.look(Chosen("e", "holiday"), **IDLE) == Choose("away")
    assert triggers.look(Chosen("e", "away"), **AT_DESK) == Choose("holiday")


@given(st.lists(st.sampled_from([AT_DESK, IDLE, LOCKED])))
def test_whoever_is_back_has_what_they_had(course: list[dict[str, float | bool]]) -> None:
    triggers, chosen = Triggers(ALL), Chosen("e", "focus")
    for moment in (*course, AT_DESK):
        step = triggers.look(chosen, idle_s=moment["idle_s"], is_locked=bool(moment["is_locked"]))
        chosen = Chosen("e", step.profile) if isinstance(step, Choose) else chosen
    assert chosen == Chosen("e", "focus")


def test_the_chosen_profile_is_one_set_by_hand_without_an_end() -> None:
    def entry(key: str, **more: object) -> Entry:
        values = {"reason": "x", "start": 0.0, "end": None, "origin": "WEB", "profile": "focus"} | more
        return Entry(id=key, **values)  # type: ignore[arg-type]

    others = (
        entry("a", profile=""),
        entry("b", end=99.0),
        entry("c", start=50.0),
        entry("d", origin=CALENDAR),
    )
    assert chosen_in(None, 10.0) == NONE
    assert chosen_in(Timeline(person="p", entries=others), 10.0) == NONE
    assert chosen_in(Timeline(person="p", entries=(*others, entry("e"))), 10.0) == Chosen("e", "focus", 0.0)


def test_preferences_name_them_and_nonsense_is_nothing() -> None:
    more: dict[str, bool | int | float | str] = {"profile_at.idle": "away", "profile_at.minutes": 3}
    assert profiles_in(more) == TriggerProfiles(idle="away", minutes=3)
    wrong: dict[str, bool | int | float | str] = {"profile_at.idle": 3, "profile_at.minutes": -1}
    assert profiles_in(wrong) == TriggerProfiles()
    assert not profiles_in({}).is_any
    assert profiles_in(more).is_any
