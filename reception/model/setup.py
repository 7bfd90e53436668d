"""Setting up a service from the window: what there is to fill in, and what is asked and said about it.

A backend describes its settings as data (entry point ``setup.NAME``), so that one assistant serves them all.
Secrets go one way, from the console to the hub: nothing that the hub says has a place for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final, TypeAlias

import msgspec

from reception.model.changes import Message
from reception.model.findings import Finding

MOST_FILE_BYTES: Final = 20 * 1024
"""A file that is given (a certificate) travels as base64; two of them fit into a frame."""
ON: Final = "true"
OFF: Final = "false"


class FieldKind(StrEnum):
    """How a setting is given. Of SECRET and FILE the hub tells only that there is one; TOLD is nothing to
    fill in: an address of the hub's that somebody enters elsewhere."""

    TEXT = "text"
    SECRET = "secret"
    FILE = "file"
    CHOICE = "choice"
    SWITCH = "switch"
    TOLD = "told"


class Place(StrEnum):
    """Where a setting stands: in a table that backends share, in ``[presence.NAME]``, ``[directory.NAME]``,
    ``[mail.NAME]`` or ``[identity.NAME]``, in the choice of one of the last three itself, in ``[identity]``
    whoever it is that vouches for people, in ``[web]``, or in the office file."""

    SHARED = "shared"
    PRESENCE = "presence"
    DIRECTORY = "directory"
    DIRECTORY_CHOICE = "directory_choice"
    MAIL = "mail"
    MAIL_CHOICE = "mail_choice"
    IDENTITY = "identity"
    IDENTITY_CHOICE = "identity_choice"
    IDENTITY_RULES = "identity_rules"
    WEB = "web"
    OFFICE = "office"


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a CHOICE, in English words that the window may have in others, and what it needs."""

    value: str
    label: str
    permission: str = ""


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One setting. `key` is its name in the file (dotted in the office file); `label`, `help` are English.

    `default` holds where the file says nothing. `permission`: what must be consented to before it works, and
    `help` says why. `is_rare`: most houses leave it. `guards`: it decides whom the secrets are shown to, so
    they are asked for again when it changes. `excludes`: settings (by name) that go when this one is given.
    `within`: the switch (by name) that it belongs to; while that is off, it is neither needed nor written.
    `begins_with`: of what is TOLD, the field (by name) that its host is taken from, where that is filled in.
    """

    name: str
    key: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    place: Place = Place.PRESENCE
    help: str = ""
    example: str = ""
    default: str = ""
    choices: tuple[Choice, ...] = ()
    permission: str = ""
    is_needed: bool = False
    is_rare: bool = False
    guards: bool = False
    excludes: tuple[str, ...] = ()
    within: str = ""
    begins_with: str = ""

    @property
    def is_kept_back(self) -> bool:
        """True for what never leaves the hub."""
        return self.kind in (FieldKind.SECRET, FieldKind.FILE)


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One page of the assistant."""

    title: str
    help: str = ""
    fields: tuple[Field, ...] = ()


class Description(msgspec.Struct, frozen=True, kw_only=True):
    """A service as its backend describes it. `service` is the backend's name, `shared` the table it shares.

    `needs_one_of` names fields of which at least one must be given. `idle`: with these values nothing is
    wanted of the source of presence, which is left out then, where the service does anything else.
    """

    service: str
    title: str
    steps: tuple[Step, ...]
    shared: str = ""
    needs_one_of: tuple[str, ...] = ()
    idle: dict[str, str] = {}

    @property
    def fields(self) -> Iterator[Field]:
        """All settings, in their order."""
        for step in self.steps:
            yield from step.fields


# ------------------------------------------------------------------ console -> hub


class _Task(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Base of what is asked; the class name is the tag on the wire."""


class LookAtSetup(_Task, frozen=True, kw_only=True):
    """What is set up, and how is it? Answered by `SetupShown`."""


class _WithSecrets(_Task, frozen=True, kw_only=True):
    """`values` by the names of fields; `secrets` those that were typed or read (base64 for a FILE).

    A secret that is not given stays as it is. The representation has none, wherever it is logged.
    """

    service: str
    values: dict[str, str]
    secrets: dict[str, str] = {}

    def __repr__(self) -> str:
        return f"{type(self).__name__}(service={self.service!r}, secrets={sorted(self.secrets)})"


class ExamineSetup(_WithSecrets, frozen=True, kw_only=True):
    """Try these settings; nothing is kept. Answered by `FindingMade`, each at once, then `SetupExamined`."""

    __repr__ = _WithSecrets.__repr__


class SaveSetup(_WithSecrets, frozen=True, kw_only=True):
    """Write these settings down and let them hold. Answered by `SetupSaved`."""

    __repr__ = _WithSecrets.__repr__


class RestartHub(_Task, frozen=True, kw_only=True):
    """Begin again with what the files say now; calls go on in the switch. Answered by `HubRestarts`."""


SetupTask: TypeAlias = LookAtSetup | ExamineSetup | SaveSetup | RestartHub

# ------------------------------------------------------------------ hub -> console


class _Said(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Base of what the hub answers."""


class ServiceSetup(msgspec.Struct, frozen=True, kw_only=True):
    """How a service is set up. `kept` names the secrets that the hub has.

    `sources` are its lights; `good_at` when each brought good data last (UTC seconds).
    """

    description: Description
    values: dict[str, str]
    kept: tuple[str, ...] = ()
    is_used: bool = False
    sources: tuple[str, ...] = ()
    good_at: dict[str, float] = {}


class SetupShown(_Said, frozen=True, kw_only=True):
    """All services that can be set up. `file` is the configuration; empty where nothing can be saved."""

    services: tuple[ServiceSetup, ...]
    file: str = ""


class FindingMade(_Said, frozen=True, kw_only=True):
    """One thing was looked at."""

    finding: Finding


class SetupExamined(_Said, frozen=True, kw_only=True):
    """All was looked at."""

    is_well: bool


class SetupSaved(_Said, frozen=True, kw_only=True):
    """It is written down. `backup` is the file as it was, empty for a new one.

    `needs_restart`: the file says more than this that is different from what holds, changed by hand.
    """

    backup: str = ""
    needs_restart: bool = False


class HubRestarts(_Said, frozen=True, kw_only=True):
    """The hub ends now, and begins again."""


class SetupRefused(_Said, frozen=True, kw_only=True):
    """Nothing has changed, and why."""

    message: Message


SetupAnswer: TypeAlias = SetupShown | FindingMade | SetupExamined | SetupSaved | HubRestarts | SetupRefused


def is_last(said: SetupAnswer) -> bool:
    """Return whether nothing more comes for the task."""
    return not isinstance(said, FindingMade)


# ------------------------------------------------------------------ frames, as those of `reception.wire`


class _Frame(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Base of both frames; the class name is the tag."""


class SetupAsked(_Frame, frozen=True, kw_only=True):
    """A task about the hub's own settings, under an id made by the console; for administrators only.

    Never said again by itself: what became of it when the line broke is seen by looking.
    """

    id: str
    task: SetupTask


class SetupSaid(_Frame, frozen=True, kw_only=True):
    """An answer to a `SetupAsked`; a task may have several, the last one ends it."""

    id: str
    said: SetupAnswer
