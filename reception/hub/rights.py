"""What each receptionist's console is told of the directory; the rest never leaves the hub.

- Who is unlisted is not told to anybody (requirement 002-240).
- Hidden numbers are told to those only who have the right to see them: single ones, and with `hide_mobiles`
  all mobiles (requirement 002-019). They are taken out of statuses and diversions as well.
- Fields named as notes are told as notes, which are shown and not searched (requirements 002-203, 002-232).

The hub itself keeps everything: who calls from a hidden number is named, and a call can be sent there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from msgspec.structs import replace

from reception.directory.fingerprint import Fingerprint
from reception.model.changes import Change, PersonChanged, PersonRemoved, StatusChanged, TimelineChanged
from reception.model.lines import PersonStatus
from reception.model.people import NumberKind, Person
from reception.model.presence import Timeline

_NOTHING: Final[frozenset[str]] = frozenset()


class View:
    """The directory as some of the receptionists see it."""

    def __init__(self, *, notes: Collection[str], hides_mobiles: bool, sees_hidden: bool) -> None:
        self._notes = notes
        self._hides_mobiles = hides_mobiles
        self._sees_hidden = sees_hidden
        self._unlisted: set[str] = set()
        self._hidden: dict[str, frozenset[str]] = {}
        self._fingerprint = Fingerprint()

    @property
    def fingerprint(self) -> str:
        """Of all people as they are told here."""
        return str(self._fingerprint)

    def follow(self, before: Mapping[str, Person], after: Mapping[str, Person]) -> None:
        """Take note of a new directory."""
        unlisted = {p.id for p in after.values() if p.is_unlisted}
        if unlisted != self._unlisted:  # somebody's stand-in may be told no more, or again
            before, self._fingerprint, self._unlisted = {}, Fingerprint(), unlisted
        for person in before.values():
            if after.get(person.id) != person and (told := self.person(person)) is not None:
                self._fingerprint.remove(told)
        self._hidden = {p.id: hidden for p in after.values() if (hidden := self._hidden_of(p))}
        for person in after.values():
            if before.get(person.id) != person and (told := self.person(person)) is not None:
                self._fingerprint.add(told)

    def person(self, person: Person) -> Person | None:
        """Return what is told of a person; None when they are not to be known of."""
        if person.is_unlisted:
            return None
        if self._notes and not person.fields.keys().isdisjoint(self._notes):
            notes = {k: v for k, v in person.fields.items() if k in self._notes}
            fields = {k: v for k, v in person.fields.items() if k not in self._notes}
            person = replace(person, fields=fields, notes=person.notes | notes)
        if hidden := self._hidden_of(person):
            person = replace(person, numbers=tuple(n for n in person.numbers if n.number not in hidden))
        if not self._unlisted.isdisjoint(person.alternates):
            known = tuple(a for a in person.alternates if a not in self._unlisted)
            person = replace(person, alternates=known)
        return person

    def people(self, people: Iterable[Person]) -> tuple[Person, ...]:
        """Return what is told of these people."""
        return tuple(told for person in people if (told := self.person(person)) is not None)

    def status(self, status: PersonStatus) -> PersonStatus | None:
        """Return what is told of a status."""
        if status.person in self._unlisted:
            return None
        if hidden := self._hidden.get(status.person):
            return replace(status, lines=tuple(x for x in status.lines if x.number not in hidden))
        return status

    def timeline(self, timeline: Timeline) -> Timeline | None:
        """Return what is told of a timeline."""
        if timeline.person in self._unlisted:
            return None
        if hidden := self._hidden.get(timeline.person):
            entries = (replace(e, divert_to="") if e.divert_to in hidden else e for e in timeline.entries)
            return replace(timeline, entries=tuple(entries))
        return timeline

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
        if self._sees_hidden or not (self._hides_mobiles or any(n.is_hidden for n in person.numbers)):
            return _NOTHING
        is_mobile_hidden = self._hides_mobiles
        return frozenset(
            n.number
            for n in person.numbers
            if n.is_hidden or (is_mobile_hidden and n.kind is NumberKind.MOBILE)
        )


class Rights:
    """Who sees what. `may_see_hidden` names the receptionists who are told hidden numbers."""

    def __init__(
        self,
        *,
        notes: Collection[str] = (),
        hide_mobiles: bool = False,
        may_see_hidden: Collection[str] = (),
    ) -> None:
        self._may_see_hidden = may_see_hidden
        self._common = View(notes=notes, hides_mobiles=hide_mobiles, sees_hidden=False)
        self._full = View(notes=notes, hides_mobiles=hide_mobiles, sees_hidden=True)

    def view_of(self, attendant: str) -> View:
        """Return what a receptionist sees."""
        return self._full if attendant in self._may_see_hidden else self._common

    def follow(self, before: Mapping[str, Person], after: Mapping[str, Person]) -> None:
        """Take note of a new directory. Costs a walk over both of them."""
        self._common.follow(before, after)
        if self._may_see_hidden:
            self._full.follow(before, after)
