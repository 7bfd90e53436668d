"""Appointments, rule by rule: times, lengths, zones, changes of the clocks, series, nonsense."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from reception.model.calendar import Appointment, ShowAs
from services.ics.reading import Document, Owner, Reading, Unreadable, read, window_at
from services.ics.series import MOST
from services.ics.zones import Zones, known_zone, seconds_of

ZONE = ZoneInfo("Europe/Copenhagen")
NOW = datetime(2026, 10, 19, 8, 0, tzinfo=ZONE).timestamp()
OWNER = Owner(seed="p", emails=frozenset({"me@firma.example"}))


def calendar(*events: str, head: str = "") -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event.strip()}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{head}{body}END:VCALENDAR\n".encode()


def opened(*events: str, head: str = "", now: float = NOW, days: int = 30) -> Reading:
    document = Document("x.ics", calendar(*events, head=head))
    return read([document], OWNER, ZONE, window_at(now, ZONE, days))


def only(*events: str, head: str = "", now: float = NOW) -> Appointment:
    reading = opened(*events, head=head, now=now)
    assert reading.faults == ()
    (found,) = reading.appointments
    return found


def times(reading: Reading) -> list[str]:
    assert reading.faults == ()
    return [f"{datetime.fromtimestamp(a.start, ZONE):%d.%m. %H.%M}" for a in reading.appointments]


def spans(reading: Reading) -> list[str]:
    return [
        f"{at}–{datetime.fromtimestamp(a.end, ZONE):%H.%M}"
        for at, a in zip(times(reading), reading.appointments, strict=True)
    ]


def at(text: str) -> float:
    return datetime.strptime(text, "%d.%m.%Y %H.%M").replace(tzinfo=ZONE).timestamp()


# ------------------------------------------------------------------ what it shows


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ("", ShowAs.BUSY),
        ("TRANSP:OPAQUE", ShowAs.BUSY),
        ("TRANSP:TRANSPARENT", ShowAs.FREE),
        ("transp:transparent", ShowAs.FREE),
        ("STATUS:TENTATIVE", ShowAs.TENTATIVE),
        ("X-MICROSOFT-CDO-BUSYSTATUS:OOF", ShowAs.OOF),
        ("X-MICROSOFT-CDO-BUSYSTATUS:WORKINGELSEWHERE\nTRANSP:TRANSPARENT", ShowAs.WORKING_ELSEWHERE),
        ("X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE\nX-MICROSOFT-CDO-INTENDEDSTATUS:BUSY", ShowAs.TENTATIVE),
        ("X-MICROSOFT-CDO-INTENDEDSTATUS:FREE", ShowAs.FREE),
        ("X-MICROSOFT-CDO-BUSYSTATUS:SOMETHING\nTRANSP:TRANSPARENT", ShowAs.FREE),
        ("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:Me@firma.example", ShowAs.TENTATIVE),
        ("ATTENDEE;PARTSTAT=TENTATIVE;EMAIL=me@firma.example:urn:uuid:1", ShowAs.TENTATIVE),
        ("ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:you@firma.example", ShowAs.BUSY),
        (
            "ORGANIZER:mailto:me@firma.example\nATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:me@firma.example",
            ShowAs.BUSY,
        ),
    ],
)
def test_availability(lines: str, shown: ShowAs) -> None:
    assert only(f"UID:1\nDTSTART:20261020T080000Z\nDTEND:20261020T090000Z\n{lines}").show_as is shown


@pytest.mark.parametrize(
    "line",
    ["STATUS:CANCELLED", "status:cancelled", "ATTENDEE;PARTSTAT=DECLINED:MAILTO:ME@firma.example"],
)
def test_cancelled_and_declined_ones_are_left_out(line: str) -> None:
    assert opened(f"UID:1\nDTSTART:20261020T080000Z\nDTEND:20261020T090000Z\n{line}").appointments == ()


def test_one_declined_occurrence_is_left_out_alone() -> None:
    series = "UID:1\nDTSTART:20261020T080000Z\nDTEND:20261020T090000Z\nRRULE:FREQ=DAILY;COUNT=3"
    declined = (
        "UID:1\nRECURRENCE-ID:20261021T080000Z\nDTSTART:20261021T080000Z\nDTEND:20261021T090000Z\n"
        "ATTENDEE;PARTSTAT=DECLINED:mailto:me@firma.example"
    )
    assert times(opened(series, declined)) == ["20.10. 10.00", "22.10. 10.00"]


def test_a_changed_occurrence_of_a_private_series_is_private_though_it_does_not_say_so() -> None:
    series = (
        "UID:1\nCLASS:PRIVATE\nSUMMARY:S\nDTSTART:20261020T080000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2"
    )
    changed = (
        "UID:1\nRECURRENCE-ID:20261021T080000Z\nSUMMARY:S\nDTSTART:20261021T100000Z\nDTEND:20261021T110000Z"
    )
    found = opened(series, changed).appointments
    assert [(a.subject, a.is_private) for a in found] == [("", True), ("", True)]


# ------------------------------------------------------------------ when


def test_all_day_ones_last_from_midnight_to_midnight_of_the_organisation() -> None:
    found = only("UID:1\nDTSTART;VALUE=DATE:20261025\nDTEND;VALUE=DATE:20261026")
    assert (found.start, found.end) == (at("25.10.2026 00.00"), at("26.10.2026 00.00"))
    assert found.is_all_day
    assert found.end - found.start == 25 * 3600.0


@pytest.mark.parametrize(
    "ends", ["", "DTEND;VALUE=DATE:20261020", "DTEND;VALUE=DATE:20261021", "DURATION:P1D"]
)
def test_an_all_day_one_without_an_end_lasts_the_day(ends: str) -> None:
    found = only(f"UID:1\nDTSTART;VALUE=DATE:20261020\n{ends}")
    assert (found.start, found.end) == (at("20.10.2026 00.00"), at("21.10.2026 00.00"))


@pytest.mark.parametrize("ends", ["", "DTEND:20261020T080000Z", "DURATION:PT0S"])
def test_one_that_does_not_last_is_no_appointment(ends: str) -> None:
    assert opened(f"UID:1\nDTSTART:20261020T080000Z\n{ends}") == Reading((), ())


@pytest.mark.parametrize(
    ("duration", "ends"),
    [("PT1H30M", "20.10.2026 11.30"), ("P1DT2H", "21.10.2026 12.00"), ("P1W", "27.10.2026 10.00")],
)
def test_duration(duration: str, ends: str) -> None:
    found = only(f"UID:1\nDTSTART;TZID=Europe/Copenhagen:20261020T100000\nDURATION:{duration}")
    assert found.end == at(ends)


@pytest.mark.parametrize("duration", ["-PT1H", "PT1X", "1H", ""])
def test_a_duration_without_sense_is_told(duration: str) -> None:
    reading = opened(f"UID:1\nDTSTART:20261020T080000Z\nDURATION:{duration}")
    assert [fault.error for fault in reading.faults] == ["DURATION cannot be read"]


def test_hours_of_a_duration_are_exact_and_its_days_are_the_calendars() -> None:
    over_the_night = "UID:1\nDTSTART;TZID=Europe/Copenhagen:20261024T220000\nDURATION:{}"
    assert only(over_the_night.format("PT8H")).end == at("25.10.2026 05.00")  # the night has nine
    assert only(over_the_night.format("P1D")).end == at("25.10.2026 22.00")


def test_a_time_the_clock_leaves_out_and_one_that_comes_twice() -> None:
    spring = datetime(2026, 3, 29, 2, 30)  # noqa: DTZ001
    assert seconds_of(spring, ZONE) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC).timestamp()
    autumn = datetime(2026, 10, 25, 2, 30)  # noqa: DTZ001
    assert seconds_of(autumn, ZONE) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp()


def test_a_meeting_stays_at_nine_when_the_clocks_change() -> None:
    weekly = (
        "UID:1\nDTSTART;TZID=Romance Standard Time:20260907T090000\n"
        "DTEND;TZID=Romance Standard Time:20260907T100000\nRRULE:FREQ=WEEKLY"
    )
    assert spans(opened(weekly)) == [
        f"{day} 09.00–10.00" for day in ("19.10.", "26.10.", "02.11.", "09.11.", "16.11.")
    ]


def test_floating_times_are_the_organisations() -> None:
    assert only("UID:1\nDTSTART:20261020T100000\nDTEND:20261020T110000").start == at("20.10.2026 10.00")


def test_a_series_in_utc_repeats_in_the_zone_that_google_names() -> None:
    daily = "UID:1\nDTSTART:20261023T080000Z\nDTEND:20261023T090000Z\nRRULE:FREQ=DAILY;COUNT=4"
    assert times(opened(daily))[-1] == "26.10. 09.00"
    assert times(opened(daily, head="X-WR-TIMEZONE:Europe/Copenhagen\n"))[-1] == "26.10. 10.00"


@pytest.mark.requirement("003-51")
def test_the_window_is_today_from_midnight_and_so_many_days_more() -> None:
    events = [
        f"UID:{day}-{hour}\nDTSTART:{day}T{hour}0000\nDURATION:PT1H"
        for day in ("20261018", "20261019", "20261021", "20261022")
        for hour in ("00", "23")
    ]
    assert times(opened(*events, days=2)) == ["19.10. 00.00", "19.10. 23.00", "21.10. 00.00", "21.10. 23.00"]
    holiday = "UID:h\nDTSTART;VALUE=DATE:20261001\nDTEND;VALUE=DATE:20261020"
    assert times(opened(holiday, days=2)) == ["01.10. 00.00"]
    assert opened(holiday, days=2, now=NOW + 86_400.0).appointments == ()


# ------------------------------------------------------------------ zones


CUSTOM = """BEGIN:VTIMEZONE
TZID:Min zone
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:{}
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
END:VTIMEZONE
"""
IN_CUSTOM = "UID:1\nDTSTART;TZID=Min zone:20261110T100000\nDTEND;TZID=Min zone:20261110T110000"


def test_the_same_name_of_a_zone_means_another_in_another_file() -> None:
    starts = [only(IN_CUSTOM, head=CUSTOM.format(offset)).start for offset in ("+0100", "+0500", "+0100")]
    assert starts[0] - starts[1] == 4 * 3600.0
    assert starts[0] == starts[2]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Europe/Copenhagen", "Europe/Copenhagen"),
        ("Romance Standard Time", "Europe/Paris"),
        ('"W. Europe Standard Time"', "Europe/Berlin"),
        ("/freeassociation.sourceforge.net/Tzfile/Europe/Oslo", "Europe/Oslo"),
        ("/mozilla.org/20050126_1/America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
    ],
)
def test_names_of_zones(name: str, key: str) -> None:
    assert known_zone(name) == ZoneInfo(key)


def test_names_of_no_zone() -> None:
    for name in ("", "Europe", "Min zone", "../../etc/passwd", "(UTC+01:00) Brussels, Copenhagen", "x" * 500):
        assert known_zone(name) is None
    assert known_zone("tzone://Microsoft/Utc") is UTC
    assert Zones().find("Min zone") is None


def test_a_zone_whose_name_holds_a_colon_and_commas() -> None:
    name = "(UTC+01:00) Brussels, Copenhagen, Madrid, Paris"
    head = CUSTOM.format("+0100").replace("Min zone", name)
    for written in (name, f'"{name}"'):
        found = only(f"UID:1\nDTSTART;TZID={written}:20261110T100000\nDURATION:PT1H", head=head)
        assert found.start == at("10.11.2026 10.00")


def test_a_zone_without_sense_is_told_and_the_appointment_is_there() -> None:
    for rule in ("FREQ=NEVER", "BYDAY=-1SU"):
        head = CUSTOM.format("+0100").replace("FREQ=YEARLY;BYDAY=-1SU", rule)
        reading = opened(IN_CUSTOM, head=head)
        assert [fault.error for fault in reading.faults] == ["unknown time zone, read in the office's"]
        assert len(reading.appointments) == 1


# ------------------------------------------------------------------ series


HEAD = (
    "UID:1\nDTSTART;TZID=Europe/Copenhagen:20261019T090000\n"
    "DTEND;TZID=Europe/Copenhagen:20261019T100000\nRRULE:{}"
)


def changed(original: str, start: str, more: str = "") -> str:
    return f"UID:1\nRECURRENCE-ID{more}:{original}\nDTSTART;TZID=Europe/Copenhagen:{start}\nDURATION:PT1H"


def test_an_occurrence_keeps_its_id_when_it_is_moved_and_when_all_that_follow_are() -> None:
    rule = HEAD.format("FREQ=DAILY;COUNT=4")
    before = [a.id for a in opened(rule).appointments]
    moved = opened(rule, changed("20261020T070000Z", "20261021T130000")).appointments
    assert sorted(a.id for a in moved) == sorted(before)
    later = opened(rule, changed("20261020T070000Z", "20261020T130000", ";RANGE=THISANDFUTURE"))
    assert times(later) == ["19.10. 09.00", "20.10. 13.00", "21.10. 13.00", "22.10. 13.00"]
    assert [a.id for a in later.appointments] == before


def test_a_single_appointment_keeps_its_id_when_it_is_moved() -> None:
    first = only("UID:1\nDTSTART:20261020T080000Z\nDURATION:PT1H")
    then = only("UID:1\nDTSTART:20261022T100000Z\nDURATION:PT2H")
    assert first.id == then.id


@pytest.mark.parametrize("named", ["20261020T070000Z", "20261020T090000", "20261020"])
def test_an_occurrence_may_be_named_in_utc_in_local_time_or_by_its_date(named: str) -> None:
    kind = ";VALUE=DATE" if len(named) == 8 else ""
    rule = HEAD.format("FREQ=DAILY;COUNT=3")
    assert times(opened(f"{rule}\nEXDATE{kind}:{named}")) == ["19.10. 09.00", "21.10. 09.00"]
    moved = opened(rule, changed(named, "20261020T150000", kind))
    assert times(moved) == ["19.10. 09.00", "20.10. 15.00", "21.10. 09.00"]


def test_an_occurrence_is_not_taken_for_its_neighbour_two_hours_away() -> None:
    """Between 7 and 9 o'clock lies the offset from UTC: what is 9 here is 7 there."""
    twice = (
        HEAD.format("FREQ=DAILY;BYHOUR=7,9;COUNT=4")
        .replace("T090000", "T070000")
        .replace("T100000", "T080000")
    )
    assert times(opened(f"{twice}\nEXDATE:20261020T070000Z")) == [
        "19.10. 07.00",
        "19.10. 09.00",
        "20.10. 07.00",
    ]


