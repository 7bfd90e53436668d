"""Which way a colleague's direct calls go, by the diversion in force (`reception.presence.diversion`).

A diversion that would lead nowhere is none:

- to a mailbox, without having one: the telephone rings;
- to an own telephone that is diverted itself: it rings;
- to a colleague whose own diversion leads, at last, back here, or over more than `MOST_STEPS` colleagues: the
  mailbox takes the call.

Only telephones of the house are diverted. A mobile phone is not: calls go on to it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from reception.model.direct import MOST_STEPS, Way
from reception.model.lines import PersonStatus, StatusKind
from reception.model.people import NumberKind, Person
from reception.presence.diversion import Diversion, DiversionKind

_OF_THE_HOUSE = (NumberKind.DESK, NumberKind.SOFTPHONE)


class Course(NamedTuple):
    """Where calls go, until when (UTC seconds; None without an end), and by whom it depends on others."""

    way: Way = Way.USUAL
    to: str = ""
    until: float | None = None
    via: frozenset[str] = frozenset()


def diverted_numbers(person: Person) -> tuple[str, ...]:
    """Return the numbers of a person that diversions are about."""
    return tuple(dict.fromkeys(n.number for n in person.numbers if n.kind in _OF_THE_HOUSE))


def course_of(
    person: Person,
    diversion_of: Callable[[str], Diversion],
    owner_of: Callable[[str], Person | None],
) -> Course:
    """Return where a person's direct calls go.

    `diversion_of` tells what is in force for a person by id, `owner_of` who has a number.
    """
    diversion = diversion_of(person.id)
    match diversion.kind:
        case DiversionKind.NONE:
            return Course(until=diversion.until)
        case DiversionKind.OPEN:
            return Course(Way.RING, until=diversion.until)
        case DiversionKind.VOICEMAIL:
            return _to_mailbox(person, diversion, frozenset())
    if diversion.number in diverted_numbers(person):
        return Course(Way.RING, until=diversion.until)
    via, is_lost = _followed(person, diversion.number, diversion_of, owner_of)
    if is_lost:
        return _to_mailbox(person, diversion, via)
    return Course(Way.NUMBER, diversion.number, diversion.until, via)


def stand_in_of(person: Person, people: Mapping[str, Person], statuses: Mapping[str, PersonStatus]) -> str:
    """Return the number of the first who stands in and is free for certain, empty for nobody (000-17)."""
    for one in person.alternates:
        status = statuses.get(one)
        if one in people and status is not None and status.kind is StatusKind.FREE and not status.is_stale:
            number = next(iter(diverted_numbers(people[one])), "")
            if number and number not in diverted_numbers(person):
                return number
    return ""


def past_voicemail(
    person: Person,
    match: Diversion,
    diversion_of: Callable[[str], Diversion],
    owner_of: Callable[[str], Person | None],
) -> Course:
    """Return where a call goes past a person's voicemail, by the next match there (requirement 002-152).

    Where that leads nowhere the telephone rings: to the mailbox the caller has just said no.
    """
    course = course_of(person, lambda one: match if one == person.id else diversion_of(one), owner_of)
    return course if course.way is Way.NUMBER else Course(Way.RING, until=course.until, via=course.via)


def _to_mailbox(person: Person, diversion: Diversion, via: frozenset[str]) -> Course:
    way = Way.VOICEMAIL if person.mailbox else Way.RING
    return Course(way, until=diversion.until, via=via)


def _followed(
    person: Person,
    number: str,
    diversion_of: Callable[[str], Diversion],
    owner_of: Callable[[str], Person | None],
) -> tuple[frozenset[str], bool]:
    """Return whose diversions a call would follow, and whether it would never arrive."""
    via: list[str] = []
    for _ in range(MOST_STEPS):
        owner = owner_of(number)
        if owner is None or number not in diverted_numbers(owner):
            return frozenset(via), False
        if owner.id == person.id or owner.id in via:
            return frozenset(via), True
        via.append(owner.id)
        following = diversion_of(owner.id)
        if following.kind is not DiversionKind.NUMBER:
            return frozenset(via), False
        number = following.number
    return frozenset(via), True
