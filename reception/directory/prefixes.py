"""Which ids have a word that begins like this: a sorted list of words and the ids of each."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from itertools import chain
from typing import Final

SORT_FROM: Final = 64
"""New words from which sorting all at once is faster than putting in each."""
_KEPT_FROM: Final = 256
"""Words from which what they hit is kept until something changes."""
_AFTER_ALL: Final = "\U0010ffff"


class Prefixes:
    """Ids by the beginning of a word."""

    def __init__(self) -> None:
        self._ids: dict[str, list[str]] = {}
        self._sorted: list[str] = []
        self._new: list[str] = []
        self._kept: dict[str, frozenset[str]] = {}

    def add(self, words: Iterable[str], id_: str) -> None:
        """Let an id be found by these words, each given once."""
        self._kept.clear()
        for word in words:
            found = self._ids.get(word)
            if found is None:
                self._ids[word] = [id_]
                self._new.append(word)
            else:
                found.append(id_)

    def discard(self, words: Iterable[str], id_: str) -> None:
        """Take back an `add`, with the same words."""
        self._kept.clear()
        self.settle()
        for word in words:
            found = self._ids[word]
            found.remove(id_)
            if not found:
                del self._ids[word]
                del self._sorted[bisect_left(self._sorted, word)]

    def settle(self) -> None:
        """Put the new words where they belong."""
        if len(self._new) >= SORT_FROM:
            self._sorted.extend(self._new)
            self._sorted.sort()
        else:
            for word in self._new:
                insort(self._sorted, word)
        self._new.clear()

    def find(self, prefix: str) -> frozenset[str]:
        """Return the ids that have a word beginning with this prefix."""
        if (kept := self._kept.get(prefix)) is not None:
            return kept
        self.settle()
        first = bisect_left(self._sorted, prefix)
        behind = bisect_left(self._sorted, prefix + _AFTER_ALL, first)
        words = self._sorted[first:behind]
        found = frozenset(chain.from_iterable(map(self._ids.__getitem__, words)))
        if len(words) >= _KEPT_FROM:
            self._kept[prefix] = found
        return found
