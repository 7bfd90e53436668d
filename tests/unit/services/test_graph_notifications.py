"""What Microsoft tells by itself: the handshake, secrets, seals, proofs, subscriptions that stay alive."""

from __future__ import annotations

import asyncio
import base64
import datetime
import hashlib
import hmac
import json
import os
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx
import jwt
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import padding as symmetric
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from reception import light
from reception.errors import ConfigError, ProtocolError
from reception.model.people import Person
from services.graph import client as client_module
from services.graph.door import door_app
from services.graph.notices import Lifecycle, read_delivery
from services.graph.proofs import PUBLISHER, Proofs
from services.graph.sealed import Seal
from services.graph.settings import PresenceSettings, parse_presence
from services.graph.source import GraphPresence
from services.graph.subscriptions import Door, Subscriptions, Wanted, events_of, presence_of_all
from tests.house.strict import ExpectLogs
from tests.unit.services.graph_double import ACCOUNT, Double, body_of, error, path_of
from tests.unit.services.graph_schema import DESCRIPTION, faults
from tests.unit.services.graph_tenant import Tenant
from tests.unit.services.test_graph_source import Ear, event

SECRET = "only Microsoft knows"
OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA1()), algorithm=hashes.SHA1(), label=None)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "FIRST_PAUSE_S", 0.001)
    for name in ("FIRST_RETRY_S", "LONGEST_RETRY_S", "MENDED_BY_HAND_S"):
        monkeypatch.setattr(light, name, 0.02)


# ------------------------------------------------------------- the door


@asynccontextmanager
async def at_the_door() -> AsyncIterator[tuple[httpx.AsyncClient, list[bytes]]]:
    came: list[bytes] = []
    transport = httpx.ASGITransport(door_app("/microsoft", came.append))
    async with httpx.AsyncClient(transport=transport, base_url="https://hub.example") as client:
        yield client, came


async def test_the_handshake_gives_the_token_back_decoded() -> None:
    async with at_the_door() as (client, came):
        token = "Validation: Testing client & <script>+1"
        reply = await client.post("/microsoft", params={"validationToken": token})
    assert (reply.status_code, reply.text) == (200, token)
    assert reply.headers["Content-Type"].startswith("text/plain")
    assert came == []


async def test_deliveries_are_taken_at_once_and_what_is_too_large_is_not() -> None:
    async with at_the_door() as (client, came):
        assert (await client.post("/microsoft", content=b"{}")).status_code == 202
        assert (await client.post("/microsoft", content=b"x" * 1_000_001)).status_code == 413
        assert (await client.get("/microsoft")).status_code == 405
        assert (await client.post("/elsewhere", content=b"{}")).status_code == 404
    assert came == [b"{}"]


# ------------------------------------------------------------- what comes in


def delivery(*items: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"value": [{"clientState": SECRET, **item} for item in items], **more}).encode()


def test_changes_tell_whose_they_are() -> None:
    found = read_delivery(
        delivery(
            {"subscriptionId": "s1", "resource": "Users/ABC/Events/AAMk="},
            {"subscriptionId": "s2", "resource": "communications/presences/DEF"},
            {"subscriptionId": "s3", "resource": "/communications/presences('x')"},
            {"subscriptionId": "s1", "lifecycleEvent": "missed"},
        ),
        SECRET,
    )
    assert [change.user for change in found.changes] == ["abc", "def", ""]
    assert found.lifecycle == (Lifecycle("s1", "missed"),)
    assert found.strangers == 0


@pytest.mark.parametrize("state", [None, "", "guess", SECRET + "x", 7])
def test_what_does_not_know_our_secret_is_left_out(state: object) -> None:
    item = {"resource": "Users/abc/Events/1", "clientState": state}
    found = read_delivery(json.dumps({"value": [item]}).encode(), SECRET)
    assert (found.changes, found.strangers) == ((), 1)


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"value": {}}', b'{"value": [7]}'])
def test_a_delivery_without_sense_is_told(content: bytes) -> None:
    with pytest.raises(ProtocolError):
        read_delivery(content, SECRET)


# ------------------------------------------------------------- seals


