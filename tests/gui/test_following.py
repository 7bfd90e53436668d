"""The window follows the hub: nothing jumps, nothing is taken away, nothing unsure looks sure."""

from __future__ import annotations

import random

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from reception.console.api import Delta, LinkState
from reception.model import intents as ask
from reception.model.attendants import DeskState
from reception.model.calls import (
    CallbackRequest,
    CallerId,
    EndReason,
    Focus,
    LegProgress,
    Pending,
    Place,
    Returned,
    Target,
    WhyBack,
)
from reception.model.changes import (
    AttendantChanged,
    CallChanged,
    CallEnded,
    GroupRemoved,
    Message,
    Notice,
    PersonChanged,
    PersonRemoved,
    Source,
    SourceChanged,
    SourceState,
    StatusChanged,
)
from reception.model.lines import Line, LineState, PersonStatus, StatusKind
from reception.model.people import Number, NumberKind, Person
from reception.wire import Result
from tests.gui import office
from tests.gui.desk import CTRL, Desk, Key
from widgets.keyed_model import KEY_ROLE
from widgets.letters import LetterDialog
from widgets.overlays import GroupRow

ALICE = Target(number="201", person="ali", name="Alice Holm")


def row_words(desk: Desk, person: str) -> str:
    """Return what a screen reader says for a colleague."""
    people = desk.window.people.people
    row = people.row_of(person)
    assert row is not None
    return str(people.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def call_words(desk: Desk, call: str) -> str:
    """Return what a screen reader says for a call of the list."""
    calls = desk.window.call_list.calls
    row = calls.row_of(call)
    assert row is not None
    return str(calls.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def status(kind: StatusKind, *lines: Line, is_stale: bool = False) -> PersonStatus:
    return PersonStatus(person="ali", kind=kind, since=office.NOW - 60, lines=lines, is_stale=is_stale)


# ---------------------------------------------------------------------- the caret


def test_an_incoming_call_takes_neither_focus_nor_text(desk: Desk) -> None:
    desk.type("al")
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    raised = QSignalSpy(app.focusWindowChanged)
    before = desk.window.isActiveWindow()
    desk.tell(CallChanged(call=office.call("q1", Place.OFFERED, offered_to=("KLJ",))))
    desk.tell(CallChanged(call=office.call("q2")))
    assert (desk.text, desk.has_caret) == ("al", True)
    assert desk.window.search.field.cursorPosition() == 2
    assert desk.window.isActiveWindow() == before
    assert raised.count() == 0, "no window was brought to the front"


def test_a_notice_takes_neither_focus_nor_text(desk: Desk) -> None:
    desk.talk()
    desk.type("al")
    said = Message(key="held_long", params={"caller": "Hansen", "seconds": 60.0})
    desk.tell(Notice(id="n1", to=("KLJ",), at=office.NOW, message=said))
    assert desk.notice == "Hansen is still on hold. For 60 seconds now. F4 fetches the call."
    assert (desk.text, desk.has_caret) == ("al", True)


def test_after_answering_the_field_is_empty_and_nobody_is_selected(desk: Desk) -> None:
    desk.type("ali")
    desk.tell(CallChanged(call=office.call("q1")))
    desk.window.call_list.setFocus()
    desk.press(Key.Key_F2)
    assert (desk.text, desk.has_caret, desk.controller.selected) == ("", True, None)
    desk.type("car")
    desk.talk()
    assert desk.text == "car", "what was typed for this caller stays"
    assert desk.controller.selected == "car"


def test_after_answering_at_the_phone_itself_the_field_is_empty(desk: Desk) -> None:
    desk.type("ali")
    desk.clock.now += 5
    desk.tell(CallChanged(call=office.call("c0", Place.OFFERED, offered_to=("KLJ",))))
    desk.talk()
    assert (desk.text, desk.has_caret) == ("", True)


def test_what_was_typed_while_it_rang_stays(desk: Desk) -> None:
    desk.tell(CallChanged(call=office.call("c0", Place.OFFERED, offered_to=("KLJ",))))
    desk.clock.now += 2
    desk.type("ali")
    desk.talk()
    assert desk.text == "ali"


# ---------------------------------------------------------------------- selection and scroll


@pytest.mark.requirement("000-10")
def test_all_colleagues_are_listed_and_the_count_says_so(desk: Desk) -> None:
    people = desk.session.replica.people
    assert set(desk.listed) == set(people)
    assert desk.window.search.count.text().startswith("60 ·")
    assert all(row_words(desk, p) for p in people)
    desk.type("hol")
    assert desk.window.search.count.text().startswith("5 of 60")


def test_selection_and_scroll_survive_a_thousand_updates(desk: Desk) -> None:
    people = desk.window.people
    names = [p for p in desk.listed if p is not None and p.startswith("p")]
    desk.controller.select(names[30])
    people.scrollTo(people.people.index(people.people.row_of(names[30]), 0))
    people.verticalScrollBar().setValue(people.verticalScrollBar().value() + 7)
    top = people.verticalScrollBar().value()
    resets = QSignalSpy(people.people.modelReset)
    pick = random.Random(11)
    states = [LineState.IDLE, LineState.TALKING, LineState.RINGING, LineState.UNREACHABLE, None]
    for n in range(1000):
        person = desk.session.replica.people[pick.choice(names)]
        if n % 3 == 0:
            news: object = PersonChanged(person=replace(person, title=f"Title {n}"))
        else:
            news = StatusChanged(status=office.status(person, pick.choice(states), since=office.NOW + n))
        desk.tell(news)  # type: ignore[arg-type]
        if n % 7 == 0:
            desk.tell(CallChanged(call=office.call(f"q{n % 20}", ago=pick.random() * 99)))
    assert desk.controller.selected == names[30]
    assert people.currentIndex().data(KEY_ROLE) == names[30]
    assert people.verticalScrollBar().value() == top
    assert resets.count() == 0


def test_a_colleague_above_comes_and_goes(desk: Desk) -> None:
    desk.controller.select("jon")
    desk.tell(PersonChanged(person=Person(id="new", name="Aaron Aa")))
    assert desk.window.people.people.row_of("new") == 0
    assert desk.controller.selected == "jon"
    assert desk.window.people.currentIndex().data(KEY_ROLE) == "jon"
    desk.tell(PersonRemoved(person="new"))
    desk.tell(PersonRemoved(person="jon"))
    assert desk.window.people.people.row_of("jon") is None
    assert desk.window.card.name.text() == "Nobody selected"


def test_a_new_snapshot_keeps_the_selection(desk: Desk) -> None:
    desk.type("hol")
    desk.press(Key.Key_Down)
    chosen = desk.controller.selected
    desk.session.publish(Delta(is_reset=True))
    desk.controller.flush()
    assert desk.controller.selected == chosen
    assert desk.text == "hol"


def test_the_queue_keeps_its_place_when_calls_come_and_go(desk: Desk) -> None:
    for n in range(20):
        desk.tell(CallChanged(call=office.call(f"q{n:02}", ago=100 - n)))
    calls = desk.window.call_list
    desk.window.grab()  # lays the rows out
    calls.verticalScrollBar().setValue(120)
    resets = QSignalSpy(calls.calls.modelReset)
    desk.tell(CallEnded(call="q19", reason=EndReason.CALLER_HUNG_UP))
    desk.tell(CallChanged(call=office.call("q99", ago=0)))
    desk.window.grab()
    assert calls.verticalScrollBar().value() == 120
    assert resets.count() == 0
    assert calls.rowHeight(0) < calls.rowHeight(1)


# ---------------------------------------------------------------------- what is seen


@pytest.mark.requirement("001-05")
def test_the_state_of_desk_phone_and_mobile_is_seen(desk: Desk) -> None:
    desk.type("ali")
    lines = (
        Line(number="201", state=LineState.IDLE, since=office.NOW - 9),
        Line(number="+4540112233", state=LineState.TALKING, since=office.NOW - 65),
    )
    desk.tell(StatusChanged(status=status(StatusKind.BUSY, *lines)))
    shown = {line.shown.text: line.shown.state for line in desk.window.card.lines[:2]}
    assert shown == {"201": "free", "+45 40 11 22 33": "talking 1:05"}
    assert "On the phone" in row_words(desk, "ali")


@pytest.mark.requirement("000-05")
def test_the_targets_status_is_seen_before_the_transfer(desk: Desk) -> None:
    desk.talk()
    desk.type("ali")
    line = Line(number="201", state=LineState.TALKING, since=office.NOW - 60)
    desk.tell(StatusChanged(status=status(StatusKind.BUSY, line)))
    assert row_words(desk, "ali") == "Alice Holm, Indkøbschef · Indkøb, On the phone · since 13:41"
    assert desk.window.card.status.sentence.word == "On the phone"
    line = Line(number="201", state=LineState.IDLE, since=office.NOW)
    desk.tell(StatusChanged(status=status(StatusKind.FREE, line)))
    assert desk.window.card.status.sentence.word == "Free"
    assert row_words(desk, "ali").endswith(", Free")


@pytest.mark.parametrize(
    ("found", "word"),
    [
        (None, "Unknown"),
        (status(StatusKind.UNKNOWN), "Unknown"),
        (status(StatusKind.FREE, is_stale=True), "Free?"),
        (status(StatusKind.BUSY, is_stale=True), "Busy?"),
    ],
)
def test_unknown_and_stale_never_look_free(desk: Desk, found: PersonStatus | None, word: str) -> None:
    desk.type("ali")
    if found is None:
        del desk.session.replica.statuses["ali"]
        desk.session.publish(Delta(statuses=frozenset({"ali"})))
        desk.controller.flush()
    else:
        desk.tell(StatusChanged(status=found))
    assert desk.window.card.status.sentence.word == word
    assert desk.window.card.status.sentence.tone == "unknown"
    assert f", {word} ·" in row_words(desk, "ali")


def test_a_lost_hub_makes_everything_the_last_known(desk: Desk) -> None:
    desk.talk()
    desk.tell(CallChanged(call=office.call("q1")))
    desk.type("hol")
    desk.session.set_link(LinkState.LOST)
    desk.controller.flush()
    assert ", Free? ·" in row_words(desk, "hol")
    assert desk.window.bottom.day.text() == ""
    assert desk.window.top.link.words == "Reception · connection lost"
    assert desk.window.call_card.heading.text() == "Last known call"
    assert desk.window.top._chips["main"].count == "1?"
    assert desk.window.top._lights["telephony"].words == "Telephony?"
    desk.session.set_link(LinkState.UP)
    desk.controller.flush()
    assert row_words(desk, "hol").endswith(", Free · Møde 15:00")
    assert desk.window.call_card.heading.text() == "Call in hand"


def test_a_refused_console_says_why(desk: Desk) -> None:
    desk.session.set_link(LinkState.REFUSED, Message(key="wrong_token"))
    desk.controller.flush()
    assert desk.window.top.link.toolTip().startswith("The hub does not know this console.")
    assert desk.notice.startswith("The hub does not know this console. Ask the administrator")
    desk.session.set_link(LinkState.UP)
    desk.controller.flush()
    assert desk.notice == ""


def test_sources_have_words(desk: Desk) -> None:
    why = Message(key="unreachable", params={"address": "pbx:8088"})
    desk.tell(
        SourceChanged(
            source=Source(id="telephony", state=SourceState.DOWN, since=office.NOW - 130, message=why)
        ),
        SourceChanged(source=Source(id="odd", state=SourceState.NEEDS_SIGN_IN, since=office.NOW)),
    )
    lights = desk.window.top._lights
    assert lights["telephony"].words == "Telephony · no answer for 2 min"
    assert lights["telephony"].toolTip() == "No answer from pbx:8088."
    assert lights["odd"].words == "odd · needs a sign-in"


def test_queues_warn_beyond_their_target(desk: Desk) -> None:
    desk.tell(CallChanged(call=office.call("q1", ago=20)))
    chip = desk.window.top._chips["main"]
    assert (chip.count, chip.wait, chip.is_over) == ("1", "0:20", False)
    desk.clock.now += 11
    desk.window.top.tick()
    assert (chip.wait, chip.is_over) == ("0:31", True)
    assert "longer than it should" in chip.accessibleName()
    desk.tell(GroupRemoved(group="sales"))
    assert set(desk.window.top._chips) == {"main", "support"}


def test_a_clock_repaints_only_its_own_cells(desk: Desk) -> None:
    desk.tell(CallChanged(call=office.call("q1", ago=5)))
    changed = QSignalSpy(desk.window.call_list.calls.dataChanged)
    desk.clock.now += 1
    desk.window._on_tick()
    assert changed.count() == 0
    assert call_words(desk, "q1").startswith("+45 97 12 34 56, Hovednummer, number 1 in the queue, for 0:06")


def test_a_callback_is_seen_as_one(desk: Desk) -> None:
    wish = CallbackRequest(number="+4586112233", asked_at=office.NOW - 40, tries=2)
    entry = office.call("cb", leg=None, party=CallerId(name="Fynsk Logistik"), callback=wish)
    desk.tell(CallChanged(call=entry))
    assert "Callback · tries: 2 · Hovednummer" in call_words(desk, "cb")
    assert desk.window.call_card.face.told.state == "Wants to be called back"
    assert desk.window.top.callbacks.count == "1"


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (office.call("x", Place.CAMPED, target=ALICE, owner="KLJ"), "camp-on → Alice Holm"),
        (office.call("x", Place.TRANSFERRING, target=ALICE, owner="KLJ"), "rings at Alice Holm"),
        (office.call("x", Place.PARKED, slot="701", owner="ANB"), "parked · slot 701 · by ANB"),
        (office.call("x", Place.OFFERED, offered_to=("KLJ",)), "Hovednummer · rings at your phone"),
        (
            office.call(
                "x", Place.HELD, owner="KLJ", returned=Returned(target=ALICE, why=WhyBack.BUSY, at=1.0)
            ),
            "back: Alice Holm is busy.",
        ),
        (
            office.call("x", returned=Returned(target=ALICE, why=WhyBack.NO_ANSWER, at=1.0)),
            "back: Alice Holm did not answer. Hovednummer",
        ),
    ],
)
def test_where_a_call_waits_is_said(desk: Desk, call: object, words: str) -> None:
    desk.tell(CallChanged(call=call))  # type: ignore[arg-type]
    assert words in call_words(desk, "x")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"place": Place.OFFERED, "pending": Pending.ANSWERING}, "Calling your phone …"),
        ({"place": Place.TALKING}, ""),  # the heading says it
        ({"place": Place.TALKING, "is_held_by_phone": True}, "On hold by your phone's own key"),
        ({"place": Place.DIALLING}, "Being called …"),
        ({"place": Place.CONSULTING, "target": ALICE}, "Alice Holm is being called; the caller waits"),
        (
            {"place": Place.CONSULTING, "target": ALICE, "progress": LegProgress.RINGING},
            "Ringing at Alice Holm; the caller waits",
        ),
        (
            {
                "place": Place.CONSULTING,
                "target": ALICE,
                "progress": LegProgress.TALKING,
                "focus": Focus.CONFERENCE,
            },
            "Conference with Alice Holm",
        ),
    ],
)
def test_where_the_call_in_hand_is_said(desk: Desk, fields: dict[str, object], words: str) -> None:
    place = fields.pop("place")
    call = office.call("c0", place, owner="KLJ", **fields)  # type: ignore[arg-type]
    desk.tell(CallChanged(call=call), AttendantChanged(attendant=office.me(active="c0")))
    assert desk.window.call_card.face.told.state == words


