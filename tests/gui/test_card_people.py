"""What the card tells of a colleague beside their time: when they work, and to whom they lead."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reception.model.changes import PersonChanged, StatusChanged
from reception.model.lines import Shift, WorkingHours
from reception.model.people import ContactKind, Person
from tests.gui import office
from tests.gui.desk import ALT, CTRL, Desk, Key
from widgets import texts

ALICE, HOLGER, BOB = "ali", "hol", "bob"
FRIDAY = (4,)
"""The day of the pictures."""


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk()
    qtbot.addWidget(desk.window)
    desk.theme.has_motion = False
    return desk


@pytest.fixture
def in_danish(qapp: QApplication) -> Iterator[None]:
    found = texts.install(qapp, "da")
    yield
    texts.remove(qapp, found)
    texts.install(qapp, "en")


def works(desk: Desk, *shifts: Shift, zone: str = "") -> None:
    """Let Alice work at these hours."""
    status = desk.session.replica.statuses[ALICE]
    desk.tell(StatusChanged(status=replace(status, hours=WorkingHours(zone, shifts))))
    desk.catch_up()


def lead(desk: Desk, person: str, manager: str) -> None:
    """Let somebody have a manager, as a directory tells it."""
    people = desk.session.replica.people
    name = people[manager].name if manager in people else "Somebody Else"
    fields = {"Manager": name, **people[person].fields}
    desk.tell(PersonChanged(person=replace(people[person], manager=manager, fields=fields)))
    desk.catch_up()


def selected_row(desk: Desk) -> str | None:
    """Return who is selected in the list, as it is painted."""
    people = desk.window.people
    found = [people.people.id_at(index.row()) for index in people.selectionModel().selectedRows()]
    return found[0] if len(found) == 1 else None


def picture(desk: Desk) -> QImage:
    return desk.window.card.day.strip.grab().toImage()


# ---------------------------------------------------------------------- working hours


def test_the_card_says_when_somebody_works_and_when_that_is_over(desk: Desk) -> None:
    desk.select(ALICE)
    label = desk.window.card.hours
    assert label.isHidden(), "what nobody knows takes no room"
    works(desk, Shift(FRIDAY, 8 * 60, 16 * 60))
    assert (label.text(), label.isHidden()) == ("Working hours 08:00–16:00", False)
    desk.clock.now = office.at(16)
    desk.window.card.tick()
    assert label.text() == "Working hours 08:00–16:00 · outside working hours"
    desk.select(HOLGER)
    assert label.isHidden()


def test_it_says_so_in_the_language_of_the_window(in_danish: None, desk: Desk) -> None:
    desk.select(ALICE)
    works(desk, Shift(FRIDAY, 8 * 60, 13 * 60))
    assert desk.window.card.hours.text() == "Arbejdstid 08.00–13.00 · uden for arbejdstid"


def test_nobody_and_a_contact_have_no_working_hours(desk: Desk) -> None:
    desk.select(ALICE)
    works(desk, Shift(FRIDAY, 8 * 60, 16 * 60))
    contact = Person(id="k", name="Kontakt", contact=ContactKind.CONTACT)
    desk.tell(PersonChanged(person=contact))
    desk.select("k")
    assert desk.window.card.hours.isHidden()
    desk.select(ALICE)
    assert not desk.window.card.hours.isHidden()
    desk.controller.select(None)
    desk.catch_up()
    assert desk.window.card.hours.isHidden()


def test_the_strip_is_hatched_where_somebody_does_not_work(desk: Desk) -> None:
    desk.select("car")
    bare = picture(desk)
    desk.tell(
        StatusChanged(
            status=replace(
                desk.session.replica.statuses["car"],
                hours=WorkingHours("", (Shift(FRIDAY, 8 * 60, 13 * 60),)),
            )
        )
    )
    desk.catch_up()
    hatched = picture(desk)
    wide, high = bare.width(), 30
    different = [
        x for x in range(wide) if any(bare.pixel(x, y) != hatched.pixel(x, y) for y in range(4, high))
    ]
    assert different, "it is hatched"
    assert min(different) >= wide // 2 - 2, "in the second half of eight to eighteen alone"
    assert max(different) >= wide - 12


# ---------------------------------------------------------------------- the manager


def test_the_manager_stands_on_the_card_with_status_number_and_key(desk: Desk) -> None:
    desk.select(ALICE)
    part = desk.window.card.manager
    assert part.isHidden()
    lead(desk, ALICE, HOLGER)
    assert not part.isHidden()
    assert part.row.accessibleName() == "Holger Brandt"
    assert "202" in part.row.accessibleDescription()
    assert "Alt ↑" in part.row.accessibleDescription()
    details = [line.text for line in desk.window.card.fields if not line.isHidden()]
    assert details == ["Lokale: 2.14"], "the name stands there once"


def test_a_manager_who_is_not_in_the_directory_stays_a_text(desk: Desk) -> None:
    desk.select(ALICE)
    lead(desk, ALICE, "ms-gone")
    assert desk.window.card.manager.isHidden()
    details = [line.text for line in desk.window.card.fields if not line.isHidden()]
    assert "Manager: Somebody Else" in details
    desk.press(Key.Key_Up, ALT)
    assert desk.controller.selected == ALICE
    assert desk.notice == "No manager of Alice Holm is in the directory."


def test_the_key_selects_the_manager_and_the_managers_manager(desk: Desk) -> None:
    lead(desk, ALICE, HOLGER)
    lead(desk, HOLGER, BOB)
    desk.select(ALICE)
    desk.press(Key.Key_Up, ALT)
    assert (desk.controller.selected, selected_row(desk)) == (HOLGER, HOLGER)
    assert desk.window.card.name.text() == "Holger Brandt"
    desk.press(Key.Key_Up, ALT)
    assert (desk.controller.selected, selected_row(desk)) == (BOB, BOB)
    assert desk.has_caret, "typing goes on"
    assert not desk.asked(), "nobody was called"


def test_a_search_that_did_not_find_the_manager_gives_way(desk: Desk) -> None:
    lead(desk, ALICE, HOLGER)
    desk.type("alice")
    assert desk.controller.selected == ALICE
    assert HOLGER not in desk.listed
    desk.press(Key.Key_Up, ALT)
    assert desk.text == ""
    assert (desk.controller.selected, selected_row(desk)) == (HOLGER, HOLGER)


def test_a_search_that_found_the_manager_too_stays(desk: Desk) -> None:
    lead(desk, ALICE, HOLGER)
    desk.type("hol")
    desk.select(ALICE)
    desk.press(Key.Key_Up, ALT)
    assert desk.text == "hol"
    assert selected_row(desk) == HOLGER


def test_only_free_gives_way_to_a_manager_who_is_not(desk: Desk) -> None:
    lead(desk, "car", ALICE)
    desk.select("car")
    desk.press(Key.Key_F, CTRL)
    assert ALICE not in desk.listed, "she is on the telephone"
    desk.press(Key.Key_Up, ALT)
    assert (desk.controller.selected, selected_row(desk)) == (ALICE, ALICE)


def test_in_a_call_the_manager_is_selected_and_enter_passes_the_caller_on(desk: Desk) -> None:
    lead(desk, ALICE, HOLGER)
    desk.talk()
    desk.select(ALICE)
    desk.press(Key.Key_Up, ALT)
    assert not desk.asked()
    assert selected_row(desk) == HOLGER
    desk.press(Key.Key_Return)
    (transfer,) = desk.asked()
    assert transfer.to.person == HOLGER  # type: ignore[union-attr]


def test_a_click_and_the_space_bar_do_what_the_key_does(desk: Desk, qtbot: QtBot) -> None:
    lead(desk, ALICE, HOLGER)
    row = desk.window.card.manager.row
    desk.select(ALICE)
    qtbot.mouseClick(row, Qt.MouseButton.LeftButton)
    desk.catch_up()
    assert selected_row(desk) == HOLGER
    desk.select(ALICE)
    assert row.focusPolicy() == Qt.FocusPolicy.TabFocus
    row.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(row, Key.Key_Space)
    desk.catch_up()
    assert selected_row(desk) == HOLGER


def test_nobody_selected_has_no_manager(desk: Desk) -> None:
    desk.press(Key.Key_Up, ALT)
    assert desk.notice.startswith("Nobody is selected.")


def test_what_the_manager_does_is_followed(desk: Desk) -> None:
    lead(desk, "car", ALICE)
    desk.select("car")
    row = desk.window.card.manager.row
    before = row.accessibleDescription()
    status = desk.session.replica.statuses[ALICE]
    desk.tell(StatusChanged(status=replace(status, is_stale=True)))
    desk.catch_up()
    assert row.accessibleDescription() != before


def test_a_stand_in_too_is_shown_in_the_list_whatever_was_typed(desk: Desk) -> None:
    desk.type("alice")
    assert "car" not in desk.listed
    desk.press(Key.Key_1, ALT)
    assert (desk.text, desk.controller.selected, selected_row(desk)) == ("", "car", "car")
