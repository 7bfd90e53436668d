"""What becomes of calls to a colleague's own number, as the hub says: the promises about `SetDirect`.

201 is diverted, 202 calls; the exchange's own dial plan handles these calls, and no leg of them is ours.
"""

from __future__ import annotations

from typing import Any

import pytest

from reception.model.direct import Keys, Way
from reception.model.lines import LineState
from reception.ports import (
    CommandFailed,
    LegArrived,
    LineChanged,
    SetDirect,
    SwitchConnected,
    SwitchError,
    SwitchLost,
)
from tests.contract.rig import Phone, SwitchRig
from tests.contract.test_switch import all_of, until

SOUND, OFFER = "contract-test", "contract-offer"


async def house(rig: SwitchRig) -> tuple[Phone, Phone]:
    """Return the phones 201, which rings, and 202."""
    await rig.sound(SOUND)
    return await rig.phone("201", "ring"), await rig.phone("202", "ring")


async def say(rig: SwitchRig, number: str, way: Way = Way.USUAL, **fields: Any) -> None:
    """Say what becomes of calls to a number, and wait until the switch has heard it."""
    rig.switch.send([SetDirect(number=number, way=way, **fields)])
    await until(way, lambda: rig.direct(number))
    assert not all_of(rig, CommandFailed)


async def goes_to_mailbox(rig: SwitchRig, caller: Phone, dialled: str, mailbox: str) -> None:
    """Dial a number and wait until a mailbox has the call."""
    before = await rig.mailbox_count(mailbox)
    await caller.dial(dialled)
    await until(before + 1, lambda: rig.mailbox_count(mailbox), timeout_s=60.0)
    await caller.hang_up()
    await rig.wait_for(LineChanged, after=last(rig), number=caller.number, state=LineState.IDLE)


async def rings(rig: SwitchRig, caller: Phone, dialled: str, called: Phone) -> None:
    """Dial a number and wait until a telephone rings, which is answered."""
    start = len(rig.events)
    await caller.dial(dialled)
    await called.wait_ringing()
    await called.answer()
    await rig.wait_for(LineChanged, after=start, number=called.number, state=LineState.TALKING)
    await caller.hang_up()
    await rig.wait_for(LineChanged, after=start, number=called.number, state=LineState.IDLE)


def last(rig: SwitchRig) -> int:
    return max(0, len(rig.events) - 1)


def has_rung(rig: SwitchRig, number: str) -> bool:
    return bool(all_of(rig, LineChanged, number=number, state=LineState.RINGING))


@pytest.mark.requirement("001-18", "001-19")
async def test_voicemail_takes_a_call_without_ringing_and_later_the_phone_rings_again(rig: SwitchRig):
    alice, bob = await house(rig)
    await say(rig, "201", Way.VOICEMAIL, mailbox="201", sound=SOUND)
    await goes_to_mailbox(rig, bob, "201", "201")
    assert not has_rung(rig, "201")
    await say(rig, "201")
    await rings(rig, bob, "201", alice)
    assert not all_of(rig, LegArrived, dialled="201"), "the hub is not asked about each call"


async def test_a_diversion_ends_by_itself(rig: SwitchRig):
    alice, bob = await house(rig)
    until_at = rig.now + 2.5
    await say(rig, "201", Way.VOICEMAIL, mailbox="201", sound=SOUND, until=until_at)
    await goes_to_mailbox(rig, bob, "201", "201")
    await rig.pass_to(until_at + 1.1)  # noted in whole seconds
    await rings(rig, bob, "201", alice)


@pytest.mark.requirement("003-33")
async def test_a_colleague_takes_the_calls(rig: SwitchRig):
    _, bob = await house(rig)
    carol = await rig.phone("203", "ring")
    await say(rig, "201", Way.NUMBER, to="203", mailbox="201")
    await rings(rig, bob, "201", carol)
    assert not has_rung(rig, "201")


async def test_a_diversion_to_one_who_is_diverted_goes_where_that_one_says(rig: SwitchRig):
    _, bob = await house(rig)
    await rig.phone("203", "ring")
    await say(rig, "201", Way.NUMBER, to="203", mailbox="201")
    await say(rig, "203", Way.VOICEMAIL, mailbox="203", sound=SOUND)
    await goes_to_mailbox(rig, bob, "201", "203")
    assert not has_rung(rig, "203")


async def test_diversions_in_a_circle_end_at_a_mailbox(rig: SwitchRig):
    _, bob = await house(rig)
    await rig.phone("203", "ring")
    await say(rig, "201", Way.NUMBER, to="203", mailbox="201", sound=SOUND)
    await say(rig, "203", Way.NUMBER, to="201", mailbox="203", sound=SOUND)
    before = await rig.mailbox_count("201") + await rig.mailbox_count("203")
    await bob.dial("201")

    async def messages() -> int:
        return await rig.mailbox_count("201") + await rig.mailbox_count("203")

    await until(before + 1, messages, timeout_s=60.0)
    assert not has_rung(rig, "201")
    assert not has_rung(rig, "203")


async def test_a_phone_kept_open_rings(rig: SwitchRig):
    alice, bob = await house(rig)
    await say(rig, "201", Way.VOICEMAIL, mailbox="201", sound=SOUND)
    await say(rig, "201", Way.RING, mailbox="201", sound=SOUND)
    await rings(rig, bob, "201", alice)


