"""Calendars as Outlook, Exchange, Google, Apple, Thunderbird and Nextcloud write them, read as meant."""

from __future__ import annotations

import logging
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from reception.model.calendar import Appointment, ShowAs
from services.ics.reading import Document, Owner, Reading, Unreadable, read, window_at

DATA = Path(__file__).parents[2] / "data" / "ics"
ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 10, 19, 8, 0, tzinfo=ZONE).timestamp()
"""A Monday; the clocks change on the Sunday after."""
ANNA = Owner(seed="anna", emails=frozenset({"anna@firma.example"}))


def opened(*names: str, owner: Owner = ANNA, now: float = NOW) -> Reading:
    documents = [Document(name, (DATA / f"{name}.ics").read_bytes()) for name in names]
    return read(documents, owner, ZONE, window_at(now, ZONE, 30))


def line(appointment: Appointment) -> str:
    start, end = (datetime.fromtimestamp(at, ZONE) for at in (appointment.start, appointment.end))
    marks = [
        appointment.show_as.value,
        *(name for name in ("private", "all_day", "invitation") if getattr(appointment, f"is_{name}")),
        *appointment.categories,
    ]
    text = f"{start:%d.%m. %H.%M}–{end:%d.%m. %H.%M} {appointment.subject} ({', '.join(marks)})"
    return f"{text} @ {appointment.location}" if appointment.location else text


EXPECTED = {
    "outlook": [
        "19.10. 09.00–19.10. 10.00 Afdelingsmøde (busy) @ Lokale 2, stuen",
        "20.10. 11.00–20.10. 11.45  (busy, private)",
        "22.10. 14.00–22.10. 15.00 Måske (tentative, invitation)",
        "27.10. 13.30–27.10. 14.30 Afdelingsmøde (flyttet) (busy)",  # was on the 26th; the 2nd is left out
        "29.10. 00.00–31.10. 00.00 Fri (oof, all_day, Ferie)",
        "09.11. 09.00–09.11. 10.00 Afdelingsmøde (busy) @ Lokale 2, stuen",
        "16.11. 09.00–16.11. 10.00 Afdelingsmøde (busy) @ Lokale 2, stuen",
    ],
    "exchange-owa": [
        "20.10. 12.00–20.10. 13.00  (oof, private)",  # 13.00 in a zone of its own, three hours from UTC
        "22.10. 12.00–22.10. 13.00 Ikke besvaret (oof)",
        "23.10. 00.00–24.10. 00.00 Hjemmearbejde (workingElsewhere, all_day)",
        "28.10. 09.00–28.10. 09.30 Jour fixe (busy) @ Microsoft Teams-møde",
        "04.11. 09.00–04.11. 09.30 Jour fixe (busy) @ Microsoft Teams-møde",
    ],
    "google": [
        "19.10. 08.30–19.10. 09.00 Stand-up (busy)",
        "20.10. 08.30–20.10. 09.00 Stand-up (busy)",  # the 21st is left out, the 22nd cancelled
        "20.10. 14.30–20.10. 15.00 Projekt 🚀 opfølgning (busy, invitation) @ https://meet.google.com/abc-defg-hij",
        "23.10. 08.30–23.10. 09.00 Stand-up (busy)",
        "24.10. 00.00–26.10. 00.00 Weekendtur (free, all_day)",  # 49 hours: clocks go back
        "24.10. 08.30–24.10. 09.00 Stand-up (busy)",
        "25.10. 08.30–25.10. 09.00 Stand-up (busy)",  # the 25th and last
    ],
    "apple": [
        "21.10. 12.00–21.10. 13.00 Frokost (flydende tid) (busy)",
        "22.10. 15.00–22.10. 16.00  (busy, private)",  # 9 o'clock in New York
        "23.10. 00.00–24.10. 00.00 Fødselsdag (free, all_day)",
        "24.10. 22.00–25.10. 06.00 Nattevagt (busy)",
        "28.10. 16.30–28.10. 17.30 Kor (busy)",
    ],
    "thunderbird": [
        "19.10. 17.00–19.10. 18.30 Måske tennis (tentative)",
        "22.10. 13.00–22.10. 15.00 Kursus (busy, Møde, Kunde)",
        "27.10. 18.00–27.10. 20.00 Kursus (om aftenen) (busy)",
        "29.10. 13.00–29.10. 15.00 Kursus (busy, Møde, Kunde)",
        "03.11. 13.00–03.11. 15.00 Kursus (busy, Møde, Kunde)",
        "05.11. 13.00–05.11. 15.00 Kursus (busy, Møde, Kunde)",
    ],
    "nextcloud": [
        "19.10. 00.00–21.10. 00.00 Messe (busy, all_day, Außer Haus)",
        "20.10. 08.00–20.10. 08.45 Einzeltermine (busy)",
        "20.10. 10.00–20.10. 11.00 Team (busy)",
        "22.10. 08.00–22.10. 08.45 Einzeltermine (busy)",
        "27.10. 14.00–27.10. 15.30 Team (nachmittags) (busy)",  # this and all that follow
        "03.11. 09.00–03.11. 09.45 Einzeltermine (busy)",
        "03.11. 14.00–03.11. 15.30 Team (nachmittags) (busy)",
        "04.11. 08.00–04.11. 10.00 Einzeltermine (busy)",  # a period with a length of its own
        "10.11. 14.00–10.11. 15.30 Team (nachmittags) (busy)",
        "17.11. 14.00–17.11. 15.30 Team (nachmittags) (busy)",
    ],
}


