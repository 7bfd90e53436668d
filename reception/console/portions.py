"""Many values for one question to SQLite, in portions of few sizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

_SIZES: Final = (1, 4, 16)
"""A question of another size is another one for SQLite, which takes it apart anew; these it knows soon."""
_MOST: Final = _SIZES[-1]


def in_portions(values: Sequence[str]) -> Iterator[tuple[list[str], str]]:
    """Yield portions of the values, each with as many question marks; the last value may be there again."""
    for start in range(0, len(values), _MOST):
        few = list(values[start : start + _MOST])
        size = next(size for size in _SIZES if size >= len(few))
        yield few + few[-1:] * (size - len(few)), ",".join("?" * size)
