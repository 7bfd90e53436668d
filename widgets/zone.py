"""The time zone in which the window tells the time: the organisation's, until it is known the computer's own.

Reading 72 of the requirements: everybody sees the organisation's local time, wherever the console stands.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from functools import _lru_cache_wrapper

_log = logging.getLogger(__name__)

_used: dict[str, tzinfo | None] = {"": None}
_current = [""]
_caches: list[Callable[[], None]] = []


def depends_on_zone(cached: _lru_cache_wrapper[object]) -> None:
    """Note a cache whose values are wrong in another zone."""
    _caches.append(cached.cache_clear)


def use(name: str) -> bool:
    """Tell the time in this zone (IANA) from now on, empty for the computer's own; True when it is another.

    A zone this computer does not know is said in the log, and its own is used.
    """
    if name == _current[0]:
        return False
    if name not in _used:
        _used[name] = _load(name)
    _current[0] = name
    for clear in _caches:
        clear()
    return True


def _load(name: str) -> tzinfo | None:
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # not needed before there is a hub

    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        _log.warning("times are shown in this computer's zone, it does not know %s: %s", name, error)
        return None


def current() -> tzinfo | None:
    """Return the zone; None is the computer's own."""
    return _used[_current[0]]


def local(instant: float) -> datetime:
    """Return an instant (UTC seconds) as the zone's time, without a zone: for words only."""
    zone = current()
    if zone is None:
        return datetime.fromtimestamp(instant)  # noqa: DTZ006  # local by intention
    return datetime.fromtimestamp(instant, zone).replace(tzinfo=None)


def instant_of(day: date, hour: int = 0) -> float:
    """Return when the zone's clock shows an hour of a day (UTC seconds)."""
    return datetime(day.year, day.month, day.day, hour, tzinfo=current()).timestamp()
