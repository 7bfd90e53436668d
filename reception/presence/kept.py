"""What the calendar says and what somebody made of it here, put together.

One way only: nothing here changes a calendar. An imported entry that was edited here stays as it was edited,
one that was deleted stays away, whatever later imports bring; other occurrences of a series keep following
the calendar, since each has an id of its own (requirements 001-46, 001-47; reading 12). When the calendar has
moved such an entry since, or has it no more, that is told and not applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from msgspec.structs import replace

from reception.model.presence import Entry
from reception.model.stored import KeptEntry

FORGET_AFTER_S: Final = 90 * 86_400.0
"""How long what was made of an imported entry outlives its end: no calendar brings it back after that."""
FORGET_OWN_AFTER_S: Final = 86_400.0
"""The same for what was set here: it is shown to the end of its day."""


def merged(
    imported: Iterable[Entry], kept: Mapping[str, KeptEntry], *, since: float, is_heard: bool
) -> list[Entry]:
    """Return what stands on a timeline.

    `since` is the beginning of what calendars tell of (UTC seconds): what ended before has gone from them
    by itself. `is_heard`: the calendar has said what it has; before, nothing can be said to be gone.
    """
    entries = []
    left = dict(kept)
    for entry in imported:
        ours = left.pop(entry.id, None)
        if ours is None:
            entries.append(entry)
        elif not ours.is_deleted:
            entries.append(_marked(ours, is_outdated=_has_moved(ours, entry)))
    for ours in left.values():
        if not ours.is_deleted:
            entries.append(_without_calendar(ours, since, is_heard))
    return entries


def outlived(kept: KeptEntry, now: float) -> bool:
    """Return whether this need not be kept any longer; `now` in UTC seconds."""
    imported = kept.imported
    if imported is None:
        return kept.entry.end is not None and kept.entry.end + FORGET_OWN_AFTER_S <= now
    ends = (imported.end, imported.end if kept.is_deleted else kept.entry.end)
    return all(end is not None and end + FORGET_AFTER_S <= now for end in ends)


def _has_moved(ours: KeptEntry, entry: Entry) -> bool:
    was = ours.imported
    return was is not None and (was.start, was.end) != (entry.start, entry.end)


def _without_calendar(ours: KeptEntry, since: float, is_heard: bool) -> Entry:
    """Return an entry that no calendar has: our own, or one that the calendar has no more."""
    was = ours.imported
    is_gone = was is not None and is_heard and (was.end is None or was.end > since)
    return _marked(ours, is_outdated=is_gone)


def _marked(ours: KeptEntry, *, is_outdated: bool) -> Entry:
    """Return our entry; only one that belongs to an appointment can be told that it has moved."""
    entry = ours.entry
    return replace(entry, is_outdated=is_outdated) if entry.is_linked else entry
