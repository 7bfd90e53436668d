"""What Asterisk does seldom, by a double on loopback: standing still, overtaking itself, lacking parts."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from reception.model.calls import CallerId
from reception.model.changes import Message, SourceState
from reception.model.lines import LineState
from reception.ports import (
    AnswerLeg,
    BringIn,
    CloseBridge,
    CommandFailed,
    GiveBack,
    GoneCause,
    HangUpLeg,
    HoldLeg,
    Join,
    LegAnswered,
    LegArrived,
    LegGone,
    LegRinging,
    LineChanged,
    Originate,
    PlayPrompt,
    Prompt,
    RingLeg,
    Role,
    SwitchConnected,
    SwitchError,
    SwitchEvent,
    SwitchLost,
)
from services.asterisk import ami as ami_module
from services.asterisk import ari as ari_module
from services.asterisk.settings import parse_settings
from services.asterisk.switch import AsteriskSwitch, Pace
from tests.integration.asterisk_double import Answer, FakeAmi, FakeAri

TIMEOUT_S = 30.0
QUICK = Pace(first_retry_s=0.02, longest_retry_s=0.05, settings_retry_s=0.05, watch_every_s=0.05)
RING = Originate(
    leg="leg-1", to="201", timeout_s=9.2, caller=CallerId(number="+45"), call="c1", role=Role.DESK
)


class Bench:
    """A backend between two doubles."""

    def __init__(self, ari: FakeAri, ami: FakeAmi) -> None:
        self.ari, self.ami = ari, ami
        self.events: list[SwitchEvent] = []
        self.switch: AsteriskSwitch | None = None
        self._changed = asyncio.Event()

    async def start(self, pace: Pace = QUICK, **more: Any) -> None:
        address = {"url": f"http://127.0.0.1:{self.ari.port}/ari", "ami_port": self.ami.port}
        login = {"user": "u", "password": "p", "ami_user": "m", "ami_password": "q"}
        self.switch = AsteriskSwitch(parse_settings({**address, **login, **more}), pace)
        await self.switch.start(self._take)

    def _take(self, event: SwitchEvent) -> None:
        self.events.append(event)
        self._changed.set()

    async def wait(self, kind: type[Any], times: int = 1, **fields: Any) -> Any:
        def found() -> list[SwitchEvent]:
            return [
                e
                for e in self.events
                if isinstance(e, kind) and all(getattr(e, k) == v for k, v in fields.items())
            ]

        async with asyncio.timeout(TIMEOUT_S):
            while len(found()) < times:
                self._changed.clear()
                await self._changed.wait()
        return found()[-1]

    async def arrive(self, leg: str) -> None:
        """Let an outside call come in."""
        self.ari.answers[f"GET /ari/channels/{leg}/variable"] = (200, {"value": "allowed"})
        self.ari.say(event("StasisStart", leg, "Ring", args=["inbound", "7000"]))
        await self.wait(LegArrived, leg=leg)

    def send(self, *commands: Any) -> None:
        assert self.switch is not None
        self.switch.send(commands)


@pytest.fixture
async def bench() -> AsyncIterator[Bench]:
    ari, ami = FakeAri(), FakeAmi()
    async with ari.open(), ami.open():
        bench = Bench(ari, ami)
        yield bench
        if bench.switch:
            await bench.switch.stop()


def channel(leg: str, state: str = "Up", name: str = "PJSIP/alice-1", **more: Any) -> dict[str, Any]:
    return {"id": leg, "name": name, "state": state, "caller": {"name": "", "number": "+4511"}, **more}


def event(kind: str, leg: str, state: str = "Up", **more: Any) -> dict[str, Any]:
    return {"type": kind, "timestamp": "t", "channel": channel(leg, state), **more}


# ------------------------------------------------------------------ an Asterisk that will not do


async def test_missing_modules_are_named(bench: Bench) -> None:
    status, modules = bench.ari.answers["GET /ari/asterisk/modules"]  # type: ignore[misc]
    running = [m for m in modules if m["name"] not in ("res_stasis_playback.so", "bridge_holding.so")]
    bench.ari.answers["GET /ari/asterisk/modules"] = (
        status,
        [*running, {"name": "bridge_holding.so", "status": "Not Running"}],
    )
    await bench.start()
    lost = await bench.wait(SwitchLost)
    assert lost.state is SourceState.NEEDS_SETTINGS
    assert lost.message == Message(
        key="missing_modules", params={"modules": "bridge_holding, res_stasis_playback"}
    )
    bench.ari.answers["GET /ari/asterisk/modules"] = (status, modules)
    await bench.wait(SwitchConnected)


async def test_an_ari_without_its_asterisk_part_lacks_a_module(bench: Bench) -> None:
    del bench.ari.answers["GET /ari/asterisk/info"]
    await bench.start()
    assert (await bench.wait(SwitchLost)).message.params == {"modules": "res_ari_asterisk"}


@pytest.mark.parametrize("answer", [(200, b"<html>It works!</html>"), (404, b"")])
async def test_another_web_server_is_a_wrong_address(bench: Bench, answer: Answer) -> None:
    bench.ari.answers.clear()
    bench.ari.answers["GET /ari/asterisk/info"] = answer
    await bench.start()
    assert (await bench.wait(SwitchLost)).message.key == "wrong_address"


async def test_a_web_server_that_fails_is_unreachable(bench: Bench) -> None:
    bench.ari.answers["GET /ari/asterisk/info"] = (503, {})
    await bench.start()
    assert (await bench.wait(SwitchLost)).message.key == "unreachable"


async def test_a_login_that_may_only_read_is_named(bench: Bench) -> None:
    bench.ari.answers["PUT /ari/applications/reception/eventFilter"] = (403, {})
    await bench.start()
    lost = await bench.wait(SwitchLost)
    assert (lost.state, lost.message.key) == (SourceState.NEEDS_SETTINGS, "misconfigured")
    assert lost.message.params["setting"] == "user"


async def test_a_service_that_greets_otherwise_is_not_ami(bench: Bench) -> None:
    bench.ami.greeting = b"SSH-2.0-OpenSSH_9.2\r\n"
    await bench.start()
    assert (await bench.wait(SwitchLost)).message.key == "wrong_address"


async def test_a_greeting_without_an_end_is_not_ami(bench: Bench) -> None:
    bench.ami.greeting = b"x" * 100_000
    await bench.start()
    assert (await bench.wait(SwitchLost)).message.key == "wrong_address"


async def test_missing_rights_of_the_ami_user_are_named(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ami_module, "BOOTED_S", 0.05)
    bench.ami.refused["Filter"] = "Permission denied"
    await bench.start()
    lost = await bench.wait(SwitchLost)
    assert lost.message.params["setting"] == "ami_user"
    assert "write = system" in str(lost.message.params["error"])
    del bench.ami.refused["Filter"]
    bench.ami.boots = False
    lost = await bench.wait(SwitchLost, times=2)
    assert "read = system" in str(lost.message.params["error"])


async def test_a_certificate_is_checked(tmp_path: Path) -> None:
    authority, tls = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    ca_file = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(ca_file))
    ari, ami = FakeAri(), FakeAmi()
    async with ari.open(tls), ami.open():
        url = f"https://127.0.0.1:{ari.port}/ari"
        for more, kind in (({}, SwitchLost), ({"ca_file": str(ca_file)}, SwitchConnected)):
            bench = Bench(ari, ami)
            await bench.start(url=url, **more)
            said = await bench.wait(kind)
            assert bench.switch is not None
            await bench.switch.stop()
            if isinstance(said, SwitchLost):
                assert (said.state, said.message.key) == (SourceState.NEEDS_SETTINGS, "tls_failed")


async def test_a_frame_that_is_no_event_is_a_new_start(bench: Bench) -> None:
    await bench.start()
    await bench.wait(SwitchConnected)
    bench.ari.say_raw(b'{"type": 7, "caller": "+4512345678"}')
    lost = await bench.wait(SwitchLost)
    assert "12345678" not in str(lost.message)
    await bench.wait(SwitchConnected, times=2)


# ------------------------------------------------------------------ standing still (Asterisk issue 2170)


async def test_a_handshake_without_an_answer_while_pings_have_one_is_a_stuck_switch(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ari_module, "HANDSHAKE_S", 0.1)
    bench.ari.accepts_websockets = False
    await bench.start()
    lost = await bench.wait(SwitchLost)
    assert lost.state is SourceState.DOWN
    assert lost.message.key == "switch_stuck"
    assert lost.message.params == {"address": f"127.0.0.1:{bench.ari.port}"}
    bench.ari.accepts_websockets = True  # somebody restarted it
    await bench.wait(SwitchConnected)


async def test_an_ari_that_gets_stuck_later_is_noticed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ari_module, "TIMEOUT", ari_module.httpx.Timeout(0.2))
    await bench.start()
    await bench.wait(SwitchConnected)
    bench.ari.answers["GET /ari/applications/reception"] = None
    assert (await bench.wait(SwitchLost)).message.key == "switch_stuck"


async def test_pings_without_an_answer_are_just_away(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ari_module, "TIMEOUT", ari_module.httpx.Timeout(0.2))
    await bench.start()
    await bench.wait(SwitchConnected)
    bench.ari.answers["GET /ari/applications/reception"] = None
    bench.ari.answers["GET /ari/asterisk/ping"] = None
    assert (await bench.wait(SwitchLost)).message.key == "unreachable"


# ------------------------------------------------------------------ events that overtake the answers


async def test_a_leg_may_ring_and_answer_before_the_reply_to_its_order(bench: Bench) -> None:
    async def hurry(path: str, body: dict[str, Any]) -> Answer:
        bench.ari.say(event("ChannelStateChange", "leg-1", "Ringing"))
        bench.ari.say(event("StasisStart", "leg-1", args=["leg"]))
        await bench.wait(LegAnswered)
        return 200, {}

    bench.ari.answers["POST /ari/channels/leg-1"] = hurry
    await bench.start()
    await bench.wait(SwitchConnected)
    bench.send(RING)
    await bench.wait(LegAnswered, leg="leg-1")
    assert [type(e) for e in bench.events[1:]] == [LegRinging, LegAnswered]


async def test_a_leg_may_be_gone_before_the_reply_says_no(bench: Bench) -> None:
    async def hurry(path: str, body: dict[str, Any]) -> Answer:
        bench.ari.say(event("ChannelDestroyed", "leg-1", "Down", cause=17, tech_cause=486))
        await bench.wait(LegGone)
        return 500, {"error": "Allocation failed"}

    bench.ari.answers["POST /ari/channels/leg-1"] = hurry
    await bench.start()
    await bench.wait(SwitchConnected)
    bench.send(RING, AnswerLeg(leg="leg-1"))
    await bench.wait(CommandFailed)
    assert [e for e in bench.events if isinstance(e, LegGone)] == [LegGone(leg="leg-1", cause=GoneCause.BUSY)]


async def test_the_order_carries_what_must_be_on_the_leg(bench: Bench) -> None:
    bench.ari.answers["POST /ari/channels/leg-1"] = (200, {})
    await bench.start()
    await bench.wait(SwitchConnected)
    bench.send(RING)
    body = await bench.ari.wait_asked("POST", "/ari/channels/leg-1")
    assert (body["endpoint"], body["timeout"], body["app"]) == ("PJSIP/alice", 10, "reception")
    assert body["variables"] == {
        "CALL_REF": "c1",
        "CALL_ROLE": "desk",
        "PJSIP_TRANSFER_HANDLING()": "ari-only",
    }


async def test_events_that_come_before_the_snapshot_wait_for_it(bench: Bench) -> None:
    """A call that arrives, and one of the snapshot that ends, while the snapshot is being taken."""
    waiting = channel("old", dialplan={"app_name": "Stasis", "app_data": "reception,inbound,7000"})

    async def slow(path: str, body: dict[str, Any]) -> Answer:
        bench.ari.say(event("StasisStart", "old", args=["inbound", "7000"]))
        bench.ari.say(event("StasisStart", "new", "Ring", args=["inbound", "7000"]))
        bench.ari.say(event("StasisEnd", "old"))
        await asyncio.sleep(0.05)
        return 200, [waiting]

    bench.ari.answers["GET /ari/channels"] = slow
    for leg in ("old", "new"):
        bench.ari.answers[f"GET /ari/channels/{leg}/variable"] = (200, {"value": "allowed_not_screened"})
    await bench.start()
    await bench.wait(LegArrived, leg="new")
    assert [type(e) for e in bench.events] == [SwitchConnected, LegGone, LegArrived]
    assert [info.leg for info in bench.events[0].legs] == ["old"]  # type: ignore[union-attr]


async def test_legs_of_a_snapshot_are_subscribed_to_if_they_are_not(bench: Bench) -> None:
    bench.ari.answers["GET /ari/applications/reception"] = (200, {"channel_ids": ["a"]})
    at = {"app_name": "Stasis", "app_data": "reception,inbound,7000"}
    bench.ari.answers["GET /ari/channels"] = (200, [channel(leg, dialplan=at) for leg in "abc"])
    for leg in "ab":
        bench.ari.answers[f"GET /ari/channels/{leg}/variable"] = (200, {"value": "prohib"})
    await bench.start()
    connected = await bench.wait(SwitchConnected)
    assert [info.leg for info in connected.legs] == ["a", "b"], "c has gone meanwhile"
    assert all(info.caller == CallerId(is_withheld=True) for info in connected.legs)
    body = await bench.ari.wait_asked("POST", "/ari/applications/reception/subscription")
    assert body == {"eventSource": ["channel:b"]}


async def test_what_is_done_to_an_arriving_leg_waits_until_it_has_arrived(bench: Bench) -> None:
    asked = asyncio.Event()
    go_on = asyncio.Event()

    async def slow(path: str, body: dict[str, Any]) -> Answer:
        asked.set()
        await go_on.wait()
        return 200, {"value": "allowed"}

    bench.ari.answers["GET /ari/channels/in-1/variable"] = slow
    await bench.start()
    await bench.wait(SwitchConnected)
    bench.ari.say(event("StasisStart", "in-1", "Ring", args=["inbound", "7000"]))
    await asked.wait()
    bench.ari.say(event("StasisEnd", "in-1", "Ring"))
    bench.ami.say(Event="DeviceStateChange", Device="PJSIP/alice", State="INUSE")
    await bench.wait(LineChanged)
    go_on.set()
    await bench.wait(LegGone)
    assert [type(e) for e in bench.events[1:]] == [LineChanged, LegArrived, LegGone]


async def test_a_caller_of_whom_nothing_can_be_asked_arrives_without_a_number(bench: Bench) -> None:
    bench.ari.answers["GET /ari/channels/in-1/variable"] = (500, {"message": "Unable to read"})
    bench.ari.answers["GET /ari/channels/in-2/variable"] = (404, {"message": "Channel not found"})
    await bench.start()
    await bench.wait(SwitchConnected)
    bench.ari.say(event("StasisStart", "in-2", "Ring", args=["inbound", "7000"]))  # gone already
    bench.ari.say(event("StasisStart", "in-1", "Ring", args=["inbound", "7000"]))
    arrived = await bench.wait(LegArrived)
    assert (arrived.leg, arrived.caller) == ("in-1", CallerId(is_withheld=True))


# ------------------------------------------------------------------ orders without an answer


async def test_a_leg_given_up_is_hung_up_when_it_turns_up(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ari_module, "TIMEOUT", ari_module.httpx.Timeout(0.2))
    bench.ari.answers["POST /ari/channels/leg-1"] = None
    bench.ari.answers["DELETE /ari/channels/leg-1"] = (204, {})
    await bench.start()
    await bench.wait(SwitchConnected)
    bench.send(RING)
    assert (await bench.wait(LegGone, leg="leg-1")).cause is GoneCause.FAILED
    bench.ari.say(event("StasisStart", "leg-1", args=["leg"]))
    await bench.ari.wait_asked("DELETE", "/ari/channels/leg-1")
    assert not [e for e in bench.events if isinstance(e, LegAnswered)]


async def test_an_order_that_gets_no_answer_leads_to_a_new_snapshot(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether it had its effect is unknown, though everything else is answered."""
    monkeypatch.setattr(ari_module, "TIMEOUT", ari_module.httpx.Timeout(0.2))
    bench.ari.answers["POST /ari/channels/in-1/answer"] = None
    await bench.start()
    await bench.wait(SwitchConnected)
    await bench.arrive("in-1")
    bench.send(AnswerLeg(leg="in-1"))
    await bench.wait(CommandFailed)
    await bench.wait(SwitchLost)
    await bench.wait(SwitchConnected, times=2)


