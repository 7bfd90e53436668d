"""Searching the catalogue: who has every typed word, best first; then who is like it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Final

from reception.console.catalogue_alike import SecondRank
from reception.console.catalogue_match import Rank, expression
from reception.console.catalogue_recent import Recent
from reception.console.catalogue_words import Words
from reception.directory.query import Part, beginnings_of
from reception.directory.search import SearchResult

COUNTED: Final = 1000
"""People up to whom they are counted: a list of more is not read, and counting takes longer than finding."""
SCREEN: Final = 20
"""People found from whom on nobody needs those who are only alike."""
_MANY: Final = 2
"""Typed words behind which somebody who has them all is the one who is meant."""
_IDS: Final = """
    SELECT id FROM {table} JOIN people ON people.place = {table}.rowid
    WHERE {table} MATCH ? ORDER BY {table}.rowid LIMIT ?
"""
_IDS_BY_NAME: Final = _IDS.format(table="in_name")
_IDS_BY_ANYTHING: Final = _IDS.format(table="anywhere")
_COUNT: Final = "SELECT count(*) FROM (SELECT 1 FROM anywhere WHERE anywhere MATCH ? LIMIT ?)"


class Search:
    """Finds people by parts of what was typed."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._words = Words(db)
        self._recent = Recent(db)
        self._alike = SecondRank(db, self._words)

    def forget(self) -> None:
        """Forget what is kept of people: they have changed."""
        self._recent.forget()
        self._words.forget()

    def find(self, parts: Sequence[Part], limit: int, recent: Sequence[str]) -> SearchResult:
        """Return who is found; there is at least one part."""
        anything = expression(parts, Rank.ANYTHING, self._words)
        ids = self._first_rank(parts, anything, limit, recent) if anything else []
        if len(ids) >= limit:
            total, is_more = self._count(parts, anything)
            return SearchResult(ids=tuple(ids), total=total, is_more=is_more)
        alike: list[str] = []
        if len(ids) < (SCREEN if len(parts) <= _MANY else 1):
            alike = self._alike.find(parts, limit=limit, without=frozenset(ids), recent=recent)
        return SearchResult(ids=(*ids, *alike), total=len(ids), alike=frozenset(alike))

    def _first_rank(
        self, parts: Sequence[Part], anything: str, limit: int, recent: Sequence[str]
    ) -> list[str]:
        ranks = self._recent.ranks(recent, parts)
        found: dict[str, None] = {}
        for rank in Rank:
            if len(found) >= limit:
                break
            found.update((id_, None) for id_, reached in ranks.items() if reached is rank)
            if match := anything if rank is Rank.ANYTHING else expression(parts, rank, self._words):
                ids = _IDS_BY_ANYTHING if rank is Rank.ANYTHING else _IDS_BY_NAME
                rows = self._db.execute(ids, (match, limit))
                found.update((id_, None) for (id_,) in rows if ranks.get(id_, rank) <= rank)
        return list(found)[:limit]

    def _count(self, parts: Sequence[Part], anything: str) -> tuple[int, bool]:
        """Return how many there are, and whether these are not all."""
        if not anything:
            return 0, False
        if (letters := _few_letters(parts)) is not None:
            row = self._db.execute("SELECT people FROM begins WHERE word=?", (letters,)).fetchone()
            return int(row[0]) if row else 0, False
        (count,) = self._db.execute(_COUNT, (anything, COUNTED + 1)).fetchone()
        return min(int(count), COUNTED), count > COUNTED


def _few_letters(parts: Sequence[Part]) -> str | None:
    """Return the one or two letters that were typed, if nothing else was: they are counted beforehand."""
    if len(parts) != 1 or len(parts[0].words) > 1:
        return None
    number, words = parts[0].number, parts[0].words
    forms = beginnings_of(words[0]) if words else (number,)
    if len(forms) != 1 or len(forms[0]) > 2 or number not in ("", forms[0]):
        return None
    return forms[0]
