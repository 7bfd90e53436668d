"""Setting, changing, deleting and undoing absences from the window, with the keyboard alone."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from pytestqt.qtbot import QtBot

from reception.model import intents as ask
from reception.model.changes import OfficeChanged, TimelineChanged
from reception.model.presence import CallHandling, Entry, Timeline
from reception.wire import Result
from tests.gui import office
from tests.gui.desk import CTRL, Desk, Key
from widgets import person_view
from widgets.absence import AbsencePanel
from widgets.card_day import EntryLine
from widgets.labels import PlainLabel


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    desk = Desk()
    qtbot.addWidget(desk.window)
    return desk


def opened(desk: Desk, name: str = "mette hol", key: Key = Key.Key_F11, **modifiers: object) -> AbsencePanel:
    desk.type(name)
    desk.press(key, **modifiers)  # type: ignore[arg-type]
    panel = desk.window.absences.panel
    assert panel is not None
    assert panel.isVisible()
    return panel


@pytest.mark.requirement("001-42")
@pytest.mark.requirement("002-164")
def test_one_key_after_f11_sets_lunch_for_a_colleague(desk: Desk) -> None:
    panel = opened(desk)
    desk.press(Key.Key_1)
    (asked,) = desk.asked()
    assert isinstance(asked, ask.SetEntry)
    assert (asked.person, asked.entry, asked.draft.shortcut) == ("met", "", "lunch")
    assert asked.draft.start == office.NOW
    assert asked.draft.end is not None
    assert 30 * 60 <= asked.draft.end - asked.draft.start < 31 * 60
    assert not panel.isVisible()
    assert desk.has_caret
    assert desk.text == "mette hol", "what was typed stays"


def test_a_shortcut_has_its_own_letter_and_what_it_lays_down(desk: Desk) -> None:
    opened(desk)
    desk.type("h")
    (asked,) = desk.asked()
    assert isinstance(asked, ask.SetEntry)
    assert (asked.draft.handling, asked.draft.is_busy, asked.draft.end) == (CallHandling.OPEN, False, None)


def test_plain_words_go_into_the_field_of_times_and_are_shown_before_they_count(desk: Desk) -> None:
    panel = opened(desk)
    desk.type("til 14.30")
    assert panel.when.text() == "til 14.30"
    assert "13:42–14:30" in panel.preview.text()
    assert "KLJ" in panel.preview.text()
    desk.press(Key.Key_Return)
    (asked,) = desk.asked()
    assert isinstance(asked, ask.SetEntry)
    assert (asked.draft.start, asked.draft.end) == (pytest.approx(office.NOW), office.at(14, 30))
    assert asked.draft.handling is CallHandling.VOICEMAIL


def test_what_is_not_understood_is_said_and_not_saved(desk: Desk) -> None:
    panel = opened(desk)
    desk.type("vrøvl")
    assert not panel.save.isEnabled()
    assert "14.30" in panel.preview.text(), "an example"
    desk.press(Key.Key_Return)
    assert desk.asked() == []
    assert panel.isVisible()


def test_escape_discards_and_gives_the_caret_back(desk: Desk) -> None:
    panel = opened(desk)
    desk.type("til 15")
    desk.press(Key.Key_Escape)
    assert desk.asked() == []
    assert not panel.isVisible()
    assert desk.has_caret
    assert opened(desk, "").when.text() == ""


def test_a_diversion_names_a_colleague_or_a_number(desk: Desk) -> None:
    panel = opened(desk)
    panel.calls.setCurrentIndex(panel.calls.findData(CallHandling.DIVERTED.value))
    assert not panel.save.isEnabled(), "to whom?"
    panel.number.setText("carol dam")
    assert panel.save.isEnabled()
    panel.accept()
    (asked,) = desk.asked()
    assert isinstance(asked, ask.SetEntry)
    assert (asked.draft.handling, asked.draft.divert_to) == (CallHandling.DIVERTED, "203")


def test_reason_subject_and_the_note_for_receptionists_go_along(desk: Desk) -> None:
    panel = opened(desk)
    panel.when.setText("i morgen 8-12")
    panel.activity.setCurrentIndex(panel.activity.findData("meeting"))
    panel.subject.setText("  Kundemøde ")
    panel.note.setText("Må forstyrres")
    panel.accept()
    (asked,) = desk.asked()
    assert isinstance(asked, ask.SetEntry)
    draft = asked.draft
    assert (draft.activity, draft.reason, draft.note) == ("meeting", "Kundemøde", "Må forstyrres")
    assert (draft.start, draft.end) == (office.at(8, days=1), office.at(12, days=1))


@pytest.mark.requirement("001-55")
def test_an_imported_entry_is_changed_and_keeps_what_was_not_touched(desk: Desk) -> None:
    panel = opened(desk, "alice", Key.Key_E, modifiers=CTRL)
    entry = desk.session.replica.timelines["ali"].entries[1]
    assert panel.entry_id == entry.id
    assert (panel.subject.text(), panel.when.text()) == ("Leverandørmøde", "13:00-14:30")
    panel.subject.setText("Leverandører")
    panel.accept()
    (asked,) = desk.asked()
    assert isinstance(asked, ask.SetEntry)
    assert asked.entry == entry.id
    draft = asked.draft
    assert (draft.start, draft.end, draft.place) == (entry.start, entry.end, entry.place)
    assert draft.reason == "Leverandører"


def test_the_same_key_goes_on_to_the_next_entry(desk: Desk) -> None:
    panel = opened(desk, "alice", Key.Key_E, modifiers=CTRL)
    entries = desk.session.replica.timelines["ali"].entries
    seen = [panel.entry_id]
    for _ in range(4):
        desk.press(Key.Key_E, CTRL)
        seen.append(panel.entry_id)
    assert seen == [entries[1].id, entries[2].id, entries[3].id, entries[4].id, entries[1].id]


def test_an_entry_is_deleted(desk: Desk) -> None:
    panel = opened(desk, "alice", Key.Key_E, modifiers=CTRL)
    entry = panel.entry_id
    desk.press(Key.Key_Delete, CTRL)
    assert desk.asked() == [ask.DeleteEntry(person="ali", entry=entry)]
    assert not panel.isVisible()


def test_an_entry_that_is_clicked_opens(desk: Desk, qtbot: QtBot) -> None:
    desk.type("alice")
    desk.press(Key.Key_Down)
    line = next(line for line in desk.window.card.findChildren(EntryLine) if line.isVisible())
    line.clicked.emit(line._shown.id)  # type: ignore[union-attr]
    panel = desk.window.absences.panel
    assert panel is not None
    assert panel.isVisible()


def test_it_can_be_taken_back_for_a_minute(desk: Desk) -> None:
    opened(desk)
    desk.press(Key.Key_2)
    request = next(iter(desk.session.replica.pending))
    desk.session.settle()
    desk.controller.flush()
    desk.session.asked.clear()
    assert "Mette Holst" in desk.notice
    desk.press(Key.Key_Z, CTRL)
    assert desk.asked() == [ask.UndoEntry(request=request)]
    desk.press(Key.Key_Z, CTRL)
    assert desk.asked() == [], "it is taken back already"


def test_after_a_minute_it_cannot(desk: Desk) -> None:
    opened(desk)
    desk.press(Key.Key_2)
    desk.asked()
    desk.clock.now += 61
    desk.press(Key.Key_Z, CTRL)
    assert desk.asked() == []


@pytest.mark.requirement("002-060")
def test_who_may_not_change_the_time_of_a_colleague_hears_so(desk: Desk) -> None:
    locked = replace(desk.session.replica.timelines["met"], is_locked=True)
    desk.tell(TimelineChanged(timeline=locked))
    desk.type("mette hol")
    desk.press(Key.Key_F11)
    assert desk.window.absences.panel is None
    assert "Mette Holst" in desk.notice
    assert not desk.window.card.absences.isVisible()


@pytest.mark.requirement("002-059")
def test_that_holds_of_a_colleague_without_any_entries_too(desk: Desk) -> None:
    assert not desk.session.replica.timelines.get("car")
    desk.tell(TimelineChanged(timeline=Timeline(person="car", is_locked=True)))
    desk.type("carol")
    assert not desk.window.card.absences.isVisible()
    desk.press(Key.Key_F11)
    assert desk.window.absences.panel is None
    assert "Carol Dam" in desk.notice
    desk.tell(TimelineChanged(timeline=Timeline(person="car")))
    assert desk.window.card.absences.isVisible()


def test_a_refusal_is_told_with_its_reason(desk: Desk) -> None:
    opened(desk)
    desk.press(Key.Key_1)
    from reception.model.changes import Message

    desk.session.settle(Result.REFUSED, Message(key="not_allowed", params={"target": "Mette Holst"}))
    desk.controller.flush()
    assert "may not change" in desk.notice


def test_keys_about_calls_work_while_the_panel_is_open(desk: Desk) -> None:
    desk.talk()
    panel = opened(desk)
    panel.when.setFocus()
    desk.press(Key.Key_F4)
    assert desk.asked() == [ask.Hold(call="c0")]
    assert panel.isVisible()


def test_in_a_consultation_f11_is_the_conference(desk: Desk) -> None:
    from reception.model.calls import Focus, LegProgress, Place, Target

    bob = Target(number="207", person="bob", name="Bob Krogh")
    desk.talk()
    call = replace(
        desk.session.replica.calls["c0"],
        place=Place.CONSULTING,
        target=bob,
        progress=LegProgress.TALKING,
        focus=Focus.COLLEAGUE,
    )
    from reception.model.changes import CallChanged

    desk.tell(CallChanged(call=call))
    desk.type("mette hol")
    desk.press(Key.Key_F11)
    assert desk.asked() == [ask.Conference(call="c0")]
    assert desk.window.absences.panel is None


def test_the_card_offers_the_first_shortcuts_and_the_panel_for_those_without_an_end(desk: Desk) -> None:
    desk.type("mette hol")
    desk.window.card.absences.wanted.emit("lunch")
    (asked,) = desk.asked()
    assert isinstance(asked, ask.SetEntry)
    assert asked.draft.shortcut == "lunch"
    desk.window.card.absences.wanted.emit("holiday")
    assert desk.asked() == []
    assert desk.window.absences.panel is not None
    assert desk.window.absences.panel.isVisible()


def test_other_shortcuts_are_offered_at_once(desk: Desk) -> None:
    other = replace(office.rules(), shortcuts=office.rules().shortcuts[-1:])
    desk.tell(OfficeChanged(office=other))
    opened(desk)
    desk.press(Key.Key_1)
    assert desk.asked() == []
    desk.press(Key.Key_Escape)
    opened(desk, "")
    desk.type("H")
    assert len(desk.asked()) == 1


@pytest.mark.requirement("003-07", "003-05")
def test_a_profile_is_chosen_for_a_colleague_and_says_the_rest_itself(desk: Desk) -> None:
    panel = opened(desk)
    choices = [panel.profile.itemText(n) for n in range(panel.profile.count())]
    assert choices[1:] == ["Do not disturb"]
    panel.profile.setCurrentIndex(1)
    assert not panel.calls.isEnabled()
    assert not panel.activity.isEnabled()
    assert "Do not disturb" in panel.preview.text()
    desk.press(Key.Key_Return)
    (asked,) = desk.asked()
    assert isinstance(asked, ask.SetEntry)
    assert (asked.draft.profile, asked.draft.start, asked.draft.end) == ("quiet", office.NOW, None)
    assert asked.draft.handling is CallHandling.VOICEMAIL
    opened(desk, "")
    assert panel.profile.currentIndex() == 0
    assert panel.calls.isEnabled()


@pytest.mark.requirement("003-35")
def test_the_card_shows_a_profiles_text_and_its_name_in_the_users_language(desk: Desk) -> None:
    entry = Entry(
        id="e1",
        reason="Forstyr ikke",
        start=office.NOW - 60,
        end=None,
        origin="WEB",
        profile="quiet",
        info="Skriver rapport",
    )
    timeline = Timeline(person="met", entries=(entry,))
    desk.tell(TimelineChanged(timeline=timeline))
    desk.type("mette hol")
    (line,) = (one for one in desk.window.card.findChildren(EntryLine) if one.isVisible())
    assert "Do not disturb" in line.accessibleName()
    assert "Skriver rapport" in line.accessibleName()


@pytest.mark.requirement("002-050")
@pytest.mark.parametrize(("language", "shown"), [("da", "Frokost"), ("de", "Mittagspause"), ("en", "Lunch")])
def test_an_activity_has_its_name_in_the_users_language(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, language: str, shown: str
) -> None:
    monkeypatch.setattr(person_view, "current", lambda: language)
    start = office.NOW - 60
    entry = Entry(id="e1", reason="Frokost", start=start, end=None, origin="WEB", activity="lunch")
    desk.tell(TimelineChanged(timeline=Timeline(person="met", entries=(entry,))))
    desk.type("mette hol")
    (line,) = (one for one in desk.window.card.findChildren(EntryLine) if one.isVisible())
    assert shown in line.accessibleName()


def test_every_field_has_a_name_for_those_who_listen(desk: Desk) -> None:
    panel = opened(desk)
    fields = [panel.when, panel.profile, panel.activity, panel.calls, panel.number, panel.subject, panel.note]
    assert all(field.accessibleName() for field in fields)
    buddies = {label.buddy() for label in panel.findChildren(PlainLabel) if label.buddy() is not None}
    assert buddies == set(fields)


def test_nobody_selected_is_said(desk: Desk) -> None:
    desk.press(Key.Key_F11)
    assert desk.window.absences.panel is None
    assert desk.notice
    desk.session.replica.timelines["met"] = Timeline(person="met")
    desk.type("mette hol")
    desk.press(Key.Key_E, CTRL)
    assert "F11" in desk.notice