def test_an_occurrence_moved_into_the_window_from_afar() -> None:
    rule = HEAD.format("FREQ=YEARLY").replace("20261019", "20251224")
    moved = changed("20261224T080000Z", "20261020T130000")
    assert times(opened(rule, moved)) == ["20.10. 13.00"]
    out_of_it = HEAD.format("FREQ=DAILY;COUNT=2"), changed("20261020T070000Z", "20270301T130000")
    assert times(opened(*out_of_it)) == ["19.10. 09.00"]


def test_an_occurrence_whose_series_is_not_in_the_file() -> None:
    assert times(opened(changed("20261020T070000Z", "20261020T130000"))) == ["20.10. 13.00"]


def test_of_two_versions_the_newer_one_holds() -> None:
    old = "UID:1\nSEQUENCE:1\nDTSTART:20261020T080000Z\nDURATION:PT1H"
    new = "UID:1\nSEQUENCE:2\nDTSTART:20261020T120000Z\nDURATION:PT1H"
    assert times(opened(old, new)) == times(opened(new, old)) == ["20.10. 14.00"]
    assert opened(old, f"{old}\nSTATUS:CANCELLED").appointments == ()


def test_all_day_series_and_their_ends() -> None:
    weekly = "UID:1\nDTSTART;VALUE=DATE:20261019\nDTEND;VALUE=DATE:20261020\nRRULE:FREQ=WEEKLY;UNTIL={}"
    expected = ["19.10. 00.00", "26.10. 00.00", "02.11. 00.00"]
    for until in ("20261102", "20261102T000000Z", "20261101T230000Z", "20261102T225959Z"):
        assert times(opened(weekly.format(until))) == expected, until
    assert times(opened(f"{weekly.format('20261102')}\nEXDATE;VALUE=DATE:20261026")) == [
        expected[0],
        expected[2],
    ]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY;INTERVAL=5",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=0,10,20,30,40,50",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=SOMETIMES",
        "INTERVAL=2",
        "RSCALE=CHINESE;FREQ=YEARLY",
    ],
)
def test_a_rule_that_cannot_be_followed_is_told_at_once_and_hides_nothing(rule: str) -> None:
    began = time.thread_time()
    good = "UID:2\nDTSTART:20261020T080000Z\nDURATION:PT1H"
    reading = opened(HEAD.format(rule), good)
    assert [a.start for a in reading.appointments] == [at("20.10.2026 10.00")]
    assert [fault.line for fault in reading.faults] in ([3], [7])
    assert time.thread_time() - began < 2.0


