"""The catalogue: everybody the console knows, in a local file, found at each key.

The file is SQLite with a full-text index; what is in memory does not grow with the people. It is a cache of
what the hub says (`catalogue_schema`). Texts are folded before they go in (`reception.directory.texts`), so
finding is looking up beginnings of words. People lie in the file in the order of their names, so the first
hits are the first by the alphabet, and nobody sorts.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from reception.console import catalogue_schema as schema
from reception.console.catalogue_places import Places
from reception.console.catalogue_search import Search
from reception.console.catalogue_writing import Writer
from reception.console.portions import in_portions
from reception.directory.numbers import NumberPlan
from reception.directory.query import Part, parts_of
from reception.directory.search import SearchResult
from reception.errors import ReceptionError
from reception.model.people import Person

_KEPT: Final = 512
"""People kept decoded: those on the screen, a few screens over."""
_FINDS_KEPT: Final = 32
"""Searches whose answers are kept until somebody changes: those of the last keys, and of the next ones."""


_RECORDS: Final = "SELECT id, record FROM people JOIN records USING (place) WHERE id IN ({places})"


class CatalogueBroken(ReceptionError):
    """The file is damaged or cannot be written. Throw it away and fill a new one."""


_Asked: TypeAlias = tuple[tuple[Part, ...], int, tuple[str, ...]]


class Catalogue:
    """Everybody, findable. Not for several threads."""

    def __init__(self, db: sqlite3.Connection, plan: NumberPlan, language: str) -> None:
        self._db = db
        self._plan = plan
        self._writer = Writer(db, plan, language)
        self._places = Places(db)
        self._search = Search(db)
        self._len = len(self._places)
        self._decode = msgspec.msgpack.Decoder(Person).decode
        self._kept: OrderedDict[str, Person | None] = OrderedDict()
        self._finds: OrderedDict[_Asked, SearchResult] = OrderedDict()

    @classmethod
    def open(cls, path: Path | None, *, plan: NumberPlan, language: str) -> Catalogue:
        """Open the file, or an empty catalogue in its place when it is missing or unusable; None: in memory.

        Unusable are a broken file, one of another version, plan or language, and one another console has open
        (that one stays as it is, and this catalogue is in memory).
        """
        db = schema.open_or_create(path, plan, language)
        try:
            return cls(db, plan, language)
        except (sqlite3.DatabaseError, ValueError, msgspec.MsgspecError):
            db.close()
            assert path is not None
            schema.remove(path)
            return cls(schema.open_or_create(path, plan, language), plan, language)

    def close(self) -> None:
        """Let go of the file. Harmless when it is closed."""
        self._db.close()

    def __len__(self) -> int:
        return self._len

    @property
    def fingerprint(self) -> str:
        """The fingerprint of all who are in it (`reception.directory.fingerprint`)."""
        return self._writer.fingerprint

    # -------------------------------------------------------------- reading

    def person(self, id_: str) -> Person | None:
        """Return a person, or None."""
        kept = self._kept
        if id_ in kept:
            kept.move_to_end(id_)
        else:
            self.read_ahead((id_,))
        return kept[id_]

    def at_hand(self, id_: str) -> Person | None:
        """Return a person who was read lately, or None: it may be that they were not."""
        return self._kept.get(id_)

    def read_ahead(self, ids: Sequence[str]) -> None:
        """Read people in one go, a few screens of them at most; `person` has them then."""
        kept = self._kept
        wanted = [id_ for id_ in ids if id_ not in kept]
        with _broken_or():
            for few, places in in_portions(wanted):
                rows = self._db.execute(_RECORDS.format(places=places), few)
                found = {id_: self._decode(record) for id_, record in rows}
                kept.update((id_, found.get(id_)) for id_ in few)
        while len(kept) > _KEPT:
            kept.popitem(last=False)

    def page(self, start: int, count: int) -> list[str]:
        """Return the ids of `count` people from the `start`-th on, by the alphabet."""
        with _broken_or():
            return self._places.page(start, count)

    def place_of(self, id_: str) -> int | None:
        """Return the place of a person in the alphabet, counted from 0; None for an unknown one."""
        with _broken_or():
            return self._places.rank(id_)

    def search(self, typed: str, limit: int, recent: Sequence[str] = ()) -> SearchResult:
        """Find people for what is typed, best first. What has no word in it finds everybody, by name.

        `recent`: ids of those handled last, the latest first; they come first among their equals.
        """
        asked = parts_of(typed, self._plan), limit, tuple(recent)
        finds = self._finds
        if (known := finds.get(asked)) is None:
            with _broken_or():
                known = finds[asked] = self._find(*asked)
            if len(finds) > _FINDS_KEPT:
                finds.popitem(last=False)
        return known

    def _find(self, parts: tuple[Part, ...], limit: int, recent: tuple[str, ...]) -> SearchResult:
        if not parts:
            return SearchResult(ids=tuple(self._places.page(0, limit)), total=self._len)
        return self._search.find(parts, limit, recent)

    def likely_next(self, typed: str, count: int) -> list[str]:
        """Return what is likely to stand in the search field after the next key (`catalogue_next`)."""
        from reception.console.catalogue_next import likely_next  # the first picture does without

        with _broken_or():
            return likely_next(self._db, typed, count)

    # -------------------------------------------------------------- changing

    def put(self, people: Iterable[Person]) -> None:
        """Add people, or replace what is known of them, all or none."""
        with self._transaction():
            self._writer.fill(people) if not self._len else self._writer.put(people)

    def remove(self, ids: Iterable[str]) -> None:
        """Forget people, all or none. Harmless for those who are not known."""
        with self._transaction():
            self._writer.remove(ids)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _broken_or():
            self._db.execute("BEGIN")
            try:
                yield
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
            finally:
                self._writer.reload()
                self._search.forget()
                self._kept.clear()
                self._finds.clear()
                self._len = len(self._places)


def build(path: Path, people: Iterable[Person], *, plan: NumberPlan, language: str) -> None:
    """Write a whole new file in the place of `path`, which nobody may have open.

    Raises sqlite3.Error or OSError when it cannot be written.
    """
    schema.remove(path)
    db = schema.create(path, plan, language)
    try:
        db.execute("BEGIN")
        Writer(db, plan, language).fill(people)
        db.execute("COMMIT")
    finally:
        db.close()


@contextmanager
def _broken_or() -> Iterator[None]:
    """Turn what SQLite says of a damaged file or a full disk into `CatalogueBroken`."""
    try:
        yield
    except (sqlite3.DatabaseError, msgspec.MsgspecError) as error:
        raise CatalogueBroken(str(error)) from error
