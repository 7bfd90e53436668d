"""Whose direct calls go to somebody who stands in while they are in a call, by the office file (000-17).

What a level does not say is as in the next one (readings 19, 21): the user's settings, their groups', the
organisation's.
"""

from __future__ import annotations

from reception.hub.office_shape import Membership, OfficeSettings, levels_of
from reception.model.direct import WhenBusy
from reception.model.people import Person


class StandIns:
    """The settings of an office."""

    def __init__(self, settings: OfficeSettings) -> None:
        self._levels = table = settings.direct
        self._membership = Membership(settings.groups)
        levels = (*table.users.values(), *table.groups.values(), table.organisation)
        self.has_any = any(level.when_busy is WhenBusy.STAND_IN for level in levels)

    def are_wanted_for(self, person: Person) -> bool:
        """Return whether calls to somebody who is in a call go to one who stands in."""
        if not self.has_any or not person.alternates:
            return False
        levels = tuple(levels_of(person, self._membership, self._levels))
        found = next((level.when_busy for level in levels if level.when_busy is not None), WhenBusy.USUAL)
        return found is WhenBusy.STAND_IN
