"""Microsoft 365 set up from a console: a real hub as a process, an emulated Microsoft, and what goes over the
line. The secret goes in and never comes out."""

from __future__ import annotations

import asyncio
import base64
import signal
import tomllib
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from websockets.asyncio.client import ClientConnection, connect

from reception.console.api import LinkState
from reception.console.child import ChildHub
from reception.console.link import Endpoint
from reception.errors import Unavailable
from reception.hub.online import DIRECTORY
from reception.model.changes import SourceState
from reception.model.setup import (
    ExamineSetup,
    FindingMade,
    HubRestarts,
    LookAtSetup,
    RestartHub,
    SaveSetup,
    ServiceSetup,
    SetupAnswer,
    SetupAsked,
    SetupExamined,
    SetupRefused,
    SetupSaid,
    SetupSaved,
    SetupShown,
    SetupTask,
    is_last,
)
from reception.presence.port import EXCHANGE, TEAMS
from reception.runtime import read_runtime, runtime_file
from reception.wire import PROTOCOL, Hello, decode_to_console, encode
from services.emulators.graph.tenant import APP_ID, SECRET, TENANT_ID
from tests.house.strict import ExpectLogs
from tests.integration.graph_rig import NAMES, Office, mail_of, office
from tests.integration.hub_rig import Console
from tests.integration.program import Program, environment, program, write_config

CONFIG = """\
# The hub of the firm.
[hub]
name = "Firma"   # shown nowhere
[switch]
backend = "simulator"
[switch.simulator]
numbers = ["201", "202"]
attendant_numbers = ["100", "101"]
[people]
first_import = "people.csv"
[[groups]]
id = "main"
name = "Main"
number = "7000"
# Karin looks after it all.
[[attendants]]
id = "KLJ"
name = "Karin"
number = "100"
groups = ["main"]
administers = true
token_file = "klj.token"
[[attendants]]
id = "MBH"
name = "Mads"
number = "101"
groups = ["main"]
token_file = "mbh.token"
"""
USED = {"teams": "true", "calendars": "details", "direction": "to_telephony"}


