"""What consoles have been told of groups, receptionists and calls: a new console is told the same.

The engine may be ahead of it by what is still being stored.
"""

from __future__ import annotations

from collections.abc import Iterable

from reception.calls.engine import CallEngine
from reception.model.changes import (
    AttendantChanged,
    CallChanged,
    CallEnded,
    Change,
    DayCounts,
    GroupChanged,
    GroupRemoved,
    Source,
)
from reception.model.office import Office
from reception.wire import Slice


class Shown:
    """The published state, at first that of the engine."""

    def __init__(self, engine: CallEngine, day: DayCounts) -> None:
        self.groups = dict(engine.groups)
        self.attendants = dict(engine.attendants)
        self.calls = dict(engine.calls)
        self.day = day

    def apply(self, changes: Iterable[Change]) -> None:
        """Take in what is being published."""
        for change in changes:
            match change:
                case CallChanged(call=call):
                    self.calls[call.id] = call
                case CallEnded(call=call_id):
                    self.calls.pop(call_id, None)
                case AttendantChanged(attendant=attendant):
                    self.attendants[attendant.id] = attendant
                case GroupChanged(group=group):
                    self.groups[group.id] = group
                case GroupRemoved(group=group_id):
                    self.groups.pop(group_id, None)

    def head(self, upto: int, *, sources: Iterable[Source], office: Office) -> Slice:
        """Return the first slice of a snapshot, up to a change."""
        return Slice(
            upto=upto,
            is_first=True,
            is_last=False,
            groups=tuple(self.groups.values()),
            attendants=tuple(self.attendants.values()),
            calls=tuple(self.calls.values()),
            sources=tuple(sources),
            day=self.day,
            office=office,
        )
