"""What Exchange's items and times become."""

from __future__ import annotations

import struct
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from exchangelib.errors import (
    ErrorAccessDenied,
    ErrorExceededConnectionCount,
    ErrorImpersonateUserDenied,
    ErrorMailboxStoreUnavailable,
    ErrorNonExistentMailbox,
    ErrorServerBusy,
    ErrorTimeoutExpired,
    RateLimitError,
    TransportError,
    UnauthorizedError,
)
from hypothesis import given
from hypothesis import strategies as st
from requests import ConnectionError as NoConnection
from spnego.exceptions import InvalidTokenError

from reception.errors import AuthNeeded, ConfigError, ProtocolError, ServiceError, Unavailable
from reception.light import retry_s
from reception.model.calendar import Appointment, ShowAs
from services.exchange.boxes import Box, message_of
from services.exchange.items import (
    Replies,
    Times,
    Window,
    appointment_of,
    events_of,
    merged_spans,
    replies_of,
    times_of,
    window_at,
    within,
)
from services.exchange.settings import ExchangeSettings
from services.exchange.trouble import (
    Busy,
    MailboxFailed,
    MailboxRefused,
    NoMailbox,
    PasswordRefused,
    trouble_of,
)

HOME = ZoneInfo("Europe/Copenhagen")
ANNA = "anna@firma.example"
START, END = datetime(2026, 11, 23, 9, 0, tzinfo=UTC), datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
SETTINGS = ExchangeSettings(url="https://mail.firma.example/EWS/Exchange.asmx", user="u", password="p")


def item(**more: Any) -> SimpleNamespace:
    values = {
        "id": "AAMk1",
        "subject": "  Status\n møde ",
        "start": START,
        "end": END,
        "legacy_free_busy_status": "Busy",
        "sensitivity": "Normal",
        "is_all_day": False,
        "is_cancelled": False,
        "my_response_type": "Unknown",
        "location": None,
        "categories": None,
    }
    return SimpleNamespace(**values | more)


def read(**more: Any) -> Appointment:
    found = appointment_of(item(**more), ANNA, HOME)
    assert found is not None
    return found


def test_words_are_one_line_and_times_are_utc_seconds() -> None:
    found = read(categories=[" Kunde ", "", "Kunde"])
    assert (found.subject, found.location, found.categories) == ("Status møde", "", ("Kunde",))
    assert (found.start, found.end) == (START.timestamp(), END.timestamp())


@pytest.mark.parametrize("more", [{"is_cancelled": True}, {"my_response_type": "Decline"}])
def test_what_does_not_take_place_does_not_come(more: dict[str, Any]) -> None:
    assert appointment_of(item(**more), ANNA, HOME) is None


@pytest.mark.parametrize(
    ("response", "is_invitation"),
    [("Organizer", False), ("Unknown", False), ("Accept", True), ("NoResponseReceived", True)],
)
def test_an_invitation_is_what_somebody_else_made(response: str, is_invitation: bool) -> None:
    assert read(my_response_type=response).is_invitation is is_invitation


@pytest.mark.parametrize(
    ("word", "shows"),
    [("OOF", ShowAs.OOF), ("WorkingElsewhere", ShowAs.WORKING_ELSEWHERE), ("New", ShowAs.UNKNOWN)],
)
def test_how_it_shows(word: str, shows: ShowAs) -> None:
    assert read(legacy_free_busy_status=word).show_as is shows


def test_a_day_is_one_of_the_house_also_when_the_clocks_change() -> None:
    found = read(start=date(2026, 10, 25), end=date(2026, 10, 25), is_all_day=True)
    assert found.end - found.start == 25 * 3600
    assert datetime.fromtimestamp(found.start, HOME).hour == 0


def test_what_ends_before_it_starts_makes_no_sense() -> None:
    with pytest.raises(ValueError, match="ends before"):
        appointment_of(item(start=END, end=START), ANNA, HOME)


@given(st.text(max_size=40), st.sampled_from(["Private", "Confidential"]))
def test_what_is_private_loses_every_word(text: str, kind: str) -> None:
    found = read(subject=text, location=text, categories=[text], sensitivity=kind)
    assert (found.subject, found.location, found.categories, found.is_private) == ("", "", (), True)


# ------------------------------------------------------------------ free and busy times


def event(
    hours: float = 0.0, length: float = 1.0, details: Any = None, busy: str = "Busy"
) -> SimpleNamespace:
    start = START + timedelta(hours=hours)
    return SimpleNamespace(start=start, end=start + timedelta(hours=length), busy_type=busy, details=details)


def test_times_have_an_id_each_and_a_mark_that_is_different_when_they_are() -> None:
    twice = times_of([event(), event()], ANNA, HOME)
    assert len({a.id for a in twice.appointments}) == 2
    again = times_of([event(), event()], ANNA, HOME)
    assert again == twice
    assert times_of([event()], ANNA, HOME).mark != twice.mark
    words = SimpleNamespace(subject="Ny", location="", is_private=False)
    assert times_of([event(), event(details=words)], ANNA, HOME).mark != twice.mark


