"""The emulated Graph by itself: what the contract says of Teams, calendars, tokens and limits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.emulators.graph import rights
from services.emulators.graph.asked import Caller, asked_of
from services.emulators.graph.tenant import APP_ID, User
from tests.unit.services.graph_schema import needs_description, permissions
from tests.unit.services.graph_world import ALICE, BOB, CALL, COPENHAGEN, MONDAY, ROOT, World, meeting


@pytest.fixture
def world() -> World:
    return World()


# ------------------------------------------------------------------ presence (contract 1.4 - 1.7)


async def test_without_a_session_everybody_is_offline_whatever_was_chosen(world: World) -> None:
    assert await world.pair() == "Offline/Offline"
    world.tenant.chooses(ALICE.mail, ("Busy", "Busy"))
    assert await world.pair() == "Offline/Offline"
    world.tenant.is_in_teams(ALICE.mail)
    assert await world.pair() == "Busy/Busy"


async def test_what_is_available_fades_in_five_and_ten_minutes(world: World) -> None:
    world.tenant.is_in_teams(ALICE.mail)
    seen = []
    for minutes in (0, 4, 1, 4, 1):
        world.now += minutes * 60
        seen.append(await world.pair())
    assert seen == [
        *["Available/Available"] * 2,
        *["Available/AvailableInactive"] * 2,
        "Away/Away",
    ]


async def test_the_highest_session_is_seen_and_an_ended_one_is_none(world: World) -> None:
    world.tenant.is_in_teams(ALICE.mail, ("Away", "Away"))
    assert (await world.ask("POST", "/users/a1/presence/setPresence", CALL)).status == 200
    assert await world.pair() == "Busy/InACall"
    world.tenant.presents(ALICE.mail)
    assert await world.pair() == "DoNotDisturb/Presenting"
    world.tenant.is_in_teams(ALICE.mail, ("Away", "Away"))
    world.now += 15 * 60
    assert await world.pair() == "Away/Away"


async def test_clearing_takes_our_session_alone_and_the_second_time_there_is_none(world: World) -> None:
    await world.ask("POST", "/users/a1/presence/setPresence", CALL)
    session = {"sessionId": APP_ID}
    assert (await world.ask("POST", "/users/a1/presence/clearPresence", session)).status == 200
    assert await world.pair() == "Offline/Offline"
    assert (await world.ask("POST", "/users/a1/presence/clearPresence", session)).status == 404


@pytest.mark.parametrize(
    "wrong",
    [
        {"activity": "InAMeeting"},
        {"availability": "Offline", "activity": "Offline"},
        {"expirationDuration": "PT4M"},
        {"expirationDuration": "PT5H"},
        {"expirationDuration": "soon"},
        {"sessionId": None},
    ],
)
async def test_a_session_that_cannot_be_is_refused(world: World, wrong: dict[str, Any]) -> None:
    reply = await world.ask("POST", "/users/a1/presence/setPresence", CALL | wrong)
    assert (reply.status, reply.json()["error"]["code"]) == (400, "InvalidArgument")


async def test_the_body_is_looked_at_before_the_permission(world: World) -> None:
    world.rights = set()
    assert (await world.ask("POST", "/users/a1/presence/setPresence", CALL | {"sessionId": ""})).status == 400
    assert (await world.ask("POST", "/users/a1/presence/setPresence", CALL)).status == 403


async def test_who_signed_in_sets_only_their_own(world: World) -> None:
    world.user, world.rights = "a1", {"Presence.ReadWrite"}
    assert (await world.ask("POST", "/users/b1/presence/setPresence", CALL)).status == 401
    assert (await world.ask("POST", "/users/a1/presence/setPresence", CALL)).status == 200


async def test_a_choice_lasts_a_day_or_a_week(world: World) -> None:
    world.tenant.presents(ALICE.mail)
    for pair, days in (("Busy", 1), ("Away", 7)):
        body = {"availability": pair, "activity": pair}
        assert (await world.ask("POST", "/users/a1/presence/setUserPreferredPresence", body)).status == 200
        world.now += days * 86_400 - 1
        assert await world.pair() == f"{pair}/{pair}"
        world.now += 1
        assert await world.pair() == "DoNotDisturb/Presenting"


async def test_many_are_read_at_once_known_ones_alone_and_numbers_grow(world: World) -> None:
    first = await world.presences("b1", "nobody", "a1")
    assert first.keys() == {"a1", "b1"}
    world.tenant.takes_teams_call(ALICE.mail)
    again = await world.presences("b1", "nobody", "a1")
    assert again["a1"]["sequenceNumber"] > first["a1"]["sequenceNumber"]
    assert again["b1"]["sequenceNumber"] == first["b1"]["sequenceNumber"]
    world.graph.hide_unknown = False
    reply = await world.ask("POST", "/communications/getPresencesByUserId", {"ids": ["nobody"]})
    assert reply.json()["value"][0]["availability"] == "PresenceUnknown"
    too_many = {"ids": [str(n) for n in range(651)]}
    assert (await world.ask("POST", "/communications/getPresencesByUserId", too_many)).status == 400


# ------------------------------------------------------------------ calendars (contract 2)

WEEK = "startDateTime=2026-11-23T00:00:00Z&endDateTime=2026-11-30T00:00:00Z"


async def test_a_view_is_followed_by_links_and_tells_only_what_changed(world: World) -> None:
    world.graph.page_size = 2
    for n in range(3):
        start = MONDAY + timedelta(hours=n)
        world.tenant.meets(ALICE.mail, meeting(id=f"e{n}", start=start, end=start + timedelta(hours=1)))
    page = (await world.ask("GET", f"/users/a1/calendarView/delta?{WEEK}")).json()
    assert [e["id"] for e in page["value"]] == ["e0", "e1"]
    page = (await world.ask("GET", page["@odata.nextLink"].removeprefix(ROOT))).json()
    assert [e["id"] for e in page["value"]] == ["e2"]
    link = page["@odata.deltaLink"].removeprefix(ROOT)
    assert (await world.ask("GET", link)).json()["value"] == []
    world.tenant.meets(ALICE.mail, meeting(id="e0", subject="Flyttet"))
    world.tenant.cancels(ALICE.mail, "e1")
    found = (await world.ask("GET", link)).json()["value"]
    assert [(e["id"], e.get("subject")) for e in found] == [("e0", "Flyttet"), ("e1", None)]
    assert found[1]["@removed"] == {"reason": "deleted"}
    world.graph.forget_tokens()
    assert (await world.ask("GET", link)).status == 410


async def test_a_series_keeps_its_hour_when_the_clocks_change(world: World) -> None:
    start = datetime(2026, 10, 24, 7, tzinfo=UTC)  # 9 in Copenhagen, summer time
    times = {"start": start, "end": start + timedelta(hours=1), "zone": COPENHAGEN}
    world.tenant.meets(ALICE.mail, meeting(**times, repeats="daily", times=3))
    view = "startDateTime=2026-10-20T00:00:00Z&endDateTime=2026-10-30T00:00:00Z"
    prefer = f'outlook.timezone="{COPENHAGEN}"'
    reply = await world.ask("GET", f"/users/a1/calendarView?{view}", prefer=prefer)
    assert [e["start"]["dateTime"][8:13] for e in reply.json()["value"]] == ["24T09", "25T09", "26T09"]
    utc = await world.ask("GET", f"/users/a1/calendarView?{view}")
    assert [e["start"]["dateTime"][11:13] for e in utc.json()["value"]] == ["07", "08", "08"]
    assert {e["type"] for e in utc.json()["value"]} == {"occurrence"}


async def test_occurrences_move_and_fall_away(world: World) -> None:
    moved = {1: (MONDAY + timedelta(days=1, hours=3), MONDAY + timedelta(days=1, hours=4))}
    world.tenant.meets(ALICE.mail, meeting(repeats="daily", times=4, moved=moved, cancelled=frozenset({2})))
    found = (await world.ask("GET", f"/users/a1/calendarView?{WEEK}")).json()["value"]
    assert [e["type"] for e in found] == ["occurrence", "exception", "occurrence"]
    assert found[1]["start"]["dateTime"].startswith("2026-11-24T11:00")


async def test_times_free_and_busy(world: World) -> None:
    world.tenant.meets(ALICE.mail, meeting(show_as="oof"))
    body = {
        "schedules": ["alice@firma.example", "x@y.example"],
        "startTime": {"dateTime": "2026-11-23T08:30:00", "timeZone": "Romance Standard Time"},
        "endTime": {"dateTime": "2026-11-23T10:30:00", "timeZone": "Romance Standard Time"},
        "availabilityViewInterval": 30,
    }
    alice, nobody = (await world.ask("POST", "/users/a1/calendar/getSchedule", body)).json()["value"]
    assert alice["availabilityView"] == "0330"
    assert nobody["error"]["responseCode"] == "ErrorMailRecipientNotFound"
    too_many = body | {"schedules": [str(n) for n in range(21)]}
    assert (await world.ask("POST", "/users/a1/calendar/getSchedule", too_many)).status == 400


# ------------------------------------------------------------------ directory (contract 3)


async def test_accounts_that_come_change_and_go(world: World) -> None:
    target = "/users/delta?$select=displayName,department,manager"
    page = (await world.ask("GET", target)).json()
    assert [u["displayName"] for u in page["value"]] == ["Alice Holm", "Bob Krogh"]
    assert page["value"][1]["manager@delta"][0]["id"] == "a1"
    assert "mail" not in page["value"][0]
    link = page["@odata.deltaLink"].removeprefix(ROOT)
    world.tenant.joins(User(name="Carol Dam", mail="carol@firma.example", id="c1"))
    world.tenant.goes(BOB.mail)
    found = (await world.ask("GET", link)).json()["value"]
    assert [(u["id"], "@removed" in u) for u in found] == [("c1", False), ("b1", True)]


async def test_photos_have_etags_and_who_has_none_is_told(world: World) -> None:
    reply = await world.ask("GET", "/users/a1/photos/48x48/$value")
    assert (reply.status, reply.content) == (200, b"jpeg")
    etag = reply.headers["ETag"]
    assert (await world.ask("GET", "/users/a1/photos/48x48/$value", if_none_match=etag)).status == 304
    assert (await world.ask("GET", "/users/b1/photo/$value")).status == 404
    assert (await world.ask("GET", "/users/b1/photo")).json()["id"] == "1x1"


# ------------------------------------------------------------------ limits, batches, tokens (contract 6, 7)


async def test_one_request_too_many_has_to_wait(world: World) -> None:
    world.graph.throttle.presence = 3
    replies = [await world.ask("GET", "/users/a1/presence") for _ in range(4)]
    assert [r.status for r in replies] == [200, 200, 200, 429]
    assert replies[3].headers["Retry-After"] == "30"
    world.now += 31
    assert (await world.ask("GET", "/users/a1/presence")).status == 200


async def test_a_batch_is_answered_part_by_part_in_any_order(world: World) -> None:
    parts = [
        {"id": "1", "method": "GET", "url": "/users/a1/presence"},
        {"id": "2", "method": "GET", "url": "users/nobody/presence"},
        {"id": "3", "method": "GET", "url": "/users/a1/photo/$value"},
        {"id": "4", "method": "POST", "url": "/users/a1/presence/setPresence", "body": CALL},
    ]
    reply = await world.ask("POST", "/$batch", {"requests": parts})
    found = {r["id"]: r for r in reply.json()["responses"]}
    assert {key: r["status"] for key, r in found.items()} == {"1": 200, "2": 404, "3": 200, "4": 400}
    assert found["3"]["body"] == "anBlZw=="
    assert (await world.ask("POST", "/$batch", {"requests": parts * 6})).status == 400
    assert (await world.ask("POST", "/$batch", {"requests": [parts[0], parts[0]]})).status == 400


async def test_without_or_with_an_ended_token_nobody_is_let_in(world: World) -> None:
    reply = await world.graph.answer(asked_of("GET", "/users", {}, b"", ROOT))
    assert (reply.status, reply.json()["error"]["code"]) == (401, "InvalidAuthenticationToken")
    token = world.keys.access(Caller(app=APP_ID, rights=frozenset({"User.Read.All"})), world.now - 3_600)
    header = {"authorization": f"Bearer {token}"}
    assert (await world.graph.answer(asked_of("GET", "/users", header, b"", ROOT))).status == 401


async def test_what_was_taken_back_asks_for_claims(world: World) -> None:
    world.keys.revoke(APP_ID, world.now)
    reply = await world.ask("GET", "/users")
    assert reply.status == 401
    assert 'claims="' in reply.headers["WWW-Authenticate"]
    world.now += 1
    assert (await world.ask("GET", "/users")).status == 200


@needs_description
def test_no_permission_is_enough_here_that_is_not_by_microsofts_table() -> None:
    for operation, (_, delegated, application) in rights.OPERATIONS.items():
        table = permissions()[operation]
        if table is None:
            continue
        for ours, theirs in ((delegated, "DelegatedWork"), (application, "Application")):
            assert ours <= set((table.get(theirs) or {"all": ()})["all"]), (operation, theirs)
