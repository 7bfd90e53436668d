"""Who the receptionists are among the colleagues, and what their presence keeps from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from reception.model.attendants import Attendant, colleague_of
from reception.model.groups import AttendantGroup
from reception.model.lines import PersonStatus
from reception.model.people import Person, colleagues_of
from reception.presence.group_calls import kept_out


class Receptionists:
    """Tells the engine which groups offer a receptionist no calls now.

    `statuses` are those that everybody sees, once the hub has them.
    """

    def __init__(
        self,
        attendants: Sequence[Attendant],
        groups: Sequence[AttendantGroup],
        people: Sequence[Person],
        statuses: Callable[[], Mapping[str, PersonStatus]],
    ) -> None:
        self._attendants = {a.id: a for a in attendants}
        self._groups = tuple(g for g in groups if g.heeds_presence or g.without_activities or g.without_roles)
        self._statuses = statuses
        self._persons: dict[str, str] = {}
        self.follow(people)

    def follow(self, people: Sequence[Person]) -> None:
        """Look for them in a new directory."""
        colleagues = colleagues_of(people)
        self._persons = {a.id: colleague_of(a, colleagues) for a in self._attendants.values()}

    def kept_out(self, attendant: str) -> tuple[str, ...]:
        """Return the ids of the groups that a receptionist's presence keeps them out of."""
        status = self._statuses().get(self._persons[attendant]) if self._groups else None
        return () if status is None else kept_out(self._groups, self._attendants[attendant].number, status)
