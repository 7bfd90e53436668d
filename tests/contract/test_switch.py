"""What the engine may rely on: one test for each promise of the `Switch` port, run on every backend.

The promises are those of `reception.ports` and what a real exchange was seen to do (tests/lab/FACTS.md).
Written against `tests.contract.rig` only. Nothing here waits for time: a test waits for an event, or asks
the switch itself until it says what is expected. `settled` lets everything that is under way arrive, by
sending one more caller through the switch.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count

import msgspec
import pytest

from reception import ports
from reception.model.calls import CallerId
from reception.model.lines import LineMark, LineState
from reception.ports import (
    AnswerLeg,
    BringIn,
    CloseBridge,
    CommandFailed,
    DigitPressed,
    GiveBack,
    GoneCause,
    HangUpLeg,
    HoldLeg,
    Join,
    LegAnswered,
    LegArrived,
    LegGone,
    LegHeldByPhone,
    LegLeft,
    LegResumedByPhone,
    LegRinging,
    LineChanged,
    MarkLine,
    Originate,
    PlayPrompt,
    Prompt,
    RingLeg,
    Role,
    SendDigits,
    SendToVoicemail,
    SwitchConnected,
    SwitchError,
    SwitchLost,
    TransferAsked,
)
from tests.contract.rig import Caller, SwitchRig

CALLER = CallerId(number="+4930100200", name="Ada Lovelace")
LEG_EVENTS = (
    LegArrived,
    LegRinging,
    LegAnswered,
    LegGone,
    LegLeft,
    LegHeldByPhone,
    LegResumedByPhone,
    DigitPressed,
    TransferAsked,
)
_names = count(1)


@pytest.fixture(autouse=True)
async def no_leg_ends_twice(rig: SwitchRig) -> AsyncIterator[None]:
    """After every test: each leg arrived at most once, ended at most once, and was silent afterwards."""
    yield
    arrived: Counter[str] = Counter()
    ended: set[str] = set()
    for event in rig.events:
        if not isinstance(event, LEG_EVENTS):
            continue
        assert event.leg not in ended, f"{event} after the leg had ended"
        if isinstance(event, LegArrived):
            arrived[event.leg] += 1
        if isinstance(event, LegGone | LegLeft):
            ended.add(event.leg)
    assert not [leg for leg, times in arrived.items() if times > 1]


# ------------------------------------------------------------------ helpers


def new_leg(role: str = "leg") -> str:
    """Return an id that no other leg or bridge of this run has."""
    return f"{role}-{next(_names)}"


def originate(
    number: str,
    *,
    timeout_s: float = 20.0,
    call: str = "c1",
    role: Role = Role.TARGET,
    auto_answer: bool = False,
) -> Originate:
    """Ring a number under an id of ours."""
    return Originate(
        leg=new_leg(role),
        to=number,
        timeout_s=timeout_s,
        caller=CALLER,
        call=call,
        role=role,
        auto_answer=auto_answer,
    )


async def until(expected: object, ask: Callable[[], Awaitable[object]], timeout_s: float = 30.0) -> None:
    """Ask the switch until it gives this answer."""
    deadline = asyncio.get_running_loop().time() + timeout_s
    for _ in range(2000):
        got = await ask()
        if got == expected or asyncio.get_running_loop().time() > deadline:
            break
        await asyncio.sleep(0.02)
    assert got == expected


async def talking(rig: SwitchRig) -> set[frozenset[str]]:
    """Who talks with whom: bridges with at least two legs."""
    return {legs for legs in await rig.bridged() if len(legs) > 1}


async def arrival(rig: SwitchRig, **caller: object) -> tuple[Caller, LegArrived]:
    """Let an outside call come in."""
    after = len(rig.events)
    party = await rig.caller(**caller)  # type: ignore[arg-type]  # the rig's own keywords, passed through
    return party, await rig.wait_for(LegArrived, after=after)


async def answered_caller(rig: SwitchRig, **caller: object) -> tuple[Caller, str]:
    """Let an outside call come in and answer it."""
    party, arrived = await arrival(rig, **caller)
    rig.switch.send([AnswerLeg(leg=arrived.leg)])
    await party.wait_answered()
    return party, arrived.leg


async def answered_phone(rig: SwitchRig, number: str, *, call: str = "c1", role: Role = Role.TARGET) -> str:
    """Ring a telephone that answers; return its leg."""
    await rig.phone(number)
    command = originate(number, call=call, role=role)
    rig.switch.send([command])
    await rig.wait_for(LegAnswered, leg=command.leg)
    return command.leg


async def settled(rig: SwitchRig) -> None:
    """Return when all that was under way has arrived: a call that began later has come and gone."""
    party, arrived = await arrival(rig, number="+4930999999")
    await party.hang_up()
    await rig.wait_for(LegGone, leg=arrived.leg)


def all_of(rig: SwitchRig, kind: type[msgspec.Struct], **fields: object) -> list[msgspec.Struct]:
    """Return the events of a kind with these field values."""
    return [
        e for e in rig.events if isinstance(e, kind) and all(getattr(e, k) == v for k, v in fields.items())
    ]


def line(rig: SwitchRig, number: str) -> LineState | None:
    """Return what the switch last said of a line."""
    state: LineState | None = None
    for event in rig.events:
        if isinstance(event, SwitchConnected):
            state = dict(event.lines).get(number)
        elif isinstance(event, LineChanged) and event.number == number:
            state = event.state
    return state


async def line_becomes(rig: SwitchRig, number: str, state: LineState) -> None:
    """Wait until the switch's word about a line is this."""
    if line(rig, number) is not state:
        await rig.wait_for(LineChanged, after=len(rig.events), number=number, state=state)


