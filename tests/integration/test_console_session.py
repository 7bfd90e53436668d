"""A console over a line that drops, delays and refuses: every request ends once, what is known stays."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from reception.console.api import Delta, LinkState
from reception.console.link import Endpoint
from reception.errors import ConfigError, Unavailable
from reception.model.attendants import Readiness
from reception.model.calls import CallerId
from reception.model.changes import Message
from reception.model.intents import AnswerNext, SetReadiness
from reception.ports import GoneCause, LegArrived, LegGone
from reception.wire import (
    PROTOCOL,
    Goodbye,
    Hello,
    Outcome,
    Refused,
    Request,
    Result,
    Slice,
    ToConsole,
    Welcome,
    decode_to_hub,
    encode,
)
from tests.house.strict import ExpectLogs
from tests.integration.hub_rig import FAST, TOKENS, Console, MemoryStore, Rig, console, running, state_of

PAUSE = SetReadiness(readiness=Readiness.PAUSED)


class Gone(Exception):
    """The console said goodbye."""


class Stub:
    """A hub that does what the test says with each connection, in turn; the last script repeats."""

    def __init__(self, *scripts: Callable[[Stub, ServerConnection], Any]) -> None:
        self.scripts = list(scripts)
        self.hellos: list[Hello] = []
        self.requests: list[Request] = []
        self.port = 0

    async def on_connection(self, connection: ServerConnection) -> None:
        script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
        hello = decode_to_hub(await connection.recv(decode=False))
        assert isinstance(hello, Hello)
        self.hellos.append(hello)
        with suppress(Gone):
            await script(self, connection)

    async def say(self, connection: ServerConnection, *frames: ToConsole) -> None:
        for frame in frames:
            await connection.send(encode(frame), text=True)

    async def hear(self, connection: ServerConnection) -> Request:
        frame = decode_to_hub(await connection.recv(decode=False))
        if isinstance(frame, Goodbye):
            raise Gone
        assert isinstance(frame, Request)
        self.requests.append(frame)
        return frame

    async def locate(self) -> Endpoint:
        return Endpoint(url=f"ws://127.0.0.1:{self.port}", token="t")


def welcome(*, resumed: bool = False) -> Welcome:
    return Welcome(protocol=PROTOCOL, epoch="e", attendant="KLJ", hub_version="0", now=0.0, resumed=resumed)


SNAPSHOT = Slice(upto=3, is_first=True, is_last=True)


@asynccontextmanager
async def stubbed(*scripts: Callable[[Stub, ServerConnection], Any]) -> AsyncIterator[Stub]:
    stub = Stub(*scripts)
    async with serve(stub.on_connection, "127.0.0.1", 0, compression=None) as server:
        stub.port = next(iter(server.sockets)).getsockname()[1]
        yield stub


@asynccontextmanager
async def open_console(stub: Stub, **options: Any) -> AsyncIterator[Console]:
    one = Console(stub.locate, **options)
    await one.session.start()
    try:
        yield one
    finally:
        await one.session.close(stop_hub=False)


async def silent(stub: Stub, connection: ServerConnection) -> None:
    await stub.say(connection, welcome(), SNAPSHOT)
    while True:
        await stub.hear(connection)


# ------------------------------------------------------------------ requests end once


async def test_a_request_without_an_answer_times_out_once() -> None:
    async with stubbed(silent) as stub, open_console(stub, request_timeout_s=0.1) as one:
        await one.up()
        request = one.session.request(AnswerNext())
        assert one.session.replica.pending == {request: AnswerNext()}
        outcome = await one.outcome(request)
        assert outcome.result is Result.TIMED_OUT
        assert outcome.message == Message(key="timed_out")
        assert one.session.replica.pending == {}


async def test_a_late_answer_after_the_time_out_is_no_second_outcome() -> None:
    go = asyncio.Event()

    async def late(stub: Stub, connection: ServerConnection) -> None:
        await stub.say(connection, welcome(), SNAPSHOT)
        first = await stub.hear(connection)
        await go.wait()
        await stub.say(connection, Outcome(id=first.id, result=Result.DONE))
        second = await stub.hear(connection)
        await stub.say(connection, Outcome(id=second.id, result=Result.DONE))
        await stub.hear(connection)

    async with stubbed(late) as stub, open_console(stub, request_timeout_s=0.1) as one:
        await one.up()
        first = one.session.request(AnswerNext())
        await one.outcome(first)
        go.set()
        second = one.session.request(PAUSE)
        await one.outcome(second)
        assert [o.result for o in one.outcomes(first)] == [Result.TIMED_OUT]
        assert [o.result for o in one.outcomes(second)] == [Result.DONE]


async def test_without_a_line_a_request_fails_at_once_but_not_before_its_id_is_known() -> None:
    async def never() -> Endpoint:
        await asyncio.Event().wait()
        raise AssertionError

    one = Console(never)
    await one.session.start()
    request = one.session.request(AnswerNext())
    assert one.outcomes(request) == []
    assert request in one.session.replica.pending
    outcome = await one.outcome(request)
    assert outcome.result is Result.FAILED
    assert outcome.message == Message(key="hub_away")
    await one.session.close(stop_hub=False)


async def test_a_request_on_the_way_when_the_line_drops_is_sent_again_under_its_id(
    expected_logs: ExpectLogs,
) -> None:
    expected_logs("the hub is away")

    async def drop_after_request(stub: Stub, connection: ServerConnection) -> None:
        await stub.say(connection, welcome(), SNAPSHOT)
        await stub.hear(connection)
        connection.transport.abort()

    async def answer(stub: Stub, connection: ServerConnection) -> None:
        await stub.say(connection, welcome(resumed=True))
        request = await stub.hear(connection)
        await stub.say(connection, Outcome(id=request.id, result=Result.DONE, call="c"))
        await stub.hear(connection)

    async with stubbed(drop_after_request, answer) as stub, open_console(stub) as one:
        await one.up()
        request = one.session.request(AnswerNext())
        assert (await one.outcome(request)).call == "c"
        assert [r.id for r in stub.requests[:2]] == [request, request]
        assert (stub.hellos[1].epoch, stub.hellos[1].have) == ("e", 3)
        assert len(one.outcomes(request)) == 1


async def test_closing_ends_what_is_pending_and_nothing_comes_after() -> None:
    async with stubbed(silent) as stub, open_console(stub) as one:
        await one.up()
        requests = [one.session.request(AnswerNext()) for _ in range(3)]
        await one.session.close(stop_hub=True)
        await one.session.close(stop_hub=True)
        for request in requests:
            assert (await one.outcome(request)).message == Message(key="hub_away")
        assert one.session.replica.pending == {}
        late = one.session.request(PAUSE)
        assert (await one.outcome(late)).message == Message(key="hub_away")


# ------------------------------------------------------------------ the line


async def test_a_refused_console_shows_why_and_comes_in_when_it_is_mended(expected_logs: ExpectLogs) -> None:
    expected_logs("the hub refused us")
    why = Message(key="wrong_token")

    async def refuse(stub: Stub, connection: ServerConnection) -> None:
        await stub.say(connection, Refused(message=why))

    async with stubbed(refuse, refuse, silent) as stub, open_console(stub) as one:
        await one.until(lambda: one.session.replica.link is LinkState.REFUSED)
        assert one.session.replica.link_message == why
        await one.up()
        assert one.session.replica.link_message is None
        assert sum(d.link for d in one.deltas) == 2  # refused (once, though it was twice), up


async def test_a_hub_that_is_not_there_is_lost_until_it_comes(expected_logs: ExpectLogs) -> None:
    expected_logs("the hub is away")
    tries: list[int] = []
    async with running() as rig:

        async def locate() -> Endpoint:
            tries.append(1)
            if len(tries) < 4:
                raise Unavailable("unreachable", address="hub")
            return Endpoint(url=rig.url, token=TOKENS["KLJ"])

        one = Console(locate)
        await one.session.start()
        await one.until(lambda: one.session.replica.link is LinkState.LOST)
        await one.up()
        assert len(tries) == 4
        await one.session.close(stop_hub=False)


async def test_settings_that_cannot_work_are_shown_as_refused(expected_logs: ExpectLogs) -> None:
    expected_logs("the hub cannot be used")

    async def locate() -> Endpoint:
        raise ConfigError("misconfigured", setting="hub", error="no groups")

    one = Console(locate)
    await one.session.start()
    await one.until(lambda: one.session.replica.link is LinkState.REFUSED)
    assert one.session.replica.link_message is not None
    assert one.session.replica.link_message.params["error"] == "no groups"
    await one.session.close(stop_hub=False)


@pytest.mark.parametrize("nonsense", ['{"type":"Surprise"}', "{", '{"type":"Changes","upto":"x"}', "[]"])
async def test_nonsense_from_the_hub_leads_to_a_fresh_snapshot(
    nonsense: str, expected_logs: ExpectLogs
) -> None:
    expected_logs("the hub is away")

    async def talk_nonsense(stub: Stub, connection: ServerConnection) -> None:
        await stub.say(connection, welcome(), SNAPSHOT)
        await connection.send(nonsense)
        await connection.wait_closed()

    async with stubbed(talk_nonsense, silent) as stub, open_console(stub) as one:
        await one.until(lambda: len(stub.hellos) == 2)
        await one.up()
        assert (stub.hellos[1].epoch, stub.hellos[1].have) == ("", 0)


async def test_a_hub_that_never_says_welcome_is_given_up(expected_logs: ExpectLogs) -> None:
    expected_logs("the hub is away")

    async def mute(_: Stub, connection: ServerConnection) -> None:
        await connection.wait_closed()

    pace = type(FAST)(first_s=0.01, longest_s=0.02, welcome_s=0.05)
    async with stubbed(mute, silent) as stub, open_console(stub, pace=pace) as one:
        await one.up()
        assert len(stub.hellos) == 2


async def test_a_fault_in_one_listener_harms_neither_the_link_nor_the_others() -> None:
    loop = asyncio.get_running_loop()
    faults: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _, context: faults.append(context))
    async with running() as rig:

        async def locate() -> Endpoint:
            return Endpoint(url=rig.url, token=TOKENS["KLJ"])

        one = Console(locate)

        def broken(_: Delta) -> None:
            raise ZeroDivisionError

        undo = one.session.subscribe(broken)
        await one.session.start()
        await one.up()
        undo()
        rig.switch.caller()
        await one.until(lambda: one.session.replica.calls)
        await one.session.close(stop_hub=False)
    loop.set_exception_handler(None)
    assert faults
    assert {type(f["exception"]) for f in faults} == {ZeroDivisionError}


async def test_the_hub_dies_and_another_takes_over_the_console_ends_with_its_state(
    expected_logs: ExpectLogs,
) -> None:
    expected_logs("the hub is away")
    store = MemoryStore()
    rigs = [Rig(store)]
    await rigs[0].start()

    async def locate() -> Endpoint:
        return Endpoint(url=rigs[-1].url, token=TOKENS["KLJ"])

    async with console(locate) as one:
        leg = rigs[0].switch.caller("+4511111111")
        await one.until(lambda: one.session.replica.calls)
        await rigs[0].stop()
        await one.until(lambda: one.session.replica.link is LinkState.LOST)
        assert len(one.session.replica.calls) == 1  # the last known stays
        rigs.append(Rig(store, epoch="epoch-2"))
        await rigs[1].start(is_connected=False)
        await one.until(lambda: one.session.replica.epoch == "epoch-2")
        rigs[1].switch.connect()  # the switch no longer has the leg
        await one.until(lambda: not one.session.replica.calls)
        hub, mine = state_of(rigs[1], one)
        assert hub == mine
        assert leg == "leg-1"
    await rigs[1].stop()


async def test_every_request_ends_once_while_the_line_drops_again_and_again(
    expected_logs: ExpectLogs,
) -> None:
    expected_logs("the hub is away")
    async with running() as rig, console(rig) as one:
        requests = []
        for n in range(30):
            rig.switch.say(LegArrived(leg=f"l{n}", dialled="7000", caller=CallerId(number="+4533")))
            requests.append(one.session.request(SetReadiness(readiness=list(Readiness)[n % 2])))
            if n % 7 == 3 and one.session._link is not None and one.session._link._connection is not None:
                one.session._link._connection.transport.abort()
            await asyncio.sleep(0)
            rig.switch.say(LegGone(leg=f"l{n}", cause=GoneCause.NORMAL))
        for request in requests:
            await one.outcome(request)
        ended = Counter(o.id for d in one.deltas for _, o in d.settled)
        assert ended == Counter(requests)
        await one.up()
        hub, mine = state_of(rig, one)
        await one.until(lambda: state_of(rig, one)[0] == state_of(rig, one)[1])
        assert set(hub) == set(mine)
