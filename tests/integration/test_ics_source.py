"""Calendars in real files and on a real server: told when different, kept when broken, never written to."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import logging
import os
import ssl
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import trustme

from reception.errors import ConfigError
from reception.model.calendar import Appointment
from reception.model.changes import SourceState
from reception.model.people import Person
from reception.presence.port import CALENDAR_FILES, CalendarSet, PresenceEvent, SourceSet
from services.ics import create, process, source
from services.ics.places import places_of
from services.ics.settings import parse_settings
from services.ics.source import CalendarFiles

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 10, 19, 8, 0, tzinfo=ZONE).timestamp()
DATA = Path(__file__).parents[1] / "data" / "ics"
ANNA = Person(id="p1", name="Anna Friis", email="anna@firma.example", initials="AF")
BO = Person(id="p2", name="Bo Berg", email="bo@firma.example", initials="BB")


def calendar(*subjects: str, day: str = "20261020") -> bytes:
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{subject}\r\nDTSTART:{day}T{8 + n:02}0000Z\r\nDURATION:PT1H\r\n"
        f"SUMMARY:{subject}\r\nEND:VEVENT\r\n"
        for n, subject in enumerate(subjects)
    )
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n".encode()


class Ear:
    """What the source says, to be waited for."""

    def __init__(self) -> None:
        self.heard: list[PresenceEvent] = []
        self._more = asyncio.Event()

    def __call__(self, event: PresenceEvent) -> None:
        self.heard.append(event)
        self._more.set()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not condition():
                self._more.clear()
                await self._more.wait()

    def appointments(self, person: Person = ANNA) -> tuple[Appointment, ...] | None:
        said = [e.appointments for e in self.heard if isinstance(e, CalendarSet) and e.person == person.id]
        return said[-1] if said else None

    def subjects(self, person: Person = ANNA) -> list[str] | None:
        found = self.appointments(person)
        return None if found is None else [a.subject for a in found]

    @property
    def states(self) -> list[tuple[str, str]]:
        """How the source said it is: the state and the key of the message."""
        return [
            (e.state.value, e.message.key if e.message else "")
            for e in self.heard
            if isinstance(e, SourceSet)
        ]

    @property
    def message(self) -> dict[str, str | float]:
        """The parameters of the latest message."""
        told = [e for e in self.heard if isinstance(e, SourceSet)][-1].message
        assert told is not None
        return dict(told.params)


class Clock:
    """UTC seconds that a test sets."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def listening(
    people: Sequence[Person] = (ANNA,), clock: Callable[[], float] | None = None, **settings: Any
) -> AsyncIterator[tuple[Ear, CalendarFiles]]:
    """Start a source on settings and listen to it; it looks at everything all the time."""
    quick = {"zone": "Europe/Copenhagen", "watch_s": 0.05, "refresh_s": 0.05}
    files = CalendarFiles(parse_settings(quick | settings), clock or Clock())
    ear = Ear()
    files.follow(people)
    await files.start(ear)
    try:
        yield ear, files
    finally:
        await files.stop()


# ------------------------------------------------------------------ files


async def test_files_are_found_by_the_pattern_and_told_when_they_are_different(tmp_path: Path) -> None:
    (tmp_path / "anna@firma.example.ics").write_bytes(calendar("Møde"))
    (tmp_path / "p2.ics").write_bytes(calendar("Tur"))
    carl = Person(id="p3", name="Carl")
    async with listening([ANNA, BO, carl], folder=str(tmp_path)) as (ear, _):
        await ear.until(lambda: None not in map(ear.subjects, (ANNA, BO, carl)))
        # Who has no calendar has nothing in it; that is known.
        assert list(map(ear.subjects, (ANNA, BO, carl))) == [["Møde"], ["Tur"], []]
        assert ear.heard[0] == SourceSet(source=CALENDAR_FILES, state=SourceState.UP)
        (tmp_path / "anna@firma.example.ics").write_bytes(calendar("Møde", "Frokost"))
        await ear.until(lambda: ear.subjects() == ["Møde", "Frokost"])
        assert ear.states == [("up", "")]