# ------------------------------------------------------------------ calls that come in


async def test_it_reports_itself_connected_once(rig: SwitchRig) -> None:
    await rig.wait_for(SwitchConnected)
    assert isinstance(rig.events[0], SwitchConnected)
    assert len(all_of(rig, SwitchConnected)) == 1
    assert not all_of(rig, SwitchLost)


async def test_an_outside_call_arrives_with_number_name_and_what_was_dialled(rig: SwitchRig) -> None:
    _, arrived = await arrival(rig, number="+4930123456", name="Ada Lovelace")
    assert arrived.caller == CallerId(number="+4930123456", name="Ada Lovelace")
    assert arrived.dialled == "7000"
    assert not arrived.is_inside
    assert not arrived.is_answered
    assert arrived.diverted_by is None


async def test_a_withheld_number_never_leaves_the_backend(rig: SwitchRig) -> None:
    party, arrived = await arrival(rig, number="+4930123456", name="Ada Lovelace", withheld=True)
    assert arrived.caller.is_withheld
    assert arrived.caller.number is None
    await rig.lose_connection()
    await rig.wait_for(SwitchConnected, after=1)
    await party.hang_up()
    await rig.wait_for(LegGone, leg=arrived.leg)
    assert b"30123456" not in msgspec.json.encode(rig.events)
    assert b"Lovelace" not in msgspec.json.encode(rig.events)


async def test_a_call_from_a_phone_of_the_house_says_so(rig: SwitchRig) -> None:
    phone = await rig.phone("201")
    await phone.dial("7000")
    arrived = await rig.wait_for(LegArrived)
    assert arrived.is_inside
    assert arrived.caller.number == "201"
    assert arrived.dialled == "7000"


async def test_many_callers_at_once_each_arrive_exactly_once(rig: SwitchRig) -> None:
    numbers = [f"+49301002{i:02}" for i in range(20)]
    await asyncio.gather(*(rig.caller(number=number) for number in numbers))
    arrivals = await asyncio.gather(*(rig.wait_for(LegArrived, caller=CallerId(number=n)) for n in numbers))
    rig.switch.send([c for a in arrivals for c in (AnswerLeg(leg=a.leg), HoldLeg(leg=a.leg))])
    await until({a.leg for a in arrivals}, rig.holding)
    assert sorted(a.caller.number or "" for a in arrivals) == numbers
    assert len(all_of(rig, LegArrived)) == 20
    assert not all_of(rig, LegGone)


async def test_a_caller_who_gives_up_is_gone_once(rig: SwitchRig) -> None:
    party, arrived = await arrival(rig)
    await party.hang_up()
    gone = await rig.wait_for(LegGone, leg=arrived.leg)
    assert gone.cause is GoneCause.NORMAL
    await settled(rig)
    assert len(all_of(rig, LegGone, leg=arrived.leg)) == 1


async def test_a_caller_with_little_patience_goes_by_themselves(rig: SwitchRig) -> None:
    _, arrived = await arrival(rig, patience_s=1.0)
    assert (await rig.wait_for(LegGone, leg=arrived.leg)).cause is GoneCause.NORMAL


async def test_ringing_before_the_answer_leaves_the_call_unanswered(rig: SwitchRig) -> None:
    party, arrived = await arrival(rig)
    rig.switch.send([RingLeg(leg=arrived.leg), AnswerLeg(leg=arrived.leg)])
    await party.wait_answered()
    assert not all_of(rig, CommandFailed)


async def test_answering_twice_is_harmless(rig: SwitchRig) -> None:
    party, leg = await answered_caller(rig)
    rig.switch.send([AnswerLeg(leg=leg), HoldLeg(leg=leg)])
    await until({leg}, rig.holding)
    assert not all_of(rig, CommandFailed)
    await party.hang_up()
    await rig.wait_for(LegGone, leg=leg)


