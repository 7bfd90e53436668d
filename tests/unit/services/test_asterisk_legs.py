"""ARI's events become the port's: on the sequences recorded in tests/lab/traces, and on mishaps."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from reception.errors import ProtocolError
from reception.model.calls import CallerId
from reception.ports import (
    DigitPressed,
    GoneCause,
    LegAnswered,
    LegArrived,
    LegGone,
    LegHeldByPhone,
    LegInfo,
    LegLeft,
    LegResumedByPhone,
    LegRinging,
    Role,
    TransferAsked,
)
from services.asterisk.legs import Dismiss, Inquire, Legs, Outcome, Replaced, SatisfyPhone
from services.asterisk.parse import (
    USED,
    Bridge,
    Channel,
    Destination,
    Dialplan,
    Frame,
    ReferredBy,
    ReferTo,
    decode_frame,
)

TRACES = Path(__file__).parents[2] / "lab" / "traces"
LINE = re.compile(r"^\s+(?P<at>\d+\.\d+) (?P<type>[A-Z]\w+) (?P<rest>.*)$")
CHANNEL = r"=(?P<name>\S+?)\[(?P<state>\w+)\] id=(?P<id>\S+)"


def section(trace: str, title: str) -> Iterator[Frame]:
    """Read the events below a ``## title`` of a trace back into frames."""
    text = (TRACES / f"{trace}.txt").read_text(encoding="utf-8")
    body = text.split(f"## {title}", 1)[1].split("\n## ", 1)[0]
    for line in body.splitlines():
        if (match := LINE.match(line)) and match["type"] in USED:
            yield _frame(match["at"], match["type"], match["rest"])


def _frame(at: str, kind: str, rest: str) -> Frame:
    found: dict[str, Any] = {"type": kind, "timestamp": at}
    for key, field in (("ch", "channel"), ("replace_channel", "replace_channel")):
        if match := re.search(rf"(?<!\w){key}{CHANNEL}", rest):
            exten = re.search(r"Local/(\w+)@", match["name"])
            found[field] = Channel(
                match["id"], match["name"], match["state"], dialplan=Dialplan(exten[1] if exten else "")
            )
    for key in ("cause", "tech_cause"):
        if match := re.search(rf"(?<!\w){key}=(\d+)", rest):
            found[key] = int(match[1])
    if match := re.search(r"args=(\[.*?\])", rest):
        found["args"] = json.loads(match[1].replace("'", '"'))
    if match := re.search(r"digit=(\S)", rest):
        found["digit"] = match[1]
    if match := re.search(r"bridge=([^(\s]+)\(", rest):
        found["bridge"] = Bridge(match[1])
    return Frame(**found)


def play(legs: Legs, trace: str, title: str, *, only: str = "") -> list[Outcome]:
    """Let the table hear a section; who arrives is introduced at once."""
    told: list[Outcome] = []
    for frame in section(trace, title):
        if only and not (frame.channel and frame.channel.id == only):
            continue
        for outcome in legs.handle(frame):
            if isinstance(outcome, Inquire):
                told += legs.introduce(arrived(outcome.channel.id))
            else:
                told.append(outcome)
    return told


def arrived(leg: str) -> LegArrived:
    return LegArrived(leg=leg, dialled="7000", caller=CallerId(number="+45"))


def expecting(*legs: str) -> Legs:
    table = Legs()
    for leg in legs:
        table.expect(leg)
    return table


def adopted(*legs: str, role: Role | None = None, is_answered: bool = True) -> Legs:
    table = Legs()
    table.adopt(
        (LegInfo(leg=leg, is_answered=is_answered, caller=CallerId(), role=role, bridge="b") for leg in legs),
        dict.fromkeys(legs, "b~2"),
    )
    return table


def frame(kind: str, leg: str = "x", state: str = "Up", **more: Any) -> Frame:
    return Frame(kind, channel=Channel(leg, "PJSIP/a-1", state), **more)


# ------------------------------------------------------------------ recorded sequences


def test_we_refuse_an_arrived_call() -> None:
    told = play(Legs(), "01", "normal, then hung up with reason_code=17 (caller sees 486)")
    leg = "1795297952.0"
    assert told == [arrived(leg), LegGone(leg=leg, cause=GoneCause.NORMAL)]