class Frames:
    """A bare connection, with all that came over it as it came."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self.heard: list[bytes] = []

    async def ask(self, asked: SetupAsked) -> None:
        """Ask, and listen until the last answer."""
        await self._connection.send(encode(asked), text=True)
        await self._listen(
            lambda frame: (
                isinstance(said := decode_to_console(frame), SetupSaid)
                and said.id == asked.id
                and is_last(said.said)
            )
        )

    async def until(self, words: bytes) -> None:
        """Listen until something is said, if it was not yet."""
        if not any(words in frame for frame in self.heard):
            await self._listen(lambda frame: words in frame)

    async def _listen(self, is_it: Callable[[bytes], bool]) -> None:
        async with asyncio.timeout(60.0):
            while True:
                self.heard.append(await self._connection.recv(decode=False))
                if is_it(self.heard[-1]):
                    return


class House:
    """A hub as a process, and its consoles, which note all that the hub says."""

    def __init__(self, folder: Path, microsoft: Office, running: Program) -> None:
        self.folder = folder
        self.microsoft = microsoft
        self.running = running
        self.heard: list[bytes] = []

    @property
    def config(self) -> Path:
        return self.folder / "reception.toml"

    @property
    def said_in_log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    @property
    def values(self) -> dict[str, str]:
        account = self.microsoft.account()
        return {
            "tenant": TENANT_ID,
            "client_id": APP_ID,
            "authority": account.authority,
            "graph": account.graph,
        }

    @property
    def authority(self) -> str:
        return base64.b64encode(self.microsoft.ca_file.read_bytes()).decode()

    @asynccontextmanager
    async def console(self, who: str) -> AsyncIterator[Console]:
        async def locate() -> Endpoint:
            info = read_runtime(runtime_file(self.folder))
            if info is None:  # it begins again
                raise Unavailable("unreachable", address=str(self.folder))
            return Endpoint(url=info.url, token=f"token-of-{who}")

        one = Console(locate)
        await one.session.start()
        await one.until(lambda: one.session.replica.link is LinkState.UP, timeout_s=30.0)
        try:
            yield one
        finally:
            await one.session.close(stop_hub=False)

    @asynccontextmanager
    async def frames(self, who: str) -> AsyncIterator[Frames]:
        info = read_runtime(runtime_file(self.folder))
        assert info is not None
        async with connect(info.url, compression=None, proxy=None, max_size=None) as connection:
            await connection.send(encode(Hello(protocol=PROTOCOL, token=f"token-of-{who}")), text=True)
            yield Frames(connection)

    async def said(self, one: Console, task: SetupTask) -> Sequence[SetupAnswer]:
        """Ask, and return all answers."""
        answers: asyncio.Queue[SetupAnswer] = asyncio.Queue()
        found: list[SetupAnswer] = []
        one.session.set_up(task, answers.put_nowait)
        async with asyncio.timeout(60.0):
            while not found or not is_last(found[-1]):
                found.append(await answers.get())
        self.heard += [encode(answer) for answer in found]
        return found

    async def save(self, one: Console, **values: str) -> SetupAnswer:
        secrets = {"secret": SECRET, "ca_file": self.authority}
        task = SaveSetup(service="graph", values=self.values | USED | values, secrets=secrets)
        return (await self.said(one, task))[-1]

    async def graph(self, one: Console) -> ServiceSetup:
        (shown,) = await self.said(one, LookAtSetup())
        assert isinstance(shown, SetupShown)
        return next(s for s in shown.services if s.description.service == "graph")


@asynccontextmanager
async def house(tmp_path: Path) -> AsyncIterator[House]:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "reception.toml").write_text(CONFIG, encoding="utf-8")
    lines = ["id;name;number;email"]
    lines += [f"{name[:3]};{name};{201 + n};{mail_of(name)}" for n, name in enumerate(NAMES)]
    (folder / "people.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for who in ("KLJ", "MBH"):
        (folder / f"{who.lower()}.token").write_text(f"token-of-{who}")
    async with office(tmp_path) as microsoft:
        arguments = ("hub", "--config", str(folder / "reception.toml"), "--data", str(folder))
        async with program(tmp_path, *arguments) as running:
            assert "ready" in await running.line()
            found = House(folder, microsoft, running)
            yield found
            if running.process.returncode is None:
                running.process.send_signal(signal.SIGTERM)
            _, log = await running.process.communicate()
            (folder / "log").write_bytes(log)


def findings(said: Sequence[SetupAnswer]) -> dict[str, str]:
    """Return what was looked at, with the key of what is wrong."""
    made = [answer.finding for answer in said if isinstance(answer, FindingMade)]
    return {one.what: one.fault.key if one.fault is not None else "" for one in made}


async def test_examined_saved_and_used_without_a_restart(tmp_path: Path) -> None:
    async with house(tmp_path) as firm, firm.console("KLJ") as one:
        replica = one.session.replica
        assert replica.administers
        assert replica.lacks_presence
        before = await firm.graph(one)
        assert not before.is_used
        assert before.kept == ()
        firm.microsoft.tenant.app.roles.discard("Calendars.Read")
        secrets = {"secret": SECRET, "ca_file": firm.authority}
        task = ExamineSetup(service="graph", values=firm.values | USED, secrets=secrets)
        said = await firm.said(one, task)
        assert said[-1] == SetupExamined(is_well=False)
        found = findings(said)
        assert found["sign-in"] == ""
        assert found["permission Presence.Read.All"] == ""
        assert found["permission Calendars.Read"] == "graph_refused"
        assert firm.config.read_text() == CONFIG, "an examination keeps nothing"
        assert list((firm.folder / "secrets").iterdir()) == []

        firm.microsoft.tenant.app.roles.add("Calendars.Read")
        saved = await firm.save(one)
        assert isinstance(saved, SetupSaved), saved
        assert not saved.needs_restart
        assert Path(saved.backup).read_text() == CONFIG
        for source in (TEAMS, EXCHANGE):
            await one.until(
                lambda s=source: s in replica.sources and replica.sources[s].state is SourceState.UP
            )  # type: ignore[misc]
        await one.until(lambda: replica.statuses["Ali"].teams != "")

        text = firm.config.read_text()
        assert all(line in text for line in CONFIG.splitlines()), "comments and all else stay"
        written = tomllib.loads(text)
        assert written["microsoft"]["tenant"] == TENANT_ID
        assert Path(written["microsoft"]["secret_file"]).stat().st_mode & 0o077 == 0
        assert tomllib.loads((firm.folder / "office.toml").read_text()) == {
            "teams": {"direction": "to_telephony"}
        }
        after = await firm.graph(one)
        assert after.is_used
        assert set(after.kept) == {"secret", "ca_file"}
        assert set(after.sources) == {EXCHANGE, TEAMS}
        assert set(after.good_at) == {EXCHANGE, TEAMS}
        assert after.values["direction"] == "to_telephony"
    assert SECRET.encode() not in b"".join(firm.heard)
    assert SECRET not in firm.said_in_log
    assert SECRET.encode() not in b"".join(f.read_bytes() for f in firm.folder.glob("reception.db*"))
    assert SECRET not in firm.config.read_text()


async def test_no_frame_to_any_console_holds_a_secret_also_not_of_a_failure(tmp_path: Path) -> None:
    async with house(tmp_path) as firm, firm.frames("KLJ") as ours, firm.frames("MBH") as others:
        wrong = "wr0ng-secret-of-ours"
        values = firm.values | USED
        for n, (kind, secret) in enumerate(((ExamineSetup, wrong), (SaveSetup, SECRET), (SaveSetup, wrong))):
            secrets = {"secret": secret, "ca_file": firm.authority}
            await ours.ask(SetupAsked(id=f"{n}", task=kind(service="graph", values=values, secrets=secrets)))
        await ours.ask(SetupAsked(id="look", task=LookAtSetup()))
        await others.until(b"needs_sign_in")
        heard = b"".join((*ours.heard, *others.heard))
        assert b"microsoft_secret_refused" in heard
        for secret in (SECRET, wrong, firm.authority, firm.authority[:200]):
            assert secret.encode() not in heard
    assert wrong not in firm.said_in_log
    assert SECRET not in firm.said_in_log


async def test_a_kept_secret_is_used_again_but_shown_to_no_other_address(tmp_path: Path) -> None:
    async with house(tmp_path) as firm, firm.console("KLJ") as one:
        assert isinstance(await firm.save(one), SetupSaved)
        again = SaveSetup(service="graph", values={"teams": "true", "calendars": "off"})
        saved = (await firm.said(one, again))[-1]
        assert isinstance(saved, SetupSaved), saved
        replica = one.session.replica
        await one.until(lambda: EXCHANGE not in replica.sources and TEAMS in replica.sources)
        await one.until(lambda: replica.sources[TEAMS].state is SourceState.UP)
        stolen = ExamineSetup(service="graph", values={"authority": "https://elsewhere.example"})
        refused = (await firm.said(one, stolen))[-1]
        assert isinstance(refused, SetupRefused)
        assert refused.message.key == "setup_secret_again"


async def test_the_directory_comes_and_goes_without_a_restart(tmp_path: Path) -> None:
    async with house(tmp_path) as firm, firm.console("KLJ") as one:
        saved = await firm.save(one, directory="true")
        assert isinstance(saved, SetupSaved), saved
        replica = one.session.replica
        await one.until(
            lambda: DIRECTORY in replica.sources and replica.sources[DIRECTORY].state is SourceState.UP
        )
        off = SaveSetup(service="graph", values={"directory": "false"})
        assert isinstance((await firm.said(one, off))[-1], SetupSaved)
        await one.until(lambda: DIRECTORY not in replica.sources)
        assert '# [directory]\n# backend = "graph"' in firm.config.read_text()
        assert "Ali" in replica.people


@pytest.mark.parametrize("task", [LookAtSetup(), RestartHub(), SaveSetup(service="graph", values={})])
async def test_who_does_not_administer_sees_and_changes_nothing(tmp_path: Path, task: SetupTask) -> None:
    async with house(tmp_path) as firm, firm.console("MBH") as one:
        assert not one.session.replica.administers
        (refused,) = await firm.said(one, task)
        assert isinstance(refused, SetupRefused)
        assert refused.message.key == "not_administrator"
        assert firm.config.read_text() == CONFIG


async def test_what_cannot_work_is_refused_and_leaves_no_trace(tmp_path: Path) -> None:
    async with house(tmp_path) as firm, firm.console("KLJ") as one:
        nothing = {"teams": "false", "calendars": "off"}
        refused = await firm.save(one, **nothing)
        assert isinstance(refused, SetupRefused)
        assert refused.message.key == "misconfigured"
        missing = await firm.save(one, tenant=" ")
        assert isinstance(missing, SetupRefused)
        assert missing.message.key == "setup_lacks"
        assert firm.config.read_text() == CONFIG
        assert list((firm.folder / "secrets").iterdir()) == []


async def test_a_hub_of_ones_own_is_administered_and_begins_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expected_logs: ExpectLogs
) -> None:
    expected_logs("the hub is away: unreachable")
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    data = tmp_path / "data"
    config = write_config(data)
    hub = ChildHub(data, arguments=["--config", str(config)])
    one = Console(hub.locate, on_closed=hub.on_closed)
    await one.session.start()
    replica = one.session.replica
    await one.until(lambda: replica.link is LinkState.UP, timeout_s=30.0)
    assert replica.administers
    first = hub.pid
    config.write_text(config.read_text().replace('name = "Main"', 'name = "Hovednummer"'))
    said: list[SetupAnswer] = []
    one.session.set_up(RestartHub(), said.append)
    await one.until(lambda: replica.groups["main"].name == "Hovednummer", timeout_s=30.0)
    assert said == [HubRestarts()]
    assert hub.pid != first
    await one.session.close(stop_hub=True)
    errors = (data / "hub-errors.log").read_text()
    assert "Traceback" not in errors


async def test_changes_by_hand_besides_need_a_restart_which_the_hub_offers(
    tmp_path: Path, expected_logs: ExpectLogs
) -> None:
    expected_logs("the hub is away: unreachable")
    async with house(tmp_path) as firm, firm.console("KLJ") as one:
        firm.config.write_text(CONFIG.replace('name = "Main"', 'name = "Hovednummer"'))
        saved = await firm.save(one)
        assert isinstance(saved, SetupSaved)
        assert saved.needs_restart
        assert one.session.replica.groups["main"].name == "Main"
        assert (await firm.said(one, RestartHub()))[-1] == HubRestarts()
        replica = one.session.replica
        await one.until(lambda: replica.groups["main"].name == "Hovednummer", timeout_s=30.0)
        await one.until(lambda: TEAMS in replica.sources and replica.sources[TEAMS].state is SourceState.UP)
