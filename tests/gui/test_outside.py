"""What the window does while another program is in front. The keys are pressed at a real X server."""

from __future__ import annotations

import asyncio
import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.console.at_desk import AtDesk
from reception.console.hot_keys import open_hot_keys
from reception.console.strokes import Stroke, stroke_of
from reception.model import intents as ask
from reception.model.calls import CallerId, EndReason
from reception.model.changes import AttendantChanged, CallChanged, CallEnded
from tests.gui import office
from tests.gui.desk import Desk
from tests.lab.fixtures import eventually
from widgets.outside import Outside, toast_words


class Told:
    """Notifications that are kept instead of shown, the badge, and where the window is."""

    def __init__(self) -> None:
        self.toasts: list[tuple[str, str]] = []
        self.badges: list[int] = []
        self.fronts: list[int] = []
        self.is_in_front = False
        self.is_closed = False

    def show(self, title: str, text: str) -> None:
        self.toasts.append((title, text))

    def close(self) -> None:
        self.is_closed = True

    def outside(self, desk: Desk, at_desk: AtDesk) -> Outside:
        made = Outside(
            desk.window,
            desk.controller,
            at_desk,
            toasts=self,
            set_badge=self.badges.append,
            is_in_front=lambda: self.is_in_front,
        )
        made.front_wanted.connect(lambda: self.fronts.append(1))
        return made


def ring(desk: Desk, call: str, name: str = "Nordsø Entreprise") -> None:
    party = CallerId(number="+4597123456", name=name)
    desk.tell(CallChanged(call=office.call(call, party=party, group="main")))


async def test_a_call_is_told_while_another_program_is_in_front(desk: Desk) -> None:
    told = Told()
    told.outside(desk, AtDesk())
    before = told.badges[-1] if told.badges else 0
    ring(desk, "n1")
    [(title, text)] = told.toasts
    assert title == "A caller waits"
    assert text.startswith("Nordsø Entreprise")
    assert told.badges[-1] == before + 1
    told.is_in_front = True
    ring(desk, "n2")
    assert len(told.toasts) == 1
    assert told.badges[-1] == before + 2
    assert told.fronts == [], "a call never brings the window to the front"
    assert desk.asked() == []


async def test_notifications_can_be_switched_off_and_the_badge_stays(desk: Desk) -> None:
    told = Told()
    outside = told.outside(desk, AtDesk(notifications=False))
    ring(desk, "n1")
    assert told.toasts == []
    assert told.badges
    outside.use(AtDesk())
    ring(desk, "n2")
    assert len(told.toasts) == 1


async def test_the_badge_goes_with_the_calls_and_with_the_window(desk: Desk) -> None:
    told = Told()
    outside = told.outside(desk, AtDesk())
    ring(desk, "n1")
    with_it = told.badges[-1]
    desk.tell(CallEnded(call="n1", reason=EndReason.CALLER_HUNG_UP))
    assert told.badges[-1] == with_it - 1
    outside.close()
    assert told.badges[-1] == 0
    assert told.is_closed


def test_several_calls_are_one_notification() -> None:
    calls = [office.call(f"n{n}", party=CallerId(number="+4597123456", is_withheld=True)) for n in range(3)]
    assert toast_words(calls, "Hovednummer") == ("3 callers wait", "Hidden number · Hovednummer")


# ------------------------------------------------------------------ keys