def test_series_without_end_are_bounded_by_the_window() -> None:
    rules = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY"]
    old = [
        HEAD.format(f"FREQ={rule}").replace("UID:1", f"UID:{rule}").replace("20261019", "19000101")
        for rule in rules
    ]
    began = time.thread_time()
    reading = opened(*old)
    assert reading.faults == ()
    assert 31 * 24 + 31 + 4 < len(reading.appointments) < MOST
    assert time.thread_time() - began < 5.0


# ------------------------------------------------------------------ any rule, any text


FIRST = date(2025, 1, 1)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@st.composite
def rules(draw: st.DrawFn) -> str:
    parts = [f"FREQ={draw(st.sampled_from(('DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY')))}"]
    if draw(st.booleans()):
        parts.append(f"INTERVAL={draw(st.integers(1, 5))}")
    if draw(st.booleans()):
        days = draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=3, unique=True))
        parts.append(f"BYDAY={','.join(days)}")
    if draw(st.booleans()):
        parts.append(f"BYMONTHDAY={draw(st.integers(1, 28))}")
    if draw(st.booleans()):
        parts.append(f"COUNT={draw(st.integers(1, 900))}")
    return ";".join(parts)


@given(rules(), st.integers(0, 700), st.integers(0, 23), st.integers(1, 30))
@settings(deadline=None, max_examples=150)
def test_occurrences_are_those_of_dateutil_by_the_clock_on_the_wall(
    rule: str, day: int, hour: int, hours: int
) -> None:
    start = datetime.combine(FIRST + timedelta(days=day), datetime.min.time()) + timedelta(hours=hour)
    stop = start + timedelta(hours=hours)
    reading = opened(
        f"UID:1\nDTSTART;TZID=Europe/Copenhagen:{start:%Y%m%dT%H%M%S}\n"
        f"DTEND;TZID=Europe/Copenhagen:{stop:%Y%m%dT%H%M%S}\nRRULE:{rule}"
    )
    assert reading.faults == ()
    window = window_at(NOW, ZONE, 30)
    until = datetime.fromtimestamp(window.end, ZONE).replace(tzinfo=None)
    wanted = {start, *rrulestr(rule, dtstart=start).between(datetime(2024, 1, 1), until, inc=True)}  # noqa: DTZ001

    def lasting() -> Iterator[tuple[float, float]]:
        for local in wanted:
            begin, end = seconds_of(local, ZONE), seconds_of(local + timedelta(hours=hours), ZONE)
            if begin < window.end and end > window.start:
                yield begin, end

    assert [(a.start, a.end) for a in reading.appointments] == sorted(lasting())
    assert len({a.id for a in reading.appointments}) == len(reading.appointments)