def sealed(resource: dict[str, Any], certificate: str, key_id: str) -> dict[str, Any]:
    """Encrypt as Microsoft does."""
    public: Any = x509.load_der_x509_certificate(base64.b64decode(certificate)).public_key()
    key = os.urandom(32)
    padder = symmetric.PKCS7(128).padder()
    plain = padder.update(json.dumps(resource).encode()) + padder.finalize()
    lock = Cipher(algorithms.AES(key), modes.CBC(key[:16])).encryptor()
    data = lock.update(plain) + lock.finalize()
    parts = {
        "data": data,
        "dataSignature": hmac.new(key, data, hashlib.sha256).digest(),
        "dataKey": public.encrypt(key, OAEP),
    }
    return {
        **{name: base64.b64encode(part).decode() for name, part in parts.items()},
        "encryptionCertificateId": key_id,
    }


SEAL = Seal()


def test_what_was_sealed_for_us_can_be_read() -> None:
    words = {"id": "u1", "availability": "Busy", "activity": "InACall"}
    assert SEAL.open(sealed(words, SEAL.certificate, SEAL.id)) == words


@given(st.sampled_from(["data", "dataSignature", "dataKey"]), st.integers(0, 2_000), st.integers(1, 255))
def test_what_was_changed_on_its_way_cannot(part: str, where: int, by: int) -> None:
    content = sealed({"id": "u1"}, SEAL.certificate, SEAL.id)
    raw = bytearray(base64.b64decode(content[part]))
    raw[where % len(raw)] ^= by
    content[part] = base64.b64encode(raw).decode()
    with pytest.raises(ProtocolError):
        SEAL.open(content)


@pytest.mark.parametrize("missing", ["data", "dataSignature", "dataKey", "encryptionCertificateId"])
def test_nor_what_is_not_whole(missing: str) -> None:
    content = sealed({"id": "u1"}, SEAL.certificate, SEAL.id)
    del content[missing]
    with pytest.raises(ProtocolError):
        SEAL.open(content)


# ------------------------------------------------------------- proofs

KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Publisher:
    """Microsoft's keys."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        if request.url.path.endswith("openid-configuration"):
            return httpx.Response(200, json={"jwks_uri": "https://login.microsoftonline.com/keys"})
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
        return httpx.Response(200, json={"keys": [{**public, "kid": "k1", "use": "sig", "alg": "RS256"}]})


def proof(key: Any = KEY, kid: str = "k1", **more: Any) -> str:
    claims = {
        "aud": ACCOUNT.client_id,
        "iss": f"https://sts.windows.net/{ACCOUNT.tenant}/",
        "azp": PUBLISHER,
        "exp": int(time.time()) + 600,
        **more,
    }
    return jwt.encode(claims, key, algorithm="RS256", headers={"kid": kid})


async def test_microsofts_word_is_taken_and_its_keys_asked_for_once() -> None:
    publisher = Publisher()
    proofs = Proofs(ACCOUNT, transport=httpx.MockTransport(publisher))
    v2 = proof(iss=f"https://login.microsoftonline.com/{ACCOUNT.tenant}/v2.0")
    await proofs.check([proof(), v2, proof(azp=None, appid=PUBLISHER)])
    await proofs.check([proof()])
    assert publisher.asked == 2
    await proofs.close()


STRANGER = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["no token"],
        [proof(aud="another app")],
        [proof(iss="https://sts.windows.net/another/")],
        [proof(azp="another publisher")],
        [proof(exp=int(time.time()) - 3_600)],
        [proof(key=STRANGER)],
        [proof(kid="k2")],
        [proof(), proof(aud="another app")],
        [jwt.encode({"aud": ACCOUNT.client_id}, "x" * 32, algorithm="HS256", headers={"kid": "k1"})],
    ],
)
async def test_nobody_elses_word_is(words: list[str]) -> None:
    proofs = Proofs(ACCOUNT, transport=httpx.MockTransport(Publisher()))
    with pytest.raises(ProtocolError):
        await proofs.check(words)
    await proofs.close()


async def test_unknown_keys_do_not_make_us_ask_again_and_again() -> None:
    publisher = Publisher()
    proofs = Proofs(ACCOUNT, transport=httpx.MockTransport(publisher))
    for n in range(5):
        with pytest.raises(ProtocolError):
            await proofs.check([proof(kid=f"unknown {n}")])
    assert publisher.asked == 2
    await proofs.close()


# ------------------------------------------------------------- subscriptions


class Office:
    """Microsoft's subscriptions. `now` is the time of both sides."""

    def __init__(self) -> None:
        self.now = 1_000_000.0
        self.alive: dict[str, dict[str, Any]] = {}
        self.fault: httpx.Response | None = None
        self.one_only = False
        self._count = 0
        self.double = Double(self._answer)
        self.missed: list[str] = []

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if self.fault is not None:
            return httpx.Response(self.fault.status_code, content=self.fault.content)
        key = path_of(request).removeprefix("/subscriptions").strip("/")
        match request.method:
            case "POST":
                if self.one_only and self.alive:
                    return error(409, "Conflict")
                self._count += 1
                made = {**body_of(request), "id": f"s{self._count}"}
                self.alive[made["id"]] = made
                return httpx.Response(201, json=made)
            case "PATCH":
                if key not in self.alive:
                    return error(404, "ResourceNotFound")
                self.alive[key] |= body_of(request)
                return httpx.Response(200, json=self.alive[key])
            case "DELETE":
                return httpx.Response(204) if self.alive.pop(key, None) else error(404)
        return httpx.Response(200, json={"value": list(self.alive.values())})

    def clock(self) -> float:
        return self.now + time.monotonic()

    @asynccontextmanager
    async def kept(self, *wanted: Wanted) -> AsyncIterator[Subscriptions]:
        door = Door("https://hub.example/microsoft", SECRET, SEAL)
        kept = Subscriptions(self.double.client(), door, clock=self.clock, on_missed=self.missed.append)
        kept.want(wanted)
        task = asyncio.create_task(kept.run())
        yield kept
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(10):
            while not condition():  # noqa: ASYNC110 - requests come to a double that tells nobody
                await asyncio.sleep(0.005)

    def sent(self, method: str) -> list[httpx.Request]:
        return [request for request in self.double.requests if request.method == method]


