"""The hub as a process: it begins, is killed, begins again where it was, and ends in order."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reception.console.api import LinkState
from reception.console.child import ChildHub
from reception.console.replica import Replica
from reception.console.session import ConsoleSession
from reception.errors import ConfigError
from reception.hub.lock import DataLock
from reception.model.attendants import DeskState, Readiness
from reception.model.calls import Call, CallbackRequest, CallerId, Direction, Place
from reception.model.changes import SourceState
from reception.model.intents import HangUp, SetGroups, SetReadiness
from reception.model.lines import StatusKind
from reception.model.stored import Batch
from reception.runtime import FAILED, READY, read_runtime, restart_file, runtime_file, write_private
from reception.wire import Result
from services.store import create_sqlite
from tests.house.strict import ExpectLogs
from tests.integration.hub_rig import Console
from tests.integration.program import environment, program, word_of, write_config
from tests.integration.talking import LONG_S, talk_to_somebody


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with a configuration; whatever hub is left in it at the end is killed."""
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    data = tmp_path / "data"
    write_config(data)
    yield data
    info, lock = read_runtime(runtime_file(data)), DataLock(data)
    if info is not None and not lock.acquire():  # it lives: a dead hub's lock is free
        os.kill(info.pid, signal.SIGKILL)
    lock.release()


class Home:
    """A console with a hub of its own."""

    def __init__(self, data: Path, *arguments: str) -> None:
        self.hub = ChildHub(data, arguments=arguments or ["--config", str(data / "reception.toml")])
        self.console = Console(self.hub.locate, on_closed=self.hub.on_closed)
        self.session: ConsoleSession = self.console.session

    async def open(self) -> None:
        await self.session.start()
        await self.console.until(lambda: self.session.replica.link is LinkState.UP, timeout_s=30.0)

    async def crash(self) -> None:
        """Vanish without a goodbye."""
        link = self.session._link
        assert link is not None
        assert link._connection is not None
        link._connection.transport.abort()
        await link._end_task()


def callback_entry() -> Call:
    return Call(
        id="c1",
        direction=Direction.IN,
        party=CallerId(number="+4533112233"),
        leg=None,
        place=Place.QUEUED,
        arrived_at=1.0,
        since=1.0,
        group="main",
        callback=CallbackRequest(number="+4533112233", asked_at=1.0),
    )


async def store_callback(data: Path) -> None:
    store = await create_sqlite({"path": str(data / "reception.db")})
    await store.save(Batch(calls=(callback_entry(),)))
    await store.close()


# ------------------------------------------------------------------ child mode


async def test_a_console_starts_its_hub_and_ends_it_when_it_closes(house: Path) -> None:
    home = Home(house)
    await home.open()
    info = word_of(house)
    assert info.pid == home.hub.pid
    assert home.session.replica.me == "KLJ"
    await home.session.close(stop_hub=True)
    assert home.hub._process is not None
    await home.hub._process.wait_ended(10.0)
    assert home.hub._process._process.poll() == 0
    assert read_runtime(runtime_file(house)) is None


async def test_after_a_crash_of_the_console_the_hub_goes_on_and_is_found_again(house: Path) -> None:
    first = Home(house)
    await first.open()
    request = first.session.request(SetReadiness(readiness=Readiness.READY))
    await first.console.outcome(request)
    before = word_of(house)
    await first.crash()
    second = Home(house)
    await second.open()
    assert second.hub.pid is None  # none was started
    assert word_of(house) == before
    assert second.session.replica.attendants["KLJ"].readiness is Readiness.READY
    await second.session.close(stop_hub=True)


async def test_two_consoles_that_start_at_once_share_one_hub(house: Path, expected_logs: ExpectLogs) -> None:
    expected_logs("the hub is away")  # for whoever was second and asked too early
    homes = [Home(house), Home(house)]
    await asyncio.gather(*(home.open() for home in homes))
    assert len({home.session.replica.epoch for home in homes}) == 1
    await homes[0].session.close(stop_hub=True)
    await homes[1].console.until(lambda: homes[1].session.replica.link is LinkState.UP)
    request = homes[1].session.request(SetGroups(groups=()))
    assert (await homes[1].console.outcome(request)).result is Result.DONE  # not ended under the other
    await homes[1].session.close(stop_hub=True)


