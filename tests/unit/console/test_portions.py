"""Portions of few sizes hold each value, in order, and nothing but these."""

from __future__ import annotations

import pytest

from reception.console.portions import in_portions


@pytest.mark.parametrize("count", [0, 1, 2, 4, 5, 15, 16, 17, 33])
def test_portions_hold_everything(count: int) -> None:
    values = [f"v{n}" for n in range(count)]
    portions = list(in_portions(values))
    assert list(dict.fromkeys(value for few, _ in portions for value in few)) == values
    assert {len(few) for few, _ in portions} <= {1, 4, 16}
    assert all(places.count("?") == len(few) for few, places in portions)