PEOPLE = presence_of_all(["u2", "u1"], "Presence.Read.All")
CALENDARS = events_of(["u1", "u2"], "Calendars.Read")


async def test_subscriptions_say_what_is_wanted_and_where_it_is_to_come() -> None:
    office = Office()
    async with office.kept(*PEOPLE, *CALENDARS) as kept:
        await office.until(lambda: kept.count == 3)
    bodies = [body_of(request) for request in office.sent("POST")]
    assert [body["resource"] for body in bodies] == [
        "communications/presences?$filter=id in ('u1','u2')",
        "users/u1/events",
        "users/u2/events",
    ]
    assert {body["clientState"] for body in bodies} == {SECRET}
    assert [body.get("encryptionCertificateId", "") for body in bodies] == [SEAL.id, "", ""]
    if DESCRIPTION.exists():
        assert [fault for request in office.double.requests for fault in faults(request)] == []


async def test_each_is_renewed_at_half_time_and_one_that_vanished_is_made_anew() -> None:
    office = Office()
    async with office.kept(*PEOPLE) as kept:
        await office.until(lambda: kept.count == 1)
        office.now += 1_700.0
        kept.want([*PEOPLE, *CALENDARS])  # it looks again
        await office.until(lambda: kept.count == 3)
        assert office.sent("PATCH") == []
        office.now += 100.0
        kept.want(PEOPLE)
        await office.until(lambda: office.sent("PATCH"))
        office.alive.clear()
        office.now += 1_800.0
        kept.want(PEOPLE)
        await office.until(lambda: len(office.sent("POST")) == 4)
    assert office.missed == [PEOPLE[0].resource]


async def test_one_that_an_earlier_hub_left_behind_makes_room() -> None:
    office = Office()
    office.one_only = True
    office.alive["old"] = {"id": "old", "notificationUrl": "https://hub.example/microsoft"}
    async with office.kept(*PEOPLE) as kept:
        await office.until(lambda: kept.count == 1)
    assert set(office.alive) == {"s1"}


async def test_one_of_somebody_else_stays_and_that_is_told(expected_logs: ExpectLogs) -> None:
    expected_logs("does not tell us of changes")
    office = Office()
    office.one_only = True
    office.alive["theirs"] = {"id": "theirs", "notificationUrl": "https://another.example/"}
    async with office.kept(*PEOPLE) as kept:
        await office.until(lambda: kept.trouble is not None)
        office.alive.clear()
        await office.until(lambda: kept.count == 1)
    assert kept.trouble is None


async def test_lifecycle_notes_renew_make_anew_and_read_again() -> None:
    office = Office()
    async with office.kept(*CALENDARS[:1]) as kept:
        await office.until(lambda: kept.count == 1)
        kept.note(Lifecycle("s1", "reauthorizationRequired"))
        await office.until(lambda: office.sent("PATCH"))
        kept.note(Lifecycle("s1", "missed"))
        assert office.missed == ["users/u1/events"]
        kept.note(Lifecycle("s1", "subscriptionRemoved"))
        await office.until(lambda: len(office.sent("POST")) == 2)
        kept.note(Lifecycle("another", "missed"))
    assert office.missed == ["users/u1/events"] * 2


