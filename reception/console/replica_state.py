"""What a replica holds in memory, and what of it a frame has touched."""

from __future__ import annotations

from reception.console.api import Delta
from reception.model.attendants import Attendant
from reception.model.calls import Call, EndReason
from reception.model.changes import DayCounts, Notice, Source
from reception.model.groups import AttendantGroup
from reception.model.office import Office
from reception.wire import Slice


class State:
    """What is in memory, by id. One for what is shown, another while a snapshot comes in."""

    def __init__(self) -> None:
        self.calls: dict[str, Call] = {}
        self.attendants: dict[str, Attendant] = {}
        self.groups: dict[str, AttendantGroup] = {}
        self.day = DayCounts()
        self.office = Office()
        self.sources: dict[str, Source] = {}
        self.mails = False

    def add(self, part: Slice) -> None:
        """Take in one slice of a snapshot."""
        self.calls.update((c.id, c) for c in part.calls)
        self.attendants.update((a.id, a) for a in part.attendants)
        self.groups.update((g.id, g) for g in part.groups)
        self.day = part.day or self.day
        self.office = part.office or self.office
        self.mails = self.mails if part.mails is None else part.mails
        self.sources.update((s.id, s) for s in part.sources)


class Touched:
    """The ids that one frame of changes touched, on their way to a `Delta`."""

    def __init__(self) -> None:
        self.calls: set[str] = set()
        self.ended: dict[str, EndReason] = {}
        self.attendants: set[str] = set()
        self.groups: set[str] = set()
        self.people: set[str] = set()
        self.statuses: set[str] = set()
        self.timelines: set[str] = set()
        self.day = False
        self.office = False
        self.sources: set[str] = set()
        self.notices: list[Notice] = []

    def delta(self) -> Delta:
        """Return what was touched. A call is either in `calls` or in `ended`."""
        return Delta(
            calls=frozenset(self.calls),
            ended=self.ended,
            attendants=frozenset(self.attendants),
            groups=frozenset(self.groups),
            people=frozenset(self.people),
            statuses=frozenset(self.statuses),
            timelines=frozenset(self.timelines),
            day=self.day,
            office=self.office,
            sources=frozenset(self.sources),
            notices=tuple(self.notices),
        )