async def test_a_leg_given_up_is_not_in_the_next_snapshot(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ari_module, "TIMEOUT", ari_module.httpx.Timeout(0.2))
    bench.ari.answers["POST /ari/channels/leg-1"] = None
    bench.ari.answers["DELETE /ari/channels/leg-1"] = (204, {})
    await bench.start()
    await bench.wait(SwitchConnected)
    bench.send(RING)
    await bench.wait(LegGone)
    ours = {"CALL_REF": "c1", "CALL_ROLE": "desk"}
    ringing = channel("leg-1", "Ringing", dialplan={"app_name": "AppDial2"}, channelvars=ours)
    foreign = channel("x", "Ringing", dialplan={"app_name": "AppDial2"}, channelvars=dict.fromkeys(ours, ""))
    bench.ari.answers["GET /ari/channels"] = (200, [ringing, foreign])
    bench.ari.say({"type": "ApplicationReplaced"})
    await bench.wait(SwitchLost)
    assert bench.switch is not None
    await bench.switch.stop()
    await bench.switch.start(bench._take)
    assert (await bench.wait(SwitchConnected, times=2)).legs == ()
    await bench.ari.wait_asked("DELETE", "/ari/channels/leg-1")


async def test_commands_under_way_when_the_line_breaks_fail_once(bench: Bench) -> None:
    bench.ari.answers["POST /ari/channels/in-1/answer"] = None
    await bench.start(Pace(replaced_retry_s=60))
    await bench.wait(SwitchConnected)
    await bench.arrive("in-1")
    bench.send(AnswerLeg(leg="in-1"), AnswerLeg(leg="in-1"), HangUpLeg(leg="other"))
    await bench.ari.wait_asked("POST", "/ari/channels/in-1/answer")
    bench.ari.say({"type": "ApplicationReplaced"})
    await bench.wait(SwitchLost)
    bench.send(AnswerLeg(leg="in-1"), Join(bridge="b", legs=("in-1",)))
    await bench.wait(CommandFailed, times=4)
    errors = [e.error for e in bench.events if isinstance(e, CommandFailed)]
    assert errors == [SwitchError.UNAVAILABLE] * 4


