"""What a colleague's entries say at a moment: which one holds, when they are back, what comes next.

Of the entries that last at a moment one holds:

1. one that somebody set by hand, before any imported one (reading 60: by hand wins until it ends), but for
   one that only says where calls go: a later absence has its own diversion, then that one's comes back
   (requirements 003-27, 003-28; reading 67). "Present" without an end overrules what has begun before it,
   and gives way to the meetings that begin after it: else one touch would hide the calendar for good;
2. then the innermost: the one that started last (requirement 003-46: training all day and lunch from 12.15
   to 13.00: lunch while it lasts, then training again);
3. at equal start the shorter one (reading 59).

The one that holds makes busy, or, with the phone kept open, reachable. The times until which a colleague is
busy follow from this alone, so overlapping entries and entries back to back need no rule of their own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from math import inf
from typing import Final, NamedTuple, TypeAlias

from reception.model.presence import Entry

_Rank: TypeAlias = tuple[bool, float, float, str]

_GAP_S: Final = 60.0
"""What is shorter is no gap between two absences."""


class Day(NamedTuple):
    """A day of the organisation, from midnight to midnight; UTC seconds, `end` is exclusive."""

    start: float
    end: float


class Outlook(NamedTuple):
    """What entries say: the one that holds now, the end of the busy chain, and what comes next today."""

    entry: Entry | None = None
    back_at: float | None = None
    next: Entry | None = None

    @property
    def is_busy(self) -> bool:
        """True when an entry makes busy now."""
        return self.entry is not None and self.entry.makes_busy


def innermost(entries: Iterable[Entry], now: float) -> Entry | None:
    """Return the entry that holds at a moment (UTC seconds), or None."""
    return innermost_of(current(entries, now))


def current(entries: Iterable[Entry], now: float) -> list[Entry]:
    """Return the entries that last at a moment (UTC seconds)."""
    # `Entry.is_current`, written out: this is asked for everybody at each change
    return [e for e in entries if e.start <= now and (e.end is None or now < e.end)]


def innermost_of(lasting: Sequence[Entry]) -> Entry | None:
    """Return which of these, which all last now, holds."""
    if not lasting:
        return None
    return lasting[0] if len(lasting) == 1 else max(lasting, key=_ranking(lasting))


def ranked(entries: Iterable[Entry], now: float) -> list[Entry]:
    """Return the entries that last at a moment (UTC seconds), the one that holds first."""
    lasting = current(entries, now)
    return sorted(lasting, key=_ranking(lasting), reverse=True)


def back_at(entries: Sequence[Entry], now: float) -> float | None:
    """Return when the colleague is back, or None: not away now, or away without an end.

    It is the first moment from `now` on at which no entry makes busy, for a minute at least: the end of the
    chain of entries that follow each other without a gap (requirement 002-147; reading 46).
    """
    entry = innermost(entries, now)
    return _end_of_chain(entries, now) if entry is not None and entry.makes_busy else None


def next_change(entries: Iterable[Entry], now: float) -> float | None:
    """Return the first moment after `now` at which an entry begins or ends, or None."""
    first = inf
    for entry in entries:
        if now < entry.start < first:
            first = entry.start
        elif entry.end is not None and now < entry.end < first:
            first = entry.end
    return None if first == inf else first


def outlook(entries: Sequence[Entry], now: float, *, day_end: float) -> Outlook:
    """Return what the entries say at a moment; `day_end` is the end of today (UTC seconds).

    What comes next is the first appointment or absence that begins after the colleague is back.
    """
    return outlook_of(entries, current(entries, now), now, day_end=day_end)


def outlook_of(entries: Sequence[Entry], lasting: Sequence[Entry], now: float, *, day_end: float) -> Outlook:
    """Return the same when it is known already which of them last now."""
    entry = innermost_of(lasting)
    if entry is None or not entry.makes_busy:
        return Outlook(entry=entry, next=_next(entries, now, day_end))
    back = _end_of_chain(entries, now)
    return Outlook(entry=entry, back_at=back, next=None if back is None else _next(entries, back, day_end))


def since(entries: Iterable[Entry], start: float) -> tuple[Entry, ...]:
    """Return the entries that have not ended by `start`, ordered by their start, each id once."""
    kept = {e.id: e for e in entries if e.end is None or e.end > start}
    return tuple(sorted(kept.values(), key=_order))


def _end_of_chain(entries: Sequence[Entry], now: float) -> float | None:
    """Return when the busy chain ends that goes on now, or None when it has no end."""
    at = next_change(entries, now)
    while at is not None:
        entry = innermost(entries, at)
        if entry is None or not entry.makes_busy:
            again = _busy_again(entries, entry, at)
            if again is None:
                return at
            at = again
        at = next_change(entries, at)
    return None


def _busy_again(entries: Sequence[Entry], entry: Entry | None, at: float) -> float | None:
    """Return when they are busy again within a minute of `at`, or None; `entry` holds meanwhile.

    What is set at one touch ends at an odd second: nobody is back for the rest of that minute (reading 46).
    """
    if entry is not None and not entry.is_mere_diversion:
        return None
    begins = next_change(entries, at)
    if begins is None or begins - at >= _GAP_S:
        return None
    follower = innermost(entries, begins)
    return begins if follower is not None and follower.makes_busy else None


def _next(entries: Iterable[Entry], after: float, before: float) -> Entry | None:
    ahead = [e for e in entries if after < e.start < before and e.is_busy]
    if len(ahead) < 2:
        return ahead[0] if ahead else None
    return min(ahead, key=_order)


def _ranking(lasting: Sequence[Entry]) -> Callable[[Entry], _Rank]:
    """Return how these are ranked that last together."""
    here = max((e.start for e in lasting if e.is_here_until_changed), default=-inf)
    if here == -inf or not any(e.start > here and e.is_busy and not e.is_by_hand for e in lasting):
        return _rank
    return lambda entry: (entry.start > here and _wins(entry), *_rank(entry)[1:])


def _rank(entry: Entry) -> _Rank:
    return _wins(entry), entry.start, -_length(entry), entry.id


def _wins(entry: Entry) -> bool:
    return entry.is_by_hand and not entry.is_mere_diversion


def _order(entry: Entry) -> tuple[float, float, str]:
    return entry.start, _length(entry), entry.id


def _length(entry: Entry) -> float:
    return inf if entry.end is None else entry.end - entry.start
