"""A meeting in the calendar is seen at the console as it begins; what is private is nowhere but there."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest

from reception.console.disk import open_replica
from reception.console.link import Endpoint
from reception.hub.config import load_config
from reception.hub.opening import tokens_of
from reception.model.intents import SetEntry
from reception.model.lines import StatusKind
from reception.model.presence import CALENDAR, EntryDraft
from reception.presence.port import EXCHANGE
from reception.wire import Result
from services.emulators.graph.calendars import Event
from services.emulators.graph.faults import Fault
from tests.integration.graph_hub import Workplace, at_work, configured, make_quick
from tests.integration.graph_rig import Office, mail_of, office
from tests.integration.hub_rig import Console
from tests.integration.program import program, word_of
from widgets import person_view

ALICE, BOB, CAROL, DORTE = (mail_of(name) for name in ("Alice", "Bob", "Carol", "Dorte"))
SECRETS: Final = ("Blindtarmsoperation", "Rigshospitalet", "Journalnummer", "Fortroligt", "teams-moede-9")
"""Words of what is private: subject, place, body, category, address of the meeting."""
BODY: Final = "Referat-af-dagsorden"
"""The body of a meeting that is not private: nobody asked for it."""
PUBLIC: Final = "Kundebesøg"


def secret(begins_min: float, ends_min: float, sensitivity: str = "private") -> Event:
    now = datetime.now(UTC)
    subject, place, body, category, address = SECRETS
    return Event(
        subject=subject,
        location=place,
        categories=(category,),
        sensitivity=sensitivity,
        start=now + timedelta(minutes=begins_min),
        end=now + timedelta(minutes=ends_min),
        more={
            "bodyPreview": body,
            "body": {"contentType": "text", "content": body},
            "onlineMeeting": {"joinUrl": f"https://teams.example/{address}"},
            "locations": [{"displayName": place}],
        },
    )


def public(begins_min: float, ends_min: float) -> Event:
    now = datetime.now(UTC)
    return Event(
        subject=PUBLIC,
        start=now + timedelta(minutes=begins_min),
        end=now + timedelta(minutes=ends_min),
        more={"bodyPreview": BODY, "body": {"contentType": "text", "content": BODY}},
    )


def fill(run: Office) -> None:
    """Give everybody something private: Carol's mailbox tells times alone, Dorte's details to who asks."""
    run.tenant.meets(ALICE, public(-10, 50))
    run.tenant.meets(ALICE, secret(60, 90))
    run.tenant.meets(BOB, secret(-10, 50, "confidential"))
    run.tenant.meets(DORTE, public(60, 90))
    for mail in (CAROL, DORTE):
        run.tenant.meets(mail, secret(-10, 50))
    dorte = run.tenant.find(DORTE)
    assert dorte is not None
    dorte.shares_details = True
    closed = {run.tenant.id_of(mail) for mail in (CAROL, DORTE)}
    refused = Fault(part="calendarView", status=403, code="ErrorAccessDenied")
    refused.only = lambda asked: asked.parts[1] in closed
    run.graph.faults.add(refused)


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as running:
        yield running


class Wire:
    """A line between console and hub that keeps every byte."""

    def __init__(self, port: int) -> None:
        self.seen = bytearray()
        self._port = port
        self._server: asyncio.Server | None = None
        self._busy: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Wire:
        self._server = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        await asyncio.gather(*self._busy)

    @property
    def url(self) -> str:
        assert self._server is not None
        return f"ws://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", self._port)
        for source, target in ((reader, back), (there, writer)):
            task = asyncio.create_task(self._carry(source, target))
            self._busy.add(task)
            task.add_done_callback(self._busy.discard)

    async def _carry(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while content := await source.read(65_536):
                self.seen += content
                target.write(content)
                await target.drain()
        except ConnectionError:
            pass
        target.close()


def found(word: str, content: bytes) -> bool:
    """Tell whether a word is in what was kept, however it was written down."""
    folded = content.lower()
    forms = (word.lower(), ascii(word)[1:-1].lower())
    return any(form.encode(code) in folded for form in forms for code in ("utf-8", "utf-16-le"))


def files(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for file in folder.rglob("*"):
        if file.is_file():
            yield file, file.read_bytes()


@asynccontextmanager
async def at_desk(url: str, token: str, disk: Path) -> AsyncIterator[Console]:
    async def locate() -> Endpoint:
        return Endpoint(url=url, token=token)

    one = Console(locate, replica=open_replica(disk, "da"))
    await one.session.start()
    try:
        await one.up()
        yield one
    finally:
        await one.session.close(stop_hub=False)


@pytest.mark.parametrize("calendars", ["details", "free_busy"])
async def test_what_is_private_is_in_no_file_no_log_and_not_on_the_wire(
    calendars: str, run: Office, tmp_path: Path
) -> None:
    fill(run)
    hub, disk = tmp_path / "hub", tmp_path / "console"
    config = configured(run, hub, calendars=calendars, schedules_through=ALICE)
    token = tokens_of(load_config(config), hub)["KLJ"]
    async with program(hub, "hub", "--config", str(config), "--data", str(hub)) as process:
        assert "ready" in await process.line()
        async with Wire(word_of(hub).port) as wire, at_desk(wire.url, token, disk) as one:
            replica = one.session.replica
            await one.until(lambda: len(replica.timelines) == 4)
            (bob,) = (p.id for p in replica.people.values() if p.name == "Bob Krogh")
            (private,) = replica.timelines[bob].entries
            draft = EntryDraft(start=private.start, end=private.end, note="Ring til Eva")
            change = SetEntry(person=bob, entry=private.id, draft=draft)
            outcome = await one.outcome(one.session.request(change))
            assert outcome.result is Result.DONE
        process.process.terminate()
        out, err = await process.process.communicate()
    seen = {"wire": bytes(wire.seen), "log": out + err}
    seen |= {f"hub {file}": content for file, content in files(hub)}
    seen |= {f"console {file}": content for file, content in files(disk)}
    for word in (*SECRETS, BODY):
        assert [where for where, content in seen.items() if found(word, content)] == []
    where_it_may_be = [where for where, content in seen.items() if found(PUBLIC, content)]
    assert ("wire" in where_it_may_be) is (calendars == "details"), "what is looked through can be found in"
    assert any(found("Ring til Eva", content) for where, content in seen.items() if where.startswith("hub"))
    assert any(found("Bob Krogh", content) for where, content in seen.items() if where.startswith("console"))


async def test_what_is_private_is_in_no_log_whatever_goes_wrong_and_however_much_is_logged(
    run: Office,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    make_quick(monkeypatch)
    caplog.set_level(logging.DEBUG)
    fill(run)
    async with at_work(run, configured(run, tmp_path / "hub", schedules_through=ALICE)) as place:
        await place.until(lambda: len(place.replica.timelines) == 4)
        for fault in (
            Fault(part="", is_malformed=True),
            Fault(part="", status=500, code="UnknownError"),
        ):
            run.graph.forget_tokens()  # all is told again, as far as it goes
            run.graph.faults.add(fault)
            await place.until(lambda: place.light(EXCHANGE).state == "down")
            run.graph.faults.remove(fault)
            await place.until(lambda: place.light(EXCHANGE).state == "up")
    assert "Bob" not in caplog.text
    assert len(caplog.records) > 10
    for word in (*SECRETS, BODY):
        assert word not in caplog.text


@pytest.mark.requirement("001-07", "001-17", "001-36", "001-37", "001-39")
async def test_a_meeting_is_blue_before_and_red_from_its_start_and_says_where_it_is_from(
    run: Office, tmp_path: Path
) -> None:
    async with at_work(run, configured(run, tmp_path / "hub")) as place:
        await place.until(lambda: place.replica.statuses)
        now = datetime.now(UTC)
        begin = now + timedelta(seconds=3)
        run.tenant.meets(ALICE, Event(subject=PUBLIC, start=begin, end=now + timedelta(hours=1)))
        await place.until(lambda: place.reasons("Alice") == [PUBLIC])
        assert time_left(begin) > 0
        before = card(place, datetime.now(UTC).timestamp())
        assert (before.tone, before.reason, before.origin) == ("future", PUBLIC, CALENDAR)
        status = place.status("Alice")
        assert not status.is_entered
        assert status.next_reason == PUBLIC
        await place.until(lambda: place.status("Alice").is_entered)
        assert abs(time_left(begin)) < 1.0
        after = card(place, datetime.now(UTC).timestamp())
        assert (after.tone, after.reason, after.origin) == ("now", PUBLIC, CALENDAR)
        status = place.status("Alice")
        assert (status.kind, status.origin) == (StatusKind.AWAY, CALENDAR)
        moment = person_view.moment_of(place.replica, datetime.now(UTC).timestamp())
        words = person_view.sentence(status, moment)
        assert (words.word, words.tone, words.origin) == (PUBLIC, "busy", CALENDAR)


def card(place: Workplace, now: float) -> person_view.EntryView:
    """Return what the card of Alice shows."""
    (line,) = person_view.entries(place.replica.timelines[place.person("Alice")], place.replica, now)
    return line


def time_left(begin: datetime) -> float:
    return (begin - datetime.now(UTC)).total_seconds()