def test_a_private_time_has_no_words() -> None:
    secret = SimpleNamespace(subject="Hemmelig", location="Skjult", is_private=True)
    (found,) = times_of([event(details=secret)], ANNA, HOME).appointments
    assert (found.subject, found.location, found.is_private) == ("", "", True)


def test_from_midnight_to_midnight_is_all_day() -> None:
    midnight = datetime(2026, 11, 23, tzinfo=HOME)
    days = SimpleNamespace(start=midnight, end=midnight + timedelta(days=2), busy_type="OOF", details=None)
    (found,) = times_of([days], ANNA, HOME).appointments
    assert found.is_all_day


HOURS = Window(START.timestamp(), START.timestamp() + 4 * 3600)


def test_merged_digits_are_stretches_and_four_is_working_elsewhere() -> None:
    spans = merged_spans("00112344", HOURS) or []
    found = [((s.start - START) / timedelta(hours=1), (s.end - START) / timedelta(hours=1)) for s in spans]
    assert found == [(1.0, 2.0), (2.0, 2.5), (2.5, 3.0), (3.0, 4.0)]
    shows = [a.show_as for a in times_of(spans, ANNA, HOME).appointments]
    assert shows == [ShowAs.TENTATIVE, ShowAs.BUSY, ShowAs.OOF, ShowAs.WORKING_ELSEWHERE]


