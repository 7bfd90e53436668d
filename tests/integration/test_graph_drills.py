"""Microsoft 365 fails in every way that it can, with a hub and a console at work.

Each drill goes the same way. The hub knows who is where; something breaks; the light says what, in words of
each language; a caller is answered meanwhile; who was known stays known, marked as old. While nobody can be
asked, people go on with their day; it is mended, and the console shows what was missed, without a restart.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import trustme
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from reception.model.changes import Message, Source
from reception.model.lines import LineState, PersonStatus
from reception.presence.port import EXCHANGE, TEAMS
from services.emulators.graph.asked import Asked
from services.emulators.graph.calendars import Event
from services.emulators.graph.faults import Fault
from services.emulators.graph.sign_in import Fault as SignInFault
from services.emulators.graph.tenant import APP_ID
from tests.house.strict import ExpectLogs
from tests.integration.graph_hub import Workplace, at_work, configured, make_quick
from tests.integration.graph_rig import Office, mail_of, office
from widgets import texts
from widgets.source_words import source_words
from widgets.wording import sentence

ALICE, BOB, CAROL = (mail_of(name) for name in ("Alice", "Bob", "Carol"))
TEN_MINUTES = 15
"""Tries in ten minutes: the pause between them doubles up to a minute."""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    make_quick(monkeypatch)


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as running:
        yield running


@pytest.fixture(scope="module")
def languages() -> Iterator[Callable[[Message], list[str]]]:
    """Return a message's words in each language of the window."""
    app = QCoreApplication.instance() or QCoreApplication([])

    def words(message: Message) -> list[str]:
        found = []
        for language in texts.LANGUAGES:
            texts.install(app, language)
            found.append(sentence(message).text)
        return found

    yield words
    texts.install(app, "en")


def in_minutes(start: float, end: float) -> dict[str, datetime]:
    now = datetime.now(UTC)
    return {"start": now + timedelta(minutes=start), "end": now + timedelta(minutes=end)}


class Drill(NamedTuple):
    """What is broken and mended, which lights say so and how; `params` are what the message must name."""

    breaks: Callable[[Workplace, Path], None]
    mends: Callable[[Workplace], None]
    key: str
    lights: tuple[str, ...] = (TEAMS, EXCHANGE)
    params: Mapping[str, Any] = {}


def faulty(**fault: Any) -> Callable[[Workplace, Path], None]:
    return lambda place, _: place.run.graph.faults.add(Fault(part="", **fault)) and None


def well(place: Workplace) -> None:
    place.run.graph.faults.clear()


def lose_tokens(place: Workplace) -> None:
    place.run.emulator.keys.revoke(APP_ID, place.tenant.clock())


def withdraw(*permissions: str) -> Callable[[Workplace, Path], None]:
    def breaks(place: Workplace, _: Path) -> None:
        place.run.emulator.sign_in.withdraw(*permissions)
        lose_tokens(place)

    return breaks


def consent(*permissions: str) -> Callable[[Workplace], None]:
    return lambda place: place.tenant.app.roles.update(permissions)


def let_secret_expire(place: Workplace, _: Path) -> None:
    place.run.emulator.sign_in.refuses = SignInFault("invalid_client", 7000222, "The secret has expired.")
    lose_tokens(place)


def close_sign_in(place: Workplace, _: Path) -> None:
    place.run.emulator.sign_in.is_closed = True
    lose_tokens(place)


def open_sign_in(place: Workplace) -> None:
    place.run.emulator.sign_in.refuses = None
    place.run.emulator.sign_in.is_closed = False


def show_wrong_certificate(place: Workplace, _: Path) -> None:
    trustme.CA().issue_cert("localhost", "127.0.0.1").configure_cert(place.run.tls)
    place.run.emulator.cut()


def show_right_certificate(place: Workplace) -> None:
    place.run.authority.issue_cert("localhost", "127.0.0.1").configure_cert(place.run.tls)
    place.run.emulator.cut()


PRESENCE = ("Presence.Read.All", "Presence.ReadWrite.All")
DRILLS = {
    "the secret has expired": Drill(
        let_secret_expire, open_sign_in, "microsoft_secret_refused", params={"app": APP_ID}
    ),
    "nobody gives tokens": Drill(close_sign_in, open_sign_in, "unreachable"),
    "consent to presence is withdrawn": Drill(
        withdraw(*PRESENCE), consent(*PRESENCE), "graph_refused", (TEAMS,), {"permission": PRESENCE[0]}
    ),
    "consent to calendars is withdrawn": Drill(
        withdraw("Calendars.Read"),
        consent("Calendars.Read"),
        "graph_refused",
        (EXCHANGE,),
        {"permission": "Calendars.Read"},
    ),
    "too many requests": Drill(
        faulty(status=429, code="TooManyRequests", retry_after_s=2), well, "graph_throttled"
    ),
    "no service": Drill(
        faulty(status=503, code="ServiceUnavailable"), well, "graph_failed", params={"status": 503}
    ),
    "answers that break off": Drill(faulty(is_malformed=True), well, "graph_malformed"),
    "a certificate of somebody else": Drill(show_wrong_certificate, show_right_certificate, "tls_failed"),
}


