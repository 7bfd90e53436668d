"""One status for each colleague, whatever makes it, as the receptionist sees it (seed 001)."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from reception.model.changes import StatusChanged, TimelineChanged
from reception.model.lines import Line, LineState, StatusKind
from reception.model.presence import CALENDAR, WEB, CallHandling, Entry, Timeline
from reception.presence.port import TeamsSet
from reception.presence.status import status_of
from tests.gui import office
from tests.gui.desk import Desk, Key
from widgets.card_day import EntryLine
from widgets.person_view import EntryView
from widgets.tokens import LIGHT, ROW

S = LineState
ALICE = "ali"
DESK, MOBILE = "201", "+4540112233"


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk()
    qtbot.addWidget(desk.window)
    desk.theme.has_motion = False  # pictures are taken at once
    desk.type("alice")
    return desk


def entry(reason: str, origin: str, *, begins: float = -600.0, **more: object) -> Entry:
    start = office.NOW + begins
    return office.entry(ALICE, reason, start, start + 3_600.0, origin, **more)


def set_on(window: Desk, *entries: Entry, **lines: LineState) -> None:
    """Let Alice have these entries and lines, as the hub makes one status of them."""
    person = window.session.replica.people[ALICE]
    known = {
        number: Line(number=number, state=lines.get(name, S.IDLE), since=office.NOW - 60.0)
        for name, number in (("desk", DESK), ("mobile", MOBILE))
    }
    day_end = office.at(23, 59)
    status = status_of(person, known, None, now=office.NOW, entries=entries, day_end=day_end)
    window.tell(
        StatusChanged(status=status),
        TimelineChanged(timeline=Timeline(person=ALICE, entries=entries)),
    )


def spoken(desk: Desk) -> str:
    people = desk.window.people.people
    row = people.row_of(ALICE)
    assert row is not None
    return str(people.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def on_card(desk: Desk) -> str:
    """Return all that the card says, painted or written."""
    parts = [part for part in desk.window.card.findChildren(QWidget) if part.isVisible()]
    said = [part.accessibleName() for part in parts]
    said += [part.text() for part in parts if isinstance(part, QLabel)]
    return " · ".join(words for words in said if words)


def picture(desk: Desk) -> QImage:
    """Alice's row as it is painted."""
    view = desk.window.people
    return view.viewport().grab().toImage().copy(0, 0, view.viewport().width(), ROW)


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name().upper() for x in range(image.width()) for y in range(image.height())
    }


LUNCH = entry("Frokost", WEB)
MEETING = entry("Leverandørmøde", CALENDAR)
HOLIDAY = entry("Ferie", "KLJ", handling=CallHandling.DIVERTED, divert_to="203")


@pytest.mark.requirement("001-01")
@pytest.mark.requirement("001-02")
@pytest.mark.parametrize(
    ("entries", "lines", "kind", "words"),
    [
        ((), {}, StatusKind.FREE, "Free"),
        ((), {"mobile": S.TALKING}, StatusKind.BUSY, "On the phone"),
        ((), {"desk": S.TALKING}, StatusKind.BUSY, "On the phone"),
        ((LUNCH,), {}, StatusKind.AWAY, "Frokost"),
        ((HOLIDAY,), {}, StatusKind.AWAY, "Ferie"),
        ((MEETING,), {}, StatusKind.AWAY, "Leverandørmøde"),
        ((MEETING,), {"mobile": S.TALKING}, StatusKind.BUSY, "On the phone"),
    ],
)
def test_everybody_is_free_busy_or_absent_whatever_makes_it(
    desk: Desk, entries: tuple[Entry, ...], lines: dict[str, LineState], kind: StatusKind, words: str
) -> None:
    set_on(desk, *entries, **lines)
    assert desk.session.replica.statuses[ALICE].kind is kind
    assert words in spoken(desk)
    assert words in on_card(desk)


@pytest.mark.requirement("001-04")
def test_on_the_phone_looks_different_from_absent_and_from_free(desk: Desk) -> None:
    pictures = []
    for entries, lines in (((), {}), ((), {"desk": S.TALKING}), ((LUNCH,), {})):
        set_on(desk, *entries, **lines)
        pictures.append(picture(desk))
    free, busy, absent = pictures
    assert LIGHT.busy in colours(busy) - colours(free)
    assert LIGHT.away in colours(absent) - colours(busy)
    # not by colour alone: the mark on the avatar has another shape each time
    shapes = [frozenset(marked(each)) for each in pictures]
    assert len(set(shapes)) == 3


def marked(row: QImage) -> set[tuple[int, int]]:
    """Return where the mark of a status is on the avatar."""
    tones = {LIGHT.free, LIGHT.busy, LIGHT.away}
    return {(x, y) for x in range(50) for y in range(ROW) if row.pixelColor(x, y).name().upper() in tones}


