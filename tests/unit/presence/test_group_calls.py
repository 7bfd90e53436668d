"""Which groups offer a receptionist no calls because of their presence."""

from __future__ import annotations

from typing import Any

import pytest

from reception.model.groups import AttendantGroup
from reception.model.lines import Line, LineState, PersonStatus
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import CallHandling, Entry
from reception.presence.group_calls import kept_out
from reception.presence.port import TeamsSet
from reception.presence.status import status_of

DESK, MOBILE = "101", "+4520304050"
KARIN = Person(
    id="karin",
    name="Karin",
    numbers=(Number(kind=NumberKind.DESK, number=DESK), Number(kind=NumberKind.MOBILE, number=MOBILE)),
)
GROUPS = (
    AttendantGroup(id="all", name="", number="7000"),
    AttendantGroup(id="heeds", name="", number="7001", heeds_presence=True),
    AttendantGroup(id="no lunch", name="", number="7002", without_activities=("lunch", "sick")),
    AttendantGroup(id="no duty", name="", number="7003", without_roles=("on duty",)),
)


def entry(**more: Any) -> Entry:
    return Entry(**({"id": "e", "reason": "x", "start": 0.0, "end": 200.0, "origin": "WEB"} | more))


def status(*entries: Entry, teams: str = "", **lines: LineState) -> PersonStatus:
    """Karin's status at 100; `lines` are her ``desk`` and her ``mobile``."""
    numbers = {"desk": DESK, "mobile": MOBILE}
    states = {"desk": LineState.IDLE} | lines
    return status_of(
        KARIN,
        {numbers[n]: Line(number=numbers[n], state=state, since=0.0) for n, state in states.items()},
        None,
        now=100.0,
        entries=entries,
        teams=TeamsSet(person="karin", availability=teams) if teams else None,
    )


@pytest.mark.requirement("002-333", "002-255")
@pytest.mark.parametrize(
    ("shown", "is_offered"),
    [
        (status(), True),
        (status(entry()), False),
        (status(entry(handling=CallHandling.OPEN)), True),
        (status(entry(start=150.0)), True),
        (status(desk=LineState.DO_NOT_DISTURB), False),
        (status(desk=LineState.UNREACHABLE), False),
        (status(teams="Busy"), False),
        (status(teams="Away"), False),
        (status(teams="Available"), True),
        (status(mobile=LineState.TALKING), False),
        (status(desk=LineState.RINGING), True),
        (status(desk=LineState.TALKING), True),
        (status(entry(), desk=LineState.TALKING), False),
        (PersonStatus(person="karin", kind=status(desk=LineState.UNKNOWN).kind, since=0.0), True),
    ],
    ids=[
        "free", "absent", "phone kept open", "absent later", "do not disturb", "off", "busy in Teams",
        "away in Teams", "available in Teams", "talks on the mobile", "own phone rings", "own phone talks",
        "absent, and own phone talks", "unknown",
    ],
)  # fmt: skip
def test_a_group_that_heeds_presence_offers_calls_to_who_is_available(
    shown: PersonStatus, is_offered: bool
) -> None:
    assert ("heeds" not in kept_out(GROUPS, DESK, shown)) is is_offered
    assert "all" not in kept_out(GROUPS, DESK, shown), "without the setting presence is nothing to a group"


@pytest.mark.requirement("002-397")
def test_an_activity_keeps_out_of_the_groups_that_name_it_and_of_no_other() -> None:
    assert kept_out(GROUPS, DESK, status(entry(activity="lunch"))) == ("heeds", "no lunch")
    assert kept_out(GROUPS, DESK, status(entry(activity="sick", is_busy=False))) == ("no lunch",)
    assert kept_out(GROUPS, DESK, status(entry(activity="focus", is_busy=False))) == ()


@pytest.mark.requirement("002-398")
def test_a_role_keeps_out_of_the_groups_that_name_it_and_of_no_other() -> None:
    assert kept_out(GROUPS, DESK, status(entry(role="on duty", is_busy=False))) == ("no duty",)
    assert kept_out(GROUPS, DESK, status(entry(role="work", is_busy=False))) == ()


@pytest.mark.requirement("002-397")
def test_the_activity_counts_while_a_call_hides_it() -> None:
    shown = status(entry(activity="sick", is_busy=False), desk=LineState.TALKING)
    assert kept_out(GROUPS, DESK, shown) == ("no lunch",)
