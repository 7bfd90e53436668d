"""The colleague who is selected: status, numbers with their lines, free fields, stand-ins."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reception.console.api import Delta, LinkState
from reception.directory.numbers import display
from reception.model.lines import LineState, PersonStatus, StatusKind
from reception.model.people import Number, NumberKind, Person
from widgets import finder, formats, keys, paint, presence_words
from widgets.buttons import KeyButton
from widgets.controller import Controller
from widgets.intents_for import Action
from widgets.labels import ElidedLabel, PlainLabel
from widgets.texts import translate
from widgets.theme import Theme

_ICONS = {
    NumberKind.DESK: "phone",
    NumberKind.MOBILE: "mobile",
    NumberKind.SOFTPHONE: "softphone",
    NumberKind.OTHER: "number",
}


class Avatar(QWidget):
    """The circle with initials and the status mark."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._initials = ""
        self._kind = StatusKind.UNKNOWN
        self._is_stale = False
        self.setFixedSize(62, 62)
        theme.changed.connect(self.update)

    def show_person(self, initials: str, kind: StatusKind, *, is_stale: bool) -> None:
        """Show somebody."""
        if (initials, kind, is_stale) != (self._initials, self._kind, self._is_stale):
            self._initials, self._kind, self._is_stale = initials, kind, is_stale
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = self._theme.tokens
        box = QRectF(1, 1, 56, 56)
        paint.draw_avatar(
            painter, box, self._initials, t, kind=self._kind, is_stale=self._is_stale, halo=t.panel
        )
        painter.end()


class Lines(NamedTuple):
    """The labels of one number that change while it stands there."""

    number: str
    state: PlainLabel