async def test_a_waiting_caller_has_music(rig: SwitchRig) -> None:
    _, arrived = await arrival(rig)
    rig.switch.send([AnswerLeg(leg=arrived.leg), HoldLeg(leg=arrived.leg)])
    await until({arrived.leg}, rig.holding)


@pytest.mark.parametrize("cause", [GoneCause.NORMAL, GoneCause.BUSY])
async def test_a_call_we_refuse_ends_for_the_caller_and_is_gone_once(
    rig: SwitchRig, cause: GoneCause
) -> None:
    party, arrived = await arrival(rig)
    rig.switch.send([HangUpLeg(leg=arrived.leg, cause=cause)])
    await party.wait_ended()
    assert (await rig.wait_for(LegGone, leg=arrived.leg)).cause is GoneCause.NORMAL
    await settled(rig)
    assert len(all_of(rig, LegGone, leg=arrived.leg)) == 1


# ------------------------------------------------------------------ calls we place


async def test_an_originated_leg_rings_then_answers(rig: SwitchRig) -> None:
    phone = await rig.phone("201", mode="ring")
    command = originate("201")
    rig.switch.send([command])
    await phone.wait_ringing()
    await rig.wait_for(LegRinging, leg=command.leg)
    assert not all_of(rig, LegAnswered)
    await phone.answer()
    await rig.wait_for(LegAnswered, leg=command.leg)
    assert len(all_of(rig, LegRinging, leg=command.leg)) == 1
    assert len(all_of(rig, LegAnswered, leg=command.leg)) == 1


async def test_a_phone_told_to_answer_by_itself_does(rig: SwitchRig) -> None:
    await rig.phone("101", mode="ring")
    command = originate("101", role=Role.DESK, auto_answer=True)
    rig.switch.send([command])
    await rig.wait_for(LegAnswered, leg=command.leg)


async def test_a_phone_that_refuses_is_busy(rig: SwitchRig) -> None:
    await rig.phone("201", mode="reject")
    command = originate("201")
    rig.switch.send([command])
    assert (await rig.wait_for(LegGone, leg=command.leg)).cause is GoneCause.BUSY
    assert not all_of(rig, LegAnswered)


async def test_a_phone_nobody_answers_ends_in_no_answer(rig: SwitchRig) -> None:
    await rig.phone("201", mode="ring")
    command = originate("201", timeout_s=1.0)
    rig.switch.send([command])
    assert (await rig.wait_for(LegGone, leg=command.leg)).cause is GoneCause.NO_ANSWER
    await settled(rig)
    assert len(all_of(rig, LegGone, leg=command.leg)) == 1


async def test_a_ringing_leg_can_be_cancelled(rig: SwitchRig) -> None:
    phone = await rig.phone("201", mode="ring")
    command = originate("201")
    rig.switch.send([command])
    await phone.wait_ringing()
    rig.switch.send([HangUpLeg(leg=command.leg)])
    assert (await rig.wait_for(LegGone, leg=command.leg)).cause is GoneCause.NORMAL
    await line_becomes(rig, "201", LineState.IDLE)


async def test_a_leg_cancelled_at_once_is_gone_once(rig: SwitchRig) -> None:
    await rig.phone("201", mode="ring")
    command = originate("201")
    rig.switch.send([command, HangUpLeg(leg=command.leg)])
    await rig.wait_for(LegGone, leg=command.leg)
    await settled(rig)
    assert len(all_of(rig, LegGone, leg=command.leg)) == 1
    assert not all_of(rig, CommandFailed)


@pytest.mark.parametrize("number", ["203", "299"])
async def test_no_phone_or_no_such_number_is_unreachable(rig: SwitchRig, number: str) -> None:
    if number == "203":
        phone = await rig.phone("203")
        await phone.unregister()
        await line_becomes(rig, "203", LineState.UNREACHABLE)
    command = originate(number)
    rig.switch.send([command])
    assert (await rig.wait_for(LegGone, leg=command.leg)).cause is GoneCause.UNREACHABLE
    await settled(rig)
    assert len(all_of(rig, LegGone, leg=command.leg)) == 1
    assert not all_of(rig, CommandFailed)


async def test_an_answered_phone_that_hangs_up_is_gone_once(rig: SwitchRig) -> None:
    leg = await answered_phone(rig, "201")
    phone = await rig.phone("201")
    await phone.hang_up()
    assert (await rig.wait_for(LegGone, leg=leg)).cause is GoneCause.NORMAL
    await settled(rig)
    assert len(all_of(rig, LegGone, leg=leg)) == 1


# ------------------------------------------------------------------ talking together


