"""What assistive tools find: every control has a name, every row its words, every notice is said."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6 import QtGui
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QApplication

from reception.model.calls import CallerId, Place
from reception.model.changes import CallChanged, Message, Notice
from tests.gui import office
from tests.gui.desk import Desk, Key
from widgets import keys
from widgets.intents_for import Action, View

TOUCHABLE = (
    QAccessible.Role.Button,
    QAccessible.Role.CheckBox,
    QAccessible.Role.EditableText,
    QAccessible.Role.Table,
    QAccessible.Role.List,
)


def everything(parent: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """Walk the tree, what is visible of it."""
    for n in range(parent.childCount()):
        child = parent.child(n)
        if child is not None and child.isValid() and not child.state().invisible:
            yield child
            yield from everything(child)


def tree(desk: Desk) -> list[QAccessibleInterface]:
    root = QAccessible.queryAccessibleInterface(desk.window)
    assert root is not None
    return list(everything(root))


def name(found: QAccessibleInterface) -> str:
    return found.text(QAccessible.Text.Name)


@pytest.fixture
def busy(desk: Desk) -> Desk:
    office.busy_minute(desk.session)
    desk.talk()
    desk.type("ali")
    desk.press(Key.Key_F5)  # a notice with keys
    return desk


def test_every_control_has_a_name(busy: Desk) -> None:
    controls = [i for i in tree(busy) if i.role() in TOUCHABLE]
    assert len(controls) > 8
    assert [i.object() for i in controls if not name(i)] == []


def test_everything_that_takes_the_focus_is_in_the_tree_with_a_name(busy: Desk) -> None:
    focusable = [i for i in tree(busy) if i.state().focusable and i.object() is not None]
    assert busy.window.search.field in [i.object() for i in focusable]
    assert [i.object() for i in focusable if not name(i)] == []


def test_rows_say_who_and_how_they_are(busy: Desk) -> None:
    people = QAccessible.queryAccessibleInterface(busy.window.people)
    words = [name(i) for i in everything(people)]
    assert any("Alice Holm" in w and "On the phone" in w for w in words)
    calls = QAccessible.queryAccessibleInterface(busy.window.call_list)
    words = [name(i) for i in everything(calls)]
    assert any("Hansen Transport" in w and "number 2 in the queue" in w for w in words)


def test_the_status_lights_speak(busy: Desk) -> None:
    words = [name(i) for i in tree(busy)]
    assert any(w.startswith("Telephony") for w in words)
    assert any("Hovednummer: 3" in w for w in words)


def test_a_notice_is_announced_once(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    class Announcement(QtGui.QAccessibleAnnouncementEvent):
        def __init__(self, source: object, text: str) -> None:
            super().__init__(source, text)  # type: ignore[arg-type,call-overload]
            said.append(text)

    monkeypatch.setattr(QtGui, "QAccessibleAnnouncementEvent", Announcement)
    held = office.call("h1", Place.HELD, owner="KLJ", party=CallerId(name="Nordsø"))
    message = Message(key="held_long", params={"caller": "Nordsø", "seconds": 60.0})
    desk.tell(CallChanged(call=held), Notice(id="n1", to=("KLJ",), at=office.NOW, message=message, call="h1"))
    desk.tell(CallChanged(call=office.call("q1")))
    assert said == ["Nordsø is still on hold. For 60 seconds now. F4 fetches the call."]


def test_every_meaning_is_reached_by_a_key_press(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Press every chord: each action and view arrives at the window, wherever the caret is."""
    reached: set[object] = set()
    monkeypatch.setattr(desk.window, "_do", reached.add)
    for modifiers, key in keys.CHORDS:
        desk.press(key, modifiers)
    assert {*Action, *View} <= reached


def test_tab_walks_through_all_that_can_be_pressed_and_comes_back(busy: Desk) -> None:
    seen = []
    for _ in range(60):
        busy.press(Key.Key_Tab)
        QApplication.sendPostedEvents()
        seen.append(busy.window.focusWidget())
        if busy.has_caret:
            break
    assert busy.has_caret
    assert busy.window.call_list in seen
    assert all(w.accessibleName() for w in seen)
