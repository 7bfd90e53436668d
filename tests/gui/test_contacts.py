"""Contacts outside the house in the window: found behind colleagues, called, known when they call."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtWidgets import QApplication

from reception.model import intents as ask
from reception.model.calls import CallerId
from reception.model.changes import CallChanged, Message, PersonChanged, Source, SourceChanged, SourceState
from reception.model.lines import LineState
from reception.model.people import ContactKind, Number, NumberKind, Person
from tests.gui import office
from tests.gui.desk import CTRL, SHIFT, Desk, Key
from widgets import call_words, contact_words, person_view, texts
from widgets.board import CallRow, rows


def contact(id_: str, name: str, kind: ContactKind, number: str, **more: str) -> Person:
    numbers = (
        Number(kind=NumberKind.OTHER, number=number),
        Number(kind=NumberKind.MOBILE, number="+4520304050"),
    )
    return Person(id=f"contact:{id_}", name=name, numbers=numbers, contact=kind, **more)  # type: ignore[arg-type]


VIP = contact("v", "Holmer Nordsø", ContactKind.VIP, "+4597123456", company="Nordsø A/S", title="Direktør")
PLAIN = contact("c", "Holland Blomster", ContactKind.CONTACT, "+4597123457", company="Holland Blomster")
FAVOURITE = contact("f", "Aage Holck", ContactKind.FAVOURITE, "+4597123458")
BLOCKED = contact("b", "Holdning Research", ContactKind.BLOCKED, "+4597123459")


@pytest.fixture
def desk(qtbot: object) -> Iterator[Desk]:
    desk = Desk()
    desk.tell(*(PersonChanged(person=one) for one in (VIP, PLAIN, FAVOURITE, BLOCKED)))
    yield desk
    desk.close()


def row_of(desk: Desk, person: str) -> person_view.RowView:
    view = desk.window.people.view_of(person)
    assert isinstance(view, person_view.RowView)
    return view


@pytest.mark.requirement("002-077", "002-081", "002-082")
def test_they_are_found_behind_colleagues_and_marked_as_what_they_are(desk: Desk) -> None:
    desk.type("hol")
    assert desk.listed[:1] == ["ali"]
    assert [one for one in desk.listed if one and one.startswith("contact:")] == desk.listed[-4:]
    assert row_of(desk, PLAIN.id).sentence.word == "Contact"
    assert row_of(desk, VIP.id).sentence.word == "VIP contact"
    assert row_of(desk, VIP.id).role == "Direktør · Nordsø A/S"
    assert row_of(desk, BLOCKED.id).sentence.word == "Blocked contact"
    assert row_of(desk, PLAIN.id).kind is None, "nothing is known of what they do"
    assert row_of(desk, PLAIN.id).spoken == "Holland Blomster, Contact"
    assert not desk.window.grab().isNull()


@pytest.mark.requirement("002-080")
def test_a_key_lists_the_favourites_and_typing_goes_on(desk: Desk) -> None:
    desk.press(Key.Key_B, CTRL)
    assert desk.listed == [FAVOURITE.id]
    assert desk.controller.selected == FAVOURITE.id
    assert row_of(desk, FAVOURITE.id).sentence.word == "Favourite contact"
    desk.type("alice")
    assert desk.text == "alice"
    assert desk.listed[0] == "ali"


@pytest.mark.requirement("002-077")
def test_a_caller_is_transferred_to_a_contact_at_the_preferred_number(desk: Desk) -> None:
    desk.talk()
    desk.type("blomster")
    desk.press(Key.Key_Return)
    (transfer,) = desk.asked()
    assert isinstance(transfer, ask.Transfer)
    assert (transfer.to.number, transfer.to.person) == ("+4597123457", PLAIN.id)


def test_a_contact_is_called(desk: Desk) -> None:
    desk.type("blomster")
    desk.press(Key.Key_Return, SHIFT)
    (dialled,) = desk.asked()
    assert isinstance(dialled, ask.Dial)
    assert dialled.to.number == "+4597123457"


def test_the_card_tells_how_to_reach_them_and_nothing_of_a_day(desk: Desk) -> None:
    card = desk.window.card
    desk.select(VIP.id)
    assert card.role.text() == "Direktør · Nordsø A/S"
    assert card.status.sentence.word == "VIP contact"
    shown = [line.shown for line in card.lines if line.isVisible()]
    assert [(one.text, one.state) for one in shown] == [("+45 97 12 34 56", ""), ("+45 20 30 40 50", "")]
    for part in (card.day, card.absences, card.caller_words, card.evidence):
        assert not part.isVisible()
    desk.press(Key.Key_F11)
    assert desk.window.absences.panel is None
    assert "absences are of colleagues" in desk.notice
    desk.press(Key.Key_L, CTRL)
    desk.press(Key.Key_T, CTRL)
    assert not desk.window.grab().isNull(), "on the wall too"
    desk.press(Key.Key_T, CTRL)
    desk.select("ali")
    for part in (card.day, card.absences, card.caller_words, card.evidence):
        assert part.isVisible()


@pytest.mark.requirement("002-082")
def test_a_vip_who_calls_is_shown_as_such(desk: Desk) -> None:
    party = CallerId(number="+4597123456", name="Holmer Nordsø (Nordsø A/S)", contact=ContactKind.VIP)
    waiting = office.call("w", party=party)
    desk.tell(CallChanged(call=waiting))
    assert desk.window.call_card.face.told.is_vip, "who waits is seen before the answer"
    (row,) = (
        r
        for r in rows(desk.session.replica, marked=None, now=office.NOW)
        if isinstance(r, CallRow) and r.call.id == waiting.id
    )
    assert call_words.party(row.call) == "Holmer Nordsø (Nordsø A/S)"
    assert call_words.row_line(row).startswith("VIP · ")
    assert ", VIP · " in call_words.row_text(row, office.NOW)
    desk.talk(party=party)
    face = desk.window.call_card.face
    assert face.told.is_vip
    assert face.told.under.startswith("VIP · +45 97 12 34 56")
    assert "VIP" in face.accessibleName()
    desk.talk(party=replace(party, contact=ContactKind.CONTACT))
    assert not face.told.is_vip
    assert "VIP" not in face.accessibleName()


def test_a_faulty_office_file_has_a_light_with_its_fault_and_makes_no_status_unsure(desk: Desk) -> None:
    params = {"file": "office.toml", "error": "4: unknown setting activty.", "count": 2}
    message = Message(key="office_file_faulty", params=params)
    source = Source(id="office", state=SourceState.NEEDS_SETTINGS, since=office.NOW, message=message)
    desk.tell(SourceChanged(source=source))
    from widgets import source_words, wording

    assert source_words.source_words(source, office.NOW) == "Office file · needs settings"
    words = wording.sentence(message).text
    assert (
        words == "Faults in office.toml: 2. The first: 4: unknown setting activty. What it said before holds."
    )
    assert not person_view.moment_of(desk.session.replica, office.NOW).doubt
    assert any(s.state is LineState.IDLE for s in row_of(desk, "hol").signs)


@pytest.mark.requirement("002-080")
@pytest.mark.parametrize("language", ["da", "de", "en"])
def test_in_each_language_the_word_of_the_key_finds_favourites(language: str, qtbot: object) -> None:
    app = QApplication.instance()
    assert app is not None
    translators = texts.install(app, language)
    try:
        word = contact_words.favourites_word()
    finally:
        texts.remove(app, translators)
    session = office.office(8)
    session.replica.people[FAVOURITE.id] = FAVOURITE
    assert session.replica.find(word, 10).ids == (FAVOURITE.id,)
