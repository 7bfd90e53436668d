"""Line state both ways between telephony and Teams: a real hub, a switch and a writer of our own."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest

from reception.errors import AuthNeeded, ServiceError, Unavailable
from reception.hub.office_file import default_office, parse_office
from reception.model.attendants import Readiness
from reception.model.calls import Place, Target
from reception.model.changes import Source, SourceState
from reception.model.intents import Answer, CampOn, SetReadiness
from reception.model.lines import Cause, LineMark, LineState, StatusKind
from reception.model.office import Profile
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import CallHandling
from reception.model.sync import Direction, OwnSession, SyncPolicy
from reception.ports import (
    CommandFailed,
    LegAnswered,
    LineChanged,
    MarkLine,
    Originate,
    SwitchConnected,
    SwitchError,
    SwitchLost,
)
from reception.presence.port import SYNC, TEAMS, PersonRefused, Showing, SourceSet, TeamsSet
from reception.presence.sync import Timing
from reception.wire import Result
from tests.house.strict import ExpectLogs
from tests.integration.hub_rig import PEOPLE, Console, MemoryStore, Rig, console, person, running
from tests.integration.test_hub_presence import FakePresence, status_in

BENT = Target(number="202", person="p202", name="Bent")
IDLE = SwitchConnected(lines=tuple((f"20{n}", LineState.IDLE) for n in (1, 2, 3)))
QUICK = Timing(session_s=900.0, holdoff_s=0.3, first_retry_s=0.05, longest_retry_s=0.2, refused_retry_s=600.0)


def word(person_id: str, availability: str = "Available", activity: str = "") -> TeamsSet:
    return TeamsSet(person=person_id, availability=availability, activity=activity or availability)


def in_a_call(person_id: str) -> TeamsSet:
    return word(person_id, "Busy", "InACall")


class FakeTeams(FakePresence):
    """A source that also writes. It remembers what was written; `wrong` is what is answered next."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[tuple[str, str]] = []
        self.sessions: dict[str, float] = {}
        self.wrong: dict[str, ServiceError | None] = {}
        self.wrong_for_all: ServiceError | None = None
        self._changed = asyncio.Event()

    async def set_session(self, person: Person, showing: Showing, *, lasts_s: float) -> None:
        await self._write(person, "set")
        self.sessions[person.id] = lasts_s
        self._changed.set()

    async def clear_session(self, person: Person) -> None:
        await self._write(person, "clear")
        self.sessions.pop(person.id, None)
        self._changed.set()

    async def _write(self, person: Person, what: str) -> None:
        await asyncio.sleep(0)
        self.written.append((what, person.id))
        self._changed.set()
        if (error := self.wrong_for_all or self.wrong.get(person.id)) is not None:
            raise error

    async def until(self, condition: Callable[[], object]) -> None:
        async with asyncio.timeout(5):
            while not condition():
                self._changed.clear()
                await self._changed.wait()


def ready(rig: Rig, teams: FakeTeams) -> None:
    """All telephones are idle, and everybody is available in Teams."""
    rig.switch.say(IDLE)
    teams.say(*(word(p.id) for p in PEOPLE))


async def until_sent(rig: Rig, condition: Callable[[], object]) -> None:
    """Wait until something holds, looking again after each command to the switch."""
    news = asyncio.Event()
    rig.switch.on_send = lambda _: news.set()
    async with asyncio.timeout(5):
        while not condition():
            news.clear()
            await news.wait()


def marks(rig: Rig) -> list[tuple[str, LineMark]]:
    return [(c.number, c.mark) for c in rig.switch.sent if isinstance(c, MarkLine)]


def told(one: Console) -> Source:
    """Return how the synchronisation is doing; of one that was never unwell nothing is told."""
    well = Source(id=SYNC, state=SourceState.UP, since=0.0)
    return one.session.replica.sources.get(SYNC, well)


def key_of(source: Source) -> str:
    return source.message.key if source.message is not None else ""


def rung(rig: Rig, number: str) -> list[Originate]:
    return [c for c in rig.switch.sent if isinstance(c, Originate) and c.to == number]


# ------------------------------------------------------------------ telephony to Teams