async def test_the_dial_plan_may_get_another_number_while_we_are_connected(bench: Bench) -> None:
    await bench.start()
    assert dict((await bench.wait(SwitchConnected)).lines) == {"201": LineState.IDLE}
    bench.ami.hints["202"] = "PJSIP/alice"
    bench.ami.say(Event="Reload", Module="pbx_config")
    assert (await bench.wait(LineChanged)).number == "202"


async def test_it_says_when_asterisk_began_anew(bench: Bench) -> None:
    await bench.start()
    assert not (await bench.wait(SwitchConnected)).restarted
    bench.ari.answers["GET /ari/asterisk/info"] = (200, {"status": {"startup_time": "later"}})
    bench.ari.say_raw(b"no json")
    assert (await bench.wait(SwitchConnected, times=2)).restarted


# ------------------------------------------------------------------ bridges whose names are not to be had


def keep_name(ari: FakeAri, name: str) -> None:
    """Asterisk keeps a removed bridge's name to itself, sometimes for good (FACTS 6)."""
    ari.answers[f"POST /ari/bridges/{name}"] = (409, {"message": f"Bridge with id '{name}' already exists"})


def let_make(ari: FakeAri, name: str) -> None:
    for path in ("", "/addChannel", "/moh", "/removeChannel"):
        ari.answers[f"POST /ari/bridges/{name}{path}"] = (204, b"")


