"""What the design asks of the window beyond its keys: the card's time, panes, fades, odd names, themes."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reception.console.api import Delta
from reception.console.preferences import Preferences
from reception.model.changes import (
    DayChanged,
    DayCounts,
    PersonChanged,
    PersonRemoved,
    StatusChanged,
    TimelineChanged,
)
from reception.model.lines import LineState, StatusKind
from reception.model.people import Person
from reception.model.presence import Timeline
from tests.gui import office
from tests.gui.desk import CTRL, Desk, Key
from widgets import app, row_paint
from widgets.fades import LASTS_S, MOST
from widgets.panes import LEFT_BETWEEN, RIGHT_BETWEEN
from widgets.tokens import DARK, LEFT_PANE, LIGHT, RIGHT_PANE, ROW


def entries(desk: Desk) -> list[str]:
    return desk.window.card.day.entries


# ---------------------------------------------------------------------- the card


@pytest.mark.requirement("001-10", "001-11")
def test_the_card_tells_when_somebody_is_back_and_the_days_ahead(desk: Desk) -> None:
    desk.type("ali")
    card = desk.window.card
    assert card.status.sentence.words == "On the phone · Leverandørmøde until 14:30"
    assert card.status.sentence.second == "Back at 14:30 — then free until 15:15"
    assert "Back at 14:30" in card.status.accessibleName()
    assert entries(desk)[0].startswith("now, 13:00–14:30, Leverandørmøde")
    assert entries(desk)[2].startswith("tomorrow 08–12")
    assert [note.text for note in card.notes] == ["Kun reception: Leverandører stilles til Carol Dam."]
    assert [line.shown.state for line in card.lines] == ["talking 3:05", "free", "Teams: Busy"]
    desk.clock.now = office.at(14, 31)
    desk.window._on_tick()
    assert not any(line.startswith("now") for line in entries(desk))
    assert not any("Leverandørmøde" in line for line in entries(desk))


@pytest.mark.requirement("001-36", "001-37", "001-39", "001-40", "001-41")
def test_what_is_current_is_red_what_comes_is_blue_and_each_says_whose_it_is(desk: Desk) -> None:
    desk.type("ali")
    lines = desk.window.card.day._lines[:4]
    bars = [line.grab().toImage().pixelColor(1, 22).name().upper() for line in lines]
    assert bars == [LIGHT.now, LIGHT.future, LIGHT.future, LIGHT.future]
    assert [words.rsplit(", ", 1)[1] for words in entries(desk)] == ["OL", "WEB", "KLJ", "OL"]


def test_the_card_follows_the_timeline_and_forgets_the_one_before(desk: Desk) -> None:
    desk.type("ali")
    desk.tell(TimelineChanged(timeline=Timeline(person="ali", entries=())))
    assert entries(desk) == []
    new = office.entry("ali", "Besøg", office.at(16), office.at(17), "KLJ")
    desk.tell(TimelineChanged(timeline=Timeline(person="ali", entries=(new,))))
    assert entries(desk) == ["16:00–17:00, Besøg, to voicemail, KLJ"]
    desk.select("jon")
    assert entries(desk) == []
    assert not desk.window.card.notes[0].isVisible()


def test_many_entries_are_shown_in_part_and_counted(desk: Desk) -> None:
    desk.type("ali")
    many = tuple(
        office.entry("ali", f"E{n}", office.at(9, days=n), office.at(10, days=n), "OL") for n in range(1, 31)
    )
    desk.tell(TimelineChanged(timeline=Timeline(person="ali", entries=many)))
    assert len(entries(desk)) == 12
    assert desk.window.card.day.more.text() == "and 18 more"


@pytest.mark.requirement("001-38")
@pytest.mark.parametrize("how", ["key", "mouse"])
def test_day_and_week_change_by_key_and_by_mouse(desk: Desk, how: str) -> None:
    desk.type("ali")
    day = desk.window.card.day
    assert not day.strip.is_week
    assert "Leverandørmøde" in day.strip.accessibleName()
    picture = day.strip.grab().toImage()
    painted = {picture.pixelColor(x, 8).name().upper() for x in range(picture.width())}
    assert {LIGHT.now, LIGHT.future} <= painted
    if how == "key":
        desk.press(Key.Key_U, CTRL)
    else:
        QTest.mouseClick(day.switch, Qt.MouseButton.LeftButton)
    assert day.strip.is_week
    assert day.strip.accessibleName().count(";") == 6
    assert "Ferie" in day.strip.accessibleName()
    desk.press(Key.Key_U, CTRL)
    assert not day.strip.is_week
    assert desk.has_caret


# ---------------------------------------------------------------------- rows


def test_everybody_can_be_walked_through_and_keeps_their_place(desk: Desk) -> None:
    people = desk.window.people
    desk.press(Key.Key_End, CTRL)
    assert desk.controller.selected == desk.listed[-1]
    bar = people.verticalScrollBar()
    bar.setValue(10 * ROW + 7)
    top = desk.listed[10]
    desk.tell(PersonChanged(person=Person(id="new", name="Aaa Aaa")))
    assert people.people.id_at(bar.value() // ROW) == top
    assert bar.value() % ROW == 7
    desk.tell(PersonRemoved(person="new"))
    assert people.people.id_at(bar.value() // ROW) == top


def test_who_only_sounds_alike_comes_after_and_says_so(desk: Desk) -> None:
    desk.type("holdt")
    assert desk.listed
    words = [desk.window.people.people.index(n, 0).data() for n in range(len(desk.listed))]
    assert all("sounds alike" in w for w in words)
    assert "sound alike" in desk.window.search.count.text()
    desk.press(Key.Key_Escape)
    assert not any("sounds alike" in w for w in [desk.window.people.people.index(0, 0).data()])


def test_a_row_is_put_together_once_and_then_painted_as_it_is(desk: Desk) -> None:
    people = desk.window.people
    people.viewport().repaint()
    pictures = people.pictures
    before, views = dict(pictures._rows), dict(pictures._views)
    people.viewport().repaint()
    assert before
    assert all(pictures._rows[key] is row for key, row in before.items())
    some, state = next(iter(before))
    status = office.status(desk.session.replica.people[some], LineState.RINGING)
    desk.tell(StatusChanged(status=status))
    people.viewport().repaint()
    assert pictures._views[some] != views[some]
    assert pictures._rows.get((some, state)) is not before[some, state]
    assert len(pictures._rows) <= people.viewport().height() // ROW + 10


def test_a_change_fades_and_no_timer_runs_when_nothing_does(desk: Desk, qtbot: QtBot) -> None:
    desk.type("hol")
    people = desk.window.people
    people.viewport().repaint()
    fades = people._fades
    assert not fades.is_running
    desk.tell(StatusChanged(status=office.status(desk.session.replica.people["hol"], LineState.TALKING)))
    assert fades.is_running
    people.viewport().repaint()
    qtbot.waitUntil(lambda: not fades.is_running, timeout=5000)
    assert len(fades) == 0
    assert pytest.approx(0.12) == LASTS_S
    desk.theme.has_motion = False
    desk.tell(StatusChanged(status=office.status(desk.session.replica.people["hol"], LineState.IDLE)))
    assert not fades.is_running


def test_a_storm_does_not_fade_and_what_looks_the_same_is_not_painted(desk: Desk) -> None:
    people = desk.window.people
    people.viewport().repaint()
    seen = desk.listed[: MOST + 1]
    found = [desk.session.replica.people[p] for p in seen if p is not None]
    desk.tell(*(StatusChanged(status=office.status(p, LineState.RINGING)) for p in found))
    assert not people._fades.is_running
    told = []
    people.people.dataChanged.connect(lambda *_: told.append(1))
    status = replace(office.status(found[0], LineState.RINGING), since=office.NOW - 1)
    desk.tell(StatusChanged(status=status))
    assert told == []


def test_names_of_all_kinds_stand_in_their_rows(desk: Desk) -> None:
    people = office.strangers()
    desk.session.replica.people = {p.id: p for p in people}
    desk.session.publish(Delta(is_reset=True))
    desk.controller.flush()
    for person in people:
        desk.controller.select(person.id)
        picture = desk.window.grab().toImage()
        assert picture.width() == desk.window.width() * picture.devicePixelRatio()
    assert desk.window.people.rowHeight(3) == ROW
    assert desk.window.minimumSizeHint().width() <= 1280
    places = row_paint.places(desk.window.people.viewport().width())
    assert places.name + places.sentence_width + places.strip_width < desk.window.people.width()


# ---------------------------------------------------------------------- panes


def test_panes_are_moved_by_keys_and_by_mouse_and_have_limits(desk: Desk) -> None:
    panes = desk.window.panes
    desk.window.resize(1500, 900)
    assert panes.widths == (LEFT_PANE, RIGHT_PANE)
    handle = panes.handle(1)
    assert handle.accessibleName() == "Width of the calls"
    QTest.keyClick(handle, Key.Key_Right)
    assert panes.widths[0] == LEFT_PANE + 16
    start = QPoint(0, 100)
    QTest.mousePress(panes.handle(2), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(panes.handle(2), start + QPoint(30, 0))
    QTest.mouseRelease(panes.handle(2), Qt.MouseButton.LeftButton, pos=start + QPoint(30, 0))
    assert panes.widths[1] < RIGHT_PANE
    for _ in range(50):
        QTest.keyClick(handle, Key.Key_Right)
    assert panes.widths[0] <= LEFT_BETWEEN[1]
    QTest.keyClick(handle, Key.Key_Home)
    assert panes.widths == (LEFT_PANE, RIGHT_PANE)


def test_the_card_keeps_its_width_through_the_drawer(desk: Desk) -> None:
    desk.window.resize(1500, 900)
    desk.window.panes.set_widths(300, 420)
    desk.window.resize(1200, 900)
    desk.press(Key.Key_I, CTRL)
    assert desk.window.right.width() == 420
    desk.window.resize(1500, 900)
    assert desk.window.panes.sizes()[0] == 300
    assert desk.window.panes.sizes()[2] == 420
    desk.window.panes.set_widths(1, 9999)
    assert desk.window.panes.widths == (LEFT_BETWEEN[0], RIGHT_BETWEEN[1])


@pytest.mark.parametrize(
    ("more", "widths"),
    [({}, (LEFT_PANE, RIGHT_PANE)), ({app.LEFT: 300, app.RIGHT: 400}, (300, 400)), ({app.LEFT: "x"}, None)],
)
def test_widths_come_from_the_preferences(
    more: dict[str, bool | int | float | str], widths: tuple[int, int] | None
) -> None:
    assert app.pane_widths(Preferences(more=more)) == (widths or (LEFT_PANE, RIGHT_PANE))


# ---------------------------------------------------------------------- bars, light and dark


def test_the_days_counts_stand_in_the_bar_below(desk: Desk) -> None:
    assert desk.window.bottom.day.text() == "Today: 86 answered · 2 lost · 0:11 mean wait"
    desk.tell(DayChanged(day=DayCounts(answered=1234, lost=3, mean_wait_s=65.4)))
    assert desk.window.bottom.day.text() == "Today: 1,234 answered · 3 lost · 1:05 mean wait"


def test_the_call_card_says_whom_the_caller_spoke_with(desk: Desk) -> None:
    desk.talk()
    card = desk.window.call_card
    assert card.face.spoken.text == "Last spoke with Alice Holm · yesterday 10:14"
    shown = [b.text() for b in card.face.buttons if b.isVisible()]
    assert shown == ["Transfer", "Consult", "Hold", "Camp-on", "Voicemail", "Hang up"]
    assert [h.accessibleName() for h in card._also] == ["F9: Park", "Ctrl ↵: Mobile"]
    QTest.mouseClick(card._also[0], Qt.MouseButton.LeftButton)
    assert [type(i).__name__ for i in desk.asked()] == ["Park"]


def test_light_and_dark_change_under_the_hands(desk: Desk) -> None:
    desk.type("hol")
    before = desk.controller.selected
    for wanted, tokens in (("dark", DARK), ("light", LIGHT), ("dark", DARK)):
        desk.theme.set_wanted(wanted)
        picture = desk.window.people.grab().toImage()
        assert picture.pixelColor(picture.width() // 2, picture.height() - 40).name().upper() == tokens.panel
    assert (desk.controller.selected, desk.text) == (before, "hol")
    assert desk.session.replica.statuses["hol"].kind is StatusKind.FREE