@pytest.mark.requirement("000-30", "000-32", "000-33", "000-36")
async def test_a_call_on_the_telephone_is_shown_in_teams_and_taken_back() -> None:
    teams = FakeTeams()
    async with running(presence=[teams], timing=QUICK) as rig:
        ready(rig, teams)
        begun = time.monotonic()
        rig.switch.say(LineChanged(number="201", state=LineState.TALKING))
        await teams.until(lambda: teams.written == [("set", "p201")])
        assert time.monotonic() - begun < 2.0
        assert teams.sessions == {"p201": QUICK.session_s}
        await rig.store.until(lambda: "p201" in rig.store.sessions)
        rig.switch.say(LineChanged(number="201", state=LineState.IDLE))
        await teams.until(lambda: teams.written == [("set", "p201"), ("clear", "p201")])
        await rig.store.until(lambda: not rig.store.sessions)


async def test_what_may_be_in_teams_is_stored_before_it_is_written() -> None:
    teams, store = FakeTeams(), MemoryStore()
    async with running(store, presence=[teams]) as rig:
        ready(rig, teams)
        await rig.settled()
        store.may_go_on.clear()
        rig.switch.say(LineChanged(number="201", state=LineState.TALKING))
        await asyncio.sleep(0.1)  # longer than a status takes
        assert not teams.written
        store.may_go_on.set()
        await teams.until(lambda: teams.written)
        assert "p201" in store.sessions


@pytest.mark.requirement("000-37", "003-54")
async def test_a_mobile_phone_is_shown_too_and_a_shared_number_is_not() -> None:
    mobile = Person(
        id="p1",
        name="Dora",
        numbers=(
            Number(kind=NumberKind.MOBILE, number="+4540112233"),
            Number(kind=NumberKind.OTHER, number="7777"),
        ),
    )
    teams = FakeTeams()
    async with running(MemoryStore([mobile]), presence=[teams]) as rig:
        lines = (("+4540112233", LineState.IDLE), ("7777", LineState.IDLE))
        rig.switch.say(SwitchConnected(lines=lines))
        teams.say(word("p1"))
        rig.switch.say(LineChanged(number="7777", state=LineState.TALKING))
        rig.switch.say(LineChanged(number="+4540112233", state=LineState.TALKING))
        await teams.until(lambda: teams.written)
        rig.switch.say(LineChanged(number="+4540112233", state=LineState.IDLE))
        await teams.until(lambda: len(teams.written) == 2)
        assert teams.written == [("set", "p1"), ("clear", "p1")]


# ------------------------------------------------------------------ Teams to telephony


@pytest.mark.requirement("000-28", "000-33")
async def test_a_call_in_teams_marks_the_line_and_its_end_takes_that_back() -> None:
    teams = FakeTeams()
    async with running(presence=[teams]) as rig, console(rig) as one:
        ready(rig, teams)
        teams.say(word("p201", "Busy", "InAConferenceCall"))
        assert marks(rig) == [("201", LineMark.BUSY)]
        await one.until(lambda: status_in(one, "p201").cause is Cause.CALL)
        teams.say(word("p201", "DoNotDisturb"))
        assert marks(rig)[1:] == [("201", LineMark.DO_NOT_DISTURB)]
        teams.say(word("p201"))
        assert marks(rig)[2:] == [("201", LineMark.NONE)]
        assert not teams.written


async def test_without_a_writer_teams_still_reaches_the_lines() -> None:
    presence = FakePresence()
    async with running(presence=[presence]) as rig:
        rig.switch.say(IDLE)
        presence.say(in_a_call("p202"))
        assert marks(rig) == [("202", LineMark.BUSY)]
        rig.switch.say(LineChanged(number="202", state=LineState.TALKING))
        await rig.settled()
        assert SYNC not in rig.hub._sources.by_id


async def test_a_line_that_cannot_be_marked_is_told_with_whose_it_is(expected_logs: ExpectLogs) -> None:
    teams = FakeTeams()
    async with running(presence=[teams]) as rig, console(rig) as one:
        ready(rig, teams)
        teams.say(in_a_call("p201"))
        command = MarkLine(number="201", mark=LineMark.BUSY)
        expected_logs("a line of p201 cannot show")
        rig.switch.say(CommandFailed(command=command, error=SwitchError.REFUSED))
        await one.until(lambda: told(one).message)
        source = told(one)
        assert source.state is SourceState.UP
        assert source.message is not None
        assert source.message.params == {"person": "Alice", "number": "201"}
        rig.switch.say(CommandFailed(command=command, error=SwitchError.UNAVAILABLE))
        teams.say(word("p201"))
        teams.say(in_a_call("p201"))
        await one.until(lambda: told(one).message is None)


