"""What an office file says, checked: the words of the office, calendars by level, user groups, rights."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Protocol, TypeVar

import msgspec

from reception.hub.office_tables import (
    CalendarTable,
    DirectTable,
    OrganisationTeamsTable,
    TeamsTable,
    VoicemailTable,
)
from reception.model.office import Office
from reception.model.people import Person

EVERYONE: Final = "everyone"
RECEPTIONISTS: Final = "receptionists"
COLLEAGUES: Final = "colleagues"
SAME_GROUP: Final = "same group"
"""Who can be meant in a right beside the office's own groups; `SAME_GROUP` only as whom."""


class UserGroup(msgspec.Struct, frozen=True, kw_only=True):
    """[[groups]]. The order in the file is their priority, the first is the highest (reading 21).

    `members` are ids, e-mail addresses or initials of colleagues, and initials of receptionists;
    `departments` take in whole departments.
    """

    id: str
    name: str = ""
    members: tuple[str, ...] = ()
    departments: tuple[str, ...] = ()


class RightRule(msgspec.Struct, frozen=True, kw_only=True):
    """Members of `who` have a right on members of `whom`."""

    who: tuple[str, ...] = (EVERYONE,)
    whom: tuple[str, ...] = (EVERYONE,)


class RightsTable(msgspec.Struct, frozen=True, kw_only=True):
    """[rights]. What is not given is allowed to everybody; of `edit_future` that means the receptionists.

    Everybody sees and changes what is on their own timeline. Rights of several rules add up.
    `edit_profiles` is about one's own presence profiles (003-04).
    """

    see_status: tuple[RightRule, ...] | None = None
    see_future: tuple[RightRule, ...] | None = None
    see_subjects: tuple[RightRule, ...] | None = None
    edit_future: tuple[RightRule, ...] = (RightRule(who=(RECEPTIONISTS,)),)
    bypass_diversion: tuple[RightRule, ...] | None = None
    edit_profiles: tuple[RightRule, ...] | None = None


RIGHTS: Final = RightsTable.__struct_fields__


class CalendarLevels(msgspec.Struct, frozen=True, kw_only=True):
    """How appointments become entries, as each level says: the organisation, groups and users by name."""

    organisation: CalendarTable = CalendarTable()
    groups: Mapping[str, CalendarTable] = {}
    users: Mapping[str, CalendarTable] = {}


class TeamsLevels(msgspec.Struct, frozen=True, kw_only=True):
    """How line state is synchronised with Teams, as each level says."""

    organisation: OrganisationTeamsTable = OrganisationTeamsTable()
    groups: Mapping[str, TeamsTable] = {}
    users: Mapping[str, TeamsTable] = {}


class VoicemailLevels(msgspec.Struct, frozen=True, kw_only=True):
    """What mailboxes offer callers, as each level says; numbers are in the one form."""

    organisation: VoicemailTable = VoicemailTable()
    groups: Mapping[str, VoicemailTable] = {}
    users: Mapping[str, VoicemailTable] = {}


class DirectLevels(msgspec.Struct, frozen=True, kw_only=True):
    """What becomes of direct calls, as each level says."""

    organisation: DirectTable = DirectTable()
    groups: Mapping[str, DirectTable] = {}
    users: Mapping[str, DirectTable] = {}


class OfficeSettings(msgspec.Struct, frozen=True, kw_only=True):
    """All of an office file."""

    office: Office
    groups: tuple[UserGroup, ...] = ()
    rights: RightsTable = RightsTable()
    calendars: CalendarLevels = CalendarLevels()
    teams: TeamsLevels = TeamsLevels()
    voicemail: VoicemailLevels = VoicemailLevels()
    direct: DirectLevels = DirectLevels()


class Membership:
    """Who belongs to which of the office's user groups, the group of the highest priority first."""

    def __init__(self, groups: tuple[UserGroup, ...]) -> None:
        self._order = tuple(g.id for g in groups)
        self._by_name: dict[str, set[str]] = {}
        self._by_department: dict[str, set[str]] = {}
        for group in groups:
            for member in group.members:
                self._by_name.setdefault(member.casefold(), set()).add(group.id)
            for department in group.departments:
                self._by_department.setdefault(department.casefold(), set()).add(group.id)

    def of_person(self, person: Person) -> tuple[str, ...]:
        """Return the groups of a colleague."""
        found = set(self._by_department.get(person.department.casefold(), ()))
        for name in names_of(person):
            found |= self._by_name.get(name, set())
        return self._in_order(found)

    def of_attendant(self, attendant: str) -> tuple[str, ...]:
        """Return the groups of a receptionist."""
        return self._in_order(self._by_name.get(attendant.casefold(), set()))

    def _in_order(self, found: set[str]) -> tuple[str, ...]:
        return tuple(g for g in self._order if g in found) if found else ()


Level = TypeVar("Level", covariant=True)


class Levels(Protocol[Level]):
    """What each level says of something: the organisation, groups by id, users by name."""

    @property
    def organisation(self) -> Level: ...
    @property
    def groups(self) -> Mapping[str, Level]: ...
    @property
    def users(self) -> Mapping[str, Level]: ...


def levels_of(person: Person, membership: Membership, levels: Levels[Level]) -> Iterator[Level]:
    """Yield what is said for a colleague, the innermost level first, the organisation's last."""
    for name in names_of(person):
        if (own := levels.users.get(name)) is not None:
            yield own
    for group in membership.of_person(person):
        if (table := levels.groups.get(group)) is not None:
            yield table
    yield levels.organisation


def names_of(person: Person) -> tuple[str, ...]:
    """Return what a colleague may be called in an office file, in lower case."""
    return tuple(name.casefold() for name in (person.id, person.email, person.initials) if name)
