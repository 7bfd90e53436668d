"""Goals 5 and 6: the search alone, without a window."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Final

from reception.console.catalogue import Catalogue
from tests.bench.crowd import people, sizes
from tests.bench.figures import Figure, of_frames, p99, side_by_side
from tests.bench.shelves import catalogue
from tests.bench.typing_hands import WORST, keystrokes, typed_texts

SHOWN: Final = 200


def run(*, is_short: bool) -> Iterator[Figure]:
    """Type the same at both sizes by turns."""
    few, many = sizes(is_short=is_short)
    small, large = catalogue(few), catalogue(many)
    texts = keystrokes(typed_texts(people(few), 60 if is_short else 200))
    rounds = 3 if is_short else 7
    at_few, at_many, worst = [], [], []
    search(small, texts), search(large, texts)  # the first time the file is read
    for _ in range(rounds):
        at_few.append(search(small, texts))
        at_many.append(search(large, texts))
        worst.append(search(large, [*WORST] * 4))
    yield of_frames("5", at_many, p99)
    yield of_frames("5b", worst, p99)
    yield side_by_side("6", [p99(one) for one in at_many], [p99(one) for one in at_few])


def search(where: Catalogue, texts: Sequence[str]) -> list[float]:
    """Search for each text as if for the first time; returns milliseconds."""
    took = []
    for text in texts:
        where._finds.clear()
        began = time.perf_counter()
        where.search(text, SHOWN)
        took.append((time.perf_counter() - began) * 1000)
    return took
