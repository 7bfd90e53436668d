"""The console on a Windows: installed, opened, called by a link, upgraded, mended and removed.

One story on one Windows: the tests build on each other and stand in order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

from installer.products import CONSOLE
from installer.tables import table
from reception.console.link import Endpoint
from reception.model.calls import Call, Place
from reception.model.intents import HangUp
from reception.runtime import read_runtime
from tests.integration.hub_rig import Console
from tests.integration.hub_rig import console as open_console
from tests.integration.talking import talk_to_somebody
from tests.msi.conftest import NEW, OLD
from tests.msi.wine import REFUSED, TIMEOUT_S, Wine, files_below, wait_until

FOLDER = r"C:\Program Files\Reception"
WINDOW = rf"{FOLDER}\Reception.exe"
COMMAND = rf"{FOLDER}\reception-cli.exe"
SETUP = r"HKEY_LOCAL_MACHINE\Software\Reception\Setup"
RUN = r"HKEY_LOCAL_MACHINE\Software\Microsoft\Windows\CurrentVersion\Run"


def installed(wine: Wine) -> Path:
    return wine.drive / "Program Files" / "Reception"


def settings(wine: Wine) -> Path:
    (user,) = (path for path in (wine.drive / "users").iterdir() if path.name != "Public")
    return user / "AppData" / "Local" / "Reception"


def is_open(wine: Wine) -> bool:
    return bool(wine.windows("Reception"))


def setup(wine: Wine) -> dict[str, str]:
    return wine.registry(r"HKLM\Software\Reception").get(SETUP, {})


def autostart(wine: Wine) -> str | None:
    return wine.registry(RUN).get(RUN, {}).get("Reception")


def test_it_is_installed_silently_as_it_is_told(wine: Wine, console: Path) -> None:
    assert wine.install(console, "LANGUAGE=da", "TELLINKS=2", "AUTOSTART=1", "DESKTOPSHORTCUT=1") == 0
    assert len(list(files_below(installed(wine)))) == len(table(console, "File"))
    told = setup(wine)
    assert told["Version"] == OLD
    assert (told["Language"], told["TelLinks"], told["AutoStart"]) == ("da", "2", "1")
    assert "HubAddress" not in told
    assert autostart(wine) == f'"{WINDOW}"'
    assert len(list(wine.folder.rglob("Reception.lnk"))) == 2


def test_it_says_its_version_and_loads_all_that_it_may_need(wine: Wine) -> None:
    assert wine.run(COMMAND, "--version").stdout == f"reception {OLD}\n"
    names = (
        "exchangelib, lxml.etree, msal, msal_extensions, sqlalchemy.ext.asyncio, sqlalchemy.orm, asyncpg, "
        "recurring_ical_events, uvicorn, starlette.applications, argon2, jwt, cryptography.x509, spnego, "
        "httpx, h2, icalendar, qasync, PySide6.QtSvg, services.graph, services.ics.worker, services.store, "
        "services.emulators.graph.office"
    )
    # Python is started as the program starts its own parts; `timeit` runs what it is told.
    loaded = wine.run(COMMAND, "-m", "timeit", "-n1", "-r1", f"import {names}")
    assert (loaded.returncode, loaded.stderr) == (0, "")


def test_the_demonstration_opens_with_people_and_calls(wine: Wine, pictures: Path) -> None:
    wine.start(WINDOW, "--demo")
    wait_until(lambda: is_open(wine), "the window")
    people = settings(wine) / "demo" / "console"
    wait_until(lambda: list(people.glob("*/people.json")), "the people of the office")
    log = settings(wine) / "demo" / "hub.log"
    wait_until(lambda: "teams is up\n" in log.read_text(encoding="utf-8"), "its Microsoft 365")
    wine.picture(pictures / "demo.png")
    assert wine.run(WINDOW, "quit").returncode == 0
    assert not is_open(wine)


def test_a_link_brings_its_number_into_the_open_console(wine: Wine, pictures: Path) -> None:
    assert wine.run(COMMAND, "hub", "init").returncode == 0
    wine.start(WINDOW)
    wait_until(lambda: is_open(wine), "the window")
    wait_until(lambda: (settings(wine) / "hub.json").exists(), "the hub")
    opened = wine.run("start", "/wait", "tel:+45 12 34 56 78")
    assert opened.returncode == 0
    wine.picture(pictures / "tel.png")
    assert len(wine.windows("Reception")) == 1


def at_the_demonstration(wine: Wine, do: Callable[[Console], Awaitable[Call]]) -> Call:
    """Do something as a second console of its receptionist, one that no installer ends."""

    async def locate() -> Endpoint:
        hub = read_runtime(settings(wine) / "demo" / "hub.json")
        assert hub is not None
        return Endpoint(url=hub.url, token=hub.tokens["KLJ"])

    async def meet() -> Call:
        async with open_console(locate) as one:
            return await do(one)

    return asyncio.run(meet())


async def look_and_hang_up(call: Call, look: Callable[[], None], one: Console) -> Call:
    """End a call that should be a talk of ours; returns how it was."""
    replica = one.session.replica
    found = replica.calls[call.id]
    look()
    one.session.request(HangUp(call=call.id))
    await one.until(lambda: call.id not in replica.calls, timeout_s=TIMEOUT_S)
    return found


def test_an_upgrade_asks_the_consoles_to_end_and_opens_them_again(
    wine: Wine, next_console: Path, pictures: Path
) -> None:
    demo = settings(wine) / "demo" / "hub.json"
    wine.start(WINDOW, "--demo")
    wait_until(demo.exists, "the office of the demonstration")
    talk = at_the_demonstration(wine, talk_to_somebody)
    old_demo = demo.read_bytes()
    before = (settings(wine) / "hub.json").read_bytes()
    assert is_open(wine)
    assert wine.install(next_console, "AUTOSTART=0") == 0
    told = setup(wine)
    assert told["Version"] == NEW
    assert (told["Language"], told["TelLinks"], told["AutoStart"]) == ("da", "2", "0"), (
        "what was told is kept"
    )
    assert autostart(wine) is None
    wait_until(lambda: is_open(wine), "the window of the new version")
    file = settings(wine) / "hub.json"
    wait_until(lambda: file.exists() and file.read_bytes() != before, "a new hub")
    assert wine.run(COMMAND, "--version").stdout == f"reception {NEW}\n"
    assert "ended" not in (settings(wine) / "hub-errors.log").read_text()
    wait_until(lambda: demo.exists() and demo.read_bytes() != old_demo, "the office again")
    wait_until(lambda: len(wine.windows("Reception")) == 2, "both windows")
    look = partial(wine.picture, pictures / "upgraded.png")
    went_on = at_the_demonstration(wine, partial(look_and_hang_up, talk, look))
    assert (went_on.place, went_on.owner, went_on.party) == (Place.TALKING, "KLJ", talk.party)
    assert wine.run(WINDOW, "quit").returncode == 0


def test_an_older_version_is_refused(wine: Wine, console: Path) -> None:
    assert wine.install(console) == REFUSED
    assert setup(wine)["Version"] == NEW


def test_a_damaged_installation_is_repaired(wine: Wine, next_console: Path) -> None:
    library = installed(wine) / "lib" / "PySide6" / "Qt6Core.dll"
    content = library.read_bytes()
    library.unlink()
    assert wine.install(next_console, "REINSTALL=ALL", "REINSTALLMODE=omus") == 0
    assert library.read_bytes() == content


def test_what_it_was_told_can_be_changed(wine: Wine, next_console: Path) -> None:
    words = ("REINSTALL=ALL", "REINSTALLMODE=omus", "AUTOSTART=1", "HUBADDRESS=wss://hub.example:8443")
    assert wine.install(next_console, *words) == 0
    assert setup(wine)["HubAddress"] == "wss://hub.example:8443"
    assert autostart(wine) == f'"{WINDOW}"'


def test_removing_it_leaves_the_settings_and_nothing_else(wine: Wine) -> None:
    assert wine.remove(f"{{{CONSOLE.product_code(NEW)}}}") == 0
    assert not installed(wine).exists()
    assert wine.registry(r"HKLM\Software\Reception") == {}
    for key in (r"HKLM\Software\Classes\Reception.Tel", r"HKLM\Software\Classes\tel\shell"):
        assert wine.registry(key) == {}
    assert autostart(wine) is None
    assert "Reception" not in str(wine.registry(r"HKLM\Software\RegisteredApplications"))
    assert list(wine.folder.rglob("Reception.lnk")) == []
    assert (settings(wine) / "reception.toml").exists()


def test_another_folder_and_settings_removed_on_request(wine: Wine, next_console: Path) -> None:
    elsewhere = wine.drive / "Apps" / "Reception"
    assert wine.install(next_console, r"INSTALLDIR=C:\Apps\Reception", "TELLINKS=0") == 0
    assert (elsewhere / "Reception.exe").exists()
    assert wine.registry(r"HKLM\Software\Classes\Reception.Tel") == {}
    outside = wine.drive / "kept"
    outside.mkdir()
    (outside / "file").touch()
    (settings(wine) / "link").symlink_to(outside)
    assert wine.remove(f"{{{CONSOLE.product_code(NEW)}}}", "REMOVESETTINGS=1") == 0
    assert not elsewhere.exists()
    assert not (settings(wine) / "reception.toml").exists()
    assert (outside / "file").exists(), "a link is not followed"