def test_my_own_state_is_said(desk: Desk) -> None:
    assert desk.window.top.own.text() == "KLJ · Ready"
    desk.tell(AttendantChanged(attendant=office.me(desk=DeskState.RINGING)))
    assert desk.window.top.own.text() == "KLJ · Ready · phone rings"


def test_that_my_presence_keeps_group_calls_from_me_is_said(desk: Desk) -> None:
    desk.tell(AttendantChanged(attendant=office.me(kept_out=("main",))))
    assert desk.window.top.own.text() == "KLJ · Ready · no group calls: presence"
    desk.tell(AttendantChanged(attendant=office.me(groups=("main",), kept_out=("support",))))
    assert desk.window.top.own.text() == "KLJ · Ready", "I am not logged in to that one"
    desk.press(Key.Key_G, CTRL)
    (row,) = (r for r in desk.window.findChildren(GroupRow) if r.text() == "Support")
    assert "your presence" in row.accessibleDescription()


# ---------------------------------------------------------------------- asked and answered


def test_what_is_asked_shows_at_once_and_is_released_by_its_outcome(desk: Desk) -> None:
    desk.talk()
    desk.type("ali")
    desk.press(Key.Key_F4)
    assert desk.window.call_card.face.told.state == "Putting on hold …"
    held = replace(desk.session.replica.calls["c0"], place=Place.HELD, since=office.NOW)
    desk.session.settle(news=(CallChanged(call=held), AttendantChanged(attendant=office.me())))
    desk.controller.flush()
    assert "…" not in call_words(desk, "c0")
    desk.press(Key.Key_F4)
    assert "fetching …" in call_words(desk, "c0")
    desk.session.settle(Result.TIMED_OUT, Message(key="timed_out"))
    desk.controller.flush()
    assert "…" not in call_words(desk, "c0")


