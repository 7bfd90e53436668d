"""Goal 4: from a key to the painted list, among everybody.

The next key comes when the window has nothing more to do: 30 to 40 ms after the last one, sooner than hands
type. What it makes ready in that time for the keys that are likely (`widgets.foresight`) counts, as it does
on a desk; one key of three finds nothing ready.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator, Sequence

from tests.bench.crowd import sizes
from tests.bench.figures import Figure, of_frames, p99
from tests.bench.stage import Stage
from tests.bench.typing_hands import press, typed_texts


def run(*, is_short: bool) -> Iterator[Figure]:
    """Type, wait for each picture, empty the field, and so on."""
    _, many = sizes(is_short=is_short)
    stage = Stage(many)
    rounds, count = (2, 15) if is_short else (5, 40)
    texts = typed_texts(stage.people, rounds * count)
    type_all(stage, texts[:5])
    took = [type_all(stage, texts[n * count : (n + 1) * count]) for n in range(rounds)]
    yield of_frames("4", took, p99)
    yield of_frames("4b", took, statistics.median)


def type_all(stage: Stage, texts: Sequence[str]) -> list[float]:
    """Type each text and delete it; returns the milliseconds of each key."""
    field = stage.window.search.field
    took = []
    for text in texts:
        for letter in text:
            began = time.perf_counter()
            press(field, letter)
            took.append((stage.paint() - began) * 1000)
            stage.calm()
        field.clear()
        stage.paint()
        stage.calm()
    return took