@asynccontextmanager
async def in_the_middle(run: Office, folder: Path) -> AsyncIterator[Workplace]:
    """Run hub and console in the middle of a day: Alice is in a call in Teams, Bob in a meeting."""
    run.tenant.takes_teams_call(ALICE)
    run.tenant.meets(BOB, Event(subject="Kundemøde", **in_minutes(-10, 50)))
    async with at_work(run, configured(run, folder)) as place:
        await place.until(lambda: place.says(TEAMS, None) and place.says(EXCHANGE, None))
        await place.until(lambda: place.reasons("Bob") == ["Kundemøde"])
        await place.until(lambda: place.status("Alice").teams == "Busy")
        yield place


def goes_on(place: Workplace) -> None:
    """Let people do what the hub cannot see."""
    place.tenant.leaves_teams(ALICE)
    place.tenant.meets(BOB, Event(subject="Nyt møde", **in_minutes(60, 90)))
    place.tenant.takes_teams_call(CAROL)


async def has_caught_up(place: Workplace) -> None:
    await place.until(lambda: place.says(TEAMS, None) and place.says(EXCHANGE, None))
    await place.until(lambda: place.reasons("Bob") == ["Kundemøde", "Nyt møde"])
    await place.until(lambda: place.status("Alice").teams == "Offline")
    await place.until(lambda: place.status("Carol").teams == "Busy")
    assert not any(place.status(name).is_stale for name in ("Alice", "Bob", "Carol"))


def params_of(light: Source) -> Mapping[str, Any]:
    return {} if light.message is None else light.message.params


def as_known(status: PersonStatus) -> PersonStatus:
    return replace(status, is_stale=False)


# httpcore leaves a socket to the collector when a handshake is broken off
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.parametrize("name", DRILLS)
async def test_it_is_told_and_healed_while_callers_are_answered(
    name: str,
    run: Office,
    tmp_path: Path,
    languages: Callable[[Message], list[str]],
    expected_logs: ExpectLogs,
) -> None:
    drill = DRILLS[name]
    expected_logs(r"(teams|exchange) is (down|needs_settings|needs_sign_in): ")
    async with in_the_middle(run, tmp_path / "hub") as place:
        before = {name: place.status(name) for name in ("Alice", "Bob")}
        drill.breaks(place, tmp_path)
        for light in drill.lights:
            await place.until(lambda light=light: place.says(light, drill.key))
            is_told_in_words(place, light, drill, languages)
        for light in {TEAMS, EXCHANGE} - set(drill.lights):
            assert place.says(light, None), "the other part goes on"
        await place.takes_a_call()
        told = {"Alice": TEAMS, "Bob": EXCHANGE}
        for name, status in before.items():
            is_old = told[name] in drill.lights
            await place.until(lambda name=name, is_old=is_old: place.status(name).is_stale is is_old)
            assert as_known(place.status(name)) == as_known(status)
        goes_on(place)
        drill.mends(place)
        await has_caught_up(place)
        await place.takes_a_call()


def is_told_in_words(
    place: Workplace, light: str, drill: Drill, languages: Callable[[Message], list[str]]
) -> None:
    source = place.light(light)
    assert source.message is not None
    assert {name: source.message.params[name] for name in drill.params} == drill.params
    assert not re.search(r"[:·]\s*$", source_words(source, time.time()))
    words = languages(source.message)
    assert len(set(words)) == len(words) == 3, "said in each language, in its own words"
    for one in words:
        assert one
        assert drill.key not in one
        assert "{" not in one
        assert all(str(value) in one for value in drill.params.values())
    assert source.doing is not None
    assert len(set(languages(source.doing))) == 3, "and what is done about it"
    if drill.key == "graph_refused":
        assert all(f"/adminconsent?client_id={APP_ID}" in one for one in words)


async def test_half_of_the_mailboxes_fail_and_only_theirs_is_old(
    run: Office, tmp_path: Path, languages: Callable[[Message], list[str]]
) -> None:
    run.tenant.meets(CAROL, Event(subject="Workshop", **in_minutes(-10, 50)))
    failing = {run.tenant.id_of(mail) for mail in (ALICE, BOB)}
    async with in_the_middle(run, tmp_path / "hub") as place:
        await place.until(lambda: place.reasons("Carol") == ["Workshop"])
        for status, code in ((403, "ErrorAccessDenied"), (500, "UnknownError")):
            is_one = lambda asked: asked.parts[1] in failing  # noqa: E731
            run.graph.faults.add(Fault(part="calendarView", status=status, code=code, only=is_one))
            await place.until(lambda: place.says(EXCHANGE, "mailboxes_failed"))
            await place.until(lambda: params_of(place.light(EXCHANGE)).get("count") == len(failing))
            message = place.light(EXCHANGE).message
            assert message is not None
            assert all("2" in one and "4" in one and code in one for one in languages(message))
            await place.until(lambda: place.status("Bob").is_stale)
            assert place.status("Bob").reason == "Kundemøde"
            assert not place.status("Carol").is_stale
            run.tenant.meets(CAROL, Event(subject=f"Trods {status}", **in_minutes(60, 90)))
            await place.until(lambda status=status: f"Trods {status}" in place.reasons("Carol"))
            await place.takes_a_call()
            well(place)
            await place.until(lambda: place.says(EXCHANGE, None))
            await place.until(lambda: not place.status("Bob").is_stale)
        goes_on(place)
        await has_caught_up(place)


