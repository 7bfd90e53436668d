"""The connection's life on the real Asterisk: what must be mended, restarts, rivals, and no hub at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.client import ClientConnection, connect

from reception.model.calls import CallerId
from reception.model.changes import Message, SourceState
from reception.model.lines import LineMark, LineState
from reception.ports import (
    AnswerLeg,
    CommandFailed,
    GoneCause,
    HoldLeg,
    Join,
    LegAnswered,
    LegArrived,
    LegGone,
    LegRinging,
    MarkLine,
    Originate,
    Role,
    SwitchConnected,
    SwitchError,
    SwitchLost,
)
from services.asterisk.settings import parse_settings
from services.asterisk.switch import AsteriskSwitch, Pace
from tests.contract.rig_asterisk import QUICK, AsteriskRig, open_rig
from tests.integration.test_asterisk_calls import ADA, answered
from tests.lab.fixtures import House, Lab, eventually

pytestmark = pytest.mark.lab


@pytest.fixture
async def rig(lab: Lab) -> AsyncIterator[AsteriskRig]:
    async with open_rig(lab) as rig:
        yield rig


def count(rig: AsteriskRig, kind: type) -> int:
    return sum(isinstance(event, kind) for event in rig.events)


# ------------------------------------------------------------------ what somebody must mend


@pytest.mark.parametrize(
    ("wrong", "state", "key"),
    [
        ({"password": "wrong"}, SourceState.NEEDS_SETTINGS, "wrong_password"),
        ({"ami_password": "wrong"}, SourceState.NEEDS_SETTINGS, "wrong_password"),
        ({"ami_user": "nobody"}, SourceState.NEEDS_SETTINGS, "wrong_password"),
        ({"url": "{base}/arri"}, SourceState.NEEDS_SETTINGS, "wrong_address"),
        ({"url": "http://127.0.0.1:9/ari"}, SourceState.DOWN, "unreachable"),
        ({"ami_port": 9}, SourceState.DOWN, "unreachable"),
        ({"ami_port": "http"}, SourceState.DOWN, "unreachable"),  # waits for us to speak first
    ],
)
async def test_what_is_wrong_is_said_once_in_its_own_words(
    lab: Lab, wrong: dict[str, object], state: SourceState, key: str
) -> None:
    base = lab.env["PBX_LAB_ARI_URL"].removesuffix("/ari")
    ports = {"http": int(lab.env["PBX_LAB_HTTP_PORT"])}
    settings = {
        name: value.format(base=base) if name == "url" else ports.get(str(value), value)  # type: ignore[attr-defined]
        for name, value in wrong.items()
    }
    pace = Pace(first_retry_s=0.05, longest_retry_s=0.05, settings_retry_s=0.05)
    async with open_rig(lab, pace, SwitchLost, **settings) as rig:
        lost = await rig.wait_for(SwitchLost)
        assert (lost.state, lost.message.key) == (state, key)
        command = AnswerLeg(leg="any")
        rig.switch.send([command])
        failed = await rig.wait_for(CommandFailed, command=command)
        assert failed.error is SwitchError.UNAVAILABLE
        await asyncio.sleep(0.3)  # several more tries, of which nothing new is to be said
        assert count(rig, SwitchLost) == 1
        assert b"wrong" not in str(lost.message.params).encode()


async def test_what_is_placed_while_the_switch_is_away_is_gone(lab: Lab) -> None:
    async with open_rig(lab, wait=SwitchLost, url="http://127.0.0.1:9/ari") as rig:
        rig.switch.send([Originate(leg="x", to="101", timeout_s=5, caller=ADA, call="c", role=Role.DESK)])
        assert (await rig.wait_for(LegGone, leg="x")).cause is GoneCause.FAILED


# ------------------------------------------------------------------ lost and found


async def test_a_leg_that_rings_while_the_line_is_cut_is_found_and_answers(rig: AsteriskRig) -> None:
    phone = await rig.phone("101", mode="ring")
    rig.switch.send(
        [Originate(leg="desk-7", to="101", timeout_s=30, caller=ADA, call="call-7", role=Role.DESK)]
    )
    await rig.wait_for(LegRinging, leg="desk-7")
    await rig.lose_connection()
    back = await rig.wait_for(SwitchConnected, after=1)
    [info] = back.legs
    assert (info.leg, info.is_answered, info.call, info.role) == ("desk-7", False, "call-7", Role.DESK)
    await phone.answer()
    await rig.wait_for(LegAnswered, leg="desk-7", after=rig.events.index(back))


async def test_asterisk_restarts_and_begins_anew(rig: AsteriskRig) -> None:
    await rig.phone("201")
    _, leg = await answered(rig)
    rig.switch.send([HoldLeg(leg=leg), MarkLine(number="201", mark=LineMark.BUSY)])
    await rig.lab.until_device("Stasis:alice", lambda state: state == "BUSY")
    await rig.lab.restart()
    back = await rig.wait_for(SwitchConnected, after=1)
    assert back.restarted
    assert back.legs == ()
    assert dict(back.lines)["201"] is not LineState.TALKING, "our mark is not what the telephone does"
    assert await rig.lab.device_state("Stasis:alice") == "BUSY", "our mark is there again"
    assert count(rig, SwitchLost) == 1
    rig.switch.send([MarkLine(number="201", mark=LineMark.NONE)])
    await rig.lab.until_device("Stasis:alice", lambda state: state == "NOT_INUSE")
    await answered(rig)


async def test_asterisk_crashes_and_comes_back(rig: AsteriskRig) -> None:
    await answered(rig)
    await asyncio.to_thread(rig.lab.crash)
    lost = await rig.wait_for(SwitchLost)
    assert lost.state is SourceState.DOWN
    await asyncio.to_thread(rig.lab.start_again)
    back = await rig.wait_for(SwitchConnected, after=1)
    assert (back.restarted, back.legs) == (True, ())


@pytest.mark.parametrize(
    ("mark", "device"), [(LineMark.BUSY, "Stasis:bob"), (LineMark.DO_NOT_DISTURB, "Custom:bob-dnd")]
)
async def test_marks_of_an_earlier_life_are_cleared(lab: Lab, mark: LineMark, device: str) -> None:
    """They survive us and a restart of Asterisk in its database (FACTS 3.12)."""
    async with open_rig(lab) as rig:
        rig.switch.send([MarkLine(number="202", mark=mark)])
        await rig.lab.until_device(device, lambda state: state == "BUSY")
    await lab.restart()
    assert await lab.device_state(device) == "BUSY"
    async with open_rig(lab, lease_s=1.5) as rig:
        back = await rig.wait_for(SwitchConnected)
        assert dict(back.lines)["202"] is not LineState.TALKING
        await rig.lab.until_device(device, lambda state: state == "NOT_INUSE")


async def test_a_mark_that_the_next_hub_wishes_as_well_does_not_flicker(lab: Lab) -> None:
    async with open_rig(lab) as rig:
        rig.switch.send([MarkLine(number=n, mark=LineMark.BUSY) for n in ("201", "202")])
        await lab.until_device("Stasis:bob", lambda state: state == "BUSY")
    async with open_rig(lab, lease_s=1.5) as rig:
        rig.switch.send([MarkLine(number="202", mark=LineMark.BUSY)])
        await lab.until_device("Stasis:alice", lambda state: state == "NOT_INUSE")
        assert await lab.device_state("Stasis:bob") == "BUSY"
        rig.switch.send([MarkLine(number="202", mark=LineMark.NONE)])
        await lab.until_device("Stasis:bob", lambda state: state == "NOT_INUSE")


@pytest.mark.requirement("000-03")
async def test_marks_of_a_hub_that_died_are_taken_back_by_the_dial_plan(lab: Lab) -> None:
    switch = AsteriskSwitch(parse_settings(lab.switch_settings(lease_s=4.0)), QUICK)
    await switch.start(lambda _: None)
    try:
        switch.send([MarkLine(number="203", mark=LineMark.BUSY)])
        await lab.until_device("Custom:carol-teams", lambda state: state == "BUSY")
        switch.send([MarkLine(number="202", mark=LineMark.DO_NOT_DISTURB)])
        await lab.until_device("Custom:bob-dnd", lambda state: state == "BUSY")
        assert len(await lab.channels()) == 2, "one watches, whatever there is to watch over"
    finally:
        await switch.stop()
    for device in ("Custom:carol-teams", "Custom:bob-dnd"):
        await lab.until_device(device, lambda state: state == "NOT_INUSE")
    assert "reception/mark" not in await lab.command("database show reception")

    async def is_gone() -> bool:
        return not await lab.channels()

    await eventually(is_gone, "the end of the watch")


async def test_the_watch_ends_with_the_last_mark_and_begins_again_with_the_next(lab: Lab) -> None:
    async def are_channels(count: int) -> None:
        async def are() -> bool:
            return len(await lab.channels()) == count

        await eventually(are, f"{count} channels")

    async with open_rig(lab) as rig:
        for _ in range(2):
            rig.switch.send([MarkLine(number="203", mark=LineMark.BUSY)])
            await are_channels(2)
            rig.switch.send([MarkLine(number="203", mark=LineMark.NONE)])
            await are_channels(0)


async def test_what_is_wished_while_it_connects_is_made_so(lab: Lab) -> None:
    names = {"201": "Stasis:alice", "202": "Stasis:bob", "203": "Custom:carol-teams"}
    switch = AsteriskSwitch(parse_settings(lab.switch_settings()), QUICK)
    await switch.start(lambda _: None)
    try:
        for mark, state in ((LineMark.BUSY, "BUSY"), (LineMark.NONE, "NOT_INUSE")):
            for number in names:
                switch.send([MarkLine(number=number, mark=mark)])
                await lab.ari_get("asterisk/ping")  # a little later in its connecting
            for name in names.values():
                await lab.until_device(name, lambda now, state=state: now == state)
    finally:
        await switch.stop()


async def test_states_that_others_write_are_left_alone(lab: Lab) -> None:
    await lab.ari("POST", "asterisk/variable", variable="DEVICE_STATE(Custom:carol-dnd)", value="BUSY")
    async with open_rig(lab, lease_s=1.5) as rig:
        assert await lab.device_state("Custom:carol-dnd") == "BUSY"
        rig.switch.send([MarkLine(number="203", mark=LineMark.DO_NOT_DISTURB)])
        rig.switch.send([MarkLine(number="203", mark=LineMark.NONE)])
        rig.switch.send([MarkLine(number="203", mark=LineMark.BUSY)])
        await lab.until_device("Custom:carol-teams", lambda state: state == "BUSY")
        assert await lab.device_state("Custom:carol-dnd") == "BUSY"
        rig.switch.send([MarkLine(number="203", mark=LineMark.NONE)])
        await lab.until_device("Custom:carol-teams", lambda state: state == "NOT_INUSE")
    await lab.ari("POST", "asterisk/variable", variable="DEVICE_STATE(Custom:carol-dnd)", value="NOT_INUSE")


# ------------------------------------------------------------------ a second program


@asynccontextmanager
async def rival(lab: Lab) -> AsyncIterator[ClientConnection]:
    """Another program that takes our application's name."""
    login = f"{lab.env['PBX_LAB_ARI_USER']}:{lab.env['PBX_LAB_ARI_PASSWORD']}"
    async with connect(f"{lab.env['PBX_LAB_ARI_WS']}?app=reception&api_key={login}", proxy=None) as socket:
        yield socket


