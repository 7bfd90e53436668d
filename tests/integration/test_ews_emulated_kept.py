"""What the emulated Exchange keeps for its clients, and the limits it has, as exchangelib sees them."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from exchangelib import DELEGATE, EWSDateTime, OofSettings
from exchangelib.errors import (
    ErrorAccessDenied,
    ErrorCalendarEndDateIsEarlierThanStartDate,
    ErrorCalendarViewRangeTooBig,
    ErrorExceededConnectionCount,
    ErrorExceededSubscriptionCount,
    ErrorInvalidScheduledOofDuration,
    ErrorInvalidSyncStateData,
    ErrorInvalidTimeInterval,
    ErrorInvalidWatermark,
    ErrorProxyRequestProcessingFailed,
    ErrorSubscriptionAccessDenied,
    ErrorSubscriptionNotFound,
    SessionPoolMinSizeReached,
    SOAPError,
    UnauthorizedError,
)
from exchangelib.protocol import BaseProtocol
from exchangelib.services import FindItem, GetUserAvailability, SetUserOofSettings, SyncFolderItems
from lxml import etree
from requests.adapters import HTTPAdapter

from services.emulators.exchange.faults import Trouble
from services.emulators.exchange.mailboxes import Caller, Item, Right
from services.emulators.exchange.serving import ExchangeEmulator
from tests.integration.ews_account import (
    UTC_ZONE,
    account,
    at,
    bound,
    free_busy,
    meeting,
    plain_exchange,
    view,
)
from tests.integration.ews_rig import ANNA, BO, CARL, PLAIN, SERVICE, Clock, organisation


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> Iterator[ExchangeEmulator]:
    with plain_exchange(monkeypatch, organisation(clock)) as emulator:
        yield emulator


def reader(server: ExchangeEmulator, address: str = ANNA) -> Any:
    """Return the account of somebody who reads a calendar that was opened for them."""
    server.organisation.mailboxes[address].readers = {PLAIN.name: Right.DETAILS}
    return account(server, address, caller=PLAIN, access_type=DELEGATE)


def kinds(told: Any) -> list[str]:
    return [type(event).__name__ for notification in told for event in notification.events]


def turn_round(patch: pytest.MonkeyPatch, service: type[Any]) -> None:
    """Let exchangelib ask with the end before the start, which it refuses to do by itself."""
    asked = service.get_payload

    def backwards(self: Any, *args: Any, **more: Any) -> Any:
        made = asked(self, *args, **more)
        every = {etree.QName(e).localname: e for e in made.iter() if isinstance(e.tag, str)}
        if (shown := every.get("CalendarView")) is not None:
            start, end = shown.get("StartDate"), shown.get("EndDate")
            shown.set("StartDate", end)
            shown.set("EndDate", start)
        else:
            start, end = every["StartTime"], every["EndTime"]
            start.text, end.text = end.text, start.text
        return made

    patch.setattr(service, "get_payload", backwards)


# ------------------------------------------------------------------ who comes


def test_a_client_that_knows_nothing_finds_out_how_to_sign_in_and_which_version_it_is(
    server: ExchangeEmulator,
) -> None:
    server.organisation.put(ANNA, meeting())
    anna = account(server, auth_type=None, version=None)
    assert [item.subject for item in view(anna)] == ["Statusmøde"]
    assert str(anna.protocol.version.build) == "15.2.2562.17"
    assert server.service.count("ConvertId") == 1
    assert server.service.strangers == 1, "the first question comes without a name"


def test_a_password_that_is_changed_lets_nobody_in_from_then_on(server: ExchangeEmulator) -> None:
    anna = account(server)
    view(anna)
    server.organisation.callers[SERVICE.name.lower()] = Caller(
        name=SERVICE.name, password="en ny", may_impersonate=True
    )
    before = server.service.strangers
    with pytest.raises(UnauthorizedError):
        view(anna)
    assert server.service.strangers > before


def test_tls(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    authority = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(tls)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))

    class Adapter(HTTPAdapter):
        def send(self, request: Any, *args: Any, **more: Any) -> Any:
            return super().send(request, *args, **{**more, "verify": str(tmp_path / "ca.pem")})

    with plain_exchange(monkeypatch, tls=tls) as server:
        monkeypatch.setattr(BaseProtocol, "HTTP_ADAPTER_CLS", Adapter)
        server.organisation.put(ANNA, meeting())
        assert server.url.startswith("https://localhost:")
        assert [item.subject for item in view(account(server))] == ["Statusmøde"]


def test_the_account_of_somebody_without_a_right_has_no_delegates(server: ExchangeEmulator) -> None:
    assert account(server).delegates == []
    reader(server)
    (found,) = account(server).delegates
    assert found.user_id.display_name == PLAIN.name
    assert found.delegate_permissions.calendar_folder_permission_level == "Reviewer"
    with pytest.raises(ErrorAccessDenied):
        _ = account(server, BO, caller=PLAIN, access_type=DELEGATE).delegates


# ------------------------------------------------------------------ views and times


def found_in(anna: Any, days: float) -> list[Any]:
    start = bound(0)
    return list(anna.calendar.view(start=start, end=start + timedelta(days=days)).only("subject"))


def test_a_view_has_an_end_after_its_start_and_is_at_most_two_years(
    server: ExchangeEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = account(server)
    assert found_in(anna, 731) == []
    with pytest.raises(ErrorCalendarViewRangeTooBig):
        found_in(anna, 732)
    turn_round(monkeypatch, FindItem)
    with pytest.raises(ErrorCalendarEndDateIsEarlierThanStartDate):
        found_in(anna, 1)


def test_an_occurrence_at_another_time_is_told_as_one(server: ExchangeEmulator) -> None:
    moved = {1: (at(13, day=24), at(14, day=24))}
    server.organisation.put(ANNA, meeting("Daglig", 8, repeats="daily", times=3, moved=moved))
    server.organisation.put(ANNA, meeting("Enkelt", 15))
    (found,) = free_busy(account(server), ANNA, hours=48)
    details = [(e.start, e.details.is_recurring, e.details.is_exception) for e in found.calendar_events]
    assert details == [(at(8), True, False), (at(15), False, False), (at(13, day=24), True, True)]


@pytest.mark.parametrize("asked", ["MergedOnly", "FreeBusy", "FreeBusyMerged", "Detailed", "DetailedMerged"])
@pytest.mark.parametrize("right", [Right.MERGED, Right.TIMES, Right.DETAILS])
def test_of_free_and_busy_times_as_much_is_told_as_there_is_a_right_to(
    server: ExchangeEmulator, right: Right, asked: str
) -> None:
    server.organisation.put(ANNA, meeting(show_as="WorkingElsewhere"))
    server.organisation.mailboxes[ANNA].readers = {PLAIN.name: right}
    (found,) = free_busy(account(server, caller=PLAIN), ANNA, detail=asked)
    events = found.calendar_events or []
    if right is Right.MERGED:
        expected = "MergedOnly"
    elif right is Right.TIMES:
        expected = asked.replace("Detailed", "FreeBusy")
    else:
        expected = asked
    assert found.view_type == expected
    assert found.merged == ("00004400" if "Merged" in expected else None)
    assert len(events) == (0 if expected == "MergedOnly" else 1)
    assert all((e.details is not None) == ("Detailed" in expected) for e in events)
    assert all(e.busy_type == "WorkingElsewhere" for e in events)


def test_one_mailbox_that_fails_loses_those_after_it_unless_exchangelib_is_told_not_to(
    server: ExchangeEmulator,
) -> None:
    server.organisation.mailboxes[BO].free_busy_error = "ErrorProxyRequestProcessingFailed"
    with pytest.raises(ErrorProxyRequestProcessingFailed):
        free_busy(account(server), ANNA, BO, CARL)


def test_a_time_that_ends_before_it_begins(server: ExchangeEmulator, monkeypatch: pytest.MonkeyPatch) -> None:
    turn_round(monkeypatch, GetUserAvailability)
    with pytest.raises(ErrorInvalidTimeInterval):
        free_busy(account(server), ANNA)


# ------------------------------------------------------------------ automatic replies


def test_automatic_replies_are_kept_as_they_are_set(
    server: ExchangeEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, start = account(server), EWSDateTime(2099, 11, 23, 8, tzinfo=UTC_ZONE)  # it refuses what is over
    wanted = OofSettings(
        state="Scheduled",
        external_audience="Known",
        start=start,
        end=start + timedelta(days=1),
        internal_reply="På kursus",
        external_reply="Tilbage torsdag",
    )
    anna.oof_settings = wanted
    found = anna.oof_settings
    assert (found.state, found.external_audience) == ("Scheduled", "Known")
    assert (found.start, found.end) == (start, start + timedelta(days=1))
    assert (found.internal_reply, found.external_reply) == ("På kursus", "Tilbage torsdag")
    turn_round(monkeypatch, SetUserOofSettings)
    with pytest.raises(ErrorInvalidScheduledOofDuration):
        anna.oof_settings = wanted
    assert anna.oof_settings.state == "Scheduled"
    with pytest.raises(ErrorAccessDenied):
        account(server, BO, caller=PLAIN, access_type=DELEGATE).oof_settings = wanted


# ------------------------------------------------------------------ changes


def test_what_is_made_later_is_new_and_what_nobody_heard_of_is_not_deleted(server: ExchangeEmulator) -> None:
    anna, house = account(server), server.organisation
    list(anna.calendar.sync_items(only_fields=["subject"]))
    state = anna.calendar.item_sync_state
    made = house.put(ANNA, meeting("Ny"))
    gone = house.put(ANNA, meeting("Kortlivet"))
    house.remove(ANNA, gone.id)
    heard = list(anna.calendar.sync_items(sync_state=state, only_fields=["subject"]))
    assert [(kind, item.subject) for kind, item in heard] == [("create", "Ny")]
    second = anna.calendar.item_sync_state
    house.put(ANNA, Item(subject="Ny titel", start=made.start, end=made.end, id=made.id))
    heard = list(anna.calendar.sync_items(sync_state=second, only_fields=["subject"]))
    assert [(kind, item.subject) for kind, item in heard] == [("update", "Ny titel")]
    heard = list(anna.calendar.sync_items(sync_state=state, only_fields=["subject"]))
    assert [kind for kind, _ in heard] == ["create"], "an old state is still what it was"


def test_changes_come_in_pages_and_none_is_lost_between_them(server: ExchangeEmulator) -> None:
    anna, house = account(server), server.organisation
    items = [house.put(ANNA, meeting(f"Nr. {n}", 8 + n)) for n in range(5)]
    sync = SyncFolderItems(account=anna)

    def page(state: str | None) -> list[str]:
        more = {"shape": "IdOnly", "additional_fields": None, "sync_state": state, "ignore": None}
        return [
            kind
            for kind, _ in sync.call(folder=anna.calendar, max_changes_returned=2, sync_scope=None, **more)
        ]

    heard = page(None)
    house.put(ANNA, Item(subject="Flyttet", start=at(14), end=at(15), id=items[4].id))
    while not sync.includes_last_item_in_range:
        heard += page(sync.sync_state)
    assert heard == ["create"] * 5


def test_states_that_the_server_has_forgotten_and_those_of_others(server: ExchangeEmulator) -> None:
    anna, bo = account(server), account(server, BO)
    list(anna.calendar.sync_items(only_fields=["subject"]))
    state = anna.calendar.item_sync_state
    with pytest.raises(ErrorInvalidSyncStateData):
        list(bo.calendar.sync_items(sync_state=state, only_fields=["subject"]))
    server.service.changes.forget()
    with pytest.raises(ErrorInvalidSyncStateData):
        list(anna.calendar.sync_items(sync_state=state, only_fields=["subject"]))


# ------------------------------------------------------------------ subscriptions


def test_events_can_be_fetched_again_until_a_later_watermark_is_shown(server: ExchangeEmulator) -> None:
    anna, house = account(server), server.organisation
    id_, mark = anna.calendar.subscribe_to_pull(timeout=10)
    (quiet,) = anna.calendar.get_events(id_, mark)
    assert kinds([quiet]) == ["StatusEvent"]
    item = house.put(ANNA, meeting())
    house.put(ANNA, Item(subject="Flyttet", start=at(14), end=at(15), id=item.id))
    (first,) = anna.calendar.get_events(id_, mark)
    (again,) = anna.calendar.get_events(id_, mark)
    assert kinds([first]) == kinds([again]) == ["CreatedEvent", "ModifiedEvent"]
    (rest,) = anna.calendar.get_events(id_, first.events[0].watermark)
    assert kinds([rest]) == ["ModifiedEvent"]
    for wrong in (mark, "AAAA"):
        with pytest.raises(ErrorInvalidWatermark):
            list(anna.calendar.get_events(id_, wrong))


def test_a_subscription_that_nobody_fetches_is_lost(server: ExchangeEmulator, clock: Clock) -> None:
    anna = account(server)
    id_, mark = anna.calendar.subscribe_to_pull(timeout=10)
    clock.now += timedelta(minutes=9)
    list(anna.calendar.get_events(id_, mark))
    clock.now += timedelta(minutes=9)
    list(anna.calendar.get_events(id_, mark))
    clock.now += timedelta(minutes=10)
    with pytest.raises(ErrorSubscriptionNotFound):
        list(anna.calendar.get_events(id_, mark))


def test_only_what_was_subscribed_to_is_told(server: ExchangeEmulator) -> None:
    anna, house = account(server), server.organisation
    id_, mark = anna.calendar.subscribe_to_pull(event_types=["DeletedEvent"], timeout=10)
    item = house.put(ANNA, meeting())
    house.put(BO, meeting())
    house.remove(ANNA, item.id)
    assert kinds(anna.calendar.get_events(id_, mark)) == ["DeletedEvent"]


def test_a_subscription_is_its_owners_alone(server: ExchangeEmulator) -> None:
    id_, mark = account(server).calendar.subscribe_to_pull(timeout=10)
    streaming = account(server).calendar.subscribe_to_streaming()
    other = reader(server)
    with pytest.raises(ErrorSubscriptionAccessDenied):
        list(other.calendar.get_events(id_, mark))
    with pytest.raises(ErrorSubscriptionAccessDenied):
        other.calendar.unsubscribe(id_)
    with pytest.raises(ErrorSubscriptionAccessDenied):
        list(other.calendar.get_streaming_events(streaming, connection_timeout=1))
    assert server.service.subscriptions.count == 2


def test_a_mailbox_has_only_so_many_subscriptions(server: ExchangeEmulator) -> None:
    server.service.subscriptions.most_subscriptions = 1
    anna, bo = account(server), account(server, BO)
    kept = anna.calendar.subscribe_to_streaming()
    bo.calendar.subscribe_to_streaming()
    with pytest.raises(ErrorExceededSubscriptionCount):
        anna.calendar.subscribe_to_streaming()
    reader(server).calendar.subscribe_to_streaming()  # without impersonation it is the account that pays
    with pytest.raises(ErrorExceededSubscriptionCount):
        reader(server, BO).calendar.subscribe_to_streaming()
    anna.calendar.unsubscribe(kept)
    anna.calendar.subscribe_to_streaming()


def refuse(_: Any) -> None:
    """Have no fewer sessions than there are."""
    raise SessionPoolMinSizeReached("no fewer")


def test_an_account_has_only_so_many_connections(
    server: ExchangeEmulator, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 5.6.0 looks for a session to close while it holds the lock that a new one needs, for ever.
    monkeypatch.setattr(BaseProtocol, "decrease_poolsize", refuse)
    subscriptions = server.service.subscriptions
    subscriptions.most_connections = 1
    anna, other = account(server), reader(server)
    mine, theirs = anna.calendar.subscribe_to_streaming(), other.calendar.subscribe_to_streaming()

    def listen(of: Any, id_: str) -> list[Any]:
        return list(of.calendar.get_streaming_events(id_, connection_timeout=1))

    with ThreadPoolExecutor(2) as pool, closing(subscriptions):
        first = pool.submit(listen, anna, mine)
        assert subscriptions.wait_for_connections(1)
        with pytest.raises(ErrorExceededConnectionCount):
            listen(anna, mine)
        second = pool.submit(listen, other, theirs)
        assert subscriptions.wait_for_connections(2)
        subscriptions.close()
        assert first.result(30) == second.result(30) == []
    assert subscriptions.open_connections == 0


def test_a_stream_ends_when_its_subscription_does(server: ExchangeEmulator) -> None:
    anna = account(server)
    id_ = anna.calendar.subscribe_to_streaming()
    with ThreadPoolExecutor(1) as pool, closing(server.service.subscriptions):
        listening = pool.submit(lambda: list(anna.calendar.get_streaming_events(id_, connection_timeout=1)))
        assert server.service.subscriptions.wait_for_connections(1)
        anna.calendar.unsubscribe(id_)
        with pytest.raises(ErrorSubscriptionNotFound):
            listening.result(30)


def test_a_stream_may_break_off_in_a_message(server: ExchangeEmulator) -> None:
    anna, troubles = account(server), server.service.troubles
    id_ = anna.calendar.subscribe_to_streaming()
    trouble = troubles.add(Trouble(operation="GetStreamingEvents", is_malformed=True, times=1))
    with ThreadPoolExecutor(1) as pool, closing(server.service.subscriptions):
        listening = pool.submit(lambda: list(anna.calendar.get_streaming_events(id_, connection_timeout=1)))
        assert server.service.subscriptions.wait_for_connections(1)
        server.service.subscriptions.close()
        with pytest.raises(SOAPError):
            listening.result(30)
    assert trouble.seen == 1


def test_a_server_that_wants_fewer_connections_says_so(server: ExchangeEmulator) -> None:
    server.service.troubles.add(Trouble(operation="FindItem", code="ErrorExceededConnectionCount", times=1))
    with pytest.raises(ErrorExceededConnectionCount):
        view(account(server))
    assert view(account(server)) == []
