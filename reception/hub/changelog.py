"""The numbered changes of one life of the hub, the latest of them kept for consoles that come back."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from reception.model.changes import Change, Notice

DEFAULT_CAPACITY: Final = 5_000
"""Changes kept: a console that missed more gets a snapshot, which is then the smaller answer."""

Numbered: TypeAlias = tuple[int, Change]


def concerns(change: Change, attendant: str) -> bool:
    """Return whether a receptionist is to hear of this: notices go only to whom they are addressed."""
    return not isinstance(change, Notice) or not change.to or attendant in change.to


class ChangeLog:
    """A ring of changes with rising numbers, beginning at 1 with each life (epoch) of the hub."""

    def __init__(self, *, capacity: int = DEFAULT_CAPACITY) -> None:
        self._ring: deque[Numbered] = deque(maxlen=capacity)
        self._upto = 0

    @property
    def upto(self) -> int:
        """The number of the latest change."""
        return self._upto

    def append(self, changes: Iterable[Change]) -> Sequence[Numbered]:
        """Number these changes and keep them."""
        numbered = []
        for change in changes:
            self._upto += 1
            numbered.append((self._upto, change))
        self._ring.extend(numbered)
        return numbered

    def forget(self) -> None:
        """Forget all changes: whoever comes back must be told everything."""
        self._upto += 1
        self._ring.clear()

    def since(self, have: int) -> Sequence[Numbered] | None:
        """Return all changes after number `have`, or None when they are not all here any more."""
        if not 0 <= have <= self._upto:
            return None
        missing = self._upto - have
        if missing > len(self._ring):
            return None
        return tuple(self._ring)[len(self._ring) - missing :] if missing else ()
