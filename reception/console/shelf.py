"""One value for each person, on disk, with what was changed or read last in memory.

A value that changes goes into memory and is due to be written. Only when many are due, or now and then, a few
of them are written at a time, neighbours in the file together: so somebody whose status flickers costs
nothing, and a storm over everybody is written in many small steps. What is in memory has a limit, whatever
the number of people.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final, Generic, TypeVar

import msgspec

from reception.console.portions import in_portions

T = TypeVar("T")

MOST_DUE: Final = 2_000
"""Values that may wait to be written while there is nothing else to do; more are written at once.

A timeline that waits takes a kilobyte: with three times as many, a console needed 8 MB more in a house of
100,000 people than in one of 10,000.
"""
MOST_KEPT: Final = 2_000
"""Values that were written or read last and are kept decoded."""

_encode: Final = msgspec.msgpack.Encoder().encode


class Shelf(Mapping[str, T], Generic[T]):
    """The values of one table. A row older than `life` is of a state that holds no more.

    `on_broken` hears that the file cannot be used; the shelf asks for nothing of it from then on, until it
    is given another one by `move`.
    """

    def __init__(
        self, db: sqlite3.Connection, table: str, kind: type[T], on_broken: Callable[[Exception], None]
    ) -> None:
        self._db = db
        self._table = table
        self._decode: Callable[[bytes], T] = msgspec.msgpack.Decoder(kind).decode
        self._on_broken = on_broken
        self._due: dict[str, tuple[int, T | None]] = {}
        self._kept: OrderedDict[str, tuple[int, T | None]] = OrderedDict()
        self._round: list[str] = []
        self.oldest = 1
        self.life = 1

    def move(self, db: sqlite3.Connection) -> None:
        """Use another, empty file from now on. What is in memory is due to be written there."""
        self._db = db
        self._due = dict(self._kept) | self._due
        self._kept = OrderedDict()

    # -------------------------------------------------------------- reading

    def __getitem__(self, person: str) -> T:
        value = self.value_of(person)
        if value is None:
            raise KeyError(person)
        return value

    def get(self, person: str, default: Any = None) -> Any:
        """As with any mapping, but without an exception for each who has nothing here."""
        value = self.value_of(person)
        return default if value is None else value

    def value_of(self, person: str) -> T | None:
        """Return the value of a person, or None."""
        found = self._due.get(person)
        if found is None:
            found = self._kept.get(person)
            if found is None:
                found = self._read(person)
                self._keep(person, found)
            else:
                self._kept.move_to_end(person)
        life, value = found
        return value if life >= self.oldest else None

    def read_ahead(self, persons: Iterable[str]) -> None:
        """Read the values of these people in one go; who asks for them one by one has them then."""
        wanted = [person for person in persons if person not in self._due and person not in self._kept]
        try:
            for few, places in in_portions(wanted):
                sql = f"SELECT person, life, row FROM {self._table} WHERE person IN ({places})"
                rows = {person: (life, row) for person, life, row in self._db.execute(sql, few)}
                for person in few:
                    life, row = rows.get(person, (self.life, None))
                    self._keep(person, (life, None if row is None else self._decode(row)))
        except (sqlite3.Error, msgspec.MsgspecError) as error:
            self._on_broken(error)

    def __contains__(self, person: object) -> bool:
        return isinstance(person, str) and self.value_of(person) is not None

    def __iter__(self) -> Iterator[str]:
        """Yield everybody with a value. Walks over the whole file: not for a window."""
        persons = dict.fromkeys(self._persons_of_file())
        persons.update(dict.fromkeys(self._due))
        return (person for person in persons if person in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    # -------------------------------------------------------------- changing

    @property
    def due(self) -> int:
        """How many values wait to be written."""
        return len(self._due)

    def put(self, person: str, value: T | None) -> None:
        """Note the value of a person; None: there is none any more."""
        self._kept.pop(person, None)
        self._due[person] = (self.life, value)

    def write(self, count: int) -> None:
        """Write up to so many of the values that wait, in the order of the file, round after round."""
        if not self._round:
            self._round = sorted(self._due, reverse=True)
        part = {p: self._due[p] for p in reversed(self._round[-count:]) if p in self._due}
        del self._round[-count:]
        put = [(p, life, _encode(value)) for p, (life, value) in part.items() if value is not None]
        gone = [(p,) for p, (_, value) in part.items() if value is None]
        try:
            self._db.execute("BEGIN")
            self._db.executemany(f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?, ?)", put)
            self._db.executemany(f"DELETE FROM {self._table} WHERE person=?", gone)
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._on_broken(error)
            return
        for person, entry in part.items():
            del self._due[person]
            self._keep(person, entry)

    def sweep(self, after: str, count: int) -> str | None:
        """Delete rows that hold no more among the next `count` behind a person.

        Returns the last one looked at, None when all were.
        """
        try:
            rows = self._db.execute(
                f"SELECT person, life FROM {self._table} WHERE person>? ORDER BY person LIMIT ?",
                (after, count),
            ).fetchall()
            old = [(person,) for person, life in rows if life < self.oldest]
            if old:
                self._db.execute("BEGIN")
                self._db.executemany(f"DELETE FROM {self._table} WHERE person=?", old)
                self._db.execute("COMMIT")
        except sqlite3.Error as error:
            self._on_broken(error)
            return None
        return rows[-1][0] if len(rows) == count else None

    # -------------------------------------------------------------- the file

    def _read(self, person: str) -> tuple[int, T | None]:
        try:
            row = self._db.execute(
                f"SELECT life, row FROM {self._table} WHERE person=?", (person,)
            ).fetchone()
            return (self.life, None) if row is None else (row[0], self._decode(row[1]))
        except (sqlite3.Error, msgspec.MsgspecError) as error:
            self._on_broken(error)
            return (self.life, None)

    def _persons_of_file(self) -> list[str]:
        try:
            rows = self._db.execute(f"SELECT person FROM {self._table} WHERE life>=?", (self.oldest,))
            return [person for (person,) in rows]
        except sqlite3.Error as error:
            self._on_broken(error)
            return []

    def _keep(self, person: str, entry: tuple[int, T | None]) -> None:
        self._kept[person] = entry
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
