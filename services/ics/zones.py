"""What a calendar's names of time zones mean.

A name of the IANA or of Windows means the computer's own zone data: it is newer than what stands in files,
and Exchange writes only the rule of today. Any other name means what its VTIMEZONE says: in this file, since
another file's "Customized Time Zone" is another zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, tzinfo
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Timezone
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from services.ics.lines import Block, value_of

_UTC_NAMES: Final = frozenset({"Z", "UTC", "GMT", "ETC/UTC", "ETC/GMT", "TZONE://MICROSOFT/UTC"})


def seconds_of(local: datetime, zone: tzinfo) -> float:
    """Return a local time as UTC seconds.

    One that a clock change leaves out counts with the offset before it, one that comes twice is the first
    (RFC 5545, 3.3.5).
    """
    return local.replace(tzinfo=zone, fold=0).timestamp()


def local_of(moment: datetime, zone: tzinfo) -> datetime:
    """Return the local time of a moment, without its zone."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def local_at(seconds: float, zone: tzinfo) -> datetime:
    """Return the local time of UTC seconds, without its zone."""
    return local_of(datetime.fromtimestamp(seconds, UTC), zone)


class Zones:
    """The zones that one calendar's names stand for."""

    def __init__(self, blocks: Iterable[Block] = ()) -> None:
        self._blocks = {_name_in(block): block for block in blocks}
        self._found: dict[str, tzinfo | None] = {}

    def find(self, name: str) -> tzinfo | None:
        """Return the zone of a name, or None when neither the computer nor the calendar knows it."""
        if name not in self._found:
            self._found[name] = known_zone(name) or self._defined(name)
        return self._found[name]

    def _defined(self, name: str) -> tzinfo | None:
        block = self._blocks.get(name)
        if block is None:
            return None
        for line in block.lines:
            if line.name == "X-LIC-LOCATION" and (place := known_zone(value_of(line))):
                return place
        try:
            zone = Timezone.from_ical(block.text)
            found = zone.to_tz(lookup_tzid=False) if isinstance(zone, Timezone) else None
            if isinstance(found, tzinfo):
                datetime(2026, 1, 1, tzinfo=found).utcoffset()  # rules without sense are found out here
                return found
        except (ValueError, KeyError, IndexError, TypeError, AttributeError):
            pass  # what icalendar and dateutil raise for definitions without sense
        return None


def known_zone(name: str) -> tzinfo | None:
    """Return the zone that the IANA or Windows calls so, in whatever wrapping programs put the name."""
    given = name.strip().strip('"')
    if given.upper() in _UTC_NAMES:
        return UTC
    parts = given.strip("/").split("/")
    # "/freeassociation.sourceforge.net/Tzfile/Europe/Copenhagen", "/mozilla.org/20050126_1/Europe/Copenhagen"
    for n in range(len(parts) if given.startswith("/") else 1):
        if found := _zone("/".join(parts[n:])):
            return found
    return _zone(WINDOWS_TO_OLSON.get(given, ""))


def _zone(key: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(key) if key else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _name_in(block: Block) -> str:
    return next((value_of(line).strip('"') for line in block.lines if line.name == "TZID"), "")
