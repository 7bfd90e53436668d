"""What the port's contract does not say, on the real Asterisk: sound, names, transfers, the trunk."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from reception.model.calls import CallerId
from reception.model.lines import LineState
from reception.ports import (
    AnswerLeg,
    BringIn,
    CommandFailed,
    DigitPressed,
    GoneCause,
    HangUpLeg,
    HoldLeg,
    Join,
    LegAnswered,
    LegArrived,
    LegGone,
    LineChanged,
    Originate,
    PlayPrompt,
    Prompt,
    RingLeg,
    Role,
    SwitchConnected,
    SwitchError,
    TransferAsked,
)
from tests.contract.rig_asterisk import AsteriskRig, open_rig
from tests.lab.fixtures import Lab, eventually
from tests.lab.sip import OutsideCaller

pytestmark = pytest.mark.lab

ADA = CallerId(number="+4930123456", name="Ada Lovelace")
DESK_HZ, MOH_CLASS = 350.0, "default"
RINGING_HZ = (440.0, 480.0)


@pytest.fixture
async def rig(lab: Lab) -> AsyncIterator[AsteriskRig]:
    async with open_rig(lab, prompts={"callback_accepted": "tone:1230/1500,0/100"}) as rig:
        yield rig


async def answered(rig: AsteriskRig, **caller: object) -> tuple[OutsideCaller, str]:
    after = len(rig.events)
    party = await rig.caller(**caller)  # type: ignore[arg-type]
    arrived = await rig.wait_for(LegArrived, after=after)
    rig.switch.send([AnswerLeg(leg=arrived.leg)])
    await party.wait_answered()
    return party, arrived.leg


def ring(leg: str, to: str, caller: CallerId = ADA, role: Role = Role.DESK, **more: object) -> Originate:
    return Originate(leg=leg, to=to, timeout_s=20, caller=caller, call="c1", role=role, **more)  # type: ignore[arg-type]


async def desk(rig: AsteriskRig, leg: str = "desk-1", number: str = "101") -> str:
    await rig.phone(number)
    rig.switch.send([ring(leg, number)])
    await rig.wait_for(LegAnswered, leg=leg)
    return leg


def failures(rig: AsteriskRig) -> list[CommandFailed]:
    return [e for e in rig.events if isinstance(e, CommandFailed)]


# ------------------------------------------------------------------ sound


async def test_an_answered_leg_hears_ringing_until_it_is_joined(rig: AsteriskRig) -> None:
    party, leg = await answered(rig)
    rig.switch.send([HoldLeg(leg=leg), RingLeg(leg=leg)])
    await party.wait_hears(*RINGING_HZ)
    rig.switch.send([Join(bridge="b1", legs=(leg, await desk(rig)))])
    await party.wait_hears(DESK_HZ, but_not=RINGING_HZ[0])
    assert not failures(rig)


async def test_ringing_stops_for_music_when_the_leg_is_held(rig: AsteriskRig) -> None:
    party, leg = await answered(rig)
    rig.switch.send([RingLeg(leg=leg)])
    await party.wait_hears(*RINGING_HZ)
    rig.switch.send([HoldLeg(leg=leg)])
    await party.wait_hears(but_not=RINGING_HZ[1])
    await party.wait_music()


async def test_a_prompt_is_heard_while_waiting_and_music_goes_on(rig: AsteriskRig) -> None:
    (party, leg), (other, other_leg) = await answered(rig), await answered(rig, number="+4930100201")
    rig.switch.send([HoldLeg(leg=leg), HoldLeg(leg=other_leg)])
    rig.switch.send([PlayPrompt(leg=leg, prompt=Prompt.CALLBACK_ACCEPTED)])
    await party.wait_hears(1230.0)
    await other.wait_hears(but_not=1230.0)
    assert leg in await rig.lab.waiting(), "it never left the waiting room"
    await party.hang_up()
    await other.wait_music()


async def test_a_waiting_room_that_somebody_removed_is_made_again_at_once(rig: AsteriskRig) -> None:
    party, leg = await answered(rig)
    rig.switch.send([HoldLeg(leg=leg)])
    await party.wait_music()
    for _ in range(5):  # its name may stay taken
        (room,) = [name for name, legs in (await rig.lab.bridges()).items() if leg in legs]
        assert await rig.lab.ari("DELETE", f"bridges/{room}") == 204

        async def gone(room: str = room) -> bool:
            return room not in await rig.lab.bridges()

        await eventually(gone, "the end of the room")
        rig.switch.send([HoldLeg(leg=leg)])

        async def waits() -> bool:
            return leg in await rig.lab.waiting()

        await eventually(waits, "the caller waits again")
    await party.wait_music()
    assert not failures(rig)


async def test_an_unanswered_caller_hears_the_180(rig: AsteriskRig) -> None:
    party = await rig.caller()
    arrived = await rig.wait_for(LegArrived)
    rig.switch.send([RingLeg(leg=arrived.leg)])
    await party.wait("ringing")
    assert not party.is_answered


@pytest.mark.parametrize(
    ("cause", "answer"), [(GoneCause.BUSY, "refused 486"), (GoneCause.REJECTED, "refused 403")]
)
async def test_the_caller_is_told_why_we_refuse(rig: AsteriskRig, cause: GoneCause, answer: str) -> None:
    party = await rig.caller()
    arrived = await rig.wait_for(LegArrived)
    rig.switch.send([HangUpLeg(leg=arrived.leg, cause=cause)])
    await party.wait(answer)


# ------------------------------------------------------------------ names and numbers


async def test_the_phone_shows_who_calls(rig: AsteriskRig) -> None:
    phone = await rig.phone("101", mode="ring")
    rig.switch.send([ring("desk-1", "101", CallerId(number="+4533112233", name='Åse "Øre" <b>'))])
    assert (await phone.wait("incoming"))["peer"].startswith("sip:+4533112233@")


async def test_the_phone_shows_nothing_of_a_withheld_number(rig: AsteriskRig) -> None:
    """Without a caller id Asterisk would show the originator's own: the withheld one."""
    phone = await rig.phone("101", mode="ring")
    await rig.caller(number="+4930555555", withheld=True)
    arrived = await rig.wait_for(LegArrived)
    assert arrived.caller == CallerId(is_withheld=True)
    rig.switch.send([ring("desk-1", "101", arrived.caller, originator=arrived.leg)])
    assert (await phone.wait("incoming"))["peer"].startswith("sip:anonymous@")


