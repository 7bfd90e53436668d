"""What a colleague's entries say at a moment: which one holds, when they are back, what comes next.

Of the entries that last at a moment one holds:

1. one that somebody set by hand, before any imported one (reading 60: by hand wins until it ends);
2. then the innermost: the one that started last (requirement 003-46: training all day and lunch from 12.15
   to 13.00: lunch while it lasts, then training again);
3. at equal start the shorter one (reading 59).

The one that holds makes busy, or, with the phone kept open, reachable. The times until which a colleague is
busy follow from this alone, so overlapping entries and entries back to back need no rule of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from typing import NamedTuple

from reception.model.presence import Entry


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
    # `Entry.is_current`, written out: this is asked for everybody at each change
    current = [e for e in entries if e.start <= now and (e.end is None or now < e.end)]
    return max(current, key=_rank) if current else None


def back_at(entries: Sequence[Entry], now: float) -> float | None:
    """Return when the colleague is back, or None: not away now, or away without an end.

    It is the first moment from `now` on at which no entry makes busy: the end of the chain of entries that
    follow each other without a gap (requirement 002-147; reading 46).
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
    entry = innermost(entries, now)
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
    while at is not None and (entry := innermost(entries, at)) is not None and entry.makes_busy:
        at = next_change(entries, at)
    return at


def _next(entries: Iterable[Entry], after: float, before: float) -> Entry | None:
    ahead = [e for e in entries if after < e.start < before and e.is_busy]
    return min(ahead, key=_order) if ahead else None


def _rank(entry: Entry) -> tuple[bool, float, float, str]:
    return entry.is_by_hand, entry.start, -_length(entry), entry.id


def _order(entry: Entry) -> tuple[float, float, str]:
    return entry.start, _length(entry), entry.id


def _length(entry: Entry) -> float:
    return inf if entry.end is None else entry.end - entry.start
