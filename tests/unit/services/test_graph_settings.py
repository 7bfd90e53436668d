"""Settings of Microsoft 365: what cannot work is named before anything is tried."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import asdict, replace

from reception.errors import ConfigError
from reception.presence.port import EXCHANGE, TEAMS
from services.graph import create
from services.graph.settings import check_account, parse_presence
from tests.unit.services.graph_double import ACCOUNT

SHARED = {"tenant": "t", "client_id": "c", "secret": "hush"}


def test_what_is_left_out_has_a_sense() -> None:
    settings = parse_presence({"microsoft": SHARED, "zone": "Europe/Copenhagen"})
    assert settings.home == ZoneInfo("Europe/Copenhagen")
    assert (settings.teams, settings.calendars, settings.people_a_request) == (True, "details", 650)
    assert create({"microsoft": SHARED}).sources == (EXCHANGE, TEAMS)
    assert create({"microsoft": SHARED, "teams": False}).sources == (EXCHANGE,)
    assert create({"microsoft": SHARED, "calendars": "off"}).sources == (TEAMS,)


@pytest.mark.parametrize(
    ("given", "setting"),
    [
        ({}, "microsoft"),
        ({"microsoft": {"tenant": "t"}}, "presence.graph"),
        ({"microsoft": SHARED, "days": 3}, "presence.graph"),
        ({"microsoft": SHARED, "people_a_request": 651}, "presence.graph"),
        ({"microsoft": SHARED, "zone": "Mars"}, "zone"),
        ({"microsoft": SHARED, "calendar_name": "teams"}, "calendar_name"),
        ({"microsoft": SHARED, "teams": False, "calendars": "off"}, "teams"),
        ({"microsoft": SHARED, "calendars": "free_busy"}, "schedules_through"),
        ({"microsoft": SHARED, "watched_s": 60.0}, "watched_s"),
    ],
)
def test_what_cannot_work_is_named(given: dict[str, Any], setting: str) -> None:
    with pytest.raises(ConfigError) as raised:
        parse_presence(given)
    assert raised.value.message.params["setting"] == setting


@pytest.mark.parametrize(
    ("change", "setting"),
    [
        ({"tenant": " "}, "microsoft tenant"),
        ({"client_id": ""}, "microsoft client_id"),
        ({"secret": ""}, "microsoft secret"),
        ({"certificate": "hub.pem"}, "microsoft secret"),
        ({"secret": "", "certificate": "/nowhere/hub.pem"}, "microsoft certificate"),
        ({"authority": "http://login.example"}, "microsoft authority"),
        ({"graph": "http://graph.example/v1.0"}, "microsoft graph"),
        ({"graph": "graph.example"}, "microsoft graph"),
        ({"ca_file": "/nowhere/ca.pem"}, "microsoft ca_file"),
    ],
)
def test_an_account_that_cannot_work_is_named(change: dict[str, str], setting: str) -> None:
    with pytest.raises(ConfigError) as raised:
        check_account(replace(ACCOUNT, **change))
    assert raised.value.message.params["setting"] == setting
    assert ACCOUNT.secret not in str(raised.value)


async def test_a_file_of_certificates_that_holds_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("nothing")
    source = create({"microsoft": {**asdict(ACCOUNT), "ca_file": str(tmp_path / "ca.pem")}})
    with pytest.raises(ConfigError) as raised:
        await source.start(lambda _: None)
    assert raised.value.message.params["setting"] == "microsoft ca_file"
    await source.stop()
