"""Where the receptionist stands: read from the replica, needed by every key. No Qt.

`Situation` gathers the few facts that decide what a key means; `read` makes it. A call is *in hand* when the
receptionist's own phone talks with it or is on its way to it (`Attendant.active`).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

import msgspec

from reception.console.api import ReplicaView
from reception.model.attendants import Attendant, Readiness
from reception.model.calls import Call, LegProgress, Pending, Place, Target

AWAY: Final = frozenset({Place.CAMPED, Place.PARKED, Place.TRANSFERRING})
"""Places where a call waits for somebody else and can be fetched."""


class Stand(StrEnum):
    """What the receptionist's hands are full with."""

    IDLE = "idle"
    ANSWERING = "answering"
    TALKING = "talking"
    CALLING = "calling"  # a consultation whose colleague is not there yet
    CONSULTING = "consulting"
    DIALLING = "dialling"


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """All that decides what a key means.

    `offered` rings at my phone; `waiting`, `held` and `away` are oldest first, `held` only my own.
    `target` is whom a pass-on key means (the typed number when nothing was found, else the selection);
    `alternates` are the selection's, None for one without a number. `typed_number` is set when the
    search text is a number that matches nobody. `undoable` is the request about an entry that can still be
    taken back, empty for none. `is_warned`: the strip says that the selection is busy, or absent.
    """

    me: str = ""
    readiness: Readiness = Readiness.LOGGED_OUT
    in_hand: Call | None = None
    offered: Call | None = None
    waiting: tuple[Call, ...] = ()
    held: tuple[Call, ...] = ()
    away: tuple[Call, ...] = ()
    marked: Call | None = None
    target: Target | None = None
    mobile: Target | None = None
    alternates: tuple[Target | None, ...] = ()
    typed_number: str | None = None
    typed: str = ""
    undoable: str = ""
    is_warned: bool = False

    @property
    def stand(self) -> Stand:
        """What my hands are full with."""
        call = self.in_hand
        if call is None:
            return Stand.IDLE
        if call.place is Place.CONSULTING:
            return Stand.CONSULTING if call.progress is LegProgress.TALKING else Stand.CALLING
        if call.place is Place.TALKING:
            return Stand.TALKING
        return Stand.DIALLING if call.place is Place.DIALLING else Stand.ANSWERING

    @property
    def subject(self) -> Call | None:
        """What a pass-on key is about: the call in hand, else my marked held one, else the last returned."""
        if self.in_hand is not None:
            return self.in_hand
        if self.marked is not None and self.marked in self.held:
            return self.marked
        back = [c for c in self.held if c.returned is not None]
        return max(back, key=lambda c: c.since) if back else None


def _nobody(me: str) -> Attendant:
    return Attendant(id=me, name=me, number="")


def my_attendant(replica: ReplicaView) -> Attendant:
    """Return the receptionist at this console, before the first snapshot one without anything."""
    return replica.attendants.get(replica.me) or _nobody(replica.me)


def is_known(replica: ReplicaView) -> bool:
    """True once the hub has told all about this receptionist, even if the line has broken since."""
    return replica.me in replica.attendants


def my_groups(replica: ReplicaView) -> frozenset[str]:
    """Return the groups whose queues are shown: my own; all while I am in none."""
    return frozenset(my_attendant(replica).groups) or frozenset(replica.groups)


def is_waiting(call: Call) -> bool:
    """True for a call in its queue that no receptionist has claimed."""
    return call.place is Place.QUEUED or (call.place is Place.OFFERED and call.owner is None)


def in_hand(replica: ReplicaView) -> Call | None:
    """Return the call my phone talks with or is on its way to."""
    return replica.calls.get(my_attendant(replica).active or "")


def waiting(replica: ReplicaView) -> list[Call]:
    """Return the calls waiting in my groups, oldest first; a callback entry keeps its place."""
    groups = my_groups(replica)
    found = [c for c in replica.calls.values() if is_waiting(c) and (c.group is None or c.group in groups)]
    return sorted(found, key=lambda c: (c.arrived_at, c.id))


def offered(replica: ReplicaView) -> Call | None:
    """Return the call that rings at my phone, the oldest of them."""
    return _offered(replica.me, waiting(replica))


def _offered(me: str, queue: Iterable[Call]) -> Call | None:
    return next((c for c in queue if me in c.offered_to), None)


def held(replica: ReplicaView) -> list[Call]:
    """Return my calls on hold, oldest first."""
    me = my_attendant(replica)
    mine = (c for c in replica.calls.values() if c.place is Place.HELD and c.owner == me.id)
    return sorted((c for c in mine if c.id != me.active), key=lambda c: (c.since, c.id))


def away(replica: ReplicaView) -> list[Call]:
    """Return all calls that wait with a colleague or in a parking slot, oldest first."""
    return sorted((c for c in replica.calls.values() if c.place in AWAY), key=lambda c: (c.since, c.id))


def read(
    replica: ReplicaView,
    *,
    marked: str | None = None,
    target: Target | None = None,
    mobile: Target | None = None,
    alternates: tuple[Target | None, ...] = (),
    typed_number: str | None = None,
    typed: str = "",
    undoable: str = "",
    is_warned: bool = False,
) -> Situation:
    """Gather the situation. `marked` is the id of the call marked in the list at the left."""
    me = my_attendant(replica)
    queue = tuple(waiting(replica))
    return Situation(
        me=me.id,
        readiness=me.readiness,
        in_hand=in_hand(replica),
        offered=_offered(me.id, queue),
        waiting=queue,
        held=tuple(held(replica)),
        away=tuple(away(replica)),
        marked=replica.calls.get(marked or ""),
        target=target,
        mobile=mobile,
        alternates=alternates,
        typed_number=typed_number,
        typed=typed,
        undoable=undoable,
        is_warned=is_warned,
    )


def is_on_its_way(call: Call) -> bool:
    """True while the switch has been asked to connect my phone and has not done it yet."""
    return call.pending in (Pending.ANSWERING, Pending.RESUMING, Pending.CALLING_DESK)
