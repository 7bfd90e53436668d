"""The office file: what an organisation lays down about presence, from TOML.

It is read whole; every fault in it is named at once, each with its line, what is expected and a guess at what
was meant. What it does not say is as in the built-in office (``office.toml`` beside this module).
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Final

import msgspec
from msgspec.structs import replace

from reception.directory.numbers import NumberPlan
from reception.errors import BadInput
from reception.hub.office_checks import Checks
from reception.hub.office_shape import (
    RIGHTS,
    CalendarLevels,
    DirectLevels,
    OfficeSettings,
    RightRule,
    RightsTable,
    TeamsLevels,
    UserGroup,
    VoicemailLevels,
)
from reception.hub.office_tables import (
    ActivityTable,
    Fault,
    OfficeTables,
    OwnSettingsTable,
    ProfileTable,
    RightTable,
    RoleTable,
    ShortcutTable,
    VoicemailTable,
    misfits,
)
from reception.hub.toml_lines import line_of, lines_of
from reception.model.attendants import Readiness
from reception.model.office import (
    Activity,
    CalendarPolicy,
    MailTemplate,
    Office,
    OwnSetting,
    Profile,
    Role,
    Shortcut,
)
from reception.model.presence import CallHandling

FILE: Final = "office.toml"


def load_office(path: Path, *, numbers: NumberPlan | None = None, zone: str = "") -> OfficeSettings:
    """Read and check an office file. Raises BadInput with all that is wrong."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise BadInput("misconfigured", f"{path}: no such file.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput("misconfigured", f"{path}: cannot be read: {error}") from error
    return parse_office(text, str(path), numbers=numbers, zone=zone)


def parse_office(
    text: str, name: str, *, numbers: NumberPlan | None = None, zone: str = ""
) -> OfficeSettings:
    """Check the text of an office file; `name` is for messages. Raises BadInput with all that is wrong."""
    plan = numbers or NumberPlan()
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput("misconfigured", f"{name}: is not valid TOML: {error}") from error
    if faults := tuple(misfits(OfficeTables, read)):
        raise _bad(name, text, faults)
    tables = msgspec.convert(read, OfficeTables)
    common = built_in()
    merged = _merged(tables, common)
    checks = Checks(
        tables,
        plan,
        activities=[a.id for a in merged.activities],
        roles=[r.id for r in merged.roles],
        profiles=[name for p in merged.profiles for name in (p.id, *p.labels.values())],
    )
    if faults := tuple(checks.faults()):
        raise _bad(name, text, faults)
    return _settings(merged, plan, zone)


def default_office(*, zone: str = "") -> OfficeSettings:
    """Return the built-in office, for a house without a file."""
    return _settings(built_in(), NumberPlan(), zone)


@cache
def built_in() -> OfficeTables:
    """Return the tables of the built-in office."""
    return msgspec.convert(tomllib.loads(built_in_text()), OfficeTables)


def built_in_text() -> str:
    """Return the built-in office as text: an example to start from."""
    return resources.files("reception.hub").joinpath(FILE).read_text(encoding="utf-8")


def _bad(name: str, text: str, faults: Sequence[Fault]) -> BadInput:
    lines = lines_of(text)
    found = sorted((line_of(lines, path), _place(path), words) for path, words in faults)
    return BadInput(
        "misconfigured", "\n".join(f"{name}:{line}: {place}{words}" for line, place, words in found)
    )


def _place(path: tuple[str | int, ...]) -> str:
    """Return the table a fault is in, as it is written: ``[[shortcuts]] 2: ``."""
    if len(path) > 1 and isinstance(path[1], int):
        return f"[[{path[0]}]] {path[1] + 1}: "
    return f"[{path[0]}]: " if len(path) > 1 else ""


# ------------------------------------------------------------------ the file over the built-in office


def _merged(own: OfficeTables, common: OfficeTables) -> OfficeTables:
    return replace(
        own,
        activities=_by_id(common.activities, own.activities),
        roles=_by_id(common.roles, own.roles),
        shortcuts=own.shortcuts or common.shortcuts,
        profiles=own.profiles or common.profiles,
        mails=own.mails or common.mails,
    )


def _by_id(common: Iterable[Any], own: Iterable[Any]) -> list[Any]:
    return list(({one.id: one for one in common} | {one.id: one for one in own}).values())


