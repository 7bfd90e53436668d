"""Entries, Teams' words, the day's counts and whom callers spoke with, through a real hub to its consoles."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence, Set

from msgspec.structs import replace

from reception.errors import ConfigError
from reception.model.calls import Place, Spoken, Target
from reception.model.changes import (
    DayChanged,
    DayCounts,
    Message,
    SourceState,
    StatusChanged,
    TimelineChanged,
)
from reception.model.intents import Answer, HangUp, Transfer
from reception.model.lines import LineState, PersonStatus, StatusKind
from reception.model.people import Person
from reception.model.presence import CALENDAR, WEB, Entry
from reception.ports import GoneCause, LegAnswered, LegGone, Originate, SwitchConnected
from reception.presence.port import BY_HAND, EXCHANGE, TEAMS, PresenceEvent, SourceSet, TeamsSet, TimelineSet
from reception.wire import Changes, Result, Slice, decode_to_console
from tests.house.strict import ExpectLogs
from tests.integration.hub_rig import (
    PEOPLE,
    Console,
    MemoryStore,
    Rig,
    console,
    hear,
    log_in,
    person,
    raw,
    running,
)

ALICE = Target(number="201", person="p201", name="Alice")
IDLE = SwitchConnected(lines=tuple((f"20{n}", LineState.IDLE) for n in (1, 2, 3)))


class FakePresence:
    """Remembers whom it follows; says what the test says."""

    sources = (EXCHANGE, TEAMS)

    def __init__(self, *, fails: bool = False) -> None:
        self.followed: list[tuple[str, ...]] = []
        self.watched: list[Set[str]] = []
        self.is_stopped = False
        self._fails = fails
        self._on_event: Callable[[PresenceEvent], None] | None = None

    def follow(self, people: Sequence[Person]) -> None:
        self.followed.append(tuple(p.id for p in people))

    def watch(self, people: Set[str]) -> None:
        self.watched.append(people)

    async def start(self, on_event: Callable[[PresenceEvent], None]) -> None:
        if self._fails:
            raise ConfigError("misconfigured", setting="presence", error="no such mailbox")
        self._on_event = on_event
        for source in self.sources:
            self.say(SourceSet(source=source, state=SourceState.UP))

    async def stop(self) -> None:
        self.is_stopped = True

    def say(self, *events: PresenceEvent) -> None:
        assert self._on_event is not None
        for event in events:
            self._on_event(event)


def entry(reason: str, begin_s: float, end_s: float | None, *, origin: str = CALENDAR) -> Entry:
    """An entry around this moment."""
    now = time.time()
    end = None if end_s is None else now + end_s
    return Entry(id=f"{reason} {begin_s}", reason=reason, start=now + begin_s, end=end, origin=origin)


def calendar(person_id: str, *entries: Entry) -> TimelineSet:
    return TimelineSet(source=EXCHANGE, person=person_id, entries=entries)


def status_in(one: Console, person_id: str) -> PersonStatus:
    """Return what a console shows of somebody."""
    unknown = PersonStatus(person=person_id, kind=StatusKind.UNKNOWN, since=0.0)
    return one.session.replica.statuses.get(person_id, unknown)


async def test_a_meeting_reaches_every_console_as_timeline_and_as_status() -> None:
    presence = FakePresence()
    async with running(presence=[presence]) as rig, console(rig) as one, console(rig, "MBH") as two:
        rig.switch.say(IDLE)
        meeting = entry("Leverandørmøde", -60.0, 3600.0)
        presence.say(calendar("p201", meeting), TeamsSet(person="p201", availability="Busy"))
        for c in (one, two):
            replica = c.session.replica
            await c.until(lambda c=c: c.session.replica.timelines and status_in(c, "p201").teams)
            status = replica.statuses["p201"]
            assert replica.timelines["p201"].entries == (meeting,)
            assert (status.kind, status.is_entered, status.reason) == (
                StatusKind.AWAY,
                True,
                "Leverandørmøde",
            )
            assert (status.until, status.back_at, status.teams) == (meeting.end, meeting.end, "Busy")


async def test_a_new_console_finds_timelines_and_counts_in_its_snapshot() -> None:
    presence = FakePresence()
    async with running(presence=[presence]) as rig:
        rig.switch.say(IDLE)
        rig.switch.say(LegGone(leg=rig.switch.caller(), cause=GoneCause.NORMAL))
        presence.say(calendar("p202", entry("Ferie", -60.0, None)), calendar("p203"))
        async with console(rig) as one:
            replica = one.session.replica
            assert set(replica.timelines) == {"p202"}
            assert replica.statuses["p202"].reason == "Ferie"
            assert replica.day == DayCounts(lost=1)
            assert {s: replica.sources[s].state for s in (EXCHANGE, TEAMS)} == {
                EXCHANGE: SourceState.UP,
                TEAMS: SourceState.UP,
            }


async def test_an_entry_begins_and_ends_by_itself() -> None:
    presence = FakePresence()
    async with running(presence=[presence]) as rig, console(rig) as one:
        rig.switch.say(IDLE)
        presence.say(calendar("p201", entry("Kort", 0.15, 0.4)))
        await one.until(lambda: status_in(one, "p201").next_reason == "Kort")
        await one.until(lambda: status_in(one, "p201").kind is StatusKind.AWAY)
        await one.until(lambda: status_in(one, "p201").kind is StatusKind.FREE)


async def test_a_burst_of_entries_is_one_frame_with_the_last_of_each() -> None:
    presence = FakePresence()
    async with running(presence=[presence]) as rig, raw(rig) as connection:
        await log_in(connection)
        for n in range(20):
            presence.say(calendar("p201", entry(f"Møde {n}", -60.0, 600.0)))
        presence.say(calendar("p202", entry("Møde", -60.0, 600.0)))
        heard: list[str] = []
        while len(heard) < 4:
            frame = await hear(connection, Changes)
            for change in frame.items:
                match change:
                    case TimelineChanged(timeline=timeline):
                        heard.append(f"{timeline.person}: {timeline.entries[0].reason}")
                    case StatusChanged(status=status) if status.is_entered:
                        heard.append(f"{status.person} {status.reason}")
        assert sorted(heard) == ["p201 Møde 19", "p201: Møde 19", "p202 Møde", "p202: Møde"]


async def test_a_lost_calendar_shows_at_its_light_and_on_what_rests_on_it(expected_logs: ExpectLogs) -> None:
    expected_logs("exchange is down")
    presence = FakePresence()
    async with running(presence=[presence]) as rig, console(rig) as one:
        rig.switch.say(IDLE)
        lunch = TimelineSet(
            source=BY_HAND, person="p202", entries=(entry("Frokost", -60.0, 600.0, origin=WEB),)
        )
        presence.say(calendar("p201", entry("Møde", -60.0, 600.0)), calendar("p202"), lunch, calendar("p203"))
        away = Message(key="unreachable", params={"address": "mail.firma.example"})
        presence.say(SourceSet(source=EXCHANGE, state=SourceState.DOWN, message=away))
        replica = one.session.replica
        await one.until(lambda: status_in(one, "p203").is_stale)
        assert {p: s.is_stale for p, s in replica.statuses.items()} == {
            "p201": True,
            "p202": False,
            "p203": True,
        }
        assert replica.sources[EXCHANGE].message == away
        assert replica.sources[TEAMS].state is SourceState.UP
        presence.say(SourceSet(source=EXCHANGE, state=SourceState.UP))
        await one.until(lambda: not any(s.is_stale for s in one.session.replica.statuses.values()))


async def test_settings_that_cannot_work_show_at_the_sources_and_calls_go_on(
    expected_logs: ExpectLogs,
) -> None:
    expected_logs("presence cannot start")
    async with running(presence=[FakePresence(fails=True)]) as rig, console(rig) as one:
        rig.switch.caller()
        await one.until(lambda: one.session.replica.calls)
        for source in (EXCHANGE, TEAMS):
            shown = one.session.replica.sources[source]
            assert shown.state is SourceState.NEEDS_SETTINGS
            assert shown.message is not None
            assert shown.message.params["error"] == "no such mailbox"


async def test_it_is_told_whom_to_follow_and_let_go_at_the_end() -> None:
    presence = FakePresence()
    async with running(presence=[presence]) as rig, console(rig) as one:
        presence.say(calendar("p201", entry("Møde", -60.0, 600.0)))
        await one.until(lambda: "p201" in one.session.replica.timelines)
        await rig.hub.directory.replace_colleagues([PEOPLE[1], person("209")])
        await one.until(lambda: "p209" in one.session.replica.people)
        assert set(rig.hub._board.timelines) == set()
        assert presence.followed == [("p201", "p202", "p203"), ("p202", "p209")]
    assert presence.is_stopped


async def test_sources_hear_for_whom_a_call_waits() -> None:
    presence = FakePresence()
    async with running(presence=[presence]) as rig, console(rig) as one:
        rig.switch.say(IDLE)
        rig.switch.caller()
        await answered(rig, one, "call-1")
        assert presence.watched == []
        await one.outcome(one.session.request(Transfer(call="call-1", to=ALICE)))
        assert presence.watched == [frozenset({"p201"})]
        target = next(c.leg for c in reversed(rig.switch.sent) if isinstance(c, Originate))
        rig.switch.say(LegAnswered(leg=target))
        await one.until(lambda: one.session.replica.calls["call-1"].place is Place.HANDED_ON)
        assert presence.watched == [frozenset({"p201"}), frozenset()]


async def test_a_note_on_a_source_that_is_well_reaches_the_windows_and_leaves_its_age() -> None:
    presence = FakePresence()
    note = Message(key="graph_pace", params={"people": 3, "seconds": 10, "requests": 6, "budget": 3000})
    async with running(presence=[presence]) as rig, console(rig) as one:
        before = one.session.replica.sources[TEAMS]
        presence.say(SourceSet(source=TEAMS, state=SourceState.UP, note=note))
        await one.until(lambda: one.session.replica.sources[TEAMS].note == note)
        assert one.session.replica.sources[TEAMS].since == before.since


# ------------------------------------------------------------------ the day and who spoke with whom


async def answered(rig: Rig, one: Console, call: str) -> None:
    """Let Karin answer a call, her phone being quick."""
    assert (await one.outcome(one.session.request(Answer(call=call)))).result is Result.DONE
    desk = next(c.leg for c in reversed(rig.switch.sent) if isinstance(c, Originate))
    rig.switch.say(LegAnswered(leg=desk))
    await one.until(lambda: one.session.replica.calls[call].place is Place.TALKING)


async def put_through(rig: Rig, one: Console, call: str, to: Target = ALICE) -> None:
    """Let Karin transfer a call to Alice, who answers."""
    await one.outcome(one.session.request(Transfer(call=call, to=to)))
    target = next(c.leg for c in reversed(rig.switch.sent) if isinstance(c, Originate))
    rig.switch.say(LegAnswered(leg=target))
    await one.until(lambda: one.session.replica.calls[call].place is Place.HANDED_ON)


async def test_the_days_counts_are_told_gathered_and_outlive_the_hub() -> None:
    store = MemoryStore()
    async with running(store) as rig, console(rig) as one:
        rig.switch.say(IDLE)
        for _ in range(3):
            rig.switch.say(LegGone(leg=rig.switch.caller(), cause=GoneCause.NORMAL))
        rig.switch.caller()
        await answered(rig, one, "call-4")
        await one.until(lambda: one.session.replica.day.answered == 1)
        day = one.session.replica.day
        assert (day.lost, 0.0 <= day.mean_wait_s < 5.0) == (3, True)
        await one.outcome(one.session.request(HangUp(call="call-4")))
    async with running(store, epoch="epoch-2") as rig, console(rig) as one:
        assert one.session.replica.day == day


async def test_a_burst_of_lost_callers_is_told_once() -> None:
    async with running() as rig, raw(rig) as connection:
        await log_in(connection)
        for _ in range(10):
            rig.switch.say(LegGone(leg=rig.switch.caller(), cause=GoneCause.NORMAL))
        days = []
        while not days:
            days += [c.day for c in (await hear(connection, Changes)).items if isinstance(c, DayChanged)]
        assert days == [DayCounts(lost=10)]


async def test_who_calls_again_comes_with_whom_they_spoke_to_also_after_a_restart() -> None:
    store = MemoryStore()
    async with running(store) as rig, console(rig) as one:
        rig.switch.say(IDLE)
        leg = rig.switch.caller("+4533112233")
        await one.until(lambda: one.session.replica.calls)
        assert one.session.replica.calls["call-1"].spoken is None
        await answered(rig, one, "call-1")
        before = time.time()
        await put_through(rig, one, "call-1")
        rig.switch.say(LegGone(leg=leg, cause=GoneCause.NORMAL))
        rig.switch.caller("+4533112233")
        rig.switch.caller("+4599999999")
        await one.until(lambda: len(one.session.replica.calls) == 2)
        spoken = {c.party.number: c.spoken for c in one.session.replica.calls.values()}
        assert spoken["+4599999999"] is None
        then = spoken["+4533112233"]
        assert isinstance(then, Spoken)
        assert (then.person, then.name) == ("p201", "Alice")
        assert before - 1 <= then.at <= time.time()
    store.calls.clear()
    async with running(store, epoch="epoch-2") as rig, console(rig) as one:
        rig.switch.caller("+4533112233")
        await one.until(lambda: one.session.replica.calls)
        assert [c.spoken for c in one.session.replica.calls.values()] == [then]


async def test_who_is_unlisted_is_reached_by_number_and_named_to_nobody() -> None:
    ghost = replace(person("204", "Ghost"), is_unlisted=True)
    async with running(MemoryStore((*PEOPLE, ghost))) as rig, console(rig) as one:
        rig.switch.say(IDLE)
        replica = one.session.replica
        leg = rig.switch.caller("+4533112233")
        await one.until(lambda: replica.calls)
        await answered(rig, one, "call-1")
        await put_through(rig, one, "call-1", Target(number="204"))
        last = next(c for c in reversed(rig.switch.sent) if isinstance(c, Originate))
        assert last.to == "204"
        assert replica.calls["call-1"].target == Target(number="204")
        rig.switch.say(LegGone(leg=leg, cause=GoneCause.NORMAL))
        rig.switch.caller("+4533112233")
        await one.until(lambda: [c.place for c in replica.calls.values()] == [Place.QUEUED])
        assert [c.spoken for c in replica.calls.values()] == [None]
        assert ghost.id not in replica.people


async def test_a_broken_store_does_not_lose_the_counts(expected_logs: ExpectLogs) -> None:
    expected_logs("the store does not take changes")
    async with running() as rig:
        rig.store.fails = True
        rig.switch.say(LegGone(leg=rig.switch.caller(), cause=GoneCause.NORMAL))
        await rig.settled()
        assert rig.store.day is None
        rig.store.fails = False
        rig.switch.caller()
        await rig.store.until(lambda: rig.store.day is not None)
        assert rig.store.day is not None
        assert rig.store.day.lost == 1


# ------------------------------------------------------------------ many


async def test_the_entries_of_thousands_reach_a_console_in_frames_of_bounded_size() -> None:
    presence, count = FakePresence(), 1_000
    people = [person(str(20_000 + n)) for n in range(count)]
    async with running(MemoryStore(people), presence=[presence]) as rig, raw(rig) as connection:
        await log_in(connection)
        entries = tuple(
            entry(f"Et møde med et langt emne {n} " * 4, 3600.0 + n, 7200.0 + n) for n in range(60)
        )
        for p in people:
            presence.say(TimelineSet(source=EXCHANGE, person=p.id, entries=entries))
            if p.id.endswith("00"):
                await asyncio.sleep(0)
        told: set[str] = set()
        largest = 0
        async with asyncio.timeout(20):
            while len(told) < count:
                data = await connection.recv(decode=False)
                largest = max(largest, len(data))
                match decode_to_console(data):
                    case Changes(items=items):
                        told |= {c.timeline.person for c in items if isinstance(c, TimelineChanged)}
                    case Slice(timelines=timelines):  # so much at once may make the console too slow
                        told |= {t.person for t in timelines}
        assert largest < 1_500_000
