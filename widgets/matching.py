"""Which letters of a name the search has found, for marking them. No Qt."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_WORD = re.compile(r"\w+")
_TWO = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_ONE = str.maketrans({"æ": "a", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ü": "u", "ß": "s"})


class _Folded(NamedTuple):
    """A word folded, and for each of its folded letters how many of the word's own it takes."""

    text: str
    takes: tuple[int, ...]


def spans(text: str, query: str) -> list[tuple[int, int]]:
    """Return (start, length) of the beginnings of words that the query's words found, without overlap."""
    found: dict[int, int] = {}
    parts = _parts(query)
    for start, word in _words(text):
        for part in parts:
            length = _matched(word, part)
            if length > found.get(start, 0):
                found[start] = length
    return sorted(found.items())


@lru_cache(maxsize=16)
def _parts(query: str) -> tuple[tuple[str, str], ...]:
    """Return the query's words in both foldings."""
    return tuple((_fold(part, _TWO), _fold(part, _ONE)) for part in _WORD.findall(query))


@lru_cache(maxsize=2048)
def _words(text: str) -> tuple[tuple[int, tuple[_Folded, _Folded]], ...]:
    """Return where each word begins, and the word in both foldings."""
    words = _WORD.finditer(text)
    return tuple((w.start(), (_letters(w.group(), _TWO), _letters(w.group(), _ONE))) for w in words)


def _letters(word: str, table: dict[int, str]) -> _Folded:
    if word.isascii():
        return _Folded(word.lower(), tuple(range(1, len(word) + 1)))
    folded, takes = "", []
    for n, letter in enumerate(word, 1):
        new = _fold(letter, table)
        folded += new
        takes += [n] * len(new)
    return _Folded(folded, tuple(takes))


def _matched(word: tuple[_Folded, _Folded], part: tuple[str, str]) -> int:
    """Return how many letters of the word the part covers, 0 when the word does not begin with it."""
    for have, wanted in zip(word, part, strict=True):
        if wanted and have.text.startswith(wanted):
            return have.takes[len(wanted) - 1]
    return 0


def _fold(text: str, table: dict[int, str]) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(table))
    return "".join(c for c in plain if not unicodedata.combining(c))
