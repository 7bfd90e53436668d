"""The ports of the directory: what reads a file of people, what is asked online, what the engine looks up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias

import msgspec

from reception.directory.merging import Arrival, MergeRules
from reception.directory.numbers import NumberPlan
from reception.model.changes import Message, SourceState
from reception.model.people import Person


class DirectoryReader(Protocol):
    """What the entry point ``directory.NAME`` names: reads people from a file."""

    def __call__(self, path: str, plan: NumberPlan | None = None) -> Sequence[Person]:
        """Read all people; `plan` is how numbers are dialled in the house.

        Raises BadInput naming line and column of the first faults.
        """


class Column(msgspec.Struct, frozen=True, kw_only=True):
    """A column of a file: its position from 1, its heading, and the field it is; empty for a free one."""

    position: int
    heading: str
    field: str


class PlacedContact(NamedTuple):
    """A contact with the line of the file it begins on, from 1."""

    line: int
    contact: Person


class ContactFile(msgspec.Struct, frozen=True, kw_only=True):
    """What stands in a file of contacts, to be looked at before anything is stored (requirement 002-087)."""

    columns: tuple[Column, ...] = ()
    contacts: tuple[PlacedContact, ...] = ()


class ContactReader(Protocol):
    """What the entry point ``directory.contacts`` names: reads contacts from a file."""

    def __call__(self, path: str, plan: NumberPlan | None = None) -> ContactFile:
        """Read all contacts. Raises BadInput naming line and column of the first faults."""


class DirectoryWriter(Protocol):
    """What the entry points ``directory.write-people`` and ``directory.write-contacts`` name."""

    def __call__(self, people: Sequence[Person]) -> str:
        """Return a text that the reader reads back as the same people."""


class PeopleSet(msgspec.Struct, frozen=True, kw_only=True):
    """Everybody whom a directory online knows, in place of those it said before."""

    people: tuple[Arrival, ...]


class DirectoryState(msgspec.Struct, frozen=True, kw_only=True):
    """How a directory online is doing. Until it is UP, whom it told of before are the last known.

    `doing` is what is done about one that is not well (`reception.model.messages.DOINGS`).
    """

    state: SourceState
    message: Message | None = None
    doing: Message | None = None


DirectoryEvent: TypeAlias = PeopleSet | DirectoryState


class DirectorySource(Protocol):
    """A directory that is asked online. What it says is joined with the people of the file, by its rules."""

    @property
    def rules(self) -> MergeRules: ...

    def known(self) -> Sequence[Arrival]:
        """Return whom it knew the last time, at once and without the network; before `start`."""

    @property
    def has_photos(self) -> bool:
        """True when it keeps photos."""

    def photo(self, person: str, size: int) -> bytes | None:
        """Return the photo of somebody it told of (JPEG, PNG, GIF), `size` pixels wide; reads a file.

        None when there is none, or not in this size; 48 and 120 are kept.
        """

    async def start(self, on_event: Callable[[DirectoryEvent], None]) -> None:
        """Begin; events go to `on_event` on this loop. Connects in the background, for ever.

        Raises ConfigError when the settings cannot work, never for a service that is merely away.
        """

    async def stop(self) -> None:
        """Let go of the service. Harmless when stopped."""


class DirectorySourceFactory(Protocol):
    """What the entry point ``directory.NAME`` names of one that is asked online."""

    def __call__(self, settings: Mapping[str, Any], plan: NumberPlan) -> DirectorySource:
        """Build it from its section of the configuration; raises ConfigError.

        `plan` is how numbers are dialled in the house. `settings` hold a `folder` for what it keeps.
        """


class Book(Protocol):
    """Pure look-ups in the directory, for the engine."""

    def numbers_of(self, person: str) -> tuple[str, ...]:
        """Return all numbers of a person whose lines make them busy."""

    def mailbox_of(self, target_number: str, person: str | None) -> str | None:
        """Return the mailbox for a number or person, or None."""

    def contact_of(self, number: str) -> Person | None:
        """Return the contact of the whole organisation who has this number, or None."""

    def name_of(self, number: str) -> str:
        """Return the name of whoever has this number, or an empty text."""
