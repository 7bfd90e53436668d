"""The search field's index: every typed word must begin some word of a person, in any order.

Found are names, initials, title, department, the e-mail's part before the @, free fields and numbers in any
notation. First come those whose name (or initials) has all of it, then the others; both by the alphabet.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterable
from itertools import islice
from typing import Final

import msgspec

from reception.directory.folding import sort_key, stored_forms, typed_forms, words
from reception.directory.numbers import NumberPlan, beginnings
from reception.directory.prefixes import SORT_FROM, Prefixes
from reception.model.people import Person

_MOST_WORDS: Final = 8
_NUMERIC: Final = re.compile(r"\+?[\d()./\-\u2010-\u2015]*\d[\d()./\-\u2010-\u2015]*|\+|\(\+?")


class SearchResult(msgspec.Struct, frozen=True, kw_only=True):
    """The ids of those found, best first, at most as many as asked for.

    `alike` are those among them that only sound like what was typed, or are one slip of the keys away.
    `total` counts all others; with `is_more` there are more than that, and nobody counted them.
    """

    ids: tuple[str, ...]
    total: int
    alike: frozenset[str] = frozenset()
    is_more: bool = False


class _Entry(msgspec.Struct, frozen=True, kw_only=True):
    """What a person is sorted and found by: the name with initials, other texts, numbers."""

    order: tuple[str, str]
    name: tuple[str, ...]
    other: tuple[str, ...]
    numbers: tuple[str, ...]


class _Hits(msgspec.Struct, frozen=True, kw_only=True):
    """Who is hit by a part of what was typed: by the name, or anyhow."""

    name: frozenset[str]
    any: frozenset[str]


class SearchIndex:
    """All people, findable. Changing one costs as little as finding one.

    `language` decides the alphabet (`sort_key`). Many people can be put in by slices, each ended with
    `settle`, so that no search has to wait for all the sorting at once.
    """

    def __init__(self, plan: NumberPlan | None = None, language: str = "") -> None:
        self._plan = plan or NumberPlan()
        self._language = language
        self._entries: dict[str, _Entry] = {}
        self._name = Prefixes()
        self._other = Prefixes()
        self._numbers = Prefixes()
        self._alphabet: list[tuple[str, str]] = []
        self._new: list[tuple[str, str]] = []

    def __len__(self) -> int:
        return len(self._entries)

    def put(self, person: Person) -> None:
        """Add a person, or replace what is known of them."""
        self.remove(person.id)
        entry = self._entry(person)
        self._entries[person.id] = entry
        self._new.append(entry.order)
        self._name.add(entry.name, person.id)
        self._other.add(entry.other, person.id)
        self._numbers.add(entry.numbers, person.id)

    def remove(self, person: str) -> None:
        """Forget a person by id. Harmless when they are not known."""
        entry = self._entries.pop(person, None)
        if entry is None:
            return
        alphabet = self._by_name()
        del alphabet[bisect_left(alphabet, entry.order)]
        self._name.discard(entry.name, person)
        self._other.discard(entry.other, person)
        self._numbers.discard(entry.numbers, person)

    def settle(self) -> None:
        """Sort what is new now instead of at the next search."""
        self._by_name()
        for words_ in (self._name, self._other, self._numbers):
            words_.settle()

    def search(self, query: str, limit: int = 200) -> SearchResult:
        """Find people. What has no word in it finds everybody, by name."""
        parts = self._parts(query)
        if not parts:
            ids = [id_ for _, id_ in self._by_name()[:limit]]
            return SearchResult(ids=tuple(ids), total=len(self._entries))
        everybody = self._intersection(part.any for part in parts)
        by_name = self._intersection(part.name for part in parts)
        ids = self._in_order(by_name, limit)
        ids += self._in_order(everybody - by_name, limit - len(ids))
        return SearchResult(ids=tuple(ids), total=len(everybody))

    # -------------------------------------------------------------- what a person is found by

    def _entry(self, person: Person) -> _Entry:
        email = person.email.partition("@")[0]
        other = (person.title, person.department, email, *person.fields.values())
        normalised = (self._plan.normalise(n.number) or n.number for n in person.numbers)
        return _Entry(
            order=(sort_key(person.name, self._language), person.id),
            name=_spellings(words(f"{person.name} {person.initials}")),
            other=_spellings(word for text in other for word in words(text)),
            numbers=tuple({start for number in normalised for start in beginnings(number)}),
        )

    # -------------------------------------------------------------- what was typed

    def _parts(self, query: str) -> list[_Hits]:
        """Return the hits of each word typed; digits that stand together are one number."""
        hits: list[_Hits] = []
        digits: list[str] = []
        for piece in query.split()[:_MOST_WORDS]:
            if _NUMERIC.fullmatch(piece):
                digits.append(piece)
                continue
            if digits:
                hits.append(self._number_hits(" ".join(digits)))
                digits = []
            hits.extend(self._word_hits(word) for word in words(piece.partition("@")[0]))
        if digits:
            hits.append(self._number_hits(" ".join(digits)))
        return hits

    def _word_hits(self, word: str) -> _Hits:
        forms = typed_forms(word)
        name = frozenset[str]().union(*(self._name.find(form) for form in forms))
        return _Hits(
            name=name,
            any=name.union(*(self._other.find(form) for form in forms)),
        )

    def _number_hits(self, typed: str) -> _Hits:
        """Digits are a number's beginning, or words of a text (a room, a year)."""
        begin = self._plan.typed(typed)
        found = self._numbers.find(begin) if begin else frozenset()
        texts = [self._word_hits(word) for word in words(typed)]
        if not texts:
            return _Hits(name=frozenset(), any=found)
        return _Hits(
            name=self._intersection(hits.name for hits in texts),
            any=found | self._intersection(hits.any for hits in texts),
        )

    # -------------------------------------------------------------- order

    @staticmethod
    def _intersection(sets: Iterable[frozenset[str]]) -> frozenset[str]:
        smallest, *others = sorted(sets, key=len)
        return smallest.intersection(*others)

    def _by_name(self) -> list[tuple[str, str]]:
        """Return everybody's order, what is new put in."""
        if len(self._new) >= SORT_FROM:
            self._alphabet.extend(self._new)
            self._alphabet.sort()
        else:
            for order in self._new:
                insort(self._alphabet, order)
        self._new.clear()
        return self._alphabet

    def _in_order(self, ids: frozenset[str], limit: int) -> list[str]:
        if limit <= 0:
            return []
        if len(ids) * 8 < len(self._entries):
            return [id_ for _, id_ in sorted(self._entries[id_].order for id_ in ids)[:limit]]
        return list(islice((id_ for _, id_ in self._by_name() if id_ in ids), limit))


def _spellings(source: Iterable[str]) -> tuple[str, ...]:
    return tuple({form for word in source for form in stored_forms(word)})
