"""What a newcomer stumbled over: words and keys that did not say or do what they seemed to."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from reception.console.api import Delta, LinkState
from reception.directory.numbers import NumberPlan
from reception.model import intents as ask
from reception.model.calls import CallerId, Direction, EndReason, Place, Target
from reception.model.changes import AttendantChanged, CallChanged, CallEnded, Message, Notice
from reception.model.people import Person
from reception.wire import Result
from tests.gui import office
from tests.gui.desk import CTRL, SHIFT, Desk, Key
from tests.gui.fake_session import FakeSession
from widgets.day_words import Scale
from widgets.notices import FAILURE_S, HINT_S
from widgets.person_view import Moment, row_view
from widgets.row_paint import role_words


@pytest.fixture
def stranger(qtbot: QtBot) -> Iterator[Desk]:
    """A window whose hub has never told anything."""
    session = FakeSession("")
    session.replica.link = LinkState.LOST
    place = Desk(session)
    yield place
    place.close()
    place.window.deleteLater()


# ---------------------------------------------------------------------- unknown never looks like nothing


def test_before_the_first_word_from_the_hub_nothing_is_claimed(stranger: Desk) -> None:
    window = stranger.window
    assert window.call_card.face.told.name == "Not connected"
    assert "not known" in window.call_card.face.told.under
    assert window.middle.empty.text() == "Reception cannot be reached. It is being tried again."
    assert "Not connected" in window.top.own.accessibleName()
    assert window.search.count.text() == ""
    stranger.press(Key.Key_Return)
    assert stranger.notice == "The connection to Reception is down; it is being restored."


def test_a_refused_console_goes_on_saying_why(stranger: Desk) -> None:
    stranger.session.set_link(LinkState.REFUSED, Message(key="wrong_token"))
    stranger.controller.flush()
    stranger.press(Key.Key_Escape)
    assert stranger.notice == ""
    assert "does not know this console" in stranger.window.middle.empty.text()
    stranger.press(Key.Key_F2)
    assert "does not know this console" in stranger.notice


def test_a_lost_line_makes_an_empty_queue_the_last_known(desk: Desk) -> None:
    assert desk.window.call_card.face.told.name == "Nobody is waiting"
    desk.session.set_link(LinkState.LOST)
    desk.controller.flush()
    assert desk.window.call_card.face.told.name == "Nobody is waiting?"
    assert desk.window.call_list.calls.index(0, 0).data() == "In the queue: 0?"
    desk.press(Key.Key_Return)
    assert "connection to Reception is down" in desk.notice
    assert desk.asked() == []


# ---------------------------------------------------------------------- keys


def test_the_buttons_key_is_the_one_that_answers(desk: Desk) -> None:
    desk.tell(CallChanged(call=office.call("q1")))
    button = desk.window.call_card.face.buttons[0]
    assert "↵" in button.accessibleDescription() or button._cap == "↵"
    desk.type("+4940555012")
    assert desk.window.search.count.text().endswith("↵ call")
    desk.tell(CallChanged(call=office.call("q1")))
    assert button._cap == "F2"
    button.click()
    assert desk.asked() == [ask.AnswerNext()]


def test_a_dialled_number_is_forgotten_when_somebody_answers_there(desk: Desk) -> None:
    desk.type("+4940555012")
    desk.press(Key.Key_Return)
    assert desk.asked() == [ask.Dial(to=Target(number="+4940555012"))]
    call = office.call(
        "d1", Place.DIALLING, direction=Direction.OUT, owner="KLJ", party=CallerId(number="+4940555012")
    )
    desk.tell(CallChanged(call=call), AttendantChanged(attendant=office.me(active="d1")))
    assert desk.text == "+4940555012"  # busy numbers are dialled again
    desk.tell(CallChanged(call=replace(call, place=Place.TALKING)))
    assert desk.text == ""


def test_what_is_typed_after_dialling_stays(desk: Desk) -> None:
    desk.type("+4940555012")
    desk.press(Key.Key_Return)
    desk.asked()
    call = office.call("d1", Place.DIALLING, direction=Direction.OUT, owner="KLJ")
    desk.tell(CallChanged(call=call), AttendantChanged(attendant=office.me(active="d1")))
    desk.clock.now += 1
    desk.press(Key.Key_F3)
    desk.type("ali")
    desk.tell(CallChanged(call=replace(call, place=Place.TALKING)))
    assert desk.text == "ali"


def test_digits_that_cannot_be_sent_stay(desk: Desk) -> None:
    desk.type("12#")
    desk.press(Key.Key_D, CTRL)
    assert desk.text == "12#"
    desk.talk()
    desk.press(Key.Key_D, CTRL)
    assert desk.asked() == [ask.SendDigits(call="c0", digits="12#")]
    assert desk.text == ""


def test_typed_numbers_mean_what_they_mean_to_the_hub(desk: Desk) -> None:
    desk.session.replica.plan = NumberPlan(country="49", longest_short=4)
    desk.session.publish(Delta(is_reset=True))
    desk.controller.flush()
    desk.type("040 555 01 23")
    assert desk.window.middle.empty.text() == "Nobody has this number. Enter uses +49 405 55 01 23 as it is."
    desk.press(Key.Key_Return, SHIFT)
    assert desk.asked() == [ask.Dial(to=Target(number="+49405550123"))]


# ---------------------------------------------------------------------- being told


@pytest.mark.parametrize("place", [Place.HELD, Place.CONSULTING, Place.CAMPED, Place.PARKED])
def test_a_caller_aside_who_hangs_up_is_named(desk: Desk, place: Place) -> None:
    desk.tell(CallChanged(call=office.call("h1", place, owner="KLJ")))
    desk.tell(CallEnded(call="h1", reason=EndReason.CALLER_HUNG_UP))
    assert desk.notice == "+45 97 12 34 56 hung up."


def test_a_caller_in_hand_or_of_others_who_hangs_up_needs_no_words(desk: Desk) -> None:
    desk.talk()
    desk.tell(CallChanged(call=office.call("h2", Place.HELD, owner="ANB")))
    for call in ("c0", "h2"):
        desk.tell(CallEnded(call=call, reason=EndReason.CALLER_HUNG_UP))
    assert desk.notice == ""


def test_a_notice_without_a_call_goes_with_the_next_thing_done_once_it_was_read(desk: Desk) -> None:
    params = {"target": "+4940555012", "why": "busy"}
    said = Message(key="dialled_not_reached", params=params)
    desk.tell(Notice(id="n1", to=("KLJ",), at=office.NOW, message=said, call="gone"))
    assert desk.notice.startswith("+49 40 55 50 12 is busy.")
    desk.tell(CallChanged(call=office.call("q1")))
    desk.press(Key.Key_F2)
    assert desk.notice
    desk.asked()
    desk.clock.now += HINT_S + 1
    desk.press(Key.Key_F2)
    assert desk.notice == ""


def test_a_failure_about_no_call_goes_by_itself(desk: Desk) -> None:
    desk.press(Key.Key_F12, SHIFT)
    desk.session.settle(Result.REFUSED, Message(key="calls_in_hand", params={"count": 1.0}))
    desk.controller.flush()
    assert desk.notice
    desk.clock.now += FAILURE_S + 1
    desk.controller.tick()
    assert desk.notice == ""


# ---------------------------------------------------------------------- finding


def test_initials_stand_in_the_row_when_they_are_why_it_was_found() -> None:
    bjorn = Person(id="b", name="Bjørn Bruun", initials="BOB", title="Grafiker", department="Marketing")
    row = row_view(bjorn, None, None, Moment(0.0, Scale(0.0, 1.0)))
    assert role_words(row, "bob") == "BOB · Grafiker · Marketing"
    assert role_words(row, "bj") == "Grafiker · Marketing"


def test_whoever_typed_before_the_people_came_has_the_best_selected() -> None:
    session = office.office(300)
    everybody, session.replica.people = session.replica.people, {}
    last = list(everybody)[-1]
    session.replica.is_filling = True
    place = Desk(session)
    try:
        place.type("zor")
        assert place.controller.selected is None
        assert place.window.middle.empty.text() == "Connecting to Reception …"
        session.replica.people = everybody | {last: replace(everybody[last], name="Zorro Zebra")}
        session.replica.is_filling = False
        session.publish(Delta(is_reset=True))
        place.controller.flush()
        assert place.controller.selected == last
        assert place.text == "zor"
    finally:
        place.close()
        place.window.deleteLater()


def test_a_new_snapshot_takes_out_whoever_is_gone(desk: Desk) -> None:
    desk.type("ali")
    desk.session.replica.people = {
        p: person for p, person in desk.session.replica.people.items() if p != "ali"
    }
    desk.session.publish(Delta(is_reset=True))
    desk.controller.flush()
    assert desk.window.people.people.row_of("ali") is None


def test_the_first_window_fits_the_screen(desk: Desk) -> None:
    room = desk.window.screen().availableGeometry().size()
    size = desk.window._first_size()
    assert size.width() <= min(1440, room.width())
    assert size.height() < room.height()
    assert size == QSize(1440, 900) or room.width() < 1440 or room.height() < 940


def test_the_selected_colleague_is_never_under_a_notice(desk: Desk, qtbot: QtBot) -> None:
    people = desk.window.people

    def is_seen() -> bool:
        row = people.visualRect(people.currentIndex())
        strip = desk.window.notice
        covered = strip.geometry().top() if not strip.isHidden() else desk.window.middle.list_frame.height()
        return people.viewport().rect().contains(row) and people.y() + row.bottom() < covered

    for _ in range(people.viewport().height() // 52 - 1):
        desk.press(Key.Key_Down)
    chosen = desk.controller.selected
    desk.press(Key.Key_F5)
    assert desk.notice
    qtbot.waitUntil(is_seen)
    for _ in range(5):
        desk.press(Key.Key_Down)
        assert is_seen()
    desk.press(Key.Key_Escape)
    assert desk.notice == ""
    assert chosen is not None
