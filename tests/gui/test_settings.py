"""The dialogues of the settings: nothing is taken before both are closed with OK (003-17)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDialogButtonBox
from pytestqt.qtbot import QtBot

from reception.console.at_desk import AtDesk
from reception.console.options import ConsoleOptions
from reception.console.policies import Organisation, Policies
from reception.console.preferences import Preferences, load_preferences, save_preferences
from reception.console.triggers import TriggerProfiles, profiles_in
from reception.model.office import Office, Profile
from tests.gui.desk import ALT, CTRL, Desk, Key
from widgets import living, settings
from widgets.labels import PlainLabel

GONE = Profile(id="away", labels={"en": "Gone home"})
PROFILES = (GONE, Profile(id="present"), Profile(id="old", is_enabled=False))


class Place:
    """A receptionist's desk with a file of preferences."""

    def __init__(self, qtbot: QtBot, folder: Path, organisation: Organisation) -> None:
        self.file = folder / "console.json"
        save_preferences(self.file, Preferences(more={"panes.left": 300, "profile_at.end": "away"}))
        self.desk = Desk()
        qtbot.addWidget(self.desk.window)
        self.desk.session.replica.office = Office(profiles=PROFILES)
        options = ConsoleOptions(
            data_dir=folder, cache_dir=folder, preferences_file=self.file, organisation=organisation
        )
        self.living = living.Desk(self.desk.window, self.desk.controller, options)

    def opened(self) -> settings.SettingsDialog:
        self.desk.press(Key.Key_Comma, CTRL)
        dialog = self.living.dialog
        assert dialog is not None
        assert dialog.isVisible()
        return dialog

    @property
    def kept(self) -> TriggerProfiles:
        return profiles_in(load_preferences(self.file).more)


Open = Callable[[Organisation], Place]