@contextmanager
def hand() -> Iterator[Any]:
    """Press keys at the X server, as a keyboard does (XTEST)."""
    try:
        test = ctypes.CDLL("libXtst.so.6")
    except OSError:
        pytest.skip("keys cannot be pressed at this X server: libXtst is missing")
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype, x11.XOpenDisplay.argtypes = ctypes.c_void_p, (ctypes.c_char_p,)
    x11.XStringToKeysym.restype, x11.XStringToKeysym.argtypes = ctypes.c_ulong, (ctypes.c_char_p,)
    x11.XKeysymToKeycode.restype, x11.XKeysymToKeycode.argtypes = (
        ctypes.c_ubyte,
        (ctypes.c_void_p, ctypes.c_ulong),
    )
    x11.XSync.argtypes, x11.XCloseDisplay.argtypes = (ctypes.c_void_p, ctypes.c_int), (ctypes.c_void_p,)
    test.XTestFakeKeyEvent.argtypes = (ctypes.c_void_p, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong)
    server = x11.XOpenDisplay(os.environ["DISPLAY"].encode())

    def press(*names: str) -> None:
        codes = [x11.XKeysymToKeycode(server, x11.XStringToKeysym(name.encode())) for name in names]
        for code in codes:
            test.XTestFakeKeyEvent(server, code, 1, 0)
        for code in reversed(codes):
            test.XTestFakeKeyEvent(server, code, 0, 0)
        x11.XSync(server, 0)

    try:
        yield press
    finally:
        x11.XCloseDisplay(server)


def strokes(*texts: str) -> tuple[Stroke, ...]:
    return tuple(one for one in map(stroke_of, texts) if one is not None)


async def test_keys_are_heard_wherever_they_are_pressed(qapp: QApplication) -> None:
    pressed: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def on_press(stroke: Stroke) -> None:
        loop.call_soon_threadsafe(pressed.put_nowait, stroke.text)

    keys = open_hot_keys(strokes("Ctrl+Alt+A", "F9"), on_press)
    assert keys is not None
    assert keys.refused == ()
    try:
        with hand() as press:
            async with asyncio.timeout(10.0):
                press("Control_L", "Alt_L", "a")
                assert await pressed.get() == "Ctrl+Alt+A"
                press("Caps_Lock")
                press("Control_L", "a")
                press("F9")
                assert await pressed.get() == "F9", "with caps lock too, and only the whole stroke"
                press("Caps_Lock")
    finally:
        keys.close()
        keys.close()
    assert pressed.empty()


async def test_a_key_that_another_program_has_is_said(desk: Desk) -> None:
    first = open_hot_keys(strokes("Ctrl+Alt+F10"), print)
    assert first is not None
    try:
        told = Told()
        outside = told.outside(desk, AtDesk(answer_key="Ctrl+Alt+F10", front_key="Ctrl+Alt+F11"))
        assert desk.notice.startswith("Another program has the key Ctrl+Alt+F10 already.")
        outside.close()
    finally:
        first.close()
    again = open_hot_keys(strokes("Ctrl+Alt+F10"), print)
    assert again is not None
    assert again.refused == (), "what was given back can be taken"
    again.close()


async def test_one_key_answers_and_comes_to_the_front_the_other_only_comes(desk: Desk, qtbot: QtBot) -> None:
    told = Told()
    outside = told.outside(desk, AtDesk(answer_key="Ctrl+Alt+A", front_key="Ctrl+Alt+R"))
    ring(desk, "n1")
    try:
        with hand() as press:

            async def came(times: int) -> bool:
                return len(told.fronts) == times

            press("Control_L", "Alt_L", "r")
            await eventually(lambda: came(1), "the front")
            assert desk.asked() == []
            press("Control_L", "Alt_L", "a")
            await eventually(lambda: came(2), "the front and the answer")
            assert desk.asked() == [ask.AnswerNext()]
    finally:
        outside.close()


async def test_the_same_key_for_both_answers(desk: Desk) -> None:
    told = Told()
    outside = told.outside(desk, AtDesk(answer_key="F9", front_key="F9"))
    ring(desk, "n1")
    (f9,) = strokes("F9")
    outside.press(f9)
    assert desk.asked() == [ask.AnswerNext()]
    assert told.fronts == [1]
    outside.close()


async def test_who_talks_is_not_disturbed_by_the_queue(desk: Desk) -> None:
    told = Told()
    told.outside(desk, AtDesk())
    desk.talk()
    ring(desk, "n1")
    assert told.toasts == []
    desk.tell(AttendantChanged(attendant=office.me()))