async def test_who_is_no_longer_followed_and_a_hub_that_ends_leave_none_behind() -> None:
    office = Office()
    async with office.kept(*CALENDARS) as kept:
        await office.until(lambda: kept.count == 2)
        kept.want(CALENDARS[:1])
        await office.until(lambda: len(office.alive) == 1)
        await kept.end()
    assert office.alive == {}


async def test_a_refusal_is_told_once_and_tried_again(expected_logs: ExpectLogs) -> None:
    expected_logs("does not tell us of changes")
    office = Office()
    office.fault = error(403)
    async with office.kept(*CALENDARS) as kept:
        await office.until(lambda: kept.trouble is not None)
        office.fault = None
        await office.until(lambda: kept.count == 2)


def test_presence_is_of_650_people_at_most() -> None:
    (wanted,) = presence_of_all((f"u{n}" for n in range(2_000)), "p")
    assert wanted.resource.count("'") == 1_300
    assert presence_of_all([], "p") == []


# ------------------------------------------------------------- all together


async def test_a_notification_makes_a_calendar_be_read_at_once() -> None:
    tenant = Tenant(["anna"])
    made: list[dict[str, Any]] = []

    def handler(request: httpx.Request) -> httpx.Response:
        if path_of(request) == "/subscriptions" and request.method == "POST":
            made.append(body_of(request))
            return httpx.Response(201, json={**made[-1], "id": f"s{len(made)}"})
        return httpx.Response(204) if request.method == "DELETE" else usual(request)

    usual, tenant.double.handler = tenant.double.handler, handler
    settings = PresenceSettings(
        microsoft=ACCOUNT,
        teams=False,
        zone="Europe/Copenhagen",
        calendar_s=3_600.0,
        notify_at="https://hub.example/microsoft",
        notify_listen="127.0.0.1:0",
    )
    now = datetime.datetime(2026, 11, 21, 8, tzinfo=datetime.UTC).timestamp()
    source = GraphPresence(settings, tenant.double.client, lambda: now)
    source.follow([Person(id="anna", name="Anna", email="anna@firma.example")])
    ear = Ear()
    await source.start(ear)
    notifications = source._notifications
    assert notifications is not None
    await ear.until(lambda: ear.subjects("anna") == [])
    async with asyncio.timeout(10):
        while not made:  # noqa: ASYNC110 - requests come to a double that tells nobody
            await asyncio.sleep(0.005)
    tenant.change("id-anna", event("m"))
    item = {
        "subscriptionId": "s1",
        "clientState": made[0]["clientState"],
        "resource": "Users/ID-ANNA/Events/m",
    }
    async with httpx.AsyncClient() as client:
        address = f"http://127.0.0.1:{notifications.port}/microsoft"
        stranger = {"value": [{**item, "clientState": "guess"}]}
        assert (await client.post(address, json=stranger)).status_code == 202
        assert (await client.post(address, json={"value": [item]})).status_code == 202
    await ear.until(lambda: ear.subjects("anna") == ["Om m"])
    await source.stop()
    assert tenant.double.requests[-1].method == "DELETE"


SHARED = {"tenant": "t", "client_id": "c", "secret": "s"}


@pytest.mark.parametrize(
    ("given_settings", "setting"),
    [
        ({"notify_at": "https://h/x"}, "notify_at"),
        ({"notify_at": "http://h/x", "notify_listen": "127.0.0.1:1"}, "notify_at"),
        ({"notify_at": "https://h/", "notify_listen": "127.0.0.1:1"}, "notify_at"),
        ({"notify_at": "https://h/x", "notify_listen": "0.0.0.0:1"}, "notify_listen"),
        ({"notify_at": "https://h/x", "notify_listen": "x"}, "notify_listen"),
        ({"notify_cert": "c.pem"}, "notify_cert"),
        ({"notify_user": "service"}, "notify_user"),
    ],
)
def test_settings_that_cannot_work_are_named(given_settings: dict[str, str], setting: str) -> None:
    with pytest.raises(ConfigError) as raised:
        parse_presence({"microsoft": SHARED, **given_settings})
    assert raised.value.message.params["setting"] == setting