async def test_capitals_of_an_address_do_not_matter(tmp_path: Path) -> None:
    (tmp_path / "anna@firma.example.ics").write_bytes(calendar("Møde"))
    anna = Person(id="p1", name="Anna", email="Anna@Firma.example")
    async with listening([anna], folder=str(tmp_path)) as (ear, _):
        await ear.until(lambda: ear.subjects() == ["Møde"])


async def test_a_change_within_the_same_tick_of_the_disk_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "p1.ics"
    file.write_bytes(calendar("Tid"))
    before = file.stat()
    clock = Clock()
    clock.now = before.st_mtime
    today = f"{datetime.fromtimestamp(clock.now, ZONE):%Y%m%d}"
    file.write_bytes(calendar("Tid", day=today))
    async with listening(folder=str(tmp_path), clock=clock) as (ear, _):
        await ear.until(lambda: ear.subjects() == ["Tid"])
        with file.open("r+b") as same:
            same.write(calendar("Ord", day=today))
        os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
        await ear.until(lambda: ear.subjects() == ["Ord"])


async def test_people_may_have_several_calendars_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "work.ics").write_bytes(calendar("Møde"))
    (tmp_path / "home.ics").write_bytes(calendar("Kor", day="20261021"))
    own = {"ANNA@firma.example": ["work.ics", "home.ics"], "p2": str(tmp_path / "home.ics")}
    async with listening([ANNA, BO], folder=str(tmp_path), calendars=own) as (ear, _):
        await ear.until(lambda: None not in map(ear.subjects, (ANNA, BO)))
        assert list(map(ear.subjects, (ANNA, BO))) == [["Møde", "Kor"], ["Kor"]]


async def test_a_broken_file_keeps_what_it_said_and_names_its_line(
    tmp_path: Path, expected_logs: Callable[..., None]
) -> None:
    expected_logs("calendar_broken")
    file = tmp_path / "p1.ics"
    file.write_bytes(calendar("Møde"))
    (tmp_path / "p2.ics").write_bytes(calendar("Tur"))
    async with listening([ANNA, BO], folder=str(tmp_path)) as (ear, _):
        await ear.until(lambda: ear.subjects(BO) == ["Tur"] and ear.subjects() == ["Møde"])
        file.write_bytes(calendar("Møde", "Hemmelig")[:-60])
        await ear.until(lambda: ear.states[-1] == ("up", "calendar_broken"))
        assert ear.message == {"file": "p1.ics", "line": 9, "error": "the end is missing"}
        (tmp_path / "p2.ics").write_bytes(calendar("Hjem"))
        await ear.until(lambda: ear.subjects(BO) == ["Hjem"])  # the others go on
        assert ear.subjects() == ["Møde"]
        file.write_bytes(calendar("Møde", "Mere"))
        await ear.until(lambda: ear.states[-1] == ("up", ""))
        assert ear.subjects() == ["Møde", "Mere"]


async def test_a_file_that_is_gone_keeps_what_it_said(
    tmp_path: Path, expected_logs: Callable[..., None]
) -> None:
    expected_logs("calendar_gone")
    for name, subject in (("p1.ics", "Møde"), ("p2.ics", "Tur")):
        (tmp_path / name).write_bytes(calendar(subject))
    async with listening([ANNA, BO], folder=str(tmp_path)) as (ear, _):
        await ear.until(lambda: ear.subjects(BO) == ["Tur"] and ear.subjects() == ["Møde"])
        (tmp_path / "p1.ics").unlink()
        await ear.until(lambda: ear.states[-1] == ("up", "calendar_gone"))
        assert ear.message == {"file": "p1.ics"}
        assert ear.subjects() == ["Møde"]


