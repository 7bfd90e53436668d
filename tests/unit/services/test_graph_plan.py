"""Whom Teams is asked for, and when: everybody in time, with the fewest requests, never above the budget."""

from __future__ import annotations

from itertools import pairwise
from math import ceil

from hypothesis import given, settings
from hypothesis import strategies as st

from services.graph.plan import Plan


def plan(count: int, watched: int = 0, *, budget: float = 3_000.0, size: int = 650) -> Plan:
    made = Plan(watched_s=2.0, rest_s=10.0, size=size, budget=budget)
    made.follow([f"u{n}" for n in range(count)])
    made.watch([f"u{n}" for n in range(watched)])
    return made


def run(made: Plan, seconds: float) -> tuple[int, dict[str, list[float]]]:
    """Follow a plan for some time; returns the requests, and when each was asked for."""
    now, requests, asked = 0.0, 0, dict[str, list[float]]()
    while now < seconds:
        for users in made.due(now):
            requests += 1
            made.asked(users, now)
            for user in users:
                asked.setdefault(user, []).append(now)
        following = made.next_at()
        assert following is not None
        assert following > now
        now = following
    return requests, asked


def longest_gap(moments: list[float]) -> float:
    return max((b - a for a, b in pairwise(moments)), default=0.0)


def test_5000_people_cost_the_least_that_is_possible() -> None:
    requests, asked = run(plan(5_000), 120.0)
    assert requests == ceil(5_000 / 650) * 12
    assert {longest_gap(moments) for moments in asked.values()} == {10.0}


def test_those_who_are_watched_take_others_along() -> None:
    requests, asked = run(plan(5_000, watched=3), 120.0)
    floor = ceil(5_000 / 650) * 12
    assert requests <= floor * 1.15  # one request every 2 s carries 647 of the others
    assert longest_gap(asked["u0"]) == 2.0
    assert longest_gap(asked["u4999"]) <= 10.0 + 2.0


def test_whoever_is_new_is_asked_for_at_once_and_whoever_left_never() -> None:
    made = plan(10)
    made.asked([f"u{n}" for n in range(10)], 100.0)
    assert made.due(101.0) == []
    made.follow(["u1", "new"])
    (users,) = made.due(101.0)
    assert set(users) == {"new", "u1"}
    made.asked(["u5"], 101.0)
    assert made.users == {"new", "u1"}


def test_nobody_costs_nothing() -> None:
    assert plan(0).due(0.0) == []
    assert plan(0).next_at() is None


def test_a_budget_that_does_not_suffice_makes_turns_come_later_and_that_is_told() -> None:
    made = plan(8_000, watched=10, budget=60.0, size=65)
    pace = made.pace()
    assert pace.is_slowed
    assert pace.rest_s > 10.0
    requests, asked = run(made, 900.0)
    assert requests / 15.0 <= 60.0
    assert longest_gap(asked["u0"]) == pace.watched_s
    assert len(asked) == 8_000


@settings(max_examples=40, deadline=None)
@given(
    count=st.integers(1, 300),
    watched=st.integers(0, 300),
    budget=st.floats(6.0, 600.0),
    size=st.integers(1, 50),
)
def test_the_budget_is_kept_and_everybody_has_a_turn(
    count: int, watched: int, budget: float, size: int
) -> None:
    made = plan(count, min(watched, count), budget=budget, size=size)
    pace = made.pace()
    seconds = 20 * max(pace.rest_s, pace.watched_s)
    requests, asked = run(made, seconds)
    first = ceil(count / size)  # all at once in the beginning
    assert requests - first <= budget * (seconds / 60.0) + first
    assert len(asked) == count
    assert all(longest_gap(asked[f"u{n}"]) <= pace.rest_s + pace.watched_s + 0.01 for n in range(count))
