"""What was typed, in the words of SQLite's full-text search; and the same question asked of one person.

Three questions, best first: is every typed word a whole word of the name (or the initials); does it begin
one; does it begin any word of the person, or a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import IntEnum

import msgspec

from reception.console.catalogue_words import INDEXED, Words
from reception.directory.query import Part, beginnings_of
from reception.directory.texts import NUMBER


class Rank(IntEnum):
    """How well somebody matches."""

    WHOLE_NAME = 1
    NAME = 2
    ANYTHING = 3


class Row(msgspec.Struct, frozen=True):
    """A person as the search sees them: folded texts, with a space around each word."""

    place: int
    name: str
    everything: str


def expression(parts: Sequence[Part], rank: Rank, words: Words) -> str:
    """Return the FTS5 expression that finds those of a rank and of the better ones; empty: there are none.

    It is for the table of names, or of everything, as the rank says.
    """
    if rank is Rank.ANYTHING:
        return _all(anything(part, words) for part in parts)
    if not all(part.words for part in parts):
        return ""
    if rank is Rank.WHOLE_NAME:
        return _all(
            any_of(quoted(form) for form in forms if words.is_in_name(form))
            for part in parts
            for forms in part.words
        )
    return _all(any_of(_beginnings(forms, words, in_name=True)) for part in parts for forms in part.words)


def anything(part: Part, words: Words) -> str:
    """Return the expression for a part anywhere; empty when nobody has it."""
    text = _all(any_of(_beginnings(forms, words, in_name=False)) for forms in part.words)
    number = quoted(NUMBER + part.number, "*") if part.number else ""
    return any_of(piece for piece in (number, text) if piece)


def rank_of(row: Row, parts: Sequence[Part]) -> Rank | None:
    """Return how well one person matches, or None when they do not."""
    if all(part.words and _has_all(row.name, part, " ") for part in parts):
        return Rank.WHOLE_NAME
    if all(part.words and _has_all(row.name, part, "") for part in parts):
        return Rank.NAME
    text = row.everything
    if all((part.words and _has_all(text, part, "")) or _has_number(text, part) for part in parts):
        return Rank.ANYTHING
    return None


def needles_of(parts: Sequence[Part]) -> list[tuple[str, ...]]:
    """Return texts of which whoever matches must have one of each part, for a quick look."""
    needles = []
    for part in parts:
        forms = beginnings_of(part.words[0]) if part.words else ()
        numbers = (NUMBER + part.number,) if part.number else ()
        needles.append(tuple(f" {begin}" for begin in (*forms, *numbers)))
    return needles


def quoted(word: str, end: str = "") -> str:
    """Return a word as FTS5 reads it, whatever is in it; `end` is * for a beginning."""
    return '"' + word.replace('"', '""') + '"' + end


def any_of(terms: Iterable[str]) -> str:
    """Return the expression for one of these; empty when there is none."""
    known = " OR ".join(terms)
    return f"({known})" if known else ""


def _all(pieces: Iterable[str]) -> str:
    known = list(pieces)
    return "(" + " AND ".join(known) + ")" if known and all(known) else ""


def _beginnings(forms: Iterable[str], words: Words, *, in_name: bool) -> Iterator[str]:
    """Yield terms for all words that begin with one of the spellings.

    Longer beginnings as the words there are: FTS5 reads all hits of a beginning before it gives the first.
    """
    for form in beginnings_of(forms):
        named = words.beginning_with(form, in_name=in_name) if len(form) > INDEXED else None
        if named is None:
            yield quoted(form, "*")
        else:
            yield from map(quoted, named)


def _has_all(text: str, part: Part, end: str) -> bool:
    return all(any(f" {form}{end}" in text for form in word) for word in part.words)


def _has_number(text: str, part: Part) -> bool:
    return bool(part.number) and f" {NUMBER}{part.number}" in text