@pytest.mark.requirement("001-12")
async def test_a_busy_phone_is_followed_by_the_mailbox(rig: SwitchRig):
    _, bob = await house(rig)
    await rig.phone("201", "reject")
    await say(rig, "201", Way.RING, mailbox="201", sound=SOUND)
    await rig.sound("talking")
    await goes_to_mailbox(rig, bob, "201", "201")


async def test_what_was_said_holds_over_a_lost_connection(rig: SwitchRig):
    _, bob = await house(rig)
    await say(rig, "201", Way.VOICEMAIL, mailbox="201", sound=SOUND)
    start = len(rig.events)
    await rig.lose_connection()
    await rig.wait_for(SwitchLost, after=start)
    await rig.wait_for(SwitchConnected, after=start)
    await goes_to_mailbox(rig, bob, "201", "201")


async def test_what_is_said_while_the_switch_is_away_is_done_when_it_is_back(rig: SwitchRig):
    _, bob = await house(rig)
    start = len(rig.events)
    await rig.lose_connection()
    await rig.wait_for(SwitchLost, after=start)
    command = SetDirect(number="201", way=Way.VOICEMAIL, mailbox="201", sound=SOUND)
    rig.switch.send([command])
    await rig.wait_for(CommandFailed, after=start, command=command, error=SwitchError.UNAVAILABLE)
    await rig.wait_for(SwitchConnected, after=start)
    await until(Way.VOICEMAIL, lambda: rig.direct("201"))
    await goes_to_mailbox(rig, bob, "201", "201")


# ------------------------------------------------------------------ keys at a mailbox


async def dials_with_keys(rig: SwitchRig, keys: Keys) -> tuple[Phone, Phone, int]:
    """Let 202 dial 201, whose mailbox offers keys; returns both phones and the messages there before."""
    alice, bob = await house(rig)
    await rig.sound(OFFER)
    await say(rig, "201", Way.VOICEMAIL, mailbox="201", sound=SOUND, keys=keys)
    before = await rig.mailbox_count("201")
    await bob.dial("201")
    return alice, bob, before


@pytest.mark.requirement("002-150")
async def test_one_leads_from_the_mailbox_to_the_assistant(rig: SwitchRig):
    carol = await rig.phone("203", "ring")
    _, bob, before = await dials_with_keys(rig, Keys(sound=OFFER, assistant="203"))
    await bob.press("1")
    await carol.wait_ringing()
    await carol.answer()
    await rig.wait_for(LineChanged, number="203", state=LineState.TALKING)
    assert await rig.mailbox_count("201") == before
    assert not has_rung(rig, "201")


async def test_one_leads_to_the_reception(rig: SwitchRig):
    _, bob, _ = await dials_with_keys(rig, Keys(sound=OFFER, assistant="7000"))
    await bob.press("1")
    arrived = await rig.wait_for(LegArrived, dialled="7000")
    assert arrived.is_inside
    assert arrived.is_answered


@pytest.mark.requirement("002-152")
async def test_two_goes_on_to_the_next_match(rig: SwitchRig):
    carol = await rig.phone("203", "ring")
    keys = Keys(sound=OFFER, past=Way.NUMBER, past_to="203", past_until=rig.now + 3600)
    _, bob, before = await dials_with_keys(rig, keys)
    await bob.press("2")
    await carol.wait_ringing()
    assert await rig.mailbox_count("201") == before
    assert not has_rung(rig, "201")


@pytest.mark.requirement("002-152")
@pytest.mark.parametrize("has_ended", [False, True], ids=["there is none", "it has ended"])
async def test_two_lets_the_telephone_ring_where_no_match_is_left(rig: SwitchRig, has_ended: bool):
    gone = {"past": Way.NUMBER, "past_to": "203", "past_until": rig.now - 60}
    keys = Keys(sound=OFFER, **(gone if has_ended else {"past": Way.RING}))  # type: ignore[arg-type]
    alice, bob, _ = await dials_with_keys(rig, keys)
    await bob.press("2")
    await alice.wait_ringing()
    await alice.answer()
    await rig.wait_for(LineChanged, number="201", state=LineState.TALKING)


@pytest.mark.parametrize("key", ["", "2"], ids=["no key", "a key that is not offered"])
async def test_who_presses_no_key_that_is_offered_gets_to_the_greeting(rig: SwitchRig, key: str):
    await rig.phone("203", "ring")
    _, bob, before = await dials_with_keys(rig, Keys(sound=OFFER, assistant="203"))
    if key:
        await bob.press(key)
    await until(before + 1, lambda: rig.mailbox_count("201"), timeout_s=60.0)
    assert not has_rung(rig, "203")


async def test_keys_are_offered_to_whom_nobody_has_answered(rig: SwitchRig):
    _, bob = await house(rig)
    carol = await rig.phone("203", "ring")
    await rig.phone("201", "reject")
    for sound in (OFFER, "talking"):
        await rig.sound(sound)
    await say(rig, "201", Way.RING, mailbox="201", keys=Keys(sound=OFFER, assistant="203"))
    await bob.dial("201")
    await bob.press("1")
    await carol.wait_ringing()


async def test_neither_a_missing_announcement_nor_an_unknown_number_ends_a_call(rig: SwitchRig):
    _, bob, before = await dials_with_keys(rig, Keys(sound="not-there", assistant="299"))
    await bob.press("1")
    await until(before + 1, lambda: rig.mailbox_count("201"), timeout_s=60.0)