async def test_a_folder_that_is_away_silences_the_source_and_nothing_is_forgotten(tmp_path: Path) -> None:
    share, elsewhere = tmp_path / "share", tmp_path / "elsewhere"
    share.mkdir()
    (share / "p1.ics").write_bytes(calendar("Møde"))
    async with listening(folder=str(share)) as (ear, _):
        await ear.until(lambda: ear.subjects() == ["Møde"])
        share.rename(elsewhere)
        await ear.until(lambda: ear.states[-1] == ("down", "calendar_gone"))
        (elsewhere / "p1.ics").write_bytes(calendar("Nyt"))
        elsewhere.rename(share)
        await ear.until(lambda: ear.subjects() == ["Nyt"])
        assert ear.states == [("up", ""), ("down", "calendar_gone"), ("up", "")]
        assert [type(e) for e in ear.heard[-2:]] == [SourceSet, CalendarSet]  # UP first, then what is new


async def test_bad_appointments_are_told_and_the_others_are_there(
    tmp_path: Path, expected_logs: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    expected_logs("appointments_skipped")
    caplog.set_level(logging.DEBUG)
    (tmp_path / "p1.ics").write_bytes((DATA / "partly-bad.ics").read_bytes())
    async with listening(folder=str(tmp_path)) as (ear, _):
        await ear.until(lambda: ear.states[-1:] == [("up", "appointments_skipped")])
        assert ear.subjects() == ["Før", "Månemøde", "Efter"]
        assert ear.message == {"file": "p1.ics", "line": 12, "error": "DTSTART cannot be read", "count": 5}
    assert "Hemmelig" not in caplog.text


@pytest.mark.requirement("001-21")
async def test_calendars_are_never_written_to(tmp_path: Path) -> None:
    """Not an octet is different, nor the time of writing; and nothing is laid beside them."""
    names = ["outlook", "exchange-owa", "google", "apple", "thunderbird", "nextcloud"]
    for name in names:
        (tmp_path / f"{name}.ics").write_bytes((DATA / f"{name}.ics").read_bytes())
    before = {
        f.name: (hashlib.sha256(f.read_bytes()).digest(), f.stat().st_mtime_ns) for f in tmp_path.iterdir()
    }
    clock = Clock()
    own = {"p1": [f"{name}.ics" for name in names]}
    async with listening(folder=str(tmp_path), calendars=own, clock=clock) as (ear, files):
        await ear.until(lambda: len(ear.appointments() or ()) > 30)
        clock.now += 86_400.0
        files.follow([ANNA])
        await ear.until(lambda: sum(isinstance(e, CalendarSet) for e in ear.heard) == 2)
    after = {
        f.name: (hashlib.sha256(f.read_bytes()).digest(), f.stat().st_mtime_ns) for f in tmp_path.iterdir()
    }
    assert after == before


async def test_at_midnight_the_window_moves_on(tmp_path: Path) -> None:
    (tmp_path / "p1.ics").write_bytes(
        calendar("I dag", day="20261019").replace(b"END:VCALENDAR\r\n", b"")
        + calendar("Om et par dage", day="20261022").removeprefix(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    )
    clock = Clock()
    async with listening(folder=str(tmp_path), days_ahead=2, clock=clock) as (ear, _):
        await ear.until(lambda: ear.subjects() == ["I dag"])
        clock.now = datetime(2026, 10, 20, 0, 0, 1, tzinfo=ZONE).timestamp()
        await ear.until(lambda: ear.subjects() == ["Om et par dage"])


async def test_calendars_that_cannot_be_read_in_time_are_told_and_hold_nobody_up(
    tmp_path: Path, expected_logs: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    expected_logs("takes too long")
    monkeypatch.setattr(process, "COMMAND", (sys.executable, "-c", "import sys; sys.stdin.buffer.read()"))
    monkeypatch.setattr(source, "PATIENCE_S", 0.2)
    (tmp_path / "p1.ics").write_bytes(calendar("Møde"))
    async with listening([ANNA, BO], folder=str(tmp_path)) as (ear, _):
        await ear.until(lambda: ear.states[-1:] == [("up", "calendar_broken")])
        assert ear.subjects(BO) == []
        assert ear.message == {"file": "p1.ics", "line": 1, "error": "takes too long"}


async def test_it_can_be_started_again(tmp_path: Path) -> None:
    (tmp_path / "p1.ics").write_bytes(calendar("Møde"))
    async with listening(folder=str(tmp_path)) as (ear, files):
        await ear.until(lambda: ear.subjects() == ["Møde"])
        await files.stop()
        await files.stop()
        again = Ear()
        files.follow([ANNA, BO])
        await files.start(again)
        await again.until(lambda: None not in map(again.subjects, (ANNA, BO)))
        assert list(map(again.subjects, (ANNA, BO))) == [["Møde"], []]  # whoever listens now hears all
        assert again.states == [("up", "")]


# ------------------------------------------------------------------ a server


class Server:
    """A calendar server: pages by path, each with a tag; counts what it sent whole."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes] = {}
        self.wanted = ""
        self.status = 200
        self.moved: dict[str, str] = {}
        self.sent: list[str] = []
        self.unchanged = 0
        self.signs_in: list[str] = []
        self.url = ""
        self._server: asyncio.Server | None = None
        self._port = 0
        self._asked = asyncio.Event()

    async def open(self, tls: ssl.SSLContext | None = None) -> None:
        """Listen, on the same port as before."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self._port, ssl=tls)
        self._port = self._server.sockets[0].getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self._port}"

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for what is asked of it."""
        async with asyncio.timeout(20):
            while not condition():
                self._asked.clear()
                await self._asked.wait()

    async def close(self) -> None:
        """Be away."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lines = head.split("\r\n")
            headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:])}
            writer.write(self._answer(lines[0].split()[1], headers))
            await writer.drain()
            self._asked.set()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    def _answer(self, path: str, headers: dict[str, str]) -> bytes:
        self.signs_in.append(headers.get("authorization", ""))
        if self.wanted and headers.get("authorization") != self.wanted:
            return _page(401)
        if path in self.moved:
            return _page(302, Location=self.moved[path])
        if self.status != 200 or path not in self.pages:
            return _page(self.status if self.status != 200 else 404)
        content = self.pages[path]
        tag = f'"{hashlib.sha256(content).hexdigest()[:12]}"'
        if headers.get("if-none-match") == tag:
            self.unchanged += 1
            return _page(304, ETag=tag)
        self.sent.append(path)
        return _page(200, content, ETag=tag)


