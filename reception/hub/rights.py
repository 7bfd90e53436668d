"""What each receptionist's console, and each colleague on the web page, is told; the rest never leaves the
hub.

- Who is unlisted is not told to anybody (requirement 002-240).
- Hidden numbers are told to those only who have the right to see them: single ones, and with `hide_mobiles`
  all mobiles (requirement 002-019). They are taken out of statuses and diversions as well.
- Fields named as notes are told as notes, which are shown and not searched (requirements 002-203, 002-232).
- Statuses, future entries and subjects are told to those only who have the right (`reception.hub.audience`).
- Colleagues are never told notes: neither those of people nor those of entries (requirement 001-53).

The hub itself keeps everything: who calls from a hidden number is named, and a call can be sent there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Final, TypeAlias

from msgspec.structs import replace

from reception.directory.fingerprint import Fingerprint
from reception.hub.audience import Audience, Circle
from reception.hub.office_shape import RightsTable
from reception.model.changes import Change, PersonChanged, PersonRemoved, StatusChanged, TimelineChanged
from reception.model.lines import PersonStatus
from reception.model.people import NumberKind, Person
from reception.model.presence import Entry, Timeline

_NOTHING: Final[frozenset[str]] = frozenset()
_Key: TypeAlias = tuple[bool, bool, tuple[str, ...], tuple[str, ...]]
"""Colleague or receptionist, sees what is hidden, groups, and the own area of contacts."""


class View:
    """The directory as some of the receptionists, or of the colleagues, see it.

    `audience` tells the rights, `groups` whose contacts are seen beside the organisation's (requirement
    002-011). `clock` gives UTC seconds: what lies ahead changes with it.
    """

    def __init__(
        self,
        *,
        notes: Collection[str],
        hides_mobiles: bool,
        sees_hidden: bool,
        audience: Audience,
        clock: Callable[[], float] = time.time,
        is_colleague: bool = False,
        groups: Collection[str] = (),
    ) -> None:
        self.audience = audience
        self._groups = frozenset(groups)
        self._notes = notes
        self._hides_mobiles = hides_mobiles
        self._sees_hidden = sees_hidden
        self._clock = clock
        self._is_colleague = is_colleague
        self._unlisted: set[str] = set()
        self._hidden: dict[str, frozenset[str]] = {}
        self._fingerprint = Fingerprint()
        self._people: dict[str, Person] | None = None

    @property
    def fingerprint(self) -> str:
        """Of all people as they are told here."""
        return str(self._fingerprint)

    def follow(self, before: Mapping[str, Person], after: Mapping[str, Person]) -> None:
        """Take note of a new directory."""
        self._people = None
        unlisted = {p.id for p in after.values() if p.is_unlisted}
        if unlisted != self._unlisted:  # somebody's stand-in may be told no more, or again
            before, self._fingerprint, self._unlisted = {}, Fingerprint(), unlisted
        if not self._is_colleague:  # nobody keeps the people of the web page
            for person in before.values():
                if after.get(person.id) != person and (told := self.person(person)) is not None:
                    self._fingerprint.remove(told)
        self._hidden = {p.id: hidden for p in after.values() if (hidden := self._hidden_of(p))}
        if not self._is_colleague:
            for person in after.values():
                if before.get(person.id) != person and (told := self.person(person)) is not None:
                    self._fingerprint.add(told)

    def person(self, person: Person) -> Person | None:
        """Return what is told of a person; None when they are not to be known of."""
        if person.is_unlisted or (person.areas and self._groups.isdisjoint(person.areas)):
            return None
        if self._notes and not person.fields.keys().isdisjoint(self._notes):
            notes = {k: v for k, v in person.fields.items() if k in self._notes}
            fields = {k: v for k, v in person.fields.items() if k not in self._notes}
            person = replace(person, fields=fields, notes=person.notes | notes)
        if self._is_colleague and person.notes:
            person = replace(person, notes={})
        if hidden := self._hidden_of(person):
            person = replace(person, numbers=tuple(n for n in person.numbers if n.number not in hidden))
        if not self._unlisted.isdisjoint(person.alternates):
            known = tuple(a for a in person.alternates if a not in self._unlisted)
            person = replace(person, alternates=known)
        if person.manager in self._unlisted:
            person = replace(person, manager="")
        return person

    def people(self, people: Iterable[Person]) -> tuple[Person, ...]:
        """Return what is told of these people."""
        return tuple(told for person in people if (told := self.person(person)) is not None)

    def people_by_id(self, people: Mapping[str, Person]) -> Mapping[str, Person]:
        """Return the whole directory as it is told here; kept until there is another one."""
        if self._people is None:
            self._people = {p.id: p for p in self.people(people.values())}
        return self._people

    def status(self, status: PersonStatus) -> PersonStatus | None:
        """Return what is told of a status."""
        person = status.person
        if person in self._unlisted or not self.audience.sees_status(person):
            return None
        if hidden := self._hidden.get(person):
            status = replace(status, lines=tuple(x for x in status.lines if x.number not in hidden))
        if not self.audience.sees_future(person) and status.next_at is not None:
            status = replace(status, next_at=None, next_reason="")
        has_subjects = status.reason or status.next_reason or status.teams_note
        if has_subjects and not self.audience.sees_subjects(person):
            status = replace(status, reason="", next_reason="", teams_note="")
        return status

    def timeline(self, timeline: Timeline, *, is_own: bool = False) -> Timeline | None:
        """Return what is told of a timeline; with `is_own` to the colleague themselves."""
        person = timeline.person
        if person in self._unlisted:
            return None
        entries = timeline.entries
        if not is_own:
            entries = self._seen(person, entries)
            if hidden := self._hidden.get(person):
                entries = tuple(replace(e, divert_to="") if e.divert_to in hidden else e for e in entries)
        if self._is_colleague and any(e.note for e in entries):
            entries = tuple(replace(e, note="") if e.note else e for e in entries)
        is_locked = not (is_own or self.audience.may_edit(person))
        if entries is timeline.entries and is_locked is timeline.is_locked:
            return timeline
        return Timeline(person=person, entries=entries, is_locked=is_locked)

    def _seen(self, person: str, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        audience = self.audience
        if not audience.sees_status(person):
            return ()
        if not audience.sees_future(person):
            now = self._clock()
            entries = tuple(e for e in entries if e.start <= now)
        if not audience.sees_subjects(person):
            entries = tuple(replace(e, reason="", place="", info="") for e in entries)
        return entries

    def change(self, change: Change) -> Change | None:
        """Return what is told of a change."""
        match change:
            case StatusChanged(status=status):
                told = self.status(status)
                return None if told is None else StatusChanged(status=told)
            case TimelineChanged(timeline=timeline):
                seen = self.timeline(timeline)
                return None if seen is None else TimelineChanged(timeline=seen)
            case PersonChanged(person=person):
                known = self.person(person)
                return PersonRemoved(person=person.id) if known is None else PersonChanged(person=known)
            case _:
                return change

    def _hidden_of(self, person: Person) -> frozenset[str]:
        """Return the numbers of a person that are not told, wherever they appear."""
        if (
            self._sees_hidden
            or person.contact is not None
            or not (self._hides_mobiles or any(n.is_hidden for n in person.numbers))
        ):
            return _NOTHING
        is_mobile_hidden = self._hides_mobiles
        return frozenset(
            n.number
            for n in person.numbers
            if n.is_hidden or (is_mobile_hidden and n.kind is NumberKind.MOBILE)
        )


class Rights:
    """Who sees what. `may_see_hidden` names the receptionists who are told hidden numbers.

    Those who see the same share a view, so that what is told them is put together once. `areas` are all that
    contacts are of: whoever is named there has a view of their own.
    """

    def __init__(
        self,
        *,
        notes: Collection[str] = (),
        hide_mobiles: bool = False,
        may_see_hidden: Collection[str] = (),
        circle: Circle | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._notes = notes
        self._hide_mobiles = hide_mobiles
        self._may_see_hidden = may_see_hidden
        self._circle = circle or Circle()
        self._clock = clock
        self._views: dict[_Key, View] = {}
        self._people: Mapping[str, Person] = {}
        self.areas: frozenset[str] = frozenset()
        self._begin()

    def use(self, circle: Circle) -> None:
        """Let other groups and rights hold from now on; views that were handed out are of no use any more."""
        self._circle = circle
        circle.follow(self._people)
        self._views.clear()
        self._begin()

    def _begin(self) -> None:
        for sees_hidden in {
            False,
            bool(self._may_see_hidden),
        }:  # the common ones, ready before anybody connects
            self._view((False, sees_hidden, (), ()))

    @property
    def hides_the_future(self) -> bool:
        """True when some are told of entries when they begin only."""
        return self._circle.rights.see_future is not None

    @property
    def locks_some(self) -> bool:
        """True when some receptionists may not change everybody's entries (requirement 002-059)."""
        return self._circle.rights.edit_future != RightsTable().edit_future

    def view_of(self, attendant: str) -> View:
        """Return what a receptionist sees."""
        sees_hidden = attendant in self._may_see_hidden
        own = (attendant,) if attendant in self.areas else ()
        return self._view((False, sees_hidden, self._circle.of_attendant(attendant), own))

    def view_of_person(self, person: str) -> View:
        """Return what a colleague sees of others."""
        return self._view((True, False, self._circle.of_person(person), ()))

    def follow(self, before: Mapping[str, Person], after: Mapping[str, Person]) -> None:
        """Take note of a new directory. Costs a walk over both of them for each view."""
        self._people = after
        self.areas = frozenset(area for person in after.values() for area in person.areas)
        self._circle.follow(after)
        for view in self._views.values():
            view.follow(before, after)

    def _view(self, key: _Key) -> View:
        view = self._views.get(key)
        if view is None:
            is_colleague, sees_hidden, groups, own = key
            view = self._views[key] = View(
                notes=self._notes,
                hides_mobiles=self._hide_mobiles,
                sees_hidden=sees_hidden,
                audience=self._circle.audience(groups, is_colleague=is_colleague),
                clock=self._clock,
                is_colleague=is_colleague,
                groups=(*groups, *own),
            )
            view.follow({}, self._people)
        return view
