"""Who is absent, or in a call in Teams, for the engine: read from what everybody sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from reception.calls.floor import Absence
from reception.model.calls import Target
from reception.model.direct import Way
from reception.model.lines import Cause, PersonStatus, StatusKind
from reception.model.office import Profile
from reception.model.people import Person
from reception.presence.course import Course, diverted_numbers

_NOT_ON_THE_PHONE: Final = (Cause.DO_NOT_DISTURB, Cause.TEAMS)


class Absences:
    """Tells who is absent or in a call in Teams, and who may ring a telephone that is diverted.

    `statuses` and `courses` (where people's calls go) are the hub's, once it has them; so is
    `on_call_in_teams`: people whose lines look busy for such calls, with the profile of it. `owner_of` tells
    who has a number, `may_bypass` whether a receptionist has the right to go past the diversions of a person.
    """

    def __init__(
        self,
        owner_of: Callable[[str], Person | None],
        may_bypass: Callable[[str, str], bool] = lambda _attendant, _person: True,
    ) -> None:
        self.statuses: Mapping[str, PersonStatus] = {}
        self.courses: Mapping[str, Course] = {}
        self.on_call_in_teams: Mapping[str, Profile | None] = {}
        self.owner_of = owner_of
        self._may_bypass = may_bypass

    def of(self, target: Target) -> Absence | None:
        """Return the absence of whoever has the target's number, or None.

        A mobile phone is called because somebody is not at their desk: it is never absent.
        """
        owner = self._divertible(target)
        if owner is None:
            return None
        status = self.statuses.get(owner.id)
        if status is None or not _is_absent(status):
            return None
        return Absence(back_at=status.back_at)

    def may_ring(self, attendant: str, target: Target) -> bool:
        """Return whether a receptionist may ring a telephone, though it be diverted (002-038, 002-141).

        What we ring rings: a diversion holds for calls that come in by the dial plan.
        """
        owner = self._divertible(target)
        course = self.courses.get(owner.id) if owner is not None else None
        if owner is None or course is None or course.way in (Way.USUAL, Way.RING):
            return True
        return self._may_bypass(attendant, owner.id)

    def _divertible(self, target: Target) -> Person | None:
        """Return whose telephone of the house the target is."""
        owner = self.owner_of(target.number)
        return owner if owner is not None and target.number in diverted_numbers(owner) else None

    def is_on_call_in_teams(self, target: Target) -> bool:
        """True while whoever is to be called is in a call in Teams, on whichever number (reading 38)."""
        if not self.on_call_in_teams:
            return False
        owner = self.owner_of(target.number)
        return (target.person or (owner.id if owner is not None else "")) in self.on_call_in_teams


def _is_absent(status: PersonStatus) -> bool:
    """True for who is busy or away for another reason than a call."""
    is_busy_otherwise = status.kind is StatusKind.BUSY and status.cause in _NOT_ON_THE_PHONE
    return status.is_entered or status.kind is StatusKind.AWAY or is_busy_otherwise