def _page(status: int, content: bytes = b"", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(content)}", "Connection: close"]
    return "\r\n".join([*lines, *(f"{k}: {v}" for k, v in headers.items()), "", ""]).encode() + content


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setattr(source, "_RETRY_S", 0.05)
    server = Server()
    await server.open()
    yield server
    await server.close()


class Ticking(Clock):
    """A clock that goes on from the tests' moment, since servers are asked by it."""

    def __call__(self) -> float:
        return NOW + asyncio.get_running_loop().time() % 1000.0


async def test_addresses_are_asked_again_and_sent_whole_only_when_different(server: Server) -> None:
    server.pages["/anna.ics"] = calendar("Møde")
    url = f"{server.url}/{{user}}.ics"
    async with listening([ANNA, BO], url=url, clock=Ticking()) as (ear, _):
        await ear.until(lambda: ear.subjects() == ["Møde"] and ear.subjects(BO) == [])
        await server.until(lambda: server.unchanged >= 3)
        assert server.sent == ["/anna.ics"]
        server.pages["/anna.ics"] = calendar("Nyt")
        await ear.until(lambda: ear.subjects() == ["Nyt"])
        server.pages["/bo.ics"] = calendar("Bos")
        await ear.until(lambda: ear.subjects(BO) == ["Bos"])
        assert ear.states == [("up", "")]


