"""How often somebody may fail to sign in: by account, so that nobody guesses one colleague's password, and by
address, so that nobody tries one password on all of them."""

from __future__ import annotations

from collections import deque
from typing import Final

_MOST_KEYS: Final = 10_000
"""Names and addresses remembered; beyond that those that failed longest ago are forgotten."""


class Limit:
    """So many failures within a time; more have to wait until the oldest of them is as long ago.

    Times are UTC seconds; `window_s` is in seconds.
    """

    def __init__(self, *, failures: int, window_s: float) -> None:
        self._failures = failures
        self._window_s = window_s
        self._failed: dict[str, deque[float]] = {}

    def wait_s(self, key: str, now: float) -> float:
        """Return how many seconds this one has to wait before the next try; 0 for none."""
        failed = self._failed.get(key)
        if failed is None or len(failed) < self._failures:
            return 0.0
        return max(0.0, failed[0] + self._window_s - now)

    def note_failure(self, key: str, now: float) -> None:
        """Count a failure."""
        failed = self._failed.pop(key, None) or deque(maxlen=self._failures)
        failed.append(now)
        self._failed[key] = failed  # at the end: the order is that of the last failure
        if len(self._failed) > _MOST_KEYS:
            del self._failed[next(iter(self._failed))]

    def take_back(self, key: str) -> None:
        """Count the latest failure as none after all."""
        failed = self._failed.get(key)
        if failed:
            failed.pop()

    def forget(self, key: str) -> None:
        """Begin anew for somebody who has signed in."""
        self._failed.pop(key, None)