@pytest.fixture
def open_place(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    """Open places that last until the end of the test, as Qt needs them."""
    kept: list[Place] = []

    def make(organisation: Organisation) -> Place:
        kept.append(Place(qtbot, tmp_path, organisation))
        return kept[-1]

    yield make
    kept.clear()


@pytest.fixture
def place(open_place: Open) -> Place:
    return open_place(Organisation())


def choose(box: object, value: str) -> None:
    box.setCurrentIndex(box.findData(value))  # type: ignore[attr-defined]


def press(dialog: QDialog, which: QDialogButtonBox.StandardButton) -> None:
    [buttons] = dialog.findChildren(QDialogButtonBox, options=Qt.FindChildOption.FindDirectChildrenOnly)
    QTest.mouseClick(buttons.button(which), Qt.MouseButton.LeftButton)


def profiles_of(dialog: settings.SettingsDialog) -> settings.ProfilesDialog:
    QTest.mouseClick(dialog.profiles, Qt.MouseButton.LeftButton)
    assert dialog.inner is not None
    return dialog.inner


OK, CANCEL = QDialogButtonBox.StandardButton.Ok, QDialogButtonBox.StandardButton.Cancel


@pytest.mark.requirement("003-09")
@pytest.mark.requirement("003-11")
@pytest.mark.requirement("003-13")
@pytest.mark.requirement("003-17")
def test_each_trigger_is_given_its_profile_and_both_dialogues_are_confirmed(place: Place) -> None:
    dialog = place.opened()
    inner = profiles_of(dialog)
    assert [inner.start.itemText(n) for n in range(inner.start.count())] == ["None", "Gone home", "present"]
    assert inner.end.currentData() == "away"
    choose(inner.start, "present")
    choose(inner.idle, "away")
    inner.minutes.setValue(7)
    press(inner, OK)
    assert place.kept == TriggerProfiles(end="away"), "nothing is taken before the outer one is confirmed too"
    press(dialog, OK)
    assert place.kept == TriggerProfiles(start="present", end="away", idle="away", minutes=7.0)
    assert load_preferences(place.file).more["panes.left"] == 300
    assert place.living.dialog is None


@pytest.mark.requirement("003-17")
@pytest.mark.parametrize("at", ["inner", "outer"])
def test_cancelled_at_either_one_everything_stays(place: Place, at: str) -> None:
    dialog = place.opened()
    inner = profiles_of(dialog)
    choose(inner.locked, "away")
    press(inner, CANCEL if at == "inner" else OK)
    press(dialog, CANCEL if at == "outer" else OK)
    assert place.kept == TriggerProfiles(end="away")


def test_escape_leaves_and_calls_go_on_meanwhile(place: Place) -> None:
    dialog = place.opened()
    inner = profiles_of(dialog)
    assert not dialog.isModal()
    assert not inner.isModal()
    press(inner, CANCEL)
    place.desk.talk()
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert place.living.dialog is None


def test_colours_change_at_once_and_the_language_from_the_next_start(place: Place) -> None:
    dialog = place.opened()
    choose(dialog.theme, "dark")
    choose(dialog.language, "de")
    assert not place.desk.theme.tokens.is_dark
    press(dialog, OK)
    assert place.desk.theme.tokens.is_dark
    kept = load_preferences(place.file)
    assert (kept.theme, kept.language) == ("dark", "de")


def test_every_field_has_a_name_for_those_who_listen(place: Place) -> None:
    dialog = place.opened()
    inner = profiles_of(dialog)
    fields = (dialog.language, dialog.theme, inner.start, inner.end, inner.idle, inner.minutes, inner.locked)
    assert all(field.accessibleName() for field in fields)


def test_what_the_organisation_settles_is_shown_and_cannot_be_changed(open_place: Open) -> None:
    settled = Policies(theme="dark", profile_at_end="present", idle_minutes=3)
    place = open_place(Organisation(settled=settled))
    dialog = place.opened()
    assert (dialog.theme.currentData(), dialog.theme.isEnabled()) == ("dark", False)
    assert dialog.theme.accessibleDescription() == "Set by your organisation"
    assert dialog.language.isEnabled()
    assert [label.text() for label in dialog.findChildren(PlainLabel)].count("Set by your organisation") == 1
    inner = profiles_of(dialog)
    assert (inner.end.currentData(), inner.end.isEnabled()) == ("present", False)
    assert (inner.minutes.value(), inner.minutes.isEnabled()) == (3, False)
    assert inner.start.isEnabled()
    choose(inner.start, "present")
    press(inner, OK)
    choose(dialog.language, "de")
    press(dialog, OK)
    kept = load_preferences(place.file)
    assert (kept.language, kept.theme) == ("de", "system")
    assert place.kept == TriggerProfiles(start="present", end="away"), (
        "one's own choice waits for the policy to go"
    )


def test_what_happens_while_another_program_is_in_front_is_settled(place: Place) -> None:
    dialog = place.opened()
    told: list[AtDesk] = []
    place.living.settled.connect(told.append)
    choose(dialog.notifications, "")
    QTest.keyClick(dialog.answer_key, Key.Key_A, CTRL | ALT)
    QTest.keyClick(dialog.front_key, Key.Key_B)
    press(dialog, OK)
    wanted = AtDesk(notifications=False, answer_key="Ctrl+Alt+A")
    assert told == [wanted], "a letter alone would be missed in every program"
    assert place.living.at_desk == wanted
    again = place.opened()
    assert (again.notifications.currentData(), again.answer_key.text, again.front_key.text) == (
        "",
        "Ctrl+Alt+A",
        "",
    )


def test_a_policy_locks_the_keys_too(open_place: Open) -> None:
    settled = Policies(answer_key="F9", front_key="", notifications=True)
    place = open_place(Organisation(settled=settled))
    dialog = place.opened()
    assert (dialog.answer_key.text, dialog.answer_key.isEnabled()) == ("F9", False)
    assert (dialog.front_key.text, dialog.front_key.isEnabled()) == ("", False)
    assert not dialog.notifications.isEnabled()
