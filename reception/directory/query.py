"""What was typed into the search field, taken apart: words in any order, and digits that are one number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

import msgspec

from reception.directory.folding import typed_forms, words
from reception.directory.numbers import NumberPlan

_MOST_WORDS: Final = 8
_NUMERIC: Final = re.compile(r"\+?[\d()./\-\u2010-\u2015]*\d[\d()./\-\u2010-\u2015]*|\+|\(\+?")


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that must be found: a word, or digits that stand together.

    `words`: all of them are looked up as words, each in its spellings. `number`: or this is the beginning
    of a number; empty for a word.
    """

    words: tuple[tuple[str, ...], ...]
    number: str = ""


def parts_of(typed: str, plan: NumberPlan) -> tuple[Part, ...]:
    """Return the parts of what was typed, the first eight words of it. What has no word in it has none."""
    pieces = typed.split()[:_MOST_WORDS]
    parts: list[Part] = []
    for is_number, group in groupby(pieces, lambda piece: bool(_NUMERIC.fullmatch(piece))):
        together = list(group)
        parts += _number(" ".join(together), plan) if is_number else _words(together)
    return tuple(dict.fromkeys(parts))


def _number(typed: str, plan: NumberPlan) -> Iterator[Part]:
    """Digits are a number's beginning, or words of a text (a room, a year)."""
    number = plan.typed(typed)
    if number:
        yield Part(words=tuple(map(typed_forms, words(typed))), number=number)


def _words(pieces: Iterable[str]) -> Iterator[Part]:
    for piece in pieces:
        for word in words(piece.partition("@")[0]):
            yield Part(words=(typed_forms(word),))


def beginnings_of(forms: Iterable[str]) -> tuple[str, ...]:
    """Return those spellings that find all that the others find, when words begin with them."""
    known = tuple(forms)
    return tuple(f for f in known if not any(f != other and f.startswith(other) for other in known))
