"""The strip over the list: what happened, where the call is, the next keys. Never takes the caret."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QBoxLayout, QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QVBoxLayout, QWidget

from widgets import finder, keys
from widgets.buttons import KeyButton
from widgets.controller import Controller
from widgets.intents_for import Action, View
from widgets.labels import PlainLabel
from widgets.notices import Card, Tone
from widgets.texts import translate
from widgets.theme import Theme

_MARGIN = 4


class NoticeStrip(QFrame):
    """Shows the notice on top of the pile over the lower edge of its parent.

    Signals:
        wanted: (Action) one of its keys was clicked.
        taken: (str) its call is to be fetched.
        alternate_wanted: (int) the stand-in it names was clicked.
        message_wanted: a message to the colleague is to be written.
        room_wanted: (int) pixels at the lower edge of the parent that it covers now.
    """

    wanted = Signal(object)
    taken = Signal(str)
    alternate_wanted = Signal(int)
    message_wanted = Signal()
    room_wanted = Signal(int)

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._parent = parent
        self._controller = controller
        self._theme = theme
        self._said: str | None = None
        self._card: Card | None = None
        self.lead = PlainLabel(tone="strong", is_wrapped=True)
        self.rest = PlainLabel(is_wrapped=True)
        self.more = PlainLabel(tone="muted")
        self._buttons: list[KeyButton] = []
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.lead)
        words.addWidget(self.rest)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(14, 10, 12, 10)
        self._box.setSpacing(10)
        self._box.addLayout(words, 1)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        self._row.addStretch(1)
        self._row.addWidget(self.more)
        self._box.addLayout(self._row)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(24)
        shadow.setOffset(0, 4)
        shadow.setColor(QColor(0, 0, 0, 60))
        self.setGraphicsEffect(shadow)
        parent.installEventFilter(self)
        controller.notices_changed.connect(self.refresh)
        controller.selection_changed.connect(self.refresh)
        self.hide()

    @Slot()
    def refresh(self) -> None:
        """Show the notice on top, or nothing."""
        card = self._controller.pile.top
        self._card = card
        if card is None:
            self._said = None
            self.hide()
            self.room_wanted.emit(0)
            return
        self._set_tone(card.tone)
        self.lead.set_text(card.lead)
        self.lead.setVisible(bool(card.lead))
        self.rest.set_text(card.rest)
        self.rest.setVisible(bool(card.rest))
        others = len(self._controller.pile) - 1
        self.more.set_text(f"+{others}" if others else "")
        self.more.setAccessibleName(
            translate("Notice", "{count} more").format(count=others) if others else ""
        )
        self._show_buttons(card)
        self.setAccessibleName(card.text)
        self._place()
        self.show()
        self.raise_()
        self._announce(card)

    def _show_buttons(self, card: Card) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for action in card.actions:
            if isinstance(action, int):
                self._add_stand_in(card, action)
                continue
            cap, words = self._words(card, action)
            if words:
                self._add(words, cap, action.value)
        for number, name in self._stand_in(card):
            self._add(name, f"Alt {number}", str(number))
        if card.tone is not Tone.HINT:
            self._add(translate("Notice", "Close"), "Esc", Action.ESCAPE.value)

    def _add_stand_in(self, card: Card, number: int) -> None:
        """Offer a stand-in while the colleague whose it is stays selected: the key is about the selection."""
        person = self._controller.person
        if person is not None and person.id == card.person and number <= len(person.alternates):
            stand_in = self._controller.replica.people.get(person.alternates[number - 1])
            if stand_in is not None:
                self._add(stand_in.name, f"Alt {number}", str(number))

    def _words(self, card: Card, action: Action | View) -> tuple[str, str]:
        """Return cap and words of an action; none when it has no key here."""
        if action is Action.HOLD:
            return keys.cap(action), translate("Notice", "Fetch")
        if action is Action.TAKE:
            ids = [c.id for c in self._controller.calls_in_list()]
            place = ids.index(card.call) + 1 if card.call in ids else 0
            return (keys.take_cap(place), translate("Notice", "Fetch")) if 0 < place <= 9 else ("", "")
        if action is Action.ENTER:
            at = self._controller.situation()
            is_over = at.in_hand is not None and at.in_hand.target is not None
            return keys.cap(action), translate("Notice", "Connect") if is_over else translate(
                "Notice", "Transfer"
            )
        if action is Action.BACK:
            return keys.cap(action), translate("Notice", "Give up")
        return keys.cap(action), keys.label(action)

    def _stand_in(self, card: Card) -> list[tuple[int, str]]:
        """Return the first stand-in of the colleague who did not take the call, while they are selected."""
        call = self._controller.replica.calls.get(card.call or "")
        person = self._controller.person
        back = call.returned.target.person if call and call.returned else None
        if person is None or back != person.id:
            return []
        people = self._controller.replica.people
        found = [(n, people[p]) for n, p in enumerate(person.alternates, 1) if p in people]
        return [(n, p.name) for n, p in found[:1] if finder.numbers_of(p)]

    def _add(self, words: str, cap: str, name: str) -> None:
        button = KeyButton(self._theme, words, cap, parent=self)
        button.setObjectName(name)
        button.clicked.connect(self._on_clicked)
        button.show()
        self._row.addWidget(button)
        self._buttons.append(button)

    def _set_tone(self, tone: Tone) -> None:
        if self.property("tone") != tone.value:
            self.setProperty("tone", tone.value)
            self.style().unpolish(self)
            self.style().polish(self)

    def _announce(self, card: Card) -> None:
        """Tell a screen reader once."""
        if card.id != self._said:
            from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # not for the first paint

            self._said = card.id
            event = QAccessibleAnnouncementEvent(self, card.text)
            if card.tone is not Tone.HINT:
                event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
            QAccessible.updateAccessibility(event)

    def _place(self) -> None:
        parent = self._parent
        width = parent.width() - 2 * _MARGIN
        self._fit_buttons(width)
        self._box.setDirection(self._direction(width))
        height = max(self.heightForWidth(width), self.sizeHint().height(), 52)
        self.setGeometry(_MARGIN, parent.height() - height - _MARGIN, width, height)
        self.room_wanted.emit(height + 2 * _MARGIN)

    def _fit_buttons(self, width: int) -> None:
        """Leave out what does not fit, the last first, never the way to close; the keys work all the same."""
        margins = self._box.contentsMargins()
        room = width - margins.left() - margins.right() - self.more.sizeHint().width() - self._row.spacing()
        for button in sorted(self._buttons, key=lambda b: b.objectName() != Action.ESCAPE.value):
            room -= button.sizeHint().width() + self._row.spacing()
            button.setVisible(room >= 0)

    def _direction(self, width: int) -> QBoxLayout.Direction:
        """Return whether the keys stand beside the words: yes where these need two lines at most."""
        shown = [b for b in self._buttons if not b.isHidden()]
        keys_width = sum(b.sizeHint().width() + self._row.spacing() for b in shown)
        room = width - keys_width - 60
        words = self.fontMetrics().horizontalAdvance(self.rest.text())
        is_beside = room > 160 and words < room * 1.8
        return QBoxLayout.Direction.LeftToRight if is_beside else QBoxLayout.Direction.TopToBottom

    @Slot()
    def _on_clicked(self) -> None:
        name = self.sender().objectName()
        if name.isdigit():
            self.alternate_wanted.emit(int(name))
        elif name == Action.TAKE.value and self._card is not None and self._card.call is not None:
            self.taken.emit(self._card.call)
        elif name == View.MESSAGE.value:
            self.message_wanted.emit()
        else:
            self.wanted.emit(Action(name))

    # ------------------------------------------------------------------ Qt

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.parent() and event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False
