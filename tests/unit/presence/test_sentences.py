"""What callers may hear: in three languages, with a return, and never a subject."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.hub.office_file import default_office
from reception.model.lines import Cause, PersonStatus, StatusKind
from reception.model.office import LANGUAGES, Activity, Office
from reception.presence.sentences import SENTENCES, Sentences, unknown_placeholders

HERE = ZoneInfo("Europe/Copenhagen")
OFFICE = default_office().office
K, C = StatusKind, Cause


def at(hour: float, day: int = 25) -> float:
    """A moment in the week of Wednesday 25 November 2026."""
    whole, minutes = int(hour), round(hour % 1 * 60)
    return datetime(2026, 11, day, whole, minutes, tzinfo=HERE).timestamp()


NOW = at(13.7)


def away(back_at: float | None, activity: str = "", **more: Any) -> PersonStatus:
    return PersonStatus(
        person="a",
        **{
            "kind": K.AWAY,
            "since": NOW,
            "cause": C.ENTRY,
            "is_entered": True,
            "reason": "Hemmeligt opkøb",
            "until": back_at,
            "back_at": back_at,
            "activity": activity,
        }
        | more,
    )


def said(status: PersonStatus, language: str = "da", office: Office = OFFICE, name: str = "Alice") -> str:
    return Sentences(office, HERE).aloud(status, name=name, language=language, now=NOW)


@pytest.mark.requirement("001-14", "001-10")
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("da", "Alice er til møde og kommer tilbage kl. 14.30."),
        ("de", "Alice ist in einer Besprechung und ist um 14:30 Uhr zurück."),
        ("en", "Alice is in a meeting and back at 14:30."),
        ("fr", "Alice is in a meeting and back at 14:30."),
    ],
)
def test_in_a_meeting_and_back_at(language: str, sentence: str) -> None:
    assert said(away(at(14.5), "meeting"), language) == sentence


@pytest.mark.requirement("001-13")
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("da", "Alice taler i telefon."),
        ("de", "Alice telefoniert gerade."),
        ("en", "Alice is talking on the phone."),
    ],
)
def test_on_the_phone(language: str, sentence: str) -> None:
    status = PersonStatus(person="a", kind=K.BUSY, since=NOW, cause=C.CALL, activity="meeting")
    assert said(status, language) == sentence


@pytest.mark.requirement("001-31")
@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("da", "Personen De søger kan ikke træffes, men kommer tilbage kl. 14.30."),
        ("de", "Die gewünschte Person ist nicht erreichbar, ist aber um 14:30 Uhr zurück."),
        ("en", "The person you are calling cannot be reached, but will be back at 14:30."),
    ],
)
def test_the_person_you_are_calling(language: str, sentence: str) -> None:
    assert Sentences(OFFICE, HERE).greeting(away(at(14.5)), language=language, now=NOW) == sentence


def test_a_sick_child_is_not_in_the_office_today() -> None:
    for end in (at(0, 26), at(23.9), None):
        for activity in ("child_sick", "sick"):
            assert said(away(end, activity)) == "Alice er ikke på kontoret i dag."
    assert said(away(at(0, 26), "sick"), "de") == "Alice ist heute nicht im Büro."
    assert said(away(at(0, 26), "sick"), "en") == "Alice is not in the office today."


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("da", "Alice er optaget til kl. 14."),
        ("de", "Alice ist bis 14 Uhr nicht zu sprechen."),
        ("en", "Alice is busy until 14."),
    ],
)
def test_a_private_meeting_is_busy_until(language: str, sentence: str) -> None:
    assert said(away(at(14), reason="", is_private=True), language) == sentence


@pytest.mark.requirement("001-11")
@pytest.mark.parametrize(
    ("back_at", "words"),
    [
        (at(8, 26), "i morgen kl. 8"),
        (at(0, 26), "i morgen"),
        (at(0, 27), "på fredag"),
        (at(0, 28), "på mandag"),  # nobody is back on a Saturday at midnight
        (at(9, 30), "på mandag kl. 9"),
        (datetime(2026, 12, 21, tzinfo=HERE).timestamp(), "mandag den 21. december"),
    ],
)
def test_a_return_on_another_day(back_at: float, words: str) -> None:
    assert said(away(back_at)) == f"Alice kan ikke træffes, men kommer tilbage {words}."


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("da", "Alice er optaget til fredag."),
        ("de", "Alice ist bis Freitag nicht zu sprechen."),
        ("en", "Alice is busy until Friday."),
    ],
)
def test_until_takes_the_place_of_the_preposition(language: str, sentence: str) -> None:
    assert said(away(at(0, 27), is_private=True), language) == sentence


@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (PersonStatus(person="a", kind=K.FREE, since=0.0), "Alice er ledig."),
        (PersonStatus(person="a", kind=K.RINGING, since=0.0), "Telefonen ringer allerede hos Alice."),
        (
            PersonStatus(person="a", kind=K.BUSY, since=0.0, cause=C.DO_NOT_DISTURB),
            "Alice er optaget lige nu.",
        ),
        (PersonStatus(person="a", kind=K.BUSY, since=0.0, cause=C.TEAMS), "Alice er optaget."),
        (PersonStatus(person="a", kind=K.AWAY, since=0.0, cause=C.TEAMS), "Alice kan ikke træffes."),
        (PersonStatus(person="a", kind=K.OFF, since=0.0), "Alice kan ikke træffes på telefonen lige nu."),
        (PersonStatus(person="a", kind=K.UNKNOWN, since=0.0), "Jeg kan ikke se, om Alice er ledig."),
    ],
)
def test_every_status_has_a_sentence(status: PersonStatus, sentence: str) -> None:
    assert said(status) == sentence


@pytest.mark.requirement("002-146")
def test_what_somebody_does_is_said_only_where_the_organisation_wants_it() -> None:
    quiet = default_office().office.__class__(activities=OFFICE.activities, says_activity=False)
    greeting = Sentences(quiet, HERE).greeting(away(at(14.5), "meeting"), language="da", now=NOW)
    assert greeting == "Personen De søger kan ikke træffes, men kommer tilbage kl. 14.30."


@pytest.mark.requirement("002-147", "002-148")
@pytest.mark.parametrize(("says_last", "clock"), [(True, "14"), (False, "12.30")])
def test_the_end_of_the_last_of_consecutive_absences_or_of_the_first(says_last: bool, clock: str) -> None:
    office = Office(activities=OFFICE.activities, says_last_end=says_last)
    lunch = away(at(14), "lunch", until=at(12.5))
    heard = Sentences(office, HERE).greeting(lunch, language="da", now=at(12.1), name="Alice")
    assert heard == f"Alice er til frokost og kommer tilbage kl. {clock}."


def test_an_organisation_words_it_its_own_way() -> None:
    office = Office(
        activities=(Activity(id="x", spoken={"da": "er i marken"}),),
        sentences={"own_back": {"da": "{name} {words} til {back}!"}, "free": {"da": "Ja, {name} er her."}},
    )
    assert said(away(at(14), "x"), office=office) == "Alice er i marken til kl. 14!"
    assert said(PersonStatus(person="a", kind=K.FREE, since=0.0), office=office) == "Ja, Alice er her."


@given(
    st.sampled_from([a.id for a in OFFICE.activities] + ["", "gone"]),
    st.one_of(st.none(), st.floats(-3 * 86400, 90 * 86400)),
    st.sampled_from(StatusKind),
    st.sampled_from(Cause),
    st.booleans(),
    st.sampled_from([*LANGUAGES, "sv"]),
)
def test_no_sentence_ever_tells_a_subject_or_a_hole(
    activity: str, after: float | None, kind: StatusKind, cause: Cause, is_private: bool, language: str
) -> None:
    back = None if after is None else NOW + after
    status = away(back, activity, kind=kind, cause=cause, is_private=is_private)
    sentence = said(status, language)
    assert "Hemmeligt" not in sentence
    assert "{" not in sentence
    assert "  " not in sentence
    assert sentence.endswith((".", "!"))
    assert "Alice" in sentence


def test_all_sentences_are_there_in_all_languages() -> None:
    for texts in SENTENCES.values():
        assert set(texts) == set(LANGUAGES)
        assert not any(unknown_placeholders(text) for text in texts.values())
