"""The web page of a real hub process: accounts by the command line, and the way to the console."""

from __future__ import annotations

import asyncio
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from msgspec.structs import replace

from reception.console.link import Endpoint
from reception.console.replica import Replica
from reception.errors import BadInput
from reception.hub.config import parse_config
from reception.hub.config_shape import WebPageSettings
from reception.hub.opening import check_parts
from reception.hub.web.opening import address_of
from reception.model.intents import DeleteEntry, SetEntry
from reception.model.presence import Entry, EntryDraft
from reception.wire import Result
from tests.integration.hub_rig import Console
from tests.integration.program import Program, environment, program, run, word_of, write_config
from tests.integration.web_rig import token_in

PEOPLE = "id;name;initials;number\nalice;Alice Andersen;AA;201\nbent;Bent Berg;BB;202\n"
PASSWORD = "correct horse battery"


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Return the data folder of a hub with a page."""
    data = tmp_path / "data"
    config = write_config(data)
    csv = data / "people.csv"
    csv.write_text(PEOPLE, encoding="utf-8")
    page = '[web]\nlisten = "127.0.0.1:0"\n[people]\nfirst_import = "people.csv"\n'
    config.write_text(config.read_text() + page, encoding="utf-8")
    return data


@asynccontextmanager
async def hub(house: Path) -> AsyncIterator[Program]:
    async with program(house, "hub", "--data", str(house)) as running:
        assert (await running.line()).startswith("reception hub is ready")
        yield running
        running.process.terminate()
        assert await running.ended() == 0


async def account(house: Path, *arguments: str) -> Any:
    return await run(house, "hub", "account", *arguments, "--data", str(house))


def browser() -> httpx.AsyncClient:
    return httpx.AsyncClient(follow_redirects=True, trust_env=False, timeout=20)


async def signed_in(client: httpx.AsyncClient, link: str) -> httpx.Response:
    token = token_in((await client.get(link)).text)
    fields = {"csrf": token, "password": PASSWORD, "again": PASSWORD}
    page = await client.post(link, data=fields)
    assert page.status_code == 200
    return page


async def console_of(house: Path) -> Console:
    info = word_of(house)
    token = (house / "tokens" / "KLJ.token").read_text(encoding="utf-8").strip()

    async def locate() -> Endpoint:
        return Endpoint(url=info.url, token=token)

    one = Console(locate)
    await one.session.start()
    await one.up()
    return one


def planned(html: str, **more: str) -> dict[str, str]:
    """Return the fields of an absence that goes on until further notice."""
    fields = {"start_date": "2026-01-01", "start_time": "08.00", "calls": "voicemail"}
    return {"csrf": token_in(html), "subject": "Frokost"} | fields | more


async def test_what_an_invited_colleague_sets_is_seen_in_the_console(house: Path) -> None:
    async with hub(house), browser() as client:
        added = await account(house, "add", "alice")
        assert (added.code, added.err) == (0, "")
        page = await signed_in(client, added.out.strip())
        console = await console_of(house)
        try:
            made = await client.post(f"{word_of(house).web}/plan", data=planned(page.text))
            assert made.status_code == 200
            statuses = console.session.replica.statuses
            await console.until(lambda: "alice" in statuses and statuses["alice"].origin == "WEB")
            assert statuses["alice"].reason == "Frokost"
        finally:
            await console.session.close(stop_hub=False)


APPOINTMENT = """\
BEGIN:VCALENDAR
VERSION:2.0
BEGIN:VEVENT
UID:1
DTSTART:20260105T080000Z
DTEND:20360105T080000Z
SUMMARY:Projekt
END:VEVENT
END:VCALENDAR
"""


@pytest.mark.requirement("001-22")
async def test_what_is_set_on_the_page_is_not_copied_into_the_calendar(house: Path) -> None:
    calendars = house / "calendars"
    calendars.mkdir()
    (calendars / "alice.ics").write_text(APPOINTMENT, encoding="utf-8")
    config = house / "reception.toml"
    config.write_text(
        f'{config.read_text()}\n[[presence]]\nbackend = "ics"\n[presence.ics]\nfolder = "{calendars}"\n',
        encoding="utf-8",
    )
    before = {f: (f.read_bytes(), f.stat().st_mtime_ns) for f in calendars.iterdir()}
    async with hub(house), browser() as client:
        added = await account(house, "add", "alice")
        page = await signed_in(client, added.out.strip())
        console = await console_of(house)
        try:
            replica = console.session.replica
            await console.until(lambda: [e.reason for e in entries(replica)] == ["Projekt"])
            await client.post(f"{word_of(house).web}/plan", data=planned(page.text))
            await console.until(lambda: {e.reason for e in entries(replica)} == {"Projekt", "Frokost"})
            assert {e.reason: e.origin for e in entries(replica)} == {"Projekt": "OL", "Frokost": "WEB"}
        finally:
            await console.session.close(stop_hub=False)
    assert {f: (f.read_bytes(), f.stat().st_mtime_ns) for f in calendars.iterdir()} == before


def appointments(*subjects: str) -> str:
    """Return a calendar; an appointment keeps its id as long as its subject begins with the same letter."""
    events = [
        f"BEGIN:VEVENT\nUID:{subject[0]}\nDTSTART:20260105T080000Z\nDTEND:20360105T080000Z\n"
        f"SUMMARY:{subject}\nEND:VEVENT\n"
        for subject in subjects
    ]
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{''.join(events)}END:VCALENDAR\n"


@pytest.mark.requirement("001-46")
@pytest.mark.requirement("001-47")
async def test_what_was_edited_or_deleted_outlives_two_imports_and_restarts_and_the_file_is_as_it_was(
    house: Path,
) -> None:
    calendars = house / "calendars"
    calendars.mkdir()
    file = calendars / "alice.ics"
    file.write_text(appointments("Projekt", "Frisør"), encoding="utf-8")
    config = house / "reception.toml"
    ics = f'[[presence]]\nbackend = "ics"\n[presence.ics]\nfolder = "{calendars}"\nwatch_s = 0.1\n'
    config.write_text(f"{config.read_text()}\n{ics}", encoding="utf-8")
    before = file.read_bytes(), file.stat().st_mtime_ns
    async with hub(house):
        console = await console_of(house)
        replica = console.session.replica
        await console.until(lambda: {e.reason for e in entries(replica)} == {"Projekt", "Frisør"})
        ids = {e.reason: e for e in entries(replica)}
        draft = EntryDraft(reason="Hos kunden", start=ids["Projekt"].start, end=ids["Projekt"].end)
        for change in (
            SetEntry(person="alice", entry=ids["Projekt"].id, draft=draft),
            DeleteEntry(person="alice", entry=ids["Frisør"].id),
        ):
            outcome = await console.outcome(console.session.request(change))
            assert outcome.result is Result.DONE
        await console.until(
            lambda: [(e.reason, e.origin) for e in entries(replica)] == [("Hos kunden", "KLJ")]
        )
        await console.session.close(stop_hub=False)
    assert (file.read_bytes(), file.stat().st_mtime_ns) == before
    for news in ("Ny", "Nyere"):
        file.write_text(appointments("Projekt", "Frisør", news), encoding="utf-8")
        async with hub(house):
            console = await console_of(house)
            await origins(console, {"Hos kunden": "KLJ", news: "OL"})
            await console.session.close(stop_hub=False)


async def origins(console: Console, wanted: dict[str, str]) -> None:
    """Wait until these are all entries there are, by subject, and whose they are."""
    replica = console.session.replica
    await console.until(lambda: {e.reason: e.origin for e in entries(replica)} == wanted)


def entries(replica: Replica) -> tuple[Entry, ...]:
    found = replica.timelines.get("alice")
    return () if found is None else found.entries


async def test_account_entry_and_sign_in_outlive_the_hub(house: Path) -> None:
    async with browser() as client:
        async with hub(house):
            added = await account(house, "add", "alice")
            page = await signed_in(client, added.out.strip())
            await client.post(f"{word_of(house).web}/plan", data=planned(page.text))
        async with hub(house):
            page = await client.get(word_of(house).web)
            assert page.url.path == "/"
            assert "Frokost" in page.text


async def test_accounts_by_the_command_line_with_a_hub_and_without(house: Path) -> None:
    async def typed(user: str, password: str) -> int:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-m", "reception", "hub", "account", "password", user, "--data", str(house)),
            env=environment(house),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        await process.communicate(password.encode())
        return process.returncode or 0

    async with hub(house):  # so that there are people
        assert (await account(house, "add", "alice")).code == 0
        twice = await account(house, "add", "alice")
        assert (twice.code, "one already" in twice.err) == (2, True)
    added = await account(house, "add", "bertil", "--person", "BB")
    assert added.code == 0
    assert "/invitation/" in added.out
    for wrong in (("add", "carl"), ("add", "a b"), ("add", "b2", "--person", "202"), ("invite", "carl")):
        refused = await account(house, *wrong)
        assert refused.code == 2, wrong
        assert "Traceback" not in refused.err
    assert await typed("bertil", "short") == 2
    assert await typed("bertil", PASSWORD) == 0
    async with hub(house), browser() as client:
        base = word_of(house).web
        token = token_in((await client.get(base)).text)
        fields = {"csrf": token, "user": "Bertil", "password": PASSWORD}
        assert (await client.post(f"{base}/sign-in", data=fields)).url.path == "/"
        assert (await account(house, "remove", "bertil")).code == 0
        assert (await client.get(base)).url.path == "/sign-in"


async def test_a_page_that_cannot_listen_says_so(house: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        config = house / "reception.toml"
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        config.write_text(config.read_text().replace("127.0.0.1:0", listen))
        refused = await run(house, "hub", "--data", str(house))
    assert refused.code == 2
    assert f"web listen: cannot listen on {listen}" in refused.err


@pytest.mark.parametrize(
    ("settings", "complaint"),
    [
        ('listen = "0.0.0.0:8080"', "can be reached from other computers, and that is allowed with TLS"),
        ('listen = "8080"', "is not HOST:PORT"),
        ('listen = "127.0.0.1:0"\ntls_cert = "a.pem"', "tls_cert and tls_key are needed together"),
        ('listen = "127.0.0.1:0"\npublic_name = "https://x"', "is not a name such as"),
        ('listen = "127.0.0.1:0"\nidle_hours = 0', "idle_hours: must be more than 0 hours"),
        ('listen = "127.0.0.1:0"\ntls_cert = "a.pem"\ntls_key = "a.key"', "a.key cannot be used"),
        ('lisen = "127.0.0.1:0"', "Did you mean listen?"),
    ],
)
def test_settings_that_cannot_work_are_named(tmp_path: Path, settings: str, complaint: str) -> None:
    file = write_config(tmp_path)
    text = f"{file.read_text()}\n[web]\n{settings}\n"
    with pytest.raises(BadInput) as refusal:
        check_parts(parse_config(text, file))
    assert complaint in str(refusal.value)


@pytest.mark.parametrize(
    ("listen", "name", "tls", "address"),
    [
        ("127.0.0.1:8080", "", "", "http://127.0.0.1:8080"),
        ("0.0.0.0:443", "presence.example", "a.pem", "https://presence.example"),
        ("0.0.0.0:8443", "presence.example", "a.pem", "https://presence.example:8443"),
        ("0.0.0.0:8443", "presence.example:9000", "a.pem", "https://presence.example:9000"),
        ("[::1]:80", "", "", "http://[::1]"),
    ],
)
def test_the_address_in_an_invitation(tmp_path: Path, listen: str, name: str, tls: str, address: str) -> None:
    config = parse_config(write_config(tmp_path).read_text(), tmp_path / "reception.toml")
    web = WebPageSettings(listen=listen, public_name=name, tls_cert=tls, tls_key=tls)
    assert address_of(replace(config, web=web), 1) == address
