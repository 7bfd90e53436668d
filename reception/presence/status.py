"""The unified status of a person, from their lines, their entries and Teams' word.

The rule, first match wins (requirement 001-01; other sources take their places in the same order):

1. talking or holding on any line: busy;
2. ringing on any line: ringing;
3. an entry of the timeline that makes busy: away (absent, as against busy on the telephone: 001-04);
4. any line idle: free;
5. every known line unreachable: off;
6. nothing known: unknown, which never looks like free.

What an entry says (reason, origin, until, back, next) is told beside the kind, whatever the kind is, and so
is Teams' own word.

A source that has gone silent leaves what it said last standing, and marks stale what rests on it: what lines
say on telephony, an imported entry on the calendar; free rests on all that could say otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from math import inf
from typing import Final

from reception.model.lines import Line, LineState, PersonStatus, StatusKind
from reception.model.people import NumberKind, Person
from reception.model.presence import CALENDAR, Entry
from reception.presence.outlook import Outlook, outlook
from reception.presence.port import EXCHANGE, TELEPHONY

_IN_A_CALL: Final = (
    (LineState.TALKING, StatusKind.BUSY),
    (LineState.HELD, StatusKind.BUSY),
    (LineState.RINGING, StatusKind.RINGING),
)
_IN_NO_CALL: Final = (
    (LineState.IDLE, StatusKind.FREE),
    (LineState.UNREACHABLE, StatusKind.OFF),
)
_NOTHING: Final = Outlook()
_NO_SILENCE: Final[frozenset[str]] = frozenset()


def kind_of(states: Set[LineState], *, is_entered: bool = False) -> StatusKind:
    """Return the one word for what a person's lines do and whether an entry makes busy."""
    for state, kind in _IN_A_CALL:
        if state in states:
            return kind
    if is_entered:
        return StatusKind.AWAY
    return next((kind for state, kind in _IN_NO_CALL if state in states), StatusKind.UNKNOWN)


def lines_of(person: Person, lines: Mapping[str, Line]) -> tuple[Line, ...]:
    """Return the known lines of a person, in the order of their numbers.

    Numbers of kind OTHER are left out: they may be shared, and a switchboard that is busy makes nobody so.
    """
    own = (n.number for n in person.numbers if n.kind is not NumberKind.OTHER)
    return tuple(line for number in own if (line := lines.get(number)) is not None)


def status_of(
    person: Person,
    lines: Mapping[str, Line],
    previous: PersonStatus | None,
    *,
    now: float,
    entries: Sequence[Entry] = (),
    teams: str = "",
    day_end: float = inf,
    silent: Set[str] = _NO_SILENCE,
) -> PersonStatus:
    """Return what everyone sees of a person; `previous` itself when nothing is different.

    `since` is when the kind last changed, `day_end` when today ends (UTC seconds). `silent` are the sources
    that speak of this person and are not heard now; `lines`, `entries` and `teams` are the last known.
    """
    mine = lines_of(person, lines)
    view = outlook(entries, now, day_end=day_end) if entries else _NOTHING
    kind = kind_of({line.state for line in mine}, is_entered=view.is_busy)
    entry, following = view.entry, view.next
    status = PersonStatus(
        person=person.id,
        kind=kind,
        since=previous.since if previous is not None and previous.kind is kind else now,
        lines=mine,
        is_stale=bool(silent) and _is_stale(kind, entry, silent),
        is_entered=view.is_busy,
        reason=entry.reason if entry is not None else "",
        origin=entry.origin if entry is not None else "",
        until=entry.end if entry is not None else None,
        back_at=view.back_at,
        next_at=following.start if following is not None else None,
        next_reason=following.reason if following is not None else "",
        teams=teams,
    )
    return previous if previous == status else status


def _is_stale(kind: StatusKind, entry: Entry | None, silent: Set[str]) -> bool:
    """Return whether a kind rests on a source that is silent. What is unknown rests on nothing."""
    match kind:
        case StatusKind.UNKNOWN:
            return False
        case StatusKind.FREE:
            return True
        case StatusKind.AWAY:
            return EXCHANGE in silent and entry is not None and entry.origin == CALENDAR
        case _:
            return TELEPHONY in silent