def test_a_caller_gives_up() -> None:
    told = play(Legs(), "13", "A caller gives up in state Ring, not answered")
    leg = "1795298091.91"
    assert told == [arrived(leg), LegGone(leg=leg, cause=GoneCause.NORMAL)]


@pytest.mark.parametrize(
    "title",
    [
        "B caller hangs up, answered, in no bridge",
        "C caller hangs up in the holding bridge",
        "D we hang up (DELETE, default reason)",
        "F caller hangs up during a playback",
    ],
)
def test_every_way_to_hang_up_ends_a_leg_once_though_events_come_twice(title: str) -> None:
    [first, last] = play(Legs(), "13", title)
    assert isinstance(first, LegArrived)
    assert last == LegGone(leg=first.leg, cause=GoneCause.NORMAL)


def test_a_desk_that_hangs_up_leaves_the_caller_where_they_are() -> None:
    legs = adopted("1795298094.99", "desk-1")
    told = play(legs, "13", "E the desk phone hangs up in a mixing bridge: caller stays in it")
    assert told == [LegGone(leg="desk-1", cause=GoneCause.NORMAL)]
    assert legs.knows("1795298094.99")


def test_asterisk_stops() -> None:
    legs = adopted("1795298104.114", "desk-1")
    told = play(legs, "13", 'I events seen at "core stop now" (subscribeAll)')
    assert told == [
        LegGone(leg="1795298104.114", cause=GoneCause.NORMAL),
        LegGone(leg="desk-1", cause=GoneCause.NORMAL),
    ]


def test_an_originated_leg_rings_answers_and_is_hung_up() -> None:
    told = play(expecting("desk-1"), "03", "originate (app events only)", only="desk-1")
    assert told == [
        LegRinging(leg="desk-1"),
        LegAnswered(leg="desk-1"),
        LegGone(leg="desk-1", cause=GoneCause.NORMAL),
    ]


@pytest.mark.parametrize(
    ("leg", "title", "cause"),
    [
        ("desk-3", "originate, phone refuses (486)", GoneCause.BUSY),
        ("desk-4", "originate, nobody answers within timeout=2", GoneCause.NO_ANSWER),
        ("desk-7", "originate, hung up by us while it rings", GoneCause.NORMAL),
    ],
)
def test_an_originated_leg_that_is_not_answered_says_why(leg: str, title: str, cause: GoneCause) -> None:
    told = play(expecting(leg), "03", title)
    assert [t for t in told if not isinstance(t, LegRinging)] == [LegGone(leg=leg, cause=cause)]


def test_doubled_events_of_a_pick_up_are_told_once() -> None:
    title = "pickup of a call the engine rings: ring the other desk, drop the first leg"
    told = play(expecting("ring-a", "ring-r"), "11", title)
    assert told == [
        LegRinging(leg="ring-a"),
        LegRinging(leg="ring-r"),
        LegAnswered(leg="ring-r"),
        LegGone(leg="ring-a", cause=GoneCause.NORMAL),
    ]


def test_a_phones_hold_and_resume() -> None:
    told = play(adopted("desk-1"), "04", "the phone presses hold / resume (re-INVITE sendonly)")
    assert told == [LegHeldByPhone(leg="desk-1"), LegResumedByPhone(leg="desk-1")]


def test_a_call_that_goes_on_to_voicemail_leaves() -> None:
    legs = adopted("1795298019.49")
    legs.set_leaving("1795298019.49", True)
    assert play(legs, "07", "continue to voicemail,202,1") == [LegLeft(leg="1795298019.49")]


def test_a_call_of_the_dial_plan_arrives_when_it_is_redirected() -> None:
    title = "pickup of a dial plan call that rings alice: AMI Redirect into Stasis"
    assert play(Legs(), "11", title) == [arrived("1795298076.82")]


