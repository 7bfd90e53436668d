"""A call that rings on receptionists' phones, and how it stops doing so."""

from __future__ import annotations

from reception.calls.floor import Floor
from reception.model.attendants import Attendant, DeskState
from reception.model.calls import Call, Place
from reception.ports import HangUpLeg


def offered_to(floor: Floor, me: Attendant) -> Call | None:
    """Return the call that a receptionist's phone rings for, if it is an offer of a group."""
    if me.desk is not DeskState.RINGING or me.active is not None:
        return None
    for queue in floor.queues.values():
        for _, call_id in queue:
            if me.id in floor.calls[call_id].offered_to:
                return floor.calls[call_id]
    return None


def withdraw(floor: Floor, call: Call, *, but: str | None = None) -> None:
    """Stop the phones that ring for this call."""
    for name in call.offered_to:
        attendant = floor.attendants[name]
        is_ringing = attendant.desk is DeskState.RINGING and attendant.active is None
        if name != but and is_ringing and attendant.desk_leg is not None:
            floor.do(HangUpLeg(leg=attendant.desk_leg))
            floor.change_attendant(name, desk=DeskState.DOWN, desk_leg=None)


def declined(floor: Floor, attendant: str, call: Call) -> None:
    """One phone no longer rings for an offered call."""
    rest = tuple(a for a in call.offered_to if a != attendant)
    if rest:
        floor.change(call, offered_to=rest)
    else:
        _end(floor, call)


def timed_out(floor: Floor, call: Call) -> None:
    """Nobody took it in time: others are tried, then all of them again."""
    withdraw(floor, call)
    _end(floor, call)


def next_look(floor: Floor, call: Call) -> float | None:
    """Return when a waiting call is to be looked at: its next round, its next try, or its expiry."""
    times = [call.offer_after]
    if call.is_callback_entry and call.callback is not None:
        times += [call.callback.not_before, expiry(floor, call) or 0.0]
    return min((at for at in times if at > floor.now), default=None)


def expiry(floor: Floor, call: Call) -> float | None:
    """Return when a callback is no longer valid (requirement 002-366), or None for never."""
    valid_s = floor.group_of(call).callback.valid_min * 60
    return call.callback.asked_at + valid_s if call.callback is not None and valid_s else None


def is_due(floor: Floor, call: Call) -> bool:
    """True for a waiting call whose time to be offered has come."""
    return call.place is Place.QUEUED and call.offer_after <= floor.now and is_ripe(floor, call)


def is_ripe(floor: Floor, call: Call) -> bool:
    """True unless it is a callback entry that is to be tried again only later."""
    return call.callback is None or call.leg is not None or call.callback.not_before <= floor.now


def _end(floor: Floor, call: Call) -> None:
    call = floor.move(call, Place.QUEUED, since=call.since, tried=call.tried)
    floor.change(call, deadline=next_look(floor, call))
