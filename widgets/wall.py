"""The wall: the list of colleagues with everybody's time side by side, on a day or in a week.

It is the list itself with another face: the same people, selection, keys and calls (requirement 001-34).
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from widgets import person_view, wall_view
from widgets.controller import Controller
from widgets.intents_for import View
from widgets.middle import MiddlePane
from widgets.theme import Theme
from widgets.wall_head import WallHead


class Wall(QObject):
    """Opens and closes the wall, and moves it through time.

    Signals:
        opened: (bool) it was opened, or closed.
    """

    opened = Signal(bool)

    def __init__(self, controller: Controller, theme: Theme, middle: MiddlePane) -> None:
        super().__init__(middle)
        self._controller = controller
        self._middle = middle
        self._people = middle.people
        self.head = WallHead(theme, middle.people.viewport())
        self.head.hide()
        middle.inside.insertWidget(0, self.head)
        self.head.wanted.connect(self.look)

    @property
    def is_open(self) -> bool:
        """True while everybody's time is shown."""
        return self._people.period is not None

    def toggle(self) -> None:
        """Open the wall on today, or go back to the list."""
        self._show(None if self.is_open else wall_view.today(self._moment()))
        self.opened.emit(self.is_open)

    @Slot(object)
    def look(self, meaning: View) -> None:
        """Do what a key means here."""
        period = self._people.period
        if meaning is View.WALL:
            self.toggle()
        elif meaning is View.ONLY_FREE:
            self._middle.toggle_free()
            self.head.show_only_free(self._controller.only_free)
        elif period is not None and meaning is View.WEEK:
            is_day = period.days == 1
            self._show(wall_view.week_of(period.first) if is_day else wall_view.today(self._moment()))
        elif period is not None:
            self._show(period.moved(1 if meaning is View.LATER else -1))

    def tick(self) -> None:
        """Let the title tell of another day."""
        if (period := self._people.period) is not None:
            self.head.show_period(period, self._controller.now())

    def _show(self, period: wall_view.Period | None) -> None:
        self._people.show_wall(period)
        if period is not None:
            self.head.show_period(period, self._controller.now())
        self.head.setVisible(period is not None)

    def _moment(self) -> person_view.Moment:
        return person_view.moment_of(self._controller.replica, self._controller.now())
