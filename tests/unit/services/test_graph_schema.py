"""What we send is what Microsoft describes, and each permission we name opens what we name it for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from reception.directory.numbers import NumberPlan
from reception.model.people import Person
from reception.presence.port import CalendarSet, TeamsSet
from services.graph import (
    accounts,
    directory,
    mail_settings,
    mailbox,
    photos,
    schedules,
    sending,
    sessions,
    teams,
)
from services.graph.client import GraphClient
from services.graph.directory import GraphDirectory
from services.graph.sending import Chat, Mailer
from services.graph.sessions import PREFERRED_PAIRS, SESSION_PAIRS, Sessions
from services.graph.settings import DirectorySettings, PresenceSettings
from services.graph.source import GraphPresence
from tests.unit.services.graph_double import ACCOUNT, ROOT, Double, batched
from tests.unit.services.graph_schema import faults, needs_description, permissions, requests_in
from tests.unit.services.graph_tenant import Tenant
from tests.unit.services.test_graph_directory import Ear as DirectoryEar
from tests.unit.services.test_graph_directory import Tenant as Accounts
from tests.unit.services.test_graph_directory import user
from tests.unit.services.test_graph_source import Ear, event

pytestmark = needs_description


EVERYTHING = {(kind, name) for kind in (TeamsSet, CalendarSet) for name in ("anna", "bo")}


def all_faults(double: Double) -> list[str]:
    assert double.requests
    return [fault for sent in double.requests for one in requests_in(sent) for fault in faults(one)]


async def test_presence_and_calendars() -> None:
    tenant = Tenant(["anna", "bo"])
    tenant.change("id-anna", *(event(f"e{n}") for n in range(5)))
    tenant.broken["/users/id-bo/calendarView"] = lambda: httpx.Response(403, json={"error": {"code": "x"}})
    tenant.schedules["bo@firma.example"] = []
    often: dict[str, Any] = dict.fromkeys(("watched_s", "rest_s", "calendar_s", "mailbox_s"), 0.02)
    settings = PresenceSettings(
        microsoft=ACCOUNT,
        zone="Europe/Copenhagen",
        schedules_through="desk@firma.example",
        automatic_replies=True,
        **often,
    )
    source = GraphPresence(settings, tenant.double.client)
    source.follow([Person(id=n, name=n, email=f"{n}@firma.example") for n in ("anna", "bo")])
    ear = Ear()
    await source.start(ear)
    said = (TeamsSet, CalendarSet)
    await ear.until(lambda: {(type(e), e.person) for e in ear.heard if isinstance(e, said)} >= EVERYTHING)
    tenant.presences["id-anna"] = {"availability": "Busy", "activity": "Busy"}
    tenant.change("id-anna", event("new"))
    await ear.until(lambda: len(ear.words("anna")) == 2)
    await source.stop()
    assert tenant.asked("getSchedule") > 0
    assert all_faults(tenant.double) == []


async def test_the_directory() -> None:
    bare = {k: v for k, v in user("c").items() if k != "manager@delta"}
    tenant = Accounts(user("a"), user("b"), bare)
    source = GraphDirectory(
        DirectorySettings(microsoft=ACCOUNT, refresh_s=0.02), NumberPlan(), tenant.double.client
    )
    ear = DirectoryEar()
    await source.start(ear)
    await ear.until(lambda: ear.people)
    tenant.rounds.append([user("d")])
    await ear.until(lambda: "ms-d" in ear.people)
    await source.stop()
    assert all_faults(tenant.double) == []


async def _sessions(client: GraphClient) -> None:
    for pair in SESSION_PAIRS:
        await Sessions(client).set("u1", pair, lasts_s=905.0)
    await Sessions(client).clear("u1")
    for pair in PREFERRED_PAIRS:
        await Sessions(client).prefer("u1", pair, lasts_s=86_400.0)
        await Sessions(client).prefer("u1", pair)
    await Sessions(client).prefer_nothing("u1")


async def _mail(client: GraphClient) -> None:
    await Mailer(client, "desk@firma.example").send("anna@firma.example", subject="Ring", text="Tak")


async def _chat(client: GraphClient) -> None:
    await Chat(client, "u1").send("u2", "Ring til Bo")


@pytest.mark.parametrize("work", [_sessions, _mail, _chat])
async def test_what_is_written(work: Callable[[GraphClient], Awaitable[None]]) -> None:
    double = Double(batched(lambda r: httpx.Response(201, json={"id": "19:x"})))
    await work(double.client())
    assert all_faults(double) == []


def test_the_check_finds_what_is_wrong() -> None:
    wrong = httpx.Request("POST", f"{ROOT}/communications/getPresencesByUserId", json={"ids": "a"})
    assert faults(wrong)
    unknown = httpx.Request("GET", f"{ROOT}/users/u1/presences")
    assert faults(unknown)


@pytest.mark.parametrize(
    ("permission", "operation", "kind"),
    [
        (teams.PERMISSION, "POST /communications/getPresencesByUserId", "Application"),
        (sessions.PERMISSION, "POST /users/{user-id}/presence/setPresence", "Application"),
        (sessions.PERMISSION, "POST /users/{user-id}/presence/clearPresence", "Application"),
        (sessions.PERMISSION, "POST /users/{user-id}/presence/setUserPreferredPresence", "Application"),
        (sessions.PERMISSION, "POST /users/{user-id}/presence/clearUserPreferredPresence", "Application"),
        (mailbox.CALENDAR_PERMISSION, "GET /users/{user-id}/calendarView/delta()", "Application"),
        (schedules.PERMISSION, "POST /users/{user-id}/calendar/getSchedule", "Application"),
        (mail_settings.PERMISSION, "GET /users/{user-id}/mailboxSettings", "Application"),
        (accounts.LIST_PERMISSION, "GET /users", "Application"),
        (directory.PERMISSION, "GET /users/delta()", "Application"),
        (directory.PERMISSION, "GET /users/{user-id}/manager", "Application"),
        (photos.PERMISSION, "GET /users/{user-id}/photo", "Application"),
        (sending.MAIL_PERMISSION, "POST /users/{user-id}/sendMail", "Application"),
        (sending.CHAT_PERMISSION, "POST /chats", "DelegatedWork"),
        (sending.MESSAGE_PERMISSION, "POST /chats/{chat-id}/messages", "DelegatedWork"),
    ],
)
def test_permissions_open_what_they_are_named_for(permission: str, operation: str, kind: str) -> None:
    assert permission in permissions()[operation][kind]["all"]
