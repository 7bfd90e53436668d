"""What was typed, in the words of SQLite's full-text search; and the same question asked of one person.

Three questions, best first: is every typed word a whole word of the name (or the initials); does it begin one;
does it begin any word of the person, or a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import NamedTuple

from reception.directory.query import Part, beginnings_of


class Rank(IntEnum):
    """How well somebody matches."""

    WHOLE_NAME = 1
    NAME = 2
    ANYTHING = 3


class Row(NamedTuple):
    """A person as the search sees them: folded texts, with a space around each word."""

    place: int
    name: str
    other: str
    numbers: str


def expression(parts: Sequence[Part], rank: Rank) -> str:
    """Return the FTS5 expression that finds those of a rank and of the better ones; empty: there are none."""
    if rank is Rank.ANYTHING:
        return " AND ".join(_anything(part) for part in parts)
    if not all(part.words for part in parts):
        return ""
    end = "" if rank is Rank.WHOLE_NAME else "*"
    return "name : (" + " AND ".join(_all_words(part, end) for part in parts) + ")"


def rank_of(row: Row, parts: Sequence[Part]) -> Rank | None:
    """Return how well one person matches, or None when they do not."""
    if all(part.words and _has_all(row.name, part, " ") for part in parts):
        return Rank.WHOLE_NAME
    if all(part.words and _has_all(row.name, part, "") for part in parts):
        return Rank.NAME
    text = row.name + row.other
    if all((_has_all(text, part, "") and part.words) or _has_number(row, part) for part in parts):
        return Rank.ANYTHING
    return None


def quoted(word: str, end: str = "") -> str:
    """Return a word as FTS5 reads it, whatever is in it; `end` is * for a beginning."""
    return '"' + word.replace('"', '""') + '"' + end


def any_of(words: Iterable[str], end: str = "") -> str:
    """Return the expression for one of these words."""
    return "(" + " OR ".join(quoted(word, end) for word in words) + ")"


def _anything(part: Part) -> str:
    words = _all_words(part, "*") if part.words else ""
    if not part.number:
        # Faster without naming columns: no number begins with a letter, so the word cannot meet one.
        return words if all(word[0][0].isalpha() for word in part.words) else f"({{name other}} : {words})"
    number = "numbers : " + quoted(part.number, "*")
    return f"({number} OR {{name other}} : {words})" if words else f"({number})"


def _all_words(part: Part, end: str) -> str:
    forms = (beginnings_of(word) if end else word for word in part.words)
    return "(" + " AND ".join(any_of(word, end) for word in forms) + ")"


def _has_all(text: str, part: Part, end: str) -> bool:
    return all(any(f" {form}{end}" in text for form in word) for word in part.words)


def _has_number(row: Row, part: Part) -> bool:
    return bool(part.number) and f" {part.number}" in row.numbers
