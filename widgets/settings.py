"""The settings of the window, and in a dialogue of their own the profiles that choose themselves (003-17).

Nothing is taken before both dialogues are closed with OK. They stand beside the window and do not hold it up:
calls go on being taken while one of them is open.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Final

import msgspec
from msgspec.structs import replace
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from reception.console.at_desk import AtDesk, at_desk_in, with_at_desk
from reception.console.policies import Organisation, without_settled
from reception.console.preferences import Preferences, load_preferences, save_preferences
from reception.console.strokes import stroke_of
from reception.console.triggers import TriggerProfiles, profiles_in, remembered
from reception.model.office import Office, label
from widgets import texts
from widgets.labels import PlainLabel
from widgets.texts import QT_TRANSLATE_NOOP, translate
from widgets.theme import Theme, Wanted

_log = logging.getLogger(__name__)

_THEMES: Final[dict[Wanted, str]] = {
    "system": QT_TRANSLATE_NOOP("Settings", "As the computer"),
    "light": QT_TRANSLATE_NOOP("Settings", "Light"),
    "dark": QT_TRANSLATE_NOOP("Settings", "Dark"),
}
_LANGUAGES: Final = {"da": "Dansk", "de": "Deutsch", "en": "English"}
_MOST_MINUTES: Final = 240
_TELL: Final = "tell"
_WITH_PAGES: Final = (620, 480)
_NAME_WIDTH: Final = 240


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What the dialogue settles; no `language` is the computer's."""

    language: str = ""
    theme: Wanted = "system"
    profiles: TriggerProfiles = TriggerProfiles()
    at_desk: AtDesk = AtDesk()


def settings_in(preferences: Preferences) -> Settings:
    """Return what the preferences say."""
    theme: Wanted = next((one for one in _THEMES if one == preferences.theme), "system")
    return Settings(
        language=preferences.language or "",
        theme=theme,
        profiles=profiles_in(preferences.more),
        at_desk=at_desk_in(preferences.more),
    )


def with_settings(preferences: Preferences, settings: Settings) -> Preferences:
    """Return the preferences with these settings in them."""
    return replace(
        preferences,
        language=settings.language or None,
        theme=settings.theme,
        more=with_at_desk(remembered(preferences.more, settings.profiles), settings.at_desk),
    )


class Form(QDialog):
    """A dialogue with names and fields; OK takes, Escape and Cancel leave everything."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(False)
        self.setMinimumWidth(420)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(20, 18, 20, 18)
        self.column.setSpacing(10)
        self.body = QWidget()
        self.form = QFormLayout(self.body)
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setSpacing(10)
        self.column.addWidget(self.body)

    def choice(self, name: str, values: dict[str, str], chosen: str, *, is_locked: bool = False) -> QComboBox:
        """Add a choice among values, which are told by their words."""
        box = QComboBox()
        box.setObjectName("field")
        box.setMinimumHeight(34)
        box.setAccessibleName(name)
        for value, words in values.items():
            box.addItem(words, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))
        self.add(name, box, is_locked=is_locked)
        return box

    def add(self, name: str, field: QWidget, *, is_locked: bool = False) -> None:
        """Add a field; one that a policy settles is shown and cannot be changed."""
        label = PlainLabel(name, is_wrapped=True)
        self.form.addRow(label, field)
        label.ensurePolished()
        # Left to itself a wrapped name is narrow and high, and the row cuts it off.
        label.setMinimumWidth(min(label.fontMetrics().horizontalAdvance(name) + 2, _NAME_WIDTH))
        if is_locked:
            words = translate("Settings", "Set by your organisation")
            field.setEnabled(False)
            field.setAccessibleDescription(words)
            self.form.addRow("", PlainLabel(words, tone="muted"))

    def close_with_buttons(self) -> None:
        """Add OK and Cancel."""
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.button(kinds.Ok).setText(translate("Settings", "OK"))
        buttons.button(kinds.Cancel).setText(translate("Settings", "Cancel"))
        for button in buttons.buttons():
            button.setIcon(QIcon())  # the design has words
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.column.addWidget(buttons)


class KeyField(QKeySequenceEdit):
    """A key with its modifiers, pressed instead of typed; none that other programs would miss is taken."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(QKeySequence(text))
        self.setMaximumSequenceLength(1)
        self.setClearButtonEnabled(True)
        line = self.findChild(QLineEdit)
        if line is not None:  # the field that the style knows is inside
            line.setObjectName("field")
            line.setMinimumHeight(34)
        self.setAccessibleName(name)
        self.setToolTip(translate("Settings", "A function key, or a key with Ctrl, Alt or the Windows key"))
        self.editingFinished.connect(self._check)

    @property
    def text(self) -> str:
        """The key as the preferences have it, empty for none."""
        stroke = stroke_of(self.keySequence().toString(QKeySequence.SequenceFormat.PortableText))
        return "" if stroke is None else stroke.text

    @Slot()
    def _check(self) -> None:
        if not self.text:
            self.clear()


