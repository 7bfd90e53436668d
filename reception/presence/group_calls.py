"""Which attendant groups offer a receptionist no calls because of their presence (002-333, 002-397, 002-398).

What the receptionist's own phone does is no presence here: a group rings no phone that is in a call anyway.
A call on another line of theirs is. Of whom nobody knows anything nothing speaks against a call.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from reception.model.groups import AttendantGroup
from reception.model.lines import Cause, PersonStatus, StatusKind

_AVAILABLE: Final = (StatusKind.FREE, StatusKind.RINGING, StatusKind.UNKNOWN)


def kept_out(groups: Iterable[AttendantGroup], number: str, status: PersonStatus) -> tuple[str, ...]:
    """Return the groups that offer no calls to whoever has this status; `number` is their phone."""
    is_away = not _is_available(number, status)
    return tuple(
        group.id
        for group in groups
        if (is_away and group.heeds_presence)
        or status.activity in group.without_activities
        or status.role in group.without_roles
    )


def _is_available(number: str, status: PersonStatus) -> bool:
    if status.is_entered:
        return False
    if status.cause is Cause.CALL:
        return any(line.number == number and line.state.is_occupied for line in status.lines)
    return status.kind in _AVAILABLE
