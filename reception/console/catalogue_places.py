"""Places in the alphabet: integers with gaps, in the order of names.

Somebody new gets a place in the middle between the neighbours. Where a gap is used up, those around it are
spread anew, as many as it takes for gaps to be wide again. Stretches of places know how many people they
have, so that the n-th person is found without counting up to them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

_GAP: Final = 1024
_ROOM: Final = 1 << 27
"""Places laid out for a catalogue that is small: wide enough for it to grow."""
_STRETCH: Final = 256
"""People of a new stretch; one with twice as many is divided."""
_FEWEST_MOVED: Final = 16
_WIDE: Final = 16
"""How wide gaps must be at least after spreading people anew."""


def spread(count: int) -> Sequence[int]:
    """Return places for so many people."""
    gap = max(_GAP, _ROOM // max(count, 1))
    return range(gap, gap * (count + 1), gap)


class Places:
    """Who stands where."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    # -------------------------------------------------------------- reading

    def __len__(self) -> int:
        count = self._one("SELECT total(people) FROM stretches")
        return int(count or 0)

    def page(self, start: int, count: int) -> list[str]:
        """Return the ids of `count` people from the `start`-th on."""
        before = 0
        for first, people in self._db.execute("SELECT first, people FROM stretches ORDER BY first"):
            if start < before + people:
                rows = self._db.execute(
                    "SELECT id FROM people WHERE place>=? ORDER BY place LIMIT ? OFFSET ?",
                    (first, max(count, 0), start - before),
                )
                return [id_ for (id_,) in rows]
            before += people
        return []

    def rank(self, id_: str) -> int | None:
        """Return how many stand before a person; None for an unknown one."""
        place = self._one("SELECT place FROM people WHERE id=?", id_)
        if place is None:
            return None
        first = int(self._one("SELECT max(first) FROM stretches WHERE first<=?", place) or 0)
        before = self._one("SELECT total(people) FROM stretches WHERE first<?", first)
        beside = self._one("SELECT count(*) FROM people WHERE place>=? AND place<?", first, place)
        return int(before or 0) + int(beside or 0)

    # -------------------------------------------------------------- changing

    def begin(self, places: Sequence[int]) -> None:
        """Lay out the stretches of a catalogue that was filled."""
        self._db.execute("DELETE FROM stretches")
        stretches = ((places[i], len(places[i : i + _STRETCH])) for i in range(0, len(places), _STRETCH))
        self._db.executemany("INSERT INTO stretches VALUES (?, ?)", stretches)

    def between(self, sort: str, id_: str) -> int:
        """Return a free place for a person, after spreading others when there was none."""
        after, before = self._neighbours(sort, id_)
        if before - after < 2:
            self._make_room(after)
            after, before = self._neighbours(sort, id_)
        return (after + before) // 2

    def came(self, place: int) -> None:
        """Count somebody in."""
        first, people = self._count(place, 1)
        if people >= 2 * _STRETCH:
            self._divide(first, people)

    def went(self, place: int) -> None:
        """Count somebody out."""
        self._count(place, -1)

    def _count(self, place: int, step: int) -> tuple[int, int]:
        """Count in a stretch; return where it begins and its people. The first one begins with 0."""
        first = int(self._one("SELECT max(first) FROM stretches WHERE first<=?", place) or 0)
        people = self._one(
            "INSERT INTO stretches VALUES (?, ?) ON CONFLICT DO UPDATE SET people = people + excluded.people"
            " RETURNING people",
            first,
            step,
        )
        return first, int(people or 0)

    def _divide(self, first: int, people: int) -> None:
        middle = self._one(
            "SELECT place FROM people WHERE place>=? ORDER BY place LIMIT 1 OFFSET ?", first, _STRETCH
        )
        self._db.execute("UPDATE stretches SET people=? WHERE first=?", (_STRETCH, first))
        self._db.execute("INSERT INTO stretches VALUES (?, ?)", (middle, people - _STRETCH))

    def _neighbours(self, sort: str, id_: str) -> tuple[int, int]:
        after = self._one(
            "SELECT place FROM people WHERE (sort, id)<(?, ?) ORDER BY sort DESC, id DESC LIMIT 1", sort, id_
        )
        before = self._one(
            "SELECT place FROM people WHERE (sort, id)>(?, ?) ORDER BY sort, id LIMIT 1", sort, id_
        )
        low = int(after or 0)
        return low, int(before) if before is not None else low + 2 * _GAP

    def _make_room(self, around: int) -> None:
        """Spread those around a place, more and more of them until the gaps are wide."""
        for reach in (_FEWEST_MOVED << step for step in range(64)):
            low, high, places = self._around(around, reach)
            step = (high - low) // (len(places) + 1)
            if step >= _WIDE:
                self._move(places, range(low + step, low + step * (len(places) + 1), step))
                return

    def _around(self, around: int, reach: int) -> tuple[int, int, list[int]]:
        """Return the places of so many on each side, and the places of their neighbours."""
        down = self._column(
            "SELECT place FROM people WHERE place<=? ORDER BY place DESC LIMIT ?", around, reach
        )
        up = self._column("SELECT place FROM people WHERE place>? ORDER BY place LIMIT ?", around, reach)
        low = down.pop() if len(down) == reach else 0
        high = up.pop() if len(up) == reach else max((around, *up)) + _GAP * (reach + 1)
        return low, high, [*reversed(down), *up]

    def _move(self, old: Sequence[int], new: Sequence[int]) -> None:
        """Give people other places in the same order. First aside, so that no two meet on the way."""
        for place in old:
            self._count(place, -1)
        for table, key in (
            ("people", "place"),
            ("records", "place"),
            ("in_name", "rowid"),
            ("anywhere", "rowid"),
        ):
            change = f"UPDATE {table} SET {key}=? WHERE {key}=?"
            self._db.executemany(change, ((-place, place) for place in old))
            self._db.executemany(change, ((to, -place) for place, to in zip(old, new, strict=True)))
        for place in new:
            self._count(place, 1)

    # -------------------------------------------------------------- SQL

    def _one(self, sql: str, *values: object) -> int | None:
        row = self._db.execute(sql, values).fetchone()
        return None if row is None else row[0]

    def _column(self, sql: str, *values: object) -> list[int]:
        return [value for (value,) in self._iterate(sql, values)]

    def _iterate(self, sql: str, values: tuple[object, ...]) -> Iterator[tuple[int]]:
        yield from self._db.execute(sql, values)