async def test_a_waiting_room_whose_name_stays_taken_gets_another(bench: Bench) -> None:
    keep_name(bench.ari, "reception-waiting")
    let_make(bench.ari, "reception-waiting~2")
    await bench.start()
    await bench.wait(SwitchConnected)
    await bench.arrive("x")
    bench.send(HoldLeg(leg="x"))
    added = await bench.ari.wait_asked("POST", "/ari/bridges/reception-waiting~2/addChannel")
    assert added == {"channel": "x"}
    await bench.ari.wait_asked("POST", "/ari/bridges/reception-waiting~2/moh")


async def test_a_talk_whose_name_stays_taken_gets_another_and_is_found_there_again(bench: Bench) -> None:
    keep_name(bench.ari, "call-1")
    let_make(bench.ari, "call-1~2")
    await bench.start()
    await bench.wait(SwitchConnected)
    await bench.arrive("x")
    bench.send(Join(bridge="call-1", legs=("x",)))
    await bench.ari.wait_asked("POST", "/ari/bridges/call-1~2/addChannel")

    there = {"id": "call-1~2", "bridge_type": "mixing", "channels": ["x", "y"], "name": "reception"}
    keep_name(bench.ari, "call-1~2")
    bench.ari.answers["GET /ari/bridges/call-1~2"] = (200, there)
    bench.send(Join(bridge="call-1", legs=("x",)))
    removed = await bench.ari.wait_asked("POST", "/ari/bridges/call-1~2/removeChannel")
    assert removed == {"channel": "y"}
    assert not [e for e in bench.events if isinstance(e, CommandFailed)]


