"""The wall: everybody's time side by side, with the keys and the selection of the list."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reception.model.changes import TimelineChanged
from reception.model.presence import CallHandling, Timeline
from tests.gui import office
from tests.gui.desk import ALT, CTRL, Desk, Key
from widgets import keys, person_view, wall_view
from widgets.intents_for import View
from widgets.tokens import LIGHT
from widgets.wall_view import Period

TODAY = date(2026, 11, 20)
PRESENT = Period(TODAY)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk()
    qtbot.addWidget(desk.window)
    return desk


def opened(desk: Desk) -> None:
    desk.press(Key.Key_T, CTRL)
    assert desk.window.wall.is_open
    assert desk.window.wall.head.isVisible()


def row_of(desk: Desk, person: str, period: Period = PRESENT) -> wall_view.WallRow:
    replica = desk.session.replica
    at = person_view.moment_of(replica, office.NOW)
    timeline = replica.timelines.get(person)
    return wall_view.row(replica.people[person], replica.statuses.get(person), timeline, period, at)


def test_a_key_shows_everybodys_time_and_the_list_again(desk: Desk) -> None:
    desk.type("hol")
    listed, selected = desk.listed, desk.controller.selected
    opened(desk)
    assert (desk.listed, desk.controller.selected) == (listed, selected)
    assert not desk.window.right.isVisible(), "the wall has the card's room"
    assert desk.has_caret
    desk.press(Key.Key_T, CTRL)
    assert not desk.window.wall.is_open
    assert not desk.window.wall.head.isVisible()
    assert desk.window.right.isVisible()
    assert (desk.listed, desk.controller.selected) == (listed, selected)


@pytest.mark.requirement("001-34")
def test_a_click_shows_what_is_and_what_comes_of_everybody_as_a_picture(desk: Desk) -> None:
    (hint,) = (h for h in desk.window.bottom.hints if h.accessibleName().startswith(keys.cap(View.WALL)))
    QTest.mouseClick(hint, Qt.MouseButton.LeftButton)
    desk.catch_up()
    assert desk.window.wall.is_open
    view = desk.window.people
    picture = view.viewport().grab().toImage()
    colours = {
        picture.pixelColor(x, y).name()
        for x in range(view.viewport().width())
        for y in range(26, view.viewport().height(), 8)
    }
    assert {QColor(LIGHT.now).name(), QColor(LIGHT.future).name()} <= colours
    assert len({row_of(desk, person).bars for person in ("ali", "met")}) == 2


@pytest.mark.requirement("001-36")
@pytest.mark.requirement("001-37")
def test_what_lasts_is_red_and_what_comes_is_blue(desk: Desk) -> None:
    desk.type("hol")
    opened(desk)
    view = desk.window.people
    picture = view.viewport().grab().toImage()
    colours = {picture.pixelColor(x, 26).name() for x in range(view.viewport().width())}
    assert {QColor(LIGHT.now).name(), QColor(LIGHT.future).name()} <= colours
    assert [bar.tone for bar in row_of(desk, "ali").bars] == ["ended", "now", "future"]


def test_typing_and_moving_go_on_on_the_wall(desk: Desk) -> None:
    opened(desk)
    desk.type("hol")
    assert desk.listed[0] == "ali"
    desk.press(Key.Key_Down)
    assert desk.controller.selected == desk.listed[1]
    desk.press(Key.Key_F11)
    assert desk.window.absences.is_open


def test_day_week_and_other_days(desk: Desk) -> None:
    opened(desk)
    assert desk.window.people.period == Period(TODAY)
    assert "today" in desk.window.wall.head.title.accessibleName()
    desk.press(Key.Key_Right, ALT)
    assert desk.window.people.period == Period(date(2026, 11, 21))
    desk.press(Key.Key_U, CTRL)
    assert desk.window.people.period == Period(date(2026, 11, 16), 7)
    assert "47" in desk.window.wall.head.title.accessibleName()
    desk.press(Key.Key_Left, ALT)
    assert desk.window.people.period == Period(date(2026, 11, 9), 7)
    desk.press(Key.Key_U, CTRL)
    assert desk.window.people.period == Period(TODAY)


def test_in_the_list_the_keys_of_days_do_nothing(desk: Desk) -> None:
    desk.type("hol")
    desk.press(Key.Key_Right, ALT)
    assert not desk.window.wall.is_open
    desk.press(Key.Key_U, CTRL)
    assert desk.window.card.day.is_week


def test_a_changed_timeline_is_painted_at_once(desk: Desk) -> None:
    desk.type("jonas")
    opened(desk)
    before = desk.window.people.viewport().grab().toImage()
    entry = office.entry("jon", "Frokost", office.at(13), office.at(15), "WEB")
    desk.tell(TimelineChanged(timeline=Timeline(person="jon", entries=(entry,))))
    assert desk.window.people.viewport().grab().toImage() != before


def test_a_row_says_its_entries_to_those_who_listen(desk: Desk) -> None:
    desk.type("alice")
    opened(desk)
    spoken = desk.window.people.people.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Alice Holm" in spoken
    assert "13:00–14:30 Leverandørmøde" in spoken


def test_bars_stand_where_their_times_are(desk: Desk) -> None:
    bar = row_of(desk, "ali").bars[1]
    assert (bar.begin, bar.end) == (pytest.approx(0.5), pytest.approx(0.65))
    assert (bar.words, bar.origin) == ("Leverandørmøde", "OL")
    assert row_of(desk, "ali").bars[2].is_phone_open
    assert row_of(desk, "ali").now == pytest.approx(0.57, abs=0.01)
    assert row_of(desk, "ali", Period(date(2026, 11, 21))).now is None


def test_an_entry_without_an_end_reaches_the_edge_and_a_long_one_says_until_when(desk: Desk) -> None:
    per = row_of(desk, "per").bars[0]
    assert (per.begin, per.end) == (0.0, 1.0)
    assert "27" in per.words
    entry = replace(office.entry("bob", "Syg", office.at(9), None, "KLJ"), handling=CallHandling.VOICEMAIL)
    desk.session.replica.timelines["bob"] = Timeline(person="bob", entries=(entry,))
    assert row_of(desk, "bob").bars[0].end == 1.0


def test_a_private_entry_shows_no_subject(desk: Desk) -> None:
    entry = replace(office.entry("bob", "", office.at(9), office.at(15), "OL"), is_private=True)
    desk.session.replica.timelines["bob"] = Timeline(person="bob", entries=(entry,))
    assert row_of(desk, "bob").bars[0].words == "Private"


def test_the_scale_names_hours_and_days() -> None:
    day = Period(TODAY).ticks()
    assert (day[0], day[-1], len(day)) == ((0.0, "08"), (1.0, "18"), 11)
    week = wall_view.week_of(TODAY).ticks()
    assert [words for _, words in week][:2] == ["Mon 16", "Tue 17"]
    assert week[0][0] == 0.0