async def test_a_second_program_is_told_and_not_fought(lab: Lab) -> None:
    async with open_rig(lab, Pace(first_retry_s=0.05, replaced_retry_s=3600)) as rig:
        await answered(rig)
        async with rival(lab) as socket:
            lost = await rig.wait_for(SwitchLost)
            assert lost.state is SourceState.NEEDS_SETTINGS
            assert lost.message == Message(key="replaced_by_another", params={"app": "reception"})
            await rig.caller(number="+4930100299")
            async for text in socket:
                if "StasisStart" in str(text):
                    break  # the rival was not replaced in turn, and works
        assert count(rig, SwitchConnected) == 1


async def test_after_a_while_we_try_again(lab: Lab) -> None:
    async with open_rig(lab, Pace(replaced_retry_s=0.3)) as rig:
        _, leg = await answered(rig)
        async with rival(lab):
            await rig.wait_for(SwitchLost)
        back = await rig.wait_for(SwitchConnected, after=1)
        assert [info.leg for info in back.legs] == [leg]
        assert not back.restarted


async def test_a_transfer_that_we_missed_leaves_no_caller_whom_nobody_called(rig: AsteriskRig) -> None:
    """Asterisk puts a Local channel to the target in the phone's place; it would stay for ever."""
    alice, carol = await rig.phone("201"), await rig.phone("203", mode="ring")
    await rig.phone("101")
    await alice.dial("7000")
    leg = (await rig.wait_for(LegArrived, is_inside=True)).leg
    rig.switch.send(
        [Originate(leg="desk-8", to="101", timeout_s=30, caller=ADA, call="call-8", role=Role.DESK)]
    )
    await rig.wait_for(LegAnswered, leg="desk-8")
    rig.switch.send([AnswerLeg(leg=leg), Join(bridge="call-8", legs=(leg, "desk-8"))])

    async def are_joined() -> bool:
        return await rig.bridged() == {frozenset({leg, "desk-8"})}

    async def only_the_desk() -> bool:
        return {c["id"] for c in await rig.lab.channels()} == {"desk-8"}

    await eventually(are_joined, "their talk")
    await rig.switch.stop()
    async with rival(rig.lab):  # somebody is there, as Asterisk thinks of a hub that has just been cut off
        await alice.transfer("203")
        await carol.wait_ringing()
        await alice.wait_silent()
    async with open_rig(rig.lab) as second:
        assert [info.leg for info in (await second.wait_for(SwitchConnected)).legs] == ["desk-8"]
        await eventually(only_the_desk, "the end of the Local channel")
        await carol.wait_silent()
        assert not count(second, LegArrived)


