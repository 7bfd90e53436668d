"""The one way to change timelines, and to look at them with somebody's rights.

Receptionists come by their console's requests, colleagues by the web page. A change is decided at once, kept
in the store, then shown to everybody; one after the other, so that two who change the same entry see each
other's work. Whoever asked and has gone meanwhile changes nothing about that.

The calendar is never touched. What is made of an imported entry stands in its place under the same id and
keeps its link; deleting one leaves a mark, so that no import brings it back (requirements 001-46, 001-47,
001-55).
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

from msgspec.structs import replace

from reception.directory.numbers import NumberPlan
from reception.errors import CommandRefused
from reception.hub.accounts import Accounts
from reception.hub.board import Board
from reception.hub.drafts import Drafts
from reception.hub.entry_shelf import EntryShelf
from reception.hub.presence import Presence
from reception.hub.queue_status import QueueStatus
from reception.hub.rights import Rights, View
from reception.model.lines import PersonStatus
from reception.model.office import Office, OwnSetting, Profile, Shortcut
from reception.model.people import Person
from reception.model.presence import WEB, Entry, EntryDraft, Timeline
from reception.model.stored import Comparison, KeptEntry
from reception.presence.outlook import Day

UNDO_S: Final = 60.0
"""How long a change can be taken back."""
EVERYBODY: Final = frozenset(("*",))
"""Told in place of ids: everybody may look different."""
_MAX_OWN: Final = 50
"""Shortcuts, and profiles, that somebody may have."""
Settle: TypeAlias = Callable[[], None]


def _nothing() -> None:
    """What the web page keeps of how a request ended: it asks for the timeline again."""


class Actor(NamedTuple):
    """Who acts or looks: a receptionist by initials, or a colleague by their id."""

    attendant: str = ""
    person: str = ""

    @property
    def origin(self) -> str:
        """What stands behind an entry of theirs (requirements 001-40, 001-41)."""
        return self.attendant or WEB


class _Done(NamedTuple):
    """A change that can be taken back: what was kept before it, and what since."""

    at: float
    person: str
    entry: str
    before: KeptEntry | None
    after: KeptEntry | None


class PresenceDesk:
    """See the module. `listen` tells whoever subscribes of people whose status or timeline is different."""

    def __init__(
        self,
        *,
        board: Board,
        presence: Presence,
        rights: Rights,
        office: Office,
        shelf: EntryShelf,
        accounts: Accounts,
        clock: Callable[[], float],
        listen: Callable[[Callable[[frozenset[str]], None]], Callable[[], None]],
        day_of: Callable[[float], Day],
        queue: QueueStatus,
        numbers: NumberPlan | None = None,
        new_id: Callable[[], str] = lambda: uuid.uuid4().hex,
    ) -> None:
        self._board = board
        self._presence = presence
        self._rights = rights
        self._office = office
        self._shelf = shelf
        self._accounts = accounts
        self._clock = clock
        self._listen = listen
        self._new_id = new_id
        self._numbers = numbers or NumberPlan()
        self._drafts = Drafts(office, self._numbers, day_of)
        self._on_office: list[Callable[[frozenset[str]], None]] = []
        self._queue = queue
        self._done: dict[tuple[Actor, str], _Done] = {}
        self._day_of = day_of
        self._tidy_at = 0.0
        self._lock = asyncio.Lock()

    def use_office(self, office: Office) -> None:
        """Let other words, shortcuts and profiles hold from now on."""
        self._office = office
        self._drafts = Drafts(office, self._numbers, self._day_of)
        for listener in tuple(self._on_office):
            listener(EVERYBODY)

    # -------------------------------------------------------------- changing

    async def set_entry(
        self,
        by: Actor,
        person: str,
        draft: EntryDraft,
        *,
        entry: str = "",
        request: str = "",
        settle: Settle = _nothing,
    ) -> str:
        """Set an entry, or change the one of an id; returns its id when it is stored.

        `request` names the change for `undo`. A profile that is chosen without an end takes the place of the
        one that was chosen before, and sets the queue status with it. `settle` notes how the request ended,
        to be stored in the same transaction; it is called when nothing can refuse the change any more.
        Raises CommandRefused.
        """
        async with self._lock:
            now = self._clock()
            self._require_right(by, person)
            profile = self._wanted_profile(by, person, draft)
            made = self._drafts.entry(draft, self._own_shortcuts(by), profile, now=now)
            if profile is not None and made.start <= now:
                if profile.queue is not None:
                    self._queue.set(self._board.people[person], profile.queue)
                if not entry and made.end is None and (chosen := self._chosen_profile(person, now)):
                    kept = self._new(by, person, made, chosen)
                    settle()
                    await self._apply(by, person, chosen, replace(kept, at=now), request, now)
                    return chosen
            kept = self._new(by, person, made) if not entry else self._edited(by, person, entry, made, now)
            settle()
            await self._apply(by, person, kept.key, replace(kept, at=now), request, now)
            return kept.key

    async def delete_entry(
        self, by: Actor, person: str, entry: str, *, request: str = "", settle: Settle = _nothing
    ) -> None:
        """Take an entry away; an imported one does not return. Raises CommandRefused.

        `settle` as for `set_entry`.
        """
        async with self._lock:
            now = self._clock()
            self._require_right(by, person)
            there = self._require_entry(person, entry)
            imported = self._imported(person, entry)
            mark = None
            if imported is not None:
                mark = KeptEntry(
                    person=person, entry=there, is_deleted=True, imported=imported, by=by.attendant, at=now
                )
            settle()
            await self._apply(by, person, entry, mark, request, now)

    async def undo(self, by: Actor, request: str, *, settle: Settle = _nothing) -> None:
        """Take back what a request of the same actor did, within a minute. Raises CommandRefused.

        `settle` as for `set_entry`.
        """
        async with self._lock:
            now = self._clock()
            done = self._done.get((by, request))
            if done is None or now - done.at > UNDO_S:
                raise CommandRefused("nothing_to_undo")
            if self._board.kept_of(done.person).get(done.entry) != done.after:
                raise CommandRefused("nothing_to_undo")
            self._require_right(by, done.person)
            del self._done[by, request]
            settle()
            await self._apply(by, done.person, done.entry, done.before, "", now)

    async def set_shortcuts(self, by: Actor, shortcuts: tuple[Shortcut, ...]) -> None:
        """Make these a colleague's own shortcuts (requirement 002-166). Raises CommandRefused."""
        self._require_own(by, OwnSetting.SHORTCUTS)
        taken = {s.id for s in self._office.shortcuts}
        own = tuple(self._drafts.shortcut(s, by.person) for s in shortcuts if s.id not in taken)
        await self._accounts.change(by.person, shortcuts=own[:_MAX_OWN])

    async def set_profiles(self, by: Actor, profiles: tuple[Profile, ...]) -> None:
        """Make these a colleague's own presence profiles (requirements 003-01 to 003-08).

        The name of one that is there stays as it was given (003-02). Raises CommandRefused.
        """
        self._require_own(by, OwnSetting.PROFILES)
        taken = {p.id for p in self._office.profiles}
        named = {p.id: p.labels for p in self._accounts.of(by.person).profiles}
        own = tuple(self._drafts.profile(p, by.person) for p in profiles if p.id not in taken)
        own = tuple(replace(p, labels=named.get(p.id, p.labels)) for p in own)
        await self._accounts.change(by.person, profiles=own[:_MAX_OWN])

    async def compare(self, by: Actor) -> Comparison:
        """Compare a colleague's own calendars now (requirement 003-50). Raises CommandRefused."""
        self._require_own(by, OwnSetting.COMPARISON)
        compared = await self._presence.compare(by.person)
        await self._accounts.change(by.person, compared=compared)
        return compared

    def compared(self, by: Actor) -> Comparison | None:
        """Return how the last comparison went that a colleague started, None before the first."""
        return self._accounts.of(by.person).compared

    def tidy(self, now: float) -> None:
        """Forget, once a day, what was done to entries that ended long ago; `now` in UTC seconds."""
        if now >= self._tidy_at:
            self._tidy_at = self._day_of(now).end
            self._shelf.forget(self._board.forget_outlived(now=now))

    # -------------------------------------------------------------- looking

    def timeline_of(self, viewer: Actor, person: str) -> Timeline:
        """Return a colleague's entries as the viewer may see them. Raises CommandRefused."""
        timeline = self._board.timelines.get(person) or Timeline(person=person)
        seen = None
        if person in self._board.people:
            seen = self._view(viewer).timeline(timeline, is_own=viewer.person == person)
        if seen is None:
            raise CommandRefused("unknown_person")
        return seen

    def status_of(self, viewer: Actor, person: str) -> PersonStatus | None:
        """Return a colleague's status, None where the viewer may not see it."""
        status = self._board.statuses.get(person)
        if status is None or viewer.person == person:
            return status
        return self._view(viewer).status(status)

    def people_for(self, viewer: Actor) -> Mapping[str, Person]:
        """Return whom the viewer may see, by id."""
        return self._view(viewer).people_by_id(self._board.people)

    def subscribe(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]:
        """Tell the ids of people whose status or timeline is different; returns how to end that.

        When the office is different, that is everybody (`EVERYBODY`).
        """
        leave = self._listen(listener)
        self._on_office.append(listener)

        def end() -> None:
            leave()
            self._on_office.remove(listener)

        return end

    def person(self, person: str) -> Person | None:
        """Return a colleague of the directory."""
        return self._board.people.get(person)

    def may_know(self, attendant: str, person: str) -> bool:
        """Return whether a receptionist is told of a colleague at all."""
        known = self._board.people.get(person)
        return known is not None and self._rights.view_of(attendant).person(known) is not None

    def office_for(self, viewer: Actor) -> Office:
        """Return what the organisation lays down, with the viewer's own shortcuts and profiles behind the
        common ones, and what the viewer may not settle."""
        if not viewer.person:
            return self._office
        own = self._accounts.of(viewer.person)
        return replace(
            self._office,
            shortcuts=(*self._office.shortcuts, *own.shortcuts),
            profiles=(*self._office.profiles, *own.profiles),
            locked=self._locked_for(viewer),
        )

    def has_queue(self, viewer: Actor) -> bool:
        """Return whether a profile of theirs can set a queue status: they answer groups (003-08)."""
        person = self._board.people.get(viewer.person)
        return person is not None and bool(self._queue.attendant_of(person))

    # -------------------------------------------------------------- how

    def _view(self, viewer: Actor) -> View:
        if viewer.attendant:
            return self._rights.view_of(viewer.attendant)
        return self._rights.view_of_person(viewer.person)

    def _own_shortcuts(self, viewer: Actor) -> Sequence[Shortcut]:
        return self._accounts.of(viewer.person).shortcuts if viewer.person else ()

    def _locked_for(self, viewer: Actor) -> tuple[OwnSetting, ...]:
        locked = self._office.locked
        if OwnSetting.PROFILES in locked or self._view(viewer).audience.may_edit_profiles(viewer.person):
            return locked
        return (*locked, OwnSetting.PROFILES)

    def _require_own(self, by: Actor, setting: OwnSetting) -> None:
        if by.person not in self._board.people:
            raise CommandRefused("unknown_person")
        if setting in self._locked_for(by):
            raise CommandRefused("not_allowed")

    def _wanted_profile(self, by: Actor, person: str, draft: EntryDraft) -> Profile | None:
        """Return the profile that is asked for; a colleague may be kept from choosing (003-23)."""
        if not draft.profile:
            return None
        if by.person:
            self._require_own(by, OwnSetting.CHOOSING)
        own = self._accounts.of(person).profiles if by.person == person else ()
        return self._drafts.profile_named(draft.profile, own)

    def _chosen_profile(self, person: str, now: float) -> str:
        """Return the entry of the profile that was chosen last and holds until it is changed, or nothing."""
        timeline = self._board.timelines.get(person) or Timeline(person=person)
        lasting = (e for e in timeline.entries if e.profile and e.is_by_hand and e.is_current(now))
        return next((e.id for e in lasting if e.end is None), "")

    def _require_right(self, by: Actor, person: str) -> None:
        known = self._board.people.get(person)
        view = self._view(by)
        if known is None or (by.person != person and known.is_unlisted):
            raise CommandRefused("unknown_person")
        if by.person != person and not view.audience.may_edit(person):
            raise CommandRefused("not_allowed")

    def _require_entry(self, person: str, entry: str) -> Entry:
        timeline = self._board.timelines.get(person)
        there = next((e for e in timeline.entries if e.id == entry), None) if timeline is not None else None
        if there is None:
            raise CommandRefused("unknown_entry")
        return there

    def _imported(self, person: str, entry: str) -> Entry | None:
        """Return an entry as the calendar has it, or had it when it was changed here first."""
        kept = self._board.kept_of(person).get(entry)
        if kept is not None:
            return kept.imported
        return self._board.imported_of(person, entry)

    def _new(self, by: Actor, person: str, made: Entry, key: str = "") -> KeptEntry:
        made = replace(made, id=key or self._new_id(), origin=by.origin)
        return KeptEntry(person=person, entry=made, by=by.attendant)

    def _edited(self, by: Actor, person: str, entry: str, made: Entry, now: float) -> KeptEntry:
        there = self._require_entry(person, entry)
        if there.end is not None and there.end <= now:
            raise CommandRefused("already_over")
        imported = self._imported(person, entry)
        if not made.profile and made.activity == there.activity:  # a profile that is edited is still that one
            made = replace(made, profile=there.profile, info=there.info)
        made = replace(
            made,
            id=entry,
            origin=by.origin,
            is_linked=imported is not None and not imported.is_by_hand,
            is_private=there.is_private and not made.reason,
            note=made.note or (there.note if by.person else ""),  # a colleague cannot see what is noted
        )
        return KeptEntry(person=person, entry=made, imported=imported, by=by.attendant)

    async def _apply(
        self, by: Actor, person: str, entry: str, kept: KeptEntry | None, request: str, now: float
    ) -> None:
        before = self._board.kept_of(person).get(entry)
        try:
            await self._shelf.keep((kept,) if kept is not None else (), () if kept is not None else (entry,))
        finally:  # taken is taken, also when whoever asked has gone
            self._presence.keep(person, entry, kept)
        self._done = {key: done for key, done in self._done.items() if now - done.at <= UNDO_S}
        if request:
            self._done[by, request] = _Done(now, person, entry, before, kept)
