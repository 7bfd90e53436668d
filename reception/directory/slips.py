"""One slip of the keys: a letter too few, one too many, a wrong one, or two in the wrong order.

Such a slip is distance 1 in the sense of F. J. Damerau ("A technique for computer detection and correction of
spelling errors", CACM 7, 1964), who found four of five misspellings to be one. What is typed may be the
beginning of a word only, as people are found while they are typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from string import ascii_lowercase
from typing import Final

FROM_LETTERS: Final = 3
"""Typed letters from which a slip is thought of."""


def slipped(typed: str, words: Iterable[str], same: int) -> Iterator[tuple[str, bool]]:
    """Yield the words that are one slip away, they or a beginning of them, and whether the whole word is.

    All of them begin with the first `same` letters typed; those that begin with all of it are left out.
    """
    rests = [
        (typed[i + 1 :], typed[i:], typed[i + 1 : i + 2] + typed[i] + typed[i + 2 :])
        for i in range(len(typed))
    ]
    for word in words:
        size = same
        for typed_letter, letter in zip(typed[same:], word[same:], strict=False):
            if typed_letter != letter:
                break
            size += 1
        if size == len(typed):
            continue
        behind, rest, swapped = rests[size]
        if (
            word.startswith(behind, size + 1)  # a wrong letter
            or word.startswith(rest, size + 1)  # one too few
            or word.startswith(behind, size)  # one too many
            or (len(rest) > 1 and word.startswith(swapped, size))
        ):
            tail = word[size:]
            yield word, tail in (behind, swapped) or tail[1:] in (behind, rest)


def slips(typed: str, letters: int) -> Iterator[str]:
    """Yield what may have been meant, when the slip happened in the first so many letters."""
    for i in range(letters):
        before, here, behind = typed[:i], typed[i], typed[i + 1 :]
        yield before + behind
        if behind:
            yield before + behind[0] + here + behind[1:]
        for letter in ascii_lowercase:
            yield before + letter + behind
            yield before + letter + here + behind


@lru_cache(maxsize=2048)
def distance(one: str, other: str) -> int:
    """Return how many slips lie between two words, no letter touched twice (optimal string alignment)."""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, last[j - 2] + 1)
            row.append(best)
    return row[-1]
