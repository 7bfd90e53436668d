"""Microsoft 365 against the emulated one, over real TLS; every request and reply checked as described."""

from __future__ import annotations

import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import trustme
from msgspec.structs import asdict, replace
from starlette.requests import Request

from reception import light
from reception.directory.numbers import NumberPlan
from reception.model.findings import Finding
from reception.model.microsoft import MicrosoftAccount
from reception.model.people import Person
from reception.presence.port import EXCHANGE, TEAMS, CalendarSet, Showing, TeamsSet
from services.graph import create, create_directory, examine
from services.graph.source import GraphPresence
from tests.unit.services.graph_schema import faults_of, needs_description
from tests.unit.services.test_graph_directory import Ear as DirectoryEar
from tests.unit.services.test_graph_source import Ear

serving = pytest.importorskip("services.emulators.graph.serving", reason="the emulated Graph is not here")
tenants = pytest.importorskip("services.emulators.graph.tenant")
Event = pytest.importorskip("services.emulators.graph.calendars").Event
Fault = pytest.importorskip("services.emulators.graph.faults").Fault

ROLES = {
    "User.ReadBasic.All",
    "User.Read.All",
    "Presence.Read.All",
    "Presence.ReadWrite.All",
    "Calendars.Read",
    "Calendars.ReadBasic",
    "MailboxSettings.Read",
}
COUNT = 45
"""People: three envelopes."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FIRST_RETRY_S", "LONGEST_RETRY_S", "MENDED_BY_HAND_S"):
        monkeypatch.setattr(light, name, 0.1)


def mail(n: int) -> str:
    return f"p{n}@firma.example"


PEOPLE = [Person(id=f"p{n}", name=f"Person {n}", email=mail(n)) for n in range(COUNT)]


def in_hours(start: float, end: float) -> dict[str, datetime]:
    now = datetime.now(UTC)
    return {"start": now + timedelta(hours=start), "end": now + timedelta(hours=end)}


class House:
    """The emulated tenant with our account in it."""

    def __init__(self, emulator: Any, ca_file: Path) -> None:
        self.emulator = emulator
        self.trust = ssl.create_default_context(cafile=str(ca_file))
        self.tenant = emulator.tenant
        self.account = MicrosoftAccount(
            tenant=tenants.TENANT_ID,
            client_id=tenants.APP_ID,
            secret=tenants.SECRET,
            authority=emulator.base,
            graph=emulator.root,
            ca_file=str(ca_file),
        )

    @asynccontextmanager
    async def listening(self, **more: Any) -> AsyncIterator[tuple[Ear, GraphPresence]]:
        often = {"watched_s": 0.05, "rest_s": 0.1, "calendar_s": 0.1, "mailbox_s": 0.2}
        settings = {"microsoft": asdict(self.account), "zone": "Europe/Copenhagen", **often, **more}
        source = create(settings)
        source.follow(PEOPLE)
        ear = Ear()
        await source.start(ear)
        try:
            yield ear, source
        finally:
            await source.stop()

    def faults(self) -> list[str]:
        """Return what is wrong with all that was said."""
        return faults_of(self.emulator.graph.exchanges)


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(tls)
    users = [tenants.User(name=f"Name {n}", mail=mail(n)) for n in range(COUNT)]
    tenant = tenants.Tenant(users, time.time)
    tenant.app.roles = set(ROLES)
    async with serving.GraphEmulator(tenant, tls=tls) as emulator:
        yield House(emulator, tmp_path / "ca.pem")


async def test_teams_and_calendars_of_everybody(house: House) -> None:
    for n in range(COUNT):
        house.tenant.meets(mail(n), Event(subject="Møde", **in_hours(1, 2)))
        house.tenant.meets(mail(n), Event(subject="Hemmeligt", sensitivity="private", **in_hours(3, 4)))
    house.tenant.takes_teams_call(mail(7))
    async with house.listening(automatic_replies=True) as (ear, _):
        everybody = {p.id for p in PEOPLE}
        await ear.until(lambda: {e.person for e in ear.heard if isinstance(e, TeamsSet)} == everybody)
        await ear.until(lambda: {e.person for e in ear.heard if isinstance(e, CalendarSet)} == everybody)
        assert ear.subjects("p3") == ["Møde", ""]
        await ear.until(lambda: ear.words("p7")[-1] == ("Busy", "InACall"))
        house.tenant.leaves_teams(mail(7))
        await ear.until(lambda: ear.words("p7")[-1] == ("Offline", "Offline"))
        meeting = house.tenant.meets(mail(3), Event(subject="Nyt", **in_hours(5, 6)))
        await ear.until(lambda: ear.subjects("p3") == ["Møde", "", "Nyt"])
        house.tenant.cancels(mail(3), meeting.id)
        await ear.until(lambda: ear.subjects("p3") == ["Møde", ""])
    assert "Hemmeligt" not in repr(ear.heard)
    assert ear.lights(TEAMS) == ear.lights(EXCHANGE) == [("up", "")]
    assert house.faults() == []


async def test_a_session_of_ours_is_seen_once_set_and_once_cleared(house: House) -> None:
    async with house.listening(calendars="off") as (ear, source):
        await ear.until(lambda: ear.words("p1"))
        await source.set_session(PEOPLE[1], Showing.IN_A_CALL, lasts_s=900.0)
        await ear.until(lambda: ear.words("p1")[-1] == ("Busy", "InACall"))
        await source.clear_session(PEOPLE[1])
        await ear.until(lambda: ear.words("p1")[-1] == ("Offline", "Offline"))
        await source.clear_session(PEOPLE[1])  # nothing is there any more
    assert len(house.emulator.graph.exchanged("setPresence", "POST")) == 1
    assert house.faults() == []


async def test_a_lost_token_a_storm_and_a_broken_answer_leave_nothing_out(house: House) -> None:
    house.tenant.meets(mail(2), Event(subject="Før", **in_hours(1, 2)))
    async with house.listening() as (ear, _):
        await ear.until(lambda: ear.subjects("p2") == ["Før"])
        graph = house.emulator.graph
        graph.forget_tokens()
        house.tenant.meets(mail(2), Event(subject="Nyt", **in_hours(3, 4)))
        await ear.until(lambda: ear.subjects("p2") == ["Før", "Nyt"])
        for fault in (
            Fault(part="calendarView", status=429, code="ApplicationThrottled", retry_after_s=0),
            Fault(part="calendarView", status=503, code="ServiceUnavailable"),
            Fault(part="calendarView", is_malformed=True),
        ):
            graph.faults.add(fault)
            await ear.until(lambda: ear.light(EXCHANGE)[0] == "down")
            assert ear.light(TEAMS) == ("up", "")
            graph.faults.clear()
            await ear.until(lambda: ear.light(EXCHANGE) == ("up", ""))
        house.tenant.meets(mail(2), Event(subject="Efter", **in_hours(5, 6)))
        await ear.until(lambda: ear.subjects("p2") == ["Før", "Nyt", "Efter"])


async def test_half_of_the_mailboxes_failing_hide_no_other(house: House) -> None:
    bad = {house.tenant.id_of(mail(n)) for n in range(0, COUNT, 2)}
    denied = Fault(
        part="calendarView",
        status=403,
        code="ErrorAccessDenied",
        only=lambda asked: asked.parts[1] in bad,
    )
    house.emulator.graph.faults.add(denied)
    for n in range(COUNT):
        house.tenant.meets(mail(n), Event(subject=f"Hos {n}", **in_hours(1, 2)))
    async with house.listening(teams=False) as (ear, _):
        await ear.until(lambda: all(ear.subjects(f"p{n}") == [f"Hos {n}"] for n in range(1, COUNT, 2)))
        await ear.until(lambda: ear.light(EXCHANGE) == ("up", "mailboxes_failed"))
        assert ear.subjects("p0") is None
        house.emulator.graph.faults.clear()
        await ear.until(lambda: all(ear.subjects(f"p{n}") == [f"Hos {n}"] for n in range(COUNT)))
        await ear.until(lambda: ear.light(EXCHANGE) == ("up", ""))


async def test_a_consent_that_is_missing_is_told_and_noticed_when_it_is_given(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.graph.client._NEW_RIGHTS_S", 0.2)
    house.tenant.app.roles -= {"Presence.Read.All", "Presence.ReadWrite.All"}
    async with house.listening(calendars="off") as (ear, _):
        await ear.until(lambda: ear.light(TEAMS) == ("needs_settings", "graph_refused"))
        house.tenant.app.roles = set(ROLES)
        await ear.until(lambda: ear.light(TEAMS) == ("up", "") and ear.words("p1"))


async def test_people_with_managers_and_photos(house: House, tmp_path: Path) -> None:
    users = list(house.tenant.users.values())
    users[1].manager, users[1].photo, users[1].phone = users[0].id, b"\xff\xd8\xff\xe0 a photo", "33 33 33 33"
    settings = {"microsoft": asdict(house.account), "photos": True, "folder": str(tmp_path), "refresh_s": 0.1}
    directory = create_directory(settings, NumberPlan())
    directory.known()
    ear = DirectoryEar()
    await directory.start(ear)
    await ear.until(lambda: len(ear.people) == COUNT)
    person = ear.people[f"ms-{users[1].id}"]
    assert (person.fields["Manager"], person.numbers[0].number) == ("Name 0", "+4533333333")
    house.tenant.joins(tenants.User(name="Ny", mail="ny@firma.example"))
    house.tenant.goes(mail(5))
    await ear.until(lambda: {p.name for p in ear.people.values()} >= {"Ny"} and len(ear.people) == COUNT)
    await directory.stop()
    assert house.faults() == []


async def test_the_doctor_finds_all_well(house: House) -> None:
    found: list[Finding] = []
    own = {"automatic_replies": True, "schedules_through": mail(0)}
    await examine("presence", {"microsoft": asdict(house.account), **own}, found.append)
    await examine("directory", {"microsoft": asdict(house.account)}, found.append)
    assert [finding for finding in found if finding.fault is not None] == []
    assert len(found) > 12
    assert house.faults() == []


async def test_the_doctor_looks_at_who_sends_mails_and_sends_none(house: House) -> None:
    async def examined(sender: str) -> dict[str, str]:
        found: list[Finding] = []
        await examine("mail", {"microsoft": asdict(house.account), "sender": sender}, found.append)
        return {one.what: one.fault.key if one.fault is not None else "" for one in found}

    house.tenant.app.roles |= {"Mail.Send"}
    well = await examined(mail(0))
    assert well["permission Mail.Send"] == well[f"sender {mail(0)}"] == ""
    assert (await examined("nobody@firma.example"))["sender nobody@firma.example"] == "graph_no_sender"
    house.tenant.app.roles -= {"Mail.Send"}
    assert (await examined(mail(0)))["permission Mail.Send"] == "graph_refused"
    assert house.emulator.graph.exchanged("sendMail") == []
    assert house.faults() == []


@needs_description
async def test_what_is_not_as_described_is_found(house: House) -> None:
    async with house.listening(calendars="off") as (ear, _):
        await ear.until(lambda: ear.words("p1"))
    assert house.faults() == []
    exchanges = house.emulator.graph.exchanges
    [good, *_] = house.emulator.graph.exchanged("getPresencesByUserId")
    exchanges.append(replace(good, asked=replace(good.asked, content=b'{"ids": 1}')))
    exchanges.append(replace(good, reply=replace(good.reply, content=b'{"value": [{"id": 1}]}')))
    assert len(house.faults()) == 2


async def test_a_refusal_that_is_not_worded_as_microsofts_is_found(house: House) -> None:
    async with httpx.AsyncClient(verify=house.trust) as client:
        assert (await client.get(f"{house.emulator.root}/users")).status_code == 401
    assert house.faults() == []
    [said] = house.emulator.graph.exchanges
    for content in (b"", b"{}", said.reply.content.replace(b"innerError", b"innererror")):
        house.emulator.graph.exchanges[:] = [replace(said, reply=replace(said.reply, content=content))]
        assert len(house.faults()) == 1


async def test_whoever_goes_in_the_middle_of_a_request_is_let_go(house: House) -> None:
    async def gone() -> dict[str, str]:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "POST", "path": "/v1.0/$batch", "headers": [], "query_string": b""}
    await house.emulator._answer(Request(scope, gone))
    assert house.emulator.graph.exchanges == []