class PersonCard(QWidget):
    """All about the selected colleague.

    Signals:
        alternate_wanted: (int) a stand-in was clicked, counted from 1.
    """

    alternate_wanted = Signal(int)

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._theme = theme
        self._shown: tuple[Person | None, int] | None = None
        self._lines: list[Lines] = []
        self.avatar = Avatar(theme)
        self.name = PlainLabel(tone="name", is_wrapped=True)
        self.role = PlainLabel(tone="muted", is_wrapped=True)
        self.word = PlainLabel(tone="strong", is_wrapped=True)
        self.detail = PlainLabel(tone="muted", is_wrapped=True)
        self._status = QFrame()
        self._status.setObjectName("status")
        self._details = QWidget()
        self._area = QScrollArea()
        self._lay_out()
        controller.selection_changed.connect(self.refresh)
        controller.updated.connect(self._on_updated)
        theme.changed.connect(self._on_theme)
        self.refresh()

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addStretch(1)
        names.addWidget(self.name)
        names.addWidget(self.role)
        names.addStretch(1)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(names, 1)
        words = QVBoxLayout(self._status)
        words.setContentsMargins(12, 9, 12, 9)
        words.setSpacing(1)
        words.addWidget(self.word)
        words.addWidget(self.detail)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._details)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 14, 14, 10)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._status)
        column.addWidget(self._area, 1)

    def sizeHint(self) -> QSize:
        return QSize(392, 400)

    # ------------------------------------------------------------------ content

    @Slot()
    def refresh(self) -> None:
        """Show whoever is selected; what stands still is not built again."""
        person = self._controller.person
        wanted = (person, self._controller.chosen_number)
        if self._shown is None or wanted != self._shown:
            self._shown = wanted
            self._build(person)
        self._show_status(person)

    def _build(self, person: Person | None) -> None:
        self._lines = []
        details = QWidget()
        column = QVBoxLayout(details)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self.avatar.setVisible(person is not None)
        self._status.setVisible(person is not None)
        if person is None:
            self.name.set_text(translate("Card", "Nobody selected"))
            self.role.set_text(translate("Card", "Type a name, a department or a number."))
        else:
            self.name.set_text(person.name)
            self.role.set_text(" · ".join(p for p in (person.title, person.department, person.initials) if p))
            column.addLayout(self._numbers(person))
            self._add_fields(column, person)
            self._add_alternates(column, person)
        column.addStretch(1)
        self._details = details
        self._area.setWidget(details)  # the area deletes the one before
        self.setAccessibleName(
            translate("Card", "Card of {name}").format(name=person.name)
            if person
            else translate("Card", "Card")
        )

    def _numbers(self, person: Person) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        order = finder.numbers_of(person)
        chosen = order[self._controller.chosen_number % len(order)] if order else None
        kinds = {n.number: n for n in person.numbers}
        for row, number in enumerate(order):
            self._add_number(grid, row, kinds[number], person, is_chosen=number == chosen)
        if person.email:
            row = len(order)
            grid.addWidget(self._icon("mail", translate("Card", "E-mail")), row, 0)
            mail = ElidedLabel(person.email)
            mail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(mail, row, 1, 1, 3)
        return grid

    def _add_number(
        self, grid: QGridLayout, row: int, number: Number, person: Person, *, is_chosen: bool
    ) -> None:
        kind = presence_words.number_kind_words(number.kind)
        shown = PlainLabel(display(number.number), tone="strong" if is_chosen else "")
        shown.setAccessibleDescription(kind)
        state = PlainLabel()
        state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        caps = []
        if is_chosen:
            caps.append("↵")
        if number.kind is NumberKind.MOBILE and person.number_of(NumberKind.MOBILE) == number.number:
            caps.append(keys.cap(Action.MOBILE))
        grid.addWidget(self._icon(_ICONS[number.kind], kind), row, 0)
        grid.addWidget(shown, row, 1)
        grid.addWidget(state, row, 2)
        grid.addWidget(CapLabel(self._theme, caps), row, 3, Qt.AlignmentFlag.AlignRight)
        self._lines.append(Lines(number.number, state))

    def _icon(self, name: str, words: str) -> QLabel:
        label = QLabel()
        label.setPixmap(paint.icon(name, self._theme.tokens.muted, 16, self.devicePixelRatioF()))
        label.setAccessibleName(words)
        label.setToolTip(words)
        label.setFixedWidth(20)
        return label

    def _add_fields(self, column: QVBoxLayout, person: Person) -> None:
        shown = {name: text for name, text in person.fields.items() if text}
        if not shown:
            return
        column.addSpacing(6)
        column.addWidget(PlainLabel(translate("Card", "Details"), tone="heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, (name, text) in enumerate(shown.items()):
            title = PlainLabel(name, tone="muted")
            title.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(title, row, 0)
            grid.addWidget(PlainLabel(text, is_wrapped=True), row, 1)
        column.addLayout(grid)

    def _add_alternates(self, column: QVBoxLayout, person: Person) -> None:
        people = self._controller.replica.people
        found = [(n, people[p]) for n, p in enumerate(person.alternates, 1) if p in people]
        if not found:
            return
        column.addSpacing(6)
        column.addWidget(PlainLabel(translate("Card", "Stand-ins"), tone="heading"))
        rows = QVBoxLayout()
        rows.setSpacing(0)
        column.addLayout(rows)
        for number, other in found:
            rows.addWidget(AlternateRow(self._theme, self._controller, other, number, self))

    # ------------------------------------------------------------------ what changes

    def status_of(self, person: Person) -> tuple[PersonStatus, bool]:
        """Return the status of a person and whether it is stale."""
        replica = self._controller.replica
        status = replica.statuses.get(person.id) or presence_words.unknown(person.id)
        return status, status.is_stale or replica.link is not LinkState.UP

    def _show_status(self, person: Person | None) -> None:
        if person is None:
            return
        status, is_stale = self.status_of(person)
        words = presence_words.status_words(status, is_stale=is_stale)
        two = person.initials if len(person.initials) == 2 else paint.initials_of(person.name)
        self.avatar.show_person(two, status.kind, is_stale=is_stale)
        self.avatar.setAccessibleName(words.text)
        self.word.set_text(words.word)
        self.word.set_tone(words.tone)
        self.word.setStyleSheet("font-weight: 600;")
        self.detail.set_text(words.detail)
        self.detail.setVisible(bool(words.detail))
        self._set_tone(words.tone)
        self.tick()
        for row in self._details.findChildren(AlternateRow):
            row.refresh()

    def _set_tone(self, tone: str) -> None:
        if self._status.property("tone") != tone:
            self._status.setProperty("tone", tone)
            self._status.style().unpolish(self._status)
            self._status.style().polish(self._status)

    def tick(self) -> None:
        """Let the clocks of the lines run."""
        person = self._controller.person
        if person is None:
            return
        status, is_stale = self.status_of(person)
        for labels in self._lines:
            line = presence_words.find_line(status, labels.number)
            state = line.state if line else LineState.UNKNOWN
            text = presence_words.line_words(state, is_stale=is_stale)
            if (
                line is not None
                and state in (LineState.TALKING, LineState.HELD, LineState.RINGING)
                and not is_stale
            ):
                text = f"{text} {formats.duration(self._controller.now() - line.since)}"
            labels.state.set_text(text)
            labels.state.set_tone("unknown" if is_stale else presence_words.LINE_TONES[state])

    @Slot(object)
    def _on_updated(self, delta: Delta) -> None:
        person = self._controller.person
        seen = {self._controller.selected, *(person.alternates if person else ())}
        if delta.is_reset or delta.link or seen & (delta.people | delta.statuses):
            self.refresh()

    @Slot()
    def _on_theme(self) -> None:
        self._shown = None
        self.refresh()


class CapLabel(QWidget):
    """Key caps that stand alone."""

    def __init__(self, theme: Theme, caps: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._caps = caps
        width = sum(paint.key_cap_width(c) + 4 for c in caps)
        self.setFixedSize(max(1, round(width)), 20)
        self.setAccessibleName(" ".join(caps))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        right = QRectF(self.rect()).center()
        right.setX(self.width())
        for cap in reversed(self._caps):
            right.setX(right.x() - paint.draw_key_cap(painter, right, cap, self._theme.tokens) - 4)
        painter.end()


class AlternateRow(KeyButton):
    """A stand-in: status, name, number; a click is the same as the key."""

    def __init__(
        self, theme: Theme, controller: Controller, person: Person, number: int, card: PersonCard
    ) -> None:
        super().__init__(theme, person.name, f"Alt {number}")
        self._card = card
        self._number = number
        self._person = person
        self.clicked.connect(self._on_clicked)
        self.refresh()

    def refresh(self) -> None:
        """Show the stand-in's status as it is now."""
        status, is_stale = self._card.status_of(self._person)
        words = presence_words.status_words(status, is_stale=is_stale)
        self.setAccessibleDescription(f"{words.text}, {self._cap}")
        self.update()

    @Slot()
    def _on_clicked(self) -> None:
        self._card.alternate_wanted.emit(self._number)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = self._theme.tokens
        status, is_stale = self._card.status_of(self._person)
        words = presence_words.status_words(status, is_stale=is_stale)
        painter = QPainter(self)
        box = QRectF(self.rect())
        if self.underMouse() or self.hasFocus():
            paint.rounded(painter, box, 6, t.key_cap)
        mark = QRectF(box.left() + 4, box.center().y() - 5, 10, 10)
        paint.draw_status(painter, mark, status.kind, t, is_stale=is_stale, halo=t.panel)
        right = box.center()
        right.setX(box.right() - 4)
        used = paint.draw_key_cap(painter, right, self._cap, t)
        where = box.adjusted(22, 0, -used - 12, 0)
        width = paint.draw_text(painter, where, self._person.name, t.text, weight=paint.SEMI)
        where.setLeft(where.left() + width + 6)
        number = finder.numbers_of(self._person)
        rest = " · ".join(p for p in (words.word, display(number[0]) if number else "") if p)
        if where.width() > 20:
            paint.draw_text(painter, where, rest, t.muted, pixels=12)
        painter.end()
