"""A receptionist's console without a token: hub process, emulated Microsoft, a browser, the console."""

from __future__ import annotations

import asyncio
import re
import stat
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from websockets.asyncio.client import connect

from reception.console.api import LinkState
from reception.console.remote import SignedInHub
from reception.console.sign_in import Offer, ticket_in
from reception.console.tokens import SignIn as Kept
from reception.console.tokens import TokenFiles
from reception.errors import ServiceError, SignInRefused, Unavailable
from reception.hub.identity_desk import BACK
from reception.wire import (
    PROTOCOL,
    Hello,
    Redeem,
    Refused,
    SignedIn,
    SignIn,
    SignInAt,
    decode_to_console,
    encode,
)
from tests.integration.graph_rig import Office, office
from tests.integration.hub_rig import Console
from tests.integration.program import program, run, word_of, write_config
from tests.integration.test_web_identity import Browser
from tests.integration.web_rig import token_in
from tests.ports import unused_port

PEOPLE = (
    "id;name;initials;number;email\n"
    "alice;Alice Holm;KLJ;100;alice@firma.example\n"
    "bob;Bob Krogh;BK;202;bob@firma.example\n"
)
ALICE, BOB = "alice@firma.example", "bob@firma.example"


class House:
    """A hub with a page, and Microsoft beside it."""

    def __init__(self, microsoft: Office, folder: Path) -> None:
        self.microsoft = microsoft
        self.data = folder / "data"
        self.folder = folder
        self.page = f"http://127.0.0.1:{unused_port()}"
        microsoft.tenant.app.redirects.add(self.page + BACK)
        microsoft.emulator.sign_in.user = ALICE
        config = write_config(self.data)
        (self.data / "people.csv").write_text(PEOPLE, encoding="utf-8")
        config.write_text(config.read_text() + self._settings(), encoding="utf-8")

    def _settings(self) -> str:
        account = self.microsoft.account()
        return (
            f'[web]\nlisten = "{self.page.removeprefix("http://")}"\n[people]\nfirst_import = "people.csv"\n'
            f'[microsoft]\ntenant = "{account.tenant}"\nclient_id = "{account.client_id}"\n'
            f'secret = "{account.secret}"\nauthority = "{account.authority}"\ngraph = "{account.graph}"\n'
            f'ca_file = "{account.ca_file}"\n[identity]\nbackend = "graph"\n'
        )

    def hub(self) -> SignedInHub:
        """Return the hub as a console without a token file knows it."""
        return SignedInHub(self.kept())

    def kept(self) -> Kept:
        """Return what keeps the token."""
        return Kept(word_of(self.data).url, TokenFiles(self.folder / "kept"))

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Run the hub."""
        async with program(self.folder, "hub", "--data", str(self.data)) as one:
            assert (await one.line()).startswith("reception hub is ready")
            yield
            one.process.terminate()
            assert await one.ended() == 0

    async def at_the_browser(self, offer: Offer, answer: str = "yes") -> httpx.Response:
        """Do what the receptionist does: sign in, compare the code, answer."""
        browser = Browser(self.microsoft)
        async with browser.client:
            assert offer.address.startswith(f"{self.page}/console/")
            came_back = await browser.sign_in_at(offer.address)
            if came_back.status_code != 303:
                return came_back
            asked = await browser.get(self.page + came_back.headers["location"])
            assert f"<strong>{offer.code}</strong>" in asked.text
            fields = {"csrf": token_in(asked.text), "answer": answer}
            answered = await browser.client.post(str(asked.url), data=fields)
            if answer != "yes":
                return answered
            to = answered.headers["location"]
            assert (
                f"form-action 'self' http://{urlsplit(to).netloc}" in asked.headers["content-security-policy"]
            )
            handed_over = await browser.get(to)
            assert handed_over.headers["location"] == f"{self.page}/console/done"
            return await browser.get(handed_over.headers["location"])


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with office(tmp_path) as microsoft:
        made = House(microsoft, tmp_path)
        async with made.running():
            yield made


async def signed_in(
    house: House, hub: SignedInHub, *, stays: bool = False, answer: str = "yes"
) -> httpx.Response:
    """Sign in while the receptionist is at the browser; returns the page they see at last."""
    pages: list[asyncio.Task[httpx.Response]] = []

    def show(offer: Offer) -> None:
        pages.append(asyncio.create_task(house.at_the_browser(offer, answer)))

    try:
        async with asyncio.timeout(20):
            await hub.sign_in(show, stays=stays)
    finally:
        found = await asyncio.gather(*pages)
    return found[0]


# ------------------------------------------------------------------ the way in


async def test_a_receptionist_signs_in_and_takes_calls(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    kept = house.kept()
    hub = SignedInHub(kept)
    one = Console(hub.locate)
    kept.on_saved = one.session.come_anew
    await one.session.start()
    try:
        await one.until(lambda: one.session.replica.link is LinkState.REFUSED)
        message = one.session.replica.link_message
        assert message is not None
        assert message.key == "wrong_token"
        page = await signed_in(house, hub)
        assert "The console is signed in" in page.text
        await one.up()
        assert one.session.replica.me == "KLJ"
        assert house.kept().token() == ""
    finally:
        await one.session.close(stop_hub=False)
    assert "wrong_token" in caplog.text


async def test_who_stays_signed_in_needs_no_browser_the_next_time_nor_after_the_hub_was_away(
    tmp_path: Path,
) -> None:
    async with office(tmp_path) as microsoft:
        house = House(microsoft, tmp_path)
        async with house.running():
            await signed_in(house, house.hub(), stays=True)
            [file] = (house.folder / "kept").iterdir()
            if sys.platform != "win32":
                assert stat.S_IMODE(file.stat().st_mode) == 0o600
            kept = file.read_text(encoding="utf-8").strip()
            assert kept not in (house.data / "console-sessions.json").read_text(encoding="utf-8")
        async with house.running():
            assert await welcomed(house, kept) == "KLJ"
            gone = await run(house.folder, "hub", "account", "remove", ALICE, "--data", str(house.data))
            assert gone.code == 0
            assert await welcomed(house, kept) == "wrong_token"


async def welcomed(house: House, token: str) -> str:
    """Say hello; returns who we are, or why not."""
    async with connect(word_of(house.data).url, compression=None, proxy=None) as line:
        await line.send(encode(Hello(protocol=PROTOCOL, token=token)), text=True)
        said = decode_to_console(await line.recv(decode=False))
        return said.message.key if isinstance(said, Refused) else said.attendant  # type: ignore[union-attr]


# ------------------------------------------------------------------ nothing comes of it


async def test_the_console_hears_why_nobody_was_let_in(house: House) -> None:
    hub = house.hub()
    house.microsoft.emulator.sign_in.user = BOB
    with pytest.raises(SignInRefused, match="sign_in_no_receptionist"):
        await signed_in(house, hub)
    house.microsoft.emulator.sign_in.user = "carol@firma.example"
    with pytest.raises(SignInRefused, match="sign_in_unknown"):
        await signed_in(house, hub)
    house.microsoft.emulator.sign_in.user = ALICE
    with pytest.raises(SignInRefused, match="sign_in_declined"):
        await signed_in(house, hub, answer="no")
    house.microsoft.emulator.sign_in.declines = True
    with pytest.raises(SignInRefused, match="sign_in_declined"):
        await signed_in(house, hub)
    with pytest.raises(ServiceError, match="wrong_token"):
        await hub.locate()


async def test_a_console_that_gave_up_is_waited_for_no_more(house: House) -> None:
    shown: asyncio.Future[Offer] = asyncio.get_running_loop().create_future()
    task = asyncio.create_task(house.hub().sign_in(shown.set_result, stays=False))
    offer = await shown
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    async with httpx.AsyncClient() as client, asyncio.timeout(10):
        while (page := await client.get(offer.address)).status_code != 410:
            assert page.status_code == 303
    assert "No console waits" in page.text


async def test_a_hub_that_is_away_or_has_no_such_sign_in(tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        await SignedInHub(Kept("ws://127.0.0.1:1", TokenFiles(tmp_path))).sign_in(_nobody, stays=False)
    data = tmp_path / "data"
    write_config(data)
    async with program(tmp_path, "hub", "--data", str(data)) as one:
        assert (await one.line()).startswith("reception hub is ready")
        with pytest.raises(SignInRefused, match="sign_in_off"):
            await SignedInHub(Kept(word_of(data).url, TokenFiles(tmp_path))).sign_in(_nobody, stays=False)


def _nobody(offer: Offer) -> None:
    raise AssertionError(offer)


# ------------------------------------------------------------------ nobody else's way


async def on_a_line(house: House, script: Callable[[Any, SignInAt], Awaitable[None]], port: int = 9) -> None:
    async with connect(word_of(house.data).url, compression=None, proxy=None) as line, asyncio.timeout(20):
        await line.send(encode(SignIn(protocol=PROTOCOL, port=port)), text=True)
        offer = decode_to_console(await line.recv(decode=False))
        assert isinstance(offer, SignInAt)
        await script(line, offer)


async def ticket_of(house: House, offer: SignInAt) -> str:
    """Sign in at the browser and stop before the ticket is handed over."""
    browser = Browser(house.microsoft)
    async with browser.client:
        came_back = await browser.sign_in_at(offer.address)
        asked = await browser.get(house.page + came_back.headers["location"])
        fields = {"csrf": token_in(asked.text), "answer": "yes"}
        answered = await browser.client.post(str(asked.url), data=fields)
        found = re.search(r"ticket=([\w-]+)", answered.headers["location"])
        assert found
        return found[1]


async def test_a_ticket_opens_nothing_on_another_line(house: House) -> None:
    async def mine(line: Any, offer: SignInAt) -> None:
        ticket = await ticket_of(house, offer)

        async def others(other: Any, _: SignInAt) -> None:
            for _ in range(6):
                await other.send(encode(Redeem(ticket=ticket)), text=True)
            said = decode_to_console(await other.recv(decode=False))
            assert isinstance(said, Refused)
            assert said.message.key == "sign_in_expired"

        await on_a_line(house, others)
        await line.send(encode(Redeem(ticket=ticket)), text=True)
        said = decode_to_console(await line.recv(decode=False))
        assert isinstance(said, SignedIn)
        assert said.attendant == "KLJ"

    await on_a_line(house, mine)


async def test_before_somebody_has_said_yes_there_is_no_ticket(house: House) -> None:
    async def script(line: Any, offer: SignInAt) -> None:
        browser = Browser(house.microsoft)
        async with browser.client:
            await browser.sign_in_at(offer.address)
        for _ in range(6):
            await line.send(encode(Redeem(ticket="")), text=True)
        said = decode_to_console(await line.recv(decode=False))
        assert isinstance(said, Refused)

    await on_a_line(house, script)


async def test_whoever_signed_in_as_somebody_else_cannot_say_yes(house: House) -> None:
    async def script(line: Any, offer: SignInAt) -> None:
        mine, others = Browser(house.microsoft), Browser(house.microsoft)
        async with mine.client, others.client:
            came_back = await mine.sign_in_at(offer.address)
            house.microsoft.emulator.sign_in.user = BOB
            await others.sign_in_at(f"{house.page}/sign-in/microsoft")
            page = await others.get(house.page + came_back.headers["location"])
            assert page.status_code == 410

    await on_a_line(house, script)


@pytest.mark.parametrize(
    "frame", [b"nonsense", encode(Hello(protocol=PROTOCOL, token="x")), b"x" * 70_000], ids=["a", "b", "c"]
)
async def test_what_is_no_ticket_ends_the_line(house: House, frame: bytes) -> None:
    async def script(line: Any, offer: SignInAt) -> None:
        await line.send(frame, text=True)
        assert isinstance(decode_to_console(await line.recv(decode=False)), Refused)

    await on_a_line(house, script)


@pytest.mark.parametrize(
    ("line", "ticket"),
    [
        (b"GET /signed-in?ticket=abc HTTP/1.1\r\n", "abc"),
        (b"GET /signed-in HTTP/1.1\r\n", ""),
        (b"POST /signed-in?ticket=abc HTTP/1.1\r\n", ""),
        (b"GET /other?ticket=abc HTTP/1.1\r\n", ""),
        (b"GET http://[/signed-in?ticket=abc HTTP/1.1\r\n", ""),
        (b"\xff\xfe\r\n", ""),
        (b"", ""),
    ],
)
def test_what_the_browser_brings(line: bytes, ticket: str) -> None:
    assert ticket_in(line) == ticket


# ------------------------------------------------------------------ for the administrator


async def test_check_config_and_the_doctor_tell_of_it(house: House) -> None:
    checked = await run(house.folder, "hub", "check-config", "--data", str(house.data))
    assert f"the redirect URI to register (platform Web) is {house.page}{BACK}" in checked.out
    well = await run(house.folder, "hub", "doctor", "--data", str(house.data))
    for what in ("sign-in page", "signing keys", "app"):
        assert f"identity.graph: {what}: well" in well.out
    house.microsoft.tenant.app.secret = "another"
    ill = await run(house.folder, "hub", "doctor", "--data", str(house.data))
    assert ill.code == 1
    assert "identity.graph: app: Microsoft does not accept the secret of the app" in ill.out
