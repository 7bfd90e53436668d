"""Calendars of an Exchange server, from exchangelib's requests to what the hub is told."""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import trustme

from reception.errors import ConfigError, ServiceError
from reception.model.calendar import Appointment, ShowAs
from reception.model.changes import Message, SourceState
from reception.model.findings import Finding
from reception.model.lines import Shift, WorkingHours
from reception.model.people import Number, NumberKind, Person
from reception.presence.port import CalendarSet, HoursSet, PresenceEvent, SourceSet
from services.emulators.exchange.faults import Trouble
from services.emulators.exchange.mailboxes import Away, Item, Right, Work
from services.emulators.exchange.serving import ExchangeEmulator
from services.exchange import create, examine
from services.exchange.settings import ExchangeSettings, parse_settings
from services.exchange.source import ExchangeCalendars
from tests.integration.ews_rig import ANNA, BO, CARL, PLAIN, SERVICE, exchange, organisation

PEOPLE = [
    Person(
        id=address.partition("@")[0],
        name=address.partition("@")[0].title(),
        email=address,
        numbers=(Number(kind=NumberKind.DESK, number=f"20{n}"),),
    )
    for n, address in enumerate((ANNA, BO, CARL))
]


class Ear:
    """What the source says, to be waited for."""

    def __init__(self) -> None:
        self.heard: list[PresenceEvent] = []
        self._more = asyncio.Event()

    def __call__(self, event: PresenceEvent) -> None:
        self.heard.append(event)
        self._more.set()

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(20):
            while not condition():
                self._more.clear()
                await self._more.wait()

    def of(self, person: str) -> tuple[Appointment, ...] | None:
        told = [e.appointments for e in self.heard if isinstance(e, CalendarSet) and e.person == person]
        return told[-1] if told else None

    def subjects(self, person: str) -> list[str]:
        return [a.subject for a in self.of(person) or ()]

    def is_old(self, person: str) -> bool:
        told = [e.is_old for e in self.heard if isinstance(e, CalendarSet) and e.person == person]
        return bool(told) and told[-1]

    @property
    def lights(self) -> list[tuple[SourceState, Message | None]]:
        return [(e.state, e.message) for e in self.heard if isinstance(e, SourceSet)]

    def key(self) -> str:
        message = self.lights[-1][1] if self.lights else None
        return message.key if message is not None else ""


def now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


@pytest.fixture
def server() -> Iterator[ExchangeEmulator]:
    with exchange(organisation(now)) as emulator:
        yield emulator


def settings_for(server: ExchangeEmulator, **more: Any) -> dict[str, Any]:
    often = dict.fromkeys(("calendar_s", "details_s", "mailbox_s"), 0.1)
    return {
        "url": server.url,
        "user": SERVICE.name,
        "password": SERVICE.password,
        "auth": "basic",
        "streaming": False,
        "zone": "Europe/Copenhagen",
        "timeout_s": 5.0,
        "patience_s": 1.0,
        **often,
        **more,
    }


@asynccontextmanager
async def reading(server: ExchangeEmulator, **more: Any) -> AsyncIterator[tuple[ExchangeCalendars, Ear]]:
    source, ear = create(settings_for(server, **more)), Ear()
    source.follow(PEOPLE)
    await source.start(ear)
    try:
        yield source, ear
    finally:
        await source.stop()


def meeting(subject: str = "Statusmøde", *, in_hours: float = 1.0, **more: Any) -> Item:
    start = (now() + timedelta(hours=in_hours)).replace(minute=0, second=0, microsecond=0)
    return Item(subject=subject, start=start, end=start + timedelta(hours=1), **more)


