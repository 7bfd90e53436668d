"""The emulated Graph tells of changes: who may ask for it, what is told, what is refused."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest

from services.emulators.graph.asked import Caller, asked_of
from services.emulators.graph.subscriptions import sealed
from services.graph.sealed import Seal
from tests.unit.services.graph_world import ALICE, BOB, MONDAY, ROOT, World, meeting


@pytest.fixture
def world() -> World:
    return World()


# ------------------------------------------------------------------ notifications (contract 1.10, 1.11)

HOOK = "https://hub.example/microsoft"


def wanted(resource: str, **more: Any) -> dict[str, Any]:
    until = (MONDAY + timedelta(minutes=50)).isoformat()
    about = {"changeType": "updated", "resource": resource, "clientState": "s"}
    return about | {"notificationUrl": HOOK, "expirationDateTime": until} | more


async def test_presence_is_told_to_one_subscription_of_somebody_who_signed_in(world: World) -> None:
    resource = "communications/presences?$filter=id in ('a1','b1')"
    assert (await world.ask("POST", "/subscriptions", wanted(resource))).status == 403
    world.user, world.rights = "a1", {"Presence.Read.All"}
    assert (await world.ask("POST", "/subscriptions", wanted(resource))).status == 201
    assert (await world.ask("POST", "/subscriptions", wanted(resource))).status == 409
    world.posted.clear()
    world.tenant.takes_teams_call(BOB.mail)
    await world.graph.quiet()
    [(address, body)] = world.posted
    [item] = json.loads(body)["value"]
    assert (address, item["clientState"], item["resourceData"]["id"]) == (HOOK, "s", "b1")


async def test_a_subscription_lives_45_minutes_at_least_and_an_hour_at_most(world: World) -> None:
    world.user, world.rights = "a1", {"Presence.Read.All"}
    soon = (MONDAY + timedelta(minutes=1)).isoformat()
    short = wanted("communications/presences/b1", expirationDateTime=soon)
    made = (await world.ask("POST", "/subscriptions", short)).json()
    assert made["expirationDateTime"] == "2026-11-23T08:45:00Z"
    long = {"expirationDateTime": (MONDAY + timedelta(minutes=90)).isoformat()}
    assert (await world.ask("PATCH", f"/subscriptions/{made['id']}", long)).status == 400
    world.now += 46 * 60
    assert (await world.ask("PATCH", f"/subscriptions/{made['id']}", long)).status == 404


async def test_who_does_not_shake_hands_gets_no_subscription(world: World) -> None:
    async def silent(address: str, kind: str, body: bytes) -> tuple[int, str]:
        return 200, "something else"

    world.graph.subscriptions._post = silent
    reply = await world.ask("POST", "/subscriptions", wanted("users/a1/events"))
    assert (reply.status, world.graph.subscriptions.all) == (400, {})


def test_what_is_sealed_is_opened_by_the_client() -> None:
    seal = Seal()
    content = sealed({"id": "a1", "availability": "Busy"}, seal.certificate, seal.id)
    assert seal.open(content)["availability"] == "Busy"


@pytest.mark.parametrize(
    ("user", "rights_", "resource", "status"),
    [
        ("a1", {"User.Read"}, "communications/presences/b1", 403),
        ("a1", {"Presence.Read"}, "communications/presences/b1", 403),
        ("", {"Presence.Read.All", "Presence.ReadWrite.All"}, "communications/presences/b1", 403),
        ("", {"User.Read.All"}, "users/a1/events", 403),
        ("", {"Calendars.ReadWrite"}, "users/a1/events", 403),
        ("", {"Calendars.Read"}, "users/alice@firma.example/events", 201),
        ("a1", {"Calendars.Read"}, "me/events", 201),
        ("a1", {"Calendars.Read"}, "users/b1/events", 403),
        ("", {"Calendars.Read"}, "users/nobody/events", 404),
    ],
)
async def test_who_may_not_read_may_not_subscribe(
    world: World, user: str, rights_: set[str], resource: str, status: int
) -> None:
    world.user, world.rights = user, rights_
    assert (await world.ask("POST", "/subscriptions", wanted(resource))).status == status


async def test_an_appointment_is_told_by_its_own_id_and_by_what_became_of_it(world: World) -> None:
    everything = wanted("users/alice@firma.example/events", changeType="created,updated,deleted")
    assert (await world.ask("POST", "/subscriptions", everything)).json()["changeType"] == (
        "created,updated,deleted"
    )
    await world.ask("POST", "/subscriptions", wanted("users/a1/events", changeType="deleted"))
    world.posted.clear()
    for step in (
        lambda: world.tenant.meets(ALICE.mail, meeting(id="e1")),
        lambda: world.tenant.meets(ALICE.mail, meeting(id="e1", subject="Flyttet")),
        lambda: world.tenant.cancels(ALICE.mail, "e1"),
        lambda: world.tenant.cancels(ALICE.mail, "e1"),
    ):
        step()
        await world.graph.quiet()
    items = [json.loads(body)["value"][0] for _, body in world.posted]
    assert [one["changeType"] for one in items] == ["created", "updated", "deleted", "deleted"]
    assert {(one["resource"], one["resourceData"]["id"]) for one in items} == {("Users/a1/Events/e1", "e1")}


@pytest.mark.parametrize(
    "wrong",
    [
        {"encryptionCertificate": "rubbish", "encryptionCertificateId": "1", "includeResourceData": True},
        {"encryptionCertificate": "bm9uZQ==", "encryptionCertificateId": "1", "includeResourceData": True},
        {"encryptionCertificate": Seal().certificate, "includeResourceData": True},
        {"changeType": "created"},
        {"changeType": ""},
        {"clientState": "s" * 129},
    ],
)
async def test_a_subscription_that_cannot_be_is_refused(world: World, wrong: dict[str, Any]) -> None:
    world.user, world.rights = "a1", {"Presence.Read.All"}
    body = wanted("communications/presences/b1", **wrong)
    assert (await world.ask("POST", "/subscriptions", body)).status == 400


async def test_a_subscription_is_there_for_its_own_app_alone(world: World) -> None:
    made = (await world.ask("POST", "/subscriptions", wanted("users/a1/events"))).json()
    token = world.keys.access(Caller(app="other", rights=frozenset({"Calendars.Read"})), world.now)
    header = {"authorization": f"Bearer {token}"}
    target = f"/subscriptions/{made['id']}"
    assert (await world.graph.answer(asked_of("DELETE", target, header, b"", ROOT))).status == 404
    assert (await world.ask("DELETE", target)).status == 204