def test_a_transfer_that_asterisk_carries_out_is_a_question_and_its_channel_goes() -> None:
    title = "the phone transfers (REFER to 201), PJSIP_TRANSFER_HANDLING=core-only"
    told = play(adopted("desk-1", "1795298005.32"), "05", title)
    assert told == [
        TransferAsked(leg="desk-1", to="201"),
        Dismiss("1795298005.36"),
        LegGone(leg="desk-1", cause=GoneCause.NORMAL),
    ]


def test_a_transfer_that_is_left_to_us_is_a_question_and_the_phone_is_satisfied() -> None:
    text = (TRACES / "05.txt").read_text(encoding="utf-8")
    recorded = json.loads("[" + text[text.rindex("\n[\n") + 3 : text.rindex("]")] + "]")
    legs = adopted("desk-1", "1795298008.39")
    told = [o for event in recorded for o in legs.handle(_decoded(event))]
    assert told == [TransferAsked(leg="desk-1", to="201"), SatisfyPhone("desk-1", "channel_answered")]


def transfer(to: str, timestamp: str = "t", state: str = "") -> Frame:
    asking = ReferredBy(Channel("x", "PJSIP/a-1", "Up"))
    target = ReferTo(Destination(to))
    return Frame("ChannelTransfer", timestamp, refer_to=target, referred_by=asking, state=state)


def test_a_transfer_key_is_one_question_however_often_it_is_told() -> None:
    legs = adopted("x")
    asked: list[Outcome] = [TransferAsked(leg="x", to="201"), SatisfyPhone("x", "channel_answered")]
    assert legs.handle(transfer("201")) == asked
    assert legs.handle(transfer("201")) == []
    assert legs.handle(transfer("201", "t+1")) == []
    assert legs.handle(transfer("201", "t+2", state="channel_answered")) == []
    assert legs.handle(transfer("202"))[0] == TransferAsked(leg="x", to="202"), "another question"


def test_a_phone_that_kept_its_leg_may_ask_the_same_in_its_next_talk() -> None:
    legs = adopted("x")
    asked = legs.handle(transfer("201"))
    legs.set_joined("x")
    assert legs.handle(transfer("201", "later")) == asked


def test_a_transfer_by_asterisk_that_is_told_twice_is_one_question() -> None:
    legs = adopted("x")
    local = Channel("local", "Local/201@internal-1;1", "Up", dialplan=Dialplan(exten="201"))
    start = Frame("StasisStart", channel=local, replace_channel=Channel("x", "PJSIP/a-1", "Up"))
    assert legs.handle(start) == [TransferAsked(leg="x", to="201"), Dismiss("local")]
    assert legs.handle(start) == [Dismiss("local")]


def test_a_transfer_by_asterisk_in_the_place_of_a_leg_that_is_gone_is_no_caller() -> None:
    local = Channel("local", "Local/201@internal-1;1", "Up", dialplan=Dialplan(exten="201"))
    start = Frame("StasisStart", channel=local, replace_channel=Channel("gone", "PJSIP/a-1", "Up"))
    assert Legs().handle(start) == [Dismiss("local")]
    [asked] = Legs().handle(Frame("StasisStart", channel=local, args=["inbound", "7000"]))
    assert isinstance(asked, Inquire), "a call that the dial plan sends us by way of a Local channel"


def test_keys_in_a_holding_bridge() -> None:
    lines = (TRACES / "09.txt").read_text(encoding="utf-8").splitlines()
    legs = adopted("1795298035.58")
    frames = [
        _frame(m["at"], m["type"], m["rest"])
        for line in lines
        if (m := LINE.match(line)) and m["type"] in USED
    ]
    told = [o for f in frames for o in legs.handle(f)]
    assert [o.digit for o in told if isinstance(o, DigitPressed)] == ["5", "*", "#", "0"]


def test_the_recorded_arrival_decodes_in_full() -> None:
    text = (TRACES / "01.txt").read_text(encoding="utf-8")
    recorded = json.loads(text[text.index("\n{\n") : text.index("\n}\n") + 2])
    [asked] = Legs().handle(_decoded(recorded))
    assert isinstance(asked, Inquire)
    assert asked.args == ["inbound", "7000"]
    channel = asked.channel
    assert (channel.id, channel.caller.number, channel.caller.name) == (
        "1795297952.0",
        "+4930123456",
        "Ada Lovelace",
    )
    assert (channel.device, channel.is_up, channel.caller_rdnis) == ("PJSIP/pstn", False, "")
    assert channel.stasis_args("reception") == ["inbound", "7000"]
    assert channel.stasis_args("other") is None
    assert channel.created_at == pytest.approx(1795297952.985)


