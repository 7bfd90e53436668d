"""Calendars of an Exchange server in the house, through EWS, behind the `PresenceSource` port.

For Exchange 2016, 2019 and SE; what lies at Microsoft is read through Graph (contract 8.1). Settings:
`services.exchange.settings.ExchangeSettings`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from reception.model.findings import Finding

if TYPE_CHECKING:
    from reception.model.setup import Description
    from services.exchange.source import ExchangeCalendars


def create(settings: Mapping[str, Any]) -> ExchangeCalendars:
    """Build it from its section of the configuration; raises ConfigError."""
    from services.exchange.settings import parse_settings  # only now: exchangelib is heavy
    from services.exchange.source import ExchangeCalendars

    return ExchangeCalendars(parse_settings(settings))


async def examine(kind: str, settings: Mapping[str, Any], tell: Callable[[Finding], object]) -> None:
    """Examine [presence.exchange]; `tell` hears of each finding. Raises ConfigError."""
    from services.exchange.doctor import examine_server
    from services.exchange.settings import parse_settings

    await examine_server(parse_settings(settings), tell)


def describe() -> Description:
    """Return what there is to fill in, for the assistant in the window."""
    from services.exchange.setup import describe as described

    return described()
