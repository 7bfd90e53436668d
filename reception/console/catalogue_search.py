"""Searching the catalogue: who matches, best first, those handled last before their equals."""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from reception.console.catalogue_match import Rank, Row, expression, rank_of
from reception.directory.query import Part, beginnings_of

_MOST_RECENT: Final = 100
"""Of those handled last, so many are looked at."""
_IDS: Final = "SELECT id FROM found JOIN people ON people.place = found.rowid WHERE found MATCH ? ORDER BY found.rowid LIMIT ?"


class FirstRank:
    """Finds those who have every typed word."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._rows: OrderedDict[str, Row | None] = OrderedDict()

    def forget(self) -> None:
        """Forget what is kept of those handled last: people have changed."""
        self._rows.clear()

    def find(self, parts: Sequence[Part], limit: int, recent: Sequence[str]) -> list[str]:
        """Return ids, best first."""
        ranks = self._ranks_of(recent, parts)
        found: dict[str, None] = {}
        for rank in Rank:
            if len(found) >= limit:
                break
            found.update((id_, None) for id_, reached in ranks.items() if reached is rank)
            if match := expression(parts, rank):
                rows = self._db.execute(_IDS, (match, limit))
                later = (id_ for (id_,) in rows if ranks.get(id_, rank) <= rank)
                found.update(dict.fromkeys(later))
        return list(found)[:limit]

    def count(self, parts: Sequence[Part]) -> int:
        """Return how many there are in all."""
        if (letters := _few_letters(parts)) is not None:
            row = self._db.execute("SELECT people FROM begins WHERE letters=?", (letters,)).fetchone()
            return int(row[0]) if row else 0
        match = expression(parts, Rank.ANYTHING)
        (count,) = self._db.execute("SELECT count(*) FROM found WHERE found MATCH ?", (match,)).fetchone()
        return int(count)

    def _ranks_of(self, recent: Sequence[str], parts: Sequence[Part]) -> dict[str, Rank]:
        ranks: dict[str, Rank] = {}
        for id_ in recent[:_MOST_RECENT]:
            row = self._row(id_)
            if row is not None and (rank := rank_of(row, parts)) is not None:
                ranks[id_] = rank
        return ranks

    def _row(self, id_: str) -> Row | None:
        if id_ in self._rows:
            return self._rows[id_]
        row = self._db.execute(
            "SELECT place, name, other, numbers FROM people JOIN found ON found.rowid = place WHERE id=?",
            (id_,),
        ).fetchone()
        known = Row(row[0], *(f" {text} " for text in row[1:])) if row else None
        self._rows[id_] = known
        if len(self._rows) > 2 * _MOST_RECENT:
            self._rows.popitem(last=False)
        return known


def _few_letters(parts: Sequence[Part]) -> str | None:
    """Return the one or two letters that were typed, if nothing else was: these are counted beforehand."""
    if len(parts) != 1:
        return None
    number, words = parts[0].number, parts[0].words
    if len(words) > 1:
        return None
    forms = beginnings_of(words[0]) if words else (number,)
    if len(forms) != 1 or (number and forms[0] != number):
        return None
    return forms[0] if len(forms[0]) <= 2 else None
