"""Sign-in with Microsoft in a real browser: the page, Microsoft's (emulated), and back; for a console too."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from reception.hub.identity_desk import BACK
from services.graph.identity import GraphIdentity
from services.graph.settings import IdentitySettings
from tests.e2e.browser import Browser, Tab, chromium
from tests.e2e.test_web_page import SHOTS
from tests.integration.graph_rig import Office, office
from tests.integration.test_web_identity import PEOPLE
from tests.integration.web_rig import FakeDesk, MemoryBook, WebRig, running

OWN_CA = (
    "--ignore-certificate-errors",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


@asynccontextmanager
async def page(tmp_path: Path) -> AsyncIterator[tuple[Office, WebRig, Browser, Tab]]:
    async with office(tmp_path) as microsoft, chromium(language="en", flags=OWN_CA) as browser:
        microsoft.emulator.sign_in.has_page = True
        provider = GraphIdentity(IdentitySettings(microsoft=microsoft.account()))
        options = {"desk": FakeDesk(PEOPLE), "book": MemoryBook(), "receptionists": {"alice": "KLJ"}}
        async with running(provider=provider, language="en", **options) as rig:
            microsoft.tenant.app.redirects.add(rig.url + BACK)
            tab = await browser.tab()
            await tab.look(width=1280)
            yield microsoft, rig, browser, tab
            assert [fault for fault in tab.faults if "favicon" not in fault] == []


async def to_microsoft(tab: Tab) -> None:
    await tab.click("#elsewhere")
    await tab.until("document.title === 'Sign in (emulated)' && document.querySelector('#accounts')")


async def test_page_microsoft_and_back_and_a_status_is_set(tmp_path: Path) -> None:
    async with page(tmp_path) as (_, rig, _, tab):
        await tab.open(f"{rig.url}/plan")
        await tab.until("document.querySelector('#elsewhere')")
        await tab.screenshot(SHOTS / "sign-in-microsoft.png")
        await to_microsoft(tab)
        await tab.click("#alice")
        await tab.until("location.pathname === '/plan' && document.querySelector('.top')")
        await tab.open(rig.url)
        await tab.click("#tile-lunch")
        await tab.until("document.querySelector('.status.now')")
        assert [e.activity for e in rig.desk.entries["alice"].values()] == ["lunch"]
        assert (await tab.call("Network.getCookies"))["cookies"][0]["httpOnly"]


async def test_who_goes_away_at_microsoft_reads_it_and_begins_again(tmp_path: Path) -> None:
    async with page(tmp_path) as (_, rig, _, tab):
        await tab.open(f"{rig.url}/sign-in")
        await to_microsoft(tab)
        await tab.click("#cancel")
        await tab.until("document.querySelector('[role=alert]')")
        assert "was broken off" in await tab.text("[role=alert]")
        await to_microsoft(tab)
        await tab.click("#alice")
        await tab.until("document.querySelector('#me')")
        tab.faults.clear()  # the answer that said no is one in the browser's eyes


async def test_a_console_is_let_in_by_the_browser(tmp_path: Path) -> None:
    """The page's own policy must let the browser go to the loopback address."""
    ticket: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = (await reader.readline()).decode()
        if "/signed-in?ticket=" in line and not ticket.done():
            ticket.set_result(line.split("ticket=")[1].split(" ")[0])
        writer.write(
            b"HTTP/1.1 303 See Other\r\nLocation: " + done.encode() + b"\r\nContent-Length: 0\r\n\r\n"
        )
        await writer.drain()
        writer.close()

    async with (
        page(tmp_path) as (_, rig, _, tab),
        await asyncio.start_server(answer, "127.0.0.1", 0) as console,
    ):
        done = f"{rig.url}/console/done"
        pairing = rig.pairings.offer(console.sockets[0].getsockname()[1])
        await tab.open(f"{rig.url}/console/{pairing.id}")
        await tab.click("#alice")
        await tab.until("document.querySelector('#code')")
        assert await tab.text("#code") == pairing.code
        await tab.screenshot(SHOTS / "console-sign-in.png")
        await tab.click("#yes")
        await tab.until("location.pathname === '/console/done'")
        async with asyncio.timeout(10):
            assert rig.pairings.redeem(pairing, await ticket)
        assert pairing.attendant == "KLJ"
        rig.pairings.withdraw(pairing)


pytestmark = pytest.mark.filterwarnings("error")
