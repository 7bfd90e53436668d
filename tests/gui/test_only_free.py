"""Only those who are free: one key for list, search and wall; nobody unsure."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from reception.console.api import LinkState
from reception.model.changes import StatusChanged
from reception.model.lines import StatusKind
from tests.gui.desk import CTRL, Desk, Key
from widgets import finder
from widgets.intents_for import View


@pytest.fixture
def desk(qtbot: object) -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.close()


def free(desk: Desk) -> set[str]:
    statuses = desk.session.replica.statuses.values()
    return {s.person for s in statuses if s.kind is StatusKind.FREE and not s.is_stale}


def become(desk: Desk, person: str, kind: StatusKind, *, is_stale: bool = False) -> None:
    status = replace(desk.session.replica.statuses[person], kind=kind, is_stale=is_stale)
    desk.tell(StatusChanged(status=status))
    again = desk.window.middle._again
    assert again.isActive(), "the list is put together anew soon"
    again.stop()
    again.timeout.emit()


def test_a_key_lists_only_who_is_free_and_all_again(desk: Desk) -> None:
    everybody = len(desk.listed)
    desk.press(Key.Key_F, CTRL)
    assert set(desk.listed) == free(desk)
    assert 0 < len(desk.listed) < everybody
    desk.press(Key.Key_F, CTRL)
    assert len(desk.listed) == everybody


def test_a_search_finds_only_who_is_free(desk: Desk) -> None:
    desk.type("hol")
    found = list(desk.listed)
    assert "ali" in found
    assert "ali" not in free(desk)
    desk.press(Key.Key_Escape)
    desk.press(Key.Key_F, CTRL)
    desk.type("hol")
    assert desk.listed == [p for p in found if p in free(desk)]
    assert desk.controller.selected == desk.listed[0]


def test_who_gets_busy_goes_but_not_from_under_the_selection(desk: Desk) -> None:
    desk.press(Key.Key_F, CTRL)
    first, second = desk.listed[:2]
    assert first is not None
    assert second is not None
    desk.select(first)
    become(desk, second, StatusKind.BUSY)
    assert second not in desk.listed
    become(desk, first, StatusKind.BUSY)
    assert desk.listed[0] == first, "Enter is about them"
    become(desk, second, StatusKind.FREE)
    assert second in desk.listed
    become(desk, second, StatusKind.FREE, is_stale=True)
    assert second not in desk.listed, "who is not sure is not free"


def test_while_the_hub_is_away_nobody_counts_as_free(desk: Desk) -> None:
    desk.press(Key.Key_F, CTRL)
    desk.session.set_link(LinkState.LOST)
    desk.controller.flush()
    desk.window.middle._again.timeout.emit()
    assert desk.listed == []
    assert "surely free" in desk.window.middle.empty.text()
    assert "Ctrl F" in desk.window.middle.empty.text()


def test_a_number_is_somebodys_whether_free_or_not(desk: Desk) -> None:
    desk.press(Key.Key_F, CTRL)
    desk.type("201")
    assert desk.listed[0] == "ali"
    assert desk.controller.typed_number is None


def test_on_the_wall_it_is_a_button_that_says_whether_it_is_on(desk: Desk) -> None:
    desk.press(Key.Key_T, CTRL)
    button = desk.window.wall.head._buttons[View.ONLY_FREE]
    button.click()
    assert set(desk.listed) == free(desk)
    assert button.accessibleDescription() == "on, Ctrl F"
    desk.press(Key.Key_F, CTRL)
    assert button.accessibleDescription() == "off, Ctrl F"
    assert len(desk.listed) > len(free(desk))


def test_of_a_large_house_the_beginning_is_looked_at(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finder, "_PAGE", 4)
    monkeypatch.setattr(finder, "_LOOKED_AT", 8)
    found = finder.find(desk.session.replica, "", only_free=True)
    assert found.is_more
    assert set(found.ids) == free(desk) & set(desk.session.replica.page(0, 8))