async def test_who_forwarded_the_call_is_told(rig: AsteriskRig) -> None:
    await rig.house.caller(forwarded_by="+4930777")
    assert (await rig.wait_for(LegArrived)).diverted_by == "+4930777"


async def test_outside_numbers_go_over_the_trunk(rig: AsteriskRig) -> None:
    await rig.phone("outside")
    rig.switch.send([ring("out-1", "+4577889900", role=Role.PARTY)])
    await rig.wait_for(LegAnswered, leg="out-1")
    assert {c["name"].split("-")[0] for c in await rig.lab.channels()} == {"PJSIP/pstn"}


async def test_a_leg_rings_though_its_originator_has_gone(rig: AsteriskRig) -> None:
    phone = await rig.phone("101", mode="ring")
    party = await rig.caller()
    arrived = await rig.wait_for(LegArrived)
    await rig.lab.ari("DELETE", f"channels/{arrived.leg}")
    rig.switch.send([ring("desk-1", "101", originator=arrived.leg)])
    await phone.wait_ringing()
    await party.wait_ended()


# ------------------------------------------------------------------ transfers by the phone


async def test_the_transfer_key_of_our_leg_ends_the_phones_call(rig: AsteriskRig) -> None:
    party, leg = await answered(rig)
    phone_leg = await desk(rig)
    phone = await rig.phone("101")
    rig.switch.send([Join(bridge="b1", legs=(leg, phone_leg))])
    await party.wait_hears(DESK_HZ)
    await phone.transfer("202")
    asked = await rig.wait_for(TransferAsked, leg=phone_leg)
    gone = await rig.wait_for(LegGone, leg=phone_leg)
    assert asked.to == "202"
    assert rig.events.index(asked) < rig.events.index(gone)
    await phone.wait("closed")
    assert {c["id"] for c in await rig.lab.channels()} == {leg}


async def test_the_transfer_key_of_a_colleague_who_called_us_asks_too(rig: AsteriskRig) -> None:
    """Asterisk carries this one out by a Local channel; that is stopped, the say is ours."""
    alice, carol = await rig.phone("201"), await rig.phone("203", mode="ring")
    await alice.dial("7000")
    leg = (await rig.wait_for(LegArrived, is_inside=True)).leg
    phone_leg = await desk(rig)
    rig.switch.send([AnswerLeg(leg=leg), Join(bridge="b1", legs=(leg, phone_leg))])

    async def are_joined() -> bool:
        return await rig.bridged() == {frozenset({leg, phone_leg})}

    await eventually(are_joined, "their talk")
    await alice.transfer("203")
    assert (await rig.wait_for(TransferAsked, leg=leg)).to == "203"
    await rig.wait_for(LegGone, leg=leg)

    async def only_the_desk() -> bool:
        return {c["id"] for c in await rig.lab.channels()} == {phone_leg}

    await eventually(only_the_desk, "the end of the Local channel")
    await carol.wait_silent()
    assert len([e for e in rig.events if isinstance(e, LegArrived)]) == 1


# ------------------------------------------------------------------ calls of the dial plan


async def test_a_call_that_rings_a_colleague_can_be_brought_in(rig: AsteriskRig) -> None:
    alice = await rig.phone("201", mode="ring")
    await rig.caller(number="+4930123456", dialled="7201")
    await alice.wait_ringing()
    [outside] = [c for c in await rig.lab.channels() if c["name"].startswith("PJSIP/pstn")]
    rig.switch.send([BringIn(leg=outside["id"])])
    arrived = await rig.wait_for(LegArrived)
    assert (arrived.leg, arrived.dialled) == (outside["id"], "7201")
    assert arrived.caller.number == "+4930123456"
    assert not arrived.is_answered
    assert not arrived.is_inside
    await alice.wait_silent()


