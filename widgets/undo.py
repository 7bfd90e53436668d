"""What can still be taken back: the last request about an entry, for as long as the hub takes it back."""

from __future__ import annotations

from typing import Final

UNDO_S: Final = 60.0
"""Seconds for which the hub takes back what was done to an entry."""


class Undoable:
    """The last request about an entry, and when it was carried out (UTC seconds)."""

    def __init__(self) -> None:
        self._request = ""
        self._at = float("-inf")

    def note(self, request: str, at: float) -> None:
        """Remember a request that was carried out; an empty one when it was taken back."""
        self._request, self._at = request, at

    def at(self, now: float) -> str:
        """Return the request that can be taken back now, empty for none."""
        return self._request if now - self._at < UNDO_S else ""
