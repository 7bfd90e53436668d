"""Words for the caller: what may be read aloud of the selected colleague, in the caller's language.

The sentence never holds a subject (`reception.presence.sentences`). Its language follows from the caller's
number, else it is the window's; Ctrl+L takes another one.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from reception.console.api import ReplicaView
from reception.model.lines import PersonStatus
from reception.model.office import Office
from reception.model.people import Person
from reception.presence.sentences import Sentences
from widgets import keys, paint, standing, texts, zone
from widgets.intents_for import View
from widgets.labels import PlainLabel
from widgets.texts import translate
from widgets.theme import Theme

_COUNTRIES: Final = {
    "+45": "da",
    "+298": "da",
    "+299": "da",
    "+49": "de",
    "+43": "de",
    "+41": "de",
    "+423": "de",
    "+44": "en",
    "+1": "en",
    "+353": "en",
    "+61": "en",
}
"""The language that callers from a country most likely speak."""


def language_of(number: str) -> str | None:
    """Return the language of a caller's country (E.164), or None when it tells nothing."""
    for length in (4, 3, 2):
        if found := _COUNTRIES.get(number[:length]):
            return found
    return None


class LanguageCap(QWidget):
    """Which language the words are in, and the key that takes another one."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._language = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_language(self, language: str) -> None:
        """Show a language."""
        if language != self._language:
            self._language = language
            self.setAccessibleName(f"{keys.label(View.LANGUAGE)}: {language}, {keys.cap(View.LANGUAGE)}")
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(120, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        t = self._theme.tokens
        painter = QPainter(self)
        words = translate("Card", "For the caller").upper()
        paint.draw_text(painter, QRectF(0, 0, self.width(), 20), words, t.muted, pixels=11, weight=paint.SEMI)
        used = paint.draw_key_cap(painter, QPointF(self.width(), 10), keys.cap(View.LANGUAGE), t)
        place = QRectF(0, 0, self.width() - used - 8, 20)
        right = Qt.AlignmentFlag.AlignRight
        language = self._language.upper()
        paint.draw_text(painter, place, language, t.text, pixels=11, weight=paint.SEMI, align=right)
        painter.end()


class CallerWords(QWidget):
    """The sentence, under a heading with its language."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chosen: str | None = None
        self._made_of: tuple[Office, str] | None = None
        self._sentences = Sentences(Office())
        self.cap = LanguageCap(theme)
        self.words = PlainLabel(is_wrapped=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.cap)
        column.addWidget(self.words)

    def next_language(self, replica: ReplicaView) -> None:
        """Take the next language until another colleague is chosen."""
        present = texts.LANGUAGES.index(self._language(replica))
        self._chosen = texts.LANGUAGES[(present + 1) % len(texts.LANGUAGES)]

    def forget_choice(self) -> None:
        """Another colleague, or another caller: the language follows from the caller again."""
        self._chosen = None

    def show_status(self, person: Person, status: PersonStatus, replica: ReplicaView, now: float) -> None:
        """Say what may be said of a colleague now."""
        language = self._language(replica)
        made_of = (replica.office, replica.zone)
        if made_of != self._made_of:
            self._made_of = made_of
            self._sentences = Sentences(replica.office, zone.current())
        said = self._sentences.aloud(status, name=person.name, language=language, now=now)
        self.cap.show_language(language)
        self.words.set_text(f"»{said}«" if language != "en" else f"“{said}”")
        self.setAccessibleName(said)

    def _language(self, replica: ReplicaView) -> str:
        if self._chosen is not None:
            return self._chosen
        call = standing.in_hand(replica)
        number = call.party.number if call is not None else ""
        return language_of(number or "") or texts.current()