@pytest.mark.requirement("001-07")
def test_what_is_in_the_calendar_is_part_of_the_status_and_shown_at_once(desk: Desk) -> None:
    set_on(desk, MEETING, entry("Status", CALENDAR, begins=7_200.0))
    assert "Leverandørmøde" in spoken(desk)
    assert "(OL)" in spoken(desk)
    assert "Leverandørmøde" in on_card(desk)
    listed = desk.window.card.day.entries
    assert ["Leverandørmøde" in words for words in listed] == [True, False]
    assert ["Status" in words for words in listed] == [False, True]


@pytest.mark.requirement("001-32")
def test_the_list_says_what_lasts_now_and_of_later_only_when_the_next_begins(desk: Desk) -> None:
    later = entry("Tandlæge", "KLJ", begins=7_200.0)
    set_on(desk, LUNCH, later)
    assert "Frokost" in spoken(desk)
    assert "Tandlæge" not in spoken(desk)
    set_on(desk, entry("Morgenmøde", CALENDAR, begins=-20_000.0), LUNCH)
    assert "Morgenmøde" not in spoken(desk)


@pytest.mark.requirement("001-35")
def test_a_click_on_a_colleague_opens_all_there_is_to_know(desk: Desk) -> None:
    set_on(desk, LUNCH, entry("Tandlæge", "KLJ", begins=7_200.0), mobile=S.TALKING)
    desk.press(Key.Key_Escape)
    desk.select("hol")
    desk.type("alice")
    desk.select("hol")
    row = desk.window.people.people.row_of(ALICE)
    assert row is not None
    at = QPoint(80, row * ROW + 20)
    QTest.mouseClick(desk.window.people.viewport(), Qt.MouseButton.LeftButton, pos=at)
    desk.catch_up()
    assert desk.controller.selected == ALICE
    words = on_card(desk)
    for part in ("Alice Holm", "Frokost", "Tandlæge", DESK, "+45 40 11 22 33"):
        assert part in words, part


@pytest.mark.requirement("001-53")
def test_the_note_for_receptionists_stands_with_its_entry(desk: Desk, qtbot: QtBot) -> None:
    set_on(desk, entry("Kursus", CALENDAR, note="Ring kun hvis det haster"))
    assert "Ring kun hvis det haster" in on_card(desk)
    line = desk.window.card.day._lines[0]
    qtbot.waitUntil(lambda: line.height() == line.sizeHint().height())
    assert LIGHT.away in colours(line.grab().toImage()), "it is painted, with a bar of its own"
    set_on(desk, entry("Kursus", CALENDAR))
    assert "haster" not in on_card(desk)
    assert LIGHT.away not in colours(line.grab().toImage())


@pytest.mark.requirement("001-56")
def test_a_phone_kept_open_has_its_sign_in_front_and_says_so(desk: Desk) -> None:
    set_on(desk, entry("Kursus", CALENDAR, handling=CallHandling.OPEN))
    assert "the phone is kept open" in on_card(desk)
    line = EntryLine(desk.theme)
    line.resize(320, 48)
    shown = EntryView("13–14", "Kursus", "", "OL", "now", is_phone_open=False)
    pictures = []
    for is_open in (False, True):
        line.show_entry(replace(shown, is_phone_open=is_open), 80, is_last=True)
        pictures.append(line.grab().toImage())
    without, with_sign = pictures
    different = [
        (x, y)
        for x in range(without.width())
        for y in range(without.height())
        if without.pixel(x, y) != with_sign.pixel(x, y)
    ]
    assert different, "the sign is painted"
    assert max(x for x, _ in different) < 14 + 80 + 10 + 14, "in front of the words beside it"


def test_what_somebody_wrote_in_teams_stands_below_what_the_sources_say(desk: Desk) -> None:
    status = desk.session.replica.statuses["ali"]
    desk.select("ali")
    assert "In Teams" not in desk.window.card.evidence.text()
    desk.tell(StatusChanged(status=replace(status, teams="Busy", teams_note="Ring <b>på</b> mobilen")))
    desk.catch_up()
    assert desk.window.card.evidence.text().splitlines()[-1] == "In Teams: “Ring <b>på</b> mobilen”"


@pytest.mark.requirement("003-35", "003-58")
def test_the_text_of_a_profile_that_a_call_activates_stands_there_too(desk: Desk) -> None:
    status = desk.session.replica.statuses["ali"]
    desk.select("ali")
    desk.tell(StatusChanged(status=replace(status, teams="Busy", info="Skriv <i>i</i> Teams")))
    desk.catch_up()
    assert desk.window.card.evidence.text().splitlines()[-1] == "Skriv <i>i</i> Teams"


@pytest.mark.requirement("000-04")
def test_what_the_telephone_says_and_what_teams_says_stand_side_by_side(desk: Desk) -> None:
    person = desk.session.replica.people[ALICE]
    line = Line(number=DESK, state=S.IDLE, since=office.NOW - 60.0)
    word = TeamsSet(person=ALICE, availability="Busy", activity="InAMeeting", since=office.NOW - 600.0)
    status = status_of(person, {DESK: line}, None, now=office.NOW, teams=word, day_end=office.at(23, 59))
    desk.tell(StatusChanged(status=status))
    desk.catch_up()
    told = desk.window.card.evidence.text()
    assert "Phone: free since 13:41" in told
    assert "Teams: Busy since 13:32" in told
