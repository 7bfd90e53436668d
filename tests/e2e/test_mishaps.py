"""Bad moments on the real Asterisk: each of them once, on purpose, with callers everywhere."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from reception.model import intents as ask
from reception.model.calls import Focus, LegProgress, Place, Target, WhyBack
from reception.model.lines import StatusKind
from reception.runtime import read_runtime, runtime_file
from services.asterisk.bridges import is_waiting_room
from tests.contract.rig_asterisk import Relay
from tests.e2e.headless import Console, at_console
from tests.house.strict import ExpectLogs
from tests.lab.fixtures import Lab, eventually
from tests.lab.sip import OutsideCaller

pytestmark = pytest.mark.lab

ALICE, BOB, CAROL = (Target(number=number) for number in ("201", "202", "203"))
GROUP = "park_recall_s = 300\n[groups.callback]\nring_s = 5"


async def arrives(console: Console, number: str) -> OutsideCaller:
    """Let somebody call the main number; returns when they wait."""
    caller = await console.office.house.caller(number=number, patience_s=300)
    await console.place(number, Place.QUEUED)
    await caller.wait_answered()
    return caller


async def answered(console: Console, number: str) -> OutsideCaller:
    """Let somebody call, and answer."""
    caller = await arrives(console, number)
    call = console.call_of(number)
    assert call is not None
    await console.does(ask.Answer(call=call.id))
    await console.place(number, Place.TALKING)
    return caller


async def everywhere(console: Console) -> dict[Place, str]:
    """Put one caller into each place that lasts; returns their numbers."""
    house = console.office.house
    for phone, mode in (("201", "answer"), ("202", "answer"), ("203", "ring")):
        await house.phone(phone, mode)
    numbers = {place: f"+459700000{n}" for n, place in enumerate(LASTING)}
    for place, number in numbers.items():
        if place is Place.QUEUED:
            await arrives(console, number)
            continue
        await answered(console, number)
        call = await console.place(number, Place.TALKING)
        if place is Place.HANDED_ON:
            await console.does(ask.Transfer(call=call.id, to=ALICE))
        elif place is Place.CAMPED:
            await console.does(ask.CampOn(call=call.id, to=ALICE))
        elif place is Place.PARKED:
            await console.does(ask.Park(call=call.id))
        elif place is Place.TRANSFERRING:
            await console.does(ask.Transfer(call=call.id, to=CAROL))
        elif place is Place.HELD:
            await console.does(ask.Hold(call=call.id))
        elif place is Place.CONSULTING:
            await console.does(ask.Consult(call=call.id, to=BOB))
            await console.talk({"pstn", "alice"}, {"reception1", "bob"})
        await console.place(number, place)
    return numbers


LASTING = (
    Place.HANDED_ON,
    Place.CAMPED,
    Place.PARKED,
    Place.TRANSFERRING,
    Place.HELD,
    Place.CONSULTING,
    Place.QUEUED,
)


async def test_everybody_is_where_they_were_after_the_hub_was_killed(
    lab: Lab, tmp_path: Path, expected_logs: ExpectLogs
):
    expected_logs("the hub is away")
    async with at_console(lab, tmp_path, transfer_s=120, group=GROUP) as console:
        numbers = await everywhere(console)
        waiting = {c.leg for c in console.calls if c.place is not Place.HANDED_ON}

        async def all_wait() -> bool:
            return waiting <= await lab.waiting()

        await eventually(all_wait, "Asterisk has carried it all out")
        before = await lab.bridges()
        console.office.kill_hub()
        await console.until_away()
        await console.until_up()
        for place, number in numbers.items():
            await console.place(number, place)
        await console.talk({"pstn", "alice"}, {"reception1", "bob"})
        after = await lab.bridges()
        assert {b: legs for b, legs in before.items() if legs} == {
            b: legs for b, legs in after.items() if legs
        }
        assert not any(caller.has_ended for caller in console.office.house.callers)


async def test_a_crash_of_asterisk_ends_all_calls_and_the_house_works_again(lab: Lab, tmp_path: Path):
    async with at_console(lab, tmp_path, transfer_s=120, group=GROUP) as console:
        house = console.office.house
        await everywhere(console)
        lab.crash()
        await console.until_away()
        await asyncio.to_thread(lab.start_again)
        await console.until_up()
        await console.until(lambda: not console.calls, "no call is left")
        me = console.session.replica.attendants["KLJ"]
        assert (me.active, me.desk_leg) == (None, None)
        assert any(n.message.key == "caller_lost" for n in console.notices)
        for phone in house.phones.values():
            while (await phone.try_to("hangup"))["ok"]:  # a telephone learns late of a switch that died
                await phone.until(lambda p=phone: p.events[-1]["event"] == "reply")
        await answered(console, "+4597111111")
        await console.talk({"pstn", "reception1"})


async def test_a_phone_that_registers_late_after_a_crash_is_unreachable_until_then(lab: Lab, tmp_path: Path):
    async with at_console(lab, tmp_path) as console:
        house = console.office.house
        await answered(console, "+4597000001")
        lab.crash()
        await console.until_away()
        await house.phones["101"].close()
        await asyncio.to_thread(lab.start)  # without its database: no phone is known
        await console.until_up()
        await console.until(lambda: not console.calls, "no call is left")
        caller = await arrives(console, "+4597000002")
        call = await console.place("+4597000002", Place.QUEUED)
        await console.does(ask.Answer(call=call.id))
        await console.until(
            lambda: any(n.message.key == "desk_phone_no_answer" for n in console.notices), "she is told"
        )
        await console.place("+4597000002", Place.QUEUED)
        assert not caller.has_ended
        await house.phone("101")
        await console.does(ask.Answer(call=call.id))
        await console.place("+4597000002", Place.TALKING)
        await console.talk({"pstn", "reception1"})


async def test_a_consultation_that_rings_outlives_the_hub(
    lab: Lab, tmp_path: Path, expected_logs: ExpectLogs
):
    expected_logs("the hub is away")
    async with at_console(lab, tmp_path) as console:
        bob = await console.office.house.phone("202", "ring")
        await answered(console, "+4597000001")
        call = await console.place("+4597000001", Place.TALKING)
        await console.does(ask.Consult(call=call.id, to=BOB))
        await bob.wait_ringing()
        console.office.kill_hub()
        await console.until_away()
        await console.until_up()
        call = await console.place("+4597000001", Place.CONSULTING)
        assert call.progress in (LegProgress.REQUESTED, LegProgress.RINGING)
        await bob.answer()
        await console.talk({"reception1", "bob"})
        await console.does(ask.Swap(call=call.id))
        await console.talk({"pstn", "reception1"})
        assert (await console.place("+4597000001", Place.CONSULTING)).focus is Focus.CALLER


async def test_a_colleague_who_answers_while_no_hub_runs_is_let_go_and_the_caller_is_kept(
    lab: Lab, tmp_path: Path, expected_logs: ExpectLogs
):
    expected_logs("the hub is away")
    async with at_console(lab, tmp_path, transfer_s=120) as console:
        bob = await console.office.house.phone("202", "ring")
        caller = await answered(console, "+4597000001")
        call = await console.place("+4597000001", Place.TALKING)
        await console.does(ask.Transfer(call=call.id, to=BOB))
        await bob.wait_ringing()
        console.office.kill_hub()
        await bob.answer()
        await console.until_away()
        await console.until_up()
        # Whether the new hub was there in time decides the place, never whether the caller is there.
        await console.until(
            lambda: console.calls[0].place in (Place.HELD, Place.HANDED_ON), "the caller is somewhere"
        )
        assert not caller.has_ended


async def test_callers_who_come_while_the_hub_starts_are_all_served(
    lab: Lab, tmp_path: Path, expected_logs: ExpectLogs
):
    expected_logs("the hub is away")
    async with at_console(lab, tmp_path) as console:
        house = console.office.house
        await house.phone("101", "ring")
        await house.phone("102", "ring")
        console.office.kill_hub()
        callers = {}
        while True:
            number = f"+45970000{len(callers):02}"
            callers[number] = await house.caller(number=number, patience_s=300)
            await callers[number].wait("")  # rings at the desks, or is answered by the hub
            if console.is_up and console.call_of(number) is not None:
                break
        await console.until_up()

        async def each_is_somewhere() -> bool:
            there = {c["caller"]["number"]: c["dialplan"]["app_name"] for c in await lab.channels()}
            at_hub = {call.party.number for call in console.calls}
            return all((there.get(n) == "Stasis") == (n in at_hub) for n in callers)

        await eventually(each_is_somewhere, "each caller is with the hub or rings the desks")
        assert not any(caller.has_ended for caller in callers.values())


async def test_manager_interface_away_for_long_and_callers_wait_on(lab: Lab, tmp_path: Path):
    """ARI alone does not tell who is busy, so telephony is down; whoever waits goes on hearing music."""
    ami = await Relay(int(lab.env["PBX_LAB_AMI_PORT"])).open()
    try:
        async with at_console(lab, tmp_path, switch={"ami_port": ami.port}) as console:
            caller = await arrives(console, "+4597000001")
            talking = await answered(console, "+4597000002")
            await console.talk({"pstn", "reception1"})
            await ami.close()
            await console.until_away()
            await caller.wait_music()
            await console.talk({"pstn", "reception1"})
            await talking.hang_up()
            await ami.open()
            await console.until_up()
            await console.ended("+4597000002")
            await console.place("+4597000001", Place.QUEUED)
    finally:
        await ami.close()


@pytest.mark.requirement("002-359")
async def test_the_key_5_is_heard_by_sound_events_too(lab: Lab, tmp_path: Path):
    """Most trunks send keys as RFC 4733 events in the sound."""
    async with at_console(lab, tmp_path) as console:
        caller = await arrives(console, "+4597000001")
        await caller.wait_music()
        await caller.press_in_sound("5")
        await console.until(lambda: console.calls[0].callback is not None, "5 was heard")
        await caller.hang_up()
        await console.until(lambda: console.calls[0].is_callback_entry, "the entry waits")


async def test_a_transfer_to_a_mobile_that_is_busy_comes_back_with_the_reason(lab: Lab, tmp_path: Path):
    async with at_console(lab, tmp_path) as console:
        await console.office.house.phone("outside", "reject")
        await answered(console, "+4597000001")
        call = await console.place("+4597000001", Place.TALKING)
        await console.does(ask.Transfer(call=call.id, to=Target(number="+4540112201")))
        call = await console.place("+4597000001", Place.HELD)
        assert call.returned is not None
        assert call.returned.why is WhyBack.BUSY


async def test_who_waits_at_a_phone_that_unregisters_comes_back(lab: Lab, tmp_path: Path):
    async with at_console(lab, tmp_path) as console:
        bob = await console.office.house.phone("202")
        await bob.dial("606")
        await bob.wait_talking()
        await answered(console, "+4597000001")
        call = await console.place("+4597000001", Place.TALKING)
        statuses = console.session.replica.statuses
        await console.until(lambda: any(s.kind is StatusKind.BUSY for s in statuses.values()), "bob talks")
        await console.does(ask.CampOn(call=call.id, to=BOB))
        await bob.unregister()
        call = await console.place("+4597000001", Place.HELD)
        assert call.returned is not None
        assert call.returned.why in (WhyBack.UNREACHABLE, WhyBack.HUNG_UP)


async def test_a_receptionists_phone_that_refuses_leaves_the_caller_in_the_queue(lab: Lab, tmp_path: Path):
    async with at_console(lab, tmp_path, group="offers_calls = true") as console:
        phone = await console.office.house.phone("101", "reject")
        caller = await console.office.house.caller(number="+4597000001", patience_s=300)
        await phone.wait("closed")
        await console.place("+4597000001", Place.QUEUED)
        assert not caller.has_ended
        await phone.set_mode("answer")
        await console.place("+4597000001", Place.TALKING)  # the next round
        await console.talk({"pstn", "reception1"})


async def test_bridges_of_a_dead_hub_are_removed(lab: Lab, tmp_path: Path, expected_logs: ExpectLogs):
    expected_logs("the hub is away")
    async with at_console(lab, tmp_path) as console:
        caller = await answered(console, "+4597000001")
        console.office.kill_hub()
        await caller.hang_up()
        await console.until_away()
        await console.until_up()
        await console.until(lambda: not console.calls, "no call is left")

        async def swept() -> bool:
            return all(is_waiting_room(bridge) for bridge in await lab.bridges())

        await eventually(swept, "no bridge is left")
        assert read_runtime(runtime_file(tmp_path)) is not None
