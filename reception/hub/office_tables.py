"""The tables of an office file as they are written there, and what does not fit into them.

What each means stands in ``office.toml`` beside this module, which is the built-in office and the example.
"""

from __future__ import annotations

import difflib
import types
import typing
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final, Literal, NamedTuple

import msgspec

from reception.hub.config_words import words_for
from reception.hub.toml_lines import Path
from reception.model.calendar import ShowAs
from reception.model.direct import WhenBusy
from reception.model.office import Labels
from reception.model.sync import Direction, Shows

Calls = Literal["voicemail", "open", "unchanged", "diverted"]


class Fault(NamedTuple):
    """Something wrong: where (a path in the file) and what is expected there."""

    path: Path
    text: str


class _Table(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all tables."""


class ActivityTable(_Table, frozen=True, kw_only=True):
    """[[activities]]."""

    id: str
    labels: Labels = {}
    spoken: Labels = {}
    busy: bool = True
    code: int | None = None
    icon: str = ""


class RoleTable(_Table, frozen=True, kw_only=True):
    """[[roles]]."""

    id: str
    labels: Labels = {}
    code: int | None = None


class ShortcutTable(_Table, frozen=True, kw_only=True):
    """[[shortcuts]]."""

    id: str
    labels: Labels = {}
    activity: str = ""
    busy: bool = True
    calls: Calls = "voicemail"
    divert_to: str = ""
    minutes: int | None = None
    for_day: bool = False
    icon: str = ""
    key: str = ""


class ProfileTable(_Table, frozen=True, kw_only=True):
    """[[profiles]]."""

    id: str
    labels: Labels = {}
    activity: str = ""
    role: str = ""
    busy: bool = True
    calls: Calls = "unchanged"
    divert_to: str = ""
    info: str = ""
    enabled: bool = True
    queue: Literal["ready", "paused"] | None = None


class RuleTable(_Table, frozen=True, kw_only=True):
    """[[calendar.rules]]: exactly one of the first five."""

    availability: str | None = None
    subject: str | None = None
    location: str | None = None
    category: str | None = None
    private: bool | None = None
    activity: str = ""
    role: str = ""
    profile: str = ""
    exclude: bool = False
    word: bool = False


class ConnectorTable(_Table, frozen=True, kw_only=True):
    """[calendar.connectors.NAME]. What is not given is as at the level around it."""

    rules: list[RuleTable] | None = None
    days_ahead: int | None = None
    default_profile: str | None = None
    only_categories: bool | None = None
    with_tentative: bool | None = None
    with_invitations: bool | None = None
    hides_subjects: bool | None = None
    shown: list[ShowAs] | None = None
    common_rules: bool | None = None


class CalendarTable(ConnectorTable, frozen=True, kw_only=True):
    """[calendar], and the same of a group or a user."""

    connectors: dict[str, ConnectorTable] = {}


class TeamsTable(_Table, frozen=True, kw_only=True):
    """[teams], and the same of a group or a user: which way line state goes, and what of Teams lines show.

    A call in Teams activates `profile`; an empty one is none.
    """

    direction: Direction | None = None
    shows: Shows | None = None
    profile: str | None = None


class OrganisationTeamsTable(TeamsTable, frozen=True, kw_only=True):
    """[teams] of the organisation. What is read of Teams may lag `lag_s` seconds behind what was written."""

    lag_s: int = 30


class DirectTable(_Table, frozen=True, kw_only=True):
    """[direct], and the same of a group or a user. What is not given is as at the level around it."""

    when_busy: WhenBusy | None = None


class VoicemailTable(_Table, frozen=True, kw_only=True):
    """[voicemail], and the same of a group or a user. What is not given is as at the level around it."""

    assistant: str | None = None
    goes_past: bool | None = None


class GroupTable(_Table, frozen=True, kw_only=True):
    """[[groups]]."""

    id: str
    name: str = ""
    members: list[str] = []
    departments: list[str] = []
    calendar: CalendarTable | None = None
    teams: TeamsTable | None = None
    voicemail: VoicemailTable | None = None
    direct: DirectTable | None = None


class UserTable(_Table, frozen=True, kw_only=True):
    """[[users]]: what holds for one colleague alone."""

    who: str
    calendar: CalendarTable | None = None
    teams: TeamsTable | None = None
    voicemail: VoicemailTable | None = None
    direct: DirectTable | None = None


class RightTable(_Table, frozen=True, kw_only=True):
    """One rule of a right."""

    who: tuple[str, ...] = ("everyone",)
    whom: tuple[str, ...] = ("everyone",)


class RightsTables(_Table, frozen=True, kw_only=True):
    """[rights]."""

    see_status: list[RightTable] | None = None
    see_future: list[RightTable] | None = None
    see_subjects: list[RightTable] | None = None
    edit_future: list[RightTable] | None = None
    bypass_diversion: list[RightTable] | None = None
    edit_profiles: list[RightTable] | None = None


class VoiceTable(_Table, frozen=True, kw_only=True):
    """[voice]."""

    says_activity: bool = True
    says_last_end: bool = True


class MailTable(_Table, frozen=True, kw_only=True):
    """[[mails]]: what may be written to a colleague about a call."""

    id: str
    labels: Labels = {}
    subject: Labels = {}
    text: Labels = {}


class OwnSettingsTable(_Table, frozen=True, kw_only=True):
    """[own_settings]: what colleagues may settle for themselves."""

    enabled: bool = True
    profiles: bool = True
    choosing: bool = True
    comparison: bool = True
    shortcuts: bool = True


class OfficeTables(_Table, frozen=True, kw_only=True):
    """A whole office file."""

    language: str = "da"
    activities: list[ActivityTable] = []
    roles: list[RoleTable] = []
    shortcuts: list[ShortcutTable] = []
    profiles: list[ProfileTable] = []
    calendar: CalendarTable = CalendarTable()
    teams: OrganisationTeamsTable = OrganisationTeamsTable()
    groups: list[GroupTable] = []
    users: list[UserTable] = []
    rights: RightsTables = RightsTables()
    sentences: dict[str, Labels] = {}
    voice: VoiceTable = VoiceTable()
    voicemail: VoicemailTable = VoicemailTable()
    direct: DirectTable = DirectTable()
    own_settings: OwnSettingsTable = OwnSettingsTable()
    mails: list[MailTable] = []


def misfits(kind: type[msgspec.Struct], value: object, path: Path = ()) -> Iterator[Fault]:
    """Yield everything in a table that its kind has not, or has otherwise."""
    if not isinstance(value, Mapping):
        yield Fault(path, "must be a table.")
        return
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    for key, inner in value.items():
        if key not in fields:
            yield Fault((*path, key), f"unknown setting {key}.{guess(key, fields)}")
        else:
            yield from _misfits_of(fields[key].type, inner, (*path, key))
    for name, field in fields.items():
        if field.required and name not in value:
            yield Fault(path, f"{name} is missing.")


def guess(word: str, known: Any) -> str:
    """Return what somebody may have meant, ready to be put behind a complaint."""
    names = [str(name) for name in known]
    near = difflib.get_close_matches(word, names, n=1)
    if not near:
        lower = {name.casefold(): name for name in names}
        near = [lower[m] for m in difflib.get_close_matches(word.casefold(), lower, n=1)]
    allowed = f" Allowed: {', '.join(names)}." if 0 < len(names) <= _MANY else ""
    return f" Did you mean {near[0]}?{allowed}" if near else allowed


_MANY: Final = 25
"""More names than this are not listed in a complaint."""


def _misfits_of(kind: Any, value: object, path: Path) -> Iterator[Fault]:
    shape, inner = _struct_in(kind)
    if inner is None:
        yield from _wrong_type(kind, value, path)
    elif shape is None:
        yield from misfits(inner, value, path)
    elif shape is list and isinstance(value, list):
        for n, item in enumerate(value):
            yield from misfits(inner, item, (*path, n))
    elif shape is dict and isinstance(value, Mapping):
        for key, item in value.items():
            yield from misfits(inner, item, (*path, key))
    else:
        wanted = "a list of tables" if shape is list else "a table of tables"
        yield Fault(path, f"must be {wanted}.")


def _wrong_type(kind: Any, value: object, path: Path) -> Iterator[Fault]:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        options = list(_words_in(kind))
        hint = guess(value, options) if options and isinstance(value, str) else ""
        yield Fault(path, words_for(error, str(path[-1])) + hint)


def _words_in(kind: Any) -> Iterator[str]:
    """Yield the words that a setting may be, if it is one of some."""
    for one in (kind, *typing.get_args(kind)):
        if isinstance(one, str):
            yield one
        elif isinstance(one, type) and issubclass(one, StrEnum):
            yield from one


def _struct_in(kind: Any) -> tuple[type | None, type[msgspec.Struct] | None]:
    """Return how a field holds tables: alone, in a list, in a table by name; and their kind."""
    if isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union:
        options = [option for option in typing.get_args(kind) if option is not type(None)]
        return _struct_in(options[0]) if len(options) == 1 else (None, None)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (list, dict):
        inner = arguments[-1]
        is_struct = isinstance(inner, type) and issubclass(inner, msgspec.Struct)
        return (origin, inner) if is_struct else (None, None)
    return (None, kind) if isinstance(kind, type) and issubclass(kind, msgspec.Struct) else (None, None)
