"""The directory as it holds now, colleagues and contacts, and how a new one takes the place of the old.

Both lie in one list in the store; an import of one leaves the other as it is. Who is known from a directory
online (`reception.hub.online`) is joined with them and not stored. Contacts have no telephone of
the house: statuses, timelines and diversions are made of colleagues only.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

from reception.hub.board import Board
from reception.hub.broadcast import Broadcast
from reception.hub.diversions import Diversions
from reception.hub.keeper import Keeper
from reception.hub.people import Difference, people_changes
from reception.hub.presence import Presence
from reception.hub.rights import Rights
from reception.hub.teams_sync import TeamsSync
from reception.model.changes import PersonChanged
from reception.model.people import Person, colleagues_of, contacts_of
from reception.model.presence import Timeline


class Directory:
    """Who is known. `on_people` hears of everybody when there is a new directory (the engine's book)."""

    def __init__(
        self,
        people: Sequence[Person],
        *,
        board: Board,
        rights: Rights,
        keeper: Keeper,
        broadcast: Broadcast,
        presence: Presence,
        diversions: Diversions,
        sync: TeamsSync,
        on_people: Callable[[Sequence[Person]], None],
        clock: Callable[[], float],
    ) -> None:
        self._everybody = {p.id: p for p in people}
        self._stored = tuple(people)
        self._joined: Callable[[Sequence[Person]], Sequence[Person]] = tuple
        self._board = board
        self._rights = rights
        self._keeper = keeper
        self._broadcast = broadcast
        self._presence = presence
        self._diversions = diversions
        self._sync = sync
        self._on_people = on_people
        self._clock = clock
        self._turn = asyncio.Lock()

    def join(self, stored: Sequence[Person], joined: Callable[[Sequence[Person]], Sequence[Person]]) -> None:
        """Everybody is made by `joined` of what is stored, from now on; before anything else happens."""
        self._stored, self._joined = tuple(stored), joined

    @property
    def everybody(self) -> Mapping[str, Person]:
        """Colleagues, then contacts, by id."""
        return MappingProxyType(self._everybody)

    def timelines(self) -> tuple[Timeline, ...]:
        """Return what a new console is told of: those with entries, or all where some may not be changed."""
        known = self._board.timelines
        if not self._rights.locks_some:
            return tuple(known.values())
        return tuple(known.get(p) or Timeline(person=p) for p in self._board.people)

    async def replace_colleagues(self, people: Sequence[Person]) -> Difference:
        """Make these the colleagues, all or nothing; raises ServiceError from the store."""
        async with self._turn:
            return await self._store([*people, *contacts_of(self._stored)])

    async def replace_contacts(self, contacts: Sequence[Person]) -> Difference:
        """Make these the contacts, all or nothing; raises ServiceError from the store."""
        async with self._turn:
            return await self._store([*colleagues_of(self._stored), *contacts])

    async def _store(self, people: Sequence[Person]) -> Difference:
        await self._keeper.replace_people(people)
        self._stored = tuple(people)
        return self.take_over(self._joined(people))

    def take_over(self, people: Sequence[Person]) -> Difference:
        """Make these everybody, without storing them."""
        before, self._everybody = self._everybody, {p.id: p for p in people}
        difference = people_changes(before, people)
        colleagues = colleagues_of(people)
        seen_before = frozenset(self._board.people)
        statuses = self._board.replace_people(colleagues, now=self._clock())
        areas = self._rights.areas
        self._rights.follow(before, self._everybody)
        self._on_people(people)
        self._presence.follow(colleagues)
        self._diversions.note(seen_before | self._board.people.keys())
        self._sync.follow()
        self._broadcast.flush()
        if self._rights.areas != areas:  # somebody may have contacts of their own now, or none any more
            self._broadcast.renew_views()
        self._broadcast.tell(difference.changes)
        if self._rights.locks_some:
            changed = (c.person for c in difference.changes if isinstance(c, PersonChanged))
            self._broadcast.tell_timelines(self._timelines_of(changed))
        self._broadcast.tell_statuses(statuses)
        return difference

    def _timelines_of(self, people: Iterable[Person]) -> Sequence[Timeline]:
        known = self._board.timelines
        return [known.get(p.id) or Timeline(person=p.id) for p in colleagues_of(people)]