@pytest.mark.requirement("000-16", "000-33")
async def test_a_caller_camped_at_somebody_in_a_teams_call_is_put_through_when_it_ends() -> None:
    teams = FakeTeams()
    async with running(presence=[teams]) as rig, console(rig) as one:
        ready(rig, teams)
        teams.say(in_a_call("p202"))
        leg = rig.switch.caller()
        await one.until(lambda: one.session.replica.calls)
        (call,) = one.session.replica.calls
        await one.outcome(one.session.request(Answer(call=call)))
        desk = next(c.leg for c in rig.switch.sent if isinstance(c, Originate))
        rig.switch.say(LegAnswered(leg=desk))
        await one.until(lambda: one.session.replica.calls[call].place is Place.TALKING)
        outcome = await one.outcome(one.session.request(CampOn(call=call, to=BENT)))
        assert outcome.result is Result.DONE
        assert not rung(rig, "202")
        rig.switch.say(LineChanged(number="202", state=LineState.RINGING))
        rig.switch.say(LineChanged(number="202", state=LineState.IDLE))
        await rig.settled()
        assert not rung(rig, "202")
        teams.say(word("p202"))
        await until_sent(rig, lambda: rung(rig, "202"))
        assert leg in rig.engine._floor.legs


# ------------------------------------------------------------------ no echo


@pytest.mark.requirement("000-38")
async def test_our_own_word_comes_back_and_changes_nothing() -> None:
    teams = FakeTeams()
    async with running(presence=[teams], timing=QUICK) as rig, console(rig) as one:
        ready(rig, teams)
        rig.switch.say(LineChanged(number="201", state=LineState.TALKING))
        await teams.until(lambda: teams.written)
        teams.say(in_a_call("p201"))
        rig.switch.say(LineChanged(number="201", state=LineState.IDLE))
        await teams.until(lambda: len(teams.written) == 2)
        await one.until(lambda: status_in(one, "p201").kind is StatusKind.FREE)
        assert not marks(rig)
        assert status_in(one, "p201").teams == "Available"
        teams.say(word("p201"))
        await asyncio.sleep(2 * QUICK.holdoff_s)  # until an echo would be taken for news
        assert not marks(rig)
        assert len(teams.written) == 2


async def test_a_call_in_teams_that_outlives_the_one_on_the_telephone_is_seen_after_a_while() -> None:
    teams = FakeTeams()
    async with running(presence=[teams], timing=QUICK) as rig:
        ready(rig, teams)
        rig.switch.say(LineChanged(number="201", state=LineState.TALKING))
        await teams.until(lambda: teams.written)
        teams.say(in_a_call("p201"))
        rig.switch.say(LineChanged(number="201", state=LineState.IDLE))
        await teams.until(lambda: len(teams.written) == 2)
        assert not marks(rig)
        await until_sent(rig, lambda: marks(rig) == [("201", LineMark.BUSY)])


# ------------------------------------------------------------------ who cannot be synchronised


@pytest.mark.requirement("000-25")
async def test_who_has_no_licence_is_told_by_name_and_the_others_go_on(expected_logs: ExpectLogs) -> None:
    teams = FakeTeams()
    teams.wrong = {p: PersonRefused("no_licence", person=p) for p in ("p201", "p202")}
    async with running(presence=[teams], timing=QUICK) as rig, console(rig) as one:
        ready(rig, teams)
        expected_logs("writing to Teams fails for p20")
        rig.switch.say(LineChanged(number="201", state=LineState.TALKING))
        await one.until(lambda: told(one).message)
        source = told(one)
        assert (source.state, key_of(source)) == (SourceState.UP, "no_licence")
        rig.switch.say(LineChanged(number="202", state=LineState.TALKING))
        rig.switch.say(LineChanged(number="203", state=LineState.TALKING))
        await teams.until(lambda: teams.sessions == {"p203": QUICK.session_s})
        await one.until(lambda: key_of(told(one)) == "sync_incomplete")
        message = told(one).message
        assert message is not None
        assert message.params == {"count": 2, "people": "Alice, Bent"}
        assert len(teams.written) == 3, "who is refused is not tried again and again"


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (AuthNeeded("graph_refused", permission="Presence.ReadWrite.All"), SourceState.NEEDS_SIGN_IN),
        (Unavailable("unreachable", address="graph"), SourceState.DOWN),
    ],
)
async def test_what_is_wrong_for_all_is_told_and_recovers_by_itself(
    expected_logs: ExpectLogs, error: ServiceError, state: SourceState
) -> None:
    teams = FakeTeams()
    teams.wrong_for_all = error
    async with running(presence=[teams], timing=QUICK) as rig, console(rig) as one:
        ready(rig, teams)
        expected_logs("writing to Teams fails for p201")
        rig.switch.say(LineChanged(number="201", state=LineState.TALKING))
        await one.until(lambda: told(one).state is state)
        assert told(one).message == error.message
        teams.wrong_for_all = None
        await one.until(lambda: told(one).state is SourceState.UP)
        assert teams.sessions


