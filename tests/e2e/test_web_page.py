"""The colleagues' web page in a real browser: by mouse, by keyboard, on a phone, light and dark, live.

Pictures of all pages go to out/shots/web.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reception.model.lines import LineState
from reception.model.office import Profile
from reception.model.presence import CALENDAR, CallHandling, Entry
from scripts.requirements import TOP
from tests.e2e.browser import Browser, Tab, chromium
from tests.integration.web_rig import PASSWORD, ZONE, FakeDesk, WebRig, running

SHOTS = TOP / "out" / "shots" / "web"
AXE = Path(__file__).with_name("axe.min.js")
PAGES = (
    "/",
    "/entry/status",
    "/plan",
    "/divert",
    "/colleagues",
    "/colleagues?look=day",
    "/colleagues?look=week",
    "/colleague/soj",
    "/account",
    "/shortcuts",
    "/profiles",
    "/profiles/own-1",
    "/appointments",
)
AT_ONCE_MS = 200
OWN_PROFILE = Profile(
    id="own-1",
    labels={"da": "Skriver rapport", "de": "Schreibt Bericht", "en": "Writing a report"},
    handling=CallHandling.DIVERTED,
    divert_to="207",
    info="Helst på chat til kl. 15",
    person="meh",
)
NOTE_TAP = """document.addEventListener(
    'submit', () => { window.tapped = Date.now(); }, {once: true, capture: true})"""


def drawn(desk: FakeDesk) -> FakeDesk:
    """Put on the timelines what the drawing of the page shows, around the present quarter of an hour."""
    quarter = desk.now() // 900 * 900

    def entry(key: str, reason: str, start: float, end: float, origin: str = CALENDAR, **more: Any) -> Entry:
        begin, stop = quarter + start * 3600, quarter + end * 3600
        return Entry(id=key, reason=reason, start=begin, end=stop, origin=origin, **more)

    status = entry("status", "Status", 1.5, 2.75, place="Mødelokale 2")
    dentist = entry("dentist", "", 19, 23, is_private=True)
    diverted = CallHandling.DIVERTED
    holiday = entry(
        "holiday", "Ferie", 120, 216, "KLJ", activity="holiday", handling=diverted, divert_to="207"
    )
    desk.put("meh", status, dentist, holiday)
    desk.put("alh", entry("a1", "Leverandørmøde", -1, 0.75), entry("a2", "Status", 2, 3, "KLJ"))
    desk.put("peh", entry("p1", "Ferie", -40, 60, "KLJ"))
    desk.put("joh", entry("j1", "Kursus", -2, 3, handling=CallHandling.OPEN))
    desk.put("soj", entry("s1", "Kundebesøg", -0.5, 1), entry("s2", "Intern", 0.5, 2))
    desk.profiles["meh"] = (OWN_PROFILE,)
    desk.receptionists.add("meh")
    desk.lines["201"] = LineState.TALKING
    desk.lines["207"] = LineState.UNREACHABLE
    return desk


@asynccontextmanager
async def page(
    *, language: str = "da", at: datetime | None = None
) -> AsyncIterator[tuple[WebRig, Browser, Tab]]:
    """Run the page and a browser in which Mette has signed in."""
    async with chromium(language=language) as browser, running(language=language) as rig:
        if at is not None:
            rig.shift = at.timestamp() - time.time()
        drawn(rig.desk)
        tab = await browser.tab()
        await tab.look(width=1280)
        await sign_in(tab, rig)
        yield rig, browser, tab
        assert tab.faults == []


async def sign_in(tab: Tab, rig: WebRig, user: str = "meh") -> None:
    await tab.open(f"{rig.url}/sign-in")
    await tab.fill("#user", user)
    await tab.fill("#password", PASSWORD)
    await tab.press("Enter")
    await tab.until("document.querySelector('#me')")


async def opened(tab: Tab, url: str) -> None:
    """Open a page and wait until its stream of changes is there."""
    await tab.open(url)
    await tab.until("performance.getEntriesByType('resource').some(r => r.name.includes('/static/app.js'))")


@pytest.mark.requirement("001-24", "001-40", "000-12")
async def test_frokost_at_one_tap_is_seen_by_a_colleague_at_once() -> None:
    async with page() as (rig, browser, mette):
        alice = await browser.tab(of_somebody_else=True)
        await sign_in(alice, rig, "alh")
        await opened(alice, f"{rig.url}/colleagues")
        waits = []
        for _ in range(5):
            seen = alice.until(
                "document.querySelector('#p-meh')?.innerText.includes('Frokost til') && Date.now()"
            )
            await alice.until("document.querySelector('#p-meh .says.free')")
            await mette.until("document.querySelector('#tile-lunch[aria-pressed=false]')")
            await mette.run(NOTE_TAP)
            await mette.click("#tile-lunch")
            waits.append(await seen - await mette.run("window.tapped"))
            assert "(WEB)" in await alice.run("document.querySelector('#p-meh').textContent")
            await mette.until("document.querySelector('.status.now')")
            await mette.click("#end-now")
        # the best of them: on a machine that others use too, the page's own speed is what is asked for
        assert min(waits) < AT_ONCE_MS, waits
        assert alice.faults == []


@pytest.mark.requirement("001-44", "001-54", "001-55")
async def test_an_imported_one_is_edited_and_only_the_button_saves() -> None:
    async with page() as (rig, _, tab):
        before = rig.desk.entries["meh"]["status"]
        await tab.click("a[href='/entry/status']")
        await tab.until("document.querySelector('#entry-form')")
        await tab.fill("#subject", "Workshop")
        await tab.click(".choice:nth-child(2)")
        await tab.click("#entry-form .buttons a.button")  # the way out
        await tab.until("!document.querySelector('#entry-form')")
        assert rig.desk.entries["meh"]["status"] == before
        assert rig.desk.asked == []

        await tab.click("a[href='/entry/status']")
        await tab.until("document.querySelector('#entry-form')")
        assert await tab.run("document.querySelector('#subject').value") == "Status"
        await tab.fill("#subject", "Workshop")
        await tab.fill("#note", "Ring kun hvis det haster")
        await tab.click(".choice:nth-child(2)")
        await tab.click("#entry-form button.primary")
        await tab.until("document.querySelector('.toast')?.innerText.includes('Workshop er gemt')")
        made = rig.desk.entries["meh"]["status"]
        assert (made.reason, made.origin, made.handling) == ("Workshop", "WEB", CallHandling.OPEN)
        assert made.note == "Ring kun hvis det haster"
        row = await tab.run(
            "[...document.querySelectorAll('.entry')].find(e => e.innerText.includes('Workshop')).textContent"
        )
        assert "☏" in row
        assert "(WEB)" in " ".join(row.split())


@pytest.mark.requirement("001-45")
async def test_deleted_and_taken_back() -> None:
    async with page() as (rig, _, tab):
        await tab.click("form[action='/delete/status'] button")
        await tab.until("document.querySelector('.toast button')")
        assert "status" not in rig.desk.entries["meh"]
        await tab.click(".toast button")
        await tab.until("document.querySelector(\"a[href='/entry/status']\")")
        assert "status" in rig.desk.entries["meh"]


async def test_search_as_one_types_keeps_the_place_in_the_field() -> None:
    async with page() as (rig, _, tab):
        await opened(tab, f"{rig.url}/colleagues")
        await tab.fill("#q", "jorg")
        await tab.until("document.querySelectorAll('.person').length === 1")
        assert "Søren Jørgensen" in await tab.text("#results")
        assert await tab.run("document.activeElement.id") == "q"
        assert await tab.run("location.search") == "?q=jorg"
        await tab.click(".person a")
        await tab.until("document.querySelector('#colleague')")
        rig.desk.put("soj", Entry(id="n", reason="Nyt møde", start=0.0, end=None, origin="KLJ"))
        await tab.until("document.querySelector('#colleague').innerText.includes('Nyt møde')")
        await tab.run("history.back()")
        await tab.until("document.querySelectorAll('.person').length === 1")


async def test_by_keyboard_alone() -> None:
    async with page() as (rig, _, tab):
        await tab.until("document.querySelector('#tile-lunch')")
        for _ in range(40):
            await tab.press("Tab")
            if await tab.run("document.activeElement.id") == "tile-lunch":
                break
        assert await tab.run("document.activeElement.matches(':focus-visible')")
        await tab.press("Enter")
        await tab.until("document.querySelector('#tile-lunch[aria-pressed=true]')")
        assert await tab.run("document.activeElement.id") == "tile-lunch"
        # what changes by itself leaves the focus where it is, and is spoken
        rig.desk.put("meh", Entry(id="n", reason="Nyt", start=rig.now(), end=None, origin="KLJ"))
        await tab.until("document.querySelector('#me').innerText.includes('Nyt')")
        assert await tab.run("document.activeElement.id") == "tile-lunch"
        await tab.until("document.querySelector('#say').innerText.includes('Nyt')")


async def test_it_says_when_the_hub_is_gone_and_when_it_is_back() -> None:
    async with page() as (rig, _, tab):
        await opened(tab, f"{rig.url}/colleagues")
        port = rig.server.port
        await rig.server.stop()
        await tab.until("!document.querySelector('#gone').hidden")
        async with running(port=port, desk=rig.desk, book=rig.book) as again:
            again.sessions._sessions = rig.sessions._sessions  # as the file would have kept them
            await tab.until("document.querySelector('#gone').hidden")
            rig.desk.put("alh", Entry(id="n", reason="Efter", start=0.0, end=None, origin="KLJ"))
            await tab.until("document.querySelector('#p-alh').innerText.includes('Efter')")
        tab.faults.clear()  # connections that were refused


async def test_signed_out_elsewhere_one_is_led_to_the_sign_in() -> None:
    async with page() as (rig, _, tab):
        await opened(tab, f"{rig.url}/colleagues")
        rig.sessions.end_all_of("meh")
        rig.desk.tell("alh")
        await tab.until("location.pathname === '/sign-in'")
        tab.faults.clear()


async def test_without_script_the_forms_work_by_themselves() -> None:
    async with page() as (rig, browser, _):
        tab = await browser.tab()
        await tab.without_scripts()
        await tab.open(rig.url)
        await tab.click("#tile-lunch")
        await tab.until("document.querySelector('.toast')?.innerText.includes('Frokost er sat')")
        assert "Frokost" in {e.reason for e in rig.desk.entries["meh"].values()}


@pytest.mark.requirement("003-01", "003-07", "003-34")
async def test_a_profile_is_made_and_chosen_and_its_text_stands_at_colleagues() -> None:
    async with page() as (rig, browser, tab):
        await opened(tab, f"{rig.url}/profiles")
        await tab.fill("#name", "Fordybelse")
        await tab.fill("#info", "Ring kun hvis det brænder")
        await tab.run("document.querySelector('input[name=calls][value=voicemail]').click()")
        await tab.click(".fields button.primary")
        await tab.until("document.querySelector('.toast')?.innerText.includes('Profilen er gemt')")
        made = rig.desk.profiles["meh"][-1]
        await tab.click(f"form[action='/profiles/{made.id}/choose'] button")
        await tab.until("document.querySelector('#me')?.innerText.includes('Fordybelse')")
        other = await browser.tab()
        await other.look(width=1280)
        await opened(other, f"{rig.url}/colleague/meh")
        await other.until("document.body.innerText.includes('Ring kun hvis det brænder')")


@pytest.mark.parametrize("language", ["da", "de", "en"])
async def test_on_a_phone_nothing_is_wider_than_the_screen(language: str) -> None:
    async with page(language=language) as (rig, _, tab):
        await tab.look(width=360, height=740, touch=True)
        for path in ("/sign-in", *PAGES):
            await opened(tab, rig.url + path)
            assert await tab.run("document.documentElement.scrollWidth") <= 360, path
            small = await tab.run(
                """[...document.querySelectorAll('button, a, input, select, textarea')]
                .filter(e => e.checkVisibility({visibilityProperty: true}))
                .filter(e => !e.closest('.vh, .skip, td, dd'))
                .filter(e => !e.classList.contains('skip') && !e.classList.contains('vh'))
                .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
                .filter(([, box]) => box.width && (box.width < 24 || box.height < 24))
                .map(([html]) => html)"""
            )
            assert small == [], path  # WCAG 2.2, 2.5.8


@pytest.mark.parametrize("width", [1280, 375])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
async def test_nothing_that_axe_finds_fault_with(width: int, dark: bool) -> None:
    async with page() as (rig, _, tab):
        await tab.look(width=width, dark=dark, touch=width < 600)
        for path in PAGES:
            await opened(tab, rig.url + path)
            await tab.run(AXE.read_text(encoding="utf-8") + "; 0")
            found = await tab.run(
                "axe.run(document).then(r => JSON.stringify(r.violations.map("
                "v => [v.id, v.help, v.nodes.map(n => n.html.slice(0, 160))])))"
            )
            assert json.loads(found) == [], path


@pytest.mark.parametrize("language", ["da", "de", "en"])
async def test_pictures_of_all_pages(language: str) -> None:
    at = datetime(2026, 11, 18, 13, 42, tzinfo=ZoneInfo(ZONE))
    async with page(language=language, at=at) as (rig, _, tab):
        await tab.click("#tile-lunch")
        await tab.until("document.querySelector('.status.now')")
        for width in (1280, 375):
            for dark in (False, True):
                for path in PAGES:
                    await tab.look(width=width, dark=dark, touch=width < 600)
                    await opened(tab, rig.url + path)
                    height = await tab.run("document.documentElement.scrollHeight")
                    await tab.look(width=width, height=max(height, 800), dark=dark, touch=width < 600)
                    name = path.strip("/").replace("/", "-").replace("?look=", "-") or "home"
                    shot = SHOTS / f"{name}-{language}-{width}{'-dark' if dark else ''}.png"
                    await tab.screenshot(shot)
                    assert shot.stat().st_size > 5_000
