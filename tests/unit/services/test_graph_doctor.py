"""The examination of Microsoft 365: what is well is said so, and each fault by itself with the way out."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

import httpx
import jwt
import pytest

from reception.errors import AuthNeeded
from reception.hub import doctor as hub_doctor
from reception.hub.demo import demo_config
from reception.model.findings import Finding
from services.graph.doctor import Doctor
from services.graph.settings import DirectorySettings, PresenceSettings
from tests.unit.services.graph_double import ACCOUNT, error
from tests.unit.services.graph_schema import DESCRIPTION, faults
from tests.unit.services.graph_tenant import Tenant

ALL = ["User.Read.All", "Presence.Read.All", "Calendars.Read", "MailboxSettings.Read"]
SETTINGS = PresenceSettings(
    microsoft=ACCOUNT, zone="UTC", automatic_replies=True, schedules_through="desk@firma.example"
)


async def examined(
    tenant: Tenant, roles: list[str] | None = None, settings: Any = SETTINGS, ahead_s: float = 0.0
) -> dict[str, str]:
    """Return the findings: the key of the fault, empty for what is well."""
    if roles is not None:
        token = jwt.encode({"roles": roles}, "x" * 32, algorithm="HS256")

        async def give() -> str:
            return token

        tenant.double.tokens.token = give  # type: ignore[method-assign]
    usual = tenant.double.handler

    def dated(request: httpx.Request) -> httpx.Response:
        reply = usual(request)
        moment = datetime.fromtimestamp(datetime.now(UTC).timestamp() + ahead_s, UTC)
        reply.headers["Date"] = format_datetime(moment, usegmt=True)
        return reply

    tenant.double.handler = dated
    doctor = Doctor(tenant.double.client())
    is_directory = isinstance(settings, DirectorySettings)
    findings = doctor.directory(settings) if is_directory else doctor.presence(settings)
    return {f.what: f.fault.key if f.fault else "" async for f in findings}


def tenant() -> Tenant:
    made = Tenant(["anna"])
    made.schedules["anna@firma.example"] = []
    return made


async def test_all_is_well() -> None:
    house = tenant()
    found = await examined(house, ALL)
    assert found == {
        "sign-in": "",
        "permission User.ReadBasic.All": "",
        "permission Presence.Read.All": "",
        "permission Calendars.Read": "",
        "permission Calendars.ReadBasic": "",
        "permission MailboxSettings.Read": "",
        "clock": "",
        "list of accounts": "",
        "presence of anna@firma.example": "",
        "calendar of anna@firma.example": "",
        "free and busy times of anna@firma.example": "",
        "mailbox settings of anna@firma.example": "",
    }
    if DESCRIPTION.exists():
        assert [fault for request in house.double.requests for fault in faults(request)] == []


async def test_missing_permissions_and_reads_are_named_each_by_itself() -> None:
    house = tenant()
    house.broken["getPresences"] = lambda: error(403)
    house.broken["calendarView"] = lambda: error(403, "ErrorAccessDenied")
    found = await examined(house, ["User.ReadBasic.All", "MailboxSettings.Read"])
    assert {what for what, key in found.items() if key == "graph_refused"} == {
        "permission Presence.Read.All",
        "permission Calendars.Read",
        "permission Calendars.ReadBasic",
        "presence of anna@firma.example",
        "calendar of anna@firma.example",
    }
    assert found["mailbox settings of anna@firma.example"] == ""


async def test_a_token_that_does_not_tell_is_no_fault() -> None:
    found = await examined(tenant())
    assert found["permission Presence.Read.All (the token does not tell)"] == ""


@pytest.mark.parametrize(("ahead_s", "key"), [(0.0, ""), (300.0, "clock_differs"), (-300.0, "clock_differs")])
async def test_a_clock_that_is_wrong_is_told(ahead_s: float, key: str) -> None:
    assert (await examined(tenant(), ALL, ahead_s=ahead_s))["clock"] == key


async def test_without_the_list_nothing_else_can_be_read() -> None:
    house = tenant()
    house.broken["$select=id"] = lambda: error(403)
    found = await examined(house, ALL)
    assert found["list of accounts"] == "graph_refused"
    assert not any("presence of" in what for what in found)


@pytest.mark.parametrize("settings", [SETTINGS, DirectorySettings(microsoft=ACCOUNT)])
async def test_without_a_sign_in_nothing_else_is_tried(settings: Any) -> None:
    house = tenant()

    async def refuse() -> str:
        raise AuthNeeded("microsoft_secret_refused", app="c")

    house.double.tokens.token = refuse  # type: ignore[method-assign]
    assert await examined(house, settings=settings) == {"sign-in": "microsoft_secret_refused"}
    assert house.double.requests == []


async def test_the_directory_is_examined_by_what_it_needs() -> None:
    settings = DirectorySettings(microsoft=ACCOUNT)
    found = await examined(tenant(), ["User.ReadBasic.All"], settings)
    assert found["permission User.Read.All"] == "graph_refused"
    assert found["people with their telephone numbers"] == ""


def test_every_service_of_a_configuration_is_looked_at(tmp_path: Any) -> None:
    told: list[tuple[str, Finding]] = []
    assert hub_doctor.examine(demo_config(tmp_path, speed=1.0), lambda *found: told.append(found))
    assert [where for where, _ in told] == ["switch.simulator", "presence.demonstration"]
