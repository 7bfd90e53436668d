"""Two-way synchronisation of line state between telephony and Teams: what is laid down, and what is kept."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from reception.model.office import Profile
from reception.model.people import Person


class Direction(StrEnum):
    """Which way line state goes for somebody (requirements 000-02, 000-06)."""

    OFF = "off"
    TO_TELEPHONY = "to_telephony"
    TO_TEAMS = "to_teams"
    BOTH = "both"

    @property
    def goes_to_telephony(self) -> bool:
        """True when what Teams says is shown on the line."""
        return self in (Direction.TO_TELEPHONY, Direction.BOTH)

    @property
    def goes_to_teams(self) -> bool:
        """True when what the line does is shown in Teams."""
        return self in (Direction.TO_TEAMS, Direction.BOTH)


class Shows(StrEnum):
    """What of Teams the line shows, each with what stands before it (requirements 000-34, 000-35)."""

    CALLS = "calls"
    DO_NOT_DISTURB = "do_not_disturb"
    BUSY = "busy"


class SyncPolicy(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for somebody; what nobody has laid down is on (requirement 000-01).

    `profile` is the presence profile that a call in Teams activates while it lasts (003-58), None for none.
    """

    direction: Direction = Direction.BOTH
    shows: Shows = Shows.DO_NOT_DISTURB
    profile: Profile | None = None


class OwnSession(msgspec.Struct, frozen=True, kw_only=True):
    """What this application may show of a colleague in Teams until an instant (UTC seconds).

    `person` as they were then: they may have left the directory when it is cleared.
    """

    person: Person
    until: float
