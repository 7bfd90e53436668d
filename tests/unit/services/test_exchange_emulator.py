"""The emulated Exchange without a network: series, what has changed, merged times, what goes wrong."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from services.emulators.exchange.changes import changed
from services.emulators.exchange.faults import Trouble, Troubles, Unwilling
from services.emulators.exchange.mailboxes import Caller, Change, Item, Mailbox, Organisation, day_of
from services.emulators.exchange.service import ExchangeService
from services.emulators.exchange.soap import NS, Fault
from services.emulators.exchange.values import moment, whole
from tests.unit.services.ews_requests import AUTHORIZATION, enveloped, requests_for

ANNA = "anna@firma.example"
MONDAY = datetime(2026, 10, 19, 7, 0, tzinfo=UTC)
"""09:00 in Copenhagen; the clocks change on the Sunday after."""
EVER = (datetime(2020, 1, 1, tzinfo=UTC), datetime(2040, 1, 1, tzinfo=UTC))


def item(start: datetime = MONDAY, minutes: int = 60, **more: object) -> Item:
    return Item(subject="Møde", start=start, end=start + timedelta(minutes=minutes), **more)  # type: ignore[arg-type]


# ------------------------------------------------------------------ series


def test_a_series_keeps_its_hours_when_the_clocks_change() -> None:
    weekly = item(repeats="weekly", times=2, zone="Europe/Copenhagen")
    assert [start for _, start, _ in weekly.occurrences(*EVER)] == [
        MONDAY,
        MONDAY + timedelta(days=7, hours=1),
    ]
    assert [start for _, start, _ in item(repeats="weekly", times=2).occurrences(*EVER)] == [
        MONDAY,
        MONDAY + timedelta(days=7),
    ]


def test_an_occurrence_may_be_elsewhere_or_nowhere() -> None:
    later = MONDAY + timedelta(days=30)
    daily = item(repeats="daily", times=4, moved={1: (later, later)}, cancelled=frozenset({2}))
    assert [(n, start) for n, start, _ in daily.occurrences(*EVER)] == [
        (0, MONDAY),
        (1, later),
        (3, MONDAY + timedelta(days=3)),
    ]
    assert [n for n, _, _ in daily.occurrences(MONDAY + timedelta(days=1), MONDAY + timedelta(days=2))] == []


@given(st.integers(-180, 180), st.integers(1, 180))
def test_what_only_touches_a_window_is_not_in_it(offset: int, minutes: int) -> None:
    start = MONDAY + timedelta(minutes=offset)
    end = start + timedelta(minutes=minutes)
    is_in = bool(list(item().occurrences(start, end)))
    assert is_in == (end > MONDAY and MONDAY + timedelta(hours=1) > start)


def test_a_day_is_as_long_as_it_is() -> None:
    start, end = day_of("Europe/Copenhagen", 2026, 10, 25)
    assert end.astimezone(UTC) - start.astimezone(UTC) == timedelta(hours=25)


# ------------------------------------------------------------------ changes

VERSIONS = st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9))


@given(VERSIONS, VERSIONS, st.integers(1, 6))
def test_changes_lead_from_what_was_known_to_what_is_there_also_page_by_page(
    known: dict[str, int], there: dict[str, int], most: int
) -> None:
    items = {id_: item(id=id_, version=version) for id_, version in there.items()}
    copy = dict(known)
    for _ in range(20):
        page = list(changed(copy, items))[:most]
        for name, id_, one in page:
            assert (id_ in copy) == (name != "Create")
            if one is None:
                assert name == "Delete"
                del copy[id_]
            else:
                assert copy.get(id_) != one.version
                copy[id_] = one.version
    assert copy == there


def test_the_organisation_says_what_has_changed() -> None:
    house = Organisation([Mailbox(address=ANNA)], [], lambda: MONDAY)
    told: list[Change] = []
    house.listeners.append(told.append)
    first = house.put(ANNA.upper(), item())
    house.put(ANNA, item(id=first.id))
    house.remove(ANNA, first.id)
    assert [change.kind for change in told] == ["CreatedEvent", "ModifiedEvent", "DeletedEvent"]
    assert {change.item for change in told} == {first.id}
    with pytest.raises(KeyError):
        house.put("nobody@firma.example", item())


# ------------------------------------------------------------------ merged times

WORDS = {"Free": "0", "Tentative": "1", "Busy": "2", "OOF": "3", "WorkingElsewhere": "4"}


def merged(*items: Item) -> str:
    caller = Caller(name="svc", password="pw", may_impersonate=True)
    house = Organisation([Mailbox(address=ANNA)], [caller], lambda: MONDAY)
    for one in items:
        house.put(ANNA, one)
    asked = requests_for(ANNA, "", "", "")["GetUserAvailability"].replace("2026-11-23", "2026-10-19")
    root = etree.fromstring(ExchangeService(house).answer(AUTHORIZATION, enveloped(asked)).content)
    found: str = root.findtext(".//t:MergedFreeBusy", namespaces=NS)
    return found


@pytest.mark.parametrize(("word", "digit"), WORDS.items())
def test_digits_are_those_of_exchange(word: str, digit: str) -> None:
    """Contract 8.2: 4 is WorkingElsewhere."""
    at = MONDAY.replace(hour=9)
    assert merged(item(at, 60, show_as=word)) == "00" + digit * 2 + "0" * 16


def test_what_is_cancelled_takes_no_time_and_a_part_of_a_slot_takes_it_all() -> None:
    at = MONDAY.replace(hour=9, minute=20)
    assert merged(item(at, 20)) == "0022" + "0" * 16
    assert merged(item(at, 20, is_cancelled=True)) == "0" * 20


@given(st.lists(st.sampled_from(sorted(WORDS)), min_size=2, max_size=4))
def test_of_several_the_strongest_is_told(words: list[str]) -> None:
    order = ["Free", "WorkingElsewhere", "Tentative", "Busy", "OOF"]
    at = MONDAY.replace(hour=8)
    strongest = max(words, key=order.index)
    assert merged(*(item(at, 30, show_as=word) for word in words)) == WORDS[strongest] + "0" * 19


# ------------------------------------------------------------------ what goes wrong


def test_a_trouble_lasts_as_long_as_it_is_to() -> None:
    troubles = Troubles()
    twice = troubles.add(Trouble(operation="FindItem", code="ErrorServerBusy", back_off_ms=20, times=2))
    troubles.before("GetFolder")
    for _ in range(2):
        with pytest.raises(Fault) as busy:
            troubles.before("FindItem")
        assert (busy.value.code, busy.value.values) == ("ErrorServerBusy", {"BackOffMilliseconds": "20"})
    troubles.before("FindItem")
    assert twice.seen == 2
    troubles.add(Trouble(status=503, retry_after_s=7))
    for _ in range(5):
        with pytest.raises(Unwilling) as unwilling:
            troubles.before("anything")
        assert (unwilling.value.status, unwilling.value.retry_after_s) == (503, 7)
    troubles.clear()
    troubles.before("anything")


def test_an_answer_breaks_off_in_the_middle_after_it_was_carried_out() -> None:
    troubles = Troubles()
    troubles.add(Trouble(operation="FindItem", is_malformed=True, times=1))
    troubles.before("FindItem")
    assert troubles.after("GetFolder", b"1234") == b"1234"
    assert troubles.after("FindItem", b"1234") == b"12"
    assert troubles.after("FindItem", b"1234") == b"1234"


def test_a_password_that_is_over_is_over_for_all_from_then_on() -> None:
    caller = Caller(name="svc", password="pw")
    service = ExchangeService(Organisation([Mailbox(address=ANNA)], [caller], lambda: MONDAY))
    asked = enveloped(requests_for(ANNA, "", "", "")["ResolveNames"])
    assert service.answer(AUTHORIZATION, asked).status == 200
    service.troubles.add(Trouble(status=401))
    assert [service.answer(AUTHORIZATION, asked).status for _ in range(2)] == [401, 401]
    caller.password = "another"
    service.troubles.clear()
    assert service.answer(AUTHORIZATION, asked).status == 401
    assert service.strangers == 1


# ------------------------------------------------------------------ values


@given(st.integers(-5, 200))
def test_a_number_is_in_its_bounds_or_refused(number: int) -> None:
    if 1 <= number <= 100:
        assert whole(str(number), least=1, most=100) == number
    else:
        with pytest.raises(Fault):
            whole(str(number), least=1, most=100)


@pytest.mark.parametrize("text", ["now", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_what_is_no_time_is_one_error(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text)):
        moment(text)
