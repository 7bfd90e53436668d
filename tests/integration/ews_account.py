"""exchangelib as a client of the emulated Exchange, and what its tests ask it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from exchangelib import (
    BASIC,
    IMPERSONATION,
    Account,
    Build,
    Configuration,
    Credentials,
    EWSDateTime,
    EWSTimeZone,
    Version,
)
from exchangelib.errors import ResponseMessageError
from exchangelib.protocol import BaseProtocol, CachingProtocol, FailFast
from exchangelib.services import GetUserAvailability
from requests.adapters import HTTPAdapter

from services.emulators.exchange.mailboxes import Caller, Item, Organisation
from services.emulators.exchange.serving import ExchangeEmulator
from tests.integration.ews_rig import ANNA, SERVICE, exchange, organisation

UTC_ZONE = EWSTimeZone("UTC")
COPENHAGEN = EWSTimeZone("Europe/Copenhagen")
FIELDS = (
    "subject",
    "start",
    "end",
    "legacy_free_busy_status",
    "sensitivity",
    "is_all_day",
    "is_cancelled",
    "type",
    "location",
    "categories",
    "my_response_type",
    "organizer",
)


@contextmanager
def plain_exchange(
    patch: pytest.MonkeyPatch, house: Organisation | None = None, **more: Any
) -> Iterator[ExchangeEmulator]:
    """Serve for exchangelib as it comes: what is set for all of it, others may have set."""
    patch.setattr(BaseProtocol, "HTTP_ADAPTER_CLS", HTTPAdapter)
    caught = tuple(
        e for e in GetUserAvailability.ERRORS_TO_CATCH_IN_RESPONSE if e is not ResponseMessageError
    )
    patch.setattr(GetUserAvailability, "ERRORS_TO_CATCH_IN_RESPONSE", caught)
    with exchange(house or organisation(), **more) as emulator:
        yield emulator
    CachingProtocol.clear_cache()


def configuration(server: ExchangeEmulator, caller: Caller = SERVICE, **more: Any) -> Configuration:
    values = {
        "service_endpoint": server.url,
        "credentials": Credentials(caller.name, caller.password),
        "auth_type": BASIC,
        "version": Version(build=Build(15, 2, 2562, 17)),
        "retry_policy": FailFast(),
        "max_connections": 4,
    } | more
    return Configuration(**values)


def account(server: ExchangeEmulator, address: str = ANNA, caller: Caller = SERVICE, **more: Any) -> Account:
    kind = more.pop("access_type", IMPERSONATION)
    return Account(
        address,
        config=configuration(server, caller, **more),
        access_type=kind,
        autodiscover=False,
        default_timezone=UTC_ZONE,
    )


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def bound(hour: int, day: int = 23) -> EWSDateTime:
    return EWSDateTime.from_datetime(at(hour, day=day)).astimezone(UTC_ZONE)


def meeting(subject: str = "Statusmøde", hour: int = 10, **more: Any) -> Item:
    return Item(subject=subject, start=at(hour), end=at(hour + 1), **more)


def view(of: Account, start: int = 6, end: int = 20, *, day: int = 23) -> list[Any]:
    found = of.calendar.view(start=bound(start, day), end=bound(end, day), max_items=100)
    return list(found.only(*FIELDS))


def free_busy(
    of: Account, *addresses: str, start: int = 8, hours: int = 4, detail: str = "DetailedMerged"
) -> list[Any]:
    return list(
        of.protocol.get_free_busy_info(
            accounts=[(address, "Required", False) for address in addresses],
            start=bound(start),
            end=bound(start) + timedelta(hours=hours),
            merged_free_busy_interval=30,
            requested_view=detail,
        )
    )
