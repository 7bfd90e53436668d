"""What a row and the card say of a colleague, by example, on the afternoon of the pictures."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from reception.model.changes import Source, SourceState
from reception.model.lines import Line, LineState, PersonStatus, StatusKind
from reception.model.people import Number, NumberKind, Person
from reception.model.presence import CallHandling, Timeline
from tests.gui import office
from tests.gui.office import at, entry
from widgets import day_words, person_view, presence_words, source_words
from widgets.person_view import Moment, Sentence

NOW = office.NOW
MOMENT = Moment(NOW, day_words.scale(day_words.local(NOW).date()))
TALKING = (Line(number="201", state=LineState.TALKING, since=NOW - 60),)


def status(kind: StatusKind, **fields: object) -> PersonStatus:
    values: dict[str, object] = {"person": "ali", "kind": kind, "since": NOW - 3600, **fields}
    return PersonStatus(**values)  # type: ignore[arg-type]


LUNCH = status(
    StatusKind.AWAY,
    is_entered=True,
    reason="Lunch",
    origin="WEB",
    until=at(14),
    back_at=at(14, 30),
    next_at=at(16),
    next_reason="Visit",
)


def said(found: PersonStatus, moment: Moment = MOMENT) -> Sentence:
    return person_view.sentence(found, moment)


# ---------------------------------------------------------------------- the sentence


@pytest.mark.parametrize(
    ("found", "words", "second"),
    [
        (status(StatusKind.FREE), "Free", ""),
        (
            status(StatusKind.FREE, next_at=at(15), next_reason="Meeting"),
            "Free · Meeting 15:00",
            "Free until 15:00",
        ),
        (status(StatusKind.FREE, next_at=at(15)), "Free · appointment 15:00", "Free until 15:00"),
        (status(StatusKind.RINGING), "Ringing", ""),
        (status(StatusKind.BUSY, lines=TALKING), "On the phone · since 12:42", ""),
        (status(StatusKind.BUSY), "Busy · since 12:42", ""),
        (status(StatusKind.AWAY, since=at(16, days=-1)), "Away · since yesterday 16:00", ""),
        (status(StatusKind.OFF), "Phone not connected · since 12:42", ""),
        (status(StatusKind.UNKNOWN), "Unknown · no word from the phone", ""),
        (LUNCH, "Lunch until 14:00", "Back at 14:30 — then free until 16:00"),
        (replace(LUNCH, reason=""), "Away until 14:00", "Back at 14:30 — then free until 16:00"),
        (replace(LUNCH, until=None, back_at=None), "Lunch", "No end is known"),
        (
            replace(LUNCH, reason="Holiday", until=at(0, days=8), back_at=at(0, days=8), next_at=None),
            "Holiday until 27 Nov",
            "Back 28 Nov",
        ),
        (
            replace(LUNCH, reason="Course", until=at(9, days=1), back_at=at(9, days=1), next_at=None),
            "Course until tomorrow 09:00",
            "Back tomorrow at 09:00",
        ),
        (
            replace(LUNCH, kind=StatusKind.BUSY, lines=TALKING),
            "On the phone · Lunch until 14:00",
            "Back at 14:30 — then free until 16:00",
        ),
        (
            replace(LUNCH, kind=StatusKind.RINGING),
            "Ringing · Lunch until 14:00",
            "Back at 14:30 — then free until 16:00",
        ),
    ],
)
def test_a_status_reads_as_a_sentence(found: PersonStatus, words: str, second: str) -> None:
    assert (said(found).words, said(found).second) == (words, second)


def test_the_origin_stands_behind_what_is_entered() -> None:
    assert said(LUNCH).origin == "WEB"
    assert said(LUNCH).text == "Lunch until 14:00 (WEB)"
    assert said(status(StatusKind.FREE)).origin == ""


def test_where_there_is_little_room_the_time_stays() -> None:
    assert said(replace(LUNCH, kind=StatusKind.BUSY, lines=TALKING)).short == "until 14:00"


@pytest.mark.parametrize("kind", [k for k in StatusKind if k is not StatusKind.UNKNOWN])
def test_what_is_not_sure_says_so_and_why(kind: StatusKind) -> None:
    sources = {
        "telephony": Source(id="telephony", state=SourceState.UP, since=NOW - 999),
        "teams": Source(id="teams", state=SourceState.DOWN, since=NOW - 190),
    }
    old = replace(MOMENT, doubt=source_words.doubt(sources, NOW))
    found = said(status(kind, is_stale=True), old)
    assert found.word.endswith("?")
    assert found.tone == "unknown"
    assert found.rest == "the phone; Teams 3 min"
    assert said(status(kind), replace(MOMENT, is_lost=True)).rest == "last known since 12:42"


def test_teams_has_its_own_word() -> None:
    assert person_view.teams_words(status(StatusKind.BUSY, teams="DoNotDisturb")) == "Teams: Do not disturb"
    assert person_view.teams_words(status(StatusKind.BUSY, teams="Novelty")) == "Teams: Novelty"
    assert person_view.teams_words(status(StatusKind.BUSY)) == person_view.teams_words(None) == ""
    assert all(presence_words.teams_word(word) for word in presence_words.TEAMS)


# ---------------------------------------------------------------------- the row


def test_a_row_has_one_sign_for_each_line_and_none_where_there_is_no_line() -> None:
    person = Person(
        id="ali",
        name="Alice Holm",
        numbers=(
            Number(kind=NumberKind.SOFTPHONE, number="202"),
            Number(kind=NumberKind.DESK, number="201"),
        ),
    )
    lines = (*TALKING, Line(number="202", state=LineState.IDLE, since=NOW))
    row = person_view.row_view(person, status(StatusKind.BUSY, lines=lines), None, MOMENT)
    assert row.signs[0] == person_view.Sign(NumberKind.DESK, LineState.TALKING, False)
    assert row.signs[1].state is None


@pytest.mark.parametrize(
    ("name", "initials", "shown", "letters"),
    [
        ("Alice Holm", "ALH", "Alice Holm", "AH"),
        ("Alice Holm", "AL", "Alice Holm", "AL"),
        ("", "", "a@firma.dk", "?"),
        ("🎉 Peter", "", "🎉 Peter", "P"),
        ("דוד בן", "", "דוד בן", "דב"),
    ],
)
def test_everybody_has_a_name_and_an_avatar(name: str, initials: str, shown: str, letters: str) -> None:
    person = Person(id="x", name=name, initials=initials, email="a@firma.dk")
    row = person_view.row_view(person, None, None, MOMENT)
    assert (row.name, row.initials, row.kind) == (shown, letters, StatusKind.UNKNOWN)
    assert shown in row.spoken
    assert person_view.name_of(Person(id="x", name=" ")) == "Without a name"


def test_who_only_sounds_alike_is_marked_for_those_who_listen_too() -> None:
    person = Person(id="x", name="Mette Holst")
    assert "sounds alike" in person_view.row_view(person, None, None, MOMENT, is_alike=True).spoken
    assert "sounds alike" not in person_view.row_view(person, None, None, MOMENT).spoken


# ---------------------------------------------------------------------- the day


def test_the_strip_tells_what_was_what_is_and_what_comes() -> None:
    timeline = Timeline(
        person="ali",
        entries=(
            entry("ali", "Early", at(6), at(7), "OL"),
            entry("ali", "Before", at(7), at(9), "OL"),
            entry("ali", "Now", at(13), at(14), "OL"),
            entry("ali", "Open", at(17), None, "KLJ", is_busy=False),
            entry("ali", "Tomorrow", at(9, days=1), at(10, days=1), "OL"),
        ),
    )
    row = person_view.row_view(Person(id="ali", name="A"), None, timeline, MOMENT)
    assert [(b.words, b.tone, b.is_busy) for b in row.strip] == [
        ("Before", "ended", True),
        ("Now", "now", True),
        ("Open", "future", False),
    ]
    assert [(round(b.begin, 2), round(b.end, 2)) for b in row.strip] == [(0, 0.1), (0.5, 0.6), (0.9, 1)]
    assert row.now == pytest.approx(0.57, abs=0.005)
    assert person_view.now_mark(replace(MOMENT, now=at(19))) is None


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (at(13), at(14, 30), "13:00–14:30"),
        (at(8, days=1), at(12, days=1), "tomorrow 08–12"),
        (at(8, 30, days=4), at(12, days=4), "Tue 08:30–12:00"),
        (at(8, days=30), at(12, days=30), "20 Dec 08–12"),
        (at(0), at(0, days=1), "all day"),
        (at(0, days=3), at(0, days=8), "23–27 Nov"),
        (at(0, days=10), at(0, days=14), "30 Nov–3 Dec"),
        (at(0, days=-3), at(0, days=2), "until tomorrow"),
        (at(0, days=-3), at(0, days=1), "today"),
        (at(16), None, "from 16:00"),
        (at(0, days=12), None, "from 2 Dec"),
        (at(9, days=45), at(10, days=45), "4 Jan 2027 09–10"),
    ],
)
def test_when_an_entry_is(start: float, end: float | None, words: str) -> None:
    assert day_words.period(entry("ali", "x", start, end, "OL"), NOW) == words


@pytest.mark.requirement("001-11")
def test_the_card_lists_what_is_and_what_comes_with_what_happens_to_calls() -> None:
    replica = office.office(7).replica
    shown = person_view.entries(replica.timelines["ali"], replica, NOW)
    assert [(e.when, e.reason, e.detail, e.origin, e.tone) for e in shown] == [
        ("13:00–14:30", "Leverandørmøde", "Mødelokale 2 · to voicemail", "OL", "now"),
        ("15:15–16:30", "Status", "the phone is kept open", "WEB", "future"),
        ("tomorrow 08–12", "Tandlæge", "Private", "KLJ", "future"),
        ("23–27 Nov", "Ferie", "diverted to Carol Dam", "OL", "future"),
    ]
    assert shown[1].is_phone_open
    assert shown[0].spoken.startswith("now, ")
    assert person_view.entries(None, replica, NOW) == []


def test_a_private_appointment_has_no_subject_and_a_number_nobody_has_is_shown() -> None:
    replica = office.office(7).replica
    private = entry(
        "ali",
        "",
        at(15),
        at(16),
        "OL",
        is_private=True,
        handling=CallHandling.DIVERTED,
        divert_to="+4599887766",
    )
    (shown,) = person_view.entries(Timeline(person="ali", entries=(private,)), replica, NOW)
    assert (shown.reason, shown.detail) == ("Private", "diverted to +45 99 88 77 66")


def test_what_leaves_diversions_alone_says_nothing_of_them() -> None:
    replica = office.office(7).replica
    present = entry("ali", "Present", at(13), None, "WEB", handling=CallHandling.UNCHANGED)
    (shown,) = person_view.entries(Timeline(person="ali", entries=(present,)), replica, NOW)
    assert shown.detail == ""


def test_a_diversion_whose_number_is_not_told_is_one_all_the_same() -> None:
    replica = office.office(7).replica
    hidden = entry("ali", "Ferie", at(13), None, "WEB", handling=CallHandling.DIVERTED)
    (shown,) = person_view.entries(Timeline(person="ali", entries=(hidden,)), replica, NOW)
    assert shown.detail == "diverted"


@pytest.mark.requirement("003-27")
def test_a_diversion_that_another_entry_turns_off_is_shown_as_off() -> None:
    replica = office.office(7).replica
    follow_me = entry(
        "ali", "Follow-me", at(8), None, "WEB",
        is_busy=False, handling=CallHandling.DIVERTED, divert_to="+4599887766",
    )  # fmt: skip
    profile = entry("ali", "Meeting", at(13), at(14, 30), "WEB", handling=CallHandling.VOICEMAIL)
    timeline = Timeline(person="ali", entries=(follow_me, profile))
    details = [e.detail for e in person_view.entries(timeline, replica, NOW)]
    assert details == ["diverted to +45 99 88 77 66 · off now", "to voicemail"]
    after = [e.detail for e in person_view.entries(timeline, replica, at(14, 30))]
    assert after == ["diverted to +45 99 88 77 66"]
