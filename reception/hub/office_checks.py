"""What must hold in an office file beyond its types: what is named exists, and is there once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from reception.directory.numbers import NumberPlan
from reception.hub.office_shape import COLLEAGUES, EVERYONE, RECEPTIONISTS, RIGHTS, SAME_GROUP
from reception.hub.office_tables import (
    ActivityTable,
    CalendarTable,
    ConnectorTable,
    Fault,
    OfficeTables,
    ProfileTable,
    RoleTable,
    RuleTable,
    ShortcutTable,
    TeamsTable,
    VoicemailTable,
    guess,
)
from reception.hub.toml_lines import Path
from reception.mail import fault_in
from reception.model.calendar import ShowAs
from reception.model.office import ICONS, LANGUAGES, Labels
from reception.presence.calendar_rules import is_availability
from reception.presence.sentences import PLACEHOLDERS, SENTENCES, unknown_placeholders

_MOST_DAYS: Final = 366
_LONGEST_LAG_S: Final = 600
_MATCHES: Final = ("availability", "subject", "location", "category", "private")


class Checks:
    """The rules over one file, `tables`, in an office that also has the built-in activities and roles."""

    def __init__(
        self,
        tables: OfficeTables,
        numbers: NumberPlan,
        *,
        activities: Collection[str],
        roles: Collection[str],
        profiles: Collection[str],
    ) -> None:
        self._tables = tables
        self._numbers = numbers
        self._activities = activities
        self._roles = roles
        self._profiles = {name.casefold() for name in profiles}
        self._profile_names = profiles

    def faults(self) -> Iterator[Fault]:
        """Yield everything that is wrong."""
        tables = self._tables
        if tables.language not in LANGUAGES:
            yield Fault(
                ("language",), f'"{tables.language}" is no language.{guess(tables.language, LANGUAGES)}'
            )
        yield from self._states(tables.activities, "activities")
        yield from self._states(tables.roles, "roles")
        yield from self._shortcuts()
        yield from self._mails()
        yield from self._profile_tables()
        yield from self._calendar(tables.calendar, ("calendar",))
        if not 0 <= tables.teams.lag_s <= _LONGEST_LAG_S:
            yield Fault(("teams", "lag_s"), f"lag_s must be 0 to {_LONGEST_LAG_S}.")
        yield from self._teams(tables.teams, ("teams",))
        yield from self._groups()
        yield from self._voicemail(self._tables.voicemail, ("voicemail",))
        yield from self._rights()
        yield from self._sentences()

    # -------------------------------------------------------------- states, shortcuts, profiles

    def _states(self, states: Sequence[ActivityTable | RoleTable], table: str) -> Iterator[Fault]:
        yield from _doubled([s.id for s in states], table, "id")
        yield from _doubled([s.code for s in states], table, "code")
        for n, state in enumerate(states):
            path: Path = (table, n)
            yield from _labels(state.labels, (*path, "labels"))
            if isinstance(state, ActivityTable):
                yield from _labels(state.spoken, (*path, "spoken"), is_needed=False)
                yield from _icon(state.icon, path)

    def _shortcuts(self) -> Iterator[Fault]:
        shortcuts = self._tables.shortcuts
        yield from _doubled([s.id for s in shortcuts], "shortcuts", "id")
        yield from _doubled([s.key.casefold() or None for s in shortcuts], "shortcuts", "key")
        for n, shortcut in enumerate(shortcuts):
            path: Path = ("shortcuts", n)
            yield from _labels(shortcut.labels, (*path, "labels"))
            yield from self._named("activity", shortcut.activity, self._activities, path)
            yield from _icon(shortcut.icon, path)
            yield from self._diversion(shortcut, path)
            if shortcut.minutes is not None and shortcut.minutes <= 0:
                yield Fault((*path, "minutes"), "minutes must be more than 0; leave it out for no end.")
            if shortcut.minutes is not None and shortcut.for_day:
                yield Fault((*path, "for_day"), "give minutes or for_day, not both.")
            if len(shortcut.key) > 1 or (shortcut.key and not shortcut.key.isalnum()):
                yield Fault((*path, "key"), f'key "{shortcut.key}" must be one letter or digit.')

    def _mails(self) -> Iterator[Fault]:
        mails = self._tables.mails
        yield from _doubled([m.id for m in mails], "mails", "id")
        for n, mail in enumerate(mails):
            path: Path = ("mails", n)
            yield from _labels(mail.labels, (*path, "labels"))
            for name, texts in (("subject", mail.subject), ("text", mail.text)):
                yield from _labels(texts, (*path, name))
                for language, text in texts.items():
                    if fault := fault_in(text):
                        yield Fault((*path, name, language), fault)

    def _profile_tables(self) -> Iterator[Fault]:
        profiles = self._tables.profiles
        yield from _doubled([p.id.casefold() for p in profiles], "profiles", "id")
        for n, profile in enumerate(profiles):
            path: Path = ("profiles", n)
            yield from _labels(profile.labels, (*path, "labels"), is_needed=False)
            yield from self._named("activity", profile.activity, self._activities, path)
            yield from self._named("role", profile.role, self._roles, path)
            yield from self._diversion(profile, path)

    def _diversion(self, table: ShortcutTable | ProfileTable, path: Path) -> Iterator[Fault]:
        if table.calls != "diverted":
            if table.divert_to:
                yield Fault((*path, "divert_to"), 'divert_to needs calls = "diverted".')
        elif not table.divert_to:
            yield Fault((*path, "calls"), 'calls = "diverted" needs divert_to, the number.')
        elif self._numbers.normalise(table.divert_to) is None:
            yield Fault((*path, "divert_to"), f'divert_to "{table.divert_to}" is not a telephone number.')

    def _named(self, what: str, name: str, known: Collection[str], path: Path) -> Iterator[Fault]:
        if name and name not in known:
            yield Fault((*path, what), f'there is no {what} "{name}".{guess(name, known)}')

    # -------------------------------------------------------------- calendars

    def _calendar(self, table: CalendarTable, path: Path) -> Iterator[Fault]:
        yield from self._connector(table, path)
        for name, connector in table.connectors.items():
            yield from self._connector(connector, (*path, "connectors", name))

    def _connector(self, table: ConnectorTable, path: Path) -> Iterator[Fault]:
        if table.days_ahead is not None and not 1 <= table.days_ahead <= _MOST_DAYS:
            yield Fault((*path, "days_ahead"), f"days_ahead must be 1 to {_MOST_DAYS}.")
        if table.shown is not None and ShowAs.FREE in table.shown:
            yield Fault((*path, "shown"), "free appointments are never shown (give a category a profile).")
        yield from self._profile(table.default_profile or "", (*path, "default_profile"))
        for n, rule in enumerate(table.rules or ()):
            yield from self._rule(rule, (*path, "rules", n))

    def _rule(self, rule: RuleTable, path: Path) -> Iterator[Fault]:
        given = [name for name in _MATCHES if getattr(rule, name) is not None]
        if len(given) != 1:
            yield Fault(path, f"a rule looks at exactly one of {', '.join(_MATCHES)}.")
        elif rule.private is False:
            yield Fault((*path, "private"), "private can only be true: leave the rule out otherwise.")
        elif not getattr(rule, given[0]):
            yield Fault((*path, given[0]), f"{given[0]} must have a text.")
        if rule.availability is not None and not is_availability(rule.availability):
            hint = guess(rule.availability, [s.value for s in ShowAs])
            yield Fault((*path, "availability"), f'"{rule.availability}" is no availability.{hint}')
        if rule.exclude and (rule.activity or rule.role or rule.profile):
            yield Fault((*path, "exclude"), "a rule that excludes gives no activity, role or profile.")
        if not rule.exclude and not (rule.activity or rule.role or rule.profile):
            yield Fault(path, "a rule needs an activity, a role, a profile, or exclude = true.")
        yield from self._named("activity", rule.activity, self._activities, path)
        yield from self._named("role", rule.role, self._roles, path)
        yield from self._profile(rule.profile, (*path, "profile"))

    def _profile(self, name: str, path: Path) -> Iterator[Fault]:
        if name and name.casefold() not in self._profiles:
            yield Fault(path, f'there is no profile "{name}".{guess(name, self._profile_names)}')

    # -------------------------------------------------------------- groups, rights, sentences

    def _groups(self) -> Iterator[Fault]:
        groups = self._tables.groups
        yield from _doubled([g.id for g in groups], "groups", "id")
        for n, group in enumerate(groups):
            if group.id in (EVERYONE, RECEPTIONISTS, COLLEAGUES, SAME_GROUP):
                yield Fault(("groups", n, "id"), f'"{group.id}" has a meaning of its own in rights.')
            if group.calendar is not None:
                yield from self._calendar(group.calendar, ("groups", n, "calendar"))
            yield from self._teams(group.teams, ("groups", n, "teams"))
            yield from self._voicemail(group.voicemail, ("groups", n, "voicemail"))
        yield from _doubled([u.who.casefold() for u in self._tables.users], "users", "who")
        for n, user in enumerate(self._tables.users):
            if user.calendar is not None:
                yield from self._calendar(user.calendar, ("users", n, "calendar"))
            yield from self._teams(user.teams, ("users", n, "teams"))
            yield from self._voicemail(user.voicemail, ("users", n, "voicemail"))

    def _teams(self, table: TeamsTable | None, path: Path) -> Iterator[Fault]:
        if table is not None and table.profile:
            yield from self._profile(table.profile, (*path, "profile"))

    def _voicemail(self, table: VoicemailTable | None, path: Path) -> Iterator[Fault]:
        number = table.assistant if table is not None else None
        if number and self._numbers.normalise(number) is None:
            yield Fault((*path, "assistant"), f'assistant "{number}" is not a telephone number.')

    def _rights(self) -> Iterator[Fault]:
        who = (EVERYONE, RECEPTIONISTS, COLLEAGUES, *(g.id for g in self._tables.groups))
        whom = (EVERYONE, SAME_GROUP, *(g.id for g in self._tables.groups))
        for right in RIGHTS:
            for n, rule in enumerate(getattr(self._tables.rights, right) or ()):
                for key, names, known in (("who", rule.who, who), ("whom", rule.whom, whom)):
                    for name in names:
                        if name not in known:
                            path: Path = ("rights", right, n, key)
                            yield Fault(
                                path, f'{right} {key}: there is no group "{name}".{guess(name, known)}'
                            )

    def _sentences(self) -> Iterator[Fault]:
        for key, texts in self._tables.sentences.items():
            path: Path = ("sentences", key)
            if key not in SENTENCES:
                yield Fault(path, f'there is no sentence "{key}".{guess(key, SENTENCES)}')
            yield from _labels(texts, path, is_needed=False)
            for language, text in texts.items():
                yield from _placeholders(text, (*path, language))


def _placeholders(text: str, path: Path) -> Iterator[Fault]:
    try:
        unknown = unknown_placeholders(text)
    except ValueError:
        yield Fault(path, "a brace has no partner; write {{ for a brace itself.")
        return
    for name in unknown:
        yield Fault(path, f"there is no {{{name}}} to fill in.{guess(name, PLACEHOLDERS)}")


def _labels(labels: Labels, path: Path, *, is_needed: bool = True) -> Iterator[Fault]:
    if is_needed and not any(labels.values()):
        yield Fault(path, 'labels are missing, for example { da = "Frokost", en = "Lunch" }.')
    for language in labels:
        if language not in LANGUAGES:
            yield Fault((*path, language), f'"{language}" is no language.{guess(language, LANGUAGES)}')


def _icon(icon: str, path: Path) -> Iterator[Fault]:
    if icon and icon not in ICONS:
        yield Fault((*path, "icon"), f'there is no icon "{icon}".{guess(icon, ICONS)}')


def _doubled(values: Iterable[object], table: str, key: str) -> Iterator[Fault]:
    seen: set[object] = set()
    for n, value in enumerate(values):
        if value is not None and value in seen:
            yield Fault((table, n, key), f'{key} "{value}" is there twice; each must be different.')
        seen.add(value)
