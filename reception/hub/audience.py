"""Who may see and do what with whose presence, by the user groups of the office file.

Requirements 002-057 to 060 (future presences: a right to see and one to change), 002-121 and 122 (status),
subjects, and going past a diversion (002-141). Whoever is meant by no rule of a right does not have it; a
right without rules is everybody's.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reception.hub.office_shape import (
    COLLEAGUES,
    EVERYONE,
    RECEPTIONISTS,
    SAME_GROUP,
    Membership,
    OfficeSettings,
    RightRule,
    RightsTable,
)
from reception.model.people import Person

_NONE: Final[tuple[str, ...]] = ()


class Circle:
    """Everybody's groups, as the directory and the office file have them."""

    def __init__(self, settings: OfficeSettings | None = None) -> None:
        self.rights = settings.rights if settings is not None else RightsTable()
        self._membership = Membership(settings.groups if settings is not None else ())
        self._groups: dict[str, tuple[str, ...]] = {}

    def follow(self, people: Mapping[str, Person]) -> None:
        """Take note of a new directory."""
        found = ((p.id, self._membership.of_person(p)) for p in people.values() if p.contact is None)
        self._groups = {person: groups for person, groups in found if groups}

    def of_person(self, person: str) -> tuple[str, ...]:
        """Return the groups of a colleague."""
        return self._groups.get(person, _NONE)

    def of_attendant(self, attendant: str) -> tuple[str, ...]:
        """Return the groups of a receptionist."""
        return self._membership.of_attendant(attendant)

    def audience(self, groups: tuple[str, ...], *, is_colleague: bool) -> Audience:
        """Return what whoever is in these groups may."""
        return Audience(self, groups, COLLEAGUES if is_colleague else RECEPTIONISTS)


class Audience:
    """What one sort of viewer may; alike for all with the same groups, so it can be shared."""

    def __init__(self, circle: Circle, groups: tuple[str, ...], sort: str) -> None:
        self._circle = circle
        self._groups = frozenset(groups)
        self._names = self._groups | {EVERYONE, sort}
        self._known: dict[tuple[str, tuple[str, ...]], bool] = {}
        rights = circle.rights
        self.sees_all_statuses = rights.see_status is None
        self.sees_whole_future = rights.see_future is None
        self.sees_all_subjects = rights.see_subjects is None

    def sees_status(self, person: str) -> bool:
        """True when the status of a person is told (002-122)."""
        return self.sees_all_statuses or self._has("see_status", person)

    def sees_future(self, person: str) -> bool:
        """True when entries that have not begun are told (002-060)."""
        return self.sees_whole_future or self._has("see_future", person)

    def sees_subjects(self, person: str) -> bool:
        """True when subjects and places are told."""
        return self.sees_all_subjects or self._has("see_subjects", person)

    def may_edit(self, person: str) -> bool:
        """True when entries of a person may be set, changed and deleted (002-059)."""
        return self._has("edit_future", person)

    def may_bypass(self, person: str) -> bool:
        """True when a person may be rung although their calls are diverted (002-141, 002-038)."""
        return self._circle.rights.bypass_diversion is None or self._has("bypass_diversion", person)

    def may_edit_profiles(self, person: str) -> bool:
        """True when a person may make presence profiles of their own (003-04)."""
        return self._circle.rights.edit_profiles is None or self._has("edit_profiles", person)

    def _has(self, right: str, person: str) -> bool:
        groups = self._circle.of_person(person)
        known = self._known.get((right, groups))
        if known is None:
            rules: tuple[RightRule, ...] = getattr(self._circle.rights, right)
            known = any(self._fits(rule, groups) for rule in rules)
            self._known[right, groups] = known
        return known

    def _fits(self, rule: RightRule, groups: tuple[str, ...]) -> bool:
        if self._names.isdisjoint(rule.who):
            return False
        if SAME_GROUP in rule.whom and not self._groups.isdisjoint(groups):
            return True
        return EVERYONE in rule.whom or COLLEAGUES in rule.whom or not set(rule.whom).isdisjoint(groups)