async def test_two_that_make_a_bridge_at_once_share_it(bench: Bench) -> None:
    """The slower one hears that it is there already, in one of two ways."""
    waiting = {"id": "reception-waiting", "bridge_type": "holding", "channels": []}

    async def make(path: str, body: dict[str, Any]) -> Answer:
        bench.ari.answers["GET /ari/bridges/reception-waiting"] = (200, waiting)
        return (500, {"message": "Unable to create bridge. Possible duplicate bridge id 'reception-waiting'"})

    let_make(bench.ari, "reception-waiting")
    bench.ari.answers["POST /ari/bridges/reception-waiting"] = make
    await bench.start()
    await bench.wait(SwitchConnected)
    await bench.arrive("x")
    bench.send(HoldLeg(leg="x"))
    added = await bench.ari.wait_asked("POST", "/ari/bridges/reception-waiting/addChannel")
    assert added == {"channel": "x"}
    await bench.ari.wait_asked("POST", "/ari/bridges/reception-waiting/moh")


async def test_a_waiting_room_that_goes_while_a_leg_comes_is_made_again(bench: Bench) -> None:
    let_make(bench.ari, "reception-waiting")
    gone = (404, {"message": "Bridge not found"})

    async def play(path: str, body: dict[str, Any]) -> Answer:
        bench.ari.answers["POST /ari/bridges/reception-waiting/moh"] = (204, b"")
        return gone

    bench.ari.answers["POST /ari/bridges/reception-waiting/moh"] = play
    await bench.start()
    await bench.wait(SwitchConnected)
    await bench.arrive("x")
    bench.send(HoldLeg(leg="x"), PlayPrompt(leg="x", prompt=Prompt.CALLBACK_ACCEPTED))
    await bench.wait(CommandFailed)  # the prompt, which the double does not know: all before it is done
    asked = [path for method, path, _ in bench.ari.asked if method == "POST" and "waiting" in path]
    assert [path.rpartition("/")[2] for path in asked] == ["reception-waiting", "addChannel", "moh"] * 2