async def test_two_joined_legs_talk(rig: SwitchRig) -> None:
    _, caller = await answered_caller(rig)
    desk = await answered_phone(rig, "101")
    rig.switch.send([Join(bridge=new_leg("bridge"), legs=(caller, desk))])
    await until({frozenset({caller, desk})}, lambda: talking(rig))


async def test_a_third_joins_and_all_talk(rig: SwitchRig) -> None:
    _, caller = await answered_caller(rig)
    desk = await answered_phone(rig, "101")
    colleague = await answered_phone(rig, "201")
    bridge = new_leg("bridge")
    rig.switch.send([Join(bridge=bridge, legs=(caller, desk))])
    rig.switch.send([Join(bridge=bridge, legs=(caller, desk, colleague))])
    await until({frozenset({caller, desk, colleague})}, lambda: talking(rig))


async def test_joining_again_changes_nothing(rig: SwitchRig) -> None:
    _, caller = await answered_caller(rig)
    desk = await answered_phone(rig, "101")
    join = Join(bridge=new_leg("bridge"), legs=(caller, desk))
    rig.switch.send([join, join])
    await settled(rig)
    await until({frozenset({caller, desk})}, lambda: talking(rig))
    assert not all_of(rig, CommandFailed)


async def test_joining_takes_others_out_who_stay_up(rig: SwitchRig) -> None:
    _, caller = await answered_caller(rig)
    desk = await answered_phone(rig, "101")
    colleague = await answered_phone(rig, "201")
    bridge = new_leg("bridge")
    rig.switch.send([Join(bridge=bridge, legs=(caller, desk, colleague))])
    await until({frozenset({caller, desk, colleague})}, lambda: talking(rig))
    rig.switch.send([Join(bridge=bridge, legs=(caller, colleague))])
    await until({frozenset({caller, colleague})}, lambda: talking(rig))
    assert not all_of(rig, LegGone)
    rig.switch.send([HoldLeg(leg=desk)])
    await until({desk}, rig.holding)
    assert not all_of(rig, CommandFailed)


async def test_joining_takes_a_leg_from_another_bridge(rig: SwitchRig) -> None:
    _, caller = await answered_caller(rig)
    desk = await answered_phone(rig, "101")
    colleague = await answered_phone(rig, "201")
    rig.switch.send([Join(bridge=new_leg("bridge"), legs=(caller, desk))])
    await until({frozenset({caller, desk})}, lambda: talking(rig))
    rig.switch.send([Join(bridge=new_leg("bridge"), legs=(desk, colleague))])
    await until({frozenset({desk, colleague})}, lambda: talking(rig))
    assert not all_of(rig, LegGone)


async def test_hold_takes_a_leg_out_of_its_bridge_into_music_and_back(rig: SwitchRig) -> None:
    _, caller = await answered_caller(rig)
    desk = await answered_phone(rig, "101")
    join = Join(bridge=new_leg("bridge"), legs=(caller, desk))
    rig.switch.send([join])
    await until({frozenset({caller, desk})}, lambda: talking(rig))
    rig.switch.send([HoldLeg(leg=caller)])
    await until({caller}, rig.holding)
    assert await talking(rig) == set()
    rig.switch.send([HoldLeg(leg=caller)])
    await settled(rig)
    await until({caller}, rig.holding)
    rig.switch.send([join])
    await until({frozenset({caller, desk})}, lambda: talking(rig))
    assert await rig.holding() == set()
    assert not all_of(rig, CommandFailed)


async def test_music_goes_on_for_those_who_still_wait(rig: SwitchRig) -> None:
    (_, first), (_, second) = await answered_caller(rig), await answered_caller(rig, number="+4930100201")
    rig.switch.send([HoldLeg(leg=first), HoldLeg(leg=second)])
    await until({first, second}, rig.holding)
    rig.switch.send([HangUpLeg(leg=first)])
    await rig.wait_for(LegGone, leg=first)
    await until({second}, rig.holding)
    rig.switch.send([HangUpLeg(leg=second)])
    await rig.wait_for(LegGone, leg=second)
    _, third = await answered_caller(rig, number="+4930100202")
    rig.switch.send([HoldLeg(leg=third)])
    await until({third}, rig.holding)


async def test_closing_a_bridge_leaves_its_legs_up(rig: SwitchRig) -> None:
    _, caller = await answered_caller(rig)
    desk = await answered_phone(rig, "101")
    bridge = new_leg("bridge")
    rig.switch.send([Join(bridge=bridge, legs=(caller, desk))])
    await until({frozenset({caller, desk})}, lambda: talking(rig))
    rig.switch.send([CloseBridge(bridge=bridge)])
    await until(set(), lambda: talking(rig))
    rig.switch.send([CloseBridge(bridge=bridge), HoldLeg(leg=caller), HoldLeg(leg=desk)])
    await until({caller, desk}, rig.holding)
    assert not all_of(rig, LegGone)
    assert not all_of(rig, CommandFailed)