class ProfilesDialog(Form):
    """Which presence profile is chosen when (003-09 to 003-13)."""

    def __init__(
        self, profiles: TriggerProfiles, office: Office, organisation: Organisation, parent: QWidget
    ) -> None:
        super().__init__(translate("Settings", "Automatic profiles"), parent)
        is_locked = organisation.is_settled
        language = texts.current()
        names = {"": translate("Settings", "None")}
        names |= {one.id: label(one.labels, language, one.id) for one in office.profiles if one.is_enabled}
        for kept in (profiles.start, profiles.end, profiles.idle, profiles.locked):
            names.setdefault(kept, kept)  # one that the office has no more is shown, and stays until changed
        words = translate("Settings", "When the program starts")
        self.start = self.choice(words, names, profiles.start, is_locked=is_locked("profile_at_start"))
        words = translate("Settings", "When the program ends")
        self.end = self.choice(words, names, profiles.end, is_locked=is_locked("profile_at_end"))
        words = translate("Settings", "Away from the desk")
        self.idle = self.choice(words, names, profiles.idle, is_locked=is_locked("profile_at_idle"))
        self.minutes = QSpinBox()
        self.minutes.setRange(1, _MOST_MINUTES)
        self.minutes.setValue(round(min(max(profiles.minutes, 1), _MOST_MINUTES)))
        self.minutes.setObjectName("field")
        self.minutes.setMinimumHeight(34)
        name = translate("Settings", "after so many minutes without mouse and keyboard")
        self.minutes.setAccessibleName(name)
        self.add(name, self.minutes, is_locked=is_locked("idle_minutes"))
        words = translate("Settings", "When the screen is locked")
        self.locked = self.choice(words, names, profiles.locked, is_locked=is_locked("profile_at_locked"))
        self.close_with_buttons()

    @property
    def profiles(self) -> TriggerProfiles:
        """What stands in the fields."""
        return TriggerProfiles(
            start=self.start.currentData(),
            end=self.end.currentData(),
            idle=self.idle.currentData(),
            locked=self.locked.currentData(),
            minutes=float(self.minutes.value()),
        )