async def test_what_stands_in_calendars_is_told_and_what_changes(server: ExchangeEmulator) -> None:
    house = server.organisation
    made = house.put(ANNA, meeting(location="Lokale 2", categories=("Kunde",), organizer=BO))
    house.put(BO, meeting("Aflyst", is_cancelled=True))
    house.put(BO, meeting("Afslået", response="Decline"))
    async with reading(server) as (_, ear):
        await ear.until(lambda: all(ear.of(p.id) is not None for p in PEOPLE))
        (told,) = ear.of("anna") or ()
        assert (told.subject, told.location, told.categories) == ("Statusmøde", "Lokale 2", ("Kunde",))
        assert (told.start, told.show_as) == (made.start.timestamp(), ShowAs.BUSY)
        assert told.is_invitation
        assert ear.of("bo") == ()
        house.put(ANNA, meeting("Flyttet", in_hours=3, id=made.id))
        await ear.until(lambda: ear.subjects("anna") == ["Flyttet"])
        house.remove(ANNA, made.id)
        await ear.until(lambda: ear.of("anna") == ())
    assert ear.lights == [(SourceState.UP, None)]


async def test_a_private_appointment_has_no_words(
    server: ExchangeEmulator, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for kind in ("Private", "Confidential", "Personal"):
        item = meeting(
            f"Hemmelig {kind}", sensitivity=kind, location="Skjult", categories=("Privat",), body="Tys"
        )
        server.organisation.put(ANNA, item)
    async with reading(server) as (_, ear):
        await ear.until(lambda: len(ear.of("anna") or ()) == 3)
    told = {a.subject: (a.is_private, a.location, a.categories) for a in ear.of("anna") or ()}
    assert told == {"": (True, "", ()), "Hemmelig Personal": (False, "Skjult", ("Privat",))}
    said = repr(ear.heard) + caplog.text
    assert "Hemmelig Private" not in said
    assert "Hemmelig Confidential" not in said


async def test_all_day_appointments_last_from_midnight_to_midnight_of_the_house(
    server: ExchangeEmulator,
) -> None:
    settings = parse_settings(settings_for(server))
    today = datetime.fromtimestamp(time.time(), settings.home).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    start = today + timedelta(days=1)
    end = start + timedelta(days=2)
    server.organisation.put(
        ANNA,
        Item(
            subject="Kursus", start=start, end=end, is_all_day=True, show_as="OOF", zone="Europe/Copenhagen"
        ),
    )
    async with reading(server) as (_, ear):
        await ear.until(lambda: ear.of("anna"))
    (told,) = ear.of("anna") or ()
    assert (told.start, told.end, told.is_all_day) == (start.timestamp(), end.timestamp(), True)


async def test_where_details_are_closed_times_are_told(server: ExchangeEmulator) -> None:
    house = server.organisation
    for address in (ANNA, BO):
        house.put(address, meeting("Lønsamtale", show_as="OOF"))
    house.mailboxes[BO].readers = {PLAIN.name: Right.DETAILS}
    async with reading(server, user=PLAIN.name, impersonation=False) as (_, ear):
        await ear.until(lambda: ear.of("anna") and ear.of("bo"))
        assert [(a.subject, a.show_as) for a in ear.of("anna") or ()] == [("", ShowAs.OOF)]
        assert ear.subjects("bo") == ["Lønsamtale"]
    assert ear.lights == [(SourceState.UP, None)]


async def test_free_and_busy_times_alone(server: ExchangeEmulator) -> None:
    server.organisation.put(ANNA, meeting(show_as="WorkingElsewhere"))
    async with reading(server, calendars="free_busy") as (_, ear):
        await ear.until(lambda: ear.of("anna") and ear.of("bo") is not None)
    assert [(a.subject, a.show_as) for a in ear.of("anna") or ()] == [("", ShowAs.WORKING_ELSEWHERE)]
    assert server.service.count("FindItem") == 0


async def test_automatic_replies_are_an_absence(server: ExchangeEmulator) -> None:
    start, end = now().replace(microsecond=0), now().replace(microsecond=0) + timedelta(days=2)
    server.organisation.mailboxes[ANNA].away = Away(state="Scheduled", start=start, end=end)
    server.organisation.mailboxes[BO].away = Away(state="Enabled")
    async with reading(server) as (_, ear):
        await ear.until(lambda: ear.of("anna") and ear.of("bo") is not None)
    (told,) = ear.of("anna") or ()
    assert (told.start, told.end, told.show_as) == (start.timestamp(), end.timestamp(), ShowAs.OOF)
    assert ear.of("bo") == (), "nobody knows when they are back"


async def test_working_hours_come_with_the_times_and_are_told_when_they_are_different(
    server: ExchangeEmulator,
) -> None:
    boxes = server.organisation.mailboxes
    boxes[BO].work = Work(days="Friday", start=22 * 60, end=6 * 60, zone="GMT Standard Time")
    boxes[CARL].free_busy_error = "ErrorMailRecipientNotFound"

    def told(ear: Ear, person: str) -> list[WorkingHours | None]:
        return [e.hours for e in ear.heard if isinstance(e, HoursSet) and e.person == person]

    async with reading(server) as (_, ear):
        await ear.until(lambda: told(ear, "anna") and told(ear, "bo"))
        week = Shift((0, 1, 2, 3, 4), 480, 960)
        assert told(ear, "anna") == [WorkingHours("Europe/Copenhagen", (week,))]
        (night,) = told(ear, "bo")
        assert night is not None
        assert night.shifts == (Shift((4,), 1320, 360),)
        assert ZoneInfo(night.zone).utcoffset(now()) == ZoneInfo("Europe/London").utcoffset(now())
        boxes[BO].work = Work(days="Friday", zone="GMT Standard Time")
        await ear.until(lambda: len(told(ear, "bo")) == 2)
        boxes[ANNA].free_busy_error = "ErrorMailRecipientNotFound"
        await ear.until(lambda: told(ear, "anna")[1:] == [None])
    assert told(ear, "carl") == []


async def test_the_server_tells_of_changes(server: ExchangeEmulator) -> None:
    rare = dict.fromkeys(("calendar_s", "details_s"), 3_600.0)
    house, streams = server.organisation, server.service.subscriptions
    async with reading(server, streaming=True, **rare) as (_, ear):
        await ear.until(lambda: all(ear.of(p.id) is not None for p in PEOPLE))
        assert await asyncio.to_thread(streams.wait_for_connections, 1)
        house.put(ANNA, meeting())
        await ear.until(lambda: ear.subjects("anna") == ["Statusmøde"])
        asked = server.service.count("GetUserAvailability")
        assert asked == 1, "nobody was asked in the meantime"


async def test_notifications_that_were_lost_are_asked_for_again_and_nothing_is_missed(
    server: ExchangeEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.exchange.streams.FIRST_S", 0.05)
    rare = dict.fromkeys(("calendar_s", "details_s"), 3_600.0)
    streams = server.service.subscriptions
    async with reading(server, streaming=True, **rare) as (_, ear):
        await ear.until(lambda: all(ear.of(p.id) is not None for p in PEOPLE))
        assert await asyncio.to_thread(streams.wait_for_connections, 1)
        listeners, server.organisation.listeners = server.organisation.listeners, []
        server.organisation.put(ANNA, meeting())  # nobody tells of it
        server.organisation.listeners = listeners
        streams.forget()
        await ear.until(lambda: ear.subjects("anna") == ["Statusmøde"])


async def test_a_server_that_is_full_is_not_hammered_and_reading_goes_on(server: ExchangeEmulator) -> None:
    house = server.organisation
    full = Trouble(operation="GetStreamingEvents", code="ErrorExceededConnectionCount")
    server.service.troubles.add(full)
    async with reading(server, streaming=True) as (_, ear):
        await ear.until(lambda: all(ear.of(p.id) is not None for p in PEOPLE))
        for n in range(5):
            house.put(ANNA, meeting(f"Nr. {n}", in_hours=n))
            await ear.until(lambda n=n: f"Nr. {n}" in ear.subjects("anna"))  # type: ignore[misc]
        assert full.seen <= 1, "a minute has not passed"
        assert server.service.subscriptions.count <= len(PEOPLE)
    assert ear.lights == [(SourceState.UP, None)]


# ------------------------------------------------------------------ what goes wrong


async def test_half_of_the_mailboxes_fail_and_the_others_are_told(server: ExchangeEmulator) -> None:
    house = server.organisation
    house.put(ANNA, meeting())
    house.put(BO, meeting("Bos"))
    async with reading(server) as (_, ear):
        await ear.until(lambda: ear.of("anna") and ear.of("bo"))
        house.mailboxes[BO].free_busy_error = "ErrorProxyRequestProcessingFailed"
        house.mailboxes[BO].error = "ErrorMailboxStoreUnavailable"
        house.put(ANNA, meeting("Ny", in_hours=2))
        await ear.until(lambda: "Ny" in ear.subjects("anna") and ear.key() == "mailboxes_failed")
        message = ear.lights[-1][1]
        assert message is not None
        assert (message.params["count"], message.params["of"], message.params["address"]) == (1, 3, BO)
        assert ear.subjects("bo") == ["Bos"], "what was known stays"
        await ear.until(lambda: ear.is_old("bo"))
        assert not ear.is_old("anna")
        house.mailboxes[BO].free_busy_error = house.mailboxes[BO].error = ""
        await ear.until(lambda: ear.lights[-1] == (SourceState.UP, None))
        assert not ear.is_old("bo")


async def test_a_refused_password_is_said_and_mended(
    server: ExchangeEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reception.light.MENDED_BY_HAND_S", 0.1)
    server.organisation.put(ANNA, meeting())
    async with reading(server) as (_, ear):
        await ear.until(lambda: ear.of("anna"))
        caller = server.organisation.callers[SERVICE.name.lower()]
        caller.password, before = "en anden", caller.password
        try:
            await ear.until(lambda: ear.lights[-1][0] is SourceState.NEEDS_SIGN_IN)
            assert ear.key() == "wrong_password"
            assert ear.subjects("anna") == ["Statusmøde"]
        finally:
            caller.password = before
        server.organisation.put(ANNA, meeting("Ny", in_hours=2))
        await ear.until(lambda: "Ny" in ear.subjects("anna"))
        assert ear.lights[-1] == (SourceState.UP, None)


@pytest.mark.parametrize(
    ("trouble", "key"),
    [
        (Trouble(status=503, retry_after_s=2), "exchange_busy"),
        (Trouble(code="ErrorServerBusy", back_off_ms=1500), "exchange_busy"),
        (Trouble(is_malformed=True), "exchange_malformed"),
        (Trouble(status=502), "exchange_malformed"),
    ],
)
async def test_what_fails_for_everybody_is_said_and_gets_well(
    server: ExchangeEmulator,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Trouble,
    key: str,
) -> None:
    monkeypatch.setattr("reception.light.FIRST_RETRY_S", 0.1)
    monkeypatch.setattr("services.exchange.trouble.BUSY_S", 0.1)
    server.organisation.put(ANNA, meeting())
    async with reading(server) as (_, ear):
        await ear.until(lambda: ear.of("anna"))
        server.service.troubles.add(trouble)
        await ear.until(lambda: ear.lights[-1][0] is SourceState.DOWN)
        assert ear.key() == key
        assert ear.subjects("anna") == ["Statusmøde"]
        server.service.troubles.clear()
        server.organisation.put(ANNA, meeting("Ny", in_hours=2))
        await ear.until(lambda: "Ny" in ear.subjects("anna"))
        assert ear.lights[-1] == (SourceState.UP, None)


async def test_a_stop_does_not_wait_for_an_answer(server: ExchangeEmulator) -> None:
    gate = threading.Event()
    async with reading(server) as (source, ear):
        await ear.until(lambda: all(ear.of(p.id) is not None for p in PEOPLE))
        asked = source.read_now("anna")
        server.service.troubles.add(Trouble(gate=gate))
        waiting = asyncio.create_task(asked)
        await asyncio.sleep(0)
        began = time.monotonic()
        await source.stop()
        assert time.monotonic() - began < 2.0
        with pytest.raises(ServiceError):
            await waiting
    gate.set()


def certified(folder: Path) -> tuple[ssl.SSLContext, Path]:
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(tls)
    file = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    return tls, file


async def test_a_certificate_of_the_house_and_one_that_nobody_vouches_for(tmp_path: Path) -> None:
    tls, ca_file = certified(tmp_path)
    with exchange(organisation(now), tls=tls) as server:
        server.organisation.put(ANNA, meeting())
        async with reading(server, ca_file=str(ca_file)) as (_, ear):
            await ear.until(lambda: ear.of("anna"))
        async with reading(server) as (_, ear):
            await ear.until(lambda: ear.lights)
            assert ear.lights[-1][0] is SourceState.NEEDS_SETTINGS
            assert ear.key() == "tls_failed"
            message = ear.lights[-1][1]
            assert message is not None
            assert message.params["error"] == "unable to get local issuer certificate"


# ------------------------------------------------------------------ settings and examination


@pytest.mark.parametrize(
    ("wrong", "setting"),
    [
        ({"url": "http://mail.firma.example/EWS/Exchange.asmx"}, "url"),
        ({"url": "mail.firma.example"}, "url"),
        ({"password": " "}, "password"),
        ({"zone": "Europe/Nowhere"}, "zone"),
        ({"ca_file": "/nowhere.pem"}, "ca_file"),
        ({"calendar_name": "teams"}, "calendar_name"),
        ({"auth": "magic"}, "presence.exchange"),
        ({"auth": "oauth"}, "token_url"),
        ({"auth": "oauth", "token_url": "http://adfs.firma.example/adfs/oauth2/token"}, "token_url"),
        ({"unknown": 1}, "presence.exchange"),
    ],
)
def test_a_wrong_setting_is_named(server: ExchangeEmulator, wrong: dict[str, Any], setting: str) -> None:
    with pytest.raises(ConfigError) as caught:
        create(settings_for(server, **wrong))
    assert caught.value.message.params["setting"] == setting


async def findings(server: ExchangeEmulator, **more: Any) -> list[tuple[str, str]]:
    found: list[Finding] = []
    await examine("presence", settings_for(server, **more), found.append)
    return [(one.what, one.fault.key if one.fault is not None else "") for one in found]


async def test_an_examination_that_finds_all_well(server: ExchangeEmulator) -> None:
    assert await findings(server, sample=ANNA, streaming=True) == [
        ("connection", ""),
        ("clock", ""),
        ("sign-in", ""),
        ("permission ApplicationImpersonation", ""),
        (f"free and busy times of {ANNA}", ""),
        (f"calendar of {ANNA}", ""),
        (f"notifications of {ANNA}", ""),
        (f"automatic replies of {ANNA}", ""),
    ]


async def test_an_examination_says_what_is_missing(server: ExchangeEmulator) -> None:
    assert (await findings(server, password="forkert"))[-1] == ("sign-in", "wrong_password")
    assert ("a mailbox", "exchange_no_sample") in await findings(server)
    found = dict(await findings(server, user=PLAIN.name, sample=ANNA))
    assert found["permission ApplicationImpersonation"] == "exchange_no_impersonation"
    assert found[f"free and busy times of {ANNA}"] == ""
    assert f"calendar of {ANNA}" not in found, "it would say the same again"
    found = dict(await findings(server, user=PLAIN.name, sample=ANNA, impersonation=False))
    assert "permission ApplicationImpersonation" not in found
    assert found[f"calendar of {ANNA}"] == "mailbox_refused"


def test_defaults_are_kind_to_the_server() -> None:
    settings = ExchangeSettings(url="https://mail.firma.example/EWS/Exchange.asmx", user="u", password="p")
    assert settings.connections <= 4
    assert settings.calendar_s >= 60