async def test_when_one_end_hangs_up_the_other_stays_until_told(rig: SwitchRig) -> None:
    party, caller = await answered_caller(rig)
    desk = await answered_phone(rig, "101")
    rig.switch.send([Join(bridge=new_leg("bridge"), legs=(caller, desk))])
    await until({frozenset({caller, desk})}, lambda: talking(rig))
    await party.hang_up()
    await rig.wait_for(LegGone, leg=caller)
    await settled(rig)
    assert not all_of(rig, LegGone, leg=desk)
    rig.switch.send([HangUpLeg(leg=desk)])
    await rig.wait_for(LegGone, leg=desk)


async def test_hanging_up_the_caller_ends_it_for_them(rig: SwitchRig) -> None:
    party, caller = await answered_caller(rig)
    rig.switch.send([HangUpLeg(leg=caller)])
    await party.wait_ended()
    assert (await rig.wait_for(LegGone, leg=caller)).cause is GoneCause.NORMAL


# ------------------------------------------------------------------ commands that come too late


async def test_hanging_up_what_is_gone_is_harmless(rig: SwitchRig) -> None:
    party, arrived = await arrival(rig)
    await party.hang_up()
    await rig.wait_for(LegGone, leg=arrived.leg)
    rig.switch.send([HangUpLeg(leg=arrived.leg), HangUpLeg(leg=new_leg())])
    await settled(rig)
    assert not all_of(rig, CommandFailed)
    assert len(all_of(rig, LegGone, leg=arrived.leg)) == 1


LATE: dict[str, Callable[[str], ports.SwitchCommand]] = {
    "answer": lambda leg: AnswerLeg(leg=leg),
    "ring": lambda leg: RingLeg(leg=leg),
    "hold": lambda leg: HoldLeg(leg=leg),
    "join": lambda leg: Join(bridge="late-bridge", legs=(leg,)),
    "voicemail": lambda leg: SendToVoicemail(leg=leg, mailbox="202"),
    "give back": lambda leg: GiveBack(leg=leg),
    "digits": lambda leg: SendDigits(leg=leg, digits="1"),
    "prompt": lambda leg: PlayPrompt(leg=leg, prompt=Prompt.CALLBACK_ACCEPTED),
    "bring in": lambda leg: BringIn(leg=leg),
}


@pytest.mark.parametrize("late", LATE)
async def test_a_command_on_a_gone_leg_fails_exactly_once(rig: SwitchRig, late: str) -> None:
    party, leg = await answered_caller(rig)
    await party.hang_up()
    await rig.wait_for(LegGone, leg=leg)
    command = LATE[late](leg)
    rig.switch.send([command])
    failed = await rig.wait_for(CommandFailed, command=command)
    assert failed.error is SwitchError.GONE
    await settled(rig)
    assert len(all_of(rig, CommandFailed)) == 1
    assert len(all_of(rig, LegGone, leg=leg)) == 1
    assert not all_of(rig, LegLeft)


async def test_joining_with_a_gone_leg_fails_once_and_leaves_the_other_up(rig: SwitchRig) -> None:
    party, caller = await answered_caller(rig)
    desk = await answered_phone(rig, "101")
    await party.hang_up()
    await rig.wait_for(LegGone, leg=caller)
    join = Join(bridge=new_leg("bridge"), legs=(caller, desk))
    rig.switch.send([join])
    assert (await rig.wait_for(CommandFailed, command=join)).error is SwitchError.GONE
    await settled(rig)
    assert len(all_of(rig, CommandFailed)) == 1
    assert not all_of(rig, LegGone, leg=desk)
    rig.switch.send([HoldLeg(leg=desk)])
    await until({desk}, rig.holding)


# ------------------------------------------------------------------ order


async def test_commands_for_one_leg_are_carried_out_in_order(rig: SwitchRig) -> None:
    _, arrived = await arrival(rig)
    desk = await answered_phone(rig, "101")
    caller, bridge = arrived.leg, new_leg("bridge")
    join, hold = Join(bridge=bridge, legs=(caller, desk)), HoldLeg(leg=caller)
    rig.switch.send([AnswerLeg(leg=caller), hold, join, hold, join, hold, join])
    await settled(rig)
    await until({frozenset({caller, desk})}, lambda: talking(rig))
    await until(set(), rig.holding)
    rig.switch.send([hold])
    rig.switch.send([join])
    rig.switch.send([hold, CloseBridge(bridge=bridge)])
    await settled(rig)
    await until({caller}, rig.holding)
    assert await talking(rig) == set()
    assert not all_of(rig, CommandFailed)


