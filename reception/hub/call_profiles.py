"""The presence profile that a call in Teams activates while it lasts (requirement 003-58; reading 65).

What somebody shows is decided by the call itself; the profile says where their direct calls go meanwhile,
what colleagues read, and whether a receptionist answers groups. After the call all is as before it.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from reception.errors import CommandRefused
from reception.hub.diversions import Diversions
from reception.hub.queue_status import QueueStatus
from reception.model.attendants import Readiness
from reception.model.office import Profile
from reception.model.people import Person

_log = logging.getLogger(__name__)


class CallProfiles:
    """Follows who is in a call in Teams.

    Args:
        people: everybody in the directory, by id.
        queue: who of them answers groups.
        diversions: where direct calls go.
    """

    def __init__(self, people: Mapping[str, Person], queue: QueueStatus, diversions: Diversions) -> None:
        self._people = people
        self._queue = queue
        self._diversions = diversions
        self._before: dict[str, tuple[Readiness, Readiness]] = {}
        """What a receptionist was before a call, and what the profile made of them."""

    def follow(self, on_call: Mapping[str, Profile | None]) -> None:
        """Take note of who is in a call now, with the profile of it."""
        profiles = {person: profile for person, profile in on_call.items() if profile is not None}
        for person in self._before.keys() - profiles.keys():
            self._give_back(person)
        for person, profile in profiles.items():
            if profile.queue is not None and person not in self._before and person in self._people:
                self._take(self._people[person], profile.queue)
        self._diversions.use_calls(profiles)
        self._queue.look_again()

    def _take(self, person: Person, readiness: Readiness) -> None:
        before = self._queue.of(person)
        if before is not None and before is not readiness:
            self._before[person.id] = before, readiness
            self._set(person, readiness)

    def _give_back(self, person: str) -> None:
        """Make a receptionist what they were, unless they have changed it themselves meanwhile."""
        before, made = self._before.pop(person)
        known = self._people.get(person)
        if known is not None and self._queue.of(known) is made:
            self._set(known, before)

    def _set(self, person: Person, readiness: Readiness) -> None:
        try:
            self._queue.set(person, readiness)
        except CommandRefused as error:
            _log.info("the queue status of %s stays as it is: %s", person.id, error)