def _decoded(event: dict[str, Any]) -> Frame:
    found = decode_frame(json.dumps(event))
    assert found is not None
    return found


# ------------------------------------------------------------------ what may befall them


def test_events_we_do_not_use_are_passed_over() -> None:
    assert decode_frame('{"type": "ChannelVarset", "channel": 7}') is None
    assert decode_frame(b'{"type": "SomethingNew"}') is None


@pytest.mark.parametrize("raw", ["", "[]", "{}", '{"type": "StasisEnd", "channel": {"id": 7}}'])
def test_what_is_no_event_is_a_protocol_error(raw: str) -> None:
    with pytest.raises(ProtocolError):
        decode_frame(raw)


def test_unknown_legs_are_passed_over() -> None:
    legs = Legs()
    for kind in ("ChannelStateChange", "StasisEnd", "ChannelDestroyed", "ChannelDtmfReceived", "ChannelHold"):
        assert legs.handle(frame(kind)) == []
    assert legs.handle(Frame("StasisEnd")) == []
    assert legs.handle(Frame("StasisStart")) == []
    assert legs.introduce(arrived("x")) == []
    assert legs.fail("x", GoneCause.FAILED) == []
    for kind in ("StasisStart", "ChannelTransfer"):
        assert legs.handle(Frame(kind)) == []
    legs.set_leaving("x", True)
    legs.set_hears_ringing("x", True)
    assert not legs.hears_ringing("x")
    assert not legs.is_answered("x")
    assert legs.bridge_of("x") is None


def test_what_a_leg_does_before_it_is_introduced_is_told_after() -> None:
    legs = Legs()
    [asked] = legs.handle(frame("StasisStart", state="Ring", args=["inbound", "7000"]))
    assert isinstance(asked, Inquire)
    assert legs.handle(frame("ChannelDtmfReceived", digit="5")) == []
    assert legs.handle(frame("StasisEnd")) == []
    assert legs.introduce(arrived("x")) == [
        arrived("x"),
        DigitPressed(leg="x", digit="5"),
        LegGone(leg="x", cause=GoneCause.NORMAL),
    ]


def test_a_leg_that_is_forgotten_was_never_here() -> None:
    legs = Legs()
    legs.handle(frame("StasisStart", args=["inbound", "7000"]))
    legs.forget("x")
    assert legs.handle(frame("StasisEnd")) == []


def test_a_leg_arrives_once_though_it_is_told_twice() -> None:
    legs = Legs()
    assert len(legs.handle(frame("StasisStart", args=["inbound", "7000"]))) == 1
    assert legs.handle(frame("StasisStart", args=["inbound", "7000"])) == []


def test_our_own_leg_that_was_given_up_is_dismissed_when_it_comes() -> None:
    legs = expecting("x")
    assert legs.fail("x", GoneCause.FAILED) == [LegGone(leg="x", cause=GoneCause.FAILED)]
    assert legs.handle(frame("StasisStart", args=["leg"])) == [Dismiss("x")]


def test_an_originated_leg_may_end_before_the_failure_is_known() -> None:
    legs = expecting("x")
    assert len(legs.handle(frame("ChannelDestroyed", "x", "Down", cause=20))) == 1
    assert legs.fail("x", GoneCause.FAILED) == []


def test_an_originated_leg_is_answered_when_it_can_be_used() -> None:
    """Up comes first, StasisStart makes it ours: only then can it be joined."""
    legs = expecting("x")
    assert legs.handle(frame("ChannelStateChange", state="Up")) == []
    assert legs.handle(frame("StasisStart", args=["leg"])) == [LegAnswered(leg="x")]
    assert legs.handle(frame("ChannelStateChange", state="Ringing")) == []
    assert legs.is_answered("x")


