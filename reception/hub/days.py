"""Days of the organisation: where midnight is, in its own time zone (reading 72)."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from datetime import time as clock_time
from zoneinfo import ZoneInfo

from reception.presence.outlook import Day


class Days:
    """Tells which day a moment belongs to. `zone` is an IANA time zone; empty is the computer's own."""

    def __init__(self, zone: str = "") -> None:
        self._zone = ZoneInfo(zone) if zone else None

    def day_of(self, now: float) -> Day:
        """Return the day of a moment (UTC seconds); one with a change of the clocks is longer or shorter."""
        if self._zone is None:
            here = time.localtime(now)
            first, then = (
                time.mktime((here.tm_year, here.tm_mon, here.tm_mday + n, 0, 0, 0, 0, 0, -1)) for n in (0, 1)
            )
            return Day(first, then)
        today = datetime.fromtimestamp(now, self._zone).date()
        first, then = (
            datetime.combine(today + timedelta(days=n), clock_time(), self._zone).timestamp() for n in (0, 1)
        )
        return Day(first, then)
