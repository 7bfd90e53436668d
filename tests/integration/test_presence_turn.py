"""Sources of presence come and go while a hub is at work, and tell how old their last good data is."""

from __future__ import annotations

import time

from reception.model.changes import Message, Source, SourceState
from reception.model.lines import Shift, WorkingHours
from reception.presence.port import EXCHANGE, TEAMS, HoursSet, SourceSet, TeamsSet, TimelineSet
from tests.house.strict import ExpectLogs
from tests.integration.hub_rig import Console, console, running
from tests.integration.test_hub_presence import FakePresence, calendar, entry, status_in
from tests.integration.test_hub_sync import IDLE


class Diary(FakePresence):
    """Another source, of entries alone."""

    sources = ("diary",)  # type: ignore[assignment]


class Clock:
    """The hub's time, which a test moves."""

    def __init__(self) -> None:
        self.now = time.time()

    def __call__(self) -> float:
        return self.now


def teams_in(one: Console) -> Source:
    return one.session.replica.sources[TEAMS]


async def test_a_source_that_is_away_stays_so_whatever_the_reason_and_tells_its_age(
    expected_logs: ExpectLogs,
) -> None:
    expected_logs("teams is down")
    clock, presence = Clock(), FakePresence()
    async with running(presence=[presence], clock=clock) as rig, console(rig) as one:
        gone_at = clock.now
        for key in ("graph_malformed", "unreachable"):
            doing = Message(key="tries_again", params={"at": clock.now + 5.0})
            said = Message(key=key, params={"what": "x", "address": "x"})
            presence.say(SourceSet(source=TEAMS, state=SourceState.DOWN, message=said, doing=doing))
            await one.until(lambda: teams_in(one).doing == doing)  # noqa: B023 - awaited in its own round
            clock.now += 60.0
        assert (teams_in(one).since, teams_in(one).good_at) == (gone_at, gone_at)
        presence.say(SourceSet(source=TEAMS, state=SourceState.UP))
        await one.until(lambda: teams_in(one).state is SourceState.UP)
        assert (teams_in(one).good_at, teams_in(one).doing) == (None, None)
        assert rig.hub.presence_turn.good_at() == {}, "this one cannot tell"


async def test_others_take_their_place_while_calls_go_on() -> None:
    before, stays, after = FakePresence(), Diary(), FakePresence()
    async with running(presence=[before, stays]) as rig, console(rig) as one:
        rig.switch.say(IDLE)
        rig.switch.caller()
        replica = one.session.replica
        before.say(
            calendar("p201", entry("Møde", -60.0, 600.0)), TeamsSet(person="p202", availability="Busy")
        )
        early = WorkingHours("Europe/Paris", (Shift((0, 1), 420, 900),))
        before.say(HoursSet(source=EXCHANGE, person="p202", hours=early))
        stays.say(HoursSet(source="diary", person="p203", hours=early))
        stays.say(TimelineSet(source="diary", person="p203", entries=(entry("Ferie", -60.0, 600.0),)))
        await one.until(lambda: status_in(one, "p203").reason == "Ferie")
        assert [status_in(one, p).hours for p in ("p201", "p202", "p203")] == [None, early, early]
        await rig.hub.presence_turn.use([stays])
        await one.until(lambda: TEAMS not in replica.sources and EXCHANGE not in replica.sources)
        assert (before.is_stopped, stays.is_stopped) == (True, False)
        await one.until(lambda: status_in(one, "p201").reason == "" and status_in(one, "p202").teams == "")
        await one.until(lambda: status_in(one, "p202").hours is None)
        assert status_in(one, "p203").hours == early
        assert status_in(one, "p203").reason == "Ferie"
        await rig.hub.presence_turn.use([stays, after])
        await one.until(lambda: TEAMS in replica.sources and teams_in(one).state is SourceState.UP)
        assert after.followed == [("p201", "p202", "p203")]
        assert len(stays.followed) == 1
        assert len(replica.calls) == 1