# ------------------------------------------------------------------ levels


@pytest.mark.requirement("000-06")
async def test_each_colleague_has_a_direction_of_their_own() -> None:
    directions = {
        "p201": Direction.OFF,
        "p202": Direction.TO_TEAMS,
        "p203": Direction.TO_TELEPHONY,
    }
    teams = FakeTeams()
    async with running(presence=[teams], policy_of=lambda p: SyncPolicy(direction=directions[p.id])) as rig:
        ready(rig, teams)
        for number in ("201", "202", "203"):
            rig.switch.say(LineChanged(number=number, state=LineState.TALKING))
            teams.say(word(f"p{number}", "Busy", "InAConferenceCall"))
        await teams.until(lambda: teams.written)
        await rig.settled()
        assert teams.written == [("set", "p202")]
        assert marks(rig) == [("203", LineMark.BUSY)]


@pytest.mark.requirement("000-24")
async def test_another_office_file_holds_at_once() -> None:
    teams = FakeTeams()
    async with running(presence=[teams], timing=QUICK) as rig:
        ready(rig, teams)
        rig.switch.say(LineChanged(number="201", state=LineState.TALKING))
        teams.say(word("p202", "Busy", "InAConferenceCall"))
        await teams.until(lambda: teams.sessions)
        off = parse_office('[teams]\ndirection = "off"', "office.toml")
        await rig.hub.use_office(off, default_office())
        await teams.until(lambda: not teams.sessions)
        assert marks(rig) == [("202", LineMark.BUSY), ("202", LineMark.NONE)]
        await rig.hub.use_office(default_office(), off)
        await teams.until(lambda: teams.sessions)
        assert marks(rig)[2:] == [("202", LineMark.BUSY)]


# ------------------------------------------------------------------ restarts, losses, people who leave


async def test_the_next_hub_clears_what_nobody_owns_and_takes_over_the_rest() -> None:
    store = MemoryStore()
    far = time.time() + 600
    store.sessions = {p.id: OwnSession(person=p, until=far) for p in PEOPLE[:2]}
    gone = person("299", "Gone")
    store.sessions["p299"] = OwnSession(person=gone, until=far)
    store.sessions["p203"] = OwnSession(person=PEOPLE[2], until=time.time() - 1)
    teams = FakeTeams()
    async with running(store, presence=[teams], is_connected=False) as rig:
        assert not teams.written, "telephony has not said anything yet"
        lines = (("201", LineState.TALKING), ("202", LineState.IDLE), ("203", LineState.IDLE))
        rig.switch.say(SwitchConnected(lines=lines))
        await teams.until(lambda: len(teams.written) == 3)
        assert sorted(teams.written) == [("clear", "p202"), ("clear", "p299"), ("set", "p201")]
        await store.until(lambda: set(store.sessions) == {"p201"})


async def test_while_telephony_is_away_nothing_is_renewed_nor_cleared(expected_logs: ExpectLogs) -> None:
    teams = FakeTeams()
    async with running(presence=[teams], timing=QUICK) as rig, console(rig) as one:
        ready(rig, teams)
        rig.switch.say(LineChanged(number="201", state=LineState.TALKING))
        await teams.until(lambda: teams.written)
        expected_logs("telephony is")
        rig.switch.say(SwitchLost(state=SourceState.DOWN, message=Unavailable("unreachable").message))
        await one.until(lambda: status_in(one, "p201").is_stale)
        assert teams.written == [("set", "p201")]
        rig.switch.say(IDLE)
        await teams.until(lambda: teams.written == [("set", "p201"), ("clear", "p201")])


