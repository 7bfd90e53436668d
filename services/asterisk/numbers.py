"""From a number to what Asterisk dials: pure."""

from __future__ import annotations

from typing import Final

from services.asterisk.settings import Settings

_DIALLABLE: Final = frozenset("0123456789*#")


def dial_string(number: str, device: str | None, settings: Settings) -> str | None:
    """Return the endpoint that rings this number, or None if there is no such number.

    `device` is what the house has under it. Short numbers are the house's own: one that it does not have
    is never tried on the trunk, except those the settings name (emergency numbers).
    """
    if device is not None:
        return device
    bare = number.removeprefix("+")
    if not settings.trunk or not bare or not _DIALLABLE.issuperset(bare):
        return None
    is_short = not number.startswith("+") and len(bare) <= settings.internal_digits
    if is_short and number not in settings.outside_short:
        return None
    plus = settings.trunk_plus if number.startswith("+") else ""
    return settings.trunk.replace("{number}", f"{settings.trunk_prefix}{plus}{bare}")