async def test_a_bridge_is_closed_under_all_its_names_and_reported_under_the_first(bench: Bench) -> None:
    x = channel("x", dialplan={"app_name": "Stasis", "app_data": "reception,inbound,7000"})
    there = [
        {"id": name, "name": "reception", "channels": legs}
        for name, legs in (
            ("call-1", []),
            ("call-1~2", ["x"]),
            ("call-11", []),
            ("reception-waiting~2", []),
        )
    ]
    bench.ari.answers["GET /ari/channels"] = (200, [x])
    bench.ari.answers["GET /ari/channels/x/variable"] = (200, {"value": "allowed"})
    bench.ari.answers["GET /ari/bridges"] = (200, there)
    bench.ari.answers["DELETE /ari/bridges/call-1"] = (204, b"")
    bench.ari.answers["DELETE /ari/bridges/call-1~2"] = (204, b"")
    await bench.start()
    connected = await bench.wait(SwitchConnected)
    assert connected.bridges == ("call-1", "call-11")
    assert [(info.leg, info.bridge) for info in connected.legs] == [("x", "call-1")]
    bench.send(CloseBridge(bridge="call-1"))
    await bench.ari.wait_asked("DELETE", "/ari/bridges/call-1~2")
    deleted = [path for method, path, _ in bench.ari.asked if method == "DELETE"]
    assert deleted == ["/ari/bridges/call-1", "/ari/bridges/call-1~2"]


