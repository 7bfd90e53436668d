"""The port of whatever knows when colleagues are away: a calendar, Teams, or both.

The hub tells it whom to follow; it says for each what it knows, whole, whenever that is different. Promises:

- after a `SourceSet` UP all that is different from what was said before is told;
- nobody is told of who is not followed;
- a private appointment comes without its subject, place and note.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Protocol, TypeAlias

import msgspec

from reception.model.changes import Message, SourceState
from reception.model.people import Person
from reception.model.presence import Entry

TELEPHONY: Final = "telephony"
TEAMS: Final = "teams"
EXCHANGE: Final = "exchange"
BY_HAND: Final = ""
"""Names of the sources of facts, as in `Source.id`. What people enter themselves has no connection that
could be lost, and no light."""


class _Event(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """Base of all that a source says."""


class TimelineSet(_Event, frozen=True, kw_only=True):
    """What a source has on a colleague's timeline, from today on: all of it, in place of what it said before.

    `source` is `EXCHANGE`, `BY_HAND` or another. Ids of entries are stable
    and unlike those of other sources.
    """

    source: str
    person: str
    entries: tuple[Entry, ...] = ()


class TeamsSet(_Event, frozen=True, kw_only=True):
    """Teams' own word for a colleague (Graph `availability`); empty when Teams does not know them."""

    person: str
    availability: str = ""


class SourceSet(_Event, frozen=True, kw_only=True):
    """How a source is doing. Until it is UP, what it said before is the last known."""

    source: str
    state: SourceState
    message: Message | None = None


PresenceEvent: TypeAlias = TimelineSet | TeamsSet | SourceSet


class PresenceSource(Protocol):
    """Whatever knows when colleagues are away. `sources` are the ids of the sources it speaks for."""

    @property
    def sources(self) -> tuple[str, ...]: ...

    def follow(self, people: Sequence[Person]) -> None:
        """Speak of these colleagues from now on: before `start`, and whenever the directory is different.

        Those who are new are told of as soon as they are known.
        """

    async def start(self, on_event: Callable[[PresenceEvent], None]) -> None:
        """Begin; events go to `on_event` on this loop. Connects in the background, for ever.

        Raises ConfigError when the settings cannot work, never for a service that is merely away.
        """

    async def stop(self) -> None:
        """Let go of the service. Harmless when stopped."""


class PresenceFactory(Protocol):
    """What the entry point ``presence.NAME`` names."""

    def __call__(self, settings: Mapping[str, Any]) -> PresenceSource:
        """Build the backend from its section of the configuration; raises ConfigError."""
