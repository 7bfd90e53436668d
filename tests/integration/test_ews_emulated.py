"""The emulated Exchange is as the real one for exchangelib, and keeps to Microsoft's schema."""

from __future__ import annotations

import base64
import logging
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import requests
from exchangelib import (
    DELEGATE,
    IMPERSONATION,
    EWSDateTime,
    FaultTolerance,
)
from exchangelib.errors import (
    ErrorAccessDenied,
    ErrorImpersonateUserDenied,
    ErrorInvalidSyncStateData,
    ErrorMailRecipientNotFound,
    ErrorNoFreeBusyAccess,
    ErrorNonExistentMailbox,
    ErrorServerBusy,
    ErrorSubscriptionNotFound,
    ErrorTimeIntervalTooBig,
    RateLimitError,
    ResponseMessageError,
    TransportError,
    UnauthorizedError,
)
from exchangelib.protocol import BaseProtocol, CachingProtocol
from exchangelib.services import GetUserAvailability

from services.emulators.exchange.faults import Trouble
from services.emulators.exchange.mailboxes import Away, Caller, Item, Right, day_of
from services.emulators.exchange.serving import ExchangeEmulator
from services.emulators.exchange.zones import ZONES
from tests.integration.ews_account import (
    COPENHAGEN,
    account,
    at,
    bound,
    free_busy,
    meeting,
    plain_exchange,
    view,
)
from tests.integration.ews_rig import ANNA, BO, CARL, NOW, PLAIN, SERVICE, exchange, organisation
from tests.unit.services.ews_schema import needs_schema


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ExchangeEmulator]:
    with plain_exchange(monkeypatch) as emulator:
        yield emulator


@needs_schema
def test_what_is_said_is_held_against_the_schema() -> None:
    house = organisation()
    with pytest.raises(AssertionError, match="FindItem"), exchange(house) as server:
        server.service.told("FindItem", b'<FindItemResponse xmlns="http://schemas.microsoft.com/nonsense"/>')


# ------------------------------------------------------------------ a calendar


def test_a_view_takes_series_apart_and_tells_everything_of_an_appointment(server: ExchangeEmulator) -> None:
    start, end = day_of("Europe/Copenhagen", 2026, 11, 23)
    house = server.organisation
    house.put(ANNA, meeting(location="Lokale 2", categories=("Kunde",), organizer=BO, response="Tentative"))
    house.put(ANNA, Item(subject="Kursus", start=start, end=end, is_all_day=True, show_as="OOF"))
    house.put(ANNA, meeting("Daglig", 8, repeats="daily", times=5, moved={0: (at(13), at(14))}))
    house.put(ANNA, meeting("Aflyst", 15, is_cancelled=True, sensitivity="Private"))
    house.put(BO, meeting("Ikke Annas"))
    found = {item.subject: item for item in view(account(server))}
    assert set(found) == {"Statusmøde", "Kursus", "Daglig", "Aflyst"}
    one = found["Statusmøde"]
    assert (one.start, one.end) == (at(10), at(11))
    assert (one.location, one.categories, one.legacy_free_busy_status) == ("Lokale 2", ["Kunde"], "Busy")
    assert (one.my_response_type, one.organizer.email_address, one.type) == ("Tentative", BO, "Single")
    assert found["Kursus"].is_all_day
    assert (found["Daglig"].type, found["Daglig"].start) == ("Exception", at(13))
    assert found["Aflyst"].is_cancelled
    assert found["Aflyst"].sensitivity == "Private"
    (tomorrow,) = view(account(server), day=24)
    assert (tomorrow.subject, tomorrow.type) == ("Daglig", "Occurrence")


def test_all_fields_are_fetched_item_by_item(server: ExchangeEmulator) -> None:
    server.organisation.put(ANNA, meeting(body="Dagsorden", organizer=BO))
    (item,) = account(server).calendar.view(start=bound(6), end=bound(20))
    assert item.body == "Dagsorden"
    assert server.service.count("GetItem") == 1


def test_more_than_was_wanted_is_said(server: ExchangeEmulator) -> None:
    for hour in range(7, 12):
        server.organisation.put(ANNA, meeting(hour=hour))
    found = account(server).calendar.view(start=bound(6), end=bound(20), max_items=3).only("subject")
    assert len(list(found)) == 3


