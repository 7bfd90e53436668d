"""Durations, times of day and counts as people read them. No Qt."""

from __future__ import annotations

from widgets import zone

_GROUPS = {"da": ".", "de": ".", "en": ","}


def duration(seconds: float) -> str:
    """Return ``1:12``, from an hour on ``1:01:12``. Never negative: clocks of two machines differ."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{secs:02}" if hours else f"{minutes}:{secs:02}"


def time_of_day(instant: float, language: str) -> str:
    """Return an instant (UTC seconds) as the organisation's time: ``13.42`` in Danish, else ``13:42``."""
    local = zone.local(instant)
    return f"{local.hour:02}{'.' if language == 'da' else ':'}{local.minute:02}"


def exact_time(instant: float, language: str) -> str:
    """Return an instant (UTC seconds) with its seconds: ``13.42.07`` in Danish, else ``13:42:07``."""
    sign = "." if language == "da" else ":"
    return f"{time_of_day(instant, language)}{sign}{zone.local(instant).second:02}"


def minutes(seconds: float) -> int:
    """Return whole minutes, at least 0."""
    return max(0, int(seconds // 60))


def count(number: int, language: str) -> str:
    """Return a count with the language's thousands separator: ``2.318``."""
    return f"{number:,}".replace(",", _GROUPS.get(language, ","))
