"""What the hub found, line by line: a mark with a shape, what was looked at, and what to mend."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from reception.model.findings import Finding
from widgets.labels import PlainLabel
from widgets.setup_words import fault_words, finding_words, link_of
from widgets.texts import translate
from widgets.theme import Theme

WELL, ILL, TO_DO = "✓", "✕", "→"


class FindingRow(QWidget):
    """One finding. One that has a link to its remedy has buttons to open and to copy it, and one that is an
    address for somewhere else a button to copy that."""

    def __init__(self, finding: Finding, *, has_link: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finding = finding
        self.link = link_of(finding.fault) if has_link else ""
        is_well = finding.fault is None
        is_to_do = bool(finding.copy)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        mark = PlainLabel(WELL if is_well else ILL, tone="free" if is_well else "busy")
        if is_to_do:
            mark = PlainLabel(TO_DO, tone="muted")
        mark.setFixedWidth(16)
        words = QVBoxLayout()
        words.setSpacing(2)
        self.what = PlainLabel(finding_words(finding), tone="" if is_well else "strong", is_wrapped=True)
        words.addWidget(self.what)
        self.why = PlainLabel(is_wrapped=True)
        if finding.fault is not None:
            self.why.set_text(fault_words(finding.fault))
            words.addWidget(self.why)
        if is_to_do:
            self.why.set_text(finding.copy)
            self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            words.addWidget(self.why)
            words.addLayout(self._address_row())
        elif self.link:
            words.addLayout(self._link_row())
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        state = translate("Setup", "well") if is_well else translate("Setup", "not well")
        if is_to_do:
            state = translate("Setup", "to be entered there; it cannot be looked at from here")
        self.setAccessibleName(" ".join((f"{self.what.text()}: {state}.", self.why.text())).strip())

    def _link_row(self) -> QHBoxLayout:
        self.open = QPushButton(translate("Setup", "Open the page of consent"))
        self.copy = QPushButton(translate("Setup", "Copy the link"))
        self.open.clicked.connect(self._on_open)
        return self._row_of(self.open, self.copy, about=self.link)

    def _address_row(self) -> QHBoxLayout:
        self.copy = QPushButton(translate("Setup", "Copy the address"))
        return self._row_of(self.copy, about=self.finding.copy)

    def _row_of(self, *buttons: QPushButton, about: str) -> QHBoxLayout:
        """Return a row of buttons, the last of which copies what they are about."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in buttons:
            button.setAutoDefault(False)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.setAccessibleDescription(about)
            button.setToolTip(about)
            row.addWidget(button)
        self.copy.clicked.connect(self._on_copy)
        row.addStretch(1)
        return row

    @Slot()
    def _on_open(self) -> None:
        QDesktopServices.openUrl(QUrl(self.link))

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.finding.copy or self.link)
        self.copy.setText(translate("Setup", "Copied"))


class FindingsList(QWidget):
    """All findings of one check, in their order."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rows: list[FindingRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 6, 0, 6)
        self._column.setSpacing(8)
        self.setAccessibleName(translate("Setup", "Findings"))

    def clear(self) -> None:
        """Forget those of a check before."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self.rows = []

    def add(self, finding: Finding) -> None:
        """Show one more; the same link is offered once."""
        known = {row.link for row in self.rows}
        row = FindingRow(finding, has_link=link_of(finding.fault) not in known)
        self.rows.append(row)
        self._column.addWidget(row)
