"""Which way line state goes for whom, by the levels of an office file."""

from __future__ import annotations

import pytest

from reception.errors import BadInput
from reception.hub.office_file import default_office, parse_office
from reception.hub.sync_policies import SyncPolicies
from reception.model.people import Person
from reception.model.presence import CallHandling
from reception.model.sync import Direction, Shows, SyncPolicy

OFFICE = """
[teams]
direction = "to_teams"
lag_s = 45

[[groups]]
id = "sales"
departments = ["Salg"]
teams = { direction = "both" }

[[groups]]
id = "all"
departments = ["Salg", "Lager"]
teams = { direction = "off", shows = "busy" }

[[users]]
who = "BKR"
teams = { direction = "to_telephony" }
"""


def person(department: str = "", initials: str = "") -> Person:
    return Person(id="p1", name="Bent", department=department, initials=initials)


@pytest.mark.requirement("000-01")
def test_without_a_word_on_it_it_is_on_for_everybody() -> None:
    assert SyncPolicies(default_office()).of(person()) == SyncPolicy(direction=Direction.BOTH)


@pytest.mark.requirement("000-24", "002-002", "002-008")
@pytest.mark.parametrize(
    ("who", "direction", "shows"),
    [
        (person(), Direction.TO_TEAMS, Shows.DO_NOT_DISTURB),
        (person("Lager"), Direction.OFF, Shows.BUSY),
        (person("Salg"), Direction.BOTH, Shows.BUSY),
        (person("Salg", "bkr"), Direction.TO_TELEPHONY, Shows.BUSY),
    ],
)
def test_a_user_goes_before_the_groups_by_their_priority_and_those_before_the_organisation(
    who: Person, direction: Direction, shows: Shows
) -> None:
    policies = SyncPolicies(parse_office(OFFICE, "office.toml"))
    assert policies.of(who) == SyncPolicy(direction=direction, shows=shows)


@pytest.mark.requirement("003-58", "003-59")
def test_a_level_has_a_profile_of_its_own_or_none() -> None:
    text = """
    [[profiles]]
    id = "MS Teams"
    labels = { da = "MS Teams" }
    calls = "voicemail"
    [teams]
    profile = "ms teams"
    [[users]]
    who = "bkr"
    teams = { profile = "" }
    """
    policies = SyncPolicies(parse_office(text, "office.toml"))
    profile = policies.of(person()).profile
    assert profile is not None
    assert (profile.id, profile.handling) == ("MS Teams", CallHandling.VOICEMAIL)
    assert policies.of(person("Salg", "bkr")).profile is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('[teams]\ndirection = "too_teams"', "office.toml:2: [teams]: direction"),
        ('[teams]\nshow = "busy"', "office.toml:2: [teams]: unknown setting show. Did you mean shows?"),
        ("[teams]\nlag_s = 900", "office.toml:2: [teams]: lag_s must be 0 to 600."),
        ('[[groups]]\nid = "a"\nteams = { lag_s = 3 }', "unknown setting lag_s."),
        ('[[groups]]\nid = "a"\nteams = { profile = "x" }', 'there is no profile "x".'),
    ],
)
def test_faults_are_named_by_their_line(text: str, complaint: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_office(text, "office.toml")
    assert complaint in str(caught.value)
    if "direction" in text:
        assert "Did you mean to_teams?" in str(caught.value)


def test_how_far_reads_lag_behind_is_a_setting_of_the_organisation() -> None:
    assert parse_office(OFFICE, "office.toml").teams.organisation.lag_s == 45