class SettingsDialog(Form):
    """All of them.

    Signals:
        taken: (Settings) OK was pressed.
    """

    taken = Signal(object)

    def __init__(
        self, settings: Settings, office: Office, organisation: Organisation, parent: QWidget
    ) -> None:
        super().__init__(translate("Settings", "Settings"), parent)
        self._office = office
        self._organisation = organisation
        is_locked = organisation.is_settled
        self._profiles = settings.profiles
        self.inner: ProfilesDialog | None = None
        self.tabs: QTabWidget | None = None
        self._begins_at_services = False
        languages = {"": translate("Settings", "As the computer")} | _LANGUAGES
        words = translate("Settings", "Language (from the next start)")
        self.language = self.choice(words, languages, settings.language, is_locked=is_locked("language"))
        themes: dict[str, str] = {name: translate("Settings", text) for name, text in _THEMES.items()}
        words = translate("Settings", "Colours")
        self.theme = self.choice(words, themes, settings.theme, is_locked=is_locked("theme"))
        self._add_outside(settings.at_desk)
        self.profiles = QPushButton(translate("Settings", "Automatic profiles …"))
        self.profiles.setMinimumHeight(34)
        self.profiles.setAutoDefault(False)
        self.profiles.clicked.connect(self._open_profiles)
        self.form.addRow(PlainLabel(translate("Settings", "Presence")), self.profiles)
        self.close_with_buttons()
        self.accepted.connect(self._on_accepted)

    @Slot(str, object)
    def add_page(self, title: str, page: QWidget) -> None:
        """Add a page beside the window's own settings; it takes and keeps what it settles by itself."""
        if self.tabs is None:
            self.tabs = QTabWidget()
            self.form.setContentsMargins(16, 16, 16, 16)
            self.column.replaceWidget(self.body, self.tabs)
            self.tabs.addTab(self.body, translate("Settings", "This window"))
            self.tabs.show()
            self.resize(*_WITH_PAGES)
        self.tabs.addTab(page, title)
        if self._begins_at_services:
            self._begins_at_services = False
            self.tabs.setCurrentWidget(page)

    def begin_at_services(self) -> None:
        """Show the first of the other pages, as soon as there is one."""
        self._begins_at_services = True
        if self.tabs is not None:
            self.tabs.setCurrentIndex(1)

    @property
    def settings(self) -> Settings:
        """What stands in the fields, with the profiles that were confirmed."""
        return Settings(
            language=self.language.currentData(),
            theme=self.theme.currentData(),
            profiles=self._profiles,
            at_desk=AtDesk(
                notifications=self.notifications.currentData() == _TELL,
                answer_key=self.answer_key.text,
                front_key=self.front_key.text,
            ),
        )

    def _add_outside(self, at_desk: AtDesk) -> None:
        """Add what is done while another program is in front."""
        is_locked = self._organisation.is_settled
        words = translate("Settings", "Calls while another program is in front")
        told = {
            _TELL: translate("Settings", "Tell by a notification"),
            "": translate("Settings", "Do not tell"),
        }
        chosen = _TELL if at_desk.notifications else ""
        self.notifications = self.choice(words, told, chosen, is_locked=is_locked("notifications"))
        words = translate("Settings", "Answer from other programs")
        self.answer_key = KeyField(words, at_desk.answer_key)
        self.add(words, self.answer_key, is_locked=is_locked("answer_key"))
        words = translate("Settings", "Bring to the front from other programs")
        self.front_key = KeyField(words, at_desk.front_key)
        self.add(words, self.front_key, is_locked=is_locked("front_key"))

    @Slot()
    def _open_profiles(self) -> None:
        self.inner = ProfilesDialog(self._profiles, self._office, self._organisation, self)
        self.inner.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.inner.accepted.connect(self._keep_profiles)
        self.inner.show()  # `open` would hold the window up

    @Slot()
    def _keep_profiles(self) -> None:
        if self.inner is not None:
            self._profiles = self.inner.profiles

    @Slot()
    def _on_accepted(self) -> None:
        self.taken.emit(self.settings)


def take(settings: Settings, file: Path, theme: Theme, organisation: Organisation) -> bool:
    """Write the settings down and show the colours; False when the file cannot be written.

    What a policy settles is not written: one's own choice comes back when the policy goes.
    """
    theme.set_wanted(settings.theme)
    old = load_preferences(file)
    try:
        save_preferences(file, without_settled(with_settings(old, settings), old, organisation.settled))
    except OSError as error:
        _log.warning("the settings could not be saved: %s", error)
        return False
    return True
