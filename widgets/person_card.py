"""The colleague who is selected: status, numbers with their lines, notes, their time, others, free fields.

The parts are made once and filled anew (`card_parts`): choosing the next colleague while somebody types is no
more than painting. And that is done when the list is painted, which is where eyes are: what a key does
follows from the selection itself, never from what stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, TypeVar

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from reception.console.api import Delta, LinkState
from reception.directory.numbers import display
from reception.model.lines import LineState, PersonStatus
from reception.model.people import NumberKind, Person
from widgets import evidence, finder, formats, hours_words, keys, person_view, presence_words
from widgets.afterwards import Afterwards
from widgets.caller_words import CallerWords
from widgets.card_absence import AbsenceChips
from widgets.card_day import DayPart
from widgets.card_manager import ManagerPart, alternate_view, fields_of
from widgets.card_parts import (
    AlternateRow,
    Avatar,
    MixedText,
    Note,
    Number,
    NumberLine,
    StatusBox,
)
from widgets.controller import Controller
from widgets.frames import is_about_calls
from widgets.intents_for import Action
from widgets.labels import PlainLabel, set_shown
from widgets.texts import translate
from widgets.theme import Theme
from widgets.tokens import SCROLL_BAR

if TYPE_CHECKING:
    from widgets.faces import Faces

_ICONS: Final = {
    NumberKind.DESK: "phone",
    NumberKind.MOBILE: "mobile",
    NumberKind.SOFTPHONE: "softphone",
    NumberKind.OTHER: "number",
}
_EDGE: Final = 13
_RUNNING: Final = (LineState.TALKING, LineState.HELD, LineState.RINGING)

P = TypeVar("P", bound=QWidget)


class PersonCard(QWidget):
    """All about the selected colleague.

    Signals:
        alternate_wanted: (int) a stand-in was clicked, counted from 1.
        entry_wanted: (str) an entry was clicked, by its id.
        shortcut_wanted: (str) an absence was clicked, by its shortcut's id; empty for any other.
    """

    alternate_wanted = Signal(int)
    entry_wanted = Signal(str)
    shortcut_wanted = Signal(str)

    def __init__(self, controller: Controller, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self._theme = theme
        self._minute = 0
        self._shown: str | None = None
        self.avatar = Avatar(theme)
        self._faces: Faces | None = None
        self.name = PlainLabel(tone="title", is_wrapped=True)
        self.role = PlainLabel(tone="second", is_wrapped=True)
        self.status = StatusBox(theme)
        self.evidence = PlainLabel(tone="muted", is_wrapped=True)
        self.hours = PlainLabel(tone="muted", is_wrapped=True)
        self.lines: list[NumberLine] = []
        self.notes: list[Note] = []
        self.day = DayPart(theme)
        self.absences = AbsenceChips(theme)
        self.caller_words = CallerWords(theme)
        self.alternates: list[AlternateRow] = []
        self.manager = ManagerPart(controller, theme)
        self.fields: list[MixedText] = []
        self._alternates_head = PlainLabel(translate("Card", "Stand-ins"), tone="heading")
        self._fields_head = PlainLabel(translate("Card", "Details"), tone="heading")
        self._area = QScrollArea()
        self._rows = {name: QVBoxLayout() for name in ("lines", "notes", "alternates", "fields")}
        self._lay_out()
        self.day.week_wanted.connect(self.toggle_week)
        self.day.entry_wanted.connect(self.entry_wanted)
        self.absences.wanted.connect(self.shortcut_wanted)
        self._afterwards = Afterwards(self)
        self._afterwards.due.connect(self.refresh)
        controller.selection_changed.connect(self._afterwards.ask)
        controller.updated.connect(self._on_updated)
        self.refresh()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, 12, 0, 8)
        column.setSpacing(10)
        column.addLayout(self._header())
        boxed = QHBoxLayout()
        boxed.setContentsMargins(0, 0, _EDGE, 0)
        boxed.addWidget(self.status)
        column.addLayout(boxed)
        said = QVBoxLayout()
        said.setContentsMargins(0, 0, _EDGE, 0)
        said.setSpacing(2)
        said.addWidget(self.evidence)
        said.addWidget(self.hours)
        column.addLayout(said)
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self._details())
        column.addWidget(self._area, 1)

    def _header(self) -> QHBoxLayout:
        names = QVBoxLayout()
        names.setSpacing(1)
        names.addStretch(1)
        names.addWidget(self.name)
        names.addWidget(self.role)
        names.addStretch(1)
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, _EDGE, 0)
        top.setSpacing(11)
        top.addWidget(self.avatar, 0, Qt.AlignmentFlag.AlignTop)
        top.addLayout(names, 1)
        return top

    def _details(self) -> QWidget:
        details = QWidget()
        column = QVBoxLayout(details)
        self._inside = column
        self._area.verticalScrollBar().rangeChanged.connect(self._on_range)
        column.setContentsMargins(0, 0, _EDGE, 0)
        column.setSpacing(0)
        for rows, spacing in (("lines", 1), ("notes", 6), ("alternates", 0), ("fields", 3)):
            self._rows[rows].setSpacing(spacing)
        column.addLayout(self._rows["lines"])
        column.addSpacing(8)
        column.addLayout(self._rows["notes"])
        column.addSpacing(10)
        column.addWidget(self.caller_words)
        column.addSpacing(12)
        column.addWidget(self.day)
        column.addWidget(self.absences)
        for head, rows in ((self._alternates_head, "alternates"), (self._fields_head, "fields")):
            head.setContentsMargins(0, 14, 0, 4)
            column.addWidget(head)
            column.addLayout(self._rows[rows])
            if rows == "alternates":
                column.addWidget(self.manager)
        column.addStretch(1)
        return details

    def sizeHint(self) -> QSize:
        return QSize(392, 400)

    # ------------------------------------------------------------------ content

    @Slot()
    def use_faces(self, faces: Faces) -> None:
        """Show photos of colleagues from now on."""
        self._faces = faces
        faces.changed.connect(self._on_face)
        self._afterwards.ask()

    @Slot(str)
    def _on_face(self, person: str) -> None:
        if person == self._controller.selected:
            self._afterwards.ask()

    def refresh(self) -> None:
        """Show whoever is selected as they are now."""
        person = self._controller.person
        if (person.id if person is not None else None) != self._shown:
            self._shown = person.id if person is not None else None
            self.caller_words.forget_choice()
        for part in (self.avatar, self.status, self._area):
            set_shown(part, person is not None)
        if person is None:
            for label in (self.evidence, self.hours):
                set_shown(label, False)
            self.name.set_text(translate("Card", "Nobody selected"))
            self.role.set_text(translate("Card", "Type a name, a department or a number."))
            self.setAccessibleName(translate("Card", "Card"))
            return
        name = person_view.name_of(person)
        self.name.set_text(name)
        self.role.set_text(" · ".join(p for p in (_role(person), person.initials) if p))
        self.setAccessibleName(translate("Card", "Card of {name}").format(name=name))
        for part_of_day in (self.evidence, self.day, self.caller_words):
            set_shown(part_of_day, person.contact is None)
        self._show_texts(person)
        self._show_status(person)

    def _show_texts(self, person: Person) -> None:
        notes = [(name, text) for name, text in person.notes.items() if text]
        for note, (name, text) in zip(
            self._take("notes", self.notes, len(notes), self._note), notes, strict=True
        ):
            note.show_text("", f"{name}:", f" {text}")
        fields = fields_of(person, self._controller.replica)
        shown = self._take("fields", self.fields, len(fields), self._field)
        for line, (name, text) in zip(shown, fields, strict=True):
            line.show_text(f"{name}: ", text, "")
        set_shown(self._fields_head, bool(fields))

    def _take(self, rows: str, pool: list[P], count: int, make: Callable[[], P]) -> Sequence[P]:
        """Return so many widgets of a pool, visible; the others are hidden."""
        while len(pool) < count:
            pool.append(make())
            self._rows[rows].addWidget(pool[-1])
        for n, widget in enumerate(pool):
            set_shown(widget, n < count)
        return pool[:count]

    def _note(self) -> Note:
        return Note(self._theme)

    def _field(self) -> MixedText:
        return MixedText(self._theme, pixels=12, is_muted=True, is_bold=False)

    def _line(self) -> NumberLine:
        return NumberLine(self._theme)

    def _alternate(self) -> AlternateRow:
        row = AlternateRow(self._theme, len(self.alternates) + 1)
        row.wanted.connect(self.alternate_wanted)
        return row

    # ------------------------------------------------------------------ what changes

    def status_of(self, person: Person) -> tuple[PersonStatus, bool]:
        """Return the status of a person and whether it is stale."""
        replica = self._controller.replica
        status = replica.statuses.get(person.id) or presence_words.unknown(person.id)
        return status, status.is_stale or replica.link is not LinkState.UP

    def _show_status(self, person: Person) -> None:
        controller = self._controller
        replica = controller.replica
        at = person_view.moment_of(replica, controller.now())
        self._minute = int(at.now // 60)
        if person.contact is not None:
            self._show_contact(person, at)
            return
        status, is_stale = self.status_of(person)
        sentence = person_view.sentence(status, at)
        face = self._faces.circle(person.id, self.avatar.side) if self._faces is not None else None
        self.avatar.show_person(person_view.initials_of(person), status.kind, is_stale=is_stale, face=face)
        self.avatar.setAccessibleName(sentence.text)
        self.status.show_sentence(sentence)
        self.evidence.set_text(evidence.words(status, at.now))
        self.hours.set_text(hours_words.words(status.hours, at.now))
        set_shown(self.hours, bool(self.hours.text()))
        timeline = replica.timelines.get(person.id)
        entries = person_view.entries(timeline, replica, at.now)
        self.day.show_time(timeline, entries, at, status.hours)
        self.caller_words.show_status(person, status, replica, at.now)
        self.absences.show_office(replica.office)
        set_shown(self.absences, timeline is None or not timeline.is_locked)
        self._show_lines(person, at)
        self._show_others(person, at)

    def _show_contact(self, person: Person, at: person_view.Moment) -> None:
        """Show somebody outside: what they are to us, and how to reach them."""
        from widgets import contact_words

        sentence = contact_words.sentence(person)
        self.avatar.show_person(person_view.initials_of(person), None, is_stale=False)
        self.avatar.setAccessibleName(sentence.text)
        self.status.show_sentence(sentence)
        set_shown(self.absences, False)
        set_shown(self.hours, False)
        self._show_lines(person, at)
        self._show_others(person, at)

    def next_language(self) -> None:
        """Word the sentence for the caller in another language."""
        person = self._controller.person
        if person is not None and person.contact is None:
            self.caller_words.next_language(self._controller.replica)
            self._show_status(person)

    def _show_lines(self, person: Person, at: person_view.Moment) -> None:
        order = finder.numbers_of(person)
        chosen = order[self._controller.chosen_number % len(order)] if order else None
        kinds = {n.number: n.kind for n in person.numbers}
        status, is_stale = self.status_of(person)
        is_stale = is_stale and at.are_lines_old
        shown = [
            self._number(person, number, kinds[number], status, is_stale=is_stale, is_chosen=number == chosen)
            for number in order
        ]
        if person.email:
            words = person_view.teams_words(status)
            shown.append(Number("mail", translate("Card", "E-mail"), person.email, words))
        for line, number in zip(self._take("lines", self.lines, len(shown), self._line), shown, strict=True):
            line.show_number(number)

    def _number(
        self,
        person: Person,
        number: str,
        kind: NumberKind,
        status: PersonStatus,
        *,
        is_stale: bool,
        is_chosen: bool,
    ) -> Number:
        line = presence_words.find_line(status, number)
        state = line.state if line else LineState.UNKNOWN
        words = presence_words.line_words(state, is_stale=is_stale) if person.contact is None else ""
        if line is not None and state in _RUNNING and not is_stale:
            words = f"{words} {formats.duration(self._controller.now() - line.since)}"
        is_mobile = kind is NumberKind.MOBILE and person.number_of(NumberKind.MOBILE) == number
        caps = (["↵"] if is_chosen else []) + ([keys.cap(Action.MOBILE)] if is_mobile else [])
        tone = "unknown" if is_stale else presence_words.LINE_TONES[state]
        kind_words = presence_words.number_kind_words(kind)
        return Number(_ICONS[kind], kind_words, display(number), words, tone, tuple(caps), is_chosen)

    def _show_others(self, person: Person, at: person_view.Moment) -> None:
        people = self._controller.replica.people
        found = [(n, people[p]) for n, p in enumerate(person.alternates, 1) if p in people]
        rows = self._take("alternates", self.alternates, len(person.alternates), self._alternate)
        known = dict(found)
        for n, row in enumerate(rows, 1):
            if n in known:
                row.show_alternate(alternate_view(known[n], self._controller.replica, at), f"Alt {n}")
            set_shown(row, n in known)
        set_shown(self._alternates_head, bool(found))
        self.manager.show_of(person, at)

    @Slot(int, int)
    def _on_range(self, _least: int, most: int) -> None:
        """Let the scroll bar stand in the margin: nothing moves sideways when it comes."""
        self._inside.setContentsMargins(0, 0, _EDGE - SCROLL_BAR if most else _EDGE, 0)

    @Slot()
    def toggle_week(self) -> None:
        """Show seven days instead of today, or today again."""
        self.day.set_week(not self.day.is_week)
        self.refresh()

    def tick(self) -> None:
        """Let the clocks of the lines run; with another minute all that tells of time."""
        person = self._controller.person
        if person is None:
            return
        now = self._controller.now()
        if int(now // 60) != self._minute:
            self._show_status(person)
        else:
            self._show_lines(person, person_view.moment_of(self._controller.replica, now))

    @Slot(object)
    def _on_updated(self, delta: Delta) -> None:
        person = self._controller.person
        if is_about_calls(delta) and person is not None:
            self.caller_words.forget_choice()  # another caller may speak another language
            self._show_status(person)
        seen = {self._controller.selected, *((*person.alternates, person.manager) if person else ())}
        changed = delta.people | delta.statuses | delta.timelines
        if delta.is_reset or delta.link or delta.sources or delta.office or seen & changed:
            self.refresh()


def _role(person: Person) -> str:
    if person.contact is not None:
        from widgets import contact_words

        return contact_words.role(person)
    return " · ".join(part for part in (person.title, person.department) if part)
