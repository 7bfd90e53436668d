"""Another office file holds at once: for consoles, the web page, entries and rights; a faulty one never."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from reception.console.link import Endpoint
from reception.errors import BadInput
from reception.hub.audience import Circle
from reception.hub.calendars import Calendars
from reception.hub.file_watch import FileWatch
from reception.hub.office_file import default_office, load_office, parse_office
from reception.hub.office_reload import OfficeReload
from reception.hub.office_shape import OfficeSettings
from reception.hub.presence import PresenceSetup
from reception.hub.presence_desk import Actor
from reception.hub.rights import Rights
from reception.hub.web.live import Changes
from reception.model.calendar import Appointment, ShowAs
from reception.model.changes import Source, SourceState
from reception.presence.port import EXCHANGE, CalendarSet
from tests.integration.hub_rig import Console, console, running
from tests.integration.program import environment, program, run, word_of, write_config

KLJ = Actor(attendant="KLJ")
ExpectLogs = Callable[..., None]
TEA = '[[shortcuts]]\nid = "tea"\nlabels = { da = "Te" }\nactivity = "break"\n'
RULE = '[[calendar.rules]]\nsubject = "audit"\nexclude = true\n'
RIGHTS = (
    '[[groups]]\nid = "salg"\nmembers = ["KLJ"]\ndepartments = ["Salg"]\n'
    '[[rights.edit_future]]\nwho = ["salg"]\nwhom = ["everyone"]\n'
)
FAULTY = '[[shortcuts]]\nid = "tea"\nlabels = { da = "Te" }\nactivty = "break"\n'


def office(text: str) -> OfficeSettings:
    return parse_office(text, "office.toml")


def shortcuts(one: Console) -> list[str]:
    return [s.id for s in one.session.replica.office.shortcuts]


def setup(settings: OfficeSettings) -> dict[str, object]:
    return {
        "setup": PresenceSetup(office=settings.office, rules=Calendars(settings)),
        "rights": Rights(circle=Circle(settings)),
    }


# ------------------------------------------------------------------ the hub


async def test_words_and_shortcuts_reach_consoles_and_pages_at_once() -> None:
    before = default_office()
    async with running(**setup(before)) as rig, console(rig) as one:
        pages = Changes(rig.hub.desk)
        seen = pages.version
        await rig.hub.use_office(office(TEA), before)
        await one.until(lambda: shortcuts(one) == ["tea"])
        assert rig.hub.desk.office_for(KLJ).shortcuts[0].id == "tea"
        async with asyncio.timeout(5):
            stream = pages.stream(seen, ["p201"], is_welcome=lambda: True)
            told = [await anext(stream), await anext(stream)]
        assert b'"people": ["*"]' in told[1], "everybody's part of a page is asked for again"
        await stream.aclose()
        pages.close()
        async with console(rig) as late:
            assert shortcuts(late) == ["tea"]


async def test_appointments_are_read_by_the_new_rules_and_back() -> None:
    before, excluding = default_office(), office(RULE)
    async with running(**setup(before)) as rig, console(rig) as one:
        now = rig.hub._clock()
        audit = Appointment(id="a", subject="Audit", start=now - 60, end=now + 3600, show_as=ShowAs.BUSY)
        rig.hub._presence.on_event(CalendarSet(source=EXCHANGE, person="p201", appointments=(audit,)))
        timelines = one.session.replica.timelines
        await one.until(lambda: "p201" in timelines)
        await rig.hub.use_office(excluding, before)
        await one.until(lambda: not timelines["p201"].entries if "p201" in timelines else True)
        await rig.hub.use_office(before, excluding)
        await one.until(lambda: "p201" in timelines and bool(timelines["p201"].entries))


@pytest.mark.requirement("002-059")
async def test_who_may_not_change_entries_any_more_is_told_so_for_everybody() -> None:
    before = default_office()
    async with running(**setup(before)) as rig, console(rig, "MBH") as one, console(rig) as other:
        assert dict(one.session.replica.timelines) == {}
        await rig.hub.use_office(office(RIGHTS), before)
        timelines = one.session.replica.timelines
        await one.until(lambda: len(timelines) == 3)
        assert all(t.is_locked and not t.entries for t in timelines.values())
        assert dict(other.session.replica.timelines) == {}
        newcomer = replace(rig.store.people[0], id="p209", numbers=())
        await rig.hub.directory.replace_colleagues([newcomer])
        await one.until(lambda: "p209" in timelines)
        assert timelines["p209"].is_locked
        async with console(rig, "MBH") as late:
            assert late.session.replica.timelines["p209"].is_locked
        await rig.hub.use_office(before, office(RIGHTS))
        await one.until(lambda: "p209" not in timelines)


async def test_a_console_that_was_away_meanwhile_is_told_everything() -> None:
    before = default_office()
    async with running(**setup(before)) as rig:
        async with console(rig, "MBH") as one:
            have = one.session.replica.have
        assert rig.hub.broadcast._log.since(have) is not None
        await rig.hub.use_office(office(RIGHTS), before)
        assert rig.hub.broadcast._log.since(have) is None


# ------------------------------------------------------------------ the file


class Reload:
    """A file, and who hears of it."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "office.toml"
        self.used: list[OfficeSettings] = []
        self.sources: list[Source] = []
        self.has_used = asyncio.Event()
        self.has_source = asyncio.Event()
        self.office = OfficeReload(
            self.file,
            default_office(),
            load=load_office,
            use=self._use,
            on_source=self._hear,
            clock=lambda: 7.0,
        )

    async def _use(self, settings: OfficeSettings, before: OfficeSettings) -> None:
        self.used.append(settings)
        self.has_used.set()

    def _hear(self, source: Source) -> None:
        self.sources.append(source)
        self.has_source.set()