async def test_who_leaves_the_directory_is_shown_nowhere_any_more() -> None:
    teams = FakeTeams()
    async with running(presence=[teams]) as rig:
        ready(rig, teams)
        rig.switch.say(LineChanged(number="201", state=LineState.TALKING))
        teams.say(word("p202", "Busy", "InAConferenceCall"))
        await teams.until(lambda: teams.sessions)
        await rig.hub.directory.replace_colleagues(PEOPLE[2:])
        await teams.until(lambda: ("clear", "p201") in teams.written)
        assert marks(rig) == [("202", LineMark.BUSY), ("202", LineMark.NONE)]
        await rig.store.until(lambda: not rig.store.sessions)


async def test_teams_that_is_silent_for_long_marks_no_line_any_more(expected_logs: ExpectLogs) -> None:
    teams = FakeTeams()
    async with running(presence=[teams], timing=Timing(session_s=0.3)) as rig:
        ready(rig, teams)
        teams.say(word("p201", "Busy", "InAConferenceCall"))
        expected_logs("teams is")
        teams.say(SourceSet(source=TEAMS, state=SourceState.DOWN))
        await until_sent(rig, lambda: marks(rig) == [("201", LineMark.BUSY), ("201", LineMark.NONE)])
        teams.say(SourceSet(source=TEAMS, state=SourceState.UP))
        assert marks(rig)[2:] == [("201", LineMark.BUSY)]


# ------------------------------------------------------------------ the profile of a call


KARIN = person("101", "Karin")
AT_TEAMS = Profile(
    id="ms_teams",
    queue=Readiness.PAUSED,
    info="Skriv i Teams, hvis det haster",
    handling=CallHandling.VOICEMAIL,
)


def readiness(rig: Rig) -> Readiness:
    return rig.engine.attendants["KLJ"].readiness


@pytest.mark.requirement("003-58", "003-35")
async def test_a_call_in_teams_activates_its_profile_while_it_lasts() -> None:
    teams = FakeTeams()
    policy = SyncPolicy(profile=AT_TEAMS)
    store = MemoryStore(people=(*PEOPLE, KARIN))
    async with (
        running(store, presence=[teams], policy_of=lambda _: policy) as rig,
        console(rig) as one,
    ):
        ready(rig, teams)
        teams.say(in_a_call("p101"))
        await one.until(lambda: status_in(one, "p101").info == AT_TEAMS.info)
        await one.until(lambda: readiness(rig) is Readiness.PAUSED)
        teams.say(word("p101"))
        await one.until(lambda: not status_in(one, "p101").info)
        await one.until(lambda: readiness(rig) is Readiness.READY)


@pytest.mark.requirement("003-58")
async def test_what_a_receptionist_changes_during_the_call_stays() -> None:
    teams = FakeTeams()
    policy = SyncPolicy(profile=AT_TEAMS)
    store = MemoryStore(people=(*PEOPLE, KARIN))
    async with (
        running(store, presence=[teams], policy_of=lambda _: policy) as rig,
        console(rig) as one,
    ):
        ready(rig, teams)
        teams.say(in_a_call("p101"))
        await one.until(lambda: readiness(rig) is Readiness.PAUSED)
        for wanted in (Readiness.READY, Readiness.PAUSED):
            told = await one.outcome(one.session.request(SetReadiness(readiness=wanted)))
            assert told.result is Result.DONE
        await one.outcome(one.session.request(SetReadiness(readiness=Readiness.READY)))
        teams.say(word("p101"))
        await one.until(lambda: status_in(one, "p101").kind is not StatusKind.BUSY)
        assert readiness(rig) is Readiness.READY


@pytest.mark.requirement("003-58", "000-24")
async def test_a_profile_that_the_office_file_gives_or_takes_holds_during_the_call_too() -> None:
    teams = FakeTeams()
    async with running(presence=[teams], timing=QUICK) as rig, console(rig) as one:
        ready(rig, teams)
        teams.say(in_a_call("p202"))
        await one.until(lambda: status_in(one, "p202").cause is Cause.CALL)
        office = parse_office(
            """
            [[profiles]]
            id = "MS Teams"
            labels = { da = "MS Teams" }
            info = "i Teams"
            [teams]
            profile = "ms teams"
            """,
            "office.toml",
        )
        await rig.hub.use_office(office, default_office())
        await one.until(lambda: status_in(one, "p202").info == "i Teams")
        await rig.hub.use_office(default_office(), office)
        await one.until(lambda: not status_in(one, "p202").info)