def test_an_answered_arrival_is_known_as_such() -> None:
    legs = Legs()
    legs.handle(frame("StasisStart", state="Ring", args=["inbound", "7000"]))
    legs.introduce(arrived("x"))
    assert not legs.is_answered("x")
    assert legs.handle(frame("ChannelStateChange", state="Up")) == []
    assert legs.is_answered("x")


def test_a_snapshots_unanswered_leg_can_still_answer() -> None:
    legs = adopted("x", role=Role.DESK, is_answered=False)
    assert legs.handle(frame("StasisStart", args=["leg"])) == [LegAnswered(leg="x")]


def test_a_caller_who_hangs_up_on_the_way_to_voicemail_is_gone() -> None:
    legs = adopted("x")
    legs.set_leaving("x", True)
    legs.handle(frame("ChannelHangupRequest"))
    assert legs.handle(frame("StasisEnd")) == [LegGone(leg="x", cause=GoneCause.NORMAL)]


def test_a_leg_that_could_not_be_sent_on_ends_as_usual() -> None:
    legs = adopted("x")
    legs.set_leaving("x", True)
    legs.set_leaving("x", False)
    assert legs.handle(frame("StasisEnd")) == [LegGone(leg="x", cause=GoneCause.NORMAL)]


def test_hold_is_told_once() -> None:
    legs = adopted("x")
    kinds = ("ChannelUnhold", "ChannelHold", "ChannelHold", "ChannelUnhold", "ChannelUnhold")
    told = [o for kind in kinds for o in legs.handle(frame(kind))]
    assert told == [LegHeldByPhone(leg="x"), LegResumedByPhone(leg="x")]


def test_a_key_of_our_own_leg_after_its_hang_up_was_asked_for_still_counts() -> None:
    legs = adopted("x", role=Role.PARTY)
    legs.handle(frame("ChannelHangupRequest", cause=38))
    assert legs.handle(frame("ChannelDtmfReceived", digit="1")) == [DigitPressed(leg="x", digit="1")]
    assert legs.handle(frame("StasisEnd")) == [LegGone(leg="x", cause=GoneCause.FAILED)]


def test_the_same_key_twice_is_two_keys_and_one_key_told_twice_is_one() -> None:
    legs = adopted("x")
    times = ("t1", "t1", "t2")
    told = [o for t in times for o in legs.handle(frame("ChannelDtmfReceived", digit="5", timestamp=t))]
    assert told == [DigitPressed(leg="x", digit="5")] * 2


def test_bridges_are_followed() -> None:
    legs = adopted("x")
    assert legs.bridge_of("x") == "b~2", "its name in Asterisk"
    legs.handle(frame("ChannelEnteredBridge", bridge=Bridge("c")))
    legs.handle(frame("ChannelLeftBridge", bridge=Bridge("b~2")))
    assert legs.bridge_of("x") == "c", "a late word about the bridge it was in before"
    legs.handle(frame("ChannelLeftBridge", bridge=Bridge("c")))
    assert legs.bridge_of("x") is None


def test_joining_two_calls_of_the_phone_itself_is_declined() -> None:
    event = {
        "type": "ChannelTransfer",
        "refer_to": {"requested_destination": {"protocol_id": "call-7", "destination": "202"}},
        "referred_by": {"source_channel": {"id": "x"}},
    }
    assert adopted("x").handle(_decoded(event)) == [SatisfyPhone("x", "channel_declined")]
    assert adopted("y").handle(_decoded(event)) == []


def test_another_program_under_our_name_is_noticed() -> None:
    assert Legs().handle(Frame("ApplicationReplaced")) == [Replaced()]


def test_a_state_that_means_nothing_to_us_changes_nothing() -> None:
    legs = adopted("x", is_answered=False)
    assert legs.handle(frame("ChannelStateChange", state="Ringing")) == []
    assert not legs.is_answered("x")


def test_a_ringing_tone_is_remembered_until_it_is_ended() -> None:
    legs = adopted("x")
    legs.set_hears_ringing("x", True)
    assert legs.hears_ringing("x")
    legs.set_hears_ringing("x", False)
    assert not legs.hears_ringing("x")