async def test_a_killed_hub_is_started_again_and_knows_callbacks_and_log_ins(
    house: Path, expected_logs: ExpectLogs
) -> None:
    expected_logs("the hub is away")
    await store_callback(house)
    home = Home(house)
    await home.open()
    replica = home.session.replica
    await home.console.until(lambda: "c1" in replica.calls)
    request = home.session.request(SetReadiness(readiness=Readiness.PAUSED))
    await home.console.outcome(request)
    before = word_of(house)
    os.kill(before.pid, signal.SIGKILL)
    await home.console.until(lambda: replica.epoch not in ("", before.epoch), timeout_s=30.0)
    assert word_of(house).pid != before.pid
    assert replica.calls["c1"].is_callback_entry
    assert replica.calls["c1"].arrived_at == 1.0
    assert replica.attendants["KLJ"].readiness is Readiness.PAUSED
    await home.session.close(stop_hub=True)


async def test_a_child_without_any_console_ends_by_itself(house: Path) -> None:
    config = write_config(house, idle_exit_s=0.3)
    await store_callback(house)  # a promise to ring back holds no hub
    async with program(house, "hub", "--child", "--config", str(config), "--data", str(house)) as child:
        assert await child.line() == READY
        assert await child.ended() == 0
    assert read_runtime(runtime_file(house)) is None


async def test_a_hub_that_cannot_start_tells_its_console_why(house: Path, expected_logs: ExpectLogs) -> None:
    expected_logs("the hub cannot be used")
    config = house / "reception.toml"
    config.write_text(config.read_text().replace("idle_exit_s", "idle_exit"))
    home = Home(house)
    await home.session.start()
    replica = home.session.replica
    await home.console.until(lambda: replica.link is LinkState.REFUSED, timeout_s=30.0)
    assert replica.link_message is not None
    assert "unknown setting idle_exit. Did you mean idle_exit_s?" in str(replica.link_message.params["error"])
    await home.session.close(stop_hub=True)


async def test_a_receptionist_the_hub_does_not_know_is_told_who_there_is(house: Path) -> None:
    arguments = ["--config", str(house / "reception.toml")]
    hub = ChildHub(house, arguments=arguments, attendant="XYZ")
    with pytest.raises(ConfigError) as wrong:
        await hub.locate()
    assert wrong.value.message.params["error"] == "the hub has no receptionist XYZ; it has: KLJ"


def looks_as_pictured(replica: Replica) -> None:
    alice = replica.statuses["alh"]
    assert (alice.kind, alice.reason, alice.origin) == (StatusKind.BUSY, "Leverandørmøde", "OL")
    assert alice.teams == "Busy"
    holger, mette = replica.statuses["hob"], replica.statuses["meh"]
    assert not holger.is_entered
    for person, reason in (("alh", "Status"), ("hob", "Kundemøde")):  # late at night that is tomorrow's
        assert reason in [entry.reason for entry in replica.timelines[person].entries]
    assert (mette.is_entered, mette.reason, mette.origin) == (True, "Frokost", "WEB")


async def test_the_demonstration_is_an_office_with_calls_and_a_receptionist_who_is_ready(house: Path) -> None:
    home = Home(house, "--demo", "--speed", "20")
    await home.open()
    replica = home.session.replica
    await home.console.until(lambda: len(replica.people) >= 2_300, timeout_s=LONG_S)
    assert {g.number for g in replica.groups.values()} == {"7000", "7001", "7002"}
    karin = replica.attendants["KLJ"]
    assert (karin.name, karin.number) == ("Karin Lund Jensen", "100")
    assert karin.readiness is Readiness.READY
    assert set(karin.groups) == set(replica.groups)
    await home.console.until(lambda: replica.calls, timeout_s=LONG_S)
    await home.console.until(
        lambda: {StatusKind.FREE, StatusKind.BUSY} <= {s.kind for s in replica.statuses.values()},
        timeout_s=LONG_S,
    )
    await home.console.until(lambda: len(replica.timelines) > 1_500, timeout_s=LONG_S)
    (vip, *_) = (replica.people[p] for p in replica.find("vip", 10).ids)
    assert (vip.company, vip.contact) == ("Nordhavn Logistik A/S", "vip")
    looks_as_pictured(replica)
    await home.console.until(
        lambda: {replica.sources[s].state for s in ("telephony", "teams", "exchange")} == {SourceState.UP},
        timeout_s=LONG_S,
    )
    await home.console.until(lambda: replica.sources["teams"].note is not None, timeout_s=LONG_S)
    asked = replica.sources["teams"].note
    assert (asked.key, asked.params["people"], asked.params["requests"]) == ("graph_pace", 60, 6)
    await home.console.until(lambda: replica.sources["exchange"].message is None, timeout_s=LONG_S)
    looks_as_pictured(replica)  # now by way of the emulated Microsoft 365
    await talk_to_somebody(home.console)
    await home.console.until(lambda: replica.day.answered >= 1, timeout_s=LONG_S)
    request = home.session.request(SetReadiness(readiness=Readiness.PAUSED))
    await home.console.outcome(request)
    await home.session.close(stop_hub=True)
    assert home.hub._process is not None
    await home.hub._process.wait_ended(LONG_S)
    again = Home(house, "--demo", "--speed", "20")
    await again.open()
    assert again.session.replica.attendants["KLJ"].readiness is Readiness.READY  # it starts afresh
    await again.session.close(stop_hub=True)


