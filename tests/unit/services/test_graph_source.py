"""Teams' words and calendars of a tenant: told when different, kept when silent, each part by itself."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from reception import light
from reception.errors import ServiceError, Unavailable
from reception.model.lines import Shift, WorkingHours
from reception.model.people import Person
from reception.presence.port import (
    EXCHANGE,
    TEAMS,
    CalendarReader,
    CalendarSet,
    HoursSet,
    PresenceEvent,
    SourceSet,
    TeamsSet,
)
from services.graph import client as client_module
from services.graph.settings import PresenceSettings
from services.graph.source import GraphPresence
from tests.unit.services.graph_double import ACCOUNT, error
from tests.unit.services.graph_tenant import Tenant

HOME = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 11, 21, 8, 0, tzinfo=HOME).timestamp()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "FIRST_PAUSE_S", 0.001)
    for name in ("FIRST_RETRY_S", "LONGEST_RETRY_S", "MENDED_BY_HAND_S"):
        monkeypatch.setattr(light, name, 0.02)


def people(*names: str) -> list[Person]:
    return [Person(id=name, name=name, email=f"{name}@Firma.example") for name in names]


def event(key: str, begin: str = "09:00", finish: str = "10:00", **more: Any) -> dict[str, Any]:
    return {
        "id": key,
        "type": "singleInstance",
        "subject": f"Om {key}",
        "start": {"dateTime": f"2026-11-21T{begin}:00.0000000", "timeZone": "UTC"},
        "end": {"dateTime": f"2026-11-21T{finish}:00.0000000", "timeZone": "UTC"},
        **more,
    }


class Ear:
    """What the source says, to be waited for."""

    def __init__(self) -> None:
        self.heard: list[PresenceEvent] = []
        self._more = asyncio.Event()

    def __call__(self, said: PresenceEvent) -> None:
        self.heard.append(said)
        self._more.set()

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                self._more.clear()
                await self._more.wait()

    def words(self, person: str) -> list[tuple[str, str]]:
        found = [e for e in self.heard if isinstance(e, TeamsSet) and e.person == person]
        return [(e.availability, e.activity) for e in found]

    def subjects(self, person: str) -> list[str] | None:
        found = [e.appointments for e in self.heard if isinstance(e, CalendarSet) and e.person == person]
        return [a.subject for a in found[-1]] if found else None

    def lights(self, source: str) -> list[tuple[str, str]]:
        """How a source said it is: the state and the key of the message."""
        return [
            (e.state.value, e.message.key if e.message else "")
            for e in self.heard
            if isinstance(e, SourceSet) and e.source == source
        ]

    def light(self, source: str) -> tuple[str, str]:
        return self.lights(source)[-1] if self.lights(source) else ("", "")


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        self.now += 0.001  # a moment passes whenever somebody looks
        return self.now


@asynccontextmanager
async def listening(
    tenant: Tenant, followed: Sequence[Person], clock: Callable[[], float] | None = None, **more: Any
) -> AsyncIterator[tuple[Ear, GraphPresence]]:
    quick_settings: dict[str, Any] = {
        "zone": "Europe/Copenhagen",
        "watched_s": 0.01,
        "rest_s": 0.02,
        "calendar_s": 0.02,
        "mailbox_s": 0.02,
        "presence_requests": 1_000_000,
    }
    settings = PresenceSettings(microsoft=ACCOUNT, **(quick_settings | more))
    source = GraphPresence(settings, tenant.double.client, clock or Clock())
    ear = Ear()
    source.follow(followed)
    await source.start(ear)
    try:
        yield ear, source
    finally:
        await source.stop()


# ------------------------------------------------------------- Teams


@pytest.mark.requirement("000-27")
async def test_words_come_by_id_and_only_when_they_are_different() -> None:
    tenant = Tenant(["anna", "bo"])
    tenant.presences["id-bo"] = {"availability": "busy", "activity": "inACall"}
    async with listening(tenant, people("anna", "bo"), calendars="off") as (ear, _):
        await ear.until(lambda: ear.words("anna") and ear.words("bo"))
        assert ear.light(TEAMS) == ("up", "")
        tenant.presences["id-anna"] = {"availability": "DoNotDisturb", "activity": "Presenting"}
        await ear.until(lambda: len(ear.words("anna")) == 2)
    assert ear.words("anna") == [("Available", "Available"), ("DoNotDisturb", "Presenting")]
    assert ear.words("bo") == [("Busy", "InACall")]
    assert ear.lights(TEAMS) == [("up", "")]


async def test_what_was_said_before_does_not_come_back() -> None:
    tenant = Tenant(["anna"])
    tenant.presences["id-anna"] = {"availability": "Busy", "activity": "InACall", "sequenceNumber": "A5"}
    async with listening(tenant, people("anna"), calendars="off") as (ear, _):
        await ear.until(lambda: ear.words("anna"))
        tenant.presences["id-anna"] = {"availability": "Away", "activity": "Away", "sequenceNumber": "A4"}
        asked = tenant.asked("getPresences")
        await until(lambda: tenant.asked("getPresences") > asked + 2)
        tenant.presences["id-anna"] = {"availability": "Away", "activity": "Away", "sequenceNumber": "A6"}
        await ear.until(lambda: len(ear.words("anna")) == 2)
    assert ear.words("anna") == [("Busy", "InACall"), ("Away", "Away")]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - requests come to a double that tells nobody
            await asyncio.sleep(0)


async def test_whoever_has_no_account_is_not_spoken_of() -> None:
    tenant = Tenant(["anna"])
    async with listening(tenant, people("anna", "nobody")) as (ear, source):
        await ear.until(lambda: ear.words("anna") and ear.subjects("anna") == [])
        source.follow(people("nobody"))
        await ear.until(lambda: ear.words("anna")[-1] == ("", ""))
    assert ear.words("nobody") == []
    assert ear.subjects("nobody") is None


@pytest.mark.parametrize("status", [400, 404])
async def test_one_whom_the_service_does_not_like_does_not_hide_the_others(status: int) -> None:
    names = [f"p{n}" for n in range(9)]
    tenant = Tenant(names)

    def handler(request: httpx.Request) -> httpx.Response:
        if b"getPresencesByUserId" in request.url.raw_path and b'"id-p4"' in request.content:
            return error(status, "InvalidArgument")
        return usual(request)

    usual, tenant.double.handler = tenant.double.handler, handler
    async with listening(tenant, people(*names), calendars="off") as (ear, _):
        await ear.until(lambda: all(ear.words(n) for n in names if n != "p4"))
        tenant.presences["id-p5"] = {"availability": "Away", "activity": "Away"}
        await ear.until(lambda: len(ear.words("p5")) == 2)
    assert ear.words("p4") == []
    assert ear.lights(TEAMS) == [("up", "")]
    disliked = [r for r in tenant.double.requests if b'"id-p4"' in r.content]
    assert len(disliked) in (4, 5)  # found by halves once, then left alone


async def test_a_service_that_likes_nobody_is_not_well() -> None:
    tenant = Tenant(["anna", "bo"])
    tenant.broken["getPresences"] = lambda: error(400, "InvalidArgument")
    async with listening(tenant, people("anna", "bo"), calendars="off") as (ear, _):
        await ear.until(lambda: ear.light(TEAMS) == ("down", "graph_rejected"))
        asked = tenant.asked("getPresences")
        await until(lambda: tenant.asked("getPresences") > asked + 6)
        assert ear.lights(TEAMS) == [("down", "graph_rejected")]
        tenant.broken.clear()
        await ear.until(lambda: ear.words("anna") and ear.words("bo"))


async def test_those_who_are_waited_for_are_asked_for_more_often() -> None:
    tenant = Tenant(["anna", "bo"])
    async with listening(
        tenant, people("anna", "bo"), calendars="off", people_a_request=1, watched_s=0.01, rest_s=3_600.0
    ) as (ear, source):
        await ear.until(lambda: ear.words("anna") and ear.words("bo"))
        source.watch(frozenset({"bo"}))
        tenant.presences["id-bo"] = {"availability": "Busy", "activity": "InACall"}
        await ear.until(lambda: ear.words("bo")[-1] == ("Busy", "InACall"))


async def test_the_pace_and_its_price_are_told() -> None:
    tenant = Tenant(["anna"])
    async with listening(
        tenant, people("anna"), calendars="off", rest_s=10.0, watched_s=2.0, presence_requests=1_500
    ) as (ear, _):
        await ear.until(lambda: ear.words("anna"))
    (told,) = [e for e in ear.heard if isinstance(e, SourceSet)]
    assert told.note is not None
    assert told.note.params == {"people": 1, "seconds": 10, "requests": 6, "budget": 3_000}


# ------------------------------------------------------------- failures


FAULTS = [
    (error(403), ("needs_settings", "graph_refused")),
    (error(401, "InvalidAuthenticationToken"), ("needs_sign_in", "graph_token_refused")),
    (error(429, headers={"Retry-After": "60"}), ("down", "graph_throttled")),
    (httpx.Response(200, content=b"<html>the proxy says no"), ("down", "graph_malformed")),
    (httpx.Response(200, json={"value": [{"availability": "Busy"}]}), ("down", "graph_malformed")),
]


@pytest.mark.parametrize(("answer", "said"), FAULTS, ids=lambda value: str(value))
async def test_teams_tells_what_is_wrong_and_leaves_calendars_alone(
    answer: httpx.Response, said: tuple[str, str]
) -> None:
    tenant = Tenant(["anna"])
    tenant.broken["getPresences"] = lambda: httpx.Response(
        answer.status_code, content=answer.content, headers=answer.headers
    )
    tenant.change("id-anna", event("m"))
    async with listening(tenant, people("anna")) as (ear, _):
        await ear.until(lambda: ear.light(TEAMS) == said and ear.subjects("anna") == ["Om m"])
        assert ear.light(EXCHANGE) == ("up", "")
        if "throttled" not in said[1]:  # then nobody asks for a minute
            tenant.broken.clear()
            await ear.until(lambda: ear.light(TEAMS) == ("up", "") and ear.words("anna"))
    assert ear.words("anna") in ([], [("Available", "Available")])


async def test_without_the_list_of_accounts_everything_is_silent_and_comes_back() -> None:
    tenant = Tenant(["anna"])
    tenant.broken["$select=id,mail"] = lambda: error(403, "Authorization_RequestDenied")
    async with listening(tenant, people("anna")) as (ear, _):
        await ear.until(lambda: ear.light(TEAMS)[0] and ear.light(EXCHANGE)[0])
        assert ear.light(TEAMS) == ear.light(EXCHANGE) == ("needs_settings", "graph_refused")
        tenant.broken.clear()
        await ear.until(lambda: ear.light(TEAMS) == ear.light(EXCHANGE) == ("up", ""))


# ------------------------------------------------------------- calendars


async def test_appointments_come_over_pages_and_then_as_changes() -> None:
    tenant = Tenant(["anna"])
    tenant.change("id-anna", *(event(f"e{n}", f"{8 + n:02}:00", f"{9 + n:02}:00") for n in range(5)))
    async with listening(tenant, people("anna"), teams=False) as (ear, _):
        await ear.until(lambda: ear.subjects("anna") is not None)
        assert ear.subjects("anna") == [f"Om e{n}" for n in range(5)]
        gone = {"id": "e1", "@removed": {"reason": "deleted"}}
        tenant.change("id-anna", gone, event("e0", subject="Nyt"), event("e0", subject="Nyere"))
        await ear.until(lambda: ear.subjects("anna") == ["Nyere", "Om e2", "Om e3", "Om e4"])
        quiet = len(ear.heard)
        asked = tenant.asked("$batch")
        await until(lambda: tenant.asked("$batch") > asked + 3)
    assert len(ear.heard) == quiet


async def test_a_lost_token_begins_a_new_round() -> None:
    tenant = Tenant(["anna"])
    tenant.change("id-anna", event("a"))
    async with listening(tenant, people("anna"), teams=False) as (ear, _):
        await ear.until(lambda: ear.subjects("anna") == ["Om a"])
        tenant.lost_tokens.add("id-anna")
        tenant.calendars["id-anna"] = [event("b")]  # no change tells of it
        await ear.until(lambda: ear.subjects("anna") == ["Om b"])
    assert ear.lights(EXCHANGE) == [("up", "")]


async def test_a_calendar_is_read_at_once_when_somebody_asks() -> None:
    tenant = Tenant(["anna", "bo", "carl"])
    del tenant.calendars["id-carl"]
    async with listening(tenant, people("anna", "bo", "carl", "nobody"), teams=False, calendar_s=3_600.0) as (
        ear,
        source,
    ):
        assert isinstance(source, CalendarReader)
        await ear.until(lambda: ear.subjects("anna") == [] and ear.subjects("bo") == [])
        tenant.change("id-anna", event("a"))
        assert await source.read_now("anna") == 1
        assert ear.subjects("anna") == ["Om a"]
        assert await source.read_now("carl") is None
        assert await source.read_now("nobody") is None
        tenant.broken["/users/id-bo/"] = lambda: error(403, "ErrorAccessDenied")
        with pytest.raises(ServiceError):
            await source.read_now("bo")
    with pytest.raises(Unavailable):
        await source.read_now("anna")


async def test_who_asks_for_a_calendar_while_the_source_stops_hears_of_it() -> None:
    tenant = Tenant(["anna"])
    async with listening(tenant, people("anna"), teams=False, calendar_s=3_600.0) as (ear, source):
        await ear.until(lambda: ear.subjects("anna") == [])
        asking = asyncio.create_task(source.read_now("anna"))
        await asyncio.sleep(0)
        await source.stop()
        with pytest.raises(Unavailable):
            await asking


async def test_at_midnight_the_window_moves_on() -> None:
    tenant = Tenant(["anna"])
    tomorrow = {"dateTime": "2026-11-22T09:00:00", "timeZone": "UTC"}
    later = {"dateTime": "2026-11-22T10:00:00", "timeZone": "UTC"}
    tenant.change("id-anna", event("a"), event("b", start=tomorrow, end=later))
    clock = Clock()
    async with listening(tenant, people("anna"), clock, teams=False, days_ahead=0) as (ear, _):
        await ear.until(lambda: ear.subjects("anna") == ["Om a"])
        clock.now += 86_400.0
        await ear.until(lambda: ear.subjects("anna") == ["Om b"])


async def test_a_mailbox_that_fails_keeps_what_it_said_and_hides_no_other() -> None:
    tenant = Tenant(["anna", "bo", "carl"])
    for name in ("anna", "bo", "carl"):
        tenant.change(f"id-{name}", event(name))
    async with listening(tenant, people("anna", "bo", "carl"), teams=False) as (ear, _):
        await ear.until(lambda: all(ear.subjects(n) for n in ("anna", "bo", "carl")))
        tenant.broken["/users/id-bo/"] = lambda: error(403, "ErrorAccessDenied")
        await ear.until(lambda: ear.light(EXCHANGE) == ("up", "mailboxes_failed"))
        said = next(e for e in reversed(ear.heard) if isinstance(e, SourceSet)).message
        assert said is not None
        assert said.params == {
            "count": 1,
            "of": 3,
            "address": "bo@firma.example",
            "error": "ErrorAccessDenied",
        }
        tenant.change("id-anna", event("anna", subject="Nyt"))
        await ear.until(lambda: ear.subjects("anna") == ["Nyt"])
        assert ear.subjects("bo") == ["Om bo"]
        tenant.broken.clear()
        await ear.until(lambda: ear.light(EXCHANGE) == ("up", ""))


async def test_when_all_fail_the_source_is_silent() -> None:
    tenant = Tenant(["anna", "bo"])
    async with listening(tenant, people("anna", "bo"), teams=False) as (ear, _):
        await ear.until(lambda: ear.subjects("anna") == [] and ear.subjects("bo") == [])
        tenant.broken["$batch"] = tenant.broken["calendarView"] = lambda: error(503)
        await ear.until(lambda: ear.light(EXCHANGE) == ("down", "graph_failed"))
        tenant.broken.clear()
        await ear.until(lambda: ear.light(EXCHANGE) == ("up", ""))


async def test_a_mailbox_elsewhere_is_not_known_and_no_fault() -> None:
    tenant = Tenant(["anna", "bo"])
    del tenant.calendars["id-bo"]
    async with listening(tenant, people("anna", "bo"), teams=False) as (ear, _):
        await ear.until(lambda: ear.subjects("anna") == [] and ear.light(EXCHANGE) == ("up", ""))
        asked = tenant.asked("$batch")
        await until(lambda: tenant.asked("$batch") > asked + 2)
    assert ear.subjects("bo") is None


async def test_an_appointment_without_sense_is_told_and_left_out() -> None:
    tenant = Tenant(["anna"])
    tenant.change("id-anna", event("a"), event("b", start={"dateTime": "soon", "timeZone": "UTC"}))
    async with listening(tenant, people("anna"), teams=False) as (ear, _):
        await ear.until(lambda: ear.light(EXCHANGE) == ("up", "appointments_unreadable"))
    assert ear.subjects("anna") == ["Om a"]


@pytest.mark.requirement("003-45")
async def test_a_private_appointment_has_no_words_in_anything_that_is_told() -> None:
    tenant = Tenant(["anna"])
    tenant.change(
        "id-anna", event("a", sensitivity="private", subject="Lægen", location={"displayName": "H"})
    )
    async with listening(tenant, people("anna"), teams=False) as (ear, _):
        await ear.until(lambda: ear.subjects("anna") == [""])
    assert "Lægen" not in repr(ear.heard)
    assert "Hospitalet" not in repr(ear.heard)


# ------------------------------------------------------------- free and busy, automatic replies


async def test_free_and_busy_times_come_by_way_of_one_mailbox() -> None:
    tenant = Tenant(["anna", "bo"])
    tenant.schedules["anna@firma.example"] = [
        {"status": "busy", "start": event("x")["start"], "end": event("x")["end"]}
    ]
    async with listening(
        tenant,
        people("anna", "bo"),
        teams=False,
        calendars="free_busy",
        schedules_through="reception@firma.example",
    ) as (ear, _):
        await ear.until(lambda: ear.subjects("anna") == [""])
        await ear.until(lambda: ear.light(EXCHANGE) == ("up", "mailboxes_failed"))  # Bo's is unknown
    assert tenant.asked("calendarView") == 0
    assert tenant.asked("/users/reception@firma.example/calendar/getSchedule") > 0


async def test_those_whose_details_are_refused_are_asked_for_that_way_too() -> None:
    tenant = Tenant(["anna", "bo"])
    tenant.change("id-anna", event("a"))
    tenant.broken["/users/id-bo/calendarView"] = lambda: error(403, "ErrorAccessDenied")
    times = {"start": event("x")["start"], "end": event("x")["end"]}
    tenant.schedules["bo@firma.example"] = [
        {"status": "oof", "subject": "Ferie", "isPrivate": False, **times}
    ]
    async with listening(
        tenant, people("anna", "bo"), teams=False, schedules_through="reception@firma.example"
    ) as (ear, _):
        await ear.until(lambda: ear.subjects("anna") == ["Om a"] and ear.subjects("bo") == ["Ferie"])
        await ear.until(lambda: ear.light(EXCHANGE) == ("up", ""))


def hours_of(ear: Ear) -> list[tuple[str, WorkingHours | None]]:
    return [(e.person, e.hours) for e in ear.heard if isinstance(e, HoursSet) and e.source == EXCHANGE]


async def test_working_hours_are_told_and_again_when_they_are_different() -> None:
    tenant = Tenant(["anna", "bo"])
    usual = {
        "daysOfWeek": ["monday", "friday"],
        "startTime": "08:00:00.0000000",
        "endTime": "16:00:00.0000000",
        "timeZone": {"name": "Romance Standard Time"},
    }
    replies = {"automaticRepliesSetting": {"status": "alwaysEnabled"}}
    tenant.mail_settings["id-anna"] = {"workingHours": usual, **replies}
    early = WorkingHours("Europe/Paris", (Shift((0, 4), 480, 960),))
    async with listening(tenant, people("anna", "bo"), working_hours=True) as (ear, source):
        await ear.until(lambda: hours_of(ear) == [("anna", early)])
        tenant.mail_settings["id-anna"] = {"workingHours": {**usual, "startTime": "09:00:00"}, **replies}
        late = WorkingHours("Europe/Paris", (Shift((0, 4), 540, 960),))
        await ear.until(lambda: hours_of(ear)[1:] == [("anna", late)])
        source.follow(people("bo"))
        await ear.until(lambda: hours_of(ear)[2:] == [("anna", None)])
    assert not [e for e in ear.heard if isinstance(e, TeamsSet) and e.is_out_of_office], "nobody asked for it"


async def test_without_the_setting_working_hours_are_not_told() -> None:
    tenant = Tenant(["anna"])
    zone = {"timeZone": {"name": "UTC"}}
    hours = {"daysOfWeek": ["monday"], "startTime": "08:00", "endTime": "16:00", **zone}
    tenant.mail_settings["id-anna"] = {
        "workingHours": hours,
        "automaticRepliesSetting": {"status": "alwaysEnabled"},
    }
    async with listening(tenant, people("anna"), automatic_replies=True) as (ear, _):
        await ear.until(lambda: [e for e in ear.heard if isinstance(e, TeamsSet) and e.is_out_of_office])
    assert hours_of(ear) == []


async def test_automatic_replies_are_an_absence_until_they_end() -> None:
    tenant = Tenant(["anna"])
    bounds = {"dateTime": "2026-11-21T07:00:00", "timeZone": "UTC"}
    until_then = {"dateTime": "2026-11-25T07:00:00", "timeZone": "UTC"}
    tenant.mail_settings["id-anna"] = {
        "automaticRepliesSetting": {
            "status": "scheduled",
            "scheduledStartDateTime": bounds,
            "scheduledEndDateTime": until_then,
        }
    }
    async with listening(tenant, people("anna"), automatic_replies=True) as (ear, _):
        await ear.until(lambda: ear.subjects("anna") == [""])
        await ear.until(lambda: [e for e in ear.heard if isinstance(e, TeamsSet) and e.is_out_of_office])
        tenant.mail_settings.clear()
        await ear.until(lambda: ear.subjects("anna") == [])
    end = [e for e in ear.heard if isinstance(e, CalendarSet) and e.appointments][-1].appointments[0].end
    assert end == datetime(2026, 11, 25, 7, tzinfo=UTC).timestamp()