async def test_a_leg_answers_after_it_was_introduced(rig: SwitchRig) -> None:
    legs = [await answered_phone(rig, number) for number in ("101", "102", "201", "202")]
    first = {leg: next(e for e in rig.events if getattr(e, "leg", None) == leg) for leg in legs}
    assert all(isinstance(e, LegRinging | LegAnswered) for e in first.values())


# ------------------------------------------------------------------ voicemail, keys, prompts, lamps


async def test_voicemail_takes_the_leg_out_of_our_hands(rig: SwitchRig) -> None:
    before = await rig.mailbox_count("202")
    party, leg = await answered_caller(rig)
    rig.switch.send([HoldLeg(leg=leg), SendToVoicemail(leg=leg, mailbox="202")])
    await rig.wait_for(LegLeft, leg=leg)
    await until(before + 1, lambda: rig.mailbox_count("202"), timeout_s=60.0)  # there is a greeting first
    await party.hang_up()
    await settled(rig)
    assert not all_of(rig, LegGone, leg=leg)
    assert len(all_of(rig, LegLeft, leg=leg)) == 1


async def test_voicemail_takes_an_unanswered_caller_too(rig: SwitchRig) -> None:
    party, arrived = await arrival(rig)
    rig.switch.send([SendToVoicemail(leg=arrived.leg, mailbox="202", is_busy=True)])
    await rig.wait_for(LegLeft, leg=arrived.leg)
    await party.wait_answered()


async def test_a_caller_given_back_is_served_by_the_dial_plan(rig: SwitchRig) -> None:
    party, leg = await answered_caller(rig)
    rig.switch.send([HoldLeg(leg=leg), GiveBack(leg=leg)])
    await rig.wait_for(LegLeft, leg=leg)
    await until(set(), rig.holding)
    await party.hang_up()
    await settled(rig)
    assert not all_of(rig, LegGone, leg=leg)
    assert len(all_of(rig, LegLeft, leg=leg)) == 1


async def test_a_key_of_a_waiting_caller_is_heard(rig: SwitchRig) -> None:
    party, leg = await answered_caller(rig)
    rig.switch.send([HoldLeg(leg=leg)])
    await until({leg}, rig.holding)
    await party.press("5")
    await rig.wait_for(DigitPressed, leg=leg, digit="5")
    await settled(rig)
    assert len(all_of(rig, DigitPressed)) == 1


async def test_keys_of_a_phone_are_heard_one_by_one(rig: SwitchRig) -> None:
    leg = await answered_phone(rig, "201")
    phone = await rig.phone("201")
    await phone.press("42#")
    for digit in "42#":
        await rig.wait_for(DigitPressed, leg=leg, digit=digit)


async def test_digits_we_send_reach_the_phone(rig: SwitchRig) -> None:
    phone = await rig.phone("201")
    leg = await answered_phone(rig, "201")
    rig.switch.send([SendDigits(leg=leg, digits="142")])
    await phone.wait_digits("142")
    assert not all_of(rig, CommandFailed)


async def test_a_prompt_plays_to_a_waiting_caller_who_goes_on_waiting(rig: SwitchRig) -> None:
    _, leg = await answered_caller(rig)
    rig.switch.send([HoldLeg(leg=leg), PlayPrompt(leg=leg, prompt=Prompt.CALLBACK_ACCEPTED)])
    await settled(rig)
    await until({leg}, rig.holding)
    assert not all_of(rig, CommandFailed)


@pytest.mark.requirement("000-28")
@pytest.mark.parametrize("mark", [LineMark.BUSY, LineMark.DO_NOT_DISTURB])
async def test_a_marked_line_looks_busy_and_is_not_told_back(rig: SwitchRig, mark: LineMark) -> None:
    await rig.phone("201")
    await until(LineState.IDLE, lambda: rig.looks("201"))
    before = len(rig.events)
    rig.switch.send([MarkLine(number="201", mark=mark)])
    await until(LineState.TALKING, lambda: rig.looks("201"))
    rig.switch.send([MarkLine(number="201", mark=LineMark.NONE)])
    await until(LineState.IDLE, lambda: rig.looks("201"))
    await settled(rig)
    assert not all_of(rig, CommandFailed)
    assert not [e for e in rig.events[before:] if isinstance(e, LineChanged) and e.number == "201"]


async def test_what_the_telephone_does_is_told_of_a_marked_line(rig: SwitchRig) -> None:
    await rig.phone("201")
    rig.switch.send([MarkLine(number="201", mark=LineMark.BUSY)])
    await until(LineState.TALKING, lambda: rig.looks("201"))
    before = len(rig.events)
    leg = await answered_phone(rig, "201")
    await rig.wait_for(LineChanged, number="201", state=LineState.TALKING, after=before)
    rig.switch.send([HangUpLeg(leg=leg)])
    await rig.wait_for(LineChanged, number="201", state=LineState.IDLE, after=before)
    assert await rig.looks("201") is LineState.TALKING
    rig.switch.send([MarkLine(number="201", mark=LineMark.NONE)])
    await until(LineState.IDLE, lambda: rig.looks("201"))


