"""The bar at the top: the queues in a glance, how the sources are, my own state, the time."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from reception.console.api import Delta, LinkState
from reception.model.attendants import DeskState, Readiness
from reception.model.changes import Source, SourceState
from widgets import board, call_words, formats, paint, standing, wording
from widgets.buttons import KeyButton
from widgets.controller import Controller
from widgets.frames import is_about_calls
from widgets.labels import ClockLabel
from widgets.paint import SEMI
from widgets.source_words import SOURCES, link_words, source_name, source_words
from widgets.texts import QT_TRANSLATE_NOOP, translate
from widgets.theme import Theme

READINESS: Final[dict[Readiness, str]] = {
    Readiness.READY: QT_TRANSLATE_NOOP("Own", "Ready"),
    Readiness.PAUSED: QT_TRANSLATE_NOOP("Own", "Break"),
    Readiness.LOGGED_OUT: QT_TRANSLATE_NOOP("Own", "Logged out"),
}


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
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_words(self, name: str, count: str, wait: str, *, is_over: bool, is_mine: bool) -> None:
        """Show a queue; the size stays while only the clock runs."""
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
        self.updateGeometry()
        self.update()

    def _wait_words(self) -> str:
        if not self.wait:
            return ""
        return translate("Top", "longest {time}").format(time=self.wait) if self.is_over else self.wait

    def sizeHint(self) -> QSize:
        width = paint.metrics(13, SEMI).horizontalAdvance(self.name + self.count) + 36
        if words := self._wait_words():
            width += paint.metrics(13).horizontalAdvance(words.replace("1", "0")) + 10
        return QSize(round(width), 32)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = self._theme.tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        line = t.ringing if self.is_over else t.line
        paint.rounded(painter, box, 8, t.ringing_background if self.is_over else t.raised, line)
        where = box.adjusted(12, 0, -8, 0)
        colour = t.text if self.is_mine else t.muted
        used = paint.draw_text(painter, where, self.name, colour, weight=SEMI)
        where.setLeft(where.left() + used + 8)
        used = paint.draw_text(painter, where, self.count, colour, weight=SEMI, is_tabular=True)
        where.setLeft(where.left() + used + 8)
        paint.draw_text(painter, where, self._wait_words(), t.muted, is_tabular=True)
        painter.end()


class Light(QWidget):
    """How a source is: a shape and words, never a colour alone."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.words = ""
        self.tone = "free"
        self._is_short = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
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
        self.updateGeometry()
        self.update()

    def set_short(self, is_short: bool) -> None:
        """Show the name only; the shape and the tool tip say the rest."""
        if is_short != self._is_short:
            self._is_short = is_short
            self.updateGeometry()
            self.update()

    def _shown(self) -> str:
        return self.words.split(" · ")[0] if self._is_short else self.words

    def sizeHint(self) -> QSize:
        return QSize(round(paint.metrics(13).horizontalAdvance(self._shown())) + 20, 24)

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


_TONES: Final = {
    SourceState.UP: "free",
    SourceState.CONNECTING: "away",
    SourceState.DOWN: "busy",
    SourceState.NEEDS_SETTINGS: "busy",
    SourceState.NEEDS_SIGN_IN: "busy",
}


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
        self.setFixedHeight(52)
        self._controller = controller
        self._theme = theme
        self._chips: dict[str, QueueChip] = {}
        self._lights: dict[str, Light] = {}
        self._queues = QHBoxLayout()
        self._queues.setSpacing(8)
        self._sources = QHBoxLayout()
        self._sources.setSpacing(12)
        self.callbacks = QueueChip(theme)
        self.link = Light(theme)
        self.own = KeyButton(theme, "", "F12", tone="own")
        self.own.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clock = ClockLabel()
        self.clock.setFont(paint.font(15, SEMI, True))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(8)
        row.addLayout(self._queues)
        row.addWidget(self.callbacks)
        row.addStretch(1)
        row.addLayout(self._sources)
        row.addWidget(self.link)
        row.addSpacing(4)
        row.addWidget(self.own)
        row.addSpacing(4)
        row.addWidget(self.clock)
        self.own.clicked.connect(self.ready_wanted)
        controller.updated.connect(self._on_updated)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show all of it as it is now."""
        self._show_queues()
        self._show_sources()
        self._show_own()
        self.clock.set_text(call_words.time_words(self._controller.now()))
        self._fit()

    def tick(self) -> None:
        """Let the waits and the clock run; what has not changed is not painted."""
        self._show_queues()
        self._show_sources()
        self.clock.set_text(call_words.time_words(self._controller.now()))
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
                chip = self._chips[summary.group.id] = QueueChip(self._theme)
                self._queues.addWidget(chip)
                chip.show()  # now, not with the next event: `_fit` counts what is shown
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
        self.callbacks.setVisible(bool(found))

    def _show_sources(self) -> None:
        replica = self._controller.replica
        now = self._controller.now()
        for gone in self._lights.keys() - replica.sources.keys():
            self._lights.pop(gone).deleteLater()
        is_lost = replica.link is not LinkState.UP
        for source in sorted(replica.sources.values(), key=_order):
            light = self._lights.get(source.id)
            if light is None:
                light = self._lights[source.id] = Light(self._theme)
                self._sources.addWidget(light)
                light.show()
            why = wording.sentence(source.message).text if source.message else ""
            if is_lost:
                light.show_words(f"{source_name(source.id)}?", "off", why)
            else:
                light.show_words(source_words(source, now), _TONES[source.state], why)
        why = wording.sentence(replica.link_message).text if replica.link_message else ""
        tone = {LinkState.UP: "free", LinkState.STARTING: "away"}.get(replica.link, "busy")
        self.link.show_words(link_words(replica.link), tone, why)

    def _show_own(self) -> None:
        me = standing.my_attendant(self._controller.replica)
        words = translate("Own", READINESS[me.readiness])
        if me.desk is DeskState.RINGING:
            rings = translate("Own", "phone rings")
            words = f"{words} · {rings}"
        if not standing.is_known(self._controller.replica):
            words = translate("Own", "Not connected")
        text = f"{me.id} · {words}" if me.id else words
        self.own.set_words(text, "F12", "own" if me.readiness is Readiness.READY else "paused")

    def _fit(self) -> None:
        """Leave out the least important until it fits: words of sources, queues of others.

        A well hub has no light while the sources that it tells of have theirs.
        """
        is_up = self._controller.replica.link is LinkState.UP
        lights = list(self._lights.values())
        for level in range(3):
            self.link.setVisible(not is_up or not lights)
            for light in lights:
                light.set_short(level >= 1)
            for chip in self._chips.values():
                chip.setVisible(level < 2 or chip.is_mine)
            parts = [*self._chips.values(), self.callbacks, *lights, self.link, self.own, self.clock]
            if sum(w.sizeHint().width() + 12 for w in parts if not w.isHidden()) + 40 <= self.width():
                return

    @Slot(object)
    def _on_updated(self, delta: Delta) -> None:
        if is_about_calls(delta) or delta.sources:
            self.refresh()

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 52)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
