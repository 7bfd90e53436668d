"""The absence panel: set an absence for a colleague with one key, or in plain words; change one, delete one.

It floats in the window and takes the caret while it is open; calls go on ringing beneath it, and every key
that is about calls works as ever. Nothing is saved before Enter (or the button): leaving discards.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from reception.model.office import Shortcut
from reception.model.presence import CallHandling, Entry, EntryDraft
from widgets import absence_form, keys
from widgets.absence_form import Fields
from widgets.buttons import KeyButton
from widgets.controller import Controller
from widgets.flow import FlowLayout
from widgets.intents_for import Action, View
from widgets.labels import PlainLabel, set_shown
from widgets.overlays import Overlay
from widgets.texts import translate
from widgets.theme import Theme

WIDTH: Final = 430
_HANDLINGS: Final = (
    CallHandling.VOICEMAIL,
    CallHandling.OPEN,
    CallHandling.UNCHANGED,
    CallHandling.DIVERTED,
)


_OF_TEXTS: Final = (Action.UNDO, View.FIRST, View.LAST)
"""Commands that mean the text while one is written."""


def is_text(event: QKeyEvent) -> bool:
    """True for a key that writes something: numeric minus too, which elsewhere hangs up."""
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return bool(event.text()) and event.text().isprintable() and not held


class Field(QLineEdit):
    """A line of the panel; its label is its accessible name."""

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("field")
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setMaxLength(200)
        self.setMinimumHeight(34)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the window's commands to the window: Ctrl+E would only move the caret here."""
        is_command = keys.meaning(event) not in (None, *_OF_TEXTS)
        if is_command and not is_text(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


class Choice(QComboBox):
    """A choice among a few, by arrow keys or letters."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("field")
        self.setAccessibleName(name)
        self.setMinimumHeight(34)


class AbsencePanel(Overlay):
    """Sets, changes and deletes entries of one colleague.

    Signals:
        set_wanted: (str person, EntryDraft, str entry) save this; an empty entry is a new one.
        delete_wanted: (str person, str entry) take it away.
        closed: the caret belongs to the search field again.
    """

    set_wanted = Signal(str, object, str)
    delete_wanted = Signal(str, str)
    closed = Signal()

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._controller = controller
        self._theme = theme
        self._person = ""
        self._entry: Entry | None = None
        self._shortcuts: dict[str, Shortcut] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.title = PlainLabel(tone="name")
        self.chips = FlowLayout()
        example = translate("Absence", "until 14.30, tomorrow 8-12, week 30")
        self.when = Field(translate("Absence", "When"), example)
        self.preview = PlainLabel(tone="muted", is_wrapped=True)
        self.profile = Choice(translate("Absence", "Presence profile"))
        self.activity = Choice(translate("Absence", "Reason"))
        self.calls = Choice(translate("Absence", "Calls"))
        self.number = Field(translate("Absence", "Divert to"), translate("Absence", "number or name"))
        self.subject = Field(translate("Absence", "Subject (colleagues see it)"))
        self.note = Field(
            translate("Absence", "Message for receptionists only"),
            translate("Absence", "May be disturbed if it is urgent"),
        )
        self.save = KeyButton(theme, "", "↵", tone="primary")
        self.cancel = KeyButton(theme, translate("Absence", "Cancel"), "Esc")
        delete_cap = keys.printed("Ctrl Del")
        self.remove = KeyButton(theme, translate("Absence", "Delete"), delete_cap, tone="danger")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 16)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addSpacing(4)
        column.addLayout(self.chips)
        column.addSpacing(4)
        self._add(column, self.when)
        column.addWidget(self.preview)
        self._profile_label = self._add(column, self.profile)
        column.addSpacing(2)
        pair = QGridLayout()
        pair.setHorizontalSpacing(10)
        pair.setVerticalSpacing(4)
        for place, field in enumerate((self.activity, self.calls)):
            pair.addWidget(self._label(field), 0, place)
            pair.addWidget(field, 1, place)
            pair.setColumnStretch(place, 1)
        column.addLayout(pair)
        self._number_label = self._add(column, self.number)
        self._add(column, self.subject)
        self._add(column, self.note)
        column.addSpacing(6)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        self.promise = PlainLabel(translate("Absence", "Can be undone for 60 seconds"), tone="muted")
        buttons.addWidget(self.promise, 1)
        for button in (self.remove, self.cancel, self.save):
            buttons.addWidget(button)
        column.addLayout(buttons)

    def _add(self, column: QVBoxLayout, field: QWidget) -> PlainLabel:
        label = self._label(field)
        column.addWidget(label)
        column.addWidget(field)
        return label

    def _label(self, field: QWidget) -> PlainLabel:
        label = PlainLabel(field.accessibleName(), tone="muted")
        label.setBuddy(field)
        return label

    def _connect(self) -> None:
        for field in (self.when, self.number, self.subject, self.note):
            field.textChanged.connect(self._show_preview)
        self.activity.currentIndexChanged.connect(self._on_activity)
        self.profile.currentIndexChanged.connect(self._show_preview)
        self.calls.currentIndexChanged.connect(self._show_preview)
        self.save.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.leave)
        self.remove.clicked.connect(self.delete)

    def sizeHint(self) -> QSize:
        column = self.layout()
        high = column.heightForWidth(WIDTH) if column is not None else 0
        return QSize(WIDTH, max(super().sizeHint().height(), high))

    @property
    def entry_id(self) -> str:
        """The entry that is being changed, empty for a new one."""
        return self._entry.id if self._entry is not None else ""

    @property
    def person(self) -> str:
        """Whose absence it is."""
        return self._person

    # ------------------------------------------------------------------ opening

    def open_for(self, person: str, entry: Entry | None = None) -> None:
        """Open for a new absence of a colleague, or to change an entry of theirs."""
        self._person, self._entry = person, entry
        name = self._controller.replica.people[person].name
        new, change = translate("Absence", "Absence of {name}"), translate("Absence", "Change: {name}")
        self.title.set_text((new if entry is None else change).format(name=name))
        self.setAccessibleName(self.title.text())
        self._fill_chips()
        self._fill_choices()
        self._fill(absence_form.fields_of(entry, self._controller.now()))
        is_new = entry is None
        set_shown(self.remove, not is_new)
        set_shown(self.promise, is_new)
        self.save.set_words(translate("Absence", "Divert"))
        self._show_preview()
        self._place()
        self.show()
        self.raise_()
        (self if is_new else self.when).setFocus()

    def fill(self, fields: Fields) -> None:
        """Show these fields, as if they had been typed and chosen here."""
        self._fill(fields)
        self.profile.setCurrentIndex(max(0, self.profile.findData(fields.profile)))

    def _fill_chips(self) -> None:
        self.chips.clear()
        self._shortcuts.clear()
        shortcuts = absence_form.shortcuts_of(self._controller.replica.office) if self._entry is None else ()
        for key, shortcut in shortcuts:
            self._shortcuts[key] = shortcut
            chip = KeyButton(self._theme, absence_form.shortcut_words(shortcut), key.upper())
            chip.setProperty("shortcut", key)
            chip.clicked.connect(self._on_chip)
            self.chips.addWidget(chip)

    def _fill_choices(self) -> None:
        self.profile.blockSignals(True)
        self.activity.blockSignals(True)
        self.calls.blockSignals(True)
        self.profile.clear()
        self.profile.addItem(translate("Absence", "None: as below"), "")
        profiles = absence_form.profiles_of(self._controller.replica.office) if self._entry is None else []
        for profile, words in profiles:
            self.profile.addItem(words, profile)
        for widget in (self.profile, self._profile_label):
            set_shown(widget, bool(profiles))
        self.activity.clear()
        self.activity.addItem(translate("Absence", "Absent"), "")
        for activity, words in absence_form.activities_of(self._controller.replica.office):
            self.activity.addItem(words, activity)
        self.calls.clear()
        for handling in _HANDLINGS:
            self.calls.addItem(absence_form.handling_words(handling), handling.value)
        self.profile.blockSignals(False)
        self.activity.blockSignals(False)
        self.calls.blockSignals(False)

    def _fill(self, fields: Fields) -> None:
        self.when.setText(fields.when)
        self.activity.setCurrentIndex(max(0, self.activity.findData(fields.activity)))
        self.calls.setCurrentIndex(max(0, self.calls.findData(fields.handling.value)))
        self.number.setText(fields.divert_to)
        self.subject.setText(fields.subject)
        self.note.setText(fields.note)

    # ------------------------------------------------------------------ what it says

    @property
    def fields(self) -> Fields:
        """What stands in the panel."""
        return Fields(
            when=self.when.text(),
            activity=str(self.activity.currentData() or ""),
            handling=CallHandling(self.calls.currentData() or CallHandling.VOICEMAIL.value),
            divert_to=self.number.text(),
            subject=self.subject.text(),
            note=self.note.text(),
            profile=str(self.profile.currentData() or ""),
        )

    @Slot()
    def _show_preview(self) -> None:
        fields = self.fields
        for widget in (self.activity, self.calls, self.subject):  # a profile says all of this itself
            widget.setEnabled(not fields.profile)
        is_diverted = fields.handling is CallHandling.DIVERTED and not fields.profile
        set_shown(self.number, is_diverted)
        set_shown(self._number_label, is_diverted)
        result = absence_form.read(fields, self._entry, self._controller.replica, self._controller.now())
        is_good = isinstance(result, EntryDraft)
        self.preview.set_tone("muted" if is_good or not fields.when.strip() else "busy")
        self.preview.set_text(absence_form.preview(result, self._controller.replica, self._controller.now()))
        self.save.setEnabled(is_good)
        if self.isVisible():
            self._place()

    @Slot()
    def _on_activity(self) -> None:
        """Let a reason bring its own way of handling calls along, while nothing else was chosen."""
        office = self._controller.replica.office
        if self._entry is None:
            handling = absence_form.handling_of(office, str(self.activity.currentData() or ""))
            self.calls.setCurrentIndex(max(0, self.calls.findData(handling.value)))
        self._show_preview()

    # ------------------------------------------------------------------ what is done

    @Slot()
    def accept(self) -> None:
        """Save what stands here; what cannot be saved is said, and the panel stays."""
        result = absence_form.read(self.fields, self._entry, self._controller.replica, self._controller.now())
        if isinstance(result, EntryDraft):
            self.set_wanted.emit(self._person, result, self._entry.id if self._entry is not None else "")
            self.leave()
        else:
            self.when.setFocus()

    @Slot()
    def delete(self) -> None:
        """Take the entry away."""
        if self._entry is not None:
            self.delete_wanted.emit(self._person, self._entry.id)
            self.leave()

    @Slot()
    def leave(self) -> None:
        """Close; what was not saved is gone."""
        self.hide()
        self.closed.emit()

    def use_shortcut(self, key: str) -> bool:
        """Set the shortcut of a key, for the time that is typed or its own; False when there is none."""
        shortcut = self._shortcuts.get(key.lower())
        if shortcut is None:
            return False
        draft = absence_form.shortcut_draft(shortcut, self.when.text(), self._controller.now())
        if isinstance(draft, EntryDraft):
            self.set_wanted.emit(self._person, draft, "")
            self.leave()
        return True

    def set_at_once(self, person: str, shortcut_id: str) -> bool:
        """Set a shortcut for a colleague without opening; False when it has to be said until when.

        A shortcut without an end (holiday, ill) is opened, so that nobody is away for ever by a slip.
        """
        shortcuts = self._controller.replica.office.shortcuts
        shortcut = next((s for s in shortcuts if s.id == shortcut_id and s.minutes is not None), None)
        draft = absence_form.shortcut_draft(shortcut, "", self._controller.now()) if shortcut else None
        if not isinstance(draft, EntryDraft):
            return False
        self.set_wanted.emit(person, draft, "")
        return True

    @Slot()
    def _on_chip(self) -> None:
        self.use_shortcut(str(self.sender().property("shortcut")))

    @property
    def _has_caret_itself(self) -> bool:
        """True while no field was chosen yet: a letter is a shortcut then."""
        return self.window().focusWidget() is self

    # ------------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys nobody in the panel wanted: shortcuts, then text for the field of times."""
        text = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        elif event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.delete()
        elif self._has_caret_itself and is_text(event):
            if not self.use_shortcut(text):
                self.when.setFocus()
                self.when.insert(text)
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        else:
            super().keyPressEvent(event)
