"""The small pure parts: causes, lines, numbers, caller ids, AMI's blocks, settings, lanes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.errors import ConfigError
from reception.model.calls import CallerId
from reception.model.lines import LineMark, LineState
from reception.ports import (
    AnswerLeg,
    BringIn,
    CloseBridge,
    GoneCause,
    Join,
    MarkLine,
    Prompt,
    Role,
    SwitchCommand,
    SwitchError,
)
from services.asterisk import create
from services.asterisk.ami import format_action, parse_block
from services.asterisk.ari import Refusal
from services.asterisk.bridges import is_waiting_room, known_as
from services.asterisk.causes import gone_cause
from services.asterisk.commands import keys_of, shown_as
from services.asterisk.lanes import Lanes
from services.asterisk.lines import LineTable, joined, mark_devices, split_hint, telephone_of
from services.asterisk.numbers import dial_string
from services.asterisk.parse import (
    Channel,
    Dialplan,
    Party,
    caller_id,
    number_if_allowed,
    role_of,
)
from services.asterisk.settings import Settings, parse_settings

GOOD: dict[str, Any] = {
    "url": "http://pbx:8088/ari/",
    "user": "u",
    "password": "p",
    "ami_user": "m",
    "ami_password": "q",
}

# ------------------------------------------------------------------ causes


@pytest.mark.parametrize(
    ("cause", "tech_cause", "expected"),
    [
        (17, 486, GoneCause.BUSY),
        (17, None, GoneCause.BUSY),
        (19, 480, GoneCause.NO_ANSWER),
        (0, None, GoneCause.NO_ANSWER),  # Asterisk 16: time is up
        (None, None, GoneCause.NO_ANSWER),
        (21, 603, GoneCause.REJECTED),
        (21, None, GoneCause.REJECTED),
        (20, None, GoneCause.UNREACHABLE),
        (1, 404, GoneCause.UNREACHABLE),
        (16, None, GoneCause.NORMAL),
        (127, None, GoneCause.FAILED),
        (38, 500, GoneCause.FAILED),
        (34, 503, GoneCause.FAILED),
    ],
)
def test_a_leg_we_ring_says_why_it_was_not_answered(
    cause: int | None, tech_cause: int | None, expected: GoneCause
) -> None:
    assert gone_cause(cause, tech_cause, is_trying=True) is expected


@pytest.mark.parametrize(
    ("cause", "tech_cause"), [(127, 487), (None, None), (16, None), (0, None), (32, None)]
)
def test_whoever_was_there_hung_up(cause: int | None, tech_cause: int | None) -> None:
    assert gone_cause(cause, tech_cause, is_trying=False) is GoneCause.NORMAL


def test_a_broken_line_is_no_hang_up() -> None:
    assert gone_cause(38, None, is_trying=False) is GoneCause.FAILED


# ------------------------------------------------------------------ lines

ALICE = split_hint("PJSIP/alice&Custom:alice-dnd&Stasis:alice,CustomPresence:alice")


def test_a_hint_is_its_devices() -> None:
    assert ALICE == ("PJSIP/alice", "Custom:alice-dnd", "Stasis:alice")
    assert telephone_of(ALICE) == "PJSIP/alice"
    assert telephone_of(("Custom:a/b", "Queue:q/1")) is None
    assert split_hint("") == ()


@pytest.mark.parametrize(
    ("device_state", "line"),
    [
        ("NOT_INUSE", LineState.IDLE),
        ("RINGING", LineState.RINGING),
        ("INUSE", LineState.TALKING),
        ("BUSY", LineState.TALKING),
        ("RINGINUSE", LineState.TALKING),
        ("ONHOLD", LineState.HELD),
        ("UNAVAILABLE", LineState.UNREACHABLE),
        ("INVALID", LineState.UNREACHABLE),
        ("UNKNOWN", LineState.UNKNOWN),
        ("SOMETHING", LineState.UNKNOWN),
    ],
)
def test_each_device_state_has_a_line_state(device_state: str, line: LineState) -> None:
    assert joined(ALICE, {"PJSIP/alice": device_state, "Custom:alice-dnd": "NOT_INUSE"}) is line


@pytest.mark.parametrize(
    ("phone", "software", "line"),
    [
        ("NOT_INUSE", "BUSY", LineState.TALKING),
        ("UNAVAILABLE", "BUSY", LineState.TALKING),  # on a Teams call, the desk phone unplugged
        ("NOT_INUSE", "RINGING", LineState.RINGING),
        ("UNAVAILABLE", "NOT_INUSE", LineState.UNREACHABLE),
        ("NOT_INUSE", "UNKNOWN", LineState.IDLE),
        ("NOT_INUSE", "INVALID", LineState.IDLE),
        ("RINGING", "BUSY", LineState.TALKING),
    ],
)
def test_software_can_make_a_line_busy_and_nothing_else(phone: str, software: str, line: LineState) -> None:
    assert joined(ALICE, {"PJSIP/alice": phone, "Stasis:alice": software}) is line


@pytest.mark.parametrize(
    ("phone", "line"),
    [
        ("NOT_INUSE", LineState.DO_NOT_DISTURB),
        ("UNAVAILABLE", LineState.DO_NOT_DISTURB),
        ("INUSE", LineState.TALKING),
        ("RINGING", LineState.RINGING),
        ("ONHOLD", LineState.HELD),
    ],
)
@pytest.mark.parametrize("device", ["Custom:alice-dnd", "Custom:DND201"])
def test_do_not_disturb_is_no_call(device: str, phone: str, line: LineState) -> None:
    devices = ("PJSIP/alice", device)
    assert joined(devices, {"PJSIP/alice": phone, device: "BUSY"}) is line
    assert joined(devices, {"PJSIP/alice": "NOT_INUSE", device: "NOT_INUSE"}) is LineState.IDLE
    assert joined(devices, {"PJSIP/alice": "NOT_INUSE"}) is LineState.IDLE
    assert telephone_of(devices) == "PJSIP/alice"


def test_a_line_of_software_only_is_what_it_says() -> None:
    assert joined(("Custom:room",), {"Custom:room": "NOT_INUSE"}) is LineState.IDLE
    assert joined(("Custom:room",), {}) is LineState.UNKNOWN
    assert joined((), {}) is LineState.UNKNOWN


def test_a_hint_says_which_devices_show_our_marks() -> None:
    assert mark_devices(ALICE) == {
        LineMark.BUSY: "Stasis:alice",
        LineMark.DO_NOT_DISTURB: "Custom:alice-dnd",
    }
    only_busy = {LineMark.BUSY: "Stasis:a", LineMark.DO_NOT_DISTURB: "Stasis:a"}
    assert mark_devices(("PJSIP/a", "Stasis:a", "Custom:room")) == only_busy
    assert mark_devices(("PJSIP/a", "Custom:a-dnd")) == {LineMark.DO_NOT_DISTURB: "Custom:a-dnd"}
    assert mark_devices(("PJSIP/a",)) == {}


@pytest.mark.requirement("000-38")
def test_what_we_marked_says_nothing_of_the_line() -> None:
    table = LineTable()
    table.mark("Stasis:alice")
    table.load({"201": ALICE}, {"PJSIP/alice": "NOT_INUSE", "Stasis:alice": "BUSY"})
    assert dict(table.lines()) == {"201": LineState.IDLE}
    assert table.change("Stasis:alice", "INUSE") == []
    table.unmark("Stasis:alice")
    assert table.marked == set()
    assert table.change("Stasis:alice", "BUSY") == [], "what we wrote before is told later"
    assert table.change("Stasis:alice", "NOT_INUSE") == []
    assert not table.is_taken("Stasis:alice")
    assert table.change("Stasis:alice", "BUSY") == [("201", LineState.TALKING)], "somebody else wrote this"
    assert table.is_taken("Stasis:alice")


def test_one_of_two_telephones_is_enough() -> None:
    two = ("PJSIP/desk", "PJSIP/soft")
    assert joined(two, {"PJSIP/desk": "NOT_INUSE", "PJSIP/soft": "UNAVAILABLE"}) is LineState.IDLE
    assert joined(two, {"PJSIP/desk": "NOT_INUSE", "PJSIP/soft": "INUSE"}) is LineState.TALKING


STATES = st.sampled_from(["NOT_INUSE", "INUSE", "RINGING", "ONHOLD", "UNAVAILABLE", "INVALID", "UNKNOWN", ""])


@given(st.dictionaries(st.sampled_from(["PJSIP/a", "PJSIP/b", "Custom:a", "Stasis:a"]), STATES))
def test_what_nobody_told_us_is_never_idle(states: dict[str, str]) -> None:
    devices = ("PJSIP/a", "PJSIP/b", "Custom:a", "Stasis:a")
    if joined(devices, states) is LineState.IDLE:
        assert "NOT_INUSE" in (states.get("PJSIP/a"), states.get("PJSIP/b"))


def test_the_table_tells_only_what_changed() -> None:
    table = LineTable()
    hints = {"201": ALICE, "202": ("PJSIP/bob",), "299": ("PJSIP/alice",)}
    table.load(hints, {"PJSIP/alice": "NOT_INUSE"})
    assert dict(table.lines()) == {
        "201": LineState.IDLE,
        "202": LineState.UNKNOWN,
        "299": LineState.IDLE,
    }
    assert table.change("PJSIP/alice", "INUSE") == [("201", LineState.TALKING), ("299", LineState.TALKING)]
    assert table.change("PJSIP/alice", "BUSY") == []
    assert table.change("Stasis:alice", "BUSY") == []
    assert table.change("Custom:alice-dnd", "BUSY") == []
    assert table.change("PJSIP/alice", "NOT_INUSE") == [("299", LineState.IDLE)]
    assert table.change("Stasis:alice", "NOT_INUSE") == [("201", LineState.DO_NOT_DISTURB)]
    assert table.change("PJSIP/pstn", "INUSE") == []
    assert table.device_of("201") == "PJSIP/alice"
    assert table.device_of("7000") is None
    assert table.has_telephone("PJSIP/bob")
    assert not table.has_telephone("PJSIP/pstn")


# ------------------------------------------------------------------ numbers and names


@pytest.mark.parametrize(
    ("number", "more", "expected"),
    [
        ("+4533112233", {}, "PJSIP/+4533112233@pstn"),
        ("+4533112233", {"trunk_plus": "00"}, "PJSIP/004533112233@pstn"),
        ("+4533112233", {"trunk_plus": "", "trunk_prefix": "9"}, "PJSIP/94533112233@pstn"),
        ("33112233", {"trunk_prefix": "0"}, "PJSIP/033112233@pstn"),
        ("112", {}, "PJSIP/112@pstn"),
        ("299", {}, None),
        ("12345", {}, None),
        ("12345", {"internal_digits": 4}, "PJSIP/12345@pstn"),
        ("+45", {"trunk": ""}, None),
        ("", {}, None),
        ("+", {}, None),
        ("33112233@evil", {}, None),
        ("33112233&PJSIP/x", {}, None),
    ],
)
def test_from_a_number_to_the_trunk(number: str, more: dict[str, Any], expected: str | None) -> None:
    settings = Settings(
        url="http://x/ari", user="u", ami_user="m", **{"trunk": "PJSIP/{number}@pstn", **more}
    )
    assert dial_string(number, None, settings) == expected
    assert dial_string(number, "PJSIP/alice", settings) == "PJSIP/alice"


@pytest.mark.parametrize(
    ("number", "presentation", "expected"),
    [
        ("+45", "allowed_not_screened", CallerId(number="+45", name="Ada")),
        ("+45", "allowed", CallerId(number="+45", name="Ada")),
        ("", "unavailable", CallerId(name="Ada")),
        ("+45", "prohib_not_screened", CallerId(is_withheld=True)),
        ("+45", "prohib", CallerId(is_withheld=True)),
        ("+45", "", CallerId(is_withheld=True)),
        ("anonymous", "allowed", CallerId(is_withheld=True)),
    ],
)
def test_only_what_may_be_shown_is_kept(number: str, presentation: str, expected: CallerId) -> None:
    assert caller_id(Party("Ada", number), presentation) == expected


@pytest.mark.parametrize(
    ("caller", "shown"),
    [
        (CallerId(number="+45", name="Ada"), '"Ada" <+45>'),
        (CallerId(number="+45", name='A "B" <c>\\\n'), '"A B c" <+45>'),
        (CallerId(name="Ada"), '"Ada" <anonymous>'),
        (CallerId(number="+45", name="Ada", is_withheld=True), '"" <anonymous>'),
        (CallerId(), '"" <anonymous>'),
    ],
)
def test_what_the_phone_is_to_show_is_never_left_to_asterisk(caller: CallerId, shown: str) -> None:
    assert shown_as(caller) == shown


def test_roles_of_a_leg() -> None:
    assert role_of("desk") is Role.DESK
    assert role_of("") is None


def test_a_forwarder_may_be_withheld_too() -> None:
    assert number_if_allowed("+45", "allowed") == "+45"
    assert number_if_allowed("+45", "prohib") is None


def test_a_channel_that_is_being_dialled() -> None:
    assert (
        Channel("x", dialplan=Dialplan(app_name="Dial", app_data="reception")).stasis_args("reception")
        is None
    )
    assert Channel("x", state="Ringing", dialplan=Dialplan(app_name="AppDial2")).is_being_dialled
    assert not Channel("x", state="Up", dialplan=Dialplan(app_name="AppDial2")).is_being_dialled
    assert Channel("x").created_at == 0.0


# ------------------------------------------------------------------ commands, refusals, AMI's text


@pytest.mark.parametrize(
    ("command", "keys"),
    [
        (AnswerLeg(leg="a"), {"leg:a"}),
        (Join(bridge="b", legs=("x", "y")), {"bridge:b", "leg:x", "leg:y"}),
        (CloseBridge(bridge="b"), {"bridge:b"}),
        (BringIn(leg="a", peer="p"), {"leg:a", "leg:p"}),
        (BringIn(leg="a"), {"leg:a"}),
        (MarkLine(number="201", mark=LineMark.BUSY), {"number:201"}),
    ],
)
def test_a_command_names_what_it_touches(command: SwitchCommand, keys: set[str]) -> None:
    assert keys_of(command) == keys


@pytest.mark.parametrize(
    ("status", "detail", "error"),
    [
        (404, "Channel not found", SwitchError.GONE),
        (422, "Channel not in Stasis application", SwitchError.GONE),
        (400, "Channel not found", SwitchError.GONE),
        (400, "Invalid direction specified", SwitchError.REFUSED),
        (409, "Channel not in Stasis application", SwitchError.GONE),
        (409, "Channel currently recording", SwitchError.REFUSED),
        (404, "Bridge not found", SwitchError.REFUSED),
        (500, "Allocation failed", SwitchError.REFUSED),
    ],
)
def test_a_refusal_is_gone_or_no(status: int, detail: str, error: SwitchError) -> None:
    assert Refusal(status, detail).error is error


@pytest.mark.parametrize(
    ("status", "detail", "is_taken"),
    [
        (409, "Bridge with id 'b' already exists", True),
        (500, "Unable to create bridge. Possible duplicate bridge id 'b'", True),
        (500, "Allocation failed", False),
        (404, "Bridge not found", False),
    ],
)
def test_a_name_is_taken_or_something_else_is_wrong(status: int, detail: str, is_taken: bool) -> None:
    assert Refusal(status, detail).says_name_is_taken is is_taken


def test_a_bridge_is_known_by_its_first_name() -> None:
    assert [known_as(name) for name in ("call-1", "call-1~2", "call-1~100")] == ["call-1"] * 3
    names = ("reception-waiting", "reception-waiting~2", "reception-waiting-2", "call-1")
    assert [name for name in names if is_waiting_room(name)] == list(names[:2])


def test_blocks_of_ami() -> None:
    raw = b"Event: DeviceStateChange\r\nDevice: Custom:bob: x\r\nState: BUSY\r\nnonsense\r\n\r\n"
    assert parse_block(raw) == {"Event": "DeviceStateChange", "Device": "Custom:bob: x", "State": "BUSY"}


def test_a_value_cannot_smuggle_in_a_field() -> None:
    raw = format_action({"Action": "Redirect", "Channel": "x\r\nExten: 911"})
    assert raw == b"Action: Redirect\r\nChannel: x Exten: 911\r\n\r\n"


# ------------------------------------------------------------------ settings


def test_good_settings_are_completed() -> None:
    settings = parse_settings(GOOD)
    assert settings.url == "http://pbx:8088/ari"
    assert (settings.address, settings.ami_address) == ("pbx:8088", "pbx:5038")
    assert settings.events_url == "ws://pbx:8088/ari/events?app=reception&subscribeAll=false"
    assert settings.prompt(Prompt.CALLBACK_ACCEPTED) == "sound:auth-thankyou"
    own = parse_settings({**GOOD, "url": "https://pbx/ari", "prompts": {"callback_accepted": "sound:x"}})
    assert own.events_url.startswith("wss://pbx/ari/events")
    assert own.prompt(Prompt.CALLBACK_ACCEPTED) == "sound:x"


@pytest.mark.parametrize(
    ("change", "setting"),
    [
        ({"url": None}, "url"),
        ({"url": "pbx:8088"}, "url"),
        ({"url": "ftp://pbx/ari"}, "url"),
        ({"user": ""}, "user"),
        ({"ami_user": ""}, "ami_user"),
        ({"password": ""}, "password"),
        ({"ami_password": ""}, "ami_password"),
        ({"password": "", "password_file": "/nowhere/at/all"}, "password_file"),
        ({"password": "", "password_env": "NOT_THERE"}, "password_env"),
        ({"ami_port": "5038"}, "ami_port"),
        ({"ami_port": 70000}, "ami_port"),
        ({"app": "a,b"}, "app"),
        ({"trunk": "PJSIP/pstn"}, "trunk"),
        ({"devices": {"201": "alice"}}, "devices"),
        ({"devices": ["201"]}, "devices"),
        ({"prompts": {"welcome": "sound:x"}}, "prompts"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_setting_that_cannot_work_is_named(change: dict[str, Any], setting: str) -> None:
    with pytest.raises(ConfigError) as caught:
        create({**GOOD, **change})
    assert caught.value.message.key == "misconfigured"
    assert caught.value.message.params["setting"] == setting
    assert caught.value.message.params["error"]


def test_a_ca_file_that_cannot_be_read_is_named_when_it_is_needed(tmp_path: Path) -> None:
    from services.asterisk.ari import Ari

    settings = parse_settings({**GOOD, "url": "https://pbx/ari", "ca_file": str(tmp_path / "none.pem")})
    with pytest.raises(ConfigError) as caught:
        Ari(settings)
    assert caught.value.message.params["setting"] == "ca_file"


def test_passwords_come_from_files_and_the_environment(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from the file\n", encoding="utf-8")
    raw = {"url": GOOD["url"], "user": "u", "ami_user": "m"}
    given_elsewhere = {"password_file": str(secret), "ami_password_env": "AMI_SECRET"}
    settings = parse_settings({**raw, **given_elsewhere}, {"AMI_SECRET": "from outside"})
    assert (settings.password, settings.ami_password) == ("from the file", "from outside")


# ------------------------------------------------------------------ lanes


async def test_jobs_that_share_a_key_run_in_order_and_others_overlap() -> None:
    lanes, done, gate = Lanes(), [], asyncio.Event()

    async def slow() -> None:
        await gate.wait()
        done.append("slow")

    async def quick(name: str) -> None:
        done.append(name)
        if name == "other":
            gate.set()

    lanes.submit({"a", "b"}, slow)
    lanes.submit({"b", "c"}, lambda: quick("after slow"))
    lanes.submit({"c"}, lambda: quick("after that"))
    lanes.submit({"x"}, lambda: quick("other"))
    await lanes.drain(5.0)
    assert done == ["other", "slow", "after slow", "after that"]


async def test_what_is_not_done_in_time_is_given_up() -> None:
    lanes = Lanes()
    lanes.submit({"a"}, asyncio.Event().wait)  # type: ignore[arg-type]
    await lanes.drain(0.01)
    await lanes.drain(0.01)


async def test_a_bug_in_a_job_reaches_the_loop_and_the_lane_goes_on() -> None:
    lanes, seen, done = Lanes(), [], []

    async def broken() -> None:
        raise ZeroDivisionError

    async def good() -> None:
        done.append("good")

    asyncio.get_running_loop().set_exception_handler(lambda loop, context: seen.append(context["exception"]))
    lanes.submit({"a"}, broken)
    lanes.submit({"a"}, good)
    await lanes.drain(5.0)
    assert done == ["good"]
    assert [type(error) for error in seen] == [ZeroDivisionError]
