"""What Graph says of presence, appointments and mailboxes, in our words. No network."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reception.errors import ProtocolError
from reception.model.calendar import Appointment, ShowAs
from reception.model.lines import Shift, WorkingHours
from services.graph.events import appointment_of, item_of, schedule_appointment
from services.graph.mail_settings import Replies, settings_of
from services.graph.presences import UNKNOWN, presence_of, words_of
from services.graph.zones import instant_of, known_zone, midnight_before, moment_of, utc_text

HOME = ZoneInfo("Europe/Copenhagen")

# ------------------------------------------------------------- presence


@pytest.mark.parametrize(
    ("availability", "activity", "words"),
    [
        ("Busy", "InACall", ("Busy", "InACall")),
        ("busy", "inacall", ("Busy", "InACall")),
        ("inACall", "busy", ("Busy", "InACall")),
        ("inAMeeting", "inAMeeting", ("Busy", "InAMeeting")),
        ("presenting", "doNotDisturb", ("DoNotDisturb", "Presenting")),
        ("focusing", None, ("DoNotDisturb", "Focusing")),
        ("DoNotDisturb", "Presenting", ("DoNotDisturb", "Presenting")),
        ("available", "outOfOffice", ("Available", "OutOfOffice")),
        ("Offline", "OffWork", ("Offline", "OffWork")),
        ("AvailableIdle", "AvailableInactive", ("AvailableIdle", "AvailableInactive")),
        ("beRightBack", "beRightBack", ("BeRightBack", "BeRightBack")),
        (None, "InACall", ("Busy", "InACall")),
        (None, "Away", ("Away", "Away")),
        ("Levitating", "Levitating", (UNKNOWN, UNKNOWN)),
        ("Busy", "Levitating", ("Busy", UNKNOWN)),
        (None, None, (UNKNOWN, UNKNOWN)),
        (7, ["x"], (UNKNOWN, UNKNOWN)),
    ],
)
def test_both_vocabularies_come_to_the_same_words(
    availability: object, activity: object, words: tuple[str, str]
) -> None:
    assert words_of(availability, activity) == words


@given(st.text(max_size=20) | st.none() | st.integers(), st.text(max_size=20) | st.none())
def test_whatever_is_said_is_one_of_the_known_words(availability: object, activity: object) -> None:
    coarse, _ = words_of(availability, activity)
    assert coarse in {UNKNOWN, "Available", "AvailableIdle", "Away", "BeRightBack", "Busy"} | {
        "BusyIdle",
        "DoNotDisturb",
        "Offline",
    }


def test_a_presence_knows_whose_it_is_and_how_new() -> None:
    said = presence_of(
        {
            "id": "ABC",
            "availability": "Busy",
            "activity": "InACall",
            "sequenceNumber": "A002",
            "outOfOfficeSettings": {"isOutOfOffice": True, "message": None},
            "statusMessage": None,
            "workLocation": {"workLocationType": "office"},
        }
    )
    assert (said.user, said.is_out_of_office) == ("abc", True)
    older = presence_of({"id": "abc", "sequenceNumber": "A001"})
    unstamped = presence_of({"id": "abc", "outOfOfficeSettings": None})
    assert older.is_older_than(said)
    assert not said.is_older_than(older)
    assert not unstamped.is_older_than(said)
    assert not said.is_older_than(unstamped)


@pytest.mark.parametrize("item", [{}, {"id": None}, {"id": ""}, {"id": 5}])
def test_a_presence_of_nobody_is_no_presence(item: dict[str, Any]) -> None:
    with pytest.raises(ProtocolError):
        presence_of(item)


# ------------------------------------------------------------- times


@pytest.mark.parametrize(
    ("text", "zone", "moment"),
    [
        ("2026-11-21T09:00:00.0000000", "UTC", datetime(2026, 11, 21, 9, tzinfo=UTC)),
        ("2026-11-21T09:00:00", "Romance Standard Time", datetime(2026, 11, 21, 9, tzinfo=HOME)),
        ("2026-11-21T09:00:00.0000000", "Europe/Copenhagen", datetime(2026, 11, 21, 9, tzinfo=HOME)),
        ("2026-11-21T09:00:00", "tzone://Microsoft/Utc", datetime(2026, 11, 21, 9, tzinfo=UTC)),
        ("2026-11-21T09:00:00Z", "Romance Standard Time", datetime(2026, 11, 21, 9, tzinfo=UTC)),
        ("2026-03-29T02:30:00", "Europe/Copenhagen", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
    ],
)
def test_dates_with_zones(text: str, zone: str, moment: datetime) -> None:
    assert moment_of({"dateTime": text, "timeZone": zone}) == moment.timestamp()


@pytest.mark.parametrize(
    "given_date", [{"dateTime": "soon"}, {}, {"dateTime": "2026-11-21", "timeZone": "Mars"}]
)
def test_dates_without_sense(given_date: dict[str, str]) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - its words are Python's own
        moment_of(given_date)


def test_instants_and_how_we_write_them() -> None:
    moment = datetime(2026, 11, 21, 10, tzinfo=UTC).timestamp()
    assert instant_of("2026-11-21T10:00:00.1234567Z") == moment
    assert utc_text(moment) == "2026-11-21T10:00:00Z"
    with pytest.raises(ValueError, match="no offset"):
        instant_of("2026-11-21T10:00:00")


def test_days_end_at_midnight_also_when_the_clock_changes() -> None:
    noon = datetime(2026, 10, 25, 12, tzinfo=HOME).timestamp()
    assert midnight_before(noon, HOME) == datetime(2026, 10, 25, tzinfo=HOME).timestamp()
    assert midnight_before(noon, HOME, 1) - midnight_before(noon, HOME) == 25 * 3600


def test_zones_of_windows_and_of_nobody() -> None:
    assert known_zone("Romance Standard Time") == ZoneInfo("Europe/Paris")
    assert known_zone("Customized Time Zone") is None
    assert known_zone("../etc/passwd") is None


# ------------------------------------------------------------- appointments


def event(**more: Any) -> dict[str, Any]:
    return {
        "id": "e1",
        "type": "singleInstance",
        "subject": "Leverandørmøde\r\n om kabler",
        "start": {"dateTime": "2026-11-21T09:00:00.0000000", "timeZone": "UTC"},
        "end": {"dateTime": "2026-11-21T10:00:00.0000000", "timeZone": "UTC"},
        "showAs": "busy",
        "sensitivity": "normal",
        "isAllDay": False,
        "isCancelled": False,
        "isOrganizer": True,
        "location": {"displayName": "Lokale 3"},
        "categories": ["Kunde", "Kunde", " "],
        "responseStatus": {"response": "organizer", "time": "0001-01-01T00:00:00Z"},
        **more,
    }


def read(given_event: dict[str, Any], master: dict[str, Any] | None = None) -> Appointment | None:
    of_series = item_of(master, HOME) if master is not None else None
    return appointment_of(item_of(given_event, HOME), of_series, "p1")


def test_an_event_is_an_appointment() -> None:
    found = read(event())
    assert found is not None
    assert found.start == datetime(2026, 11, 21, 9, tzinfo=UTC).timestamp()
    assert found.end - found.start == 3600.0
    assert (found.subject, found.location) == ("Leverandørmøde om kabler", "Lokale 3")
    assert (found.show_as, found.is_invitation, found.categories) == (ShowAs.BUSY, False, ("Kunde",))


@pytest.mark.parametrize("word", [w.value for w in ShowAs] + ["OOF", "WorkingElsewhere"])
def test_show_as(word: str) -> None:
    found = read(event(showAs=word))
    assert found is not None
    assert found.show_as.value.casefold() == word.casefold()


def test_a_word_nobody_knows_is_unknown_and_none_is_busy() -> None:
    one, none = read(event(showAs="levitating")), read(event(showAs=None))
    assert one is not None
    assert none is not None
    assert (one.show_as, none.show_as) == (ShowAs.UNKNOWN, ShowAs.BUSY)


@pytest.mark.requirement("003-45")
@pytest.mark.parametrize("sensitivity", ["private", "confidential", "Private"])
def test_what_is_private_loses_its_words_where_it_is_read(sensitivity: str) -> None:
    item = item_of(event(sensitivity=sensitivity), HOME)
    assert "Leverandør" not in repr(item)
    assert "Lokale" not in repr(item)
    found = appointment_of(item, None, "p1")
    assert found is not None
    assert (found.subject, found.location, found.categories, found.is_private) == ("", "", (), True)


def test_an_occurrence_of_a_private_series_is_private_whatever_it_says() -> None:
    master = event(id="m", type="seriesMaster", sensitivity="private")
    bare = {k: v for k, v in event(seriesMasterId="m", type="occurrence").items() if k != "sensitivity"}
    found = read(bare, master)
    assert found is not None
    assert (found.subject, found.location, found.categories, found.is_private) == ("", "", (), True)


def test_personal_is_not_private() -> None:
    found = read(event(sensitivity="personal"))
    assert found is not None
    assert found.subject
    assert not found.is_private


@pytest.mark.parametrize(
    "more",
    [
        {"isCancelled": True},
        {"responseStatus": {"response": "declined"}},
        {"type": "seriesMaster"},
    ],
)
def test_cancelled_and_declined_ones_and_masters_are_no_appointments(more: dict[str, Any]) -> None:
    assert read(event(**more)) is None


def test_an_occurrence_with_its_times_alone_says_the_rest_by_its_master() -> None:
    master = event(id="m", type="seriesMaster", showAs="oof", isOrganizer=False)
    keys = ("id", "start", "end")
    bare = {k: event()[k] for k in keys} | {"type": "occurrence", "seriesMasterId": "m"}
    found = read(bare, master)
    assert found is not None
    assert (found.subject, found.show_as, found.is_invitation) == (
        "Leverandørmøde om kabler",
        ShowAs.OOF,
        True,
    )
    assert read(bare, {**master, "isCancelled": True}) is None
    alone = read(bare)
    assert alone is not None
    assert (alone.subject, alone.show_as) == ("", ShowAs.BUSY)


@pytest.mark.parametrize(
    ("start", "end", "zone"),
    [
        ("2026-11-21T00:00:00", "2026-11-22T00:00:00", "Europe/Copenhagen"),
        ("2026-11-20T23:00:00", "2026-11-21T23:00:00", "UTC"),  # made in Copenhagen, read in UTC
        ("2026-11-21T05:00:00", "2026-11-22T05:00:00", "UTC"),  # made in New York
        ("2026-11-20T16:00:00", "2026-11-21T16:00:00", "Europe/Copenhagen"),  # made in Tokyo
    ],
)
def test_all_day_lasts_from_midnight_to_midnight_here(start: str, end: str, zone: str) -> None:
    found = read(
        event(
            isAllDay=True,
            start={"dateTime": start, "timeZone": zone},
            end={"dateTime": end, "timeZone": zone},
        )
    )
    assert found is not None
    assert found.is_all_day
    assert found.start == datetime(2026, 11, 21, tzinfo=HOME).timestamp()
    assert found.end == datetime(2026, 11, 22, tzinfo=HOME).timestamp()


@pytest.mark.parametrize(
    "broken",
    [
        {"start": None},
        {"start": {"dateTime": "x", "timeZone": "UTC"}},
        {"end": {"dateTime": "2026-11-21T08:00:00", "timeZone": "UTC"}},
        {"start": {"dateTime": "2026-11-21T09:00:00", "timeZone": "Mars"}},
    ],
)
def test_events_without_sense_are_told(broken: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError, AttributeError)):
        item_of(event(**broken), HOME)


def test_ids_are_of_one_person_and_one_event() -> None:
    item = item_of(event(), HOME)
    ids = {appointment_of(item, None, p).id for p in ("p1", "p2", "p1")}  # type: ignore[union-attr]
    assert len(ids) == 2


def test_a_schedule_says_times_and_as_much_as_one_may_see() -> None:
    times = {
        "start": {"dateTime": "2026-11-21T09:00:00", "timeZone": "UTC"},
        "end": {"dateTime": "2026-11-21T10:00:00", "timeZone": "UTC"},
    }
    plain = schedule_appointment({"status": "oof", **times}, HOME, "p1")
    words = {"status": "oof", "subject": "Ferie", "location": "Hjemme", **times}
    seen = schedule_appointment({**words, "isPrivate": False}, HOME, "p1")
    hidden = schedule_appointment({**words, "isPrivate": True}, HOME, "p1")
    unsure = schedule_appointment(words, HOME, "p1")
    wanted_less = schedule_appointment({**words, "isPrivate": False}, HOME, "p1", times_only=True)
    assert (plain.show_as, plain.subject, seen.subject) == (ShowAs.OOF, "", "Ferie")
    assert (hidden.subject, hidden.location, hidden.is_private) == ("", "", True)
    assert (unsure.subject, unsure.location) == (wanted_less.subject, wanted_less.location) == ("", "")
    assert plain.id == seen.id == hidden.id == unsure.id == wanted_less.id


# ------------------------------------------------------------- mailboxes


def test_automatic_replies_and_working_hours() -> None:
    scheduled = settings_of(
        {
            "automaticRepliesSetting": {
                "status": "scheduled",
                "scheduledStartDateTime": {"dateTime": "2026-11-21T09:00:00.0000000", "timeZone": "UTC"},
                "scheduledEndDateTime": {"dateTime": "2026-11-28T09:00:00.0000000", "timeZone": "UTC"},
            },
            "workingHours": {
                "daysOfWeek": ["monday", "friday"],
                "startTime": "08:00:00.0000000",
                "endTime": "16:30:00.0000000",
                "timeZone": {"name": "Romance Standard Time"},
            },
        }
    )
    start = datetime(2026, 11, 21, 9, tzinfo=UTC).timestamp()
    assert scheduled.replies == Replies(is_on=True, start=start, end=start + 7 * 86_400)
    assert scheduled.hours == WorkingHours("Europe/Paris", (Shift((0, 4), 8 * 60, 16 * 60 + 30),))
    away = scheduled.replies.appointment("p1")
    assert away is not None
    assert (away.show_as, away.start, away.subject) == (ShowAs.OOF, start, "")
    assert [scheduled.replies.are_on(start + n) for n in (-1, 0, 7 * 86_400)] == [False, True, False]


@pytest.mark.parametrize(
    ("told", "hours"),
    [
        ({}, WorkingHours("Europe/Copenhagen", (Shift((0, 1), 8 * 60, 16 * 60),))),
        (
            {"timeZone": {"name": "Tokyo Standard Time"}},
            WorkingHours("Asia/Tokyo", (Shift((0, 1), 480, 960),)),
        ),
        ({"timeZone": None}, WorkingHours("Europe/Copenhagen", (Shift((0, 1), 480, 960),))),
        (
            {"timeZone": {"name": "Customized Time Zone", "bias": -60}},
            WorkingHours("Europe/Copenhagen", (Shift((0, 1), 480, 960),)),
        ),
        ({"timeZone": {"name": "UTC"}}, WorkingHours("UTC", (Shift((0, 1), 480, 960),))),
        (
            {"startTime": "22:00:00", "endTime": "06:00:00"},
            WorkingHours("Europe/Copenhagen", (Shift((0, 1), 1320, 360),)),
        ),
        (
            {"startTime": "16:00:00", "endTime": "24:00:00"},
            WorkingHours("Europe/Copenhagen", (Shift((0, 1), 960, 1440),)),
        ),
        ({"startTime": "25:00:00"}, None),
        ({"startTime": "24:00:00"}, None),
        ({"endTime": "late"}, None),
        ({"endTime": 17}, None),
        ({"daysOfWeek": []}, None),
        ({"daysOfWeek": ["weekday"]}, None),
    ],
)
def test_working_hours_have_a_zone_that_everybody_knows_or_are_none(
    told: dict[str, Any], hours: WorkingHours | None
) -> None:
    usual = {"daysOfWeek": ["Tuesday", "monday"], "startTime": "08:00:00.0000000", "endTime": "16:00:00"}
    zone = {"timeZone": {"name": "Europe/Copenhagen"}}
    given = {"timeZone": "Europe/Copenhagen", "workingHours": {**usual, **zone, **told}}
    assert settings_of(given).hours == hours


def test_a_mailbox_without_a_known_zone_has_no_working_hours() -> None:
    hours = {"daysOfWeek": ["monday"], "startTime": "08:00", "endTime": "16:00", "timeZone": {"name": "?"}}
    assert settings_of({"timeZone": "Mars", "workingHours": hours}).hours is None


def test_replies_that_are_on_for_good_are_no_appointment_since_nobody_knows_their_end() -> None:
    always = settings_of({"automaticRepliesSetting": {"status": "alwaysEnabled"}}).replies
    assert always.are_on(0.0)
    assert always.appointment("p1") is None
    assert not settings_of({}).replies.are_on(0.0)


@pytest.mark.parametrize(
    "given_settings",
    [{"automaticRepliesSetting": {"status": "scheduled"}}, {"automaticRepliesSetting": [1]}],
)
def test_settings_without_sense_are_told(given_settings: dict[str, Any]) -> None:
    with pytest.raises(ProtocolError):
        settings_of(given_settings)


@pytest.mark.parametrize(
    ("given", "note"),
    [
        (None, ""),
        ({"message": None}, ""),
        ({"message": {"content": None}}, ""),
        ("nonsense", ""),
        (
            {"message": {"content": "Ring  p\u00e5 mobilen\n<pinnednote></pinnednote>"}},
            "Ring p\u00e5 mobilen",
        ),
        ({"message": {"content": "<p>R&amp;D, 3 &lt; 4</p>", "contentType": "html"}}, "R&D, 3 < 4"),
        ({"message": {"content": "x" * 1000}}, "x" * 280),
    ],
)
def test_a_status_message_is_plain_text_on_one_line(given: object, note: str) -> None:
    assert presence_of({"id": "abc", "statusMessage": given}).note == note
