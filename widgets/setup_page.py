"""How a service is set up and how it is doing: a page of the settings, for administrators.

What it shows is asked of the hub again and again while it can be seen, so its lights and ages are true.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from reception.model.changes import SourceState
from reception.model.setup import ON, Field, FieldKind, ServiceSetup
from widgets.controller import Controller
from widgets.labels import PlainLabel
from widgets.setup_words import described
from widgets.source_details import source_details
from widgets.source_words import source_name
from widgets.texts import translate
from widgets.theme import Theme
from widgets.top_bar import TONES, Light

LOOK_MS = 3_000
"""How often the hub is asked, while the page can be seen."""
_NAME_WIDE = 220
"""Longer names of settings go on on another line: ids have their room beside them."""


class SourceRow(QWidget):
    """One light with all about it in words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.light = Light(theme, self)
        self.words = PlainLabel(is_wrapped=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.light, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)

    def show_source(self, source_id: str, controller: Controller, good_at: float | None) -> None:
        """Show how it is doing."""
        source = controller.replica.sources.get(source_id)
        name = source_name(source_id)
        if source is None:
            self.light.show_words(name, "off")
            self.words.set_text(translate("Setup", "not there yet"))
        else:
            is_incomplete = source.state is SourceState.UP and source.message is not None
            self.light.show_words(name, "away" if is_incomplete else TONES[source.state])
            self.words.set_text(source_details(source, controller.now(), good_at))
        self.light.setFixedSize(max(110, self.light.sizeHint().width()), 20)
        self.setAccessibleName(f"{name}: {self.words.text()}")


class ServicePage(QWidget):
    """One service.

    Signals:
        look_wanted: the hub is to be asked again.
        assistant_wanted: (ServiceSetup) it is to be set up.
    """

    look_wanted = Signal()
    assistant_wanted = Signal(object)

    def __init__(
        self, service: ServiceSetup, controller: Controller, theme: Theme, *, can_save: bool
    ) -> None:
        super().__init__()
        self._controller = controller
        self._theme = theme
        self.service = service
        self.rows: dict[str, SourceRow] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 8)
        column.setSpacing(10)
        self.state = PlainLabel(is_wrapped=True)
        column.addWidget(self.state)
        self._lights = QVBoxLayout()
        self._lights.setSpacing(6)
        column.addLayout(self._lights)
        self._scrolled = self._settings(described(service.description.title))
        column.addWidget(self._scrolled, 1)
        self.begin = QPushButton()
        self.begin.setMinimumHeight(34)
        self.begin.setAutoDefault(False)
        self.begin.setEnabled(can_save)
        self.begin.clicked.connect(self._on_begin)
        row = QHBoxLayout()
        row.addWidget(self.begin)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(0)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self.look_wanted)
        controller.updated.connect(self.refresh)
        self.show_service(service)

    def _settings(self, title: str) -> QScrollArea:
        """Return where the settings stand, however many there are; the keys of the caret go through them."""
        inside = QWidget()
        self._form = QFormLayout(inside)
        self._form.setContentsMargins(0, 0, 12, 0)
        self._form.setSpacing(6)
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        scrolled = QScrollArea()
        scrolled.setWidgetResizable(True)
        scrolled.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scrolled.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scrolled.setAccessibleName(title)
        scrolled.setWidget(inside)
        return scrolled

    def show_service(self, service: ServiceSetup) -> None:
        """Show what the hub says of it now."""
        is_same = service.values == self.service.values and service.kept == self.service.kept
        self.service = service
        if not is_same or not self._form.rowCount():
            self._show_values()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the lights as they are now."""
        service = self.service
        for gone in self.rows.keys() - set(service.sources):
            row = self.rows.pop(gone)
            self._lights.removeWidget(row)
            row.deleteLater()
        for source in service.sources:
            if source not in self.rows:
                self.rows[source] = SourceRow(self._theme)
                self._lights.addWidget(self.rows[source])
            self.rows[source].show_source(source, self._controller, service.good_at.get(source))
        title = described(service.description.title)
        words = translate("Setup", "{service} is not set up.") if not service.is_used else ""
        self.state.set_text(words.format(service=title))
        self.state.setVisible(bool(words))
        self.begin.setText(
            translate("Setup", "Change …") if service.is_used else translate("Setup", "Set up …")
        )
        self.begin.setAccessibleName(f"{title}: {self.begin.text()}")

    def _show_values(self) -> None:
        while self._form.rowCount():
            self._form.removeRow(0)
        self._scrolled.setVisible(self.service.is_used)
        if not self.service.is_used:
            return
        for field in self.service.description.fields:
            if (value := self._value(field)) and not field.is_rare:
                label = PlainLabel(value)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                name = PlainLabel(described(field.label), tone="muted", is_wrapped=True)
                name.setFixedWidth(_NAME_WIDE)
                self._form.addRow(name, label)

    def _value(self, field: Field) -> str:
        value = self.service.values.get(field.name, "")
        if field.within and self.service.values.get(field.within) != ON:
            return ""
        match field.kind:
            case FieldKind.SECRET | FieldKind.FILE:
                return translate("Setup", "kept by the hub") if field.name in self.service.kept else ""
            case FieldKind.SWITCH:
                return translate("Setup", "yes") if value == ON else translate("Setup", "no")
            case FieldKind.TOLD:
                return value if "://" in value else ""
            case FieldKind.CHOICE:
                return next((described(c.label) for c in field.choices if c.value == value), value)
            case _:
                return value

    @Slot()
    def _on_begin(self) -> None:
        self.assistant_wanted.emit(self.service)

    # ------------------------------------------------------------------ Qt

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look_wanted.emit()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()
