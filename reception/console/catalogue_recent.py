"""Those who were handled last, kept as the search sees them: among equals they come first."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

from reception.console.catalogue_match import Rank, Row, needles_of, rank_of
from reception.directory.query import Part

MOST: Final = 100
"""Of those handled last, so many are looked at."""

_ROW: Final = """
    SELECT place, in_name.text, anywhere.text FROM people
    JOIN in_name ON in_name.rowid = place JOIN anywhere ON anywhere.rowid = place WHERE id=?
"""


class Recent:
    """Asks them directly, as the full-text search may stop before it comes to them."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rows: dict[str, Row | None] = {}

    def forget(self) -> None:
        """Forget what is known of them: people have changed."""
        self._rows.clear()

    def ranks(self, ids: Sequence[str], parts: Sequence[Part]) -> dict[int, Rank]:
        """Return the places of those who match, the latest first."""
        rows = list(self._known(ids))
        for needles in needles_of(parts):
            rows = [row for row in rows if _has_one(row, needles)]
        ranks = ((row.place, rank_of(row, parts)) for row in rows)
        return {place: rank for place, rank in ranks if rank is not None}

    def places(self, ids: Sequence[str]) -> list[int]:
        """Return their places, the latest first."""
        return [row.place for row in self._known(ids)]

    def _known(self, ids: Sequence[str]) -> Iterator[Row]:
        if len(self._rows) > 2 * MOST:
            self._rows.clear()
        for id_ in ids[:MOST]:
            if id_ not in self._rows:
                self._rows[id_] = self._read(id_)
            if (row := self._rows[id_]) is not None:
                yield row

    def _read(self, id_: str) -> Row | None:
        row = self._db.execute(_ROW, (id_,)).fetchone()
        return Row(row[0], f" {row[1]} ", f" {row[2]} ") if row else None


def _has_one(row: Row, needles: tuple[str, ...]) -> bool:
    return any(needle in row.everything for needle in needles)