async def test_a_server_that_is_away_keeps_everything_and_comes_back(
    server: Server, expected_logs: Callable[..., None]
) -> None:
    expected_logs("unreachable")
    server.pages |= {"/p1": calendar("Møde"), "/p2": calendar("Tur")}
    async with listening([ANNA, BO], url=f"{server.url}/{{id}}", clock=Ticking()) as (ear, _):
        await ear.until(lambda: ear.subjects() == ["Møde"] and ear.subjects(BO) == ["Tur"])
        await server.close()
        await ear.until(lambda: ear.states[-1] == ("down", "unreachable"))
        assert ear.message == {"address": server.url.removeprefix("http://")}
        server.pages["/p2"] = calendar("Hjem")
        await server.open()
        await ear.until(lambda: ear.subjects(BO) == ["Hjem"])
        assert ear.subjects() == ["Møde"]
        assert ear.states[-1] == ("up", "")


async def test_a_calendar_that_vanishes_from_a_server_is_kept(
    server: Server, expected_logs: Callable[..., None]
) -> None:
    expected_logs("calendar_gone")
    server.pages |= {"/p1": calendar("Møde"), "/p2": calendar("Tur")}
    async with listening([ANNA, BO], url=f"{server.url}/{{id}}", clock=Ticking()) as (ear, _):
        await ear.until(lambda: ear.subjects() == ["Møde"] and ear.subjects(BO) == ["Tur"])
        del server.pages["/p1"]
        await ear.until(lambda: ear.states[-1] == ("up", "calendar_gone"))
        assert ear.message == {"file": "127.0.0.1 (p1)"}
        assert ear.subjects() == ["Møde"]


async def test_a_server_in_trouble_is_told_with_what_it_said(
    server: Server, expected_logs: Callable[..., None]
) -> None:
    expected_logs("calendar_refused")
    server.status = 503
    async with listening(url=f"{server.url}/{{id}}", clock=Ticking()) as (ear, _):
        await ear.until(lambda: ear.states == [("down", "calendar_refused")])
        assert ear.message["status"] == 503
        assert ear.appointments() is None  # nothing is known, so nothing is said
        server.pages["/p1"] = calendar("Møde")
        server.status = 200
        await ear.until(lambda: ear.subjects() == ["Møde"])


async def test_a_sign_in_that_is_refused_waits_for_somebody(
    server: Server, expected_logs: Callable[..., None]
) -> None:
    expected_logs("wrong_password")
    server.pages["/p1"] = calendar("Møde")
    server.wanted = "Basic " + base64.b64encode(b"reception:right").decode()
    sign_in = {"user": "reception", "password": "wrong"}
    async with listening(url=f"{server.url}/{{id}}", clock=Ticking(), **sign_in) as (ear, _):
        await ear.until(lambda: ear.states == [("needs_sign_in", "wrong_password")])
        assert ear.message["user"] == "reception"
    async with listening(url=f"{server.url}/{{id}}", **sign_in | {"password": "right"}) as (ear, _):
        await ear.until(lambda: ear.subjects() == ["Møde"])


async def test_a_sign_in_goes_to_its_own_server_alone(server: Server) -> None:
    other = Server()
    await other.open()
    try:
        server.pages["/p1"] = other.pages["/p2"] = other.pages["/p3"] = calendar("Møde")
        server.moved["/p3"] = f"{other.url}/p3"
        own = {"p2": f"{other.url}/p2"}
        people = [ANNA, BO, Person(id="p3", name="Carl")]
        url = f"{server.url}/{{id}}"
        async with listening(people, url=url, token="opens", calendars=own) as (ear, _):
            await ear.until(lambda: all(ear.subjects(person) == ["Møde"] for person in people))
        assert set(server.signs_in) == {"Bearer opens"}
        assert set(other.signs_in) == {""}
    finally:
        await other.close()