async def test_an_answered_call_is_brought_in_with_both_ends(rig: AsteriskRig) -> None:
    alice = await rig.phone("201")
    party = await rig.caller(dialled="7201")
    await party.wait_answered()
    await alice.wait_talking()
    ends = {c["name"].split("-")[0]: c["id"] for c in await rig.lab.channels()}
    caller, colleague = ends["PJSIP/pstn"], ends["PJSIP/alice"]
    rig.switch.send([BringIn(leg=caller, peer=colleague)])
    first = await rig.wait_for(LegArrived, leg=caller)
    second = await rig.wait_for(LegArrived, leg=colleague)
    assert (first.is_inside, second.is_inside) == (False, True)
    assert first.is_answered
    assert second.is_answered
    rig.switch.send([Join(bridge="b1", legs=(caller, colleague))])
    await party.wait_hears(500.0)  # alice's tone


async def test_bringing_in_what_is_not_there_fails(rig: AsteriskRig) -> None:
    rig.switch.send([BringIn(leg="nobody", peer="nobody-else")])
    assert (await rig.wait_for(CommandFailed)).error is SwitchError.GONE


async def test_a_colleague_dials_a_parking_slot(rig: AsteriskRig) -> None:
    bob = await rig.phone("202")
    for slot in ("701", "712", "720"):
        await bob.dial(slot)
        arrived = await rig.wait_for(LegArrived, dialled=slot)
        assert arrived.is_inside
        rig.switch.send([HangUpLeg(leg=arrived.leg)])
        await bob.wait_silent()


# ------------------------------------------------------------------ events that come twice, lines


@asynccontextmanager
async def overlapping_subscriptions(rig: AsteriskRig) -> AsyncIterator[None]:
    """Let Asterisk tell most things twice (FACTS 2.2); it would go on with it in the tests that follow."""
    source = {"eventSource": "endpoint:PJSIP"}
    assert await rig.lab.ari("POST", "applications/reception/subscription", **source) == 200
    try:
        yield
    finally:
        assert await rig.lab.ari("DELETE", "applications/reception/subscription", **source) == 200


async def test_what_asterisk_tells_twice_we_tell_once(rig: AsteriskRig) -> None:
    async with overlapping_subscriptions(rig):
        party, leg = await answered(rig)
        phone_leg = await desk(rig)
        for _ in range(2):
            after = len(rig.events)
            await party.press("5")
            await rig.wait_for(DigitPressed, digit="5", after=after)
        await party.hang_up()
        await rig.wait_for(LegGone, leg=leg)
        phone = await rig.phone("101")
        await phone.hang_up()
        await rig.wait_for(LegGone, leg=phone_leg)
    kinds = [type(e) for e in rig.events]
    assert kinds.count(DigitPressed) == 2
    assert kinds.count(LegArrived) == 1
    assert kinds.count(LegAnswered) == 1
    assert kinds.count(LegGone) == 2


async def test_a_transfer_key_that_asterisk_tells_twice_is_one_question(rig: AsteriskRig) -> None:
    async with overlapping_subscriptions(rig):
        party, leg = await answered(rig)
        phone_leg = await desk(rig)
        phone = await rig.phone("101")
        rig.switch.send([Join(bridge="b1", legs=(leg, phone_leg))])
        await party.wait_hears(DESK_HZ)
        await phone.transfer("202")
        await rig.wait_for(LegGone, leg=phone_leg)
    assert [e.to for e in rig.events if isinstance(e, TransferAsked)] == ["202"]


async def test_the_line_that_is_held_shows_it(rig: AsteriskRig) -> None:
    """ONHOLD is the state of the party that is held, not of the one that pressed the key (FACTS 3.10)."""
    alice, bob = await rig.phone("201"), await rig.phone("202")
    await alice.dial("202")
    await bob.wait_talking()
    await alice.hold()
    await rig.wait_for(LineChanged, number="202", state=LineState.HELD)
    held_at = len(rig.events)
    await alice.resume()
    await rig.wait_for(LineChanged, number="202", state=LineState.TALKING, after=held_at)
    assert not [
        e
        for e in rig.events
        if isinstance(e, LineChanged) and e.number == "201" and e.state is LineState.HELD
    ]


async def test_settings_overrule_where_a_number_rings(lab: Lab) -> None:
    async with open_rig(lab, devices={"201": "PJSIP/bob", "300": "PJSIP/carol"}) as rig:
        connected = await rig.wait_for(SwitchConnected)
        assert {"201", "300", "101"} <= dict(connected.lines).keys()
        bob, carol = await rig.phone("202", mode="ring"), await rig.phone("203", mode="ring")
        rig.switch.send([ring("l1", "201"), ring("l2", "300")])
        await asyncio.gather(bob.wait_ringing(), carol.wait_ringing())
        await rig.wait_for(LineChanged, number="300", state=LineState.TALKING)  # busy_at=1
