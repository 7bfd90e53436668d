"""The main job, at the real window, with keys alone: answer, find, pass on. Asterisk says what is true."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from reception.model.calls import Place
from tests.e2e.workplace import Desk, at_work
from tests.lab.fixtures import Lab

pytestmark = [pytest.mark.lab, pytest.mark.gui]

Key = Qt.Key
PAD = Qt.KeyboardModifier.KeypadModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier

CALLER, DESK, ALICE, BOB = "PJSIP/pstn", "PJSIP/reception1", "PJSIP/alice", "PJSIP/bob"


async def answered(desk: Desk, **who: str):
    """A caller rings 7000 and is answered with Enter."""
    await desk.office.house.phone("101")
    caller = await desk.office.house.caller(number="+4597123456", name="Nordsoe Entreprise", **who)
    await desk.sees("Nordsoe Entreprise", "Hovednummer")
    desk.press(Key.Key_Return)
    await desk.place(Place.TALKING)
    await talk(desk, CALLER, DESK)
    return caller


async def talk(desk: Desk, *devices: str) -> None:
    """Wait until Asterisk says that these, and nobody else, talk."""

    async def so() -> bool:
        return await desk.office.talking() == {frozenset(devices)}

    await desk.until_true(so, f"{devices} talk")


async def gone(desk: Desk, device: str) -> None:
    """Wait until Asterisk has no channel of this device."""

    async def so() -> bool:
        return device not in await desk.office.legs()

    await desk.until_true(so, f"{device} is gone")


@pytest.mark.requirement("000-11")
def test_a_caller_is_answered_and_passed_to_alice_with_six_keys(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        alice = await desk.office.house.phone("201", "ring")
        await answered(desk)
        await desk.sees("+45 97 12 34 56")
        assert desk.window.focusWidget() is desk.window.search.field
        desk.write("ali")
        await desk.sees("Alice Archer")
        desk.press(Key.Key_Return)
        await alice.wait_ringing()
        await gone(desk, DESK)
        await alice.answer()
        await talk(desk, CALLER, ALICE)
        call = await desk.place(Place.HANDED_ON)
        assert call.target is not None
        assert call.target.name == "Alice Archer"
        assert desk.presses <= 6

    at_work(lab, tmp_path, scenario)


def test_a_consultation_is_completed(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        await desk.office.house.phone("202")
        await answered(desk)
        desk.write("bob")
        await desk.sees("Bob Baker")
        desk.press(Key.Key_Plus, PAD)
        await talk(desk, DESK, BOB)
        await desk.place(Place.CONSULTING)
        desk.press(Key.Key_Plus, PAD)
        await talk(desk, CALLER, BOB)
        await gone(desk, DESK)
        assert len(await desk.office.legs()) == 2, "no phantom call"

    at_work(lab, tmp_path, scenario)


def test_a_consultation_is_completed_while_the_colleague_rings(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        bob = await desk.office.house.phone("202", "ring")
        await answered(desk)
        desk.write("bob")
        await desk.sees("Bob Baker")
        desk.press(Key.Key_Return, SHIFT)
        await bob.wait_ringing()
        desk.press(Key.Key_Plus, PAD)
        await desk.place(Place.TRANSFERRING)
        await gone(desk, DESK)
        await bob.answer()
        await talk(desk, CALLER, BOB)

    at_work(lab, tmp_path, scenario)


def test_a_consultation_is_given_up_and_the_caller_is_back(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        bob = await desk.office.house.phone("202")
        caller = await answered(desk)
        desk.write("bob")
        await desk.sees("Bob Baker")
        desk.press(Key.Key_Plus, PAD)
        await talk(desk, DESK, BOB)
        desk.press(Key.Key_Minus, PAD)
        await talk(desk, CALLER, DESK)
        await desk.place(Place.TALKING)
        await bob.wait_silent()
        assert not caller.has_ended

    at_work(lab, tmp_path, scenario)


def test_swapping_speaks_with_one_and_then_the_other(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        await desk.office.house.phone("202")
        await answered(desk)
        desk.write("bob")
        await desk.sees("Bob Baker")
        desk.press(Key.Key_Plus, PAD)
        await talk(desk, DESK, BOB)
        desk.press(Key.Key_F5)
        await talk(desk, CALLER, DESK)
        desk.press(Key.Key_F5)
        await talk(desk, DESK, BOB)
        desk.press(Key.Key_F11)
        await talk(desk, CALLER, DESK, BOB)

    at_work(lab, tmp_path, scenario)


@pytest.mark.requirement("002-377")
def test_camp_on_at_a_busy_phone_rings_it_as_soon_as_it_is_free(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        bob = await desk.office.house.phone("202")
        await bob.dial("606")
        await bob.wait_talking()
        await answered(desk)
        desk.write("bob")
        await desk.sees("Bob Baker", "On the phone")
        desk.press(Key.Key_F6)
        await desk.place(Place.CAMPED)
        await gone(desk, DESK)
        await bob.hang_up()
        await talk(desk, CALLER, BOB)
        await desk.place(Place.HANDED_ON)

    at_work(lab, tmp_path, scenario)


@pytest.mark.requirement("002-359")
@pytest.mark.requirement("002-360")
def test_a_caller_presses_5_and_is_rung_back(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        await desk.office.house.phone("101")
        outside = await desk.office.house.phone("outside", "answer")
        caller = await desk.office.house.caller(number="+4597123456", name="Nordsoe")
        await desk.sees("Nordsoe")
        await caller.wait_answered()
        await caller.press("5")
        await desk.until(lambda: bool(desk.calls) and desk.calls[0].callback is not None, "5 was heard")
        await caller.hang_up()
        await desk.until(lambda: desk.calls[0].is_callback_entry, "the entry waits")
        await desk.sees("Callback")
        desk.press(Key.Key_Return)
        incoming = await outside.wait("incoming")
        assert incoming["event"] == "incoming"
        await talk(desk, CALLER, DESK)
        await desk.place(Place.TALKING)

    at_work(lab, tmp_path, scenario)


@pytest.mark.requirement("002-101")
def test_an_unanswered_transfer_comes_back_with_the_reason(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        await desk.office.house.phone("201", "ring")
        caller = await answered(desk)
        desk.write("ali")
        await desk.sees("Alice Archer")
        desk.press(Key.Key_Return)
        await desk.place(Place.HELD)
        await desk.sees("Alice Archer", "did not answer")
        await caller.wait_music()
        desk.press(Key.Key_F4)
        await talk(desk, CALLER, DESK)

    at_work(lab, tmp_path, scenario, transfer_s=2)


def test_a_transfer_to_a_phone_that_rejects_comes_back(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        await desk.office.house.phone("201", "reject")
        await answered(desk)
        desk.write("ali")
        await desk.sees("Alice Archer")
        desk.press(Key.Key_Return)
        call = await desk.place(Place.HELD)
        assert call.returned is not None
        await desk.sees("Alice Archer")

    at_work(lab, tmp_path, scenario)


def test_a_transfer_is_taken_back_while_it_rings(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        alice = await desk.office.house.phone("201", "ring")
        await answered(desk)
        desk.write("ali")
        await desk.sees("Alice Archer")
        desk.press(Key.Key_Return)
        await alice.wait_ringing()
        desk.press(Key.Key_1, CTRL)
        await talk(desk, CALLER, DESK)
        await alice.wait_silent()

    at_work(lab, tmp_path, scenario)


@pytest.mark.requirement("002-055")
def test_to_a_colleagues_voicemail(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        before = lab.messages("203")
        caller = await answered(desk)
        desk.write("carol")
        await desk.sees("Carol Cooper")
        desk.press(Key.Key_F7)
        await desk.no_calls()
        await gone(desk, DESK)

        async def recording() -> bool:
            return lab.messages("203") > before

        await desk.until_true(recording, "the mailbox records")
        assert not caller.has_ended

    at_work(lab, tmp_path, scenario)


def test_hold_park_and_fetch(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        caller = await answered(desk)
        desk.press(Key.Key_F4)
        await desk.place(Place.HELD)
        await caller.wait_music()
        desk.press(Key.Key_F4)
        await talk(desk, CALLER, DESK)
        desk.press(Key.Key_F9)
        await desk.place(Place.PARKED)
        await gone(desk, DESK)
        bob = await desk.office.house.phone("202")
        await desk.sees("701")
        await bob.dial("701")
        await talk(desk, CALLER, BOB)

    at_work(lab, tmp_path, scenario)


def test_to_the_mobile_over_the_trunk(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        outside = await desk.office.house.phone("outside", "answer")
        await answered(desk)
        desk.write("alice")
        await desk.sees("Alice Archer")
        desk.press(Key.Key_Return, CTRL)
        await outside.wait("established")
        await desk.place(Place.HANDED_ON)
        await gone(desk, DESK)

    at_work(lab, tmp_path, scenario)


@pytest.mark.requirement("000-13")
@pytest.mark.requirement("001-06")
def test_a_busy_colleague_is_not_rung_and_the_caller_is_where_they_were(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        bob = await desk.office.house.phone("202")
        await bob.dial("606")
        await bob.wait_talking()
        await answered(desk)
        desk.write("bob")
        await desk.sees("On the phone")
        desk.press(Key.Key_Return)
        await desk.sees("Bob Baker", "F6")
        await desk.place(Place.TALKING)
        await talk(desk, CALLER, DESK)

    at_work(lab, tmp_path, scenario)


def test_a_receptionist_without_a_registered_phone_is_told_and_the_caller_waits(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        caller = await desk.office.house.caller(number="+4597123456", name="Nordsoe")
        await desk.sees("Nordsoe")
        desk.press(Key.Key_Return)
        await desk.sees("phone")
        await desk.place(Place.QUEUED)
        assert not caller.has_ended

    at_work(lab, tmp_path, scenario)


def test_escape_never_hangs_up_and_f8_does(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        caller = await answered(desk)
        for _ in range(5):
            desk.press(Key.Key_Escape)
        await talk(desk, CALLER, DESK)
        desk.press(Key.Key_F8)
        await caller.wait_ended()
        await desk.no_calls()
        await gone(desk, DESK)

    at_work(lab, tmp_path, scenario)


def test_a_withheld_number_is_not_shown_anywhere(lab: Lab, tmp_path: Path):
    async def scenario(desk: Desk) -> None:
        await desk.office.house.caller(number="+4597123456", name="Nordsoe", withheld=True)
        call = await desk.place(Place.QUEUED)
        assert call.party.number is None
        await desk.sees("Hidden number")
        for secret in ("97123456", "97 12 34 56", "Nordsoe"):
            assert secret not in desk.screen()

    at_work(lab, tmp_path, scenario)
