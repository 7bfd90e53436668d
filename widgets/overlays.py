"""What floats over the window without taking the caret: the help with all keys, and my groups."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGraphicsDropShadowEffect,
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reception.model.groups import AttendantGroup
from widgets import keys, paint, standing
from widgets.buttons import KeyButton
from widgets.controller import Controller
from widgets.labels import PlainLabel
from widgets.texts import translate
from widgets.theme import Theme


class Overlay(QFrame):
    """A panel in the middle of the window; not a dialog: typing goes on beneath it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parent = parent
        self.setObjectName("float")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(40)
        shadow.setOffset(0, 8)
        shadow.setColor(QColor(0, 0, 0, 90))
        self.setGraphicsEffect(shadow)
        parent.installEventFilter(self)
        self.hide()

    def toggle(self) -> None:
        """Open or close."""
        if self.isVisible():
            self.hide()
        else:
            self._place()
            self.show()
            self.raise_()

    def _place(self) -> None:
        self.adjustSize()
        room = self._parent.rect()
        size = self.sizeHint().boundedTo(QSize(room.width() - 32, room.height() - 32))
        self.resize(size)
        self.move((room.width() - size.width()) // 2, max(16, (room.height() - size.height()) // 2))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False


class Caps(QWidget):
    """Key caps in a row of the help, at the right of their column."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parts = keys.printed(text).split("  ")
        width = sum(paint.key_cap_width(p) + 4 for p in self._parts)
        self.setFixedSize(round(width), 20)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        left = 0.0
        for part in self._parts:
            left += paint.key_cap_width(part)
            paint.draw_key_cap(painter, QPointF(left, self.height() / 2), part, self._theme.tokens)
            left += 4
        painter.end()


class HelpOverlay(Overlay):
    """All keys."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(translate("Help", "All keys"))

    def toggle(self) -> None:
        if self.layout() is None:  # the start does not wait for what may never be asked for
            self._fill()
        super().toggle()

    def _fill(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(12)
        title = PlainLabel(translate("Help", "All keys"), tone="name")
        column.addWidget(title)
        parts = QHBoxLayout()
        parts.setSpacing(32)
        for heading, lines in keys.HELP:
            parts.addLayout(self._section(heading, lines))
        column.addLayout(parts)

    def _section(self, heading: str, lines: Sequence[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.addWidget(PlainLabel(translate("Help", heading), tone="heading"), 0, 0, 1, 2)
        for row, (caps, words) in enumerate(lines, 1):
            where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop
            grid.addWidget(Caps(self._theme, caps), row, 0, where)
            sentence = PlainLabel(translate("Help", words), is_wrapped=True)
            sentence.setFixedWidth(220)
            grid.addWidget(sentence, row, 1)
        grid.setRowStretch(len(lines) + 1, 1)
        return grid


class GroupsOverlay(Overlay):
    """My groups: 1…9 log in and out while it is open.

    Signals:
        toggled: (str) a group was chosen, by its id.
    """

    toggled = Signal(str)

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._controller = controller
        self._theme = theme
        self._rows: dict[str, GroupRow] = {}
        self.setAccessibleName(translate("Groups", "My groups"))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(4)
        self._column.addWidget(PlainLabel(translate("Groups", "My groups"), tone="name"))
        self._column.addWidget(
            PlainLabel(translate("Groups", "Press the number to log in or out, Esc to close."), tone="muted")
        )
        controller.updated.connect(self._on_updated)

    def group_at(self, number: int) -> str | None:
        """Return the id of the `number`-th group, counted from 1."""
        ids = list(self._rows)
        return ids[number - 1] if 0 < number <= len(ids) else None

    def refresh(self) -> None:
        """Show the groups as they are now."""
        replica = self._controller.replica
        me = standing.my_attendant(replica)
        groups = sorted(replica.groups.values(), key=lambda g: (g.number, g.name))
        for gone in self._rows.keys() - {g.id for g in groups}:
            self._rows.pop(gone).deleteLater()
        for number, group in enumerate(groups, 1):
            row = self._rows.get(group.id)
            if row is None:
                row = self._rows[group.id] = GroupRow(self._theme, group.id, self)
                row.chosen.connect(self.toggled)
                self._column.addWidget(row)
            row.show_group(group, number, is_mine=group.id in me.groups, is_kept_out=group.id in me.kept_out)
        if self.isVisible():
            self._place()

    def toggle(self) -> None:
        self.refresh()
        super().toggle()

    @Slot(object)
    def _on_updated(self, _delta: object) -> None:
        if self.isVisible():
            self.refresh()


class GroupRow(KeyButton):
    """One group with a tick.

    Signals:
        chosen: (str) it was clicked.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, group: str, parent: QWidget) -> None:
        super().__init__(theme, "", "", parent=parent)
        self._group = group
        self._is_mine = False
        self._number = ""
        self.setMinimumWidth(320)
        self.clicked.connect(self._on_clicked)

    def show_group(self, group: AttendantGroup, place: int, *, is_mine: bool, is_kept_out: bool) -> None:
        """Show a group, whether I am logged in, and whether my presence keeps its calls from me."""
        self._is_mine = is_mine
        self._number = group.number
        self.set_words(group.name, str(place) if place <= 9 else "")
        state = translate("Groups", "logged in") if is_mine else translate("Groups", "logged out")
        kept = translate("Groups", "offers you no calls now: your presence") if is_kept_out else ""
        self.setToolTip(kept)
        words = (group.number, state, kept, self._cap)
        self.setAccessibleDescription(", ".join(word for word in words if word))
        self.update()

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._group)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = self._theme.tokens
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.underMouse() or self.hasFocus():
            paint.rounded(painter, box, 6, t.key_cap)
        tick = QRectF(6, box.center().y() - 8, 16, 16)
        paint.rounded(
            painter, tick, 4, t.accent if self._is_mine else t.panel, t.accent if self._is_mine else t.faint
        )
        if self._is_mine:
            paint.draw_text(
                painter,
                tick,
                "✓",
                t.on_accent,
                pixels=12,
                weight=paint.SEMI,
                align=Qt.AlignmentFlag.AlignHCenter,
            )
        right = QPointF(box.right() - 6, box.center().y())
        used = paint.draw_key_cap(painter, right, self._cap, t) if self._cap else 0.0
        where = box.adjusted(32, 0, -used - 12, 0)
        width = paint.draw_text(painter, where, self.text(), t.text, weight=paint.SEMI)
        where.setLeft(where.left() + width + 8)
        paint.draw_text(painter, where, self._number, t.muted, pixels=12)
        painter.end()
