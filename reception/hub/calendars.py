"""Whose appointments become entries by which rules: a user's own, their groups', the organisation's.

What a level does not say is as in the next one (readings 19, 21): the user, then the user's groups from the
highest priority, then the organisation; within a level what is said of a connector goes before what is said
of all (requirement 002-128). Rules add up in that order, since the first one that fits holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from msgspec.structs import replace

from reception.hub.office_shape import Membership, OfficeSettings, names_of
from reception.hub.office_tables import CalendarTable, ConnectorTable, RuleTable
from reception.model.calendar import Appointment
from reception.model.office import CalendarPolicy, CalendarRule, Match
from reception.model.people import Person
from reception.model.presence import Entry
from reception.presence.calendar_rules import Calendar
from reception.presence.common_rules import COMMON_RULES

_DAY_S: Final = 86_400.0
_PLAIN: Final = (
    "days_ahead",
    "default_profile",
    "only_categories",
    "with_tentative",
    "with_invitations",
    "hides_subjects",
)


class Calendars:
    """The rules of an office for everybody. Those for whom the same holds share one set."""

    def __init__(self, settings: OfficeSettings) -> None:
        self._office = settings.office
        self._levels = settings.calendars
        self._membership = Membership(settings.groups)
        self._known: dict[tuple[str, ...], Calendar] = {}

    def entries_for(
        self, source: str, person: Person, appointments: Sequence[Appointment]
    ) -> Sequence[Entry]:
        """Return the entries that a person's appointments of a connector become."""
        return self.calendar_for(source, person).entries_of(person.id, appointments)

    def ahead_s_for(self, source: str, person: Person) -> float:
        """Return how far ahead appointments are shown (requirement 003-51)."""
        return self.calendar_for(source, person).policy.days_ahead * _DAY_S

    def calendar_for(self, source: str, person: Person) -> Calendar:
        """Return the rules for a person and a connector."""
        groups = [g for g in self._membership.of_person(person) if g in self._levels.groups]
        own = next((name for name in names_of(person) if name in self._levels.users), "")
        key = (source, own, *groups)
        if (known := self._known.get(key)) is None:
            known = self._known[key] = self._made(source, own, groups)
        return known

    def _made(self, source: str, own: str, groups: Sequence[str]) -> Calendar:
        policy, has_common = CalendarPolicy(), True
        rules: tuple[CalendarRule, ...] = ()
        for table in reversed([*self._tables(source, own, groups)]):
            policy = _with(policy, table)
            rules = (*(rule_of(r) for r in table.rules or ()), *rules)
            has_common = has_common if table.common_rules is None else table.common_rules
        policy = replace(policy, rules=rules)
        return Calendar(policy, self._office, COMMON_RULES if has_common else ())

    def _tables(self, source: str, own: str, groups: Sequence[str]) -> Iterator[ConnectorTable]:
        """Yield what is said, the innermost level first."""
        levels: list[CalendarTable] = [self._levels.users[own]] if own else []
        levels += [self._levels.groups[group] for group in groups]
        for level in (*levels, self._levels.organisation):
            if (connector := level.connectors.get(source)) is not None:
                yield connector
            yield level


def _with(policy: CalendarPolicy, table: ConnectorTable) -> CalendarPolicy:
    given: dict[str, Any] = {k: v for k in _PLAIN if (v := getattr(table, k)) is not None}
    if table.shown is not None:
        given["shown"] = tuple(table.shown)
    return replace(policy, **given) if given else policy


def rule_of(table: RuleTable) -> CalendarRule:
    """Return a rule as it is written in an office file."""
    match = next(m for m in Match if getattr(table, m.value) is not None)
    return CalendarRule(
        match=match,
        text="" if match is Match.PRIVATE else getattr(table, match.value),
        activity=table.activity,
        role=table.role,
        profile=table.profile,
        is_exclusion=table.exclude,
        is_word=table.word,
    )