def _settings(tables: OfficeTables, numbers: NumberPlan, zone: str) -> OfficeSettings:
    office = Office(
        activities=tuple(_activity(a) for a in tables.activities),
        roles=tuple(_role(r) for r in tables.roles),
        shortcuts=tuple(_shortcut(s, numbers) for s in tables.shortcuts),
        profiles=tuple(_profile(p, numbers) for p in tables.profiles),
        zone=zone,
        days_ahead=tables.calendar.days_ahead or CalendarPolicy().days_ahead,
        language=tables.language,
        sentences=tables.sentences,
        says_activity=tables.voice.says_activity,
        says_last_end=tables.voice.says_last_end,
        locked=_locked(tables.own_settings),
        mails=tuple(
            MailTemplate(id=m.id, labels=m.labels, subject=m.subject, text=m.text) for m in tables.mails
        ),
    )
    return OfficeSettings(
        office=office,
        groups=tuple(
            UserGroup(id=g.id, name=g.name, members=tuple(g.members), departments=tuple(g.departments))
            for g in tables.groups
        ),
        rights=_rights(tables),
        calendars=CalendarLevels(
            organisation=tables.calendar,
            groups={g.id: g.calendar for g in tables.groups if g.calendar is not None},
            users={u.who.casefold(): u.calendar for u in tables.users if u.calendar is not None},
        ),
        teams=TeamsLevels(
            organisation=tables.teams,
            groups={g.id: g.teams for g in tables.groups if g.teams is not None},
            users={u.who.casefold(): u.teams for u in tables.users if u.teams is not None},
        ),
        voicemail=VoicemailLevels(
            organisation=_voicemail(tables.voicemail, numbers),
            groups={g.id: _voicemail(g.voicemail, numbers) for g in tables.groups if g.voicemail is not None},
            users={
                u.who.casefold(): _voicemail(u.voicemail, numbers)
                for u in tables.users
                if u.voicemail is not None
            },
        ),
        direct=DirectLevels(
            organisation=tables.direct,
            groups={g.id: g.direct for g in tables.groups if g.direct is not None},
            users={u.who.casefold(): u.direct for u in tables.users if u.direct is not None},
        ),
    )


def _locked(table: OwnSettingsTable) -> tuple[OwnSetting, ...]:
    return tuple(s for s in OwnSetting if not (table.enabled and getattr(table, s.value)))


def _rights(tables: OfficeTables) -> RightsTable:
    rights = tables.rights
    given = {
        name: tuple(_right(rule) for rule in rules)
        for name in RIGHTS
        if (rules := getattr(rights, name)) is not None
    }
    return RightsTable(**given)


def _right(rule: RightTable) -> RightRule:
    return RightRule(who=rule.who, whom=rule.whom)


def _activity(table: ActivityTable) -> Activity:
    return Activity(
        id=table.id,
        labels=table.labels,
        is_busy=table.busy,
        code=table.code,
        icon=table.icon,
        spoken=table.spoken,
    )


def _role(table: RoleTable) -> Role:
    return Role(id=table.id, labels=table.labels, code=table.code)


def _shortcut(table: ShortcutTable, numbers: NumberPlan) -> Shortcut:
    return Shortcut(
        id=table.id,
        labels=table.labels,
        activity=table.activity,
        is_busy=table.busy,
        handling=CallHandling(table.calls),
        divert_to=_number(table.divert_to, numbers),
        minutes=table.minutes,
        is_for_day=table.for_day,
        icon=table.icon,
        key=table.key.casefold(),
    )


def _profile(table: ProfileTable, numbers: NumberPlan) -> Profile:
    return Profile(
        id=table.id,
        labels=table.labels,
        activity=table.activity,
        role=table.role,
        is_busy=table.busy,
        handling=CallHandling(table.calls),
        divert_to=_number(table.divert_to, numbers),
        info=table.info,
        is_enabled=table.enabled,
        queue=Readiness(table.queue) if table.queue is not None else None,
    )


def _voicemail(table: VoicemailTable, numbers: NumberPlan) -> VoicemailTable:
    return replace(table, assistant=_number(table.assistant, numbers)) if table.assistant else table


def _number(text: str, numbers: NumberPlan) -> str:
    return (numbers.normalise(text) or "") if text else ""