class Clock:
    """The emulated Microsoft's time: ours, and what a test adds."""

    ahead_s = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead_s


@pytest.mark.parametrize("is_revoked", [False, True], ids=["expired", "revoked"])
async def test_a_token_that_ends_in_the_middle_is_renewed_once_and_nobody_sees_it(
    tmp_path: Path, is_revoked: bool
) -> None:
    clock = Clock()
    async with office(tmp_path, clock) as run, in_the_middle(run, tmp_path / "hub") as place:
        given = run.emulator.sign_in.tokens_given
        if is_revoked:
            lose_tokens(place)
        else:
            clock.ahead_s = 3_601.0
            run.tenant.takes_teams_call(ALICE)
        goes_on(place)
        await has_caught_up(place)
        assert run.emulator.sign_in.tokens_given == given + 1
        assert {e.reply.status for e in run.graph.exchanges} == {200, 401}
    # a light that was not well would be a warning in the log, which fails this test


async def test_in_a_storm_nobody_is_asked_before_microsoft_said(
    run: Office, tmp_path: Path, expected_logs: ExpectLogs
) -> None:
    expected_logs("(teams|exchange) is down: graph_throttled")
    asked: dict[str, list[float]] = {}

    def note(request: Asked) -> bool:
        asked.setdefault(request.path, []).append(time.monotonic())
        return True

    async with in_the_middle(run, tmp_path / "hub") as place:
        run.graph.faults.add(
            Fault(part="", status=429, code="TooManyRequests", retry_after_s=1, times=6, only=note)
        )
        goes_on(place)
        await place.until(lambda: place.says(TEAMS, "graph_throttled"))
        await place.takes_a_call()
        await has_caught_up(place)
    assert asked.keys() == {"/communications/getPresencesByUserId", "/$batch"}
    for times in asked.values():
        pauses = [after - before for before, after in pairwise(times)]
        assert len(times) > 1
        assert min(pauses) > 0.95


async def test_after_ten_minutes_without_service_all_that_was_missed_is_shown(
    run: Office, tmp_path: Path, expected_logs: ExpectLogs
) -> None:
    expected_logs("(teams|exchange) is down: graph_failed")
    async with in_the_middle(run, tmp_path / "hub") as place:
        away = run.graph.faults.add(Fault(part="", status=503, code="ServiceUnavailable"))
        await place.until(lambda: place.says(TEAMS, "graph_failed"))
        await place.until(lambda: place.says(EXCHANGE, "graph_failed"))
        goes_on(place)
        while away.seen < TEN_MINUTES:
            await place.takes_a_call()
        assert place.status("Alice").teams == "Busy"
        well(place)
        await has_caught_up(place)


class Seen:
    """Waits for requests whose path has a part in it."""

    def __init__(self, run: Office, part: str) -> None:
        self._came = asyncio.Event()
        run.graph.faults.add(Fault(part=part, status=500, only=self._note))

    def _note(self, _: Asked) -> bool:
        self._came.set()
        return False  # it goes on as if nothing were

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(10):
            while not condition():
                self._came.clear()
                await self._came.wait()


async def test_who_telephones_while_teams_is_away_is_shown_there_as_soon_as_it_is_back(
    run: Office, tmp_path: Path, expected_logs: ExpectLogs
) -> None:
    expected_logs("(teams|exchange) is down: graph_failed")
    carol, dorte = (run.tenant.id_of(mail_of(name)) for name in ("Carol", "Dorte"))

    def shown() -> set[str]:
        return {user for user, presence in run.tenant.presences.items() if APP_ID in presence.sessions}

    async with in_the_middle(run, tmp_path / "hub") as place:
        written = Seen(run, "Presence")
        away = run.graph.faults.add(Fault(part="", status=503, code="ServiceUnavailable"))
        await place.until(lambda: place.says(TEAMS, "graph_failed"))
        phone = place.house.phone("203")
        place.house.dial(phone, "204")
        await place.until(lambda: place.status("Carol").lines[0].state is LineState.TALKING)
        assert not shown()
        run.graph.faults.remove(away)
        await written.until(lambda: shown() == {carol, dorte})
        phone.hang_up()
        await written.until(lambda: not shown())
        await place.until(lambda: place.says(TEAMS, None))