def test_a_refusal_says_what_why_and_where_the_call_is(desk: Desk) -> None:
    desk.talk()
    desk.type("ali")
    desk.press(Key.Key_Return)
    desk.session.settle(Result.REFUSED, Message(key="target_busy", params={"target": "Alice Holm"}))
    desk.controller.flush()
    assert desk.notice == (
        "Not transferred. Alice Holm is busy. F6 lets the caller wait there, F7 offers the voicemail. "
        "Nordsø Entreprise A/S is still with you."
    )
    assert desk.window.call_card.face.told.name == "Nordsø Entreprise A/S"
    names = [b.objectName() for b in desk.window.notice._buttons]
    assert names == ["camp_on", "voicemail", "mobile", "1", "message", "anyway", "escape"]
    desk.session.asked.clear()
    desk.window.notice._buttons[0].click()
    assert desk.asked() == [ask.CampOn(call="c0", to=ALICE)]


@pytest.mark.requirement("001-06", "001-10")
def test_before_a_transfer_to_somebody_absent_the_ways_on_are_offered_with_their_keys(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []
    monkeypatch.setattr(
        "widgets.letters.QDesktopServices.openUrl", lambda url: written.append(url.toString())
    )
    desk.talk()
    desk.type("ali")
    desk.press(Key.Key_Return)
    params = {"target": "Alice Holm", "back": office.NOW + 48 * 60.0 - 8}
    desk.session.settle(Result.REFUSED, Message(key="target_away", params=params))
    desk.controller.flush()
    assert desk.notice == (
        "Not transferred. Alice Holm is not there now: back 14:30. Nordsø Entreprise A/S is still with you."
    )
    names = [b.objectName() for b in desk.window.notice._buttons]
    assert names == ["voicemail", "mobile", "1", "message", "anyway", "escape"]
    desk.session.asked.clear()
    desk.press(Key.Key_M, CTRL)
    dialog = desk.window.findChild(LetterDialog)
    assert isinstance(dialog, LetterDialog)
    dialog.program.click()
    assert written[0].startswith("mailto:alice.holm%40firma.dk?subject=")
    assert "97" in written[0]
    desk.press(Key.Key_Return, CTRL)
    mobile = Target(number="+4540112233", person="ali", name="Alice Holm")
    assert desk.asked() == [ask.Transfer(call="c0", to=mobile, even_if_busy=True)], "not warned twice"


@pytest.mark.requirement("002-141")
def test_who_may_not_go_past_a_diversion_is_told_so_and_offered_what_there_is(desk: Desk) -> None:
    desk.talk()
    desk.type("ali")
    desk.press(Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    desk.session.settle(Result.REFUSED, Message(key="target_diverted", params={"target": "Alice Holm"}))
    desk.controller.flush()
    assert "The calls of Alice Holm are diverted, and you have no right" in desk.notice
    names = [b.objectName() for b in desk.window.notice._buttons]
    assert names == ["voicemail", "mobile", "1", "message", "escape"]


@pytest.mark.requirement("001-06")
def test_who_has_no_end_is_told_so_and_a_transfer_is_never_forbidden(desk: Desk) -> None:
    desk.talk()
    desk.type("ali")
    desk.press(Key.Key_Return)
    params = {"target": "Alice Holm", "back": 0.0}
    desk.session.settle(Result.REFUSED, Message(key="target_away", params=params))
    desk.controller.flush()
    assert "nobody knows until when" in desk.notice
    desk.session.asked.clear()
    desk.press(Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert desk.asked() == [ask.Transfer(call="c0", to=ALICE, even_if_busy=True)]


@pytest.mark.requirement("002-380", "002-381")
@pytest.mark.parametrize("to", [("KLJ",), ()])
def test_a_long_camp_on_is_notified_and_fetched_by_its_key(desk: Desk, to: tuple[str, ...]) -> None:
    desk.tell(CallChanged(call=office.call("a1", Place.CAMPED, owner="KLJ", target=ALICE)))
    params = {"caller": "Bygma", "target": "Alice Holm", "seconds": 30.0}
    said = Message(key="camped_long", params=params)
    desk.tell(Notice(id="n1", to=to, at=office.NOW, message=said, call="a1"))
    assert desk.notice.startswith("Bygma still waits for Alice Holm. For 30 seconds now.")
    assert [b._cap for b in desk.window.notice._buttons] == ["Ctrl 1", "Esc"]
    desk.press(Key.Key_1, CTRL)
    assert desk.asked() == [ask.TakeBack(call="a1")]


def test_what_is_said_to_others_is_not_shown(desk: Desk) -> None:
    said = Message(key="held_long", params={"caller": "X", "seconds": 60.0})
    desk.tell(Notice(id="n1", to=("ANB",), at=office.NOW, message=said))
    assert desk.notice == ""


def test_a_returned_transfer_offers_the_next_keys(desk: Desk) -> None:
    desk.type("ali")
    back = Returned(target=ALICE, why=WhyBack.NO_ANSWER, at=office.NOW)
    call = office.call("b", Place.HELD, owner="KLJ", returned=back, party=CallerId(name="Nordsø"))
    params = {"caller": "Nordsø", "target": "Alice Holm", "why": "no_answer"}
    said = Notice(
        id="n1", to=("KLJ",), at=office.NOW, message=Message(key="returned", params=params), call="b"
    )
    desk.tell(CallChanged(call=call), said)
    assert desk.notice == "Alice Holm did not answer. Nordsø is back with you, on hold."
    buttons = desk.window.notice._buttons
    assert [(b.text(), b._cap) for b in buttons] == [
        ("Fetch", "F4"),
        ("Voicemail", "F7"),
        ("Carol Dam", "Alt 1"),
        ("Close", "Esc"),
    ]
    buttons[2].click()
    assert desk.asked() == [ask.Transfer(call="b", to=Target(number="203", person="car", name="Carol Dam"))]
    desk.tell(said)
    desk.press(Key.Key_Escape)
    assert desk.notice == "", "the same notice is shown once"


def test_a_notice_goes_when_its_call_has_moved_on(desk: Desk) -> None:
    desk.tell(CallChanged(call=office.call("h1", Place.HELD, owner="KLJ")))
    said = Message(key="held_long", params={"caller": "X", "seconds": 60.0})
    desk.tell(Notice(id="n1", to=("KLJ",), at=office.NOW, message=said, call="h1"))
    assert desk.notice
    desk.tell(CallEnded(call="h1", reason=EndReason.CALLER_HUNG_UP))
    assert desk.notice == "+45 97 12 34 56 hung up."


def test_a_hint_goes_by_itself(desk: Desk) -> None:
    desk.press(Key.Key_F8)
    assert desk.notice.startswith("You have no call now.")
    desk.clock.now += 9
    desk.window._on_tick()
    assert desk.notice == ""


# ---------------------------------------------------------------------- text from outside


def test_text_from_outside_is_plain(desk: Desk) -> None:
    bad = "<b>Boss</b><img src=x>"
    number = Number(kind=NumberKind.DESK, number="299")
    desk.tell(
        PersonChanged(person=Person(id="bad", name=bad, title=bad, fields={bad: bad}, numbers=(number,))),
        CallChanged(call=office.call("c0", Place.TALKING, owner="KLJ", party=CallerId(name=bad))),
        AttendantChanged(attendant=office.me(active="c0")),
    )
    desk.select("bad")
    said = Message(key="held_long", params={"caller": bad, "seconds": 1.0})
    desk.tell(Notice(id="n1", to=(), at=office.NOW, message=said))
    labels = desk.window.findChildren(QLabel)
    shown = [label for label in labels if bad in label.text()]
    assert len(shown) >= 3
    assert desk.window.call_card.face.told.name == bad  # painted, by what knows no markup
    assert {label.textFormat() for label in shown} == {Qt.TextFormat.PlainText}


def test_a_name_with_line_breaks_stays_on_its_line(desk: Desk) -> None:
    desk.tell(
        CallChanged(call=office.call("c0", Place.TALKING, owner="KLJ", party=CallerId(name="A\nB\u2028C")))
    )
    desk.tell(AttendantChanged(attendant=office.me(active="c0")))
    assert desk.window.call_card.face.told.name == "A B C"


# ---------------------------------------------------------------------- for everyone


def test_everything_one_can_reach_has_a_name(desk: Desk) -> None:
    office.busy_minute(desk.session)
    desk.talk()
    desk.type("ali")
    desk.press(Key.Key_F5)
    reachable = [w for w in desk.window.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    nameless = [w for w in reachable if w.isVisible() and not w.accessibleName()]
    assert len(reachable) >= 6
    assert nameless == []


def test_every_cell_has_words(desk: Desk) -> None:
    office.busy_minute(desk.session)
    desk.talk()
    for model in (desk.window.people.people, desk.window.call_list.calls):
        for row in range(model.rowCount()):
            for column in range(model.columnCount()):
                assert model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole)


def test_everything_a_key_does_is_an_action(desk: Desk) -> None:
    assert {a.objectName() for a in desk.window.actions()} == {a.value for a in desk.window.qt_actions}
    desk.talk()
    desk.type("ali")
    desk.window.qt_actions[next(a for a in desk.window.qt_actions if a.value == "hold")].trigger()
    assert desk.asked() == [ask.Hold(call="c0")]


def test_clicks_do_what_keys_do_and_leave_the_caret(desk: Desk, qtbot: QtBot) -> None:
    desk.talk()
    desk.type("ali")
    card = desk.window.call_card
    transfer = card.face.buttons[0]
    qtbot.mouseClick(transfer, Qt.MouseButton.LeftButton)
    assert desk.asked() == [ask.Transfer(call="c0", to=ALICE)]
    assert desk.has_caret
    qtbot.mouseClick(desk.window.top.own, Qt.MouseButton.LeftButton)
    assert len(desk.asked()) == 1
    assert desk.has_caret


def test_dark_and_light_follow_without_a_restart(desk: Desk) -> None:
    desk.talk()
    desk.type("ali")
    light = desk.window.grab().toImage().pixelColor(5, 300)
    desk.theme.set_wanted("dark")
    dark = desk.window.grab().toImage().pixelColor(5, 300)
    assert light.lightness() > 200 > 60 > dark.lightness()
    app = QApplication.instance()
    assert app is not None
    desk.theme.set_wanted("light")


class Watch(QObject):
    """Counts what would be laid out anew."""

    def __init__(self, *watched: QWidget) -> None:
        super().__init__()
        self.found: list[str] = []
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.found.append(f"{type(watched).__name__}: {event.type().name}")
        return False


def test_a_call_that_comes_has_nothing_laid_out_but_its_pane(desk: Desk) -> None:
    window = desk.window
    QApplication.processEvents()
    watch = Watch(window, window.panes, window.middle, window.search, window.search.field, window.people)
    desk.tell(CallChanged(call=office.call("q1")))
    QApplication.processEvents()
    assert desk.window.call_card.face.buttons[0].isVisible()
    assert watch.found == []
