"""The emulated Graph where a review found it kinder than Microsoft: rights, links, queries, limits."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from services.emulators.graph.asked import asked_of
from services.emulators.graph.calendars import moment
from services.emulators.graph.sign_in import SignIn
from services.emulators.graph.tenant import APP_ID, App, User
from tests.unit.services.graph_world import ALICE, BOB, CALL, MONDAY, ROOT, World, meeting


@pytest.fixture
def world() -> World:
    return World()


# ------------------------------------------------------------------ presence of calendar and mailbox


async def out_of_office(world: World) -> tuple[bool, str | None]:
    found = (await world.ask("GET", "/users/a1/presence")).json()["outOfOfficeSettings"]
    return found["isOutOfOffice"], found["message"]


async def test_automatic_replies_are_out_of_office_while_they_are_sent(world: World) -> None:
    world.tenant.is_in_teams(ALICE.mail)
    assert await out_of_office(world) == (False, None)
    world.tenant.replies(ALICE.mail, {"status": "alwaysEnabled", "internalReplyMessage": "Ferie"})
    assert await out_of_office(world) == (True, "Ferie")
    assert await world.pair() == "Available/OutOfOffice"
    start, end = (moment(MONDAY + timedelta(hours=n), "Romance Standard Time") for n in (1, 2))
    times = {"scheduledStartDateTime": start, "scheduledEndDateTime": end}
    world.tenant.replies(ALICE.mail, {"status": "scheduled"} | times)
    seen = []
    for _ in range(3):
        seen.append((await out_of_office(world))[0])
        world.now += 3_600
    assert seen == [False, True, False]


async def test_an_appointment_out_of_office_counts_while_it_runs(world: World) -> None:
    world.tenant.meets(ALICE.mail, meeting(show_as="oof", start=MONDAY + timedelta(hours=1, minutes=-30)))
    assert await out_of_office(world) == (False, None)
    world.now += 1_800
    assert await out_of_office(world) == (True, None)
    world.now += 1_800
    assert await out_of_office(world) == (False, None)


async def test_a_meeting_is_seen_by_whoever_is_in_teams_and_a_call_in_it_is_a_call(world: World) -> None:
    world.tenant.meets(ALICE.mail, meeting())
    assert await world.pair() == "Offline/Offline"
    world.tenant.is_in_teams(ALICE.mail)
    assert await world.pair() == "Busy/InAMeeting"
    world.tenant.takes_teams_call(ALICE.mail)
    assert await world.pair() == "Busy/InACall"
    world.tenant.presents(ALICE.mail)
    assert await world.pair() == "DoNotDisturb/Presenting"
    world.tenant.is_in_teams(ALICE.mail)
    world.now += 3_600
    world.tenant.is_in_teams(ALICE.mail)
    assert await world.pair() == "Available/Available"


@pytest.mark.parametrize("harmless", [{"show_as": "free"}, {"show_as": "tentative"}, {"is_cancelled": True}])
async def test_what_does_not_fill_the_time_is_no_meeting(world: World, harmless: dict[str, Any]) -> None:
    world.tenant.is_in_teams(ALICE.mail)
    world.tenant.meets(ALICE.mail, meeting(**harmless))
    assert await world.pair() == "Available/Available"


async def test_a_meeting_that_is_entered_while_it_runs_tells_of_presence(world: World) -> None:
    world.user, world.rights = "a1", {"Presence.Read.All"}
    until = (MONDAY + timedelta(minutes=50)).isoformat()
    body = {"changeType": "updated", "resource": "communications/presences/a1", "expirationDateTime": until}
    await world.ask("POST", "/subscriptions", body | {"notificationUrl": "https://hub.example/"})
    world.tenant.is_in_teams(ALICE.mail)
    await world.graph.quiet()
    world.posted.clear()
    world.tenant.meets(ALICE.mail, meeting())
    later = MONDAY + timedelta(hours=2)
    world.tenant.meets(ALICE.mail, meeting(start=later, end=later + timedelta(hours=1)))
    await world.graph.quiet()
    assert [json.loads(told)["value"][0]["resourceData"]["id"] for _, told in world.posted] == ["a1"]


# ------------------------------------------------------------------ batches


async def batch(world: World, *parts: dict[str, Any]) -> dict[str, int]:
    reply = await world.ask("POST", "/$batch", {"requests": parts})
    return {r["id"]: r["status"] for r in reply.json()["responses"]} if reply.status == 200 else {}


def post(key: str, action: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:
    url = f"/users/a1/presence/{action}"
    headers = {"Content-Type": "application/json"}
    return {"id": key, "method": "POST", "url": url, "headers": headers, "body": body} | more


async def test_a_batch_runs_in_its_order_and_nothing_after_what_failed(world: World) -> None:
    session = {"sessionId": APP_ID}
    found = await batch(world, post("1", "setPresence", CALL), post("2", "clearPresence", session))
    assert found == {"1": 200, "2": 200}
    found = await batch(
        world,
        post("A", "clearPresence", session),
        post("2", "setPresence", CALL, dependsOn=["a"]),
        post("3", "setPresence", CALL, dependsOn=["2"]),
        {"id": "4", "method": "GET", "url": "/users/a1/presence"},
    )
    assert found == {"A": 404, "2": 424, "3": 424, "4": 200}
    assert await world.pair() == "Offline/Offline"


@pytest.mark.parametrize(
    "wrong",
    [
        {"headers": ["Content-Type"]},
        {"dependsOn": ["nobody"]},
        {"dependsOn": ["1"]},
        {"dependsOn": "1"},
    ],
)
async def test_a_batch_that_cannot_be_is_refused_as_a_whole(world: World, wrong: dict[str, Any]) -> None:
    part = {"id": "1", "method": "GET", "url": "/users/a1/presence"} | wrong
    assert (await world.ask("POST", "/$batch", {"requests": [part]})).status == 400


# ------------------------------------------------------------------ links, queries, rights, limits


@pytest.mark.parametrize("target", ["/users", "/users/delta"])
async def test_a_link_may_be_followed_again(world: World, target: str) -> None:
    world.graph.page_size = 1
    link = (await world.ask("GET", target)).json()["@odata.nextLink"].removeprefix(ROOT)
    replies = [await world.ask("GET", link) for _ in range(2)]
    assert [[u["id"] for u in r.json()["value"]] for r in replies] == [["b1"], ["b1"]]


async def test_who_signed_in_reads_others_only_with_the_right_for_all(world: World) -> None:
    world.user, world.rights = "a1", {"Presence.Read", "User.Read"}
    for target in ("/users/{}/presence", "/users/{}", "/users/{}/photo", "/users/{}/photos"):
        assert (await world.ask("GET", target.format("a1"))).status == 200
        assert (await world.ask("GET", target.format("b1"))).status == 403
    world.rights = {"Presence.Read.All"}
    assert (await world.ask("GET", "/users/b1/presence")).status == 200


async def test_only_members_write_in_a_chat(world: World) -> None:
    world.tenant.joins(User(name="Carol Dam", mail="carol@firma.example", id="c1"))
    world.user, world.rights = "a1", {"Chat.ReadWrite"}
    members = [{"user@odata.bind": f"{ROOT}/users('{user}')"} for user in ("a1", "b1")]
    chat = (await world.ask("POST", "/chats", {"members": members})).json()["id"]
    said = {"body": {"content": "Ring"}}
    assert (await world.ask("POST", f"/chats/{chat}/messages", said)).status == 201
    world.user = "c1"
    assert (await world.ask("POST", f"/chats/{chat}/messages", said)).status == 403
    assert len(world.tenant.chat_messages) == 1


@pytest.mark.parametrize(
    "query",
    ["$filter=startsWith(displayName,'A')", '$search="displayName:ali"', "$orderby=mail", "$count=true"],
)
async def test_a_query_that_would_be_ignored_is_refused(world: World, query: str) -> None:
    for consistency in ("", "eventual"):
        reply = await world.ask("GET", f"/users?{query}", consistencylevel=consistency)
        assert (reply.status, reply.json()["error"]["code"]) == (400, "Request_UnsupportedQuery")


async def test_photos_are_a_list_of_sizes(world: World) -> None:
    found = (await world.ask("GET", "/users/a1/photos")).json()["value"]
    assert [one["id"] for one in found][:2] == ["48x48", "64x64"]
    assert (await world.ask("GET", "/users/b1/photos")).json()["value"] == []


async def test_a_mailbox_is_the_same_by_id_and_by_name(world: World) -> None:
    world.graph.throttle.mailbox = 2
    keys = ("a1", ALICE.mail, ALICE.mail.upper())
    found = [(await world.ask("GET", f"/users/{key}/mailboxSettings")).status for key in keys]
    assert found == [200, 200, 429]


async def test_more_than_four_at_a_time_are_too_many_for_a_mailbox_and_none_for_two(world: World) -> None:
    world.graph.takes_s = 0.01
    where = [*["/users/a1/calendarView"] * 4, "/users/b1/calendarView", f"/users/{ALICE.mail}/calendarView"]
    asked = (world.ask("GET", f"{one}?startDateTime=2026-11-23&endDateTime=2026-11-24") for one in where)
    replies = await asyncio.gather(*asked)
    assert [reply.status for reply in replies] == [*[200] * 5, 429]
    assert replies[-1].json()["error"]["code"] == "ApplicationThrottled"
    assert replies[-1].headers["Retry-After"] == "1"
    again = "/users/a1/calendarView?startDateTime=2026-11-23&endDateTime=2026-11-24"
    assert (await world.ask("GET", again)).status == 200
    assert (await world.ask("GET", f"/users/{BOB.mail}/mailboxSettings")).status == 200


# ------------------------------------------------------------------ nonsense


SCHEDULE = "/users/a1/calendar/getSchedule"


def schedule(one: str, start: str, end: str) -> dict[str, Any]:
    times = {
        name: {"dateTime": at, "timeZone": "UTC"} for name, at in (("startTime", start), ("endTime", end))
    }
    return {"schedules": [one]} | times


@pytest.mark.parametrize(
    ("method", "target", "body"),
    [
        ("POST", SCHEDULE, schedule("\ud800", "2026-11-23", "2026-11-24")),
        ("POST", SCHEDULE, schedule("a1", "0001-01-01", "0001-01-02")),
        ("POST", SCHEDULE, schedule("a1", "9999-12-30", "9999-12-31")),
        (
            "GET",
            "/users/a1/calendarView?startDateTime=0001-01-01T00:00:00%2B10:00&endDateTime=2026-11-24T00:00:00Z",
            None,
        ),
        (
            "GET",
            "/users/a1/calendarView?startDateTime=2026-11-24T00:00:00Z&endDateTime=9999-12-31T23:00:00-10:00",
            None,
        ),
        ("GET", f"/users?$top={'9' * 5000}", None),
        ("POST", "/chats", {"members": ["a1", "b1"]}),
        ("POST", "/chats", {"members": 2}),
        ("POST", "/chats/19:a1_b1/messages", {"body": "Ring"}),
    ],
)
async def test_nonsense_is_refused(world: World, method: str, target: str, body: Any) -> None:
    world.rights |= {"Chat.Create", "Teamwork.Migrate.All"}
    world.tenant.chats["19:a1_b1"] = ["a1", "b1"]
    reply = await world.ask(method, target, body, prefer='outlook.timezone="Pacific/Kiritimati"')
    assert reply.status == 400


async def test_what_is_no_address_is_not_found(world: World) -> None:
    header = {"authorization": "Bearer none"}
    assert (await world.graph.answer(asked_of("GET", "//[", header, b"", ROOT))).status == 401


# ------------------------------------------------------------------ appointments as they were planned


async def test_what_a_notification_names_can_be_read(world: World) -> None:
    world.tenant.meets(ALICE.mail, meeting(id="e1"))
    world.tenant.meets(ALICE.mail, meeting(id="e2", repeats="daily", times=3))
    found = (await world.ask("GET", "/users/a1/events")).json()["value"]
    assert [(e["id"], e["type"]) for e in found] == [("e1", "singleInstance"), ("e2", "seriesMaster")]
    assert (await world.ask("GET", "/users/a1/events/e2")).json() == found[1]
    occurrence = (await world.ask("GET", "/users/a1/events/e2.1")).json()
    assert (occurrence["type"], occurrence["start"]["dateTime"][:10]) == ("occurrence", "2026-11-24")
    assert (await world.ask("GET", "/users/a1/events/e2.3")).status == 404
    assert (await world.ask("GET", "/users/a1/events/e3")).json()["error"]["code"] == "ErrorItemNotFound"
    world.rights = {"User.Read.All"}
    assert (await world.ask("GET", "/users/a1/events/e1")).status == 403


# ------------------------------------------------------------------ sign-in


async def test_a_device_code_is_good_once_and_for_its_app_alone(world: World) -> None:
    world.tenant.apps["other"] = App(id="other", scopes={"User.Read"})
    world.tenant.app.scopes.add("User.Read")
    sign_in = SignIn(world.tenant, world.keys, "https://localhost")
    sign_in.user = ALICE.mail

    def asked(end: str, **fields: str) -> dict[str, Any]:
        path = f"/{world.tenant.id}/oauth2/v2.0/{end}"
        found: dict[str, Any] = sign_in.answer("POST", path, "", urlencode(fields).encode()).json()
        return found

    code = asked("devicecode", client_id=APP_ID, scope="User.Read")["device_code"]
    fields = {"grant_type": "device_code", "device_code": code}
    assert asked("token", client_id="other", **fields)["error"] == "expired_token"
    assert "access_token" in asked("token", client_id=APP_ID, **fields)
    assert asked("token", client_id=APP_ID, **fields)["error"] == "expired_token"
