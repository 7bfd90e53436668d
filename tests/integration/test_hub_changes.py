"""What consoles are told, in which order, and what happens to those who were away or are slow."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence

import msgspec
import pytest

from reception.console.api import LinkState
from reception.hub.outbox import Budget
from reception.model.attendants import Readiness
from reception.model.calls import Place, Target
from reception.model.changes import (
    AttendantChanged,
    CallChanged,
    CallEnded,
    Message,
    Notice,
    SourceState,
    StatusChanged,
)
from reception.model.intents import Answer, AnswerNext, Consult, SetReadiness
from reception.model.lines import LineState, StatusKind
from reception.ports import (
    GoneCause,
    LegGone,
    LineChanged,
    Originate,
    SwitchCommand,
    SwitchConnected,
    SwitchLost,
)
from reception.wire import PROTOCOL, Changes, Hello, Outcome, Result, Slice, decode_to_console, encode
from tests.house.strict import ExpectLogs
from tests.integration.hub_rig import (
    PEOPLE,
    MemoryStore,
    Rig,
    ask,
    caught_up,
    console,
    hear,
    log_in,
    person,
    raw,
    running,
    state_of,
)

READY_AGAIN = SetReadiness(readiness=Readiness.READY)
PAUSE = SetReadiness(readiness=Readiness.PAUSED)


async def test_a_new_console_gets_a_whole_snapshot_in_slices() -> None:
    people = [person(str(2000 + n)) for n in range(1201)]
    async with running(MemoryStore(people)) as rig, raw(rig) as connection:
        rig.switch.caller()
        await rig.settled()
        await connection.send(encode(Hello(protocol=PROTOCOL, token="token-of-karin")), text=True)
        slices = []
        while not slices or not slices[-1].is_last:
            slices.append(await hear(connection, Slice))
        assert [s.is_first for s in slices] == [True, *[False] * 7]
        assert [len(s.people) for s in slices] == [0, *[200] * 6, 1]
        assert not any(s.statuses for s in slices)  # nothing is known of anybody's line
        assert len(slices[0].calls) == 1
        assert len({s.upto for s in slices}) == 1


async def test_a_call_reaches_every_console_at_once_and_leaves_again() -> None:
    async with running() as rig, console(rig) as one, console(rig, "MBH") as two:
        leg = rig.switch.caller()
        for c in (one, two):
            await c.until(lambda c=c: c.session.replica.calls)
            assert [k.party.number for k in c.session.replica.calls.values()] == ["+4533112233"]
        rig.switch.say(LegGone(leg=leg, cause=GoneCause.NORMAL))
        await one.until(lambda: not one.session.replica.calls)
        assert [list(d.ended) for d in one.deltas if d.ended] == [["call-1"]]


async def test_everything_is_stored_before_the_switch_is_told_and_then_published() -> None:
    async with running() as rig, raw(rig) as connection:
        _, have = await log_in(connection)
        await caught_up(rig, connection, have)
        rig.store.log.clear()

        def note(commands: Sequence[SwitchCommand]) -> None:
            rig.store.log.append(
                f"send {type(commands[0]).__name__} at {rig.hub.broadcast._log.upto - before}"
            )

        rig.switch.on_send = note
        before = rig.hub.broadcast._log.upto
        rig.switch.caller()
        assert rig.switch.sent == [], "the store is asked first"
        assert (await hear(connection, Changes)).upto == before + 1
        assert rig.store.log == ["save", f"send {type(rig.switch.sent[0]).__name__} at 0"]
        rig.store.log.clear()
        before = rig.hub.broadcast._log.upto
        await ask(connection, AnswerNext(), "a")
        assert len(rig.store.outcomes) == 1, "an outcome is stored before it is told"
        kept, told = rig.store.log
        assert kept == "save"
        assert told.startswith("send")
        assert told.endswith("at 0")


async def test_an_outcome_comes_after_the_changes_it_caused() -> None:
    async with running() as rig, raw(rig) as connection:
        _, have = await log_in(connection)
        rig.switch.caller()
        await caught_up(rig, connection, have)
        heard: list[object] = []
        await connection.send(b'{"type":"Request","id":"a","intent":{"type":"AnswerNext"}}', text=True)
        while not isinstance(frame := decode_to_console(await connection.recv(decode=False)), Outcome):
            heard.append(frame)
        assert [type(f) for f in heard] == [Changes]
        assert frame.result is Result.DONE
        assert frame.call == "call-1"


# ------------------------------------------------------------------ statuses and sources


async def test_statuses_come_in_one_batch_and_only_of_those_concerned() -> None:
    async with running() as rig, raw(rig) as connection:
        rig.switch.say(SwitchConnected(lines=(("201", LineState.IDLE), ("202", LineState.IDLE))))
        rig.hub.broadcast.flush()
        _, have = await log_in(connection)
        await caught_up(rig, connection, have)
        for state in (LineState.RINGING, LineState.TALKING, LineState.HELD, LineState.TALKING):
            rig.switch.say(LineChanged(number="201", state=state))
        rig.switch.say(LineChanged(number="202", state=LineState.UNREACHABLE))
        frame = await hear(connection, Changes)
        statuses = [c.status for c in frame.items if isinstance(c, StatusChanged)]
        assert {s.person: s.kind for s in statuses} == {"p201": StatusKind.BUSY, "p202": StatusKind.OFF}
        assert len(statuses) == len(frame.items)


async def test_a_lost_switch_makes_statuses_stale_never_idle_and_the_source_says_why(
    expected_logs: ExpectLogs,
) -> None:
    expected_logs("telephony is down")
    async with running() as rig, console(rig) as one:
        replica = one.session.replica
        rig.switch.say(SwitchConnected(lines=(("201", LineState.TALKING), ("202", LineState.IDLE))))
        await one.until(lambda: "p201" in replica.statuses)
        assert replica.statuses["p201"].kind is StatusKind.BUSY
        message = Message(key="unreachable", params={"address": "pbx"})
        rig.switch.say(SwitchLost(state=SourceState.DOWN, message=message))
        await one.until(lambda: replica.statuses["p201"].is_stale)
        assert replica.statuses["p201"].kind is StatusKind.BUSY
        assert replica.statuses["p202"].is_stale
        assert "p203" not in replica.statuses  # nobody told us: unknown
        assert replica.sources["telephony"].state is SourceState.DOWN
        assert replica.sources["telephony"].message == message
        rig.switch.say(SwitchConnected(lines=(("202", LineState.IDLE),)))
        await one.until(lambda: not replica.statuses["p202"].is_stale)
        assert replica.statuses["p201"].kind is StatusKind.UNKNOWN
        assert replica.sources["telephony"].state is SourceState.UP


async def test_a_lost_switch_is_logged_once_and_its_return_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", logger="reception")
    async with running() as rig:
        caplog.clear()
        rig.switch.say(SwitchLost(state=SourceState.DOWN, message=Message(key="unreachable")))
        for _ in range(5):
            rig.switch.say(LineChanged(number="201", state=LineState.IDLE))
        rig.switch.connect()
        lines = [r.getMessage() for r in caplog.records if "telephony" in r.getMessage()]
        assert lines == ["telephony is down: unreachable", "telephony is up"]


# ------------------------------------------------------------------ coming back


async def test_a_console_that_was_away_gets_only_what_it_missed() -> None:
    async with running() as rig:
        async with raw(rig) as connection:
            welcome, have = await log_in(connection)
        leg = rig.switch.caller("+4511111111")
        rig.switch.caller("+4522222222")
        rig.switch.say(LegGone(leg=leg, cause=GoneCause.NORMAL))
        async with raw(rig) as connection:
            again, _ = await log_in(connection, epoch=welcome.epoch, have=have)
            assert again.resumed
            missed = await hear(connection, Changes)
            called = [c.call for c in missed.items if isinstance(c, CallChanged)]
            assert {c.party.number for c in called} == {"+4511111111", "+4522222222"}
            assert [c.call for c in missed.items if isinstance(c, CallEnded)] == ["call-1"]
            assert not [
                c for c in missed.items if not isinstance(c, CallChanged | CallEnded | AttendantChanged)
            ]


@pytest.mark.parametrize(("epoch", "have"), [("another", 0), ("epoch-1", 10_000), ("epoch-1", -1), ("", 0)])
async def test_a_position_that_cannot_be_resumed_gets_a_snapshot(epoch: str, have: int) -> None:
    async with running() as rig, raw(rig) as connection:
        rig.switch.caller()
        welcome, _ = await log_in(connection, epoch=epoch, have=have)
        assert not welcome.resumed


async def test_whoever_was_away_too_long_gets_a_snapshot() -> None:
    async with running(log_capacity=3) as rig:
        async with raw(rig) as connection:
            welcome, have = await log_in(connection)
        for _ in range(5):
            rig.switch.caller()
        async with raw(rig) as connection:
            again, _ = await log_in(connection, epoch=welcome.epoch, have=have)
            assert not again.resumed


async def test_a_console_resumes_by_itself_after_the_line_dropped(expected_logs: ExpectLogs) -> None:
    expected_logs("the hub is away")
    async with running() as rig, console(rig) as one:
        rig.switch.caller()
        await one.until(lambda: one.session.replica.calls)
        resets = sum(d.is_reset for d in one.deltas)
        assert one.session._link is not None
        assert one.session._link._connection is not None
        one.session._link._connection.transport.abort()
        rig.switch.caller("+4599999999")
        await one.until(lambda: one.session.replica.link is LinkState.LOST)
        assert one.session.replica.calls  # the last known stays
        await one.until(lambda: len(one.session.replica.calls) == 2)
        assert one.session.replica.link is LinkState.UP
        assert sum(d.is_reset for d in one.deltas) == resets
        hub, mine = state_of(rig, one)
        assert hub == mine


async def test_notices_go_only_to_whom_they_are_addressed_also_on_resume() -> None:
    def notice(n: str, *to: str) -> Notice:
        return Notice(id=n, to=to, at=0.0, message=Message(key="held_long"))

    async with running() as rig, raw(rig) as karin, raw(rig) as mads:
        welcome, _ = await log_in(karin)
        await log_in(mads, "MBH")
        start = rig.hub.broadcast._log.upto
        rig.hub.broadcast.tell([notice("1", "KLJ"), notice("2", "MBH"), notice("3")])
        rig.hub.broadcast.tell([notice("4", "MBH")])
        rig.hub.broadcast.tell([notice("5")])

        async def ids(connection: object) -> list[str]:
            heard: list[str] = []
            while "5" not in heard:
                frame = await hear(connection, Changes)  # type: ignore[arg-type]
                heard += [c.id for c in frame.items if isinstance(c, Notice)]
            return heard

        assert await ids(karin) == ["1", "3", "5"]
        assert await ids(mads) == ["2", "3", "4", "5"]
        async with raw(rig) as again:
            await log_in(again, epoch=welcome.epoch, have=start)
            assert await ids(again) == ["1", "3", "5"]


# ------------------------------------------------------------------ slow consoles


async def test_a_slow_console_gets_a_fresh_snapshot_and_costs_no_memory() -> None:
    budget = Budget(max_bytes=20_000, max_frames=50, max_falls=1_000)
    async with running(budget=budget) as rig, console(rig, "MBH") as quick:
        slow_socket = socket.create_connection(("127.0.0.1", rig.server.port))
        slow_socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 32_768)
        slow_socket.setblocking(False)
        async with raw(rig, sock=slow_socket, max_queue=1) as slow:
            await log_in(slow)
            outbox = rig.hub.broadcast.subscribers_of("KLJ")[0].outbox
            most = 0
            for n in range(1_000):
                rig.hub.broadcast.tell(
                    [
                        Notice(
                            id=str(n), to=("KLJ",), at=0.0, message=Message(key="k", params={"x": "y" * 5000})
                        )
                    ]
                )
                most = max(most, outbox.waiting_bytes)
                await asyncio.sleep(0)
            assert most <= budget.max_bytes
            assert outbox.falls >= 1
            rig.switch.caller()
            await quick.until(lambda: quick.session.replica.calls)  # nobody else waits
            while True:
                frame = await hear(slow, Slice)
                if frame.is_first and frame.calls:
                    break
            assert [c.id for c in frame.calls] == ["call-1"]


async def test_a_hopelessly_slow_console_is_let_go_with_the_reason() -> None:
    budget = Budget(max_bytes=1_000, max_frames=5, max_falls=3)
    async with running(budget=budget) as rig, raw(rig) as connection:
        await log_in(connection)
        big = Message(key="k", params={"x": "y" * 400})
        for n in range(100):  # in one go: the sender has no turn in between
            outbox = rig.hub.broadcast.subscribers_of("KLJ")[0].outbox
            outbox.put_changes(b'{"type":"Changes","upto":1,"items":[]}' + b" " * 900)
            if outbox._needs_snapshot:
                outbox._next_of_snapshot()
            rig.hub.broadcast.tell([Notice(id=str(n), to=(), at=0.0, message=big)])
        from reception.wire import Refused

        assert (await hear(connection, Refused)).message.key == "too_slow"


async def test_a_console_over_a_dropped_snapshot_ends_with_the_hubs_state() -> None:
    budget = Budget(max_bytes=3_000, max_frames=3, max_falls=1_000)
    async with running(budget=budget) as rig, console(rig) as one:
        legs = [rig.switch.caller(f"+45331122{n:02}") for n in range(40)]
        for leg in legs[::2]:
            rig.switch.say(LegGone(leg=leg, cause=GoneCause.NORMAL))

        def are_one() -> bool:
            hub, mine = state_of(rig, one)
            return bool(hub == mine)

        # Twenty are there on the way to forty, too; and what is told of a change comes after the change.
        await one.until(lambda: len(one.session.replica.calls) == 20 and are_one())
        await one.until(lambda: sum(d.is_reset for d in one.deltas) >= 2)


# ------------------------------------------------------------------ requests


async def test_two_receptionists_answer_one_call_one_gets_it_the_other_hears_who() -> None:
    async with running() as rig, console(rig) as karin, console(rig, "MBH") as mads:
        rig.switch.caller()
        for c in (karin, mads):
            await c.until(lambda c=c: c.session.replica.calls)
        first = karin.session.request(Answer(call="call-1"))
        second = mads.session.request(Answer(call="call-1"))
        outcomes = {"Karin": await karin.outcome(first), "Mads": await mads.outcome(second)}
        assert sorted(o.result for o in outcomes.values()) == [Result.DONE, Result.REFUSED]
        loser = next(o for o in outcomes.values() if o.result is Result.REFUSED)
        winner = next(name for name, o in outcomes.items() if o.result is Result.DONE)
        assert loser.message == Message(key="already_answered", params={"by": winner})
        assert sum(isinstance(c, Originate) for c in rig.switch.sent) == 1


async def test_one_receptionist_at_two_consoles_sees_the_same_on_both() -> None:
    async with running() as rig, console(rig) as desk, console(rig) as home:
        rig.switch.caller()
        await desk.until(lambda: desk.session.replica.calls)
        request = desk.session.request(AnswerNext())
        assert (await desk.outcome(request)).result is Result.DONE
        await home.until(lambda: state_of(rig, desk)[1] == state_of(rig, home)[1])
        assert home.outcomes(request) == []


async def test_an_intent_is_carried_out_once_however_often_it_comes() -> None:
    async with running() as rig, raw(rig) as connection:
        await log_in(connection)
        rig.switch.caller()
        rig.switch.caller()
        first = await ask(connection, AnswerNext(), "same")
        sent = len(rig.switch.sent)
        again = await ask(connection, AnswerNext(), "same")
        assert first == again
        assert first.result is Result.DONE
        assert len(rig.switch.sent) == sent
        refused = await ask(connection, Answer(call="nothing"), "no")
        assert refused == await ask(connection, Answer(call="call-2"), "no")
        assert refused.message == Message(key="unknown_call")


async def test_an_intent_is_not_repeated_after_a_restart_of_the_hub_either() -> None:
    store = MemoryStore()
    async with running(store) as rig, raw(rig) as connection:
        await log_in(connection)
        first = await ask(connection, PAUSE, "same")
        await ask(connection, READY_AGAIN, "other")
    async with running(store, epoch="epoch-2") as rig, raw(rig) as connection:
        await log_in(connection)
        assert await ask(connection, PAUSE, "same") == first
        assert rig.engine.attendants["KLJ"].readiness is Readiness.READY


async def test_the_same_id_from_another_receptionist_is_another_request() -> None:
    async with running() as rig, raw(rig) as karin, raw(rig) as mads:
        await log_in(karin)
        await log_in(mads, "MBH")
        await ask(karin, PAUSE, "same")
        await ask(mads, PAUSE, "same")
        assert rig.engine.attendants["MBH"].readiness is Readiness.PAUSED


async def test_a_fault_in_one_intent_fails_that_intent_alone(expected_logs: ExpectLogs) -> None:
    expected_logs("a fault in")
    async with running() as rig, console(rig) as one:

        def broken(*_: object) -> None:
            raise ZeroDivisionError

        good, rig.engine.on_intent = rig.engine.on_intent, broken  # type: ignore[method-assign, assignment]
        outcome = await one.outcome(one.session.request(PAUSE))
        assert outcome.result is Result.FAILED
        assert outcome.message == Message(key="internal_error")
        rig.engine.on_intent = good  # type: ignore[method-assign]
        assert (await one.outcome(one.session.request(PAUSE))).result is Result.DONE


async def test_a_fault_in_one_event_leaves_the_hub_at_work(expected_logs: ExpectLogs) -> None:
    expected_logs("a fault in")
    async with running() as rig, console(rig) as one:

        def broken(*_: object) -> None:
            raise KeyError("leg")

        good, rig.engine.on_switch = rig.engine.on_switch, broken  # type: ignore[method-assign, assignment]
        rig.switch.caller()
        rig.engine.on_switch = good  # type: ignore[method-assign]
        rig.switch.caller()
        await one.until(lambda: one.session.replica.calls)


async def test_a_fault_in_the_switch_backend_does_not_hide_the_change(expected_logs: ExpectLogs) -> None:
    expected_logs("a fault in")
    async with running() as rig, console(rig) as one:

        def broken(_: object) -> None:
            raise ZeroDivisionError

        rig.switch.on_send = broken
        rig.switch.caller()
        await one.until(lambda: one.session.replica.calls)


async def test_an_event_that_comes_while_commands_are_sent_waits_its_turn() -> None:
    async with running() as rig, raw(rig) as connection:
        await log_in(connection)

        def hang_up_at_once(commands: Sequence[SwitchCommand]) -> None:
            rig.switch.on_send = lambda _: None
            rig.switch.say(LegGone(leg="leg-1", cause=GoneCause.NORMAL))

        rig.switch.on_send = hang_up_at_once
        rig.switch.caller()
        heard: list[str] = []
        while "CallEnded" not in heard:
            heard += [type(c).__name__ for c in (await hear(connection, Changes)).items]
        assert [kind for kind in heard if kind.startswith("Call")] == ["CallChanged", "CallEnded"]
        assert rig.engine.calls == {}


# ------------------------------------------------------------------ the store


async def test_a_broken_store_is_shown_and_made_up_for_and_calls_go_on(expected_logs: ExpectLogs) -> None:
    expected_logs("the store does not take changes")
    async with running() as rig, console(rig) as one:
        rig.store.fails = True
        rig.switch.caller()
        rig.switch.caller()
        await one.until(lambda: len(one.session.replica.calls) == 2)
        assert one.session.replica.sources["store"].state is SourceState.DOWN
        outcome = await one.outcome(one.session.request(PAUSE))
        assert outcome.result is Result.DONE
        assert rig.store.calls == {}
        rig.store.fails = False
        rig.switch.say(LineChanged(number="201", state=LineState.IDLE))
        rig.switch.caller()
        await one.until(lambda: one.session.replica.sources["store"].state is SourceState.UP)
        assert set(rig.store.calls) == {"call-1", "call-2", "call-3"}
        assert rig.store.attendants["KLJ"].readiness is Readiness.PAUSED
        assert len(rig.store.outcomes) == 1


async def test_a_restarted_hub_knows_log_ins_and_its_callers_after_the_switch_told_them() -> None:
    store = MemoryStore()
    async with running(store) as rig, raw(rig) as connection:
        await log_in(connection)
        await ask(connection, PAUSE, "p")
        rig.switch.caller("+4511111111")
        before = dict(rig.engine.calls)
    rig = Rig(store, epoch="epoch-2")
    await rig.start(is_connected=False)
    async with console(rig) as one:
        replica = one.session.replica
        assert set(replica.calls) == set(before)
        assert replica.calls["call-1"].place is Place.QUEUED
        assert replica.attendants["KLJ"].readiness is Readiness.PAUSED
        assert replica.sources["telephony"].state is SourceState.CONNECTING
    await rig.stop()


# ------------------------------------------------------------------ people


async def test_a_new_directory_reaches_consoles_by_its_differences() -> None:
    async with running() as rig, console(rig) as one:
        rig.switch.say(SwitchConnected(lines=(("204", LineState.TALKING), ("202", LineState.IDLE))))
        renamed = msgspec.structs.replace(PEOPLE[1], name="Bente")
        difference = await rig.hub.directory.replace_colleagues([PEOPLE[0], renamed, person("204", "Dora")])
        assert (difference.added, difference.changed, difference.removed) == (1, 1, 1)
        replica = one.session.replica
        await one.until(lambda: "p204" in replica.statuses)
        assert {p.name for p in replica.people.values()} == {"Alice", "Bente", "Dora"}
        assert replica.statuses["p204"].kind is StatusKind.BUSY
        assert "p203" not in replica.statuses
        hub, mine = state_of(rig, one)
        assert hub == mine
        assert rig.store.people[1] == renamed


async def test_a_directory_that_cannot_be_stored_changes_nothing() -> None:
    from reception.errors import Unavailable

    async with running() as rig, console(rig) as one:
        rig.store.fails = True
        with pytest.raises(Unavailable):
            await rig.hub.directory.replace_colleagues([person("209")])
        assert set(one.session.replica.people) == {"p201", "p202", "p203"}
        assert set(state_of(rig, one)[0]["people"]) == {"p201", "p202", "p203"}
        rig.store.fails = False


# ------------------------------------------------------------------ many


async def test_fifty_consoles_see_a_burst_and_end_alike() -> None:
    async with running() as rig:
        async with asyncio.TaskGroup() as group:
            ready: list[asyncio.Event] = [asyncio.Event() for _ in range(50)]
            go_home = asyncio.Event()
            states: list[object] = []

            async def work(n: int) -> None:
                async with console(rig, ("KLJ", "MBH")[n % 2]) as one:
                    ready[n].set()
                    await one.until(lambda: len(one.session.replica.calls) == 30)
                    hub, mine = state_of(rig, one)
                    states.append(mine)
                    assert hub == mine
                    if len(states) == 50:
                        go_home.set()
                    await go_home.wait()

            for n in range(50):
                group.create_task(work(n))
            for event in ready:
                await event.wait()
            for n in range(30):
                rig.switch.caller(f"+45331100{n:02}")
        assert len(states) == 50


async def test_consult_target_is_carried_on_the_wire() -> None:
    """An intent with a nested target arrives whole: the refusal names it."""
    async with running() as rig, raw(rig) as connection:
        await log_in(connection)
        outcome = await ask(connection, Consult(call="none", to=Target(number="201")), "c")
        assert outcome.message == Message(key="unknown_call")