async def test_a_mark_is_there_again_after_a_lost_connection_and_another_wish_holds(rig: SwitchRig) -> None:
    await rig.phone("201")
    await rig.phone("202")
    rig.switch.send([MarkLine(number="201", mark=LineMark.BUSY)])
    rig.switch.send([MarkLine(number="202", mark=LineMark.BUSY)])
    await until(LineState.TALKING, lambda: rig.looks("202"))
    await rig.lose_connection()
    await rig.wait_for(SwitchLost)
    rig.switch.send([MarkLine(number="202", mark=LineMark.NONE)])
    back = await rig.wait_for(SwitchConnected, after=rig.events.index(await rig.wait_for(SwitchLost)))
    assert dict(back.lines)["201"] is LineState.IDLE, "a mark is not what the telephone does"
    await until(LineState.TALKING, lambda: rig.looks("201"))
    await until(LineState.IDLE, lambda: rig.looks("202"))
    rig.switch.send([MarkLine(number="201", mark=LineMark.NONE)])
    await until(LineState.IDLE, lambda: rig.looks("201"))


async def test_a_number_that_is_no_line_cannot_be_marked(rig: SwitchRig) -> None:
    command = MarkLine(number="999", mark=LineMark.BUSY)
    rig.switch.send([command])
    failed = await rig.wait_for(CommandFailed)
    assert (failed.command, failed.error) == (command, SwitchError.REFUSED)


# ------------------------------------------------------------------ what the telephones do


async def test_a_phone_that_holds_and_resumes_is_seen(rig: SwitchRig) -> None:
    _, caller = await answered_caller(rig)
    desk = await answered_phone(rig, "101")
    rig.switch.send([Join(bridge=new_leg("bridge"), legs=(caller, desk))])
    await until({frozenset({caller, desk})}, lambda: talking(rig))
    phone = await rig.phone("101")
    await phone.hold()
    await rig.wait_for(LegHeldByPhone, leg=desk)
    await phone.resume()
    await rig.wait_for(LegResumedByPhone, leg=desk)
    assert len(all_of(rig, LegHeldByPhone)) == 1
    assert len(all_of(rig, LegResumedByPhone)) == 1


async def test_a_phones_own_transfer_key_is_a_question_to_us(rig: SwitchRig) -> None:
    _, caller = await answered_caller(rig)
    desk = await answered_phone(rig, "101")
    rig.switch.send([Join(bridge=new_leg("bridge"), legs=(caller, desk))])
    await until({frozenset({caller, desk})}, lambda: talking(rig))
    phone = await rig.phone("101")
    await phone.transfer("202")
    await rig.wait_for(TransferAsked, leg=desk, to="202")
    await settled(rig)
    assert not all_of(rig, LegGone, leg=caller)
    assert len(all_of(rig, TransferAsked)) == 1
    assert len(all_of(rig, LegArrived)) == 2, "the transfer itself brings no leg nobody knows"


async def test_a_line_rings_talks_and_is_idle_again(rig: SwitchRig) -> None:
    phone = await rig.phone("201", mode="ring")
    await line_becomes(rig, "201", LineState.IDLE)
    command = originate("201")
    start = len(rig.events)
    rig.switch.send([command])
    await rig.wait_for(LineChanged, after=start, number="201", state=LineState.RINGING)
    await phone.answer()
    await rig.wait_for(LineChanged, after=start, number="201", state=LineState.TALKING)
    rig.switch.send([HangUpLeg(leg=command.leg)])
    await rig.wait_for(LineChanged, after=start, number="201", state=LineState.IDLE)
    states = [e.state for e in rig.events[start:] if isinstance(e, LineChanged) and e.number == "201"]
    assert states == [LineState.RINGING, LineState.TALKING, LineState.IDLE]


async def test_a_call_between_colleagues_shows_on_both_lines_and_is_not_ours(rig: SwitchRig) -> None:
    alice, bob = await rig.phone("201"), await rig.phone("202", mode="ring")
    await line_becomes(rig, "202", LineState.IDLE)
    await alice.dial("202")
    await line_becomes(rig, "202", LineState.RINGING)
    await bob.answer()
    await line_becomes(rig, "202", LineState.TALKING)
    await line_becomes(rig, "201", LineState.TALKING)
    await bob.hang_up()
    await line_becomes(rig, "202", LineState.IDLE)
    await line_becomes(rig, "201", LineState.IDLE)
    assert not all_of(rig, LegArrived)
    assert not all_of(rig, LegGone)