@given(st.text("012345", max_size=60))
def test_merged_stretches_lie_in_order_and_say_what_the_digits_say(digits: str) -> None:
    window = Window(0.0, len(digits) * 1800.0)
    spans = merged_spans(digits, window)
    assert (spans is None) is (not digits.strip("5"))
    told = ["0"] * len(digits)
    for one in spans or ():
        digit = {"Tentative": "1", "Busy": "2", "OOF": "3", "WorkingElsewhere": "4"}[one.busy_type]
        for n in range(int(one.start.timestamp() // 1800), int(one.end.timestamp() // 1800)):
            told[n] = digit
    assert "".join(told) == digits.replace("5", "0")


def test_a_view_without_anything_is_not_an_empty_calendar() -> None:
    def view(kind: str, merged: str | None = None) -> SimpleNamespace:
        return SimpleNamespace(view_type=kind, merged=merged, calendar_events=None)

    assert events_of(view("None"), HOURS, is_first=True) is None
    assert events_of(view("MergedOnly", "55555555"), HOURS, is_first=True) is None
    assert events_of(view("DetailedMerged", "00000000"), HOURS, is_first=True) == []
    assert len(events_of(view("MergedOnly", "02000000"), HOURS, is_first=True) or ()) == 1


def test_what_began_in_the_part_before_belongs_to_that() -> None:
    view = SimpleNamespace(view_type="FreeBusy", calendar_events=[event(-1, 3), event(0), event(1)])
    assert len(events_of(view, HOURS, is_first=True) or ()) == 3
    assert len(events_of(view, HOURS, is_first=False) or ()) == 2


@given(st.lists(st.tuples(st.floats(-90, 90), st.floats(0, 60)), max_size=20))
def test_what_is_in_a_window_overlaps_it_and_is_ordered(spans: list[tuple[float, float]]) -> None:
    appointments = [
        Appointment(id=str(n), start=start, end=start + length) for n, (start, length) in enumerate(spans)
    ]
    found = within(appointments, Window(0.0, 48.0))
    assert [a.start for a in found] == sorted(a.start for a in found)
    for one in appointments:
        is_in = one.end > 0.0 and one.start < 48.0 and one.end > one.start
        assert (one in found) is is_in


@given(st.floats(1.7e9, 1.9e9), st.integers(0, 60))
def test_a_window_begins_at_midnight_and_holds_whole_days(now: float, days: int) -> None:
    window = window_at(now, HOME, days)
    for bound in window:
        assert (datetime.fromtimestamp(bound, HOME).hour, datetime.fromtimestamp(bound, HOME).minute) == (
            0,
            0,
        )
    assert window.start <= now < window.end


def test_replies_without_an_end_are_no_absence() -> None:
    on = SimpleNamespace(state="Enabled", start=None, end=None)
    planned = SimpleNamespace(state="Scheduled", start=START, end=END)
    assert replies_of(on, HOME) is None
    assert replies_of(None, HOME) is None
    assert replies_of(planned, HOME) == Replies(start=START.timestamp(), end=END.timestamp())


# ------------------------------------------------------------------ a mailbox


TIMES = Times((Appointment(id="t", start=10.0, end=20.0),), "one")
DETAILS = (Appointment(id="d", start=10.0, end=20.0, subject="Møde"),)
DAY = Window(0.0, 100.0)


def test_details_go_before_times_and_times_take_their_place_where_those_are_closed() -> None:
    box = Box("anna", ANNA)
    assert box.appointments(DAY) is None, "nothing is known yet"
    box.take_times(TIMES)
    assert box.appointments(DAY) == TIMES.appointments
    box.take_details((DETAILS, 0))
    assert box.appointments(DAY) == DETAILS
    box.take_details(MailboxRefused("mailbox_refused", address=ANNA, error="ErrorAccessDenied"))
    assert (box.appointments(DAY), box.trouble) == (TIMES.appointments, None)


def test_other_times_have_details_read_anew() -> None:
    box = Box("anna", ANNA)
    box.take_times(TIMES)
    box.take_details((DETAILS, 0))
    box.details_at = 900.0
    box.take_times(TIMES)
    assert box.details_at == 900.0
    box.take_times(Times((), "other"))
    assert box.details_at == float("-inf")


def test_what_fails_keeps_what_was_known_and_is_counted() -> None:
    boxes = [Box(name, f"{name}@firma.example") for name in ("anna", "bo", "carl")]
    for box in boxes:
        box.take_times(TIMES)
        box.take_details((DETAILS, 0))
    assert message_of(boxes) is None
    boxes[0].take_times(Unavailable("unreachable", address="x"))
    boxes[1].take_details(NoMailbox("mailbox_refused", address="bo", error="ErrorNonExistentMailbox"))
    assert boxes[0].appointments(DAY) == DETAILS
    message = message_of(boxes)
    assert message is not None
    assert (message.key, message.params["count"], message.params["of"]) == ("mailboxes_failed", 1, 3)


# ------------------------------------------------------------------ errors


def test_a_fault_of_details_is_not_one_that_closes_them() -> None:
    box = Box("anna", ANNA)
    box.take_times(TIMES)
    box.take_details((DETAILS, 0))
    box.take_details(MailboxFailed("mailbox_refused", address=ANNA, error="ErrorMailboxMoveInProgress"))
    box.take_times(TIMES)
    assert box.appointments(DAY) == DETAILS
    assert isinstance(box.trouble, MailboxFailed), "it stays until details have come"


def test_who_has_open_details_and_closed_times_is_well_and_read_more_often() -> None:
    box = Box("anna", ANNA)
    box.take_times(MailboxRefused("mailbox_refused", address=ANNA, error="ErrorNoFreeBusyAccess"))
    assert box.trouble is not None
    box.take_details((DETAILS, 0))
    assert (box.trouble, box.needs_details_often) == (None, True)
    assert box.appointments(DAY) == DETAILS


def because(cause: Exception, kind: type[Exception] = TransportError) -> Exception:
    error = kind("no answer", wait=10) if kind is RateLimitError else kind("no answer")
    error.__cause__ = cause
    return error


def test_a_refused_password_is_tried_less_and_less_often() -> None:
    pauses = [retry_s(PasswordRefused("wrong_password", address="x", user="u"), n) for n in range(1, 8)]
    assert pauses[:3] == [60.0, 120.0, 240.0]
    assert pauses[-1] == 900.0


@pytest.mark.parametrize(
    ("error", "kind", "key"),
    [
        (UnauthorizedError("x"), PasswordRefused, "wrong_password"),
        (ErrorImpersonateUserDenied("x"), AuthNeeded, "exchange_no_impersonation"),
        (ErrorNonExistentMailbox("x"), NoMailbox, "mailbox_refused"),
        (ErrorAccessDenied("x"), MailboxRefused, "mailbox_refused"),
        (ErrorMailboxStoreUnavailable("x"), MailboxFailed, "mailbox_refused"),
        (ErrorExceededConnectionCount("x"), Busy, "exchange_busy"),
        (because(NoConnection("x"), ErrorTimeoutExpired), Unavailable, "unreachable"),
        (because(NoConnection("x"), RateLimitError), Unavailable, "unreachable"),
        (RateLimitError("x", wait=7.0), Busy, "exchange_busy"),
        (ErrorServerBusy("x", back_off=3.0), Busy, "exchange_busy"),
        (TransportError("Empty ResponseCode"), ProtocolError, "exchange_malformed"),
        (AttributeError("text"), ProtocolError, "exchange_malformed"),
        (InvalidTokenError(context_msg="no challenge"), ProtocolError, "exchange_malformed"),
        (struct.error("unpack requires a buffer of 4 bytes"), ProtocolError, "exchange_malformed"),
        (
            PermissionError("no NTLM challenge token"),
            ProtocolError,
            "exchange_malformed",
        ),
        (because(NoConnection("refused")), Unavailable, "unreachable"),
        (because(NoConnection("certificate verify failed: self-signed (x)")), ConfigError, "tls_failed"),
        (OSError("gone"), Unavailable, "unreachable"),
    ],
)
def test_an_error_is_one_that_somebody_can_act_upon(
    error: Exception, kind: type[ServiceError], key: str
) -> None:
    found = trouble_of(error, SETTINGS, ANNA)
    assert type(found) is kind
    assert found.message.key == key
