"""What this window does while another program is in front: badge, notification, keys from everywhere.

A call never brings the window to the front and never takes the caret from anybody; what the user presses or
clicks does. How many wait stands in the title for every taskbar, and as a badge where the system has one.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from reception.console.api import Delta
from reception.console.at_desk import AtDesk, Ringing
from reception.console.hot_keys import HotKeys, open_hot_keys
from reception.console.strokes import Stroke, stroke_of
from reception.model.calls import Call
from widgets import standing, wording
from widgets.controller import Controller
from widgets.frames import is_about_calls
from widgets.intents_for import Action
from widgets.notices import Card, Tone
from widgets.texts import translate
from widgets.window import Window

_LASTS_S: Final = 30.0


class Toasts(Protocol):
    """Notifications of the system."""

    def show(self, title: str, text: str) -> None:
        """Show one, for as long as the system does."""

    def close(self) -> None:
        """Leave nothing behind."""


class TrayToasts(QObject):
    """Notifications by the icon beside the clock, which comes with the first of them.

    Signals:
        clicked: the user clicked one of them, or the icon.
    """

    clicked = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._icon: QSystemTrayIcon | None = None

    def show(self, title: str, text: str) -> None:
        """Show one; nothing where the desktop has no place for it."""
        if self._icon is None:
            if not QSystemTrayIcon.isSystemTrayAvailable():
                return
            self._icon = QSystemTrayIcon(self._window.windowIcon(), self)
            self._icon.setToolTip("Reception")
            self._icon.messageClicked.connect(self.clicked)
            self._icon.activated.connect(self._on_activated)
            self._icon.show()
        self._icon.showMessage(title, text, self._window.windowIcon())

    def close(self) -> None:
        """Take the icon away."""
        if self._icon is not None:
            self._icon.hide()
            self._icon = None

    @Slot()
    def _on_activated(self) -> None:
        self.clicked.emit()


class Outside(QObject):
    """Follows the calls for those who work in another program.

    Signals:
        front_wanted: the user wants the window.
    """

    front_wanted = Signal()

    def __init__(
        self,
        window: Window,
        controller: Controller,
        at_desk: AtDesk,
        *,
        toasts: Toasts | None = None,
        set_badge: Callable[[int], None] | None = None,
        is_in_front: Callable[[], bool] | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._controller = controller
        self._at_desk = AtDesk()
        self._ringing = Ringing()
        self._waiting = 0
        self._set_badge = set_badge or _badge()
        self._is_in_front = is_in_front or _is_in_front
        self._loop = asyncio.get_running_loop()
        self._hot_keys: HotKeys | None = None
        self._answer: Stroke | None = None
        if toasts is None:
            tray = TrayToasts(window)
            tray.clicked.connect(self.front_wanted)
            toasts = tray
        self._toasts = toasts
        controller.updated.connect(self.look)
        self.use(at_desk)
        self.look()

    @Slot(object)
    def use(self, at_desk: AtDesk) -> None:
        """Follow these settings from now on."""
        self._at_desk = at_desk
        self._close_keys()
        self._answer = stroke_of(at_desk.answer_key)
        wanted = dict.fromkeys(one for one in (self._answer, stroke_of(at_desk.front_key)) if one is not None)
        self._hot_keys = open_hot_keys(tuple(wanted), self._on_press)
        for stroke in self._hot_keys.refused if self._hot_keys is not None else ():
            self._controller.pile.add(taken_card(stroke, self._controller.now()))
            self._controller.notices_changed.emit()

    def close(self) -> None:
        """Give back what is the system's."""
        self._controller.updated.disconnect(self.look)
        self._close_keys()
        self._set_badge(0)
        self._toasts.close()

    @Slot(object)
    def look(self, delta: Delta | None = None) -> None:
        """See whether a call is news."""
        if delta is not None and not is_about_calls(delta):
            return
        replica = self._controller.replica
        waiting = [call for call in standing.waiting(replica) if not call.is_callback_entry]
        self._count(len(standing.waiting(replica)))
        offered = standing.offered(replica)
        news = self._ringing.news(
            [call.id for call in waiting],
            offered=offered.id if offered is not None else "",
            is_in_front=self._is_in_front(),
            is_talking=standing.in_hand(replica) is not None,
        )
        if news:
            self._tell([replica.calls[call] for call in news])

    def _tell(self, news: Sequence[Call]) -> None:
        QApplication.alert(self._window)
        if self._at_desk.notifications:
            self._toasts.show(*toast_words(news, self._group_of(news[0])))

    def _group_of(self, call: Call) -> str:
        group = self._controller.replica.groups.get(call.group or "")
        return group.name if group is not None else ""

    def _count(self, waiting: int) -> None:
        if waiting != self._waiting:
            self._waiting = waiting
            self._set_badge(waiting)

    # ------------------------------------------------------------------ keys

    def _on_press(self, stroke: Stroke) -> None:
        """Hand it over to the window's loop. Runs in the thread that listens."""
        try:
            self._loop.call_soon_threadsafe(self.press, stroke)
        except RuntimeError:  # the loop has ended
            return

    def press(self, stroke: Stroke) -> None:
        """Answer, or only come to the front: whoever answers needs the window now."""
        if stroke == self._answer:
            self._controller.perform(Action.ANSWER_NEXT)
        self.front_wanted.emit()

    def _close_keys(self) -> None:
        if self._hot_keys is not None:
            self._hot_keys.close()
            self._hot_keys = None


def toast_words(news: Sequence[Call], group: str) -> tuple[str, str]:
    """Return title and text of a notification about calls, the most urgent first."""
    first = wording.party_name(news[0])
    who = f"{first} · {group}" if group else first
    if len(news) == 1:
        return translate("Outside", "A caller waits"), who
    return translate("Outside", "{count} callers wait").format(count=len(news)), who


def taken_card(stroke: Stroke, now: float) -> Card:
    """Return the line about a key that another program has."""
    return Card(
        id=f"hot-key:{stroke.text}",
        tone=Tone.HINT,
        lead=translate("Outside", "Another program has the key {key} already.").format(key=stroke.text),
        rest=translate("Outside", "Choose another one in the settings."),
        at=now,
        lasts_s=_LASTS_S,
    )


def _is_in_front() -> bool:
    """Return whether the window or one of its dialogues is the one that is typed into."""
    return QApplication.activeWindow() is not None


def _badge() -> Callable[[int], None]:
    """Return what sets the badge: on Windows the taskbar's; elsewhere the title has the number."""
    app = QGuiApplication.instance()
    if sys.platform == "win32" and isinstance(app, QGuiApplication):
        return app.setBadgeNumber
    return lambda _count: None
