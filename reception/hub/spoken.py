"""Whom callers were put through to the last time, so that a receptionist can tell when they call again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from reception.model.calls import Call, Place, Spoken
from reception.model.changes import CallChanged, Change
from reception.model.people import Person

KEPT: Final = 20_000
"""Callers' numbers that are remembered; those who called longest ago are forgotten."""


class SpokenMemory:
    """The newest colleague by caller's number. A caller who withholds the number is not remembered.

    Args:
        normalise: brings a number into the one form.
        owner_of: who has a number; for transfers to a number that was typed.
        stored: what an earlier hub knew, oldest first.
        kept: how many numbers are remembered.
    """

    def __init__(
        self,
        *,
        normalise: Callable[[str], str],
        owner_of: Callable[[str], Person | None],
        stored: Sequence[tuple[str, Spoken]] = (),
        kept: int = KEPT,
    ) -> None:
        self._normalise = normalise
        self._owner_of = owner_of
        self._kept = kept
        self._spoken = dict(stored)

    def last_of(self, number: str) -> Spoken | None:
        """Return whom this number was put through to the last time."""
        return self._spoken.get(self._normalise(number))

    def observe(self, changes: Iterable[Change]) -> tuple[dict[str, Spoken], list[str]]:
        """Note who was put through just now; returns what is new by number, and the numbers forgotten."""
        latest: dict[str, Spoken] = {}
        for change in changes:
            if isinstance(change, CallChanged) and (found := self._of(change.call)) is not None:
                latest[found[0]] = found[1]
        for number, spoken in latest.items():
            self._spoken.pop(number, None)
            self._spoken[number] = spoken
        surplus = max(0, len(self._spoken) - self._kept)
        forgotten = [number for number, _ in zip(self._spoken, range(surplus), strict=False)]
        for number in forgotten:
            del self._spoken[number]
        return latest, forgotten

    def _of(self, call: Call) -> tuple[str, Spoken] | None:
        """Return a caller's number with the colleague they are talking to now, unless known already."""
        if call.place is not Place.HANDED_ON or call.target is None:
            return None
        if call.party.number is None or call.party.is_withheld:
            return None
        owner = None if call.target.person else self._owner_of(call.target.number)
        person = call.target.person or (owner.id if owner is not None else None)
        if person is None:
            return None
        name = call.target.name or (owner.name if owner is not None else "")
        number = self._normalise(call.party.number)
        spoken = Spoken(person=person, name=name, at=call.since)
        return None if self._spoken.get(number) == spoken else (number, spoken)
