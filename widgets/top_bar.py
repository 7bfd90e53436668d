"""The bar at the top: the queues in a glance, how the sources are, my own state, the time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QWidget

from reception.console.api import Delta, LinkState
from reception.model.attendants import DeskState, Readiness
from reception.model.changes import Source, SourceState
from widgets import board, call_words, formats, paint, standing, wording
from widgets.afterwards import Afterwards
from widgets.boxes import Box, draw_box
from widgets.buttons import KeyButton
from widgets.controller import Controller
from widgets.frames import is_about_calls
from widgets.labels import ClockLabel, set_shown
from widgets.paint import SEMI
from widgets.source_details import source_why
from widgets.source_words import SOURCES, link_words, source_name, source_words
from widgets.texts import QT_TRANSLATE_NOOP, translate
from widgets.theme import Theme
from widgets.tokens import TOP_BAR

READINESS: Final[dict[Readiness, str]] = {
    Readiness.READY: QT_TRANSLATE_NOOP("Own", "Ready"),
    Readiness.PAUSED: QT_TRANSLATE_NOOP("Own", "Break"),
    Readiness.LOGGED_OUT: QT_TRANSLATE_NOOP("Own", "Logged out"),
}

_EDGE: Final = 16
_GAP: Final = 12
_CHIP_GAP: Final = 8
_AS_WIDE: Final = str.maketrans("123456789", "000000000")
"""Digits of one width: a chip is as wide in the next second, and its width is known."""


class QueueChip(QWidget):
    """One group: name, how many wait, how long the longest waits; in warning colours beyond the target."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.name = ""
        self.count = ""
        self.wait = ""
        self.is_over = False
        self.is_mine = True
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self.update)

    def show_words(self, name: str, count: str, wait: str, *, is_over: bool, is_mine: bool) -> None:
        """Show a queue, in a size of its own; it stays while only the clock runs."""
        new = (name, count, wait, is_over, is_mine)
        if new == (self.name, self.count, self.wait, self.is_over, self.is_mine):
            return
        self.name, self.count, self.wait, self.is_over, self.is_mine = new
        spoken = [f"{name}: {count}"]
        if wait:
            spoken.append(translate("Top", "longest wait {time}").format(time=wait))
        if is_over:
            spoken.append(translate("Top", "longer than it should"))
        if not is_mine:
            spoken.append(translate("Top", "not logged in"))
        self.setAccessibleName(", ".join(spoken))
        self.setToolTip("\n".join(spoken[1:]))
        self.resize(self.sizeHint())
        self.update()

    def _wait_words(self) -> str:
        if not self.wait:
            return ""
        return translate("Top", "longest {time}").format(time=self.wait) if self.is_over else self.wait

    def sizeHint(self) -> QSize:
        width = paint.text_width(self.name + self.count, 13, SEMI) + 36
        if words := self._wait_words():
            width += paint.text_width(words.translate(_AS_WIDE), 13) + 10
        return QSize(round(width), 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = self._theme.tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        painter.fillRect(box, paint.colour(t.panel))
        line = t.ringing if self.is_over else t.line
        fill = t.ringing_background if self.is_over else t.raised
        draw_box(painter, 0, 0, Box(self.width(), self.height(), 8, fill, line))
        where = box.adjusted(12, 0, -8, 0)
        colour = t.text if self.is_mine else t.muted
        used = paint.draw_text(painter, where, self.name, colour, weight=SEMI)
        where.setLeft(where.left() + used + 8)
        used = paint.draw_text(painter, where, self.count, colour, weight=SEMI, is_tabular=True)
        where.setLeft(where.left() + used + 8)
        paint.draw_text(painter, where, self._wait_words(), t.muted, is_tabular=True)
        painter.end()


class Light(QWidget):
    """How a source is: a shape and words, never a colour alone.

    `widths` are in pixels: with all words, and with the name alone.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.words = ""
        self.tone = "free"
        self._is_short = False
        self.widths = (0, 0)
        theme.changed.connect(self.update)

    def show_words(self, words: str, tone: str, why: str = "") -> None:
        """Show a state: ``free`` (circle), ``away`` (drop), ``busy`` (square)."""
        if (words, tone, why) == (self.words, self.tone, self.toolTip()):
            return
        self.words, self.tone = words, tone
        self.setToolTip(why)
        well = translate("Top", "connected")
        self.setAccessibleName(words if tone != "free" else f"{words}: {well}")
        self.setAccessibleDescription(why)
        self.widths = self._width_of(words), self._width_of(_name_in(words))
        self.resize(self.sizeHint())
        self.update()

    def set_short(self, is_short: bool) -> None:
        """Show the name only; the shape and the tool tip say the rest."""
        if is_short != self._is_short:
            self._is_short = is_short
            self.resize(self.sizeHint())
            self.update()

    def _shown(self) -> str:
        return _name_in(self.words) if self._is_short else self.words

    def _width_of(self, words: str) -> int:
        return round(paint.text_width(words, 13)) + 20

    def sizeHint(self) -> QSize:
        return QSize(self.widths[self._is_short], 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = self._theme.tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        mark = QRectF(1, middle - 4, 8, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.tone == "busy":
            painter.setBrush(QColor(t.busy))
            painter.drawRoundedRect(mark, 1.5, 1.5)
        elif self.tone == "away":
            painter.setBrush(QColor(t.away))
            painter.drawEllipse(mark)
            painter.drawRect(QRectF(5, middle, 4, 4))
        elif self.tone == "off":
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(t.off), 2))
            painter.drawEllipse(mark.adjusted(1, 1, -1, -1))
        else:
            painter.setBrush(QColor(t.free))
            painter.drawEllipse(mark)
        where = QRectF(15, 0, self.width() - 15, self.height())
        colour = t.text if self.tone == "busy" else t.muted
        paint.draw_text(painter, where, self._shown(), colour)
        painter.end()


def _name_in(words: str) -> str:
    return words.split(" · ")[0]


TONES: Final = {
    SourceState.UP: "free",
    SourceState.CONNECTING: "away",
    SourceState.DOWN: "busy",
    SourceState.NEEDS_SETTINGS: "busy",
    SourceState.NEEDS_SIGN_IN: "busy",
}


def _all(parts: Iterable[QWidget]) -> int:
    return sum(part.width() + _GAP for part in parts)


def _long(lights: Iterable[Light], which: int) -> int:
    return sum(light.widths[which] + _GAP for light in lights)


def _order(source: Source) -> int:
    names = list(SOURCES)
    return names.index(source.id) if source.id in names else len(names)


class TopBar(QFrame):
    """Queues, sources, own state, clock.

    Signals:
        ready_wanted: the own state was clicked.
    """

    ready_wanted = Signal()

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("top")
        self.setFixedHeight(TOP_BAR)
        self._controller = controller
        self._theme = theme
        self._chips: dict[str, QueueChip] = {}
        self._lights: dict[str, Light] = {}
        self.callbacks = QueueChip(theme, self)
        self.link = Light(theme, self)
        self.own = KeyButton(theme, "", "F12", tone="own", parent=self)
        self.clock = ClockLabel(parent=self)
        self.clock.setFont(paint.font(15, SEMI, True))
        self.own.clicked.connect(self.ready_wanted)
        self._afterwards = Afterwards(self)  # the call is painted first, then how many there are
        self._afterwards.due.connect(self.refresh)
        controller.updated.connect(self._on_updated)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show all of it as it is now."""
        self._show_queues()
        self._show_sources()
        self._show_own()
        self._show_clock()
        self._fit()

    def tick(self) -> None:
        """Let the waits and the clock run; what has not changed is not painted."""
        self._show_queues()
        self._show_sources()
        self._show_clock()
        self._fit()

    def _show_queues(self) -> None:
        now = self._controller.now()
        found = board.summaries(self._controller.replica)
        doubt = "" if self._controller.replica.link is LinkState.UP else "?"
        for gone in self._chips.keys() - {s.group.id for s in found}:
            self._chips.pop(gone).deleteLater()
        for summary in found:
            chip = self._chips.get(summary.group.id)
            if chip is None:
                chip = self._chips[summary.group.id] = QueueChip(self._theme, self)
            wait = now - summary.oldest if summary.oldest is not None else None
            chip.show_words(
                summary.group.name,
                f"{summary.count}{doubt}",
                formats.duration(wait) if wait is not None and not doubt else "",
                is_over=wait is not None and wait > summary.group.target_wait_s and not doubt,
                is_mine=summary.is_mine and not doubt,
            )
        callbacks = f"{sum(s.callbacks for s in found)}{doubt}"
        words = translate("Top", "Callbacks")
        self.callbacks.show_words(words, callbacks, "", is_over=False, is_mine=not doubt)

    def _show_sources(self) -> None:
        replica = self._controller.replica
        now = self._controller.now()
        for gone in self._lights.keys() - replica.sources.keys():
            old = self._lights.pop(gone)
            old.hide()  # it goes with the next turn of the loop, and its place is taken now
            old.deleteLater()
        is_lost = replica.link is not LinkState.UP
        for source in sorted(replica.sources.values(), key=_order):
            light = self._lights.get(source.id)
            if light is None:
                light = self._lights[source.id] = Light(self._theme, self)
            why = source_why(source, now)
            if is_lost:
                light.show_words(f"{source_name(source.id)}?", "off", why)
            else:
                is_incomplete = source.state is SourceState.UP and source.message is not None
                tone = "away" if is_incomplete else TONES[source.state]
                light.show_words(source_words(source, now), tone, why)
        why = wording.sentence(replica.link_message).text if replica.link_message else ""
        of_link = {LinkState.UP: "free", LinkState.STARTING: "away"}.get(replica.link, "busy")
        self.link.show_words(link_words(replica.link), of_link, why)

    def _show_own(self) -> None:
        me = standing.my_attendant(self._controller.replica)
        words = translate("Own", READINESS[me.readiness])
        if me.desk is DeskState.RINGING:
            rings = translate("Own", "phone rings")
            words = f"{words} · {rings}"
        elif me.readiness is Readiness.READY and not set(me.kept_out).isdisjoint(me.groups):
            kept = translate("Own", "no group calls: presence")
            words = f"{words} · {kept}"
        if not standing.is_known(self._controller.replica):
            words = translate("Own", "Not connected")
        text = f"{me.id} · {words}" if me.id else words
        is_new = text != self.own.text()
        self.own.set_words(text, "F12", "own" if me.readiness is Readiness.READY else "paused")
        if is_new:
            self.own.resize(self.own.sizeHint())

    def _show_clock(self) -> None:
        words = call_words.time_words(self._controller.now())
        if words != self.clock.text():
            self.clock.set_text(words)
            self.clock.resize(self.clock.sizeHint().width(), self.height() - 1)

    def _fit(self) -> None:
        """Leave out the least important until it fits: words of sources, queues of others.

        A well hub has no light while the sources that it tells of have theirs.
        """
        lights = self._lights_in_order()
        is_linked = self._controller.replica.link is not LinkState.UP or not lights
        chips = [*self._chips.values()]
        lasting = [self.callbacks] if chips else []
        right = [*lights, *([self.link] if is_linked else ()), self.own, self.clock]
        others = _all((*lasting, *right[len(lights) :])) + 40
        is_short = others + _long(lights, 0) + _all(chips) > self.width()
        is_full = is_short and others + _long(lights, 1) + _all(chips) > self.width()
        for light in lights:
            light.set_short(is_short)
        left = [*(c for c in chips if c.is_mine or not is_full), *lasting]
        for part in (*chips, self.callbacks, self.link, *lights):
            set_shown(part, part in left or part in right)
        self._place(left, right)

    def _lights_in_order(self) -> list[Light]:
        sources = sorted(self._controller.replica.sources.values(), key=_order)
        return [self._lights[source.id] for source in sources]

    def _place(self, left: Sequence[QWidget], right: Sequence[QWidget]) -> None:
        """Put the parts where they belong; showing one must not ask all others for their size."""
        middle = (self.height() - 1) // 2
        x = _EDGE
        for part in left:
            part.move(x, middle - part.height() // 2)
            x += part.width() + _CHIP_GAP
        x = self.width() - _EDGE
        for part in reversed(right):
            part.move(x - part.width(), middle - part.height() // 2)
            x -= part.width() + _GAP

    @Slot(object)
    def _on_updated(self, delta: Delta) -> None:
        if delta.is_reset or delta.link or delta.sources or delta.attendants:
            self.refresh()
        elif is_about_calls(delta):
            self._afterwards.ask()

    def minimumSizeHint(self) -> QSize:
        return QSize(320, TOP_BAR)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
