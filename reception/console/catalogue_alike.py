"""The second rank: names that sound like what was typed, or are one slip of the keys away."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import combinations, groupby, islice, pairwise, product
from typing import Final, TypeAlias

import msgspec

from reception.console.catalogue_match import any_of, anything, quoted
from reception.console.catalogue_words import Words
from reception.directory.query import Part

MOST: Final = 20
"""People of the second rank at most."""
_MOST_WORDS: Final = 24
"""Words of one cost that are looked up, the commonest first."""
_MOST_TRIED: Final = 12
"""Combinations tried, from the closest on."""
_MOST_ALIKE: Final = 2
"""Typed words that may be alike only; the others must be there as they are."""
_LETTERS: Final = 4
"""Letters of a typed word from which it may mean another one although somebody has it."""
_MOST_PARTS: Final = 4
"""Typed words up to which two may be alike that are both there as typed, only not in one person."""
_JOINED: Final = 1
"""The cost of a space too many: *Mc Donald*, *Anne marie*."""
_PLACES: Final = "SELECT rowid FROM anywhere WHERE anywhere MATCH ? ORDER BY rowid LIMIT ?"


class _Choice(msgspec.Struct, frozen=True):
    """One way in which a part may be there: as typed, at no cost, or as one of some words of the name."""

    cost: int
    match: str


_Try: TypeAlias = tuple[_Choice, ...]


class SecondRank:
    """Finds those who are alike."""

    def __init__(self, db: sqlite3.Connection, words: Words) -> None:
        self._db = db
        self._words = words

    def find(
        self, parts: Sequence[Part], *, limit: int, without: Collection[int], recent: Sequence[int]
    ) -> list[int]:
        """Return places, the closest first, then those handled last, then by the alphabet.

        The last word may be the beginning of one, unless somebody has it as it is.
        """
        most = min(limit, MOST)
        found: dict[int, None] = {}
        for tries in self._stages(parts, is_found=bool(without)):
            for _, group in groupby(sorted(tries, key=_cost)[:_MOST_TRIED], key=_cost):
                if len(found) < most:
                    equals = self._places(list(group), most + len(without), recent)
                    found.update((place, None) for place in equals if place not in without)
            if found or without:
                break
        return list(found)[:most]

    def _places(self, tries: Sequence[_Try], limit: int, recent: Sequence[int]) -> list[int]:
        """Return who is there in one of these ways, which are all as close."""
        places = [place for (place,) in self._db.execute(_PLACES, (_expression(tries), limit))]
        return [*(place for place in recent if place in places), *places]

    def _stages(self, parts: Sequence[Part], *, is_found: bool) -> Iterator[list[_Try]]:
        """Yield ways to be alike, in as few words as must be; then, while nobody is found, in one more."""
        typed = [anything(part, self._words) for part in parts]
        strange = {i for i, match in enumerate(typed) if not match}
        fewest = max(len(strange), 1)
        for count in range(fewest, _MOST_ALIKE + 1):
            if count > fewest and len(parts) > _MOST_PARTS:
                return
            tries = self._joined(parts) if count == fewest else []
            for alike in combinations(range(len(parts)), count):
                if strange <= set(alike):
                    choices = (
                        self._alike(part, is_found=is_found, is_last=i == len(parts) - 1)
                        if i in alike
                        else [_Choice(0, typed[i])]
                        for i, part in enumerate(parts)
                    )
                    tries += product(*choices)
            yield tries

    def _alike(self, part: Part, *, is_found: bool, is_last: bool) -> list[_Choice]:
        """Return the ways in which a part is alike, each with the words that are as close."""
        if part.number or (is_found and len(part.words[0][0]) < _LETTERS):
            return []
        alike = self._words.alike(part.words[0], is_whole=is_found or not is_last)
        choices = []
        for cost, group in groupby(alike, key=lambda one: one.cost):
            words = (one.word for one in islice(group, _MOST_WORDS))
            choices.append(_Choice(cost, any_of(map(quoted, words))))
        return choices

    def _joined(self, parts: Sequence[Part]) -> list[_Try]:
        """Return what was typed with one space less."""
        tries = []
        for i, (one, other) in enumerate(pairwise(parts)):
            if one.number or other.number:
                continue
            forms = tuple(a + b for a, b in product(one.words[0], other.words[0]))
            joined = Part(words=(forms,))
            rest = [*parts[:i], joined, *parts[i + 2 :]]
            choices = tuple(_Choice(_JOINED * (part is joined), anything(part, self._words)) for part in rest)
            if all(choice.match for choice in choices):
                tries.append(choices)
        return tries


def _cost(choices: _Try) -> int:
    return sum(choice.cost for choice in choices)


def _expression(tries: Iterable[_Try]) -> str:
    return " OR ".join("(" + " AND ".join(choice.match for choice in choices) + ")" for choices in tries)
