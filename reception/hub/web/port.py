"""What the web page needs of the hub: a desk that shows and changes timelines, such as `PresenceDesk`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from reception.hub.presence_desk import Actor
from reception.model.lines import PersonStatus
from reception.model.office import Office, Profile, Shortcut
from reception.model.people import Person
from reception.model.presence import EntryDraft, Timeline
from reception.model.stored import Comparison


class Desk(Protocol):
    """Shows people, statuses and timelines with a viewer's rights, and carries out what they may do.

    What is not possible raises CommandRefused, and nothing has changed. What was asked for under a request's
    name can be taken back by it for a minute.
    """

    async def set_entry(
        self, by: Actor, person: str, draft: EntryDraft, *, entry: str = "", request: str = ""
    ) -> str: ...

    async def delete_entry(self, by: Actor, person: str, entry: str, *, request: str = "") -> None: ...

    async def undo(self, by: Actor, request: str) -> None: ...

    def timeline_of(self, viewer: Actor, person: str) -> Timeline: ...

    def status_of(self, viewer: Actor, person: str) -> PersonStatus | None: ...

    def people_for(self, viewer: Actor) -> Mapping[str, Person]: ...

    def subscribe(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]: ...

    def office_for(self, viewer: Actor) -> Office: ...

    async def set_shortcuts(self, by: Actor, shortcuts: tuple[Shortcut, ...]) -> None: ...

    async def set_profiles(self, by: Actor, profiles: tuple[Profile, ...]) -> None: ...

    async def compare(self, by: Actor) -> Comparison: ...

    def compared(self, by: Actor) -> Comparison | None: ...

    def has_queue(self, viewer: Actor) -> bool: ...
