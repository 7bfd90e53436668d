"""What a receptionist can do for a caller whose colleague is busy or absent: the ways on, the best first.

Nobody is to be transferred in vain (requirement 001-06, reading 73): before that these are offered.

1. *Camp-on*, at somebody who talks: they will be free by themselves. Not at somebody absent (reading 39).
2. *Voicemail*, for who has a mailbox.
3. *Mobile*, for who has one that is not in a call.
4. *The stand-in* who is free now: the first of the colleague's that is surely free.
5. *A message*, for who has an e-mail address.

To transfer all the same is never forbidden; it is the last of them and needs no rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

import msgspec

from reception.model.lines import LineState, PersonStatus, StatusKind
from reception.model.people import NumberKind, Person


class WayOn(StrEnum):
    """One way on."""

    CAMP_ON = "camp_on"
    VOICEMAIL = "voicemail"
    MOBILE = "mobile"
    STAND_IN = "stand_in"
    MESSAGE = "message"


class Offer(msgspec.Struct, frozen=True):
    """A way on; for a stand-in which of them, counted from 1."""

    way: WayOn
    number: int = 0


def ways_on(
    person: Person, status: PersonStatus | None, stand_ins: Sequence[PersonStatus | None]
) -> tuple[Offer, ...]:
    """Return what to offer, the best first. `stand_ins` are the statuses of the person's, in their order."""
    offers = []
    if status is not None and _is_talking(status) and not status.is_entered:
        offers.append(Offer(WayOn.CAMP_ON))
    if person.mailbox:
        offers.append(Offer(WayOn.VOICEMAIL))
    mobile = person.number_of(NumberKind.MOBILE)
    if mobile is not None and not _is_occupied(status, mobile):
        offers.append(Offer(WayOn.MOBILE))
    free = (n for n, one in enumerate(stand_ins, 1) if one is not None and _is_surely_free(one))
    if (number := next(free, 0)) > 0:
        offers.append(Offer(WayOn.STAND_IN, number))
    if person.email:
        offers.append(Offer(WayOn.MESSAGE))
    return tuple(offers)


def _is_talking(status: PersonStatus) -> bool:
    in_a_call = status.kind in (StatusKind.BUSY, StatusKind.RINGING)
    return in_a_call and any(line.state.is_occupied for line in status.lines)


def _is_occupied(status: PersonStatus | None, number: str) -> bool:
    lines = status.lines if status is not None else ()
    states = {line.state for line in lines if line.number == number}
    return LineState.UNREACHABLE in states or any(state.is_occupied for state in states)


def _is_surely_free(status: PersonStatus) -> bool:
    return status.kind is StatusKind.FREE and not status.is_stale
