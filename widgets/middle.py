"""The middle of the window: the search field, and whom it has found."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from reception.console.api import Delta, LinkState
from reception.directory.numbers import display
from widgets import formats, intents_for, keys, standing, texts, wording
from widgets.afterwards import Afterwards
from widgets.controller import Controller
from widgets.frames import is_about_calls
from widgets.intents_for import Action, Say, View
from widgets.labels import PlainLabel, set_shown
from widgets.people_list import PeopleList
from widgets.search_box import SearchBox
from widgets.texts import translate
from widgets.theme import Theme

_FREE_AGAIN_MS: Final = 500
"""How often the list of those who are free is put together anew while statuses change."""
_ENTER_WORDS: Final = {
    "Answer": "answer",
    "AnswerNext": "answer",
    "Transfer": "transfer",
    "Complete": "connect",
    "Dial": "call",
    "Resume": "fetch",
    "TakeBack": "fetch",
}


class MiddlePane(QWidget):
    """Search field over list; in an empty list the reason why it is empty."""

    def __init__(
        self,
        controller: Controller,
        theme: Theme,
        route: Callable[[QKeyEvent], bool],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._controller = controller
        self.search = SearchBox(theme, route)
        self.list_frame = QFrame()
        self.list_frame.setObjectName("list")
        self.people = PeopleList(controller, theme)
        self.empty = PlainLabel(tone="muted", is_wrapped=True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.inside = QVBoxLayout(self.list_frame)
        self.inside.setContentsMargins(1, 1, 1, 1)
        self.inside.addWidget(self.people)
        self.inside.addWidget(self.empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(10)
        column.addWidget(self.search)
        column.addWidget(self.list_frame, 1)
        self.search.field.textChanged.connect(self._on_typed)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_FREE_AGAIN_MS)
        self._again.timeout.connect(self._on_others_free)
        self.afterwards = Afterwards(self)  # the list is painted first, then what follows from it
        self.afterwards.due.connect(self._show_count)
        controller.selection_changed.connect(self.afterwards.ask)
        controller.mark_changed.connect(self.afterwards.ask)
        controller.gone_to.connect(self._on_gone_to)
        self._show_found(is_new_search=True)
        self._show_count()

    def complete(self) -> None:
        """Say to those who listen what is what: the first time that takes longer than many rows."""
        self.people.setAccessibleName(translate("People", "Colleagues"))
        self.search.complete()

    @Slot(int)
    def keep_free(self, pixels: int) -> None:
        """Keep the lower edge free for a notice: no row, and not the selected one, is ever under it."""
        self.inside.setContentsMargins(1, 1, 1, 1 + pixels)

    def toggle_free(self) -> None:
        """Show only those who are free now, or all again."""
        controller = self._controller
        controller.only_free = not controller.only_free
        self._show_found(is_new_search=False)

    def follow(self, delta: Delta) -> None:
        """Show whoever is found now; without touching what is typed, selected or scrolled to."""
        if self._controller.only_free and (delta.statuses or delta.link) and not self._again.isActive():
            self._again.start()
        if delta.people or delta.is_reset or delta.link:
            # Who typed before there was anybody to find gets the best of the found selected, as ever.
            is_first = self._controller.selected is None and bool(self._controller.typed.strip())
            self._show_found(is_new_search=is_first and not self.people.people.rowCount())
        elif is_about_calls(delta):
            self.afterwards.ask()

    @Slot()
    def _on_others_free(self) -> None:
        if self._controller.only_free:
            self._show_found(is_new_search=False)

    @Slot()
    def _on_gone_to(self) -> None:
        """Let the list show who is selected: a search that did not find them gives way, then *only free*."""
        controller, person = self._controller, self._controller.selected
        if self.people.people.row_of(person) is None:
            self.search.field.clear()
            controller.select(person)
        if self.people.people.row_of(person) is None and controller.only_free:
            self.toggle_free()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self._controller.search(text)
        self._show_found(is_new_search=True, is_searched=True)

    def _show_found(self, *, is_new_search: bool, is_searched: bool = False) -> None:
        controller = self._controller
        if not is_searched:
            controller.search(controller.typed)
        self.people.show_found(is_new_search=is_new_search)
        is_empty = not self.people.people.rowCount()
        set_shown(self.people, not is_empty)
        set_shown(self.empty, is_empty)
        if is_empty:
            self.empty.set_text(self._empty_words())
        self.afterwards.ask()

    def _empty_words(self) -> str:
        controller = self._controller
        replica = controller.replica
        if replica.link is LinkState.REFUSED and replica.link_message is not None:
            return wording.sentence(replica.link_message).text
        if not standing.is_known(replica) and replica.link is LinkState.LOST:
            return translate("Search", "Reception cannot be reached. It is being tried again.")
        if not standing.is_known(replica) or replica.is_filling:
            return translate("Search", "Connecting to Reception …")
        if controller.typed_number:
            return translate("Search", "Nobody has this number. Enter uses {number} as it is.").format(
                number=display(controller.typed_number)
            )
        if controller.only_free:
            words = translate("Search", "Nobody who is surely free is found. {key} shows all.")
            return words.format(key=keys.cap(View.ONLY_FREE))
        if controller.typed.strip():
            return translate("Search", "Nobody found. Fewer letters find more.")
        return translate("Search", "The directory is empty. The administrator imports people.")

    @Slot()
    def _show_count(self) -> None:
        controller = self._controller
        language = texts.current()
        total, everybody = controller.found.total, len(controller.replica.people)
        if not controller.found.is_everybody:
            found = formats.count(total, language) + ("+" if controller.found.is_more else "")
            count = translate("Search", "{found} of {all}").format(
                found=found, all=formats.count(everybody, language)
            )
            if alike := len(controller.found.alike):
                also = translate("Search", "{count} sound alike").format(count=alike)
                count = f"{count} · {also}"
        else:
            count = formats.count(everybody, language)
        if controller.only_free:
            only = translate("Search", "Only free")
            count = f"{only} · {count}"
        parts = [count, translate("Search", "↑↓ select")] if everybody else []
        if enter := self._enter_words():
            parts.append(f"↵ {enter}")
        self.search.set_count(" · ".join(parts))

    def _enter_words(self) -> str:
        decision = intents_for.decide(Action.ENTER, self._controller.situation())
        if decision is None or isinstance(decision, Say):
            return ""
        return {
            "answer": translate("Search", "answer"),
            "transfer": translate("Search", "transfer"),
            "connect": translate("Search", "connect"),
            "call": translate("Search", "call"),
            "fetch": translate("Search", "fetch"),
        }[_ENTER_WORDS[type(decision).__name__]]