async def test_a_faulty_file_changes_nothing_and_has_a_light_until_it_is_in_order(
    tmp_path: Path, expected_logs: ExpectLogs, caplog: pytest.LogCaptureFixture
) -> None:
    expected_logs("the office file has faults")
    one = Reload(tmp_path)
    one.file.write_text(TEA)
    assert await one.office.reload()
    assert not await one.office.reload(), "it is as it was"
    one.file.write_text(FAULTY)
    for _ in range(2):
        with pytest.raises(BadInput, match="unknown setting activty"):
            await one.office.reload()
    assert len(one.used) == 1
    (source,) = one.sources
    assert (source.id, source.state) == ("office", SourceState.NEEDS_SETTINGS)
    assert source.message is not None
    assert source.message.key == "office_file_faulty"
    assert str(source.message.params["error"]).startswith("4: [[shortcuts]] 1: unknown setting activty.")
    assert sum("has faults" in r.message for r in caplog.records) == 1, "told once"
    one.file.write_text(TEA)
    assert not await one.office.reload()
    assert one.sources[-1].state is SourceState.UP
    one.file.unlink()
    with pytest.raises(BadInput, match="no such file"):
        await one.office.reload()
    assert len(one.used) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
@pytest.mark.parametrize("is_replaced", [False, True])
async def test_a_file_that_was_written_is_read_by_itself(tmp_path: Path, is_replaced: bool) -> None:
    one = Reload(tmp_path)
    watch = FileWatch(one.file, one.office.on_file)
    assert watch.start()
    try:
        (tmp_path / "another.toml").write_text("x")
        target = tmp_path / "aside" if is_replaced else one.file
        target.write_text(TEA)
        if is_replaced:
            target.rename(one.file)
        async with asyncio.timeout(10):
            await one.has_used.wait()
        assert [s.id for s in one.used[0].office.shortcuts] == ["tea"]
    finally:
        watch.stop()
        await one.office.stop()


@pytest.mark.skipif(sys.platform != "linux", reason="inotify is Linux's")
async def test_a_folder_that_is_not_there_is_not_watched(tmp_path: Path) -> None:
    watch = FileWatch(tmp_path / "none" / "office.toml", lambda: None)
    assert not watch.start()
    watch.stop()


# ------------------------------------------------------------------ the program


async def test_the_program_takes_another_office_file_by_itself_by_command_and_by_signal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = tmp_path / "data"
    write_config(house)
    for name, value in environment(house).items():
        monkeypatch.setenv(name, value)
    where, file = ["--data", str(house)], house / "office.toml"
    none = await run(house, "hub", "reload", *where)
    assert (none.code, "no hub is running" in none.err) == (1, True)
    async with program(house, "hub", *where) as hub:
        await hub.line()
        info, token = word_of(house), (house / "tokens" / "KLJ.token").read_text().strip()

        async def locate() -> Endpoint:
            return Endpoint(url=info.url, token=token)

        one = Console(locate)
        await one.session.start()
        await one.up()
        file.write_text(FAULTY)
        faulty = await run(house, "hub", "reload", *where)
        assert faulty.code == 2
        assert "office.toml:4: [[shortcuts]] 1: unknown setting activty" in faulty.err
        sources = one.session.replica.sources
        await one.until(lambda: "office" in sources and sources["office"].message is not None)
        file.write_text(TEA)
        done = await run(house, "hub", "reload", *where)
        assert (done.code, done.err) == (0, "")
        await one.until(lambda: shortcuts(one) == ["tea"])
        await one.until(lambda: sources["office"].state is SourceState.UP)
        file.write_text(TEA.replace("tea", "coffee"))
        if sys.platform != "win32":
            hub.process.send_signal(signal.SIGHUP)
        await one.until(lambda: shortcuts(one) == ["coffee"])
        await one.session.close(stop_hub=False)
