"""A storm of news: typing loses no letter, nothing takes the caret, the window draws once a frame."""

from __future__ import annotations

import itertools
import time

from msgspec.structs import replace
from PySide6.QtCore import QTimer
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from reception.model.calls import CallerId, EndReason
from reception.model.changes import CallChanged, CallEnded
from tests.gui import office
from tests.gui.desk import Desk, Key
from widgets.frames import FRAME_MS

SECONDS = 5.0
PER_SECOND = 1000
TEXT = "hansen service 2014 åge mø"


class Storm:
    """Tells of calls that come, change and go, in bursts of a hundredth of a second."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.told = 0
        self.began = time.monotonic()
        self._ids = itertools.count()
        self._timer = QTimer(interval=10)
        self._timer.timeout.connect(self._burst)
        self._timer.start()

    @property
    def is_over(self) -> bool:
        return time.monotonic() - self.began >= SECONDS

    def _burst(self) -> None:
        due = round(min(SECONDS, time.monotonic() - self.began) * PER_SECOND)
        while self.told < due:
            self.told += 1
            self._tell(next(self._ids))
        if self.told == SECONDS * PER_SECOND:
            self._timer.stop()

    def _tell(self, n: int) -> None:
        session = self.desk.session
        if n % 3 == 2 and len(session.replica.calls) > 40:
            gone = next(iter(session.replica.calls))
            session.tell(CallEnded(call=gone, reason=EndReason.CALLER_HUNG_UP))
        elif n % 3 == 1 and session.replica.calls:
            last = list(session.replica.calls.values())[-1]
            session.tell(CallChanged(call=replace(last, party=CallerId(number=f"+45{30000000 + n}"))))
        else:
            session.tell(CallChanged(call=office.call(f"s{n}", ago=n % 60)))


def test_a_thousand_changes_a_second_disturb_nobody_who_types(desk: Desk, qtbot: QtBot) -> None:
    shown = QSignalSpy(desk.controller.updated)
    storm = Storm(desk)
    typed = ""
    slowest = 0.0
    for n, letter in enumerate(TEXT):
        wanted = SECONDS * n / len(TEXT)
        qtbot.waitUntil(lambda: time.monotonic() - storm.began >= wanted, timeout=20_000)  # noqa: B023
        began = time.perf_counter()
        desk.type(letter)
        slowest = max(slowest, time.perf_counter() - began)
        typed += letter
        assert desk.text == typed
        assert desk.has_caret
    qtbot.waitUntil(lambda: storm.is_over and storm.told == SECONDS * PER_SECOND, timeout=20_000)
    desk.controller.flush()
    took = time.monotonic() - storm.began
    assert desk.text == TEXT
    assert shown.count() <= took * 1000 / FRAME_MS + 2
    assert [r.call.id for r in _rows(desk)] == [c.id for c in desk.controller.calls_in_list()]
    assert slowest < 0.25  # seconds; usually a hundredth, but the machine of a test run is shared


def test_the_selection_stays_in_a_storm_and_keys_act_at_once(desk: Desk, qtbot: QtBot) -> None:
    desk.type("hol")
    desk.press(Key.Key_Down)
    chosen = desk.controller.selected
    storm = Storm(desk)
    storm.began -= SECONDS  # all of it in one burst
    qtbot.waitUntil(lambda: storm.told == SECONDS * PER_SECOND, timeout=20_000)
    assert desk.controller.selected == chosen
    assert desk.text == "hol"
    desk.press(Key.Key_F2)
    assert len(desk.asked()) == 1


def _rows(desk: Desk) -> list[object]:
    model = desk.window.call_list.model()
    rows = [model.row_at(n) for n in range(model.rowCount())]
    return [row for row in rows if hasattr(row, "call")]