WORDS = st.sampled_from(
    [
        "BEGIN:VCALENDAR",
        "END:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "BEGIN:VALARM",
        "END:VALARM",
        "BEGIN:VTIMEZONE",
        "END:VTIMEZONE",
        "UID:1",
        "DTSTART:20261020T080000Z",
        "DTSTART;VALUE=DATE:20261020",
        "DTSTART;TZID=Min zone:20261020T080000",
        "DTEND:20261020T090000Z",
        "DTEND;VALUE=DATE:20261019",
        "RRULE:FREQ=DAILY",
        "RRULE:FREQ=WEEKLY;UNTIL=20261020;COUNT=3",
        "EXDATE:20261020T080000Z,20261021",
        "EXDATE:",
        "RDATE;VALUE=PERIOD:20261020T080000Z/PT1H",
        "RDATE:",
        "RECURRENCE-ID:20261020T080000Z",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:20261020",
        "SEQUENCE:x",
        "CLASS:PRIVATE",
        "CATEGORIES",
        "ATTENDEE;PARTSTAT",
        "TZID:Min zone",
        "TZOFFSETTO:+0100",
        "SUMMARY;LANGUAGE=da",
    ]
)


@given(st.lists(WORDS | st.text(max_size=30), max_size=40))
@settings(deadline=None, max_examples=300)
def test_any_lines_are_read_or_refused_in_words(lines: list[str]) -> None:
    for content in (
        "\r\n".join(lines),
        f"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{chr(10).join(lines)}\nEND:VEVENT\nEND:VCALENDAR",
    ):
        with suppress(Unreadable):
            reading = read([Document("x", content.encode())], OWNER, ZONE, window_at(NOW, ZONE, 30))
            assert all(a.end > a.start for a in reading.appointments)


@given(st.binary(max_size=300))
def test_any_octets_are_read_or_refused(content: bytes) -> None:
    for whole in (content, calendar("UID:1\nSUMMARY:").replace(b"SUMMARY:", b"SUMMARY:" + content)):
        with suppress(Unreadable):
            read([Document("x", whole)], OWNER, ZONE, window_at(NOW, ZONE, 30))
