"""Searching the catalogue: who has every typed word, best first; then who is like it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from math import inf
from typing import Final

import msgspec

from reception.console.catalogue_alike import SecondRank
from reception.console.catalogue_match import Rank, expression
from reception.console.catalogue_recent import Recent
from reception.console.catalogue_schema import CONTACTS
from reception.console.catalogue_words import Words
from reception.directory.query import Part, beginnings_of
from reception.directory.search import SearchResult

COUNTED: Final = 500
"""People up to whom they are counted: a list of more is not read, and counting takes longer than finding."""
SCREEN: Final = 20
"""People found from whom on nobody needs those who are only alike."""
_MANY: Final = 2
"""Typed words behind which somebody who has them all is the one who is meant."""
_PLACES: Final = "SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid LIMIT ?"
_BY_NAME: Final = _PLACES.format(table="in_name")
_BY_ANYTHING: Final = _PLACES.format(table="anywhere")
_COUNT: Final = "SELECT count(*) FROM (SELECT 1 FROM anywhere WHERE anywhere MATCH ? LIMIT ?)"
_IDS: Final = "SELECT place, people.id FROM json_each(?) CROSS JOIN people ON place = value"


_FIRST_CONTACT: Final = "SELECT place FROM people WHERE sort>=? ORDER BY sort LIMIT 1"
_MOST_KNOWN: Final = 2000
"""Places whose ids are remembered: who types on mostly finds whom the key before has found."""


class _Found(msgspec.Struct, frozen=True):
    """Places of those found, and how many there are in all."""

    places: list[int]
    total: int
    is_more: bool = False


class Search:
    """Finds people by parts of what was typed."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._words = Words(db)
        self._recent = Recent(db)
        self._alike = SecondRank(db, self._words)
        self._ids_known: dict[int, str] = {}
        self._contacts_from: float | None = None

    def forget(self) -> None:
        """Forget what is kept of people: they have changed."""
        self._recent.forget()
        self._words.forget()
        self._contacts_from = None
        self._ids_known.clear()

    def find(self, parts: Sequence[Part], limit: int, recent: Sequence[str]) -> SearchResult:
        """Return who is found; there is at least one part."""
        found = self._first_rank(parts, limit, recent)
        ids = self._ids(self._colleagues_first(found.places))
        alike: list[str] = []
        if len(ids) < min(limit, SCREEN if len(parts) <= _MANY else 1):
            room, latest = limit - len(ids), self._recent.places(recent)
            places = self._alike.find(parts, limit=room, without=found.places, recent=latest)
            alike = self._ids(self._colleagues_first(places))
        return SearchResult(
            ids=(*ids, *alike), total=found.total, is_more=found.is_more, alike=frozenset(alike)
        )

    def _first_rank(self, parts: Sequence[Part], limit: int, recent: Sequence[str]) -> _Found:
        anything = expression(parts, Rank.ANYTHING, self._words)
        if not anything:
            return _Found([], 0)
        ranks = self._recent.ranks(recent, parts)
        found: dict[int, None] = {}
        for rank in (Rank.WHOLE_NAME, Rank.NAME):
            found.update((place, None) for place, reached in ranks.items() if reached is rank)
            if match := expression(parts, rank, self._words):
                found.update((place, None) for (place,) in self._db.execute(_BY_NAME, (match, limit)))
            if len(found) >= limit:
                return _Found(list(found)[:limit], *self._count(parts, anything))
        found.update(dict.fromkeys(ranks))
        return self._anywhere(parts, anything, found, limit)

    def _anywhere(self, parts: Sequence[Part], anything: str, found: dict[int, None], limit: int) -> _Found:
        """Add those who are found anyhow, counted while they are read: asking twice costs double."""
        is_counted = _few_letters(parts) is not None
        most = limit if is_counted else max(limit, COUNTED)
        rows = self._db.execute(_BY_ANYTHING, (anything, most + 1)).fetchall()
        found.update((place, None) for (place,) in rows)
        if is_counted:
            return _Found(list(found)[:limit], *self._count(parts, anything))
        return _Found(list(found)[:limit], min(len(rows), most), len(rows) > most)

    def _count(self, parts: Sequence[Part], anything: str) -> tuple[int, bool]:
        """Return how many there are in all, and whether these are not all."""
        if (letters := _few_letters(parts)) is not None:
            row = self._db.execute("SELECT people FROM begins WHERE word=?", (letters,)).fetchone()
            return row[0] if row else 0, False
        (count,) = self._db.execute(_COUNT, (anything, COUNTED + 1)).fetchone()
        return min(count, COUNTED), count > COUNTED

    def _colleagues_first(self, places: Sequence[int]) -> Sequence[int]:
        """Return them with the contacts behind, whom the catalogue has behind all colleagues."""
        if self._contacts_from is None:
            row = self._db.execute(_FIRST_CONTACT, (CONTACTS,)).fetchone()
            self._contacts_from = inf if row is None else float(row[0])
        first = self._contacts_from
        if not places or max(places) < first:
            return places
        return [*(p for p in places if p < first), *(p for p in places if p >= first)]

    def _ids(self, places: Sequence[int]) -> list[str]:
        known = self._ids_known
        if len(known) > _MOST_KNOWN:
            known.clear()
        if new := [place for place in places if place not in known]:
            known.update(self._db.execute(_IDS, (msgspec.json.encode(new).decode(),)))
        return [known[place] for place in places]


def _few_letters(parts: Sequence[Part]) -> str | None:
    """Return the one or two letters that were typed, if nothing else was: they are counted beforehand."""
    if len(parts) != 1 or len(parts[0].words) > 1:
        return None
    number, words = parts[0].number, parts[0].words
    forms = beginnings_of(words[0]) if words else (number,)
    if len(forms) != 1 or len(forms[0]) > 2 or number not in ("", forms[0]):
        return None
    return forms[0]
