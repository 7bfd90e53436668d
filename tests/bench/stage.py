"""The real window on a real replica, fed with frames as a hub would send them, and an eye on its painting."""

from __future__ import annotations

import gc
import itertools
import os
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from reception.console.api import Delta
from reception.console.replica import Replica
from reception.model.changes import Change
from reception.model.intents import Intent
from reception.model.lines import PersonStatus
from reception.wire import Changes, decode_to_console, encode
from tests.bench.crowd import people
from tests.bench.replicas import filled_replica, status_of
from widgets import texts
from widgets.app import make_app
from widgets.controller import Controller
from widgets.keyed_model import KEY_ROLE
from widgets.theme import Theme
from widgets.window import Window


def rest(ms: int) -> None:
    """Let the loop run for a while as it does in the program.

    Not `QTest.qWait`: that one sleeps up to 10 ms whenever nothing is to be done, and timers and news are
    late by as much.
    """
    waiting = QEventLoop()
    timer = QTimer(waiting, singleShot=True, interval=ms, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(waiting.quit)
    timer.start()
    waiting.exec()


def keep_apart() -> None:
    """Run on other cores than the X server, where `scripts/headless` has told which process that is.

    On a desk another part of the computer brings the picture to the screen. Here it is a process that copies
    it, and one that has slept is woken on the core of who woke it: half a millisecond then lies within what
    is measured, or not, as it happens.
    """
    server, cores = os.environ.get("RECEPTION_SCREEN_PID"), sorted(os.sched_getaffinity(0))
    if server and len(cores) > 1:
        os.sched_setaffinity(int(server), cores[-1:])
        os.sched_setaffinity(0, cores[:-1])


class BenchSession:
    """A session whose hub is the measurement."""

    def __init__(self, replica: Replica) -> None:
        self.replica = replica
        self._listeners: list[Callable[[Delta], None]] = []
        self._upto = itertools.count(1000)
        self._work_timer = QTimer(singleShot=True)
        self._work_timer.timeout.connect(self._work)

    def subscribe(self, listener: Callable[[Delta], None]) -> Callable[[], None]:
        """Call `listener` with each delta."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def request(self, intent: Intent) -> str:
        """Nobody is there to ask."""
        raise AssertionError(f"nothing is asked here: {intent}")

    def tell(self, *news: Change) -> None:
        """Say what a hub would say, in one frame."""
        self.hear(encode(Changes(upto=next(self._upto), items=news)))

    def hear(self, frame: bytes) -> None:
        """Take a frame as it comes from the line."""
        found = decode_to_console(frame)
        assert isinstance(found, Changes)
        delta = self.replica.on_changes(found)
        self.work_soon()
        for listener in tuple(self._listeners):
            listener(delta)

    def work_soon(self) -> None:
        """Have the disk's work done when the loop goes round."""
        self._work_timer.start(0)

    def _work(self) -> None:
        """Do what the disk needs, as the real session does: a little each time the loop goes round."""
        self.replica.work()
        if (pause_s := self.replica.work_in_s) is not None:
            self._work_timer.start(round(pause_s * 1000))


class Eye(QObject):
    """Sees when a window has painted all that was to be painted."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.paints = 0
        self.at = 0.0
        self.on_painted: Callable[[float], None] = lambda _: None
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Carry the request to paint out, and note when that was done."""
        if watched is not self._window or event.type() is not QEvent.Type.UpdateRequest:
            return False
        self._window.event(event)
        self.at = time.perf_counter()
        self.paints += 1
        self.on_painted(self.at)
        return True


class Stage:
    """A window with `count` colleagues, each with a status and a day."""

    def __init__(self, count: int) -> None:
        keep_apart()
        self.app = make_app()
        texts.install(self.app, "da")
        self.people = people(count)
        self.session = BenchSession(filled_replica(count))
        self.theme = Theme("light")
        self.controller = Controller(replica=self.session.replica)
        self.window = Window(self.controller, self.theme)
        self.window.complete()
        self.window.show()
        self.eye = Eye(self.window)
        self.controller.attach(self.session)
        self.settle()

    def settle(self) -> None:
        """Wait until the window stands, is filled and has nothing more to paint.

        What is there by then is not looked at for garbage, as in the program (`widgets.app`).
        """
        assert QTest.qWaitForWindowExposed(self.window)
        while self.session.replica.is_filling:
            rest(10)
        rest(200)
        gc.freeze()

    def paint(self, seconds: float = 2.0) -> float:
        """Let the window paint what is due; returns when that was done (`perf_counter`)."""
        before, until = self.eye.paints, time.perf_counter() + seconds
        while self.eye.paints == before:
            QApplication.processEvents()
            assert time.perf_counter() < until, "nothing was painted"
        return self.eye.at

    def calm(self) -> None:
        """Wait until the window has nothing more to do."""
        while self.window.middle.afterwards.is_due or self.window.foresight.is_busy:
            rest(1)

    def visible(self) -> list[str]:
        """Return the ids of the colleagues whose rows can be seen whole."""
        view = self.window.people
        height = view.viewport().height()
        rows = range(view.model().rowCount())
        tops = ((row, view.rowViewportPosition(row)) for row in rows[:200])
        seen = [row for row, top in tops if top >= 0 and top + view.rowHeight(row) <= height]
        return [view.model().index(row, 0).data(KEY_ROLE) for row in seen]

    def close(self) -> None:
        """Take the window away."""
        self.controller.detach()
        self.window.let_close()
        self.window.deleteLater()
        QApplication.processEvents()

    def status(self, person: str, n: int) -> PersonStatus:
        """Return the `n`-th of a colleague's changing statuses; neighbours differ."""
        found = self.session.replica.people[person]
        return status_of(found, n, since=time.time())
