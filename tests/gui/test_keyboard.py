"""The keys, pressed in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from reception.model import intents as ask
from reception.model.attendants import Readiness
from reception.model.calls import (
    CallbackRequest,
    CallerId,
    EndReason,
    Focus,
    LegProgress,
    Place,
    Returned,
    Target,
    WhyBack,
)
from reception.model.changes import AttendantChanged, CallChanged, CallEnded
from tests.gui import office
from tests.gui.desk import ALT, CTRL, NONE, PAD, SHIFT, Desk, Key

ALICE = Target(number="201", person="ali", name="Alice Holm")
MOBILE = Target(number="+4540112233", person="ali", name="Alice Holm")
CAROL = Target(number="203", person="car", name="Carol Dam")


def consulting(desk: Desk, progress: LegProgress) -> None:
    call = office.call(
        "c0", Place.CONSULTING, owner="KLJ", target=ALICE, progress=progress, focus=Focus.COLLEAGUE
    )
    desk.tell(CallChanged(call=call), AttendantChanged(attendant=office.me(active="c0")))


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Enter])
def test_enter_answers_the_next(desk: Desk, key: Qt.Key) -> None:
    desk.tell(CallChanged(call=office.call("q1")))
    desk.press(key, PAD if key is Key.Key_Enter else NONE)
    assert desk.asked() == [ask.AnswerNext()]


def test_the_main_job_takes_six_keys(desk: Desk) -> None:
    """Answer, three letters, transfer."""
    desk.tell(CallChanged(call=office.call("q1")))
    desk.press(Key.Key_Return)
    assert desk.asked() == [ask.AnswerNext()]
    desk.talk()
    desk.type("ali")
    desk.press(Key.Key_Return)
    assert desk.asked() == [ask.Transfer(call="c0", to=ALICE)]


@pytest.mark.parametrize(
    ("key", "modifiers", "intent"),
    [
        (Key.Key_Return, NONE, ask.Transfer(call="c0", to=ALICE)),
        (Key.Key_Return, SHIFT, ask.Consult(call="c0", to=ALICE)),
        (Key.Key_Plus, PAD, ask.Consult(call="c0", to=ALICE)),
        (Key.Key_Return, CTRL, ask.Transfer(call="c0", to=MOBILE)),
        (Key.Key_Return, CTRL | SHIFT, ask.Transfer(call="c0", to=ALICE, even_if_busy=True)),
        (Key.Key_Minus, PAD, ask.HangUp(call="c0")),
        (Key.Key_F4, NONE, ask.Hold(call="c0")),
        (Key.Key_F6, NONE, ask.CampOn(call="c0", to=ALICE)),
        (Key.Key_F7, NONE, ask.ToVoicemail(call="c0", to=ALICE)),
        (Key.Key_F8, NONE, ask.HangUp(call="c0")),
        (Key.Key_F9, NONE, ask.Park(call="c0")),
        (Key.Key_1, ALT, ask.Transfer(call="c0", to=CAROL)),
        (Key.Key_F12, NONE, ask.SetReadiness(readiness=Readiness.PAUSED)),
        (Key.Key_F12, SHIFT, ask.SetReadiness(readiness=Readiness.LOGGED_OUT)),
    ],
)
def test_keys_in_a_call(desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier, intent: ask.Intent) -> None:
    desk.talk()
    desk.type("ali")
    desk.press(key, modifiers)
    assert desk.asked() == [intent]
    assert desk.text == "ali", "a command is no text"


@pytest.mark.parametrize(
    ("key", "modifiers", "intent"),
    [
        (Key.Key_Plus, PAD, ask.Complete(call="c0")),
        (Key.Key_Return, NONE, ask.Complete(call="c0")),
        (Key.Key_Minus, PAD, ask.GiveUp(call="c0")),
        (Key.Key_F5, NONE, ask.Swap(call="c0")),
        (Key.Key_F11, NONE, ask.Conference(call="c0")),
        (Key.Key_F8, NONE, ask.HangUp(call="c0")),
    ],
)
def test_keys_in_a_consultation(
    desk: Desk, key: Qt.Key, modifiers: Qt.KeyboardModifier, intent: ask.Intent
) -> None:
    consulting(desk, LegProgress.TALKING)
    desk.press(key, modifiers)
    assert desk.asked() == [intent]


def test_plus_completes_also_while_the_colleague_rings(desk: Desk) -> None:
    consulting(desk, LegProgress.RINGING)
    desk.press(Key.Key_Plus, PAD)
    assert desk.asked() == [ask.Complete(call="c0")]


def test_plus_of_the_main_keys_is_text(desk: Desk) -> None:
    desk.talk()
    desk.press(Key.Key_Plus)
    desk.type("45")
    assert desk.text == "+45"
    assert desk.asked() == []


def test_digits_of_the_numeric_keys_are_text(desk: Desk) -> None:
    for digit in (Key.Key_2, Key.Key_0, Key.Key_1):
        desk.press(digit, PAD)
    assert desk.text == "201"


def test_a_number_nobody_has_is_dialled(desk: Desk) -> None:
    desk.type("99 88 77 66")
    desk.press(Key.Key_Return)
    assert desk.asked() == [ask.Dial(to=Target(number="+4599887766"))]


def test_a_number_nobody_has_is_a_target(desk: Desk) -> None:
    desk.talk()
    desk.type("4711")
    desk.press(Key.Key_Return)
    assert desk.asked() == [ask.Transfer(call="c0", to=Target(number="4711"))]


def test_tones(desk: Desk) -> None:
    desk.talk()
    desk.type("12#")
    desk.press(Key.Key_D, CTRL)
    assert desk.asked() == [ask.SendDigits(call="c0", digits="12#")]
    assert desk.text == ""


def test_f2_answers_while_something_is_typed(desk: Desk) -> None:
    desk.tell(CallChanged(call=office.call("q1")))
    desk.type("ali")
    desk.press(Key.Key_F2)
    assert desk.asked() == [ask.AnswerNext()]


def test_shift_enter_calls_a_colleague_with_free_hands(desk: Desk) -> None:
    desk.type("ali")
    desk.press(Key.Key_Return, SHIFT)
    assert desk.asked() == [ask.Dial(to=ALICE)]


def test_the_next_number_of_a_colleague(desk: Desk) -> None:
    desk.talk()
    desk.type("ali")
    desk.press(Key.Key_N, CTRL)
    desk.press(Key.Key_Return)
    assert desk.asked() == [ask.Transfer(call="c0", to=MOBILE)]


def test_calls_are_fetched_by_number(desk: Desk) -> None:
    office.busy_minute(desk.session)
    desk.talk()
    expected = [
        ask.Answer(call="q5"),
        ask.Answer(call="q1"),
        ask.Resume(call="h1"),
        ask.TakeBack(call="a1"),
        ask.TakeBack(call="a2"),
    ]
    found = []
    for key in (Key.Key_1, Key.Key_2, Key.Key_6, Key.Key_7, Key.Key_8):
        desk.press(key, CTRL)
        found += desk.asked()
    assert found == expected


def test_a_call_is_marked_and_fetched(desk: Desk) -> None:
    office.busy_minute(desk.session)
    desk.talk()
    desk.press(Key.Key_Down, CTRL)
    desk.press(Key.Key_Down, CTRL)
    assert desk.controller.marked == "q1"
    desk.press(Key.Key_Up, CTRL)
    desk.press(Key.Key_Up, CTRL)
    assert desk.controller.marked == "q5"
    desk.press(Key.Key_0, CTRL)
    assert desk.asked() == [ask.Answer(call="q5")]


def test_a_marked_callback_is_removed(desk: Desk) -> None:
    entry = office.call(
        "cb",
        leg=None,
        party=CallerId(number="+4586112233"),
        callback=CallbackRequest(number="+4586112233", asked_at=office.NOW),
    )
    desk.tell(CallChanged(call=entry))
    desk.press(Key.Key_Delete, CTRL)
    assert desk.asked() == []
    assert "Ctrl+Delete" in desk.notice
    desk.press(Key.Key_Down, CTRL)
    desk.press(Key.Key_Delete, CTRL)
    assert desk.asked() == [ask.RemoveCallback(call="cb")]


def test_a_ringing_transfer_is_grabbed_back(desk: Desk) -> None:
    desk.tell(CallChanged(call=office.call("x", Place.TRANSFERRING, owner="KLJ", target=ALICE)))
    desk.press(Key.Key_F4)
    assert desk.asked() == [ask.TakeBack(call="x")]


def test_a_parked_call_is_fetched(desk: Desk) -> None:
    desk.tell(CallChanged(call=office.call("p", Place.PARKED, owner="ANB", slot="701")))
    desk.press(Key.Key_F9)
    assert desk.asked() == [ask.TakeBack(call="p")]


def test_what_came_back_goes_to_voicemail_without_fetching(desk: Desk) -> None:
    back = Returned(target=ALICE, why=WhyBack.NO_ANSWER, at=office.NOW)
    desk.tell(CallChanged(call=office.call("b", Place.HELD, owner="KLJ", returned=back)))
    desk.press(Key.Key_F7)
    assert desk.asked() == [ask.ToVoicemail(call="b", to=ALICE)]


def test_groups_are_left_and_entered(desk: Desk) -> None:
    desk.press(Key.Key_G, CTRL)
    assert desk.window.groups.isVisible()
    desk.press(Key.Key_2)
    assert desk.asked() == [ask.SetGroups(groups=("main", "support"))]
    desk.tell(AttendantChanged(attendant=office.me(groups=("main",))))
    desk.press(Key.Key_3)
    assert desk.asked() == [ask.SetGroups(groups=("main", "support"))]
    desk.press(Key.Key_Escape)
    assert not desk.window.groups.isVisible()
    assert desk.text == ""


def test_the_selection_moves_while_typing_goes_on(desk: Desk) -> None:
    desk.type("ho")
    first = desk.controller.selected
    desk.press(Key.Key_Down)
    second = desk.controller.selected
    assert second not in (None, first)
    desk.type("l")
    assert desk.text == "hol"
    desk.press(Key.Key_End, CTRL)
    assert desk.controller.selected == desk.controller.found.ids[-1]
    desk.press(Key.Key_Home, CTRL)
    assert desk.controller.selected == desk.controller.found.ids[0]
    desk.press(Key.Key_PageDown)
    desk.press(Key.Key_PageUp)
    desk.press(Key.Key_Up)
    assert desk.controller.selected == desk.controller.found.ids[0]


def test_escape_backs_out_step_by_step_and_never_hangs_up(desk: Desk) -> None:
    desk.talk()
    desk.type("ali")
    desk.press(Key.Key_Down, CTRL)
    desk.press(Key.Key_F5)
    desk.press(Key.Key_F1)
    assert desk.window.help.isVisible()
    desk.press(Key.Key_Escape)
    assert not desk.window.help.isVisible()
    assert desk.notice
    desk.press(Key.Key_Escape)
    assert not desk.notice
    desk.press(Key.Key_Escape)
    assert desk.text == ""
    for _ in range(3):
        desk.press(Key.Key_Escape)
    assert desk.asked() == []


def test_escape_gives_up_only_what_has_not_been_answered(desk: Desk) -> None:
    consulting(desk, LegProgress.RINGING)
    desk.press(Key.Key_Escape)
    assert desk.asked() == [ask.GiveUp(call="c0")]
    consulting(desk, LegProgress.TALKING)
    desk.press(Key.Key_Escape)
    assert desk.asked() == []
    assert "Escape ends no talk" in desk.notice


def test_a_key_held_down_acts_once(desk: Desk) -> None:
    desk.talk()
    desk.type("ali")
    desk.press(Key.Key_Return)
    desk.hold_down(Key.Key_Return)
    desk.hold_down(Key.Key_F8)
    assert len(desk.session.asked) == 1


def test_the_same_is_not_asked_twice(desk: Desk) -> None:
    desk.talk()
    desk.type("ali")
    desk.press(Key.Key_Return)
    desk.press(Key.Key_Return)
    assert len(desk.session.asked) == 1
    assert "under way" in desk.notice


def test_search_field_by_key(desk: Desk) -> None:
    desk.type("ali")
    desk.window.call_list.setFocus()
    desk.press(Key.Key_F3)
    assert desk.has_caret
    assert desk.window.search.field.selectedText() == "ali"


@pytest.mark.parametrize("widget", ["call_list", "top.own", "call_card"])
def test_typing_anywhere_lands_in_the_search_field(desk: Desk, widget: str) -> None:
    found = desk.window
    for name in widget.split("."):
        found = getattr(found, name)
    found.setFocus()
    desk.type("ali")
    assert desk.text == "ali"
    assert desk.has_caret


def test_commands_work_wherever_the_caret_is(desk: Desk) -> None:
    desk.tell(CallChanged(call=office.call("q1")))
    desk.window.call_list.setFocus()
    desk.press(Key.Key_Return)
    assert desk.asked() == [ask.AnswerNext()]


def test_the_card_is_a_drawer_in_a_narrow_window(desk: Desk) -> None:
    assert desk.window.right.isVisible()
    desk.window.resize(1100, 700)
    assert not desk.window.right.isVisible()
    desk.press(Key.Key_I, CTRL)
    assert desk.window.right.isVisible()
    assert desk.has_caret
    desk.press(Key.Key_Escape)
    assert not desk.window.right.isVisible()
    desk.window.resize(1440, 900)
    assert desk.window.right.isVisible()


def test_a_mark_goes_with_its_call(desk: Desk) -> None:
    desk.tell(CallChanged(call=office.call("q1")))
    desk.press(Key.Key_Down, CTRL)
    desk.tell(CallEnded(call="q1", reason=EndReason.CALLER_HUNG_UP))
    assert desk.controller.marked is None