# ------------------------------------------------------------------ no hub: Asterisk alone


async def test_without_a_hub_both_desks_ring(house: House) -> None:
    first, second = await house.phone("101", mode="ring"), await house.phone("102", mode="ring")
    party = await house.caller()
    await asyncio.gather(first.wait_ringing(), second.wait_ringing())
    await second.answer()
    await party.wait_answered()
    await first.wait_silent()
    await party.wait_hears(400.0)  # the second desk's tone


async def test_without_a_hub_and_desks_there_is_the_mailbox(house: House) -> None:
    before = house.lab.messages("100")
    party = await house.caller()
    await party.wait_answered()

    async def is_recorded() -> bool:
        return house.lab.messages("100") > before

    await eventually(is_recorded, "a message in the mailbox, after its greeting", 60.0)


async def test_without_a_hub_a_parked_call_cannot_be_fetched_and_the_phone_hears_so(house: House) -> None:
    bob = await house.phone("202")
    await bob.dial("701")
    await bob.wait("closed")
    assert not [e for e in bob.events if e["event"] == "established"]


async def test_the_hub_comes_back_to_callers_who_waited(lab: Lab) -> None:
    """Letting go ends no call; the next life finds all, in the order they came."""
    async with lab.house() as outside, open_rig(lab) as rig:
        legs = []
        for number in ("+49301", "+49302", "+49303"):
            party = await outside.caller(number=number)
            arrived = await rig.wait_for(LegArrived, caller=CallerId(number=number))
            rig.switch.send([AnswerLeg(leg=arrived.leg), HoldLeg(leg=arrived.leg)])
            await party.wait_music()
            legs.append(arrived.leg)
        await rig.switch.stop()
        async with open_rig(lab) as second:
            found = await second.wait_for(SwitchConnected)
            assert [info.leg for info in found.legs] == legs
            assert all(info.is_answered and info.bridge is None for info in found.legs)