async def test_an_unregistered_phone_is_unreachable_not_idle(rig: SwitchRig) -> None:
    phone = await rig.phone("203")
    await line_becomes(rig, "203", LineState.IDLE)
    await phone.unregister()
    await line_becomes(rig, "203", LineState.UNREACHABLE)


# ------------------------------------------------------------------ a lost connection


async def test_a_lost_connection_is_told_once_and_the_legs_are_found_again(rig: SwitchRig) -> None:
    _, waiting = await answered_caller(rig, number="+4930100201")
    _, caller = await answered_caller(rig, number="+4930100202", name="Grace Hopper")
    unanswered = (await arrival(rig, number="+4930100203"))[1].leg
    desk = await answered_phone(rig, "101", call="call-9", role=Role.DESK)
    bridge = new_leg("bridge")
    rig.switch.send([HoldLeg(leg=waiting), Join(bridge=bridge, legs=(caller, desk))])
    await until({frozenset({caller, desk})}, lambda: talking(rig))
    await until({waiting}, rig.holding)

    start = len(rig.events)
    await rig.lose_connection()
    await rig.wait_for(SwitchLost, after=start)
    back = await rig.wait_for(SwitchConnected, after=start)

    legs = {info.leg: info for info in back.legs}
    assert set(legs) == {waiting, caller, unanswered, desk}
    assert not back.restarted
    assert (legs[desk].call, legs[desk].role, legs[desk].bridge) == ("call-9", Role.DESK, bridge)
    assert legs[caller].bridge == bridge
    assert legs[caller].caller == CallerId(number="+4930100202", name="Grace Hopper")
    assert legs[caller].dialled == "7000"
    assert (legs[caller].call, legs[caller].role) == (None, None)
    assert not legs[unanswered].is_answered
    assert legs[waiting].is_answered
    assert 0 < legs[waiting].created_at <= legs[caller].created_at <= legs[unanswered].created_at
    assert dict(back.lines)["101"] is LineState.TALKING
    assert await talking(rig) == {frozenset({caller, desk})}
    await until({waiting}, rig.holding)
    await settled(rig)
    assert len(all_of(rig, SwitchLost)) == 1
    assert len(all_of(rig, SwitchConnected)) == 2
    assert not [e for e in all_of(rig, LegGone) if getattr(e, "leg", None) in legs]


async def test_after_a_lost_connection_the_legs_still_obey(rig: SwitchRig) -> None:
    party, caller = await answered_caller(rig)
    await rig.lose_connection()
    await rig.wait_for(SwitchConnected, after=1)
    rig.switch.send([HoldLeg(leg=caller)])
    await until({caller}, rig.holding)
    await party.press("5")
    await rig.wait_for(DigitPressed, leg=caller, digit="5")
    await party.hang_up()
    await rig.wait_for(LegGone, leg=caller)


async def test_a_caller_who_leaves_unseen_is_missing_or_gone_once(rig: SwitchRig) -> None:
    party, caller = await answered_caller(rig)
    await rig.lose_connection()
    await party.hang_up()
    back = await rig.wait_for(SwitchConnected, after=1)
    if caller in {info.leg for info in back.legs}:
        await rig.wait_for(LegGone, leg=caller, after=rig.events.index(back))
        return
    await settled(rig)
    assert not all_of(rig, LegGone, leg=caller)


async def test_a_command_given_while_the_line_is_cut_works_or_is_reported(rig: SwitchRig) -> None:
    party, arrived = await arrival(rig)
    await rig.lose_connection()
    await rig.wait_for(SwitchLost)
    answer = AnswerLeg(leg=arrived.leg)
    rig.switch.send([answer])
    await rig.wait_for(SwitchConnected, after=1)
    await settled(rig)
    failures = all_of(rig, CommandFailed)
    assert len(failures) <= 1
    if not failures:
        await party.wait_answered()
    else:
        assert failures[0] == CommandFailed(
            command=answer,
            error=SwitchError.UNAVAILABLE,
            detail=failures[0].detail,  # type: ignore[attr-defined]
        )


async def test_letting_go_of_the_switch_ends_no_call(rig: SwitchRig) -> None:
    _, caller = await answered_caller(rig)
    _, waiting = await answered_caller(rig, number="+4930100201")
    desk = await answered_phone(rig, "101")
    rig.switch.send([Join(bridge=new_leg("bridge"), legs=(caller, desk)), HoldLeg(leg=waiting)])
    await until({frozenset({caller, desk})}, lambda: talking(rig))
    await until({waiting}, rig.holding)
    await rig.switch.stop()
    assert await talking(rig) == {frozenset({caller, desk})}
    await until({waiting}, rig.holding)
