"""The fields of a description as they are filled in: one row for each, with its help and its permission."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reception.model.setup import MOST_FILE_BYTES, OFF, ON, Field, FieldKind
from widgets.labels import PlainLabel
from widgets.setup_words import described
from widgets.texts import translate

HEIGHT: Final = 34
"""Pixels of whatever takes the caret."""
_SWITCH: Final = 24
_BESIDE_SWITCH: Final = 24


class FieldRow(QWidget):
    """One setting: its name, what it takes, and why.

    Signals:
        changed: what stands in it is different.
    """

    changed = Signal()

    def __init__(self, field: Field, value: str, *, is_kept: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.editor: QWidget = QWidget()
        self._secret = ""
        self._told = ""
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 6)
        self._column.setSpacing(3)
        self.note = PlainLabel(tone="muted", is_wrapped=True)
        self._build(value, is_kept=is_kept)
        self._column.addWidget(self.note)
        self._describe()

    def _build(self, value: str, *, is_kept: bool) -> None:
        match self.field.kind:
            case FieldKind.SWITCH:
                self._add_switch(value)
            case FieldKind.CHOICE:
                self._add_choice(value)
            case FieldKind.FILE:
                self._add_file(is_kept=is_kept)
            case FieldKind.TOLD:
                self._add_told(value)
            case _:
                self._add_line(value, is_kept=is_kept)
        self.editor.setObjectName("field")
        is_switch = self.field.kind is FieldKind.SWITCH
        self.editor.setMinimumHeight(HEIGHT if not is_switch else _SWITCH)
        self.note.setIndent(_BESIDE_SWITCH if is_switch else -1)
        self.editor.setAccessibleName(described(self.field.label))

    @property
    def value(self) -> str:
        """What stands in the field, as the hub takes it."""
        match self.editor:
            case QCheckBox() as switch:
                return ON if switch.isChecked() else OFF
            case QComboBox() as choice:
                return str(choice.currentData())
            case QLineEdit() as line:
                return line.text().strip()
        return ""

    @property
    def secret(self) -> str:
        """What was typed or read, if it must not be told again; empty when it stays as it is."""
        if self.field.kind is FieldKind.FILE:
            return self._secret
        return self.value if self.field.kind is FieldKind.SECRET else ""

    @property
    def permission(self) -> str:
        """What must be consented to for what is chosen now."""
        if isinstance(self.editor, QComboBox):
            return next((c.permission for c in self.field.choices if c.value == self.value), "")
        return self.field.permission

    # ------------------------------------------------------------------ kinds

    def _add_switch(self, value: str) -> None:
        switch = QCheckBox(described(self.field.label))
        switch.setChecked(value == ON)
        switch.toggled.connect(self._on_changed)
        self._column.addWidget(switch)
        self.editor = switch

    def _add_choice(self, value: str) -> None:
        box = QComboBox()
        for choice in self.field.choices:
            box.addItem(described(choice.label), choice.value)
        box.setCurrentIndex(max(0, box.findData(value)))
        box.currentIndexChanged.connect(self._on_changed)
        self._add_named(box)

    def _add_line(self, value: str, *, is_kept: bool) -> None:
        line = QLineEdit(value)
        line.setPlaceholderText(self.field.example)
        if self.field.kind is FieldKind.SECRET:
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setPlaceholderText(_kept_words() if is_kept else "")
        line.textChanged.connect(self._on_changed)
        self._add_named(line)

    def _add_file(self, *, is_kept: bool) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        line = QLineEdit()
        line.setPlaceholderText(_kept_words() if is_kept else translate("Setup", "Path of the file"))
        line.editingFinished.connect(self._on_path)
        choose = QPushButton(translate("Setup", "Choose …"))
        choose.setAutoDefault(False)
        choose.setAccessibleDescription(described(self.field.label))
        choose.clicked.connect(self._on_choose)
        self._column.addWidget(PlainLabel(described(self.field.label)))
        row.addWidget(line, 1)
        row.addWidget(choose)
        self._column.addLayout(row)
        self.editor = line

    def _add_told(self, value: str) -> None:
        self._told = value
        row = QHBoxLayout()
        row.setSpacing(8)
        line = QLineEdit()
        line.setReadOnly(True)
        self.copy = QPushButton(translate("Setup", "Copy"))
        self.copy.setAutoDefault(False)
        self.copy.setAccessibleDescription(described(self.field.label))
        self.copy.clicked.connect(self._on_copy)
        self._column.addWidget(PlainLabel(described(self.field.label)))
        row.addWidget(line, 1)
        row.addWidget(self.copy)
        self._column.addLayout(row)
        self.editor = line
        self.tell("")

    def tell(self, host: str, title: str = "") -> None:
        """Show what is told, with another host where one is given; `title` is the field that has it."""
        assert isinstance(self.editor, QLineEdit)
        place = urlsplit(self._told).path
        address = f"{host.rstrip('/')}{place}" if host else self._told
        is_whole = "://" in address
        self.editor.setText(address if is_whole else "")
        self.editor.setCursorPosition(0)
        words = translate("Setup", "Stands here when “{title}” is filled in.")
        self.editor.setPlaceholderText(words.format(title=title))
        self.copy.setEnabled(is_whole)
        self.copy.setText(translate("Setup", "Copy"))

    def _add_named(self, editor: QWidget) -> None:
        label = PlainLabel(described(self.field.label))
        label.setBuddy(editor)
        self._column.addWidget(label)
        self._column.addWidget(editor)
        self.editor = editor

    # ------------------------------------------------------------------ what it says

    def _describe(self) -> None:
        parts = [described(self.field.help)]
        if self.permission:
            parts.append(translate("Setup", "needs {permission}").format(permission=self.permission))
        self._note(" · ".join(part for part in parts if part))

    def _note(self, words: str) -> None:
        self.note.set_text(words)
        self.note.setVisible(bool(words))
        self.editor.setAccessibleDescription(words)

    @Slot()
    def _on_changed(self) -> None:
        self._describe()
        self.changed.emit()

    @Slot()
    def _on_copy(self) -> None:
        assert isinstance(self.editor, QLineEdit)
        QGuiApplication.clipboard().setText(self.editor.text())
        self.copy.setText(translate("Setup", "Copied"))

    # ------------------------------------------------------------------ files

    @Slot()
    def _on_choose(self) -> None:
        dialog = QFileDialog(self, described(self.field.label))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.read)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()  # `exec` would hold the window up

    @Slot()
    def _on_path(self) -> None:
        self.read(self.value)

    @Slot(str)
    def read(self, path: str) -> None:
        """Take a file's content; what cannot be read is said below the field."""
        assert isinstance(self.editor, QLineEdit)
        self._secret = ""
        if path != self.editor.text():
            self.editor.setText(path)
        if path:
            self._take(Path(path).expanduser())
        self.changed.emit()

    def _take(self, path: Path) -> None:
        try:
            content = path.read_bytes()
        except OSError as error:
            words = translate("Setup", "The file cannot be read: {error}")
            self._note(words.format(error=error.strerror or error))
            return
        if not content or len(content) > MOST_FILE_BYTES:
            self._note(translate("Setup", "This is no certificate: the file is empty, or too large."))
            return
        self._secret = base64.b64encode(content).decode()
        self._describe()


def _kept_words() -> str:
    return translate("Setup", "The hub has it. Leave empty to keep it.")