# ------------------------------------------------------------------ legs that are about to be gone


async def test_a_leg_that_lasts_a_moment_longer_in_asterisk_is_gone_for_every_command(bench: Bench) -> None:
    """It would ring, and nobody would hear that the command came too late."""
    bench.ari.answers["POST /ari/channels/x/ring"] = (204, b"")
    await bench.start()
    await bench.wait(SwitchConnected)
    await bench.arrive("x")
    bench.ari.say(event("StasisEnd", "x"))
    await bench.wait(LegGone, leg="x")
    bench.send(RingLeg(leg="x"), Join(bridge="call-1", legs=("x",)))
    await bench.wait(CommandFailed, times=2, error=SwitchError.GONE)
    assert not [path for method, path, _ in bench.ari.asked if method == "POST"]


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ("Channel does not exist: x", SwitchError.GONE),
        ("Redirect failed, channel not up.", SwitchError.GONE),
        ("Redirect failed, extra channel not up.", SwitchError.GONE),
        ("Redirect failed", SwitchError.REFUSED),
    ],
)
async def test_a_call_that_just_ended_cannot_be_brought_in(
    bench: Bench, said: str, error: SwitchError
) -> None:
    bench.ami.refused["Redirect"] = said
    await bench.start()
    await bench.wait(SwitchConnected)
    bench.send(BringIn(leg="x"))
    assert (await bench.wait(CommandFailed)).error is error


async def test_what_stands_in_for_a_leg_since_a_transfer_we_missed_is_no_caller(bench: Bench) -> None:
    in_ours = {"app_name": "Stasis", "app_data": "reception"}
    stand_in = channel("local", name="Local/203@internal-00000017;1", dialplan=in_ours)
    bench.ari.answers["GET /ari/channels"] = (200, [stand_in])
    bench.ari.answers["DELETE /ari/channels/local"] = (204, b"")
    await bench.start()
    assert (await bench.wait(SwitchConnected)).legs == ()
    await bench.ari.wait_asked("DELETE", "/ari/channels/local")


async def test_what_was_sent_before_the_stop_is_carried_out_though_it_had_to_wait(bench: Bench) -> None:
    """A hub that goes gives its waiting callers back: also one who is just being put on hold."""
    is_added, may_go_on = asyncio.Event(), asyncio.Event()

    async def add(path: str, body: dict[str, Any]) -> Answer:
        is_added.set()
        await may_go_on.wait()
        return (204, b"")

    let_make(bench.ari, "reception-waiting")
    bench.ari.answers["POST /ari/bridges/reception-waiting/addChannel"] = add
    bench.ari.answers["POST /ari/channels/x/continue"] = (204, b"")
    await bench.start()
    await bench.wait(SwitchConnected)
    await bench.arrive("x")
    bench.send(HoldLeg(leg="x"), GiveBack(leg="x"))
    await is_added.wait()
    assert bench.switch is not None
    stopping = asyncio.create_task(bench.switch.stop())
    await bench.ari.wait_left()
    may_go_on.set()
    await stopping
    assert ("POST", "/ari/channels/x/continue") in [asked[:2] for asked in bench.ari.asked]
    assert not [e for e in bench.events if isinstance(e, CommandFailed)]
