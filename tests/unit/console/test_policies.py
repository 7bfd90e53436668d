"""Policies hold over everything, proposals over nothing; nonsense holds nothing up."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.console.policies import (
    IN_MORE,
    VARIABLE,
    Organisation,
    Policies,
    PolicyFile,
    open_policies,
    read_organisation,
    with_policies,
    without_settled,
)
from reception.console.preferences import Preferences
from tests.house.strict import ExpectLogs

SOME = st.builds(
    Policies,
    language=st.sampled_from([None, "da", "de"]),
    theme=st.sampled_from([None, "dark"]),
    motion=st.sampled_from([None, True, False]),
    profile_at_end=st.sampled_from([None, "", "away"]),
    idle_minutes=st.sampled_from([None, 5]),
)
OWN = st.builds(
    Preferences,
    language=st.sampled_from([None, "en"]),
    theme=st.sampled_from(["system", "light"]),
    more=st.dictionaries(st.sampled_from([*IN_MORE.values(), "panes.left"]), st.sampled_from([1, "x"])),
)


class Table:
    """A source as the registry is one."""

    def __init__(self, settled: Mapping[str, object], proposed: Mapping[str, object]) -> None:
        self._settled, self._proposed = settled, proposed

    def settled(self) -> Mapping[str, object]:
        return self._settled

    def proposed(self) -> Mapping[str, object]:
        return self._proposed


def test_values_of_the_registry_are_texts_and_numbers() -> None:
    found = read_organisation(
        Table(
            {
                "HubAddress": "wss://hub.example",
                "Motion": 0,
                "Notifications": 1,
                "IdleMinutes": 15,
                "AnswerKey": "",
            },
            {"Language": "da"},
        )
    )
    assert found.settled == Policies(
        hub_address="wss://hub.example", motion=False, notifications=True, idle_minutes=15, answer_key=""
    )
    assert found.proposed == Policies(language="da")
    assert found.is_settled("answer_key")
    assert not found.is_settled("front_key")


def test_what_makes_no_sense_is_told_and_the_rest_holds(expected_logs: ExpectLogs) -> None:
    expected_logs("the policy Theme cannot be used")
    expected_logs("there is no policy Sound")
    found = read_organisation(Table({"Theme": "pink", "Sound": 1, "Language": "de"}, {"Theme": "dark"}))
    assert found == Organisation(settled=Policies(language="de"))


def test_a_file_elsewhere_than_on_windows(tmp_path: Path) -> None:
    file = tmp_path / "policies.toml"
    file.write_text(
        'Theme = "dark"\nMotion = false\n[setup]\nHubAddress = "wss://a.example"\n', encoding="utf-8"
    )
    source = open_policies({VARIABLE: str(file)})
    assert read_organisation(source) == Organisation(
        settled=Policies(theme="dark", motion=False), proposed=Policies(hub_address="wss://a.example")
    )
    assert read_organisation(PolicyFile(tmp_path / "none.toml")) == Organisation()


@pytest.mark.parametrize("content", [b"Theme = ", b"\xff\xfe"])
def test_a_file_that_cannot_be_read_holds_nothing_up(
    tmp_path: Path, content: bytes, expected_logs: ExpectLogs
) -> None:
    expected_logs("the policies cannot be read")
    file = tmp_path / "policies.toml"
    file.write_bytes(content)
    assert read_organisation(PolicyFile(file)) == Organisation()


@given(OWN, SOME)
def test_a_policy_holds_and_everything_else_is_ones_own(own: Preferences, policies: Policies) -> None:
    held = with_policies(own, policies)
    for name, key in IN_MORE.items():
        said = getattr(policies, name)
        assert held.more.get(key) == (own.more.get(key) if said is None else said)
    assert held.language == (policies.language or own.language)
    assert held.theme == (policies.theme or own.theme)
    assert held.more.get("panes.left") == own.more.get("panes.left")


@given(OWN, SOME)
def test_when_a_policy_goes_ones_own_choice_is_back(own: Preferences, policies: Policies) -> None:
    assert without_settled(with_policies(own, policies), own, policies) == own


def test_every_policy_is_for_something() -> None:
    fields = {field.name for field in msgspec.structs.fields(Policies)}
    assert fields - set(IN_MORE) == {"hub_address", "ca_file", "language", "theme"}