async def test_a_demonstration_that_an_installer_ends_goes_on_with_its_calls(house: Path) -> None:
    home = Home(house, "--demo")
    await home.open()
    replica = home.session.replica
    talk = await talk_to_somebody(home.console)
    waiting = {c.id for c in replica.calls.values() if c.place is Place.QUEUED}
    write_private(restart_file(house), "{}")  # as `reception quit --for-restart` does
    await home.session.close(stop_hub=True)
    assert home.hub._process is not None
    await home.hub._process.wait_ended(LONG_S)

    restart_file(house).unlink()  # as `reception restart` does
    again = Home(house, "--demo")
    await again.open()
    replica = again.session.replica
    now = replica.calls[talk.id]
    assert (now.place, now.owner, now.leg, now.party) == (Place.TALKING, "KLJ", talk.leg, talk.party)
    assert waiting <= set(replica.calls)
    assert replica.attendants["KLJ"].desk is DeskState.UP
    again.session.request(HangUp(call=talk.id))
    await again.console.until(lambda: talk.id not in replica.calls, timeout_s=LONG_S)
    await again.session.close(stop_hub=True)
    assert again.hub._process is not None
    await again.hub._process.wait_ended(LONG_S)

    anew = Home(house, "--demo")
    await anew.open()
    assert not waiting & set(anew.session.replica.calls), "one that somebody closed begins anew"
    await anew.session.close(stop_hub=True)


# ------------------------------------------------------------------ as a server


async def test_a_hub_ends_in_order_on_a_signal(house: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("signals are for POSIX; on Windows the console's goodbye ends a hub")
    async with program(house, "hub", "--data", str(house)) as hub:
        assert (await hub.line()).startswith("reception hub is ready at ws://127.0.0.1:")
        info = word_of(house)
        assert info.tokens == {}  # a shared hub lets nobody in by its runtime file
        hub.process.send_signal(signal.SIGTERM)
        assert await hub.ended() == 0
    assert read_runtime(runtime_file(house)) is None


async def test_a_second_hub_on_the_same_data_says_so_and_leaves_the_first_alone(house: Path) -> None:
    async with program(house, "hub", "--data", str(house)) as first:
        await first.line()
        before = word_of(house)
        async with program(house, "hub", "--data", str(house)) as second:
            assert await second.ended() == 1
        async with program(house, "hub", "--child", "--data", str(house)) as third:
            assert await third.line() == "already running"
            assert await third.ended() == 0
        assert word_of(house) == before


async def test_a_taken_port_is_named(house: Path) -> None:
    async with program(house, "hub", "--data", str(house)) as first:
        await first.line()
        text = (house / "reception.toml").read_text()
        other = house.parent / "other"
        other.mkdir()
        taken = f'[hub]\nlisten = "127.0.0.1:{word_of(house).port}"'
        (other / "reception.toml").write_text(text.replace("[hub]", taken, 1))
        async with program(other, "hub", "--child", "--data", str(other)) as second:
            assert (await second.line()).startswith(f"{FAILED}: ")
            assert await second.ended() == 2


async def test_the_hubs_own_log_has_no_callers_numbers(house: Path) -> None:
    home = Home(house)
    await home.open()
    await home.session.close(stop_hub=True)
    text = (house / "hub.log").read_text(encoding="utf-8")
    assert "is ready at" in text
    assert (house / "hub-errors.log").read_text(encoding="utf-8") == ""
