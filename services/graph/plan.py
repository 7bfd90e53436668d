"""Whom to ask for, and when, with the fewest requests. Pure: the time comes as an argument.

Those who are watched or waited for are due every `watched_s`, all others every `rest_s`. A request takes so
many people whether they are due or not, so each one that is sent is filled up with those who were not asked
for the longest: they are not due then for a while. Where the budget does not suffice, everybody's turn comes
later, the rest's before that of those who are watched: then requests are sent in time with those for the
watched alone, all of them full, and as many more with them as the budget has room for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from math import ceil
from typing import Final, NamedTuple

NEVER: Final = float("-inf")
SPARE: Final = 0.8
"""The part of the budget that polling may use; the rest is for presence that we set."""


class Pace(NamedTuple):
    """How often who is asked for (seconds), and what that costs (requests a minute), of how many."""

    watched_s: float
    rest_s: float
    requests: float
    budget: float
    is_slowed: bool


class Plan:
    """The plan. `budget` is requests a minute."""

    def __init__(self, *, watched_s: float, rest_s: float, size: int, budget: float) -> None:
        self._watched_s = watched_s
        self._rest_s = rest_s
        self._size = size
        self._budget = budget
        self._asked: dict[str, float] = {}
        self._watched: frozenset[str] = frozenset()
        self._saved = 0.0
        """Requests that the budget had room for and that were not sent yet, while it does not suffice."""

    @property
    def users(self) -> Set[str]:
        """All who are asked for."""
        return self._asked.keys()

    def follow(self, users: Iterable[str]) -> None:
        """Ask for these from now on; who is new is due at once."""
        self._asked = {user: self._asked.get(user, NEVER) for user in users}

    def watch(self, users: Iterable[str]) -> None:
        """Ask for these more often than for others."""
        self._watched = frozenset(users)

    def pace(self) -> Pace:
        """Return how often everybody's turn comes."""
        everybody, watched = len(self._asked), len(self._watched & self._asked.keys())
        rest, usable = everybody - watched, self._budget * SPARE
        at_once = ceil(watched / self._size)
        watched_s = max(self._watched_s, 60.0 * at_once / usable)
        often = 60.0 / watched_s * at_once
        # Requests for the watched take others along; only those whom they cannot take cost more.
        along = 60.0 / watched_s * (self._size * at_once - watched)
        places = rest if watched else ceil(rest / self._size) * self._size  # the last request is not full
        more = max(60.0 / self._rest_s * places - along, 0.0) / self._size
        room = self._room(often)
        is_slowed = watched_s > self._watched_s or more > room
        rest_s = self._rest_s
        if is_slowed and watched:
            # Each time so many of the rest go along; one whole request may be saved up, but not sent yet.
            each_time = (along + room * self._size) * watched_s / 60.0
            rest_s = max(rest_s, watched_s * ceil((rest + self._size) / each_time))
        elif is_slowed:
            rest_s = 60.0 * places / (room * self._size)
        return Pace(watched_s, rest_s, often + min(more, room), self._budget, is_slowed)

    def due(self, now: float) -> list[Sequence[str]]:
        """Return whom to ask for now, by request; nobody when nobody is due."""
        pace = self.pace()
        line = sorted(self._asked, key=self._asked.__getitem__)
        due = [user for user in line if self._due_at(user, pace) <= now]
        if not due:
            return []
        if self._keeps_time(pace):
            due = self._in_time(due, [user for user in line if self._asked[user] <= now], pace)
        taken = set(due)
        room = -len(due) % self._size
        due += [user for user in line if user not in taken and self._asked[user] <= now][:room]
        return [due[n : n + self._size] for n in range(0, len(due), self._size)]

    def asked(self, users: Iterable[str], now: float) -> None:
        """Take in that these were asked for; those who left meanwhile stay away.

        With a time to come they are left alone until then.
        """
        for user in users:
            if user in self._asked:
                self._asked[user] = now

    def forget(self, user: str) -> None:
        """Somebody is due at once."""
        if user in self._asked:
            self._asked[user] = NEVER

    def next_at(self) -> float | None:
        """Return when somebody is due, None when there is nobody."""
        pace = self.pace()
        keeping = self._watched & self._asked.keys() if self._keeps_time(pace) else self._asked.keys()
        new = (user for user, asked in self._asked.items() if asked == NEVER)
        return min((self._due_at(user, pace) for user in (*keeping, *new)), default=None)

    def _keeps_time(self, pace: Pace) -> bool:
        """Return whether requests are sent in time with those for the watched alone."""
        return pace.is_slowed and not self._watched.isdisjoint(self._asked)

    def _in_time(self, due: Sequence[str], line: Sequence[str], pace: Pace) -> list[str]:
        """Return whom to ask for: all the watched, who is new, and as many others as there is room for."""
        new = [user for user in due if self._asked[user] == NEVER]
        if self._watched.isdisjoint(due):
            return new
        watched = [user for user in line if user in self._watched and self._asked[user] != NEVER]
        rest = [user for user in line if user not in self._watched and self._asked[user] != NEVER]
        often = 60.0 / pace.watched_s * ceil(len(watched) / self._size)
        self._saved += self._room(often) * pace.watched_s / 60.0
        free = -len(watched) % self._size
        more = min(int(self._saved), ceil(max(len(rest) - free, 0) / self._size))
        self._saved = min(self._saved - more, 1.0)
        return [*watched, *new, *rest[: free + more * self._size]]

    def _room(self, often: float) -> float:
        """Return the requests a minute that are left beside so many for the watched."""
        usable = self._budget * SPARE
        return max(usable - often, usable * (1 - SPARE))

    def _due_at(self, user: str, pace: Pace) -> float:
        return self._asked[user] + (pace.watched_s if user in self._watched else pace.rest_s)