@pytest.mark.parametrize("program", EXPECTED)
def test_calendars_of_other_programs_say_what_they_mean(program: str) -> None:
    reading = opened(program)
    assert [line(appointment) for appointment in reading.appointments] == EXPECTED[program]
    assert reading.faults == ()


def test_files_with_the_line_ends_of_unix_or_without_the_last_one_are_the_same() -> None:
    for name in EXPECTED:
        content = (DATA / f"{name}.ics").read_bytes()
        assert b"\r\n" in content
        for other in (content.replace(b"\r\n", b"\n"), content.rstrip(), b"\xef\xbb\xbf" + content):
            documents = [Document(name, other)]
            assert read(documents, ANNA, ZONE, window_at(NOW, ZONE, 30)) == opened(name)


@pytest.mark.requirement("003-45")
def test_what_is_private_never_leaves(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    readings = [opened(name) for name in (*EXPECTED, "partly-bad")]
    assert sum(a.is_private for reading in readings for a in reading.appointments) == 3
    told = msgspec.json.encode([(r.appointments, r.faults) for r in readings]).decode()
    for secret in ("Hemmelig", "Helbred", "sted", "Private Appointment"):
        assert secret not in told
        assert secret not in caplog.text


def test_a_cancellation_in_a_file_of_its_own_takes_back_what_another_file_has() -> None:
    before = {line(a) for a in opened("outlook").appointments}
    after = {line(a) for a in opened("outlook", "cancelled").appointments}
    assert after < before
    assert before - after == {
        "09.11. 09.00–09.11. 10.00 Afdelingsmøde (busy) @ Lokale 2, stuen",
        "29.10. 00.00–31.10. 00.00 Fri (oof, all_day, Ferie)",
    }


def test_several_calendars_of_a_person_are_one() -> None:
    both = opened("google", "apple", "google")
    assert sorted(map(line, both.appointments)) == sorted(EXPECTED["google"] + EXPECTED["apple"])
    starts = [a.start for a in both.appointments]
    assert starts == sorted(starts)


def test_one_bad_appointment_hides_no_other_and_is_named_by_its_line() -> None:
    reading = opened("partly-bad")
    assert [a.subject for a in reading.appointments] == ["Før", "Månemøde", "Efter"]
    assert [(fault.line, fault.error) for fault in reading.faults] == [
        (12, "DTSTART cannot be read"),
        (15, "DTSTART is missing"),
        (19, "it ends before it starts"),
        (25, "RRULE repeats too often"),
        (31, "unknown time zone, read in the office's"),
    ]


def test_who_is_not_the_owner_has_not_declined() -> None:
    bo = Owner(seed="bo", emails=frozenset({"bo@firma.example"}))
    of_bo = {a.subject: a for a in opened("google", owner=bo).appointments}
    assert not of_bo["Afslået"].is_invitation
    assert of_bo["Afslået"].show_as is ShowAs.BUSY


def test_ids_are_the_same_at_every_import_and_different_for_everybody() -> None:
    names = tuple(EXPECTED)
    ids = [a.id for a in opened(*names).appointments]
    assert len(set(ids)) == len(ids)
    assert ids == [a.id for a in opened(*names).appointments]
    assert set(ids).isdisjoint(a.id for a in opened(*names, owner=Owner(seed="bo")).appointments)
    tomorrow = {a.id for a in opened(*names, now=NOW + 86_400.0).appointments}
    assert {a.id for a in opened(*names).appointments if a.start > NOW + 90_000.0} <= tomorrow


@pytest.mark.parametrize("cut", [0.3, 0.7, 0.98])
def test_a_file_that_was_written_by_half_is_not_used(cut: float) -> None:
    for name in EXPECTED:
        content = (DATA / f"{name}.ics").read_bytes()
        half = Document("half.ics", content[: round(len(content) * cut)])
        with pytest.raises(Unreadable) as told:
            read([half], ANNA, ZONE, window_at(NOW, ZONE, 30))
        assert told.value.fault.file == "half.ics"
        assert told.value.fault.line > 0


@pytest.mark.parametrize(
    "content", [b"", b"\r\n", b"<html>Sign in</html>", b"PK\x03\x04", b"BEGIN:VCARD\nEND:VCARD"]
)
def test_what_is_no_calendar_is_told_apart(content: bytes) -> None:
    with pytest.raises(Unreadable):
        read([Document("x", content)], ANNA, ZONE, window_at(NOW, ZONE, 30))
