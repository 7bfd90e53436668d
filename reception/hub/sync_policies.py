"""Which way line state goes for whom: a user's own word, their groups', the organisation's.

What a level does not say is as in the next one (readings 19, 21; requirements 002-001, 002-002, 002-008);
what nobody says is on, both ways (requirement 000-01).
"""

from __future__ import annotations

from typing import Final

from reception.hub.office_shape import Membership, OfficeSettings, levels_of
from reception.model.people import Person
from reception.model.sync import SyncPolicy
from reception.presence.sync import USUAL_TIMING, Timing

_USUAL: Final = SyncPolicy()


def timing_of(settings: OfficeSettings) -> Timing:
    """Return how long things take, as the office says."""
    return USUAL_TIMING._replace(holdoff_s=settings.teams.organisation.lag_s)


class SyncPolicies:
    """The policies of an office."""

    def __init__(self, settings: OfficeSettings) -> None:
        self._levels = settings.teams
        self._profiles = {profile.id.casefold(): profile for profile in settings.office.profiles}
        self._membership = Membership(settings.groups)

    def of(self, person: Person) -> SyncPolicy:
        """Return what holds for a colleague."""
        levels = tuple(levels_of(person, self._membership, self._levels))
        direction = next((t.direction for t in levels if t.direction is not None), _USUAL.direction)
        shows = next((t.shows for t in levels if t.shows is not None), _USUAL.shows)
        profile = next((t.profile for t in levels if t.profile is not None), "")
        return SyncPolicy(direction=direction, shows=shows, profile=self._profiles.get(profile.casefold()))
