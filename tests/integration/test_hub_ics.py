"""Calendars in files through a real hub to a console: as entries, status, and the light of their source."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from reception.hub.presence_desk import Actor
from reception.model.changes import SourceState
from reception.model.intents import DeleteEntry, SetEntry
from reception.model.lines import StatusKind
from reception.model.presence import CALENDAR, CallHandling, Entry, EntryDraft
from reception.presence.port import CALENDAR_FILES
from reception.wire import Result
from services.ics import create
from services.ics.source import CalendarFiles
from tests.house.strict import ExpectLogs
from tests.integration.hub_rig import Console, ask, console, log_in, raw, running
from tests.integration.test_hub_presence import IDLE

START, END = (round(time.time()) + offset for offset in (-600, 3000))


def calendar(*events: str) -> str:
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{body}END:VCALENDAR\n"


def event(uid: str, subject: str, more: str = "", *, start: int = START, end: int = END) -> str:
    begins, ends = (f"{datetime.fromtimestamp(at, UTC):%Y%m%dT%H%M%SZ}" for at in (start, end))
    return f"UID:{uid}\nDTSTART:{begins}\nDTEND:{ends}\nSUMMARY:{subject}\n{more}"


def source(folder: Path) -> CalendarFiles:
    return create({"folder": str(folder), "watch_s": 0.05})


def entries(one: Console, person: str = "p201") -> tuple[Entry, ...]:
    found = one.session.replica.timelines.get(person)
    return () if found is None else found.entries


@pytest.mark.requirement("001-17")
async def test_appointments_of_a_file_are_entries_and_make_the_status(tmp_path: Path) -> None:
    private = event("2", "Hemmelig", "CLASS:PRIVATE", start=END, end=END + 900)
    free = event("3", "Husk", "TRANSP:TRANSPARENT")
    (tmp_path / "p201.ics").write_text(calendar(event("1", "Kundemøde"), private, free))
    async with running(presence=[source(tmp_path)]) as rig, console(rig) as one:
        rig.switch.say(IDLE)
        await one.until(lambda: len(entries(one)) == 2)
        now, later = entries(one)
        assert (now.reason, now.origin, now.start, now.end) == ("Kundemøde", CALENDAR, START, END)
        assert now.handling is CallHandling.VOICEMAIL
        assert (later.reason, later.is_private) == ("", True)
        status = one.session.replica.statuses["p201"]
        assert (status.kind, status.reason, status.until) == (StatusKind.AWAY, "Kundemøde", END)
        assert status.back_at == END + 900
        assert one.session.replica.sources[CALENDAR_FILES].state is SourceState.UP
        (tmp_path / "p201.ics").write_text(calendar(event("1", "Kundemøde 2", end=END - 60)))
        await one.until(lambda: [e.reason for e in entries(one)] == ["Kundemøde 2"])
        assert entries(one)[0].id == now.id


async def test_a_broken_file_keeps_the_status_and_the_light_says_which(
    tmp_path: Path, expected_logs: ExpectLogs
) -> None:
    expected_logs("calendar_broken")
    (tmp_path / "p201.ics").write_text(calendar(event("1", "Kundemøde")))
    (tmp_path / "p202.ics").write_text(calendar())
    async with running(presence=[source(tmp_path)]) as rig, console(rig) as one:
        rig.switch.say(IDLE)
        await one.until(lambda: len(entries(one)) == 1)
        (tmp_path / "p201.ics").write_text("BEGIN:VCALENDAR\nBEGIN:VEVENT\n")
        replica = one.session.replica
        await one.until(lambda: replica.sources[CALENDAR_FILES].message is not None)
        light = replica.sources[CALENDAR_FILES]
        assert light.state is SourceState.UP
        assert light.message is not None
        assert light.message.params["file"] == "p201.ics"
        assert [e.reason for e in entries(one)] == ["Kundemøde"]


@pytest.mark.requirement("001-46")
@pytest.mark.requirement("001-47")
async def test_what_was_edited_or_deleted_here_stays_so_over_imports_and_the_file_as_it_was(
    tmp_path: Path,
) -> None:
    file = tmp_path / "p201.ics"
    edited, deleted, third = event("1", "Kundemøde"), event("2", "Frisør"), event("3", "Tredje")
    file.write_text(calendar(edited, deleted))
    before = file.read_bytes(), file.stat().st_mtime_ns
    async with running(presence=[source(tmp_path)]) as rig, console(rig) as one, raw(rig) as asking:
        await log_in(asking)
        rig.switch.say(IDLE)
        await one.until(lambda: len(entries(one)) == 2)
        ids = {e.reason: e.id for e in entries(one)}
        draft = EntryDraft(reason="Til møde", start=START, end=END)
        change = SetEntry(person="p201", entry=ids["Kundemøde"], draft=draft)
        assert (await ask(asking, change, "a")).result is Result.DONE
        away = DeleteEntry(person="p201", entry=ids["Frisør"])
        assert (await ask(asking, away, "b")).result is Result.DONE
        await one.until(lambda: [(e.reason, e.origin) for e in entries(one)] == [("Til møde", "KLJ")])
        assert (file.read_bytes(), file.stat().st_mtime_ns) == before
        for n in range(2):  # two more imports, each with something new
            file.write_text(calendar(edited, deleted, third.replace("Tredje", f"Ny {n}")))
            await one.until(lambda n=n: f"Ny {n}" in {e.reason for e in entries(one)})
            assert {e.reason for e in entries(one)} == {"Til møde", f"Ny {n}"}


@pytest.mark.requirement("003-50")
async def test_a_comparison_by_hand_reads_the_calendar_at_once_and_is_remembered(tmp_path: Path) -> None:
    file, alice = tmp_path / "p201.ics", Actor(person="p201")
    file.write_text(calendar(event("1", "Kundemøde")))
    slow = create({"folder": str(tmp_path), "watch_s": 3000.0})
    async with running(presence=[slow]) as rig, console(rig) as one:
        await one.until(lambda: len(entries(one)) == 1)
        assert rig.hub.desk.compared(alice) is None
        file.write_text(calendar(event("1", "Kundemøde"), event("2", "Frokost", start=END, end=END + 900)))
        compared = await rig.hub.desk.compare(alice)
        assert (compared.appointments, compared.failed) == (2, ())
        await one.until(lambda: len(entries(one)) == 2)
        assert rig.store.now.accounts[0].compared == compared
        assert (await rig.hub.desk.compare(Actor(person="p203"))).appointments == 0


async def test_a_comparison_with_a_calendar_that_is_away_says_so(
    tmp_path: Path, expected_logs: ExpectLogs
) -> None:
    folder, alice = tmp_path / "calendars", Actor(person="p201")
    folder.mkdir()
    (folder / "p201.ics").write_text(calendar(event("1", "Kundemøde")))
    slow = create({"folder": str(folder), "watch_s": 3000.0})
    async with running(presence=[slow]) as rig, console(rig) as one:
        await one.until(lambda: len(entries(one)) == 1)
        folder.rename(tmp_path / "away")
        expected_logs("calendar.* is down")
        assert (await rig.hub.desk.compare(alice)).failed == (CALENDAR_FILES,)
        assert len(entries(one)) == 1, "what was known last holds"