@pytest.mark.parametrize(
    ("caller", "kind", "refusal"),
    [(PLAIN, IMPERSONATION, ErrorImpersonateUserDenied), (PLAIN, DELEGATE, ErrorAccessDenied)],
)
def test_who_may_not_is_refused(
    server: ExchangeEmulator, caller: Caller, kind: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        view(account(server, caller=caller, access_type=kind))


def test_a_delegate_reads_what_was_opened_for_them(server: ExchangeEmulator) -> None:
    server.organisation.put(ANNA, meeting())
    server.organisation.mailboxes[ANNA].readers = {PLAIN.name: Right.DETAILS}
    assert [i.subject for i in view(account(server, caller=PLAIN, access_type=DELEGATE))] == ["Statusmøde"]
    with pytest.raises(ErrorAccessDenied):
        view(account(server, BO, caller=PLAIN, access_type=DELEGATE))


def test_a_mailbox_that_is_not_there(server: ExchangeEmulator) -> None:
    with pytest.raises(ErrorNonExistentMailbox):
        view(account(server, "nobody@firma.example"))


# ------------------------------------------------------------------ free and busy times


def test_free_and_busy_times_of_many(server: ExchangeEmulator, monkeypatch: pytest.MonkeyPatch) -> None:
    caught = (*GetUserAvailability.ERRORS_TO_CATCH_IN_RESPONSE, ResponseMessageError)
    monkeypatch.setattr(GetUserAvailability, "ERRORS_TO_CATCH_IN_RESPONSE", caught)
    house = server.organisation
    house.put(ANNA, meeting(show_as="WorkingElsewhere"))
    house.put(ANNA, meeting("Hemmeligt", 9, sensitivity="Private", show_as="Tentative"))
    house.mailboxes[BO].free_busy_error = "ErrorProxyRequestProcessingFailed"
    anna, bo, nobody, carl = free_busy(account(server), ANNA, BO, "nobody@firma.example", CARL)
    assert anna.merged == "00114400"
    assert [(e.details.subject, e.details.is_private) for e in anna.calendar_events] == [
        (None, True),
        ("Statusmøde", False),
    ]
    assert anna.calendar_events[1].start == at(10)
    assert isinstance(bo, ResponseMessageError)
    assert isinstance(nobody, ErrorMailRecipientNotFound)
    assert carl.merged == "00000000"
    assert carl.working_hours


def test_times_in_another_zone_are_the_same_times(server: ExchangeEmulator) -> None:
    server.organisation.put(ANNA, meeting())
    start = EWSDateTime(2026, 11, 23, 9, 0, tzinfo=COPENHAGEN)
    (found,) = account(server).protocol.get_free_busy_info(
        accounts=[(ANNA, "Required", False)],
        start=start,
        end=start + timedelta(hours=4),
        merged_free_busy_interval=60,
        requested_view="Detailed",
    )
    assert found.calendar_events[0].start == at(10)


def test_without_details_only_times_are_told_and_without_a_right_nothing(server: ExchangeEmulator) -> None:
    server.organisation.put(ANNA, meeting("Hemmeligt"))
    (found,) = free_busy(account(server, caller=PLAIN), ANNA)
    assert found.view_type == "FreeBusyMerged"
    assert found.calendar_events[0].details is None
    server.organisation.mailboxes[ANNA].readers = {PLAIN.name: Right.NOTHING}
    with pytest.raises(ErrorNoFreeBusyAccess):
        free_busy(account(server, caller=PLAIN), ANNA)


def test_more_than_forty_two_days_and_more_than_a_hundred_mailboxes(server: ExchangeEmulator) -> None:
    with pytest.raises(ErrorTimeIntervalTooBig):
        free_busy(account(server), ANNA, hours=43 * 24)
    free_busy(account(server), *[ANNA] * 101)
    assert server.service.count("GetUserAvailability") == 1 + 2, "exchangelib asks for 100 at a time"


# ------------------------------------------------------------------ automatic replies


def test_automatic_replies(server: ExchangeEmulator) -> None:
    server.organisation.mailboxes[ANNA].away = Away(
        state="Scheduled", start=at(0), end=at(0, day=25), inside="På kursus", outside="På kursus til onsdag"
    )
    found = account(server).oof_settings
    assert (found.state, found.start, found.end) == ("Scheduled", at(0), at(0, day=25))
    assert found.internal_reply == "På kursus"
    assert account(server, BO).oof_settings.state == "Disabled"


# ------------------------------------------------------------------ changes


def test_changes_since_the_last_time(server: ExchangeEmulator) -> None:
    anna, house = account(server), server.organisation
    kept, gone = house.put(ANNA, meeting()), house.put(ANNA, meeting("Frokost", 12))
    assert sorted(i.subject for _, i in anna.calendar.sync_items(only_fields=["subject"])) == [
        "Frokost",
        "Statusmøde",
    ]
    state = anna.calendar.item_sync_state
    assert list(anna.calendar.sync_items(sync_state=state, only_fields=["subject"])) == []
    house.remove(ANNA, gone.id)
    house.put(ANNA, Item(subject="Flyttet", start=at(14), end=at(15), id=kept.id))
    changes = list(anna.calendar.sync_items(sync_state=state, only_fields=["subject"]))
    assert [kind for kind, _ in changes] == ["delete", "update"]
    with pytest.raises(ErrorInvalidSyncStateData):
        list(anna.calendar.sync_items(sync_state="bm9uc2Vuc2U=", only_fields=["subject"]))


def test_a_stream_tells_of_changes_and_of_what_is_lost(server: ExchangeEmulator) -> None:
    anna, house = account(server), server.organisation
    subscription = anna.calendar.subscribe_to_streaming()
    heard = []
    with ThreadPoolExecutor(1) as pool:

        def listen() -> None:
            for notification in anna.calendar.get_streaming_events(subscription, connection_timeout=1):
                heard.extend(type(event).__name__ for event in notification.events)
                server.service.subscriptions.close()

        listening = pool.submit(listen)
        assert server.service.subscriptions.wait_for_connections(1)
        house.put(BO, meeting())
        house.put(ANNA, meeting())
        listening.result(30)
    assert heard == ["CreatedEvent"]
    server.service.subscriptions.forget()
    with pytest.raises(ErrorSubscriptionNotFound):
        list(anna.calendar.get_streaming_events(subscription, connection_timeout=1))


def test_a_stream_that_is_cut(server: ExchangeEmulator) -> None:
    anna = account(server)
    subscription = anna.calendar.subscribe_to_streaming()
    with ThreadPoolExecutor(1) as pool:
        listening = pool.submit(
            lambda: list(anna.calendar.get_streaming_events(subscription, connection_timeout=1))
        )
        assert server.service.subscriptions.wait_for_connections(1)
        server.service.subscriptions.drop()
        with pytest.raises((TransportError, requests.RequestException)):
            listening.result(30)


def test_a_subscription_that_is_fetched(server: ExchangeEmulator) -> None:
    anna = account(server)
    id_, mark = anna.calendar.subscribe_to_pull(timeout=10)
    server.organisation.put(ANNA, meeting())
    (told,) = anna.calendar.get_events(id_, mark)
    assert [type(event).__name__ for event in told.events] == ["CreatedEvent"]
    anna.calendar.unsubscribe(id_)
    assert server.service.subscriptions.count == 0


# ------------------------------------------------------------------ what goes wrong


def test_a_busy_server_is_waited_for(server: ExchangeEmulator, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "exchangelib")
    trouble = server.service.troubles.add(
        Trouble(operation="FindItem", code="ErrorServerBusy", back_off_ms=20, times=1)
    )
    with pytest.raises(ErrorServerBusy):
        view(account(server))
    CachingProtocol.clear_cache()  # accounts of one server share how patient they are
    server.service.troubles.add(
        Trouble(operation="FindItem", code="ErrorServerBusy", back_off_ms=20, times=1)
    )
    assert view(account(server, retry_policy=FaultTolerance(max_wait=5))) == []
    assert trouble.seen == 1


def test_one_that_wants_too_long_a_pause_is_given_up(server: ExchangeEmulator) -> None:
    server.service.troubles.add(Trouble(status=503, retry_after_s=600))
    with pytest.raises(RateLimitError):
        view(account(server, retry_policy=FaultTolerance(max_wait=1)))


def test_a_wrong_password_and_an_answer_that_breaks_off(server: ExchangeEmulator) -> None:
    stranger = Caller(name=SERVICE.name, password="forkert")
    with pytest.raises(UnauthorizedError):
        view(account(server, caller=stranger))
    server.service.troubles.add(Trouble(operation="FindItem", is_malformed=True, times=1))
    with pytest.raises(TransportError):
        view(account(server))


def test_a_slow_answer_is_given_up(server: ExchangeEmulator, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(BaseProtocol, "TIMEOUT", 0.2)
    server.service.troubles.add(Trouble(operation="FindItem", gate=threading.Event()))
    with pytest.raises((TransportError, requests.Timeout)):
        view(account(server))


AUTHORIZATION = "Basic " + base64.b64encode(f"{SERVICE.name}:{SERVICE.password}".encode("latin-1")).decode()
ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
NONSENSE = (
    b"",
    b"{}",
    b"<a/>",
    b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
    f'<s:Envelope xmlns:s="{ENVELOPE}"/>'.encode(),
    f'<s:Envelope xmlns:s="{ENVELOPE}"><s:Body><Nonsense/></s:Body></s:Envelope>'.encode(),
)


@pytest.mark.parametrize("content", NONSENSE)
def test_nonsense_is_refused(server: ExchangeEmulator, content: bytes) -> None:
    server.service.told = lambda operation, answer: None
    reply = requests.post(server.url, content, headers={"Authorization": AUTHORIZATION}, timeout=10)
    assert reply.status_code == 400
    assert b"ErrorInvalidRequest" in reply.content
    server.service.asked.clear()


def test_every_zone_is_defined_as_it_is() -> None:
    for id_, known in ZONES.items():
        offset = NOW.astimezone(known.zone).utcoffset()
        assert offset == timedelta(minutes=-known.bias), id_
