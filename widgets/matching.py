"""Which letters of a name the search has found, for marking them. No Qt."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"\w+")
_TWO = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_ONE = str.maketrans({"æ": "a", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ü": "u", "ß": "s"})


def _fold(text: str, table: dict[int, str]) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().translate(table))
    return "".join(c for c in plain if not unicodedata.combining(c))


def spans(text: str, query: str) -> list[tuple[int, int]]:
    """Return (start, length) of the beginnings of words that the query's words found, without overlap."""
    found: dict[int, int] = {}
    for word in _WORD.finditer(text):
        for part in _WORD.findall(query):
            length = _matched(word.group(), part)
            if length:
                found[word.start()] = max(length, found.get(word.start(), 0))
    return sorted(found.items())


def _matched(word: str, part: str) -> int:
    """Return how many letters of the word the part covers, 0 when the word does not begin with it."""
    for table in (_TWO, _ONE):
        wanted = _fold(part, table)
        for length in range(1, len(word) + 1):
            have = _fold(word[:length], table)
            if len(have) >= len(wanted):
                if wanted and have.startswith(wanted):
                    return length
                break
    return 0
