"""Calendars in iCalendar files (RFC 5545) and at addresses, behind the `PresenceSource` port.

What Outlook, Exchange, Google, Apple, Thunderbird and Nextcloud write or publish. Settings:
`services.ics.settings.Settings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from services.ics.source import CalendarFiles


def create(settings: Mapping[str, Any]) -> CalendarFiles:
    """Build it from its section of the configuration; raises ConfigError."""
    from services.ics.settings import parse_settings  # only now: the process that reads needs no HTTP
    from services.ics.source import CalendarFiles

    return CalendarFiles(parse_settings(settings))
