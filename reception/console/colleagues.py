"""Everybody in the directory, as this console knows them: a catalogue on disk, kept in step with the hub.

A few changes go into the catalogue at once, more of them little by little (`work`). A whole new directory, or
another way of dialling, makes a new catalogue (`renewal`), while people are found in the old one; then it
takes the old one's place. Whatever goes wrong, the people there were stay until there are others.
"""

from __future__ import annotations

import logging
import math
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, TypeVar

from reception.console.building import SLICE_S, Purpose, apply_some
from reception.console.catalogue import Catalogue, CatalogueBroken
from reception.console.people_files import PeopleFiles
from reception.console.renewal import MANY, Renewal
from reception.console.spool import Entry, Spool
from reception.directory.search import SearchResult
from reception.model.people import Person

_log = logging.getLogger(__name__)

FEW: Final = 200
"""A directory up to this size is taken in at once: that is done within two frames."""
_AT_ONCE: Final = 3
"""Changes of a frame that are taken into the catalogue with it: two milliseconds for each."""
_DIFFERENCES: Final = 6
"""Changes up to which few people are brought in step one by one."""
_PAGE: Final = 500

T = TypeVar("T")


class Colleagues(Mapping[str, Person]):
    """People by id, findable.

    `purpose` is what the catalogue is to be for, as the hub has said. A file that breaks is given up; then,
    and when new people could not be written, the hub `must_send` everybody again.
    """

    def __init__(self, folder: Path | None = None, language: str = "") -> None:
        self.folder = folder
        self._files = PeopleFiles(folder)
        current = self._files.current()
        self._made_for = current.purpose if current else Purpose(language=language)
        self.purpose = Purpose(plan=self._made_for.plan, language=language)
        self._path = self._files.path_of(current) if current else None
        self._files.tidy(self._path)
        self._catalogue = _opened(self._path, self._made_for)
        self._at_end = weakref.finalize(self, self._catalogue.close)
        self._noted: list[Entry] = []
        self._waiting: dict[str, Entry] = {}
        self._few: list[Person] = []
        self._spool: Spool | None = None
        self._is_coming_in = False
        self._renewal: Renewal | None = None
        self._is_missed = False

    # -------------------------------------------------------------- reading

    def __getitem__(self, id_: str) -> Person:
        waiting = self._waiting.get(id_)
        if isinstance(waiting, Person):
            return waiting
        person = self._ask(lambda: self._catalogue.person(id_), None) if waiting is None else None
        if person is None:
            raise KeyError(id_)
        return person

    def get(self, id_: str, default: Any = None) -> Any:
        """As with any mapping; whoever was just read is there without a question."""
        person = self._catalogue.at_hand(id_) if not self._waiting else None
        return person if person is not None else super().get(id_, default)

    def __len__(self) -> int:
        return len(self._catalogue)

    def __iter__(self) -> Iterator[str]:
        """Yield everybody, by the alphabet. Walks over the whole file: not for a window."""
        for start in range(0, len(self), _PAGE):
            yield from self.page(start, _PAGE)

    @property
    def fingerprint(self) -> str:
        """The fingerprint of those in the catalogue; empty when it does not hold what the hub said."""
        is_whole = not (self._waiting or self._renewal is not None or self._is_missed)
        return self._catalogue.fingerprint if is_whole else ""

    @property
    def is_filling(self) -> bool:
        """True while people are coming and nobody can be found yet."""
        return (self._is_coming_in or self._renewal is not None) and not len(self)

    @property
    def must_send(self) -> bool:
        """True when the hub must send everybody again: what it said last did not get into the catalogue."""
        return self._is_missed and not self._is_coming_in and self._renewal is None

    def search(self, typed: str, limit: int, recent: Sequence[str]) -> SearchResult:
        """Find people for what is typed, best first."""
        nobody = SearchResult(ids=(), total=0)
        return self._ask(lambda: self._catalogue.search(typed, limit, recent), nobody)

    def likely_next(self, typed: str, count: int) -> list[str]:
        """Return what is likely to stand in the search field after the next key."""
        return self._ask(lambda: self._catalogue.likely_next(typed, count), [])

    def page(self, start: int, count: int) -> Sequence[str]:
        """Return ids by the alphabet."""
        return self._ask(lambda: self._catalogue.page(start, count), [])

    def place_of(self, id_: str) -> int | None:
        """Return the place in the alphabet, counted from 0."""
        return self._ask(lambda: self._catalogue.place_of(id_), None)

    def read_ahead(self, ids: Sequence[str]) -> None:
        """Read these people in one go, for those who ask for one after the other next."""
        self._ask(lambda: self._catalogue.read_ahead(ids), None)

    # -------------------------------------------------------------- a whole directory

    def begin(self, *, are_kept: bool) -> None:
        """The hub begins to tell its whole state; with `are_kept` everybody is here already."""
        self._drop_incoming()
        if not are_kept:
            self._stop_renewal()
            self._waiting.clear()
            self._is_coming_in = True

    def add(self, people: Sequence[Person]) -> None:
        """Take the next part of the whole directory."""
        if self._spool is None and len(self._few) + len(people) <= FEW:
            self._few += people
        elif self._is_coming_in:
            try:
                self._spool_in(people)
            except OSError as error:
                self._miss(error)
                self._drop_incoming()

    def finish(self) -> None:
        """The hub has told its whole state. From now on it tells what changes."""
        if self._is_coming_in and self._spool is None and len(self) <= 2 * FEW:
            self._take(self._few)
        elif self._is_coming_in:
            if self._spool is None:
                self._spool_in(())
            spool, self._spool = self._spool, None
            self._renew(spool)
        self._drop_incoming()
        self.adapt()

    def adapt(self) -> None:
        """Write the catalogue anew when it was made for another house."""
        if self._made_for != self.purpose and self._renewal is None and not self._is_coming_in:
            if len(self) <= FEW:
                self._take([person for id_ in self if (person := self.get(id_)) is not None])
            else:
                self._renew(None)

    # -------------------------------------------------------------- changes

    def put(self, person: Person) -> None:
        """Note a person who is new or different; `settle` when all of a frame are noted."""
        self._noted.append(person)

    def remove(self, id_: str) -> None:
        """Note that a person has left."""
        self._noted.append(id_)

    def settle(self) -> None:
        """Take in what was noted: now if it is little, else by `work`."""
        noted, self._noted = self._noted, []
        if not noted:
            return
        self._waiting.update((_id_of(entry), entry) for entry in noted)
        if self._renewal is not None:
            self._tell_renewal(noted)
        if len(self._waiting) > MANY:
            if self._renewal is None:
                self._renew(None)
                self._tell_renewal(list(self._waiting.values()))
            if self._renewal is not None:  # they come with the new catalogue
                self._waiting.clear()
        elif len(self._waiting) <= _AT_ONCE and self._can_apply:
            self._apply()

    @property
    def is_behind(self) -> bool:
        """True while `work` should be called."""
        return bool(self._waiting) or self._renewal is not None

    @property
    def pause_s(self) -> float:
        """Seconds until `work` has something to do."""
        return self._renewal.pause_s if self._renewal is not None and not self._can_apply else 0.0

    def work(self) -> bool:
        """Do a small piece of what is to be done; True when other people can be found now."""
        if self._can_apply:
            self._apply(SLICE_S)
            return not self._waiting
        renewal = self._renewal
        if renewal is None:
            return False
        try:
            fresh = renewal.work()
        except (OSError, CatalogueBroken) as error:
            self._give_up_renewal(error)
            return False
        if fresh is not None:
            self._swap(fresh, renewal.target, renewal.purpose)
            self._stop_renewal()
        return fresh is not None

    def close(self) -> None:
        """Let go of all files. Changes that wait are told anew at the next start."""
        self._drop_incoming()
        self._stop_renewal()
        self._waiting.clear()
        self._catalogue.close()
        self._files.close()
        self._use(_opened(None, self._made_for))  # for a window that paints once more

    # -------------------------------------------------------------- how

    @property
    def _can_apply(self) -> bool:
        """Changes may go into the catalogue: not while it is copied, nor alone into an empty one."""
        if self._renewal is None:
            return bool(self._waiting)
        return bool(self._waiting) and not self._renewal.is_copying and len(self) > 0

    def _apply(self, seconds: float = math.inf) -> None:
        """Take what waits into the catalogue, one after the other, for so long."""
        waiting = self._waiting
        self._ask(lambda: apply_some(self._catalogue, _taken_from(waiting), seconds), None)

    def _take(self, people: Sequence[Person]) -> None:
        """Make these few the directory: by their differences, or if these are many, in a new file."""
        after = {person.id for person in people}
        entries: list[Entry] = [person for person in people if self.get(person.id) != person]
        entries += [id_ for id_ in self if id_ not in after]
        has_place = self._path is not None or not self._files.is_kept
        if len(entries) <= _DIFFERENCES and self._made_for == self.purpose and has_place:
            self._waiting = {_id_of(entry): entry for entry in entries}
            self._is_missed = False
            self._apply()
            return
        try:
            path = self._files.new() if self._files.is_kept else None
            fresh = _opened(path, self.purpose)
            fresh.put(people)
        except (OSError, CatalogueBroken) as error:
            self._miss(error)
            return
        self._swap(fresh, path, self.purpose)

    def _swap(self, fresh: Catalogue, path: Path | None, purpose: Purpose) -> None:
        """Use another catalogue from now on."""
        old = self._catalogue
        self._use(fresh)
        gone, self._path = self._path, path
        self._made_for = purpose
        self._is_missed = False
        self._waiting.clear()
        if path is not None:
            try:
                self._files.count_from_now_on(path, purpose)
            except OSError as error:
                _log.warning("the next start is without these people: %s", error)
        old.close()
        if gone is not None:
            self._files.remove_aside(gone)

    def _use(self, catalogue: Catalogue) -> None:
        """Have this catalogue, which is closed at the latest when nobody has us any more."""
        self._at_end.detach()
        self._catalogue = catalogue
        self._at_end = weakref.finalize(self, catalogue.close)

    def _spool_in(self, people: Sequence[Person]) -> None:
        if self._spool is None:
            self._spool = Spool(self._files.new(".spool"))
        self._spool.add((*self._few, *people))
        self._few = []

    def _drop_incoming(self) -> None:
        if self._spool is not None:
            self._spool.remove()
        self._spool, self._few, self._is_coming_in = None, [], False

    # -------------------------------------------------------------- renewal

    def _renew(self, spool: Spool | None) -> None:
        self._stop_renewal()
        try:
            self._renewal = Renewal(self._files, self.purpose, self._catalogue, spool)
        except OSError as error:
            self._give_up_renewal(error)

    def _tell_renewal(self, entries: Sequence[Entry]) -> None:
        if self._renewal is not None:
            try:
                self._renewal.note(entries)
            except OSError as error:
                self._give_up_renewal(error)

    def _give_up_renewal(self, error: Exception) -> None:
        self._miss(error)
        self._stop_renewal()

    def _miss(self, error: Exception) -> None:
        _log.warning("the new people cannot be written, the old ones stay: %s", error)
        self._is_missed = True

    def _stop_renewal(self) -> None:
        renewal, self._renewal = self._renewal, None
        if renewal is not None:
            renewal.stop()

    def _ask(self, question: Callable[[], T], otherwise: T) -> T:
        """Ask the catalogue; one that is broken gives way to an empty one."""
        try:
            return question()
        except CatalogueBroken as error:
            _log.warning("the people on disk cannot be used, the hub must send them again: %s", error)
            self._stop_renewal()
            self._waiting.clear()
            self._swap(_opened(None, self._made_for), None, self._made_for)
            self._is_missed = True
            return otherwise


def _opened(path: Path | None, purpose: Purpose) -> Catalogue:
    return Catalogue.open(path, plan=purpose.plan, language=purpose.language)


def _taken_from(waiting: dict[str, Entry]) -> Iterator[Entry]:
    """Take out one after the other, the oldest first."""
    while waiting:
        yield waiting.pop(next(iter(waiting)))


def _id_of(entry: Entry) -> str:
    return entry if isinstance(entry, str) else entry.id
