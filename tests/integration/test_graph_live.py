"""The real client of Microsoft 365 (MSAL, HTTP/2 client) against the emulated one, over TLS."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from reception.errors import AuthNeeded
from reception.model.changes import SourceState
from reception.presence.port import (
    CalendarSet,
    PersonRefused,
    PresenceEvent,
    Showing,
    SourceSet,
    TeamsSet,
)
from services.emulators.graph.calendars import Event
from services.emulators.graph.faults import Fault
from services.emulators.graph.tenant import APP_ID
from services.graph import create
from services.graph.answers import Request
from services.graph.budgets import Kind, Scope
from services.graph.client import GraphClient
from services.graph.source import GraphPresence
from tests.integration.graph_rig import Office, office, people

ALICE, BOB = "alice@firma.example", "bob@firma.example"


class Ear:
    """What the source says."""

    def __init__(self) -> None:
        self.heard: list[PresenceEvent] = []
        self._more = asyncio.Event()

    def __call__(self, said: PresenceEvent) -> None:
        self.heard.append(said)
        self._more.set()

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(15):
            while not condition():
                self._more.clear()
                await self._more.wait()

    def word(self, person: str) -> str:
        said = [e for e in self.heard if isinstance(e, TeamsSet) and e.person == person]
        return f"{said[-1].availability}/{said[-1].activity}" if said else ""

    def appointments(self, person: str) -> list[Any] | None:
        said = [e for e in self.heard if isinstance(e, CalendarSet) and e.person == person]
        return list(said[-1].appointments) if said else None

    def light(self, source: str) -> tuple[SourceState | None, str]:
        said = [e for e in self.heard if isinstance(e, SourceSet) and e.source == source]
        return (said[-1].state, said[-1].message.key if said[-1].message else "") if said else (None, "")


@pytest.fixture
async def run(tmp_path: Path) -> AsyncIterator[Office]:
    async with office(tmp_path) as running:
        yield running


@asynccontextmanager
async def listening(run: Office, **more: Any) -> AsyncIterator[tuple[Ear, GraphPresence]]:
    account = run.account()
    settings = {
        "microsoft": {name: getattr(account, name) for name in account.__struct_fields__},
        "zone": "Europe/Copenhagen",
        "watched_s": 0.05,
        "rest_s": 0.1,
        "calendar_s": 0.1,
        "presence_requests": 100_000,
    }
    run.graph.throttle.presence = 1_000_000
    run.graph.throttle.mailbox = 1_000_000
    source = create(settings | more)
    ear = Ear()
    source.follow(people())
    await source.start(ear)
    try:
        yield ear, source
    finally:
        await source.stop()


def event(subject: str, *, begins_min: float = 30, minutes: float = 30, **more: Any) -> Event:
    start = datetime.fromtimestamp(time.time() + begins_min * 60, UTC).replace(microsecond=0)
    return Event(subject=subject, start=start, end=start + timedelta(minutes=minutes), **more)


async def test_words_of_teams_follow_what_people_do(run: Office) -> None:
    async with listening(run, calendars="off") as (ear, _):
        await ear.until(lambda: ear.word("alice") == "Available/Available")
        run.tenant.takes_teams_call(ALICE)
        await ear.until(lambda: ear.word("alice") == "Busy/InACall")
        run.tenant.presents(BOB)
        await ear.until(lambda: ear.word("bob") == "DoNotDisturb/Presenting")
        run.tenant.leaves_teams(ALICE)
        await ear.until(lambda: ear.word("alice") == "Offline/Offline")
    asked = run.graph.exchanged("getPresencesByUserId")
    assert {len(e.asked.body()["ids"]) for e in asked} == {4}, "all of them in one request"


async def test_appointments_come_change_move_and_go(run: Office) -> None:
    first = run.tenant.meets(ALICE, event("Kundemøde", categories=("Projekt",), location="Hos kunden"))
    run.tenant.meets(ALICE, event("Standup", begins_min=60, repeats="daily", times=3))
    async with listening(run, teams=False) as (ear, _):
        await ear.until(lambda: [a.subject for a in ear.appointments("alice") or ()].count("Standup") == 3)
        told = ear.appointments("alice") or []
        assert [a.subject for a in told] == ["Kundemøde", "Standup", "Standup", "Standup"]
        assert (told[0].location, tuple(told[0].categories)) == ("Hos kunden", ("Projekt",))
        assert told[0].start == first.start.timestamp()
        run.tenant.meets(ALICE, event("Kundemøde flyttet", begins_min=120, id=first.id))
        await ear.until(lambda: "Kundemøde flyttet" in [a.subject for a in ear.appointments("alice") or ()])
        moved = [a for a in ear.appointments("alice") or [] if a.subject == "Kundemøde flyttet"]
        assert moved[0].start == pytest.approx(first.start.timestamp() + 90 * 60, abs=2)
        run.tenant.cancels(ALICE, first.id)
        await ear.until(lambda: [a.subject for a in ear.appointments("alice") or ()] == ["Standup"] * 3)


async def test_a_private_subject_never_leaves_the_client(run: Office) -> None:
    run.tenant.meets(ALICE, event("Hemmelig operation", sensitivity="private", location="Rigshospitalet"))
    async with listening(run, teams=False) as (ear, _):
        await ear.until(lambda: ear.appointments("alice"))
    everything = repr(ear.heard)
    assert "Hemmelig" not in everything
    assert "Rigshospitalet" not in everything
    assert ear.appointments("alice")


async def test_a_link_that_is_too_old_means_to_read_all_again(run: Office) -> None:
    run.tenant.meets(ALICE, event("Møde"))
    async with listening(run, teams=False) as (ear, _):
        await ear.until(lambda: ear.appointments("alice"))
        run.graph.forget_tokens()
        run.tenant.meets(ALICE, event("Nyt møde", begins_min=90))
        await ear.until(lambda: len(ear.appointments("alice") or ()) == 2)
    assert [e for e in run.graph.exchanged("calendarView") if e.reply.status == 410]


async def test_our_session_is_shown_and_taken_back(run: Office) -> None:
    async with listening(run, calendars="off") as (ear, source):
        [alice] = [p for p in people() if p.id == "alice"]
        await source.set_session(alice, Showing.IN_A_CALL, lasts_s=900.0)
        await ear.until(lambda: ear.word("alice") == "Busy/InACall")
        sessions = run.tenant.presences[run.tenant.id_of(ALICE)].sessions
        assert APP_ID in sessions
        await source.clear_session(alice)
        assert APP_ID not in sessions
        await ear.until(lambda: ear.word("alice") == "Available/Available")
        await source.clear_session(alice)  # there is nothing any more: as well
    assert [e.reply.status for e in run.graph.exchanged("clearPresence")] == [200, 404]
    [made] = run.graph.exchanged("setPresence")
    assert made.asked.body()["expirationDuration"] == "PT15M"


async def test_who_has_no_teams_is_refused_alone(run: Office) -> None:
    run.tenant.users[run.tenant.id_of(BOB)].has_teams = False
    async with listening(run, calendars="off") as (ear, source):
        await ear.until(lambda: ear.word("alice"))
        bob = next(p for p in people() if p.id == "bob")
        with pytest.raises(PersonRefused):
            await source.set_session(bob, Showing.IN_A_CALL, lasts_s=900.0)
        assert ear.light("teams")[0] is SourceState.UP


async def test_without_consent_it_says_which_permission_is_missing_and_recovers(run: Office) -> None:
    run.tenant.app.roles.discard("Presence.ReadWrite.All")
    run.tenant.app.roles.discard("Presence.Read.All")
    async with listening(run, calendars="off") as (ear, _):
        await ear.until(lambda: ear.light("teams")[0] not in (None, SourceState.UP, SourceState.CONNECTING))
        said = next(e for e in reversed(ear.heard) if isinstance(e, SourceSet) and e.message)
        assert said.message is not None
        assert "Presence.Read.All" in str(said.message.params)
        assert ear.word("alice") == ""


async def test_a_token_that_is_revoked_is_got_anew(run: Office) -> None:
    async with listening(run, calendars="off") as (ear, _):
        await ear.until(lambda: ear.word("alice") == "Available/Available")
        before = run.emulator.sign_in.tokens_given
        run.emulator.keys.revoke(APP_ID, time.time())
        run.tenant.takes_teams_call(ALICE)
        await ear.until(lambda: ear.word("alice") == "Busy/InACall")
        assert run.emulator.sign_in.tokens_given > before
        assert ear.light("teams")[0] is SourceState.UP


async def test_a_storm_of_429_and_an_answer_that_breaks_off_pass(run: Office) -> None:
    async with listening(run, calendars="off") as (ear, _):
        await ear.until(lambda: ear.word("alice") == "Available/Available")
        slow = run.graph.faults.add(
            Fault(part="getPresences", status=429, code="TooManyRequests", retry_after_s=1, times=3)
        )
        run.tenant.takes_teams_call(ALICE)
        await ear.until(lambda: ear.word("alice") == "Busy/InACall")
        assert slow.seen == 3
        broken = run.graph.faults.add(Fault(part="getPresences", is_malformed=True, times=1))
        await ear.until(lambda: ear.light("teams")[0] is SourceState.DOWN)
        run.tenant.presents(ALICE)
        await ear.until(lambda: ear.word("alice") == "DoNotDisturb/Presenting")
        assert (broken.seen, ear.light("teams")[0]) == (1, SourceState.UP)


async def test_half_of_the_mailboxes_failing_hide_none_of_the_others(run: Office) -> None:
    run.tenant.users[run.tenant.id_of(BOB)].has_mailbox = False
    run.tenant.meets(ALICE, event("Møde"))
    async with listening(run, teams=False) as (ear, _):
        await ear.until(lambda: ear.appointments("alice"))
        await ear.until(lambda: ear.light("exchange")[0] is SourceState.UP)


async def test_a_certificate_nobody_trusts_is_named(run: Office, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    async with office(tmp_path / "other") as stranger:
        run.ca_file = stranger.ca_file
        async with listening(run, calendars="off") as (ear, _):
            await ear.until(lambda: ear.light("teams")[1])
            assert ear.light("teams")[0] is not SourceState.UP


async def test_a_wrong_secret_is_said_as_such(run: Office) -> None:
    run.tenant.app.secret = "another one"
    async with listening(run, calendars="off") as (ear, _):
        await ear.until(lambda: ear.light("teams")[1])
        assert ear.light("teams") == (SourceState.NEEDS_SIGN_IN, "microsoft_secret_refused")


async def test_a_right_that_is_missing_for_writing_is_one_for_everybody(run: Office) -> None:
    run.tenant.app.roles.discard("Presence.ReadWrite.All")
    async with listening(run, calendars="off") as (ear, source):
        await ear.until(lambda: ear.word("alice"))
        with pytest.raises(AuthNeeded):
            await source.set_session(people()[0], Showing.IN_A_CALL, lasts_s=900.0)


async def test_a_mailbox_is_asked_four_things_at_a_time_and_no_more(run: Office) -> None:
    run.graph.takes_s = 0.02
    user = run.tenant.id_of(ALICE)
    client = GraphClient(run.account())
    asked = Request(
        "GET", f"/users/{user}/mailboxSettings", Scope(Kind.MAILBOX, user), "MailboxSettings.Read"
    )
    answers = await asyncio.gather(*(client.ask(asked) for _ in range(12)))
    await client.close()
    assert {answer.status for answer in answers} == {200}
    assert {e.reply.status for e in run.graph.exchanges} == {200}
