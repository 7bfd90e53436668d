"""The assistant that sets a service up: what it needs, what is used, a check by the hub, and saving.

It is made from a description (`reception.model.setup`), so every service has the same one. Nothing holds
before it is saved; the check keeps nothing. It stands beside the window and does not hold it up.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QCloseEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from reception.model.findings import Finding
from reception.model.setup import (
    ON,
    ExamineSetup,
    FieldKind,
    FindingMade,
    HubRestarts,
    RestartHub,
    SaveSetup,
    ServiceSetup,
    SetupAnswer,
    SetupExamined,
    SetupRefused,
    SetupSaved,
    SetupTask,
    Step,
)
from widgets.labels import PlainLabel
from widgets.setup_fields import FieldRow
from widgets.setup_findings import FindingsList
from widgets.setup_words import described, fault_words
from widgets.texts import translate
from widgets.theme import Theme

SetUp: TypeAlias = Callable[[SetupTask, Callable[[SetupAnswer], None]], None]
"""`reception.console.api.Session.set_up`."""

_SIZE: Final = (620, 560)


class StepPage(QWidget):
    """The fields of one step; those that most houses leave are shown when somebody wants them."""

    def __init__(self, step: Step, service: ServiceSetup) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        if step.help:
            column.addWidget(PlainLabel(described(step.help), is_wrapped=True))
        self.rows = [
            FieldRow(f, service.values.get(f.name, f.default), is_kept=f.name in service.kept)
            for f in step.fields
        ]
        self.more = QCheckBox(translate("Setup", "More settings"))
        self.more.toggled.connect(self._follow)
        usual, rare = (
            [row for row in self.rows if row.field.is_rare is is_rare] for is_rare in (False, True)
        )
        for widget in (*usual, self.more, *rare):
            column.addWidget(widget)
        column.addStretch(1)
        self._by_name = {row.field.name: row for row in self.rows}
        for row in self.rows:
            row.changed.connect(self._follow)
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """Show the fields of switches that are on, and addresses as they are made of others."""
        wanted = [row for row in self.rows if self._is_wanted(row)]
        self.more.setVisible(any(row.field.is_rare for row in wanted))
        for row in self.rows:
            row.setVisible(row in wanted and (not row.field.is_rare or self.more.isChecked()))
            if (host := self._by_name.get(row.field.begins_with)) is not None:
                row.tell(host.value, described(host.field.label))

    def _is_wanted(self, row: FieldRow) -> bool:
        switch = self._by_name.get(row.field.within)
        return switch is None or switch.value == ON


class SetupAssistant(QDialog):
    """One assistant at work.

    Signals:
        saved: the hub has taken new settings.
    """

    saved = Signal()

    def __init__(self, service: ServiceSetup, set_up: SetUp, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._service = service
        self._description = service.description
        self._set_up = set_up
        self._run = 0
        self._is_saving = False
        self.setWindowTitle(
            translate("Setup", "Set up {service}").format(service=described(self._description.title))
        )
        self.setModal(False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(*_SIZE)
        self.place, self.title = PlainLabel(tone="muted"), PlainLabel(tone="title")
        self.pages = QStackedWidget()
        self.steps = [StepPage(step, service) for step in self._description.steps]
        self.findings = FindingsList(theme)
        self.outcome = PlainLabel(is_wrapped=True)
        self.verdict = PlainLabel(tone="strong", is_wrapped=True)
        self._make_buttons()
        self._lay_out()
        self._show_page(0)

    # ------------------------------------------------------------------ parts

    def _make_buttons(self) -> None:
        self.back = self._button(translate("Setup", "Back"), self._on_back)
        self.next = self._button(translate("Setup", "Next"), self._on_next)
        self.again = self._button(translate("Setup", "Check again"), self.check)
        self.restart = self._button(translate("Setup", "Restart the hub"), self._on_restart)
        self.cancel = self._button(translate("Setup", "Cancel"), self.reject)
        self.next.setDefault(True)

    def _button(self, words: str, on_clicked: Callable[[], None]) -> QPushButton:
        button = QPushButton(words, self)
        button.setAutoDefault(False)
        button.setMinimumHeight(34)
        button.clicked.connect(on_clicked)
        return button

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(self.place)
        column.addWidget(self.title)
        for page in (*self.steps, self._check_page()):
            scrolled = QScrollArea()
            scrolled.setWidgetResizable(True)
            scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            scrolled.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            scrolled.setWidget(page)
            self.pages.addWidget(scrolled)
        self.pages.addWidget(self._save_page())
        column.addWidget(self.pages, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.cancel)
        row.addStretch(1)
        for button in (self.restart, self.again, self.back, self.next):
            row.addWidget(button)
        column.addLayout(row)

    def _check_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 12, 0)
        words = translate("Setup", "The hub tries these settings now. Nothing is saved by that.")
        column.addWidget(PlainLabel(words, is_wrapped=True))
        column.addWidget(self.findings)
        column.addWidget(self.verdict)
        column.addStretch(1)
        return page

    def _save_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(10)
        words = translate(
            "Setup",
            "Saving writes the hub's file of settings. Comments and everything else in it stay, and the file "
            "as it was is kept beside it.",
        )
        column.addWidget(PlainLabel(words, is_wrapped=True))
        column.addWidget(self.outcome)
        column.addStretch(1)
        return page

    # ------------------------------------------------------------------ going on

    @property
    def at(self) -> int:
        """The page that is shown, from 0."""
        return self.pages.currentIndex()

    @property
    def _check_at(self) -> int:
        return len(self.steps)

    @property
    def values(self) -> dict[str, str]:
        """What stands in all fields, without secrets."""
        rows = (row for page in self.steps for row in page.rows)
        return {
            row.field.name: row.value
            for row in rows
            if not row.field.is_kept_back and row.field.kind is not FieldKind.TOLD
        }

    @property
    def _secrets(self) -> dict[str, str]:
        rows = (row for page in self.steps for row in page.rows)
        return {row.field.name: row.secret for row in rows if row.secret}

    def _show_page(self, number: int) -> None:
        self.pages.setCurrentIndex(number)
        count = self.pages.count()
        self.place.set_text(translate("Setup", "Step {n} of {count}").format(n=number + 1, count=count))
        self.title.set_text(self._title_of(number))
        self.back.setVisible(number > 0)
        self.again.setVisible(number == self._check_at)
        self.restart.hide()
        is_last = number == count - 1
        self.next.setText(translate("Setup", "Save") if is_last else translate("Setup", "Next"))
        self.cancel.setText(translate("Setup", "Cancel"))
        self.next.setVisible(True)
        self.next.setEnabled(True)
        self.next.setDefault(True)
        self.outcome.set_text("")
        self.setAccessibleName(f"{self.place.text()}: {self.title.text()}")
        self._take_caret(number)

    def _title_of(self, number: int) -> str:
        if number < self._check_at:
            return described(self._description.steps[number].title)
        return translate("Setup", "Check") if number == self._check_at else translate("Setup", "Save")

    def _take_caret(self, number: int) -> None:
        if number < self._check_at:
            self.steps[number].rows[0].editor.setFocus()
        else:
            self.next.setFocus()

    @Slot()
    def _on_back(self) -> None:
        self._show_page(self.at - 1)

    @Slot()
    def _on_next(self) -> None:
        if self.at == self.pages.count() - 1:
            self.save()
            return
        self._show_page(self.at + 1)
        if self.at == self._check_at:
            self.check()

    # ------------------------------------------------------------------ the check

    @Slot()
    def check(self) -> None:
        """Have the hub try what stands in the fields; its findings come line by line."""
        self._run += 1
        run = self._run
        self.findings.clear()
        self.verdict.set_text(translate("Setup", "Checking …"))
        self.again.setEnabled(False)
        task = ExamineSetup(service=self._description.service, values=self.values, secrets=self._secrets)
        self._set_up(task, lambda said: self._on_checked(run, said))

    def _on_checked(self, run: int, said: SetupAnswer) -> None:
        if run != self._run:
            return  # of a check before, or of a window that is gone
        match said:
            case FindingMade(finding=finding):
                self.findings.add(finding)
                return
            case SetupExamined(is_well=is_well):
                words = (
                    translate("Setup", "All is well.")
                    if is_well
                    else translate("Setup", "Not all is well. You may save all the same and mend it later.")
                )
            case SetupRefused(message=message):
                words = fault_words(message)
                self.findings.add(Finding(what="settings", fault=message))
            case _:
                return
        self.verdict.set_text(words)
        self._announce(words)
        self.again.setEnabled(True)

    # ------------------------------------------------------------------ saving

    def save(self) -> None:
        """Have the hub write it down and use it."""
        self.next.setEnabled(False)
        self.outcome.set_text(translate("Setup", "Saving …"))
        self._run += 1
        run = self._run
        task = SaveSetup(service=self._description.service, values=self.values, secrets=self._secrets)
        self._set_up(task, lambda said: self._on_saved(run, said))

    def _on_saved(self, run: int, said: SetupAnswer) -> None:
        if run != self._run:
            return
        match said:
            case SetupSaved(backup=backup, needs_restart=needs_restart):
                self._show_saved(backup, needs_restart=needs_restart)
                self.saved.emit()
            case HubRestarts():
                self.restart.hide()
                self.outcome.set_text(translate("Setup", "The hub begins again. Calls go on meanwhile."))
            case SetupRefused(message=message):
                self.outcome.set_text(fault_words(message))
                self._announce(self.outcome.text())
                self.next.setEnabled(True)

    def _show_saved(self, backup: str, *, needs_restart: bool) -> None:
        lines = [translate("Setup", "Saved, and in use now.")]
        if backup:
            lines.append(translate("Setup", "The file as it was: {file}").format(file=backup))
        if needs_restart:
            lines.append(
                translate(
                    "Setup",
                    "Somebody has changed other settings in the file by hand. They hold when the hub begins "
                    "again; calls go on meanwhile.",
                )
            )
        self.outcome.set_text("\n".join(lines))
        self._announce(" ".join(lines))
        self.next.hide()
        self.back.hide()
        self.restart.setVisible(needs_restart)
        self.cancel.setText(translate("Setup", "Close"))
        self.cancel.setDefault(True)
        self.cancel.setFocus()

    @Slot()
    def _on_restart(self) -> None:
        run = self._run
        self._set_up(RestartHub(), lambda said: self._on_saved(run, said))

    def _announce(self, words: str) -> None:
        """Tell whoever listens what has come, without taking the caret."""
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))

    # ------------------------------------------------------------------ Qt

    def done(self, result: int) -> None:
        self._run += 1  # whatever comes now finds nobody
        super().done(result)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._run += 1
        super().closeEvent(event)
