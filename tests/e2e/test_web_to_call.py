"""The whole way of an absence: tapped on the web page, seen at the reception, heard by a caller, over again.

Nothing is a double here: Chromium, the hub as a process, the window, Asterisk, telephones and callers.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor

from reception.console.api import Delta
from tests.e2e.browser import Tab, chromium
from tests.e2e.test_diversions import ALICE, likeness, samples_of, sound_of, sounds
from tests.e2e.test_web_page import AT_ONCE_MS, NOTE_TAP
from tests.e2e.workplace import Desk, at_work
from tests.integration.web_rig import PASSWORD
from tests.lab.fixtures import Lab

pytestmark = [pytest.mark.lab, pytest.mark.gui]

CTRL = Qt.KeyboardModifier.ControlModifier
PAGE = '\n[web]\nlisten = "127.0.0.1:0"\n'
TRIES = 3
"""Taps that are measured; the best counts, as others use this computer too."""


class Seen(QObject):
    """When a word of Alice was known to the console, and when the window had it to paint (UTC seconds)."""

    def __init__(self, desk: Desk, origin: str) -> None:
        super().__init__()
        self.known_at = self.painted_at = 0.0
        self._desk, self._origin = desk, origin
        self._undo = desk.session.subscribe(self._on_delta)
        desk.window.people.viewport().installEventFilter(self)

    def _on_delta(self, _: Delta) -> None:
        status = self._desk.session.replica.statuses.get(ALICE)
        if status is not None and status.origin == self._origin:
            self.known_at = self.known_at or time.time()

    def end(self) -> None:
        """Look no more."""
        self._undo()
        self._desk.window.people.viewport().removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Paint
            and not self.painted_at
            and f"({self._origin})" in row(self._desk)
        ):
            self.painted_at = time.time()
        return super().eventFilter(watched, event)


def row(desk: Desk) -> str:
    """Return what is said of the only colleague in the list."""
    return "\n".join(desk._rows(desk.window.people))


def where_it_is_noon() -> str:
    """Return a zone in which it is about noon: in the evening the strip of a day shows nothing of now."""
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+d}"  # POSIX counts westwards


def has_red(desk: Desk) -> bool:
    """Return whether anything in the list is painted in the red of what is now."""
    picture = desk.window.people.viewport().grab().toImage()
    red = QColor(desk.theme.tokens.now).rgb()
    return any(
        picture.pixel(x, y) == red for x in range(picture.width()) for y in range(min(80, picture.height()))
    )


@asynccontextmanager
async def alice_on_the_page(desk: Desk) -> AsyncIterator[Tab]:
    """Invite Alice, and let her choose her password in a browser."""
    office = desk.office
    asked = ("hub", "account", "add", "alice", "--person", "ALA")
    where = ("--config", str(office.config), "--data", str(office.folder))
    link = (await asyncio.to_thread(office.program, *asked, *where)).strip()
    async with chromium() as browser:
        tab = await browser.tab()
        await tab.open(link)
        await tab.fill("#password", PASSWORD)
        await tab.fill("#again", PASSWORD)
        await tab.press("Enter")
        await tab.until("document.querySelector('#tile-lunch[aria-pressed=false]')")
        yield tab
        assert tab.faults == []


async def tapped(desk: Desk, tab: Tab) -> tuple[float, float]:
    """Tap Frokost; return the ms after which the console knew of it, and the window painted it."""
    await tab.until("document.querySelector('#tile-lunch[aria-pressed=false]')")
    await tab.run(NOTE_TAP)
    seen = Seen(desk, "WEB")
    await tab.click("#tile-lunch")
    await desk.until(lambda: seen.painted_at > 0, "the Frokost in the list")
    seen.end()
    at = await tab.run("window.tapped") / 1000
    return (seen.known_at - at) * 1000, (seen.painted_at - at) * 1000


async def caller_hears(desk: Desk, lab: Lab) -> str:
    """Ring Alice's own number; return the sentence that was heard on the way to the mailbox."""
    before = lab.messages("201")
    names: list[str] = []

    async def is_noted() -> bool:
        names[:] = [sound_of(await lab.noted_directly())]
        return bool(names[0])

    await desk.until_true(is_noted, "a spoken diversion of 201")
    played = samples_of(lab.sounds / f"{names[0]}.wav")
    caller = await desk.office.house.caller(number="+4597000001", dialled="7201")
    await caller.wait_answered()
    await caller.wait_heard(len(played) / 8000 + 1.0)
    assert likeness(caller.recording, played) > 0.9, "the caller hears the sentence"

    async def is_recorded() -> bool:
        return lab.messages("201") > before

    await desk.until_true(is_recorded, "the mailbox records")
    await caller.hang_up()
    return (lab.sounds / f"{names[0]}.txt").read_text(encoding="utf-8")


@pytest.mark.requirement("001-19", "001-24", "001-40", "001-41")
def test_a_frokost_tapped_on_the_page_is_at_the_reception_at_once_and_in_the_callers_ear(
    lab: Lab, tmp_path: Path
):
    async def scenario(desk: Desk) -> None:
        alice = await desk.office.house.phone("201", "ring")
        desk.write("alice")
        await desk.until(lambda: "Alice Archer" in row(desk) and "Bob" not in row(desk), lambda: row(desk))
        async with alice_on_the_page(desk) as tab:
            assert not has_red(desk)
            took = []
            for n in range(TRIES):
                if n:
                    await tab.click("#end-now")
                    await desk.until(lambda: "(WEB)" not in row(desk), lambda: row(desk))
                took.append(await tapped(desk, tab))
            known, painted = min(ms for ms, _ in took), min(ms for _, ms in took)
            sys.stdout.write(f"\nfrom the tap: known after {known:.0f} ms, painted after {painted:.0f} ms\n")
            assert painted < AT_ONCE_MS, took
            await desk.until(lambda: has_red(desk), "red, when it has faded in")

            status = desk.session.replica.statuses[ALICE]
            assert (status.reason, status.origin) == ("Frokost", "WEB")
            assert status.back_at is not None
            zone = desk.session.replica.office.zone
            back = datetime.fromtimestamp(status.back_at, ZoneInfo(zone) if zone else None)
            said = await caller_hears(desk, lab)
            assert "kommer tilbage" in said
            clock = f"{back:%-H.%M}".removesuffix(".00")  # a full hour is said as one
            assert f"kl. {clock}" in said, said
            assert not alice.is_ringing

            desk.press(Qt.Key.Key_E, CTRL)
            desk.press(Qt.Key.Key_A, CTRL)
            desk.write("0,2 min")  # plain words are exact: twelve seconds
            desk.press(Qt.Key.Key_Return)
            await desk.until(lambda: "(KLJ)" in row(desk), lambda: row(desk))
            await tab.until("document.querySelector('#me').innerText.includes('KLJ')")
            ends = desk.session.replica.statuses[ALICE].until
            assert ends is not None
            await desk.until(lambda: "(KLJ)" not in row(desk), lambda: row(desk))
            assert time.time() >= ends

            async def is_over() -> bool:
                return "201" not in await lab.noted_directly()

            await desk.until_true(is_over, "the end of the Frokost, at Asterisk")
            await desk.office.house.caller(number="+4597000002", dialled="7201")
            await alice.wait_ringing()

    at_work(lab, tmp_path, scenario, zone=where_it_is_noon(), more=sounds(lab, "da") + PAGE)
