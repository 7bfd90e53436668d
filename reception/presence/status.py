"""The unified status of a person, from what is known of their lines.

The rule, first match wins (a part of the precedence in which later sources take their places):

1. talking or holding on any line: busy;
2. ringing on any line: ringing;
3. any line idle: free;
4. every known line unreachable: off;
5. nothing known: unknown, which never looks like free.

A source that has gone silent leaves the last kind standing, marked stale.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reception.model.lines import Line, LineState, PersonStatus, StatusKind
from reception.model.people import NumberKind, Person

_PRECEDENCE: Final = (
    (LineState.TALKING, StatusKind.BUSY),
    (LineState.HELD, StatusKind.BUSY),
    (LineState.RINGING, StatusKind.RINGING),
    (LineState.IDLE, StatusKind.FREE),
    (LineState.UNREACHABLE, StatusKind.OFF),
)


def kind_of(states: frozenset[LineState]) -> StatusKind:
    """Return the one word for what a person's lines do."""
    return next((kind for state, kind in _PRECEDENCE if state in states), StatusKind.UNKNOWN)


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
    is_stale: bool = False,
) -> PersonStatus:
    """Return what everyone sees of a person; `previous` itself when nothing is different.

    `since` is when the kind last changed (UTC seconds). With `is_stale` the source of the lines is
    silent: the last kind is kept, and only a status that says something can be stale.
    """
    if is_stale:
        known = previous or _unknown(person.id, now)
        return _same_or(known, is_stale=known.kind is not StatusKind.UNKNOWN)
    mine = lines_of(person, lines)
    kind = kind_of(frozenset(line.state for line in mine))
    since = previous.since if previous is not None and previous.kind is kind else now
    status = PersonStatus(person=person.id, kind=kind, since=since, lines=mine)
    return previous if previous == status else status


def _unknown(person: str, now: float) -> PersonStatus:
    return PersonStatus(person=person, kind=StatusKind.UNKNOWN, since=now)


def _same_or(status: PersonStatus, *, is_stale: bool) -> PersonStatus:
    if status.is_stale == is_stale:
        return status
    return PersonStatus(
        person=status.person, kind=status.kind, since=status.since, lines=status.lines, is_stale=is_stale
    )