async def test_a_certificate_of_the_house_is_trusted_when_it_is_named(
    server: Server, tmp_path: Path, expected_logs: Callable[..., None], caplog: pytest.LogCaptureFixture
) -> None:
    expected_logs("tls_failed")
    caplog.set_level(logging.DEBUG)
    house = trustme.CA()
    house.cert_pem.write_to_path(str(tmp_path / "house.pem"))
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    house.issue_cert("127.0.0.1").configure_cert(tls)
    secure = Server()
    await secure.open(tls)
    try:
        secure.pages["/geheim-123/p1"] = calendar("Møde")
        url = f"{secure.url}/geheim-123/{{id}}"
        async with listening(url=url, clock=Ticking()) as (ear, _):
            await ear.until(lambda: ear.states == [("needs_settings", "tls_failed")])
        async with listening(url=url, ca_file=str(tmp_path / "house.pem")) as (ear, _):
            await ear.until(lambda: ear.subjects() == ["Møde"])
    finally:
        await secure.close()
    own = [record.getMessage() for record in caplog.records if record.levelno >= logging.INFO]
    assert "geheim-123" not in "\n".join(own)  # who has such an address has the calendar


# ------------------------------------------------------------------ settings


@pytest.mark.parametrize(
    ("settings", "setting"),
    [
        ({}, "folder"),
        ({"folder": "x", "files": ["all.ics"]}, "files"),
        ({"folder": "x", "files": ["../{id}.ics"]}, "files"),
        ({"folder": "x", "files": ["/{id}.ics"]}, "files"),
        ({"folder": "x", "files": ["{phone}.ics"]}, "files"),
        ({"url": "https://server/all.ics"}, "url"),
        ({"url": "https://{user}.example/a.ics"}, "url"),
        ({"url": "ftp://server/{id}.ics"}, "url"),
        ({"url": "http://server/{id}.ics", "user": "u", "password": "p"}, "url"),
        ({"url": "https://server/{id}", "user": "u"}, "user"),
        ({"url": "https://server/{id}", "user": "u", "password": "p", "token": "t"}, "token"),
        ({"folder": "x", "token": "t"}, "url"),
        ({"calendars": {"p1": "own.ics"}}, "calendars"),
        ({"folder": "x", "zone": "Mars/Olympus"}, "zone"),
        ({"folder": "x", "name": "telephony"}, "name"),
        ({"folder": "x", "days_ahead": -1}, "presence.ics"),
        ({"folder": "x", "watch_s": 0}, "presence.ics"),
        ({"folder": "x", "foldr": "y"}, "presence.ics"),
        ({"folder": "x", "ca_file": "/none.pem"}, "ca_file"),
    ],
)
def test_a_setting_that_cannot_work_is_named(settings: dict[str, Any], setting: str) -> None:
    with pytest.raises(ConfigError) as told:
        create(settings)
    assert told.value.message.key == "misconfigured"
    assert told.value.message.params["setting"] == setting


async def test_a_certificate_without_sense_is_told_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "bad.pem").write_text("no certificate")
    files = create({"folder": str(tmp_path), "ca_file": str(tmp_path / "bad.pem")})
    with pytest.raises(ConfigError):
        await files.start(Ear())
    await files.stop()


def test_a_person_leads_to_no_file_outside_the_folder() -> None:
    settings = parse_settings({"folder": "/house", "url": "https://server/{id}.ics", "files": ["{id}.ics"]})
    for odd in ("../x", "a/b", "..", ".hidden", "a\\b", "C:x", "a\0b", ""):
        person = Person(id=odd, name="Odd")
        assert [p.where for p in places_of(person, settings) if not p.is_address] == []
    (page,) = places_of(Person(id="a/b?c", name="Odd"), settings)
    assert page.where == "https://server/a%2Fb%3Fc.ics"
