"""Which letters of a name the search has found, for marking them. No Qt."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import msgspec

_WORD = re.compile(r"\w+")
_TWO = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_ONE = str.maketrans({"æ": "a", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ü": "u", "ß": "s"})


class _Folded(msgspec.Struct, frozen=True):
    """A word folded, and for each of its folded letters how many of the word's own it takes."""

    text: str
    takes: tuple[int, ...]


def spans(text: str, query: str) -> list[tuple[int, int]]:
    """Return (start, length) of the beginnings of words that the query's words found, without overlap."""
    if text.isascii():
        lowered = text.lower()
        there = [wanted for wanted in _wanted(query) if wanted in lowered]
        return _plain_spans(lowered, there) if there else []
    found: dict[int, int] = {}
    for start, foldings in _words(text):
        for part in _parts(query):
            for have, wanted in zip(foldings, part, strict=True):
                if wanted and have.text.startswith(wanted):
                    found[start] = max(have.takes[len(wanted) - 1], found.get(start, 0))
                    break
    return sorted(found.items())


def _plain_spans(text: str, parts: list[str]) -> list[tuple[int, int]]:
    """Return the same for letters that are each one when folded: most texts have none of what is typed."""
    found: dict[int, int] = {}
    for word in _WORD.finditer(text):
        start = word.start()
        for wanted in parts:
            if text.startswith(wanted, start) and len(wanted) > found.get(start, 0):
                found[start] = len(wanted)
    return list(found.items())


@lru_cache(maxsize=16)
def _wanted(query: str) -> tuple[str, ...]:
    """Return the beginnings that are looked for, in whatever folding."""
    return tuple({folded for part in _parts(query) for folded in part if folded})


@lru_cache(maxsize=16)
def _parts(query: str) -> tuple[tuple[str, str], ...]:
    """Return the query's words in both foldings."""
    return tuple((_fold(part, _TWO), _fold(part, _ONE)) for part in _WORD.findall(query))


@lru_cache(maxsize=1024)
def _words(text: str) -> tuple[tuple[int, tuple[_Folded, _Folded]], ...]:
    """Return where each word begins, and the word in both foldings."""
    return tuple((word.start(), _foldings(word.group())) for word in _WORD.finditer(text))


@lru_cache(maxsize=2048)
def _foldings(word: str) -> tuple[_Folded, _Folded]:
    return _letters(word, _TWO), _letters(word, _ONE)


def _letters(word: str, table: dict[int, str]) -> _Folded:
    if word.isascii():
        return _Folded(word.lower(), tuple(range(1, len(word) + 1)))
    folded, takes = "", []
    for n, letter in enumerate(word, 1):
        new = _fold(letter, table)
        folded += new
        takes += [n] * len(new)
    return _Folded(folded, tuple(takes))


def _fold(text: str, table: dict[int, str]) -> str:
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.casefold().translate(table))
    return "".join(c for c in plain if not unicodedata.combining(c))
