"""The list of calls at the left, as rows of data: who waits, who is on hold, who waits elsewhere. No Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from reception.console.api import LinkState, ReplicaView
from reception.model.calls import Call
from reception.model.groups import AttendantGroup
from reception.model.intents import Intent
from reception.model.lines import LineState
from widgets import standing


class Section(StrEnum):
    """The parts of the list, in their order."""

    QUEUE = "queue"
    HELD = "held"
    AWAY = "away"


class HeadRow(msgspec.Struct, frozen=True, kw_only=True):
    """The heading of a section with the number of its calls."""

    section: Section
    count: int
    is_stale: bool = False

    @property
    def key(self) -> str:
        """Stable over updates."""
        return f"head:{self.section}"

    @property
    def count_words(self) -> str:
        """The number; with a question mark when it is only the last known."""
        return f"{self.count}?" if self.is_stale else str(self.count)


class CallRow(msgspec.Struct, frozen=True, kw_only=True):
    """One call. `number` is its key (Ctrl+number, 0 for none), `position` its place in its group's queue.

    `asked` names the intent that is on its way; `is_over` says it has waited beyond the group's target;
    `is_target_talking` that the colleague it waits at is on the phone.
    """

    section: Section
    call: Call
    number: int = 0
    position: int = 0
    group: str = ""
    owner: str = ""
    asked: str = ""
    is_marked: bool = False
    is_stale: bool = False
    is_over: bool = False
    is_target_talking: bool = False

    @property
    def key(self) -> str:
        """Stable over updates."""
        return self.call.id


BoardRow = HeadRow | CallRow


class GroupSummary(msgspec.Struct, frozen=True, kw_only=True):
    """One queue in a glance. `oldest` is when the first of them came (UTC seconds); callbacks count apart."""

    group: AttendantGroup
    count: int
    callbacks: int
    oldest: float | None
    is_mine: bool


def asked_of(call: str, pending: Iterable[Intent]) -> str:
    """Return the name of the intent that is under way for a call, or an empty text."""
    return next((type(i).__name__ for i in pending if getattr(i, "call", None) == call), "")


def rows(replica: ReplicaView, *, marked: str | None, now: float) -> list[BoardRow]:
    """Return the whole list; `now` is UTC seconds and only decides who waits beyond the target."""
    parts = (
        (Section.QUEUE, standing.waiting(replica)),
        (Section.HELD, standing.held(replica)),
        (Section.AWAY, standing.away(replica)),
    )
    found: list[BoardRow] = []
    places: Counter[str | None] = Counter()
    number = 0
    for section, calls in parts:
        if calls or section is Section.QUEUE:
            is_stale = replica.link is not LinkState.UP
            found.append(HeadRow(section=section, count=len(calls), is_stale=is_stale))
        for call in calls:
            number += 1
            places[call.group] += 1
            found.append(
                _row(
                    replica,
                    call,
                    section=section,
                    number=number if number <= 9 else 0,
                    position=places[call.group] if section is Section.QUEUE else 0,
                    is_marked=call.id == marked,
                    now=now,
                )
            )
    return found


def _row(
    replica: ReplicaView,
    call: Call,
    *,
    section: Section,
    number: int,
    position: int,
    is_marked: bool,
    now: float,
) -> CallRow:
    group = replica.groups.get(call.group or "")
    owner = "" if call.owner in (None, replica.me) else str(call.owner)
    return CallRow(
        section=section,
        call=call,
        number=number,
        position=position,
        group=group.name if group else "",
        owner=owner,
        asked=asked_of(call.id, replica.pending.values()),
        is_marked=is_marked,
        is_stale=replica.link is not LinkState.UP,
        is_over=section is Section.QUEUE and is_over(call, group, now),
        is_target_talking=section is Section.AWAY and _is_target_talking(replica, call),
    )


def _is_target_talking(replica: ReplicaView, call: Call) -> bool:
    target = call.target
    status = replica.statuses.get(target.person or "") if target is not None else None
    if status is None or status.is_stale or replica.link is not LinkState.UP:
        return False
    return any(line.state is LineState.TALKING for line in status.lines)


def is_over(call: Call, group: AttendantGroup | None, now: float) -> bool:
    """True when a call waits longer than its group wants anybody to. A callback has nobody on the line."""
    return group is not None and not call.is_callback_entry and now - call.arrived_at > group.target_wait_s


def summaries(replica: ReplicaView) -> list[GroupSummary]:
    """Return one summary for each group, by name."""
    mine = frozenset(standing.my_attendant(replica).groups)
    lines: dict[str, list[Call]] = {g: [] for g in replica.groups}
    for call in replica.calls.values():
        if standing.is_waiting(call) and call.group in lines:
            lines[call.group].append(call)
    return [
        GroupSummary(
            group=group,
            count=sum(not c.is_callback_entry for c in lines[group.id]),
            callbacks=sum(c.is_callback_entry for c in lines[group.id]),
            oldest=min((c.arrived_at for c in lines[group.id] if not c.is_callback_entry), default=None),
            is_mine=group.id in mine,
        )
        for group in sorted(replica.groups.values(), key=lambda g: (g.number, g.name))
    ]
